/* What is to be known of AWS's services before a change is deployed. */
#include "access_support.h"

#define ONE(type, properties) "Resources: {A: {Type: '" type "', Properties: {" properties "}}}\n"

/* A resource of a type, with these properties before and after. */
static void change(diff_fixture *t, const char *type, const char *old, const char *new)
{
    static const char form[] = "Resources: {A: {Type: '%s', Properties: {%s}}}\n";
    compare(t, cfn__format(t->f.arena, form, type, old), cfn__format(t->f.arena, form, type, new));
}

/* ---- settings ---- */

static void older_backups_are_lost_when_they_are_kept_for_less(void **state)
{
    change(*state, "AWS::RDS::DBCluster", "BackupRetentionPeriod: 14", "BackupRetentionPeriod: 7");
    assert_advice(*state,
                  "CFN6039 A BackupRetentionPeriod: BackupRetentionPeriod of A goes from 14 "
                  "to 7: backups that are older are deleted");
    change(*state, "AWS::RDS::DBCluster", "BackupRetentionPeriod: 7", "BackupRetentionPeriod: 14");
    assert_advice(*state, "");
}

static void backups_that_end_take_the_binary_log_along(void **state)
{
    change(*state, "AWS::RDS::DBInstance", "BackupRetentionPeriod: 7", "BackupRetentionPeriod: 0");
    assert_advice(
        *state, "CFN6039 A BackupRetentionPeriod: BackupRetentionPeriod of A goes from 7 to 0: all "
                "automated backups are deleted, and with them goes the binary log that DMS reads");
}

static void a_setting_that_is_left_out_is_what_the_service_takes(void **state)
{
    change(*state, "AWS::RDS::DBCluster", "BackupRetentionPeriod: 7", "Engine: aurora-mysql");
    assert_advice(*state,
                  "CFN6039 A BackupRetentionPeriod: BackupRetentionPeriod of A goes from 7 to "
                  "1: backups that are older are deleted");
}

static void a_setting_is_followed_to_its_parameter(void **state)
{
    static const char form[] = "Parameters: {Days: {Type: Number, Default: %d}}\n" ONE(
        "AWS::RDS::DBCluster", "BackupRetentionPeriod: !Ref Days");
    diff_fixture *t = *state;
    compare(t, cfn__format(t->f.arena, form, 9), cfn__format(t->f.arena, form, 3));
    assert_advice(t,
                  "CFN6039 A BackupRetentionPeriod: BackupRetentionPeriod of A goes from 9 to 3: "
                  "backups that are older are deleted");
}

static void what_is_known_only_later_is_not_told(void **state)
{
    static const char form[] = "Parameters: {Days: {Type: Number}}\n" ONE(
        "AWS::RDS::DBCluster", "BackupRetentionPeriod: %s");
    diff_fixture *t = *state;
    compare(t, cfn__format(t->f.arena, form, "7"), cfn__format(t->f.arena, form, "!Ref Days"));
    assert_advice(t, "");
}

#define EMPTY_ONE                                                                                  \
    "encryption is decided when it is made, so that a new and empty one replaces it; to keep the " \
    "data, restore it from a snapshot that was copied with the new key (SnapshotIdentifier)"

static void encryption_that_changes_replaces_a_database(void **state)
{
    change(*state, "AWS::RDS::DBCluster", "StorageEncrypted: false", "StorageEncrypted: true");
    assert_advice(*state, "CFN6040 A StorageEncrypted: StorageEncrypted of A goes from false to "
                          "true: " EMPTY_ONE);
    change(*state, "AWS::RDS::DBCluster", "KmsKeyId: !ImportValue a", "KmsKeyId: !ImportValue b");
    assert_advice(*state, "CFN6040 A KmsKeyId: KmsKeyId of A changes: " EMPTY_ONE);
}

static void what_becomes_public_is_told(void **state)
{
    change(*state, "AWS::RDS::DBInstance", "PubliclyAccessible: false",
           "PubliclyAccessible: 'true'");
    assert_advice(*state,
                  "CFN6042 A PubliclyAccessible: PubliclyAccessible of A goes from false to "
                  "true: it gets an address that the internet can reach, as far as its "
                  "security groups let it");
    change(*state, "AWS::DMS::ReplicationInstance", "PubliclyAccessible: false", "");
    assert_advice(*state,
                  "CFN6042 A PubliclyAccessible: PubliclyAccessible of A goes from false to "
                  "true: it gets an address that the internet can reach, as far as its "
                  "security groups let it");
}

static void logs_that_are_kept_for_less_are_lost(void **state)
{
    change(*state, "AWS::Logs::LogGroup", "LogGroupName: a", "LogGroupName: a, RetentionInDays: 7");
    assert_advice(*state, "CFN6043 A RetentionInDays: RetentionInDays of A goes from forever to 7: "
                          "what is older is deleted");
    change(*state, "AWS::Logs::LogGroup", "RetentionInDays: 7", "LogGroupName: a");
    assert_advice(*state, "");
}

static void a_standby_that_goes_is_told(void **state)
{
    change(*state, "AWS::RDS::DBInstance", "MultiAZ: true", "MultiAZ: false");
    assert_advice(*state,
                  "CFN6044 A MultiAZ: MultiAZ of A goes from true to false: no standby takes "
                  "over when its zone fails");
}

static void rotation_that_goes_is_told(void **state)
{
    change(*state, "AWS::SecretsManager::RotationSchedule",
           "SecretId: s, RotationRules: {AutomaticallyAfterDays: 30}", "SecretId: s");
    assert_advice(*state, "CFN6045 A RotationRules: RotationRules of A goes: nothing rotates the "
                          "secret any more");
    compare(*state, ONE("AWS::SecretsManager::RotationSchedule", "SecretId: s"), "Resources: {}\n");
    assert_advice(*state, "CFN6045 A : A is removed: nothing rotates the secret any more; its last "
                          "password stays");
}

static void rotation_goes_with_its_secret(void **state)
{
    compare(*state,
            "Resources:\n"
            "  S: {Type: AWS::SecretsManager::Secret}\n"
            "  A: {Type: AWS::SecretsManager::RotationSchedule, Properties: {SecretId: !Ref S}}\n",
            "Resources: {}\n");
    assert_advice(*state, "");
}

static void an_alarm_that_tells_nobody_is_told(void **state)
{
    change(*state, "AWS::CloudWatch::Alarm", "ActionsEnabled: true", "ActionsEnabled: false");
    assert_advice(*state, "CFN6046 A ActionsEnabled: ActionsEnabled of A goes from true to false: "
                          "nobody is told any more of what it watches");
    change(*state, "AWS::CloudWatch::Alarm", "AlarmActions: [a]", "AlarmActions: []");
    assert_advice(*state, "CFN6046 A AlarmActions: AlarmActions of A goes: nobody is told any more "
                          "of what it watches");
    compare(*state, ONE("AWS::CloudWatch::Alarm", "MetricName: m"), "Resources: {}\n");
    assert_advice(*state, "CFN6046 A : A is removed: nobody is told any more of what it watches");
}

static void a_rule_of_events_that_is_disabled_is_told(void **state)
{
    change(*state, "AWS::Events::Rule", "Name: a", "Name: a, State: DISABLED");
    assert_advice(*state,
                  "CFN6046 A State: State of A goes from ENABLED to DISABLED: its targets do "
                  "not hear of these events any more");
}

static void another_class_is_an_outage(void **state)
{
    change(*state, "AWS::DMS::ReplicationInstance", "ReplicationInstanceClass: dms.t3.medium",
           "ReplicationInstanceClass: dms.r5.large");
    assert_advice(*state,
                  "CFN6033 A ReplicationInstanceClass: ReplicationInstanceClass of A goes from "
                  "dms.t3.medium to dms.r5.large: the instance is restarted and its tasks pause; "
                  "with MultiAZ only for a failover");
}

static void another_group_of_parameters_needs_a_reboot(void **state)
{
    change(*state, "AWS::RDS::DBInstance", "DBParameterGroupName: a", "DBParameterGroupName: b");
    assert_advice(*state,
                  "CFN6034 A DBParameterGroupName: DBParameterGroupName of A goes from a to b: the "
                  "parameters of another group count after a reboot, which CloudFormation does "
                  "not do");
}

/* ---- migrations ---- */

static void a_task_is_stopped_before_it_is_changed(void **state)
{
    change(*state, "AWS::DMS::ReplicationTask", "TableMappings: '{}'",
           "TableMappings: '{\"rules\":[]}'");
    assert_advice(*state, "CFN6031 A : DMS changes no task that runs: stop A before this is "
                          "deployed, and resume it after");
}

static void a_task_is_stopped_before_it_is_deleted(void **state)
{
    compare(*state, ONE("AWS::DMS::ReplicationTask", "TableMappings: '{}'"), "Resources: {}\n");
    assert_advice(*state,
                  "CFN6031 A : DMS deletes no task that runs: stop A before this is deployed");
}

static void a_task_that_is_replaced_loads_again(void **state)
{
    change(*state, "AWS::DMS::ReplicationTask", "SourceEndpointArn: a", "SourceEndpointArn: b");
    assert_advice(*state,
                  "CFN6031 A : DMS deletes no task that runs: stop A before this is deployed; the "
                  "new one knows nothing of what was migrated, and has to load it again");
}

static void tags_of_a_task_change_while_it_runs(void **state)
{
    change(*state, "AWS::DMS::ReplicationTask", "Tags: [{Key: a, Value: b}]",
           "Tags: [{Key: a, Value: c}]");
    assert_advice(*state, "");
}

static void tasks_of_a_changed_endpoint_are_started_again(void **state)
{
    static const char form[] =
        "Resources:\n"
        "  Source: {Type: AWS::DMS::Endpoint, Properties: {ServerName: %s}}\n"
        "  One: {Type: AWS::DMS::ReplicationTask, Properties: {SourceEndpointArn: !Ref Source}}\n"
        "  Two: {Type: AWS::DMS::ReplicationTask, Properties: {TargetEndpointArn: !Ref Source}}\n";
    diff_fixture *t = *state;
    compare(t, cfn__format(t->f.arena, form, "a"), cfn__format(t->f.arena, form, "b"));
    assert_advice(t,
                  "CFN6032 Source : tasks keep the connections they have: test the connection of "
                  "Source again, then stop and resume One, Two");
}

/* ---- versions ---- */

static void versions(diff_fixture *t, const char *type, const char *rest, const char *old,
                     const char *new)
{
    change(t, type, cfn__format(t->f.arena, "EngineVersion: '%s'%s", old, rest),
           cfn__format(t->f.arena, "EngineVersion: '%s'%s", new, rest));
}

static void a_minor_version_is_a_restart(void **state)
{
    versions(*state, "AWS::RDS::DBCluster", ", Engine: aurora-mysql", "8.0.mysql_aurora.3.09.0",
             "8.0.mysql_aurora.3.10.4");
    assert_advice(*state, "CFN6035 A EngineVersion: A goes from 8.0.mysql_aurora.3.09.0 to "
                          "8.0.mysql_aurora.3.10.4, a new minor version: it is restarted");
}

static void a_major_version_needs_a_snapshot(void **state)
{
    versions(*state, "AWS::RDS::DBCluster", ", Engine: aurora-mysql", "8.0.mysql_aurora.3.10.4",
             "8.4.mysql_aurora.8.4.7");
    assert_advice(*state,
                  "CFN6036 A EngineVersion: A goes from 8.0.mysql_aurora.3.10.4 to "
                  "8.4.mysql_aurora.8.4.7, a new major version: it is out of reach while it "
                  "is upgraded, and there is no way back but a snapshot; take one first");
}

static void a_major_version_of_postgresql_is_its_first_number(void **state)
{
    versions(*state, "AWS::RDS::DBCluster", ", Engine: aurora-postgresql", "16.4", "16.10");
    assert_advice(*state,
                  "CFN6035 A EngineVersion: A goes from 16.4 to 16.10, a new minor version: "
                  "it is restarted");
}

static void a_major_version_must_be_allowed(void **state)
{
    versions(*state, "AWS::DMS::ReplicationInstance", ", AllowMajorVersionUpgrade: false", "3.4.7",
             "3.5.4");
    assert_advice(*state,
                  "CFN6038 A AllowMajorVersionUpgrade: the step of A to 3.5.4 is refused without "
                  "AllowMajorVersionUpgrade: true\n"
                  "CFN6036 A EngineVersion: A goes from 3.4.7 to 3.5.4, a new major version: it is "
                  "out of reach while it is upgraded, and there is no way back but a snapshot; "
                  "take one first");
    versions(*state, "AWS::DMS::ReplicationInstance", ", AllowMajorVersionUpgrade: true", "3.4.7",
             "3.5.4");
    assert_advice(*state,
                  "CFN6036 A EngineVersion: A goes from 3.4.7 to 3.5.4, a new major version: it is "
                  "out of reach while it is upgraded, and there is no way back but a snapshot; "
                  "take one first");
}

static void an_older_version_is_refused(void **state)
{
    versions(*state, "AWS::RDS::DBInstance", ", Engine: mysql", "8.0.42", "8.0.40");
    assert_advice(*state,
                  "CFN6037 A EngineVersion: A would go back from 8.0.42 to 8.0.40, which is "
                  "refused: there is no downgrade; restore a snapshot that was taken "
                  "before");
}

static void a_version_that_is_told_in_part_is_no_step(void **state)
{
    versions(*state, "AWS::RDS::DBInstance", ", Engine: mysql", "8.0", "8.0.42");
    assert_advice(*state, "");
}

/* ---- parameters ---- */

static void parameters(diff_fixture *t, const char *family, const char *old, const char *new)
{
    static const char form[] =
        "Resources:\n"
        "  G: {Type: AWS::RDS::DBClusterParameterGroup, Properties: {Family: %s, Description: d, "
        "Parameters: {%s}}}\n"
        "  Db: {Type: AWS::RDS::DBCluster, Properties: {DBClusterParameterGroupName: !Ref G}}\n";
    compare(t, cfn__format(t->f.arena, form, family, old),
            cfn__format(t->f.arena, form, family, new));
}

static void a_static_parameter_needs_a_reboot(void **state)
{
    parameters(*state, "aurora-mysql8.0", "binlog_format: 'OFF', time_zone: UTC",
               "binlog_format: ROW, time_zone: Asia/Tokyo, performance_schema: 1");
    assert_advice(*state, "CFN6034 G Parameters: static parameters of G change (binlog_format, "
                          "performance_schema): they count after a reboot, which CloudFormation "
                          "does not do; reboot the instances of Db");
    parameters(*state, "aurora-postgresql16", "rds.logical_replication: 1", "log_statement: ddl");
    assert_advice(*state, "CFN6034 G Parameters: static parameters of G change "
                          "(rds.logical_replication): they count after a reboot, which "
                          "CloudFormation does not do; reboot the instances of Db");
}

static void a_dynamic_parameter_needs_none(void **state)
{
    parameters(*state, "aurora-mysql8.0", "time_zone: UTC", "time_zone: Asia/Tokyo");
    assert_advice(*state, "");
    parameters(*state, "mysql8.0", "binlog_format: MIXED", "binlog_format: ROW");
    assert_advice(*state, "");
}

static void letter_case_of_tables_is_decided_at_the_start(void **state)
{
    parameters(*state, "aurora-mysql8.0", "lower_case_table_names: 0", "lower_case_table_names: 1");
    assert_advice(*state, "CFN6041 G Parameters: G changes what is fixed when a database is made "
                          "(lower_case_table_names): Db has to be made anew");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DIFF_TEST(older_backups_are_lost_when_they_are_kept_for_less),
        DIFF_TEST(backups_that_end_take_the_binary_log_along),
        DIFF_TEST(a_setting_that_is_left_out_is_what_the_service_takes),
        DIFF_TEST(a_setting_is_followed_to_its_parameter),
        DIFF_TEST(what_is_known_only_later_is_not_told),
        DIFF_TEST(encryption_that_changes_replaces_a_database),
        DIFF_TEST(what_becomes_public_is_told),
        DIFF_TEST(logs_that_are_kept_for_less_are_lost),
        DIFF_TEST(a_standby_that_goes_is_told),
        DIFF_TEST(rotation_that_goes_is_told),
        DIFF_TEST(rotation_goes_with_its_secret),
        DIFF_TEST(an_alarm_that_tells_nobody_is_told),
        DIFF_TEST(a_rule_of_events_that_is_disabled_is_told),
        DIFF_TEST(another_class_is_an_outage),
        DIFF_TEST(another_group_of_parameters_needs_a_reboot),
        DIFF_TEST(a_task_is_stopped_before_it_is_changed),
        DIFF_TEST(a_task_is_stopped_before_it_is_deleted),
        DIFF_TEST(a_task_that_is_replaced_loads_again),
        DIFF_TEST(tags_of_a_task_change_while_it_runs),
        DIFF_TEST(tasks_of_a_changed_endpoint_are_started_again),
        DIFF_TEST(a_minor_version_is_a_restart),
        DIFF_TEST(a_major_version_needs_a_snapshot),
        DIFF_TEST(a_major_version_of_postgresql_is_its_first_number),
        DIFF_TEST(a_major_version_must_be_allowed),
        DIFF_TEST(an_older_version_is_refused),
        DIFF_TEST(a_version_that_is_told_in_part_is_no_step),
        DIFF_TEST(a_static_parameter_needs_a_reboot),
        DIFF_TEST(a_dynamic_parameter_needs_none),
        DIFF_TEST(letter_case_of_tables_is_decided_at_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
