/* The seeds of the fuzzers of assertions, and what they found once, hold their checks. */
#include "replay.h"

#include "../../fuzz/assertion_checks.h"

static void patterns_end_well(void **state)
{
    replay(*state, "pattern", check_a_pattern);
}

static void test_files_end_well(void **state)
{
    replay(*state, "test_file", check_a_test_file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(patterns_end_well), TEST(test_files_end_well)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
