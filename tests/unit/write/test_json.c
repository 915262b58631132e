/* Nodes to JSON text. */
#include "support.h"

#include "node/node.h"
#include "write/write.h"

static const char *written(fixture *f, const cfn_node *node)
{
    return cfn_write_text(f->arena, node, NULL, NULL);
}

static void members_stand_on_lines_of_their_own(void **state)
{
    fixture *f = *state;
    assert_string_equal(written(f, read_json(f, "{\"a\":{\"b\":[1,\"x\"]},\"c\":null}")),
                        "{\n  \"a\": {\n    \"b\": [\n      1,\n      \"x\"\n    ]\n  },\n"
                        "  \"c\": null\n}\n");
}

static void empty_lists_and_maps_take_no_lines(void **state)
{
    fixture *f = *state;
    assert_string_equal(written(f, read_json(f, "{\"a\":[ ],\"b\":{ }}")),
                        "{\n  \"a\": [],\n  \"b\": {}\n}\n");
    assert_string_equal(written(f, read_json(f, "{}")), "{}\n");
}

static void minified_text_has_no_spaces(void **state)
{
    fixture *f = *state;
    size_t length = 0;
    const char *text =
        cfn_write_text(f->arena, read_json(f, "{ \"a b\" : [ 1 , {} ] , \"c\" : \"d\" }"),
                       &(cfn_write_options){.minify = true}, &length);
    assert_string_equal(text, "{\"a b\":[1,{}],\"c\":\"d\"}\n");
    assert_int_equal(length, strlen(text));
}

static void numbers_are_written_as_they_were_read(void **state)
{
    fixture *f = *state;
    assert_json(f, read_json(f, "{\"a\":[0.1,1e2,1.00,-0,0.7]}"), "{\"a\":[0.1,1e2,1.00,-0,0.7]}");
}

static void text_is_kept_as_utf8(void **state)
{
    fixture *f = *state;
    assert_json(f, read_json(f, "{\"\\u00e9\":\"\\ud83d\\ude00\\u2028\\u0001\\\\\\\"\"}"),
                "{\"\xc3\xa9\":\"\xf0\x9f\x98\x80\xe2\x80\xa8\\u0001\\\\\\\"\"}");
}

static void keys_keep_their_order(void **state)
{
    fixture *f = *state;
    assert_json(f, read_json(f, "{\"b\":1,\"a\":2,\"c\":3}"), "{\"b\":1,\"a\":2,\"c\":3}");
}

static void without_a_format_it_is_json(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_yaml(f, "a: !Ref B\n");
    assert_string_equal(cfn_write_text(f->arena, root, &(cfn_write_options){0}, NULL),
                        "{\n  \"a\": {\n    \"Ref\": \"B\"\n  }\n}\n");
}

static size_t length_of(fixture *f, const cfn_node *node, bool minify)
{
    size_t length = 0;
    cfn_write_text(f->arena, node, &(cfn_write_options){.minify = minify}, &length);
    return length;
}

static void measuring_gives_the_length_of_what_is_written(void **state)
{
    fixture *f = *state;
    static const char *const documents[] = {
        "{}",
        "{\"a\":[],\"b\":{},\"c\":null,\"d\":true,\"e\":-1.50e3}",
        "{\"a\":{\"b\":[1,[2,{\"c\":\"\"}]]},\"\":\"x\"}",
        "{\"\\\"key\\n\":\"\\b\\t\\n\\f\\r\\\"\\\\/ \\u0001\\u001f\\u007f\\u00e9\\ud83d\\ude00\"}",
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        const cfn_node *root = read_json(f, documents[i]);
        cfn__json_size size = cfn__measure_json(root);
        assert_int_equal(size.written, length_of(f, root, false));
        assert_int_equal(size.minified, length_of(f, root, true));
    }
}

static void what_is_escaped_is_found_at_each_place_of_a_long_text(void **state)
{
    fixture *f = *state;
    static const char *const escapes[] = {"\\\"", "\\\\", "\\n", "\\u0001", "\\u001f"};
    for (int place = 0; place < 20; place++)
        for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
            char text[100];
            snprintf(text, sizeof text, "{\"a\":\"%.*s%s !#[]~\x7f\xc2\xa0\xc3\xbf%s0123\"}", place,
                     "01234567890123456789", escapes[i], escapes[i]);
            assert_json(f, read_json(f, text), text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(members_stand_on_lines_of_their_own),
        TEST(empty_lists_and_maps_take_no_lines),
        TEST(minified_text_has_no_spaces),
        TEST(numbers_are_written_as_they_were_read),
        TEST(text_is_kept_as_utf8),
        TEST(keys_keep_their_order),
        TEST(without_a_format_it_is_json),
        TEST(measuring_gives_the_length_of_what_is_written),
        TEST(what_is_escaped_is_found_at_each_place_of_a_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
