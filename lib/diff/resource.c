/* Two versions of one resource: its properties, and its attributes. */
#include "base/index.h"
#include "diff/diff.h"

#include <string.h>

/* What a change of an attribute does; those that are not named here do nothing by themselves.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html
 */
static const struct {
    const char *name;
    cfn_impact impact;
} attributes[] = {
    {"Condition", CFN_IMPACT_MAY_UPDATE}, /* whether it is there at all */
    {"Properties", CFN_IMPACT_UPDATE},
    {"Type", CFN_IMPACT_REPLACE},
};

static cfn_impact impact_of(const char *attribute)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (strcmp(attributes[i].name, attribute) == 0)
            return attributes[i].impact;
    return CFN_IMPACT_NONE;
}

/* --- DependsOn: one id, or several in any order --- */

static bool add_ids(cfn_arena *scratch, const cfn_node *node, cfn__index *ids)
{
    if (!node)
        return true;
    if (cfn__is_string(node))
        cfn__index_put(scratch, ids, node->text, ids);
    for (const cfn_node *n = node->first; n; n = n->next) {
        if (!cfn__is_string(n))
            return false;
        cfn__index_put(scratch, ids, n->text, ids);
    }
    return !cfn__is_map(node);
}

static bool name_the_same(cfn_arena *scratch, const cfn_node *old, const cfn_node *new)
{
    cfn__index olds = {0}, all = {0};
    bool ids = add_ids(scratch, old, &olds) && add_ids(scratch, old, &all);
    size_t count = olds.used;
    cfn__index news = {0};
    ids = ids && add_ids(scratch, new, &news) && add_ids(scratch, new, &all);
    return ids && count == news.used && all.used == count;
}

/* --- any attribute --- */

static cfn__site site_of(cfn_template_diff *diff, const cfn_diff_entry *entry,
                         const char *attribute, cfn__trail *trail)
{
    cfn__site whole = {.least = impact_of(attribute)};
    cfn__site site = cfn__below(diff, &whole, attribute, trail);
    bool same_type = strcmp(entry->type, entry->old_type) == 0;
    if (same_type && strcmp(attribute, "Properties") == 0) {
        const cfn_schema_type *type =
            cfn_schema_type_find(diff->schema, entry->type, strlen(entry->type));
        if (type)
            site.place = cfn_schema_place_of(diff->schema, type);
    }
    return site;
}

static void compare_attribute(cfn__comparison *c, const cfn_diff_entry *entry,
                              const char *attribute, const cfn_node *old, const cfn_node *new)
{
    cfn__trail trail;
    cfn__site site = site_of(c->diff, entry, attribute, &trail);
    if (strcmp(attribute, "DependsOn") == 0 && name_the_same(c->diff->scratch, old, new))
        return;
    static const cfn_node empty = {.kind = CFN_KIND_MAP};
    if (strcmp(attribute, "Properties") == 0) {
        /* All of them one by one, also when there were none. */
        old = old ? old : &empty;
        new = new ? new : &empty;
    }
    cfn__diff_values(c, old, new, site);
}

static void compare_attributes(cfn__comparison *c, const cfn_diff_entry *entry)
{
    const cfn_node *old = entry->old_node, *new = entry->new_node;
    cfn__members olds = {.map = old}, news = {.map = new};
    for (const cfn_node *n = new->first; n; n = n->next)
        compare_attribute(c, entry, n->key, cfn__find_member(c->diff->scratch, &olds, n->key), n);
    for (const cfn_node *n = old->first; n; n = n->next)
        if (!cfn__find_member(c->diff->scratch, &news, n->key))
            compare_attribute(c, entry, n->key, n, NULL);
}

/* Which resources a loop makes, and how they differ, is known at the deployment alone. */
static void compare_whole(cfn__comparison *c, const cfn_diff_entry *entry)
{
    static const cfn_impact impacts[] = {CFN_IMPACT_CREATE, CFN_IMPACT_DESTROY, CFN_IMPACT_UPDATE};
    bool loops =
        entry->kind == CFN_DIFF_CHANGED && cfn__function_of_key(entry->id) == CFN__FN_FOR_EACH;
    cfn_impact impact = loops ? CFN_IMPACT_MAY_REPLACE : impacts[entry->kind];
    cfn__diff_values(c, entry->old_node, entry->new_node, (cfn__site){.least = impact});
}

void cfn__compare_resources(cfn_template_diff *diff, cfn_diff_entry *entry)
{
    cfn__comparison c = {.diff = diff};
    cfn__arena_mark mark = cfn__mark(diff->scratch);
    bool whole = entry->kind != CFN_DIFF_CHANGED || !cfn__is_map(entry->old_node) ||
                 !cfn__is_map(entry->new_node);
    if (whole)
        compare_whole(&c, entry);
    else
        compare_attributes(&c, entry);
    cfn__rewind(diff->scratch, mark);
    entry->changes = c.changes;
    entry->change_count = c.list.count;
    for (size_t i = 0; i < c.list.count; i++)
        if (c.changes[i].impact > entry->impact)
            entry->impact = c.changes[i].impact;
}
