/* A change of a value that is written as before: what it refers to has changed. */
#include "diff/diff.h"

#include <string.h>

/* Attributes of a resource whose value is of no account when it changes by itself. */
static bool counts(const cfn_node *attribute, cfn_section section)
{
    return section != CFN_SECTION_RESOURCES || strcmp(attribute->key, "Properties") == 0 ||
           strcmp(attribute->key, "Condition") == 0;
}

static size_t index_of(const cfn_node *item)
{
    size_t index = 0;
    for (const cfn_node *n = cfn_node_first(item->parent); n && n != item; n = n->next)
        index++;
    return index;
}

/* --- the way from an entry to a node --- */

/* The nodes below `owner` on the way to `node`, itself the last; NULL when memory is out. */
static const cfn_node **way_to(cfn_arena *scratch, const cfn_node *owner, const cfn_node *node,
                               size_t *length)
{
    size_t count = 0;
    for (const cfn_node *n = node; n && n != owner; n = n->parent)
        count++;
    const cfn_node **way = CFN__NEW_ARRAY(scratch, count + 1, const cfn_node *);
    *length = count;
    for (const cfn_node *n = node; way && count; n = n->parent)
        way[--count] = n;
    return way;
}

/* A function is a value like any other; of Fn::If the branch is, unless its condition is meant. */
static bool ends_at(const cfn_node *node, const cfn_node *last)
{
    cfn__function function = cfn__function_of(node);
    return node == last || (function != CFN__FN_NONE && function != CFN__FN_IF);
}

static cfn__site step_to(cfn_template_diff *diff, const cfn__site *site, const cfn_node *node,
                         cfn__trail *trail)
{
    cfn_schema_place place = site->place;
    bool branch = node->parent && (cfn__function_of(node->parent) == CFN__FN_IF ||
                                   cfn__function_of(node->parent->parent) == CFN__FN_IF);
    cfn__site below = node->key ? cfn__below(diff, site, node->key, trail)
                                : cfn__item_of(diff, site, index_of(node), NULL, trail);
    if (branch)
        below.place = place;
    return below;
}

/* --- its impact --- */

static cfn__site site_of_entry(const cfn_template_diff *diff, cfn_section section,
                               const cfn_node *attribute, const cfn_diff_entry *entry)
{
    cfn__site site = {.least = CFN_IMPACT_NONE};
    bool properties = strcmp(attribute->key, "Properties") == 0;
    if (section == CFN_SECTION_RESOURCES)
        site.least = properties ? CFN_IMPACT_UPDATE : CFN_IMPACT_MAY_UPDATE;
    const cfn_schema_type *type =
        properties && section == CFN_SECTION_RESOURCES
            ? cfn_schema_type_find(diff->schema, entry->type, strlen(entry->type))
            : NULL;
    if (type)
        site.place = cfn_schema_place_of(diff->schema, type);
    return site;
}

static cfn_impact if_certain(cfn_impact impact, bool certain)
{
    if (certain)
        return impact;
    return impact == CFN_IMPACT_REPLACE  ? CFN_IMPACT_MAY_REPLACE
           : impact == CFN_IMPACT_UPDATE ? CFN_IMPACT_MAY_UPDATE
                                         : impact;
}

static const char *note_of(cfn_arena *arena, const cfn__cause *cause)
{
    switch (cause->section) {
    case CFN_SECTION_PARAMETERS:
        return cfn__format(arena, "the parameter %s has another default", cause->id);
    case CFN_SECTION_MAPPINGS:
        return cfn__format(arena, "the mapping %s changes", cause->id);
    case CFN_SECTION_CONDITIONS:
        return cfn__format(arena, "the condition %s may change", cause->id);
    default:
        return cfn__format(arena, "%s %s replaced", cause->id, cause->certain ? "is" : "may be");
    }
}

/* --- taking note --- */

/* The changes of an entry were made by doubling, too: how much room they have is known by how many
 * there are. */
static cfn__grown grown_to(size_t count)
{
    cfn__grown grown = {count, count ? 8 : 0};
    while (grown.capacity < count)
        grown.capacity *= 2;
    return grown;
}

static void add_change(cfn_template_diff *diff, cfn_diff_entry *entry, const cfn_node *node,
                       const cfn__site *site, const cfn__cause *cause)
{
    cfn__comparison c = {.diff = diff, .list = grown_to(entry->change_count)};
    c.changes = (cfn_diff_change *)entry->changes;
    /* A function has no members that count by themselves. */
    cfn__emit(&c, node, node, site, note_of(diff->arena, cause));
    if (c.list.count == entry->change_count)
        return;
    cfn_diff_change *change = &c.changes[c.list.count - 1];
    change->cause = cause->id;
    change->impact = if_certain(change->impact, cause->certain);
    entry->changes = c.changes;
    entry->change_count = c.list.count;
    if (change->impact > entry->impact)
        entry->impact = change->impact;
}

/* Whether it, or something that it is in, is told to change already. */
static bool is_told(const cfn_template_diff *diff, const cfn_node *owner, const cfn_node *node)
{
    for (; node && node != owner; node = node->parent)
        if (cfn__node_set_has(&diff->edited, node))
            return true;
    return false;
}

static void follow(cfn_template_diff *diff, cfn_diff_entry *entry, const cfn_node *const *way,
                   size_t length, const cfn__cause *cause)
{
    cfn__trail *trail = CFN__NEW_ARRAY(diff->scratch, length, cfn__trail);
    cfn__site start = site_of_entry(diff, entry->section, way[0], entry), site = start;
    size_t i = 0;
    if (!trail)
        return;
    site.place.value = NULL;
    for (; i < length; i++) {
        site = step_to(diff, &site, way[i], &trail[i]);
        if (i == 0)
            site.place = start.place;
        if (ends_at(way[i], way[length - 1]))
            break;
    }
    cfn__node_set_add(diff->arena, &diff->edited, way[i]);
    add_change(diff, entry, way[i], &site, cause);
}

void cfn__reach(cfn_template_diff *diff, const cfn_node *owner, cfn_section section,
                const cfn_node *node, const cfn__cause *cause)
{
    const cfn_node *old = cfn_template_get(diff->old_tpl, section, owner->key);
    cfn__arena_mark mark = cfn__mark(diff->scratch);
    size_t length;
    const cfn_node **way = way_to(diff->scratch, owner, node, &length);
    if (old && way && length && counts(way[0], section) && !is_told(diff, owner, node)) {
        cfn_diff_entry *entry = cfn__entry_for(diff, section, old, owner);
        if (entry)
            follow(diff, entry, way, length, cause);
    }
    cfn__rewind(diff->scratch, mark);
}
