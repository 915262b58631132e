/* The states of a stack, and what each means for those who deploy. */
#ifndef CLI_DEPLOY_STACK_STATE_H
#define CLI_DEPLOY_STACK_STATE_H

#include <stdbool.h>

/* What can be done next. */
typedef enum stack_phase {
    STACK_ABSENT,   /* there is none: it is created */
    STACK_REVIEWED, /* it has change sets and nothing else: it is created */
    STACK_BUSY,     /* an operation is under way: it is watched */
    STACK_READY,    /* it is updated */
    STACK_BROKEN,   /* it can only be deleted */
    STACK_STUCK     /* its rollback failed: it is continued, or deleted */
} stack_phase;

typedef struct stack_state {
    const char *name;
    stack_phase phase;
    bool failed;        /* it tells of an operation that went wrong, or is going back */
    const char *advice; /* what to do before a deployment; NULL: nothing */
} stack_state;

/* The state of that name; one that nobody knows is ready when it ends in _COMPLETE, else busy. */
stack_state find_stack_state(const char *name);

#endif
