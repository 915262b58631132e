/* A replication task of DMS as the commands of `cfngen task` see it. */
#ifndef CLI_TASK_TASK_H
#define CLI_TASK_TASK_H

#include "../command.h"
#include "dms_task.h"

/* A run of one of the commands. Start with {.arguments}; free it with close_task. */
typedef struct task_run {
    const cli_arguments *arguments;
    aws_client *client;
    dms_task task;
} task_run;

/* Opens the connection, and finds the task that the operand names: the ARN of a task, a stack that
 * has one, or STACK/LogicalId. STATUS_CLEAN, or the exit status after saying why not. */
int open_task(task_run *run);
void close_task(task_run *run);

/* Whether it was never started. */
bool is_new(const task_run *run);

/* Whether its full load is done, or it does none. */
bool is_loaded(const task_run *run);

/* A number of a map, 0 when there is none. */
long long number_of(const cfn_node *map, const char *key);

/* Tests the connections of both endpoints and waits for the answers, a line each. STATUS_FINDINGS
 * when one fails. */
int test_connections(task_run *run);

/* Prints how the task is, and what its tables are at. STATUS_FINDINGS when it or a table failed. */
int print_task(task_run *run);

/* Does so again and again until the load is done or the task has stopped. */
int watch_task(task_run *run);

extern const cli_option *const task_test_options[];
extern const cli_option *const task_start_options[];
extern const cli_option *const task_stop_options[];
extern const cli_option *const task_status_options[];
extern const cli_option *const task_reload_options[];

#endif
