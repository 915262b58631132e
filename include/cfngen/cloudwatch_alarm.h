/* Cfngen::CloudWatch::Alarm: an alarm on one metric that tells a topic.
 *
 * Makes {Id} (AWS::CloudWatch::Alarm). Dimensions that no metric has, thresholds in another unit
 * than the metric's, and periods that CloudWatch refuses are errors: such an alarm is made without
 * complaint and then stays silent for ever. There is no Unit: an alarm that asks for another unit
 * than the one that is published has no data, and needs none to have any.
 *
 * Ref is the alarm's name. Attribute: Arn.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html (seconds, dimensions)
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
#ifndef CFNGEN_CLOUDWATCH_ALARM_H
#define CFNGEN_CLOUDWATCH_ALARM_H

#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

CFN_HANDLE(cfn_cloudwatch_alarm);

/* Defaults: name {id}-{environment}-{suffix}, statistic Average, period 60 s, evaluation_periods 1,
 * datapoints_to_alarm evaluation_periods, comparison_operator GreaterThanThreshold,
 * treat_missing_data missing, actions_enabled true, notify_ok false. */
typedef struct cfn_cloudwatch_alarm_props {
    cfn_str name, description;
    cfn_str metric_namespace; /* required: AWS/RDS; the property Namespace */
    cfn_str metric_name;      /* required */
    cfn_json dimensions;      /* a mapping of their names to values */
    cfn_str statistic;        /* Average Sum Minimum Maximum SampleCount, or a percentile as p99 */
    cfn_int period;           /* seconds: 10, 20, 30 or a multiple of 60 */
    cfn_int evaluation_periods, datapoints_to_alarm;
    cfn_num threshold;           /* required; in the unit of the metric */
    cfn_str comparison_operator; /* {Greater,Less}Than{,OrEqualTo}Threshold */
    cfn_str treat_missing_data;  /* missing notBreaching breaching ignore */
    cfn_bool actions_enabled;
    cfn_sns_topic topic;
    cfn_bool notify_ok;   /* tells the topic when it is over, too; decided at synth */
    cfn_str_list actions; /* ARNs of other actions; with the topic five at most */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_cloudwatch_alarm_props;

#define cfn_cloudwatch_alarm_add(stack, id, ...)                                                   \
    cfn_cloudwatch_alarm_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_cloudwatch_alarm cfn_cloudwatch_alarm_add_at(cfn_stack *stack, const char *id,
                                                         const cfn_cloudwatch_alarm_props *props,
                                                         const char *file, int line);

static inline cfn_str cfn_cloudwatch_alarm_arn(cfn_cloudwatch_alarm alarm)
{
    return alarm.handle.id ? cfn_att(alarm.handle.id, "Arn") : alarm.handle.value;
}

CFN_END_DECLS

#endif
