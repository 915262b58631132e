/* templates/aurora-mysql-dns-cutover.yaml: DMS, the way back, the comparison, and what is watched.
 */
#include "blueprint.h"

static void the_task_loads_everything_and_then_follows_the_changes(void **state)
{
    ASSERT_PROPERTIES(*state, "MigrationTask", {"MigrationType", "\"full-load-and-cdc\""},
                      {"ReplicationInstanceArn", REF("Replication")},
                      {"SourceEndpointArn", REF("SourceEndpoint")},
                      {"TargetEndpointArn", REF("TargetEndpoint")});
}

static void every_table_of_the_database_is_migrated(void **state)
{
    stack_fixture *t = *state;
    const cfn_node *mappings = json_inside(t, "MigrationTask", "TableMappings");
    assert_json(&t->f, cfn_node_find(mappings, "rules/0/object-locator"),
                "{\"schema-name\":\"${DatabaseName}\",\"table-name\":\"%\"}");
    assert_int_equal(cfn_node_size(cfn_node_get(mappings, "rules")), 1);
}

/* The tables are made before, with their keys; DMS would make them without. */
static void no_value_is_cut_and_no_table_is_dropped(void **state)
{
    stack_fixture *t = *state;
    const cfn_node *settings = json_inside(t, "MigrationTask", "ReplicationTaskSettings");
    assert_json(&t->f, cfn_node_find(settings, "TargetMetadata/FullLobMode"), "true");
    assert_json(&t->f, cfn_node_find(settings, "FullLoadSettings/TargetTablePrepMode"),
                "\"DO_NOTHING\"");
}

static void dms_compares_each_row_that_it_has_moved(void **state)
{
    stack_fixture *t = *state;
    const cfn_node *settings = json_inside(t, "MigrationTask", "ReplicationTaskSettings");
    assert_json(&t->f, cfn_node_find(settings, "ValidationSettings/EnableValidation"), "true");
}

static void dms_logs_in_with_secrets_that_know_their_host(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "SourceSecretAttachment", {"SecretId", REF("SourceSecretArn")},
                      {"TargetId", REF("SourceDatabase")},
                      {"TargetType", "\"AWS::RDS::DBInstance\""});
    ASSERT_PROPERTIES(t, "TargetSecretAttachment", {"SecretId", REF("TargetSecretArn")},
                      {"TargetId", REF("AuroraCluster")},
                      {"TargetType", "\"AWS::RDS::DBCluster\""});
    assert_true(waits_for(t, "SourceEndpoint", "SourceSecretAttachment"));
    assert_true(waits_for(t, "TargetEndpoint", "TargetSecretAttachment"));
}

/* A name of a database would send all tables of a MySQL endpoint there. */
static void each_endpoint_has_a_login_and_no_database(void **state)
{
    static const char *const endpoints[] = {"SourceEndpoint", "TargetEndpoint",
                                            "SourceEndpointReverse", "TargetEndpointReverse"};
    for (size_t i = 0; i < sizeof endpoints / sizeof *endpoints; i++)
        ASSERT_PROPERTIES(*state, endpoints[i], {"ServerName", NULL}, {"Username", NULL},
                          {"Password", NULL}, {"DatabaseName", NULL});
    assert_property(*state, "SourceEndpoint", "EngineName", "\"mysql\"");
    assert_property(*state, "TargetEndpoint", "EngineName", "\"aurora\"");
}

static void the_replication_instance_is_private(void **state)
{
    ASSERT_PROPERTIES(*state, "Replication", {"PubliclyAccessible", "false"},
                      {"VpcSecurityGroupIds", "[" ATT("MigrationSecurityGroup", "GroupId") "]"});
}

/* ---- the way back ---- */

static void dms_is_made_after_the_roles_that_it_looks_for(void **state)
{
    assert_service_roles_come_first(*state);
}

static void a_second_task_brings_the_changes_back(void **state)
{
    ASSERT_PROPERTIES(*state, "MigrationTaskReverse", {"MigrationType", "\"cdc\""},
                      {"SourceEndpointArn", REF("TargetEndpointReverse")},
                      {"TargetEndpointArn", REF("SourceEndpointReverse")});
}

static void the_cluster_logs_what_the_way_back_reads(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterParameterGroup", "Parameters/binlog_format", "\"ROW\"");
    assert_no_property(t, "AuroraCluster", "BacktrackWindow");
}

/* ---- the comparison ---- */

static void a_function_compares_source_and_target(void **state)
{
    ASSERT_PROPERTIES(
        *state, "Validator", {"Environment/Variables/SOURCE_SECRET", REF("SourceSecretArn")},
        {"Environment/Variables/TARGET_SECRET", REF("TargetSecretArn")},
        {"Environment/Variables/ENGINE", "\"mysql\""},
        {"VpcConfig/SecurityGroupIds", "[" ATT("MigrationSecurityGroup", "GroupId") "]"});
    assert_property(*state, "ValidatorInvocation", "DestinationConfig/OnFailure/Destination",
                    REF("Topic"));
}

static void the_comparison_runs_every_day_once_the_load_is_done(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "ValidatorSchedule", {"ScheduleExpression", "\"rate(1 day)\""},
                      {"State", "{\"Fn::If\":[\"ValidatorScheduleEnabled\",\"ENABLED\","
                                "\"DISABLED\"]}"});
    assert_at(t, "Parameters/ValidationEnabled/Default", "\"false\"");
}

/* ---- what is watched ---- */

typedef struct expected_alarm {
    const char *id, *metric, *dimension, *threshold;
} expected_alarm;

static void assert_alarms(stack_fixture *t, const expected_alarm *alarms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char metric[80], dimension[80];
        snprintf(metric, sizeof metric, "\"%s\"", alarms[i].metric);
        snprintf(dimension, sizeof dimension, "\"%s\"", alarms[i].dimension);
        ASSERT_PROPERTIES(t, alarms[i].id, {"MetricName", metric}, {"Dimensions/0/Name", dimension},
                          {"Threshold", alarms[i].threshold},
                          {"AlarmActions", "[" REF("Topic") "]"});
    }
}
#define ASSERT_ALARMS(t, alarms) assert_alarms(t, alarms, sizeof(alarms) / sizeof *(alarms))

static void a_task_that_fails_or_falls_behind_raises_an_alarm(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsTaskFailed", "TriggeredRules", "RuleName", "0"},
        {"AlarmsSourceLatency", "CDCLatencySource", "ReplicationInstanceIdentifier", "30"},
        {"AlarmsTargetLatency", "CDCLatencyTarget", "ReplicationInstanceIdentifier", "30"},
        {"AlarmsReverseTargetLatency", "CDCLatencyTarget", "ReplicationInstanceIdentifier", "30"},
    };
    ASSERT_ALARMS(*state, alarms);
}

static void rows_that_differ_raise_an_alarm(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsValidationFailed", "ValidationFailedOverallCount", "ReplicationInstanceIdentifier",
         "0"},
        {"AlarmsValidatorMismatches", "Mismatches", "FunctionName", "0"},
    };
    ASSERT_ALARMS(*state, alarms);
}

static void the_source_is_watched_too(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsSourceCpu", "CPUUtilization", "DBInstanceIdentifier", "80"},
        {"AlarmsSourceConnections", "DatabaseConnections", "DBInstanceIdentifier",
         REF("AlarmsSourceConnectionsThreshold")},
        {"AlarmsSourceStorage", "FreeStorageSpace", "DBInstanceIdentifier", "21474836480"},
    };
    ASSERT_ALARMS(*state, alarms);
    assert_property(*state, "AlarmsSourceCpu", "Dimensions/0/Value", REF("SourceDatabase"));
}

static void the_cluster_and_its_reader_are_watched(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsReplicaLag", "AuroraReplicaLag", "DBClusterIdentifier", "30000"},
        {"AlarmsDatabaseCpu", "CPUUtilization", "DBClusterIdentifier", "80"},
    };
    ASSERT_ALARMS(*state, alarms);
}

static void a_cutover_that_fails_raises_an_alarm(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsCutoverErrors", "Errors", "FunctionName", "0"},
        {"AlarmsCutoverFailed", "Failed", "FunctionName", "0"},
    };
    ASSERT_ALARMS(*state, alarms);
    assert_property(*state, "AlarmsCutoverErrors", "Dimensions/0/Value", REF("Cutover"));
}

static void the_topic_tells_a_person(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::SNS::Subscription"))
            ASSERT_PROPERTIES(t, cfn_node_key(r), {"Endpoint", REF("AlarmEmail")},
                              {"TopicArn", REF("Topic")});
    assert_int_equal(count_of(t, "AWS::SNS::Subscription"), 1);
}

BLUEPRINT_TESTS("templates/aurora-mysql-dns-cutover.yaml",
                cmocka_unit_test(dms_is_made_after_the_roles_that_it_looks_for),
                cmocka_unit_test(the_task_loads_everything_and_then_follows_the_changes),
                cmocka_unit_test(every_table_of_the_database_is_migrated),
                cmocka_unit_test(no_value_is_cut_and_no_table_is_dropped),
                cmocka_unit_test(dms_compares_each_row_that_it_has_moved),
                cmocka_unit_test(dms_logs_in_with_secrets_that_know_their_host),
                cmocka_unit_test(each_endpoint_has_a_login_and_no_database),
                cmocka_unit_test(the_replication_instance_is_private),
                cmocka_unit_test(a_second_task_brings_the_changes_back),
                cmocka_unit_test(the_cluster_logs_what_the_way_back_reads),
                cmocka_unit_test(a_function_compares_source_and_target),
                cmocka_unit_test(the_comparison_runs_every_day_once_the_load_is_done),
                cmocka_unit_test(a_task_that_fails_or_falls_behind_raises_an_alarm),
                cmocka_unit_test(rows_that_differ_raise_an_alarm),
                cmocka_unit_test(the_source_is_watched_too),
                cmocka_unit_test(the_cluster_and_its_reader_are_watched),
                cmocka_unit_test(a_cutover_that_fails_raises_an_alarm),
                cmocka_unit_test(the_topic_tells_a_person))
