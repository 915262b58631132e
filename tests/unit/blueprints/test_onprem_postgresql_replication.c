/* templates/onprem-postgresql-to-aurora.yaml: DMS, its roles, endpoints, task and the way back, and
 * the function that compares. */
#include "blueprint.h"

/* ---- the instance and its roles ---- */

static void the_replication_instance_is_c5_2xlarge_of_500_gb_in_two_zones(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "Replication", {"ReplicationInstanceClass", REF("ReplicationInstanceClass")},
        {"AllocatedStorage", "500"}, {"MultiAZ", "true"}, {"AutoMinorVersionUpgrade", "false"});
    assert_at(t, "Parameters/ReplicationInstanceClass/Default", "\"dms.c5.2xlarge\"");
}

/* DMS makes no instance of 3.5.2 any more; without a version it takes its default. */
static void the_version_of_dms_is_one_that_can_be_made(void **state)
{
    assert_no_property(*state, "Replication", "EngineVersion");
}

static void the_service_roles_have_the_names_that_dms_looks_for(void **state)
{
    assert_service_roles_are_made_on_request(*state);
}

static void dms_is_made_after_the_roles_that_it_looks_for(void **state)
{
    assert_service_roles_come_first(*state);
}

static void each_endpoint_reads_its_own_secret_and_no_other(void **state)
{
    stack_fixture *t = *state;
#define STATEMENT "Policies/0/PolicyDocument/Statement/0/"
    assert_property(t, "SourceEndpointAccessRole", STATEMENT "Resource", REF("SourceSecretArn"));
    assert_property(t, "TargetEndpointAccessRole", STATEMENT "Resource", REF("TargetSecretArn"));
    assert_property(t, "SourceEndpointAccessRole",
                    "AssumeRolePolicyDocument/Statement/0/Principal/Service",
                    SUB("dms.${AWS::Region}.amazonaws.com"));
}

/* ---- endpoints ---- */

static void the_source_is_postgresql_on_the_premises(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "SourceEndpoint", {"EndpointType", "\"source\""},
                      {"EngineName", "\"postgres\""}, {"DatabaseName", REF("DatabaseName")},
                      {"PostgreSqlSettings/SecretsManagerSecretId", REF("SourceSecretArn")});
}

/* A slot that does not move keeps the log of a source in which nothing is written. */
static void a_quiet_source_does_not_keep_its_log(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "SourceEndpoint", {"PostgreSqlSettings/HeartbeatEnable", "true"},
                      {"PostgreSqlSettings/HeartbeatFrequency", "5"});
}

static void the_target_is_the_cluster(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "TargetEndpoint", {"EndpointType", "\"target\""},
                      {"EngineName", "\"aurora-postgresql\""},
                      {"DatabaseName", REF("DatabaseName")},
                      {"PostgreSqlSettings/SecretsManagerSecretId", REF("TargetSecretArn")});
    assert_property(t, "TargetSecretAttachment", "TargetId", REF("AuroraCluster"));
    assert_true(waits_for(t, "TargetEndpoint", "TargetSecretAttachment"));
}

static void foreign_keys_and_triggers_do_not_stop_the_load(void **state)
{
    assert_property(*state, "TargetEndpoint", "PostgreSqlSettings/AfterConnectScript",
                    "\"SET session_replication_role=replica\"");
}

static void every_connection_of_dms_verifies_the_other_side(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::DMS::Endpoint", 4, "SslMode", "\"verify-full\"");
    assert_property(t, "SourceEndpoint", "CertificateArn", REF("SourceCertificateArn"));
    assert_property(t, "TargetEndpoint", "CertificateArn", REF("DmsCertificateArn"));
}

static void has_no_password(const cfn_node *node, void *context)
{
    (void)context;
    const char *key = cfn_node_key(node);
    if (key)
        assert_true(strcmp(key, "Password") != 0 && strcmp(key, "MasterUserPassword") != 0 &&
                    strcmp(key, "NoEcho") != 0);
}

static void no_password_stands_in_the_template(void **state)
{
    stack_fixture *t = *state;
    visit_all(t->template, has_no_password, NULL);
    assert_int_equal(count_of(t, "AWS::SecretsManager::Secret"), 0);
}

/* ---- the task ---- */

static const cfn_node *setting(stack_fixture *t, const char *path)
{
    const cfn_node *found =
        cfn_node_find(json_inside(t, "MigrationTask", "ReplicationTaskSettings"), path);
    if (!found)
        print_error("no setting %s\n", path);
    assert_non_null(found);
    return found;
}

static void assert_settings(stack_fixture *t, const char *group, const expected_property *rows)
{
    for (; rows->path; rows++) {
        char path[100];
        snprintf(path, sizeof path, "%s/%s", group, rows->path);
        assert_string_equal(cfn_node_text(setting(t, path)), rows->json);
    }
}

#define ASSERT_SETTINGS(t, group, ...)                                                             \
    assert_settings(t, group, (const expected_property[]){__VA_ARGS__, {NULL, NULL}})

static void the_task_loads_everything_and_then_follows_the_changes(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "MigrationTask", {"MigrationType", "\"full-load-and-cdc\""},
                      {"SourceEndpointArn", REF("SourceEndpoint")},
                      {"TargetEndpointArn", REF("TargetEndpoint")});
}

/* % would be every schema, those of the system among them. */
static void every_table_of_the_schema_is_migrated(void **state)
{
    assert_json(&((stack_fixture *)*state)->f,
                cfn_node_find(json_inside(*state, "MigrationTask", "TableMappings"), "rules/0"),
                "{\"rule-type\":\"selection\",\"rule-id\":\"1\",\"rule-name\":"
                "\"include-1\",\"object-locator\":{\"schema-name\":\"${SchemaName}\","
                "\"table-name\":\"%\"},\"rule-action\":\"include\"}");
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

static void no_lob_is_cut(void **state)
{
    ASSERT_SETTINGS(*state, "TargetMetadata", {"SupportLobs", "true"}, {"FullLobMode", "true"},
                    {"LobChunkSize", "64"}, {"LimitedSizeLobMode", "false"});
}

static void eight_tables_are_loaded_at_a_time_and_none_is_dropped(void **state)
{
    ASSERT_SETTINGS(*state, "FullLoadSettings", {"TargetTablePrepMode", "DO_NOTHING"},
                    {"MaxFullLoadSubTasks", "8"}, {"TransactionConsistencyTimeout", "600"});
}

static void changes_of_tables_are_followed(void **state)
{
    ASSERT_SETTINGS(*state, "ChangeProcessingDdlHandlingPolicy",
                    {"HandleSourceTableDropped", "true"}, {"HandleSourceTableTruncated", "true"},
                    {"HandleSourceTableAltered", "true"});
}

static void changes_are_applied_in_tuned_batches(void **state)
{
    ASSERT_SETTINGS(*state, "ChangeProcessingTuning", {"BatchApplyPreserveTransaction", "true"},
                    {"BatchApplyTimeoutMin", "1"}, {"BatchApplyTimeoutMax", "30"},
                    {"BatchApplyMemoryLimit", "500"}, {"BatchSplitSize", "0"},
                    {"MinTransactionSize", "1000"}, {"CommitTimeout", "1"},
                    {"MemoryLimitTotal", "1024"}, {"MemoryKeepTime", "60"},
                    {"StatementCacheSize", "50"});
}

static void errors_suspend_a_table_and_then_stop_the_task(void **state)
{
    ASSERT_SETTINGS(
        *state, "ErrorBehavior", {"DataErrorPolicy", "LOG_ERROR"}, {"EventErrorPolicy", "IGNORE"},
        {"DataTruncationErrorPolicy", "LOG_ERROR"}, {"DataErrorEscalationPolicy", "SUSPEND_TABLE"},
        {"DataErrorEscalationCount", "50"}, {"TableErrorPolicy", "SUSPEND_TABLE"},
        {"TableErrorEscalationPolicy", "STOP_TASK"}, {"TableErrorEscalationCount", "50"},
        {"RecoverableErrorCount", "-1"}, {"RecoverableErrorInterval", "5"},
        {"RecoverableErrorThrottling", "true"}, {"RecoverableErrorThrottlingMax", "1800"},
        {"ApplyErrorDeletePolicy", "IGNORE_RECORD"}, {"ApplyErrorInsertPolicy", "LOG_ERROR"},
        {"ApplyErrorUpdatePolicy", "LOG_ERROR"}, {"ApplyErrorEscalationPolicy", "LOG_ERROR"},
        {"ApplyErrorEscalationCount", "0"}, {"FullLoadIgnoreConflicts", "true"});
}

static void four_parts_of_the_task_are_logged(void **state)
{
    stack_fixture *t = *state;
    ASSERT_SETTINGS(t, "Logging", {"EnableLogging", "true"},
                    {"LogComponents/0/Id", "SOURCE_UNLOAD"},
                    {"LogComponents/0/Severity", "LOGGER_SEVERITY_DEFAULT"},
                    {"LogComponents/1/Id", "SOURCE_CAPTURE"},
                    {"LogComponents/1/Severity", "LOGGER_SEVERITY_INFO"},
                    {"LogComponents/2/Id", "TARGET_LOAD"}, {"LogComponents/3/Id", "TARGET_APPLY"});
    assert_property(t, "ReplicationLogGroup", "LogGroupName",
                    "\"dms-tasks-" NAMED("replication") "\"");
}

static void dms_compares_each_row_that_it_has_moved(void **state)
{
    ASSERT_SETTINGS(*state, "ValidationSettings", {"EnableValidation", "true"},
                    {"ThreadCount", "5"});
}

/* ---- the way back ---- */

static void a_second_task_brings_the_changes_back(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "MigrationTaskReverse", {"MigrationType", "\"cdc\""},
                      {"SourceEndpointArn", REF("TargetEndpointReverse")},
                      {"TargetEndpointArn", REF("SourceEndpointReverse")});
    assert_property(t, "AuroraClusterParameterGroup", "Parameters/rds.logical_replication",
                    "\"1\"");
}

/* ---- validation ---- */

static void a_function_compares_both_databases(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "Validator", {"Environment/Variables/ENGINE", "\"postgresql\""},
        {"Environment/Variables/SOURCE_SECRET", REF("SourceSecretArn")},
        {"Environment/Variables/TARGET_SECRET", REF("TargetSecretArn")},
        {"VpcConfig/SecurityGroupIds", "[" ATT("MigrationSecurityGroup", "GroupId") "]"});
    assert_property(t, "Validator", "Environment/Variables/DATABASES",
                    "{\"Fn::Join\":[\",\",[" REF("SchemaName") "]]}");
    assert_property(*state, "ValidatorInvocation", "DestinationConfig/OnFailure/Destination",
                    REF("Topic"));
}

static void the_comparison_runs_every_day_once_the_load_is_done(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "ValidatorSchedule", "ScheduleExpression", "\"rate(1 day)\"");
    assert_at(t, "Parameters/ValidationEnabled/Default", "\"false\"");
}

BLUEPRINT_TESTS("templates/onprem-postgresql-to-aurora.yaml",
                cmocka_unit_test(dms_is_made_after_the_roles_that_it_looks_for),
                cmocka_unit_test(the_replication_instance_is_c5_2xlarge_of_500_gb_in_two_zones),
                cmocka_unit_test(the_version_of_dms_is_one_that_can_be_made),
                cmocka_unit_test(the_service_roles_have_the_names_that_dms_looks_for),
                cmocka_unit_test(each_endpoint_reads_its_own_secret_and_no_other),
                cmocka_unit_test(the_source_is_postgresql_on_the_premises),
                cmocka_unit_test(a_quiet_source_does_not_keep_its_log),
                cmocka_unit_test(the_target_is_the_cluster),
                cmocka_unit_test(foreign_keys_and_triggers_do_not_stop_the_load),
                cmocka_unit_test(every_connection_of_dms_verifies_the_other_side),
                cmocka_unit_test(no_password_stands_in_the_template),
                cmocka_unit_test(the_task_loads_everything_and_then_follows_the_changes),
                cmocka_unit_test(every_table_of_the_schema_is_migrated),
                cmocka_unit_test(tables_of_dms_itself_are_neither_migrated_nor_compared),
                cmocka_unit_test(no_lob_is_cut),
                cmocka_unit_test(eight_tables_are_loaded_at_a_time_and_none_is_dropped),
                cmocka_unit_test(changes_of_tables_are_followed),
                cmocka_unit_test(changes_are_applied_in_tuned_batches),
                cmocka_unit_test(errors_suspend_a_table_and_then_stop_the_task),
                cmocka_unit_test(four_parts_of_the_task_are_logged),
                cmocka_unit_test(dms_compares_each_row_that_it_has_moved),
                cmocka_unit_test(a_second_task_brings_the_changes_back),
                cmocka_unit_test(a_function_compares_both_databases),
                cmocka_unit_test(the_comparison_runs_every_day_once_the_load_is_done))
