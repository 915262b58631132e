/* templates/onprem-postgresql-to-aurora.yaml: the network, who reaches what, and the tags. */
#include "blueprint.h"

#define BLUEPRINT "templates/onprem-postgresql-to-aurora.yaml"
#define PRIVATE                                                                                    \
    REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "," REF("NetworkPrivateSubnet3")

/* ---- the VPC ---- */

static void the_vpc_is_10_0_with_dns_names(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "Network", {"CidrBlock", "\"10.0.0.0/16\""},
                      {"EnableDnsHostnames", "true"}, {"EnableDnsSupport", "true"});
}

static void each_of_three_zones_has_a_public_and_a_private_subnet(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::EC2::Subnet", 6, "VpcId", REF("Network"));
    for (int zone = 0; zone < 3; zone++) {
        char id[40], json[60];
        snprintf(json, sizeof json, "{\"Fn::Select\":[%d,{\"Fn::GetAZs\":\"\"}]}", zone);
        snprintf(id, sizeof id, "NetworkPublicSubnet%d", zone + 1);
        assert_property(t, id, "AvailabilityZone", json);
        snprintf(id, sizeof id, "NetworkPrivateSubnet%d", zone + 1);
        assert_property(t, id, "AvailabilityZone", json);
    }
}

static void subnets_are_of_256_addresses_each(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "NetworkPublicSubnet1", "CidrBlock", "\"10.0.0.0/24\"");
    assert_property(t, "NetworkPublicSubnet3", "CidrBlock", "\"10.0.2.0/24\"");
    assert_property(t, "NetworkPrivateSubnet1", "CidrBlock", "\"10.0.4.0/24\"");
    assert_property(t, "NetworkPrivateSubnet3", "CidrBlock", "\"10.0.6.0/24\"");
}

static void the_public_subnets_alone_lead_to_the_internet(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::InternetGateway"), 1);
    assert_int_equal(count_of(t, "AWS::EC2::NatGateway"), 0);
    assert_each(t, "AWS::EC2::Route", 1, "RouteTableId", REF("NetworkPublicRouteTable"));
    ASSERT_PROPERTIES(t, "NetworkInternetRoute", {"GatewayId", REF("NetworkInternetGateway")},
                      {"DestinationCidrBlock", "\"0.0.0.0/0\""});
    assert_property(t, "NetworkPublicSubnet1", "MapPublicIpOnLaunch", "true");
    assert_property(t, "NetworkPrivateSubnet1", "MapPublicIpOnLaunch", "false");
}

/* By VPN or Direct Connect, whose routes the private subnets learn. */
static void the_private_subnets_lead_to_the_premises(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "VpnAttachment", {"VpcId", REF("Network")},
                      {"VpnGatewayId", REF("VpnGateway")});
    ASSERT_PROPERTIES(t, "OnPremisesRoutes", {"VpnGatewayId", REF("VpnGateway")},
                      {"RouteTableIds",
                       "[" REF("NetworkPrivateRouteTable1") "," REF(
                           "NetworkPrivateRouteTable2") "," REF("NetworkPrivateRouteTable3") "]"});
    assert_attribute(t, "OnPremisesRoutes", "DependsOn", "\"VpnAttachment\"");
}

static void databases_dms_and_validator_stand_in_private_subnets(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterSubnetGroup", "SubnetIds", "[" PRIVATE "]");
    assert_property(t, "ReplicationSubnetGroup", "SubnetIds", "[" PRIVATE "]");
    assert_property(t, "Validator", "VpcConfig/SubnetIds", "[" PRIVATE "]");
}

static void nothing_of_the_databases_is_public(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 2, "PubliclyAccessible", "false");
    assert_property(t, "Replication", "PubliclyAccessible", "false");
}

static void the_secrets_are_reached_without_the_internet(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "NetworkEndpointSecretsManager",
                      {"ServiceName", SUB("com.amazonaws.${AWS::Region}.secretsmanager")},
                      {"PrivateDnsEnabled", "true"}, {"SubnetIds", "[" PRIVATE "]"});
    assert_property(t, "NetworkGatewayS3", "ServiceName", SUB("com.amazonaws.${AWS::Region}.s3"));
}

static void what_goes_through_the_network_is_logged(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "NetworkFlowLog", {"TrafficType", "\"ALL\""},
                      {"ResourceId", REF("Network")});
}

/* ---- security groups ---- */

static const cfn_node *rule_of(stack_fixture *t, const char *id)
{
    const cfn_node *rule = cfn_node_get(cfn_node_get(resources(t), id), "Properties");
    assert_non_null(rule);
    return rule;
}

static void the_cluster_admits_dms_the_validator_and_the_application(void **state)
{
    stack_fixture *t = *state;
    size_t count = 0;
    for (EACH_RESOURCE(t, r)) {
        const char *key = cfn_node_key(r);
        count += is_of_type(r, "AWS::EC2::SecurityGroupIngress") &&
                 strncmp(key, "AuroraSecurityGroup", strlen("AuroraSecurityGroup")) == 0;
    }
    assert_int_equal(count, 2);
    const char *dms = "AuroraSecurityGroupFromMigrationSecurityGroupPort5432";
    assert_json(&t->f, cfn_node_get(rule_of(t, dms), "SourceSecurityGroupId"),
                ATT("MigrationSecurityGroup", "GroupId"));
    const char *application = "AuroraSecurityGroupFromApplicationCidrPort5432";
    ASSERT_PROPERTIES(t, application, {"CidrIp", REF("ApplicationCidr")}, {"FromPort", "5432"},
                      {"ToPort", "5432"});
}

static void nobody_reaches_dms(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r)) {
        const cfn_node *group = cfn_node_find(r, "Properties/GroupId/Fn::GetAtt/0");
        if (is_of_type(r, "AWS::EC2::SecurityGroupIngress"))
            assert_string_not_equal(cfn_node_text(group), "MigrationSecurityGroup");
    }
    assert_no_property(t, "MigrationSecurityGroup", "SecurityGroupIngress");
}

static void dms_reaches_both_databases_and_the_secrets_and_no_more(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::EC2::SecurityGroupEgress", 3, "GroupId",
                ATT("MigrationSecurityGroup", "GroupId"));
    ASSERT_PROPERTIES(t, "MigrationSecurityGroupToOnPremisesCidrPort5432",
                      {"CidrIp", REF("OnPremisesCidr")}, {"FromPort", "5432"});
    ASSERT_PROPERTIES(t, "MigrationSecurityGroupToNetworkCidrBlockPort443",
                      {"CidrIp", ATT("Network", "CidrBlock")}, {"FromPort", "443"});
    ASSERT_PROPERTIES(t, "MigrationSecurityGroupToAuroraSecurityGroupPort5432",
                      {"DestinationSecurityGroupId", ATT("AuroraSecurityGroup", "GroupId")},
                      {"FromPort", "5432"});
}

static void is_not_the_world(const cfn_node *node, void *context)
{
    (void)context;
    const char *key = cfn_node_key(node), *text = cfn_node_text(node);
    if (key && text && strcmp(key, "CidrIp") == 0)
        assert_string_not_equal(text, "0.0.0.0/0");
}

static void no_group_is_open_to_the_world(void **state)
{
    stack_fixture *t = *state;
    visit_all(resources(t), is_not_the_world, NULL);
}

/* ---- tags ---- */

static const char *tag_of(const cfn_node *tags, const char *key)
{
    for (const cfn_node *n = cfn_node_first(tags); n; n = cfn_node_next(n)) {
        const cfn_node *value = cfn_node_get(n, "Value");
        if (strcmp(cfn_node_text(cfn_node_get(n, "Key")), key) == 0)
            return cfn_node_text(cfn_node_get(value, "Ref") ? cfn_node_get(value, "Ref") : value);
    }
    return "";
}

static void all_that_takes_tags_has_those_of_the_project(void **state)
{
    stack_fixture *t = *state;
    size_t count = 0;
    for (EACH_RESOURCE(t, r)) {
        const cfn_node *tags = cfn_node_find(r, "Properties/Tags");
        if (!tags)
            continue;
        count++;
        assert_string_equal(tag_of(tags, "Project"), "inventory-migration");
        assert_string_equal(tag_of(tags, "MigrationPhase"), "MigrationPhase");
        assert_string_equal(tag_of(tags, "CostCenter"), "CostCenter");
        assert_string_equal(tag_of(tags, "ManagedBy"), "cfngen");
    }
    assert_int_equal(count, 69);
}

static void all_that_is_made_says_its_environment(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r)) {
        const cfn_node *tags = cfn_node_find(r, "Properties/Tags");
        if (tags && strcmp(cfn_node_key(r), "VpnGateway") != 0)
            assert_string_equal(tag_of(tags, "Environment"), ENVIRONMENT);
    }
}

static void the_phase_is_one_of_four_and_the_cost_center_is_asked_for(void **state)
{
    stack_fixture *t = *state;
    assert_at(t, "Parameters/MigrationPhase/AllowedValues",
              "[\"setup\",\"testing\",\"cutover\",\"complete\"]");
    assert_at(t, "Parameters/MigrationPhase/Default", "\"setup\"");
    assert_at(t, "Parameters/CostCenter/Default", "\"engineering\"");
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(the_vpc_is_10_0_with_dns_names),
                cmocka_unit_test(each_of_three_zones_has_a_public_and_a_private_subnet),
                cmocka_unit_test(subnets_are_of_256_addresses_each),
                cmocka_unit_test(the_public_subnets_alone_lead_to_the_internet),
                cmocka_unit_test(the_private_subnets_lead_to_the_premises),
                cmocka_unit_test(databases_dms_and_validator_stand_in_private_subnets),
                cmocka_unit_test(nothing_of_the_databases_is_public),
                cmocka_unit_test(the_secrets_are_reached_without_the_internet),
                cmocka_unit_test(what_goes_through_the_network_is_logged),
                cmocka_unit_test(the_cluster_admits_dms_the_validator_and_the_application),
                cmocka_unit_test(nobody_reaches_dms),
                cmocka_unit_test(dms_reaches_both_databases_and_the_secrets_and_no_more),
                cmocka_unit_test(no_group_is_open_to_the_world),
                cmocka_unit_test(all_that_takes_tags_has_those_of_the_project),
                cmocka_unit_test(all_that_is_made_says_its_environment),
                cmocka_unit_test(the_phase_is_one_of_four_and_the_cost_center_is_asked_for))
