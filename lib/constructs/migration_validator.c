/* Cfngen::Migration::Validator. */
#include "base/text.h"
#include "constructs/migration_workflow.h"

#include <cfngen/aws/events.h>
#include <cfngen/aws/lambda.h>

#include <string.h>

typedef cfn_migration_validator_props props_type;

/* ---- the function that it is ---- */

static const char *engine_of(cfn__expansion *x, const props_type *props)
{
    const cfn_secretsmanager_secret secrets[] = {props->target_secret, props->source_secret};
    const char *engine = cfn__literal(props->engine);
    for (size_t i = 0; i < CFN__COUNT(secrets) && !engine; i++)
        engine = cfn__rds_database_family(x, cfn__secret_cluster(x, secrets[i]));
    return engine ? engine : "mysql";
}

/* An ARN, or a name when the secret is known by that. */
static cfn_node *secret_id(const cfn__maker *make, cfn_secretsmanager_secret secret)
{
    return secret.handle.id ? cfn__ref_node(make, secret.handle.id)
                            : cfn__str_node(make, secret.handle.value);
}

static cfn_str report_prefix(const props_type *props)
{
    return cfn__str_or(props->report_prefix, "validator/");
}

static cfn_node *environment(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *map = cfn__map(make);
    cfn__put(map, "SOURCE_SECRET", secret_id(make, props->source_secret));
    cfn__put(map, "TARGET_SECRET", secret_id(make, props->target_secret));
    cfn__put(map, "ENGINE", cfn__string(make, engine_of(x, props)));
    cfn__put(map, "DATABASES", cfn__comma_separated(make, &props->databases));
    if (cfn__is_set(props->report_bucket)) {
        cfn__put(map, "REPORT_BUCKET", cfn__str_node(make, props->report_bucket));
        cfn__put(map, "REPORT_PREFIX", cfn__str_node(make, report_prefix(props)));
    }
    for (const cfn_node *n = cfn_node_first(props->environment.expression.node); n;
         n = cfn_node_next(n))
        cfn__set(map, cfn_node_key(n), cfn__copy(make->arena, n));
    return map;
}

/* What fails is told and not tried again: the next schedule does that. */
static cfn_lambda_function_props function_of(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    return (cfn_lambda_function_props){
        .name = props->name,
        .description = cfn_s("Compares source and target of the migration"),
        .code = props->code,
        .architecture = props->architecture,
        .timeout = cfn__int_or(props->timeout, 900),
        .memory_size = cfn__int_or(props->memory_size, 1024),
        .environment = cfn__json_of_node(environment(x, c)),
        .encryption_key = props->encryption_key,
        .network = props->network,
        .security_groups = props->security_groups,
        .failure_topic = props->failure_topic,
        .failure_queue = props->failure_queue,
        .maximum_retry_attempts = cfn_i(0),
        .log_retention_in_days = props->log_retention_in_days,
        .statements = props->statements,
        .permissions_boundary = props->permissions_boundary,
        .tags = props->tags,
    };
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const cfn_lambda_function_props function = function_of(x, c);
    cfn__validator_state *state = c->state;
    cfn__wire_lambda(x, c, &function, &state->function);
    cfn__wire_workflow(x, c);
}

/* ---- what it may do ---- */

cfn_node *cfn__report_statements(const cfn__construct *c, const char *const *actions,
                                 const char *const *key_actions)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__list(make);
    if (!cfn__is_set(props->report_bucket))
        return list;
    const char *prefix = cfn__literal(report_prefix(props));
    cfn_node *objects =
        cfn__concat(make, "arn:${AWS::Partition}:s3:::", cfn__str_node(make, props->report_bucket),
                    cfn__format(make->arena, "/%s*", prefix));
    cfn__append(list,
                cfn__put(cfn__statement(make, "Reports", NULL, actions), "Resource", objects));
    if (!cfn__handle_is_set(&props->report_key.handle))
        return list;
    cfn_node *statement = cfn__statement(make, "EncryptReports", NULL, key_actions);
    cfn__put(statement, "Resource", cfn__str_node(make, cfn_kms_key_arn(props->report_key)));
    cfn__put(statement, "Condition",
             cfn__policy_condition(make, "StringEquals", "kms:ViaService",
                                   cfn__sub_node(make, "s3.${AWS::Region}.amazonaws.com")));
    return cfn__append(list, statement);
}

/* Reading the two secrets, and its own objects in the bucket. */
static cfn_node *statements(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const read[] = {"secretsmanager:GetSecretValue", NULL};
    static const char *const objects[] = {"s3:GetObject", "s3:PutObject", NULL};
    static const char *const key[] = {"kms:Decrypt", "kms:GenerateDataKey", NULL};
    const props_type *props = c->props;
    const cfn_secretsmanager_secret secrets[] = {props->source_secret, props->target_secret};
    cfn_node *list = cfn__secret_statements(x, &c->make, secrets, CFN__COUNT(secrets), read);
    const cfn_node *reports = cfn__report_statements(c, objects, key);
    for (const cfn_node *n = cfn_node_first(reports); n; n = cfn_node_next(n))
        cfn__append(list, cfn__copy(c->make.arena, n));
    return list;
}

/* ---- schedule ---- */

static void make_permission(cfn__expansion *x, cfn__construct *c)
{
    CFN__RESOURCE(aws_lambda_Permission, x, c, "SchedulePermission",
                  &(aws_lambda_Permission_props){
                      .Action = cfn_s("lambda:InvokeFunction"),
                      .FunctionName = cfn_ref(c->id),
                      .Principal = cfn_s("events.amazonaws.com"),
                      .SourceArn = cfn_att(cfn__role_id(x, c, "Schedule"), "Arn"),
                  });
}

/* ENABLED or DISABLED; by a condition {Id}ScheduleEnabled when it is known at deployment alone. */
static cfn_str schedule_state(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const cfn_str *given = &props->schedule_enabled.expression;
    if (!cfn__is_set(*given) || (given->form == CFN_LITERAL && !given->text))
        return cfn_s(cfn__bool_or(props->schedule_enabled, true).value ? "ENABLED" : "DISABLED");
    cfn_node *value = cfn__bool_node(make, props->schedule_enabled);
    cfn__condition(
        x, c, "ScheduleEnabled",
        cfn__single(make, "Fn::Equals", cfn__pair(make, value, cfn__string(make, "true"))));
    cfn_node *choice = cfn__pair(make, cfn__string(make, cfn__role_id(x, c, "ScheduleEnabled")),
                                 cfn__string(make, "ENABLED"));
    return cfn_of_node(
        cfn__single(make, "Fn::If", cfn__append(choice, cfn__string(make, "DISABLED"))));
}

/* The workflow takes what the environment says, and nothing from its input. */
static aws_events_Rule_Targets schedule_target(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (cfn__has_workflow(props))
        return (aws_events_Rule_Targets){
            .Arn = cfn_ref(cfn__role_id(x, c, "Workflow")),
            .Id = cfn_s("workflow"),
            .RoleArn = cfn_att(cfn__role_id(x, c, "ScheduleRole"), "Arn"),
        };
    return (aws_events_Rule_Targets){
        .Arn = cfn_att(c->id, "Arn"), .Id = cfn_s("validator"), .Input = props->schedule_input};
}

static void make_schedule(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, "Schedule", &rule);
    const aws_events_Rule_Targets target = schedule_target(x, c);
    CFN__RESOURCE(aws_events_Rule, x, c, "Schedule",
                  &(aws_events_Rule_props){
                      .Description = cfn_s("When source and target are compared"),
                      .Name = cfn_of_node(name),
                      .ScheduleExpression = props->schedule_expression,
                      .State = schedule_state(x, c),
                      .Tags = cfn__tags(x, c, name, props->tags),
                      .Targets = CFN_ITEMS(aws_events_Rule_Targets, target),
                  });
    if (!cfn__has_workflow(props))
        make_permission(x, c);
}

/* ---- checks ---- */

static void check_reach(cfn__expansion *x, const cfn__construct *c)
{
    static const char at[] = "SecurityGroups";
    const props_type *props = c->props;
    const cfn_secretsmanager_secret secrets[] = {props->source_secret, props->target_secret};
    cfn__check_reaches_aws(x, c, at, &props->security_groups);
    for (size_t i = 0; i < CFN__COUNT(secrets); i++)
        cfn__check_reaches_cluster(x, c, at, c->id, &props->security_groups,
                                   cfn__secret_cluster(x, secrets[i]));
}

static void check_reports(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *prefix = cfn__literal(report_prefix(props));
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    const char *alone = NULL;
    if (cfn__is_set(props->report_prefix))
        alone = "ReportPrefix";
    else if (cfn__handle_is_set(&props->report_key.handle))
        alone = "ReportKey";
    if (alone && !cfn__is_set(props->report_bucket)) {
        cfn__report_property(x, c, alone, CFN2019, "%s needs a ReportBucket", alone);
        cfn__hint(diagnostics, "name the bucket, or take it out");
    }
    for (const char *p = prefix; *p; p++) {
        if (cfn__is_alphanumeric(*p) || strchr("/_.-", *p))
            continue;
        cfn__report_property(x, c, "ReportPrefix", CFN2024,
                             "a key of an object cannot begin with \"%s\"", prefix);
        cfn__hint(diagnostics, "use letters, digits, / _ . and -");
        return;
    }
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    bool scheduled = cfn__is_set(props->schedule_expression);
    if (cfn__is_same_secret(props->source_secret, props->target_secret)) {
        cfn__report_property(x, c, "TargetSecret", CFN2019,
                             "source and target are the same secret, so the database would be "
                             "compared with itself");
        cfn__hint(diagnostics, "name the secret of the other database");
    }
    if (!scheduled && cfn__is_set(props->schedule_input)) {
        cfn__report_property(x, c, "ScheduleInput", CFN2019,
                             "ScheduleInput needs a ScheduleExpression");
        cfn__hint(diagnostics, "write ScheduleExpression: rate(1 hour), or take it out");
    }
    if (scheduled && cfn__is_set(props->schedule_input) && cfn__has_workflow(props)) {
        cfn__report_property(x, c, "ScheduleInput", CFN2019,
                             "the schedule starts the workflow, which takes no input");
        cfn__hint(diagnostics, "take ScheduleInput out; Environment says what is compared");
    }
    check_reports(x, c);
    cfn__check_schedule(x, c, "ScheduleExpression", props->schedule_expression, CFN__EVENT_BRIDGE);
    cfn__check_secret_has_host(x, c, "SourceSecret", props->source_secret);
    cfn__check_secret_has_host(x, c, "TargetSecret", props->target_secret);
    check_reach(x, c);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__validator_state *state = c->state;
    const cfn_secretsmanager_secret secrets[] = {props->source_secret, props->target_secret};
    const cfn_lambda_function_props function = function_of(x, c);
    check(x, c);
    cfn_node *made = cfn__make_lambda(x, c, &function, &state->function, statements(x, c));
    for (size_t i = 0; i < CFN__COUNT(secrets); i++)
        cfn__secret_await(x, made, secrets[i]);
    cfn__make_workflow(x, c);
    if (cfn__is_set(props->schedule_expression))
        make_schedule(x, c);
}

/* ---- tables ---- */

static const char *const engines[] = {"mysql", "postgresql", NULL};
static const char *const architectures[] = {"arm64", "x86_64", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_migration_validator_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "FunctionName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the function."},
    {ROW(HANDLE, "SourceSecret", source_secret), .also = "Source", .flags = CFN__REQUIRED,
     .construct = "Cfngen::SecretsManager::Secret",
     .doc = "The login to the source: host, port, username and password."},
    {ROW(HANDLE, "TargetSecret", target_secret), .also = "Target", .flags = CFN__REQUIRED,
     .construct = "Cfngen::SecretsManager::Secret", .doc = "The login to the target."},
    {ROW(STR, "Engine", engine), .flags = CFN__SYNTH_TIME, .values = engines,
     .default_text = "that of a cluster that a secret is attached to, else mysql",
     .doc = "Of both databases."},
    {ROW(STR_LIST, "Databases", databases), .also = "Schemas", .default_text = "all",
     .doc = "What is compared: databases of MySQL, schemas of PostgreSQL."},
    {ROW(RECORD, "Code", code), .base.record = &cfn__lambda_code_record,
     .doc = "Where the validator's zip is."},
    {ROW(STR, "Architecture", architecture), .also = "Architectures", .values = architectures,
     .default_text = "x86_64", .doc = "The processor that the zip is built for."},
    {ROW(INT, "Timeout", timeout), .min = 1, .max = 900, .default_text = "900",
     .doc = "Seconds that one invocation may take."},
    {ROW(INT, "MemorySize", memory_size), .min = 128, .max = 10240, .default_text = "1024",
     .doc = "MB of memory; processor time grows with it."},
    {ROW(JSON, "Environment", environment), .also = "Variables", .flags = CFN__MAPPING,
     .doc = "Further variables, as NAME: text."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsKeyArn KmsKeyId",
     .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key",
     .doc = "The key for environment, logs and failures."},
    {ROW(HANDLE, "Network", network), .also = "VpcConfig SubnetIds", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::Network", .doc = "Private subnets that reach both databases."},
    {ROW(HANDLE_LIST, "SecurityGroups", security_groups), .also = "SecurityGroupIds",
     .flags = CFN__REQUIRED, .min = 1, .max = 5, .construct = "Cfngen::EC2::SecurityGroup",
     .doc = "Its groups: they let it out to the databases and to Secrets Manager."},
    {ROW(STR, "ScheduleExpression", schedule_expression), .also = "Schedule",
     .default_text = "none: it runs when it is invoked",
     .doc = "When it runs, as rate(1 hour) or cron(0 2 ? * SUN *), in UTC."},
    {ROW(STR, "ScheduleInput", schedule_input), .also = "Input",
     .default_text = "EventBridge's own event",
     .doc = "The event that the schedule sends to the function, as JSON text."},
    {ROW(BOOL, "ScheduleEnabled", schedule_enabled), .default_text = "true",
     .doc = "Whether the schedule is on; a parameter may switch it on when the data is there."},
    {ROW(STR, "ReportBucket", report_bucket), .also = "Bucket",
     .doc = "The name of a bucket for plans and reports; private subnets reach S3 by a gateway "
            "endpoint."},
    {ROW(STR, "ReportPrefix", report_prefix), .flags = CFN__SYNTH_TIME,
     .default_text = "validator/", .doc = "What the keys of the objects there begin with."},
    {ROW(HANDLE, "ReportKey", report_key), .construct = "Cfngen::KMS::Key",
     .doc = "The key that encrypts the bucket, when it is one of your own."},
    {ROW(RECORD, "Workflow", workflow), .base.record = &cfn__migration_workflow_record,
     .doc = "For more than one invocation can compare: a state machine that cuts the work into "
            "parts and compares some at a time. The schedule then starts it."},
    {ROW(HANDLE, "FailureTopic", failure_topic), .also = "OnFailure Topic",
     .construct = "Cfngen::SNS::Topic", .doc = "The topic that is told of runs that failed."},
    {ROW(STR, "FailureQueue", failure_queue), .also = "DeadLetterQueue",
     .default_text = "a queue {id}FailureQueue, without FailureTopic",
     .doc = "The ARN of a queue that is told instead."},
    {ROW(INT, "LogRetentionInDays", log_retention_in_days), .also = "RetentionInDays",
     .default_text = "30", .doc = "Days that CloudWatch keeps the logs."},
    {ROW(RECORD_LIST, "Statements", statements), .also = "Policies PolicyStatements",
     .base.record = &cfn__iam_statement_record,
     .doc = "What else the code may do, beside reading its two secrets and the report bucket."},
    {ROW(STR, "PermissionsBoundary", permissions_boundary),
     .doc = "The ARN of the policy that bounds what its role may ever do."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the function and of what belongs to it, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_migration_validator_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the function"}};
static const cfn__role_facts roles[] = {
    {"", "AWS::Lambda::Function", "the function"},
    {"Role", "AWS::IAM::Role", "what it may do: read the two secrets, and write reports"},
    {"LogGroup", "AWS::Logs::LogGroup", "/aws/lambda/{name}, with its retention"},
    {"Invocation", "AWS::Lambda::EventInvokeConfig", "where failures go"},
    {"FailureQueue", "AWS::SQS::Queue", "without FailureTopic and FailureQueue"},
    {"FailureQueuePolicy", "AWS::SQS::QueuePolicy", "nothing without TLS"},
    {"Schedule", "AWS::Events::Rule", "with ScheduleExpression"},
    {"SchedulePermission", "AWS::Lambda::Permission", "lets the rule invoke the function"},
    {"ScheduleRole", "AWS::IAM::Role", "lets it start the workflow instead"},
    {"Workflow", "AWS::StepFunctions::StateMachine", "with Workflow; Ref is its ARN"},
    {"WorkflowRole", "AWS::IAM::Role", "what that may do: invoke the function, read the plan"},
    {"WorkflowLogGroup", "AWS::Logs::LogGroup", "/aws/vendedlogs/states/{name}"},
    {"WorkflowFailureRule", "AWS::Events::Rule", "tells the topic of executions that failed"},
};

const cfn__construct_type cfn__migration_validator_type = {
    .name = "Cfngen::Migration::Validator",
    .doc = "The function that compares source and target of a migration: beside both databases, "
           "with a role that reads their two secrets and no more, when it is invoked or on a "
           "schedule; for terabytes in a workflow that invokes it for one part at a time.",
    .ref_doc = "the name of the function",
    .props = CFN__RECORD("Cfngen::Migration::Validator", cfn_migration_validator_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(cfn__validator_state),
    .wire = wire,
    .expand = expand,
};

cfn_migration_validator cfn_migration_validator_add_at(cfn_stack *stack, const char *id,
                                                       const cfn_migration_validator_props *props,
                                                       const char *file, int line)
{
    return cfn_migration_validator_named(
        cfn__construct_add(stack, &cfn__migration_validator_type, id, props, file, line));
}
