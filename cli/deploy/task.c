/* Looks at tasks of DMS, and stops them. */
#include "task.h"

#include "stack.h"

#include <string.h>

bool task_state(aws_client *client, const char *arn, char state[64])
{
    char what[600], filter[600];
    snprintf(what, sizeof what, "the task %s cannot be looked up", arn);
    snprintf(filter, sizeof filter, "Name=replication-task-arn,Values=%s", arn);
    aws_answer answer =
        aws_ask(client, &(aws_call){.service = "dms",
                                    .operation = "describe-replication-tasks",
                                    .arguments = (const char *const[]){"--without-settings",
                                                                       "--filters", filter, NULL},
                                    .reads_only = true});
    bool gone = aws_refused(&answer, "ResourceNotFoundFault", NULL);
    bool good = gone || answer.outcome == AWS_ANSWERED;
    if (!good)
        aws_complain(&answer, what);
    snprintf(state, 64, "%s", text_of(cfn_node_find(answer.root, "ReplicationTasks/0"), "Status"));
    aws_answer_free(&answer);
    return good;
}

bool task_runs(const char *state)
{
    static const char *const states[] = {"running", "starting", "stopping", "modifying",
                                         "testing", "moving",   NULL};
    for (const char *const *s = states; *s; s++)
        if (strcmp(state, *s) == 0)
            return true;
    return false;
}

/* Only a task that runs can be stopped. That DMS refuses to is no matter: it may have stopped by
 * itself, and its state tells. */
static bool ask_to_stop(aws_client *client, const char *arn)
{
    char what[600];
    snprintf(what, sizeof what, "the task %s cannot be stopped", arn);
    aws_answer answer = aws_ask(
        client, &(aws_call){.service = "dms",
                            .operation = "stop-replication-task",
                            .arguments = (const char *const[]){"--replication-task-arn", arn, NULL},
                            .answers_nothing = true});
    bool good =
        answer.outcome == AWS_ANSWERED || aws_refused(&answer, "InvalidResourceStateFault", NULL);
    if (!good)
        aws_complain(&answer, what);
    aws_answer_free(&answer);
    return good;
}

bool stop_task(aws_client *client, const char *arn, char state[64])
{
    enum { MOST_REQUESTS = 12 };
    for (int requests = 0; task_runs(state);) {
        if (strcmp(state, "running") == 0 && ++requests > MOST_REQUESTS) {
            trouble("the task %s is still running, although DMS was asked to stop it", arn);
            return false;
        }
        if (strcmp(state, "running") == 0 && !ask_to_stop(client, arn))
            return false;
        if (!aws_pause(client, 5) || !task_state(client, arn, state))
            return false;
    }
    return true;
}
