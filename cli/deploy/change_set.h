/* Change sets: what CloudFormation would do, before it does. */
#ifndef CLI_DEPLOY_CHANGE_SET_H
#define CLI_DEPLOY_CHANGE_SET_H

#include "stack.h"

typedef struct change_set {
    char name[64], id[512];
    char stack_id[512];
    const char *stack; /* the name of the stack */
    bool creates;      /* there was no such stack before */
    bool made;         /* it is there, or may be */
    aws_answer answer; /* what describe-change-set says */
} change_set;

typedef enum change_set_end {
    CHANGE_SET_READY,
    CHANGE_SET_EMPTY,  /* nothing would change */
    CHANGE_SET_FAILED, /* it was said why */
    CHANGE_SET_STOPPED /* by a signal */
} change_set_end;

/* Gives it a name that is not taken. */
void name_change_set(change_set *set, const char *stack, bool creates);

/* Sends the request (JSON of create-change-set) and waits until CloudFormation knows what it would
 * do. Free with change_set_free in any case. */
change_set_end make_change_set(aws_client *client, change_set *set, const char *request);
void change_set_free(change_set *set);

/* Takes it away, with the stack that was only there for it. A failure is said. */
void drop_change_set(aws_client *client, change_set *set);

/* Has it done; AWS_REFUSED and AWS_FAILED after saying why not. */
aws_outcome execute_change_set(aws_client *client, const change_set *set);

/* A line for each change; how many there are. */
size_t print_changes(const change_set *set);

/* The first change that replaces or removes, or may, and whose type holds data; NULL: none. */
const cfn_node *find_risk(const change_set *set, bool (*holds_data)(const char *type));

#endif
