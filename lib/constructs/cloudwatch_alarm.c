/* Cfngen::CloudWatch::Alarm: its properties and its expansion. */
#include "constructs/cloudwatch_alarm.h"

#include "base/text.h"

#include <string.h>

typedef cfn_cloudwatch_alarm_props props_type;

static const char *const plain_statistics[] = {"Average", "Sum", "Minimum", "Maximum",
                                               "SampleCount"};

static void wire(cfn__expansion *x, cfn__construct *c)
{
    cfn__sns_topic_admit(x, ((const props_type *)c->props)->topic, CFN__CLOUDWATCH);
}

static cfn_node *dimensions(const cfn__construct *c)
{
    const cfn__maker *make = &c->make;
    const cfn_node *map = ((const props_type *)c->props)->dimensions.expression.node;
    const cfn__maker written = {make->arena, map ? map->place : make->place};
    cfn_node *list = cfn__list(&written);
    for (const cfn_node *n = cfn_node_first(map); n; n = n->next) {
        cfn_node *dimension = cfn__single(make, "Name", cfn__string(make, n->key));
        cfn_node *value = cfn__copy(make->arena, n);
        if (value && value->text)
            value->kind = CFN_KIND_STRING; /* a dimension is text: 42 is "42" */
        cfn__append(list, cfn__put(dimension, "Value", value));
    }
    return cfn_node_size(list) ? list : NULL;
}

/* The topic, then the others. */
static cfn_node *actions(const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *list = cfn__list(&c->make);
    if (cfn__handle_is_set(&props->topic.handle))
        cfn__append(list, cfn__str_node(&c->make, cfn_sns_topic_arn(props->topic)));
    for (size_t i = 0; i < props->actions.count; i++)
        cfn__append(list, cfn__str_node(&c->make, props->actions.items[i]));
    return cfn_node_size(list) ? list : NULL;
}

static bool is_plain(cfn_str statistic)
{
    const char *text = cfn__literal(statistic);
    bool plain = !text; /* an intrinsic, which most likely chooses among these */
    for (size_t i = 0; i < CFN__COUNT(plain_statistics); i++)
        plain |= text && strcmp(text, plain_statistics[i]) == 0;
    return plain;
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"an alarm name", 255, "/_.:#@ ", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    cfn_str statistic = cfn__str_or(props->statistic, "Average");
    bool tells_end = props->notify_ok.value && cfn__handle_is_set(&props->topic.handle);
    const cfn_str topic = cfn_sns_topic_arn(props->topic);
    cfn__check_cloudwatch_alarm(x, c);
    aws_cloudwatch_Alarm_props alarm = {
        .ActionsEnabled = cfn__bool_or(props->actions_enabled, true),
        .AlarmActions = {.all = cfn_of_node(actions(c))},
        .AlarmDescription = props->description,
        .AlarmName = cfn_of_node(name),
        .ComparisonOperator = cfn__str_or(props->comparison_operator, CFN__GREATER),
        .DatapointsToAlarm = props->datapoints_to_alarm,
        .Dimensions = {.all = cfn_of_node(dimensions(c))},
        .EvaluationPeriods = cfn__int_or(props->evaluation_periods, 1),
        .MetricName = props->metric_name,
        .Namespace = props->metric_namespace,
        .Period = cfn__int_or(props->period, 60),
        .Tags = cfn__tags(x, c, name, props->tags),
        .Threshold = props->threshold,
        .TreatMissingData = cfn__str_or(props->treat_missing_data, "missing"),
    };
    *(is_plain(statistic) ? &alarm.Statistic : &alarm.ExtendedStatistic) = statistic;
    if (tells_end)
        alarm.OKActions = (cfn_str_list){.items = &topic, .count = 1};
    CFN__RESOURCE(aws_cloudwatch_Alarm, x, c, "", &alarm);
}

/* ---- tables ---- */

static const char *const operators[] = {CFN__GREATER, CFN__GREATER_OR_EQUAL, CFN__LESS,
                                        "LessThanOrEqualToThreshold", NULL};
static const char *const missing[] = {"missing", "notBreaching", "breaching", "ignore", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_cloudwatch_alarm_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name, "The name of the alarm."), .also = "AlarmName",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(STR, "Description", description, "What it means, and what to do then."),
     .also = "AlarmDescription"},
    {ROW(STR, "Namespace", metric_namespace, "The namespace of the metric, as AWS/RDS."),
     .flags = CFN__REQUIRED},
    {ROW(STR, "MetricName", metric_name, "The metric."), .also = "Metric", .flags = CFN__REQUIRED},
    {ROW(JSON, "Dimensions", dimensions,
         "The dimensions of the metric, as Name: value. All of them: CloudWatch knows a metric by "
         "its whole set."),
     .flags = CFN__MAPPING},
    {ROW(STR, "Statistic", statistic,
         "What is looked at in each period: Average, Sum, Minimum, Maximum, SampleCount, or a "
         "percentile as p99."),
     .also = "ExtendedStatistic", .default_text = "Average"},
    {ROW(INT, "Period", period, "Seconds of a period: 10, 20, 30 or a multiple of 60."),
     .default_text = "60"},
    {ROW(INT, "EvaluationPeriods", evaluation_periods, "How many periods are looked at."), .min = 1,
     .max = 1440, .default_text = "1"},
    {ROW(INT, "DatapointsToAlarm", datapoints_to_alarm, "How many of them must breach."), .min = 1,
     .max = 1440, .default_text = "EvaluationPeriods"},
    {ROW(NUM, "Threshold", threshold,
         "The threshold, in the unit of the metric: AuroraReplicaLag is in milliseconds, "
         "CDCLatencySource in seconds, memory in bytes."),
     .flags = CFN__REQUIRED},
    {ROW(STR, "ComparisonOperator", comparison_operator, "How a value breaches the threshold."),
     .values = operators, .default_text = CFN__GREATER},
    {ROW(STR, "TreatMissingData", treat_missing_data, "What a period without data means."),
     .values = missing, .default_text = "missing"},
    {ROW(BOOL, "ActionsEnabled", actions_enabled, "Whether anybody is told."),
     .default_text = "true"},
    {ROW(HANDLE, "Topic", topic, "The topic that is told."), .also = "SnsTopic AlarmTopic",
     .construct = "Cfngen::SNS::Topic"},
    {ROW(BOOL, "NotifyOk", notify_ok, "Whether the topic is told when it is over, too."),
     .also = "OKActions", .flags = CFN__SYNTH_TIME, .default_text = "false"},
    {ROW(STR_LIST, "Actions", actions, "The ARNs of other actions."), .also = "AlarmActions",
     .flags = CFN__WRITTEN_OUT},
    {ROW(JSON, "Tags", tags, "Tags of the alarm, as Key: value."), .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_cloudwatch_alarm_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the alarm"}};
static const cfn__role_facts roles[] = {{"", "AWS::CloudWatch::Alarm", "the alarm"}};

const cfn__construct_type cfn__cloudwatch_alarm_type = {
    .name = "Cfngen::CloudWatch::Alarm",
    .doc =
        "An alarm on one metric that tells a topic. Dimensions that no metric has and thresholds "
        "in another unit than the metric's are errors, since such an alarm stays silent for "
        "ever. It has no Unit: the metric's own is meant.",
    .ref_doc = "the name of the alarm",
    .props = CFN__RECORD("Cfngen::CloudWatch::Alarm", cfn_cloudwatch_alarm_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_cloudwatch_alarm cfn_cloudwatch_alarm_add_at(cfn_stack *stack, const char *id,
                                                 const cfn_cloudwatch_alarm_props *props,
                                                 const char *file, int line)
{
    return cfn_cloudwatch_alarm_named(
        cfn__construct_add(stack, &cfn__cloudwatch_alarm_type, id, props, file, line));
}
