/* The seeds of the fuzzers of facts, and what they found once, hold their checks. */
#include "replay.h"

#include "../../fuzz/schema_checks.h"

static void foreign_facts_are_refused_or_can_be_used(void **state)
{
    replay(*state, "schema", check_facts);
}

/* Else they would try nothing but its first words. */
static void the_seeds_hold_a_block_that_can_be_opened(void **state)
{
    fixture *f = *state;
    const cfn_schema *s =
        cfn_schema_open_file(f->arena, f->diagnostics, "tests/fuzz/corpus/schema/small.bin");
    cfn_schema_cross cross;
    cfn_schema_runtime runtime;
    assert_non_null(s);
    assert_true(cfn_schema_cross_at(s, cfn_schema_type_at(s, 0), 1, &cross));
    assert_true(cfn_schema_runtime_at(s, 0, &runtime));
}

static void whatever_is_built_can_be_opened(void **state)
{
    replay(*state, "schema_build", check_build);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(foreign_facts_are_refused_or_can_be_used),
        TEST(the_seeds_hold_a_block_that_can_be_opened),
        TEST(whatever_is_built_can_be_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
