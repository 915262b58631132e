/* Replication tasks of DMS that run, and therefore can neither be changed nor deleted. */
#ifndef CLI_DEPLOY_TASK_H
#define CLI_DEPLOY_TASK_H

#include "../aws/aws.h"

/* The state of a task, as DMS names it; "" when there is no such task. False after saying why AWS
 * does not tell. */
bool task_state(aws_client *client, const char *arn, char state[64]);

/* Whether a task in this state must be stopped before it is deleted. */
bool task_runs(const char *state);

/* Stops a task in this state, waits until it has stopped, and tells the state it is in then. False
 * after saying why not. */
bool stop_task(aws_client *client, const char *arn, char state[64]);

#endif
