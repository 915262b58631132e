/* templates/dms-mysql-multi-az.yaml: the network, who reaches what, and how. */
#include "blueprint.h"

#define BLUEPRINT "templates/dms-mysql-multi-az.yaml"

static void the_vpc_has_the_block_that_is_asked_for(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::VPC"), 1);
    ASSERT_PROPERTIES(t, "Network", {"CidrBlock", REF("VpcCidr")}, {"EnableDnsSupport", "true"},
                      {"EnableDnsHostnames", "true"});
    assert_at(t, "Parameters/VpcCidr/Default", "\"10.0.0.0/16\"");
}

#define ZONE(n) "{\"Fn::Select\":[" #n ",{\"Fn::GetAZs\":\"\"}]}"

static void each_tier_has_a_subnet_in_two_zones(void **state)
{
    static const char *const tiers[] = {"Public", "Private", "Isolated"};
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::Subnet"), 6);
    for (size_t i = 0; i < 3; i++) {
        char first[60], second[60];
        snprintf(first, sizeof first, "Network%sSubnet1", tiers[i]);
        snprintf(second, sizeof second, "Network%sSubnet2", tiers[i]);
        assert_property(t, first, "AvailabilityZone", ZONE(0));
        assert_property(t, second, "AvailabilityZone", ZONE(1));
    }
}

/* A slot of Fn::Cidr for each, none twice. */
static void no_two_subnets_share_an_address(void **state)
{
    stack_fixture *t = *state;
    uint32_t taken = 0;
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::EC2::Subnet"))
            continue;
        const cfn_node *slot = property(t, cfn_node_key(r), "CidrBlock/Fn::Select/0");
        assert_property(t, cfn_node_key(r), "CidrBlock/Fn::Select/1/Fn::Cidr/2", "8");
        uint32_t bit = UINT32_C(1) << strtoul(cfn_node_text(slot), NULL, 10);
        assert_int_equal(taken & bit, 0);
        taken |= bit;
    }
    assert_int_equal(taken, 0x333);
}

static void public_subnets_alone_have_public_addresses_and_a_way_in(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "NetworkPublicSubnet1", "MapPublicIpOnLaunch", "true");
    assert_property(t, "NetworkPrivateSubnet1", "MapPublicIpOnLaunch", "false");
    assert_property(t, "NetworkIsolatedSubnet1", "MapPublicIpOnLaunch", "false");
    ASSERT_PROPERTIES(t, "NetworkInternetRoute", {"GatewayId", REF("NetworkInternetGateway")},
                      {"RouteTableId", REF("NetworkPublicRouteTable")});
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::EC2::Route") &&
            strcmp(cfn_node_key(r), "NetworkInternetRoute") != 0)
            assert_no_property(t, cfn_node_key(r), "GatewayId");
}

static void each_zone_has_a_way_out_of_its_own(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::NatGateway"), 2);
    assert_property(t, "NetworkNatGateway1", "SubnetId", REF("NetworkPublicSubnet1"));
    assert_property(t, "NetworkNatGateway2", "SubnetId", REF("NetworkPublicSubnet2"));
    ASSERT_PROPERTIES(t, "NetworkNatRoute1", {"NatGatewayId", REF("NetworkNatGateway1")},
                      {"RouteTableId", REF("NetworkPrivateRouteTable1")});
    ASSERT_PROPERTIES(t, "NetworkNatRoute2", {"NatGatewayId", REF("NetworkNatGateway2")},
                      {"RouteTableId", REF("NetworkPrivateRouteTable2")});
}

static void no_route_leads_out_of_the_database_subnets(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "NetworkIsolatedSubnet1Association",
                      {"RouteTableId", REF("NetworkIsolatedRouteTable")});
    ASSERT_PROPERTIES(t, "NetworkIsolatedSubnet2Association",
                      {"RouteTableId", REF("NetworkIsolatedRouteTable")});
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::EC2::Route"))
            continue;
        const cfn_node *table = cfn_node_find(r, "Properties/RouteTableId/Ref");
        assert_string_not_equal(cfn_node_text(table), "NetworkIsolatedRouteTable");
    }
}

static void every_connection_is_logged(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "NetworkFlowLog", {"ResourceId", REF("Network")},
                      {"ResourceType", "\"VPC\""}, {"TrafficType", "\"ALL\""},
                      {"LogGroupName", REF("NetworkFlowLogGroup")});
    assert_property(t, "NetworkFlowLogGroup", "KmsKeyId", ATT("MigrationKey", "Arn"));
}

static void the_vpc_of_the_target_is_reached_by_a_peering_both_ways(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "NetworkPeeringWithTargetVpcId", {"VpcId", REF("Network")},
                      {"PeerVpcId", REF("TargetVpcId")});
    for (int zone = 1; zone <= 2; zone++) {
        char route[60], table[80];
        snprintf(route, sizeof route, "NetworkRouteToTargetVpcIdFromZone%d", zone);
        snprintf(table, sizeof table, "{\"Ref\":\"NetworkPrivateRouteTable%d\"}", zone);
        ASSERT_PROPERTIES(t, route, {"DestinationCidrBlock", REF("TargetVpcCidr")},
                          {"RouteTableId", table},
                          {"VpcPeeringConnectionId", REF("NetworkPeeringWithTargetVpcId")});
    }
    ASSERT_PROPERTIES(t, "NetworkRouteFromTargetRouteTableId",
                      {"DestinationCidrBlock", ATT("Network", "CidrBlock")},
                      {"RouteTableId", REF("TargetRouteTableId")});
}

/* ---- security groups ---- */

#define TO_SOURCE   "ReplicationSecurityGroupToSourceCidrPortSourcePort"
#define TO_TARGET   "ReplicationSecurityGroupToTargetSecurityGroupPortTargetPort"
#define INTO_TARGET "TargetSecurityGroupFromReplicationSecurityGroupPortTargetPort"

static void dms_reaches_both_databases_and_the_secrets_and_no_more(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::SecurityGroupEgress"), 3);
    ASSERT_PROPERTIES(t, TO_SOURCE, {"CidrIp", REF("SourceCidr")},
                      {"GroupId", ATT("ReplicationSecurityGroup", "GroupId")},
                      {"FromPort", REF("SourcePort")}, {"ToPort", REF("SourcePort")});
    ASSERT_PROPERTIES(t, TO_TARGET, {"DestinationSecurityGroupId", REF("TargetSecurityGroupId")},
                      {"GroupId", ATT("ReplicationSecurityGroup", "GroupId")},
                      {"FromPort", REF("TargetPort")}, {"ToPort", REF("TargetPort")});
    ASSERT_PROPERTIES(t, "EndpointsEgressOfReplicationSecurityGroup",
                      {"DestinationSecurityGroupId", ATT("EndpointsSecurityGroup", "GroupId")},
                      {"GroupId", ATT("ReplicationSecurityGroup", "GroupId")}, {"FromPort", "443"});
    /* A group without a rule of its own would let everything out. */
    assert_property(t, "ReplicationSecurityGroup", "SecurityGroupEgress/0/CidrIp",
                    "\"127.0.0.1/32\"");
    assert_no_property(t, "ReplicationSecurityGroup", "SecurityGroupEgress/1");
}

static void nobody_reaches_dms_and_the_target_admits_it_alone(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::SecurityGroupIngress"), 2);
    assert_no_property(t, "ReplicationSecurityGroup", "SecurityGroupIngress");
    ASSERT_PROPERTIES(t, INTO_TARGET, {"GroupId", REF("TargetSecurityGroupId")},
                      {"SourceSecurityGroupId", ATT("ReplicationSecurityGroup", "GroupId")},
                      {"FromPort", REF("TargetPort")}, {"CidrIp", NULL});
    ASSERT_PROPERTIES(t, "EndpointsIngressOfReplicationSecurityGroup",
                      {"GroupId", ATT("EndpointsSecurityGroup", "GroupId")},
                      {"SourceSecurityGroupId", ATT("ReplicationSecurityGroup", "GroupId")});
}

/* Before the peering is active EC2 does not know the group of the peer. */
static void rules_that_name_a_group_of_the_peer_wait_for_the_peering(void **state)
{
    assert_true(waits_for(*state, TO_TARGET, "NetworkPeeringWithTargetVpcId"));
    assert_true(waits_for(*state, INTO_TARGET, "NetworkPeeringWithTargetVpcId"));
}

static void the_secrets_are_reached_without_the_internet(void **state)
{
    ASSERT_PROPERTIES(
        *state, "EndpointsSecretsManager",
        {"ServiceName", SUB("com.amazonaws.${AWS::Region}.secretsmanager")},
        {"PrivateDnsEnabled", "true"}, {"VpcEndpointType", "\"Interface\""},
        {"VpcId", REF("Network")},
        {"SubnetIds", "[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "]"});
}

static void the_bucket_is_reached_without_the_internet(void **state)
{
    ASSERT_PROPERTIES(
        *state, "NetworkGatewayS3", {"ServiceName", SUB("com.amazonaws.${AWS::Region}.s3")},
        {"VpcEndpointType", "\"Gateway\""},
        {"RouteTableIds",
         "[" REF("NetworkPrivateRouteTable1") "," REF("NetworkPrivateRouteTable2") "]"});
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(the_vpc_has_the_block_that_is_asked_for),
                cmocka_unit_test(each_tier_has_a_subnet_in_two_zones),
                cmocka_unit_test(no_two_subnets_share_an_address),
                cmocka_unit_test(public_subnets_alone_have_public_addresses_and_a_way_in),
                cmocka_unit_test(each_zone_has_a_way_out_of_its_own),
                cmocka_unit_test(no_route_leads_out_of_the_database_subnets),
                cmocka_unit_test(every_connection_is_logged),
                cmocka_unit_test(the_vpc_of_the_target_is_reached_by_a_peering_both_ways),
                cmocka_unit_test(dms_reaches_both_databases_and_the_secrets_and_no_more),
                cmocka_unit_test(nobody_reaches_dms_and_the_target_admits_it_alone),
                cmocka_unit_test(rules_that_name_a_group_of_the_peer_wait_for_the_peering),
                cmocka_unit_test(the_secrets_are_reached_without_the_internet),
                cmocka_unit_test(the_bucket_is_reached_without_the_internet))
