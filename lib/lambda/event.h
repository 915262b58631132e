/* Events: what the function is asked to do. */
#ifndef CFN_LAMBDA_EVENT_H
#define CFN_LAMBDA_EVENT_H

#include "lambda/failure.h"

#include <cfngen/node.h>

typedef enum cfn__action {
    CFN__ACTION_PLAN,
    CFN__ACTION_CHECK,
    CFN__ACTION_RECHECK,
    CFN__ACTION_GATE
} cfn__action;

/* "plan", "check" ... */
const char *cfn__action_name(cfn__action action);

/* Members that are left out are NULL, 0 or false; nodes have been checked as far as this says.
 * docs/validator.md says what each of them does. */
typedef struct cfn__event {
    cfn__action action;
    bool is_scheduled;                        /* it is EventBridge's own */
    const char *run;                          /* safe as a part of a key in S3 */
    const cfn_node *tables;                   /* a list of texts */
    const cfn_node *mappings, *work;          /* objects */
    const cfn_node *items;                    /* a list of objects */
    const cfn_node *plan, *results, *recheck; /* results that can be read, a list of such */
    const char *heartbeat, *mode;
    const char *settle_seconds, *max_load; /* numbers as text */
    uint64_t details, part_rows, pieces;
    bool report;
} cfn__event;

/* Reads an event; false, and the failure filled in, when it is none. It lives in the arena. */
bool cfn__read_event(cfn_arena *arena, const char *text, size_t length, cfn__event *event,
                     cfn__failure *failure);

#endif
