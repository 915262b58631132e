/* Records of Route 53 that share a name, however they came into the template. */
#include "stack_support.h"

/* Two records, on lines 6 and 7. */
#define TWO(first, second)                                                                         \
    "Parameters: {W: {Type: Number, Default: 0}, Zero: {Type: Number, AllowedValues: [0]}}\n"      \
    "Conditions: {Old: !Equals [!Ref W, 0], New: !Not [!Condition Old]}\n"                         \
    "Resources:\n"                                                                                 \
    "  Db: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql, MasterUsername: a, "   \
    "ManageMasterUserPassword: true}, DeletionPolicy: Delete, UpdateReplacePolicy: Delete}\n"      \
    "  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: orders.internal}}\n"            \
    "  A: {Type: 'AWS::Route53::RecordSet', " first "}\n"                                          \
    "  B: {Type: 'AWS::Route53::RecordSet', " second "}\n"
#define RECORD(name, rest)                                                                         \
    "Properties: {Type: CNAME, HostedZoneId: !Ref Zone, Name: " name ", " rest "}"
#define NAMED(rest) RECORD("db.orders.internal", rest)
#define OLD_DB      "ResourceRecords: [old.abc.eu-west-2.rds.amazonaws.com]"
#define NEW_DB      "ResourceRecords: [!GetAtt Db.Endpoint.Address]"
#define OLD(weight) NAMED("TTL: '30', SetIdentifier: old, Weight: " weight ", " OLD_DB)
#define NEW(weight) NAMED("TTL: '30', SetIdentifier: new, Weight: " weight ", " NEW_DB)
#define WEB(id, host)                                                                              \
    NAMED("TTL: '30', SetIdentifier: " id ", Weight: 50, ResourceRecords: [" host "]")

static void two_databases_with_traffic_are_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("80"), NEW("20")));
    assert_found(&t->f, "CFN4833 7:156");
    assert_said(&t->f, "CutoverTraffic: read-only");
}

static void all_traffic_at_one_of_them_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("100"), NEW("0")));
    assert_found(&t->f, "");
}

static void two_weights_of_0_are_traffic_for_both(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("0"), NEW("0")));
    assert_found(&t->f, "CFN4833 7:156");
    assert_said(&t->f, "two weights of 0");
}

static void a_parameter_may_be_above_0(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("100"), NEW("!Ref W")));
    assert_found(&t->f, "CFN4833 7:156");
}

static void one_that_is_always_0_may_not(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("100"), NEW("!Ref Zero")));
    assert_found(&t->f, "");
}

static void clients_that_read_may_be_shared(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("80"), "Metadata: {CutoverTraffic: read-only}, " NEW("20")));
    assert_found(&t->f, "");
}

static void endpoints_of_readers_may_be_shared(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(WEB("old", "db.cluster-ro-abc.eu-west-2.rds.amazonaws.com"),
                 WEB("new", "!GetAtt Db.ReadEndpoint.Address")));
    assert_found(&t->f, "");
}

static void web_servers_share_as_they_like(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(WEB("old", "a.example.com"), WEB("new", "b.example.com")));
    assert_found(&t->f, "");
}

static void different_ttls_are_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("100"), NAMED("TTL: '300', SetIdentifier: new, Weight: 0, " NEW_DB)));
    assert_found(&t->f, "CFN4834 7:122");
    assert_said(&t->f, "for 300 seconds, and that of A for 30");
}

static void a_simple_record_beside_a_weighted_one_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          TWO(NAMED("TTL: '30', " OLD_DB),
              RECORD("DB.orders.internal.", "TTL: '30', SetIdentifier: new, Weight: 0, " NEW_DB)));
    assert_found(&t->f, "CFN4835 7:97");
    assert_said(&t->f, "A is a simple record of a name that has a weighted one, B");
}

static void two_with_one_identifier_are_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("100"), NAMED("TTL: '30', SetIdentifier: old, Weight: 0, " NEW_DB)));
    assert_found(&t->f, "CFN4831 7:143");
}

static void records_that_never_meet_are_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO("Condition: Old, " OLD("80"), "Condition: New, " NEW("20")));
    assert_found(&t->f, "");
}

static void records_of_two_names_are_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, TWO(OLD("80"), RECORD("reports.orders.internal",
                                   "TTL: '30', SetIdentifier: new, Weight: 20, " NEW_DB)));
    assert_found(&t->f, "");
}

static void records_of_a_group_are_looked_at_too(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n"
          "  G: {Type: 'AWS::Route53::RecordSetGroup', Properties: {HostedZoneName: a.internal., "
          "RecordSets: [\n"
          "    {Type: CNAME, Name: db.a.internal, TTL: '30', SetIdentifier: a, Weight: 1, "
          "ResourceRecords: [old.rds.amazonaws.com]},\n"
          "    {Type: CNAME, Name: db.a.internal, TTL: '30', SetIdentifier: b, Weight: 1, "
          "ResourceRecords: [new.rds.amazonaws.com]}]}}\n");
    assert_found(&t->f, "CFN4833 4:77");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(two_databases_with_traffic_are_told),
        STACK_TEST(all_traffic_at_one_of_them_is_good),
        STACK_TEST(two_weights_of_0_are_traffic_for_both),
        STACK_TEST(a_parameter_may_be_above_0),
        STACK_TEST(one_that_is_always_0_may_not),
        STACK_TEST(clients_that_read_may_be_shared),
        STACK_TEST(endpoints_of_readers_may_be_shared),
        STACK_TEST(web_servers_share_as_they_like),
        STACK_TEST(different_ttls_are_told),
        STACK_TEST(a_simple_record_beside_a_weighted_one_is_refused),
        STACK_TEST(two_with_one_identifier_are_refused),
        STACK_TEST(records_that_never_meet_are_good),
        STACK_TEST(records_of_two_names_are_good),
        STACK_TEST(records_of_a_group_are_looked_at_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
