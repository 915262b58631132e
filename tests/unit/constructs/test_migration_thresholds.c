/* Thresholds of Cfngen::Migration::Alarms that follow from the database. */
#include "stack_support.h"

#define TOPIC "Topic: 'arn:aws:sns:eu-west-2:111122223333:ops'"

/* The construct stands on line 2; its properties begin on line 3 in column 5. */
#define ALARMS(properties)                                                                         \
    "Resources:\n  A: {Type: 'Cfngen::Migration::Alarms', Properties: {" TOPIC ",\n"               \
    "    " properties "}}\n"

#define CLUSTER(properties)                                                                        \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Network: !Ref Net, SecurityGroups: "  \
    "[sg-12345678], EncryptionKey: !Ref Key, " properties "}}\n"

static void assert_database(stack_fixture *t, const char *cluster, const char *connections,
                            const char *memory)
{
    char text[2048];
    snprintf(text, sizeof text, "%s", ALARMS("Cluster: !Ref Db"));
    snprintf(text + strlen(text), sizeof text - strlen(text), CLUSTER("%s"), cluster);
    synth(t, text);
    assert_at(t, "Resources/ADatabaseConnections/Properties/Threshold", connections);
    assert_at(t, "Resources/ADatabaseMemory/Properties/Threshold", memory);
}

static void connections_and_memory_follow_from_the_class(void **state)
{
    assert_database(*state, "Engine: aurora-mysql, InstanceClass: db.r6g.2xlarge", "2400",
                    "6871947673");
}

static void the_smallest_class_counts(void **state)
{
    assert_database(
        *state,
        "Engine: aurora-mysql, InstanceClass: db.r6g.2xlarge, ReaderInstanceClass: db.t4g.medium",
        "72", "429496729");
}

static void postgresql_takes_connections_by_memory(void **state)
{
    assert_database(*state, "Engine: aurora-postgresql, InstanceClass: db.r6g.large", "1441",
                    "1717986918");
}

static void serverless_counts_at_its_largest(void **state)
{
    assert_database(*state, "Engine: aurora-mysql, ServerlessV2: {MinCapacity: 1, MaxCapacity: 16}",
                    "1600", "3435973836");
}

static void the_cluster_s_own_limit_of_connections_counts(void **state)
{
    assert_database(*state, "Engine: aurora-mysql, MySqlParameters: {MaxConnections: 500}", "400",
                    "1717986918");
}

static void a_class_that_is_not_known_is_asked_for(void **state)
{
    assert_database(*state, "Engine: aurora-mysql, InstanceClass: db.z9.large",
                    "{\"Ref\":\"ADatabaseConnectionsThreshold\"}",
                    "{\"Ref\":\"ADatabaseMemoryThreshold\"}");
    assert_at(*state, "Parameters/ADatabaseMemoryThreshold/Type", "\"Number\"");
}

static void nothing_is_asked_for_what_was_given(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Cluster: shop, Thresholds: {DatabaseConnections: 90, "
                    "DatabaseFreeableMemoryBytes: 1000000000}"));
    assert_nothing_at(t, "Parameters");
    assert_at(t, "Resources/ADatabaseConnections/Properties/Dimensions",
              "[{\"Name\":\"DBClusterIdentifier\",\"Value\":\"shop\"}]");
    assert_at(t, "Resources/ADatabaseConnections/Properties/Statistic", "\"Maximum\"");
    assert_at(t, "Resources/ADatabaseMemory/Properties/Statistic", "\"Minimum\"");
}

/* ---- the validator ---- */

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(connections_and_memory_follow_from_the_class),
        STACK_TEST(the_smallest_class_counts),
        STACK_TEST(postgresql_takes_connections_by_memory),
        STACK_TEST(serverless_counts_at_its_largest),
        STACK_TEST(the_cluster_s_own_limit_of_connections_counts),
        STACK_TEST(a_class_that_is_not_known_is_asked_for),
        STACK_TEST(nothing_is_asked_for_what_was_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
