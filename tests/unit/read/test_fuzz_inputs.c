/* The seeds of the fuzzers, and what they found once, hold their checks. */
#include "replay.h"

#include "../../fuzz/checks.h"

static void json_is_read_as_jansson_reads_it(void **state)
{
    replay(*state, "read_json", check_json);
}

static void reading_yaml_ends_well(void **state)
{
    replay(*state, "read_yaml", check_yaml);
}

static void what_is_written_reads_back_as_the_same_tree(void **state)
{
    replay(*state, "round_trip", check_round_trip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_is_read_as_jansson_reads_it),
        TEST(reading_yaml_ends_well),
        TEST(what_is_written_reads_back_as_the_same_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
