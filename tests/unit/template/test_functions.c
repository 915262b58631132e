/* Intrinsic functions: where they may stand and what they take. */
#include "check.h"

/* Values stand on line 9 from column 10. */

static void every_function_is_taken_as_documented(void **state)
{
    static const char *const values[] = {
        "!Join ['', [a, !Ref P]]",
        "!Join [',', !Ref L]",
        "!Select [0, !Ref L]",
        "!Select ['1', [a, b]]",
        "!Select [0, !GetAZs '']",
        "!Split [',', !Sub 'a,${P}']",
        "!FindInMap [M, eu, Key]",
        "!FindInMap [M, !Ref AWS::Region, Key]",
        "!If [C, a, !Ref AWS::NoValue]",
        "!Base64 x",
        "{'Fn::Base64': !Sub 'x'}",
        "!Cidr [!GetAtt B.CidrBlock, 4, 8]",
        "!GetAZs {Ref: AWS::Region}",
        "!ImportValue x",
        "{'Fn::ImportValue': !Sub '${P}-x'}",
        "!GetAtt B.C.D",
        "!GetAtt [B, C]",
        "{'Fn::GetAtt': [B, !Ref P]}",
        "{'Fn::GetStackOutput': {StackName: s, OutputName: o}}",
        "{Condition: {StringEquals: {a: b}}}",
        "{Condition: Free}",
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        check_value(*state, values[i]);
    assert_found(*state, "");
}

static void an_unknown_function_gets_the_nearest_one(void **state)
{
    check_value(*state, "{'Fn::Jion': ['', [a]]}");
    assert_found(*state, "CFN1201 9:11");
    assert_said(*state, "did you mean Fn::Join?");
}

static void values_in_an_unknown_function_are_looked_at(void **state)
{
    check_value(*state, "{'Fn::Nothing': [!Ref Nobody]}");
    assert_found(*state, "CFN1201 9:11, CFN1301 9:27");
}

static void too_few_arguments_are_named(void **state)
{
    check_value(*state, "!Join ['']");
    assert_found(*state, "CFN1202 9:10");
    assert_said(*state, "write Fn::Join: [delimiter, [values]]");
}

static void too_many_arguments_are_named(void **state)
{
    check_value(*state, "{'Fn::If': [C, a, b, c]}");
    assert_found(*state, "CFN1202 9:21");
}

static void a_delimiter_is_literal(void **state)
{
    check_value(*state, "{'Fn::Join': [!Ref P, [a]]}");
    assert_found(*state, "CFN1203 9:24");
}

static void text_is_no_list(void **state)
{
    check_value(*state, "!Join [',', !Sub 'a,b']");
    assert_found(*state, "CFN1203 9:22");
    assert_said(*state, "Fn::Sub gives text");
}

static void a_list_is_no_text(void **state)
{
    check_value(*state, "{'Fn::Base64': !Split [',', a]}");
    assert_found(*state, "CFN1203 9:25");
}

static void a_text_parameter_is_no_list(void **state)
{
    check_value(*state, "!Select [0, !Ref P]");
    assert_found(*state, "CFN1203 9:22");
    assert_said(*state, "Fn::Split");
}

static void a_list_parameter_is_no_text_for_sub(void **state)
{
    check_value(*state, "!Sub 'a${L}'");
    assert_found(*state, "CFN1203 9:10");
}

static void conditions_belong_under_conditions(void **state)
{
    check_value(*state, "!Equals [a, b]");
    assert_found(*state, "CFN1204 9:10");
    assert_said(*state, "put it under Conditions");
}

static void a_function_stands_alone_in_its_mapping(void **state)
{
    check_value(*state, "{'Fn::Join': ['', [a]], Name: x}");
    assert_found(*state, "CFN1204 9:11");
}

static void an_index_is_a_number_in_the_list(void **state)
{
    check_value(*state, "!Select [a, [x]]");
    check_value(*state, "!Select [2, [x, y]]");
    check_value(*state, "!Select [2, [x, !If [C, y, z]]]");
    assert_found(*state, "CFN1203 9:19, CFN1207 9:19");
}

static void extensions_must_be_asked_for(void **state)
{
    check_value(*state, "{'Fn::ToJsonString': {a: b}}");
    check_value(*state, "{'Fn::Length': [a]}");
    check_value(*state, "!FindInMap [M, eu, Nothing, {DefaultValue: x}]");
    check_value(*state, "{'Fn::FindInMap': [M, !Sub 'eu', Key]}");
    assert_found(*state, "CFN1205 9:10, CFN1205 9:10, CFN1205 9:32, CFN1205 9:38");
}

static void an_import_cannot_depend_on_a_resource(void **state)
{
    check_value(*state, "{'Fn::ImportValue': !GetAtt B.Name}");
    assert_found(*state, "CFN1309 9:30");
}

static void a_mapping_and_its_keys_must_exist(void **state)
{
    check_value(*state, "!FindInMap [N, eu, Key]");
    check_value(*state, "!FindInMap [M, ue, Key]");
    check_value(*state, "!FindInMap [M, us, Other]");
    check_value(*state, "!FindInMap [M, !Ref P, Kye]");
    check_value(*state, "!FindInMap [M, !Ref P, Other]");
    assert_found(*state, "CFN1305 9:10, CFN1306 9:25, CFN1306 9:29, CFN1306 9:33");
    assert_said(*state, "did you mean Key?");
}

static void a_branch_names_a_condition(void **state)
{
    check_value(*state, "!If [D, a, b]");
    check_value(*state, "{'Fn::If': [!Condition C, a, b]}");
    assert_found(*state, "CFN1304 9:10, CFN1203 9:22");
}

/* Conditions stand on line 4 from column 6. */
static void check_condition(void **state, const char *condition)
{
    char yaml[1024];
    snprintf(yaml, sizeof yaml,
             "Parameters: {P: {Type: String}}\nMappings: {M: {a: {b: c}}}\n"
             "Conditions:\n  X: %s\n  Y: !Equals [a, b]\nResources: {A: {Type: 'A::B::C'}}\n",
             condition);
    check(*state, yaml);
}

static void conditions_are_made_of_conditions(void **state)
{
    check_condition(state, "!And [!Condition Y, !Not [!Equals [!Ref P, x]]]");
    check_condition(state, "!Equals [!FindInMap [M, a, b], !Select [0, [x]]]");
    check_condition(state, "!Equals [!Join ['', [a, !Ref AWS::Region]], true]");
    check_condition(state, "{Condition: Y}");
    assert_found(*state, "");
}

static void a_condition_is_no_value(void **state)
{
    check_condition(state, "true");
    check_condition(state, "!Ref P");
    check_condition(state, "!Not [!Ref P]");
    assert_found(*state, "CFN1203 4:6, CFN1203 4:12");
}

static void some_functions_need_resources_and_are_no_use_in_conditions(void **state)
{
    check_condition(state, "!Equals [!GetAtt A.B, x]");
    check_condition(state, "!Equals [!ImportValue A, x]");
    check_condition(state, "!Equals [!Ref A, x]");
    assert_found(*state, "CFN1204 4:15, CFN1204 4:15, CFN1309 4:15");
}

static void and_takes_two_to_ten(void **state)
{
    check_condition(state, "!And [!Condition Y]");
    check_condition(state, "!Not [!Condition Y, !Condition Y]");
    assert_found(*state, "CFN1202 4:6, CFN1202 4:6");
}

static void transforms_are_left_alone(void **state)
{
    check_value(*state, "{'Fn::Transform': {Name: 'AWS::Include', Parameters: {X: !Ref P}}}");
    check_value(*state, "{'Fn::Sub': {'Fn::Transform': {Name: 'AWS::Include'}}}");
    assert_found(*state, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_function_is_taken_as_documented),
        TEST(an_unknown_function_gets_the_nearest_one),
        TEST(values_in_an_unknown_function_are_looked_at),
        TEST(too_few_arguments_are_named),
        TEST(too_many_arguments_are_named),
        TEST(a_delimiter_is_literal),
        TEST(text_is_no_list),
        TEST(a_list_is_no_text),
        TEST(a_text_parameter_is_no_list),
        TEST(a_list_parameter_is_no_text_for_sub),
        TEST(conditions_belong_under_conditions),
        TEST(a_function_stands_alone_in_its_mapping),
        TEST(an_index_is_a_number_in_the_list),
        TEST(extensions_must_be_asked_for),
        TEST(an_import_cannot_depend_on_a_resource),
        TEST(a_mapping_and_its_keys_must_exist),
        TEST(a_branch_names_a_condition),
        TEST(conditions_are_made_of_conditions),
        TEST(a_condition_is_no_value),
        TEST(some_functions_need_resources_and_are_no_use_in_conditions),
        TEST(and_takes_two_to_ten),
        TEST(transforms_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
