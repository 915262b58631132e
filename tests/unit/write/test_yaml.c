/* Nodes to YAML text: short tags, and text that every reader takes for text. */
#include "support.h"

#include "node/node.h"
#include "write/yaml_style.h"

/* Writes what was read from JSON, compares, and reads it back. */
static void assert_yaml(fixture *f, const char *json, const char *expected)
{
    const cfn_node *root = read_json(f, json);
    assert_non_null(root);
    const char *text =
        cfn_write_text(f->arena, root, &(cfn_write_options){.format = CFN_FORMAT_YAML}, NULL);
    assert_string_equal(text, expected);
    assert_true(cfn_node_equal(root, read_yaml(f, text)));
    assert_found(f, "");
}

static void lists_and_maps_are_in_block_style(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"a\":{\"b\":[1,{\"c\":\"x\",\"d\":null},[true]]},\"e\":[],\"f\":{}}",
                "a:\n  b:\n  - 1\n  - c: x\n    d: null\n  - - true\ne: []\nf: {}\n");
}

static void functions_are_written_with_their_tags(void **state)
{
    fixture *f = *state;
    assert_yaml(
        f,
        "{\"a\":{\"Ref\":\"B\"},\"b\":{\"Fn::Join\":[\"\",[{\"Ref\":\"AWS::Region\"},\"x\"]]},"
        "\"c\":{\"Fn::Transform\":{\"Name\":\"M\"}},\"d\":{\"Fn::Not\":[{\"Condition\":\"E\"}]}}",
        "a: !Ref B\nb: !Join\n- ''\n- - !Ref AWS::Region\n  - x\n"
        "c: !Transform\n  Name: M\nd: !Not\n- !Condition E\n");
}

static void of_two_functions_on_one_value_the_outer_one_is_written_long(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"a\":{\"Fn::Base64\":{\"Fn::Sub\":\"${B}\"}}}",
                "a:\n  Fn::Base64: !Sub ${B}\n");
}

static void a_get_att_is_written_with_a_dot_where_that_reads_back(void **state)
{
    fixture *f = *state;
    assert_yaml(f,
                "{\"a\":{\"Fn::GetAtt\":[\"B\",\"C.D\"]},\"b\":{\"Fn::GetAtt\":[\"B.C\",\"D\"]},"
                "\"c\":{\"Fn::GetAtt\":\"B.C\"},\"d\":{\"Fn::GetAtt\":[\"B\",{\"Ref\":\"C\"}]}}",
                "a: !GetAtt B.C.D\nb: !GetAtt\n- B.C\n- D\nc:\n  Fn::GetAtt: B.C\n"
                "d: !GetAtt\n- B\n- !Ref C\n");
}

static void what_a_tag_cannot_say_is_written_long(void **state)
{
    fixture *f = *state;
    assert_yaml(f,
                "{\"a\":{\"Ref\":5},\"b\":{\"Fn::Join\":\"x\"},\"c\":{\"Fn::Sub\":\"x\",\"d\":1}}",
                "a:\n  Ref: 5\nb:\n  Fn::Join: x\nc:\n  Fn::Sub: x\n  d: 1\n");
}

static void functions_of_rules_are_written_long(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"a\":{\"Fn::Contains\":[[\"x\"],{\"Ref\":\"B\"}]}}",
                "a:\n  Fn::Contains:\n  - - x\n  - !Ref B\n");
}

static void the_root_has_no_tag(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"Ref\":\"B\"}", "Ref: B\n");
}

static void lines_of_text_are_a_block(void **state)
{
    fixture *f = *state;
    assert_yaml(f,
                "{\"a\":\"x\\n  y: z\\n\\n# w\\n\",\"b\":\"x\\ny\",\"c\":{\"Fn::Sub\":\"x\\n\"}}",
                "a: |\n  x\n    y: z\n\n  # w\nb: |-\n  x\n  y\nc: !Sub |\n  x\n");
}

static void lines_that_a_block_would_change_are_quoted(void **state)
{
    (void)state;
    static const char *const texts[] = {"\n",      "\nx",    " x\ny", "x \ny",          "x\n\n",
                                        "x\ty\n",  "x\r\ny", "x\n ",  "\xe2\x80\xa8\n", "x\n\x7f",
                                        "\xc2\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(cfn__yaml_style(texts[i], strlen(texts[i]), false),
                         YAML_DOUBLE_QUOTED_SCALAR_STYLE);
}

static void text_that_some_reader_takes_for_something_else_is_quoted(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "~",
                                        "null",
                                        "NULL",
                                        "true",
                                        "False",
                                        "yes",
                                        "No",
                                        "on",
                                        "OFF",
                                        "y",
                                        "N",
                                        "1",
                                        "-1",
                                        "1.5",
                                        "1e5",
                                        "012",
                                        "0x1F",
                                        "0b1",
                                        "0o7",
                                        "1_000",
                                        "+1",
                                        ".5",
                                        "5.",
                                        ".inf",
                                        "-.INF",
                                        ".NaN",
                                        "22:22",
                                        "1:2:3",
                                        "<<",
                                        "=",
                                        "2012-10-17",
                                        "2001-1-1 10:00:00",
                                        "123456789012"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(cfn__yaml_style(texts[i], strlen(texts[i]), false),
                         YAML_SINGLE_QUOTED_SCALAR_STYLE);
        assert_int_equal(cfn__yaml_style(texts[i], strlen(texts[i]), true),
                         YAML_SINGLE_QUOTED_SCALAR_STYLE);
    }
}

static void text_that_yaml_would_not_read_plain_is_quoted(void **state)
{
    fixture *f = *state;
    assert_yaml(
        f,
        "{\"a\":[\"- x\",\"a: b\",\"a "
        "#b\",\"*\",\"&a\",\"!x\",\"@x\",\"%x\",\"{{resolve:x}}\",\"[a\",\"'a\","
        "\" a\",\"a \",\"---\",\"a:\",\"-\",\"?\",\"#\",\"|\",\">\",\"`\"]}",
        "a:\n- '- x'\n- 'a: b'\n- 'a #b'\n- '*'\n- '&a'\n- '!x'\n- '@x'\n- '%x'\n"
        "- '{{resolve:x}}'\n- '[a'\n- '''a'\n- ' a'\n- 'a '\n- '---'\n- 'a:'\n- '-'\n- '?'\n"
        "- '#'\n- '|'\n- '>'\n- '`'\n");
}

static void ordinary_text_is_plain(void **state)
{
    fixture *f = *state;
    assert_yaml(
        f,
        "{\"a\":[\"x\",\"arn:aws:s3:::b/*\",\"${AWS::Region}-x\",\"10.0.0.0/"
        "16\",\"8.0.mysql\",\"it's\","
        "\"--flag\",\"a b\",\"\xc3\xa9\",\"cron(0 1 * * ? *)\"]}",
        "a:\n- x\n- arn:aws:s3:::b/*\n- ${AWS::Region}-x\n- 10.0.0.0/16\n- 8.0.mysql\n- it's\n"
        "- --flag\n- a b\n- \xc3\xa9\n- cron(0 1 * * ? *)\n");
}

static void what_cannot_be_printed_is_escaped(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"a\":\"\\u0001\\t\\u0085\\u2028\\ufeff\\ud83d\\ude00\",\"b\\u0007\":1}",
                "a: \"\\x01\\t\\N\\L\\uFEFF\\U0001F600\"\n\"b\\a\": 1\n");
}

static void keys_that_are_no_words_are_quoted(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"1\":1,\"yes\":2,\"\":3,\"<<\":{\"a\":4},\"a: b\":5,\"N\":6}",
                "'1': 1\n'yes': 2\n'': 3\n'<<':\n  a: 4\n'a: b': 5\n'N': 6\n");
}

static void long_keys_and_keys_of_several_lines_read_back(void **state)
{
    fixture *f = *state;
    cfn__buffer json = {0};
    cfn__buffer_format(&json, "{\"a\\nb\":1,\"%02000d\":2}", 7);
    const cfn_node *root = read_json(f, json.text);
    cfn__buffer_free(&json);
    const char *text =
        cfn_write_text(f->arena, root, &(cfn_write_options){.format = CFN_FORMAT_YAML}, NULL);
    assert_true(cfn_node_equal(root, read_yaml(f, text)));
}

static void long_lines_are_not_folded(void **state)
{
    fixture *f = *state;
    cfn__buffer json = {0};
    cfn__buffer_add_text(&json, "{\"a\":\"");
    for (int i = 0; i < 300; i++)
        cfn__buffer_add_text(&json, "word ");
    cfn__buffer_add_text(&json, "'\"}");
    const cfn_node *root = read_json(f, json.text);
    cfn__buffer_free(&json);
    const char *text =
        cfn_write_text(f->arena, root, &(cfn_write_options){.format = CFN_FORMAT_YAML}, NULL);
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void a_key_of_several_lines_is_quoted(void **state)
{
    fixture *f = *state;
    assert_yaml(f, "{\"a\\nb\":1}", "? \"a\\nb\"\n: 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lists_and_maps_are_in_block_style),
        TEST(functions_are_written_with_their_tags),
        TEST(of_two_functions_on_one_value_the_outer_one_is_written_long),
        TEST(a_get_att_is_written_with_a_dot_where_that_reads_back),
        TEST(what_a_tag_cannot_say_is_written_long),
        TEST(functions_of_rules_are_written_long),
        TEST(the_root_has_no_tag),
        TEST(lines_of_text_are_a_block),
        TEST(lines_that_a_block_would_change_are_quoted),
        TEST(text_that_some_reader_takes_for_something_else_is_quoted),
        TEST(text_that_yaml_would_not_read_plain_is_quoted),
        TEST(ordinary_text_is_plain),
        TEST(what_cannot_be_printed_is_escaped),
        TEST(keys_that_are_no_words_are_quoted),
        TEST(long_keys_and_keys_of_several_lines_read_back),
        TEST(long_lines_are_not_folded),
        TEST(a_key_of_several_lines_is_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
