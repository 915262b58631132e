/* Where a task logs is read-only: DMS decides it.
 * expect-gcc: cfn_dms_logging.* has no member named .cloud_watch_log_group
 * expect-clang: field designator 'cloud_watch_log_group' does not refer to any field */
#include <cfngen/dms_replication_task.h>

void mistake(cfn_stack *stack)
{
    cfn_dms_replication_task_add(
        stack, "Task",
        &(cfn_dms_replication_task_props){
            .settings = {.logging = {.cloud_watch_log_group = cfn_s("mine")}}});
}
