/* templates/rds-mysql-to-aurora-mysql.yaml: DMS, its roles, endpoints and tasks, and the way back.
 */
#include "blueprint.h"

static void the_replication_instance_is_private(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::DMS::ReplicationInstance"), 1);
    ASSERT_PROPERTIES(t, "Replication", {"PubliclyAccessible", "false"},
                      {"ReplicationSubnetGroupIdentifier", REF("ReplicationSubnetGroup")},
                      {"VpcSecurityGroupIds", "[" ATT("MigrationSecurityGroup", "GroupId") "]"});
    assert_property(t, "ReplicationSubnetGroup", "SubnetIds", REF("ProductionSubnetIds"));
}

/* ---- roles ---- */

#define MANAGED(name) "[" SUB("arn:${AWS::Partition}:iam::aws:policy/service-role/" name) "]"

/* DMS looks for roles of these names and no others, so a suffix would make them useless. */
static void the_service_roles_have_the_names_that_dms_looks_for(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "ServiceRolesVpcRole", {"RoleName", "\"dms-vpc-role\""},
                      {"ManagedPolicyArns", MANAGED("AmazonDMSVPCManagementRole")});
    ASSERT_PROPERTIES(t, "ServiceRolesLogsRole", {"RoleName", "\"dms-cloudwatch-logs-role\""},
                      {"ManagedPolicyArns", MANAGED("AmazonDMSCloudWatchLogsRole")});
}

static void only_dms_assumes_the_service_roles(void **state)
{
    static const char *const trust = STATEMENTS(
        "{\"Sid\":\"Dms\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"dms.amazonaws.com\"},"
        "\"Action\":\"sts:AssumeRole\"}");
    assert_property(*state, "ServiceRolesVpcRole", "AssumeRolePolicyDocument", trust);
    assert_property(*state, "ServiceRolesLogsRole", "AssumeRolePolicyDocument", trust);
}

static void the_service_roles_are_made_once_per_account_on_request(void **state)
{
    stack_fixture *t = *state;
    assert_attribute(t, "ServiceRolesVpcRole", "Condition", "\"ServiceRolesCreate\"");
    assert_attribute(t, "ServiceRolesLogsRole", "Condition", "\"ServiceRolesCreate\"");
    assert_at(t, "Conditions/ServiceRolesCreate",
              "{\"Fn::Equals\":[" REF("ServiceRolesCreate") ",\"true\"]}");
    assert_at(t, "Parameters/ServiceRolesCreate/Default", "\"false\"");
}

/* DMS refuses a subnet group when the role is not there yet; DependsOn cannot name a conditional
 * resource without a warning, a tag can. */
static void the_subnet_group_waits_for_its_role(void **state)
{
    assert_property(*state, "ReplicationSubnetGroup", "Tags/2/Value",
                    "{\"Fn::If\":[\"ServiceRolesCreate\"," ATT("ServiceRolesVpcRole",
                                                               "Arn") ",\"dms-vpc-role\"]}");
}

static void assert_reads_one_secret(stack_fixture *t, const char *role, const char *secret)
{
    char statement[400];
    snprintf(statement, sizeof statement,
             "[{\"Sid\":\"ReadSecret\",\"Effect\":\"Allow\",\"Action\":["
             "\"secretsmanager:DescribeSecret\",\"secretsmanager:GetSecretValue\"],"
             "\"Resource\":{\"Ref\":\"%s\"}}]",
             secret);
    assert_property(t, role, "AssumeRolePolicyDocument/Statement",
                    "[{\"Sid\":\"Dms\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":" SUB(
                        "dms.${AWS::Region}.amazonaws.com") "},\"Action\":\"sts:AssumeRole\"}]");
    assert_property(t, role, "Policies/0/PolicyDocument/Statement", statement);
    assert_no_property(t, role, "Policies/1");
    assert_no_property(t, role, "ManagedPolicyArns");
}

static void each_endpoint_reads_its_own_secret_and_no_other(void **state)
{
    assert_reads_one_secret(*state, "SourceEndpointAccessRole", "SourceSecretArn");
    assert_reads_one_secret(*state, "TargetEndpointAccessRole", "TargetSecretArn");
}

/* ---- endpoints ---- */

static void assert_login(stack_fixture *t, const char *endpoint, const char *role,
                         const char *secret)
{
    char login[300];
    snprintf(login, sizeof login,
             "{\"SecretsManagerAccessRoleArn\":{\"Fn::GetAtt\":[\"%s\",\"Arn\"]},"
             "\"SecretsManagerSecretId\":{\"Ref\":\"%s\"}}",
             role, secret);
    /* A name of a database would send all tables of a MySQL endpoint there. */
    ASSERT_PROPERTIES(t, endpoint, {"MySqlSettings", login}, {"ServerName", NULL}, {"Port", NULL},
                      {"Username", NULL}, {"Password", NULL}, {"DatabaseName", NULL});
}

static void the_source_endpoint_is_the_development_database(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "SourceEndpoint", {"EndpointType", "\"source\""},
                      {"EngineName", "\"mysql\""}, {"ExtraConnectionAttributes", NULL});
    assert_login(t, "SourceEndpoint", "SourceEndpointAccessRole", "SourceSecretArn");
}

static void the_target_endpoint_is_the_production_cluster(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "TargetEndpoint", {"EndpointType", "\"target\""},
                      {"EngineName", "\"aurora\""});
    assert_login(t, "TargetEndpoint", "TargetEndpointAccessRole", "TargetSecretArn");
    ASSERT_PROPERTIES(t, "TargetSecretAttachment", {"SecretId", REF("TargetSecretArn")},
                      {"TargetId", REF("AuroraCluster")},
                      {"TargetType", "\"AWS::RDS::DBCluster\""});
    assert_true(waits_for(t, "TargetEndpoint", "TargetSecretAttachment"));
}

/* Tables are loaded in any order, so a row may come before the one that it refers to. */
static void foreign_keys_do_not_stop_the_load(void **state)
{
    static const char *const off = "\"Initstmt=SET FOREIGN_KEY_CHECKS=0;\"";
    assert_property(*state, "TargetEndpoint", "ExtraConnectionAttributes", off);
    assert_property(*state, "SourceEndpointReverse", "ExtraConnectionAttributes", off);
}

/* ---- tasks ---- */

static void the_task_loads_everything_and_then_follows_the_changes(void **state)
{
    ASSERT_PROPERTIES(*state, "MigrationTask", {"MigrationType", "\"full-load-and-cdc\""},
                      {"ReplicationInstanceArn", REF("Replication")},
                      {"SourceEndpointArn", REF("SourceEndpoint")},
                      {"TargetEndpointArn", REF("TargetEndpoint")}, {"CdcStartPosition", NULL},
                      {"CdcStartTime", NULL});
}

static void every_table_of_the_database_is_migrated(void **state)
{
    stack_fixture *t = *state;
    assert_json(&t->f, json_inside(t, "MigrationTask", "TableMappings"),
                "{\"rules\":[{\"rule-type\":\"selection\",\"rule-id\":\"1\",\"rule-name\":"
                "\"include-1\",\"object-locator\":{\"schema-name\":\"${DatabaseName}\","
                "\"table-name\":\"%\"},\"rule-action\":\"include\"}]}");
}

static const char *const tasks[] = {"MigrationTask", "MigrationTaskReverse"};
enum { TASKS = sizeof tasks / sizeof *tasks };

static void assert_setting(stack_fixture *t, const char *task, const char *path, const char *json)
{
    assert_json(&t->f, cfn_node_find(json_inside(t, task, "ReplicationTaskSettings"), path), json);
}

static void no_value_is_cut_and_no_table_is_dropped(void **state)
{
    for (size_t i = 0; i < TASKS; i++) {
        assert_setting(*state, tasks[i], "TargetMetadata/FullLobMode", "true");
        assert_setting(*state, tasks[i], "TargetMetadata/LimitedSizeLobMode", "false");
        assert_setting(*state, tasks[i], "FullLoadSettings/TargetTablePrepMode", "\"DO_NOTHING\"");
        assert_setting(*state, tasks[i], "ErrorBehavior/FailOnNoTablesCaptured", "true");
    }
}

static void dms_compares_each_row_that_it_has_moved(void **state)
{
    for (size_t i = 0; i < TASKS; i++)
        assert_setting(*state, tasks[i], "ValidationSettings/EnableValidation", "true");
}

static void the_tasks_are_logged_in_a_group_that_dms_finds(void **state)
{
    stack_fixture *t = *state;
    for (size_t i = 0; i < TASKS; i++)
        assert_setting(t, tasks[i], "Logging/EnableLogging", "true");
    assert_property(t, "Replication", "ReplicationInstanceIdentifier",
                    "\"" NAMED("replication") "\"");
    ASSERT_PROPERTIES(t, "ReplicationLogGroup",
                      {"LogGroupName", "\"dms-tasks-" NAMED("replication") "\""},
                      {"RetentionInDays", "30"});
}

/* Rolling back must not lose what was written to the cluster. */
static void a_second_task_brings_the_changes_back(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "MigrationTaskReverse", {"MigrationType", "\"cdc\""},
                      {"ReplicationInstanceArn", REF("Replication")},
                      {"SourceEndpointArn", REF("TargetEndpointReverse")},
                      {"TargetEndpointArn", REF("SourceEndpointReverse")});
    ASSERT_PROPERTIES(t, "TargetEndpointReverse", {"EndpointType", "\"source\""},
                      {"EngineName", "\"aurora\""});
    assert_login(t, "TargetEndpointReverse", "TargetEndpointAccessRole", "TargetSecretArn");
    ASSERT_PROPERTIES(t, "SourceEndpointReverse", {"EndpointType", "\"target\""},
                      {"EngineName", "\"mysql\""});
    assert_login(t, "SourceEndpointReverse", "SourceEndpointAccessRole", "SourceSecretArn");
    assert_property(t, "AuroraClusterParameterGroup", "Parameters/binlog_format", "\"ROW\"");
}

static void the_way_back_brings_the_same_tables(void **state)
{
    stack_fixture *t = *state;
    char *there = json_of(t, property(t, "MigrationTask", "TableMappings"));
    assert_property(t, "MigrationTaskReverse", "TableMappings", there);
    free(there);
}

BLUEPRINT_TESTS("templates/rds-mysql-to-aurora-mysql.yaml",
                cmocka_unit_test(the_replication_instance_is_private),
                cmocka_unit_test(the_service_roles_have_the_names_that_dms_looks_for),
                cmocka_unit_test(only_dms_assumes_the_service_roles),
                cmocka_unit_test(the_service_roles_are_made_once_per_account_on_request),
                cmocka_unit_test(the_subnet_group_waits_for_its_role),
                cmocka_unit_test(each_endpoint_reads_its_own_secret_and_no_other),
                cmocka_unit_test(the_source_endpoint_is_the_development_database),
                cmocka_unit_test(the_target_endpoint_is_the_production_cluster),
                cmocka_unit_test(foreign_keys_do_not_stop_the_load),
                cmocka_unit_test(the_task_loads_everything_and_then_follows_the_changes),
                cmocka_unit_test(every_table_of_the_database_is_migrated),
                cmocka_unit_test(no_value_is_cut_and_no_table_is_dropped),
                cmocka_unit_test(dms_compares_each_row_that_it_has_moved),
                cmocka_unit_test(the_tasks_are_logged_in_a_group_that_dms_finds),
                cmocka_unit_test(a_second_task_brings_the_changes_back),
                cmocka_unit_test(the_way_back_brings_the_same_tables))
