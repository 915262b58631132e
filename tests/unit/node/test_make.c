/* Making and changing nodes. */
#include "support.h"

#include "node/node.h"

static bool has_one_member(const cfn_node *map)
{
    return cfn_node_size(map) == 1;
}

static void a_tree_is_made_from_values(void **state)
{
    fixture *f = *state;
    const cfn__maker m = {f->arena, {0}};
    cfn_node *map = cfn__map(&m);
    cfn__put(map, "a", cfn__pair(&m, cfn__integer(&m, INT64_MIN), cfn__boolean(&m, false)));
    cfn__put(map, "b", cfn__single(&m, "Ref", cfn__string(&m, "X")));
    cfn__put(map, "c", cfn__null(&m));
    assert_json(f, map, "{\"a\":[-9223372036854775808,false],\"b\":{\"Ref\":\"X\"},\"c\":null}");
}

static void setting_replaces_in_place_or_adds_at_the_end(void **state)
{
    fixture *f = *state;
    const cfn__maker m = {f->arena, {0}};
    cfn_node *map = read_json(f, "{\"a\":1,\"b\":{\"x\":1}}");
    cfn__set(map, "a", cfn__list(&m));
    cfn__set(map, "c", cfn__boolean(&m, true));
    cfn__set(map, "b", cfn__string(&m, "t"));
    assert_json(f, map, "{\"a\":[],\"b\":\"t\",\"c\":true}");
}

static void a_member_can_be_put_first_between_and_last(void **state)
{
    fixture *f = *state;
    const cfn__maker m = {f->arena, {0}};
    cfn_node *map = cfn__map(&m);
    cfn__put_after(map, NULL, "b", cfn__null(&m));
    cfn__put_after(map, NULL, "a", cfn__null(&m));
    cfn__put_after(map, map->last, "d", cfn__null(&m));
    cfn__put_after(map, cfn__get(map, "b"), "c", cfn__null(&m));
    cfn__put(map, "e", cfn__null(&m));
    assert_json(f, map, "{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null}");
    assert_int_equal(cfn_node_size(map), 5);
}

static void a_function_is_laid_over_as_a_whole_where_asked(void **state)
{
    fixture *f = *state;
    cfn_node *map = read_json(f, "{\"a\":{\"x\":1},\"b\":{\"x\":1}}");
    const cfn_node *patch = read_json(f, "{\"a\":{\"y\":2},\"b\":{\"y\":2,\"z\":3}}");
    cfn__merge_patch(f->arena, map, patch, has_one_member);
    assert_json(f, map, "{\"a\":{\"y\":2},\"b\":{\"y\":2,\"z\":3}}");
    cfn__merge_patch(f->arena, map, patch, NULL);
    assert_json(f, map, "{\"a\":{\"y\":2},\"b\":{\"y\":2,\"z\":3}}");
}

static void removing_keeps_the_others(void **state)
{
    fixture *f = *state;
    cfn_node *map = read_json(f, "{\"a\":1,\"b\":2,\"c\":3}");
    cfn__remove(cfn__get(map, "b"));
    assert_json(f, map, "{\"a\":1,\"c\":3}");
    cfn__remove(cfn__get(map, "a"));
    cfn__remove(cfn__get(map, "c"));
    assert_json(f, map, "{}");
    cfn__put(map, "d", cfn__null(&(cfn__maker){f->arena, {0}}));
    assert_json(f, map, "{\"d\":null}");
}

static void a_copy_is_equal_and_independent(void **state)
{
    fixture *f = *state;
    cfn_node *map = read_json(f, "{\"a\":[1,{\"b\":2}]}");
    cfn_node *copy = cfn__copy(f->arena, map);
    assert_true(cfn_node_equal(map, copy));
    cfn__remove(cfn__get(copy, "a"));
    assert_json(f, map, "{\"a\":[1,{\"b\":2}]}");
}

static void a_merge_patch_works_as_rfc_7396_says(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *document, *patch, *result;
    } cases[] = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
        {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
        {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cfn_node *document = read_json(f, cases[i].document);
        cfn__merge_patch(f->arena, document, read_json(f, cases[i].patch), NULL);
        assert_json(f, document, cases[i].result);
    }
}

static void without_memory_nothing_is_made_and_nothing_breaks(void **state)
{
    fixture *f = *state;
    const cfn__maker m = {f->arena, {0}};
    cfn_node *map = read_json(f, "{\"a\":1}");
    cfn_arena_set_limit(f->arena, 1);
    cfn__put(map, "b", cfn__string(&m, "x"));
    cfn__set(map, "a", cfn__integer(&m, 2));
    cfn__merge_patch(f->arena, map, map, NULL);
    assert_null(cfn__single(&m, "Ref", cfn__string(&m, "X")));
    assert_null(cfn__copy(f->arena, map));
    assert_int_equal(cfn_node_size(map), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tree_is_made_from_values),
        TEST(setting_replaces_in_place_or_adds_at_the_end),
        TEST(removing_keeps_the_others),
        TEST(a_member_can_be_put_first_between_and_last),
        TEST(a_function_is_laid_over_as_a_whole_where_asked),
        TEST(a_copy_is_equal_and_independent),
        TEST(a_merge_patch_works_as_rfc_7396_says),
        TEST(without_memory_nothing_is_made_and_nothing_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
