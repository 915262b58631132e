/* A state machine with its role, its log and who is told when it fails, for each construct that
 * makes one. */
#ifndef CFN_CONSTRUCTS_STATE_MACHINE_H
#define CFN_CONSTRUCTS_STATE_MACHINE_H

#include "constructs/constructs.h"

/* What it is made of. It is {Id}Workflow; beside it stand {Id}WorkflowRole, {Id}WorkflowLogGroup
 * and, with a topic, {Id}WorkflowFailureRule. */
typedef struct cfn__state_machine {
    cfn_node *name; /* cfn__state_machine_name, from wiring */
    cfn_kms_key encryption_key;
    cfn_sns_topic topic; /* is told of executions that failed; may be none */
    const char *failed;  /* the description of the rule that tells it */
    const char
        *told; /* what it is told: a sentence that <status>, <error> and <execution> follow */
    cfn_int log_retention_in_days;
    cfn_str permissions_boundary;
    cfn_json tags;
} cfn__state_machine;

/* Wiring: lets the log use the key, and the topic in; the name and the key must be there. */
cfn_node *cfn__state_machine_name(cfn__expansion *x, const cfn__construct *c);
void cfn__wire_state_machine(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts);

/* Expansion: all that is named above. `statements` are what the role may do beside writing the log,
 * tracing and telling the topic. */
void cfn__make_state_machine(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts,
                             const cfn_node *definition, cfn_node *statements);

/* A role {Id}{role} that a service takes on, with `statements`. */
void cfn__make_service_role(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts,
                            const char *role, const char *service, cfn_node *statements);

/* {Sid, Effect, Action, Resource}; `actions` are ended by NULL. */
cfn_node *cfn__allow(const cfn__maker *make, const char *sid, const char *const *actions,
                     cfn_node *resource);

/* Adds copies of statements to a list of them. */
void cfn__append_all(const cfn__maker *make, cfn_node *list, const cfn_node *statements);

#endif
