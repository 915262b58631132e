/* The parts of Cfngen::Migration::Cutover that have files of their own. */
#ifndef CFN_CONSTRUCTS_MIGRATION_CUTOVER_H
#define CFN_CONSTRUCTS_MIGRATION_CUTOVER_H

#include "constructs/lambda_function.h"
#include "constructs/route53_cutover_record.h"
#include "constructs/state_machine.h"

#include <cfngen/migration_cutover.h>

/* What wiring works out once. */
typedef struct cfn__cutover_state {
    cfn__lambda_state function;
    cfn_node *workflow_name, *state_name, *lock_name;
} cfn__cutover_state;

extern const cfn_record cfn__cutover_workflow_record;

/* ---- what the properties come to ---- */

/* The record as a construct; NULL when it is not one of this stack. */
const cfn__construct *cfn__cutover_record(cfn__expansion *x, const cfn__construct *c);

/* The ARNs of the tasks; NULL when there is no way back. */
cfn_node *cfn__cutover_task(const cfn__construct *c);
cfn_node *cfn__cutover_reverse_task(cfn__expansion *x, const cfn__construct *c);

/* The name of the replication instance; NULL when it is not known. */
cfn_node *cfn__cutover_instance(cfn__expansion *x, const cfn__construct *c);

/* The names of the alarms, separated by commas; NULL when there are none. */
cfn_node *cfn__cutover_alarm_names(const cfn__construct *c);

/* ---- the steps ---- */

enum { CFN__MOST_STEPS = 20, CFN__CUTOVER_WAIT = 1800, CFN__CUTOVER_TIMEOUT = 86400 };

typedef struct cfn__cutover_steps {
    int weights[CFN__MOST_STEPS];
    size_t count;
    const char *fault; /* what the user's have wrong, or NULL */
} cfn__cutover_steps;

/* As given, else by the mode of the record. */
cfn__cutover_steps cfn__cutover_steps_of(cfn__expansion *x, const cfn__construct *c);

/* ---- parts ---- */

/* What the role may do: just the calls of lib/lambda/calls.h that this cutover can come to. */
cfn_node *cfn__cutover_statements(cfn__expansion *x, const cfn__construct *c);

/* The domain rules that one construct alone can break. */
void cfn__check_cutover(cfn__expansion *x, const cfn__construct *c);

/* The state machine: what it is made of, and what it does. */
cfn__state_machine cfn__cutover_machine(const cfn__construct *c);
void cfn__make_cutover_workflow(cfn__expansion *x, cfn__construct *c);

#endif
