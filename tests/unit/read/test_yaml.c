/* YAML text to nodes: structure, keys and places. */
#include "support.h"

#include "node/node.h"

static void assert_mark(const cfn_node *root, const char *path, uint32_t line, uint32_t column,
                        uint32_t end_line, uint32_t end_column)
{
    cfn_mark mark = cfn_node_mark(cfn_node_find(root, path));
    if (mark.line != line || mark.column != column || mark.end_line != end_line ||
        mark.end_column != end_column)
        print_error("%s is at %u:%u to %u:%u\n", path, mark.line, mark.column, mark.end_line,
                    mark.end_column);
    assert_int_equal(mark.line, line);
    assert_int_equal(mark.column, column);
    assert_int_equal(mark.end_line, end_line);
    assert_int_equal(mark.end_column, end_column);
}

static void block_and_flow_style_are_the_same(void **state)
{
    fixture *f = *state;
    const char *expected = "{\"a\":{\"b\":[1,\"x\",{\"c\":null}]},\"d\":{},\"e\":[]}";
    assert_json(f, read_yaml(f, "a:\n  b:\n  - 1\n  - x\n  - c:\nd: {}\ne: []\n"), expected);
    assert_json(f, read_yaml(f, "{a: {b: [1, x, {c: }]}, d: {}, e: []}\n"), expected);
    assert_found(f, "");
}

static void all_styles_of_text_are_text(void **state)
{
    fixture *f = *state;
    assert_json(
        f, read_yaml(f, "a: 'it''s'\nb: \"x\\ty\"\nc: |\n  x\n   y\nd: >-\n  x\n  y\ne: a\n  b\n"),
        "{\"a\":\"it's\",\"b\":\"x\\ty\",\"c\":\"x\\n y\\n\",\"d\":\"x y\",\"e\":\"a b\"}");
}

static void keys_are_text_whatever_they_look_like(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "1: a\ntrue: b\n1.50: c\nyes: d\n'': e\nnull: f\n012: g\n"),
                "{\"1\":\"a\",\"true\":\"b\",\"1.50\":\"c\",\"yes\":\"d\",\"\":\"e\",\"null\":"
                "\"f\",\"012\":\"g\"}");
    assert_found(f, "");
}

static void a_key_may_be_longer_than_libyaml_likes(void **state)
{
    fixture *f = *state;
    cfn__buffer text = {0};
    cfn__buffer_format(&text, "? %02000d\n: v\n", 7);
    const cfn_node *root = read_yaml(f, text.text);
    cfn__buffer_free(&text);
    assert_int_equal(strlen(cfn_node_key(cfn_node_first(root))), 2000);
}

static void a_key_given_twice_is_reported_with_both_places(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: 1\nb:\n  c: 1\n  'c': 2\na: 2\n"));
    assert_found(f, "CFN0010 4:3, CFN0010 5:1");
    assert_said(f, "first at line 3, column 3");
    assert_string_equal(cfn_diagnostics_at(f->diagnostics, 0)->path, "[\"b\",\"c\"]");
}

static void keys_that_are_not_text_are_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "[a]: 1\nb: 2\n? {c: d}\n: 3\n? \n: 4\n!Ref x: 5\ne: [{{f}}]\n"));
    assert_found(f, "CFN0206 1:1, CFN0206 3:3, CFN0206 5:2, CFN0206 7:1, CFN0206 8:6");
}

static void a_dynamic_reference_without_quotes_is_explained(void **state)
{
    fixture *f = *state;
    read_yaml(f, "a: {{resolve:secretsmanager:x}}\n");
    assert_found(f, "CFN0206 1:5");
    assert_said(f, "put text with braces in quotes");
}

static void a_second_document_is_refused_where_it_begins(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: 1\n---\nb: 2\n"));
    assert_found(f, "CFN0203 2:1");
}

static void one_document_may_have_its_marks(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "%YAML 1.1\n---\na: 1\n...\n"), "{\"a\":1}");
}

static void an_escaped_nul_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: \"x\\0\"\n\"\\0\": b\n"));
    assert_found(f, "CFN0006 1:4, CFN0006 2:1");
}

static void values_have_marks(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *path;
        uint32_t line, column, end_line, end_column;
    } marks[] = {
        {"", 1, 1, 7, 6},    {"a", 1, 4, 1, 6},    {"b", 3, 3, 4, 11},
        {"b/0", 3, 5, 3, 6}, {"b/1", 4, 5, 4, 11}, {"c", 6, 4, 6, 10},
        {"c/1", 6, 8, 6, 9}, {"d", 7, 4, 7, 6},    {"b/1/Ref", 4, 5, 4, 11},
    };
    const cfn_node *root =
        read_yaml(f, "a: \xc3\xa9x\nb:\n  - x\n  - !Ref R\n\nc: [1, 2]\nd: yy\n");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        assert_mark(root, marks[i].path, marks[i].line, marks[i].column, marks[i].end_line,
                    marks[i].end_column);
}

static void keys_have_places(void **state)
{
    fixture *f = *state;
    const cfn_node *c = cfn_node_find(read_yaml(f, "a:\n  b: 1\n  c: 2\n"), "a/c");
    assert_int_equal(c->key_line, 3);
    assert_int_equal(c->key_column, 3);
}

static void reading_goes_on_after_a_key_that_was_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "[a]: 1\nb: 2\nc: 3\nb: 4\n"));
    assert_found(f, "CFN0206 1:1, CFN0010 4:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(block_and_flow_style_are_the_same),
        TEST(all_styles_of_text_are_text),
        TEST(keys_are_text_whatever_they_look_like),
        TEST(a_key_may_be_longer_than_libyaml_likes),
        TEST(a_key_given_twice_is_reported_with_both_places),
        TEST(keys_that_are_not_text_are_refused),
        TEST(a_dynamic_reference_without_quotes_is_explained),
        TEST(a_second_document_is_refused_where_it_begins),
        TEST(one_document_may_have_its_marks),
        TEST(an_escaped_nul_is_an_error),
        TEST(values_have_marks),
        TEST(keys_have_places),
        TEST(reading_goes_on_after_a_key_that_was_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
