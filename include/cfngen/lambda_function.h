/* Cfngen::Lambda::Function: a function from a bundle with a bootstrap of its own, as a C program
 * is: with its log group, a role that may do no more than it needs, and a place for its failures.
 *
 * Makes
 *   {Id}                    AWS::Lambda::Function
 *   {Id}Role                AWS::IAM::Role: writes to its own log group, decrypts its environment,
 *                           connects to the network (the service alone, not the code), tells of
 *                           failures; and what Statements say
 *   {Id}LogGroup            AWS::Logs::LogGroup /aws/lambda/{name}: made by Lambda on its own it
 *                           would keep everything for ever
 *   {Id}Invocation          AWS::Lambda::EventInvokeConfig: retries, and where failures go
 *   {Id}FailureQueue, {Id}FailureQueuePolicy  AWS::SQS::Queue and QueuePolicy, without
 *                           FailureTopic and FailureQueue
 *
 * The code is a zip with an executable `bootstrap` in it, built for the architecture. By default
 * the template asks where it is: parameters {Id}CodeBucket and {Id}CodeKey. Code.Path instead names
 * a zip, relative to the template, which `cfngen deploy` or `aws cloudformation package` uploads,
 * or a folder, which the latter zips; such a template cannot be deployed as it is. Environment,
 * logs and failures are encrypted with EncryptionKey.
 *
 * Ref is the function's name. Attribute: Arn. DependsOn on it waits for its {Id}Invocation too.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-provided.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
#ifndef CFNGEN_LAMBDA_FUNCTION_H
#define CFNGEN_LAMBDA_FUNCTION_H

#include <cfngen/ec2_security_group.h>
#include <cfngen/iam_role.h>
#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

/* cfn_lambda_function_existing takes the ARN of a function that exists. */
CFN_HANDLE(cfn_lambda_function);

/* Where the zip is. Defaults: parameters {Id}CodeBucket and {Id}CodeKey. */
typedef struct cfn_lambda_code {
    cfn_str s3_bucket, s3_key, s3_object_version;
    cfn_str path; /* of a .zip or a folder; excludes the others; decided at synth */
} cfn_lambda_code;

/* Defaults: name {id}-{environment}-{suffix}, handler bootstrap, runtime provided.al2023,
 * architecture x86_64, timeout 60 s, memory_size 256 MB, log_retention_in_days 30, failures to a
 * queue of its own; retries, age of events and concurrency as AWS has them (2, 6 h, none). */
typedef struct cfn_lambda_function_props {
    cfn_str name, description;
    cfn_lambda_code code;
    cfn_str handler, runtime;
    cfn_str architecture;       /* arm64, x86_64 */
    cfn_int timeout;            /* seconds, 1 to 900 */
    cfn_int memory_size;        /* MB, 128 to 10240 */
    cfn_json environment;       /* a mapping of names to texts; no secrets, but their ARNs */
    cfn_kms_key encryption_key; /* required */
    cfn_ec2_network network;    /* with security_groups: private subnets */
    cfn_ec2_security_group_list security_groups;
    cfn_sns_topic failure_topic;    /* who is told of events that failed; excludes failure_queue */
    cfn_str failure_queue;          /* the ARN of a queue that exists */
    cfn_int maximum_retry_attempts; /* 0 to 2, of asynchronous events */
    cfn_int maximum_event_age_in_seconds;   /* 60 to 21600 */
    cfn_int reserved_concurrent_executions; /* how many may run at once */
    cfn_int log_retention_in_days;
    cfn_iam_statement_list statements; /* what else the code may do */
    cfn_str permissions_boundary;      /* of the role: the ARN of a managed policy */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_lambda_function_props;

#define cfn_lambda_function_add(stack, id, ...)                                                    \
    cfn_lambda_function_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_lambda_function cfn_lambda_function_add_at(cfn_stack *stack, const char *id,
                                                       const cfn_lambda_function_props *props,
                                                       const char *file, int line);

static inline cfn_str cfn_lambda_function_arn(cfn_lambda_function function)
{
    return function.handle.id ? cfn_att(function.handle.id, "Arn") : function.handle.value;
}

/* Holds nothing for a function that exists, whose name is known to you alone. */
static inline cfn_str cfn_lambda_function_name(cfn_lambda_function function)
{
    return function.handle.id ? cfn_ref(function.handle.id) : cfn_s(NULL);
}

CFN_END_DECLS

#endif
