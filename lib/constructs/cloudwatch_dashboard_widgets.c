/* The widgets of Cfngen::CloudWatch::Dashboard, as CloudWatch takes them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
#include "constructs/cloudwatch_dashboard.h"

#include "constructs/dms.h"
#include "constructs/migration_alarms.h"

#include <string.h>

typedef cfn_cloudwatch_dashboard_props props_type;

size_t cfn__dashboard_shown(const cfn_dashboard_widget *w, cfn__shown *shown)
{
    bool task = cfn__handle_is_set(&w->replication.handle);
    bool instance = cfn__handle_is_set(&w->instance.handle);
    bool named = cfn__is_set(w->replication_instance_identifier);
    const bool set[CFN__SHOWN] = {
        [CFN__SHOWS_TASK] = task,
        [CFN__SHOWS_INSTANCE] = instance || (named && !task),
        [CFN__SHOWS_CLUSTER] = cfn__handle_is_set(&w->cluster.handle),
        [CFN__SHOWS_VALIDATOR] = cfn__is_set(w->validator),
        [CFN__SHOWS_FUNCTION] = cfn__is_set(w->function),
        [CFN__SHOWS_ALARMS] = cfn__handle_is_set(&w->alarms.handle) || w->alarm_arns.count,
        [CFN__SHOWS_TEXT] = cfn__is_set(w->text),
        [CFN__SHOWS_LOG] = cfn__is_set(w->log),
        [CFN__SHOWS_METRICS] = w->metrics.count,
    };
    size_t count = 0;
    for (size_t i = CFN__SHOWN; i-- > 0;)
        if (set[i]) {
            *shown = (cfn__shown)i;
            count++;
        }
    return count;
}

/* ---- one entry ---- */

typedef struct entry {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn__maker *make;
    const cfn_dashboard_widget *widget;
    cfn__shown shown;
    cfn_node *widgets; /* where they go */
    cfn_node *instance, *task, *reverse, *cluster, *function;
    bool readers;
    const char *of; /* the id of what is shown; or NULL */
} entry;

/* The instance of the task when the task is one of this stack. */
static cfn_str instance_identifier(const entry *e)
{
    const cfn_dashboard_widget *w = e->widget;
    const cfn__construct *task = cfn__handle_construct(e->x, &w->replication.handle);
    if (cfn__is_set(w->replication_instance_identifier))
        return w->replication_instance_identifier;
    if (!task)
        return cfn_dms_replication_instance_identifier(w->instance);
    const cfn_dms_replication_task_props *props = task->props;
    return cfn_dms_replication_instance_identifier(props->replication_instance);
}

static void find_dimensions(entry *e)
{
    const cfn_dashboard_widget *w = e->widget;
    const cfn__construct *task = cfn__handle_construct(e->x, &w->replication.handle);
    e->instance = cfn__str_node(e->make, instance_identifier(e));
    e->task = cfn__dms_task_dimension(e->make, w->replication);
    if (task && cfn__dms_is_reversed(task->props))
        e->reverse = cfn__get_att_node(e->make, task->id, "ReverseResourceId");
    e->cluster = cfn__str_node(e->make, cfn_rds_aurora_cluster_identifier(w->cluster));
    e->readers = e->cluster && cfn__rds_aurora_cluster_has_readers(e->x, w->cluster);
    cfn_str function = e->shown == CFN__SHOWS_VALIDATOR ? w->validator : w->function;
    e->function = cfn__str_node(e->make, function);
    const cfn_handle *handles[] = {&w->replication.handle, &w->instance.handle, &w->cluster.handle};
    e->of = cfn_node_text(cfn_node_get(function.node, "Ref"));
    for (size_t i = 0; i < CFN__COUNT(handles) && !e->of; i++)
        e->of = handles[i]->id ? handles[i]->id
                               : cfn_node_text(cfn_node_get(handles[i]->value.node, "Ref"));
}

/* ---- making widgets ---- */

static cfn_node *add_widget(const entry *e, const char *type, int64_t width, int64_t height,
                            cfn_node *properties)
{
    const cfn_dashboard_widget *w = e->widget;
    cfn_node *made = cfn__single(e->make, "type", cfn__string(e->make, type));
    cfn__put(made, "width", cfn__integer(e->make, cfn__int_or(w->width, width).value));
    cfn__put(made, "height", cfn__integer(e->make, cfn__int_or(w->height, height).value));
    cfn__put(made, "properties", properties);
    cfn__append(e->widgets, made);
    return made;
}

static cfn_node *region(const entry *e)
{
    return cfn__ref_node(e->make, "AWS::Region");
}

static cfn_node *title_or(const entry *e, const char *otherwise)
{
    cfn_node *own = cfn__str_node(e->make, e->widget->title);
    return own || !otherwise ? own : cfn__string(e->make, otherwise);
}

/* "Aurora: CPU": what is shown, or the title of the entry, before the graph's own. */
static cfn_node *title_of(const entry *e, const char *graph_title)
{
    const cfn__maker *make = e->make;
    if (cfn__is_set(e->widget->title) && e->widget->show.count == 1)
        return title_or(e, NULL);
    if (!cfn__is_set(e->widget->title))
        return cfn__string(make, e->of ? cfn__format(make->arena, "%s: %s", e->of, graph_title)
                                       : graph_title);
    return cfn__concat(make, "", title_or(e, NULL), cfn__format(make->arena, ": %s", graph_title));
}

/* ["AWS/DMS", "CDCLatencySource", "ReplicationInstanceIdentifier", ...] without the options. */
static cfn_node *metric_of(const entry *e, const cfn__dashboard_line *l)
{
    const struct {
        unsigned flag;
        const char *name;
        const cfn_node *value;
    } dimensions[] = {
        {CFN__OF_INSTANCE, "ReplicationInstanceIdentifier", e->instance},
        {CFN__OF_TASK, "ReplicationTaskIdentifier", e->task},
        {CFN__OF_REVERSE, "ReplicationTaskIdentifier", e->reverse},
        {CFN__OF_CLUSTER | CFN__OF_WRITER | CFN__OF_READERS, "DBClusterIdentifier", e->cluster},
        {CFN__OF_FUNCTION, "FunctionName", e->function},
    };
    const cfn__maker *make = e->make;
    cfn_node *metric = cfn__pair(make, cfn__string(make, l->space), cfn__string(make, l->metric));
    for (size_t i = 0; i < CFN__COUNT(dimensions); i++) {
        if (!(l->dimensions & dimensions[i].flag))
            continue;
        cfn__append(metric, cfn__string(make, dimensions[i].name));
        cfn__append(metric, cfn__copy(make->arena, dimensions[i].value));
    }
    if (l->dimensions & (CFN__OF_WRITER | CFN__OF_READERS)) {
        cfn__append(metric, cfn__string(make, "Role"));
        cfn__append(metric,
                    cfn__string(make, l->dimensions & CFN__OF_WRITER ? "WRITER" : "READER"));
    }
    return metric;
}

static cfn_node *options(const entry *e, cfn_node *statistic, cfn_node *label, bool right)
{
    cfn_node *map = cfn__single(e->make, "stat", statistic);
    if (label)
        cfn__put(map, "label", label);
    if (right)
        cfn__put(map, "yAxis", cfn__string(e->make, "right"));
    return map;
}

/* The lines of a graph: "." stands for what the metric above has in the same place. */
typedef struct lines {
    cfn_node *list;
    const cfn_node *above;
} lines;

static void add_line(const entry *e, lines *to, const cfn_node *metric, cfn_node *options)
{
    const cfn__maker *make = e->make;
    cfn_node *row = cfn__list(make);
    const cfn_node *above = cfn_node_first(to->above);
    for (const cfn_node *n = cfn_node_first(metric); n; n = n->next) {
        bool same = above && cfn_node_equal(above, n);
        cfn__append(row, same ? cfn__string(make, ".") : cfn__copy(make->arena, n));
        above = above ? above->next : NULL;
    }
    cfn__append(to->list, cfn__append(row, options));
    to->above = metric;
}

/* ---- thresholds ---- */

/* A number, or a function that gives one: CloudWatch takes no string for it. */
static cfn_node *number_node(const cfn__maker *make, cfn_node *value)
{
    return value && value->kind == CFN_KIND_MAP ? cfn__json_bare(make, value) : value;
}

static void add_annotation(const entry *e, cfn_node *list, const char *label, cfn_num value)
{
    cfn_node *number = number_node(e->make, cfn__num_node(e->make, value));
    if (number)
        cfn__append(list, cfn__put(cfn__single(e->make, "label", cfn__string(e->make, label)),
                                   "value", number));
}

/* Two alarms with one threshold are one line. */
static cfn_node *annotations(const entry *e, const cfn__dashboard_graph *g)
{
    const props_type *props = e->c->props;
    cfn__construct *alarms = cfn__handle_construct(e->x, &props->thresholds.handle);
    cfn_node *list = cfn__list(e->make);
    add_annotation(e, list, "threshold", e->widget->threshold);
    for (size_t i = 0; g && alarms && i < CFN__COUNT(g->alarms) && g->alarms[i]; i++) {
        cfn_node *one = cfn__list(e->make);
        add_annotation(e, one, "alarm", cfn__migration_threshold(e->x, alarms, g->alarms[i]));
        if (one && one->first && !(list->last && cfn_node_equal(list->last, one->first)))
            cfn__append(list, cfn__copy(e->make->arena, one->first));
    }
    return cfn_node_size(list) ? cfn__single(e->make, "horizontal", list) : NULL;
}

/* ---- widgets with graphs ---- */

static void add_graph_widget(const entry *e, cfn_node *metrics, cfn_node *title,
                             const cfn__dashboard_graph *g)
{
    enum { WIDTH = 8, HEIGHT = 6, PERIOD = 300, PER_CENT = 100 };
    const cfn__maker *make = e->make;
    const props_type *props = e->c->props;
    const cfn_int *own = &e->widget->period;
    cfn_node *left = cfn__single(make, "min", cfn__integer(make, 0)), *lines_across;
    cfn_int period = cfn__is_set(own->expression) ? *own : cfn__int_or(props->period, PERIOD);
    cfn_node *properties = cfn__single(make, "metrics", metrics);
    cfn__put(properties, "region", region(e));
    if (title)
        cfn__put(properties, "title", title);
    cfn__put(properties, "period", number_node(make, cfn__int_node(make, period)));
    if (g && g->percent)
        cfn__put(left, "max", cfn__integer(make, PER_CENT));
    if (g)
        cfn__put(properties, "yAxis", cfn__single(make, "left", left));
    if ((lines_across = annotations(e, g)))
        cfn__put(properties, "annotations", lines_across);
    add_widget(e, "metric", WIDTH, HEIGHT, properties);
}

static void add_graph(const entry *e, const cfn__dashboard_graph *g)
{
    lines to = {cfn__list(e->make), NULL};
    for (const cfn__dashboard_line *l = g->lines; l < g->lines + CFN__DASHBOARD_LINES && l->metric;
         l++)
        if (!(l->dimensions & CFN__OF_READERS) || e->readers)
            add_line(e, &to, metric_of(e, l),
                     options(e, cfn__string(e->make, l->statistic), cfn__string(e->make, l->label),
                             l->right));
    add_graph_widget(e, to.list, title_of(e, g->title), g);
}

/* All that there are, or those that the entry names. */
static bool is_wanted(const entry *e, const cfn__dashboard_graph *g)
{
    const cfn_str_list *show = &e->widget->show;
    bool named = show->count == 0;
    for (size_t i = 0; i < show->count; i++) {
        const char *name = cfn__literal(show->items[i]);
        named |= name && strcmp(name, g->name) == 0;
    }
    return named && g->shown == e->shown && !(g->needs & CFN__OF_READERS && !e->readers) &&
           !(g->needs & CFN__OF_REVERSE && !e->reverse);
}

static void add_graphs(entry *e)
{
    find_dimensions(e);
    const cfn__dashboard_graph *g;
    for (size_t i = 0; (g = cfn__dashboard_graph_at(i)); i++)
        if (is_wanted(e, g))
            add_graph(e, g);
}

/* A graph of one's own. */
static void add_metrics(const entry *e)
{
    const cfn__maker *make = e->make;
    lines to = {cfn__list(make), NULL};
    for (size_t i = 0; i < e->widget->metrics.count; i++) {
        const cfn_dashboard_metric *m = &e->widget->metrics.items[i];
        cfn_node *metric = cfn__pair(make, cfn__str_node(make, m->metric_namespace),
                                     cfn__str_node(make, m->metric_name));
        for (const cfn_node *n = cfn_node_first(m->dimensions.expression.node); n; n = n->next) {
            cfn_node *value = cfn__copy(make->arena, n);
            if (value && value->text)
                value->kind = CFN_KIND_STRING; /* a dimension is text: 42 is "42" */
            cfn__append(cfn__append(metric, cfn__string(make, n->key)), value);
        }
        add_line(e, &to, metric,
                 options(e, cfn__str_node(make, cfn__str_or(m->statistic, "Average")),
                         cfn__str_node(make, m->label), m->right_axis.value));
    }
    add_graph_widget(e, to.list, title_or(e, NULL), NULL);
}

/* ---- the others ---- */

static void add_alarms(const entry *e)
{
    enum { HEIGHT = 3 };
    const cfn_dashboard_widget *w = e->widget;
    const cfn__construct *alarms = cfn__handle_construct(e->x, &w->alarms.handle);
    cfn_node *arns = alarms ? cfn__migration_alarm_arns(e->x, alarms) : cfn__list(e->make);
    if (!alarms && cfn__is_set(w->alarms.handle.value))
        cfn__append(arns, cfn__str_node(e->make, w->alarms.handle.value));
    for (size_t i = 0; i < w->alarm_arns.count; i++)
        cfn__append(arns, cfn__str_node(e->make, w->alarm_arns.items[i]));
    cfn_node *properties = cfn__single(e->make, "title", title_or(e, "Alarms"));
    add_widget(e, "alarm", CFN__DASHBOARD_COLUMNS, HEIGHT, cfn__put(properties, "alarms", arns));
}

static void add_text(const entry *e)
{
    enum { HEIGHT = 3 };
    add_widget(e, "text", CFN__DASHBOARD_COLUMNS, HEIGHT,
               cfn__single(e->make, "markdown", cfn__str_node(e->make, e->widget->text)));
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Source.html */
static void add_log(const entry *e)
{
    enum { HEIGHT = 6 };
    const cfn__maker *make = e->make;
    const char *query = cfn__literal(e->widget->query);
    cfn_node *whole = cfn__concat(
        make, "SOURCE '", cfn__str_node(make, e->widget->log),
        cfn__format(make->arena, "' | %s",
                    query ? query
                          : "fields @timestamp, @message | sort @timestamp desc | limit 100"));
    cfn_node *properties = cfn__single(make, "query", whole);
    cfn__put(properties, "region", region(e));
    cfn__put(properties, "title", title_or(e, "Log"));
    cfn__put(properties, "view", cfn__string(make, "table"));
    add_widget(e, "log", CFN__DASHBOARD_COLUMNS, HEIGHT, properties);
}

void cfn__dashboard_add(cfn__expansion *x, const cfn__construct *c,
                        const cfn_dashboard_widget *widget, cfn_node *widgets)
{
    entry e = {.x = x, .c = c, .make = &c->make, .widget = widget, .widgets = widgets};
    if (cfn__dashboard_shown(widget, &e.shown) != 1)
        return; /* told by the checks */
    switch (e.shown) {
    case CFN__SHOWS_ALARMS:
        add_alarms(&e);
        break;
    case CFN__SHOWS_TEXT:
        add_text(&e);
        break;
    case CFN__SHOWS_LOG:
        add_log(&e);
        break;
    case CFN__SHOWS_METRICS:
        add_metrics(&e);
        break;
    default:
        add_graphs(&e);
    }
}
