/* Cfngen::EC2::VPC: blocks, zones and properties that cannot be. */
#include "stack_support.h"

#define VERSION "AWSTemplateFormatVersion: '2010-09-09'\n"
/* The properties are at line 4, column 5. */
#define VPC(properties)                                                                            \
    VERSION "Resources:\n"                                                                         \
            "  V: {Type: 'Cfngen::EC2::VPC', Properties: {\n"                                      \
            "    " properties "}}\n"

static void what_is_no_block_of_a_vpc_is_refused(void **state)
{
    static const char *const blocks[] = {"10.0.0.0",    "10.0.0.0/33",  "10.0.0.256/16",
                                         "10.0.0.0/15", "10.0.0.0/29",  "10.0.1.0/16",
                                         "fd00::/16",   "10.0.0.0/16 ", "10.0.0.0/016"};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        char text[300];
        snprintf(text, sizeof text, VPC("CidrBlock: '%s'"), blocks[i]);
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        synth(t, text);
        assert_found(&t->f, "CFN4004 4:16");
    }
}

static void blocks_of_subnets_are_checked_in_the_same_way(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PrivateCidrs: [10.0.1.0/29,\n    10.0.2.1/24]"));
    assert_found(&t->f, "CFN4004 4:20, CFN4004 5:5");
}

static void subnets_lie_inside_the_vpc(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PrivateCidrs: [10.0.1.0/24,\n    10.1.1.0/24]"));
    assert_found(&t->f, "CFN4005 5:5");
    assert_said(&t->f, "10.1.1.0/24 is not inside the VPC, 10.0.0.0/16");
}

static void subnets_do_not_overlap(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PrivateCidrs: [10.0.1.0/24,\n    10.0.0.0/23]"));
    assert_found(&t->f, "CFN4005 5:5");
    assert_said(&t->f, "10.0.0.0/23 of PrivateSubnet2 shares addresses with 10.0.1.0/24 of "
                       "PrivateSubnet1");
}

static void blocks_written_out_do_not_overlap_those_that_are_cut(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PublicSubnets: true, PrivateCidrs: [10.0.1.0/24, 10.0.64.0/24]"));
    assert_found(&t->f, "CFN4005 4:41");
    assert_said(&t->f, "PublicSubnet1");
}

static void each_zone_gets_one_block(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Zones: 3, PrivateCidrs: [10.0.1.0/24, 10.0.2.0/24]"));
    assert_found(&t->f, "CFN4006 4:29");
    assert_said(&t->f, "2 blocks for 3 zones");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("PrivateCidrs: []"));
    assert_found(&t->f, "CFN4006 4:19");
}

static void subnets_must_find_room(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("CidrBlock: 10.0.0.0/26"));
    assert_found(&t->f, "CFN4006 4:16");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("SubnetSize: 18"));
    assert_found(&t->f, "CFN4006 4:17");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("CidrBlock: 10.0.0.0/24, SubnetSize: 20"));
    assert_found(&t->f, "CFN4006 4:41");
}

static void one_zone_or_four_are_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Zones: 1"));
    assert_found(&t->f, "CFN2007 4:12");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("Zones: 4"));
    assert_found(&t->f, "CFN2007 4:12");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VPC("AvailabilityZones: [a]"));
    assert_found(&t->f, "CFN2007 4:24");
}

static void a_zone_named_twice_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("AvailabilityZones: [a, b, a]"));
    assert_found(&t->f, "CFN4007 4:31");
}

static void a_count_and_names_of_zones_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("AvailabilityZones: [a, b], Zones: 2"));
    assert_found(&t->f, "CFN2019 4:39");
}

static void nat_needs_public_subnets(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Nat: one, PublicSubnets: false"));
    assert_found(&t->f, "CFN2019 4:30");
}

static void nat_is_one_of_three(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("Nat: perzone"));
    assert_found(&t->f, "CFN2006 4:10");
    assert_said(&t->f, "did you mean per-zone?");
}

static void blocks_of_subnets_that_are_not_made_are_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("PublicSubnets: false, PublicCidrs: [10.0.1.0/24, 10.0.2.0/24],\n"
                 "    IsolatedSubnets: false, IsolatedCidrs: [10.0.3.0/24, 10.0.4.0/24]"));
    assert_found(&t->f, "CFN2019 4:40, CFN2019 5:44");
}

static void a_size_of_subnets_that_are_all_written_out_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("SubnetSize: 24, PrivateCidrs: [10.0.1.0/24, 10.0.2.0/24]"));
    assert_found(&t->f, "CFN2019 4:17");
}

static void a_policy_for_no_endpoints_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("EndpointPolicy: {Statement: []}"));
    assert_found(&t->f, "CFN2019 4:21");
}

static void the_ids_of_subnets_that_are_not_made_are_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VPC("") "Outputs: {O: {Value: !Join [',', !GetAtt V.PublicSubnetIds]}}\n");
    assert_said(&t->f, "PublicSubnetIds");
    assert_null(t->template);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(what_is_no_block_of_a_vpc_is_refused),
        STACK_TEST(blocks_of_subnets_are_checked_in_the_same_way),
        STACK_TEST(subnets_lie_inside_the_vpc),
        STACK_TEST(subnets_do_not_overlap),
        STACK_TEST(blocks_written_out_do_not_overlap_those_that_are_cut),
        STACK_TEST(each_zone_gets_one_block),
        STACK_TEST(subnets_must_find_room),
        STACK_TEST(one_zone_or_four_are_refused),
        STACK_TEST(a_zone_named_twice_is_told),
        STACK_TEST(a_count_and_names_of_zones_exclude_each_other),
        STACK_TEST(nat_needs_public_subnets),
        STACK_TEST(nat_is_one_of_three),
        STACK_TEST(blocks_of_subnets_that_are_not_made_are_told),
        STACK_TEST(a_size_of_subnets_that_are_all_written_out_is_told),
        STACK_TEST(a_policy_for_no_endpoints_is_told),
        STACK_TEST(the_ids_of_subnets_that_are_not_made_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
