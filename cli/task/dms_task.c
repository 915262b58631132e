/* The table of the states of a task, and what is done until it is in another one. */
#include "dms_task.h"

#include "../deploy/stack.h"

#include <string.h>

/* https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html */
static const struct {
    const char *name;
    unsigned meaning;
} states[] = {
    {"creating", TASK_PASSES},
    {"deleting", TASK_PASSES},
    {"failed", TASK_STARTABLE},
    {"modifying", TASK_PASSES | TASK_STAYS},
    {"moving", TASK_PASSES | TASK_STAYS},
    {"ready", TASK_STARTABLE},
    {"running", TASK_WORKS | TASK_STAYS},
    {"starting", TASK_PASSES | TASK_WORKS | TASK_STAYS},
    {"stopped", TASK_STARTABLE},
    {"stopping", TASK_PASSES | TASK_STAYS},
    {"testing", TASK_PASSES | TASK_STAYS},
};

int call_trouble(const aws_client *client)
{
    return aws_interrupted(client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
}

int look_up_task(dms_task *task)
{
    char filter[600], what[600];
    snprintf(filter, sizeof filter, "Name=replication-task-arn,Values=%s", task->arn);
    snprintf(what, sizeof what, "the task %s cannot be looked up", task->arn);
    aws_answer_free(&task->answer);
    task->answer = aws_ask(
        task->client, &(aws_call){.service = "dms",
                                  .operation = "describe-replication-tasks",
                                  .arguments = (const char *const[]){"--without-settings",
                                                                     "--filters", filter, NULL},
                                  .reads_only = true});
    task->node = cfn_node_find(task->answer.root, "ReplicationTasks/0");
    bool gone = aws_refused(&task->answer, "ResourceNotFoundFault", NULL);
    if (!gone && task->answer.outcome != AWS_ANSWERED) {
        aws_complain(&task->answer, what);
        return call_trouble(task->client);
    }
    return task->node || task->may_be_gone ? STATUS_CLEAN
                                           : trouble("there is no task %s", task->arn);
}

void dms_task_free(dms_task *task)
{
    aws_answer_free(&task->answer);
}

const char *task_state(const dms_task *task)
{
    return text_of(task->node, "Status");
}

bool task_is(const dms_task *task, const char *state)
{
    return strcmp(task_state(task), state) == 0;
}

bool task_means(const dms_task *task, unsigned meaning)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (task_is(task, states[i].name))
            return (states[i].meaning & meaning) != 0;
    return false;
}

static void tell_state(dms_task *task)
{
    if (!task->tells || task_is(task, task->told))
        return;
    snprintf(task->told, sizeof task->told, "%s", task_state(task));
    printf("%s\n", task->told);
    fflush(stdout);
}

static int look_later(dms_task *task)
{
    return aws_pause(task->client, 5) ? look_up_task(task) : STATUS_INCOMPLETE;
}

int settle_task(dms_task *task)
{
    int status = STATUS_CLEAN;
    tell_state(task);
    while (status == STATUS_CLEAN && task_means(task, TASK_PASSES)) {
        status = look_later(task);
        if (status == STATUS_CLEAN)
            tell_state(task);
    }
    return status;
}

/* The same state all the time means that nothing came of it, but for a task that failed again. */
int await_change(dms_task *task, const char *before)
{
    enum { LOOKS = 4 };
    int status = look_up_task(task);
    for (int looks = 1; looks < LOOKS && status == STATUS_CLEAN && task_is(task, before); looks++)
        status = look_later(task);
    bool changed = status == STATUS_CLEAN && !task_is(task, before);
    if (changed)
        task->told[0] = '\0';
    if (status == STATUS_CLEAN)
        status = settle_task(task);
    if (status != STATUS_CLEAN || changed || strcmp(before, "failed") == 0)
        return status;
    fprintf(stderr,
            "cfngen: DMS was asked, but the task is still %s\n"
            "  = hint: cfngen task status shows what comes of it\n",
            before);
    return STATUS_INCOMPLETE;
}

int stop_task(dms_task *task)
{
    char what[600];
    snprintf(what, sizeof what, "the task %s cannot be stopped", task->arn);
    aws_answer answer = aws_ask(
        task->client,
        &(aws_call){.service = "dms",
                    .operation = "stop-replication-task",
                    .arguments = (const char *const[]){"--replication-task-arn", task->arn, NULL},
                    .answers_nothing = true});
    /* It stopped by itself, or somebody else stops it: its state tells. */
    bool good =
        answer.outcome == AWS_ANSWERED || aws_refused(&answer, "InvalidResourceStateFault", NULL);
    if (!good)
        aws_complain(&answer, what);
    aws_answer_free(&answer);
    if (!good)
        return call_trouble(task->client);
    int status = await_change(task, "running");
    if (status == STATUS_CLEAN && task_is(task, "running"))
        return trouble("the task runs again: DMS could not stop it, or somebody started it");
    return status;
}
