/* Watches an operation of a stack: prints its events as they come, and keeps what went wrong. */
#ifndef CLI_DEPLOY_WATCH_H
#define CLI_DEPLOY_WATCH_H

#include "stack.h"

enum { WATCH_MOST_FAILURES = 8, WATCH_ID_SIZE = 512 };

/* An event of a resource that failed by itself, and not because another one did. */
typedef struct watch_failure {
    char id[WATCH_ID_SIZE], type[WATCH_ID_SIZE], physical_id[WATCH_ID_SIZE], status[64];
    char reason[2048];
} watch_failure;

typedef struct watch {
    aws_client *client;
    char stack[WATCH_ID_SIZE]; /* its id: that finds it also when it is deleted */
    char last[WATCH_ID_SIZE];  /* the id of the newest event that is known; "": none */
    char status[64];           /* of the stack, by its events */
    bool ended;                /* the event that ends the operation was seen */
    bool quiet;                /* no lines */
    size_t total, done;        /* resources that change (0: not known), and those that have */
    size_t failure_count;      /* all of them; the first ones are kept */
    watch_failure failures[WATCH_MOST_FAILURES];
    double began, seconds; /* when watching began; how long it may take, 0: for ever */
} watch;

typedef enum watch_end {
    WATCH_SUCCEEDED,
    WATCH_FAILED,   /* the operation did, or went back */
    WATCH_STOPPED,  /* by a signal */
    WATCH_TIME_OUT, /* the operation goes on */
    WATCH_LOST      /* AWS does not tell any more; it was said */
} watch_end;

/* Gets ready to watch the operation that is to begin: what is told of the stack up to now is not
 * part of it. False after saying why AWS does not tell. */
bool watch_from_now(watch *w, aws_client *client, const deployed_stack *stack);

/* The same for the operation that is under way: its first event is looked for. */
bool watch_running(watch *w, aws_client *client, const deployed_stack *stack);

/* Watches until the operation has ended. */
watch_end watch_operation(watch *w);

/* Says what failed first, and what then. `what` is what did not succeed, as "the stack shop was not
 * updated". STATUS_FINDINGS. */
int watch_complain(watch *w, const char *what);

#endif
