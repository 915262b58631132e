/* Cfngen::Migration::Cutover: the function, its parameters, and the rule that tells it of the task.
 */
#include "constructs/migration_cutover.h"
#include "base/text.h"
#include "constructs/dms.h"

#include <cfngen/aws/events.h>
#include <cfngen/aws/lambda.h>
#include <cfngen/aws/ssm.h>

typedef cfn_migration_cutover_props props_type;

static const char state_role[] = "State", lock_role[] = "Lock", rule_role[] = "TaskRule";

/* ---- what the properties come to ---- */

const cfn__construct *cfn__cutover_record(cfn__expansion *x, const cfn__construct *c)
{
    return cfn__handle_construct(x, &((const props_type *)c->props)->record.handle);
}

cfn_node *cfn__cutover_task(const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *id = props->task.handle.id;
    return id ? cfn__ref_node(&c->make, id) : cfn__str_node(&c->make, props->task.handle.value);
}

/* Whoever moves clients that only read has no use for it: the task must go on, since others write
 * to the source. */
cfn_node *cfn__cutover_reverse_task(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_handle *own = &props->reverse_task.handle;
    const cfn__construct *task = cfn__handle_construct(x, &props->task.handle);
    const cfn__construct *record = cfn__cutover_record(x, c);
    if (cfn__handle_is_set(own))
        return own->id ? cfn__ref_node(&c->make, own->id) : cfn__str_node(&c->make, own->value);
    if (record && cfn__is_read_only(record->props))
        return NULL;
    return task && cfn__dms_is_reversed(task->props)
               ? cfn__ref_node(&c->make, cfn__role_id(x, task, "Reverse"))
               : NULL;
}

cfn_node *cfn__cutover_instance(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__construct *task = cfn__handle_construct(x, &props->task.handle);
    cfn_dms_replication_instance instance = props->replication_instance;
    if (cfn__is_set(props->replication_instance_identifier))
        return cfn__str_node(&c->make, props->replication_instance_identifier);
    if (task && !cfn__handle_is_set(&instance.handle))
        instance = ((const cfn_dms_replication_task_props *)task->props)->replication_instance;
    return cfn__str_node(&c->make, cfn_dms_replication_instance_identifier(instance));
}

cfn_node *cfn__cutover_alarm_names(const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_handle *composite = &props->alarms.handle;
    size_t more = props->alarm_names.count, count = 0;
    cfn_str *names = CFN__NEW_ARRAY(c->make.arena, more + 1, cfn_str);
    if (!names)
        return NULL;
    if (cfn__handle_is_set(composite))
        names[count++] = composite->id ? cfn_ref(composite->id) : composite->value;
    for (size_t i = 0; i < more; i++)
        names[count++] = props->alarm_names.items[i];
    return cfn__comma_separated(&c->make, &(cfn_str_list){.items = names, .count = count});
}

/* ---- the function that it is ---- */

/* A number in an environment is a text. */
static cfn_node *text_of(const cfn__maker *make, cfn_int value)
{
    cfn_node *node = cfn__int_node(make, value);
    return node && node->kind == CFN_KIND_NUMBER ? cfn__string(make, node->text) : node;
}

static void put_record(cfn__expansion *x, const cfn__construct *c, cfn_node *map)
{
    const cfn__maker *make = &c->make;
    const cfn__construct *record = cfn__cutover_record(x, c);
    if (!record)
        return;
    bool weighted = cfn__is_weighted(record->props);
    cfn__put(map, "HOSTED_ZONE_ID", cfn__record_zone(x, make, record));
    cfn__put(map, "RECORD_NAME", cfn__record_name(make, record));
    cfn__put(map, "RECORD_MODE", cfn__string(make, weighted ? "weighted" : "cname"));
    cfn__put(map, "SOURCE_HOST", cfn__record_host(make, record, CFN__SOURCE));
    cfn__put(map, "TARGET_HOST", cfn__record_host(make, record, CFN__TARGET));
    cfn__put(map, "TTL", cfn__record_ttl(make, record));
    if (cfn__is_read_only(record->props))
        cfn__put(map, "READ_ONLY_TRAFFIC", cfn__string(make, "true"));
    if (!weighted)
        return;
    cfn__put(map, "SOURCE_SET_IDENTIFIER", cfn__record_identifier(make, record, CFN__SOURCE));
    cfn__put(map, "TARGET_SET_IDENTIFIER", cfn__record_identifier(make, record, CFN__TARGET));
}

static cfn_node *environment(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *map = cfn__map(make);
    put_record(x, c, map);
    cfn__put(map, "TASK_ARN", cfn__cutover_task(c));
    cfn__put(map, "REVERSE_TASK_ARN", cfn__cutover_reverse_task(x, c));
    cfn__put(map, "REPLICATION_INSTANCE_IDENTIFIER", cfn__cutover_instance(x, c));
    cfn__put(map, "LATENCY_LIMIT_SECONDS",
             text_of(make, cfn__int_or(props->latency_limit_seconds, 60)));
    cfn__put(map, "LATENCY_DATAPOINTS", text_of(make, cfn__int_or(props->latency_datapoints, 5)));
    if (cfn__is_set(props->validator)) {
        cfn__put(map, "VALIDATOR_FUNCTION", cfn__str_node(make, props->validator));
        cfn__put(map, "VALIDATION_MAX_AGE_SECONDS",
                 text_of(make, cfn__int_or(props->validation_max_age_seconds, 86400)));
    }
    cfn__put(map, "ALARM_NAMES", cfn__cutover_alarm_names(c));
    cfn__put(map, "STATE_PARAMETER", cfn__ref_node(make, cfn__role_id(x, c, state_role)));
    cfn__put(map, "LOCK_PARAMETER", cfn__ref_node(make, cfn__role_id(x, c, lock_role)));
    if (cfn__handle_is_set(&props->topic.handle))
        cfn__put(map, "TOPIC_ARN", cfn__str_node(make, cfn_sns_topic_arn(props->topic)));
    return map;
}

static cfn_lambda_function_props function_of(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    return (cfn_lambda_function_props){
        .name = props->name,
        .description = cfn_s("Moves the traffic of the migration to the target, and back"),
        .code = props->code,
        .handler = cfn_s("cutover"),
        .architecture = props->architecture,
        .timeout = cfn__int_or(props->timeout, 300),
        .memory_size = cfn__int_or(props->memory_size, 256),
        .environment = cfn__json_of_node(environment(x, c)),
        .encryption_key = props->encryption_key,
        .failure_topic = props->topic,
        .reserved_concurrent_executions = props->reserved_concurrent_executions,
        .log_retention_in_days = props->log_retention_in_days,
        .permissions_boundary = props->permissions_boundary,
        .tags = props->tags,
    };
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a parameter name", 900, "/_.", false, false};
    const props_type *props = c->props;
    cfn__cutover_state *state = c->state;
    const cfn_lambda_function_props function = function_of(x, c);
    cfn__wire_lambda(x, c, &function, &state->function);
    state->state_name =
        cfn__name_or(x, c, props->state_parameter_name, "StateParameterName", state_role, &rule);
    state->lock_name =
        cfn__name_or(x, c, props->lock_parameter_name, "LockParameterName", lock_role, &rule);
    state->workflow_name = cfn__state_machine_name(x, c);
    const cfn__state_machine machine = cfn__cutover_machine(c);
    cfn__wire_state_machine(x, c, &machine);
}

/* ---- its parameters ---- */

/* The function changes them; CloudFormation writes them again only when the text here changes. */
static void make_parameter(cfn__expansion *x, cfn__construct *c, const char *role, cfn_node *name,
                           const char *description, const char *value)
{
    const props_type *props = c->props;
    CFN__RESOURCE(aws_ssm_Parameter, x, c, role,
                  &(aws_ssm_Parameter_props){.Description = cfn_s(description),
                                             .Name = cfn_of_node(name),
                                             .Tags = cfn__tags_map(x, c, name, props->tags),
                                             .Tier = cfn_s("Standard"),
                                             .Type = cfn_s("String"),
                                             .Value = cfn_s(value)});
}

static void make_parameters(cfn__expansion *x, cfn__construct *c)
{
    const cfn__cutover_state *state = c->state;
    make_parameter(x, c, state_role, state->state_name, "How far the cutover is",
                   "{\"version\":0,\"phase\":\"waiting\",\"weight\":0}");
    make_parameter(x, c, lock_role, state->lock_name, "Who works at the cutover",
                   "{\"holder\":\"\",\"until\":0}");
}

/* ---- what the task tells ---- */

static cfn_node *one(const cfn__maker *make, const char *text)
{
    return cfn__append(cfn__list(make), cfn__string(make, text));
}

static cfn_node *event_pattern(cfn__expansion *x, const cfn__construct *c)
{
    const cfn__maker *make = &c->make;
    cfn_node *tasks = cfn__append(cfn__list(make), cfn__cutover_task(c));
    cfn__append(tasks, cfn__cutover_reverse_task(x, c));
    cfn_node *pattern = cfn__single(make, "source", one(make, "aws.dms"));
    cfn__put(pattern, "detail-type", one(make, "DMS Replication Task State Change"));
    return cfn__put(pattern, "resources", tasks);
}

static void make_rule(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, rule_role, &rule);
    const aws_events_Rule_Targets target = {.Arn = cfn_att(c->id, "Arn"), .Id = cfn_s("cutover")};
    CFN__RESOURCE(aws_events_Rule, x, c, rule_role,
                  &(aws_events_Rule_props){
                      .Description = cfn_s("The DMS task has started, stopped or failed"),
                      .EventPattern = cfn__json_of_node(event_pattern(x, c)),
                      .Name = cfn_of_node(name),
                      .State = cfn_s("ENABLED"),
                      .Tags = cfn__tags(x, c, name, props->tags),
                      .Targets = CFN_ITEMS(aws_events_Rule_Targets, target),
                  });
    CFN__RESOURCE(aws_lambda_Permission, x, c, "TaskRulePermission",
                  &(aws_lambda_Permission_props){
                      .Action = cfn_s("lambda:InvokeFunction"),
                      .FunctionName = cfn_ref(c->id),
                      .Principal = cfn_s("events.amazonaws.com"),
                      .SourceArn = cfn_att(cfn__role_id(x, c, rule_role), "Arn"),
                  });
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const cfn__cutover_state *state = c->state;
    const cfn__maker *make = &c->make;
    const cfn_lambda_function_props function = function_of(x, c);
    cfn__check_cutover(x, c);
    cfn__make_lambda(x, c, &function, &state->function, cfn__cutover_statements(x, c));
    make_parameters(x, c);
    make_rule(x, c);
    cfn__make_cutover_workflow(x, c);
    cfn__answer_with(x, c, "StateParameter", cfn__ref_node(make, cfn__role_id(x, c, state_role)));
    cfn__answer_with(x, c, "LockParameter", cfn__ref_node(make, cfn__role_id(x, c, lock_role)));
    cfn__answer_with(x, c, "WorkflowArn", cfn__ref_node(make, cfn__role_id(x, c, "Workflow")));
}

/* ---- tables ---- */

static const char *const architectures[] = {"arm64", "x86_64", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_migration_cutover_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "FunctionName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the function."},
    {ROW(HANDLE, "Record", record), .also = "CutoverRecord DnsRecord", .flags = CFN__REQUIRED,
     .construct = "Cfngen::Route53::CutoverRecord",
     .doc = "The name that moves, with its two hosts."},
    {ROW(HANDLE, "Task", task), .also = "ReplicationTask TaskArn", .flags = CFN__REQUIRED,
     .construct = "Cfngen::DMS::ReplicationTask",
     .doc = "The task that keeps the target current: one of this stack, or the ARN of one that "
            "exists."},
    {ROW(HANDLE, "ReverseTask", reverse_task), .also = "ReverseReplication",
     .default_text = "that of the task, with Reverse", .construct = "Cfngen::DMS::ReplicationTask",
     .doc = "The task that brings what is written to the target back to the source."},
    {ROW(HANDLE, "ReplicationInstance", replication_instance), .default_text = "that of the task",
     .construct = "Cfngen::DMS::ReplicationInstance", .doc = "The instance that it runs on."},
    {ROW(STR, "ReplicationInstanceIdentifier", replication_instance_identifier),
     .doc = "The name of an instance that is not a construct of this stack."},
    {ROW(STR, "Validator", validator), .also = "ValidatorFunction",
     .doc = "The name of the validator function (!Ref of it): its last run must be clean and young "
            "before traffic moves to the target."},
    {ROW(HANDLE, "Alarms", alarms), .also = "CompositeAlarm Alarm",
     .construct = "Cfngen::Migration::Alarms",
     .doc = "The alarms none of which may be on: a construct of this stack, or the name of a "
            "composite alarm."},
    {ROW(STR_LIST, "AlarmNames", alarm_names), .flags = CFN__WRITTEN_OUT, .max = 99,
     .doc = "The names of further alarms."},
    {ROW(INT, "LatencyLimitSeconds", latency_limit_seconds), .min = 1, .max = 86400,
     .default_text = "60", .doc = "How far the target may be behind the source."},
    {ROW(INT, "LatencyDatapoints", latency_datapoints), .min = 1, .max = 60, .default_text = "5",
     .doc = "For how many minutes it must have been so."},
    {ROW(INT, "ValidationMaxAgeSeconds", validation_max_age_seconds), .min = 60, .max = 1209600,
     .default_text = "86400: a day", .doc = "How old the last validation may be."},
    {ROW(RECORD, "Workflow", workflow), .base.record = &cfn__cutover_workflow_record,
     .doc = "How the state machine goes about it."},
    {ROW(HANDLE, "Topic", topic), .also = "SnsTopic FailureTopic",
     .construct = "Cfngen::SNS::Topic",
     .doc = "The topic that is told of shifts, of the outcome, and of what failed."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsKeyArn KmsKeyId",
     .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key",
     .doc = "The key for environment, logs and failures."},
    {ROW(RECORD, "Code", code), .base.record = &cfn__lambda_code_record,
     .doc = "Where the zip is: that of the validator, which is this function too."},
    {ROW(STR, "Architecture", architecture), .also = "Architectures", .values = architectures,
     .default_text = "x86_64", .doc = "The processor that the zip is built for."},
    {ROW(INT, "Timeout", timeout), .min = 60, .max = 900, .default_text = "300",
     .doc = "Seconds that one invocation may take; what is not done then, the next one goes on "
            "with."},
    {ROW(INT, "MemorySize", memory_size), .min = 128, .max = 10240, .default_text = "256",
     .doc = "MB of memory."},
    {ROW(INT, "ReservedConcurrentExecutions", reserved_concurrent_executions),
     .doc = "How many may run at once; the lock keeps them apart in any case."},
    {ROW(STR, "StateParameterName", state_parameter_name), .also = "StateParameter",
     .default_text = "{id}-state-{environment}-{suffix}",
     .doc =
         "The name of the parameter that says how far the cutover is, as /migration/prod/state."},
    {ROW(STR, "LockParameterName", lock_parameter_name),
     .default_text = "{id}-lock-{environment}-{suffix}",
     .doc = "The name of the parameter that says who works at it."},
    {ROW(INT, "LogRetentionInDays", log_retention_in_days), .also = "RetentionInDays",
     .default_text = "30", .doc = "Days that CloudWatch keeps the logs."},
    {ROW(STR, "PermissionsBoundary", permissions_boundary),
     .doc = "The ARN of the policy that bounds what its roles may ever do."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the function and of what belongs to it, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_migration_cutover_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN of the function"},
    {"StateParameter", "the name of the parameter that says how far the cutover is"},
    {"LockParameter", "the name of the parameter that says who works at it"},
    {"WorkflowArn", "the ARN of the state machine"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::Lambda::Function", "the function"},
    {"Role", "AWS::IAM::Role", "what it may do: its calls for this record, and no more"},
    {"LogGroup", "AWS::Logs::LogGroup", "/aws/lambda/{name}, with its retention"},
    {"Invocation", "AWS::Lambda::EventInvokeConfig", "where failures go"},
    {"FailureQueue", "AWS::SQS::Queue", "without Topic"},
    {"FailureQueuePolicy", "AWS::SQS::QueuePolicy", "nothing without TLS"},
    {"State", "AWS::SSM::Parameter", "how far the cutover is"},
    {"Lock", "AWS::SSM::Parameter", "who works at it"},
    {"TaskRule", "AWS::Events::Rule", "tells the function that a task has changed"},
    {"TaskRulePermission", "AWS::Lambda::Permission", "lets the rule invoke it"},
    {"Workflow", "AWS::StepFunctions::StateMachine", "step by step; Ref is its ARN"},
    {"WorkflowRole", "AWS::IAM::Role", "what that may do: invoke the function, tell the topic"},
    {"WorkflowLogGroup", "AWS::Logs::LogGroup", "/aws/vendedlogs/states/{name}"},
    {"WorkflowFailureRule", "AWS::Events::Rule", "tells the topic of executions that failed"},
};

const cfn__construct_type cfn__migration_cutover_type = {
    .name = "Cfngen::Migration::Cutover",
    .doc = "The function that moves the traffic of a migration to the target and back, when the "
           "target is ready and nothing speaks against it; and the state machine that has it do so "
           "step by step, with waits and alarms between.",
    .ref_doc = "the name of the function",
    .props = CFN__RECORD("Cfngen::Migration::Cutover", cfn_migration_cutover_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(cfn__cutover_state),
    .wire = wire,
    .expand = expand,
};

cfn_migration_cutover cfn_migration_cutover_add_at(cfn_stack *stack, const char *id,
                                                   const cfn_migration_cutover_props *props,
                                                   const char *file, int line)
{
    return cfn_migration_cutover_named(
        cfn__construct_add(stack, &cfn__migration_cutover_type, id, props, file, line));
}
