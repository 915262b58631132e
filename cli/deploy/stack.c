/* Asks AWS what it knows of a stack. */
#include "stack.h"

#include <stdlib.h>
#include <string.h>

const char *text_of(const cfn_node *map, const char *key)
{
    const char *text = cfn_node_text(cfn_node_get(map, key));
    return text ? text : "";
}

/* What is secret goes before the text is cut: the half of a secret is too much. */
void copy_text(const aws_client *client, char *target, size_t room, const char *text)
{
    char *whole = strdup(text);
    if (whole)
        aws_mask(client, whole);
    snprintf(target, room, "%s", whole ? whole : "");
    free(whole);
    for (char *c = target; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
}

/* An answer in which the stack is missing is no answer. */
static bool find_node(deployed_stack *stack)
{
    stack->node = cfn_node_find(stack->answer.root, "Stacks/0");
    const char *status = text_of(stack->node, "StackStatus");
    stack->state = find_stack_state(status);
    return *status != '\0';
}

bool describe_stack(aws_client *client, const char *name, deployed_stack *stack)
{
    char what[256];
    snprintf(what, sizeof what, "the stack %s cannot be looked up", name);
    *stack = (deployed_stack){.state = {"", STACK_ABSENT, false, NULL}};
    stack->answer =
        aws_ask(client, &(aws_call){
                            .service = "cloudformation",
                            .operation = "describe-stacks",
                            .arguments = (const char *const[]){"--stack-name", name, NULL},
                            .reads_only = true,
                        });
    if (aws_refused(&stack->answer, "ValidationError", "does not exist"))
        return true;
    if (stack->answer.outcome != AWS_ANSWERED) {
        aws_complain(&stack->answer, what);
        return false;
    }
    if (!find_node(stack)) {
        trouble("%s: the answer holds no stack", what);
        return false;
    }
    return true;
}

void deployed_stack_free(deployed_stack *stack)
{
    aws_answer_free(&stack->answer);
}

bool delete_stack(aws_client *client, const char *name, const char *role)
{
    char what[600];
    const char *const arguments[] = {"--stack-name", name, role ? "--role-arn" : NULL, role, NULL};
    snprintf(what, sizeof what, "the stack %s cannot be deleted", name);
    aws_answer answer = aws_ask(client, &(aws_call){.service = "cloudformation",
                                                    .operation = "delete-stack",
                                                    .arguments = arguments,
                                                    .answers_nothing = true});
    bool good = answer.outcome == AWS_ANSWERED;
    if (!good)
        aws_complain(&answer, what);
    aws_answer_free(&answer);
    return good;
}

double read_duration(const char *text)
{
    static const struct {
        const char *unit;
        double seconds;
    } units[] = {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}};
    char *end = NULL;
    double number = strtod(text, &end);
    if (end == text || !(number > 0 && number < 1e6))
        return -1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(end, units[i].unit) == 0)
            return number * units[i].seconds;
    return -1;
}

bool is_duration(const char *text)
{
    return read_duration(text) > 0;
}
