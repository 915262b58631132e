/* Advice about migrations: tasks that must be stopped, connections that must be made again. */
#include "diff/advice.h"

#include <string.h>

/* Whether anything but these properties changes. */
static bool changes_more_than(const cfn_diff_entry *entry, const char *const *properties)
{
    for (size_t i = 0; i < entry->change_count; i++) {
        const cfn_diff_change *change = &entry->changes[i];
        if (!change->step_count)
            return true;
        if (!cfn__step_is(change, 0, "Properties"))
            continue;
        const char *const *p = properties;
        while (*p && !cfn__step_is(change, 1, *p))
            p++;
        if (!*p && change->impact > CFN_IMPACT_NONE)
            return true;
    }
    return false;
}

/* DMS neither changes nor deletes a task that runs: it answers InvalidResourceStateFault, and the
 * deployment fails. Tags alone are changed at any time.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.Modifying.html */
static void advise_of_task(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    static const char *const at_any_time[] = {"Tags", NULL};
    if (strcmp(entry->old_type, "AWS::DMS::ReplicationTask") != 0 ||
        entry->kind == CFN_DIFF_ADDED || !changes_more_than(entry, at_any_time))
        return;
    bool goes = entry->kind == CFN_DIFF_REMOVED || entry->impact == CFN_IMPACT_REPLACE;
    if (goes)
        cfn__diff_advise(diff, CFN6031, entry->id, "",
                         "DMS deletes no task that runs: stop %s before this is deployed%s",
                         entry->id,
                         entry->kind == CFN_DIFF_REMOVED
                             ? ""
                             : "; the new one knows nothing of what was migrated, and has to load "
                               "it again");
    else
        cfn__diff_advise(diff, CFN6031, entry->id, "",
                         "DMS changes no task that runs: stop %s before this is deployed, and "
                         "resume it after",
                         entry->id);
}

/* A task opens its connections when it starts. An endpoint that is replaced changes its tasks.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Endpoints.html */
static void advise_of_endpoint(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    static const char *const of_no_matter[] = {"Tags", NULL};
    static const char *const tasks[] = {"AWS::DMS::ReplicationTask", NULL};
    if (!cfn__is_kept(entry, "AWS::DMS::Endpoint") || entry->impact == CFN_IMPACT_REPLACE ||
        !changes_more_than(entry, of_no_matter))
        return;
    const char *users = cfn__users_of(diff, entry->id, tasks);
    cfn__diff_advise(diff, CFN6032, entry->id, "",
                     "tasks keep the connections they have: test the connection of %s again, then "
                     "stop and resume %s",
                     entry->id, users ? users : "the tasks that use it");
}

void cfn__advise_of_migrations(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        const cfn_diff_entry *entry = &diff->entries[i];
        if (entry->section != CFN_SECTION_RESOURCES)
            continue;
        advise_of_task(diff, entry);
        advise_of_endpoint(diff, entry);
    }
}
