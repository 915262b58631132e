/* A state machine with its role, its log and who is told when it fails. */
#include "constructs/state_machine.h"
#include "base/text.h"
#include "constructs/states.h"

#include <cfngen/aws/events.h>
#include <cfngen/aws/iam.h>
#include <cfngen/aws/logs.h>
#include <cfngen/aws/stepfunctions.h>

static const char machine_role[] = "Workflow";

/* ---- wiring ---- */

cfn_node *cfn__state_machine_name(cfn__expansion *x, const cfn__construct *c)
{
    static const cfn__name_rule rule = {"the name of a state machine", 80, "_", false, false};
    return cfn__name(x, c, machine_role, &rule);
}

/* Step Functions delivers to groups of this prefix without a policy for each of them, of which an
 * account has ten.
 * https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html */
static cfn_node *log_group_name(const cfn__construct *c, const cfn__state_machine *facts)
{
    return cfn__concat(&c->make, "/aws/vendedlogs/states/", cfn__copy(c->make.arena, facts->name),
                       "");
}

void cfn__wire_state_machine(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts)
{
    cfn__kms_key_serve_log_group(x, facts->encryption_key, log_group_name(c, facts));
    cfn__sns_topic_admit(x, facts->topic, CFN__EVENTBRIDGE);
}

/* ---- roles ---- */

cfn_node *cfn__allow(const cfn__maker *make, const char *sid, const char *const *actions,
                     cfn_node *resource)
{
    return cfn__put(cfn__statement(make, sid, NULL, actions), "Resource", resource);
}

void cfn__append_all(const cfn__maker *make, cfn_node *list, const cfn_node *statements)
{
    for (const cfn_node *n = cfn_node_first(statements); n; n = cfn_node_next(n))
        cfn__append(list, cfn__copy(make->arena, n));
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
    cfn__append(list, cfn__allow(make, "DeliverLogs", deliver, cfn__string(make, "*")));
    cfn__append(list, cfn__allow(make, "Trace", trace, cfn__string(make, "*")));
}

void cfn__make_service_role(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts,
                            const char *role, const char *service, cfn_node *statements)
{
    static const char *const assume[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
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
                                        .PermissionsBoundary = facts->permissions_boundary,
                                        .Policies = CFN_ITEMS(aws_iam_Role_Policies, policy),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, facts->tags)});
}

/* ---- the machine ---- */

static void make_log_group(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts)
{
    cfn_node *name = log_group_name(c, facts);
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, "WorkflowLogGroup",
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(facts->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(facts->log_retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, facts->tags)});
    cfn__resource_policies(x, group, "Delete");
}

/* The data of executions may have keys of rows, so that it stays out of the log. */
static void make_machine(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts,
                         const cfn_node *definition)
{
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
                      .DefinitionString = cfn_of_node(cfn__json_text_node(&c->make, definition)),
                      .LoggingConfiguration = &logging,
                      .RoleArn = cfn_att(cfn__role_id(x, c, "WorkflowRole"), "Arn"),
                      .StateMachineName = cfn_of_node(facts->name),
                      .Tags = cfn__tags(x, c, facts->name, facts->tags),
                      .TracingConfiguration = &tracing,
                  });
}

/* ---- failures ---- */

/* https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
static cfn_node *event_pattern(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const statuses[] = {"FAILED", "TIMED_OUT", "ABORTED", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *machine = cfn__ref_node(make, cfn__role_id(x, c, "Workflow"));
    cfn_node *detail = cfn__single(make, "status", cfn__texts(make, statuses));
    cfn__put(detail, "stateMachineArn", cfn__append(cfn__list(make), machine));
    cfn_node *pattern =
        cfn__single(make, "source", cfn__append(cfn__list(make), cfn__string(make, "aws.states")));
    cfn__put(
        pattern, "detail-type",
        cfn__append(cfn__list(make), cfn__string(make, "Step Functions Execution Status Change")));
    return cfn__put(pattern, "detail", detail);
}

static void make_failure_rule(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    cfn_node *name = cfn__name(x, c, "WorkflowFailureRule", &rule);
    const aws_events_Rule_Targets_InputTransformer message = {
        .InputPathsMap =
            CFN_MAP({"execution", cfn_s("$.detail.executionArn")},
                    {"status", cfn_s("$.detail.status")}, {"error", cfn_s("$.detail.error")}),
        .InputTemplate = cfn_s(
            cfn__format(c->make.arena, "\"%s: <status> <error> in <execution>\"", facts->told)),
    };
    const aws_events_Rule_Targets target = {
        .Arn = cfn_sns_topic_arn(facts->topic),
        .Id = cfn_s("Topic"),
        .InputTransformer = &message,
    };
    CFN__RESOURCE(aws_events_Rule, x, c, "WorkflowFailureRule",
                  &(aws_events_Rule_props){
                      .Description = cfn_s(facts->failed),
                      .EventPattern = cfn__json_of_node(event_pattern(x, c)),
                      .Name = cfn_of_node(name),
                      .State = cfn_s("ENABLED"),
                      .Tags = cfn__tags(x, c, name, facts->tags),
                      .Targets = CFN_ITEMS(aws_events_Rule_Targets, target),
                  });
}

/* ---- all of it ---- */

void cfn__make_state_machine(cfn__expansion *x, cfn__construct *c, const cfn__state_machine *facts,
                             const cfn_node *definition, cfn_node *statements)
{
    bool told = cfn__handle_is_set(&facts->topic.handle);
    if (told)
        cfn__append_all(&c->make, statements,
                        cfn__sns_topic_publish_statements(x, &c->make, facts->topic));
    append_observing(c, statements);
    make_machine(x, c, facts, definition);
    cfn__make_service_role(x, c, facts, "WorkflowRole", "states.amazonaws.com", statements);
    make_log_group(x, c, facts);
    if (told)
        make_failure_rule(x, c, facts);
}
