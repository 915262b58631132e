/* JSON text to nodes. */
#include "support.h"

#include "node/node.h"

static void every_kind_of_value_is_read(void **state)
{
    fixture *f = *state;
    const char *text =
        "{\"s\":\"x\",\"n\":-1.50,\"t\":true,\"f\":false,\"z\":null,\"l\":[1,[]],\"m\":{\"a\":{}}}";
    assert_json(f, read_json(f, text), text);
    assert_found(f, "");
}

static void numbers_keep_their_text(void **state)
{
    fixture *f = *state;
    const char *text =
        "{\"a\":[0.1,1e2,1E+02,-0,0.0,9223372036854775807,-9223372036854775808,1.000]}";
    assert_json(f, read_json(f, text), text);
}

static void escapes_are_decoded(void **state)
{
    fixture *f = *state;
    const cfn_node *a =
        cfn_node_find(read_json(f, "{\"a\":\"\\u00e9\\ud83d\\ude00\\/\\n\\\\\\\"\"}"), "a");
    assert_string_equal(cfn_node_text(a), "\xc3\xa9\xf0\x9f\x98\x80/\n\\\"");
    assert_int_equal(cfn_node_mark(a).end_column, 34);
}

/* An escaped backslash in front of a u is no \u escape. */
static void escapes_of_every_length_are_decoded(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {
        "\\\\u0041 \\\\\\u0041", "\\u007f\\u0080\\u07ff\\u0800\\uffff",
        "\\ud800\\udc00\\udbff\\udfff", "\\\\\\\\", "\\\"\\b\\f\\t"};
    static const char *const meant[] = {"\\u0041 \\A",
                                        "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf",
                                        "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", "\\\\", "\"\b\f\t"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char document[100];
        snprintf(document, sizeof document, "{\"a\":\"%s\"}", texts[i]);
        assert_string_equal(cfn_node_text(cfn_node_find(read_json(f, document), "a")), meant[i]);
    }
}

static void values_have_marks(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *path;
        uint32_t line, column, end_line, end_column;
    } marks[] = {
        {"", 1, 1, 6, 2},      {"a", 1, 7, 1, 8},   {"b", 2, 7, 4, 4}, {"b/0", 2, 8, 2, 12},
        {"b/1", 2, 14, 2, 18}, {"b/2", 3, 2, 3, 4}, {"c", 5, 6, 5, 9}, {"d", 5, 16, 5, 19},
    };
    const cfn_node *root = read_json(f, "{\"a\": 1,\n \"b\": [true, null,\n\t{}\n  ],\n"
                                        "\"c\": \"\xc3\xa9\", \"d\": 1.5\n}");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        cfn_mark mark = cfn_node_mark(cfn_node_find(root, marks[i].path));
        assert_int_equal(mark.line, marks[i].line);
        assert_int_equal(mark.column, marks[i].column);
        assert_int_equal(mark.end_line, marks[i].end_line);
        assert_int_equal(mark.end_column, marks[i].end_column);
    }
}

static void keys_have_places(void **state)
{
    fixture *f = *state;
    const cfn_node *b = cfn_node_find(read_json(f, "{\"\\u0061\": 1,\n  \"b\" : 2}"), "b");
    assert_int_equal(b->key_line, 2);
    assert_int_equal(b->key_column, 3);
}

static void columns_of_a_long_line_are_right(void **state)
{
    fixture *f = *state;
    cfn__buffer text = {0};
    cfn__buffer_add_text(&text, "{\"a\":[");
    for (size_t i = 0; i < 4000; i++)
        cfn__buffer_add_text(&text, "7,");
    cfn__buffer_add_text(&text, "\"end\"]}");
    const cfn_node *root = read_json(f, text.text);
    cfn__buffer_free(&text);
    assert_int_equal(cfn_node_mark(cfn_node_find(root, "a/4000")).column, 8007);
}

static void a_key_given_twice_is_reported_with_both_places(void **state)
{
    fixture *f = *state;
    assert_null(read_json(f, "{\"a\": 1,\n \"b\": 2, \"\\u0061\": 3}"));
    assert_found(f, "CFN0010 2:10");
    assert_said(f, "key \"a\" is given twice; first at line 1, column 2");
}

static void every_key_given_twice_is_reported(void **state)
{
    fixture *f = *state;
    read_json(f, "{\"a\":{\"x\":1,\"x\":[{\"y\":1,\"y\":2}]},\n\"b\":\"{\",\"a\":{}, \"a\":2}");
    assert_found(f, "CFN0010 1:13, CFN0010 1:25, CFN0010 2:9, CFN0010 2:17");
    assert_string_equal(cfn_diagnostics_at(f->diagnostics, 1)->path, "[\"a\",\"x\",0,\"y\"]");
}

static void a_key_given_twice_among_many_is_found(void **state)
{
    fixture *f = *state;
    cfn__buffer text = {0};
    for (int i = 0; i < 100; i++)
        cfn__buffer_format(&text, "%c\"k%d\":0", i ? ',' : '{', i);
    cfn__buffer_add_text(&text, ",\n\"k42\":1}");
    assert_null(read_json(f, text.text));
    cfn__buffer_free(&text);
    assert_found(f, "CFN0010 2:1");
}

static void a_mistake_behind_a_key_given_twice_is_reported_too(void **state)
{
    fixture *f = *state;
    read_json(f, "{\"a\":1,\"a\":2,}");
    assert_found(f, "CFN0010 1:8, CFN0101 1:13");
}

static void the_same_key_in_different_maps_is_no_problem(void **state)
{
    fixture *f = *state;
    const char *text = "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}";
    assert_json(f, read_json(f, text), text);
}

static void a_backslash_at_the_end_of_a_string_does_not_hide_its_quote(void **state)
{
    fixture *f = *state;
    const cfn_node *b = cfn_node_find(read_json(f, "{\"a\":\"\\\\\",\"b\":1}"), "b");
    assert_int_equal(cfn_node_mark(b).column, 15);
}

static void keys_given_twice_behind_a_mistake_are_not_looked_at(void **state)
{
    fixture *f = *state;
    read_json(f, "{\"a\":1,\"a\":2,\"b\":[1},\"c\":{\"d\":1,\"d\":2}}");
    assert_found(f, "CFN0010 1:8, CFN0101 1:20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_value_is_read),
        TEST(numbers_keep_their_text),
        TEST(escapes_are_decoded),
        TEST(escapes_of_every_length_are_decoded),
        TEST(values_have_marks),
        TEST(keys_have_places),
        TEST(columns_of_a_long_line_are_right),
        TEST(a_key_given_twice_is_reported_with_both_places),
        TEST(every_key_given_twice_is_reported),
        TEST(a_key_given_twice_among_many_is_found),
        TEST(a_mistake_behind_a_key_given_twice_is_reported_too),
        TEST(the_same_key_in_different_maps_is_no_problem),
        TEST(a_backslash_at_the_end_of_a_string_does_not_hide_its_quote),
        TEST(keys_given_twice_behind_a_mistake_are_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
