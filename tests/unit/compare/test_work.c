/* Work of a comparison: as text, in pieces, and what is refused. */
#include "support.h"

#include "compare/key_text.h"

#include <cfngen/compare_work.h>

static const char document[] =
    "{\"cfngenComparison\":\"1\",\"source\":\"mysql://old:3306/\",\"target\":\"mysql://new:3306/\","
    "\"tables\":["
    "{\"schema\":\"shop\",\"table\":\"items\",\"plan\":\"abc\",\"sourceRows\":12,\"settled\":1,"
    "\"ranges\":[{\"low\":\"5\",\"high\":\"9,a%20b\"},{\"low\":\"9,a%20b\"}],"
    "\"suspects\":[\"3,!\",\"4,\"],\"confirmed\":[\"1,x\"]},"
    "{\"schema\":\"shop\",\"table\":\"orders\"}]}\n";

static const cfn_compare_work *read_work(fixture *f, const char *text)
{
    const cfn_node *root = read_json(f, text);
    return root ? cfn_compare_work_read(f->arena, f->diagnostics, root) : NULL;
}

static const char *written(fixture *f, const cfn_compare_work *work)
{
    const cfn_write_options minified = {.minify = true};
    return cfn_write_text(f->arena, cfn_compare_work_node(f->arena, work), &minified, NULL);
}

static void work_that_is_written_is_read_again(void **state)
{
    fixture *f = *state;
    assert_string_equal(written(f, read_work(f, document)), document);
}

static void work_is_done_when_only_confirmed_rows_are_left(void **state)
{
    fixture *f = *state;
    assert_false(cfn_compare_work_is_done(read_work(f, document)));
    assert_true(cfn_compare_work_is_done(
        read_work(f, "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\",\"table\":\"b\","
                     "\"confirmed\":[\"1\"]}]}")));
}

static void each_range_is_a_piece_and_so_are_the_rows_of_a_table(void **state)
{
    fixture *f = *state;
    const cfn_compare_work *work = read_work(f, document);
    assert_int_equal(cfn_compare_work_size(work), 3);
    assert_string_equal(written(f, cfn_compare_work_piece(f->arena, work, 1)),
                        "{\"cfngenComparison\":\"1\",\"source\":\"mysql://old:3306/\",\"target\":"
                        "\"mysql://new:3306/\",\"partial\":true,\"tables\":[{\"schema\":\"shop\","
                        "\"table\":\"items\",\"plan\":\"abc\",\"ranges\":[{\"low\":\"9,a%20b\"}]}]}"
                        "\n");
    assert_string_equal(written(f, cfn_compare_work_piece(f->arena, work, 2)),
                        "{\"cfngenComparison\":\"1\",\"source\":\"mysql://old:3306/\",\"target\":"
                        "\"mysql://new:3306/\",\"partial\":true,\"tables\":[{\"schema\":\"shop\","
                        "\"table\":\"items\",\"plan\":\"abc\",\"suspects\":[\"3,!\",\"4,\"],"
                        "\"confirmed\":[\"1,x\"]}]}\n");
    assert_null(cfn_compare_work_piece(f->arena, work, 3));
}

static void what_is_no_work_is_refused_with_its_place(void **state)
{
    fixture *f = *state;
    static const char *const wrong[] = {
        "{}",
        "{\"cfngenComparison\":\"2\",\"tables\":[]}",
        "{\"cfngenComparison\":\"1\"}",
        "{\"cfngenComparison\":\"1\",\"tables\":[1]}",
        "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\"}]}",
        "{\"cfngenComparison\":\"1\",\"partial\":1,\"tables\":[]}",
        "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\",\"table\":1}]}",
        "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\",\"table\":\"b\",\"chunks\":-1}]"
        "}",
        "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\",\"table\":\"b\",\"ranges\":[1]}]"
        "}",
        "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\",\"table\":\"b\",\"suspects\":[1]"
        "}]}",
        "{\"cfngenComparison\":\"1\",\"tables\":[{\"schema\":\"a\",\"table\":\"b\"},"
        "{\"schema\":\"a\",\"table\":\"b\"}]}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t before = cfn_diagnostics_size(f->diagnostics);
        assert_null(read_work(f, wrong[i]));
        assert_true(cfn_diagnostics_size(f->diagnostics) > before);
    }
    assert_non_null(strstr(cfn_diagnostics_text(f->diagnostics, false),
                           "in:1:35: error CFN5005: this is not a table"));
}

static void any_bytes_can_be_a_key(void **state)
{
    (void)state;
    static const char all[] = "a\0\x80\xff,!%\n'\"";
    const char *texts[] = {all, NULL, "", "-1.5e+3"};
    const size_t lengths[] = {sizeof all - 1, 0, 0, 7};
    cfn__buffer text = {0};
    cfn__end key = {0};
    cfn__add_key_text(&text, texts, lengths, 4);
    assert_string_equal(text.text, "a%00%80%ff%2c%21%25%0a%27%22,!,,-1.5e%2b3");
    assert_true(cfn__read_key_text(&key, text.text, 4));
    assert_true(key.known);
    assert_int_equal(key.lengths[0], lengths[0]);
    assert_memory_equal(key.texts[0], all, sizeof all - 1);
    assert_null(key.texts[1]);
    assert_string_equal(key.texts[2], "");
    assert_string_equal(key.texts[3], "-1.5e+3");
    cfn__end_free(&key);
    cfn__buffer_free(&text);
}

static void a_key_that_is_written_otherwise_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"1",     "1,2,3", "1,%",  "1,%4",
                                        "1,%4g", "1,a b", "1,!!", "1,%2C"};
    cfn__end key = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(cfn__read_key_text(&key, wrong[i], 2));
        assert_false(key.known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(work_that_is_written_is_read_again),
        TEST(work_is_done_when_only_confirmed_rows_are_left),
        TEST(each_range_is_a_piece_and_so_are_the_rows_of_a_table),
        TEST(what_is_no_work_is_refused_with_its_place),
        cmocka_unit_test(any_bytes_can_be_a_key),
        cmocka_unit_test(a_key_that_is_written_otherwise_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
