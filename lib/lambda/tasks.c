/* Tasks of DMS.
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html */
#include "lambda/tasks.h"

#include "node/node.h"

#include <stdlib.h>
#include <string.h>

static double number_of(const cfn_node *node)
{
    return cfn_node_kind(node) == CFN_KIND_NUMBER ? strtod(cfn_node_text(node), NULL) : 0;
}

/* One of change data capture alone loads nothing. */
static void take_task(const cfn_node *node, cfn__task *task)
{
    const cfn_node *stats = cfn_node_get(node, "ReplicationTaskStats");
    if (!task->arn || !cfn__text_is(cfn_node_get(node, "ReplicationTaskArn"), task->arn))
        return;
    task->status = cfn_node_text(cfn_node_get(node, "Status"));
    task->loaded = cfn__text_is(cfn_node_get(node, "MigrationType"), "cdc")
                       ? -1
                       : number_of(cfn_node_get(stats, "FullLoadProgressPercent"));
    task->errors = (int64_t)number_of(cfn_node_get(stats, "TablesErrored"));
    task->load_end = (int64_t)number_of(cfn_node_get(stats, "FullLoadFinishDate"));
}

bool cfn__describe_tasks(const cfn__caller *caller, cfn__task *task, cfn__task *reverse)
{
    cfn__buffer body = {0};
    cfn__buffer_add_text(&body, "{\"Filters\":[{\"Name\":\"replication-task-arn\",\"Values\":[");
    cfn__buffer_add_json_string(&body, task->arn, strlen(task->arn));
    if (reverse->arn) {
        cfn__buffer_add_char(&body, ',');
        cfn__buffer_add_json_string(&body, reverse->arn, strlen(reverse->arn));
    }
    cfn__buffer_add_text(&body, "]}],\"WithoutSettings\":true}");
    const cfn_node *root =
        cfn__call(caller, CFN__DESCRIBE_TASKS, "/", &body, "the tasks cannot be read");
    const cfn_node *tasks = cfn_node_get(root, "ReplicationTasks");
    task->status = reverse->status = NULL;
    for (const cfn_node *n = cfn_node_first(tasks); n; n = cfn_node_next(n)) {
        take_task(n, task);
        take_task(n, reverse);
    }
    if (root && !cfn__is_list(tasks))
        return cfn__bad_answer(caller, "the tasks cannot be read");
    return root != NULL;
}

bool cfn__task_is(const cfn__task *task, const char *status)
{
    return task->status && strcmp(task->status, status) == 0;
}

bool cfn__task_is_active(const cfn__task *task)
{
    return cfn__task_is(task, "running") || cfn__task_is(task, "starting") ||
           cfn__task_is(task, "stopping");
}

static bool turn(const cfn__caller *caller, cfn__aws_call call, const cfn__task *task,
                 const char *more, const char *what, bool *is_refused)
{
    cfn__caller tolerant = *caller;
    cfn__buffer body = {0};
    tolerant.tolerated = "InvalidResourceStateFault";
    cfn__add_json_member(&body, "ReplicationTaskArn", task->arn);
    cfn__buffer_add_text(&body, more);
    cfn__buffer_add_char(&body, '}');
    *is_refused = !cfn__call(&tolerant, call, "/", &body, what);
    return !caller->failure->type;
}

bool cfn__stop_task(const cfn__caller *caller, const cfn__task *task)
{
    bool is_refused;
    return turn(caller, CFN__STOP_TASK, task, "", "the task cannot be stopped", &is_refused);
}

bool cfn__start_task(const cfn__caller *caller, const cfn__task *task, int64_t now,
                     bool *is_refused)
{
    char more[120];
    int length = snprintf(more, sizeof more, ",\"StartReplicationTaskType\":\"start-replication\"");
    if (!cfn__task_is(task, "ready"))
        snprintf(more + length, sizeof more - (size_t)length, ",\"CdcStartTime\":%lld",
                 (long long)now);
    return turn(caller, CFN__START_TASK, task, more, "the reverse task cannot be started",
                is_refused);
}
