/* Cfngen::CloudWatch::Dashboard: graphs of what a stack has, each with all dimensions of its
 * metrics.
 *
 * Makes {Id} (AWS::CloudWatch::Dashboard). A widget names what it shows; that makes these graphs,
 * or those that `show` names:
 *   replication   of a task: Latency (seconds), Throughput (of the full load), Changes, Validation;
 *                 and ReverseLatency when the task has a way back
 *   instance      of a replication instance: Cpu, Memory, Storage
 *   cluster       Cpu, Connections, Memory, ReplicaLag (milliseconds, when there are readers),
 *                 Volume, Latency
 *   validator     Mismatches, Errors
 *   function      Invocations, Duration
 *   alarms, alarm_arns   the state of alarms
 *   text          Markdown
 *   log           a query of CloudWatch Logs Insights over a log group
 *   metrics       a graph of one's own
 * Graphs stand from left to right on the 24 columns of a dashboard, in the order of the widgets; a
 * widget that no longer fits begins a new row. The thresholds of a Cfngen::Migration::Alarms are
 * drawn where it has an alarm on what a graph shows. All metrics are of the stack's region.
 *
 * CloudWatch takes metrics without their dimensions, and draws nothing. It knows a task by the id
 * at the end of its ARN, together with the identifier of its instance.
 *
 * Ref is the name of the dashboard.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
#ifndef CFNGEN_CLOUDWATCH_DASHBOARD_H
#define CFNGEN_CLOUDWATCH_DASHBOARD_H

#include <cfngen/migration_alarms.h>

CFN_BEGIN_DECLS

CFN_HANDLE(cfn_cloudwatch_dashboard);

/* A line of a graph. Defaults: statistic Average, label the metric's name. */
typedef struct cfn_dashboard_metric {
    cfn_str metric_namespace; /* required: AWS/RDS; the property Namespace */
    cfn_str metric_name;      /* required */
    cfn_json dimensions;      /* a mapping of their names to values: all that the metric has */
    cfn_str statistic, label;
    cfn_bool right_axis; /* decided at synth */
} cfn_dashboard_metric;
typedef CFN_LIST_OF(cfn_dashboard_metric) cfn_dashboard_metric_list;

/* What is shown: one of the members up to metrics. Defaults: the title begins with the id of what
 * is shown; graphs are 8 columns wide and 6 rows high, the others 24 wide and text and alarms 3
 * high; query: the newest 100 events. */
typedef struct cfn_dashboard_widget {
    cfn_dms_replication_task replication;  /* or _existing by its ARN, with the identifier below */
    cfn_dms_replication_instance instance; /* of this stack */
    cfn_str replication_instance_identifier; /* the name of one that exists */
    cfn_rds_aurora_cluster cluster;          /* or _existing by its identifier */
    cfn_str validator, function;             /* names of functions */
    cfn_migration_alarms alarms;
    cfn_str_list alarm_arns;
    cfn_str text;
    cfn_str log; /* the name of a log group */
    cfn_dashboard_metric_list metrics;
    cfn_str_list show; /* some of the graphs; each must be written out */
    cfn_str query;     /* of log */
    cfn_str title;
    cfn_num threshold;     /* a line across the graphs, on the left axis */
    cfn_int period;        /* seconds, in the place of the dashboard's */
    cfn_int width, height; /* 1 to 24 columns, 1 to 1000 rows; decided at synth */
} cfn_dashboard_widget;
typedef CFN_LIST_OF(cfn_dashboard_widget) cfn_dashboard_widget_list;

#ifndef __cplusplus
/* .widgets = CFN_DASHBOARD_WIDGETS({.cluster = ...}, {.text = cfn_s("# Migration")}) */
#define CFN_DASHBOARD_WIDGETS(...) CFN_ITEMS(cfn_dashboard_widget, __VA_ARGS__)
#define CFN_DASHBOARD_METRICS(...) CFN_ITEMS(cfn_dashboard_metric, __VA_ARGS__)
#endif

/* Defaults: name {id}-{environment}-{suffix}, period 300. */
typedef struct cfn_cloudwatch_dashboard_props {
    cfn_str name;
    cfn_dashboard_widget_list widgets; /* required: 500 graphs at most */
    cfn_migration_alarms thresholds;   /* whose thresholds are drawn */
    cfn_int period;                    /* seconds between two points */
    cfn_str start;                     /* -PT12H, or a time as 2026-11-21T00:00:00Z */
    cfn_attributes attributes;
} cfn_cloudwatch_dashboard_props;

#define cfn_cloudwatch_dashboard_add(stack, id, ...)                                               \
    cfn_cloudwatch_dashboard_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_cloudwatch_dashboard cfn_cloudwatch_dashboard_add_at(
    cfn_stack *stack, const char *id, const cfn_cloudwatch_dashboard_props *props, const char *file,
    int line);

CFN_END_DECLS

#endif
