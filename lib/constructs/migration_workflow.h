/* The workflow of a validator: the parts of Cfngen::Migration::Validator that have files of their
 * own. */
#ifndef CFN_CONSTRUCTS_MIGRATION_WORKFLOW_H
#define CFN_CONSTRUCTS_MIGRATION_WORKFLOW_H

#include "constructs/lambda_function.h"

#include <cfngen/migration_validator.h>

/* What wiring works out once. */
typedef struct cfn__validator_state {
    cfn__lambda_state function;
    cfn_node *workflow_name;
} cfn__validator_state;

extern const cfn_record cfn__migration_workflow_record;

static inline bool cfn__has_workflow(const cfn_migration_validator_props *props)
{
    return cfn__is_set(props->workflow.max_concurrency.expression);
}

/* The topic that is told; a handle that is not set when there is none. */
cfn_sns_topic cfn__workflow_topic(const cfn_migration_validator_props *props);

/* Wiring and expansion; nothing without Workflow. */
void cfn__wire_workflow(cfn__expansion *x, cfn__construct *c);
void cfn__make_workflow(cfn__expansion *x, cfn__construct *c);

/* What the state machine does, as nodes in the states language. */
cfn_node *cfn__workflow_definition(const cfn__construct *c);

/* The statements that let a role work with the objects of the report bucket; none without one.
 * `actions` are ended by NULL. */
cfn_node *cfn__report_statements(const cfn__construct *c, const char *const *actions,
                                 const char *const *key_actions);

#endif
