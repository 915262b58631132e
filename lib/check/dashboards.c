/* The body of a dashboard, which is a text: what CloudWatch refuses of it, and graphs that stay
 * empty.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
#include "base/text.h"
#include "check/metric.h"
#include "read/quiet.h"

#include <stdlib.h>

typedef struct board {
    cfn__check *check;
    const cfn_node *at;        /* the text, where all is told */
    const cfn_node *variables; /* of its Fn::Sub; NULL: none */
    bool substituted;          /* it is a Fn::Sub */
    size_t widget;             /* the one that is looked at, from 1 */
    const char *title;         /* its title; "" */
} board;

/* ---- telling ---- */

/* Without memory there are no words, and that is told at the end. */
static bool is_speechless(const board *b)
{
    return cfn_arena_failed(b->check->out.arena);
}

static void refuse(const board *b, const char *what, const char *hint)
{
    if (is_speechless(b))
        return;
    cfn__complain(&b->check->out, CFN4443, b->at, "%s", what);
    cfn__advise(&b->check->out, "%s", hint);
}

static const char *of_widget(const board *b, const char *what)
{
    bool titled = *b->title;
    return cfn__format(b->check->out.arena, "widget %zu%s%.60s%s: %s", b->widget,
                       titled ? " (" : "", b->title, titled ? ")" : "", what);
}

static void tell(const cfn__metric *m, cfn_diagnostic_id id, const cfn_node *at, const char *what,
                 const char *hint)
{
    const board *b = m->context;
    (void)id; /* an alarm that never has data is an error; a graph is just empty */
    (void)at;
    const char *told = of_widget(b, what);
    if (is_speechless(b))
        return;
    cfn__complain(&b->check->out, CFN4441, b->at, "%s", told);
    cfn__advise(&b->check->out, "%s", hint);
}

static void tell_region(const board *b)
{
    const char *told = of_widget(b, "this shows nothing, or another region's, without its region");
    if (is_speechless(b))
        return;
    cfn__complain(&b->check->out, CFN4442, b->at, "%s", told);
    cfn__advise(&b->check->out, "add \"region\": \"${AWS::Region}\", in a Fn::Sub");
}

/* ---- metrics ---- */

enum { MOST_ITEMS = 2 + 2 * 30 + 1 }; /* namespace, name, 30 dimensions, options */

/* A row of metrics, with what "." and "..." of the row above stand for. */
typedef struct row {
    const cfn_node *items[MOST_ITEMS];
    size_t count;
} row;

static void read_row(const cfn_node *list, row *r)
{
    const row above = *r;
    r->count = 0;
    for (const cfn_node *n = list->first; n && n->kind != CFN_KIND_MAP; n = n->next) {
        if (cfn__text_is(n, "...")) {
            for (; r->count < above.count && r->count < MOST_ITEMS; r->count++)
                r->items[r->count] = above.items[r->count];
            continue;
        }
        if (r->count == MOST_ITEMS)
            return;
        bool same = cfn__text_is(n, ".") && r->count < above.count;
        r->items[r->count] = same ? above.items[r->count] : n;
        r->count++;
    }
}

/* What a text stands for: a variable of the Fn::Sub, a Fn::Sub of its own, or itself. */
static cfn_node *value_of(const board *b, const cfn_node *item)
{
    cfn_arena *arena = b->check->out.arena;
    const cfn__maker make = {arena, b->at->place};
    const char *text = cfn_node_text(item);
    if (!b->substituted || !text || !strstr(text, "${"))
        return cfn__copy(arena, item);
    const char *name = cfn__starts_with(text, "${") && cfn__ends_with(text, "}")
                           ? cfn__strndup(arena, text + 2, strlen(text) - 3)
                           : "";
    const cfn_node *variable = cfn_node_get(b->variables, name);
    return variable ? cfn__copy(arena, variable)
                    : cfn__single(&make, "Fn::Sub", cfn__string(&make, text));
}

static void check_row(const board *b, const row *r)
{
    const cfn__maker make = {b->check->out.arena, b->at->place};
    const char *space = r->count ? cfn_node_text(r->items[0]) : NULL;
    const char *name = r->count > 1 ? cfn_node_text(r->items[1]) : NULL;
    cfn_node *dimensions = cfn__list(&make);
    for (size_t i = 2; i + 1 < r->count; i += 2) {
        cfn_node *dimension = cfn__single(&make, "Name", value_of(b, r->items[i]));
        cfn__append(dimensions, cfn__put(dimension, "Value", value_of(b, r->items[i + 1])));
    }
    if (space && name)
        cfn__check_metric(&(cfn__metric){.tpl = b->check->tpl,
                                         .arena = make.arena,
                                         .space = space,
                                         .name = name,
                                         .dimensions = dimensions,
                                         .tell = tell,
                                         .context = b});
}

static void check_metrics(const board *b, const cfn_node *metrics)
{
    row r = {.count = 0};
    for (const cfn_node *n = cfn__is_list(metrics) ? metrics->first : NULL; n; n = n->next) {
        if (!cfn__is_list(n) || !n->first || n->first->kind == CFN_KIND_MAP)
            continue; /* an expression */
        cfn__spend(b->check, n->size);
        read_row(n, &r);
        check_row(b, &r);
    }
}

/* ---- widgets ---- */

/* Numbers that are given and out of the grid. */
static void check_place(const board *b, const cfn_node *widget)
{
    static const struct {
        const char *name;
        long least, most;
    } numbers[] = {{"x", 0, 23}, {"width", 1, 24}, {"height", 1, 1000}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const cfn_node *number = cfn_node_get(widget, numbers[i].name);
        const char *text = number && number->kind == CFN_KIND_NUMBER ? number->text : NULL;
        long value = text ? strtol(text, NULL, 10) : numbers[i].least;
        if (value < numbers[i].least || value > numbers[i].most)
            refuse(
                b,
                of_widget(b, cfn__format(b->check->out.arena, "%s is from %ld to %ld, not %s",
                                         numbers[i].name, numbers[i].least, numbers[i].most, text)),
                "a dashboard has 24 columns");
    }
}

static bool is_type(const char *type)
{
    static const char *const types[] = {"metric", "text", "log", "alarm", "explorer", "custom"};
    bool found = false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        found |= strcmp(types[i], type) == 0;
    return found;
}

static void check_widget(board *b, const cfn_node *widget)
{
    const cfn_node *properties = cfn_node_get(widget, "properties");
    const char *type = cfn_node_text(cfn_node_get(widget, "type"));
    const char *title = cfn_node_text(cfn_node_get(properties, "title"));
    b->title = title ? title : "";
    cfn__spend(b->check, 1);
    if (!type || (!is_type(type) && !strstr(type, "${"))) {
        refuse(b,
               of_widget(b, cfn__format(b->check->out.arena, "there is no type %s of widgets",
                                        type ? type : "null")),
               "it is metric, text, log, alarm, explorer or custom");
        return;
    }
    check_place(b, widget);
    bool metric = strcmp(type, "metric") == 0;
    if ((metric || strcmp(type, "log") == 0) && properties && !cfn_node_get(properties, "region"))
        tell_region(b);
    if (metric)
        check_metrics(b, cfn_node_get(properties, "metrics"));
}

/* ---- the text ---- */

/* ${...} that stands for a number, outside of the strings of JSON, becomes one. */
static const char *with_numbers(const board *b, const char *text)
{
    cfn__buffer out = {0};
    bool quoted = false;
    for (const char *p = text; *p; p++) {
        const char *end = !quoted && cfn__starts_with(p, "${") ? strchr(p, '}') : NULL;
        if (end) {
            cfn__buffer_add_char(&out, '1');
            p = end;
            continue;
        }
        if (*p == '"')
            quoted = !quoted;
        cfn__buffer_add_char(&out, *p);
        if (quoted && *p == '\\' && p[1])
            cfn__buffer_add_char(&out, *++p);
    }
    return cfn__buffer_take(&out, b->check->out.arena);
}

static const cfn_node *read_literal(const board *b, const cfn_node *text)
{
    cfn_diagnostics *found = cfn_diagnostics_new();
    if (!found)
        return NULL;
    const cfn_node *root = cfn_read_text(b->check->out.arena, found, "DashboardBody", text->text,
                                         text->length, CFN_FORMAT_JSON);
    const cfn_diagnostic *d =
        !root && cfn_diagnostics_size(found) ? cfn_diagnostics_at(found, 0) : NULL;
    if (d)
        refuse(b,
               cfn__format(b->check->out.arena, "the body is no JSON: line %u of the text: %s",
                           d->mark.line, d->message),
               *d->hint ? d->hint : "a Cfngen::CloudWatch::Dashboard writes it");
    cfn_diagnostics_free(found);
    return root;
}

/* The document in a text, or in that of a Fn::Sub; NULL when there is none, or none that is known.
 */
static const cfn_node *read_body(board *b)
{
    const cfn_node *sub = cfn_node_get(b->at, "Fn::Sub");
    const cfn_node *text = cfn__is_list(sub) ? sub->first : sub ? sub : b->at;
    if (!cfn__is_string(text) || strstr(text->text, "{{resolve:"))
        return NULL;
    b->substituted = sub != NULL;
    b->variables = cfn__is_list(sub) ? cfn_node_at(sub, 1) : NULL;
    cfn__spend(b->check, text->length);
    if (!b->substituted)
        return read_literal(b, text);
    const char *known = with_numbers(b, text->text);
    return cfn__read_quietly(b->check->out.arena, known, strlen(known));
}

void cfn__check_dashboard(cfn__check *check)
{
    enum { MOST = 500 };
    board b = {.check = check, .at = cfn__get(check->resource->properties, "DashboardBody")};
    const cfn_node *root = b.at ? read_body(&b) : NULL;
    const cfn_node *widgets = cfn_node_get(root, "widgets");
    if (!root)
        return;
    if (!cfn__is_list(widgets)) {
        refuse(&b, "a body is a mapping with a list of widgets", "write {\"widgets\": [...]}");
        return;
    }
    if (widgets->size > MOST)
        refuse(&b, "a dashboard has 500 widgets at most", "make two dashboards of it");
    for (const cfn_node *n = widgets->first; n; n = n->next) {
        b.widget++;
        check_widget(&b, n);
    }
}
