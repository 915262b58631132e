/* Names: what they stand for, and what is said when they stand for nothing. */
#include "check.h"

static void a_name_that_is_not_defined_gets_the_nearest_one(void **state)
{
    check(*state, "Resources:\n  Database: {Type: 'A::B::C'}\n"
                  "  App: {Type: 'A::B::C', Properties: {Url: !GetAtt Databse.Endpoint}}\n");
    assert_found(*state, "CFN1301 3:44");
    assert_said(*state, "did you mean Database?");
}

static void each_place_of_an_unknown_name_is_reported(void **state)
{
    check_value(*state, "[!Ref Nobody, !GetAtt Nobody.Arn, !Sub '${Nobody}']");
    assert_found(*state, "CFN1301 9:11, CFN1301 9:24, CFN1301 9:44");
}

static void pseudo_parameters_are_known(void **state)
{
    check_value(*state, "[!Ref AWS::AccountId, !Ref AWS::NoValue, !Ref AWS::NotificationARNs, "
                        "!Ref AWS::Partition, !Ref AWS::Region, !Ref AWS::StackId, "
                        "!Sub '${AWS::StackName} ${AWS::URLSuffix}']");
    assert_found(*state, "");
}

static void an_unknown_pseudo_parameter_gets_the_nearest_one(void **state)
{
    check_value(*state, "!Ref AWS::AccountID");
    assert_found(*state, "CFN1302 9:10");
    assert_said(*state, "did you mean AWS::AccountId?");
}

static void a_pseudo_parameter_without_its_prefix_is_offered(void **state)
{
    check_value(*state, "!Ref AWSRegion");
    assert_found(*state, "CFN1301 9:10");
    assert_said(*state, "did you mean AWS::Region?");
}

static void a_parameter_has_no_attributes(void **state)
{
    check_value(*state, "[!GetAtt P.Arn, !Sub '${P.Arn}']");
    assert_found(*state, "CFN1303 9:11, CFN1303 9:26");
    assert_said(*state, "P is a parameter, not a resource");
}

static void a_condition_is_no_value_to_refer_to(void **state)
{
    check_value(*state, "[!Ref C, !Ref M]");
    assert_found(*state, "CFN1303 9:11, CFN1303 9:19");
    assert_said(*state, "use Fn::If");
    assert_said(*state, "use Fn::FindInMap");
}

static void a_parameter_is_no_condition(void **state)
{
    check_value(*state, "!If [P, a, b]");
    assert_found(*state, "CFN1303 9:10");
    assert_said(*state, "define a condition that compares the parameter");
}

static void ref_takes_a_name(void **state)
{
    check_value(*state, "{Ref: [B]}");
    check_value(*state, "{Ref: !Sub '${P}'}");
    assert_found(*state, "CFN1203 9:10, CFN1203 9:10");
}

static void get_att_takes_a_resource_and_an_attribute(void **state)
{
    check_value(*state, "{'Fn::GetAtt': B}");
    check_value(*state, "{'Fn::GetAtt': [B, C, D]}");
    check_value(*state, "{'Fn::GetAtt': [!Ref P, C]}");
    check_value(*state, "{'Fn::GetAtt': [B, !Sub 'x']}");
    assert_found(*state, "CFN1203 9:10, CFN1203 9:26, CFN1205 9:29");
}

static void sub_has_variables_of_its_own(void **state)
{
    check_value(*state, "!Sub ['${Mine}${P}${Yours}', {Mine: !Ref P}]");
    assert_found(*state, "CFN1301 9:10");
    assert_said(*state, "Yours");
}

static void sub_offers_its_own_variables_too(void **state)
{
    check_value(*state, "!Sub ['${Variabel}', {Variable: x}]");
    assert_found(*state, "CFN1301 9:10");
    assert_said(*state, "did you mean Variable?");
}

static void shell_variables_in_a_sub_can_be_kept(void **state)
{
    check_value(*state, "!Sub '${!HOME}/x'");
    assert_found(*state, "");
    check_value(*state, "!Sub '${HOSTNAME}'");
    assert_found(*state, "CFN1301 9:10");
    assert_said(*state, "write ${!HOSTNAME} to keep the text");
}

static void what_cannot_be_a_name_is_malformed(void **state)
{
    check_value(*state, "!Sub '${a:-b} ${} ${B.} ${.B}'");
    assert_found(*state, "CFN1206 9:10, CFN1206 9:10, CFN1206 9:10, CFN1206 9:10");
}

static void a_sub_that_is_not_closed_is_found(void **state)
{
    check_value(*state, "!Sub 'a ${P'");
    assert_found(*state, "CFN1206 9:10");
}

static void what_is_needed_always_must_not_be_missing(void **state)
{
    check(*state, "Conditions: {C: !Equals [a, b]}\nResources:\n"
                  "  A: {Type: 'A::B::C', Condition: C}\n"
                  "  Bare: {Type: 'A::B::C', Properties: {X: !Ref A, Y: !GetAtt A.B}}\n"
                  "  Branch: {Type: 'A::B::C', Properties: {X: !If [C, !Ref A, x]}}\n"
                  "  Same: {Type: 'A::B::C', Condition: C, Properties: {X: !Ref A}}\n"
                  "  After: {Type: 'A::B::C', DependsOn: A}\n"
                  "Outputs: {O: {Value: !Ref A}}\n");
    assert_found(*state, "CFN1310 4:43, CFN1310 7:39, CFN1310 8:22");
}

static void an_attribute_condition_must_exist(void **state)
{
    check(*state, "Conditions: {IsProd: !Equals [a, b]}\n"
                  "Resources: {A: {Type: 'A::B::C', Condition: isProd}}\n"
                  "Outputs: {O: {Value: x, Condition: Nothing}}\n");
    assert_found(*state, "CFN1304 2:45, CFN1304 3:36");
    assert_said(*state, "did you mean IsProd?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_that_is_not_defined_gets_the_nearest_one),
        TEST(each_place_of_an_unknown_name_is_reported),
        TEST(pseudo_parameters_are_known),
        TEST(an_unknown_pseudo_parameter_gets_the_nearest_one),
        TEST(a_pseudo_parameter_without_its_prefix_is_offered),
        TEST(a_parameter_has_no_attributes),
        TEST(a_condition_is_no_value_to_refer_to),
        TEST(a_parameter_is_no_condition),
        TEST(ref_takes_a_name),
        TEST(get_att_takes_a_resource_and_an_attribute),
        TEST(sub_has_variables_of_its_own),
        TEST(sub_offers_its_own_variables_too),
        TEST(shell_variables_in_a_sub_can_be_kept),
        TEST(what_cannot_be_a_name_is_malformed),
        TEST(a_sub_that_is_not_closed_is_found),
        TEST(what_is_needed_always_must_not_be_missing),
        TEST(an_attribute_condition_must_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
