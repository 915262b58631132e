/* cfngen destroy: deletes a stack, after it has said what is lost and what stays. */
#include "../task/dms_task.h"
#include "template.h"
#include "watch.h"

#include <cfngen/diff.h>
#include <cfngen/read.h>
#include <string.h>

typedef struct destruction {
    const cli_arguments *arguments;
    const char *name;
    aws_client *client;
    deployed_stack stack;
    deployed_template tpl;
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    cfn_template_diff *diff; /* from what is deployed to nothing */
    aws_answer resources;
    bool begun;
} destruction;

enum { GO_ON = -1 };

static bool is_given(const destruction *d, const char *option)
{
    return option_value(d->arguments, option) != NULL;
}

/* Goes through the resources that exist: the next one after `resource`, or the first. */
static const cfn_node *next_resource(const destruction *d, const cfn_node *resource)
{
    const cfn_node *list = cfn_node_get(d->resources.root, "StackResourceSummaries");
    const cfn_node *n = resource ? cfn_node_next(resource) : cfn_node_first(list);
    while (n && strcmp(text_of(n, "ResourceStatus"), "DELETE_COMPLETE") == 0)
        n = cfn_node_next(n);
    return n;
}

/* What becomes of it: as its policies say, or what CloudFormation does without any. */
static const cfn_diff_entry *removal_of(const destruction *d, const cfn_node *resource)
{
    return cfn_template_diff_entry(d->diff, CFN_SECTION_RESOURCES,
                                   text_of(resource, "LogicalResourceId"));
}

static cfn_fate fate_of(const destruction *d, const cfn_node *resource)
{
    const cfn_diff_entry *removal = removal_of(d, resource);
    return removal ? removal->fate : CFN_FATE_DELETED;
}

static int look_up(destruction *d)
{
    deployed_stack_free(&d->stack);
    if (!describe_stack(d->client, d->name, &d->stack))
        return STATUS_TROUBLE;
    if (d->stack.node)
        return GO_ON;
    fprintf(stderr, "cfngen: there is no stack %s\n", d->name);
    return STATUS_CLEAN;
}

static int follow(destruction *d, watch *w)
{
    char failed[256];
    const char *timeout = option_value(d->arguments, "timeout");
    snprintf(failed, sizeof failed, "the stack %s was not deleted", d->name);
    w->seconds = timeout ? read_duration(timeout) : 0;
    d->begun = true;
    switch (watch_operation(w)) {
    case WATCH_SUCCEEDED:
        return GO_ON;
    case WATCH_FAILED:
        return watch_complain(w, failed);
    case WATCH_TIME_OUT:
    case WATCH_STOPPED:
        return STATUS_INCOMPLETE;
    case WATCH_LOST:
        break;
    }
    return STATUS_TROUBLE;
}

/* A deletion that is under way is watched; anything else has to come to its end first. */
static int settle(destruction *d)
{
    watch w;
    if (d->stack.state.phase != STACK_BUSY)
        return GO_ON;
    bool deletes = strcmp(d->stack.state.name, "DELETE_IN_PROGRESS") == 0;
    fprintf(stderr, "cfngen: the stack %s is %s: watching that%s\n", d->name, d->stack.state.name,
            deletes ? "" : " first");
    if (!watch_running(&w, d->client, &d->stack))
        return STATUS_TROUBLE;
    int status = follow(d, &w);
    if (deletes)
        return status == GO_ON ? STATUS_CLEAN : status;
    d->begun = false;
    return status == GO_ON || status == STATUS_FINDINGS ? look_up(d) : status;
}

static int check_protection(destruction *d)
{
    if (strcmp(text_of(d->stack.node, "EnableTerminationProtection"), "true") != 0)
        return GO_ON;
    trouble("the stack %s is protected against its deletion", d->name);
    fprintf(stderr,
            "  = hint: aws cloudformation update-termination-protection "
            "--no-enable-termination-protection --stack-name %s\n",
            d->name);
    return STATUS_FINDINGS;
}

static int list_resources(destruction *d)
{
    const char *id = text_of(d->stack.node, "StackId");
    d->resources =
        aws_ask(d->client, &(aws_call){.service = "cloudformation",
                                       .operation = "list-stack-resources",
                                       .arguments = (const char *const[]){"--stack-name", id, NULL},
                                       .reads_only = true});
    if (d->resources.outcome != AWS_ANSWERED)
        return aws_complain(&d->resources, "the resources of the stack cannot be listed");
    return fetch_template(d->client, id, &d->tpl) ? GO_ON : STATUS_TROUBLE;
}

/* A deletion is an update to a template with nothing in it. */
static int compare_with_nothing(destruction *d)
{
    static const char nothing[] = "{\"Resources\": {}}";
    d->arena = cfn_arena_new();
    d->diagnostics = cfn_diagnostics_new();
    if (!d->arena || !d->diagnostics)
        return out_of_memory();
    const cfn_node *empty = cfn_read_text(d->arena, d->diagnostics, "nothing", nothing,
                                          sizeof nothing - 1, CFN_FORMAT_JSON);
    d->diff = cfn_template_diff_new(d->tpl.root ? d->tpl.root : empty, empty, NULL, d->diagnostics);
    return d->diff ? GO_ON : out_of_memory();
}

static int show(destruction *d)
{
    static const char *const fates[] = {
        [CFN_FATE_STAYS] = "stays",
        [CFN_FATE_DELETED] = "is deleted with all that is in it",
        [CFN_FATE_SNAPSHOT] = "is deleted after a snapshot was taken",
        [CFN_FATE_RETAINED] = "stays, outside of the stack",
    };
    for (const cfn_node *n = next_resource(d, NULL); n; n = next_resource(d, n)) {
        const char *type = text_of(n, "ResourceType");
        cfn_fate fate = fate_of(d, n);
        if (type_holds_data(type) || fate != CFN_FATE_DELETED)
            printf("  %s (%s) %s %s\n", text_of(n, "LogicalResourceId"), type,
                   text_of(n, "PhysicalResourceId"), fates[fate]);
    }
    fflush(stdout);
    return GO_ON;
}

static bool is_task(const cfn_node *resource)
{
    return strcmp(text_of(resource, "ResourceType"), "AWS::DMS::ReplicationTask") == 0 &&
           *text_of(resource, "PhysicalResourceId");
}

/* A task that has started, or is about to stop, is waited for. */
static int stop_it(dms_task *task, const char *id)
{
    fprintf(stderr, "cfngen: stopping the task %s\n", id);
    int status = settle_task(task);
    if (status == STATUS_CLEAN && task_is(task, "running"))
        status = stop_task(task);
    return status == STATUS_CLEAN ? GO_ON : STATUS_TROUBLE;
}

static int look_at_task(destruction *d, const cfn_node *resource, bool stops)
{
    const char *id = text_of(resource, "LogicalResourceId");
    dms_task task = {.client = d->client, .may_be_gone = true};
    snprintf(task.arn, sizeof task.arn, "%s", text_of(resource, "PhysicalResourceId"));
    int status = look_up_task(&task);
    bool stays = task_means(&task, TASK_STAYS);
    if (status == STATUS_CLEAN && stays && !stops && !is_given(d, "stop-task")) {
        trouble("the task %s is %s, and DMS does not delete it so", id, task_state(&task));
        fputs("  = hint: --stop-task stops it first\n", stderr);
        status = STATUS_FINDINGS;
    } else if (status == STATUS_CLEAN) {
        status = stays && stops ? stop_it(&task, id) : GO_ON;
    }
    dms_task_free(&task);
    return status;
}

static int look_at_tasks(destruction *d, bool stops)
{
    int status = GO_ON;
    for (const cfn_node *n = next_resource(d, NULL); n && status == GO_ON; n = next_resource(d, n))
        if (is_task(n))
            status = look_at_task(d, n, stops);
    return status;
}

static int check_tasks(destruction *d)
{
    return look_at_tasks(d, false);
}

static int agree(destruction *d)
{
    char question[300];
    size_t count = 0;
    for (const cfn_node *n = next_resource(d, NULL); n; n = next_resource(d, n))
        count++;
    snprintf(question, sizeof question, "Delete the stack %s with its %zu resource%s?", d->name,
             count, count == 1 ? "" : "s");
    if (is_given(d, "yes") || aws_confirm(d->client, question, "--yes"))
        return GO_ON;
    return aws_interrupted(d->client) ? STATUS_INCOMPLETE : STATUS_FINDINGS;
}

static int stop_tasks(destruction *d)
{
    return is_given(d, "stop-task") ? look_at_tasks(d, true) : GO_ON;
}

static int delete (destruction *d)
{
    watch w;
    if (!watch_from_now(&w, d->client, &d->stack))
        return STATUS_TROUBLE;
    d->begun = true;
    if (!delete_stack(d->client, w.stack, option_value(d->arguments, "role-arn")))
        return aws_interrupted(d->client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
    for (const cfn_node *n = next_resource(d, NULL); n; n = next_resource(d, n))
        w.total++;
    return follow(d, &w);
}

static int say_what_stays(destruction *d)
{
    bool first = true;
    for (const cfn_node *n = next_resource(d, NULL); n; n = next_resource(d, n)) {
        if (fate_of(d, n) != CFN_FATE_RETAINED)
            continue;
        if (first)
            printf("The stack %s is deleted. These stay, and cost:\n", d->name);
        first = false;
        printf("  %s %s\n", text_of(n, "ResourceType"), text_of(n, "PhysicalResourceId"));
    }
    if (first)
        printf("The stack %s is deleted.\n", d->name);
    return STATUS_CLEAN;
}

static int say_how_to_go_on(const destruction *d)
{
    if (d->begun)
        fprintf(stderr,
                "cfngen: what is under way in the stack %s goes on.\n"
                "  cfngen status --watch %s   watches it; so does cfngen destroy %s\n",
                d->name, d->name, d->name);
    else
        fprintf(stderr, "cfngen: interrupted; the stack %s was not deleted\n", d->name);
    return STATUS_INCOMPLETE;
}

int cmd_destroy(const cli_arguments *arguments)
{
    static int (*const steps[])(destruction *) = {
        look_up,     settle, check_protection, list_resources, compare_with_nothing, show,
        check_tasks, agree,  stop_tasks,       delete,         say_what_stays};
    destruction d = {.arguments = arguments, .name = arguments->operands[0]};
    d.client = aws_open(option_value(arguments, "region"));
    int status = d.client ? GO_ON : STATUS_TROUBLE;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == GO_ON; i++)
        status = steps[i](&d);
    if (status == STATUS_INCOMPLETE || (d.client && aws_interrupted(d.client)))
        status = say_how_to_go_on(&d);
    deployed_stack_free(&d.stack);
    cfn_template_diff_free(d.diff);
    cfn_diagnostics_free(d.diagnostics);
    cfn_arena_free(d.arena);
    deployed_template_free(&d.tpl);
    aws_answer_free(&d.resources);
    aws_close(d.client);
    return status;
}
