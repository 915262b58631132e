/* Nodes to JSON text. */
#include "support.h"

#include "node/node.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
