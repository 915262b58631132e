/* Cfngen::RDS::Instance. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

/* An instance with these further properties, on a line of their own: line 5. */
#define STACK(engine, more)                                                                        \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Db: {Type: 'Cfngen::RDS::Instance', Properties: {Engine: " engine                           \
    ", Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key,\n"               \
    "    " more "}}\n"
#define MYSQL(more)      STACK("mysql", more)
#define POSTGRESQL(more) STACK("postgres", more)
#define DB               "Resources/Db/Properties/"
#define GROUP            "Resources/DbParameterGroup/Properties/"

static void mysql_logs_whole_rows_and_refuses_clients_without_tls(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("LogExports: []"));
    assert_found(&t->f, "");
    assert_at(t, GROUP "Parameters",
              "{\"require_secure_transport\":\"1\",\"binlog_format\":\"ROW\","
              "\"binlog_row_image\":\"full\"}");
    assert_at(t, DB "BackupRetentionPeriod", "7");
}

static void postgresql_replicates_logically_and_refuses_clients_without_tls(void **state)
{
    stack_fixture *t = *state;
    synth(t, POSTGRESQL(""));
    assert_found(&t->f, "");
    assert_at(t, GROUP "Parameters",
              "{\"rds.force_ssl\":\"1\",\"rds.logical_replication\":\"1\","
              "\"max_replication_slots\":\"20\",\"max_wal_senders\":\"25\","
              "\"wal_sender_timeout\":\"0\"}");
    assert_at(t, GROUP "Family", "\"postgres16\"");
    assert_at(t, DB "Port", "\"5432\"");
    assert_at(t, DB "MasterUsername", "\"postgres\"");
}

static void without_change_data_capture_only_tls_is_set(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("ChangeDataCapture: false, BackupRetentionPeriod: 0, LogExports: []"));
    assert_found(&t->f, "");
    assert_at(t, GROUP "Parameters", "{\"require_secure_transport\":\"1\"}");
}

static void a_source_without_backups_has_no_binary_log(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("BackupRetentionPeriod: 0"));
    assert_found(&t->f, "CFN4131 5:28");
}

static void the_family_follows_from_the_version(void **state)
{
    static const char *const versions[][2] = {{"8.4.8", "\"mysql8.4\""},
                                              {"8.0.42", "\"mysql8.0\""},
                                              {"5.7.44-rds.20250508", "\"mysql5.7\""}};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        char text[700];
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        snprintf(text, sizeof text, MYSQL("EngineVersion: %s, EngineLifecycleSupport: %s"),
                 versions[i][0], "open-source-rds-extended-support");
        synth(t, text);
        assert_found(&t->f, "");
        assert_at(t, GROUP "Family", versions[i][1]);
    }
}

static void mysql_5_7_is_in_extended_support_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("EngineVersion: 5.7.44-rds.20250508"));
    assert_found(&t->f, "CFN4132 5:20");
    assert_said(&t->f, "RDS charges Extended Support for mysql5.7 since March 2024");
}

static void a_version_that_is_a_parameter_needs_its_family(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {V: {Type: String, Default: 8.4.8}}\n" MYSQL("EngineVersion: !Ref V"));
    assert_found(&t->f, "CFN4136 6:20");
}

static void a_version_may_be_a_parameter_of_one_family(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {V: {Type: String, Default: 8.4.8}}\n" MYSQL(
                 "EngineVersion: !Ref V, Family: mysql8.4"));
    assert_found(&t->f, "");
    assert_at(t, GROUP "Family", "\"mysql8.4\"");
    assert_at(t, DB "EngineVersion", "{\"Ref\":\"V\"}");
}

static void a_family_of_another_version_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("EngineVersion: 8.4.8, Family: mysql8.0"));
    assert_found(&t->f, "CFN4104 5:35");
}

static void everything_is_encrypted_with_the_key(void **state)
{
    stack_fixture *t = *state;
    static const char *const places[] = {DB "KmsKeyId", DB "PerformanceInsightsKMSKeyId",
                                         DB "MasterUserSecret/KmsKeyId",
                                         "Resources/DbErrorLogGroup/Properties/KmsKeyId"};
    synth(t, MYSQL(""));
    assert_at(t, DB "StorageEncrypted", "true");
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        assert_at(t, places[i], "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
}

static void it_is_not_on_the_internet_and_has_a_standby(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL(""));
    assert_at(t, DB "PubliclyAccessible", "false");
    assert_at(t, DB "MultiAZ", "true");
    assert_at(t, DB "CopyTagsToSnapshot", "true");
    assert_at(t, DB "CACertificateIdentifier", "\"rds-ca-rsa2048-g1\"");
    assert_at(t, "Resources/Db/DeletionPolicy", "\"Delete\"");
}

static void logs_are_exported_to_groups_that_it_waits_for(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("Name: source, LogExports: [general]"));
    assert_at(t, "Resources/Db/DependsOn", "[\"DbGeneralLogGroup\"]");
    assert_at(t, "Resources/DbGeneralLogGroup/Properties/LogGroupName",
              "\"/aws/rds/instance/source/general\"");
    assert_at(t, GROUP "Parameters/log_output", "\"FILE\"");
}

static void the_audit_log_would_need_an_option_group(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("LogExports: [audit]"));
    assert_found(&t->f, "CFN4106 5:18");
}

static void the_master_user_is_read_from_a_secret(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("MasterSecret: !Ref S") "  S: {Type: 'Cfngen::SecretsManager::Secret', "
                                           "Properties: {AttachTo: !Ref Db}}\n");
    assert_found(&t->f, "");
    assert_nothing_at(t, DB "ManageMasterUserPassword");
    assert_at(t, DB "MasterUserPassword",
              "{\"Fn::Sub\":\"{{resolve:secretsmanager:${SArn}:SecretString:password}}\"}");
}

static void a_secret_is_told_of_an_instance_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("Port: 3307") "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: "
                                 "{AttachTo: !Ref Db}}\n");
    assert_at(t, "Resources/SAttachment/Properties",
              "{\"SecretId\":{\"Ref\":\"SArn\"},\"TargetId\":{\"Ref\":\"Db\"},\"TargetType\":"
              "\"AWS::RDS::DBInstance\"}");
}

static void an_instance_is_no_cluster_anywhere_else(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("Port: 3307") "  T: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: "
                                 "!Ref Key}}\n"
                                 "  A: {Type: 'Cfngen::Migration::Alarms', Properties: {Topic: "
                                 "!Ref T,\n    Cluster: !Ref Db}}\n");
    assert_found(&t->f, "CFN4406 6:3, CFN2008 8:14");
}

static void storage_that_rds_does_not_make_is_told(void **state)
{
    static const char *const wrong[] = {
        "Iops: 12000",
        "StorageThroughput: 500",
        "AllocatedStorage: 400, Iops: 3000",
        "StorageType: io2",
        "StorageType: io1, Iops: 1000, AllocatedStorage: 50",
        "StorageType: gp2, Iops: 1000",
        "StorageType: gp2, StorageThroughput: 500",
        "AllocatedStorage: 100, MaxAllocatedStorage: 109",
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[700];
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        snprintf(text, sizeof text, MYSQL("%s"), wrong[i]);
        synth(t, text);
        assert_int_equal(cfn_diagnostics_size(t->f.diagnostics), 1);
        assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 0)->id, CFN4135);
    }
}

static void storage_that_rds_makes_is_good(void **state)
{
    static const char *const good[] = {
        "AllocatedStorage: 400, Iops: 12000, StorageThroughput: 500",
        "AllocatedStorage: 100, MaxAllocatedStorage: 110",
        "StorageType: io2, Iops: 1000",
        "StorageType: gp2",
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        char text[700];
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        snprintf(text, sizeof text, MYSQL("%s"), good[i]);
        synth(t, text);
        assert_found(&t->f, "");
    }
}

static void parameters_that_stop_the_capture_of_changes_are_told(void **state)
{
    static const struct {
        const char *engine, *parameter;
    } wrong[] = {
        {"mysql", "binlog_format: MIXED"},
        {"mysql", "binlog_row_image: minimal"},
        {"mysql", "binlog_transaction_compression: 'ON'"},
        {"postgres", "rds.logical_replication: 0"},
        {"postgres", "max_replication_slots: 1"},
        {"postgres", "wal_sender_timeout: 5000"},
        {"postgres", "wal_sender_timeout: 300000"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[700];
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        snprintf(text, sizeof text, STACK("%s", "Parameters: {%s}"), wrong[i].engine,
                 wrong[i].parameter);
        synth(t, text);
        assert_int_equal(cfn_diagnostics_size(t->f.diagnostics), 1);
        assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 0)->id, CFN4134);
    }
}

static void parameters_of_the_user_win(void **state)
{
    stack_fixture *t = *state;
    synth(t, POSTGRESQL("Parameters: {wal_sender_timeout: 30000, max_wal_senders: 40}"));
    assert_found(&t->f, "");
    assert_at(t, GROUP "Parameters/wal_sender_timeout", "\"30000\"");
    assert_at(t, GROUP "Parameters/max_wal_senders", "\"40\"");
}

static void parameters_of_applications_have_names_and_types(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("MySqlParameters: {CharacterSetServer: utf8mb4, CollationServer: "
                   "utf8mb4_unicode_ci, MaxAllowedPacket: 67108864}"));
    assert_found(&t->f, "");
    assert_at(t, GROUP "Parameters/collation_server", "\"utf8mb4_unicode_ci\"");
    assert_at(t, GROUP "Parameters/max_allowed_packet", "\"67108864\"");
}

static void a_parameter_is_given_once(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("MySqlParameters: {TimeZone: UTC}, Parameters: {time_zone: UTC}"));
    assert_found(&t->f, "CFN2019 5:52");
}

static void tls_that_is_taken_back_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, POSTGRESQL("Parameters: {rds.force_ssl: 0}"));
    assert_found(&t->f, "CFN4115 5:33");
}

static void what_holds_for_clusters_holds_for_instances(void **state)
{
    static const struct {
        const char *properties;
        cfn_diagnostic_id id;
    } wrong[] = {
        {"PreferredBackupWindow: '04:00-05:00'", CFN4118},
        {"PreferredBackupWindow: '4-5'", CFN2006},
        {"PerformanceInsightsRetentionPeriod: 8", CFN4105},
        {"MonitoringInterval: 7", CFN4117},
        {"LogRetentionInDays: 2", CFN2006},
        {"MasterUsername: root", CFN2012},
        {"DatabaseName: a-b", CFN2012},
        {"InstanceClass: r6g.large", CFN2006},
        {"PostgreSqlParameters: {Timezone: UTC}", CFN2019},
        {"MySqlParameters: {CollationServer: latin1_swedish_ci}", CFN4122},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[700];
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        snprintf(text, sizeof text, MYSQL("%s"), wrong[i].properties);
        synth(t, text);
        assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 0)->id, wrong[i].id);
    }
}

static void a_snapshot_keeps_the_key(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n"
          "  Key: {Type: 'Cfngen::KMS::Key'}\n"
          "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"
          "  Db: {Type: 'Cfngen::RDS::Instance', DeletionPolicy: Snapshot, Properties: {Engine: "
          "mysql, Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/Db/DeletionPolicy", "\"Snapshot\"");
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
}

/* DMS takes changes from the instance that the secret of its endpoint is attached to. */
#define MIGRATION(instance, egress)                                                                \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Mine: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net, Description: "   \
    "dms, Egress: [{Cidr: 10.0.0.0/8, Port: 443, Description: d}" egress "]}}\n"                   \
    "  Theirs: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net, Description: " \
    "db}}\n"                                                                                       \
    "  Db: {Type: 'Cfngen::RDS::Instance', Properties: {Engine: mysql, Network: !Ref Net, "        \
    "SecurityGroups: [!Ref Theirs], EncryptionKey: !Ref Key" instance "}}\n"                       \
    "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: {AttachTo: !Ref Db}}\n"             \
    "  R: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net, "             \
    "SecurityGroups: [!Ref Mine], EncryptionKey: !Ref Key}}\n"                                     \
    "  C: {Type: 'Cfngen::DMS::Certificate'}\n"                                                    \
    "  A: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, EngineName: mysql, "  \
    "Secret: !Ref S, EncryptionKey: !Ref Key, SslMode: verify-full, Certificate: !Ref C}}\n"       \
    "  B: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, EngineName: aurora, " \
    "Secret: 'arn:aws:secretsmanager:eu-west-2:111122223333:secret:a-abcdef', EncryptionKey: "     \
    "!Ref "                                                                                        \
    "Key, SslMode: verify-full, Certificate: !Ref C}}\n"                                           \
    "  T:\n    Type: Cfngen::DMS::ReplicationTask\n    Properties:\n"                              \
    "      ReplicationInstance: !Ref R\n      Source: !Ref A\n      Target: !Ref B\n"              \
    "      MigrationType: full-load-and-cdc\n      TableMappings: {Include: [{Schema: shop}]}\n"

static void dms_must_be_let_out_to_the_instance(void **state)
{
    stack_fixture *t = *state;
    synth(t, MIGRATION("", ""));
    assert_said(&t->f, "nothing lets R out to Db");
}

static void dms_reaches_an_instance_through_its_group(void **state)
{
    stack_fixture *t = *state;
    synth(t, MIGRATION("", ", {To: !Ref Theirs, Port: 3306, Description: d}"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/A/DependsOn", "[\"SAttachment\"]");
}

static void dms_takes_no_changes_from_an_instance_that_logs_none(void **state)
{
    stack_fixture *t = *state;
    synth(t, MIGRATION(", ChangeDataCapture: false",
                       ", {To: !Ref Theirs, Port: 3306, Description: d}"));
    assert_said(&t->f, "Db keeps no log of changed rows");
}

static void c_has_the_same_instance(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key key =
        cfn_kms_key_add(t->stack, "Key", &(cfn_kms_key_props){.description = cfn_s("d")});
    cfn_ec2_network net = cfn_ec2_network_add(
        t->stack, "Net",
        &(cfn_ec2_network_props){.availability_zones = CFN_LIST(cfn_s("a"), cfn_s("b"))});
    const cfn_ec2_security_group group = cfn_ec2_security_group_existing(cfn_s("sg-12345678"));
    cfn_rds_instance db = cfn_rds_instance_add(
        t->stack, "Db",
        &(cfn_rds_instance_props){.engine = cfn_s(CFN_RDS_MYSQL),
                                  .network = net,
                                  .security_groups = {.items = &group, .count = 1},
                                  .encryption_key = key});
    cfn_secretsmanager_secret_add(
        t->stack, "S",
        &(cfn_secretsmanager_secret_props){.attach_to = cfn_rds_instance_database(db)});
    t->template = cfn_stack_synth(t->stack);
    assert_at(t, "Resources/SAttachment/Properties/TargetType", "\"AWS::RDS::DBInstance\"");
    assert_at(t, GROUP "Family", "\"mysql8.4\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(mysql_logs_whole_rows_and_refuses_clients_without_tls),
        STACK_TEST(postgresql_replicates_logically_and_refuses_clients_without_tls),
        STACK_TEST(without_change_data_capture_only_tls_is_set),
        STACK_TEST(a_source_without_backups_has_no_binary_log),
        STACK_TEST(the_family_follows_from_the_version),
        STACK_TEST(mysql_5_7_is_in_extended_support_alone),
        STACK_TEST(a_version_that_is_a_parameter_needs_its_family),
        STACK_TEST(a_version_may_be_a_parameter_of_one_family),
        STACK_TEST(a_family_of_another_version_is_an_error),
        STACK_TEST(everything_is_encrypted_with_the_key),
        STACK_TEST(it_is_not_on_the_internet_and_has_a_standby),
        STACK_TEST(logs_are_exported_to_groups_that_it_waits_for),
        STACK_TEST(the_audit_log_would_need_an_option_group),
        STACK_TEST(the_master_user_is_read_from_a_secret),
        STACK_TEST(a_secret_is_told_of_an_instance_too),
        STACK_TEST(an_instance_is_no_cluster_anywhere_else),
        STACK_TEST(storage_that_rds_does_not_make_is_told),
        STACK_TEST(storage_that_rds_makes_is_good),
        STACK_TEST(parameters_that_stop_the_capture_of_changes_are_told),
        STACK_TEST(parameters_of_the_user_win),
        STACK_TEST(parameters_of_applications_have_names_and_types),
        STACK_TEST(a_parameter_is_given_once),
        STACK_TEST(tls_that_is_taken_back_is_told),
        STACK_TEST(what_holds_for_clusters_holds_for_instances),
        STACK_TEST(a_snapshot_keeps_the_key),
        STACK_TEST(dms_must_be_let_out_to_the_instance),
        STACK_TEST(dms_reaches_an_instance_through_its_group),
        STACK_TEST(dms_takes_no_changes_from_an_instance_that_logs_none),
        STACK_TEST(c_has_the_same_instance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
