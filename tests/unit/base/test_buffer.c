/* The growing text buffer. */
#include "support.h"

#include "base/buffer.h"

static void what_is_added_stands_in_order(void **state)
{
    (void)state;
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "a");
    cfn__buffer_add_char(&b, 'b');
    cfn__buffer_add_spaces(&b, 2);
    cfn__buffer_format(&b, "%d", 42);
    cfn__buffer_add(&b, "xyz", 2);
    assert_string_equal(b.text, "ab  42xy");
    assert_int_equal(b.length, 8);
    cfn__buffer_free(&b);
}

static void it_grows_past_its_first_size(void **state)
{
    (void)state;
    cfn__buffer b = {0};
    for (int i = 0; i < 10000; i++)
        cfn__buffer_format(&b, "%04d", i);
    assert_int_equal(b.length, 40000);
    assert_string_equal(b.text + 39996, "9999");
    cfn__buffer_free(&b);
}

static void json_strings_escape_what_json_demands_and_nothing_else(void **state)
{
    (void)state;
    cfn__buffer b = {0};
    static const char text[] = "a\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa9";
    cfn__buffer_add_json_string(&b, text, strlen(text));
    assert_string_equal(b.text, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa9\"");
    cfn__buffer_free(&b);
}

static void a_size_that_overflows_is_a_failure(void **state)
{
    (void)state;
    cfn__buffer b = {0};
    cfn__buffer_add_char(&b, 'a');
    cfn__buffer_add_spaces(&b, SIZE_MAX - 1);
    assert_true(b.failed);
    cfn__buffer_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_added_stands_in_order),
        TEST(it_grows_past_its_first_size),
        TEST(json_strings_escape_what_json_demands_and_nothing_else),
        TEST(a_size_that_overflows_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
