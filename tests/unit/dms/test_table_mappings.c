/* Table mappings of a DMS task: what they select, how they rename, and what is wrong with them. */
#include "support.h"

#include <cfngen/dms_table_mappings.h>

#define RULE(id, more) "{\"rule-id\":\"" id "\",\"rule-name\":\"n" id "\"," more "}"
#define SELECT(id, action, schema, table)                                                          \
    RULE(id, "\"rule-type\":\"selection\",\"rule-action\":\"" action "\",\"object-locator\":"      \
             "{\"schema-name\":\"" schema "\",\"table-name\":\"" table "\"}")
#define TRANSFORM(id, target, action, locator, more)                                               \
    RULE(id, "\"rule-type\":\"transformation\",\"rule-target\":\"" target                          \
             "\",\"rule-action\":\"" action "\",\"object-locator\":{" locator "}" more)
#define SHOP         "\"schema-name\":\"shop\""
#define ORDERS       SHOP ",\"table-name\":\"orders\""
#define NOTE         ORDERS ",\"column-name\":\"note\""
#define RULES(rules) "{\"rules\":[" rules "]}"
#define ALL          SELECT("1", "include", "shop", "%")

static cfn_dms_mappings *mappings_of(fixture *f, const char *text)
{
    return cfn_dms_mappings_read(f->arena, f->diagnostics, read_json(f, text));
}

/* "schema.table" at the target; "" when the table is not selected. */
static const char *target_of(fixture *f, const char *text, const char *schema, const char *table)
{
    static char name[200];
    cfn_dms_table t;
    cfn_dms_mappings *mappings = mappings_of(f, text);
    assert_non_null(mappings);
    name[0] = '\0';
    if (cfn_dms_select(mappings, f->arena, schema, table, false, &t))
        snprintf(name, sizeof name, "%s.%s%s%s", t.schema, t.name, t.unclear ? "! " : "",
                 t.unclear ? t.unclear : "");
    return name;
}

static void patterns_match_as_dms_does(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool matches;
    } rows[] = {
        {"%", "", true},
        {"%", "orders", true},
        {"ord%", "orders", true},
        {"%ers", "orders", true},
        {"%d%s", "orders", true},
        {"ord%", "Orders", false},
        {"temp_", "temp1", true},
        {"temp_", "temp_", true},
        {"temp_", "temp", false},
        {"temp[_]1", "temp_1", true},
        {"temp[_]1", "tempx1", false},
        {"t[a-d]", "tc", true},
        {"t[a-d]", "te", false},
        {"t[xa-d]", "tx", true},
        {"", "", true},
        {"", "a", false},
        {"%a%b%c", "xxaxxbxxbc", true},
        {"%a%b%c", "xxaxxbxxb", false},
        {"caf_", "caf\xc3\xa9", true},
        {"caf[\xc3\xa9x]", "caf\xc3\xa9", true},
        {"a[", "a[", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (cfn_dms_matches(rows[i].pattern, rows[i].name) != rows[i].matches)
            fail_msg("%s, %s", rows[i].pattern, rows[i].name);
}

static void an_exclude_beats_every_include(void **state)
{
    const char *rules = RULES(ALL "," SELECT("2", "exclude", "shop", "temp%"));
    assert_string_equal(target_of(*state, rules, "shop", "orders"), "shop.orders");
    assert_string_equal(target_of(*state, rules, "shop", "temp_1"), "");
    assert_string_equal(target_of(*state, rules, "other", "orders"), "");
}

static void an_explicit_name_is_no_pattern(void **state)
{
    const char *rules = RULES(SELECT("1", "explicit", "shop", "a_b"));
    assert_string_equal(target_of(*state, rules, "shop", "a_b"), "shop.a_b");
    assert_string_equal(target_of(*state, rules, "shop", "axb"), "");
}

static void views_are_selected_when_they_are_asked_for(void **state)
{
    fixture *f = *state;
    cfn_dms_table t;
    cfn_dms_mappings *m =
        mappings_of(f, RULES(RULE("1", "\"rule-type\":\"selection\",\"rule-action\":\"include\","
                                       "\"object-locator\":{" SHOP
                                       ",\"table-name\":\"v\",\"table-type\":\"view\"}")));
    assert_true(cfn_dms_select(m, f->arena, "shop", "v", true, &t));
    assert_false(cfn_dms_select(m, f->arena, "shop", "v", false, &t));
}

static void every_action_names_tables_and_schemas(void **state)
{
    static const struct {
        const char *rule, *target;
    } rows[] = {
        {TRANSFORM("2", "schema", "rename", SHOP, ",\"value\":\"store\""), "store.orders"},
        {TRANSFORM("2", "table", "rename", ORDERS, ",\"value\":\"bills\""), "shop.bills"},
        {TRANSFORM("2", "table", "convert-uppercase", ORDERS, ""), "shop.ORDERS"},
        {TRANSFORM("2", "schema", "convert-lowercase", SHOP, ""), "shop.orders"},
        {TRANSFORM("2", "table", "add-prefix", SHOP ",\"table-name\":\"%\"", ",\"value\":\"x_\""),
         "shop.x_orders"},
        {TRANSFORM("2", "table", "remove-prefix", ORDERS, ",\"value\":\"ord\""), "shop.ers"},
        {TRANSFORM("2", "table", "remove-prefix", ORDERS, ",\"value\":\"x\""), "shop.orders"},
        {TRANSFORM("2", "table", "replace-prefix", ORDERS,
                   ",\"value\":\"bord\",\"old-value\":\"ord\""),
         "shop.borders"},
        {TRANSFORM("2", "table", "add-suffix", ORDERS, ",\"value\":\"_v2\""), "shop.orders_v2"},
        {TRANSFORM("2", "table", "remove-suffix", ORDERS, ",\"value\":\"ers\""), "shop.ord"},
        {TRANSFORM("2", "table", "replace-suffix", ORDERS,
                   ",\"value\":\"inary\",\"old-value\":\"ers\""),
         "shop.ordinary"},
        {TRANSFORM("2", "table", "rename", SHOP ",\"table-name\":\"bills\"", ",\"value\":\"x\""),
         "shop.orders"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2000];
        snprintf(text, sizeof text, "{\"rules\":[%s,%s]}", ALL, rows[i].rule);
        assert_string_equal(target_of(*state, text, "shop", "orders"), rows[i].target);
    }
}

static void two_rules_that_name_one_table_are_unclear(void **state)
{
    const char *rules =
        RULES(ALL "," TRANSFORM("2", "table", "convert-uppercase", ORDERS, "") "," TRANSFORM(
            "3", "table", "add-prefix", ORDERS, ",\"value\":\"x\""));
    assert_string_equal(target_of(*state, rules, "shop", "orders"),
                        "shop.ORDERS! the rules 2 and 3 both name orders");
}

#define FILTER(table, conditions)                                                                  \
    RULE("1", "\"rule-type\":\"selection\",\"rule-action\":\"include\",\"object-locator\":{" SHOP  \
              ",\"table-name\":\"" table "\"},\"filters\":[{\"filter-type\":\"source\","           \
              "\"column-name\":\"id\",\"filter-conditions\":[" conditions "]}]")

static void filters_are_read(void **state)
{
    fixture *f = *state;
    cfn_dms_table t;
    cfn_dms_mappings *m = mappings_of(
        f, RULES(FILTER("orders",
                        "{\"filter-operator\":\"between\",\"start-value\":\"1\",\"end-value\":9},"
                        "{\"filter-operator\":\"null\"}")));
    assert_true(cfn_dms_select(m, f->arena, "shop", "orders", false, &t));
    assert_int_equal(t.filter_count, 1);
    assert_string_equal(t.filters[0].column, "id");
    assert_int_equal(t.filters[0].condition_count, 2);
    assert_int_equal(t.filters[0].conditions[0].operator_, CFN_DMS_BETWEEN);
    assert_string_equal(t.filters[0].conditions[0].value, "1");
    assert_string_equal(t.filters[0].conditions[0].end, "9");
    assert_int_equal(t.filters[0].conditions[1].operator_, CFN_DMS_NULL);
}

static void a_filtered_and_an_unfiltered_include_are_unclear(void **state)
{
    fixture *f = *state;
    cfn_dms_table t;
    cfn_dms_mappings *m = mappings_of(
        f, RULES(FILTER("orders", "{\"filter-operator\":\"eq\",\"value\":\"1\"}") "," SELECT(
               "2", "include", "shop", "%")));
    assert_true(cfn_dms_select(m, f->arena, "shop", "orders", false, &t));
    assert_string_equal(t.unclear, "the rules 1 and 2 both include it, with filters");
}

static void columns_are_renamed_removed_and_altered(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *rule, *name;
        bool altered, retyped;
    } rows[] = {
        {TRANSFORM("2", "column", "rename", NOTE, ",\"value\":\"remark\""), "remark", false, false},
        {TRANSFORM("2", "column", "remove-column", NOTE, ""), NULL, false, false},
        {TRANSFORM("2", "column", "include-column", ORDERS ",\"column-name\":\"id\"", ""), NULL,
         false, false},
        {TRANSFORM("2", "column", "include-column", NOTE, ""), "note", false, false},
        {TRANSFORM("2", "column", "data-masking-hash-mask", NOTE, ""), "note", true, false},
        {TRANSFORM("2", "column", "change-data-type", NOTE, ",\"data-type\":{\"type\":\"int8\"}"),
         "note", false, true},
        {TRANSFORM("2", "column", "add-column", ORDERS, ",\"value\":\"x\",\"expression\":\"1\""),
         "note", false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[2000];
        snprintf(text, sizeof text, "{\"rules\":[%s,%s]}", ALL, rows[i].rule);
        cfn_dms_column c =
            cfn_dms_map_column(mappings_of(f, text), f->arena, "shop", "orders", "note");
        if (rows[i].name)
            assert_string_equal(c.name, rows[i].name);
        else
            assert_null(c.name);
        assert_int_equal(c.altered, rows[i].altered);
        assert_int_equal(c.retyped, rows[i].retyped);
    }
    assert_found(f, "");
}

/* Each text is wrong, and what is said of it. */
static void what_is_wrong_is_told(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"{}", "\"rules\" must be a list"},
        {"{\"rules\":{}}", "\"rules\" must be a list"},
        {"{\"rules\":[],\"rule\":1}", "\"rule\" is unknown here"},
        {"{\"rules\":[]}", "no rule includes a table"},
        {"{\"rules\":[1]}", "a rule must be a mapping"},
        {RULES(SELECT("1", "exclude", "a", "b")), "no rule includes a table"},
        {RULES(SELECT("1", "includes", "a", "b")), "did you mean include"},
        {RULES(SELECT("1", "Include", "a", "b")), "rule-action \"Include\" is unknown"},
        {RULES(ALL "," ALL), "rule-id 1 is given to another rule too"},
        {RULES(RULE("1", "\"rule-type\":\"select\"")), "rule-type \"select\" is unknown"},
        {RULES(RULE("1", "\"rule-type\":\"selection\",\"rule-action\":\"include\"")),
         "\"object-locator\" is missing"},
        {RULES(RULE(
             "1",
             "\"rule-type\":\"selection\",\"rule-action\":\"include\",\"object-locator\":{" SHOP
             "}")),
         "\"table-name\" is missing"},
        {RULES(SELECT("1", "include", "a", "b[x")), "the set in \"b[x\" has no end"},
        {RULES(ALL "," TRANSFORM("2", "table", "rename", ORDERS, "")), "\"value\" is missing"},
        {RULES(ALL "," TRANSFORM("2", "table", "remove-column", ORDERS, "")),
         "remove-column is for columns"},
        {RULES(ALL "," TRANSFORM("2", "tables", "rename", ORDERS, ",\"value\":\"x\"")),
         "did you mean table"},
        {RULES(ALL "," TRANSFORM("2", "table", "replace-prefix", ORDERS, ",\"value\":\"x\"")),
         "\"old-value\" is missing"},
        {RULES(ALL "," TRANSFORM("2", "table", "rename", SHOP, ",\"value\":\"x\"")),
         "\"table-name\" is missing"},
        {RULES(FILTER("orders", "{\"filter-operator\":\"equals\",\"value\":\"1\"}")),
         "filter-operator \"equals\" is unknown"},
        {RULES(FILTER("orders", "{\"filter-operator\":\"eq\"}")), "\"value\" is missing"},
        {RULES(FILTER("orders", "")), "must be a list of conditions"},
        {RULES(FILTER("ord%", "{\"filter-operator\":\"null\"}")),
         "filters need a table that is named exactly"},
        {RULES(
             FILTER("orders", "{\"filter-operator\":\"notnull\"},{\"filter-operator\":\"null\"}")),
         "notnull must be the only condition"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture one = {f->arena, cfn_diagnostics_new()};
        cfn_node *root = read_json(&one, rows[i].text);
        assert_non_null(root);
        assert_null(cfn_dms_mappings_read(f->arena, one.diagnostics, root));
        assert_said(&one, rows[i].said);
        cfn_diagnostics_free(one.diagnostics);
    }
}

static void a_mistake_is_told_where_it_stands(void **state)
{
    fixture *f = *state;
    assert_null(mappings_of(
        f, "{\"rules\": [\n  {\"rule-type\": \"selection\", \"rule-id\": 1, "
           "\"rule-name\": \"a\",\n   \"rule-action\": \"inclde\",\n"
           "   \"object-locator\": {\"schema-name\": \"a\", \"table-name\": \"b\"}}]}"));
    assert_found(f, "CFN4327 1:11, CFN4327 3:19");
}

#define SETTINGS(more) RULE("2", "\"rule-type\":\"table-settings\",\"object-locator\":{" more)

static void table_settings_are_checked(void **state)
{
    static const struct {
        const char *rule, *found;
    } rows[] = {
        {SETTINGS(ORDERS "},\"lob-settings\":{\"mode\":\"unlimited\"}"), ""},
        {SETTINGS(ORDERS "},\"parallel-load\":{\"type\":\"partitions-auto\"}"), ""},
        {SETTINGS(ORDERS "},\"parallel-load\":{\"type\":\"ranges\",\"columns\":[\"id\"],"
                         "\"boundaries\":[[\"5\"]]}"),
         ""},
        {SETTINGS(SHOP ",\"table-name\":\"ord%\"}"), "CFN4327"},
        {SETTINGS(SHOP "}"), "CFN4327"},
        {SETTINGS(ORDERS "},\"lob-settings\":{\"mode\":\"some\"}"), "CFN4327"},
        {SETTINGS(ORDERS "},\"lob-settings\":{\"mode\":\"limited\"}"), "CFN4324"},
        {SETTINGS(ORDERS "},\"parallel-load\":{\"type\":\"auto\"}"), "CFN4327"},
        {SETTINGS(ORDERS "},\"parallel-load\":{\"type\":\"partitions-list\"}"), "CFN4327"},
        {SETTINGS(ORDERS "},\"parallel-load\":{\"type\":\"ranges\",\"columns\":[\"id\"],"
                         "\"boundaries\":[[\"5\",\"6\"]]}"),
         "CFN4327"},
        {SETTINGS(ORDERS "},\"parallel\":1"), "CFN4327"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture one = {f->arena, cfn_diagnostics_new()};
        char text[1000];
        snprintf(text, sizeof text, RULES(SELECT("1", "include", "shop", "%%") ",%s"),
                 rows[i].rule);
        cfn_dms_mappings_read(f->arena, one.diagnostics, read_json(&one, text));
        assert_int_equal(cfn_diagnostics_size(one.diagnostics), *rows[i].found != '\0');
        if (*rows[i].found)
            assert_string_equal(cfn_diagnostic_name(cfn_diagnostics_at(one.diagnostics, 0)->id),
                                rows[i].found);
        cfn_diagnostics_free(one.diagnostics);
    }
}

static void an_underscore_outside_of_a_set_is_warned_of(void **state)
{
    fixture *f = *state;
    assert_non_null(mappings_of(f, RULES(SELECT("1", "include", "my[_]shop", "a[_b]c"))));
    assert_found(f, "");
    assert_non_null(mappings_of(f, RULES(SELECT("1", "include", "my_shop", "%"))));
    assert_said(f, "warning CFN4328");
    assert_said(f, "write [_]");
}

static void the_names_of_an_explicit_rule_are_no_patterns_to_warn_of(void **state)
{
    fixture *f = *state;
    assert_non_null(mappings_of(f, RULES(SELECT("1", "explicit", "my_shop", "order_items"))));
    assert_found(f, "");
}

static void every_schema_is_warned_of(void **state)
{
    fixture *f = *state;
    assert_non_null(mappings_of(f, RULES(SELECT("1", "include", "%", "%"))));
    assert_said(f, "warning CFN4329");
}

static void a_table_whose_underscores_are_escaped_is_named_exactly(void **state)
{
    fixture *f = *state;
    assert_non_null(mappings_of(
        f, RULES(RULE("1", "\"rule-type\":\"selection\",\"rule-action\":\"include\","
                           "\"object-locator\":{" SHOP ",\"table-name\":\"order[_]items\"},"
                           "\"filters\":[{\"filter-type\":\"source\",\"column-name\":\"a\","
                           "\"filter-conditions\":[{\"filter-operator\":\"null\"}]}]"))));
    assert_found(f, "");
}

static void memory_that_runs_out_is_reported(void **state)
{
    fixture *f = *state;
    cfn_node *root =
        read_json(f, RULES(ALL "," TRANSFORM("2", "table", "rename", ORDERS, ",\"value\":\"x\"")));
    cfn_arena *small = cfn_arena_new();
    cfn_arena_set_limit(small, 1);
    assert_null(cfn_dms_mappings_read(small, f->diagnostics, root));
    assert_found(f, "CFN0001 0:0");
    cfn_arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(patterns_match_as_dms_does),
        TEST(an_exclude_beats_every_include),
        TEST(an_explicit_name_is_no_pattern),
        TEST(views_are_selected_when_they_are_asked_for),
        TEST(every_action_names_tables_and_schemas),
        TEST(two_rules_that_name_one_table_are_unclear),
        TEST(filters_are_read),
        TEST(a_filtered_and_an_unfiltered_include_are_unclear),
        TEST(columns_are_renamed_removed_and_altered),
        TEST(what_is_wrong_is_told),
        TEST(a_mistake_is_told_where_it_stands),
        TEST(table_settings_are_checked),
        TEST(an_underscore_outside_of_a_set_is_warned_of),
        TEST(the_names_of_an_explicit_rule_are_no_patterns_to_warn_of),
        TEST(every_schema_is_warned_of),
        TEST(a_table_whose_underscores_are_escaped_is_named_exactly),
        TEST(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
