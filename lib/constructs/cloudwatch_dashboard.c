/* Cfngen::CloudWatch::Dashboard: its properties, where its widgets stand, and its body. */
#include "constructs/cloudwatch_dashboard.h"

#include "base/text.h"

#include <cfngen/aws/cloudwatch.h>

#include <stdlib.h>

typedef cfn_cloudwatch_dashboard_props props_type;

/* ---- layout ---- */

static int64_t number_at(const cfn_node *widget, const char *key)
{
    const char *text = cfn_node_text(cfn_node_get(widget, key));
    return text ? strtoll(text, NULL, 10) : 0;
}

/* From left to right; what no longer fits begins a row below the highest of this one. */
static void lay_out(const cfn__maker *make, cfn_node *widgets)
{
    int64_t x = 0, y = 0, highest = 0;
    for (cfn_node *n = widgets ? widgets->first : NULL; n; n = n->next) {
        int64_t width = number_at(n, "width"), height = number_at(n, "height");
        if (x + width > CFN__DASHBOARD_COLUMNS) {
            x = 0;
            y += highest;
            highest = 0;
        }
        cfn_node *type = cfn__get(n, "type");
        cfn__put_after(n, type, "x", cfn__integer(make, x));
        cfn__put_after(n, cfn__get(n, "x"), "y", cfn__integer(make, y));
        x += width;
        highest = height > highest ? height : highest;
    }
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a dashboard name", 255, "_", false, false};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    cfn_node *widgets = cfn__list(make), *body = cfn__map(make);
    cfn__check_cloudwatch_dashboard(x, c);
    for (size_t i = 0; i < props->widgets.count; i++)
        cfn__dashboard_add(x, c, &props->widgets.items[i], widgets);
    if (cfn_node_size(widgets) > CFN__DASHBOARD_MOST)
        cfn__report_property(x, c, "Widgets", CFN4443, "a dashboard has %d graphs at most, not %zu",
                             CFN__DASHBOARD_MOST, cfn_node_size(widgets));
    lay_out(make, widgets);
    if (cfn__is_set(props->start))
        cfn__put(body, "start", cfn__str_node(make, props->start));
    cfn__put(body, "widgets", widgets);
    CFN__RESOURCE(aws_cloudwatch_Dashboard, x, c, "",
                  &(aws_cloudwatch_Dashboard_props){
                      .DashboardBody = cfn_of_node(cfn__json_text_node(make, body)),
                      .DashboardName = cfn_of_node(name),
                  });
}

/* ---- tables ---- */

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dashboard_metric, kind, name, member), .doc = (text)
static const cfn__field metric_fields[] = {
    {ROW(STR, "Namespace", metric_namespace, "The namespace of the metric, as AWS/RDS."),
     .flags = CFN__REQUIRED},
    {ROW(STR, "MetricName", metric_name, "The metric."), .also = "Metric", .flags = CFN__REQUIRED},
    {ROW(JSON, "Dimensions", dimensions,
         "The dimensions of the metric, as Name: value. All of them: CloudWatch knows a metric by "
         "its whole set."),
     .flags = CFN__MAPPING},
    {ROW(STR, "Statistic", statistic, "What is drawn for each period."), .also = "Stat",
     .default_text = "Average"},
    {ROW(STR, "Label", label, "What the line is called."), .default_text = "the metric's name"},
    {ROW(BOOL, "RightAxis", right_axis, "Whether its axis is the one on the right."),
     .flags = CFN__SYNTH_TIME, .default_text = "false"},
};
#undef ROW
static const cfn_record metric_record =
    CFN__RECORD("a metric", cfn_dashboard_metric, metric_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dashboard_widget, kind, name, member), .doc = (text)
static const cfn__field widget_fields[] = {
    {ROW(HANDLE, "Replication", replication,
         "A task: Latency, Throughput, Changes, Validation, and ReverseLatency of the way back."),
     .also = "Task ReplicationTask", .construct = "Cfngen::DMS::ReplicationTask"},
    {ROW(HANDLE, "Instance", instance, "Or a replication instance: Cpu, Memory, Storage."),
     .also = "ReplicationInstance", .construct = "Cfngen::DMS::ReplicationInstance"},
    {ROW(STR, "ReplicationInstanceIdentifier", replication_instance_identifier,
         "The name of an instance that is not a construct of this stack: it is shown, or a task's "
         "metrics are found with it.")},
    {ROW(HANDLE, "Cluster", cluster,
         "Or a cluster: Cpu, Connections, Memory, ReplicaLag, Volume, Latency."),
     .also = "AuroraCluster", .construct = "Cfngen::RDS::AuroraCluster"},
    {ROW(STR, "Validator", validator,
         "Or the name of a validator function (!Ref of it): Mismatches, Errors.")},
    {ROW(STR, "Function", function, "Or that of any function: Invocations, Duration."),
     .also = "FunctionName"},
    {ROW(HANDLE, "Alarms", alarms, "Or the state of all alarms of a migration."),
     .construct = "Cfngen::Migration::Alarms"},
    {ROW(STR_LIST, "AlarmArns", alarm_arns, "The state of these alarms, too."), .max = 100,
     .flags = CFN__WRITTEN_OUT},
    {ROW(STR, "Text", text, "Or a text in Markdown."), .also = "Markdown"},
    {ROW(STR, "Log", log, "Or a log group that a query is made of."), .also = "LogGroup"},
    {ROW(RECORD_LIST, "Metrics", metrics, "Or a graph of one's own: its lines."), .also = "Metric",
     .max = 100, .base.record = &metric_record},
    {ROW(STR_LIST, "Show", show, "Some of the graphs, by the names above."),
     .flags = CFN__SYNTH_TIME | CFN__WRITTEN_OUT, .default_text = "all"},
    {ROW(STR, "Query", query, "The query of Log, in the language of CloudWatch Logs Insights."),
     .flags = CFN__SYNTH_TIME, .default_text = "the newest 100 events"},
    {ROW(STR, "Title", title, "What is written above; before the name of each graph."),
     .default_text = "the id of what is shown"},
    {ROW(NUM, "Threshold", threshold, "A line across the graphs, on the left axis.")},
    {ROW(INT, "Period", period, "Seconds between two points."), .default_text = "the dashboard's"},
    {ROW(INT, "Width", width, "How many of the 24 columns it takes."), .flags = CFN__SYNTH_TIME,
     .min = 1, .max = CFN__DASHBOARD_COLUMNS, .default_text = "8 for graphs, else 24"},
    {ROW(INT, "Height", height, "How many rows."), .flags = CFN__SYNTH_TIME, .min = 1, .max = 1000,
     .default_text = "6; 3 for texts and alarms"},
};
#undef ROW
static const cfn_record widget_record =
    CFN__RECORD("a widget", cfn_dashboard_widget, widget_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_cloudwatch_dashboard_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name, "The name of the dashboard."), .also = "DashboardName",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(RECORD_LIST, "Widgets", widgets, "What is shown, from left to right and downwards."),
     .also = "DashboardBody", .flags = CFN__REQUIRED, .min = 1, .max = CFN__DASHBOARD_MOST,
     .base.record = &widget_record},
    {ROW(HANDLE, "Thresholds", thresholds, "The alarms whose thresholds are drawn."),
     .also = "Alarms", .construct = "Cfngen::Migration::Alarms"},
    {ROW(INT, "Period", period, "Seconds between two points."), .default_text = "300"},
    {ROW(STR, "Start", start,
         "Since when: -PT12H for twelve hours, -P7D for a week, or a time as "
         "2026-11-21T00:00:00Z.")},
    CFN__ATTRIBUTES_ROW(cfn_cloudwatch_dashboard_props),
};
#undef ROW

static const cfn__role_facts roles[] = {{"", "AWS::CloudWatch::Dashboard", "the dashboard"}};

const cfn__construct_type cfn__cloudwatch_dashboard_type = {
    .name = "Cfngen::CloudWatch::Dashboard",
    .doc =
        "Graphs of a task, its instance, a cluster, functions, alarms, logs and any metric. Each "
        "metric has all the dimensions and the region without which CloudWatch draws nothing, "
        "and the thresholds of the alarms are drawn across.",
    .ref_doc = "the name of the dashboard",
    .props = CFN__RECORD("Cfngen::CloudWatch::Dashboard", cfn_cloudwatch_dashboard_props, fields),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_cloudwatch_dashboard
cfn_cloudwatch_dashboard_add_at(cfn_stack *stack, const char *id,
                                const cfn_cloudwatch_dashboard_props *props, const char *file,
                                int line)
{
    return cfn_cloudwatch_dashboard_named(
        cfn__construct_add(stack, &cfn__cloudwatch_dashboard_type, id, props, file, line));
}
