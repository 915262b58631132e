/* Cfngen::Migration::Validator: the function that compares source and target of a migration, beside
 * both databases.
 *
 * Makes what Cfngen::Lambda::Function makes ({Id}, {Id}Role, {Id}LogGroup, {Id}Invocation,
 * {Id}FailureQueue, {Id}FailureQueuePolicy), with a role that reads just the two secrets
 * (secretsmanager:GetSecretValue, and kms:Decrypt through Secrets Manager for their keys), and with
 * ScheduleExpression
 *   {Id}Schedule            AWS::Events::Rule
 *   {Id}SchedulePermission  AWS::Lambda::Permission
 *
 * and with Workflow, for more than one invocation can compare,
 *   {Id}Workflow             AWS::StepFunctions::StateMachine: plans, compares the parts in a
 *                            Distributed Map, looks again at what differed, and says GO, NO_GO or
 *                            INCOMPLETE
 *   {Id}WorkflowRole         AWS::IAM::Role
 *   {Id}WorkflowLogGroup     AWS::Logs::LogGroup
 *   {Id}WorkflowFailureRule  AWS::Events::Rule: tells the topic of executions that failed
 *   {Id}ScheduleRole         AWS::IAM::Role: the schedule then starts the workflow
 *
 * Its environment says SOURCE_SECRET and TARGET_SECRET (ARNs or names), ENGINE (mysql or
 * postgresql), DATABASES (separated by commas; missing: all), and with ReportBucket REPORT_BUCKET
 * and REPORT_PREFIX. The code is the bundle that goes with cfngen (docs/validator.md); the template
 * asks where it is (see <cfngen/lambda_function.h>).
 * It waits for the attachment of its secrets. Its security groups must let it out to Secrets
 * Manager (CFN4501) and to the clusters that the secrets are attached to (CFN4502); the groups of
 * other databases must let it in.
 *
 * Ref is the function's name. Attribute: Arn. */
#ifndef CFNGEN_MIGRATION_VALIDATOR_H
#define CFNGEN_MIGRATION_VALIDATOR_H

#include <cfngen/lambda_function.h>
#include <cfngen/secretsmanager_secret.h>

CFN_BEGIN_DECLS

/* cfn_migration_validator_existing takes the ARN of the function. */
CFN_HANDLE(cfn_migration_validator);

/* The workflow is made when max_concurrency is given. Defaults: timeout_in_seconds
 * 86400; topic the failure topic. */
typedef struct cfn_migration_workflow {
    cfn_int max_concurrency;    /* required: invocations at a time, 1 to 100; decided at synth */
    cfn_int timeout_in_seconds; /* of an execution; decided at synth */
    cfn_sns_topic topic;        /* is told the verdict, and of failures */
} cfn_migration_workflow;

/* Defaults: name {id}-{environment}-{suffix}; engine that of a cluster that a secret is attached
 * to, else mysql; databases all; architecture x86_64; timeout 900 s; memory_size 1024 MB; no
 * schedule; no reports, report_prefix validator/; no workflow; log_retention_in_days 30; failures
 * to a queue of its own, without another try. */
typedef struct cfn_migration_validator_props {
    cfn_str name;
    cfn_secretsmanager_secret source_secret; /* required: host, port, username and password */
    cfn_secretsmanager_secret target_secret; /* required */
    cfn_str engine;                          /* mysql, postgresql; decided at synth */
    cfn_str_list databases;
    cfn_lambda_code code;
    cfn_str architecture;       /* arm64, x86_64 */
    cfn_int timeout;            /* seconds, 1 to 900 */
    cfn_int memory_size;        /* MB, 128 to 10240 */
    cfn_json environment;       /* further variables: a mapping of names to texts */
    cfn_kms_key encryption_key; /* required */
    cfn_ec2_network network;    /* required: private subnets that reach both databases */
    cfn_ec2_security_group_list security_groups; /* required */
    cfn_str schedule_expression;                 /* rate(1 hour), cron(0 2 ? * SUN *) */
    cfn_str schedule_input;                      /* the event that it sends, as JSON text */
    cfn_bool schedule_enabled;                   /* true when left out; a parameter may hold it */
    cfn_str report_bucket;                       /* the name of the bucket for plans and reports */
    cfn_str report_prefix;                       /* what their keys begin with */
    cfn_kms_key report_key; /* the key that encrypts the bucket, if it has one */
    cfn_migration_workflow workflow;
    cfn_sns_topic failure_topic;
    cfn_str failure_queue;
    cfn_int log_retention_in_days;
    cfn_iam_statement_list statements; /* what else the code may do */
    cfn_str permissions_boundary;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_migration_validator_props;

#define cfn_migration_validator_add(stack, id, ...)                                                \
    cfn_migration_validator_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_migration_validator cfn_migration_validator_add_at(
    cfn_stack *stack, const char *id, const cfn_migration_validator_props *props, const char *file,
    int line);

static inline cfn_str cfn_migration_validator_arn(cfn_migration_validator validator)
{
    return validator.handle.id ? cfn_att(validator.handle.id, "Arn") : validator.handle.value;
}

/* Holds nothing for a function that exists. */
static inline cfn_str cfn_migration_validator_name(cfn_migration_validator validator)
{
    return validator.handle.id ? cfn_ref(validator.handle.id) : cfn_s(NULL);
}

CFN_END_DECLS

#endif
