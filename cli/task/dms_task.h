/* A replication task of DMS: its states, looking it up, waiting for it, and stopping it. */
#ifndef CLI_TASK_DMS_TASK_H
#define CLI_TASK_DMS_TASK_H

#include "../aws/aws.h"

/* What a state means; or-ed together. */
enum {
    TASK_PASSES = 1,    /* another one follows by itself */
    TASK_STARTABLE = 2, /* the task can be started */
    TASK_WORKS = 4,     /* it copies, or is about to */
    TASK_STAYS = 8      /* DMS does not delete it so */
};

/* Start with {.client, .arn} and what else is wanted; free it in any case. */
typedef struct dms_task {
    aws_client *client;
    char arn[512];
    bool may_be_gone; /* there being none is no mistake: its state is "" then */
    bool tells;       /* prints each state that is waited for, once */
    char told[64];
    aws_answer answer;
    const cfn_node *node; /* what describe-replication-tasks says of it; NULL: there is none */
} dms_task;

/* Looks it up. STATUS_CLEAN, or the exit status after saying why not; so do those below. */
int look_up_task(dms_task *task);
void dms_task_free(dms_task *task);

/* Its state, as DMS names it, and whether that means this. */
const char *task_state(const dms_task *task);
bool task_is(const dms_task *task, const char *state);
bool task_means(const dms_task *task, unsigned meaning);

/* Waits until no other state follows by itself. */
int settle_task(dms_task *task);

/* Waits for what DMS was asked for to show, and for its end. STATUS_INCOMPLETE, after saying so,
 * when the state is the same all the time. */
int await_change(dms_task *task, const char *before);

/* Has a task that runs stop, and waits for that. */
int stop_task(dms_task *task);

/* What a command ends with when a call failed: interrupted, or not answered. */
int call_trouble(const aws_client *client);

#endif
