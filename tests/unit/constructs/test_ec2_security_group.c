/* Cfngen::EC2::SecurityGroup. */
#include "stack_support.h"

#define GROUP(name, properties)                                                                    \
    "  " name                                                                                      \
    ": {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: vpc-12345678" properties "}}\n"
#define EXISTING(name, properties)                                                                 \
    "  " name                                                                                      \
    ": {Type: 'Cfngen::EC2::SecurityGroup', Properties: {GroupId: sg-12345678" properties "}}\n"

static void a_new_group_lets_nothing_in_or_out(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("G", ""));
    assert_at(t, "Resources/G/Properties/SecurityGroupEgress",
              "[{\"CidrIp\":\"127.0.0.1/32\","
              "\"Description\":\"Nothing but the rules stated elsewhere\",\"IpProtocol\":\"-1\"}]");
    assert_nothing_at(t, "Resources/G/Properties/SecurityGroupIngress");
    assert_at(t, "Resources/G/Properties/VpcId", "\"vpc-12345678\"");
}

static void a_rule_opens_both_ends_between_new_groups(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n" GROUP("Db", ", Ingress: [{From: !Ref App, Port: 3306}]") GROUP("App", ""));
    assert_at(t, "Resources/DbFromAppPort3306/Properties",
              "{\"FromPort\":3306,\"GroupId\":{\"Fn::GetAtt\":[\"Db\",\"GroupId\"]},"
              "\"IpProtocol\":\"tcp\","
              "\"SourceSecurityGroupId\":{\"Fn::GetAtt\":[\"App\",\"GroupId\"]},\"ToPort\":3306}");
    assert_at(t, "Resources/AppToDbPort3306/Properties/DestinationSecurityGroupId",
              "{\"Fn::GetAtt\":[\"Db\",\"GroupId\"]}");
}

static void a_rule_that_both_groups_state_is_made_once(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("Db", ", Ingress: [{From: !Ref App, Port: 3306}]")
                 GROUP("App", ", Egress: [{To: !Ref Db, Port: 3306}]"));
    assert_found(&t->f, "");
    assert_int_equal(cfn_node_size(cfn_node_get(t->template, "Resources")), 4);
}

static void groups_may_name_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("A", ", Ingress: [{From: !Ref B, Port: 1}]")
                 GROUP("B", ", Ingress: [{From: !Ref A, Port: 2}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/AToBPort2/Type", "\"AWS::EC2::SecurityGroupEgress\"");
}

static void members_of_a_group_may_reach_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP(
                 "A", ", Ingress: [{From: !Ref A, Port: 1}], Egress: [{To: !Ref A, Port: 1}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/AFromAPort1/Type", "\"AWS::EC2::SecurityGroupIngress\"");
    assert_at(t, "Resources/AToAPort1/Type", "\"AWS::EC2::SecurityGroupEgress\"");
}

static void a_group_that_exists_makes_just_the_rules_stated_on_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" EXISTING("Old", ", Ingress: [{From: !Ref App, Port: 3306}]")
                 GROUP("App", ""));
    assert_nothing_at(t, "Resources/Old");
    assert_at(t, "Resources/OldFromAppPort3306/Properties/GroupId", "\"sg-12345678\"");
    assert_at(t, "Resources/AppToOldPort3306/Properties/DestinationSecurityGroupId",
              "\"sg-12345678\"");
}

static void a_peer_that_exists_is_named_and_not_changed(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n" EXISTING("Old", "") GROUP("Db", ", Ingress: [{From: !Ref Old, Port: 1}]"));
    assert_at(t, "Resources/DbFromOldPort1/Properties/SourceSecurityGroupId", "\"sg-12345678\"");
    assert_int_equal(cfn_node_size(cfn_node_get(t->template, "Resources")), 2);
}

static void ids_of_rules_say_peer_protocol_and_ports(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        "Parameters: {Peer: {Type: String}, Port: {Type: Number}}\nResources:\n" GROUP(
            "G",
            ", Ingress: [\n"
            "    {Cidr: 10.0.0.0/16, Port: 80, ToPort: 90}, {Cidr: 'fd00::/8', Protocol: udp, "
            "Port: 53},\n"
            "    {From: !Ref Peer, Port: !Ref Port}, {PrefixList: pl-12345678, Protocol: '-1'}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/GFrom10x0x0x0x16Port80To90/Properties/CidrIp", "\"10.0.0.0/16\"");
    assert_at(t, "Resources/GFromfd00xxx8udpPort53/Properties/CidrIpv6", "\"fd00::/8\"");
    assert_at(t, "Resources/GFromPeerPortPort/Properties/FromPort", "{\"Ref\":\"Port\"}");
    assert_at(t, "Resources/GFromplx12345678All/Properties/SourcePrefixListId", "\"pl-12345678\"");
    assert_nothing_at(t, "Resources/GFromplx12345678All/Properties/FromPort");
}

static void a_port_open_to_the_world_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP(
                 "G", ", Ingress: [\n   {Cidr: 0.0.0.0/0, Port: 1}, {Cidr: '::/0', Port: 1}]"));
    assert_found(&t->f, "CFN4001 3:11, CFN4001 3:39");
}

static void going_out_to_the_world_is_allowed(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("G", ", Egress: [{Cidr: 0.0.0.0/0, Port: 443}]"));
    assert_found(&t->f, "");
}

static void what_is_no_block_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("G", ", Ingress: [\n   {Cidr: 10.0.0.1, Port: 1}]"));
    assert_found(&t->f, "CFN2024 3:11");
}

static void a_rule_needs_one_peer_and_a_port(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("G", ", Ingress: [\n   {Port: 1},\n   {Cidr: 10.0.0.0/8}]"));
    assert_found(&t->f, "CFN2019 3:4, CFN2019 4:4");
}

static void a_group_is_new_or_exists(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  G: {Type: 'Cfngen::EC2::SecurityGroup'}\n");
    assert_found(&t->f, "CFN2019 2:3");
}

static void a_description_that_ec2_does_not_take_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("G", ",\n   Description: 'a \xe2\x80\x94 b'"));
    assert_found(&t->f, "CFN4901 3:17");
}

static void a_rule_stated_under_a_condition_is_conditional_at_both_ends(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Conditions: {C: !Equals [a, b]}\nResources:\n" GROUP(
                 "App", "") "  Db: {Type: 'Cfngen::EC2::SecurityGroup', Condition: C, Properties: "
                            "{GroupId: sg-12345678,\n"
                            "       Ingress: [{From: !Ref App, Port: 1}]}}\n");
    assert_at(t, "Resources/DbFromAppPort1/Condition", "\"C\"");
    assert_at(t, "Resources/AppToDbPort1/Condition", "\"C\"");
}

static void a_rule_is_there_when_both_of_its_groups_are(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Conditions: {A: !Equals [a, b], B: !Equals [a, c]}\nResources:\n"
             "  App: {Type: 'Cfngen::EC2::SecurityGroup', Condition: A, Properties: {Network: "
             "vpc-12345678}}\n"
             "  Db: {Type: 'Cfngen::EC2::SecurityGroup', Condition: B, Properties: {Network: "
             "vpc-12345678,\n"
             "       Ingress: [{From: !Ref App, Port: 1}]}}\n"
             "  Open: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: vpc-12345678,\n"
             "       Ingress: [{From: !Ref App, Port: 2}]}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/DbFromAppPort1/Condition", "\"BAndA\"");
    assert_at(t, "Resources/OpenFromAppPort2/Condition", "\"A\"");
    assert_at(t, "Conditions/BAndA", "{\"Fn::And\":[{\"Condition\":\"B\"},{\"Condition\":\"A\"}]}");
}

static void a_rule_given_twice_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP(
                 "G", ", Ingress: [{Cidr: 10.0.0.0/8, Port: 1},\n   {Cidr: 10.0.0.0/8, Port: 1}]"));
    assert_found(&t->f, "CFN2019 3:4");
    assert_said(&t->f, "this rule is given twice");
}

static void blocks_must_be_addresses(void **state)
{
    static const char *const bad[] = {"10.0.0.300/16", "10.0.0.0/40", "10.0.0.0/",
                                      "fd00::/129",    "x/8",         "10.0.0.0/1x"};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "Resources:\n" GROUP("G", ", Ingress: [\n   {Cidr: '%s', Port: 1}]"), bad[i]);
        restart(t, NULL);
        synth(t, text);
        assert_found(&t->f, "CFN2024 3:11");
    }
}

static void a_group_is_kept_when_a_cluster_in_it_is(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
          "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', DeletionPolicy: Retain, Properties:\n"
          "       {Engine: aurora-mysql, Network: !Ref Net, SecurityGroups: [!Ref G],\n"
          "        EncryptionKey: !Ref Key}}\n");
    assert_at(t, "Resources/G/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/DbWriter/UpdateReplacePolicy", "\"Retain\"");
    assert_at(t, "Resources/DbSubnetGroup/UpdateReplacePolicy", "\"Retain\"");
}

static void a_rule_on_itself_opens_both_directions(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("A", ", Ingress: [{From: !Ref A, Port: 1}]"));
    assert_at(t, "Resources/AToAPort1/Type", "\"AWS::EC2::SecurityGroupEgress\"");
}

static void port_80_of_app80_is_not_port_8080_of_app(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("App", "") GROUP("App80", ", Egress: [{To: !Ref G, Port: 80}]")
                 GROUP("G", ", Ingress: [{From: !Ref App, Port: 8080}]"));
    assert_at(t, "Resources/GFromAppPort8080/Properties/FromPort", "8080");
    assert_at(t, "Resources/GFromApp80Port80/Properties/FromPort", "80");
}

static void a_range_of_one_port_is_that_port(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("App", ", Egress: [{To: !Ref G, Port: 80, ToPort: 80}]")
                 GROUP("G", ", Ingress: [{From: !Ref App, Port: 80}]"));
    assert_found(&t->f, "");
    assert_int_equal(cfn_node_size(cfn_node_get(t->template, "Resources")), 4);
}

static void icmp_has_a_type_and_all_codes(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" GROUP("G", ", Ingress: [{Cidr: 10.0.0.0/8, Protocol: icmp, Port: 8}]"));
    assert_at(t, "Resources/GFrom10x0x0x0x8icmpPort8/Properties/ToPort", "-1");
}

static void ports_that_make_no_sense_are_refused(void **state)
{
    static const struct {
        const char *rule, *found;
    } rows[] = {
        {"{Cidr: 10.0.0.0/8, Protocol: '-1', Port: 1}", "CFN2019 3:4"},
        {"{Cidr: 10.0.0.0/8, Port: 9, ToPort: 8}", "CFN2007 3:4"},
        {"{Cidr: 10.0.0.0/8, Port: -1}", "CFN2007 3:4"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "Resources:\n" GROUP("G", ", Ingress: [\n   %s]"),
                 rows[i].rule);
        restart(t, NULL);
        synth(t, text);
        assert_found(&t->f, rows[i].found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_new_group_lets_nothing_in_or_out),
        STACK_TEST(a_rule_opens_both_ends_between_new_groups),
        STACK_TEST(a_rule_that_both_groups_state_is_made_once),
        STACK_TEST(groups_may_name_each_other),
        STACK_TEST(members_of_a_group_may_reach_each_other),
        STACK_TEST(a_group_that_exists_makes_just_the_rules_stated_on_it),
        STACK_TEST(a_peer_that_exists_is_named_and_not_changed),
        STACK_TEST(ids_of_rules_say_peer_protocol_and_ports),
        STACK_TEST(a_port_open_to_the_world_is_refused),
        STACK_TEST(going_out_to_the_world_is_allowed),
        STACK_TEST(what_is_no_block_is_refused),
        STACK_TEST(a_rule_needs_one_peer_and_a_port),
        STACK_TEST(a_group_is_new_or_exists),
        STACK_TEST(a_description_that_ec2_does_not_take_is_refused),
        STACK_TEST(a_rule_stated_under_a_condition_is_conditional_at_both_ends),
        STACK_TEST(a_rule_is_there_when_both_of_its_groups_are),
        STACK_TEST(a_rule_given_twice_is_told),
        STACK_TEST(blocks_must_be_addresses),
        STACK_TEST(a_group_is_kept_when_a_cluster_in_it_is),
        STACK_TEST(a_rule_on_itself_opens_both_directions),
        STACK_TEST(port_80_of_app80_is_not_port_8080_of_app),
        STACK_TEST(a_range_of_one_port_is_that_port),
        STACK_TEST(icmp_has_a_type_and_all_codes),
        STACK_TEST(ports_that_make_no_sense_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
