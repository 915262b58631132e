/* The table of names. */
#include "support.h"

#include "base/index.h"

static void what_was_put_is_found(void **state)
{
    fixture *f = *state;
    cfn__index index = {0};
    int values[2000];
    for (int i = 0; i < 2000; i++)
        cfn__index_put(f->arena, &index, cfn__format(f->arena, "Key%d", i), &values[i]);
    for (int i = 0; i < 2000; i++)
        assert_ptr_equal(cfn__index_get(&index, cfn__format(f->arena, "Key%d", i)), &values[i]);
    assert_null(cfn__index_get(&index, "Key2000"));
}

static void the_later_value_counts(void **state)
{
    fixture *f = *state;
    cfn__index index = {0};
    cfn__index_put(f->arena, &index, "a", "first");
    cfn__index_put(f->arena, &index, "a", "second");
    assert_string_equal(cfn__index_get(&index, "a"), "second");
}

static void an_empty_index_holds_nothing(void **state)
{
    (void)state;
    cfn__index index = {0};
    assert_null(cfn__index_get(&index, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_put_is_found),
        TEST(the_later_value_counts),
        TEST(an_empty_index_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
