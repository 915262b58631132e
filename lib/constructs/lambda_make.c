/* The resources of a Lambda function. */
#include "base/text.h"
#include "constructs/lambda_function.h"

#include <cfngen/aws/iam.h>
#include <cfngen/aws/lambda.h>
#include <cfngen/aws/logs.h>
#include <cfngen/aws/sqs.h>

typedef cfn_lambda_function_props props_type;

void cfn__wire_lambda(cfn__expansion *x, cfn__construct *c, const props_type *props,
                      cfn__lambda_state *state)
{
    static const cfn__name_rule rule = {"a function name", 64, "_", false, false};
    state->name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    cfn_node *group =
        cfn__concat(&c->make, "/aws/lambda/", cfn__copy(c->make.arena, state->name), "");
    cfn__kms_key_serve_log_group(x, props->encryption_key, group);
    if (cfn__outlives_the_stack(c))
        cfn__kms_key_keep(x, props->encryption_key, c);
}

static void make_log_group(cfn__expansion *x, cfn__construct *c, const props_type *props,
                           const cfn__lambda_state *state)
{
    cfn_node *name =
        cfn__concat(&c->make, "/aws/lambda/", cfn__copy(c->make.arena, state->name), "");
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, "LogGroup",
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(props->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(props->log_retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, group, "Delete");
}

static void make_role(cfn__expansion *x, cfn__construct *c, const props_type *props,
                      const cfn__lambda_state *state, cfn_node *more)
{
    static const char *const assume[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name(x, c, "Role", &rule);
    cfn_node *trust = cfn__statement(make, "Lambda",
                                     cfn__service_principal(make, "lambda.amazonaws.com"), assume);
    cfn_node *statements = cfn__lambda_statements(x, c, props, state);
    for (const cfn_node *n = cfn_node_first(more); n; n = cfn_node_next(n))
        cfn__append(statements, cfn__copy(make->arena, n));
    cfn__append_iam_statements(make, statements, &props->statements);
    const aws_iam_Role_Policies policy = {
        .PolicyDocument = cfn__json_of_node(cfn__policy_document(make, statements)),
        .PolicyName = cfn_s("function"),
    };
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), trust));
    CFN__RESOURCE(aws_iam_Role, x, c, "Role",
                  &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                                        .PermissionsBoundary = props->permissions_boundary,
                                        .Policies = CFN_ITEMS(aws_iam_Role_Policies, policy),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, props->tags)});
}

/* ---- the function ---- */

/* The parameter {id}{role}, unless the user says where it is. */
static cfn_str or_parameter(cfn__expansion *x, cfn__construct *c, cfn_str own, const char *role,
                            const char *description, const char *pattern)
{
    if (cfn__is_set(own))
        return own;
    cfn_node *parameter = cfn__parameter(x, c, role, "String", description);
    cfn__put(parameter, "AllowedPattern", cfn__string(&c->make, pattern));
    return cfn_ref(cfn__role_id(x, c, role));
}

static aws_lambda_Function_Code code_of(cfn__expansion *x, cfn__construct *c,
                                        const props_type *props)
{
    const cfn_lambda_code *code = &props->code;
    cfn_arena *arena = c->make.arena;
    if (cfn__is_set(code->path))
        return (aws_lambda_Function_Code){.all = code->path};
    return (aws_lambda_Function_Code){
        .S3Bucket = or_parameter(x, c, code->s3_bucket, "CodeBucket",
                                 cfn__format(arena, "The bucket that holds the code of %s", c->id),
                                 "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"),
        .S3Key = or_parameter(x, c, code->s3_key, "CodeKey",
                              cfn__format(arena, "The key of the zip with the code of %s", c->id),
                              "^.+[.]zip$"),
        .S3ObjectVersion = code->s3_object_version,
    };
}

/* Keys and values as they are; the check of the template knows which names are reserved. */
static cfn_str_map variables(cfn__expansion *x, const cfn_node *environment)
{
    size_t count = cfn_node_size(environment), i = 0;
    cfn_entry *entries = CFN__NEW_ARRAY(cfn__expansion_arena(x), count ? count : 1, cfn_entry);
    if (!entries || !count)
        return (cfn_str_map){.count = 0};
    for (const cfn_node *n = cfn_node_first(environment); n; n = cfn_node_next(n))
        entries[i++] = (cfn_entry){cfn_node_key(n), cfn_of_node(n)};
    return (cfn_str_map){.entries = entries, .count = count};
}

static cfn_node *make_function(cfn__expansion *x, cfn__construct *c, const props_type *props,
                               const cfn__lambda_state *state)
{
    const aws_lambda_Function_Code code = code_of(x, c, props);
    const aws_lambda_Function_Environment environment = {
        .Variables = variables(x, props->environment.expression.node)};
    const aws_lambda_Function_LoggingConfig logging = {.LogGroup =
                                                           cfn_ref(cfn__role_id(x, c, "LogGroup"))};
    const aws_lambda_Function_VpcConfig vpc = {
        .SecurityGroupIds = cfn__ec2_security_group_ids(&c->make, &props->security_groups),
        .SubnetIds = cfn__ec2_network_subnet_ids(props->network)};
    bool connected = cfn__handle_is_set(&props->network.handle);
    return CFN__RESOURCE(aws_lambda_Function, x, c, "",
                         &(aws_lambda_Function_props){
                             .Architectures = CFN_LIST(cfn__str_or(props->architecture, "x86_64")),
                             .Code = &code,
                             .Description = props->description,
                             .Environment = environment.Variables.count ? &environment : NULL,
                             .FunctionName = cfn_of_node(state->name),
                             .Handler = cfn__str_or(props->handler, "bootstrap"),
                             .KmsKeyArn = cfn_kms_key_arn(props->encryption_key),
                             .LoggingConfig = &logging,
                             .MemorySize = cfn__int_or(props->memory_size, 256),
                             .ReservedConcurrentExecutions = props->reserved_concurrent_executions,
                             .Role = cfn_att(cfn__role_id(x, c, "Role"), "Arn"),
                             .Runtime = cfn__str_or(props->runtime, "provided.al2023"),
                             .Tags = cfn__tags(x, c, state->name, props->tags),
                             .Timeout = cfn__int_or(props->timeout, 60),
                             .VpcConfig = connected ? &vpc : NULL,
                         });
}

/* ---- failures ---- */

static void make_queue_policy(cfn__expansion *x, cfn__construct *c)
{
    static const char *const actions[] = {"sqs:SendMessage", "sqs:ReceiveMessage", NULL};
    const cfn__maker *make = &c->make;
    const char *queue = cfn__role_id(x, c, "FailureQueue");
    cfn_node *statement =
        cfn__statement(make, "TlsAlone", cfn__single(make, "AWS", cfn__string(make, "*")), actions);
    cfn__set(statement, "Effect", cfn__string(make, "Deny"));
    cfn__put(statement, "Resource", cfn__get_att_node(make, queue, "Arn"));
    cfn__put(
        statement, "Condition",
        cfn__policy_condition(make, "Bool", "aws:SecureTransport", cfn__string(make, "false")));
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), statement));
    CFN__RESOURCE(aws_sqs_QueuePolicy, x, c, "FailureQueuePolicy",
                  &(aws_sqs_QueuePolicy_props){.PolicyDocument = cfn__json_of_node(document),
                                               .Queues = CFN_LIST(cfn_ref(queue))});
}

static void make_queue(cfn__expansion *x, cfn__construct *c, const props_type *props)
{
    enum { FOURTEEN_DAYS = 14 * 24 * 60 * 60 };
    static const cfn__name_rule rule = {"a queue name", 80, "_", false, false};
    cfn_node *name = cfn__name(x, c, "FailureQueue", &rule);
    cfn_node *queue = CFN__RESOURCE(
        aws_sqs_Queue, x, c, "FailureQueue",
        &(aws_sqs_Queue_props){.KmsMasterKeyId = cfn_kms_key_arn(props->encryption_key),
                               .MessageRetentionPeriod = cfn_i(FOURTEEN_DAYS),
                               .QueueName = cfn_of_node(name),
                               .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, queue, "Delete");
    make_queue_policy(x, c);
}

static cfn_str failures_of(cfn__expansion *x, const cfn__construct *c, const props_type *props)
{
    if (cfn__handle_is_set(&props->failure_topic.handle))
        return cfn_sns_topic_arn(props->failure_topic);
    if (cfn__is_set(props->failure_queue))
        return props->failure_queue;
    return cfn_att(cfn__role_id(x, c, "FailureQueue"), "Arn");
}

static void make_invocation(cfn__expansion *x, cfn__construct *c, const props_type *props)
{
    bool told = cfn__handle_is_set(&props->failure_topic.handle);
    if (!told && !cfn__is_set(props->failure_queue))
        make_queue(x, c, props);
    const aws_lambda_EventInvokeConfig_DestinationConfig_OnFailure failure = {
        .Destination = failures_of(x, c, props)};
    const aws_lambda_EventInvokeConfig_DestinationConfig destination = {.OnFailure = &failure};
    cfn_node *invocation =
        CFN__RESOURCE(aws_lambda_EventInvokeConfig, x, c, "Invocation",
                      &(aws_lambda_EventInvokeConfig_props){
                          .DestinationConfig = &destination,
                          .FunctionName = cfn_ref(c->id),
                          .MaximumEventAgeInSeconds = props->maximum_event_age_in_seconds,
                          .MaximumRetryAttempts = props->maximum_retry_attempts,
                          .Qualifier = cfn_s("$LATEST"),
                      });
    cfn__resource_completes(c, invocation);
}

cfn_node *cfn__make_lambda(cfn__expansion *x, cfn__construct *c, const props_type *props,
                           const cfn__lambda_state *state, cfn_node *statements)
{
    cfn__check_lambda(x, c, props);
    cfn_node *function = make_function(x, c, props, state);
    make_role(x, c, props, state, statements);
    make_log_group(x, c, props, state);
    make_invocation(x, c, props);
    return function;
}
