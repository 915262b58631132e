/* A stack as it is deployed: found by its name, with its state. */
#ifndef CLI_DEPLOY_STACK_H
#define CLI_DEPLOY_STACK_H

#include "../aws/aws.h"
#include "stack_state.h"

/* What describe-stacks says of one stack; free in any case. */
typedef struct deployed_stack {
    aws_answer answer;
    const cfn_node *node; /* NULL when there is no such stack */
    stack_state state;    /* its phase is STACK_ABSENT when there is none */
} deployed_stack;

/* Looks a stack up by its name or id. False after saying why AWS does not tell; that there is no
 * such stack is an answer. */
bool describe_stack(aws_client *client, const char *name, deployed_stack *stack);
void deployed_stack_free(deployed_stack *stack);

/* Begins to delete a stack, as the role (NULL: as the user, or as the stack's own role). False
 * after saying why not. */
bool delete_stack(aws_client *client, const char *name, const char *role);

/* Seconds of a text such as "90", "90s", "15m" or "2h"; negative when it is none of these. */
double read_duration(const char *text);
bool is_duration(const char *text);

/* Copies what AWS says for people to read, as far as there is room: on one line, without what
 * steers terminals and without secrets. */
void copy_text(const aws_client *client, char *target, size_t room, const char *text);

/* The text of a member; "" when it has none. */
const char *text_of(const cfn_node *map, const char *key);

#endif
