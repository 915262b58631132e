/* Which conditions can hold together: what cannot be is not told. */
#include "check_support.h"

/* Whether one condition can hold where another does: a value that is wrong stands where they meet.
 * `conditions` defines C and D. */
static bool can_meet(fixture *f, const char *region, const char *parameters, const char *conditions)
{
    forget(f);
    check_in(f, region,
             cfn__format(f->arena,
                         "Parameters:\n  Any: {Type: String}\n%s"
                         "Conditions:\n%s"
                         "Resources:\n"
                         "  A:\n"
                         "    Type: AWS::SQS::Queue\n"
                         "    Properties:\n"
                         "      DelaySeconds: !If [C, !If [D, 1000000, 1], 1]\n",
                         parameters, conditions));
    assert_int_equal(cfn_diagnostics_size(f->diagnostics),
                     cfn_diagnostics_count(f->diagnostics, CFN_ERROR));
    return cfn_diagnostics_size(f->diagnostics) > 0;
}

static void two_parameters_are_independent(void **state)
{
    assert_true(can_meet(*state, NULL, "  Other: {Type: String}\n",
                         "  C: !Equals [!Ref Any, x]\n"
                         "  D: !Equals [!Ref Other, y]\n"));
}

static void a_parameter_has_one_value(void **state)
{
    assert_false(can_meet(*state, NULL, "",
                          "  C: !Equals [!Ref Any, x]\n"
                          "  D: !Equals [y, !Ref Any]\n"));
    assert_true(can_meet(*state, NULL, "",
                         "  C: !Equals [!Ref Any, x]\n"
                         "  D: !Equals [x, !Ref Any]\n"));
}

static void a_condition_and_its_opposite_exclude_each_other(void **state)
{
    assert_false(can_meet(*state, NULL, "",
                          "  C: !Equals [!Ref Any, x]\n"
                          "  D: !Not [!Condition C]\n"));
}

static void all_allowed_values_are_exhaustive(void **state)
{
    static const char *const conditions = "  IsA: !Equals [!Ref V, a]\n"
                                          "  IsB: !Equals [!Ref V, b]\n"
                                          "  C: !Not [!Condition IsA]\n"
                                          "  D: !Not [!Condition IsB]\n";
    assert_false(
        can_meet(*state, NULL, "  V: {Type: String, AllowedValues: [a, b]}\n", conditions));
    assert_true(
        can_meet(*state, NULL, "  V: {Type: String, AllowedValues: [a, b, c]}\n", conditions));
    assert_true(can_meet(*state, NULL, "  V: {Type: String}\n", conditions));
}

static void a_value_that_is_not_allowed_is_never_there(void **state)
{
    assert_false(can_meet(*state, NULL, "  V: {Type: String, AllowedValues: [a, b]}\n",
                          "  C: !Equals [!Ref V, z]\n"
                          "  D: !Equals [!Ref Any, x]\n"));
}

/* They are names; what is stored under them may be anything. */
static void allowed_values_of_the_parameter_store_say_nothing(void **state)
{
    assert_true(
        can_meet(*state, NULL,
                 "  V: {Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: [/a, /b]}\n",
                 "  C: !Equals [!Ref V, z]\n"
                 "  D: !Not [!Equals [!Ref Any, x]]\n"));
}

static void and_needs_all(void **state)
{
    assert_false(can_meet(*state, NULL, "  V: {Type: String}\n",
                          "  C: !And [!Equals [!Ref Any, x], !Equals [!Ref V, v]]\n"
                          "  D: !Equals [!Ref V, w]\n"));
}

static void or_needs_one(void **state)
{
    assert_true(can_meet(*state, NULL, "",
                         "  C: !Or [!Equals [!Ref Any, x], !Equals [!Ref Any, y]]\n"
                         "  D: !Equals [!Ref Any, y]\n"));
    assert_false(can_meet(*state, NULL, "",
                          "  C: !Or [!Equals [!Ref Any, x], !Equals [!Ref Any, y]]\n"
                          "  D: !Equals [!Ref Any, z]\n"));
}

static void literals_are_compared(void **state)
{
    assert_false(can_meet(*state, NULL, "",
                          "  C: !Equals [a, b]\n"
                          "  D: !Equals [!Ref Any, x]\n"));
}

static void the_same_comparison_comes_out_the_same(void **state)
{
    static const char *const compared[] = {
        "!Ref 'AWS::StackName', x",
        "!Ref 'AWS::AccountId', '111111111111'",
        "!Join ['', [!Ref Any, y]], xy",
        "!Select [0, !Split ['-', !Ref 'AWS::StackName']], x",
        "!Sub '${Any}-${AWS::Partition}', x-aws",
        "!Ref Any, !Ref Other",
    };
    for (size_t i = 0; i < sizeof compared / sizeof *compared; i++)
        assert_false(can_meet(*state, NULL, "  Other: {Type: String}\n",
                              cfn__format(((fixture *)*state)->arena,
                                          "  C: !Equals [%s]\n"
                                          "  D: !Not [!Equals [%s]]\n",
                                          compared[i], compared[i])));
    assert_false(can_meet(*state, NULL, "  Other: {Type: String}\n",
                          "  C: !Equals [!Ref Any, !Ref Other]\n"
                          "  D: !Not [!Equals [!Ref Other, !Ref Any]]\n"));
}

static void what_a_function_gives_has_one_value(void **state)
{
    assert_false(can_meet(*state, NULL, "",
                          "  C: !Equals [!Ref 'AWS::AccountId', '111111111111']\n"
                          "  D: !Equals ['222222222222', !Ref 'AWS::AccountId']\n"));
    assert_true(can_meet(*state, NULL, "",
                         "  C: !Equals [!Ref 'AWS::AccountId', '111111111111']\n"
                         "  D: !Equals [!Ref 'AWS::Partition', aws]\n"));
    assert_true(can_meet(*state, NULL, "",
                         "  C: !Equals [!Select [0, !Split ['-', !Ref Any]], x]\n"
                         "  D: !Equals [!Select [1, !Split ['-', !Ref Any]], y]\n"));
}

static void the_region_is_one(void **state)
{
    assert_false(can_meet(*state, NULL, "",
                          "  C: !Equals [!Ref 'AWS::Region', us-east-1]\n"
                          "  D: !Equals [!Ref 'AWS::Region', eu-west-1]\n"));
    assert_true(can_meet(*state, "us-east-1", "",
                         "  C: !Equals [!Ref 'AWS::Region', us-east-1]\n"
                         "  D: !Not [!Equals [!Ref 'AWS::Region', eu-west-1]]\n"));
    assert_false(can_meet(*state, "us-west-2", "",
                          "  C: !Equals [!Ref 'AWS::Region', us-east-1]\n"
                          "  D: !Equals [!Ref Any, x]\n"));
}

/* Each makes ten times the work of the one before. */
static void conditions_that_multiply_each_other_end(void **state)
{
    fixture *f = *state;
    const char *conditions = "  C0: !Equals [!Ref Any, x]\n", *ten;
    for (int i = 1; i < 10; i++) {
        ten = "!Condition C0";
        for (int j = 0; j < 9; j++)
            ten = cfn__format(f->arena, "%s, !Condition C%d", ten, i - 1);
        conditions = cfn__format(f->arena, "%s  C%d: !And [%s]\n", conditions, i, ten);
    }
    assert_true(can_meet(
        f, NULL, "",
        cfn__format(f->arena, "%s  C: !Condition C9\n  D: !Not [!Condition C9]\n", conditions)));
}

static void conditions_in_a_circle_end(void **state)
{
    fixture *f = *state;
    check(f, "Conditions:\n"
             "  C: !And [!Condition D, !Condition D]\n"
             "  D: !Or [!Condition C, !Condition C]\n"
             "Resources:\n"
             "  A: {Type: 'AWS::SQS::Queue', Condition: C, Properties: {DelaySeconds: !If [D, 1, "
             "2]}}\n");
    assert_ids(f, "CFN1308");
}

static void conditions_that_are_no_conditions_end(void **state)
{
    fixture *f = *state;
    check(f, "Conditions:\n"
             "  C: {Condition: [x]}\n"
             "  D: {'Fn::Not': x}\n"
             "  E: !And []\n"
             "  F: {'Fn::Equals': x}\n"
             "  G: text\n"
             "  H: !Not [!Equals [[], {}]]\n"
             "Resources:\n"
             "  A:\n"
             "    Type: AWS::SQS::Queue\n"
             "    Condition: C\n"
             "    Properties:\n"
             "      DelaySeconds: !If [D, !If [E, 1, !If [Nope, 1, 2]], !If [F, !If [G, 1, 2], "
             "!If [H, 3, 4]]]\n"
             "      QueueName: !If [[x], a, b]\n"
             "      KmsMasterKeyId: !If [C]\n");
    assert_true(cfn_diagnostics_count(f->diagnostics, CFN_ERROR) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_parameters_are_independent),
        TEST(a_parameter_has_one_value),
        TEST(a_condition_and_its_opposite_exclude_each_other),
        TEST(all_allowed_values_are_exhaustive),
        TEST(a_value_that_is_not_allowed_is_never_there),
        TEST(allowed_values_of_the_parameter_store_say_nothing),
        TEST(and_needs_all),
        TEST(or_needs_one),
        TEST(literals_are_compared),
        TEST(the_same_comparison_comes_out_the_same),
        TEST(what_a_function_gives_has_one_value),
        TEST(the_region_is_one),
        TEST(conditions_that_multiply_each_other_end),
        TEST(conditions_in_a_circle_end),
        TEST(conditions_that_are_no_conditions_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
