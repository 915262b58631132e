/* templates/rds-mysql-to-aurora-mysql.yaml: the production database. */
#include "blueprint.h"

static void the_cluster_is_aurora_mysql_8_0(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::RDS::DBCluster"), 1);
    ASSERT_PROPERTIES(t, "AuroraCluster", {"Engine", "\"aurora-mysql\""});
    const char *version = cfn_node_text(property(t, "AuroraCluster", "EngineVersion"));
    assert_memory_equal(version, "8.0.mysql_aurora.3.", 19);
    assert_property(t, "AuroraClusterParameterGroup", "Family", "\"aurora-mysql8.0\"");
    assert_property(t, "AuroraClusterInstanceParameterGroup", "Family", "\"aurora-mysql8.0\"");
}

static void the_cluster_stands_in_the_production_vpc(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AuroraCluster", {"DBSubnetGroupName", REF("AuroraClusterSubnetGroup")},
                      {"VpcSecurityGroupIds", "[" ATT("ProductionSecurityGroup", "GroupId") "]"});
    assert_property(t, "AuroraClusterSubnetGroup", "SubnetIds", REF("ProductionSubnetIds"));
    assert_property(t, "ProductionSecurityGroup", "VpcId", REF("ProductionVpcId"));
}

static void there_are_one_writer_and_one_reader(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 2, "DBClusterIdentifier", REF("AuroraCluster"));
    assert_each(t, "AWS::RDS::DBInstance", 2, "Engine", "\"aurora-mysql\"");
    assert_each(t, "AWS::RDS::DBInstance", 2, "DBInstanceClass", REF("InstanceClass"));
    /* The instance that is made first writes, and the lowest tier takes over. */
    assert_property(t, "AuroraClusterWriter", "PromotionTier", "0");
    assert_property(t, "AuroraClusterReader1", "PromotionTier", "1");
    assert_true(waits_for(t, "AuroraClusterReader1", "AuroraClusterWriter"));
}

static void writer_and_reader_stand_in_two_zones(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterWriter", "AvailabilityZone", PICK("ProductionZones", 0));
    assert_property(t, "AuroraClusterReader1", "AvailabilityZone", PICK("ProductionZones", 1));
    assert_at(t, "Parameters/ProductionZones/Type", "\"List<AWS::EC2::AvailabilityZone::Name>\"");
}

static void nobody_reaches_the_instances_from_the_internet(void **state)
{
    assert_each(*state, "AWS::RDS::DBInstance", 2, "PubliclyAccessible", "false");
}

static void backups_are_made_every_day_and_kept_for_seven(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AuroraCluster", {"BackupRetentionPeriod", "7"},
                      {"PreferredBackupWindow", "\"02:00-03:00\""}, {"CopyTagsToSnapshot", "true"});
}

/* What the source has is stated; DMS needs the rest: binary logs for the way back, and local_infile
 * for the full load. */
static void the_parameter_groups_match_the_source(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraCluster", "DBClusterParameterGroupName",
                    REF("AuroraClusterParameterGroup"));
    ASSERT_PROPERTIES(t, "AuroraClusterParameterGroup",
                      {"Parameters/character_set_server", "\"utf8mb4\""},
                      {"Parameters/collation_server", "\"utf8mb4_0900_ai_ci\""},
                      {"Parameters/time_zone", "\"UTC\""}, {"Parameters/binlog_format", "\"ROW\""});
    assert_each(t, "AWS::RDS::DBInstance", 2, "DBParameterGroupName",
                REF("AuroraClusterInstanceParameterGroup"));
    ASSERT_PROPERTIES(
        t, "AuroraClusterInstanceParameterGroup", {"Parameters/max_allowed_packet", "\"67108864\""},
        {"Parameters/log_bin_trust_function_creators", "\"1\""},
        {"Parameters/long_query_time", "\"2\""}, {"Parameters/local_infile", "\"1\""});
}

static void performance_insights_are_on_and_encrypted(void **state)
{
    stack_fixture *t = *state;
    const char *const key = ATT("MigrationKey", "Arn");
    ASSERT_PROPERTIES(t, "AuroraCluster", {"PerformanceInsightsEnabled", "true"},
                      {"PerformanceInsightsRetentionPeriod", "7"},
                      {"PerformanceInsightsKmsKeyId", key});
    assert_each(t, "AWS::RDS::DBInstance", 2, "EnablePerformanceInsights", "true");
    assert_each(t, "AWS::RDS::DBInstance", 2, "PerformanceInsightsKMSKeyId", key);
}

static void the_operating_system_is_watched_each_minute(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 2, "MonitoringInterval", "60");
    assert_each(t, "AWS::RDS::DBInstance", 2, "MonitoringRoleArn",
                ATT("AuroraClusterMonitoringRole", "Arn"));
}

/* An export whose log is switched off stays empty. */
static void the_cluster_writes_and_exports_its_logs(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraCluster", "EnableCloudwatchLogsExports",
                    "[\"audit\",\"error\",\"slowquery\"]");
    ASSERT_PROPERTIES(t, "AuroraClusterParameterGroup",
                      {"Parameters/server_audit_logging", "\"1\""},
                      {"Parameters/server_audit_events", "\"CONNECT,QUERY_DCL,QUERY_DDL\""});
    ASSERT_PROPERTIES(t, "AuroraClusterInstanceParameterGroup",
                      {"Parameters/slow_query_log", "\"1\""},
                      {"Parameters/log_output", "\"FILE\""});
}

/* RDS makes groups that keep everything for ever, when it finds none. */
static void the_log_groups_are_there_before_the_cluster(void **state)
{
    static const char *const logs[] = {"Audit", "Error", "Slowquery"};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        char id[64], name[96];
        snprintf(id, sizeof id, "AuroraCluster%sLogGroup", logs[i]);
        snprintf(name, sizeof name, "\"/aws/rds/cluster/" NAMED("aurora-cluster") "/%c%s\"",
                 logs[i][0] + ('a' - 'A'), logs[i] + 1);
        ASSERT_PROPERTIES(t, id, {"LogGroupName", name}, {"RetentionInDays", "30"});
        assert_true(waits_for(t, "AuroraCluster", id));
    }
}

BLUEPRINT_TESTS("templates/rds-mysql-to-aurora-mysql.yaml",
                cmocka_unit_test(the_cluster_is_aurora_mysql_8_0),
                cmocka_unit_test(the_cluster_stands_in_the_production_vpc),
                cmocka_unit_test(there_are_one_writer_and_one_reader),
                cmocka_unit_test(writer_and_reader_stand_in_two_zones),
                cmocka_unit_test(nobody_reaches_the_instances_from_the_internet),
                cmocka_unit_test(backups_are_made_every_day_and_kept_for_seven),
                cmocka_unit_test(the_parameter_groups_match_the_source),
                cmocka_unit_test(performance_insights_are_on_and_encrypted),
                cmocka_unit_test(the_operating_system_is_watched_each_minute),
                cmocka_unit_test(the_cluster_writes_and_exports_its_logs),
                cmocka_unit_test(the_log_groups_are_there_before_the_cluster))
