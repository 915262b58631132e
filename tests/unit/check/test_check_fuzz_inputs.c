/* The seeds of the fuzzer of checks, and what it found once, hold its checks. */
#include "replay.h"

#include "../../fuzz/check_checks.h"

static void checking_ends_well(void **state)
{
    replay(*state, "check", check_a_check);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(checking_ends_well)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
