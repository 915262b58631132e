/* The comparison as its users see it: made, asked about, freed. */
#include "diff/diff.h"

#include <stdlib.h>
#include <string.h>

void *cfn__make_room(cfn_arena *arena, void *items, cfn__grown *grown, size_t size)
{
    if (grown->count < grown->capacity)
        return items;
    size_t capacity = grown->capacity ? grown->capacity * 2 : 8;
    void *larger = cfn__alloc_array(arena, capacity, size);
    if (!larger)
        return NULL;
    if (grown->count)
        memcpy(larger, items, grown->count * size);
    grown->capacity = capacity;
    return larger;
}

/* What the templates themselves do wrong is not the matter here. */
static const cfn_template *understand(cfn_template_diff *diff, const cfn_node *root,
                                      cfn_diagnostics *diagnostics)
{
    if (root && !cfn__is_map(cfn_node_get(root, "Resources"))) {
        cfn__report(diagnostics, CFN6001, root,
                    "this is no template: it has no mapping of Resources");
        cfn__hint(diagnostics, "compare templates or stack files of CloudFormation");
        if (!cfn__is_map(root))
            root = NULL;
    }
    if (!root)
        root = cfn__map(&(cfn__maker){.arena = diff->arena});
    cfn_diagnostics *unheard = cfn_diagnostics_new();
    const cfn_template *tpl = unheard && root ? cfn_template_new(diff->arena, root, unheard) : NULL;
    cfn_diagnostics_free(unheard);
    return tpl;
}

static bool compare(cfn_template_diff *diff, const cfn_node *old_root, const cfn_node *new_root,
                    cfn_diagnostics *diagnostics)
{
    diff->old_tpl = understand(diff, old_root, diagnostics);
    diff->new_tpl = understand(diff, new_root, diagnostics);
    if (!diff->old_tpl || !diff->new_tpl)
        return false;
    cfn__find_entries(diff);
    cfn__spread(diff);
    cfn__order_entries(diff);
    cfn__find_renames(diff);
    cfn__find_fates(diff);
    cfn__hide_secrets(diff);
    cfn__ask_advisers(diff);
    return !cfn_arena_failed(diff->arena) && !cfn_arena_failed(diff->scratch);
}

static void set_limits(const cfn_template_diff *diff, const cfn_diff_options *options)
{
    if (!options || !options->most_bytes || !diff->scratch)
        return;
    cfn_arena_set_limit(diff->arena, options->most_bytes);
    cfn_arena_set_limit(diff->scratch, options->most_bytes);
}

cfn_template_diff *cfn_template_diff_new(const cfn_node *old_root, const cfn_node *new_root,
                                         const cfn_diff_options *options,
                                         cfn_diagnostics *diagnostics)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_template_diff *diff = arena ? CFN__NEW(arena, cfn_template_diff) : NULL;
    bool done = false;
    if (diff) {
        diff->arena = arena;
        diff->scratch = cfn_arena_new();
        diff->schema = options && options->schema ? options->schema : cfn_schema_embedded();
        set_limits(diff, options);
        done = diff->scratch && compare(diff, old_root, new_root, diagnostics);
        cfn_arena_free(diff->scratch);
        diff->scratch = NULL;
    }
    if (done)
        return diff;
    cfn__report_no_memory(diagnostics);
    cfn_arena_free(arena);
    return NULL;
}

void cfn_template_diff_free(cfn_template_diff *diff)
{
    if (diff)
        cfn_arena_free(diff->arena);
}

/* --- what is in it --- */

size_t cfn_template_diff_entry_count(const cfn_template_diff *diff)
{
    return diff->entry_list.count;
}

const cfn_diff_entry *cfn_template_diff_entry_at(const cfn_template_diff *diff, size_t index)
{
    return index < diff->entry_list.count ? &diff->entries[index] : NULL;
}

const cfn_diff_entry *cfn_template_diff_entry(const cfn_template_diff *diff, cfn_section section,
                                              const char *id)
{
    if (section >= CFN_SECTION_COUNT)
        return NULL;
    uintptr_t number = (uintptr_t)cfn__index_get(&diff->ids[section], id);
    return number ? &diff->entries[number - 1] : NULL;
}

size_t cfn_template_diff_access_count(const cfn_template_diff *diff)
{
    return diff->access_list.count;
}

const cfn_access_change *cfn_template_diff_access_at(const cfn_template_diff *diff, size_t index)
{
    return index < diff->access_list.count ? &diff->access[index] : NULL;
}

size_t cfn_template_diff_advice_count(const cfn_template_diff *diff)
{
    return diff->advice_list.count;
}

const cfn_diff_advice *cfn_template_diff_advice_at(const cfn_template_diff *diff, size_t index)
{
    return index < diff->advice_list.count ? &diff->advice[index] : NULL;
}

/* --- names --- */

const char *cfn_diff_kind_name(cfn_diff_kind kind)
{
    static const char *const names[] = {"added", "removed", "changed"};
    return names[kind];
}

const char *cfn_impact_name(cfn_impact impact)
{
    static const char *const names[] = {"none",        "may update", "update", "create",
                                        "may replace", "replace",    "destroy"};
    return names[impact];
}

const char *cfn_fate_name(cfn_fate fate)
{
    static const char *const names[] = {"stays", "deleted", "snapshot", "retained"};
    return names[fate];
}

static const struct {
    const char *title;
    const char *columns[CFN_ACCESS_MOST_CELLS + 1];
} tables[CFN_ACCESS_TABLE_COUNT] = {
    {"IAM statements", {"Resource", "Effect", "Action", "Principal", "Condition", NULL}},
    {"Managed policies", {"Resource", "Managed policy", NULL}},
    {"Security groups", {"Group", "Direction", "Protocol", "Peer", NULL}},
};

const char *cfn_access_column(cfn_access_table table, size_t index)
{
    return index < CFN_ACCESS_MOST_CELLS ? tables[table].columns[index] : NULL;
}

const char *cfn_access_title(cfn_access_table table)
{
    return tables[table].title;
}
