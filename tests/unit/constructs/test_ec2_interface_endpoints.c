/* Cfngen::EC2::InterfaceEndpoints. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define VERSION "AWSTemplateFormatVersion: '2010-09-09'\n"
/* The properties are at line 4, column 5. */
#define ENDPOINTS(properties)                                                                      \
    VERSION "Resources:\n"                                                                         \
            "  E: {Type: 'Cfngen::EC2::InterfaceEndpoints', Properties: {\n"                       \
            "    " properties "}}\n"                                                               \
            "  Net: {Type: 'Cfngen::EC2::Network', Properties: {SubnetIds: [subnet-12345678, "     \
            "subnet-abcdef01], AvailabilityZones: [a, b]}}\n"                                      \
            "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
#define CLIENT "Clients: [!Ref G]"

static void secrets_manager_gets_an_endpoint_with_private_dns(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, " CLIENT));
    const char *at = "Resources/ESecretsManager/Properties/ServiceName";
    assert_at(t, at, "{\"Fn::Sub\":\"com.amazonaws.${AWS::Region}.secretsmanager\"}");
    assert_at(t, "Resources/ESecretsManager/Properties/PrivateDnsEnabled", "true");
    assert_at(t, "Resources/ESecretsManager/Properties/VpcEndpointType", "\"Interface\"");
    assert_at(t, "Resources/ESecretsManager/Properties/SubnetIds",
              "[\"subnet-12345678\",\"subnet-abcdef01\"]");
    assert_at(t, "Resources/ESecretsManager/Properties/SecurityGroupIds",
              "[{\"Fn::GetAtt\":[\"ESecurityGroup\",\"GroupId\"]}]");
}

static void both_ends_of_the_connection_are_opened(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, " CLIENT));
    assert_at(t, "Resources/EIngressOfG/Properties",
              "{\"FromPort\":443,\"GroupId\":{\"Fn::GetAtt\":[\"ESecurityGroup\",\"GroupId\"]},"
              "\"IpProtocol\":\"tcp\",\"SourceSecurityGroupId\":{\"Fn::GetAtt\":[\"G\","
              "\"GroupId\"]},\"ToPort\":443}");
    assert_at(t, "Resources/EEgressOfG/Properties",
              "{\"DestinationSecurityGroupId\":{\"Fn::GetAtt\":[\"ESecurityGroup\",\"GroupId\"]},"
              "\"FromPort\":443,\"GroupId\":{\"Fn::GetAtt\":[\"G\",\"GroupId\"]},"
              "\"IpProtocol\":\"tcp\",\"ToPort\":443}");
}

static void principals_of_this_account_alone_pass(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, " CLIENT));
    assert_at(t, "Resources/ESecretsManager/Properties/PolicyDocument/Statement/0/Condition",
              "{\"StringEquals\":{\"aws:PrincipalAccount\":{\"Ref\":\"AWS::AccountId\"}}}");
}

static void a_policy_of_the_user_is_taken_as_it_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, " CLIENT ", PolicyDocument: {Statement: []}"));
    assert_at(t, "Resources/ESecretsManager/Properties/PolicyDocument", "{\"Statement\":[]}");
}

static void a_group_that_exists_keeps_its_own_egress(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, Clients: [sg-12345678]"));
    assert_at(t, "Resources/EIngressOfsgx12345678/Properties/SourceSecurityGroupId",
              "\"sg-12345678\"");
    assert_nothing_at(t, "Resources/EEgressOfsgx12345678");
}

static void blocks_may_be_clients(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, " CLIENT ", ClientCidrs: [10.1.0.0/16]"));
    assert_at(t, "Resources/EIngressOf10x1x0x0x16/Properties/CidrIp", "\"10.1.0.0/16\"");
}

static void behind_a_nat_gateway_there_are_no_endpoints(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Nat: true, " CLIENT));
    assert_found(&t->f, "");
    assert_at(t, "Resources/EEgressOfG/Properties/CidrIp", "\"0.0.0.0/0\"");
    assert_nothing_at(t, "Resources/EIngressOfG");
    assert_nothing_at(t, "Resources/ESecurityGroup");
    assert_nothing_at(t, "Resources/ESecretsManager");
}

static void endpoints_that_exist_let_the_clients_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("SecurityGroup: sg-87654321, " CLIENT) "Outputs: {O: {Value: !Ref E}}\n");
    assert_at(t, "Resources/EIngressOfG/Properties/GroupId", "\"sg-87654321\"");
    assert_at(t, "Resources/EEgressOfG/Properties/DestinationSecurityGroupId", "\"sg-87654321\"");
    assert_at(t, "Outputs/O/Value", "\"sg-87654321\"");
    assert_nothing_at(t, "Resources/ESecretsManager");
}

static void what_is_named_twice_is_made_once(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, Services: [kms, kms], Clients: [!Ref G, !Ref G]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/EKms/Properties/PrivateDnsEnabled", "true");
    assert_nothing_at(t, "Resources/ESecretsManager");
}

static void an_unknown_service_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, Services: [secretmanager], " CLIENT));
    assert_found(&t->f, "CFN2006 4:35");
    assert_said(&t->f, "did you mean secretsmanager?");
}

static void the_three_ways_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Nat: true, Services: [kms], SecurityGroup: sg-12345678, " CLIENT));
    assert_found(&t->f, "CFN2019 4:26, CFN2019 4:48");
}

static void endpoints_need_a_network_with_subnets(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS(CLIENT));
    assert_found(&t->f, "CFN2019 3:3");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, ENDPOINTS("Network: vpc-12345678, Clients: [sg-12345678]"));
    assert_found(&t->f, "CFN2008 4:14");
}

static void clients_are_written_out(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, Clients: !Ref Groups"));
    assert_found(&t->f, "CFN2003 4:33");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, ENDPOINTS("Network: !Ref Net, Clients: []"));
    assert_found(&t->f, "CFN2007 4:33");
}

static void a_client_of_another_network_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Other, " CLIENT) "  Other: {Type: 'Cfngen::EC2::Network'}\n");
    assert_found(&t->f, "CFN4003 4:36");
}

static void a_rule_needs_the_conditions_of_both_its_ends(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Conditions: {A: !Equals [a, b], B: !Equals [a, c]}\n"
             "Resources:\n"
             "  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  G: {Type: 'Cfngen::EC2::SecurityGroup', Condition: B, Properties: {Network: !Ref "
             "Net}}\n"
             "  E: {Type: 'Cfngen::EC2::InterfaceEndpoints', Condition: A, Properties: {Network: "
             "!Ref Net, Clients: [!Ref G]}}\n");
    assert_at(t, "Resources/EIngressOfG/Condition", "\"AAndB\"");
    assert_at(t, "Resources/ESecretsManager/Condition", "\"A\"");
}

#define ROTATED                                                                                    \
    "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: {SecretName: s, Rotation: "         \
    "{Engine: "                                                                                    \
    "mysql, Network: !Ref Net, SecurityGroups: [!Ref G]}}}\n"

static void a_rotation_among_the_clients_waits_for_the_endpoints(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, " CLIENT) ROTATED);
    assert_found(&t->f, "");
    assert_at(t, "Resources/SRotation/DependsOn",
              "[\"ESecretsManager\",\"EIngressOfG\",\"EEgressOfG\"]");
}

static void endpoints_of_other_services_do_not_reach_secrets_manager(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, Services: [kms], " CLIENT) ROTATED);
    assert_found(&t->f, "CFN4501 7:136");
}

static void c_and_a_stack_file_give_the_same(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINTS("Network: !Ref Net, Services: [secretsmanager, kms], " CLIENT));
    cfn_stack *program = new_program();
    cfn_ec2_network network = cfn_ec2_network_named("Net");
    cfn_ec2_interface_endpoints_add(
        program, "E",
        &(cfn_ec2_interface_endpoints_props){
            .network = network,
            .services = CFN_LIST(cfn_s("secretsmanager"), cfn_s("kms")),
            .clients = CFN_ITEMS(cfn_ec2_security_group, cfn_ec2_security_group_named("G"))});
    cfn_ec2_network_add(
        program, "Net",
        &(cfn_ec2_network_props){.subnet_ids =
                                     CFN_LIST(cfn_s("subnet-12345678"), cfn_s("subnet-abcdef01")),
                                 .availability_zones = CFN_LIST(cfn_s("a"), cfn_s("b"))});
    cfn_ec2_security_group_add(program, "G", &(cfn_ec2_security_group_props){.network = network});
    assert_same_as(t, program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(secrets_manager_gets_an_endpoint_with_private_dns),
        STACK_TEST(both_ends_of_the_connection_are_opened),
        STACK_TEST(principals_of_this_account_alone_pass),
        STACK_TEST(a_policy_of_the_user_is_taken_as_it_is),
        STACK_TEST(a_group_that_exists_keeps_its_own_egress),
        STACK_TEST(blocks_may_be_clients),
        STACK_TEST(behind_a_nat_gateway_there_are_no_endpoints),
        STACK_TEST(endpoints_that_exist_let_the_clients_in),
        STACK_TEST(what_is_named_twice_is_made_once),
        STACK_TEST(an_unknown_service_is_refused),
        STACK_TEST(the_three_ways_exclude_each_other),
        STACK_TEST(endpoints_need_a_network_with_subnets),
        STACK_TEST(clients_are_written_out),
        STACK_TEST(a_client_of_another_network_is_told),
        STACK_TEST(a_rule_needs_the_conditions_of_both_its_ends),
        STACK_TEST(a_rotation_among_the_clients_waits_for_the_endpoints),
        STACK_TEST(endpoints_of_other_services_do_not_reach_secrets_manager),
        STACK_TEST(c_and_a_stack_file_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
