/* Cfngen::EC2::VPC. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define VERSION "AWSTemplateFormatVersion: '2010-09-09'\n"
/* The properties are at line 4, column 5. */
#define VPC(properties)                                                                            \
    VERSION "Resources:\n"                                                                         \
            "  V: {Type: 'Cfngen::EC2::VPC', Properties: {\n"                                      \
            "    " properties "}}\n"
#define BLOCK(subnet) "Resources/V" subnet "/Properties/CidrBlock"

/* ---- subnets ---- */

static void without_properties_there_are_two_private_subnets(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC(""));
    assert_found(&t->f, "");
    assert_at(t, BLOCK(""), "\"10.0.0.0/16\"");
    assert_at(t, BLOCK("PrivateSubnet1"), "\"10.0.64.0/20\"");
    assert_at(t, BLOCK("PrivateSubnet2"), "\"10.0.80.0/20\"");
    assert_nothing_at(t, "Resources/VPrivateSubnet3");
    assert_nothing_at(t, "Resources/VPublicSubnet1");
    assert_nothing_at(t, "Resources/VIsolatedSubnet1");
    assert_nothing_at(t, "Resources/VInternetGateway");
}

static void names_of_endpoints_and_databases_resolve_in_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC(""));
    assert_at(t, "Resources/V/Properties/EnableDnsHostnames", "true");
    assert_at(t, "Resources/V/Properties/EnableDnsSupport", "true");
}

static void another_zone_or_tier_moves_no_subnet(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Zones: 3, PublicSubnets: true, IsolatedSubnets: true"));
    assert_found(&t->f, "");
    assert_at(t, BLOCK("PublicSubnet3"), "\"10.0.32.0/20\"");
    assert_at(t, BLOCK("PrivateSubnet1"), "\"10.0.64.0/20\"");
    assert_at(t, BLOCK("PrivateSubnet2"), "\"10.0.80.0/20\"");
    assert_at(t, BLOCK("IsolatedSubnet1"), "\"10.0.128.0/20\"");
}

static void the_size_of_subnets_can_be_said(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("CidrBlock: 172.16.4.0/22, SubnetSize: 26"));
    assert_found(&t->f, "");
    assert_at(t, BLOCK("PrivateSubnet1"), "\"172.16.5.0/26\"");
    assert_at(t, BLOCK("PrivateSubnet2"), "\"172.16.5.64/26\"");
}

static void a_small_vpc_has_the_smallest_subnets(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("CidrBlock: 10.9.8.0/25, PublicSubnets: true"));
    assert_found(&t->f, "");
    assert_at(t, BLOCK("PrivateSubnet2"), "\"10.9.8.80/28\"");
}

static void a_block_known_at_deployment_is_cut_there(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("CidrBlock: !Ref Block") "Parameters: {Block: {Type: String}}\n");
    assert_found(&t->f, "");
    assert_at(t, BLOCK("PrivateSubnet2"),
              "{\"Fn::Select\":[5,{\"Fn::Cidr\":[{\"Fn::GetAtt\":[\"V\",\"CidrBlock\"]},6,8]}]}");
}

static void blocks_can_be_written_out(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PrivateCidrs: [10.0.1.0/24, 10.0.2.0/24], PublicCidrs: [10.0.3.0/28, "
                 "10.0.3.16/28], IsolatedCidrs: [10.0.4.0/24, !Ref Block]") "Parameters: {Block: "
                                                                            "{Type: String}}\n");
    assert_found(&t->f, "");
    assert_at(t, BLOCK("PrivateSubnet2"), "\"10.0.2.0/24\"");
    assert_at(t, BLOCK("PublicSubnet2"), "\"10.0.3.16/28\"");
    assert_at(t, BLOCK("IsolatedSubnet2"), "{\"Ref\":\"Block\"}");
}

static void zones_are_the_first_of_the_region(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC(""));
    assert_at(t, "Resources/VPrivateSubnet2/Properties/AvailabilityZone",
              "{\"Fn::Select\":[1,{\"Fn::GetAZs\":\"\"}]}");
}

static void zones_can_be_named(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("AvailabilityZones: [eu-central-1a, eu-central-1b, eu-central-1c]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VPrivateSubnet3/Properties/AvailabilityZone", "\"eu-central-1c\"");
}

static void addresses_of_the_internet_are_given_in_public_subnets_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PublicSubnets: true, IsolatedSubnets: true"));
    assert_at(t, "Resources/VPublicSubnet1/Properties/MapPublicIpOnLaunch", "true");
    assert_at(t, "Resources/VPrivateSubnet1/Properties/MapPublicIpOnLaunch", "false");
    assert_at(t, "Resources/VIsolatedSubnet1/Properties/MapPublicIpOnLaunch", "false");
}

/* ---- routes ---- */

static void public_subnets_are_routed_to_the_internet(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PublicSubnets: true"));
    assert_at(t, "Resources/VInternetRoute/Properties",
              "{\"DestinationCidrBlock\":\"0.0.0.0/0\",\"GatewayId\":{\"Ref\":"
              "\"VInternetGateway\"},\"RouteTableId\":{\"Ref\":\"VPublicRouteTable\"}}");
    assert_at(t, "Resources/VInternetRoute/DependsOn", "[\"VInternetAttachment\"]");
    assert_at(t, "Resources/VPublicSubnet2Association/Properties/RouteTableId",
              "{\"Ref\":\"VPublicRouteTable\"}");
    assert_nothing_at(t, "Resources/VNatGateway1");
    assert_nothing_at(t, "Resources/VNatRoute1");
}

static void one_nat_gateway_serves_all_zones(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Nat: one"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VNatGateway1/Properties/SubnetId", "{\"Ref\":\"VPublicSubnet1\"}");
    assert_at(t, "Resources/VNatGateway1/Properties/AllocationId",
              "{\"Fn::GetAtt\":[\"VNatAddress1\",\"AllocationId\"]}");
    assert_at(t, "Resources/VNatAddress1/DependsOn", "[\"VInternetAttachment\"]");
    assert_at(t, "Resources/VNatRoute2/Properties",
              "{\"DestinationCidrBlock\":\"0.0.0.0/0\",\"NatGatewayId\":{\"Ref\":"
              "\"VNatGateway1\"},\"RouteTableId\":{\"Ref\":\"VPrivateRouteTable2\"}}");
    assert_nothing_at(t, "Resources/VNatGateway2");
}

static void each_zone_can_have_a_nat_gateway(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Nat: per-zone"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VNatGateway2/Properties/SubnetId", "{\"Ref\":\"VPublicSubnet2\"}");
    assert_at(t, "Resources/VNatRoute2/Properties/NatGatewayId", "{\"Ref\":\"VNatGateway2\"}");
}

static void isolated_subnets_have_a_table_without_routes(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("IsolatedSubnets: true, Nat: one, Peerings: [{VpcId: vpc-12345678, CidrBlock: "
                 "10.1.0.0/16, RouteTableIds: [rtb-12345678]}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VIsolatedSubnet2Association/Properties/RouteTableId",
              "{\"Ref\":\"VIsolatedRouteTable\"}");
    for (const cfn_node *r = cfn_node_first(cfn_node_get(t->template, "Resources")); r;
         r = cfn_node_next(r)) {
        const cfn_node *table = cfn_node_find(r, "Properties/RouteTableId/Ref");
        if (strcmp(cfn_node_text(cfn_node_get(r, "Type")), "AWS::EC2::Route") == 0 && table)
            assert_string_not_equal(cfn_node_text(table), "VIsolatedRouteTable");
    }
}

static void what_depends_on_it_waits_for_its_routes(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          VPC("Nat: one, GatewayEndpoints: []") "  T: {Type: 'AWS::SNS::Topic', DependsOn: V}\n");
    assert_at(t, "Resources/T/DependsOn",
              "[\"V\",\"VPrivateSubnet1Association\",\"VPrivateSubnet2Association\","
              "\"VNatRoute1\",\"VNatRoute2\"]");
}

/* ---- endpoints ---- */

static void s3_has_a_gateway_endpoint(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC(""));
    assert_at(t, "Resources/VGatewayS3/Properties/ServiceName",
              "{\"Fn::Sub\":\"com.amazonaws.${AWS::Region}.s3\"}");
    assert_at(t, "Resources/VGatewayS3/Properties/VpcEndpointType", "\"Gateway\"");
    assert_at(t, "Resources/VGatewayS3/Properties/RouteTableIds",
              "[{\"Ref\":\"VPrivateRouteTable1\"},{\"Ref\":\"VPrivateRouteTable2\"}]");
    assert_nothing_at(t, "Resources/VGatewayDynamoDb");
}

static void gateway_endpoints_are_a_choice(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("GatewayEndpoints: [dynamodb]"));
    assert_at(t, "Resources/VGatewayDynamoDb/Properties/VpcEndpointType", "\"Gateway\"");
    assert_nothing_at(t, "Resources/VGatewayS3");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("GatewayEndpoints: []"));
    assert_found(&t->f, "");
    assert_nothing_at(t, "Resources/VGatewayS3");
}

static void interface_endpoints_are_open_to_the_vpc(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("InterfaceEndpoints: [secretsmanager, kms, kms]") "Outputs: {O: {Value: !GetAtt "
                                                                   "V.EndpointsGroupId}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/VEndpointKms/Properties/SubnetIds",
              "[{\"Ref\":\"VPrivateSubnet1\"},{\"Ref\":\"VPrivateSubnet2\"}]");
    assert_at(t, "Resources/VEndpointSecretsManager/Properties/PrivateDnsEnabled", "true");
    assert_at(t, "Resources/VEndpointsIngress/Properties",
              "{\"CidrIp\":{\"Fn::GetAtt\":[\"V\",\"CidrBlock\"]},\"FromPort\":443,\"GroupId\":{"
              "\"Fn::GetAtt\":[\"VEndpointsGroup\",\"GroupId\"]},\"IpProtocol\":\"tcp\","
              "\"ToPort\":443}");
    assert_at(t, "Outputs/O/Value", "{\"Fn::GetAtt\":[\"VEndpointsGroup\",\"GroupId\"]}");
}

static void a_policy_of_the_user_holds_for_the_endpoints(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("InterfaceEndpoints: [sns], EndpointPolicy: {Statement: []}"));
    assert_at(t, "Resources/VEndpointSns/Properties/PolicyDocument", "{\"Statement\":[]}");
}

/* ---- flow logs ---- */

static void flow_logs_go_to_a_group_of_their_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("FlowLogRetentionInDays: 90, FlowLogTraffic: REJECT"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VFlowLog/Properties/LogGroupName", "{\"Ref\":\"VFlowLogGroup\"}");
    assert_at(t, "Resources/VFlowLog/Properties/ResourceId", "{\"Ref\":\"V\"}");
    assert_at(t, "Resources/VFlowLog/Properties/TrafficType", "\"REJECT\"");
    assert_at(t, "Resources/VFlowLogGroup/Properties/RetentionInDays", "90");
    assert_nothing_at(t, "Resources/VFlowLogGroup/Properties/KmsKeyId");
}

static void their_role_may_write_to_that_group_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC(""));
    assert_at(t, "Resources/VFlowLogRole/Properties/Policies/0/PolicyDocument/Statement",
              "[{\"Sid\":\"WriteFlowLogs\",\"Effect\":\"Allow\",\"Action\":["
              "\"logs:CreateLogStream\",\"logs:DescribeLogStreams\",\"logs:PutLogEvents\"],"
              "\"Resource\":{\"Fn::GetAtt\":[\"VFlowLogGroup\",\"Arn\"]}}]");
    assert_at(t, "Resources/VFlowLogRole/Properties/AssumeRolePolicyDocument/Statement/0/Condition",
              "{\"StringEquals\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"}},\"ArnLike\":"
              "{\"aws:SourceArn\":{\"Fn::Sub\":\"arn:${AWS::Partition}:ec2:${AWS::Region}:"
              "${AWS::AccountId}:vpc-flow-log/*\"}}}");
}

#define KEY "  K: {Type: 'Cfngen::KMS::Key'}\n"

static void a_key_encrypts_flow_logs_and_lets_the_service_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("EncryptionKey: !Ref K") KEY);
    assert_found(&t->f, "");
    assert_at(t, "Resources/VFlowLogGroup/Properties/KmsKeyId", "{\"Fn::GetAtt\":[\"K\",\"Arn\"]}");
    assert_at(t, "Resources/K/Properties/KeyPolicy/Statement/1/Sid", "\"CloudWatchLogs\"");
}

static void a_key_is_kept_with_the_flow_logs(void **state)
{
    stack_fixture *t = *state;
    synth(t, VERSION "Resources:\n"
                     "  V: {Type: 'Cfngen::EC2::VPC', DeletionPolicy: Retain, "
                     "Properties: {EncryptionKey: !Ref K}}\n" KEY);
    assert_at(t, "Resources/K/DeletionPolicy", "\"Retain\"");
}

static void a_key_that_exists_must_let_the_service_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("EncryptionKey: 'arn:aws:kms:eu-central-1:123456789012:key/"
                 "11111111-2222-3333-4444-555555555555'"));
    assert_found(&t->f, "CFN4202 4:20");
}

static void without_flow_logs_there_is_nothing_of_them(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("FlowLogs: false"));
    assert_found(&t->f, "");
    assert_nothing_at(t, "Resources/VFlowLog");
    assert_nothing_at(t, "Resources/VFlowLogGroup");
    assert_nothing_at(t, "Resources/VFlowLogRole");
}

static void a_key_without_flow_logs_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("FlowLogs: false, EncryptionKey: !Ref K") KEY);
    assert_found(&t->f, "CFN2019 4:37");
}

/* ---- as a network ---- */

static void it_can_be_named_where_a_network_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("") "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref V}}\n"
                     "  E: {Type: 'Cfngen::EC2::InterfaceEndpoints', Properties: {Network: !Ref V, "
                     "Clients: [!Ref G]}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/G/Properties/VpcId", "{\"Ref\":\"V\"}");
    assert_at(t, "Resources/ESecretsManager/Properties/SubnetIds",
              "[{\"Ref\":\"VPrivateSubnet1\"},{\"Ref\":\"VPrivateSubnet2\"}]");
}

static void instances_are_spread_over_its_zones(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("") KEY "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref "
                         "V}}\n"
                         "  A: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: "
                         "aurora-mysql, Network: !Ref V, SecurityGroups: [!Ref G], EncryptionKey: "
                         "!Ref K}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/AReader1/Properties/AvailabilityZone",
              "{\"Fn::Select\":[1,{\"Fn::GetAZs\":\"\"}]}");
    assert_at(t, "Resources/ASubnetGroup/Properties/SubnetIds",
              "[{\"Ref\":\"VPrivateSubnet1\"},{\"Ref\":\"VPrivateSubnet2\"}]");
}

static void its_isolated_subnets_make_a_network_too(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          VPC("IsolatedSubnets: true") "  N: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: "
                                       "!Ref V, SubnetIds: "
                                       "!GetAtt V.IsolatedSubnetIds, AvailabilityZones: !GetAtt "
                                       "V.AvailabilityZones}}\n"
                                       "Outputs: {O: {Value: !Join [',', !GetAtt N.SubnetIds]}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Outputs/O/Value",
              "{\"Fn::Join\":[\",\",[{\"Ref\":\"VIsolatedSubnet1\"},{\"Ref\":"
              "\"VIsolatedSubnet2\"}]]}");
}

static void a_service_has_one_endpoint_in_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("InterfaceEndpoints: [secretsmanager, kms]") "  E: {Type: "
                                                              "'Cfngen::EC2::InterfaceEndpoints', "
                                                              "Properties: {Network: !Ref V, "
                                                              "Clients: [sg-12345678],\n    "
                                                              "Services: [sns, kms]}}\n");
    assert_found(&t->f, "CFN4009 6:21");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("InterfaceEndpoints: [secretsmanager, kms]") "  E: {Type: "
                                                              "'Cfngen::EC2::InterfaceEndpoints', "
                                                              "Properties: {\n    Network: !Ref "
                                                              "V, Clients: [sg-12345678]}}\n");
    assert_found(&t->f, "CFN4009 6:14");
}

static void c_and_a_stack_file_give_the_same(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Nat: per-zone, Zones: 3, SubnetSize: 24, InterfaceEndpoints: [kms], "
                 "EncryptionKey: !Ref K, Tags: {Team: data}, Peerings: [{"
                 "VpcId: vpc-12345678, CidrBlock: 10.1.0.0/16, RouteTableIds: [rtb-12345678]}]") KEY
          "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref V}}\n");
    cfn_stack *program = new_program();
    cfn_ec2_vpc vpc = cfn_ec2_vpc_add(
        program, "V",
        &(cfn_ec2_vpc_props){.nat = cfn_s("per-zone"),
                             .zones = cfn_i(3),
                             .subnet_size = cfn_i(24),
                             .interface_endpoints = CFN_LIST(cfn_s("kms")),
                             .encryption_key = cfn_kms_key_named("K"),
                             .tags = cfn_json_text(program, "{\"Team\": \"data\"}"),
                             .peerings =
                                 CFN_ITEMS(cfn_ec2_vpc_peering,
                                           {.vpc_id = cfn_s("vpc-12345678"),
                                            .cidr_block = cfn_s("10.1.0.0/16"),
                                            .route_table_ids = CFN_LIST(cfn_s("rtb-12345678"))})});
    cfn_kms_key_add(program, "K", &(cfn_kms_key_props){.name = cfn_s(NULL)});
    cfn_ec2_security_group_add(
        program, "G", &(cfn_ec2_security_group_props){.network = cfn_ec2_vpc_network(vpc)});
    assert_same_as(t, program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(without_properties_there_are_two_private_subnets),
        STACK_TEST(names_of_endpoints_and_databases_resolve_in_it),
        STACK_TEST(another_zone_or_tier_moves_no_subnet),
        STACK_TEST(the_size_of_subnets_can_be_said),
        STACK_TEST(a_small_vpc_has_the_smallest_subnets),
        STACK_TEST(a_block_known_at_deployment_is_cut_there),
        STACK_TEST(blocks_can_be_written_out),
        STACK_TEST(zones_are_the_first_of_the_region),
        STACK_TEST(zones_can_be_named),
        STACK_TEST(addresses_of_the_internet_are_given_in_public_subnets_alone),
        STACK_TEST(public_subnets_are_routed_to_the_internet),
        STACK_TEST(one_nat_gateway_serves_all_zones),
        STACK_TEST(each_zone_can_have_a_nat_gateway),
        STACK_TEST(isolated_subnets_have_a_table_without_routes),
        STACK_TEST(what_depends_on_it_waits_for_its_routes),
        STACK_TEST(s3_has_a_gateway_endpoint),
        STACK_TEST(gateway_endpoints_are_a_choice),
        STACK_TEST(interface_endpoints_are_open_to_the_vpc),
        STACK_TEST(a_policy_of_the_user_holds_for_the_endpoints),
        STACK_TEST(flow_logs_go_to_a_group_of_their_own),
        STACK_TEST(their_role_may_write_to_that_group_alone),
        STACK_TEST(a_key_encrypts_flow_logs_and_lets_the_service_in),
        STACK_TEST(a_key_is_kept_with_the_flow_logs),
        STACK_TEST(a_key_that_exists_must_let_the_service_in),
        STACK_TEST(without_flow_logs_there_is_nothing_of_them),
        STACK_TEST(a_key_without_flow_logs_is_told),
        STACK_TEST(it_can_be_named_where_a_network_is),
        STACK_TEST(instances_are_spread_over_its_zones),
        STACK_TEST(its_isolated_subnets_make_a_network_too),
        STACK_TEST(a_service_has_one_endpoint_in_it),
        STACK_TEST(c_and_a_stack_file_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
