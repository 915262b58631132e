/* Texts that hold JSON: task settings, table mappings, dashboards, policies. */
#include "assertions/assertions.h"

#include "read/reader.h"
#include "template/intrinsic.h"

#include <string.h>

/* False when it is none that can stand in a text. */
static bool add_piece(cfn_arena *arena, cfn__buffer *text, const cfn_node *piece)
{
    const char *id, *attribute;
    if (piece->text)
        cfn__buffer_add(text, piece->text, piece->length);
    else if (cfn__function_of(piece) == CFN__FN_REF && cfn__is_string(piece->first))
        cfn__buffer_format(text, "${%s}", piece->first->text);
    else if (cfn__function_of(piece) == CFN__FN_GET_ATT &&
             cfn__get_att_target(arena, piece, &id, &attribute))
        cfn__buffer_format(text, "${%s.%s}", id, attribute);
    else
        return false;
    return true;
}

/* What is joined without a separator is one text; what is only known at deployment stands in it as
 * Fn::Sub would have it. */
static const char *joined(cfn_arena *arena, const cfn_node *argument)
{
    if (!cfn__is_list(argument) || argument->size != 2 || !cfn__text_is(argument->first, "") ||
        !cfn__is_list(argument->last))
        return NULL;
    cfn__buffer text = {0};
    cfn__buffer_add_text(&text, "");
    bool good = true;
    for (const cfn_node *n = argument->last->first; n; n = n->next)
        good = good && add_piece(arena, &text, n);
    const char *whole = cfn__take_text(arena, &text);
    return good ? whole : NULL;
}

static const char *text_of(cfn_arena *arena, const cfn_node *value)
{
    const cfn_node *argument = cfn__argument(value);
    switch (cfn__function_of(value)) {
    case CFN__FN_NONE:
        return cfn__is_string(value) ? value->text : NULL;
    case CFN__FN_SUB:
        argument = cfn__is_list(argument) ? argument->first : argument;
        return cfn__is_string(argument) ? argument->text : NULL;
    case CFN__FN_JOIN:
        return joined(arena, argument);
    default:
        return NULL;
    }
}

static bool says_no_memory(cfn_diagnostics *diagnostics)
{
    for (size_t i = 0; i < cfn_diagnostics_size(diagnostics); i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(diagnostics, i);
        if (!d || d->id == CFN0001)
            return true;
    }
    return false;
}

static const cfn_node *read(cfn__comparison *c, const char *text)
{
    static const cfn__dialect dialect = {.any_root = true};
    cfn_diagnostics *diagnostics = cfn_diagnostics_new(); /* that it is no JSON is answer enough */
    size_t length = strlen(text);
    const cfn_node *json = NULL;
    if (diagnostics && cfn__goes_on(c, length / 4 + 1))
        json = cfn__read_dialect(c->arena, diagnostics, "JSON text", text, length, CFN_FORMAT_JSON,
                                 &dialect);
    if (!diagnostics || (!json && says_no_memory(diagnostics)))
        cfn__arena_fail(c->arena);
    cfn_diagnostics_free(diagnostics);
    return json;
}

const cfn_node *cfn__unfold(cfn__comparison *c, const cfn_node *value)
{
    for (size_t i = 0; i < c->unfolded_count; i++)
        if (c->unfolded[i].text == value)
            return c->unfolded[i].json;
    const char *text = text_of(c->arena, value);
    const cfn_node *json = text ? read(c, text) : NULL;
    if (c->unfolded_count < CFN__MOST_UNFOLDED)
        c->unfolded[c->unfolded_count++] = (cfn__unfolded){value, json};
    return json;
}
