/* Two values: where they differ in what they mean. */
#include "diff/diff.h"

#include <string.h>

/* JSON in a text may hold a text with JSON: so often it is looked into. */
enum { DEEPEST_TEXT = 3, FEW_MEMBERS = 16 };

bool cfn__is_no_value(const cfn_node *node)
{
    return node && node->kind == CFN_KIND_MAP && node->size == 1 &&
           strcmp(node->first->key, "Ref") == 0 && cfn__text_is(node->first, "AWS::NoValue");
}

const cfn_node *cfn__find_member(cfn_arena *scratch, cfn__members *m, const char *key)
{
    const cfn_node *found = m->hint ? m->hint : cfn_node_first(m->map);
    if (!found || strcmp(found->key, key) != 0) {
        if (cfn_node_size(m->map) <= FEW_MEMBERS) {
            found = cfn_node_get(m->map, key);
        } else {
            for (const cfn_node *n = m->index.used ? NULL : m->map->first; n; n = n->next)
                cfn__index_put(scratch, &m->index, n->key, (void *)(uintptr_t)n);
            found = cfn__index_get(&m->index, key);
        }
    }
    if (found)
        m->hint = found->next;
    return found;
}

/* --- sites --- */

static cfn__site one_down(const cfn__site *site, cfn__trail *trail, cfn_diff_step step)
{
    cfn__site below = *site;
    step.in_text = site->enters_text;
    *trail = (cfn__trail){site->trail, step};
    below.trail = trail;
    below.enters_text = false;
    return below;
}

static void enter(const cfn_template_diff *diff, cfn__site *site, const char *name)
{
    cfn_schema_place *place = &site->place;
    if (place->value && !cfn_schema_enter(diff->schema, place, name, strlen(name)) &&
        !cfn_schema_enter(diff->schema, place, "*", 1))
        place->value = NULL;
}

cfn__site cfn__below(cfn_template_diff *diff, const cfn__site *site, const char *key,
                     cfn__trail *trail)
{
    cfn__site below = one_down(site, trail, (cfn_diff_step){.key = key});
    enter(diff, &below, key);
    return below;
}

cfn__site cfn__item_of(cfn_template_diff *diff, const cfn__site *site, size_t index,
                       const char *identity, cfn__trail *trail)
{
    cfn__site below = one_down(site, trail, (cfn_diff_step){.index = index, .identity = identity});
    enter(diff, &below, "*");
    return below;
}

static unsigned types_at(const cfn_template_diff *diff, const cfn__site *site)
{
    const cfn_schema_value *value = site->place.value;
    return value ? cfn_schema_value_describe(diff->schema, value).types : 0;
}

/* --- maps --- */

static bool has_effect(const cfn_node *statement)
{
    if (cfn__is_list(statement))
        statement = statement->first;
    return cfn__get(statement, "Effect") != NULL;
}

static void compare_maps(cfn__comparison *c, const cfn_node *old, const cfn_node *new,
                         cfn__site site)
{
    cfn__members olds = {.map = old}, news = {.map = new};
    cfn__trail trail;
    if (has_effect(cfn__get(old, "Statement")) && has_effect(cfn__get(new, "Statement")))
        site.in_policy = true;
    for (const cfn_node *n = new->first; n && !(c->quiet && c->different); n = n->next) {
        const cfn_node *before = cfn__find_member(c->diff->scratch, &olds, n->key);
        cfn__diff_values(c, before, n, cfn__below(c->diff, &site, n->key, &trail));
    }
    for (const cfn_node *n = old->first; n && !(c->quiet && c->different); n = n->next)
        if (!cfn__find_member(c->diff->scratch, &news, n->key))
            cfn__diff_values(c, n, NULL, cfn__below(c->diff, &site, n->key, &trail));
}

/* --- texts --- */

/* False when it is not JSON that stands in both of them. */
static bool compare_json(cfn__comparison *c, const char *old, const char *new, cfn__site site)
{
    if (site.in_text >= DEEPEST_TEXT)
        return false;
    const cfn_node *before = cfn__read_json_text(c->diff, old);
    const cfn_node *after = before ? cfn__read_json_text(c->diff, new) : NULL;
    if (!before || !after || before->kind != after->kind)
        return false;
    site.enters_text = true;
    site.in_text++;
    site.place.value = NULL;
    cfn__diff_values(c, before, after, site);
    return true;
}

static void compare_scalars(cfn__comparison *c, const cfn_node *old, const cfn_node *new,
                            cfn__site site)
{
    if (cfn__same_scalar(old, new, types_at(c->diff, &site), site.in_text > 0))
        return;
    bool texts = cfn__is_string(old) && cfn__is_string(new);
    if (!texts || !compare_json(c, old->text, new->text, site))
        cfn__emit(c, old, new, &site, "");
}

/* --- functions --- */

bool cfn__are_same_if(const cfn_node *old, const cfn_node *new)
{
    const cfn_node *a = cfn__argument(old), *b = cfn__argument(new);
    return cfn__function_of(old) == CFN__FN_IF && cfn__function_of(new) == CFN__FN_IF &&
           cfn__is_list(a) && a->size == 3 && cfn__is_list(b) && b->size == 3 &&
           cfn__is_string(a->first) && cfn__text_is(b->first, a->first->text);
}

/* The branches stand where the function does. */
static void compare_branches(cfn__comparison *c, const cfn_node *old, const cfn_node *new,
                             cfn__site site)
{
    cfn__trail function, branch;
    cfn__site inside = one_down(&site, &function, (cfn_diff_step){.key = "Fn::If"});
    const cfn_node *a = old->first->first->next, *b = new->first->first->next;
    for (size_t i = 1; i < 3; i++, a = a->next, b = b->next) {
        if (cfn__is_no_value(a) && cfn__is_no_value(b))
            continue;
        cfn__diff_values(c, a, b, one_down(&inside, &branch, (cfn_diff_step){.index = i}));
    }
}

/* Arguments are written in the same ways as other values, but stand at no place of the facts. */
static bool are_same_functions(cfn__comparison *c, const cfn_node *old, const cfn_node *new,
                               const cfn__site *site)
{
    if (!cfn__is_intrinsic(old) || !cfn__is_intrinsic(new) ||
        strcmp(old->first->key, new->first->key) != 0)
        return false;
    cfn__site inside = *site;
    inside.place.value = NULL;
    return cfn__same(c->diff, old->first, new->first, inside);
}

/* A policy may be given as a mapping or as a text. */
static bool compare_with_text(cfn__comparison *c, const cfn_node *old, const cfn_node *new,
                              cfn__site site)
{
    bool old_is_text = old->kind == CFN_KIND_STRING, new_is_text = new->kind == CFN_KIND_STRING;
    unsigned types = types_at(c->diff, &site);
    if (old_is_text == new_is_text || (types && !(types & CFN_SCHEMA_OBJECT)))
        return false;
    const cfn_node *parsed = cfn__read_json_text(c->diff, old_is_text ? old->text : new->text);
    const cfn_node *other = old_is_text ? new : old;
    if (!parsed || parsed->kind != other->kind || cfn__is_intrinsic(other))
        return false;
    cfn__diff_values(c, old_is_text ? parsed : old, new_is_text ? parsed : new, site);
    return true;
}

static const cfn_node *only_item(const cfn_node *node)
{
    return cfn__is_list(node) && node->size == 1 ? node->first : node;
}

static void compare_unlike(cfn__comparison *c, const cfn_node *old, const cfn_node *new,
                           cfn__site site)
{
    if (site.in_policy && (only_item(old) != old || only_item(new) != new)) {
        cfn__diff_values(c, only_item(old), only_item(new), site);
        return;
    }
    const char *a = cfn__as_sub(c->diff, old), *b = a ? cfn__as_sub(c->diff, new) : NULL;
    if (a && b) {
        if (strcmp(a, b) != 0 && !compare_json(c, a, b, site))
            cfn__emit(c, old, new, &site, "");
    } else if (cfn__are_same_if(old, new)) {
        compare_branches(c, old, new, site);
    } else if (!are_same_functions(c, old, new, &site) && !compare_with_text(c, old, new, site)) {
        cfn__emit(c, old, new, &site, "");
    }
}

/* --- any value --- */

static bool is_plain(const cfn_node *node, cfn_kind kind)
{
    return node->kind == kind && !(kind == CFN_KIND_MAP && cfn__is_intrinsic(node));
}

void cfn__diff_values(cfn__comparison *c, const cfn_node *old, const cfn_node *new, cfn__site site)
{
    if (cfn__is_no_value(old))
        old = NULL;
    if (cfn__is_no_value(new))
        new = NULL;
    if (!old && !new)
        return;
    if (!old || !new)
        cfn__emit(c, old, new, &site, "");
    else if (old->text && new->text)
        compare_scalars(c, old, new, site);
    else if (is_plain(old, CFN_KIND_MAP) && is_plain(new, CFN_KIND_MAP))
        compare_maps(c, old, new, site);
    else if (is_plain(old, CFN_KIND_LIST) && is_plain(new, CFN_KIND_LIST))
        cfn__diff_lists(c, old, new, site);
    else
        compare_unlike(c, old, new, site);
}

bool cfn__same(cfn_template_diff *diff, const cfn_node *old, const cfn_node *new, cfn__site site)
{
    cfn__comparison c = {.diff = diff, .quiet = true};
    cfn__diff_values(&c, old, new, site);
    return !c.different;
}
