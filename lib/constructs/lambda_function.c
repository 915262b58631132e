/* Cfngen::Lambda::Function. */
#include "constructs/lambda_function.h"

static void wire(cfn__expansion *x, cfn__construct *c)
{
    cfn__wire_lambda(x, c, c->props, c->state);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    cfn__make_lambda(x, c, c->props, c->state, NULL);
}

#define ROW(kind, name, member) CFN__ROW(cfn_lambda_code, kind, name, member)
static const cfn__field code_fields[] = {
    {ROW(STR, "S3Bucket", s3_bucket), .default_text = "a parameter {id}CodeBucket",
     .doc = "The bucket that holds the zip, in the region of the stack."},
    {ROW(STR, "S3Key", s3_key), .default_text = "a parameter {id}CodeKey",
     .doc = "Its key. A new key or version is how CloudFormation learns of new code."},
    {ROW(STR, "S3ObjectVersion", s3_object_version), .doc = "Its version."},
    {ROW(STR, "Path", path), .also = "ZipFile CodeUri", .flags = CFN__SYNTH_TIME,
     .doc = "A local zip, which `cfngen deploy` and `aws cloudformation package` upload, or a "
            "folder, which the latter zips; relative to the template; excludes the others."},
};
#undef ROW
const cfn_record cfn__lambda_code_record = CFN__RECORD("Code", cfn_lambda_code, code_fields);

static const char *const architectures[] = {"arm64", "x86_64", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_lambda_function_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "FunctionName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the function."},
    {ROW(STR, "Description", description), .doc = "What it does."},
    {ROW(RECORD, "Code", code), .base.record = &cfn__lambda_code_record,
     .doc = "Where the zip with the bootstrap is."},
    {ROW(STR, "Handler", handler), .default_text = "bootstrap",
     .doc = "What the runtime is told to call."},
    {ROW(STR, "Runtime", runtime), .default_text = "provided.al2023",
     .doc = "The system that the code runs on."},
    {ROW(STR, "Architecture", architecture), .also = "Architectures", .values = architectures,
     .default_text = "x86_64", .doc = "The processor that the code is built for."},
    {ROW(INT, "Timeout", timeout), .min = 1, .max = 900, .default_text = "60",
     .doc = "Seconds that one invocation may take."},
    {ROW(INT, "MemorySize", memory_size), .min = 128, .max = 10240, .default_text = "256",
     .doc = "MB of memory; processor time grows with it."},
    {ROW(JSON, "Environment", environment), .also = "Variables", .flags = CFN__MAPPING,
     .doc = "Variables, as NAME: text. They are no place for secrets, but for their ARNs."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsKeyArn KmsKeyId",
     .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key",
     .doc = "The key for environment, logs and failures."},
    {ROW(HANDLE, "Network", network), .also = "VpcConfig SubnetIds",
     .construct = "Cfngen::EC2::Network",
     .doc = "Private subnets, when it connects to something there."},
    {ROW(HANDLE_LIST, "SecurityGroups", security_groups), .also = "SecurityGroupIds", .min = 1,
     .max = 5, .construct = "Cfngen::EC2::SecurityGroup",
     .doc = "Its groups there; they need egress alone."},
    {ROW(HANDLE, "FailureTopic", failure_topic), .also = "OnFailure DeadLetterConfig",
     .construct = "Cfngen::SNS::Topic",
     .doc = "The topic that is told of asynchronous events that failed."},
    {ROW(STR, "FailureQueue", failure_queue), .also = "DeadLetterQueue",
     .default_text = "a queue {id}FailureQueue, without FailureTopic",
     .doc = "The ARN of a queue that gets them instead."},
    {ROW(INT, "MaximumRetryAttempts", maximum_retry_attempts), .max = 2,
     .default_text = "2, AWS's own", .doc = "How often an asynchronous event is tried again."},
    {ROW(INT, "MaximumEventAgeInSeconds", maximum_event_age_in_seconds), .min = 60, .max = 21600,
     .default_text = "21600, AWS's own", .doc = "Seconds after which it is given up."},
    {ROW(INT, "ReservedConcurrentExecutions", reserved_concurrent_executions),
     .doc = "How many may run at once; none in reserve without it."},
    {ROW(INT, "LogRetentionInDays", log_retention_in_days), .also = "RetentionInDays",
     .default_text = "30", .doc = "Days that CloudWatch keeps the logs."},
    {ROW(RECORD_LIST, "Statements", statements), .also = "Policies PolicyStatements",
     .base.record = &cfn__iam_statement_record,
     .doc = "What else the code may do, beside writing its log."},
    {ROW(STR, "PermissionsBoundary", permissions_boundary),
     .doc = "The ARN of the policy that bounds what its role may ever do."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the function and of what belongs to it, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_lambda_function_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the function"}};
static const cfn__role_facts roles[] = {
    {"", "AWS::Lambda::Function", "the function"},
    {"Role", "AWS::IAM::Role", "what it may do"},
    {"LogGroup", "AWS::Logs::LogGroup", "/aws/lambda/{name}, with its retention"},
    {"Invocation", "AWS::Lambda::EventInvokeConfig", "retries, and where failures go"},
    {"FailureQueue", "AWS::SQS::Queue", "without FailureTopic and FailureQueue"},
    {"FailureQueuePolicy", "AWS::SQS::QueuePolicy", "nothing without TLS"},
};

const cfn__construct_type cfn__lambda_function_type = {
    .name = "Cfngen::Lambda::Function",
    .doc = "A function with a bootstrap of its own, as a C program is: on provided.al2023, with a "
           "log group, a role that may do no more than it needs, an encrypted environment and a "
           "place for its failures.",
    .ref_doc = "the name of the function",
    .props = CFN__RECORD("Cfngen::Lambda::Function", cfn_lambda_function_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(cfn__lambda_state),
    .wire = wire,
    .expand = expand,
};

cfn_lambda_function cfn_lambda_function_add_at(cfn_stack *stack, const char *id,
                                               const cfn_lambda_function_props *props,
                                               const char *file, int line)
{
    return cfn_lambda_function_named(
        cfn__construct_add(stack, &cfn__lambda_function_type, id, props, file, line));
}
