/* cfngen status: how a stack is. */
#include "stack.h"

static void print_line(const char *what, const char *text)
{
    if (*text)
        printf("%-8s %s\n", what, text);
}

static void print_stack(const deployed_stack *stack)
{
    const char *updated = text_of(stack->node, "LastUpdatedTime");
    print_line("stack", text_of(stack->node, "StackName"));
    print_line("status", stack->state.name);
    print_line("since", *updated ? updated : text_of(stack->node, "CreationTime"));
    print_line("reason", text_of(stack->node, "StackStatusReason"));
    print_line("next", stack->state.advice ? stack->state.advice : "");
}

int cmd_status(const cli_arguments *arguments)
{
    const char *name = arguments->operands[0];
    aws_client *client = aws_open(option_value(arguments, "region"));
    deployed_stack stack;
    int status = STATUS_TROUBLE;
    if (!client)
        return STATUS_TROUBLE;
    if (describe_stack(client, name, &stack)) {
        status = stack.state.failed ? STATUS_FINDINGS : STATUS_CLEAN;
        if (stack.node)
            print_stack(&stack);
        else
            status = trouble("there is no stack %s", name);
    }
    deployed_stack_free(&stack);
    aws_close(client);
    return status;
}
