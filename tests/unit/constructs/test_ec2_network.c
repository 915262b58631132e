/* Cfngen::EC2::Network. */
#include "stack_support.h"

#define ANYTHING "  T: {Type: 'AWS::SNS::Topic'}\n"
#define OUTPUTS  "Outputs: {V: {Value: !Ref Net}, S: {Value: !Join [',', !GetAtt Net.SubnetIds]}}\n"

static void without_ids_the_template_asks_for_them(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n" ANYTHING OUTPUTS);
    assert_at(t, "Parameters/NetVpcId/Type", "\"AWS::EC2::VPC::Id\"");
    assert_at(t, "Parameters/NetSubnetIds/Type", "\"List<AWS::EC2::Subnet::Id>\"");
    assert_at(t, "Outputs/V/Value", "{\"Ref\":\"NetVpcId\"}");
    assert_at(t, "Outputs/S/Value", "{\"Fn::Join\":[\",\",{\"Ref\":\"NetSubnetIds\"}]}");
    assert_nothing_at(t, "Resources/Net");
}

static void ids_can_come_from_ssm_parameters(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcIdParameter: /n/vpc,\n"
          "        SubnetIdsParameter: /n/subnets}}\n" ANYTHING OUTPUTS);
    assert_at(t, "Parameters/NetVpcId/Type", "\"AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>\"");
    assert_at(t, "Parameters/NetVpcId/Default", "\"/n/vpc\"");
    assert_at(t, "Parameters/NetSubnetIds/Type",
              "\"AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>\"");
}

static void two_networks_stand_side_by_side(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  A: {Type: 'Cfngen::EC2::Network'}\n  B: {Type: "
          "'Cfngen::EC2::Network'}\n" ANYTHING "Outputs: {O: {Value: !Sub '${A} ${B.VpcId}'}}\n");
    assert_at(t, "Outputs/O/Value", "{\"Fn::Sub\":\"${AVpcId} ${BVpcId}\"}");
}

static void a_parameter_that_nothing_uses_is_left_out(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
             "  S: {Type: 'Cfngen::SecretsManager::Secret'}\n");
    assert_at(t, "Parameters/NetVpcId/Type", "\"AWS::EC2::VPC::Id\"");
    assert_nothing_at(t, "Parameters/NetSubnetIds");
    assert_nothing_at(t, "Parameters/SArn");
}

static void without_any_parameter_in_use_there_is_no_section(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n" ANYTHING);
    assert_nothing_at(t, "Parameters");
}

static void a_name_is_not_an_id(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net:\n    Type: Cfngen::EC2::Network\n    Properties:\n      VpcId: prod\n"
          "      SubnetIds: [subnet-prod-1a, subnet-0123456789abcdef0]\n" ANYTHING);
    assert_found(&t->f, "CFN2024 5:14, CFN2024 6:19");
    assert_said(&t->f, "a name is not enough");
}

static void one_subnet_is_not_enough(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678,\n"
             "        SubnetIds: [subnet-12345678]}}\n" ANYTHING);
    assert_found(&t->f, "CFN4002 3:20");
    assert_said(&t->f, "add a subnet of another availability zone");
}

static void the_same_subnet_twice_is_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678,\n"
             "        SubnetIds: [subnet-12345678, subnet-12345678]}}\n" ANYTHING);
    assert_found(&t->f, "CFN4002 3:20");
}

static void an_id_and_an_ssm_parameter_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678,\n"
             "        VpcIdParameter: /x}}\n" ANYTHING);
    assert_found(&t->f, "CFN2019 3:25");
}

static void a_parameter_of_the_user_with_its_name_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {NetVpcId: {Type: String}}\n"
             "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n" ANYTHING);
    assert_found(&t->f, "CFN2010 3:3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(without_ids_the_template_asks_for_them),
        STACK_TEST(ids_can_come_from_ssm_parameters),
        STACK_TEST(two_networks_stand_side_by_side),
        STACK_TEST(a_parameter_that_nothing_uses_is_left_out),
        STACK_TEST(without_any_parameter_in_use_there_is_no_section),
        STACK_TEST(a_name_is_not_an_id),
        STACK_TEST(one_subnet_is_not_enough),
        STACK_TEST(the_same_subnet_twice_is_one),
        STACK_TEST(an_id_and_an_ssm_parameter_exclude_each_other),
        STACK_TEST(a_parameter_of_the_user_with_its_name_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
