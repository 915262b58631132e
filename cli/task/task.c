/* Finds the task that is meant, and looks it up. */
#include "task.h"

#include "../deploy/stack.h"

#include <stdlib.h>
#include <string.h>

static const char task_type[] = "AWS::DMS::ReplicationTask";

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
        snprintf(run->task.arn, sizeof run->task.arn, "%s", text_of(chosen, "PhysicalResourceId"));
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
        status = call_trouble(run->client);
    }
    aws_answer_free(&answer);
    return status;
}

int open_task(task_run *run)
{
    const char *operand = run->arguments->operands[0];
    run->client = aws_open(option_value(run->arguments, "region"));
    if (!run->client)
        return STATUS_TROUBLE;
    run->task.client = run->client;
    run->task.tells = true;
    snprintf(run->task.arn, sizeof run->task.arn, "%s", operand);
    int status = STATUS_CLEAN;
    if (strncmp(operand, "arn:", 4) != 0)
        status = find_in_stack(run, operand);
    return status == STATUS_CLEAN ? look_up_task(&run->task) : status;
}

void close_task(task_run *run)
{
    dms_task_free(&run->task);
    aws_close(run->client);
}

bool is_new(const task_run *run)
{
    return !*text_of(run->task.node, "ReplicationTaskStartDate");
}

bool is_loaded(const task_run *run)
{
    const cfn_node *stats = cfn_node_get(run->task.node, "ReplicationTaskStats");
    return strcmp(text_of(run->task.node, "MigrationType"), "cdc") == 0 ||
           number_of(stats, "FullLoadProgressPercent") >= 100;
}
