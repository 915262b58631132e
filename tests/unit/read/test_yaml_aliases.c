/* Anchors, aliases and merge keys. */
#include "support.h"

#include "node/node.h"

static void an_alias_is_a_copy_of_what_is_anchored(void **state)
{
    fixture *f = *state;
    cfn_node *root = read_yaml(f, "a: &x {b: [1, 2]}\nc: *x\nd: [*x]\n");
    cfn__remove(cfn__get(cfn__get(root, "c"), "b"));
    assert_json(f, root, "{\"a\":{\"b\":[1,2]},\"c\":{},\"d\":[{\"b\":[1,2]}]}");
}

static void scalars_functions_and_lists_can_be_anchored(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: &x !Ref B\nb: &y 012\nc: &z [!GetAtt A.B]\nd: [*x, *y, *z]\n"),
                "{\"a\":{\"Ref\":\"B\"},\"b\":\"012\",\"c\":[{\"Fn::GetAtt\":[\"A\",\"B\"]}],\"d\":"
                "[{\"Ref\":\"B\"},\"012\",[{\"Fn::GetAtt\":[\"A\",\"B\"]}]]}");
}

static void a_key_can_be_anchored_and_an_alias_be_a_key(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "&k a: &v b\n*v : *k\n"), "{\"a\":\"b\",\"b\":\"a\"}");
}

static void an_alias_in_an_anchored_value_is_copied_with_it(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: &x [1]\nb: &y {c: *x}\nd: *y\n"),
                "{\"a\":[1],\"b\":{\"c\":[1]},\"d\":{\"c\":[1]}}");
}

static void the_last_anchor_of_a_name_counts(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: &x 1\nb: *x\nc: &x 2\nd: *x\n"),
                "{\"a\":1,\"b\":1,\"c\":2,\"d\":2}");
}

static void an_unknown_anchor_is_reported_and_reading_goes_on(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: *x\n*y : 1\nb: [*z]\n"));
    assert_found(f, "CFN0204 1:4, CFN0204 2:1, CFN0204 3:5");
}

static void an_alias_inside_its_own_anchor_is_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: &x\n  b: [*x]\n"));
    assert_found(f, "CFN0205 2:7");
}

static void a_list_cannot_be_a_key_through_an_alias(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: &x [1]\n*x : 1\n"));
    assert_found(f, "CFN0206 2:1");
}

static void a_merge_key_takes_members_over(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  e: 3\n"),
                "{\"a\":{\"b\":1,\"c\":2},\"d\":{\"b\":1,\"c\":2,\"e\":3}}");
}

static void keys_of_the_map_itself_win_wherever_they_stand(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: &x {b: 1, c: 2, d: 3}\ne:\n  b: 4\n  <<: *x\n  d: 5\n"),
                "{\"a\":{\"b\":1,\"c\":2,\"d\":3},\"e\":{\"b\":4,\"c\":2,\"d\":5}}");
}

static void of_several_merged_maps_the_first_wins(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: {<<: [{b: 1}, {b: 2, c: 3}], d: 4}\n"),
                "{\"a\":{\"b\":1,\"c\":3,\"d\":4}}");
}

static void a_merged_map_may_have_merge_keys_of_its_own(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: &x {b: 1}\nc: &y {<<: *x, d: 2}\ne: {<<: *y}\n"),
                "{\"a\":{\"b\":1},\"c\":{\"b\":1,\"d\":2},\"e\":{\"b\":1,\"d\":2}}");
}

static void what_is_merged_is_a_copy(void **state)
{
    fixture *f = *state;
    cfn_node *root = read_yaml(f, "a: &x {b: {c: 1}}\nd: {<<: *x}\n");
    cfn__remove(cfn__get(cfn__get(cfn__get(root, "d"), "b"), "c"));
    assert_json(f, root, "{\"a\":{\"b\":{\"c\":1}},\"d\":{\"b\":{}}}");
}

static void a_merge_key_of_anything_else_is_refused(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: {<<: text}\nb: {<<: [{c: 1}, 2]}\nd:\n  <<:\n"));
    assert_found(f, "CFN0207 1:9, CFN0207 2:18, CFN0207 4:6");
}

static void a_quoted_merge_key_is_an_ordinary_key(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: {'<<': {b: 1}}\nc: <<\n"),
                "{\"a\":{\"<<\":{\"b\":1}},\"c\":\"<<\"}");
}

static void diagnostics_of_a_copy_point_to_the_text(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_yaml(f, "a: &x\n  b: 1\nc: *x\n");
    assert_int_equal(cfn_node_mark(cfn_node_find(root, "c")).line, 3);
    assert_int_equal(cfn_node_mark(cfn_node_find(root, "c/b")).line, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_alias_is_a_copy_of_what_is_anchored),
        TEST(scalars_functions_and_lists_can_be_anchored),
        TEST(a_key_can_be_anchored_and_an_alias_be_a_key),
        TEST(an_alias_in_an_anchored_value_is_copied_with_it),
        TEST(the_last_anchor_of_a_name_counts),
        TEST(an_unknown_anchor_is_reported_and_reading_goes_on),
        TEST(an_alias_inside_its_own_anchor_is_refused),
        TEST(a_list_cannot_be_a_key_through_an_alias),
        TEST(a_merge_key_takes_members_over),
        TEST(keys_of_the_map_itself_win_wherever_they_stand),
        TEST(of_several_merged_maps_the_first_wins),
        TEST(a_merged_map_may_have_merge_keys_of_its_own),
        TEST(what_is_merged_is_a_copy),
        TEST(a_merge_key_of_anything_else_is_refused),
        TEST(a_quoted_merge_key_is_an_ordinary_key),
        TEST(diagnostics_of_a_copy_point_to_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
