/* What is checked before a format is known, and which format it is. */
#include "support.h"

static void a_byte_order_mark_is_passed_over(void **state)
{
    fixture *f = *state;
    assert_json(f, read_json(f, "\xef\xbb\xbf{\"a\": 1}"), "{\"a\":1}");
    assert_json(f,
                read_yaml(f, "\xef\xbb\xbf"
                             "a: 1\n"),
                "{\"a\":1}");
}

static void columns_do_not_count_the_byte_order_mark(void **state)
{
    fixture *f = *state;
    read_json(f, "\xef\xbb\xbf{\"a\": x}");
    assert_found(f, "CFN0101 1:7");
}

static void windows_line_ends_are_line_ends(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: |\r\n  x\r\n  y\r\nb: [\r\n1]\r\n"),
                "{\"a\":\"x\\ny\\n\",\"b\":[1]}");
    assert_int_equal(cfn_node_mark(cfn_node_find(read_json(f, "{\r\n\"a\":\r\n1}"), "a")).line, 3);
}

static void the_first_byte_that_is_not_utf8_is_named(void **state)
{
    fixture *f = *state;
    read_yaml(f, "a: \xc3\xa9\nb: x\xe9y\xff\n");
    assert_found(f, "CFN0005 2:5");
    assert_said(f, "0xe9");
}

static void utf16_is_named_as_such(void **state)
{
    fixture *f = *state;
    cfn_read_text(f->arena, f->diagnostics, "in",
                  "\xff\xfe"
                  "a\0:\0",
                  6, CFN_FORMAT_AUTO);
    cfn_read_text(f->arena, f->diagnostics, "in", "{\0}\0", 4, CFN_FORMAT_AUTO);
    assert_found(f, "CFN0005 0:0, CFN0005 0:0");
    assert_said(f, "UTF-16");
}

static void a_nul_character_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(
        cfn_read_text(f->arena, f->diagnostics, "in", "ab: 1\nc\0: 2", 11, CFN_FORMAT_YAML));
    assert_found(f, "CFN0006 2:2");
}

static void an_empty_document_is_an_error(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {"", " \n\t\r\n", "# a comment\n", "---\n", "---\n...\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_null(read_yaml(f, texts[i]));
    assert_null(read_json(f, " \n"));
    assert_found(f, "CFN0007 0:0, CFN0007 0:0, CFN0007 0:0, CFN0007 0:0, CFN0007 0:0, CFN0007 0:0");
}

static void a_root_that_is_no_mapping_is_an_error(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "- a\n"));
    assert_null(read_yaml(f, " text\n"));
    assert_null(read_json(f, "   []"));
    assert_null(read_json(f, "\n12"));
    assert_found(f, "CFN0008 1:1, CFN0008 1:2, CFN0008 1:4, CFN0008 2:1");
}

static void the_text_needs_no_end(void **state)
{
    fixture *f = *state;
    assert_json(f, cfn_read_text(f->arena, f->diagnostics, "in", "a: 12345", 6, CFN_FORMAT_AUTO),
                "{\"a\":123}");
}

static void the_extension_decides_the_format(void **state)
{
    fixture *f = *state;
    assert_non_null(
        cfn_read_text(f->arena, f->diagnostics, "a.yaml", "{a: 1}", 6, CFN_FORMAT_AUTO));
    assert_non_null(cfn_read_text(f->arena, f->diagnostics, "a.YML", "{a: 1}", 6, CFN_FORMAT_AUTO));
    assert_null(cfn_read_text(f->arena, f->diagnostics, "a.json", "a: 1", 4, CFN_FORMAT_AUTO));
}

static void without_a_known_extension_the_first_character_decides(void **state)
{
    fixture *f = *state;
    assert_non_null(
        cfn_read_text(f->arena, f->diagnostics, "a.template", "a: 1", 4, CFN_FORMAT_AUTO));
    assert_null(
        cfn_read_text(f->arena, f->diagnostics, "a.template", "{a: 1}", 6, CFN_FORMAT_AUTO));
    assert_found(f, "CFN0101 1:2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_byte_order_mark_is_passed_over),
        TEST(columns_do_not_count_the_byte_order_mark),
        TEST(windows_line_ends_are_line_ends),
        TEST(the_first_byte_that_is_not_utf8_is_named),
        TEST(utf16_is_named_as_such),
        TEST(a_nul_character_is_an_error),
        TEST(an_empty_document_is_an_error),
        TEST(a_root_that_is_no_mapping_is_an_error),
        TEST(the_text_needs_no_end),
        TEST(the_extension_decides_the_format),
        TEST(without_a_known_extension_the_first_character_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
