/* templates/aurora-mysql-dns-cutover.yaml: the network, the source and the cluster. */
#include "blueprint.h"

static void a_network_of_its_own_has_private_subnets_in_two_zones(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::VPC"), 1);
    assert_each(t, "AWS::EC2::Subnet", 2, "MapPublicIpOnLaunch", "false");
    assert_property(t, "NetworkPrivateSubnet1", "AvailabilityZone",
                    "{\"Fn::Select\":[0,{\"Fn::GetAZs\":\"\"}]}");
    assert_property(t, "NetworkPrivateSubnet2", "AvailabilityZone",
                    "{\"Fn::Select\":[1,{\"Fn::GetAZs\":\"\"}]}");
}

static void nothing_leads_to_the_internet(void **state)
{
    static const char *const types[] = {"AWS::EC2::InternetGateway", "AWS::EC2::NatGateway",
                                        "AWS::EC2::Route"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_int_equal(count_of(*state, types[i]), 0);
    assert_each(*state, "AWS::RDS::DBInstance", 3, "PubliclyAccessible", "false");
}

#define SUBNETS "[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "]"

static void both_databases_stand_in_the_private_subnets(void **state)
{
    assert_each(*state, "AWS::RDS::DBSubnetGroup", 2, "SubnetIds", SUBNETS);
}

/* ---- the source ---- */

static void the_source_is_an_rds_mysql_of_a_version_that_is_chosen(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "SourceDatabase", {"Engine", "\"mysql\""},
                      {"EngineVersion", REF("SourceEngineVersion")},
                      {"DBInstanceClass", REF("SourceInstanceClass")},
                      {"DBName", REF("DatabaseName")}, {"DBClusterIdentifier", NULL});
    assert_at(t, "Parameters/SourceEngineVersion/Default", "\"8.0.42\"");
}

/* Both MySQL 5.7 and 8.0 are past their standard support; a version outside of the family of the
 * parameter group is refused before anything is made. */
static void extended_support_is_meant_and_the_version_keeps_to_its_family(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "SourceDatabase", "EngineLifecycleSupport",
                    "\"open-source-rds-extended-support\"");
    assert_property(t, "SourceDatabaseParameterGroup", "Family", "\"mysql8.0\"");
    assert_at(t, "Parameters/SourceEngineVersion/AllowedPattern", "\"^8\\\\.0\\\\.4[0-9]$\"");
}

/* RDS writes no binary log without backups, and DMS reads nothing else. */
static void the_source_logs_whole_rows(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "SourceDatabaseParameterGroup", {"Parameters/binlog_format", "\"ROW\""},
                      {"Parameters/binlog_row_image", "\"full\""});
    assert_property(t, "SourceDatabase", "BackupRetentionPeriod", "7");
    assert_property(t, "SourceDatabase", "DBParameterGroupName",
                    REF("SourceDatabaseParameterGroup"));
}

static void the_logs_of_the_source_have_room_to_grow(void **state)
{
    ASSERT_PROPERTIES(*state, "SourceDatabase", {"AllocatedStorage", "\"100\""},
                      {"MaxAllocatedStorage", "500"}, {"StorageType", "\"gp3\""});
}

static void the_source_survives_the_loss_of_a_zone(void **state)
{
    assert_property(*state, "SourceDatabase", "MultiAZ", "true");
}

/* ---- the cluster ---- */

static void the_target_is_aurora_mysql_8_0(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AuroraCluster", {"Engine", "\"aurora-mysql\""},
                      {"EngineVersion", "\"8.0.mysql_aurora.3.10.4\""},
                      {"BackupRetentionPeriod", "7"});
    assert_property(t, "AuroraClusterParameterGroup", "Family", "\"aurora-mysql8.0\"");
}

static void writer_and_reader_have_classes_of_their_own(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterWriter", "DBInstanceClass", REF("WriterInstanceClass"));
    assert_property(t, "AuroraClusterReader1", "DBInstanceClass", REF("ReaderInstanceClass"));
    assert_true(waits_for(t, "AuroraClusterReader1", "AuroraClusterWriter"));
}

static void writer_and_reader_have_parameter_groups_of_their_own(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterWriter", "DBParameterGroupName",
                    REF("AuroraClusterInstanceParameterGroup"));
    assert_property(t, "AuroraClusterReader1", "DBParameterGroupName",
                    REF("AuroraClusterReaderParameterGroup"));
    assert_property(t, "AuroraClusterInstanceParameterGroup", "Parameters/long_query_time",
                    "\"2\"");
    ASSERT_PROPERTIES(t, "AuroraClusterReaderParameterGroup",
                      {"Parameters/long_query_time", "\"10\""},
                      {"Parameters/group_concat_max_len", "\"1048576\""});
}

static void writer_and_reader_stand_in_two_zones(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterWriter", "AvailabilityZone",
                    "{\"Fn::Select\":[0,{\"Fn::GetAZs\":\"\"}]}");
    assert_property(t, "AuroraClusterReader1", "AvailabilityZone",
                    "{\"Fn::Select\":[1,{\"Fn::GetAZs\":\"\"}]}");
}

/* What the application sees does not change with the cutover. */
static void the_parameters_of_target_and_source_match(void **state)
{
    static const char *const of_the_cluster[] = {"character_set_server", "collation_server",
                                                 "time_zone"};
    static const char *const of_instances[] = {"max_allowed_packet",
                                               "log_bin_trust_function_creators"};
    stack_fixture *t = *state;
    char path[100];
    ASSERT_PROPERTIES(t, "SourceDatabaseParameterGroup",
                      {"Parameters/character_set_server", "\"utf8mb4\""},
                      {"Parameters/max_allowed_packet", "\"67108864\""},
                      {"Parameters/log_bin_trust_function_creators", "\"1\""});
    assert_property(t, "SourceDatabase", "DBName", REF("DatabaseName"));
    assert_property(t, "AuroraCluster", "DatabaseName", REF("DatabaseName"));
    for (size_t i = 0; i < sizeof of_the_cluster / sizeof *of_the_cluster; i++) {
        snprintf(path, sizeof path, "Parameters/%s", of_the_cluster[i]);
        assert_true(cfn_node_equal(property(t, "SourceDatabaseParameterGroup", path),
                                   property(t, "AuroraClusterParameterGroup", path)));
    }
    for (size_t i = 0; i < sizeof of_instances / sizeof *of_instances; i++) {
        snprintf(path, sizeof path, "Parameters/%s", of_instances[i]);
        assert_true(cfn_node_equal(property(t, "SourceDatabaseParameterGroup", path),
                                   property(t, "AuroraClusterInstanceParameterGroup", path)));
    }
}

static void both_databases_write_and_export_their_logs(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "SourceDatabase", "EnableCloudwatchLogsExports",
                    "[\"error\",\"slowquery\"]");
    assert_property(t, "AuroraCluster", "EnableCloudwatchLogsExports",
                    "[\"audit\",\"error\",\"slowquery\"]");
    assert_true(waits_for(t, "SourceDatabase", "SourceDatabaseSlowqueryLogGroup"));
    assert_true(waits_for(t, "AuroraCluster", "AuroraClusterAuditLogGroup"));
    assert_each(t, "AWS::RDS::DBInstance", 3, "EnablePerformanceInsights", "true");
    assert_each(t, "AWS::RDS::DBInstance", 3, "MonitoringInterval", "60");
}

BLUEPRINT_TESTS("templates/aurora-mysql-dns-cutover.yaml",
                cmocka_unit_test(a_network_of_its_own_has_private_subnets_in_two_zones),
                cmocka_unit_test(nothing_leads_to_the_internet),
                cmocka_unit_test(both_databases_stand_in_the_private_subnets),
                cmocka_unit_test(the_source_is_an_rds_mysql_of_a_version_that_is_chosen),
                cmocka_unit_test(extended_support_is_meant_and_the_version_keeps_to_its_family),
                cmocka_unit_test(the_source_logs_whole_rows),
                cmocka_unit_test(the_logs_of_the_source_have_room_to_grow),
                cmocka_unit_test(the_source_survives_the_loss_of_a_zone),
                cmocka_unit_test(the_target_is_aurora_mysql_8_0),
                cmocka_unit_test(writer_and_reader_have_classes_of_their_own),
                cmocka_unit_test(writer_and_reader_have_parameter_groups_of_their_own),
                cmocka_unit_test(writer_and_reader_stand_in_two_zones),
                cmocka_unit_test(the_parameters_of_target_and_source_match),
                cmocka_unit_test(both_databases_write_and_export_their_logs))
