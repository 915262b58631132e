/* The gate: what results come to, and that nothing which is not certain passes. */
#include "support.h"

#include "lambda/gate.h"

#define EQUAL     "{\"verdict\":\"equal\",\"pieces\":1}"
#define DIFFERENT "{\"verdict\":\"different\",\"pieces\":1,\"missing\":2,\"again\":{}}"
#define BUSY      "{\"verdict\":\"incomplete\",\"pieces\":1,\"incomplete\":1,\"again\":{}}"
#define PLAN(n)   "\"plan\":{\"verdict\":\"equal\",\"pieces\":" #n "}"

static cfn__result gate(fixture *f, const char *members)
{
    char text[1200];
    cfn__event event;
    cfn__failure failure = {0};
    const cfn__maker make = {.arena = f->arena};
    snprintf(text, sizeof text, "{\"action\":\"gate\",%s}", members);
    if (!cfn__read_event(f->arena, text, strlen(text), &event, &failure))
        fail_msg("%s", failure.message);
    return cfn__gate_result(&make, &event);
}

static void assert_gate(fixture *f, const char *members, const char *word)
{
    cfn__result result = gate(f, members);
    assert_string_equal(cfn__gate_word(&result), word);
}

static void all_pieces_that_are_equal_go(void **state)
{
    assert_gate(*state, PLAN(2) ",\"results\":[" EQUAL "," EQUAL "]", "GO");
}

static void a_piece_without_a_result_does_not_pass(void **state)
{
    cfn__result result = gate(*state, PLAN(2) ",\"results\":[" EQUAL "]");
    assert_string_equal(cfn__gate_word(&result), "INCOMPLETE");
    assert_json(*state, result.reasons, "[\"the plan has 2 pieces, and 1 have a result\"]");
    assert_gate(*state, PLAN(2) ",\"results\":[" EQUAL "," EQUAL "," EQUAL "]", "INCOMPLETE");
}

static void no_results_do_not_pass(void **state)
{
    assert_gate(*state, "\"results\":[]", "INCOMPLETE");
    assert_gate(*state, PLAN(0), "INCOMPLETE");
}

static void a_difference_is_a_no(void **state)
{
    cfn__result result = gate(*state, PLAN(2) ",\"results\":[" EQUAL "," DIFFERENT "]");
    assert_string_equal(cfn__gate_word(&result), "NO_GO");
    assert_int_equal(cfn__result_mismatches(&result), 2);
}

static void what_the_plan_found_counts(void **state)
{
    cfn__result result = gate(
        *state, "\"plan\":{\"verdict\":\"different\",\"pieces\":1,\"structure\":1,"
                "\"reasons\":[\"shop.t: it is not there at the target\"]},\"results\":[" EQUAL "]");
    assert_string_equal(cfn__gate_word(&result), "NO_GO");
    assert_json(*state, result.reasons, "[\"shop.t: it is not there at the target\"]");
}

static void a_recheck_takes_the_place_of_what_it_looked_at(void **state)
{
    assert_gate(*state,
                PLAN(3) ",\"results\":[" EQUAL "," DIFFERENT "," BUSY
                        "],\"recheck\":{\"verdict\":\"equal\",\"pieces\":2}",
                "GO");
    assert_gate(*state,
                PLAN(2) ",\"results\":[" EQUAL "," BUSY
                        "],\"recheck\":{\"verdict\":\"different\",\"pieces\":1}",
                "NO_GO");
}

static void a_recheck_of_other_results_takes_no_place(void **state)
{
    cfn__result result = gate(*state, PLAN(2) ",\"results\":[" DIFFERENT "," DIFFERENT
                                              "],\"recheck\":{\"verdict\":\"equal\",\"pieces\":1}");
    assert_string_equal(cfn__gate_word(&result), "NO_GO");
    assert_json(*state, result.reasons, "[\"the recheck is not of these results\"]");
}

/* A column that is not compared is no work to do again. */
static void what_no_recheck_can_look_at_stays(void **state)
{
    assert_gate(*state,
                PLAN(1) ",\"results\":[{\"verdict\":\"incomplete\",\"pieces\":1}],"
                        "\"recheck\":{\"verdict\":\"equal\",\"pieces\":0}",
                "INCOMPLETE");
}

static void reasons_are_few(void **state)
{
    char members[1100] = "\"results\":[{\"verdict\":\"different\",\"reasons\":[\"0\"";
    for (int i = 1; i < 50; i++)
        snprintf(members + strlen(members), sizeof members - strlen(members), ",\"%d\"", i);
    snprintf(members + strlen(members), sizeof members - strlen(members), "]}]");
    cfn__result result = gate(*state, members);
    assert_int_equal(cfn_node_size(result.reasons), CFN__MOST_REASONS);
}

/* A column that is not compared is told by the plan and by each piece of its table. */
static void a_reason_is_given_once(void **state)
{
    cfn__result result =
        gate(*state, "\"plan\":{\"verdict\":\"incomplete\",\"pieces\":1,\"reasons\":[\"a\"]},"
                     "\"results\":[{\"verdict\":\"incomplete\",\"pieces\":1,"
                     "\"reasons\":[\"a\",\"b\"]}]");
    assert_json(*state, result.reasons, "[\"a\",\"b\"]");
}

static void a_result_that_is_none_is_told(void **state)
{
    static const char *const bad[] = {"1",
                                      "{}",
                                      "{\"verdict\":\"fine\"}",
                                      "{\"verdict\":\"equal\",\"pieces\":-1}",
                                      "{\"verdict\":\"equal\",\"pieces\":1e3}",
                                      "{\"verdict\":\"equal\",\"reasons\":[1]}",
                                      "{\"verdict\":\"equal\",\"reasons\":\"a\"}",
                                      "{\"verdict\":\"equal\",\"again\":1}"};
    fixture *f = *state;
    char text[100];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cfn__result result;
        snprintf(text, sizeof text, "{\"a\":%s}", bad[i]);
        const cfn_node *node = cfn_node_get(read_json(f, text), "a");
        assert_non_null(cfn__read_result(f->arena, node, &result));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_pieces_that_are_equal_go),
        TEST(a_piece_without_a_result_does_not_pass),
        TEST(no_results_do_not_pass),
        TEST(a_difference_is_a_no),
        TEST(what_the_plan_found_counts),
        TEST(a_recheck_takes_the_place_of_what_it_looked_at),
        TEST(a_recheck_of_other_results_takes_no_place),
        TEST(what_no_recheck_can_look_at_stays),
        TEST(reasons_are_few),
        TEST(a_reason_is_given_once),
        TEST(a_result_that_is_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
