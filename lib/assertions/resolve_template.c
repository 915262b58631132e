/* Working out a whole template, and the text of a Fn::Sub. */
#include "assertions/resolver.h"
#include "base/text.h"

#include <string.h>

/* --- Fn::Sub --- */

typedef struct sub {
    cfn__resolver *r;
    const cfn_node *at;
    const cfn_node *locals; /* worked out */
    cfn__buffer known;      /* with values in it */
    cfn__buffer rest;       /* the same as the text of a Fn::Sub */
    bool all_known;
} sub;

/* Text as it would be written in a Fn::Sub. */
static void add_escaped(cfn__buffer *buffer, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        cfn__buffer_add_char(buffer, text[i]);
        if (text[i] == '$' && i + 1 < length && text[i + 1] == '{') {
            cfn__buffer_add_text(buffer, "{!");
            i++;
        }
    }
}

static void add_value(sub *s, const cfn_node *value, const cfn__sub_piece *piece)
{
    if (!value || !value->text) {
        s->all_known = false;
        cfn__buffer_add(&s->rest, piece->start, piece->length);
        return;
    }
    cfn__buffer_add(&s->known, value->text, value->length);
    add_escaped(&s->rest, value->text, value->length);
}

static void add_piece(sub *s, const cfn__sub_piece *piece)
{
    if (piece->name) {
        const char *name = cfn__strndup(s->r->arena, piece->name, piece->name_length);
        const cfn_node *local = cfn__get(s->locals, name);
        add_value(s, local ? local : cfn__resolve_name(s->r, s->at, name), piece);
        return;
    }
    cfn__buffer_add(&s->rest, piece->start, piece->length);
    if (cfn__starts_with(piece->start, "${!")) {
        cfn__buffer_add_text(&s->known, "${");
        cfn__buffer_add(&s->known, piece->start + 3, piece->length - 3);
    } else {
        cfn__buffer_add(&s->known, piece->start, piece->length);
    }
}

/* A Fn::Sub with the names that are left; local variables that are known are gone. */
static cfn_node *make_rest(sub *s)
{
    cfn__maker maker = {s->r->arena, s->at->place};
    cfn_node *text = cfn__resolve_text(s->r, s->at, s->rest.text, s->rest.length);
    cfn_node *locals = cfn__map(&maker);
    for (const cfn_node *n = cfn_node_first(s->locals); n; n = n->next)
        if (!n->text)
            cfn__put(locals, n->key, cfn__copy(s->r->arena, n));
    bool any = locals && locals->size;
    return cfn__single(&maker, "Fn::Sub", any ? cfn__pair(&maker, text, locals) : text);
}

cfn_node *cfn__resolve_sub(cfn__resolver *r, const cfn_node *node)
{
    const cfn_node *argument = node->first;
    const cfn_node *text = cfn__is_list(argument) ? argument->first : argument;
    sub s = {.r = r, .at = node, .all_known = true};
    s.locals = cfn__is_list(argument) && argument->size == 2 ? argument->last : NULL;
    if (!cfn__is_string(text))
        return NULL;
    const char *next = text->text;
    cfn__sub_piece piece;
    cfn__buffer_add_text(&s.known, "");
    cfn__buffer_add_text(&s.rest, "");
    while (s.rest.length < CFN_MAX_SCALAR_BYTES && cfn__sub_next(&next, &piece)) {
        r->made += cfn_node_size(s.locals);
        add_piece(&s, &piece);
    }
    bool good = !s.known.failed && !s.rest.failed && s.rest.length < CFN_MAX_SCALAR_BYTES;
    cfn_node *result = NULL;
    if (s.known.failed || s.rest.failed)
        cfn__arena_fail(r->arena);
    if (good)
        result =
            s.all_known ? cfn__resolve_text(r, node, s.known.text, s.known.length) : make_rest(&s);
    cfn__buffer_free(&s.known);
    cfn__buffer_free(&s.rest);
    return result;
}

/* --- the template --- */

static void index_section(cfn__resolver *r, cfn__index *index, const char *section)
{
    const cfn_node *map = cfn__get(r->root, section);
    for (const cfn_node *n = cfn__is_map(map) ? map->first : NULL; n; n = n->next)
        cfn__index_put(r->arena, index, n->key, (void *)n);
}

static void index_conditions(cfn__resolver *r)
{
    const cfn_node *map = cfn__get(r->root, "Conditions");
    for (const cfn_node *n = cfn__is_map(map) ? map->first : NULL; n; n = n->next) {
        cfn__condition *condition = CFN__NEW(r->arena, cfn__condition);
        if (!condition)
            return;
        condition->node = n;
        cfn__index_put(r->arena, &r->conditions, n->key, condition);
    }
}

static const char *complain_of(cfn__resolver *r, const char *name)
{
    cfn__nearest nearest = cfn__nearest_to(name);
    for (const cfn_node *n = cfn_node_first(cfn__get(r->root, "Parameters")); n; n = n->next)
        if (n->key)
            cfn__nearest_offer(&nearest, n->key);
    return cfn__format(r->arena,
                       "the template has no parameter %s, for which a value is given%s%s%s", name,
                       nearest.best ? "; did you mean " : "", nearest.best ? nearest.best : "",
                       nearest.best ? "?" : "");
}

cfn__resolver *cfn__resolver_new(cfn_arena *arena, const cfn_node *root, const cfn_given *given,
                                 size_t count, const char **trouble)
{
    cfn__resolver *r = CFN__NEW(arena, cfn__resolver);
    if (!r)
        return NULL;
    *r = (cfn__resolver){.arena = arena, .root = root, .mappings = cfn__get(root, "Mappings")};
    index_section(r, &r->parameters, "Parameters");
    index_conditions(r);
    for (size_t i = 0; i < count; i++) {
        if (!cfn__starts_with(given[i].name, "AWS::") &&
            !cfn__index_get(&r->parameters, given[i].name))
            *trouble = complain_of(r, given[i].name);
        cfn__index_put(arena, &r->given, cfn__strdup(arena, given[i].name),
                       cfn__strdup(arena, given[i].value));
    }
    return cfn_arena_failed(arena) ? NULL : r;
}

/* Resources and outputs whose condition does not hold are not there. */
static cfn_node *resolve_entries(cfn__resolver *r, const cfn_node *section)
{
    cfn__maker maker = {r->arena, section->place};
    cfn_node *map = cfn__map(&maker);
    for (const cfn_node *n = section->first; n; n = n->next) {
        const cfn_node *condition = cfn__get(n, "Condition");
        if (cfn__is_string(condition) && cfn__condition_holds(r, condition->text) == CFN__FALSE)
            continue;
        cfn_node *entry = cfn__work_out(r, n);
        if (!entry)
            return NULL;
        entry->key_line = n->key_line;
        entry->key_column = n->key_column;
        cfn__put(map, n->key, entry);
    }
    return map;
}

const cfn_node *cfn__resolve_template(cfn__resolver *r)
{
    cfn__maker maker = {r->arena, r->root->place};
    cfn_node *root = cfn__map(&maker);
    for (const cfn_node *n = r->root->first; n; n = n->next) {
        bool entries = strcmp(n->key, "Resources") == 0 || strcmp(n->key, "Outputs") == 0;
        cfn_node *section =
            entries && cfn__is_map(n) ? resolve_entries(r, n) : cfn__copy(r->arena, n);
        if (!section)
            return NULL;
        cfn__put(root, n->key, section);
    }
    return cfn_arena_failed(r->arena) || r->made > CFN__MOST_RESOLVED ? NULL : root;
}

cfn_node *cfn__resolve_value(cfn__resolver *r, const cfn_node *pattern)
{
    r->keeps_no_value = true;
    r->made = 0;
    cfn_node *resolved = cfn__work_out(r, pattern);
    r->keeps_no_value = false;
    return r->made > CFN__MOST_RESOLVED ? NULL : resolved;
}
