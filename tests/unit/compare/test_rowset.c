/* Sets of rows by their keys, and digests of their values. */
#include "support.h"

#include "compare/rowset.h"

static const size_t ones[] = {1, 1, 1};

static void a_key_is_found_again(void **state)
{
    (void)state;
    cfn__rowset set = {0};
    for (int i = 0; i < 5000; i++) {
        char text[16];
        size_t length = (size_t)snprintf(text, sizeof text, "%d", i * 7);
        const char *cell = text;
        cfn__row *row = cfn__rowset_add(&set, &cell, &length, 1);
        assert_non_null(row);
        row->mark = (uint32_t)i;
    }
    const char *cell = "700";
    size_t length = 3;
    assert_int_equal(cfn__rowset_find(&set, &cell, &length, 1)->mark, 100);
    cell = "701";
    assert_null(cfn__rowset_find(&set, &cell, &length, 1));
    assert_int_equal(set.count, 5000);
    cfn__rowset_free(&set);
}

static void a_key_that_is_there_is_not_added_again(void **state)
{
    (void)state;
    cfn__rowset set = {0};
    const char *cells[] = {"a", "b"};
    cfn__row *first = cfn__rowset_add(&set, cells, ones, 2);
    assert_ptr_equal(cfn__rowset_add(&set, cells, ones, 2), first);
    assert_int_equal(set.count, 1);
    cfn__rowset_free(&set);
}

static void cells_do_not_run_into_one_another(void **state)
{
    (void)state;
    static const struct {
        const char *cells[2];
        size_t lengths[2];
    } keys[] = {{{"ab", "c"}, {2, 1}},   {{"a", "bc"}, {1, 2}},   {{"", "abc"}, {0, 3}},
                {{NULL, "abc"}, {0, 3}}, {{"abc", NULL}, {3, 0}}, {{"abc", ""}, {3, 0}}};
    cfn__rowset set = {0};
    for (size_t i = 0; i < 6; i++) {
        cfn__rowset_add(&set, keys[i].cells, keys[i].lengths, 2);
        assert_int_equal(set.count, i + 1);
        for (size_t j = 0; j < i; j++) {
            cfn__digest128 a = cfn__digest_cells(keys[i].cells, keys[i].lengths, 2);
            cfn__digest128 b = cfn__digest_cells(keys[j].cells, keys[j].lengths, 2);
            assert_true(a.a != b.a && a.b != b.b);
        }
    }
    cfn__rowset_free(&set);
}

static void the_cells_of_a_key_come_back(void **state)
{
    (void)state;
    cfn__rowset set = {0};
    const char *cells[] = {"x", NULL, ""}, *back[3];
    const size_t lengths[] = {1, 0, 0};
    size_t sizes[3];
    cfn__row_cells(cfn__rowset_add(&set, cells, lengths, 3), back, sizes, 3);
    assert_int_equal(sizes[0], 1);
    assert_int_equal(*back[0], 'x');
    assert_null(back[1]);
    assert_non_null(back[2]);
    assert_int_equal(sizes[2], 0);
    cfn__rowset_free(&set);
}

static void a_row_that_was_taken_out_is_gone(void **state)
{
    (void)state;
    cfn__rowset set = {0};
    const char *names[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++)
        cfn__rowset_add(&set, &names[i], ones, 1);
    cfn__rowset_remove(&set, cfn__rowset_find(&set, &names[1], ones, 1));
    assert_null(cfn__rowset_find(&set, &names[1], ones, 1));
    assert_non_null(cfn__rowset_find(&set, &names[0], ones, 1));
    assert_non_null(cfn__rowset_find(&set, &names[2], ones, 1));
    assert_int_equal(set.count, 2);
    cfn__rowset_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_found_again),
        cmocka_unit_test(a_key_that_is_there_is_not_added_again),
        cmocka_unit_test(cells_do_not_run_into_one_another),
        cmocka_unit_test(the_cells_of_a_key_come_back),
        cmocka_unit_test(a_row_that_was_taken_out_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
