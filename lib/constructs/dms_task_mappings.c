/* The table mappings of a DMS task: what a construct says of them, as the rules that DMS takes.
 * They are made of the values as they are written, so that what is wrong is told at its place. */
#include "base/text.h"
#include "constructs/dms.h"

#include <string.h>

/* ---- rules ---- */

typedef struct rule_maker {
    cfn_arena *arena;
    cfn_node *rules;
} rule_maker;

/* A member under its name of the API; `otherwise` when it is not given, NULL: left out. */
static void put(rule_maker *m, cfn_node *rule, const char *key, const cfn_node *item,
                const char *name, const char *otherwise)
{
    const cfn_node *value = cfn_node_get(item, name);
    if (value)
        cfn__put(rule, key, cfn__copy(m->arena, value));
    else if (otherwise)
        cfn__put(rule, key, cfn__string(&(cfn__maker){m->arena, item->place}, otherwise));
}

/* Values of rules are texts: 100 is "100". */
static void put_text(rule_maker *m, cfn_node *rule, const char *key, const cfn_node *item,
                     const char *name)
{
    put(m, rule, key, item, name, NULL);
    cfn_node *value = cfn__get(rule, key);
    if (value && value->text)
        value->kind = CFN_KIND_STRING;
}

/* The same for all that stands in a list. */
static void make_texts(cfn_node *list)
{
    for (cfn_node *n = list ? list->first : NULL; n; n = n->next) {
        if (n->text)
            n->kind = CFN_KIND_STRING;
        make_texts(n);
    }
}

/* {"rule-type", "rule-id", "rule-name"} of the next rule. */
static cfn_node *begin_rule(rule_maker *m, const cfn_node *item, const char *type, const char *kind)
{
    const cfn__maker make = {m->arena, item->place};
    cfn_node *rule = cfn__map(&make);
    size_t number = cfn_node_size(m->rules) + 1;
    cfn__put(rule, "rule-type", cfn__string(&make, type));
    cfn__put(rule, "rule-id", cfn__string(&make, cfn__format(m->arena, "%zu", number)));
    cfn__put(rule, "rule-name", cfn__string(&make, cfn__format(m->arena, "%s-%zu", kind, number)));
    cfn__append(m->rules, rule);
    return rule;
}

static cfn_node *put_locator(rule_maker *m, cfn_node *rule, const cfn_node *item, const char *table)
{
    cfn_node *locator = cfn__map(&(cfn__maker){m->arena, item->place});
    put(m, locator, "schema-name", item, "Schema", NULL);
    put(m, locator, "table-name", item, "Table", table);
    cfn__put(rule, "object-locator", locator);
    return locator;
}

static void put_filters(rule_maker *m, cfn_node *rule, const cfn_node *filters)
{
    cfn_node *list = cfn__list(&(cfn__maker){m->arena, filters->place});
    for (const cfn_node *f = filters->first; f; f = f->next) {
        const cfn__maker make = {m->arena, f->place};
        cfn_node *filter = cfn__map(&make), *conditions = cfn__list(&make);
        cfn__put(filter, "filter-type", cfn__string(&make, "source"));
        put(m, filter, "column-name", f, "Column", NULL);
        const cfn_node *given = cfn_node_get(f, "Conditions");
        for (const cfn_node *n = cfn_node_first(given); n; n = n->next) {
            cfn_node *condition = cfn__map(&(cfn__maker){m->arena, n->place});
            bool range = cfn_node_get(n, "End") != NULL;
            put(m, condition, "filter-operator", n, "Operator", NULL);
            put_text(m, condition, range ? "start-value" : "value", n, "Value");
            put_text(m, condition, "end-value", n, "End");
            cfn__append(conditions, condition);
        }
        cfn__put(filter, "filter-conditions", conditions);
        cfn__append(list, filter);
    }
    cfn__put(rule, "filters", list);
}

static void add_selection(rule_maker *m, const cfn_node *item, const char *action)
{
    cfn_node *rule = begin_rule(m, item, "selection", action);
    cfn_node *locator = put_locator(m, rule, item, "%");
    put(m, locator, "table-type", item, "TableType", NULL);
    cfn__put(rule, "rule-action", cfn__string(&(cfn__maker){m->arena, item->place}, action));
    put_text(m, rule, "load-order", item, "LoadOrder");
    if (cfn_node_get(item, "Filters"))
        put_filters(m, rule, cfn_node_get(item, "Filters"));
}

static void add_include(rule_maker *m, const cfn_node *item)
{
    add_selection(m, item, "include");
}

static void add_exclude(rule_maker *m, const cfn_node *item)
{
    add_selection(m, item, "exclude");
}

static void add_transformation(rule_maker *m, const cfn_node *item)
{
    const cfn_node *target = cfn_node_get(item, "Target");
    bool schema = cfn__text_is(target, "schema"), column = cfn__text_is(target, "column");
    cfn_node *rule = begin_rule(m, item, "transformation", "transformation");
    put(m, rule, "rule-target", item, "Target", NULL);
    cfn_node *locator = put_locator(m, rule, item, schema ? NULL : "%");
    put(m, locator, "column-name", item, "Column", column ? "%" : NULL);
    put(m, rule, "rule-action", item, "Action", NULL);
    put(m, rule, "value", item, "Value", NULL);
    put(m, rule, "old-value", item, "OldValue", NULL);
    put(m, rule, "data-type", item, "DataType", NULL);
}

static void add_table_setting(rule_maker *m, const cfn_node *item)
{
    const cfn__maker make = {m->arena, item->place};
    cfn_node *rule = begin_rule(m, item, "table-settings", "table-settings");
    put_locator(m, rule, item, NULL);
    if (cfn_node_get(item, "ParallelLoad")) {
        cfn_node *load = cfn__map(&make);
        put(m, load, "type", item, "ParallelLoad", NULL);
        put(m, load, "partitions", item, "Partitions", NULL);
        put(m, load, "columns", item, "Columns", NULL);
        put(m, load, "boundaries", item, "Boundaries", NULL);
        make_texts(cfn__get(load, "partitions"));
        make_texts(cfn__get(load, "boundaries"));
        cfn__put(rule, "parallel-load", load);
    }
    if (cfn_node_get(item, "LobMode") || cfn_node_get(item, "LobMaxSize")) {
        cfn_node *lobs = cfn__map(&make);
        put(m, lobs, "mode", item, "LobMode", "limited");
        put_text(m, lobs, "bulk-max-size", item, "LobMaxSize");
        cfn__put(rule, "lob-settings", lobs);
    }
}

cfn_node *cfn__dms_rules(const cfn__construct *c, const char *property)
{
    static const struct {
        const char *name;
        void (*add)(rule_maker *, const cfn_node *);
    } kinds[] = {
        {"Include", add_include},
        {"Exclude", add_exclude},
        {"Transformations", add_transformation},
        {"TableSettings", add_table_setting},
    };
    const cfn_node *given = cfn_node_get(cfn_node_get(c->declared, "Properties"), property);
    const cfn_node *raw = cfn_node_get(given, "Raw");
    const cfn__maker make = {c->make.arena, given ? given->place : c->make.place};
    rule_maker m = {make.arena, cfn__list(&make)};
    if (raw)
        return cfn__copy(make.arena, raw);
    for (size_t i = 0; i < CFN__COUNT(kinds); i++)
        for (const cfn_node *n = cfn_node_first(cfn_node_get(given, kinds[i].name)); n; n = n->next)
            kinds[i].add(&m, n);
    return cfn__single(&make, "rules", m.rules);
}

bool cfn__dms_has_transformations(const cfn_node *mappings)
{
    for (const cfn_node *n = cfn_node_first(cfn_node_get(mappings, "rules")); n; n = n->next)
        if (cfn__text_is(cfn_node_get(n, "rule-type"), "transformation"))
            return true;
    return false;
}

/* ---- tables ---- */

static const char *const operators[] = {"eq",         "noteq", "gte",     "lte", "between",
                                        "notbetween", "null",  "notnull", NULL};
static const char *const table_types[] = {"table", "view", "all", NULL};
static const char *const targets[] = {"schema", "table", "column", NULL};
static const char *const lob_modes[] = {"unlimited", "limited", "none", NULL};
static const char *const load_types[] = {"partitions-auto", "partitions-list", "ranges", "none",
                                         NULL};

#define SCHEMA_AND_TABLE(table_text)                                                               \
    {ROW(STR, "Schema", schema, "The schema; of MySQL, the database. % and _ are patterns."),      \
     .flags = CFN__REQUIRED},                                                                      \
    {                                                                                              \
        ROW(STR, "Table", table, "The table; % and _ are patterns."), .default_text = (table_text) \
    }

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_row_condition, kind, name, member), .doc = (text)
static const cfn__field condition_fields[] = {
    {ROW(STR, "Operator", operator_name, "How the column compares."), .flags = CFN__REQUIRED,
     .values = operators},
    {ROW(STR, "Value", value, "With what; not of null and notnull.")},
    {ROW(STR, "End", end, "The other end, of between and notbetween.")},
};
#undef ROW
static const cfn_record condition_record =
    CFN__RECORD("a condition", cfn_dms_row_condition, condition_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_row_filter, kind, name, member), .doc = (text)
static const cfn__field filter_fields[] = {
    {ROW(STR, "Column", column, "The column."), .flags = CFN__REQUIRED},
    {ROW(RECORD_LIST, "Conditions", conditions, "A row meets one of them."), .flags = CFN__REQUIRED,
     .base.record = &condition_record},
};
#undef ROW
static const cfn_record filter_record = CFN__RECORD("a filter", cfn_dms_row_filter, filter_fields);

#define ROW(kind, name, member, text) CFN__ROW(cfn_dms_selection, kind, name, member), .doc = (text)
static const cfn__field selection_fields[] = {
    SCHEMA_AND_TABLE("%"),
    {ROW(STR, "TableType", table_type, "Whether tables or views are meant."), .values = table_types,
     .default_text = "table"},
    {ROW(INT, "LoadOrder", load_order, "The higher it is, the earlier is the table loaded."),
     .flags = CFN__SYNTH_TIME, .min = 0, .max = 2147483647},
    {ROW(RECORD_LIST, "Filters", filters, "A row meets all of them; the table is named exactly."),
     .base.record = &filter_record},
};
#undef ROW
static const cfn_record selection_record =
    CFN__RECORD("an Include", cfn_dms_selection, selection_fields);

#define ROW(kind, name, member, text) CFN__ROW(cfn_dms_exclusion, kind, name, member), .doc = (text)
static const cfn__field exclusion_fields[] = {SCHEMA_AND_TABLE("%")};
#undef ROW
static const cfn_record exclusion_record =
    CFN__RECORD("an Exclude", cfn_dms_exclusion, exclusion_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_transformation, kind, name, member), .doc = (text)
static const cfn__field transformation_fields[] = {
    {ROW(STR, "Target", target, "What is changed."), .flags = CFN__REQUIRED | CFN__SYNTH_TIME,
     .values = targets},
    {ROW(STR, "Action", action,
         "How: rename, convert-lowercase, convert-uppercase, add-prefix, remove-prefix, "
         "replace-prefix, the same with suffix, remove-column, include-column, change-data-type."),
     .flags = CFN__REQUIRED | CFN__SYNTH_TIME},
    SCHEMA_AND_TABLE("%"),
    {ROW(STR, "Column", column, "The column, where Target is column."), .default_text = "%"},
    {ROW(STR, "Value", value, "The new name, the prefix or the suffix.")},
    {ROW(STR, "OldValue", old_value, "What replace-prefix and replace-suffix replace.")},
    {ROW(JSON, "DataType", data_type, "Of change-data-type: {type, length, scale}."),
     .flags = CFN__MAPPING},
};
#undef ROW
static const cfn_record transformation_record =
    CFN__RECORD("a transformation", cfn_dms_transformation, transformation_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_table_setting, kind, name, member), .doc = (text)
static const cfn__field setting_fields[] = {
    {ROW(STR, "Schema", schema, "The schema, named exactly."), .flags = CFN__REQUIRED},
    {ROW(STR, "Table", table, "The table, named exactly."), .flags = CFN__REQUIRED},
    {ROW(STR, "LobMode", lob_mode, "Whether its LOBs are cut (limited) or not (unlimited)."),
     .values = lob_modes, .default_text = "limited, with LobMaxSize"},
    {ROW(INT, "LobMaxSize", lob_max_size, "KB at which LOBs are cut, of limited."),
     .flags = CFN__SYNTH_TIME, .min = 1, .max = 2097151},
    {ROW(STR, "ParallelLoad", parallel_load, "How the table is loaded in parts."),
     .values = load_types},
    {ROW(STR_LIST, "Partitions", partitions, "Of partitions-list."), .flags = CFN__WRITTEN_OUT},
    {ROW(STR_LIST, "Columns", columns, "Of ranges: the columns that are compared."),
     .flags = CFN__WRITTEN_OUT},
    {ROW(JSON, "Boundaries", boundaries,
         "Of ranges: a list of lists, each with a value for each of the columns.")},
};
#undef ROW
static const cfn_record setting_record =
    CFN__RECORD("table settings", cfn_dms_table_setting, setting_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_task_mappings, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(RECORD_LIST, "Include", include, "The schemas and tables that are migrated."),
     .base.record = &selection_record},
    {ROW(RECORD_LIST, "Exclude", exclude, "Those among them that are not."),
     .base.record = &exclusion_record},
    {ROW(RECORD_LIST, "Transformations", transformations,
         "What is called otherwise at the target."),
     .base.record = &transformation_record},
    {ROW(RECORD_LIST, "TableSettings", table_settings, "How single tables are loaded."),
     .base.record = &setting_record},
    {ROW(JSON, "Raw", raw,
         "{rules: [...]} as the API takes it, instead of the others; checked too."),
     .flags = CFN__MAPPING},
};
#undef ROW
const cfn_record cfn__dms_task_mappings_record =
    CFN__RECORD("TableMappings", cfn_dms_task_mappings, fields);
