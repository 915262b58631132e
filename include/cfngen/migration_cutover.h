/* Cfngen::Migration::Cutover: the function that moves the traffic of a migration from the source to
 * the target and back, and the state machine that has it do so step by step.
 *
 * Makes what Cfngen::Lambda::Function makes ({Id}, {Id}Role, {Id}LogGroup, {Id}Invocation and,
 * without Topic, {Id}FailureQueue and its policy), outside of a VPC, since Route 53 has no endpoint
 * in one; and
 *   {Id}State, {Id}Lock      AWS::SSM::Parameter: how far the cutover is, and who works at it
 *   {Id}TaskRule             AWS::Events::Rule: the function is told when the task starts, stops or
 *                            fails; it writes that into the state, and never moves traffic for it
 *   {Id}TaskRulePermission   AWS::Lambda::Permission
 *   {Id}Workflow             AWS::StepFunctions::StateMachine, with {Id}WorkflowRole,
 *                            {Id}WorkflowLogGroup and, with Topic, {Id}WorkflowFailureRule
 *
 * Of a record with ReadOnlyTraffic it leaves the task and its way back alone: others still write to
 * the source, and a rollback loses nothing.
 *
 * Its role may do the calls of the function and no more: change this one record of this one zone,
 * read and write the two parameters, look at tasks, metrics and alarms, stop and start the tasks
 * when there is a way back, and tell the topic.
 *
 * The workflow asks whether the target is ready (REFUSED ends it), gives it the shares in Steps one
 * by one, waits after each, looks again, and completes the cutover. An alarm, a target that is not
 * ready twice, a refusal or an error of the function on the way rolls back (ROLLED_BACK). With a
 * way back - a task with Reverse, or ReverseTask - the last step is the completion itself: the task
 * stops, the reverse one starts, the record moves; and an alarm in the wait after that still rolls
 * back, without a loss. Without one what is written to the target is not in the source (CFN4614).
 *
 * Its environment is described in docs/cutover.md. The code is the bundle that goes with cfngen,
 * the validator's (docs/validator.md); the template asks where it is (see
 * <cfngen/lambda_function.h>).
 *
 * Ref is the function's name. Attributes: Arn, StateParameter, LockParameter (their names),
 * WorkflowArn.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_EventBridge.html */
#ifndef CFNGEN_MIGRATION_CUTOVER_H
#define CFNGEN_MIGRATION_CUTOVER_H

#include <cfngen/dms_replication_instance.h>
#include <cfngen/dms_replication_task.h>
#include <cfngen/lambda_function.h>
#include <cfngen/migration_alarms.h>
#include <cfngen/route53_cutover_record.h>

CFN_BEGIN_DECLS

/* cfn_migration_cutover_existing takes the ARN of the function. */
CFN_HANDLE(cfn_migration_cutover);

/* Defaults: steps 20, 50, 80, 100 of a weighted record, 100 of one in the mode cname; wait_seconds
 * 1800; timeout_in_seconds 86400. All is decided at synth. */
typedef struct cfn_migration_cutover_workflow {
    cfn_str_list steps;         /* of 100 for the target: rising whole numbers, the last 100 */
    cfn_int wait_seconds;       /* after each step: 60 to 86400, and no less than the TTL */
    cfn_int timeout_in_seconds; /* of an execution: all the waits and more */
} cfn_migration_cutover_workflow;

/* Defaults: name {id}-{environment}-{suffix}; reverse_task that of the task; the replication
 * instance that of the task; latency_limit_seconds 60, latency_datapoints 5,
 * validation_max_age_seconds 86400; architecture x86_64, timeout 300 s, memory_size 256 MB;
 * log_retention_in_days 30; the parameters {id}-state- and {id}-lock-{environment}-{suffix}. */
typedef struct cfn_migration_cutover_props {
    cfn_str name;
    cfn_route53_cutover_record record;                 /* required: of this stack */
    cfn_dms_replication_task task;                     /* required: or _existing by its ARN */
    cfn_dms_replication_task reverse_task;             /* the way back, where it is no Reverse */
    cfn_dms_replication_instance replication_instance; /* of this stack */
    cfn_str replication_instance_identifier;           /* of an instance that exists, its name */
    cfn_str validator;                                 /* the name of the function */
    cfn_migration_alarms alarms;                       /* or _existing by the alarm's name */
    cfn_str_list alarm_names;                          /* further alarms that refuse a shift */
    cfn_int latency_limit_seconds;                     /* 1 to 86400 */
    cfn_int latency_datapoints;                        /* of a minute, 1 to 60 */
    cfn_int validation_max_age_seconds;                /* 60 to 1209600 */
    cfn_migration_cutover_workflow workflow;
    cfn_sns_topic topic;        /* is told of shifts, verdicts and failures */
    cfn_kms_key encryption_key; /* required */
    cfn_lambda_code code;
    cfn_str architecture; /* arm64, x86_64 */
    cfn_int timeout;      /* seconds, 60 to 900 */
    cfn_int memory_size;  /* MB, 128 to 10240 */
    cfn_int reserved_concurrent_executions;
    cfn_str state_parameter_name, lock_parameter_name;
    cfn_int log_retention_in_days;
    cfn_str permissions_boundary;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_migration_cutover_props;

#define cfn_migration_cutover_add(stack, id, ...)                                                  \
    cfn_migration_cutover_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_migration_cutover cfn_migration_cutover_add_at(cfn_stack *stack, const char *id,
                                                           const cfn_migration_cutover_props *props,
                                                           const char *file, int line);

static inline cfn_str cfn_migration_cutover_arn(cfn_migration_cutover cutover)
{
    return cutover.handle.id ? cfn_att(cutover.handle.id, "Arn") : cutover.handle.value;
}

/* Holds nothing for a function that exists. */
static inline cfn_str cfn_migration_cutover_name(cfn_migration_cutover cutover)
{
    return cutover.handle.id ? cfn_ref(cutover.handle.id) : cfn_s(NULL);
}

CFN_END_DECLS

#endif
