/* Cfngen::Logs::MetricFilter: log events that are counted, or from which numbers are taken, as a
 * metric; and an alarm on it.
 *
 * Makes
 *   {Id}         AWS::Logs::MetricFilter
 *   {Id}Alarm    AWS::CloudWatch::Alarm, with a Topic
 *
 * The log group is one of this stack or an existing one by its ARN (log_group), one by its name
 * (log_group_name), or that of the tasks of a replication instance (replication_instance):
 * dms-tasks-{its identifier}, the only one that DMS writes to. Lines of DMS that tell errors have
 * "]E:" in them.
 *
 * A pattern of terms, a pattern that CloudWatch Logs refuses, a metric that cannot be made: CFN4841
 * to CFN4844, told of every AWS::Logs::MetricFilter of a template.
 *
 * Ref is the name of the filter. Attributes: MetricName, MetricNamespace, AlarmArn.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
#ifndef CFNGEN_LOGS_METRIC_FILTER_H
#define CFNGEN_LOGS_METRIC_FILTER_H

#include <cfngen/dms_replication_instance.h>
#include <cfngen/logs_log_group.h>
#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

CFN_HANDLE(cfn_logs_metric_filter);

/* Where the metric is when metric_namespace holds nothing. */
#define CFN_LOGS_NAMESPACE "Cfngen/Logs"

/* Defaults: name and metric_name {id}-{environment}-{suffix}, metric_namespace Cfngen/Logs,
 * metric_value 1, default_value 0 unless there are dimensions. Of the alarm: statistic Sum,
 * threshold 0, period 300 s, evaluation_periods 1, description what is counted. */
typedef struct cfn_logs_metric_filter_props {
    cfn_logs_log_group log_group;                      /* one of these three */
    cfn_str log_group_name;                            /* of a group that exists */
    cfn_dms_replication_instance replication_instance; /* of this stack */
    cfn_str name;
    cfn_str filter_pattern; /* required; "" is every event */
    cfn_str metric_namespace, metric_name;
    cfn_str metric_value;  /* a number, or a field: $.field of JSON, $column of columns */
    cfn_num default_value; /* of a minute with events of which none matches; no dimensions then */
    cfn_json dimensions;   /* a mapping of names to fields, three at most */
    cfn_str unit;
    cfn_sns_topic topic; /* an alarm tells it when more than the threshold match */
    cfn_str statistic, description;
    cfn_num threshold;
    cfn_int period, evaluation_periods;
    cfn_json tags; /* of the alarm */
    cfn_attributes attributes;
} cfn_logs_metric_filter_props;

#define cfn_logs_metric_filter_add(stack, id, ...)                                                 \
    cfn_logs_metric_filter_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_logs_metric_filter cfn_logs_metric_filter_add_at(
    cfn_stack *stack, const char *id, const cfn_logs_metric_filter_props *props, const char *file,
    int line);

CFN_END_DECLS

#endif
