/* templates/dms-mysql-multi-az.yaml: DMS, its endpoints, its two tasks and their way back. */
#include "blueprint.h"

#define BLUEPRINT "templates/dms-mysql-multi-az.yaml"

/* ---- replication instance ---- */

static void the_replication_instance_stands_by_in_a_second_zone(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::DMS::ReplicationInstance"), 1);
    ASSERT_PROPERTIES(t, "Replication", {"MultiAZ", REF("EnableMultiAz")},
                      {"AvailabilityZone", NULL});
    assert_at(t, "Parameters/EnableMultiAz/Default", "\"true\"");
    assert_at(t, "Parameters/EnableMultiAz/AllowedValues", "[\"true\",\"false\"]");
}

static void its_class_and_storage_are_parameters(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "Replication",
                      {"ReplicationInstanceClass", REF("ReplicationInstanceClass")},
                      {"AllocatedStorage", REF("AllocatedStorage")});
    assert_at(t, "Parameters/ReplicationInstanceClass/Default", "\"dms.t3.medium\"");
    assert_at(t, "Parameters/AllocatedStorage/Default", "100");
}

static void the_replication_instance_is_private(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "Replication", {"PubliclyAccessible", "false"},
                      {"ReplicationSubnetGroupIdentifier", REF("ReplicationSubnetGroup")},
                      {"VpcSecurityGroupIds", "[" ATT("ReplicationSecurityGroup", "GroupId") "]"});
    assert_property(t, "ReplicationSubnetGroup", "SubnetIds",
                    "[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "]");
}

static void its_storage_is_encrypted_with_the_key(void **state)
{
    assert_property(*state, "Replication", "KmsKeyId", ATT("MigrationKey", "Arn"));
}

/* DMS looks for roles of these names and no others. */
static void the_service_roles_are_those_that_dms_looks_for_and_made_on_request(void **state)
{
    assert_service_roles_are_made_on_request(*state);
}

static void dms_is_made_after_the_roles_that_it_looks_for(void **state)
{
    assert_service_roles_come_first(*state);
}

/* ---- endpoints ---- */

static void assert_endpoint(stack_fixture *t, const char *id, const char *type, const char *engine,
                            const char *side)
{
    char login[300], direction[40], name[60], certificate[80];
    snprintf(login, sizeof login,
             "{\"SecretsManagerAccessRoleArn\":{\"Fn::GetAtt\":[\"%sEndpointAccessRole\",\"Arn\"]},"
             "\"SecretsManagerSecretId\":{\"Ref\":\"%sSecretArn\"}}",
             side, side);
    snprintf(direction, sizeof direction, "\"%s\"", type);
    snprintf(name, sizeof name, "{\"Ref\":\"%s\"}", engine);
    snprintf(certificate, sizeof certificate, "{\"Ref\":\"%sCertificateArn\"}", side);
    /* A name of a database would send all tables of a MySQL endpoint there. */
    ASSERT_PROPERTIES(t, id, {"EndpointType", direction}, {"EngineName", name},
                      {"MySqlSettings", login}, {"SslMode", "\"verify-full\""},
                      {"CertificateArn", certificate}, {"ServerName", NULL}, {"Port", NULL},
                      {"Username", NULL}, {"Password", NULL}, {"DatabaseName", NULL});
}

static void both_endpoints_are_what_the_parameters_and_the_secrets_say(void **state)
{
    stack_fixture *t = *state;
    assert_endpoint(t, "SourceEndpoint", "source", "SourceEngineName", "Source");
    assert_endpoint(t, "TargetEndpoint", "target", "TargetEngineName", "Target");
    assert_at(t, "Parameters/SourceEngineName/Default", "\"mysql\"");
    assert_at(t, "Parameters/TargetEngineName/Default", "\"mysql\"");
    assert_at(t, "Parameters/TargetEngineName/AllowedValues", "[\"mysql\",\"mariadb\",\"aurora\"]");
}

static void the_way_back_has_the_same_endpoints_turned_round(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::DMS::Endpoint"), 4);
    assert_endpoint(t, "SourceEndpointReverse", "target", "SourceEngineName", "Source");
    assert_endpoint(t, "TargetEndpointReverse", "source", "TargetEngineName", "Target");
}

static void foreign_keys_do_not_stop_the_load(void **state)
{
    static const char *const off = "\"Initstmt=SET FOREIGN_KEY_CHECKS=0;\"";
    assert_property(*state, "TargetEndpoint", "ExtraConnectionAttributes", off);
    assert_property(*state, "SourceEndpointReverse", "ExtraConnectionAttributes", off);
}

static void assert_reads_one_secret(stack_fixture *t, const char *role, const char *secret)
{
    char statement[400];
    snprintf(statement, sizeof statement,
             "[{\"Sid\":\"ReadSecret\",\"Effect\":\"Allow\",\"Action\":["
             "\"secretsmanager:DescribeSecret\",\"secretsmanager:GetSecretValue\"],"
             "\"Resource\":{\"Ref\":\"%s\"}}]",
             secret);
    assert_property(t, role, "AssumeRolePolicyDocument/Statement/0/Principal",
                    "{\"Service\":" SUB("dms.${AWS::Region}.amazonaws.com") "}");
    assert_property(t, role, "Policies/0/PolicyDocument/Statement", statement);
    assert_no_property(t, role, "Policies/1");
}

static void each_endpoint_reads_its_own_secret_and_no_other(void **state)
{
    assert_reads_one_secret(*state, "SourceEndpointAccessRole", "SourceSecretArn");
    assert_reads_one_secret(*state, "TargetEndpointAccessRole", "TargetSecretArn");
}

/* ---- tasks ---- */

#define LITERALLY(parameter)                                                                       \
    "{\"Fn::Join\":[\"[_]\",{\"Fn::Split\":[\"_\",{\"Ref\":\"" parameter "\"}]}]}"

/* What a variable of the mappings' Fn::Sub is: "${Value1}" of the rule, resolved. */
static void assert_variable(stack_fixture *t, const char *task, const cfn_node *text,
                            const char *json)
{
    char path[80];
    const char *written = cfn_node_text(text);
    assert_non_null(written);
    snprintf(path, sizeof path, "TableMappings/Fn::Sub/1/%.*s", (int)(strcspn(written + 2, "}")),
             written + 2);
    assert_property(t, task, path, json);
}

static const cfn_node *rules_of(stack_fixture *t, const char *task)
{
    const cfn_node *mappings = property(t, task, "TableMappings/Fn::Sub/0");
    return cfn_node_get(read_json(&t->f, cfn_node_text(mappings)), "rules");
}

static void assert_selection(stack_fixture *t, const char *task, size_t index, const char *action,
                             const char *schema, const char *table)
{
    const cfn_node *rule = cfn_node_at(rules_of(t, task), index);
    assert_string_equal(cfn_node_text(cfn_node_get(rule, "rule-type")), "selection");
    assert_string_equal(cfn_node_text(cfn_node_get(rule, "rule-action")), action);
    assert_variable(t, task, cfn_node_find(rule, "object-locator/schema-name"), schema);
    if (table)
        assert_variable(t, task, cfn_node_find(rule, "object-locator/table-name"), table);
    else
        assert_string_equal(cfn_node_text(cfn_node_find(rule, "object-locator/table-name")), "%");
}

static void assert_renames(stack_fixture *t, const char *task, size_t index, const char *schema,
                           const char *value)
{
    const cfn_node *rule = cfn_node_at(rules_of(t, task), index);
    assert_string_equal(cfn_node_text(cfn_node_get(rule, "rule-action")), "rename");
    assert_string_equal(cfn_node_text(cfn_node_get(rule, "rule-target")), "schema");
    assert_string_equal(cfn_node_text(cfn_node_find(rule, "object-locator/schema-name")), schema);
    assert_string_equal(cfn_node_text(cfn_node_get(rule, "value")), value);
    assert_int_equal(cfn_node_size(rules_of(t, task)), index + 1);
}

static void one_task_loads_everything_and_then_follows_the_changes(void **state)
{
    ASSERT_PROPERTIES(*state, "MigrationTask", {"MigrationType", "\"full-load-and-cdc\""},
                      {"ReplicationInstanceArn", REF("Replication")},
                      {"SourceEndpointArn", REF("SourceEndpoint")},
                      {"TargetEndpointArn", REF("TargetEndpoint")}, {"CdcStartPosition", NULL});
}

static void a_second_task_follows_changes_alone(void **state)
{
    ASSERT_PROPERTIES(*state, "CdcTask", {"MigrationType", "\"cdc\""},
                      {"ReplicationInstanceArn", REF("Replication")},
                      {"SourceEndpointArn", REF("SourceEndpoint")},
                      {"TargetEndpointArn", REF("TargetEndpoint")});
}

/* Each change of a table that both had would be applied twice. */
static void the_two_tasks_have_no_table_in_common(void **state)
{
    stack_fixture *t = *state;
    assert_selection(t, "MigrationTask", 2, "exclude", LITERALLY("SourceDatabaseName"),
                     LITERALLY("BulkTables"));
    assert_selection(t, "CdcTask", 0, "include", LITERALLY("SourceDatabaseName"),
                     LITERALLY("BulkTables"));
    assert_string_not_equal(
        cfn_node_text(cfn_node_get(cfn_node_at(rules_of(t, "CdcTask"), 1), "rule-type")),
        "selection");
}

/* A _ would be any one character: temp_% is also tempest. */
static void tables_are_included_and_excluded_by_patterns_that_mean_what_they_say(void **state)
{
    stack_fixture *t = *state;
    assert_selection(t, "MigrationTask", 0, "include", LITERALLY("SourceDatabaseName"), NULL);
    assert_selection(t, "MigrationTask", 1, "exclude", LITERALLY("SourceDatabaseName"),
                     LITERALLY("ExcludedTables"));
    assert_at(t, "Parameters/ExcludedTables/Default", "\"temp_%\"");
}

static void the_database_gets_the_name_of_the_target(void **state)
{
    stack_fixture *t = *state;
    assert_renames(t, "MigrationTask", 3, "${SourceDatabaseName}", "${TargetDatabaseName}");
    assert_renames(t, "CdcTask", 1, "${SourceDatabaseName}", "${TargetDatabaseName}");
    assert_at(t, "Parameters/SourceDatabaseName/Default", "\"production_db\"");
    assert_at(t, "Parameters/TargetDatabaseName/Default", "\"migrated_db\"");
}

static void one_way_back_brings_all_tables_under_their_old_name(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::DMS::ReplicationTask"), 3);
    ASSERT_PROPERTIES(t, "MigrationTaskReverse", {"MigrationType", "\"cdc\""},
                      {"SourceEndpointArn", REF("TargetEndpointReverse")},
                      {"TargetEndpointArn", REF("SourceEndpointReverse")});
    assert_selection(t, "MigrationTaskReverse", 0, "include", LITERALLY("TargetDatabaseName"),
                     NULL);
    assert_selection(t, "MigrationTaskReverse", 1, "exclude", LITERALLY("TargetDatabaseName"),
                     LITERALLY("ExcludedTables"));
    assert_renames(t, "MigrationTaskReverse", 2, "${TargetDatabaseName}", "${SourceDatabaseName}");
}

/* ---- settings ---- */

static void assert_setting(stack_fixture *t, const char *path, const char *json)
{
    static const char *const tasks[] = {"MigrationTask", "MigrationTaskReverse", "CdcTask"};
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        assert_json(&t->f, cfn_node_find(json_inside(t, tasks[i], "ReplicationTaskSettings"), path),
                    json);
}

static void tables_are_emptied_before_the_load_and_keep_their_indexes(void **state)
{
    assert_setting(*state, "FullLoadSettings/TargetTablePrepMode", "\"TRUNCATE_BEFORE_LOAD\"");
}

static void sixteen_tables_are_loaded_at_a_time_in_batches_of_50000_rows(void **state)
{
    assert_setting(*state, "FullLoadSettings/MaxFullLoadSubTasks", "16");
    assert_setting(*state, "FullLoadSettings/CommitRate", "50000");
}

static void dms_compares_each_row_that_it_has_moved(void **state)
{
    assert_setting(*state, "ValidationSettings/EnableValidation", "true");
    assert_setting(*state, "ValidationSettings/ValidationMode", "\"ROW_LEVEL\"");
    assert_setting(*state, "ValidationSettings/ThreadCount", "8");
}

static void no_value_is_cut(void **state)
{
    assert_setting(*state, "TargetMetadata/FullLobMode", "true");
    assert_setting(*state, "TargetMetadata/LimitedSizeLobMode", "false");
}

static void every_task_is_logged(void **state)
{
    assert_setting(*state, "Logging/EnableLogging", "true");
}

BLUEPRINT_TESTS(
    BLUEPRINT, cmocka_unit_test(the_replication_instance_stands_by_in_a_second_zone),
    cmocka_unit_test(dms_is_made_after_the_roles_that_it_looks_for),
    cmocka_unit_test(its_class_and_storage_are_parameters),
    cmocka_unit_test(the_replication_instance_is_private),
    cmocka_unit_test(its_storage_is_encrypted_with_the_key),
    cmocka_unit_test(the_service_roles_are_those_that_dms_looks_for_and_made_on_request),
    cmocka_unit_test(both_endpoints_are_what_the_parameters_and_the_secrets_say),
    cmocka_unit_test(the_way_back_has_the_same_endpoints_turned_round),
    cmocka_unit_test(foreign_keys_do_not_stop_the_load),
    cmocka_unit_test(each_endpoint_reads_its_own_secret_and_no_other),
    cmocka_unit_test(one_task_loads_everything_and_then_follows_the_changes),
    cmocka_unit_test(a_second_task_follows_changes_alone),
    cmocka_unit_test(the_two_tasks_have_no_table_in_common),
    cmocka_unit_test(tables_are_included_and_excluded_by_patterns_that_mean_what_they_say),
    cmocka_unit_test(the_database_gets_the_name_of_the_target),
    cmocka_unit_test(one_way_back_brings_all_tables_under_their_old_name),
    cmocka_unit_test(tables_are_emptied_before_the_load_and_keep_their_indexes),
    cmocka_unit_test(sixteen_tables_are_loaded_at_a_time_in_batches_of_50000_rows),
    cmocka_unit_test(dms_compares_each_row_that_it_has_moved), cmocka_unit_test(no_value_is_cut),
    cmocka_unit_test(every_task_is_logged))
