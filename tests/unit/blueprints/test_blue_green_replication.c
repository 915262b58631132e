/* templates/onprem-postgresql-blue-green.yaml: DMS, the way back and the validation. */
#include "blueprint.h"

static void the_replication_instance_is_private_and_of_the_class_asked_for(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::DMS::ReplicationInstance"), 1);
    ASSERT_PROPERTIES(t, "Replication", {"ReplicationInstanceClass", "\"dms.r5.large\""},
                      {"PubliclyAccessible", "false"},
                      {"ReplicationSubnetGroupIdentifier", REF("ReplicationSubnetGroup")});
    assert_property(t, "ReplicationSubnetGroup", "SubnetIds",
                    "[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "," REF(
                        "NetworkPrivateSubnet3") "]");
}

static void the_service_roles_are_made_on_request_by_the_names_that_dms_looks_for(void **state)
{
    assert_service_roles_are_made_on_request(*state);
}

static void dms_is_made_after_the_roles_that_it_looks_for(void **state)
{
    assert_service_roles_come_first(*state);
}

/* ---- endpoints ---- */

static void the_source_is_the_server_on_premises(void **state)
{
    ASSERT_PROPERTIES(*state, "SourceEndpoint", {"EndpointType", "\"source\""},
                      {"EngineName", "\"postgres\""}, {"DatabaseName", REF("DatabaseName")},
                      {"PostgreSqlSettings/SecretsManagerSecretId", REF("SourceSecretArn")});
    assert_property(*state, "MigrationSecurityGroupToOnPremisesCidrPortSourcePort", "CidrIp",
                    REF("OnPremisesCidr"));
}

/* A slot that nobody writes to would keep the log until the disk is full. */
static void a_heartbeat_lets_the_log_of_an_idle_source_go(void **state)
{
    assert_property(*state, "SourceEndpoint", "PostgreSqlSettings/HeartbeatEnable", "true");
}

static void the_target_is_the_cluster(void **state)
{
    ASSERT_PROPERTIES(*state, "TargetEndpoint", {"EndpointType", "\"target\""},
                      {"EngineName", "\"aurora-postgresql\""},
                      {"DatabaseName", REF("DatabaseName")},
                      {"PostgreSqlSettings/SecretsManagerSecretId", REF("TargetSecretArn")});
    assert_property(*state, "TargetSecretAttachment", "TargetId", REF("MigrationAurora"));
    assert_true(waits_for(*state, "TargetEndpoint", "TargetSecretAttachment"));
}

/* Rows come in any order, and what triggers did comes with them. */
static void rows_that_arrive_fire_no_triggers_and_wait_for_no_other(void **state)
{
    static const char *const replica = "\"SET session_replication_role = replica\"";
    assert_property(*state, "TargetEndpoint", "PostgreSqlSettings/AfterConnectScript", replica);
    assert_property(*state, "WayBackEndpoint", "PostgreSqlSettings/AfterConnectScript", replica);
}

/* ---- tasks ---- */

static void the_task_loads_everything_and_then_follows_the_changes(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "MigrationTask", {"MigrationType", "\"full-load-and-cdc\""},
                      {"SourceEndpointArn", REF("SourceEndpoint")},
                      {"TargetEndpointArn", REF("TargetEndpoint")}, {"CdcStartPosition", NULL});
    assert_json(
        &t->f,
        cfn_node_find(json_inside(t, "MigrationTask", "TableMappings"), "rules/0/object-locator"),
        "{\"schema-name\":\"${SchemaName}\",\"table-name\":\"%\"}");
}

/* They are not the same at both sides, and would come back by the way back. */
static void tables_of_dms_itself_are_neither_migrated_nor_compared(void **state)
{
    stack_fixture *t = *state;
    const cfn_node *mappings = json_inside(t, "MigrationTask", "TableMappings");
    assert_json(&t->f, cfn_node_find(mappings, "rules/1"),
                "{\"rule-type\":\"selection\",\"rule-id\":\"2\",\"rule-name\":"
                "\"exclude-2\",\"object-locator\":{\"schema-name\":\"${SchemaName}\","
                "\"table-name\":\"awsdms[_]%\"},\"rule-action\":\"exclude\"}");
    assert_int_equal(cfn_node_size(cfn_node_get(mappings, "rules")), 2);
    assert_true(cfn_node_equal(mappings, json_inside(t, "MigrationTaskReverse", "TableMappings")));
    assert_true(
        cfn_node_equal(mappings, json_inside(t, "Validator", "Environment/Variables/MAPPINGS")));
}

static const char *const tasks[] = {"MigrationTask", "MigrationTaskReverse"};
enum { TASKS = sizeof tasks / sizeof *tasks };

static void assert_setting(stack_fixture *t, const char *path, const char *json)
{
    for (size_t i = 0; i < TASKS; i++)
        assert_json(&t->f, cfn_node_find(json_inside(t, tasks[i], "ReplicationTaskSettings"), path),
                    json);
}

static void no_value_is_cut_and_no_table_is_dropped(void **state)
{
    assert_setting(*state, "TargetMetadata/FullLobMode", "true");
    assert_setting(*state, "FullLoadSettings/TargetTablePrepMode", "\"DO_NOTHING\"");
    assert_setting(*state, "ErrorBehavior/FailOnNoTablesCaptured", "true");
}

static void dms_compares_each_row_and_logs_what_it_does(void **state)
{
    assert_setting(*state, "ValidationSettings/EnableValidation", "true");
    assert_setting(*state, "Logging/EnableLogging", "true");
    assert_property(*state, "ReplicationLogGroup", "LogGroupName",
                    "\"dms-tasks-" NAMED("replication") "\"");
}

/* Without it a way back loses what was written to the cluster. */
static void a_second_task_brings_what_is_written_to_the_cluster_back(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "MigrationTaskReverse", {"MigrationType", "\"cdc\""},
                      {"SourceEndpointArn", REF("TargetEndpointReverse")},
                      {"TargetEndpointArn", REF("WayBackEndpoint")});
    ASSERT_PROPERTIES(t, "TargetEndpointReverse", {"EndpointType", "\"source\""},
                      {"EngineName", "\"aurora-postgresql\""});
    ASSERT_PROPERTIES(t, "WayBackEndpoint", {"EndpointType", "\"target\""},
                      {"EngineName", "\"postgres\""},
                      {"PostgreSqlSettings/SecretsManagerSecretId", REF("SourceSecretArn")});
    char *there = json_of(t, property(t, "MigrationTask", "TableMappings"));
    assert_property(t, "MigrationTaskReverse", "TableMappings", there);
    free(there);
}

/* ---- validation ---- */

static void a_function_compares_both_databases(void **state)
{
    ASSERT_PROPERTIES(
        *state, "Validator", {"Handler", "\"bootstrap\""},
        {"Environment/Variables/SOURCE_SECRET", REF("SourceSecretArn")},
        {"Environment/Variables/TARGET_SECRET", REF("TargetSecretArn")},
        {"Environment/Variables/ENGINE", "\"postgresql\""},
        {"Environment/Variables/DATABASES", "{\"Fn::Join\":[\",\",[" REF("SchemaName") "]]}"},
        {"VpcConfig/SecurityGroupIds", "[" ATT("MigrationSecurityGroup", "GroupId") "]"});
    assert_property(*state, "ValidatorInvocation", "DestinationConfig/OnFailure/Destination",
                    REF("MigrationNotifications"));
}

static void it_does_so_each_day_once_the_load_is_done(void **state)
{
    assert_property(*state, "ValidatorSchedule", "ScheduleExpression", "\"rate(1 day)\"");
    assert_at(*state, "Conditions/ValidatorScheduleEnabled",
              "{\"Fn::Equals\":[" REF("ValidationEnabled") ",\"true\"]}");
    assert_at(*state, "Parameters/ValidationEnabled/Default", "\"false\"");
}

BLUEPRINT_TESTS(
    "templates/onprem-postgresql-blue-green.yaml",
    cmocka_unit_test(dms_is_made_after_the_roles_that_it_looks_for),
    cmocka_unit_test(the_replication_instance_is_private_and_of_the_class_asked_for),
    cmocka_unit_test(the_service_roles_are_made_on_request_by_the_names_that_dms_looks_for),
    cmocka_unit_test(the_source_is_the_server_on_premises),
    cmocka_unit_test(a_heartbeat_lets_the_log_of_an_idle_source_go),
    cmocka_unit_test(the_target_is_the_cluster),
    cmocka_unit_test(rows_that_arrive_fire_no_triggers_and_wait_for_no_other),
    cmocka_unit_test(the_task_loads_everything_and_then_follows_the_changes),
    cmocka_unit_test(tables_of_dms_itself_are_neither_migrated_nor_compared),
    cmocka_unit_test(no_value_is_cut_and_no_table_is_dropped),
    cmocka_unit_test(dms_compares_each_row_and_logs_what_it_does),
    cmocka_unit_test(a_second_task_brings_what_is_written_to_the_cluster_back),
    cmocka_unit_test(a_function_compares_both_databases),
    cmocka_unit_test(it_does_so_each_day_once_the_load_is_done))
