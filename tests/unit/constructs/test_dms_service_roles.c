/* Cfngen::DMS::ServiceRoles. */
#include "stack_support.h"

#define ROLES(properties)                                                                          \
    "Parameters: {Mine: {Type: String}}\n"                                                         \
    "Resources:\n  Roles: {Type: 'Cfngen::DMS::ServiceRoles', Properties: {" properties "}}\n"
#define INSTANCE                                                                                   \
    "  Net: {Type: 'Cfngen::EC2::Network'}\n"                                                      \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Dms: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net,\n"          \
    "        SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key, ServiceRoles: !Ref Roles}}\n"

static void the_roles_have_the_exact_names_that_dms_looks_for(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES(""));
    assert_at(t, "Resources/RolesVpcRole/Properties/RoleName", "\"dms-vpc-role\"");
    assert_at(t, "Resources/RolesLogsRole/Properties/RoleName", "\"dms-cloudwatch-logs-role\"");
    assert_at(t, "Resources/RolesVpcRole/Properties/AssumeRolePolicyDocument/Statement",
              "[{\"Sid\":\"Dms\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"dms.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]");
    assert_at(t, "Resources/RolesLogsRole/Properties/ManagedPolicyArns",
              "[{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::aws:policy/service-role/"
              "AmazonDMSCloudWatchLogsRole\"}]");
}

static void a_parameter_decides_whether_they_are_made_and_says_no(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES(""));
    assert_at(t, "Parameters/RolesCreate/Default", "\"false\"");
    assert_at(t, "Conditions/RolesCreate", "{\"Fn::Equals\":[{\"Ref\":\"RolesCreate\"},\"true\"]}");
    assert_at(t, "Resources/RolesVpcRole/Condition", "\"RolesCreate\"");
    assert_found(&t->f, "");
}

static void a_parameter_of_ones_own_decides_instead(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES("Create: !Ref Mine"));
    assert_at(t, "Conditions/RolesCreate", "{\"Fn::Equals\":[{\"Ref\":\"Mine\"},\"true\"]}");
    assert_nothing_at(t, "Parameters/RolesCreate");
}

static void roles_that_exist_are_not_made(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES("Create: false") INSTANCE "Outputs: {O: {Value: !Ref Roles}}\n");
    assert_nothing_at(t, "Resources/RolesVpcRole");
    assert_nothing_at(t, "Conditions");
    assert_nothing_at(t, "Resources/DmsSubnetGroup/DependsOn");
    assert_at(t, "Outputs/O/Value", "\"dms-vpc-role\"");
}

static void making_them_in_every_stack_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES("Create: true"));
    assert_found(&t->f, "CFN4311 3:67");
    assert_nothing_at(t, "Resources/RolesVpcRole/Condition");
}

static void an_instance_waits_for_roles_that_are_always_made(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES("Create: true") INSTANCE);
    assert_at(t, "Resources/DmsSubnetGroup/DependsOn", "[\"RolesVpcRole\"]");
    assert_at(t, "Resources/Dms/DependsOn", "[\"RolesLogsRole\"]");
}

static void a_tag_makes_an_instance_wait_for_roles_that_may_be_missing(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES("") INSTANCE);
    assert_at(t, "Resources/DmsSubnetGroup/Properties/Tags/2",
              "{\"Key\":\"DmsVpcRole\",\"Value\":{\"Fn::If\":[\"RolesCreate\",{\"Fn::GetAtt\":"
              "[\"RolesVpcRole\",\"Arn\"]},\"dms-vpc-role\"]}}");
    assert_at(t, "Resources/Dms/Properties/Tags/2/Value",
              "{\"Fn::If\":[\"RolesCreate\",{\"Fn::GetAtt\":[\"RolesLogsRole\",\"Arn\"]},"
              "\"dms-cloudwatch-logs-role\"]}");
    assert_nothing_at(t, "Resources/DmsSubnetGroup/DependsOn");
    assert_found(&t->f, "");
}

static void a_name_of_ones_own_is_no_property(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLES("RoleName: dms-vpc-role-prod"));
    assert_found(&t->f, "CFN2002 3:59");
}

static void a_condition_of_that_name_is_not_overwritten(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Conditions: {RolesCreate: !Equals [a, b]}\n"
             "Resources:\n  Roles: {Type: 'Cfngen::DMS::ServiceRoles'}\n");
    assert_found(&t->f, "CFN2010 3:3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(the_roles_have_the_exact_names_that_dms_looks_for),
        STACK_TEST(a_parameter_decides_whether_they_are_made_and_says_no),
        STACK_TEST(a_parameter_of_ones_own_decides_instead),
        STACK_TEST(roles_that_exist_are_not_made),
        STACK_TEST(making_them_in_every_stack_is_warned_of),
        STACK_TEST(an_instance_waits_for_roles_that_are_always_made),
        STACK_TEST(a_tag_makes_an_instance_wait_for_roles_that_may_be_missing),
        STACK_TEST(a_name_of_ones_own_is_no_property),
        STACK_TEST(a_condition_of_that_name_is_not_overwritten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
