/* The advisers: who looks at the finished entries, and how what they say is kept. */
#include "diff/diff.h"

#include <string.h>

static cfn__adviser *const advisers[] = {
    cfn__advise_of_protection, cfn__advise_of_names,      cfn__advise_of_exports,
    cfn__advise_of_access,     cfn__advise_of_settings,   cfn__advise_of_migrations,
    cfn__advise_of_versions,   cfn__advise_of_parameters,
};

void cfn__diff_advise(cfn_template_diff *diff, cfn_diagnostic_id id, const char *logical_id,
                      const char *path, const char *format, ...)
{
    cfn_diff_advice *advice =
        cfn__make_room(diff->arena, diff->advice, &diff->advice_list, sizeof *advice);
    if (!advice)
        return;
    va_list list;
    va_start(list, format);
    const char *text = cfn__vformat(diff->arena, format, list);
    va_end(list);
    diff->advice = advice;
    advice[diff->advice_list.count++] =
        (cfn_diff_advice){id, cfn_diagnostic_severity(id), logical_id, path, text};
}

void cfn__diff_add_access(cfn_template_diff *diff, const cfn_access_change *change)
{
    cfn_access_change *access =
        cfn__make_room(diff->arena, diff->access, &diff->access_list, sizeof *access);
    if (!access)
        return;
    diff->access = access;
    cfn_access_change *added = &access[diff->access_list.count++];
    *added = *change;
    added->path = added->path ? added->path : "";
    added->reason = added->reason ? added->reason : "";
    for (size_t i = 0; i < CFN_ACCESS_MOST_CELLS; i++)
        added->cells[i] = added->cells[i] ? added->cells[i] : "";
}

/* --- looking at entries --- */

bool cfn__step_is(const cfn_diff_change *change, size_t index, const char *key)
{
    return index < change->step_count && change->steps[index].key &&
           strcmp(change->steps[index].key, key) == 0;
}

const cfn_diff_change *cfn__diff_property(const cfn_diff_entry *entry, const char *property)
{
    for (size_t i = 0; i < entry->change_count; i++)
        if (cfn__step_is(&entry->changes[i], 0, "Properties") &&
            cfn__step_is(&entry->changes[i], 1, property))
            return &entry->changes[i];
    return NULL;
}

const cfn_node *cfn__old_property(const cfn_diff_entry *entry, const char *property)
{
    return cfn__get(cfn__get(entry->old_node, "Properties"), property);
}

const cfn_node *cfn__new_property(const cfn_diff_entry *entry, const char *property)
{
    return cfn__get(cfn__get(entry->new_node, "Properties"), property);
}

/* --- asking --- */

/* The gravest first; those alike stay in their order. Access is told table by table. */
static void sort_advice(cfn_template_diff *diff)
{
    size_t total = diff->advice_list.count, count = 0;
    cfn_diff_advice *sorted = CFN__NEW_ARRAY(diff->arena, total + 1, cfn_diff_advice);
    for (cfn_severity severity = CFN_ERROR; sorted && severity <= CFN_NOTE; severity++)
        for (size_t i = 0; i < total; i++)
            if (diff->advice[i].severity == severity)
                sorted[count++] = diff->advice[i];
    if (sorted)
        diff->advice = sorted;
}

static void sort_access(cfn_template_diff *diff)
{
    size_t total = diff->access_list.count, count = 0;
    cfn_access_change *sorted = CFN__NEW_ARRAY(diff->arena, total + 1, cfn_access_change);
    for (cfn_access_table table = 0; sorted && table < CFN_ACCESS_TABLE_COUNT; table++)
        for (size_t i = 0; i < total; i++)
            if (diff->access[i].table == table)
                sorted[count++] = diff->access[i];
    if (sorted)
        diff->access = sorted;
}

void cfn__ask_advisers(cfn_template_diff *diff)
{
    for (size_t i = 0; i < sizeof advisers / sizeof *advisers; i++)
        advisers[i](diff);
    sort_advice(diff);
    sort_access(diff);
}
