/* Metric filters that CloudWatch Logs refuses, however they came into the template. */
#include "stack_support.h"

/* The pattern stands on line 4, the metric on line 5. */
#define FILTER(group, pattern, metric)                                                             \
    "Parameters: {P: {Type: String}}\n"                                                            \
    "Resources:\n"                                                                                 \
    "  F: {Type: 'AWS::Logs::MetricFilter', Properties: {LogGroupName: " group ",\n"               \
    "    FilterPattern: " pattern ",\n"                                                            \
    "    MetricTransformations: [{" metric "}]}}\n"
#define METRIC           "MetricName: m, MetricNamespace: Mine, MetricValue: '1'"
#define OF_FIELD(value)  "MetricName: m, MetricNamespace: Mine, MetricValue: " value
#define PATTERN(pattern) FILTER("group", pattern, METRIC)

static void assert_each(stack_fixture *t, const char *const *patterns, size_t count,
                        const char *found)
{
    for (size_t i = 0; i < count; i++) {
        char text[1000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, PATTERN("'%s'"), patterns[i]);
        synth(t, text);
        assert_found(&t->f, found);
    }
}

static void patterns_that_are_good_are_let_through(void **state)
{
    static const char *const patterns[] = {
        "",
        "ERROR",
        "ERROR Exception_1",
        "\"]E:\"",
        "\"a \\\"quoted\\\" word\" -\"not this\"",
        "?ERROR ?WARN",
        "%[Ee]rror \\x28\\d{1,3}\\.\\d+% ",
        "[ip, user, ..., status = 4*, bytes]",
        "[ip, (level = ERROR || level = \"WARN, too\"), ...]",
        "[time, level != %WARN|INFO%]",
        "{ $.level = \"error\" }",
        "{ ($.level = \"error\" && $.took > 1.5) || $.user.id[0] = \"*\" }",
        "{ $.a IS NULL || $.b NOT EXISTS || $.c IS TRUE }",
        "{$.a=%e.*%}",
        "{ $.path = /index* && ( ( $.b != -3 ) ) }",
    };
    assert_each(*state, patterns, sizeof patterns / sizeof *patterns, "");
}

static void patterns_that_are_refused_are_told(void **state)
{
    static const char *const patterns[] = {
        "]E:",
        "ERROR: no",
        "-",
        "\"never closed",
        "%never closed",
        "%group (a)%",
        "[time, level",
        "[time,, level]",
        "[..., a, ...]",
        "[a = ]",
        "[(a = 1, b]",
        "[a] b",
        "[a = %x%, b = %x%, c = %x%]",
        "{ $.level = \"error\"",
        "{ level = error }",
        "{ }",
        "{ $.a }",
        "{ $.a = }",
        "{ $.a IS GOOD }",
        "{ ($.a = 1 }",
        "{ $.a = 1) }",
        "{ $.a = 1 & $.b = 2 }",
        "{ $.a[0 = 1 }",
        "{ $.a = 1 } }",
    };
    assert_each(*state, patterns, sizeof patterns / sizeof *patterns, "CFN4841 4:20");
}

static void the_place_in_a_pattern_is_shown(void **state)
{
    stack_fixture *t = *state;
    synth(t, PATTERN("'{ $.a = 1 && level = error }'"));
    assert_said(&t->f, "a field does not begin with $: \"level = error }\"");
}

static void optional_terms_beside_others_do_nothing(void **state)
{
    stack_fixture *t = *state;
    synth(t, PATTERN("'?ERROR ?WARN -noise'"));
    assert_found(&t->f, "CFN4844 4:20");
}

static void a_pattern_that_is_not_known_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("group", "!Ref P", OF_FIELD("$.took")));
    assert_found(&t->f, "");
}

static void a_namespace_of_aws_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("group", "ERROR", "MetricName: m, MetricNamespace: AWS/DMS, MetricValue: '1'"));
    assert_found(&t->f, "CFN4842 5:62");
}

static void a_default_excludes_dimensions(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("group", "'{ $.a = 1 }'",
                    METRIC ", DefaultValue: 0, Dimensions: [{Key: A, Value: $.a}]"));
    assert_found(&t->f, "CFN4842 5:100");
}

static void a_dimension_is_a_field(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          FILTER("group", "'{ $.a = 1 }'", METRIC ", Dimensions: [{Key: A, Value: production}]"));
    assert_found(&t->f, "CFN4842 5:115");
}

static void a_pattern_of_terms_has_no_dimensions(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("group", "ERROR", METRIC ", Dimensions: [{Key: A, Value: $.a}]"));
    assert_found(&t->f, "CFN4843 5:98");
}

static void a_field_must_be_one_of_the_pattern(void **state)
{
    static const struct {
        const char *pattern, *value, *found;
    } fields[] = {
        {"ERROR", "$.took", "CFN4843 5:81"},
        {"''", "$took", "CFN4843 5:81"},
        {"'[a, took]'", "$took", ""},
        {"'[..., (took > 3 && took < 9)]'", "$took", ""},
        {"'[a, took]'", "$too", "CFN4843 5:81"},
        {"'[a, took]'", "$b", "CFN4843 5:81"},
        {"'{ $.a = 1 }'", "$.took", ""},
        {"'{ $.a = 1 }'", "$took", "CFN4843 5:81"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char text[1000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, FILTER("group", "%s", OF_FIELD("%s")), fields[i].pattern,
                 fields[i].value);
        synth(t, text);
        assert_found(&t->f, fields[i].found);
    }
}

static void dms_does_not_write_to_a_group_of_aws(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("!Sub '/aws/dms/tasks/${P}'", "ERROR", METRIC));
    assert_found(&t->f, "CFN4410 3:67");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(patterns_that_are_good_are_let_through),
        STACK_TEST(patterns_that_are_refused_are_told),
        STACK_TEST(the_place_in_a_pattern_is_shown),
        STACK_TEST(optional_terms_beside_others_do_nothing),
        STACK_TEST(a_pattern_that_is_not_known_is_let_through),
        STACK_TEST(a_namespace_of_aws_is_refused),
        STACK_TEST(a_default_excludes_dimensions),
        STACK_TEST(a_dimension_is_a_field),
        STACK_TEST(a_pattern_of_terms_has_no_dimensions),
        STACK_TEST(a_field_must_be_one_of_the_pattern),
        STACK_TEST(dms_does_not_write_to_a_group_of_aws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
