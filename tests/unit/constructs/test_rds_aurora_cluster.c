/* Cfngen::RDS::AuroraCluster. */
#include "stack_support.h"

/* A cluster with these further properties, each on a line of its own from line 8. */
#define STACK(engine, more)                                                                        \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [eu-west-2a, "          \
    "eu-west-2b]}}\n"                                                                              \
    "  Db:\n    Type: Cfngen::RDS::AuroraCluster\n"                                                \
    "    Properties:\n"                                                                            \
    "      {Engine: " engine                                                                       \
    ", Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key,\n" more "}\n"
#define MYSQL(more)        STACK("aurora-mysql", more)
#define POSTGRESQL(more)   STACK("aurora-postgresql", more)
#define DB                 "Resources/Db/Properties/"
#define CLUSTER_PARAMETERS "Resources/DbParameterGroup/Properties/"

static void zones_that_are_not_known_are_noted(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678,\n   "
          "     SubnetIds: [subnet-12345678, subnet-12345679]}}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql,\n"
          "       Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: "
          "'arn:aws:kms:eu-west-2:111122223333:key/1', LogExports: []}}\n");
    assert_found(&t->f, "CFN4111 4:3");
    assert_nothing_at(t, "Resources/DbWriter/Properties/AvailabilityZone");
}

static void zones_are_a_parameter_where_the_subnets_are_one(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql,\n"
          "       Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key, "
          "Readers: "
          "2}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Parameters/NetAvailabilityZones/Type",
              "\"List<AWS::EC2::AvailabilityZone::Name>\"");
    assert_at(t, "Resources/DbReader1/Properties/AvailabilityZone",
              "{\"Fn::Select\":[1,{\"Ref\":\"NetAvailabilityZones\"}]}");
    assert_at(t, "Resources/DbReader2/Properties/AvailabilityZone",
              "{\"Fn::Select\":[0,{\"Ref\":\"NetAvailabilityZones\"}]}");
}

static void the_policy_of_a_key_that_exists_is_noted(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: "
             "[a, b]}}\n"
             "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql,\n"
             "       Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: "
             "'arn:aws:kms:eu-west-2:111122223333:key/1'}}\n");
    assert_found(&t->f, "CFN4202 4:73");
}

static void backtrack_needs_a_region_that_has_it(void **state)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.suffix = "s1", .region = "af-south-1"});
    synth(t, MYSQL("       BacktrackWindow: 60"));
    assert_found(&t->f, "CFN4101 8:25");
}

static void everything_is_encrypted_with_the_key(void **state)
{
    stack_fixture *t = *state;
    static const char *const places[] = {
        DB "KmsKeyId", DB "PerformanceInsightsKmsKeyId", DB "MasterUserSecret/KmsKeyId",
        "Resources/DbWriter/Properties/PerformanceInsightsKMSKeyId",
        "Resources/DbErrorLogGroup/Properties/KmsKeyId"};
    synth(t, MYSQL(""));
    assert_at(t, DB "StorageEncrypted", "true");
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        assert_at(t, places[i], "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
}

static void without_a_secret_rds_manages_the_password(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL(""));
    assert_at(t, DB "ManageMasterUserPassword", "true");
    assert_at(t, DB "MasterUsername", "\"admin\"");
    assert_nothing_at(t, DB "MasterUserPassword");
}

static void with_a_secret_the_password_is_a_dynamic_reference(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        MYSQL("MasterSecret: !Ref S, MasterUsername: root1") "  S: {Type: "
                                                             "'Cfngen::SecretsManager::Secret'}\n");
    assert_at(t, DB "MasterUserPassword",
              "{\"Fn::Sub\":\"{{resolve:secretsmanager:${SArn}:SecretString:password}}\"}");
    assert_at(t, DB "MasterUsername", "\"root1\"");
    assert_nothing_at(t, DB "ManageMasterUserPassword");
}

static void a_cluster_can_be_destroyed_unless_asked_otherwise(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL(""));
    assert_at(t, "Resources/Db/DeletionPolicy", "\"Delete\"");
    assert_at(t, "Resources/Db/UpdateReplacePolicy", "\"Delete\"");
    assert_at(t, DB "DeletionProtection", "false");
}

static void a_snapshot_is_taken_at_deletion_and_at_replacement_of_the_cluster_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("") "    DeletionPolicy: Snapshot\n");
    assert_at(t, "Resources/Db/DeletionPolicy", "\"Snapshot\"");
    assert_at(t, "Resources/Db/UpdateReplacePolicy", "\"Snapshot\"");
    assert_at(t, "Resources/DbWriter/DeletionPolicy", "\"Delete\"");
}

static void what_is_retained_is_retained_whole(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("") "    DeletionPolicy: Retain\n");
    assert_at(t, "Resources/DbWriter/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/DbSubnetGroup/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
}

static void enhanced_monitoring_has_its_role_and_can_be_switched_off(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL(""));
    assert_at(t, "Resources/DbWriter/Properties/MonitoringRoleArn",
              "{\"Fn::GetAtt\":[\"DbMonitoringRole\",\"Arn\"]}");
    restart(t, NULL);
    synth(t, MYSQL("MonitoringInterval: 0"));
    assert_nothing_at(t, "Resources/DbMonitoringRole");
    assert_nothing_at(t, "Resources/DbWriter/Properties/MonitoringRoleArn");
}

static void serverless_has_its_class_and_capacities(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("ServerlessV2: {MinCapacity: 0.5, MaxCapacity: 8}"));
    assert_at(t, DB "ServerlessV2ScalingConfiguration", "{\"MaxCapacity\":8,\"MinCapacity\":0.5}");
    assert_at(t, "Resources/DbWriter/Properties/DBInstanceClass", "\"db.serverless\"");
}

static void readers_may_have_another_class(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("InstanceClass: db.r6g.xlarge, ReaderInstanceClass: db.r6g.large"));
    assert_at(t, "Resources/DbWriter/Properties/DBInstanceClass", "\"db.r6g.xlarge\"");
    assert_at(t, "Resources/DbReader1/Properties/DBInstanceClass", "\"db.r6g.large\"");
}

static void backtrack_switches_change_data_capture_off(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("BacktrackWindow: 3600"));
    assert_at(t, DB "BacktrackWindow", "3600");
    assert_nothing_at(t, CLUSTER_PARAMETERS "Parameters/binlog_format");
}

static void advanced_insights_keep_465_days(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("DatabaseInsightsMode: advanced"));
    assert_at(t, DB "PerformanceInsightsRetentionPeriod", "465");
    assert_at(t, "Resources/DbReader1/Properties/PerformanceInsightsRetentionPeriod", "465");
}

/* What is wrong with one property on line 8, and what is said. */
static void what_aws_would_refuse_is_told_at_its_place(void **state)
{
    static const struct {
        const char *text, *found;
    } rows[] = {
        {MYSQL("       BacktrackWindow: 259201"), "CFN4101 8:25"},
        {POSTGRESQL("       BacktrackWindow: 60"), "CFN4101 8:25"},
        {MYSQL("       BacktrackWindow: 60, ChangeDataCapture: true"), "CFN4102 8:25"},
        {MYSQL("       EngineVersion: '8.0'"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 8.0.mysql_aurora.3.05.2"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 8.0.mysql_aurora.3.11.0"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 8.0.mysql_aurora.3.04.5"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 5.7.mysql_aurora.2.11.2"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 8.0.mysql_aurora.3.9.0"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 8.0.mysql_aurora.3.10.4junk"), "CFN4103 8:23"},
        {MYSQL("       EngineVersion: 9junk.mysql_aurora.3.1"), "CFN4103 8:23"},
        {POSTGRESQL("       EngineVersion: '9.6'"), "CFN4103 8:23"},
        {POSTGRESQL("       EngineVersion: 16.11junk"), "CFN4103 8:23"},
        {MYSQL("       BacktrackWindow: -5"), "CFN4101 8:25"},
        {MYSQL("       BacktrackWindow: 60, ClusterParameters: {binlog_format: ROW}"),
         "CFN4102 8:25"},
        {MYSQL("       Name: MyCluster"), "CFN2012 8:14"},
        {MYSQL("       ServerlessV2: {MinCapacity: 0.75, MaxCapacity: 1.25}"), "CFN4120 8:22"},
        {MYSQL("       ClusterParameters: {require_secure_transport: 'off'}"), "CFN4115 8:54"},
        {POSTGRESQL("       EngineVersion: '13.12'"), "CFN4103 8:23"},
        {POSTGRESQL("       EngineVersion: '12.9'"), "CFN4103 8:23"},
        {MYSQL("       PerformanceInsightsRetentionPeriod: 94"), "CFN4105 8:44"},
        {MYSQL("       DatabaseInsightsMode: advanced, PerformanceInsightsRetentionPeriod: 7"),
         "CFN4105 8:76"},
        {MYSQL("       MonitoringInterval: 20"), "CFN4117 8:28"},
        {MYSQL("       LogRetentionInDays: 31"), "CFN2006 8:28"},
        {MYSQL("       PreferredBackupWindow: '3am'"), "CFN2006 8:31"},
        {MYSQL("       PreferredBackupWindow: '02:00-02:10'"), "CFN2006 8:31"},
        {MYSQL("       PreferredMaintenanceWindow: 'sun:02:30-sun:03:30'"), "CFN4118 8:36"},
        {MYSQL("       ServerlessV2: {MinCapacity: 8, MaxCapacity: 2}"), "CFN4120 8:36"},
        {MYSQL("       ServerlessV2: {MinCapacity: 0.3, MaxCapacity: 2}"), "CFN4120 8:22"},
        {MYSQL("       InstanceClass: r6g.large"), "CFN2006 8:23"},
        {MYSQL("       InstanceClass: db.serverless"), "CFN2019 8:23"},
        {MYSQL("       PostgreSqlParameters: {WorkMem: 64}"), "CFN2019 8:30"},
        {MYSQL("       DatabaseName: my-db"), "CFN2012 8:22"},
        {MYSQL("       MasterUsername: rdsadmin"), "CFN2012 8:24"},
        {MYSQL("       MasterUsername: this-is-a-very-long-name"), "CFN2012 8:24"},
        {MYSQL("       MasterSecret: hunter2 pass"), "CFN2024 8:22"},
        {MYSQL("       InstanceParameters: {binlog_format: ROW}"), "CFN4108 8:29"},
        {MYSQL("       MySqlParameters: {MaxConnections: 9}, InstanceParameters: {max_connections: "
               "8}"),
         "CFN2019 8:67"},
        {MYSQL("       EnablePerformanceInsights: false, DatabaseInsightsMode: standard"),
         "CFN2019 8:64"},
        {MYSQL(
             "       ServerlessV2: {MinCapacity: 1, MaxCapacity: 2}, InstanceClass: db.r6g.large"),
         "CFN4121 8:22"},
        {MYSQL("       ServerlessV2: {MinCapacity: 0, MaxCapacity: 2}"), "CFN4121 8:22"},
        {MYSQL("       Readers: 16"), "CFN2007 8:17"},
        {MYSQL("       BackupRetentionPeriod: 36"), "CFN2007 8:31"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        synth(t, rows[i].text);
        assert_found(&t->f, rows[i].found);
    }
}

static void versions_that_aws_creates_are_accepted(void **state)
{
    static const char *const texts[] = {
        MYSQL("EngineVersion: 8.0.mysql_aurora.3.04.6"),
        MYSQL("EngineVersion: 8.0.mysql_aurora.3.10.5"),
        MYSQL("EngineVersion: 8.0.mysql_aurora.3.13.0"),
        MYSQL("EngineVersion: 8.4.mysql_aurora.8.4.7"),
        MYSQL("PreferredMaintenanceWindow: 'Sun:04:00-Sun:05:00'"),
        MYSQL("BacktrackWindow: 0"),
        MYSQL("EngineVersion: 8.4.mysql_aurora.8.4.9"),
        POSTGRESQL("EngineVersion: '13.23'"),
        POSTGRESQL("EngineVersion: '16.14'"),
        POSTGRESQL("EngineVersion: '18.1'"),
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        synth(t, texts[i]);
        assert_found(&t->f, "");
    }
}

static void ids_of_things_that_exist_are_ids(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, "
          "LogExports: [],\n"
          "       Network: !Ref Net, SecurityGroups: [sg-prod], EncryptionKey: alias/aws/rds}}\n");
    assert_found(&t->f, "CFN2024 4:44, CFN2024 4:69");
}

static void one_zone_for_two_instances_is_noted(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a]}}\n"
        "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, LogExports: "
        "[],\n"
        "       Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !ImportValue "
        "k}}\n");
    assert_found(&t->f, "CFN4111 3:3");
    assert_said(&t->f, "put into one zone");
}

static void a_group_of_another_network_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  Other: {Type: "
          "'Cfngen::EC2::Network'}\n"
          "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Other}}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, "
          "LogExports: [],\n"
          "       Network: !Ref Net, SecurityGroups: [!Ref G], EncryptionKey: !ImportValue k}}\n");
    assert_found(&t->f, "CFN4003 6:44");
}

static void performance_insights_can_be_switched_off(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("EnablePerformanceInsights: false"));
    assert_at(t, "Resources/DbWriter/Properties/EnablePerformanceInsights", "false");
    assert_nothing_at(t, DB "PerformanceInsightsEnabled");
    assert_nothing_at(t, "Resources/DbWriter/Properties/PerformanceInsightsKMSKeyId");
}

static void an_id_that_starts_with_a_digit_names_no_cluster(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  1Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, "
             "LogExports: [],\n"
             "       Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !ImportValue "
             "k}}\n");
    assert_said(&t->f, "in:3:3: error CFN2012");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(zones_that_are_not_known_are_noted),
        STACK_TEST(zones_are_a_parameter_where_the_subnets_are_one),
        STACK_TEST(the_policy_of_a_key_that_exists_is_noted),
        STACK_TEST(backtrack_needs_a_region_that_has_it),
        STACK_TEST(everything_is_encrypted_with_the_key),
        STACK_TEST(without_a_secret_rds_manages_the_password),
        STACK_TEST(with_a_secret_the_password_is_a_dynamic_reference),
        STACK_TEST(a_cluster_can_be_destroyed_unless_asked_otherwise),
        STACK_TEST(a_snapshot_is_taken_at_deletion_and_at_replacement_of_the_cluster_alone),
        STACK_TEST(what_is_retained_is_retained_whole),
        STACK_TEST(enhanced_monitoring_has_its_role_and_can_be_switched_off),
        STACK_TEST(serverless_has_its_class_and_capacities),
        STACK_TEST(readers_may_have_another_class),
        STACK_TEST(backtrack_switches_change_data_capture_off),
        STACK_TEST(advanced_insights_keep_465_days),
        STACK_TEST(what_aws_would_refuse_is_told_at_its_place),
        STACK_TEST(versions_that_aws_creates_are_accepted),
        STACK_TEST(ids_of_things_that_exist_are_ids),
        STACK_TEST(one_zone_for_two_instances_is_noted),
        STACK_TEST(a_group_of_another_network_is_warned_of),
        STACK_TEST(performance_insights_can_be_switched_off),
        STACK_TEST(an_id_that_starts_with_a_digit_names_no_cluster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
