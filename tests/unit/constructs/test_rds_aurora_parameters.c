/* Cfngen::RDS::AuroraCluster: its parameter groups and logs. */
#include "stack_support.h"

/* A cluster with these further properties, each on a line of its own from line 8. */
#define STACK(engine, more)                                                                        \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [eu-west-2a, "          \
    "eu-west-2b]}}\n"                                                                              \
    "  Db:\n    Type: Cfngen::RDS::AuroraCluster\n"                                                \
    "    Properties:\n"                                                                            \
    "      {Engine: " engine                                                                       \
    ", Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key,\n" more "}\n"
#define MYSQL(more)         STACK("aurora-mysql", more)
#define POSTGRESQL(more)    STACK("aurora-postgresql", more)
#define DB                  "Resources/Db/Properties/"
#define CLUSTER_PARAMETERS  "Resources/DbParameterGroup/Properties/"
#define INSTANCE_PARAMETERS "Resources/DbInstanceParameterGroup/Properties/"

static void tls_is_enforced_and_dms_can_load_and_read_changes(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("LogExports: []"));
    assert_at(t, CLUSTER_PARAMETERS "Parameters",
              "{\"require_secure_transport\":\"ON\",\"binlog_format\":\"ROW\"}");
    assert_at(t, INSTANCE_PARAMETERS "Parameters", "{\"local_infile\":\"1\"}");
    assert_at(t, CLUSTER_PARAMETERS "Family", "\"aurora-mysql8.0\"");
}

static void postgresql_has_parameters_family_and_port_of_its_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, POSTGRESQL("EngineVersion: '17.7'"));
    assert_at(t, CLUSTER_PARAMETERS "Parameters",
              "{\"rds.force_ssl\":\"1\",\"rds.logical_replication\":\"1\"}");
    assert_at(t, CLUSTER_PARAMETERS "Family", "\"aurora-postgresql17\"");
    assert_at(t, DB "Port", "5432");
    assert_at(t, DB "MasterUsername", "\"postgres\"");
    assert_at(t, DB "EnableCloudwatchLogsExports", "[\"postgresql\"]");
}

static void mysql_84_has_its_family(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("EngineVersion: 8.4.mysql_aurora.8.4.7"));
    assert_at(t, CLUSTER_PARAMETERS "Family", "\"aurora-mysql8.4\"");
}

static void an_exported_log_is_switched_on_and_has_its_group(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("LogExports: [general, audit, iam-db-auth-error]"));
    assert_at(t, DB "EnableCloudwatchLogsExports", "[\"audit\",\"general\",\"iam-db-auth-error\"]");
    assert_at(t, INSTANCE_PARAMETERS "Parameters/general_log", "\"1\"");
    assert_at(t, INSTANCE_PARAMETERS "Parameters/log_output", "\"FILE\"");
    assert_at(t, CLUSTER_PARAMETERS "Parameters/server_audit_logging", "\"1\"");
    assert_at(t, "Resources/DbIamDbAuthErrorLogGroup/Properties/LogGroupName",
              "\"/aws/rds/cluster/db-test-s1/iam-db-auth-error\"");
    assert_at(t, "Resources/Db/DependsOn",
              "[\"DbAuditLogGroup\",\"DbGeneralLogGroup\",\"DbIamDbAuthErrorLogGroup\"]");
}

static void a_log_that_the_engine_does_not_have_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("       LogExports: [error, postgresql]"));
    assert_found(&t->f, "CFN4106 8:28");
    assert_said(&t->f,
                "its logs are audit, error, general, instance, slowquery, iam-db-auth-error");
}

static void parameters_of_the_source_go_to_the_group_they_belong_to(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("LogExports: [], MySqlParameters: {TimeZone: UTC, LowerCaseTableNames: 1,\n"
                   "  SqlMode: ANSI, InnodbStrictMode: false, MaxAllowedPacket: 1048576, "
                   "LongQueryTime: 0.5}"));
    assert_at(
        t, CLUSTER_PARAMETERS "Parameters",
        "{\"require_secure_transport\":\"ON\",\"binlog_format\":\"ROW\",\"time_zone\":\"UTC\","
        "\"lower_case_table_names\":\"1\"}");
    assert_at(t, INSTANCE_PARAMETERS "Parameters",
              "{\"local_infile\":\"1\",\"sql_mode\":\"ANSI\",\"innodb_strict_mode\":\"0\","
              "\"max_allowed_packet\":\"1048576\",\"long_query_time\":\"0.5\"}");
}

static void other_parameters_win_and_are_written_as_text(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        MYSQL("LogExports: [], ClusterParameters: {binlog_format: MIXED, event_scheduler: 'ON'},\n"
              "  InstanceParameters: {max_connections: 500, general_log: true, x: !Ref "
              "'AWS::Region'}"));
    assert_at(t, CLUSTER_PARAMETERS "Parameters/binlog_format", "\"MIXED\"");
    assert_at(t, INSTANCE_PARAMETERS "Parameters",
              "{\"local_infile\":\"1\",\"max_connections\":\"500\",\"general_log\":\"1\","
              "\"x\":{\"Ref\":\"AWS::Region\"}}");
}

static void taking_back_tls_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("       ClusterParameters: {require_secure_transport: 'OFF'}"));
    assert_found(&t->f, "CFN4115 8:54");
    assert_non_null(t->template);
}

static void a_log_switched_off_by_hand_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("       InstanceParameters: {slow_query_log: 0}"));
    assert_found(&t->f, "CFN4107 8:45");
}

static void logging_every_statement_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, POSTGRESQL("       PostgreSqlParameters: {LogStatement: all}"));
    assert_found(&t->f, "CFN4119 8:45");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(tls_is_enforced_and_dms_can_load_and_read_changes),
        STACK_TEST(postgresql_has_parameters_family_and_port_of_its_own),
        STACK_TEST(mysql_84_has_its_family),
        STACK_TEST(an_exported_log_is_switched_on_and_has_its_group),
        STACK_TEST(a_log_that_the_engine_does_not_have_is_refused),
        STACK_TEST(parameters_of_the_source_go_to_the_group_they_belong_to),
        STACK_TEST(other_parameters_win_and_are_written_as_text),
        STACK_TEST(taking_back_tls_is_warned_of),
        STACK_TEST(a_log_switched_off_by_hand_is_warned_of),
        STACK_TEST(logging_every_statement_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
