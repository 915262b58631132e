/* The filters of selection rules: conditions are joined by or, filters by and.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.Filters.html */
#include "base/text.h"
#include "dms/mappings.h"

#include <string.h>

static const struct {
    const char *name;
    cfn_dms_operator operator_;
    int values;
    bool alone; /* a negative operator is the only condition of its filter */
} operators[] = {
    {"eq", CFN_DMS_EQ, 1, false},
    {"noteq", CFN_DMS_NOTEQ, 1, true},
    {"gte", CFN_DMS_GTE, 1, false},
    {"lte", CFN_DMS_LTE, 1, false},
    {"ste", CFN_DMS_LTE, 1, false},
    {"between", CFN_DMS_BETWEEN, 2, false},
    {"notbetween", CFN_DMS_NOTBETWEEN, 2, true},
    {"null", CFN_DMS_NULL, 0, false},
    {"notnull", CFN_DMS_NOTNULL, 0, true},
};
enum { OPERATORS = sizeof operators / sizeof *operators };

/* The row of the table, or -1 after a report. */
static int find_operator(cfn_diagnostics *diagnostics, const cfn_node *condition)
{
    const char *name = cfn__dms_text(diagnostics, condition, "filter-operator", true, false);
    if (!name)
        return -1;
    cfn__nearest nearest = cfn__nearest_to(name);
    for (int i = 0; i < OPERATORS; i++) {
        if (strcmp(operators[i].name, name) == 0)
            return i;
        cfn__nearest_offer(&nearest, operators[i].name);
    }
    cfn__report(diagnostics, CFN4327, cfn_node_get(condition, "filter-operator"),
                "filter-operator \"%s\" is unknown", name);
    cfn__hint_nearest(diagnostics, nearest.best);
    return -1;
}

static void read_condition(cfn_diagnostics *diagnostics, const cfn_node *node, bool alone,
                           cfn_dms_condition *condition)
{
    static const char *const keys[] = {"filter-operator", "value", "start-value", "end-value",
                                       NULL};
    if (!cfn__is_map(node)) {
        cfn__report(diagnostics, CFN4327, node, "a filter condition must be a mapping");
        return;
    }
    cfn__dms_check_keys(diagnostics, node, keys);
    int i = find_operator(diagnostics, node);
    if (i < 0)
        return;
    condition->operator_ = operators[i].operator_;
    if (operators[i].values == 1)
        condition->value = cfn__dms_text(diagnostics, node, "value", true, true);
    if (operators[i].values == 2) {
        condition->value = cfn__dms_text(diagnostics, node, "start-value", true, true);
        condition->end = cfn__dms_text(diagnostics, node, "end-value", true, true);
    }
    if (operators[i].alone && !alone)
        cfn__report(diagnostics, CFN4327, node, "%s must be the only condition of its filter",
                    operators[i].name);
}

static void read_filter(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *node,
                        cfn_dms_filter *filter)
{
    static const char *const keys[] = {"filter-type", "column-name", "filter-conditions", NULL};
    if (!cfn__is_map(node)) {
        cfn__report(diagnostics, CFN4327, node, "a filter must be a mapping");
        return;
    }
    cfn__dms_check_keys(diagnostics, node, keys);
    const char *type = cfn__dms_text(diagnostics, node, "filter-type", true, false);
    if (type && strcmp(type, "source") != 0)
        cfn__report(diagnostics, CFN4327, cfn_node_get(node, "filter-type"),
                    "filter-type must be source");
    filter->column = cfn__dms_text(diagnostics, node, "column-name", true, false);
    const cfn_node *list = cfn_node_get(node, "filter-conditions");
    if (!cfn__is_list(list) || !list->size) {
        cfn__report(diagnostics, CFN4327, list ? list : node,
                    "\"filter-conditions\" must be a list of conditions");
        return;
    }
    cfn_dms_condition *conditions = CFN__NEW_ARRAY(arena, list->size, cfn_dms_condition);
    if (!conditions)
        return;
    filter->conditions = conditions;
    for (const cfn_node *n = list->first; n; n = n->next)
        read_condition(diagnostics, n, list->size == 1, &conditions[filter->condition_count++]);
}

void cfn__dms_read_filters(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *rule,
                           cfn__dms_selection *selection)
{
    const cfn_node *list = cfn_node_get(rule, "filters");
    if (!list || list->kind == CFN_KIND_NULL)
        return;
    if (!cfn__is_list(list)) {
        cfn__report(diagnostics, CFN4327, list, "\"filters\" must be a list");
        return;
    }
    cfn_dms_filter *filters = CFN__NEW_ARRAY(arena, list->size + 1, cfn_dms_filter);
    if (!filters)
        return;
    selection->filters = filters;
    for (const cfn_node *n = list->first; n; n = n->next)
        read_filter(arena, diagnostics, n, &filters[selection->filter_count++]);
    if (list->size && ((selection->table && !cfn__dms_is_exact(selection->table)) ||
                       (selection->schema && !cfn__dms_is_exact(selection->schema))))
        cfn__report(diagnostics, CFN4327, list, "filters need a table that is named exactly");
}
