/* Cfngen::Events::Rule: the rule, its targets, and what lets it reach them. */
#include "constructs/events_rule.h"
#include "base/text.h"

#include <cfngen/aws/events.h>
#include <cfngen/aws/iam.h>
#include <cfngen/aws/lambda.h>
#include <cfngen/aws/sqs.h>

typedef cfn_events_rule_props props_type;

static const char queue_role[] = "FailureQueue", start_role[] = "StartRole";

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    for (size_t i = 0; i < props->targets.count; i++)
        cfn__sns_topic_admit(x, props->targets.items[i].topic, CFN__EVENTBRIDGE);
}

cfn_str cfn__events_target_arn(const cfn_events_target *target)
{
    if (cfn__handle_is_set(&target->function.handle))
        return cfn_lambda_function_arn(target->function);
    return cfn__handle_is_set(&target->topic.handle) ? cfn_sns_topic_arn(target->topic)
                                                     : target->state_machine;
}

static const char *label_of(const cfn__construct *c, const cfn_events_target *target)
{
    const char *id =
        target->function.handle.id ? target->function.handle.id : target->topic.handle.id;
    return id ? id
              : cfn__label(c->make.arena, cfn__str_node(&c->make, cfn__events_target_arn(target)));
}

/* ---- permissions ---- */

static void let_in(cfn__expansion *x, cfn__construct *c, const cfn_events_target *target)
{
    CFN__RESOURCE(aws_lambda_Permission, x, c,
                  cfn__format(c->make.arena, "Invoke%s", label_of(c, target)),
                  &(aws_lambda_Permission_props){.Action = cfn_s("lambda:InvokeFunction"),
                                                 .FunctionName = cfn__events_target_arn(target),
                                                 .Principal = cfn_s("events.amazonaws.com"),
                                                 .SourceArn = cfn_att(c->id, "Arn")});
}

/* The state machines among the targets. */
static cfn_node *machines(const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *list = cfn__list(&c->make);
    for (size_t i = 0; i < props->targets.count; i++)
        if (cfn__is_set(props->targets.items[i].state_machine))
            cfn__append(list, cfn__str_node(&c->make, props->targets.items[i].state_machine));
    return list;
}

static void make_start_role(cfn__expansion *x, cfn__construct *c, cfn_node *arns)
{
    static const char *const assume[] = {"sts:AssumeRole", NULL};
    static const char *const start[] = {"states:StartExecution", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name(x, c, start_role, &rule);
    cfn_node *trust = cfn__statement(make, "EventBridge",
                                     cfn__service_principal(make, "events.amazonaws.com"), assume);
    cfn__put(trust, "Condition", cfn__this_account(make));
    cfn_node *allowed = cfn__put(cfn__statement(make, "Start", NULL, start), "Resource", arns);
    const aws_iam_Role_Policies policy = {
        .PolicyDocument =
            cfn__json_of_node(cfn__policy_document(make, cfn__append(cfn__list(make), allowed))),
        .PolicyName = cfn_s("start"),
    };
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), trust));
    CFN__RESOURCE(aws_iam_Role, x, c, start_role,
                  &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                                        .Policies = CFN_ITEMS(aws_iam_Role_Policies, policy),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, props->tags)});
}

/* ---- failures ---- */

/* A queue, unlike a topic, is sent the ARN of the rule, so that others are kept out. */
static void make_queue_policy(cfn__expansion *x, cfn__construct *c)
{
    static const char *const send[] = {"sqs:SendMessage", NULL};
    static const char *const use[] = {"sqs:SendMessage", "sqs:ReceiveMessage", NULL};
    const cfn__maker *make = &c->make;
    const char *queue = cfn__role_id(x, c, queue_role);
    cfn_node *deny =
        cfn__statement(make, "TlsAlone", cfn__single(make, "AWS", cfn__string(make, "*")), use);
    cfn_node *allow = cfn__statement(make, "EventBridge",
                                     cfn__service_principal(make, "events.amazonaws.com"), send);
    cfn__put(allow, "Resource", cfn__get_att_node(make, queue, "Arn"));
    cfn__put(allow, "Condition",
             cfn__policy_condition(make, "ArnEquals", "aws:SourceArn",
                                   cfn__get_att_node(make, c->id, "Arn")));
    cfn__set(deny, "Effect", cfn__string(make, "Deny"));
    cfn__put(deny, "Resource", cfn__get_att_node(make, queue, "Arn"));
    cfn__put(
        deny, "Condition",
        cfn__policy_condition(make, "Bool", "aws:SecureTransport", cfn__string(make, "false")));
    cfn_node *statements = cfn__append(cfn__append(cfn__list(make), allow), deny);
    cfn_node *policy =
        CFN__RESOURCE(aws_sqs_QueuePolicy, x, c, "FailureQueuePolicy",
                      &(aws_sqs_QueuePolicy_props){.PolicyDocument = cfn__json_of_node(
                                                       cfn__policy_document(make, statements)),
                                                   .Queues = CFN_LIST(cfn_ref(queue))});
    cfn__resource_completes(c, policy);
}

static void make_queue(cfn__expansion *x, cfn__construct *c)
{
    enum { FOURTEEN_DAYS = 14 * 24 * 60 * 60 };
    static const cfn__name_rule rule = {"a queue name", 80, "_", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, queue_role, &rule);
    cfn_node *queue =
        CFN__RESOURCE(aws_sqs_Queue, x, c, queue_role,
                      &(aws_sqs_Queue_props){.MessageRetentionPeriod = cfn_i(FOURTEEN_DAYS),
                                             .QueueName = cfn_of_node(name),
                                             .SqsManagedSseEnabled = cfn_b(true),
                                             .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, queue, "Delete");
    make_queue_policy(x, c);
}

/* ---- the rule ---- */

static aws_events_Rule_Targets make_target(cfn__expansion *x, const cfn__construct *c,
                                           const cfn_events_target *target,
                                           const aws_events_Rule_Targets_DeadLetterConfig *failures,
                                           const aws_events_Rule_Targets_RetryPolicy *retries)
{
    const props_type *props = c->props;
    bool patient = cfn__is_set(props->maximum_event_age_in_seconds.expression) ||
                   cfn__is_set(props->maximum_retry_attempts.expression);
    aws_events_Rule_Targets made = {
        .Arn = cfn__events_target_arn(target),
        .DeadLetterConfig = failures,
        .Id = cfn_s(label_of(c, target)),
        .Input = target->input,
        .RetryPolicy = patient ? retries : NULL,
    };
    if (cfn__is_set(target->state_machine))
        made.RoleArn = cfn_att(cfn__role_id(x, c, start_role), "Arn");
    return made;
}

static void make_rule(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    const props_type *props = c->props;
    size_t count = props->targets.count;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    aws_events_Rule_Targets *targets =
        CFN__NEW_ARRAY(c->make.arena, count ? count : 1, aws_events_Rule_Targets);
    const aws_events_Rule_Targets_DeadLetterConfig failures = {
        .Arn = cfn__is_set(props->failure_queue) ? props->failure_queue
                                                 : cfn_att(cfn__role_id(x, c, queue_role), "Arn")};
    const aws_events_Rule_Targets_RetryPolicy retries = {
        .MaximumEventAgeInSeconds = props->maximum_event_age_in_seconds,
        .MaximumRetryAttempts = props->maximum_retry_attempts};
    for (size_t i = 0; targets && i < count; i++)
        targets[i] = make_target(x, c, &props->targets.items[i], &failures, &retries);
    bool on = cfn__bool_or(props->enabled, true).value;
    CFN__RESOURCE(aws_events_Rule, x, c, "",
                  &(aws_events_Rule_props){
                      .Description = props->description,
                      .EventPattern = props->event_pattern,
                      .Name = cfn_of_node(name),
                      .ScheduleExpression = props->schedule_expression,
                      .State = cfn_s(on ? "ENABLED" : "DISABLED"),
                      .Tags = cfn__tags(x, c, name, props->tags),
                      .Targets = {.items = targets, .count = targets ? count : 0},
                  });
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *arns = machines(c);
    cfn__check_events_rule(x, c);
    make_rule(x, c);
    for (size_t i = 0; i < props->targets.count; i++)
        if (cfn__handle_is_set(&props->targets.items[i].function.handle))
            let_in(x, c, &props->targets.items[i]);
    if (cfn_node_size(arns))
        make_start_role(x, c, arns);
    if (!cfn__is_set(props->failure_queue))
        make_queue(x, c);
}

/* ---- tables ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_events_target, kind, name, member)
static const cfn__field target_fields[] = {
    {ROW(HANDLE, "Function", function), .also = "LambdaFunction",
     .construct = "Cfngen::Lambda::Function", .doc = "A function that is called."},
    {ROW(HANDLE, "Topic", topic), .also = "SnsTopic", .construct = "Cfngen::SNS::Topic",
     .doc = "Or a topic that is told."},
    {ROW(STR, "StateMachine", state_machine), .also = "StateMachineArn",
     .doc = "Or the ARN of a state machine that is started."},
    {ROW(STR, "Input", input), .default_text = "the event", .doc = "The JSON text that it gets."},
};
#undef ROW
static const cfn_record target_record = CFN__RECORD("a target", cfn_events_target, target_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_events_rule_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "RuleName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the rule."},
    {ROW(STR, "Description", description), .doc = "What it is for."},
    {ROW(STR, "ScheduleExpression", schedule_expression), .also = "Schedule Cron Rate",
     .doc = "When it happens: rate(1 hour), or cron(0 2 ? * SUN *) in UTC."},
    {ROW(JSON, "EventPattern", event_pattern), .also = "Pattern", .flags = CFN__MAPPING,
     .doc = "Or the events that it waits for, as {source: [aws.dms]}."},
    {ROW(BOOL, "Enabled", enabled), .also = "State", .flags = CFN__SYNTH_TIME,
     .default_text = "true", .doc = "Whether it is on."},
    {ROW(RECORD_LIST, "Targets", targets), .also = "Target", .flags = CFN__REQUIRED, .min = 1,
     .max = 5, .base.record = &target_record, .doc = "Who is called."},
    {ROW(STR, "FailureQueue", failure_queue), .also = "DeadLetterConfig DeadLetterQueue",
     .default_text = "a queue {id}FailureQueue",
     .doc = "The ARN of a queue, which lets EventBridge in, for events that could not be "
            "delivered."},
    {ROW(INT, "MaximumRetryAttempts", maximum_retry_attempts), .also = "RetryPolicy", .max = 185,
     .default_text = "185, AWS's own", .doc = "How often a delivery is tried again."},
    {ROW(INT, "MaximumEventAgeInSeconds", maximum_event_age_in_seconds), .min = 60, .max = 86400,
     .default_text = "86400, AWS's own", .doc = "Seconds after which it is given up."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the rule, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_events_rule_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the rule"}};
static const cfn__role_facts roles[] = {
    {"", "AWS::Events::Rule", "the rule"},
    {"Invoke{Function}", "AWS::Lambda::Permission", "for each function: for this rule alone"},
    {"StartRole", "AWS::IAM::Role", "starts the state machines, when there are some"},
    {"FailureQueue", "AWS::SQS::Queue", "without FailureQueue"},
    {"FailureQueuePolicy", "AWS::SQS::QueuePolicy", "this rule alone, and nothing without TLS"},
};

const cfn__construct_type cfn__events_rule_type = {
    .name = "Cfngen::Events::Rule",
    .doc = "A rule of EventBridge that calls functions, topics and state machines on a schedule or "
           "when events come, with the permissions for it and a queue for what could not be "
           "delivered.",
    .ref_doc = "the name of the rule",
    .props = CFN__RECORD("Cfngen::Events::Rule", cfn_events_rule_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_events_rule cfn_events_rule_add_at(cfn_stack *stack, const char *id,
                                       const cfn_events_rule_props *props, const char *file,
                                       int line)
{
    return cfn_events_rule_named(
        cfn__construct_add(stack, &cfn__events_rule_type, id, props, file, line));
}
