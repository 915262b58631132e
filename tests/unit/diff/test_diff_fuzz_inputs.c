/* The seeds of the fuzzer of diffs, and what it found once, hold its checks. */
#include "replay.h"

#include "../../fuzz/diff_checks.h"

static void comparing_ends_well(void **state)
{
    replay(*state, "diff", check_a_diff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(comparing_ends_well)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
