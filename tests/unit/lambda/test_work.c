/* Work cut into items, and put together again. */
#include "support.h"

#include "lambda/work.h"

#define HEAD                                                                                       \
    "{\"cfngenComparison\":\"1\",\"source\":\"a\",\"target\":\"b\",\"partial\":true,\"tables\":["

static const cfn_compare_work *read_work(fixture *f, const char *tables)
{
    char text[2000];
    snprintf(text, sizeof text, HEAD "%s]}", tables);
    const cfn_compare_work *work =
        cfn_compare_work_read(f->arena, f->diagnostics, read_json(f, text));
    if (!work)
        fail_msg("%s", cfn_diagnostics_text(f->diagnostics, false));
    return work;
}

static const cfn_compare_work *merge(fixture *f, const char *first, const char *second)
{
    const cfn_compare_work *works[] = {read_work(f, first), read_work(f, second)};
    return cfn__merge_work(f->arena, works, 2);
}

static void work_of_one_table_is_put_together(void **state)
{
    const cfn_compare_work *work =
        merge(*state,
              "{\"schema\":\"s\",\"table\":\"t\",\"plan\":\"p\",\"sourceRows\":5,\"chunks\":1,"
              "\"ranges\":[{\"high\":\"9\"}],\"confirmed\":[\"3\"]}",
              "{\"schema\":\"s\",\"table\":\"t\",\"plan\":\"p\",\"sourceRows\":7,\"chunks\":2,"
              "\"ranges\":[{\"low\":\"9\"}],\"suspects\":[\"11\"],\"confirmed\":[\"12\"]}");
    assert_int_equal(work->table_count, 1);
    const cfn_compare_work_table *t = work->tables;
    assert_int_equal(t->source_rows, 12);
    assert_int_equal(t->chunks, 3);
    assert_int_equal(t->range_count, 2);
    assert_string_equal(t->ranges[0].high, "9");
    assert_string_equal(t->ranges[1].low, "9");
    assert_int_equal(t->suspect_count, 1);
    assert_int_equal(t->confirmed_count, 2);
    assert_string_equal(t->confirmed[1], "12");
    assert_true(work->partial);
}

static void tables_of_similar_names_stay_apart(void **state)
{
    const cfn_compare_work *work = merge(*state, "{\"schema\":\"a b\",\"table\":\"c\"}",
                                         "{\"schema\":\"a\",\"table\":\"b c\"}");
    assert_int_equal(work->table_count, 2);
    assert_string_equal(work->tables[0].name, "b c");
    assert_string_equal(work->tables[1].name, "c");
}

static void a_table_without_anything_to_do_is_kept(void **state)
{
    const cfn_compare_work *work =
        merge(*state, "{\"schema\":\"s\",\"table\":\"done\"}",
              "{\"schema\":\"s\",\"table\":\"t\",\"confirmed\":[\"1\"]}");
    assert_int_equal(work->table_count, 2);
}

static void work_of_other_databases_is_not_put_together(void **state)
{
    fixture *f = *state;
    cfn_compare_work other = *read_work(f, "");
    other.target = "c";
    const cfn_compare_work *works[] = {read_work(f, ""), &other};
    assert_null(cfn__merge_work(f->arena, works, 2));
    assert_null(cfn__merge_work(f->arena, works, 0));
}

/* A run takes work in this order only. */
static void tables_are_in_their_order_whatever_came_first(void **state)
{
    const cfn_compare_work *work =
        merge(*state, "{\"schema\":\"s\",\"table\":\"b\"},{\"schema\":\"s\",\"table\":\"c\"}",
              "{\"schema\":\"r\",\"table\":\"z\"},{\"schema\":\"s\",\"table\":\"a\"}");
    assert_int_equal(work->table_count, 4);
    assert_string_equal(work->tables[0].name, "z");
    assert_string_equal(work->tables[1].name, "a");
    assert_string_equal(work->tables[3].name, "c");
}

/* 1000 tables of one range each. */
static void many_pieces_become_so_many_items(void **state)
{
    static const cfn_compare_range whole = {NULL, NULL};
    static cfn_compare_work_table tables[1000];
    static char names[1000][8];
    fixture *f = *state;
    size_t pieces = 0;
    for (size_t i = 0; i < 1000; i++) {
        snprintf(names[i], sizeof names[i], "t%zu", i);
        tables[i] = (cfn_compare_work_table){
            .schema = "s", .name = names[i], .ranges = &whole, .range_count = 1};
    }
    const cfn_compare_work work = {"a", "b", false, tables, 1000};
    const cfn__maker make = {.arena = f->arena};
    const cfn_node *items = cfn__work_items(&make, &work);
    assert_int_equal(cfn_node_size(items), CFN__MOST_ITEMS);
    for (const cfn_node *n = cfn_node_first(items); n; n = cfn_node_next(n)) {
        const cfn_compare_work *item = cfn_compare_work_read(f->arena, f->diagnostics, n);
        assert_non_null(item);
        assert_true(item->partial);
        pieces += cfn_compare_work_size(item);
    }
    assert_int_equal(pieces, 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(work_of_one_table_is_put_together),
        TEST(tables_of_similar_names_stay_apart),
        TEST(a_table_without_anything_to_do_is_kept),
        TEST(work_of_other_databases_is_not_put_together),
        TEST(tables_are_in_their_order_whatever_came_first),
        TEST(many_pieces_become_so_many_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
