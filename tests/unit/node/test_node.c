/* Looking at nodes. */
#include "support.h"

#include "node/node.h"

static void members_are_visited_in_the_order_of_the_document(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_json(f, "{\"b\":1,\"a\":[true,null]}");
    const cfn_node *b = cfn_node_first(root), *a = cfn_node_next(b);
    assert_string_equal(cfn_node_key(b), "b");
    assert_string_equal(cfn_node_key(a), "a");
    assert_null(cfn_node_next(a));
    assert_int_equal(cfn_node_size(a), 2);
    assert_int_equal(cfn_node_kind(cfn_node_first(a)), CFN_KIND_BOOLEAN);
}

static void members_are_found_by_key_and_by_index(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_json(f, "{\"b\":1,\"a\":[\"x\",\"y\"]}");
    assert_string_equal(cfn_node_text(cfn_node_get(root, "b")), "1");
    assert_string_equal(cfn_node_text(cfn_node_at(cfn_node_get(root, "a"), 1)), "y");
    assert_null(cfn_node_at(cfn_node_get(root, "a"), 2));
    assert_null(cfn_node_get(root, "c"));
    assert_null(cfn_node_get(cfn_node_get(root, "a"), "x"));
}

static void a_path_leads_through_keys_and_indexes(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_json(f, "{\"a\":[{\"b\":\"x\"}],\"0\":\"zero\"}");
    assert_string_equal(cfn_node_text(cfn_node_find(root, "a/0/b")), "x");
    assert_string_equal(cfn_node_text(cfn_node_find(root, "0")), "zero");
    assert_ptr_equal(cfn_node_find(root, ""), root);
    assert_null(cfn_node_find(root, "a/1/b"));
    assert_null(cfn_node_find(root, "a/x"));
    assert_null(cfn_node_find(root, "a/0/b/c"));
}

static void nothing_answers_with_nothing(void **state)
{
    (void)state;
    assert_int_equal(cfn_node_kind(NULL), CFN_KIND_NULL);
    assert_null(cfn_node_text(NULL));
    assert_null(cfn_node_key(NULL));
    assert_null(cfn_node_first(NULL));
    assert_null(cfn_node_next(NULL));
    assert_null(cfn_node_get(NULL, "a"));
    assert_null(cfn_node_find(NULL, "a"));
    assert_int_equal(cfn_node_size(NULL), 0);
    assert_int_equal(cfn_node_mark(NULL).line, 0);
}

static void equal_trees_may_differ_in_the_order_of_keys(void **state)
{
    fixture *f = *state;
    assert_true(cfn_node_equal(read_json(f, "{\"a\":[1,{\"x\":null}],\"b\":\"t\"}"),
                               read_json(f, "{\"b\":\"t\",\"a\":[1,{\"x\":null}]}")));
}

static void trees_that_differ_are_not_equal(void **state)
{
    fixture *f = *state;
    static const char *const others[] = {
        "{\"a\":[1,2],\"b\":\"u\"}",   "{\"a\":[2,1],\"b\":\"t\"}",    "{\"a\":[1,2]}",
        "{\"a\":[1,2,3],\"b\":\"t\"}", "{\"a\":[1,2],\"c\":\"t\"}",    "{\"a\":[1,2],\"b\":true}",
        "{\"a\":[1,2.0],\"b\":\"t\"}", "{\"a\":[1,\"2\"],\"b\":\"t\"}"};
    const cfn_node *one = read_json(f, "{\"a\":[1,2],\"b\":\"t\"}");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(cfn_node_equal(one, read_json(f, others[i])));
    assert_false(cfn_node_equal(one, NULL));
}

static void a_mark_names_file_and_range(void **state)
{
    fixture *f = *state;
    cfn_mark mark = cfn_node_mark(cfn_node_find(read_json(f, "{\"a\":\n  \"text\"}"), "a"));
    assert_string_equal(mark.file, "in");
    assert_int_equal(mark.line, 2);
    assert_int_equal(mark.column, 3);
    assert_int_equal(mark.end_line, 2);
    assert_int_equal(mark.end_column, 9);
}

static void a_problem_is_reported_with_its_path(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_json(f, "{\"a\":[0,{\"b \\\"c\\\"\":1}]}");
    cfn__report(f->diagnostics, CFN0010, cfn_node_first(cfn_node_find(root, "a/1")), "x");
    assert_string_equal(cfn_diagnostics_at(f->diagnostics, 0)->path, "[\"a\",1,\"b \\\"c\\\"\"]");
    assert_found(f, "CFN0010 1:20");
}

static void a_problem_can_be_reported_at_the_key(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_json(f, "{\"a\":\n  {\"b\": 1}}");
    cfn__report_key(f->diagnostics, CFN0010, cfn_node_find(root, "a/b"), "x");
    assert_found(f, "CFN0010 2:4");
}

static void a_problem_of_nothing_has_no_place(void **state)
{
    fixture *f = *state;
    cfn__report(f->diagnostics, CFN0010, NULL, "x");
    cfn__report_key(f->diagnostics, CFN0010, NULL, "x");
    assert_found(f, "CFN0010 0:0, CFN0010 0:0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(members_are_visited_in_the_order_of_the_document),
        TEST(members_are_found_by_key_and_by_index),
        TEST(a_path_leads_through_keys_and_indexes),
        TEST(nothing_answers_with_nothing),
        TEST(equal_trees_may_differ_in_the_order_of_keys),
        TEST(trees_that_differ_are_not_equal),
        TEST(a_mark_names_file_and_range),
        TEST(a_problem_is_reported_with_its_path),
        TEST(a_problem_can_be_reported_at_the_key),
        TEST(a_problem_of_nothing_has_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
