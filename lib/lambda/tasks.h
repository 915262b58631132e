/* The tasks of DMS: how they are, and turning them round. */
#ifndef CFN_LAMBDA_TASKS_H
#define CFN_LAMBDA_TASKS_H

#include "lambda/caller.h"

typedef struct cfn__task {
    const char *arn;
    const char *status; /* "running", "stopped" ...; NULL: DMS has none with this ARN */
    double loaded;      /* percent; below 0: it has no full load */
    int64_t errors;     /* tables that could not be loaded */
    int64_t load_end;   /* of the full load, in seconds since 1970; 0: not known */
} cfn__task;

/* Fills in the rest for both ARNs; that of the second may be NULL. */
bool cfn__describe_tasks(const cfn__caller *caller, cfn__task *task, cfn__task *reverse);

bool cfn__task_is(const cfn__task *task, const char *status);

/* Whether it reads or writes data, or is about to. */
bool cfn__task_is_active(const cfn__task *task);

/* A task that is in no state for it is left alone, and *is_refused is set: look again. One that has
 * run before starts at this time, in seconds since 1970, and not where it was. */
bool cfn__stop_task(const cfn__caller *caller, const cfn__task *task);
bool cfn__start_task(const cfn__caller *caller, const cfn__task *task, int64_t now,
                     bool *is_refused);

#endif
