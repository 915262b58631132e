/* templates/onprem-postgresql-blue-green.yaml: the network, the cluster and its backups. */
#include "blueprint.h"

#define SUBNETS                                                                                    \
    "[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "," REF(                     \
        "NetworkPrivateSubnet3") "]"
#define ZONE(n) "{\"Fn::Select\":[" #n ",{\"Fn::GetAZs\":\"\"}]}"

/* ---- the network ---- */

static void the_vpc_has_private_subnets_in_three_zones(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::EC2::VPC"), 1);
    assert_each(t, "AWS::EC2::Subnet", 3, "MapPublicIpOnLaunch", "false");
    assert_property(t, "NetworkPrivateSubnet1", "AvailabilityZone", ZONE(0));
    assert_property(t, "NetworkPrivateSubnet2", "AvailabilityZone", ZONE(1));
    assert_property(t, "NetworkPrivateSubnet3", "AvailabilityZone", ZONE(2));
}

/* Public subnets would save a NAT gateway; endpoints save both. */
static void nothing_leads_to_the_internet_and_no_nat_is_paid_for(void **state)
{
    static const char *const types[] = {"AWS::EC2::InternetGateway", "AWS::EC2::NatGateway",
                                        "AWS::EC2::EIP", "AWS::EC2::Route"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_int_equal(count_of(*state, types[i]), 0);
    ASSERT_PROPERTIES(*state, "EndpointsSecretsManager", {"PrivateDnsEnabled", "true"},
                      {"ServiceName", SUB("com.amazonaws.${AWS::Region}.secretsmanager")},
                      {"SubnetIds", SUBNETS});
}

static void the_line_to_the_premises_ends_in_the_vpc(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "OnPremisesAttachment", {"VpcId", REF("Network")},
                      {"VpnGatewayId", REF("OnPremisesGateway")});
    ASSERT_PROPERTIES(t, "OnPremisesRoutes", {"VpnGatewayId", REF("OnPremisesGateway")},
                      {"RouteTableIds/0", REF("NetworkPrivateRouteTable1")},
                      {"RouteTableIds/1", REF("NetworkPrivateRouteTable2")},
                      {"RouteTableIds/2", REF("NetworkPrivateRouteTable3")});
    assert_attribute(t, "OnPremisesRoutes", "DependsOn", "\"OnPremisesAttachment\"");
}

static void what_goes_through_the_network_is_logged(void **state)
{
    ASSERT_PROPERTIES(*state, "NetworkFlowLog", {"ResourceId", REF("Network")},
                      {"TrafficType", "\"ALL\""});
}

/* ---- the cluster ---- */

static void the_cluster_is_aurora_postgresql(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::RDS::DBCluster"), 1);
    ASSERT_PROPERTIES(t, "MigrationAurora", {"Engine", "\"aurora-postgresql\""},
                      {"DatabaseName", REF("DatabaseName")}, {"Port", "5432"},
                      {"DBSubnetGroupName", REF("MigrationAuroraSubnetGroup")});
    assert_property(t, "MigrationAuroraSubnetGroup", "SubnetIds", SUBNETS);
    assert_property(t, "MigrationAuroraParameterGroup", "Family", "\"aurora-postgresql16\"");
}

static void there_are_one_writer_and_two_readers_in_three_zones(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 3, "DBClusterIdentifier", REF("MigrationAurora"));
    assert_each(t, "AWS::RDS::DBInstance", 3, "PubliclyAccessible", "false");
    assert_property(t, "MigrationAuroraWriter", "AvailabilityZone", ZONE(0));
    assert_property(t, "MigrationAuroraReader1", "AvailabilityZone", ZONE(1));
    assert_property(t, "MigrationAuroraReader2", "AvailabilityZone", ZONE(2));
    assert_true(waits_for(t, "MigrationAuroraReader1", "MigrationAuroraWriter"));
    assert_true(waits_for(t, "MigrationAuroraReader2", "MigrationAuroraWriter"));
}

static void its_capacity_follows_the_load_between_a_half_and_two_units(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 3, "DBInstanceClass", "\"db.serverless\"");
    assert_property(t, "MigrationAurora", "ServerlessV2ScalingConfiguration",
                    "{\"MaxCapacity\":2,\"MinCapacity\":0.5}");
}

/* The way back reads them. */
static void the_cluster_logs_its_changes(void **state)
{
    assert_property(*state, "MigrationAuroraParameterGroup", "Parameters/rds.logical_replication",
                    "\"1\"");
}

/* CloudFormation would take it, and RDS refuse it. */
static void backtrack_is_not_asked_of_postgresql(void **state)
{
    assert_no_property(*state, "MigrationAurora", "BacktrackWindow");
    assert_property(*state, "MigrationAurora", "BackupRetentionPeriod", "7");
}

static void performance_insights_and_logs_are_on(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::RDS::DBInstance", 3, "EnablePerformanceInsights", "true");
    assert_property(t, "MigrationAurora", "EnableCloudwatchLogsExports", "[\"postgresql\"]");
    assert_true(waits_for(t, "MigrationAurora", "MigrationAuroraPostgresqlLogGroup"));
}

/* ---- AWS Backup ---- */

static void aws_backup_keeps_a_backup_of_each_day_for_seven(void **state)
{
    ASSERT_PROPERTIES(*state, "Backups",
                      {"BackupPlan/BackupPlanRule/0/ScheduleExpression", "\"cron(30 6 * * ? *)\""},
                      {"BackupPlan/BackupPlanRule/0/Lifecycle", "{\"DeleteAfterDays\":7}"},
                      {"BackupPlan/BackupPlanRule/0/TargetBackupVault", REF("BackupsVault")},
                      {"BackupPlan/BackupPlanRule/1", NULL});
    assert_property(*state, "BackupsVault", "EncryptionKeyArn", ATT("MigrationKey", "Arn"));
    assert_property(*state, "BackupsRole", "ManagedPolicyArns/1",
                    SUB("arn:${AWS::Partition}:iam::aws:policy/service-role/"
                        "AWSBackupServiceRolePolicyForRestores"));
}

/* Of an instance of Aurora it makes none. */
static void the_whole_cluster_is_backed_up(void **state)
{
    ASSERT_PROPERTIES(*state, "BackupsSelection", {"BackupPlanId", REF("Backups")},
                      {"BackupSelection/Resources", "[" ATT("MigrationAurora", "DBClusterArn") "]"},
                      {"BackupSelection/IamRoleArn", ATT("BackupsRole", "Arn")});
}

static void a_backup_that_failed_is_told(void **state)
{
    ASSERT_PROPERTIES(*state, "BackupsFailures", {"EventPattern/source", "[\"aws.backup\"]"},
                      {"EventPattern/detail/state", "[\"ABORTED\",\"EXPIRED\",\"FAILED\"]"},
                      {"EventPattern/detail/backupVaultName", "[" REF("BackupsVault") "]"},
                      {"Targets/0/Arn", REF("MigrationNotifications")});
}

BLUEPRINT_TESTS("templates/onprem-postgresql-blue-green.yaml",
                cmocka_unit_test(the_vpc_has_private_subnets_in_three_zones),
                cmocka_unit_test(nothing_leads_to_the_internet_and_no_nat_is_paid_for),
                cmocka_unit_test(the_line_to_the_premises_ends_in_the_vpc),
                cmocka_unit_test(what_goes_through_the_network_is_logged),
                cmocka_unit_test(the_cluster_is_aurora_postgresql),
                cmocka_unit_test(there_are_one_writer_and_two_readers_in_three_zones),
                cmocka_unit_test(its_capacity_follows_the_load_between_a_half_and_two_units),
                cmocka_unit_test(the_cluster_logs_its_changes),
                cmocka_unit_test(backtrack_is_not_asked_of_postgresql),
                cmocka_unit_test(performance_insights_and_logs_are_on),
                cmocka_unit_test(aws_backup_keeps_a_backup_of_each_day_for_seven),
                cmocka_unit_test(the_whole_cluster_is_backed_up),
                cmocka_unit_test(a_backup_that_failed_is_told))
