/* Memory with one lifetime. */
#include "support.h"

#include "base/arena.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    fixture *f = *state;
    for (size_t size = 1; size < 1000; size += 37) {
        unsigned char *memory = cfn__alloc(f->arena, size);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xff, size);
    }
}

static void an_allocation_may_be_larger_than_a_chunk(void **state)
{
    fixture *f = *state;
    char *memory = cfn__alloc(f->arena, 3000000);
    assert_non_null(memory);
    memory[2999999] = 'x';
    assert_true(cfn_arena_size(f->arena) >= 3000000);
}

static void past_its_limit_an_arena_fails_and_stays_failed(void **state)
{
    fixture *f = *state;
    cfn_arena_set_limit(f->arena, 100);
    assert_non_null(cfn__alloc(f->arena, 96));
    assert_null(cfn__alloc(f->arena, 96));
    assert_null(cfn__alloc(f->arena, 1));
    assert_true(cfn_arena_failed(f->arena));
}

static void a_product_that_overflows_is_a_failure(void **state)
{
    fixture *f = *state;
    assert_null(cfn__alloc_array(f->arena, SIZE_MAX / 2, 3));
    assert_true(cfn_arena_failed(f->arena));
}

static void a_size_near_the_largest_is_a_failure(void **state)
{
    fixture *f = *state;
    assert_null(cfn__alloc(f->arena, SIZE_MAX - 3));
    assert_true(cfn_arena_failed(f->arena));
}

static void strings_of_a_failed_arena_are_empty(void **state)
{
    fixture *f = *state;
    cfn_arena_set_limit(f->arena, 1);
    assert_string_equal(cfn__strdup(f->arena, "text"), "");
    assert_string_equal(cfn__format(f->arena, "%d", 1), "");
}

static void a_part_of_a_text_is_copied_with_its_end(void **state)
{
    fixture *f = *state;
    assert_string_equal(cfn__strndup(f->arena, "abcdef", 3), "abc");
}

static void a_long_format_is_not_cut(void **state)
{
    fixture *f = *state;
    const char *text = cfn__format(f->arena, "%0600d.", 7);
    assert_int_equal(strlen(text), 601);
    assert_string_equal(text + 598, "07.");
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    cfn_arena_free(NULL);
}

static void what_is_rewound_is_handed_out_again_and_zeroed(void **state)
{
    fixture *f = *state;
    cfn__strdup(f->arena, "kept");
    cfn__arena_mark mark = cfn__mark(f->arena);
    size_t before = cfn_arena_size(f->arena);
    char *first = cfn__strdup(f->arena, "for a while");
    cfn__alloc(f->arena, 100000);
    cfn__rewind(f->arena, mark);
    assert_int_equal(cfn_arena_size(f->arena), before);
    char *second = cfn__alloc(f->arena, 12);
    assert_ptr_equal(first, second);
    assert_int_equal(second[0], 0);
}

static void what_is_rewound_does_not_count_against_the_limit(void **state)
{
    fixture *f = *state;
    cfn_arena_set_limit(f->arena, 1000);
    for (int i = 0; i < 10; i++) {
        cfn__arena_mark mark = cfn__mark(f->arena);
        assert_non_null(cfn__alloc(f->arena, 900));
        cfn__rewind(f->arena, mark);
    }
    assert_false(cfn_arena_failed(f->arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(memory_is_zeroed_and_aligned),
        TEST(an_allocation_may_be_larger_than_a_chunk),
        TEST(past_its_limit_an_arena_fails_and_stays_failed),
        TEST(a_product_that_overflows_is_a_failure),
        TEST(a_size_near_the_largest_is_a_failure),
        TEST(strings_of_a_failed_arena_are_empty),
        TEST(a_part_of_a_text_is_copied_with_its_end),
        TEST(a_long_format_is_not_cut),
        TEST(freeing_nothing_is_allowed),
        TEST(what_is_rewound_is_handed_out_again_and_zeroed),
        TEST(what_is_rewound_does_not_count_against_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
