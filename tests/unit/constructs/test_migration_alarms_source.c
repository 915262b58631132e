/* What Cfngen::Migration::Alarms watches of the source. */
#include "stack_support.h"

#define TOPIC "Topic: 'arn:aws:sns:eu-west-2:111122223333:ops'"

/* The construct stands on line 2; its properties begin on line 3 in column 5. */
#define ALARMS(properties)                                                                         \
    "Resources:\n  A: {Type: 'Cfngen::Migration::Alarms', Properties: {" TOPIC ",\n"               \
    "    " properties "}}\n"
#define SOURCE(properties)                                                                         \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Db: {Type: 'Cfngen::RDS::Instance', Properties: {Network: !Ref Net, SecurityGroups: "       \
    "[sg-12345678], EncryptionKey: !Ref Key, " properties "}}\n"

static void the_source_is_known_by_its_identifier(void **state)
{
    static const char *const roles[] = {"ASourceCpu", "ASourceConnections", "ASourceStorage"};
    stack_fixture *t = *state;
    synth(t, ALARMS("SourceInstance: !Ref Db") SOURCE("Engine: mysql"));
    assert_found(&t->f, "");
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        char path[100];
        snprintf(path, sizeof path, "Resources/%s/Properties/Dimensions", roles[i]);
        assert_at(t, path, "[{\"Name\":\"DBInstanceIdentifier\",\"Value\":{\"Ref\":\"Db\"}}]");
        snprintf(path, sizeof path, "Resources/%s/Properties/Namespace", roles[i]);
        assert_at(t, path, "\"AWS/RDS\"");
    }
}

static void limits_of_the_source_follow_from_its_class_and_its_storage(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("SourceInstance: !Ref Db")
                 SOURCE("Engine: mysql, InstanceClass: db.r6g.large, AllocatedStorage: 50"));
    assert_at(t, "Resources/ASourceConnections/Properties/Threshold", "1092");
    assert_at(t, "Resources/ASourceStorage/Properties/Threshold", "10737418240");
    assert_at(t, "Resources/ASourceCpu/Properties/Threshold", "80");
}

static void the_source_s_own_limit_of_connections_counts(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("SourceInstance: !Ref Db")
                 SOURCE("Engine: postgres, PostgreSqlParameters: {MaxConnections: 500}"));
    assert_at(t, "Resources/ASourceConnections/Properties/Threshold", "400");
}

static void limits_of_a_source_that_exists_are_asked_for(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("SourceInstance: shop"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/ASourceStorage/Properties/Dimensions/0/Value", "\"shop\"");
    assert_at(t, "Resources/ASourceConnections/Properties/Threshold",
              "{\"Ref\":\"ASourceConnectionsThreshold\"}");
    assert_at(t, "Resources/ASourceStorage/Properties/Threshold",
              "{\"Ref\":\"ASourceStorageThreshold\"}");
}

static void limits_of_the_source_can_be_given(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("SourceInstance: shop, Thresholds: {SourceCpuPercent: 70, SourceConnections: "
                    "300, SourceFreeStorageBytes: 5368709120}"));
    assert_at(t, "Resources/ASourceCpu/Properties/Threshold", "70");
    assert_at(t, "Resources/ASourceConnections/Properties/Threshold", "300");
    assert_at(t, "Resources/ASourceStorage/Properties/Threshold", "5368709120");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(the_source_is_known_by_its_identifier),
        STACK_TEST(limits_of_the_source_follow_from_its_class_and_its_storage),
        STACK_TEST(the_source_s_own_limit_of_connections_counts),
        STACK_TEST(limits_of_a_source_that_exists_are_asked_for),
        STACK_TEST(limits_of_the_source_can_be_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
