/* The settings of an AWS DMS task, which the API takes as JSON in a string.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.html */
#ifndef CFNGEN_DMS_TASK_SETTINGS_H
#define CFNGEN_DMS_TASK_SETTINGS_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

/* Checks settings as the API takes them: {"TargetMetadata": {...}, "Logging": {...}, ...}. DMS
 * refuses keys that it does not know, so the set is closed; values are checked for their type,
 * range and words, and against each other. Reported at their place: CFN4320 to CFN4326 and CFN4341,
 * of which some are warnings. An intrinsic function is let through where a text or a number may
 * stand. `migration_type` is full-load, cdc or full-load-and-cdc; NULL: not known. True when there
 * was no error. */
CFN_API bool cfn_dms_task_settings_check(cfn_diagnostics *diagnostics, const cfn_node *settings,
                                         const char *migration_type);

CFN_END_DECLS

#endif
