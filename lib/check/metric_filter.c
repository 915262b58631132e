/* Metric filters that CloudWatch Logs refuses, or that never count anything.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
#include "base/text.h"
#include "check/check.h"
#include "check/filter_pattern.h"

typedef struct filter {
    cfn__checker *out;
    const cfn_node *pattern;
    cfn__filter_kind kind;
    bool is_known; /* the pattern, and that it is good */
} filter;

/* ---- the pattern ---- */

static void check_pattern(filter *f)
{
    enum { SHOWN = 30 };
    if (!cfn__is_string(f->pattern) || strstr(f->pattern->text, "{{resolve:"))
        return;
    cfn__filter_pattern read = cfn__filter_pattern_read(f->pattern->text);
    f->kind = read.kind;
    f->is_known = !read.fault;
    if (read.fault) {
        const char *rest = f->pattern->text + read.at;
        cfn__complain(f->out, CFN4841, f->pattern, *rest ? "%s: \"%.*s\"" : "%s", read.fault, SHOWN,
                      rest);
        cfn__advise(f->out, "%s", read.hint);
    } else if (read.optional_ignored) {
        cfn__complain(f->out, CFN4844, f->pattern,
                      "terms with ? are not looked at beside terms without");
        cfn__advise(f->out, "make two filters of it");
    }
}

/* ---- fields of the event, as values ---- */

static const char *literal(const cfn_node *node)
{
    return cfn__is_string(node) ? node->text : NULL;
}

static void check_field(const filter *f, const cfn_node *value)
{
    const char *text = literal(value), *fault = NULL;
    if (!text || *text != '$' || !f->is_known)
        return;
    if (f->kind == CFN__FILTER_TERMS || f->kind == CFN__FILTER_ALL)
        fault = "a pattern of terms has no fields";
    else if (f->kind == CFN__FILTER_JSON && text[1] != '.' && text[1] != '[')
        fault = "a field of JSON is $.field";
    else if (f->kind == CFN__FILTER_COLUMNS &&
             !cfn__filter_pattern_has_column(f->pattern->text, text + 1))
        fault = "the pattern names no such column";
    if (!fault)
        return;
    cfn__complain(f->out, CFN4843, value, "%s: %s", text, fault);
    cfn__advise(f->out, "fields are of patterns as [time, level, took] ($took) and { $.level = "
                        "\"error\" } ($.took)");
}

static void check_dimensions(const filter *f, const cfn_node *dimensions)
{
    bool of_terms = f->kind == CFN__FILTER_TERMS || f->kind == CFN__FILTER_ALL;
    if (f->is_known && of_terms && cfn_node_size(dimensions)) {
        cfn__complain(f->out, CFN4843, dimensions, "a pattern of terms has no dimensions");
        cfn__advise(f->out, "take them out, and tell metrics apart by their names; or pick events "
                            "by columns or by JSON");
        return;
    }
    for (const cfn_node *n = cfn_node_first(dimensions); n; n = n->next) {
        const cfn_node *value = cfn_node_get(n, "Value");
        const char *text = literal(value);
        if (text && *text != '$') {
            cfn__complain(f->out, CFN4842, value, "a dimension is a field of the event, not \"%s\"",
                          text);
            cfn__advise(f->out, "write $.field, or $column");
        }
        check_field(f, value);
    }
}

/* ---- the metric ---- */

static void check_metric(const filter *f, const cfn_node *metric)
{
    const cfn_node *space = cfn__get(metric, "MetricNamespace");
    const cfn_node *otherwise = cfn__get(metric, "DefaultValue");
    const cfn_node *dimensions = cfn__get(metric, "Dimensions");
    const char *name = literal(space);
    if (name && cfn__starts_with(name, "AWS/")) {
        cfn__complain(f->out, CFN4842, space, "namespaces that begin with AWS/ are AWS's own");
        cfn__advise(f->out, "take one of yours, as Migration/Logs");
    }
    if (otherwise && cfn_node_size(dimensions)) {
        cfn__complain(
            f->out, CFN4842, otherwise,
            "a metric with dimensions has no DefaultValue: of which of them would it be?");
        cfn__advise(f->out, "take one of the two out");
    }
    if (cfn__is_list(dimensions))
        check_dimensions(f, dimensions);
    check_field(f, cfn__get(metric, "MetricValue"));
}

static void check_group(const filter *f, const cfn_node *group)
{
    const cfn_node *sub = cfn_node_get(group, "Fn::Sub");
    const char *name = cfn_node_text(cfn__is_list(sub) ? sub->first : sub ? sub : group);
    if (!name || !cfn__starts_with(name, "/aws/dms/"))
        return;
    cfn__complain(f->out, CFN4410, group, "DMS never writes to %s", name);
    cfn__advise(f->out, "its group is dms-tasks- and the identifier of the replication instance");
}

void cfn__check_metric_filter(cfn__check *check)
{
    const cfn_node *properties = check->resource->properties;
    const cfn_node *metrics = cfn__get(properties, "MetricTransformations");
    filter f = {.out = &check->out, .pattern = cfn__get(properties, "FilterPattern")};
    check_pattern(&f);
    check_group(&f, cfn__get(properties, "LogGroupName"));
    if (cfn__is_list(metrics))
        for (const cfn_node *n = metrics->first; n; n = n->next)
            check_metric(&f, n);
}
