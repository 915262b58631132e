/* Rules of security groups as rows of one table. */
#include "access_support.h"

#define GROUP(properties)                                                                          \
    "Resources: {G: {Type: 'AWS::EC2::SecurityGroup', Properties: {" properties "}}}\n"

static void rules_in_a_group_are_its_rules(void **state)
{
    assert_rules(*state,
                 GROUP("SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 3306, ToPort: 3306,"
                       " CidrIp: 10.0.0.0/8}], SecurityGroupEgress: [{IpProtocol: '17', FromPort: "
                       "1024, ToPort: '65535', DestinationPrefixListId: pl-1}]"),
                 "${G} in tcp 3306 10.0.0.0/8 (3306..3306)\n"
                 "${G} out udp 1024-65535 pl-1 (1024..65535)");
}

static void a_group_without_egress_lets_all_out(void **state)
{
    assert_rules(*state, GROUP("GroupDescription: x"),
                 "${G} out all all 0.0.0.0/0 (-1..-1) by default");
}

static void rules_beside_a_group_name_it(void **state)
{
    assert_rules(
        *state,
        "Resources:\n"
        "  G: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupEgress: [{IpProtocol: "
        "-1, CidrIpv6: '::/0'}]}}\n"
        "  In: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt G.GroupId, "
        "IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: !GetAtt G.GroupId}}\n"
        "  Out: {Type: 'AWS::EC2::SecurityGroupEgress', Properties: {GroupId: sg-1, IpProtocol: "
        "tcp, FromPort: 0, ToPort: 65535, DestinationSecurityGroupId: !Ref G}}\n",
        "${G} out all all ::/0 (-1..-1)\n"
        "${G} in tcp 1-2 ${G} (1..2)\n"
        "sg-1 out tcp all ${G} (-1..-1)");
}

static void kinds_of_icmp_are_no_ports(void **state)
{
    assert_rules(*state,
                 GROUP("SecurityGroupIngress: [{IpProtocol: icmp, FromPort: 8, ToPort: -1, CidrIp: "
                       "10.0.0.0/8}, {IpProtocol: '50', CidrIp: 10.0.0.0/8}], SecurityGroupEgress: "
                       "[{IpProtocol: ICMP, FromPort: -1, ToPort: -1, CidrIp: 10.0.0.0/8}]"),
                 "${G} in icmp type 8 10.0.0.0/8 (-2..-2)\n"
                 "${G} in 50 all 10.0.0.0/8 (-1..-1)\n"
                 "${G} out icmp all 10.0.0.0/8 (-1..-1)");
}

static void what_is_known_later_is_text(void **state)
{
    assert_rules(*state,
                 "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n" GROUP(
                     "SecurityGroupIngress: [!If [C, {IpProtocol: tcp, FromPort: !Ref Port, "
                     "ToPort: !Ref Port, CidrIp: !Ref Block}, !Ref AWS::NoValue]], "
                     "SecurityGroupEgress: !Ref Given"),
                 "${G} in tcp ${Port} ${Block} (-2..-2) when C\n"
                 "${G} out all all ${Given} (-1..-1)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rules_in_a_group_are_its_rules), TEST(a_group_without_egress_lets_all_out),
        TEST(rules_beside_a_group_name_it),   TEST(kinds_of_icmp_are_no_ports),
        TEST(what_is_known_later_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
