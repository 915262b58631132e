/* Reads the table mappings of a DMS task, and reports all that DMS would refuse or misunderstand.
 */
#include "base/index.h"
#include "base/text.h"
#include "dms/mappings.h"

#include <string.h>

typedef struct reader {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    cfn__index ids, names;
    cfn_dms_mappings *mappings;
    bool includes;
} reader;

void cfn__dms_check_keys(cfn_diagnostics *diagnostics, const cfn_node *map,
                         const char *const *known)
{
    for (const cfn_node *n = cfn_node_first(map); n; n = n->next) {
        const char *const *k = known;
        cfn__nearest nearest = cfn__nearest_to(n->key);
        for (; *k && strcmp(*k, n->key) != 0; k++)
            cfn__nearest_offer(&nearest, *k);
        if (*k)
            continue;
        cfn__report_key(diagnostics, CFN4327, n, "\"%s\" is unknown here", n->key);
        cfn__hint_nearest(diagnostics, nearest.best);
    }
}

const char *cfn__dms_text(cfn_diagnostics *diagnostics, const cfn_node *map, const char *key,
                          bool required, bool or_number)
{
    const cfn_node *n = cfn_node_get(map, key);
    if (!n && required)
        cfn__report(diagnostics, CFN4327, map, "\"%s\" is missing", key);
    if (!n || n->kind == CFN_KIND_NULL)
        return NULL;
    if (n->kind == CFN_KIND_STRING || (or_number && n->kind == CFN_KIND_NUMBER))
        return n->text;
    cfn__report(diagnostics, CFN4327, n, "\"%s\" must be %s, not %s", key,
                or_number ? "a text or a number" : "a text", cfn__kind_name(n->kind));
    return NULL;
}

int cfn__dms_one_of(cfn_diagnostics *diagnostics, const cfn_node *map, const char *key,
                    const char *const *words)
{
    const char *text = cfn__dms_text(diagnostics, map, key, true, false);
    if (!text)
        return -1;
    cfn__nearest nearest = cfn__nearest_to(text);
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], text) == 0)
            return i;
        cfn__nearest_offer(&nearest, words[i]);
    }
    cfn__report(diagnostics, CFN4327, cfn_node_get(map, key), "%s \"%s\" is unknown", key, text);
    cfn__hint_nearest(diagnostics, nearest.best);
    return -1;
}

static int one_of(reader *r, const cfn_node *map, const char *key, const char *const *words)
{
    return cfn__dms_one_of(r->diagnostics, map, key, words);
}

static void check_unique(reader *r, cfn__index *index, const cfn_node *rule, const char *key)
{
    const char *text = cfn__dms_text(r->diagnostics, rule, key, true, true);
    if (!text)
        return;
    if (!*text)
        cfn__report(r->diagnostics, CFN4327, cfn_node_get(rule, key), "the %s is empty", key);
    else if (cfn__index_get(index, text))
        cfn__report(r->diagnostics, CFN4327, cfn_node_get(rule, key),
                    "the %s %s is given to another rule too", key, text);
    else
        cfn__index_put(r->arena, index, text, (void *)rule);
}

const cfn_node *cfn__dms_locator(cfn_diagnostics *diagnostics, const cfn_node *rule)
{
    const cfn_node *locator = cfn_node_get(rule, "object-locator");
    if (cfn__is_map(locator))
        return locator;
    cfn__report(diagnostics, CFN4327, locator ? locator : rule,
                locator ? "\"object-locator\" must be a mapping" : "\"object-locator\" is missing");
    return NULL;
}

/* An underscore that is not in a set. */
static bool has_wild_underscore(const char *pattern)
{
    bool in_set = false;
    for (const char *p = pattern; *p; p++) {
        if (*p == '_' && !in_set)
            return true;
        in_set = in_set ? *p != ']' : *p == '[' && p[1] && strchr(p + 2, ']');
    }
    return false;
}

bool cfn__dms_is_exact(const char *pattern)
{
    for (const char *p = pattern; *p; p++) {
        if (*p == '%' || (*p == '[' && p[1] && p[2] != ']'))
            return false;
        if (*p == '[' && p[1])
            p += 2;
    }
    return true;
}

static void check_pattern(reader *r, const cfn_node *map, const char *key)
{
    const cfn_node *n = cfn_node_get(map, key);
    if (!cfn__is_string(n))
        return;
    const char *open = strchr(n->text, '[');
    if (open && !strchr(open + 2, ']'))
        cfn__report(r->diagnostics, CFN4327, n, "the set in \"%s\" has no end", n->text);
    else if (!*n->text)
        cfn__report(r->diagnostics, CFN4327, n, "\"%s\" is empty", key);
    else if (has_wild_underscore(n->text)) {
        cfn__report(r->diagnostics, CFN4328, n, "each _ in \"%s\" matches any one character",
                    n->text);
        cfn__hint(r->diagnostics, "write [_] for the underscore itself");
    }
}

/* Helper and system schemas are there too: mysql, sys, awsdms_control ... */
static void check_every_schema(reader *r, const cfn_node *locator)
{
    const cfn_node *schema = cfn_node_get(locator, "schema-name");
    if (!cfn__text_is(schema, "%"))
        return;
    cfn__report(r->diagnostics, CFN4329, schema,
                "every schema is migrated, those of the database itself and of tools among them");
    cfn__hint(r->diagnostics, "name the schemas, or exclude mysql, sys, performance[_]schema, "
                              "information[_]schema and awsdms[_]control");
}

static void read_table_type(reader *r, const cfn_node *locator, cfn__dms_selection *s)
{
    static const char *const types[] = {"table", "view", "all", NULL};
    int type = cfn_node_get(locator, "table-type") ? one_of(r, locator, "table-type", types) : 0;
    s->tables = type != 1;
    s->views = type > 0;
}

static void read_selection(reader *r, const cfn_node *rule)
{
    static const char *const keys[] = {"rule-type",      "rule-id", "rule-name",  "rule-action",
                                       "object-locator", "filters", "load-order", NULL};
    static const char *const actions[] = {"include", "exclude", "explicit", NULL};
    static const char *const locator_keys[] = {"schema-name", "table-name", "table-type", NULL};
    cfn__dms_selection *s = &r->mappings->selections[r->mappings->selection_count++];
    cfn__dms_check_keys(r->diagnostics, rule, keys);
    int action = one_of(r, rule, "rule-action", actions);
    const cfn_node *locator = cfn__dms_locator(r->diagnostics, rule);
    s->id = cfn_node_text(cfn_node_get(rule, "rule-id"));
    s->exclude = action == 1;
    s->literally = action == 2;
    r->includes = r->includes || (action >= 0 && !s->exclude);
    if (!locator)
        return;
    cfn__dms_check_keys(r->diagnostics, locator, locator_keys);
    s->schema = cfn__dms_text(r->diagnostics, locator, "schema-name", true, false);
    s->table = cfn__dms_text(r->diagnostics, locator, "table-name", true, false);
    if (!s->literally) {
        check_pattern(r, locator, "schema-name");
        check_pattern(r, locator, "table-name");
    }
    if (action == 0)
        check_every_schema(r, locator);
    read_table_type(r, locator, s);
    cfn__dms_read_filters(r->arena, r->diagnostics, rule, s);
    if (s->exclude && s->filter_count)
        cfn__report_key(r->diagnostics, CFN4327, cfn_node_get(rule, "filters"),
                        "filters have no effect on a rule that excludes");
}

/* What each action is, which of value and old-value it needs, and whether it is for columns alone.
 */
static const struct {
    const char *name;
    cfn__dms_action action;
    bool value, old_value, columns;
} actions[] = {
    {"rename", CFN__DMS_RENAME, true, false, false},
    {"convert-lowercase", CFN__DMS_LOWERCASE, false, false, false},
    {"convert-uppercase", CFN__DMS_UPPERCASE, false, false, false},
    {"add-prefix", CFN__DMS_ADD_PREFIX, true, false, false},
    {"remove-prefix", CFN__DMS_REMOVE_PREFIX, true, false, false},
    {"replace-prefix", CFN__DMS_REPLACE_PREFIX, true, true, false},
    {"add-suffix", CFN__DMS_ADD_SUFFIX, true, false, false},
    {"remove-suffix", CFN__DMS_REMOVE_SUFFIX, true, false, false},
    {"replace-suffix", CFN__DMS_REPLACE_SUFFIX, true, true, false},
    {"remove-column", CFN__DMS_REMOVE_COLUMN, false, false, true},
    {"include-column", CFN__DMS_INCLUDE_COLUMN, false, false, true},
    {"change-data-type", CFN__DMS_RETYPE, false, false, true},
    {"data-masking-digits-mask", CFN__DMS_MASK, false, false, true},
    {"data-masking-digits-randomize", CFN__DMS_MASK, false, false, true},
    {"data-masking-hash-mask", CFN__DMS_MASK, false, false, true},
    {"add-column", CFN__DMS_OTHER, true, false, true},
    {"define-primary-key", CFN__DMS_OTHER, false, false, false},
    {"add-before-image-columns", CFN__DMS_OTHER, false, false, false},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

static void read_action(reader *r, const cfn_node *rule, cfn__dms_transformation *t)
{
    const char *names[ACTIONS + 1] = {NULL};
    for (size_t i = 0; i < ACTIONS; i++)
        names[i] = actions[i].name;
    int i = one_of(r, rule, "rule-action", names);
    t->action = CFN__DMS_OTHER;
    if (i < 0)
        return;
    t->action = actions[i].action;
    t->value = cfn__dms_text(r->diagnostics, rule, "value", actions[i].value, false);
    t->old_value = cfn__dms_text(r->diagnostics, rule, "old-value", actions[i].old_value, false);
    if (actions[i].columns && t->target != CFN__DMS_COLUMN)
        cfn__report(r->diagnostics, CFN4327, cfn_node_get(rule, "rule-action"),
                    "%s is for columns; rule-target must be column", names[i]);
    if (actions[i].value && t->value && !*t->value)
        cfn__report(r->diagnostics, CFN4327, cfn_node_get(rule, "value"), "\"value\" is empty");
}

static void read_transformation(reader *r, const cfn_node *rule)
{
    static const char *const keys[] = {
        "rule-type",       "rule-id", "rule-name",        "rule-target", "object-locator",
        "rule-action",     "value",   "old-value",        "expression",  "data-type",
        "primary-key-def", "filters", "before-image-def", NULL};
    static const char *const targets[] = {"schema",           "table", "column", "table-tablespace",
                                          "index-tablespace", NULL};
    static const char *const locator_keys[] = {
        "schema-name",           "table-name", "column-name", "data-type", "table-tablespace-name",
        "index-tablespace-name", NULL};
    cfn__dms_check_keys(r->diagnostics, rule, keys);
    int target = one_of(r, rule, "rule-target", targets);
    const cfn_node *locator = cfn__dms_locator(r->diagnostics, rule);
    if (target < 0 || target > CFN__DMS_COLUMN || !locator)
        return; /* table spaces are names of storage, not of what is in it */
    cfn__dms_transformation *t = &r->mappings->transformations[r->mappings->transformation_count++];
    cfn__dms_check_keys(r->diagnostics, locator, locator_keys);
    t->id = cfn_node_text(cfn_node_get(rule, "rule-id"));
    t->target = (cfn__dms_target)target;
    read_action(r, rule, t);
    bool has_columns = target == CFN__DMS_COLUMN && t->action != CFN__DMS_OTHER;
    t->schema = cfn__dms_text(r->diagnostics, locator, "schema-name", true, false);
    t->table =
        cfn__dms_text(r->diagnostics, locator, "table-name", target != CFN__DMS_SCHEMA, false);
    t->column = cfn__dms_text(r->diagnostics, locator, "column-name", has_columns, false);
    check_pattern(r, locator, "schema-name");
    check_pattern(r, locator, "table-name");
    check_pattern(r, locator, "column-name");
    if (cfn_node_get(locator, "data-type") && has_columns)
        cfn__report_key(r->diagnostics, CFN4327, cfn_node_get(locator, "data-type"),
                        "a locator by data type is not understood; name the columns");
}

static void read_rule(reader *r, const cfn_node *rule)
{
    static const char *const types[] = {"selection", "transformation", "table-settings", NULL};
    if (!cfn__is_map(rule)) {
        cfn__report(r->diagnostics, CFN4327, rule, "a rule must be a mapping");
        return;
    }
    int type = one_of(r, rule, "rule-type", types);
    check_unique(r, &r->ids, rule, "rule-id");
    check_unique(r, &r->names, rule, "rule-name");
    if (type == 0)
        read_selection(r, rule);
    else if (type == 1)
        read_transformation(r, rule);
    else if (type == 2)
        cfn__dms_check_table_settings(r->diagnostics, rule);
}

cfn_dms_mappings *cfn_dms_mappings_read(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                        const cfn_node *root)
{
    static const char *const keys[] = {"rules", NULL};
    reader r = {.arena = arena, .diagnostics = diagnostics};
    size_t before = cfn_diagnostics_count(diagnostics, CFN_ERROR);
    const cfn_node *rules = cfn_node_get(root, "rules");
    size_t count = cfn_node_size(rules);
    cfn__dms_check_keys(diagnostics, root, keys);
    r.mappings = CFN__NEW(arena, cfn_dms_mappings);
    if (r.mappings) {
        r.mappings->selections = CFN__NEW_ARRAY(arena, count + 1, cfn__dms_selection);
        r.mappings->transformations = CFN__NEW_ARRAY(arena, count + 1, cfn__dms_transformation);
    }
    if (cfn_arena_failed(arena)) {
        cfn__report_no_memory(diagnostics);
        return NULL;
    }
    if (!cfn__is_list(rules))
        cfn__report(diagnostics, CFN4327, rules ? rules : root,
                    "\"rules\" must be a list of rules");
    for (const cfn_node *n = cfn_node_first(rules); n; n = n->next)
        read_rule(&r, n);
    if (cfn__is_list(rules) && !r.includes)
        cfn__report(diagnostics, CFN4327, rules, "no rule includes a table");
    if (cfn_arena_failed(arena))
        cfn__report_no_memory(diagnostics);
    return cfn_diagnostics_count(diagnostics, CFN_ERROR) == before ? r.mappings : NULL;
}
