/* Events of the cutover function: what it is asked to do, or told by DMS. */
#ifndef CFN_LAMBDA_CUTOVER_EVENT_H
#define CFN_LAMBDA_CUTOVER_EVENT_H

#include "lambda/failure.h"

#include <cfngen/arena.h>

typedef enum cfn__cutover_action {
    CFN__STATUS,
    CFN__GRADUAL_CUTOVER,
    CFN__MANUAL_CUTOVER,
    CFN__ROLLBACK,
    CFN__TASK_EVENT /* DMS tells that a task has changed */
} cfn__cutover_action;

/* "status", "gradual_cutover" ... "dms_event". */
const char *cfn__cutover_action_name(cfn__cutover_action action);

/* The action of this name that an event may ask for; false when there is none. */
bool cfn__cutover_action_of(const char *name, cfn__cutover_action *action);

/* docs/cutover.md says what each of them does. */
typedef struct cfn__cutover_event {
    cfn__cutover_action action;
    int weight;      /* of the target, once it is done: 0 to 100 */
    const char *run; /* NULL: none */
    bool force, reverse;
    const char *task; /* of an event of DMS: the ARN, */
    const char *told; /* and the state that the task is in by it; "" when it does not say */
} cfn__cutover_event;

/* Reads an event; false, and the failure filled in, when it is none. It lives in the arena. */
bool cfn__read_cutover_event(cfn_arena *arena, const char *text, size_t length,
                             cfn__cutover_event *event, cfn__failure *failure);

#endif
