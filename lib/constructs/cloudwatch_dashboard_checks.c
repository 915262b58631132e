/* Mistakes with Cfngen::CloudWatch::Dashboard: widgets that show nothing, or what CloudWatch does
 * not know. The metrics themselves are looked at in every dashboard of the template. */
#include "constructs/cloudwatch_dashboard.h"

#include "base/text.h"
#include "constructs/migration_alarms.h"

#include <string.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_dashboard_widget *widget;
    const char *path; /* Widgets/0 */
    cfn_diagnostics *diagnostics;
} checker;

static const char *inside(const checker *k, const char *property)
{
    return cfn__format(k->c->make.arena, "%s/%s", k->path, property);
}

static void refuse_graph(const checker *k, cfn__shown shown, size_t index, const char *name)
{
    cfn__buffer all = {0};
    cfn__nearest nearest = cfn__nearest_to(name);
    const char *graph;
    for (size_t n = 0; (graph = cfn__dashboard_graph_name(shown, n)); n++) {
        cfn__buffer_format(&all, "%s%s", n ? ", " : "", graph);
        cfn__nearest_offer(&nearest, graph);
    }
    const char *known = cfn__buffer_take(&all, k->c->make.arena);
    cfn__report_property(k->x, k->c, cfn__format(k->c->make.arena, "%s/Show/%zu", k->path, index),
                         CFN2006, "this widget has no graph %s", name);
    if (nearest.best)
        cfn__hint_nearest(k->diagnostics, nearest.best);
    else
        cfn__hint(k->diagnostics, *known ? "there are %s" : "leave Show out%s", known);
}

static void check_show(const checker *k, cfn__shown shown)
{
    const cfn_str_list *show = &k->widget->show;
    for (size_t i = 0; i < show->count; i++) {
        const char *name = cfn__literal(show->items[i]), *graph = NULL;
        for (size_t n = 0; name && (graph = cfn__dashboard_graph_name(shown, n)); n++)
            if (strcmp(graph, name) == 0)
                break;
        if (name && !graph)
            refuse_graph(k, shown, i, name);
    }
}

static void check_task(const checker *k)
{
    const cfn_dashboard_widget *w = k->widget;
    const char *property = inside(k, "Replication");
    cfn__check_task_arn(k->x, k->c, property, w->replication);
    if (!w->replication.handle.id && !cfn__is_set(w->replication_instance_identifier))
        cfn__report_task_alone(k->x, k->c, property);
}

static void check_names(const checker *k)
{
    const cfn_dashboard_widget *w = k->widget;
    if (cfn__is_set(w->instance.handle.value))
        cfn__report_instance_arn(k->x, k->c, inside(k, "Instance"));
    if (cfn__is_instance_arn(k->x, w->replication_instance_identifier))
        cfn__report_instance_arn(k->x, k->c, inside(k, "ReplicationInstanceIdentifier"));
    cfn__check_function_name(k->x, k->c, inside(k, "Validator"), w->validator);
    cfn__check_function_name(k->x, k->c, inside(k, "Function"), w->function);
}

static void check_widget(const checker *k)
{
    cfn__shown shown = CFN__SHOWN;
    size_t count = cfn__dashboard_shown(k->widget, &shown);
    if (count != 1) {
        cfn__report_property(k->x, k->c, k->path, CFN2019,
                             count ? "a widget shows one thing, not %zu"
                                   : "a widget shows something, and this shows %zu things",
                             count);
        cfn__hint(k->diagnostics, "write an entry of Widgets for each Replication, Instance, "
                                  "Cluster, Validator, Function, Alarms, Text, Log or Metrics");
        return;
    }
    if (shown == CFN__SHOWS_TASK)
        check_task(k);
    check_names(k);
    check_show(k, shown);
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
static void check_start(cfn__expansion *x, const cfn__construct *c)
{
    const char *start = cfn__literal(((const cfn_cloudwatch_dashboard_props *)c->props)->start);
    if (!start || cfn__is_digit(*start) || (cfn__starts_with(start, "-P") && start[2]))
        return;
    cfn__report_property(x, c, "Start", CFN4443, "CloudWatch does not know the time %s", start);
    cfn__hint(cfn__expansion_diagnostics(x),
              "-PT12H is twelve hours ago, -P7D a week; or write a time as 2026-11-21T00:00:00Z");
}

void cfn__check_cloudwatch_dashboard(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_cloudwatch_dashboard_props *props = c->props;
    check_start(x, c);
    for (size_t i = 0; i < props->widgets.count; i++)
        check_widget(&(checker){x, c, &props->widgets.items[i],
                                cfn__format(c->make.arena, "Widgets/%zu", i),
                                cfn__expansion_diagnostics(x)});
}
