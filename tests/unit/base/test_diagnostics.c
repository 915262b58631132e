/* Collecting problems and showing them. */
#include "support.h"

#include "base/diagnostics.h"

static const cfn__source source = {"a.yaml", "one: 1\n  two: 2\n\t\xc3\xa9 three\n", 27};

static cfn__place place(uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column)
{
    return (cfn__place){&source, line, column, end_line, end_column};
}

static bool is_warning(void *context, const cfn_diagnostic *diagnostic)
{
    (void)context;
    return diagnostic->severity == CFN_WARNING;
}

static void an_error_is_shown_with_its_line_caret_and_hint(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(2, 3, 2, 6), NULL, "key %s", "\"two\"");
    cfn__hint(f->diagnostics, "take %d out", 1);
    assert_string_equal(cfn_diagnostics_text(f->diagnostics, false),
                        "a.yaml:2:3: error CFN0010: key \"two\"\n"
                        "    2 |   two: 2\n"
                        "      |   ^~~\n"
                        "      = hint: take 1 out\n");
}

static void a_caret_under_wide_characters_and_tabs_lines_up(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(3, 4, 0, 0), NULL, "x");
    assert_said(f, "    3 | \t\xc3\xa9 three\n      | \t  ^\n");
}

static void a_mark_does_not_run_past_the_end_of_its_line(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(1, 1, 1, 40), NULL, "x");
    assert_said(f, "    1 | one: 1\n      | ^~~~~~\n");
}

static void a_problem_without_a_place_has_no_caret(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0208, (cfn__place){0}, NULL, "x");
    assert_string_equal(cfn_diagnostics_text(f->diagnostics, false), "warning CFN0208: x\n");
}

static void colours_come_on_request(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, (cfn__place){0}, NULL, "x");
    assert_null(strchr(cfn_diagnostics_text(f->diagnostics, false), '\033'));
    assert_non_null(strchr(cfn_diagnostics_text(f->diagnostics, true), '\033'));
}

static void json_is_one_object_a_line(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(2, 3, 2, 6), "[\"A\",0]", "a \"b\"");
    cfn__hint(f->diagnostics, "do\nit");
    assert_string_equal(
        cfn_diagnostics_json(f->diagnostics),
        "{\"id\":\"CFN0010\",\"severity\":\"error\",\"file\":\"a.yaml\",\"line\":2,\"column\":3,"
        "\"endLine\":2,\"endColumn\":6,\"path\":[\"A\",0],\"message\":\"a \\\"b\\\"\","
        "\"hint\":\"do\\nit\"}\n");
}

static void they_are_ordered_by_place_and_then_as_reported(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(3, 1, 0, 0), NULL, "x");
    cfn__report_at(f->diagnostics, CFN0204, place(1, 5, 0, 0), NULL, "x");
    cfn__report_at(f->diagnostics, CFN0203, place(1, 5, 0, 0), NULL, "x");
    cfn__report_at(f->diagnostics, CFN0202, place(1, 2, 0, 0), NULL, "x");
    assert_found(f, "CFN0202 1:2, CFN0204 1:5, CFN0203 1:5, CFN0010 3:1");
}

static void each_severity_is_counted(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, (cfn__place){0}, NULL, "x");
    cfn__report_at(f->diagnostics, CFN0208, (cfn__place){0}, NULL, "x");
    cfn__report_at(f->diagnostics, CFN0209, (cfn__place){0}, NULL, "x");
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_ERROR), 1);
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_WARNING), 2);
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_NOTE), 0);
}

static void the_same_at_the_same_place_is_told_once(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 3; i++)
        cfn__report_at(f->diagnostics, CFN0010, place(1, 1, 0, 0), NULL, "x");
    cfn__report_at(f->diagnostics, CFN0010, place(1, 2, 0, 0), NULL, "x");
    assert_found(f, "CFN0010 1:1, CFN0010 1:2");
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_ERROR), 2);
}

static void past_a_thousand_they_are_only_counted(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 1005; i++)
        cfn__report_at(f->diagnostics, CFN0010, place(1, 1, 0, 0), NULL, "x%d", i);
    assert_int_equal(cfn_diagnostics_size(f->diagnostics), 1001);
    assert_int_equal(cfn_diagnostics_at(f->diagnostics, 1000)->id, CFN0013);
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_ERROR), 1005);
}

static void a_text_that_was_cut_in_a_character_is_without_it(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(1, 1, 0, 0), NULL, "%.2s is wrong", "a\xc3\xa9");
    cfn__hint(f->diagnostics, "not %.1s", "\xc3\xa9");
    const cfn_diagnostic *d = cfn_diagnostics_at(f->diagnostics, 0);
    assert_string_equal(d->message, "a is wrong");
    assert_string_equal(d->hint, "not ");
}

static void memory_that_ran_out_is_an_error(void **state)
{
    fixture *f = *state;
    cfn__report_no_memory(f->diagnostics);
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_ERROR), 1);
    assert_found(f, "CFN0001 0:0");
}

static void what_is_filtered_out_is_gone(void **state)
{
    fixture *f = *state;
    cfn__report_at(f->diagnostics, CFN0010, place(1, 1, 0, 0), NULL, "x");
    cfn__report_at(f->diagnostics, CFN0208, place(2, 1, 0, 0), NULL, "x");
    cfn__diagnostics_filter(f->diagnostics, is_warning, NULL);
    assert_found(f, "CFN0010 1:1");
    assert_int_equal(cfn_diagnostics_count(f->diagnostics, CFN_WARNING), 0);
}

static void an_id_is_found_by_its_name(void **state)
{
    (void)state;
    assert_int_equal(cfn_diagnostic_find("CFN0208"), CFN0208);
    assert_int_equal(cfn_diagnostic_find("CFN9999"), CFN_DIAGNOSTIC_COUNT);
    assert_string_equal(cfn_diagnostic_name(CFN0208), "CFN0208");
    assert_int_equal(cfn_diagnostic_severity(CFN0208), CFN_WARNING);
    assert_string_equal(cfn_severity_name(CFN_NOTE), "note");
}

static void an_offset_has_a_line_and_a_column(void **state)
{
    (void)state;
    cfn__place p = cfn__place_of_offset(&source, 19);
    assert_int_equal(p.line, 3);
    assert_int_equal(p.column, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_error_is_shown_with_its_line_caret_and_hint),
        TEST(a_caret_under_wide_characters_and_tabs_lines_up),
        TEST(a_mark_does_not_run_past_the_end_of_its_line),
        TEST(a_problem_without_a_place_has_no_caret),
        TEST(colours_come_on_request),
        TEST(json_is_one_object_a_line),
        TEST(they_are_ordered_by_place_and_then_as_reported),
        TEST(each_severity_is_counted),
        TEST(the_same_at_the_same_place_is_told_once),
        TEST(past_a_thousand_they_are_only_counted),
        TEST(a_text_that_was_cut_in_a_character_is_without_it),
        TEST(memory_that_ran_out_is_an_error),
        TEST(what_is_filtered_out_is_gone),
        TEST(an_id_is_found_by_its_name),
        TEST(an_offset_has_a_line_and_a_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
