/* Cfngen::Logs::MetricFilter. What CloudWatch Logs refuses is told of every filter of the template,
 * by lib/check/metric_filter.c. */
#include "base/text.h"
#include "constructs/cloudwatch_alarm.h"

#include <cfngen/aws/logs.h>
#include <cfngen/logs_metric_filter.h>

#include <string.h>

typedef cfn_logs_metric_filter_props props_type;

static const char alarm_role[] = "Alarm";

static bool has_alarm(const props_type *props)
{
    return cfn__handle_is_set(&props->topic.handle);
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    if (has_alarm(props))
        cfn__sns_topic_admit(x, props->topic, CFN__CLOUDWATCH);
}

/* ---- checks ---- */

static void check_group(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *arn = cfn__literal(props->log_group.handle.value);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    bool of_instance = cfn__handle_is_set(&props->replication_instance.handle);
    int groups = cfn__handle_is_set(&props->log_group.handle) + cfn__is_set(props->log_group_name) +
                 of_instance;
    if (groups != 1) {
        cfn__report_property(x, c, NULL, CFN2019,
                             "a filter is of one LogGroup, LogGroupName or ReplicationInstance");
        cfn__hint(diagnostics, groups ? "make a filter for each" : "write LogGroup: !Ref Group");
    } else if (of_instance && !props->replication_instance.handle.id) {
        cfn__report_property(x, c, "ReplicationInstance", CFN2008,
                             "the name of one that exists is not known here");
        cfn__hint(diagnostics, "write LogGroupName: dms-tasks- and the name of the instance");
    } else if (arn && !(cfn__starts_with(arn, "arn:") && strstr(arn, ":log-group:"))) {
        cfn__report_property(x, c, "LogGroup", CFN2024, "\"%s\" is not the ARN of a log group",
                             arn);
        cfn__hint(diagnostics, "write LogGroupName when it is the name of one");
    }
}

/* An alarm asks for one metric, and each value of a dimension makes another one. */
static void check_alarm(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (!has_alarm(props) || !cfn_node_size(props->dimensions.expression.node))
        return;
    cfn__report_property(x, c, "Topic", CFN2019,
                         "an alarm on a metric with dimensions must know their values");
    cfn__hint(cfn__expansion_diagnostics(x),
              "add a Cfngen::CloudWatch::Alarm with the Dimensions that it is about");
}

/* ---- the filter ---- */

static cfn_str group_name(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const cfn__construct *instance = cfn__handle_construct(x, &props->replication_instance.handle);
    enum { NAME = 6 }; /* arn:aws:logs:region:account:log-group:NAME:* */
    if (instance)
        return cfn_ref(cfn__role_id(x, instance, "LogGroup"));
    if (cfn__is_set(props->log_group_name))
        return props->log_group_name;
    if (props->log_group.handle.id)
        return cfn_ref(props->log_group.handle.id);
    if (!cfn__is_set(props->log_group.handle.value))
        return cfn_s(c->id); /* there is none, which is told already */
    cfn_node *parts =
        cfn__pair(make, cfn__string(make, ":"), cfn__str_node(make, props->log_group.handle.value));
    cfn_node *split = cfn__single(make, "Fn::Split", parts);
    return cfn_of_node(
        cfn__single(make, "Fn::Select", cfn__pair(make, cfn__integer(make, NAME), split)));
}

static cfn_node *dimensions(const cfn__construct *c)
{
    const cfn__maker *make = &c->make;
    const cfn_node *map = ((const props_type *)c->props)->dimensions.expression.node;
    cfn_node *list = cfn__list(make);
    for (const cfn_node *n = cfn_node_first(map); n; n = n->next) {
        cfn_node *dimension = cfn__single(make, "Key", cfn__string(make, n->key));
        cfn__append(list, cfn__put(dimension, "Value", cfn__copy(make->arena, n)));
    }
    return cfn_node_size(list) ? list : NULL;
}

/* The name of the metric ends as the names of all that the stack makes, so that two copies of the
 * stack do not count together. */
static cfn_str metric_name(const cfn__construct *c, const cfn_node *name)
{
    const props_type *props = c->props;
    return cfn__is_set(props->metric_name) ? props->metric_name
                                           : cfn_of_node(cfn__copy(c->make.arena, name));
}

static void make_filter(cfn__expansion *x, cfn__construct *c, const cfn_node *name)
{
    const props_type *props = c->props;
    cfn_node *by = dimensions(c);
    const aws_logs_MetricFilter_MetricTransformations metric = {
        .DefaultValue =
            by || cfn__is_set(props->default_value.expression) ? props->default_value : cfn_n(0),
        .Dimensions = {.all = cfn_of_node(by)},
        .MetricName = metric_name(c, name),
        .MetricNamespace = cfn__str_or(props->metric_namespace, CFN_LOGS_NAMESPACE),
        .MetricValue = cfn__str_or(props->metric_value, "1"),
        .Unit = props->unit,
    };
    CFN__RESOURCE(
        aws_logs_MetricFilter, x, c, "",
        &(aws_logs_MetricFilter_props){
            .FilterName = cfn_of_node(cfn__copy(c->make.arena, name)),
            .FilterPattern = props->filter_pattern,
            .LogGroupName = group_name(x, c),
            .MetricTransformations = CFN_ITEMS(aws_logs_MetricFilter_MetricTransformations, metric),
        });
}

static void make_alarm(cfn__expansion *x, cfn__construct *c, const cfn_node *metric)
{
    enum { FIVE_MINUTES = 300 };
    static const cfn__name_rule rule = {"an alarm name", 255, "/_.:#@ ", false, false};
    const props_type *props = c->props;
    const cfn_str topic = cfn_sns_topic_arn(props->topic);
    cfn_node *name = cfn__name(x, c, alarm_role, &rule);
    CFN__RESOURCE(
        aws_cloudwatch_Alarm, x, c, alarm_role,
        &(aws_cloudwatch_Alarm_props){
            .ActionsEnabled = cfn_b(true),
            .AlarmActions = {.items = &topic, .count = 1},
            .AlarmDescription = cfn__str_or(props->description, "Log events that are counted"),
            .AlarmName = cfn_of_node(name),
            .ComparisonOperator = cfn_s(CFN__GREATER),
            .EvaluationPeriods = cfn__int_or(props->evaluation_periods, 1),
            .MetricName = metric_name(c, metric),
            .Namespace = cfn__str_or(props->metric_namespace, CFN_LOGS_NAMESPACE),
            .Period = cfn__int_or(props->period, FIVE_MINUTES),
            .Statistic = cfn__str_or(props->statistic, "Sum"),
            .Tags = cfn__tags(x, c, name, props->tags),
            .Threshold = cfn__is_set(props->threshold.expression) ? props->threshold : cfn_n(0),
            .TreatMissingData = cfn_s("notBreaching")});
    cfn__answer_with(x, c, "AlarmArn",
                     cfn__get_att_node(&c->make, cfn__role_id(x, c, alarm_role), "Arn"));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a filter name", 255, "_./#", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    check_group(x, c);
    check_alarm(x, c);
    make_filter(x, c, name);
    cfn__answer_with(x, c, "MetricName", cfn__str_node(&c->make, metric_name(c, name)));
    cfn__answer_with(
        x, c, "MetricNamespace",
        cfn__str_node(&c->make, cfn__str_or(props->metric_namespace, CFN_LOGS_NAMESPACE)));
    if (has_alarm(props))
        make_alarm(x, c, name);
}

/* ---- tables ---- */

static const char *const statistics[] = {"Average", "Sum",         "Minimum",
                                         "Maximum", "SampleCount", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_logs_metric_filter_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(HANDLE, "LogGroup", log_group, "The log group; of one that exists the ARN."),
     .construct = "Cfngen::Logs::LogGroup"},
    {ROW(STR, "LogGroupName", log_group_name, "Or the name of one.")},
    {ROW(HANDLE, "ReplicationInstance", replication_instance,
         "Or the replication instance of this stack whose tasks write to it."),
     .construct = "Cfngen::DMS::ReplicationInstance"},
    {ROW(STR, "Name", name, "The name of the filter."), .also = "FilterName",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(STR, "FilterPattern", filter_pattern,
         "Which events: terms as ERROR \"]E:\" -no, columns as [time, level = ERROR, ...], JSON as "
         "{ $.level = \"error\" }; an empty text for all."),
     .also = "Pattern", .flags = CFN__REQUIRED},
    {ROW(STR, "MetricNamespace", metric_namespace, "The namespace of the metric."),
     .also = "Namespace MetricTransformations", .default_text = CFN_LOGS_NAMESPACE},
    {ROW(STR, "MetricName", metric_name, "The metric."),
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(STR, "MetricValue", metric_value,
         "What an event adds: a number, or its field $.field or $column."),
     .also = "Value", .default_text = "1"},
    {ROW(NUM, "DefaultValue", default_value,
         "The value of minutes whose events do not match; excludes Dimensions."),
     .default_text = "0, without Dimensions"},
    {ROW(JSON, "Dimensions", dimensions,
         "Up to three dimensions, as Name: $.field. Each value of one makes a metric, which "
         "costs."),
     .flags = CFN__MAPPING},
    {ROW(STR, "Unit", unit, "The unit of the metric, as Seconds.")},
    {ROW(HANDLE, "Topic", topic, "The topic that an alarm on the metric tells."),
     .also = "SnsTopic AlarmTopic", .construct = "Cfngen::SNS::Topic",
     .default_text = "there is no alarm"},
    {ROW(STR, "Statistic", statistic, "What the alarm looks at in each period."),
     .values = statistics, .default_text = "Sum"},
    {ROW(STR, "Description", description, "What the alarm means, and what to do then."),
     .also = "AlarmDescription", .default_text = "Log events that are counted"},
    {ROW(NUM, "Threshold", threshold, "What may be without an alarm."), .default_text = "0"},
    {ROW(INT, "Period", period, "Seconds of a period of the alarm."), .min = 60,
     .default_text = "300"},
    {ROW(INT, "EvaluationPeriods", evaluation_periods, "How many periods in a row."), .min = 1,
     .max = 1440, .default_text = "1"},
    {ROW(JSON, "Tags", tags, "Tags of the alarm, as Key: value."), .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_logs_metric_filter_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"MetricName", "the metric"},
    {"MetricNamespace", "its namespace"},
    {"AlarmArn", "the ARN of the alarm, when there is one"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::Logs::MetricFilter", "the filter"},
    {"Alarm", "AWS::CloudWatch::Alarm", "with Topic: when more than Threshold match"},
};

const cfn__construct_type cfn__logs_metric_filter_type = {
    .name = "Cfngen::Logs::MetricFilter",
    .doc =
        "Log events that match a pattern, counted as a metric, with an alarm on it. Two copies of "
        "a stack count apart, since the metric is named as all that they make.",
    .ref_doc = "the name of the filter",
    .props = CFN__RECORD("Cfngen::Logs::MetricFilter", cfn_logs_metric_filter_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_logs_metric_filter cfn_logs_metric_filter_add_at(cfn_stack *stack, const char *id,
                                                     const cfn_logs_metric_filter_props *props,
                                                     const char *file, int line)
{
    return cfn_logs_metric_filter_named(
        cfn__construct_add(stack, &cfn__logs_metric_filter_type, id, props, file, line));
}
