/* The limits of what is read, and that hostile input costs little. */
#include "support.h"

#include "base/buffer.h"

#include <time.h>

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void add_times(cfn__buffer *b, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cfn__buffer_add_text(b, text);
}

static cfn_node *read_buffer(fixture *f, cfn__buffer *b, cfn_format format)
{
    cfn_node *root = cfn_read_text(f->arena, f->diagnostics, "in", b->text, b->length, format);
    cfn__buffer_free(b);
    return root;
}

/* {"a":[[...]]} of this depth, which YAML reads too. */
static cfn_node *read_nested(fixture *f, size_t depth, cfn_format format)
{
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "{\"a\":");
    add_times(&b, "[", depth - 1);
    add_times(&b, "]", depth - 1);
    cfn__buffer_add_text(&b, "}");
    return read_buffer(f, &b, format);
}

static void two_hundred_levels_are_read(void **state)
{
    fixture *f = *state;
    assert_non_null(read_nested(f, 200, CFN_FORMAT_JSON));
    assert_non_null(read_nested(f, 200, CFN_FORMAT_YAML));
}

static void one_level_more_is_refused_where_it_begins(void **state)
{
    fixture *f = *state;
    assert_null(read_nested(f, 201, CFN_FORMAT_JSON));
    assert_null(read_nested(f, 201, CFN_FORMAT_YAML));
    assert_found(f, "CFN0009 1:205");
    assert_said(f, "200");
}

static void levels_that_tags_stand_for_are_counted(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "a: ");
    add_times(&b, "[", 198);
    cfn__buffer_add_text(&b, "!Ref x");
    add_times(&b, "]", 198);
    assert_non_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    cfn__buffer_add_text(&b, "a: ");
    add_times(&b, "[", 198);
    cfn__buffer_add_text(&b, "!GetAtt x.y");
    add_times(&b, "]", 198);
    assert_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    assert_found(f, "CFN0009 1:202");
}

static void levels_behind_aliases_are_counted(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "a: &a [");
    add_times(&b, "[", 99);
    add_times(&b, "]", 99);
    cfn__buffer_add_text(&b, "]\nb: &b ");
    add_times(&b, "[", 99);
    cfn__buffer_add_text(&b, "*a");
    add_times(&b, "]", 99);
    cfn__buffer_add_text(&b, "\nc: [*b]\n");
    assert_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    cfn__buffer_add_text(&b, "a: &a !GetAtt x.y\nb: ");
    add_times(&b, "[", 198);
    cfn__buffer_add_text(&b, "*a");
    add_times(&b, "]", 198);
    assert_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    assert_found(f, "CFN0009 2:202, CFN0009 3:5");
}

static void nesting_of_twenty_thousand_levels_is_refused_at_once(void **state)
{
    fixture *f = *state;
    double start = milliseconds();
    assert_null(read_nested(f, 20000, CFN_FORMAT_JSON));
    assert_null(read_nested(f, 20000, CFN_FORMAT_YAML));
    assert_found(f, "CFN0009 1:205");
    assert_true(milliseconds() - start < 500);
}

static cfn_node *read_values(fixture *f, const char *value, size_t count, cfn_format format)
{
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "{\"a\":[");
    add_times(&b, value, count - 1);
    cfn__buffer_format(&b, "0]}");
    return read_buffer(f, &b, format);
}

static void half_a_million_values_are_read(void **state)
{
    fixture *f = *state;
    assert_non_null(read_values(f, "0,", 499998, CFN_FORMAT_JSON));
    assert_non_null(read_values(f, "0,", 499998, CFN_FORMAT_YAML));
}

static void one_value_more_is_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_values(f, "0,", 499999, CFN_FORMAT_JSON));
    assert_null(read_values(f, "0,\n", 499999, CFN_FORMAT_JSON));
    assert_null(read_values(f, "0,", 499999, CFN_FORMAT_YAML));
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_ERROR), 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(cfn_diagnostics_at(f->diagnostics, i)->id, CFN0011);
    assert_said(f, "500000");
}

static void aliases_that_multiply_are_refused_at_once_and_take_no_memory(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++)
        cfn__buffer_format(&b, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i,
                           i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    double start = milliseconds();
    assert_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    assert_found(f, "CFN0011 7:10");
    assert_true(milliseconds() - start < 100);
    assert_true(cfn_arena_size(f->arena) < 100000);
}

static cfn_node *read_long(fixture *f, size_t length, const char *before, const char *after,
                           cfn_format format)
{
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, before);
    add_times(&b, "x", length);
    cfn__buffer_add_text(&b, after);
    return read_buffer(f, &b, format);
}

static void a_text_of_a_mebibyte_is_read(void **state)
{
    fixture *f = *state;
    assert_non_null(read_long(f, CFN_MAX_SCALAR_BYTES, "{\"a\":\"", "\"}", CFN_FORMAT_JSON));
    assert_non_null(read_long(f, CFN_MAX_SCALAR_BYTES, "a: ", "\n", CFN_FORMAT_YAML));
}

static void a_longer_text_or_key_is_refused(void **state)
{
    fixture *f = *state;
    size_t length = CFN_MAX_SCALAR_BYTES + 1;
    assert_null(read_long(f, length, "{\"a\":\"", "\"}", CFN_FORMAT_JSON));
    assert_null(read_long(f, length, "{\"", "\":1}", CFN_FORMAT_JSON));
    assert_null(read_long(f, length, "a: ", "\n", CFN_FORMAT_YAML));
    assert_null(read_long(f, length, "? ", "\n: 1\n", CFN_FORMAT_YAML));
    assert_found(f, "CFN0012 1:2, CFN0012 1:3, CFN0012 1:4, CFN0012 1:6");
    assert_said(f, "1048576");
}

static void a_larger_input_is_refused_unseen(void **state)
{
    fixture *f = *state;
    assert_null(read_long(f, CFN_MAX_INPUT_BYTES, "{\"a\":\"", "\"}", CFN_FORMAT_JSON));
    assert_found(f, "CFN0004 0:0");
    assert_said(f, "8388608");
    assert_true(cfn_arena_size(f->arena) < 100000);
}

static void directives_in_great_number_are_refused_at_once(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    for (int i = 0; i < 200000; i++)
        cfn__buffer_format(&b, "%%TAG !h%d! !x\n", i);
    cfn__buffer_add_text(&b, "---\na: 1\n");
    double start = milliseconds();
    assert_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    assert_found(f, "CFN0201 0:0");
    assert_true(milliseconds() - start < 500);
}

static void a_map_of_many_keys_is_read_in_time(void **state)
{
    fixture *f = *state;
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "{");
    for (int i = 0; i < 100000; i++)
        cfn__buffer_format(&b, "\"k%d\": 0,\n", i);
    cfn__buffer_add_text(&b, "\"end\": 0}");
    double start = milliseconds();
    assert_non_null(read_buffer(f, &b, CFN_FORMAT_YAML));
    assert_true(milliseconds() - start < 5000);
}

static void many_problems_are_reported_in_time(void **state)
{
    fixture *f = *state;
    double start = milliseconds();
    assert_non_null(read_values(f, "yes,", 100000, CFN_FORMAT_YAML));
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_WARNING), 99999);
    assert_true(milliseconds() - start < 5000);
}

static void commas_in_a_text_are_no_values(void **state)
{
    fixture *f = *state;
    assert_non_null(read_long(f, 3, "{\"a\":\"\\\"", "\"}", CFN_FORMAT_JSON));
    cfn__buffer b = {0};
    cfn__buffer_add_text(&b, "{\"a\":\"\\\"");
    add_times(&b, ",", CFN_MAX_SCALAR_BYTES - 1);
    cfn__buffer_add_text(&b, "\"}");
    assert_non_null(read_buffer(f, &b, CFN_FORMAT_JSON));
}

static void values_that_tags_and_aliases_stand_for_are_counted(void **state)
{
    fixture *f = *state;
    assert_non_null(read_values(f, "!GetAtt a.b,", 124999, CFN_FORMAT_YAML));
    assert_null(read_values(f, "!GetAtt a.b,", 125001, CFN_FORMAT_YAML));
    assert_null(read_values(f, "&a 0,*a,", 250001, CFN_FORMAT_YAML));
    assert_int_equal(cfn_diagnostics_size(f->diagnostics), 2);
    assert_int_equal(cfn_diagnostics_at(f->diagnostics, 1)->id, CFN0011);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_hundred_levels_are_read),
        TEST(one_level_more_is_refused_where_it_begins),
        TEST(levels_that_tags_stand_for_are_counted),
        TEST(levels_behind_aliases_are_counted),
        TEST(nesting_of_twenty_thousand_levels_is_refused_at_once),
        TEST(half_a_million_values_are_read),
        TEST(one_value_more_is_refused),
        TEST(aliases_that_multiply_are_refused_at_once_and_take_no_memory),
        TEST(a_text_of_a_mebibyte_is_read),
        TEST(a_longer_text_or_key_is_refused),
        TEST(a_larger_input_is_refused_unseen),
        TEST(directives_in_great_number_are_refused_at_once),
        TEST(a_map_of_many_keys_is_read_in_time),
        TEST(many_problems_are_reported_in_time),
        TEST(commas_in_a_text_are_no_values),
        TEST(values_that_tags_and_aliases_stand_for_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
