/* Ref, Fn::GetAtt, Fn::Sub and Fn::Join in one form, so that what is spelled differently but is the
 * same text is found to be the same. */
#include "diff/diff.h"

#include <string.h>

/* Variables of a Fn::Sub may hold one that may hold another: what they grow to is limited, and so
 * is all that is done in one comparison. What goes beyond is compared as it is written. */
enum { LONGEST = 1 << 20, MOST_EFFORT = 1 << 26, DEEPEST = 16 };

typedef struct speller {
    cfn_template_diff *diff;
    cfn__buffer text;
    unsigned depth;
} speller;

static bool spell(speller *s, const cfn_node *node);

static bool has_room(speller *s, size_t length)
{
    s->diff->effort += length + 1;
    return s->text.length + length < LONGEST && s->diff->effort < MOST_EFFORT;
}

static bool add(speller *s, const char *text, size_t length)
{
    if (!has_room(s, length))
        return false;
    cfn__buffer_add(&s->text, text, length);
    return true;
}

/* Plain text; what would look like a name is written so that it does not. */
static bool add_plain(speller *s, const char *text)
{
    for (const char *open; (open = strstr(text, "${")); text = open + 2)
        if (!add(s, text, (size_t)(open - text)) || !add(s, "${!", 3))
            return false;
    return add(s, text, strlen(text));
}

static bool add_name(speller *s, const char *id, const char *attribute)
{
    return add(s, "${", 2) && add(s, id, strlen(id)) && (!attribute || add(s, ".", 1)) &&
           (!attribute || add(s, attribute, strlen(attribute))) && add(s, "}", 1);
}

static bool spell_get_att(speller *s, const cfn_node *node)
{
    const char *id, *attribute;
    return cfn__get_att_target(s->diff->scratch, node, &id, &attribute) &&
           add_name(s, id, attribute);
}

static const cfn_node *find_local(const cfn_node *locals, const cfn__sub_piece *piece)
{
    for (const cfn_node *n = cfn_node_first(locals); n; n = n->next)
        if (strncmp(n->key, piece->name, piece->name_length) == 0 && !n->key[piece->name_length])
            return n;
    return NULL;
}

static bool spell_piece(speller *s, const cfn__sub_piece *piece, const cfn_node *locals)
{
    if (!piece->name)
        return add(s, piece->start, piece->length);
    s->diff->effort += cfn_node_size(locals);
    const cfn_node *local = find_local(locals, piece);
    if (local)
        return spell(s, local);
    return add(s, "${", 2) && add(s, piece->name, piece->name_length) && add(s, "}", 1);
}

static bool spell_sub(speller *s, const cfn_node *argument)
{
    const cfn_node *text = argument, *locals = NULL;
    if (cfn__is_list(argument) && argument->size == 2 && cfn__is_map(argument->last)) {
        text = argument->first;
        locals = argument->last;
    }
    if (!cfn__is_string(text))
        return false;
    const char *next = text->text;
    cfn__sub_piece piece;
    while (cfn__sub_next(&next, &piece))
        if (!spell_piece(s, &piece, locals))
            return false;
    return true;
}

static bool spell_join(speller *s, const cfn_node *argument)
{
    if (!cfn__is_list(argument) || argument->size != 2 || !cfn__is_string(argument->first) ||
        !cfn__is_list(argument->last))
        return false;
    for (const cfn_node *n = argument->last->first; n; n = n->next) {
        if (n != argument->last->first && !add_plain(s, argument->first->text))
            return false;
        if (!spell(s, n))
            return false;
    }
    return true;
}

static bool spell_function(speller *s, const cfn_node *node)
{
    const cfn_node *argument = node->first;
    switch (cfn__function_of(node)) {
    case CFN__FN_REF:
        return cfn__is_string(argument) && !cfn__is_no_value(node) &&
               add_name(s, argument->text, NULL);
    case CFN__FN_GET_ATT:
        return spell_get_att(s, node);
    case CFN__FN_SUB:
        return spell_sub(s, argument);
    case CFN__FN_JOIN:
        return spell_join(s, argument);
    default:
        return false;
    }
}

static bool spell(speller *s, const cfn_node *node)
{
    if (node->kind == CFN_KIND_MAP && node->size == 1 && s->depth < DEEPEST) {
        s->depth++;
        bool done = spell_function(s, node);
        s->depth--;
        return done;
    }
    return node->text && node->kind != CFN_KIND_NULL && add_plain(s, node->text);
}

const char *cfn__as_sub(cfn_template_diff *diff, const cfn_node *node)
{
    if (node->text && (node->kind != CFN_KIND_STRING || !strstr(node->text, "${")))
        return node->text;
    if (!node->text && (node->kind != CFN_KIND_MAP || node->size != 1))
        return NULL;
    speller s = {.diff = diff};
    if (spell(&s, node) || s.text.failed)
        return cfn__buffer_take(&s.text, diff->arena);
    cfn__buffer_free(&s.text);
    return NULL;
}
