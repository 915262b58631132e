/* Every type is documented; what is compared of each; what is refused. */
#include "support.h"

#include "compare/pair.h"

/* The rows of the table of a family, from its heading to the next empty line. */
static char *documented(const char *heading)
{
    static char text[65536];
    FILE *file = fopen("docs/compare.md", "r");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    char *start = strstr(text, heading);
    assert_non_null(start);
    char *end = strstr(start, "\n\n");
    assert_non_null(end);
    *end = '\0';
    return start;
}

static void every_type_is_documented(void **state)
{
    (void)state;
    static const char *const headings[] = {"| MySQL, MariaDB |", "| PostgreSQL |"};
    for (int family = 0; family < 2; family++) {
        size_t count = 0;
        const cfn__type *types = cfn__types((cfn__family)family, &count);
        const char *rows = documented(headings[family]);
        for (size_t i = 0; i < count; i++) {
            char name[80];
            snprintf(name, sizeof name, "`%s`", types[i].name);
            if (!strstr(rows, name))
                fail_msg("docs/compare.md does not have %s", name);
        }
    }
}

static cfn__column column(cfn__family family, const char *type)
{
    return (cfn__column){.name = "c",
                         .type_name = type,
                         .full_type = type,
                         .type = cfn__find_type(family, type),
                         .scale = -1};
}

static void assert_value(cfn__family family, const cfn__column *c, const cfn__column *other,
                         const char *expected)
{
    cfn__buffer sql = {0};
    cfn__add_value(&sql, family, 150000, c, other, false);
    assert_string_equal(sql.text, expected);
    cfn__buffer_free(&sql);
}

static void texts_of_one_character_set_are_compared_by_their_bytes(void **state)
{
    (void)state;
    cfn__column a = column(CFN__MYSQL, "varchar"), b = a;
    a.charset = "utf8";
    b.charset = "utf8mb3";
    assert_value(CFN__MYSQL, &a, &b, "CAST(`c` AS BINARY)");
    b.charset = "utf8mb4";
    assert_value(CFN__MYSQL, &a, &b, "CAST(CONVERT(`c` USING utf8mb4) AS BINARY)");
}

static void decimals_of_different_scales_are_brought_to_the_larger_one(void **state)
{
    (void)state;
    cfn__column a = column(CFN__MYSQL, "decimal"), b = a;
    a.scale = 2;
    b.scale = 6;
    assert_value(CFN__MYSQL, &a, &b, "CAST(`c` AS DECIMAL(65,6))");
    assert_value(CFN__MYSQL, &b, &a, "CAST(`c` AS DECIMAL(65,6))");
    a = b = column(CFN__POSTGRESQL, "numeric");
    assert_value(CFN__POSTGRESQL, &a, &b, "trim_scale(\"c\")");
    a.scale = b.scale = 2;
    assert_value(CFN__POSTGRESQL, &a, &b, "\"c\"");
}

static void what_cannot_be_exact_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *source, *target;
        cfn__family family;
        bool can;
    } rows[] = {
        {"int", "bigint", CFN__MYSQL, true},
        {"int", "decimal", CFN__MYSQL, true},
        {"int", "varchar", CFN__MYSQL, false},
        {"longtext", "json", CFN__MYSQL, false},
        {"enum", "varchar", CFN__MYSQL, true},
        {"varchar", "varbinary", CFN__MYSQL, false},
        {"datetime", "timestamp", CFN__MYSQL, true},
        {"datetime", "date", CFN__MYSQL, false},
        {"vector", "vector", CFN__MYSQL, false},
        {"inet4", "inet6", CFN__MYSQL, false},
        {"json", "jsonb", CFN__POSTGRESQL, false},
        {"jsonb", "jsonb", CFN__POSTGRESQL, true},
        {"text", "bpchar", CFN__POSTGRESQL, true},
        {"bool", "int4", CFN__POSTGRESQL, false},
        {"interval", "interval", CFN__POSTGRESQL, true},
        {"cube", "cube", CFN__POSTGRESQL, false},
        {"timestamp", "timestamptz", CFN__POSTGRESQL, true},
        {"inet", "cidr", CFN__POSTGRESQL, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cfn__column a = column(rows[i].family, rows[i].source),
                    b = column(rows[i].family, rows[i].target);
        const char *why = NULL;
        if (cfn__can_compare(rows[i].family, &a, &b, &why) != rows[i].can || !why != rows[i].can)
            fail_msg("%s, %s: %s", rows[i].source, rows[i].target, why);
    }
}

static void decimals_that_no_decimal_holds_are_refused(void **state)
{
    (void)state;
    cfn__column a = column(CFN__MYSQL, "decimal"), b = a;
    const char *why;
    a.precision = 65;
    a.scale = 0;
    b.precision = 65;
    b.scale = 30;
    assert_false(cfn__can_compare(CFN__MYSQL, &a, &b, &why));
}

static void keys_are_walked_in_ranges_only_where_both_sides_order_them_alike(void **state)
{
    (void)state;
    cfn__column a = column(CFN__MYSQL, "varchar"), b = a;
    a.charset = b.charset = "utf8mb4";
    a.collation = b.collation = "utf8mb4_bin";
    assert_true(cfn__orders_alike(&a, &b));
    b.collation = "utf8mb4_general_ci";
    assert_false(cfn__orders_alike(&a, &b));
    a = b = column(CFN__POSTGRESQL, "text");
    assert_false(cfn__orders_alike(&a, &b));
    a.safe_order = b.safe_order = true;
    assert_true(cfn__orders_alike(&a, &b));
    a.type_name = "citext";
    assert_false(cfn__orders_alike(&a, &b));
    a = b = column(CFN__MYSQL, "enum");
    assert_false(cfn__orders_alike(&a, &b));
    a = b = column(CFN__POSTGRESQL, "uuid");
    assert_true(cfn__orders_alike(&a, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_documented),
        cmocka_unit_test(texts_of_one_character_set_are_compared_by_their_bytes),
        cmocka_unit_test(decimals_of_different_scales_are_brought_to_the_larger_one),
        cmocka_unit_test(what_cannot_be_exact_is_refused),
        cmocka_unit_test(decimals_that_no_decimal_holds_are_refused),
        cmocka_unit_test(keys_are_walked_in_ranges_only_where_both_sides_order_them_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
