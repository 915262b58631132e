/* Finds the task that is meant, and looks it up. */
#include "task.h"

#include "../deploy/stack.h"

#include <stdlib.h>
#include <string.h>

static const char task_type[] = "AWS::DMS::ReplicationTask";

int task_trouble(const task_run *run)
{
    return aws_interrupted(run->client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
}

long long number_of(const cfn_node *map, const char *key)
{
    return strtoll(text_of(map, key), NULL, 10);
}

static bool is_task(const cfn_node *resource, const char *id)
{
    return strcmp(text_of(resource, "ResourceType"), task_type) == 0 &&
           strcmp(text_of(resource, "ResourceStatus"), "DELETE_COMPLETE") != 0 &&
           *text_of(resource, "PhysicalResourceId") &&
           (!*id || strcmp(text_of(resource, "LogicalResourceId"), id) == 0);
}

/* Which of them is meant: the only one, or there is a mistake. */
static int choose(task_run *run, const cfn_node *resources, const char *stack, const char *id)
{
    const cfn_node *chosen = NULL;
    size_t count = 0;
    for (const cfn_node *n = cfn_node_first(resources); n; n = cfn_node_next(n))
        if (is_task(n, id)) {
            chosen = chosen ? chosen : n;
            count++;
        }
    if (count == 1) {
        snprintf(run->arn, sizeof run->arn, "%s", text_of(chosen, "PhysicalResourceId"));
        return STATUS_CLEAN;
    }
    trouble("the stack %s has %s%s%s", stack, count ? "several tasks" : "no task",
            *id && !count ? " " : "", count ? "" : id);
    if (count)
        fputs("  = hint: name one of these:", stderr);
    for (const cfn_node *n = cfn_node_first(resources); n && count; n = cfn_node_next(n))
        if (is_task(n, ""))
            fprintf(stderr, " %s/%s", stack, text_of(n, "LogicalResourceId"));
    if (count)
        putc('\n', stderr);
    return STATUS_TROUBLE;
}

static int find_in_stack(task_run *run, const char *operand)
{
    const char *slash = strchr(operand, '/');
    char stack[256], what[400];
    snprintf(stack, sizeof stack, "%.*s",
             (int)(slash ? slash - operand : (ptrdiff_t)strlen(operand)), operand);
    snprintf(what, sizeof what, "the resources of the stack %s cannot be listed", stack);
    aws_answer answer = aws_ask(
        run->client, &(aws_call){.service = "cloudformation",
                                 .operation = "list-stack-resources",
                                 .arguments = (const char *const[]){"--stack-name", stack, NULL},
                                 .reads_only = true});
    int status = STATUS_TROUBLE;
    if (answer.outcome == AWS_ANSWERED) {
        status = choose(run, cfn_node_get(answer.root, "StackResourceSummaries"), stack,
                        slash ? slash + 1 : "");
    } else {
        aws_complain(&answer, what);
        status = task_trouble(run);
    }
    aws_answer_free(&answer);
    return status;
}

int look_again(task_run *run)
{
    char filter[600], what[600];
    snprintf(filter, sizeof filter, "Name=replication-task-arn,Values=%s", run->arn);
    snprintf(what, sizeof what, "the task %s cannot be looked up", run->arn);
    aws_answer_free(&run->answer);
    run->answer = aws_ask(run->client,
                          &(aws_call){.service = "dms",
                                      .operation = "describe-replication-tasks",
                                      .arguments = (const char *const[]){"--without-settings",
                                                                         "--filters", filter, NULL},
                                      .reads_only = true});
    run->task = cfn_node_find(run->answer.root, "ReplicationTasks/0");
    if (run->answer.outcome != AWS_ANSWERED) {
        aws_complain(&run->answer, what);
        return task_trouble(run);
    }
    return run->task ? STATUS_CLEAN : trouble("there is no task %s", run->arn);
}

int open_task(task_run *run)
{
    const char *operand = run->arguments->operands[0];
    run->client = aws_open(option_value(run->arguments, "region"));
    if (!run->client)
        return STATUS_TROUBLE;
    snprintf(run->arn, sizeof run->arn, "%s", operand);
    int status = STATUS_CLEAN;
    if (strncmp(operand, "arn:", 4) != 0)
        status = find_in_stack(run, operand);
    return status == STATUS_CLEAN ? look_again(run) : status;
}

void close_task(task_run *run)
{
    aws_answer_free(&run->answer);
    aws_close(run->client);
}

bool is_new(const task_run *run)
{
    return !*text_of(run->task, "ReplicationTaskStartDate");
}

bool is_loaded(const task_run *run)
{
    const cfn_node *stats = cfn_node_get(run->task, "ReplicationTaskStats");
    return strcmp(text_of(run->task, "MigrationType"), "cdc") == 0 ||
           number_of(stats, "FullLoadProgressPercent") >= 100;
}

int await_state(task_run *run, bool (*is_reached)(const char *state))
{
    char last[64] = "";
    for (;;) {
        const char *state = text_of(run->task, "Status");
        if (strcmp(state, last) != 0) {
            printf("%s\n", state);
            fflush(stdout);
        }
        if (is_reached(state))
            return STATUS_CLEAN;
        snprintf(last, sizeof last, "%s", state);
        if (!aws_pause(run->client, 5))
            return STATUS_INCOMPLETE;
        int status = look_again(run);
        if (status != STATUS_CLEAN)
            return status;
    }
}
