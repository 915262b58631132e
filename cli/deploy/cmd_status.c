/* cfngen status: how a stack is; on request until its operation has ended. */
#include "watch.h"

static void print_line(const char *what, const char *text)
{
    if (*text)
        printf("%-8s %s\n", what, text);
}

/* The first failure of the operation that was last. */
static void print_cause(aws_client *client, const deployed_stack *stack)
{
    watch w;
    if (!watch_running(&w, client, stack))
        return;
    w.quiet = true;
    w.seconds = 1e-9; /* one look: it has ended */
    watch_operation(&w);
    const watch_failure *f = &w.failures[0];
    if (w.failure_count)
        printf("%-8s %s (%s) %s: %s\n", "cause", f->id, f->type, f->status, f->reason);
}

static void print_stack(aws_client *client, const deployed_stack *stack)
{
    const char *updated = text_of(stack->node, "LastUpdatedTime");
    print_line("stack", text_of(stack->node, "StackName"));
    print_line("status", stack->state.name);
    print_line("since", *updated ? updated : text_of(stack->node, "CreationTime"));
    print_line("reason", text_of(stack->node, "StackStatusReason"));
    if (stack->state.failed)
        print_cause(client, stack);
    print_line("next", stack->state.advice ? stack->state.advice : "");
}

static int follow(const cli_arguments *arguments, aws_client *client, const deployed_stack *stack)
{
    const char *timeout = option_value(arguments, "timeout"), *name = arguments->operands[0];
    char failed[256];
    watch w;
    if (!watch_running(&w, client, stack))
        return STATUS_TROUBLE;
    snprintf(failed, sizeof failed, "the operation of the stack %s failed", name);
    w.seconds = timeout ? read_duration(timeout) : 0;
    switch (watch_operation(&w)) {
    case WATCH_SUCCEEDED:
        return STATUS_CLEAN;
    case WATCH_FAILED:
        return watch_complain(&w, failed);
    case WATCH_STOPPED:
    case WATCH_TIME_OUT:
        fprintf(stderr, "cfngen: what is under way in the stack %s goes on\n", name);
        return STATUS_INCOMPLETE;
    case WATCH_LOST:
        break;
    }
    return STATUS_TROUBLE;
}

int cmd_status(const cli_arguments *arguments)
{
    const char *name = arguments->operands[0];
    aws_client *client = aws_open(option_value(arguments, "region"));
    deployed_stack stack;
    int status = STATUS_TROUBLE;
    if (!client)
        return STATUS_TROUBLE;
    if (!describe_stack(client, name, &stack)) {
        status = aws_interrupted(client) ? STATUS_INCOMPLETE : STATUS_TROUBLE;
    } else if (!stack.node) {
        status = trouble("there is no stack %s", name);
    } else if (stack.state.phase == STACK_BUSY && option_value(arguments, "watch")) {
        status = follow(arguments, client, &stack);
    } else {
        status = stack.state.failed ? STATUS_FINDINGS : STATUS_CLEAN;
        print_stack(client, &stack);
    }
    deployed_stack_free(&stack);
    aws_close(client);
    return status;
}
