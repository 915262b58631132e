/* The short text of a value: literals as they are, what is known only at the deployment as ${...}.
 *
 * Fn::Sub, Fn::Join, Ref and Fn::GetAtt that make the same value have the same text. */
#include "access/texts.h"

#include "template/intrinsic.h"

#include <string.h>

/* No policy that AWS takes is larger; past it a text ends in "...". */
enum { LONGEST = 32 * 1024 };

/* Looking for local names of a Fn::Sub costs their number each time; past this many pieces its
 * text is taken as it is. */
enum { MOST_PIECES = 1000 };

typedef struct writer {
    cfn_arena *arena;
    cfn__buffer text;
    bool full;
} writer;

static void add(writer *w, const char *text, size_t length)
{
    if (w->full)
        return;
    w->full = w->text.length + length > LONGEST;
    if (w->full)
        cfn__buffer_add_text(&w->text, "...");
    else
        cfn__buffer_add(&w->text, text, length);
}

static void add_text(writer *w, const char *text)
{
    add(w, text, strlen(text));
}

static void add_value(writer *w, const cfn_node *value);

static void add_members(writer *w, const cfn_node *value, const char *separator)
{
    for (const cfn_node *n = cfn_node_first(value); n; n = n->next) {
        if (n != value->first)
            add_text(w, separator);
        if (n->key) {
            add_text(w, n->key);
            add_text(w, ": ");
        }
        add_value(w, n);
    }
}

/* ${Name.Attribute}; an attribute that is itself a function has its text there. */
static void add_get_att(writer *w, const cfn_node *intrinsic)
{
    const cfn_node *argument = cfn__argument(intrinsic);
    add_text(w, "${");
    if (cfn__is_list(argument))
        add_members(w, argument, ".");
    else
        add_value(w, argument);
    add_text(w, "}");
}

/* The texts of the local variables, each made once: values may nest. */
static cfn__index locals_of(writer *w, const cfn_node *map)
{
    cfn__index locals = {0};
    for (const cfn_node *n = cfn_node_first(map); n; n = n->next)
        cfn__index_put(w->arena, &locals, n->key, (void *)cfn__access_text(w->arena, n));
    return locals;
}

static void add_piece(writer *w, const cfn__sub_piece *piece, const cfn__index *locals)
{
    if (!piece->name) {
        bool escaped = strncmp(piece->start, "${!", 3) == 0 && piece->length > 3;
        add_text(w, escaped ? "${" : "");
        add(w, piece->start + (escaped ? 3 : 0), piece->length - (escaped ? 3 : 0));
        return;
    }
    const char *local = NULL;
    if (locals->used) {
        const char *name = cfn__strndup(w->arena, piece->name, piece->name_length);
        local = (const char *)cfn__index_get(locals, name);
    }
    if (local) {
        add_text(w, local);
        return;
    }
    add_text(w, "${");
    add(w, piece->name, piece->name_length);
    add_text(w, "}");
}

static void add_sub(writer *w, const cfn_node *intrinsic)
{
    const cfn_node *argument = cfn__argument(intrinsic);
    const cfn_node *text = cfn__is_list(argument) ? argument->first : argument;
    cfn__index locals = locals_of(w, cfn_node_at(argument, 1));
    const char *next = cfn__is_string(text) ? text->text : "";
    cfn__sub_piece piece;
    for (size_t i = 0; i < MOST_PIECES && cfn__sub_next(&next, &piece); i++)
        add_piece(w, &piece, &locals);
    add_text(w, next);
}

static bool is_plain(const cfn_node *node)
{
    return node && node->kind != CFN_KIND_LIST && node->kind != CFN_KIND_MAP;
}

/* Joined members one after the other; what has no list of members is shown as any function. */
static bool add_join(writer *w, const cfn_node *intrinsic)
{
    const cfn_node *argument = cfn__argument(intrinsic);
    const cfn_node *members = cfn_node_at(argument, 1);
    if (!is_plain(cfn_node_first(argument)) || !cfn__is_list(members))
        return false;
    add_members(w, members, argument->first->text);
    return true;
}

/* ${Select: 0, ...} */
static void add_function(writer *w, const cfn_node *intrinsic)
{
    const char *key = intrinsic->first->key;
    const cfn_node *argument = intrinsic->first;
    add_text(w, "${");
    add_text(w, strncmp(key, "Fn::", 4) == 0 ? key + 4 : key);
    add_text(w, ": ");
    if (cfn__is_list(argument))
        add_members(w, argument, ", ");
    else
        add_value(w, argument);
    add_text(w, "}");
}

static void add_intrinsic(writer *w, const cfn_node *intrinsic, cfn__function function)
{
    if (function == CFN__FN_REF || function == CFN__FN_GET_ATT)
        add_get_att(w, intrinsic);
    else if (function == CFN__FN_SUB)
        add_sub(w, intrinsic);
    else if (function != CFN__FN_JOIN || !add_join(w, intrinsic))
        add_function(w, intrinsic);
}

static void add_value(writer *w, const cfn_node *value)
{
    cfn__function function = cfn__function_of(value);
    if (function != CFN__FN_NONE)
        add_intrinsic(w, value, function);
    else if (value->kind == CFN_KIND_LIST || value->kind == CFN_KIND_MAP) {
        add_text(w, value->kind == CFN_KIND_LIST ? "[" : "{");
        add_members(w, value, ", ");
        add_text(w, value->kind == CFN_KIND_LIST ? "]" : "}");
    } else
        add_text(w, value->text ? value->text : "null");
}

const char *cfn__access_text(cfn_arena *arena, const cfn_node *value)
{
    if (!value)
        return "";
    if (cfn__is_string(value) && value->length <= LONGEST)
        return value->text; /* it lives as long as the template */
    writer w = {.arena = arena};
    add_value(&w, value);
    return cfn__buffer_take(&w.text, arena);
}
