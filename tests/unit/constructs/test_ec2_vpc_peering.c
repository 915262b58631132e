/* Cfngen::EC2::VPC: its peerings. */
#include "stack_support.h"

#define VERSION "AWSTemplateFormatVersion: '2010-09-09'\n"
/* The properties are at line 4, column 5. */
#define VPC(properties)                                                                            \
    VERSION "Resources:\n"                                                                         \
            "  V: {Type: 'Cfngen::EC2::VPC', Properties: {\n"                                      \
            "    " properties "}}\n"

#define PEER "VpcId: vpc-12345678, CidrBlock: 10.1.0.0/16"

static void a_peering_has_routes_in_both_directions(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Peerings: [{" PEER ", RouteTableIds: [rtb-12345678]}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VPeeringWithvpcx12345678/Properties/PeerVpcId", "\"vpc-12345678\"");
    assert_at(t, "Resources/VRouteTovpcx12345678FromZone2/Properties",
              "{\"DestinationCidrBlock\":\"10.1.0.0/16\",\"RouteTableId\":{\"Ref\":"
              "\"VPrivateRouteTable2\"},\"VpcPeeringConnectionId\":{\"Ref\":"
              "\"VPeeringWithvpcx12345678\"}}");
    assert_at(t, "Resources/VRouteFromrtbx12345678/Properties",
              "{\"DestinationCidrBlock\":{\"Fn::GetAtt\":[\"V\",\"CidrBlock\"]},\"RouteTableId\":"
              "\"rtb-12345678\",\"VpcPeeringConnectionId\":{\"Ref\":"
              "\"VPeeringWithvpcx12345678\"}}");
}

static void without_its_tables_the_owner_of_the_peer_is_to_do_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Peerings: [{" PEER "}]"));
    assert_found(&t->f, "CFN4008 4:16");
    assert_said(&t->f, "RouteTableIds");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("Peerings: [{" PEER ", OwnerId: '123456789012', RoleArn: "
                 "'arn:aws:iam::123456789012:role/peer', Region: eu-west-1}]"));
    assert_found(&t->f, "CFN4008 4:16");
    assert_said(&t->f, "its owner adds a route");
    assert_at(t, "Resources/VPeeringWithvpcx12345678/Properties/PeerRegion", "\"eu-west-1\"");
    assert_at(t, "Resources/VPeeringWithvpcx12345678/Properties/PeerOwnerId", "\"123456789012\"");
}

static void another_account_must_accept(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Peerings: [{" PEER ",\n     OwnerId: '123456789012'}]"));
    assert_found(&t->f, "CFN4008 4:16, CFN2019 5:15");
    assert_said(&t->f, "ec2:AcceptVpcPeeringConnection");
}

static void routes_elsewhere_are_not_made_from_here(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Peerings: [{" PEER ", Region: eu-west-1,\n"
                 "     RouteTableIds: [rtb-12345678]}]"));
    assert_found(&t->f, "CFN2019 5:21");
}

static void ids_of_peers_are_checked(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Peerings: [{VpcId: old, CidrBlock: 10.1.0.0/16,\n"
                 "     RouteTableIds: [main]}]"));
    assert_found(&t->f, "CFN2024 4:24, CFN2024 5:22");
}

static void peers_have_addresses_of_their_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Peerings: [{VpcId: vpc-12345678, CidrBlock: 10.0.128.0/17, "
                 "RouteTableIds: [rtb-12345678]},\n"
                 "    {VpcId: vpc-87654321, CidrBlock: 172.16.0.0/12, RouteTableIds: "
                 "[rtb-87654321]},\n"
                 "    {VpcId: vpc-11111111, CidrBlock: 172.20.0.0/16, RouteTableIds: "
                 "[rtb-11111111]}]"));
    assert_found(&t->f, "CFN4005 4:49, CFN4005 6:38");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_peering_has_routes_in_both_directions),
        STACK_TEST(without_its_tables_the_owner_of_the_peer_is_to_do_it),
        STACK_TEST(another_account_must_accept),
        STACK_TEST(routes_elsewhere_are_not_made_from_here),
        STACK_TEST(ids_of_peers_are_checked),
        STACK_TEST(peers_have_addresses_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
