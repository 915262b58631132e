/* Cfngen::Route53::CutoverRecord. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

/* The properties under test stand on line 8. */
#define RECORD(properties)                                                                         \
    "Parameters: {To: {Type: String, AllowedValues: [source, target], Default: source}, W: "       \
    "{Type: "                                                                                      \
    "Number, Default: 0}}\n"                                                                       \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678, SubnetIds: "          \
    "[subnet-12345678, subnet-abcdef01], AvailabilityZones: [a, b]}}\n"                            \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, Network: !Ref " \
    "Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key}}\n"                              \
    "  Vpc: {Type: 'Cfngen::EC2::VPC', Properties: {FlowLogs: false}}\n"                           \
    "  Name: {Type: 'Cfngen::Route53::CutoverRecord', Properties: {\n"                             \
    "    " properties "}}\n"
#define ZONE     "HostedZoneId: Z0123456789ABC, Name: db.orders.internal"
#define HOSTS    ", Source: {Host: old.example.com}, Target: {Cluster: !Ref Db}"
#define WEIGHTED ZONE ", Mode: weighted, ReadOnlyTraffic: true"

static void a_name_leads_to_the_source_at_first(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE HOSTS));
    assert_found(&t->f, "");
    assert_at(t, "Resources/Name",
              "{\"Type\":\"AWS::Route53::RecordSet\",\"Properties\":{\"HostedZoneId\":"
              "\"Z0123456789ABC\",\"Name\":\"db.orders.internal\",\"ResourceRecords\":"
              "[\"old.example.com\"],\"TTL\":\"30\",\"Type\":\"CNAME\"}}");
}

static void an_instance_of_this_stack_is_a_source_too(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        RECORD(
            ZONE
            ", Source: {Instance: !Ref Old}, Target: {Cluster: !Ref Db}") "  Old: {Type: "
                                                                          "'Cfngen::RDS::Instance',"
                                                                          " Properties: {Engine: "
                                                                          "mysql, Network: !Ref "
                                                                          "Net, SecurityGroups: "
                                                                          "[sg-12345678], "
                                                                          "EncryptionKey: !Ref "
                                                                          "Key}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/Name/Properties/ResourceRecords",
              "[{\"Fn::GetAtt\":[\"Old\",\"Endpoint.Address\"]}]");
}

static void it_leads_to_the_cluster_when_it_is_told_to(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE HOSTS ", TrafficTo: target"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/Name/Properties/ResourceRecords",
              "[{\"Fn::GetAtt\":[\"Db\",\"Endpoint.Address\"]}]");
}

static void a_parameter_may_tell_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE HOSTS ", TrafficTo: !Ref To"));
    assert_found(&t->f, "");
    assert_at(t, "Conditions/NameToTarget", "{\"Fn::Equals\":[{\"Ref\":\"To\"},\"target\"]}");
    assert_at(t, "Resources/Name/Properties/ResourceRecords",
              "[{\"Fn::If\":[\"NameToTarget\",{\"Fn::GetAtt\":[\"Db\",\"Endpoint.Address\"]},"
              "\"old.example.com\"]}]");
}

static void a_weighted_pair_starts_with_all_traffic_at_the_source(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE HOSTS ", Mode: weighted"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/NameSource/Properties",
              "{\"HostedZoneId\":\"Z0123456789ABC\",\"Name\":\"db.orders.internal\","
              "\"ResourceRecords\":[\"old.example.com\"],\"SetIdentifier\":\"source\",\"TTL\":"
              "\"30\",\"Type\":\"CNAME\",\"Weight\":100}");
    assert_at(t, "Resources/NameTarget/Properties/Weight", "0");
    assert_at(t, "Resources/NameTarget/Properties/SetIdentifier", "\"target\"");
    assert_nothing_at(t, "Resources/Name");
}

static void weights_may_be_parameters_for_clients_that_read(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(WEIGHTED ", TTL: 5, Source: {Host: old.example.com, Weight: 80, "
                             "SetIdentifier: old}, Target: {Host: new.example.com, Weight: !Ref "
                             "W, SetIdentifier: new}"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/NameTarget/Properties",
              "{\"HostedZoneId\":\"Z0123456789ABC\",\"Name\":\"db.orders.internal\","
              "\"ResourceRecords\":[\"new.example.com\"],\"SetIdentifier\":\"new\",\"TTL\":\"5\","
              "\"Type\":\"CNAME\",\"Weight\":{\"Ref\":\"W\"}}");
    assert_at(t, "Resources/NameSource/Metadata", "{\"CutoverTraffic\":\"read-only\"}");
}

static void two_databases_that_are_written_to_are_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE ", Mode: weighted, Source: {Host: old.example.com}, Target: {Cluster: "
                         "!Ref Db, Weight: 20}"));
    assert_found(&t->f, "CFN4833 8:145");
    assert_said(&t->f, "drifts apart");
}

static void a_weight_that_a_parameter_gives_may_be_above_0(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE ", Mode: weighted, Source: {Host: old.example.com}, Target: {Cluster: "
                         "!Ref Db, Weight: !Ref W}"));
    assert_found(&t->f, "CFN4833 8:145");
}

static void a_source_that_refuses_writes_may_share(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD(ZONE ", Mode: weighted, SourceReadOnly: true, Source: {Host: "
                         "old.example.com}, Target: {Cluster: !Ref Db, Weight: 20}"));
    assert_found(&t->f, "");
}

static void a_private_zone_is_made_for_networks(void **state)
{
    stack_fixture *t = *state;
    synth(t, RECORD("Networks: [!Ref Vpc, !Ref Net], ZoneName: orders.internal, Name: "
                    "db.orders.internal, Tags: {Team: data}" HOSTS));
    assert_found(&t->f, "");
    assert_at(t, "Resources/NameZone/Properties",
              "{\"HostedZoneConfig\":{\"Comment\":\"The name of the database that is migrated\"},"
              "\"HostedZoneTags\":[{\"Key\":\"Name\",\"Value\":\"orders.internal\"},{\"Key\":"
              "\"Environment\",\"Value\":\"test\"},{\"Key\":\"Team\",\"Value\":\"data\"}],"
              "\"Name\":\"orders.internal\",\"VPCs\":[{\"VPCId\":{\"Ref\":\"Vpc\"},\"VPCRegion\":"
              "{\"Ref\":\"AWS::Region\"}},{\"VPCId\":\"vpc-12345678\",\"VPCRegion\":{\"Ref\":"
              "\"AWS::Region\"}}]}");
    assert_at(t, "Resources/Name/Properties/HostedZoneId", "{\"Ref\":\"NameZone\"}");
}

static void others_ask_it_for_name_zone_and_hosts(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          RECORD("HostedZoneId: Z0123456789ABC, Name: DB.Orders.Internal." HOSTS
                 ", Mode: weighted") "Outputs:\n  R: {Value: !Ref Name}\n  N: {Value: !GetAtt "
                                     "Name.Name}\n  Z: "
                                     "{Value: !GetAtt Name.HostedZoneId}\n  S: {Value: !GetAtt "
                                     "Name.SourceHost}\n  T: {Value: !GetAtt Name.TargetHost}\n");
    assert_found(&t->f, "");
    assert_at(t, "Outputs",
              "{\"R\":{\"Value\":{\"Ref\":\"NameSource\"}},\"N\":{\"Value\":"
              "\"db.orders.internal\"},\"Z\":{\"Value\":\"Z0123456789ABC\"},\"S\":{\"Value\":"
              "\"old.example.com\"},\"T\":{\"Value\":{\"Fn::GetAtt\":[\"Db\","
              "\"Endpoint.Address\"]}}}");
}

/* ---- mistakes ---- */

static void assert_wrong(void **state, const char *text, const char *found, const char *said)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, text);
    assert_found(&t->f, found);
    assert_said(&t->f, said);
}
#define WRONG(properties, found, said) assert_wrong(state, RECORD(properties), found, said)

static void a_name_is_whole_and_within_its_zone(void **state)
{
#define ID "HostedZoneId: Z0123456789ABC, "
    WRONG(ID "Name: db" HOSTS, "CFN4831 8:41", "is one label");
    WRONG(ID "Name: db..internal" HOSTS, "CFN4831 8:41", "a label without a character");
    WRONG(ID "Name: 'db orders.internal'" HOSTS, "CFN4831 8:41", "characters beside");
    WRONG(ID "ZoneName: orders.internal, Name: Orders.Internal." HOSTS, "CFN4831 8:68", "apex");
    WRONG(ID "ZoneName: orders.internal, Name: db.internal" HOSTS, "CFN4831 8:68",
          "not a name of the zone");
    WRONG(ID "ZoneName: orders.internal, Name: dborders.internal" HOSTS, "CFN4831 8:68",
          "not a name of the zone");
    WRONG(ID "ZoneName: internal, Name: db.internal" HOSTS, "CFN4831 8:45", "\"internal\" is one");
#undef ID
}

static void a_record_has_one_zone(void **state)
{
    WRONG("Name: db.orders.internal" HOSTS, "CFN2019 7:3", "needs a HostedZoneId, or Networks");
    WRONG(ZONE ", Networks: [!Ref Net], ZoneName: orders.internal" HOSTS, "CFN2019 8:71",
          "exclude each other");
    WRONG("Networks: [!Ref Net], Name: db.orders.internal" HOSTS, "CFN2019 8:15",
          "needs a ZoneName");
    WRONG("HostedZoneId: /hostedzone/Z0123456789ABC, Name: db.orders.internal" HOSTS,
          "CFN2024 8:19", "without /hostedzone/");
}

static void each_side_is_one_host(void **state)
{
    WRONG(ZONE ", Source: {}, Target: {Cluster: !Ref Db}", "CFN2019 8:69",
          "one of a Cluster, an Instance and a Host");
    WRONG(ZONE ", Source: {Host: a.example.com, Cluster: !Ref Db}, Target: {Host: b.example.com}",
          "CFN2019 8:69", "one of a Cluster, an Instance and a Host");
    WRONG(ZONE ", Source: {Host: 10.0.0.5}, Target: {Cluster: !Ref Db}", "CFN4831 8:76",
          "an address or has a port");
    WRONG(ZONE ", Source: {Host: 'old.example.com:3306'}, Target: {Cluster: !Ref Db}",
          "CFN4831 8:76", "an address or has a port");
    WRONG(ZONE ", Source: {Cluster: old}, Target: {Cluster: !Ref Db}", "CFN2019 8:79",
          "is not known");
    WRONG(WEIGHTED ", Source: {Host: a.example.com, SetIdentifier: 'a b'}, Target: {Cluster: !Ref "
                   "Db}",
          "CFN4831 8:145", "letters, digits");
    WRONG(ZONE ", Source: {Cluster: !Ref Db}, Target: {Cluster: !Ref Db}", "CFN2019 8:97",
          "the same host");
}

static void what_is_of_the_other_mode_is_told(void **state)
{
    WRONG(WEIGHTED HOSTS ", TrafficTo: target", "CFN2019 8:172", "TrafficTo is of the mode cname");
    WRONG(ZONE ", Source: {Host: old.example.com, Weight: 5}, Target: {Cluster: !Ref Db}",
          "CFN2019 8:101", "is of the mode weighted");
    WRONG(WEIGHTED ", Source: {Host: old.example.com, SetIdentifier: target}, Target: {Cluster: "
                   "!Ref Db}",
          "CFN4831 7:3", "both records have the SetIdentifier");
}

static void names_that_are_remembered_for_long_are_told(void **state)
{
    WRONG(ZONE HOSTS ", TTL: 120", "CFN4832 8:127", "120 seconds after the cutover");
    WRONG(ZONE HOSTS ", TTL: 0", "CFN2007 8:127", "1");
    WRONG(ZONE HOSTS ", TTL: 301", "CFN2007 8:127", "300");
}

static void a_program_makes_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_stack *s = t->stack;
    cfn_ec2_network network = cfn_ec2_network_add(
        s, "Net",
        &(cfn_ec2_network_props){.vpc_id = cfn_s("vpc-12345678"),
                                 .subnet_ids =
                                     CFN_LIST(cfn_s("subnet-1234abcd"), cfn_s("subnet-abcd1234"))});
    cfn_route53_cutover_record_add(
        s, "Name",
        &(cfn_route53_cutover_record_props){
            .networks = CFN_ITEMS(cfn_ec2_network, network),
            .zone_name = cfn_s("orders.internal"),
            .name = cfn_s("db.orders.internal"),
            .mode = cfn_s("weighted"),
            .read_only_traffic = cfn_b(true),
            .ttl = cfn_i(10),
            .source = {.host = cfn_s("old.example.com"), .weight = cfn_i(80)},
            .target = {.host = cfn_s("new.example.com"), .weight = cfn_i(20)}});
    assert_same_as_file(
        t, "Resources:\n"
           "  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678, SubnetIds: "
           "[subnet-1234abcd, subnet-abcd1234]}}\n"
           "  Name: {Type: 'Cfngen::Route53::CutoverRecord', Properties: {Networks: [!Ref Net], "
           "ZoneName: orders.internal, Name: db.orders.internal, Mode: weighted, "
           "ReadOnlyTraffic: true, TTL: 10, Source: {Host: old.example.com, Weight: 80}, Target: "
           "{Host: new.example.com, Weight: 20}}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_name_leads_to_the_source_at_first),
        STACK_TEST(an_instance_of_this_stack_is_a_source_too),
        STACK_TEST(it_leads_to_the_cluster_when_it_is_told_to),
        STACK_TEST(a_parameter_may_tell_it),
        STACK_TEST(a_weighted_pair_starts_with_all_traffic_at_the_source),
        STACK_TEST(weights_may_be_parameters_for_clients_that_read),
        STACK_TEST(two_databases_that_are_written_to_are_told),
        STACK_TEST(a_weight_that_a_parameter_gives_may_be_above_0),
        STACK_TEST(a_source_that_refuses_writes_may_share),
        STACK_TEST(a_private_zone_is_made_for_networks),
        STACK_TEST(others_ask_it_for_name_zone_and_hosts),
        STACK_TEST(a_name_is_whole_and_within_its_zone),
        STACK_TEST(a_record_has_one_zone),
        STACK_TEST(each_side_is_one_host),
        STACK_TEST(what_is_of_the_other_mode_is_told),
        STACK_TEST(names_that_are_remembered_for_long_are_told),
        STACK_TEST(a_program_makes_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
