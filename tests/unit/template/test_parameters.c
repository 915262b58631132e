/* Parameters: types, rules and defaults. */
#include "check.h"

/* A template with the parameter that is given, on its first line from column 17. */
static void check_parameter(void **state, const char *parameter)
{
    char yaml[1024];
    snprintf(yaml, sizeof yaml, "Parameters: {P: %s}\nResources: {A: {Type: 'A::B::C'}}\n",
             parameter);
    check(*state, yaml);
}

static void documented_types_are_known(void **state)
{
    static const char *const types[] = {"String",
                                        "Number",
                                        "List<Number>",
                                        "CommaDelimitedList",
                                        "AWS::EC2::VPC::Id",
                                        "List<AWS::EC2::Subnet::Id>",
                                        "AWS::SSM::Parameter::Name",
                                        "AWS::SSM::Parameter::Value<String>",
                                        "AWS::SSM::Parameter::Value<List<String>>",
                                        "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char parameter[128];
        snprintf(parameter, sizeof parameter, "{Type: '%s'}", types[i]);
        check_parameter(state, parameter);
    }
    assert_found(*state, "");
}

static void an_unknown_type_gets_the_nearest_one(void **state)
{
    check_parameter(state, "{Type: 'List<AWS::EC2::Subnet::ID>'}");
    assert_found(*state, "CFN1101 1:24");
    assert_said(*state, "did you mean List<AWS::EC2::Subnet::Id>?");
}

static void a_type_is_needed(void **state)
{
    check_parameter(state, "{Default: x}");
    assert_found(*state, "CFN1003 1:14");
}

static void a_misspelt_attribute_is_not_missed_too(void **state)
{
    check_parameter(state, "{Typ: String, Default: x}");
    assert_found(*state, "CFN1002 1:18");
    assert_said(*state, "did you mean Type?");
}

static void a_parameter_takes_no_functions(void **state)
{
    check_parameter(state, "{Type: String, Default: !Ref AWS::Region}");
    assert_found(*state, "CFN1204 1:41");
}

static void a_default_is_one_of_the_allowed_values(void **state)
{
    check_parameter(state, "{Type: String, Default: tset, AllowedValues: [test, prod]}");
    assert_found(*state, "CFN1102 1:41");
    assert_said(*state, "did you mean test?");
}

static void numbers_are_compared_as_numbers(void **state)
{
    check_parameter(state, "{Type: Number, Default: '1.0', AllowedValues: [1, 2]}");
    assert_found(*state, "");
}

static void each_value_of_a_list_is_one_of_the_allowed(void **state)
{
    check_parameter(state, "{Type: CommaDelimitedList, Default: 'a, c', AllowedValues: [a, b]}");
    assert_found(*state, "CFN1102 1:53");
}

static void a_default_keeps_to_its_range(void **state)
{
    check_parameter(state, "{Type: Number, Default: 10, MinValue: 11}");
    assert_found(*state, "CFN1102 1:41");
}

static void a_default_keeps_to_its_length(void **state)
{
    check_parameter(state, "{Type: String, Default: Grüße, MaxLength: 5, MinLength: '5'}");
    assert_found(*state, "");
    check_parameter(state, "{Type: String, Default: abc, MinLength: 4}");
    assert_found(*state, "CFN1102 1:41");
}

static void the_default_of_a_number_is_one(void **state)
{
    check_parameter(state, "{Type: Number, Default: many}");
    assert_found(*state, "CFN1102 1:41");
}

static void a_default_in_the_parameter_store_is_only_a_name(void **state)
{
    check_parameter(state, "{Type: 'AWS::SSM::Parameter::Value<String>', Default: /my/key, "
                           "AllowedValues: [a]}");
    assert_found(*state, "");
}

static void limits_that_exclude_each_other_are_found(void **state)
{
    check_parameter(state, "{Type: Number, MinValue: 3, MaxValue: 2, Default: 5}");
    assert_found(*state, "CFN1103 1:42");
}

static void a_number_has_no_length(void **state)
{
    check_parameter(state, "{Type: Number, MaxLength: 3}");
    assert_found(*state, "CFN1103 1:32");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(documented_types_are_known),
        TEST(an_unknown_type_gets_the_nearest_one),
        TEST(a_type_is_needed),
        TEST(a_misspelt_attribute_is_not_missed_too),
        TEST(a_parameter_takes_no_functions),
        TEST(a_default_is_one_of_the_allowed_values),
        TEST(numbers_are_compared_as_numbers),
        TEST(each_value_of_a_list_is_one_of_the_allowed),
        TEST(a_default_keeps_to_its_range),
        TEST(a_default_keeps_to_its_length),
        TEST(the_default_of_a_number_is_one),
        TEST(a_default_in_the_parameter_store_is_only_a_name),
        TEST(limits_that_exclude_each_other_are_found),
        TEST(a_number_has_no_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
