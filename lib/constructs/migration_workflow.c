/* The workflow of Cfngen::Migration::Validator: the state machine, what it may do, its log, and who
 * is told when it fails. */
#include "constructs/migration_workflow.h"
#include "constructs/migration_alarms.h"

#include <cfngen/aws/events.h>
#include <cfngen/aws/iam.h>
#include <cfngen/aws/logs.h>
#include <cfngen/aws/stepfunctions.h>

typedef cfn_migration_validator_props props_type;

#define STATES_ARN "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:"

cfn_sns_topic cfn__workflow_topic(const props_type *props)
{
    return cfn__handle_is_set(&props->workflow.topic.handle) ? props->workflow.topic
                                                             : props->failure_topic;
}

/* ---- wiring ---- */

/* Step Functions delivers to groups of this prefix without a policy for each of them, of which an
 * account has ten.
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html */
static cfn_node *log_group_name(const cfn__construct *c)
{
    const cfn__validator_state *state = c->state;
    return cfn__concat(&c->make, "/aws/vendedlogs/states/",
                       cfn__copy(c->make.arena, state->workflow_name), "");
}

void cfn__wire_workflow(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"the name of a state machine", 80, "_", false, false};
    const props_type *props = c->props;
    cfn__validator_state *state = c->state;
    if (!cfn__has_workflow(props))
        return;
    state->workflow_name = cfn__name(x, c, "Workflow", &rule);
    cfn__kms_key_serve_log_group(x, props->encryption_key, log_group_name(c));
    cfn__sns_topic_admit(x, cfn__workflow_topic(props), CFN__EVENTBRIDGE);
}

/* ---- the role ---- */

static cfn_node *allow(const cfn__maker *make, const char *sid, const char *const *actions,
                       cfn_node *resource)
{
    return cfn__put(cfn__statement(make, sid, NULL, actions), "Resource", resource);
}

/* The items of a Distributed Map are executions of the machine itself; its ARN is put together, as
 * the role is there before it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
static void append_own(const cfn__construct *c, cfn_node *list)
{
    static const char *const start[] = {"states:StartExecution", NULL};
    static const char *const follow[] = {"states:DescribeExecution", "states:RedriveExecution",
                                         "states:StopExecution", NULL};
    const cfn__validator_state *state = c->state;
    const cfn__maker *make = &c->make;
    cfn_node *name = state->workflow_name;
    cfn__append(
        list,
        allow(make, "StartItems", start,
              cfn__concat(make, STATES_ARN "stateMachine:", cfn__copy(make->arena, name), "")));
    cfn__append(list, allow(make, "FollowItems", follow,
                            cfn__concat(make, STATES_ARN "execution:", cfn__copy(make->arena, name),
                                        "/*")));
}

/* None of them takes a resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
static void append_observing(const cfn__construct *c, cfn_node *list)
{
    static const char *const deliver[] = {
        "logs:CreateLogDelivery",        "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies", "logs:GetLogDelivery",    "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",        "logs:UpdateLogDelivery", NULL};
    static const char *const trace[] = {"xray:GetSamplingRules", "xray:GetSamplingTargets",
                                        "xray:PutTelemetryRecords", "xray:PutTraceSegments", NULL};
    const cfn__maker *make = &c->make;
    cfn__append(list, allow(make, "DeliverLogs", deliver, cfn__string(make, "*")));
    cfn__append(list, allow(make, "Trace", trace, cfn__string(make, "*")));
}

static void append_all(const cfn__maker *make, cfn_node *list, const cfn_node *statements)
{
    for (const cfn_node *n = cfn_node_first(statements); n; n = cfn_node_next(n))
        cfn__append(list, cfn__copy(make->arena, n));
}

static cfn_node *statements_of(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const invoke[] = {"lambda:InvokeFunction", NULL};
    static const char *const read[] = {"s3:GetObject", NULL};
    static const char *const decrypt[] = {"kms:Decrypt", NULL};
    const cfn__maker *make = &c->make;
    const cfn_sns_topic topic = cfn__workflow_topic(c->props);
    cfn_node *list = cfn__list(make);
    cfn__append(list, allow(make, "Invoke", invoke, cfn__get_att_node(make, c->id, "Arn")));
    append_own(c, list);
    append_all(make, list, cfn__report_statements(c, read, decrypt));
    if (cfn__handle_is_set(&topic.handle))
        append_all(make, list, cfn__sns_topic_publish_statements(x, make, topic));
    append_observing(c, list);
    return list;
}

static void make_role(cfn__expansion *x, cfn__construct *c, const char *role, const char *service,
                      cfn_node *statements)
{
    static const char *const assume[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name(x, c, role, &rule);
    cfn_node *trust =
        cfn__statement(make, "Service", cfn__service_principal(make, service), assume);
    cfn__put(trust, "Condition", cfn__this_account(make));
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), trust));
    const aws_iam_Role_Policies policy = {
        .PolicyDocument = cfn__json_of_node(cfn__policy_document(make, statements)),
        .PolicyName = cfn_s("workflow"),
    };
    CFN__RESOURCE(aws_iam_Role, x, c, role,
                  &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                                        .PermissionsBoundary = props->permissions_boundary,
                                        .Policies = CFN_ITEMS(aws_iam_Role_Policies, policy),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, props->tags)});
}

/* ---- the machine ---- */

static void make_log_group(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *name = log_group_name(c);
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, "WorkflowLogGroup",
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(props->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(props->log_retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, group, "Delete");
}

/* The data of executions has keys of rows, so that it stays out of the log. */
static void make_machine(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__validator_state *state = c->state;
    const aws_stepfunctions_StateMachine_LoggingConfiguration_Destinations_CloudWatchLogsLogGroup
        group = {.LogGroupArn = cfn_att(cfn__role_id(x, c, "WorkflowLogGroup"), "Arn")};
    const aws_stepfunctions_StateMachine_LoggingConfiguration_Destinations destination = {
        .CloudWatchLogsLogGroup = &group};
    const aws_stepfunctions_StateMachine_LoggingConfiguration logging = {
        .Destinations = CFN_ITEMS(aws_stepfunctions_StateMachine_LoggingConfiguration_Destinations,
                                  destination),
        .IncludeExecutionData = cfn_b(false),
        .Level = cfn_s("ALL"),
    };
    const aws_stepfunctions_StateMachine_TracingConfiguration tracing = {.Enabled = cfn_b(true)};
    CFN__RESOURCE(aws_stepfunctions_StateMachine, x, c, "Workflow",
                  &(aws_stepfunctions_StateMachine_props){
                      .DefinitionString =
                          cfn_of_node(cfn__json_text_node(&c->make, cfn__workflow_definition(c))),
                      .LoggingConfiguration = &logging,
                      .RoleArn = cfn_att(cfn__role_id(x, c, "WorkflowRole"), "Arn"),
                      .StateMachineName = cfn_of_node(state->workflow_name),
                      .Tags = cfn__tags(x, c, state->workflow_name, props->tags),
                      .TracingConfiguration = &tracing,
                  });
}

/* ---- failures ---- */

/* https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
static cfn_node *event_pattern(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const statuses[] = {"FAILED", "TIMED_OUT", "ABORTED"};
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__list(make);
    for (size_t i = 0; i < CFN__COUNT(statuses); i++)
        cfn__append(list, cfn__string(make, statuses[i]));
    cfn_node *machine = cfn__ref_node(make, cfn__role_id(x, c, "Workflow"));
    cfn_node *detail = cfn__single(make, "status", list);
    cfn__put(detail, "stateMachineArn", cfn__append(cfn__list(make), machine));
    cfn_node *pattern =
        cfn__single(make, "source", cfn__append(cfn__list(make), cfn__string(make, "aws.states")));
    cfn__put(
        pattern, "detail-type",
        cfn__append(cfn__list(make), cfn__string(make, "Step Functions Execution Status Change")));
    return cfn__put(pattern, "detail", detail);
}

static void make_failure_rule(cfn__expansion *x, cfn__construct *c, cfn_sns_topic topic)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, "WorkflowFailureRule", &rule);
    const aws_events_Rule_Targets_InputTransformer message = {
        .InputPathsMap =
            CFN_MAP({"execution", cfn_s("$.detail.executionArn")},
                    {"status", cfn_s("$.detail.status")}, {"error", cfn_s("$.detail.error")}),
        .InputTemplate =
            cfn_s("\"Source and target were not compared: <status> <error> in <execution>\""),
    };
    const aws_events_Rule_Targets target = {
        .Arn = cfn_sns_topic_arn(topic),
        .Id = cfn_s("Topic"),
        .InputTransformer = &message,
    };
    CFN__RESOURCE(aws_events_Rule, x, c, "WorkflowFailureRule",
                  &(aws_events_Rule_props){
                      .Description = cfn_s("The comparison of source and target failed"),
                      .EventPattern = cfn__json_of_node(event_pattern(x, c)),
                      .Name = cfn_of_node(name),
                      .State = cfn_s("ENABLED"),
                      .Tags = cfn__tags(x, c, name, props->tags),
                      .Targets = CFN_ITEMS(aws_events_Rule_Targets, target),
                  });
}

void cfn__make_workflow(cfn__expansion *x, cfn__construct *c)
{
    static const char *const start[] = {"states:StartExecution", NULL};
    const props_type *props = c->props;
    const cfn_sns_topic topic = cfn__workflow_topic(props);
    const cfn__maker *make = &c->make;
    if (!cfn__has_workflow(props))
        return;
    make_machine(x, c);
    make_role(x, c, "WorkflowRole", "states.amazonaws.com", statements_of(x, c));
    make_log_group(x, c);
    if (cfn__handle_is_set(&topic.handle))
        make_failure_rule(x, c, topic);
    if (!cfn__is_set(props->schedule_expression))
        return;
    cfn_node *machine = cfn__ref_node(make, cfn__role_id(x, c, "Workflow"));
    make_role(x, c, "ScheduleRole", "events.amazonaws.com",
              cfn__append(cfn__list(make), allow(make, "Start", start, machine)));
}

/* ---- for the alarms ---- */

cfn_node *cfn__watched_workflow(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_alarms_props *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *validator = cfn__str_node(make, props->validator);
    const cfn_migration_validator named =
        cfn_migration_validator_named(cfn_node_text(cfn_node_get(validator, "Ref")));
    const cfn__construct *found = cfn__handle_construct(x, &named.handle);
    if (cfn__is_set(props->workflow))
        return cfn__str_node(make, props->workflow);
    if (!found || found->type != &cfn__migration_validator_type || !cfn__has_workflow(found->props))
        return NULL;
    return cfn__ref_node(make, cfn__role_id(x, found, "Workflow"));
}

/* ---- table ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_migration_workflow, kind, name, member)
static const cfn__field fields[] = {
    {ROW(INT, "MaxConcurrency", max_concurrency), .flags = CFN__REQUIRED | CFN__SYNTH_TIME,
     .min = 1, .max = 100,
     .doc = "Invocations at a time: each opens a connection to both databases. 4 to 8 are enough "
            "for most."},
    {ROW(INT, "TimeoutInSeconds", timeout_in_seconds), .also = "TimeoutSeconds",
     .flags = CFN__SYNTH_TIME, .min = 60, .max = 31536000, .default_text = "86400: a day",
     .doc = "How long an execution may take."},
    {ROW(HANDLE, "Topic", topic), .construct = "Cfngen::SNS::Topic", .default_text = "FailureTopic",
     .doc = "The topic that is told the verdict, and of executions that failed."},
};
#undef ROW
const cfn_record cfn__migration_workflow_record =
    CFN__RECORD("Workflow", cfn_migration_workflow, fields);
