/* templates/onprem-postgresql-to-aurora.yaml: the cluster, the keys, and the bucket for files. */
#include "blueprint.h"

#define KEY ATT("DatabaseKey", "Arn")

/* ---- the cluster ---- */

static void the_cluster_is_aurora_postgresql_in_support(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::RDS::DBCluster"), 1);
    ASSERT_PROPERTIES(t, "AuroraCluster", {"Engine", "\"aurora-postgresql\""},
                      {"EngineVersion", "\"16.11\""}, {"Port", "5432"},
                      {"DatabaseName", REF("DatabaseName")});
}

static void two_instances_of_db_r6g_xlarge_stand_in_two_zones(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 2, "DBInstanceClass", REF("InstanceClass"));
    assert_at(t, "Parameters/InstanceClass/Default", "\"db.r6g.xlarge\"");
    assert_property(t, "AuroraClusterWriter", "AvailabilityZone/Fn::Select/0", "0");
    assert_property(t, "AuroraClusterReader1", "AvailabilityZone/Fn::Select/0", "1");
    assert_true(waits_for(t, "AuroraClusterReader1", "AuroraClusterWriter"));
}

/* Aurora has three whatever is said, and a list of them replaces the cluster. */
static void the_cluster_names_no_zones(void **state)
{
    assert_no_property(*state, "AuroraCluster", "AvailabilityZones");
}

static void cluster_and_instances_have_parameter_groups_of_their_version(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterParameterGroup", "Family", "\"aurora-postgresql16\"");
    assert_property(t, "AuroraClusterInstanceParameterGroup", "Family", "\"aurora-postgresql16\"");
    assert_property(t, "AuroraCluster", "DBClusterParameterGroupName",
                    REF("AuroraClusterParameterGroup"));
    assert_each(t, "AWS::RDS::DBInstance", 2, "DBParameterGroupName",
                REF("AuroraClusterInstanceParameterGroup"));
}

static void statements_are_counted_and_hinted(void **state)
{
    assert_property(*state, "AuroraClusterParameterGroup", "Parameters/shared_preload_libraries",
                    "\"pg_stat_statements,pg_hint_plan\"");
}

static void slow_statements_and_connections_are_logged_and_no_data(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "AuroraClusterInstanceParameterGroup", {"Parameters/log_statement", "\"ddl\""},
        {"Parameters/log_min_duration_statement", "\"1000\""},
        {"Parameters/log_connections", "\"1\""}, {"Parameters/log_disconnections", "\"1\""});
    assert_property(t, "AuroraCluster", "EnableCloudwatchLogsExports", "[\"postgresql\"]");
    assert_property(t, "AuroraClusterPostgresqlLogGroup", "RetentionInDays", "30");
}

static void the_cluster_takes_no_connection_without_tls(void **state)
{
    assert_property(*state, "AuroraClusterParameterGroup", "Parameters/rds.force_ssl", "\"1\"");
}

static void backups_are_kept_for_thirty_days(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AuroraCluster", {"BackupRetentionPeriod", "30"},
                      {"PreferredBackupWindow", "\"03:00-04:00\""},
                      {"PreferredMaintenanceWindow", "\"sun:04:00-sun:05:00\""});
}

static void the_operating_system_is_watched_each_minute(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 2, "MonitoringInterval", "60");
    assert_each(t, "AWS::RDS::DBInstance", 2, "MonitoringRoleArn",
                ATT("AuroraClusterMonitoringRole", "Arn"));
}

static void performance_insights_are_on_and_encrypted(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 2, "EnablePerformanceInsights", "true");
    assert_each(t, "AWS::RDS::DBInstance", 2, "PerformanceInsightsKMSKeyId", KEY);
}

static void the_master_password_is_made_and_rotated_by_rds(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AuroraCluster", {"ManageMasterUserPassword", "true"},
                      {"MasterUsername", "\"postgres\""}, {"MasterUserSecret/KmsKeyId", KEY},
                      {"MasterUserPassword", NULL});
}

static void the_cluster_goes_with_the_stack(void **state)
{
    stack_fixture *t = *state;
    assert_attribute(t, "AuroraCluster", "DeletionPolicy", "\"Delete\"");
    assert_property(t, "AuroraCluster", "DeletionProtection", "false");
}

/* ---- keys ---- */

static void there_are_two_keys_and_both_are_rotated(void **state)
{
    assert_each(*state, "AWS::KMS::Key", 2, "EnableKeyRotation", "true");
}

static void whatever_can_be_encrypted_at_rest_is(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AuroraCluster", {"StorageEncrypted", "true"}, {"KmsKeyId", KEY});
    assert_each(t, "AWS::DMS::Endpoint", 4, "KmsKeyId", KEY);
    assert_each(t, "AWS::Logs::LogGroup", 4, "KmsKeyId", KEY);
    assert_property(t, "Replication", "KmsKeyId", KEY);
    assert_property(t, "Topic", "KmsMasterKeyId", KEY);
    assert_property(t, "Validator", "KmsKeyArn", KEY);
}

/* ---- files ---- */

#define RULE "LifecycleConfiguration/Rules/0/"

static void the_bucket_for_files_is_named_for_account_and_region(void **state)
{
    assert_property(*state, "Files", "BucketName",
                    SUB("files-prod-pr42-${AWS::AccountId}-${AWS::Region}"));
}

static void versions_of_files_are_kept(void **state)
{
    assert_property(*state, "Files", "VersioningConfiguration/Status", "\"Enabled\"");
}

static void files_are_encrypted_with_a_key_of_their_own(void **state)
{
    stack_fixture *t = *state;
#define DEFAULT "BucketEncryption/ServerSideEncryptionConfiguration/0/"
    ASSERT_PROPERTIES(
        t, "Files", {DEFAULT "BucketKeyEnabled", "true"},
        {DEFAULT "ServerSideEncryptionByDefault/SSEAlgorithm", "\"aws:kms\""},
        {DEFAULT "ServerSideEncryptionByDefault/KMSMasterKeyID", ATT("FilesKey", "Arn")});
}

static void no_file_is_public_or_travels_without_tls(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "Files", {"PublicAccessBlockConfiguration/BlockPublicAcls", "true"},
                      {"PublicAccessBlockConfiguration/BlockPublicPolicy", "true"},
                      {"PublicAccessBlockConfiguration/IgnorePublicAcls", "true"},
                      {"PublicAccessBlockConfiguration/RestrictPublicBuckets", "true"});
    ASSERT_PROPERTIES(
        t, "FilesPolicy", {"PolicyDocument/Statement/0/Effect", "\"Deny\""},
        {"PolicyDocument/Statement/0/Condition", "{\"Bool\":{\"aws:SecureTransport\":\"false\"}}"});
}

static void files_grow_cheaper_after_90_and_180_days(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "Files", {RULE "Status", "\"Enabled\""},
                      {RULE "Transitions",
                       "[{\"StorageClass\":\"STANDARD_IA\",\"TransitionInDays\":90},"
                       "{\"StorageClass\":\"GLACIER\",\"TransitionInDays\":180}]"});
}

static void old_versions_grow_cheaper_after_90_days_and_go_after_365(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "Files",
                      {RULE "NoncurrentVersionTransitions",
                       "[{\"StorageClass\":\"STANDARD_IA\",\"TransitionInDays\":90}]"},
                      {RULE "NoncurrentVersionExpiration/NoncurrentDays", "365"},
                      {RULE "ExpirationInDays", NULL});
}

static void the_files_and_their_key_outlive_the_stack(void **state)
{
    stack_fixture *t = *state;
    assert_attribute(t, "Files", "DeletionPolicy", "\"Retain\"");
    assert_attribute(t, "FilesKey", "DeletionPolicy", "\"Retain\"");
}

BLUEPRINT_TESTS("templates/onprem-postgresql-to-aurora.yaml",
                cmocka_unit_test(the_cluster_is_aurora_postgresql_in_support),
                cmocka_unit_test(two_instances_of_db_r6g_xlarge_stand_in_two_zones),
                cmocka_unit_test(the_cluster_names_no_zones),
                cmocka_unit_test(cluster_and_instances_have_parameter_groups_of_their_version),
                cmocka_unit_test(statements_are_counted_and_hinted),
                cmocka_unit_test(slow_statements_and_connections_are_logged_and_no_data),
                cmocka_unit_test(the_cluster_takes_no_connection_without_tls),
                cmocka_unit_test(backups_are_kept_for_thirty_days),
                cmocka_unit_test(the_operating_system_is_watched_each_minute),
                cmocka_unit_test(performance_insights_are_on_and_encrypted),
                cmocka_unit_test(the_master_password_is_made_and_rotated_by_rds),
                cmocka_unit_test(the_cluster_goes_with_the_stack),
                cmocka_unit_test(there_are_two_keys_and_both_are_rotated),
                cmocka_unit_test(whatever_can_be_encrypted_at_rest_is),
                cmocka_unit_test(the_bucket_for_files_is_named_for_account_and_region),
                cmocka_unit_test(versions_of_files_are_kept),
                cmocka_unit_test(files_are_encrypted_with_a_key_of_their_own),
                cmocka_unit_test(no_file_is_public_or_travels_without_tls),
                cmocka_unit_test(files_grow_cheaper_after_90_and_180_days),
                cmocka_unit_test(old_versions_grow_cheaper_after_90_days_and_go_after_365),
                cmocka_unit_test(the_files_and_their_key_outlive_the_stack))
