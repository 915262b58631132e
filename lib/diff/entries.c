/* What changed, section by section. */
#include "diff/diff.h"

#include <string.h>
#include <strings.h>

/* --- the list of entries --- */

static void set_number(cfn_template_diff *diff, cfn_section section, const char *id, size_t number)
{
    cfn__index_put(diff->arena, &diff->ids[section], id, (void *)(uintptr_t)(number + 1));
}

static cfn_diff_entry *add_entry(cfn_template_diff *diff, cfn_diff_entry entry)
{
    cfn_diff_entry *entries =
        cfn__make_room(diff->arena, diff->entries, &diff->entry_list, sizeof *entries);
    if (!entries)
        return NULL;
    diff->entries = entries;
    size_t number = diff->entry_list.count++;
    entries[number] = entry;
    set_number(diff, entry.section, entry.id, number);
    return &entries[number];
}

static const char *type_of(const cfn_diff_entry *entry, const cfn_node *node)
{
    const cfn_node *type = cfn__get(node, "Type");
    return entry->section == CFN_SECTION_RESOURCES && cfn__is_string(type) ? type->text : "";
}

static cfn_diff_entry new_entry(cfn_section section, const char *id, const cfn_node *old,
                                const cfn_node *new)
{
    cfn_diff_entry entry = {
        .section = section,
        .id = id,
        .kind = !old   ? CFN_DIFF_ADDED
                : !new ? CFN_DIFF_REMOVED
                       : CFN_DIFF_CHANGED,
        .old_node = old,
        .new_node = new,
        .loss = "",
    };
    entry.type = type_of(&entry, new ? new : old);
    entry.old_type = type_of(&entry, old ? old : new);
    return entry;
}

cfn_diff_entry *cfn__entry_for(cfn_template_diff *diff, cfn_section section, const cfn_node *old,
                               const cfn_node *new)
{
    const char *id = new ? new->key : old->key;
    uintptr_t number = (uintptr_t)cfn__index_get(&diff->ids[section], id);
    return number ? &diff->entries[number - 1] : add_entry(diff, new_entry(section, id, old, new));
}

/* --- comparing --- */

/* Nothing is deployed for most sections; what they change elsewhere, spreading finds. */
static const cfn__site nowhere = {.least = CFN_IMPACT_NONE};

static bool is_true(const cfn_node *value)
{
    const char *text = cfn_node_text(value);
    return text && strcasecmp(text, "true") == 0;
}

static bool must_not_be_echoed(const cfn_diff_entry *entry)
{
    return entry->section == CFN_SECTION_PARAMETERS &&
           (is_true(cfn__get(entry->old_node, "NoEcho")) ||
            is_true(cfn__get(entry->new_node, "NoEcho")));
}

static void compare_plain(cfn_template_diff *diff, cfn_diff_entry *entry)
{
    cfn__comparison c = {.diff = diff};
    cfn__diff_values(&c, entry->old_node, entry->new_node, nowhere);
    if (must_not_be_echoed(entry))
        cfn__hide_values(diff, c.changes, c.list.count);
    entry->changes = c.changes;
    entry->change_count = c.list.count;
}

/* Compares an entry and keeps it when something changed. */
static void compare_entry(cfn_template_diff *diff, cfn_section section, const char *id,
                          const cfn_node *old, const cfn_node *new)
{
    if (old && new &&cfn_node_equal(old, new))
        return;
    cfn_diff_entry entry = new_entry(section, id, old, new);
    if (section == CFN_SECTION_RESOURCES)
        cfn__compare_resources(diff, &entry);
    else
        compare_plain(diff, &entry);
    if (entry.change_count)
        add_entry(diff, entry);
}

/* A loop is an entry among others, also when it is the only one. */
static bool is_a_list_of_entries(const cfn_node *node)
{
    cfn__function function = cfn__function_of(node);
    return !node ||
           (cfn__is_map(node) && (function == CFN__FN_NONE || function == CFN__FN_FOR_EACH));
}

static void compare_members(cfn_template_diff *diff, cfn_section section, const cfn_node *old,
                            const cfn_node *new)
{
    cfn__members olds = {.map = old}, news = {.map = new};
    for (const cfn_node *n = cfn_node_first(new); n; n = n->next)
        compare_entry(diff, section, n->key, cfn__find_member(diff->scratch, &olds, n->key), n);
    for (const cfn_node *n = cfn_node_first(old); n; n = n->next)
        if (!cfn__find_member(diff->scratch, &news, n->key))
            compare_entry(diff, section, n->key, n, NULL);
}

static bool has_entries(cfn_section section)
{
    return section != CFN_SECTION_FORMAT_VERSION && section != CFN_SECTION_DESCRIPTION &&
           section != CFN_SECTION_TRANSFORM;
}

static const cfn_node *only_item(const cfn_node *node)
{
    return cfn__is_list(node) && node->size == 1 ? node->first : node;
}

static void compare_section(cfn_template_diff *diff, cfn_section section)
{
    const cfn_node *old = cfn_template_section(diff->old_tpl, section);
    const cfn_node *new = cfn_template_section(diff->new_tpl, section);
    if (has_entries(section) && is_a_list_of_entries(old) && is_a_list_of_entries(new)) {
        compare_members(diff, section, old, new);
        return;
    }
    if (section == CFN_SECTION_TRANSFORM) {
        old = only_item(old);
        new = only_item(new);
    }
    if (old || new)
        compare_entry(diff, section, cfn_section_name(section), old, new);
}

/* --- what is no section --- */

static bool is_section(const cfn_template *tpl, const cfn_node *member)
{
    for (cfn_section s = CFN_SECTION_NONE + 1; s < CFN_SECTION_COUNT; s++)
        if (cfn_template_section(tpl, s) == member)
            return true;
    return false;
}

static const cfn_node *find_other(const cfn_template *tpl, const char *key)
{
    const cfn_node *member = cfn_node_get(cfn_template_root(tpl), key);
    return member && !is_section(tpl, member) ? member : NULL;
}

/* A template has a handful of top-level members; past that they are of no use anyway. */
enum { MOST_OTHERS = 64 };

static void compare_others(cfn_template_diff *diff)
{
    size_t count = 0;
    const cfn_node *new = cfn_node_first(cfn_template_root(diff->new_tpl));
    const cfn_node *old = cfn_node_first(cfn_template_root(diff->old_tpl));
    for (const cfn_node *n = new; n &&count < MOST_OTHERS; n = n->next)
        if (!is_section(diff->new_tpl, n) && ++count)
            compare_entry(diff, CFN_SECTION_NONE, n->key, find_other(diff->old_tpl, n->key), n);
    for (const cfn_node *n = old; n && count < 2 * MOST_OTHERS; n = n->next)
        if (!is_section(diff->old_tpl, n) && ++count && !find_other(diff->new_tpl, n->key))
            compare_entry(diff, CFN_SECTION_NONE, n->key, n, NULL);
}

void cfn__find_entries(cfn_template_diff *diff)
{
    compare_others(diff);
    for (cfn_section s = CFN_SECTION_NONE + 1; s < CFN_SECTION_COUNT; s++)
        compare_section(diff, s);
}

/* --- order --- */

static void put_in_order(cfn_template_diff *diff, cfn_diff_entry *ordered, size_t *count,
                         cfn_section section, const cfn_node *list, bool only_removed)
{
    for (const cfn_node *n = cfn_node_first(list); n; n = n->next) {
        const cfn_diff_entry *entry = cfn_template_diff_entry(diff, section, n->key);
        if (entry && (!only_removed || entry->kind == CFN_DIFF_REMOVED))
            ordered[(*count)++] = *entry;
    }
}

/* Spreading finds entries late: they move to where they stand in their template. */
void cfn__order_entries(cfn_template_diff *diff)
{
    size_t count = 0, total = diff->entry_list.count;
    cfn_diff_entry *ordered = CFN__NEW_ARRAY(diff->arena, total + 1, cfn_diff_entry);
    if (!ordered || !total)
        return;
    for (cfn_section s = CFN_SECTION_NONE; s < CFN_SECTION_COUNT; s++) {
        const cfn_node *old = cfn_template_section(diff->old_tpl, s);
        const cfn_node *new = cfn_template_section(diff->new_tpl, s);
        bool sorted = s != CFN_SECTION_NONE && has_entries(s) && is_a_list_of_entries(old) &&
                      is_a_list_of_entries(new);
        if (sorted) {
            put_in_order(diff, ordered, &count, s, new, false);
            put_in_order(diff, ordered, &count, s, old, true);
            continue;
        }
        for (size_t i = 0; i < total; i++)
            if (diff->entries[i].section == s)
                ordered[count++] = diff->entries[i];
    }
    diff->entries = ordered;
    diff->entry_list = (cfn__grown){count, total + 1};
    for (size_t i = 0; i < count; i++)
        set_number(diff, ordered[i].section, ordered[i].id, i);
}
