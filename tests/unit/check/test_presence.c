/* Which properties there are: missing, unknown, too many, under each combination of conditions. */
#include "check_support.h"

#define TWO "\"additionalProperties\":false,\"properties\":{\"A\":{},\"B\":{}},"

static void an_unknown_property_is_told_with_the_nearest(void **state)
{
    check(*state, "Resources:\n"
                  "  A:\n"
                  "    Type: AWS::SQS::Queue\n"
                  "    Properties: {QueueNam: x}\n");
    assert_found(*state, "CFN3103 4:18");
    assert_said(*state, "AWS::SQS::Queue has no property QueueNam");
    assert_said(*state, "did you mean QueueName?");
}

static void an_unknown_property_far_from_all_is_told_with_where_they_are_listed(void **state)
{
    check_value(*state, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{}}",
                "{Whatever: 1}");
    assert_ids(*state, "CFN3103");
    assert_said(*state, "P has no property Whatever");
    assert_said(*state, "cfngen explain A::B::C.P lists what there is");
}

static void a_property_that_is_not_there_is_missing(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"]", "{B: 1}");
    assert_ids(*state, "CFN3104");
    assert_said(*state, "A::B::C needs the property A");
    assert_said(*state, "add A");
}

static void all_properties_are_missing_where_there_are_none(void **state)
{
    check(*state, "Resources:\n"
                  "  A: {Type: 'AWS::EC2::SecurityGroup'}\n");
    assert_ids(*state, "CFN3104");
    assert_said(*state, "AWS::EC2::SecurityGroup needs the property GroupDescription");
}

static void no_value_is_missing(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"]", "{A: !Ref 'AWS::NoValue'}");
    assert_ids(*state, "CFN3104");
}

static void what_one_branch_lacks_is_missing_when_it_is_chosen(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"]", "{A: !If [C, 1, !Ref 'AWS::NoValue']}");
    assert_ids(*state, "CFN3104");
    assert_said(*state, "needs the property A when C does not hold");
}

static void what_is_missing_whatever_holds_is_told_once(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\",\"B\"]",
                   "{B: !If [C, 1, !If [D, 2, !Ref 'AWS::NoValue']]}");
    assert_ids(*state, "CFN3104 CFN3104");
    assert_said(*state, "needs the property A\n");
    assert_said(*state, "needs the property B when C does not hold and D does not hold");
}

static void the_condition_of_the_resource_holds_in_it(void **state)
{
    static const char form[] = "Parameters: {P: {Type: String}}\n"
                               "Conditions: {C: !Equals [!Ref P, x]}\n"
                               "Resources:\n"
                               "  A:\n"
                               "    Type: AWS::EC2::SecurityGroup\n"
                               "    Condition: C\n"
                               "    Properties:\n"
                               "      GroupDescription: !If [C, %s]\n";
    fixture *f = *state;
    check(f, cfn__format(f->arena, form, "a, !Ref 'AWS::NoValue'"));
    assert_ids(f, "");
    check(f, cfn__format(f->arena, form, "!Ref 'AWS::NoValue', a"));
    assert_ids(f, "CFN3104");
}

static void what_both_branches_have_is_there(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"]", "{A: !If [C, 1, 2]}");
    assert_ids(*state, "");
}

static void the_whole_of_the_properties_may_be_chosen(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"]", "!If [C, {A: 1}, {B: 1}]");
    assert_ids(*state, "CFN3104");
    assert_said(*state, "A::B::C needs the property A");
    forget(*state);
    check_resource(*state, TWO "\"required\":[\"A\"]", "!If [C, {A: 1}, {A: 1, X: 2}]");
    assert_ids(*state, "CFN3103");
    assert_said(*state, "A::B::C has no property X");
}

static void just_one_of_several_is_needed(void **state)
{
    const char *rules = TWO "\"requiredXor\":[\"A\",\"B\"]";
    check_resource(*state, rules, "{A: 1}");
    assert_ids(*state, "");
    check_resource(*state, rules, "{}");
    assert_ids(*state, "CFN3112");
    assert_said(*state, "A::B::C takes one of A, B");
    forget(*state);
    check_resource(*state, rules, "{A: 1, B: 1}");
    assert_ids(*state, "CFN3112");
    assert_said(*state, "A::B::C takes just one of A, B");
}

static void just_one_of_several_is_needed_in_each_combination(void **state)
{
    const char *rules = TWO "\"requiredXor\":[\"A\",\"B\"]";
    check_resource(*state, rules,
                   "{A: !If [C, 1, !Ref 'AWS::NoValue'], B: !If [C, !Ref 'AWS::NoValue', 1]}");
    assert_ids(*state, "");
    check_resource(*state, rules,
                   "{A: !If [C, 1, !Ref 'AWS::NoValue'], B: !If [D, 1, !Ref 'AWS::NoValue']}");
    assert_ids(*state, "CFN3112");
    assert_said(*state, "takes one of A, B when C does not hold and D does not hold");
}

/* What is assumed last is as much a part of the question as what was assumed first. */
static void one_of_three_that_exclude_each_other_is_there(void **state)
{
    const cfn_schema *facts =
        facts_about(*state, "{\"typeName\":\"A::B::C\",\"properties\":{\"X\":{},\"Y\":{}},"
                            "\"requiredXor\":[\"X\",\"Y\"]}");
    static const char yaml[] = "Parameters: {T: {Type: String, AllowedValues: [a, b, c]}}\n"
                               "Conditions:\n"
                               "  A: !Equals [!Ref T, a]\n"
                               "  B: !Equals [!Ref T, b]\n"
                               "  C: !Equals [!Ref T, c]\n"
                               "Resources:\n"
                               "  R:\n"
                               "    Type: A::B::C\n"
                               "    Properties:\n"
                               "      X: !If [C, x, !If [A, y, !Ref 'AWS::NoValue']]\n"
                               "      Y: !If [B, z, !Ref 'AWS::NoValue']\n";
    check_with(*state, yaml, &(cfn_check_options){.schema = facts});
    assert_ids(*state, "");
}

static void one_of_several_at_least_is_needed(void **state)
{
    const char *rules = TWO "\"requiredOr\":[\"A\",\"B\"]";
    check_resource(*state, rules, "{A: 1, B: 1}");
    assert_ids(*state, "");
    check_resource(*state, rules, "{}");
    assert_ids(*state, "CFN3112");
    assert_said(*state, "A::B::C takes at least one of A, B");
}

static void one_property_may_need_another(void **state)
{
    const char *rules = TWO "\"dependentRequired\":{\"A\":[\"B\"]}";
    check_resource(*state, rules, "{B: 1}");
    assert_ids(*state, "");
    check_resource(*state, rules, "{A: 1}");
    assert_ids(*state, "CFN3112");
    assert_said(*state, "A needs B");
}

static void one_property_may_exclude_another(void **state)
{
    const char *rules = TWO "\"dependentExcluded\":{\"A\":[\"B\"]}";
    check_resource(*state, rules, "{A: 1, B: !Ref 'AWS::NoValue'}");
    assert_ids(*state, "");
    check_resource(*state, rules, "{A: 1, B: 1}");
    assert_ids(*state, "CFN3112");
    assert_said(*state, "B cannot be given together with A");
}

static void a_list_is_counted_in_each_combination(void **state)
{
    const char *schema = "{\"type\":\"array\",\"minItems\":1,\"maxItems\":1}";
    assert_fits(*state, schema,
                "[!If [C, a, !Ref 'AWS::NoValue'], !If [C, !Ref 'AWS::NoValue', b]]");
    assert_unfit(*state, schema, "[!If [C, a, !Ref 'AWS::NoValue']]", "CFN3108");
    assert_said(*state, "P has 0 items, and takes at least 1 when C does not hold");
}

/* More than are decided one by one: only what holds either way is told. */
static void many_conditions_are_counted_with_care(void **state)
{
    fixture *f = *state;
    const char *sections = "", *items = "";
    for (int i = 0; i < 20; i++) {
        sections = cfn__format(f->arena, "%s  C%d: !Equals [!Ref 'AWS::StackName', s%d]\n",
                               sections, i, i);
        items = cfn__format(f->arena, "%s!If [C%d, a%d, !Ref 'AWS::NoValue'], ", items, i, i);
    }
    const cfn_schema *facts = facts_about(
        f,
        "{\"typeName\":\"A::B::C\",\"properties\":{\"P\":{\"type\":\"array\",\"maxItems\":15}}}");
    const cfn_check_options options = {.schema = facts};
    check_with(f,
               cfn__format(f->arena,
                           "Conditions:\n%sResources: {A: {Type: 'A::B::C', Properties: {P: "
                           "[%sx]}}}\n",
                           sections, items),
               &options);
    assert_ids(f, "");
    check_with(f,
               cfn__format(f->arena,
                           "Conditions:\n%sResources: {A: {Type: 'A::B::C', Properties: {P: "
                           "[%s1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]}}}\n",
                           sections, items),
               &options);
    assert_true(cfn_diagnostics_count(f->diagnostics, CFN_ERROR) > 0);
}

static void a_loop_or_macro_may_bring_any_key(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"]",
                   "{'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: s3}}}");
    assert_ids(*state, "");
}

static void a_read_only_property_is_not_set(void **state)
{
    const char *rules = TWO "\"readOnlyProperties\":[\"/properties/A\"]";
    check_resource(*state, rules, "{A: 1}");
    assert_ids(*state, "CFN3113");
    assert_said(*state, "A is read-only");
    forget(*state);
    check_resource(*state, rules, "{A: !Ref 'AWS::NoValue'}");
    assert_ids(*state, "");
}

static void a_property_that_answers_alone_is_not_missing(void **state)
{
    check_resource(*state, TWO "\"required\":[\"A\"],\"readOnlyProperties\":[\"/properties/A\"]",
                   "{}");
    assert_ids(*state, "");
}

static void free_form_mappings_take_any_key(void **state)
{
    assert_fits(*state, "{\"type\":\"object\"}", "{Version: x, Statement: [{Ref: Any}]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_unknown_property_is_told_with_the_nearest),
        TEST(an_unknown_property_far_from_all_is_told_with_where_they_are_listed),
        TEST(a_property_that_is_not_there_is_missing),
        TEST(all_properties_are_missing_where_there_are_none),
        TEST(no_value_is_missing),
        TEST(what_one_branch_lacks_is_missing_when_it_is_chosen),
        TEST(what_is_missing_whatever_holds_is_told_once),
        TEST(the_condition_of_the_resource_holds_in_it),
        TEST(what_both_branches_have_is_there),
        TEST(the_whole_of_the_properties_may_be_chosen),
        TEST(just_one_of_several_is_needed),
        TEST(just_one_of_several_is_needed_in_each_combination),
        TEST(one_of_three_that_exclude_each_other_is_there),
        TEST(one_of_several_at_least_is_needed),
        TEST(one_property_may_need_another),
        TEST(one_property_may_exclude_another),
        TEST(a_list_is_counted_in_each_combination),
        TEST(many_conditions_are_counted_with_care),
        TEST(a_loop_or_macro_may_bring_any_key),
        TEST(a_read_only_property_is_not_set),
        TEST(a_property_that_answers_alone_is_not_missing),
        TEST(free_form_mappings_take_any_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
