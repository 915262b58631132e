/* The outputs of stacks, flat. */
#include "support.h"

#include <cfngen/outputs.h>

static const char *const shop =
    "{\"Stacks\":[{\"StackName\":\"shop\",\"Outputs\":["
    "{\"OutputKey\":\"Port\",\"OutputValue\":\"3306\",\"Description\":\"of the cluster\"},"
    "{\"OutputKey\":\"Endpoint\",\"OutputValue\":\"db.example\",\"ExportName\":\"e\"}]}]}";

static cfn_node *flatten(fixture *f, const char *text, const cfn_outputs_options *options)
{
    const cfn_node *answer = read_json(f, text);
    return cfn_outputs_flatten(f->arena, f->diagnostics, &answer, 1, options);
}

static void outputs_are_flat_and_sorted(void **state)
{
    fixture *f = *state;
    assert_json(f, flatten(f, shop, NULL), "{\"Endpoint\":\"db.example\",\"Port\":\"3306\"}");
    assert_found(f, "");
}

static void one_stack_of_an_answer_will_do(void **state)
{
    fixture *f = *state;
    assert_json(f,
                flatten(f,
                        "{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"K\","
                        "\"OutputValue\":\"\"}]}",
                        NULL),
                "{\"K\":\"\"}");
}

static void a_stack_without_outputs_gives_none(void **state)
{
    fixture *f = *state;
    assert_json(f, flatten(f, "{\"Stacks\":[{\"StackName\":\"a\"}]}", NULL), "{}");
    assert_json(f, flatten(f, "{\"Stacks\":[]}", NULL), "{}");
    assert_found(f, "");
}

static void values_keep_every_character(void **state)
{
    fixture *f = *state;
    assert_json(f,
                flatten(f,
                        "{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"K\","
                        "\"OutputValue\":\"a \\\"b\\\"\\n\\\\c\\u0001\\u00e9'\"}]}",
                        NULL),
                "{\"K\":\"a \\\"b\\\"\\n\\\\c\\u0001\xc3\xa9'\"}");
}

static void stacks_are_chosen_by_name(void **state)
{
    fixture *f = *state;
    const char *const wanted[] = {"b", NULL}, *const missing[] = {"c", NULL};
    const char *two = "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"K\","
                      "\"OutputValue\":\"1\"}]},{\"StackName\":\"b\",\"Outputs\":["
                      "{\"OutputKey\":\"K\",\"OutputValue\":\"2\"}]}]}";
    assert_json(f, flatten(f, two, &(cfn_outputs_options){.stacks = wanted}), "{\"K\":\"2\"}");
    assert_null(flatten(f, two, &(cfn_outputs_options){.stacks = missing}));
    assert_found(f, "CFN6102 1:1");
}

static void the_same_output_of_two_stacks_is_refused_or_prefixed(void **state)
{
    fixture *f = *state;
    const char *two = "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"K\","
                      "\"OutputValue\":\"1\"}]},\n{\"StackName\":\"b\",\"Outputs\":["
                      "{\"OutputKey\":\"K\",\"OutputValue\":\"1\"}]}]}";
    assert_json(f, flatten(f, two, &(cfn_outputs_options){.prefix = true}),
                "{\"a.K\":\"1\",\"b.K\":\"1\"}");
    assert_null(flatten(f, two, NULL));
    assert_found(f, "CFN6103 2:42");
}

static void what_aws_does_not_answer_is_refused(void **state)
{
    static const char *const texts[] = {
        "{}",
        "{\"Stacks\":{}}",
        "{\"Stacks\":[1]}",
        "{\"Stacks\":[{\"StackName\":1}]}",
        "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":{}}]}",
        "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":[1]}]}",
        "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"K\"}]}]}",
        "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"\","
        "\"OutputValue\":\"1\"}]}]}",
        "{\"Stacks\":[{\"StackName\":\"a\",\"Outputs\":[{\"OutputKey\":\"K\","
        "\"OutputValue\":[]}]}]}",
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_null(flatten(f, texts[i], NULL));
        assert_int_equal(cfn_diagnostics_size(f->diagnostics), 1);
        assert_int_equal(cfn_diagnostics_at(f->diagnostics, 0)->id, CFN6101);
        cfn_diagnostics_free(f->diagnostics);
        f->diagnostics = cfn_diagnostics_new();
    }
}

static void two_hundred_outputs_come_back(void **state)
{
    fixture *f = *state;
    char text[20000] = "{\"StackName\":\"a\",\"Outputs\":[";
    for (int i = 200; i > 0; i--)
        sprintf(text + strlen(text), "{\"OutputKey\":\"K%03d\",\"OutputValue\":\"%d\"}%s", i, i,
                i > 1 ? "," : "]}");
    const cfn_node *flat = flatten(f, text, NULL);
    assert_int_equal(cfn_node_size(flat), 200);
    assert_string_equal(cfn_node_key(cfn_node_first(flat)), "K001");
    assert_string_equal(cfn_node_text(cfn_node_get(flat, "K200")), "200");
}

static void declared_outputs_are_expected(void **state)
{
    fixture *f = *state;
    const cfn_node *flat = flatten(f, shop, NULL);
    const cfn_node *tpl = read_yaml(f, "Outputs:\n"
                                       "  Endpoint: {Value: a}\n"
                                       "  Port: {Value: a}\n"
                                       "  Maybe: {Value: a, Condition: C}\n");
    assert_true(cfn_outputs_expect(flat, tpl, f->diagnostics));
    assert_found(f, "");
    tpl = read_yaml(f, "Outputs:\n"
                       "  Port: {Value: a}\n"
                       "  Gone: {Value: a}\n");
    assert_false(cfn_outputs_expect(flat, tpl, f->diagnostics));
    assert_found(f, "CFN6105 2:3, CFN6104 3:3");
}

static void a_template_that_may_grow_expects_no_less(void **state)
{
    fixture *f = *state;
    const cfn_node *flat = flatten(f, shop, NULL);
    assert_true(cfn_outputs_expect(
        flat, read_yaml(f, "Transform: T\nOutputs: {Port: {Value: a}}\n"), f->diagnostics));
    assert_true(cfn_outputs_expect(
        flat, read_yaml(f, "Outputs: {\"Fn::ForEach::L\": [X, [a], {}]}\n"), f->diagnostics));
    assert_found(f, "");
}

static void outputs_that_are_no_mapping_declare_nothing(void **state)
{
    fixture *f = *state;
    const cfn_node *flat = flatten(f, shop, NULL);
    assert_true(
        cfn_outputs_expect(flat, read_yaml(f, "Outputs: [{Endpoint: a}]\n"), f->diagnostics));
    assert_found(f, "CFN6105 1:1, CFN6105 1:1");
}

static void a_shell_reads_the_same_values(void **state)
{
    fixture *f = *state;
    size_t length;
    const cfn_node *flat = read_json(f, "{\"a-b.K\":\"it's\\n$HOME\",\"Empty\":\"\"}");
    const char *text = cfn_outputs_shell(f->arena, f->diagnostics, flat, &length);
    assert_string_equal(text, "a_b_K='it'\\''s\n$HOME'\nEmpty=''\n");
    assert_int_equal(length, strlen(text));
    assert_found(f, "");
}

static void what_cannot_be_a_variable_is_refused(void **state)
{
    fixture *f = *state;
    size_t length;
    assert_null(
        cfn_outputs_shell(f->arena, f->diagnostics, read_json(f, "{\"1a\":\"\"}"), &length));
    assert_null(cfn_outputs_shell(f->arena, f->diagnostics,
                                  read_json(f, "{\"a.b\":\"\",\"a-b\":\"\"}"), &length));
    assert_found(f, "CFN6106 1:1, CFN6106 1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(outputs_are_flat_and_sorted),
        TEST(one_stack_of_an_answer_will_do),
        TEST(a_stack_without_outputs_gives_none),
        TEST(values_keep_every_character),
        TEST(stacks_are_chosen_by_name),
        TEST(the_same_output_of_two_stacks_is_refused_or_prefixed),
        TEST(what_aws_does_not_answer_is_refused),
        TEST(two_hundred_outputs_come_back),
        TEST(declared_outputs_are_expected),
        TEST(a_template_that_may_grow_expects_no_less),
        TEST(outputs_that_are_no_mapping_declare_nothing),
        TEST(a_shell_reads_the_same_values),
        TEST(what_cannot_be_a_variable_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
