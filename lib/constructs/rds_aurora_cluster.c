/* Cfngen::RDS::AuroraCluster: its properties, attributes and resources. How it is expanded is in
 * rds_aurora_expand.c, what is checked in rds_aurora_checks.c. */
#include "constructs/rds_aurora_cluster.h"

static const char *const engine_names[] = {CFN_AURORA_MYSQL, CFN_AURORA_POSTGRESQL, NULL};
static const char *const storage_types[] = {"aurora", "aurora-iopt1", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_rds_serverless_v2, kind, name, member), .doc = (text)
static const cfn__field serverless_fields[] = {
    {ROW(NUM, "MinCapacity", min_capacity, "The least capacity in ACU; 0 pauses when idle."),
     .flags = CFN__REQUIRED, .min = 0, .max = 256},
    {ROW(NUM, "MaxCapacity", max_capacity, "The most capacity in ACU."), .flags = CFN__REQUIRED,
     .min = 1, .max = 256},
    {ROW(INT, "SecondsUntilAutoPause", seconds_until_auto_pause, "Idle seconds until it pauses."),
     .min = 300, .max = 86400},
};
#undef ROW
static const cfn_record serverless_record =
    CFN__RECORD("ServerlessV2", cfn_rds_serverless_v2, serverless_fields);

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_rds_aurora_cluster_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(STR, "Engine", engine, "The engine."), .flags = CFN__REQUIRED | CFN__SYNTH_TIME,
     .values = engine_names},
    {ROW(STR, "EngineVersion", engine_version,
         "The version. It decides the family of the parameter groups."),
     .flags = CFN__SYNTH_TIME, .default_text = "8.0.mysql_aurora.3.10.4, or 16.11"},
    {ROW(STR, "Name", name, "The identifier of the cluster."),
     .also = "DBClusterIdentifier ClusterIdentifier",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(HANDLE, "Network", network, "Where the instances stand: private subnets in two zones."),
     .also = "Vpc VpcId Subnets SubnetIds DBSubnetGroupName", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::Network"},
    {ROW(HANDLE_LIST, "SecurityGroups", security_groups, "The groups of the cluster."),
     .also = "VpcSecurityGroupIds VPCSecurityGroups", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::SecurityGroup"},
    {ROW(HANDLE, "EncryptionKey", encryption_key,
         "The key for storage, backups, Performance Insights, logs and a managed password."),
     .also = "KmsKeyId KmsKey StorageEncryptionKey", .flags = CFN__REQUIRED,
     .construct = "Cfngen::KMS::Key"},
    {ROW(STR, "DatabaseName", database_name, "A database to make with the cluster."),
     .also = "DBName DefaultDatabaseName"},
    {ROW(INT, "Port", port, "The port."), .min = 1150, .max = 65535,
     .default_text = "3306, or 5432"},
    {ROW(STR, "InstanceClass", instance_class, "The class of the writer and of the readers."),
     .also = "DBInstanceClass InstanceType",
     .default_text = "db.r6g.large; db.serverless with ServerlessV2"},
    {ROW(STR, "ReaderInstanceClass", reader_instance_class, "The class of the readers."),
     .default_text = "InstanceClass"},
    {ROW(INT, "Readers", readers, "How many readers there are."), .also = "Replicas ReaderCount",
     .flags = CFN__SYNTH_TIME, .min = 0, .max = 15, .default_text = "1"},
    {ROW(RECORD, "ServerlessV2", serverless_v2, "The capacities of Aurora Serverless v2."),
     .also = "ServerlessV2ScalingConfiguration", .base.record = &serverless_record},
    {ROW(HANDLE, "MasterSecret", master_secret,
         "An existing secret with username and password for the master user. Without it RDS makes "
         "and rotates a secret of its own."),
     .also = "MasterUserPassword MasterUserSecret ManageMasterUserPassword Credentials",
     .construct = "Cfngen::SecretsManager::Secret"},
    {ROW(STR, "MasterUsername", master_username, "The name of the master user."),
     .default_text = "username in MasterSecret; else admin, or postgres"},
    {ROW(INT, "BackupRetentionPeriod", backup_retention_period, "Days that backups are kept."),
     .also = "BackupRetention", .min = 1, .max = 35, .default_text = "7"},
    {ROW(STR, "PreferredBackupWindow", preferred_backup_window, "When backups are made, in UTC."),
     .default_text = CFN__RDS_BACKUP_WINDOW},
    {ROW(STR, "PreferredMaintenanceWindow", preferred_maintenance_window,
         "When maintenance may happen, in UTC."),
     .default_text = CFN__RDS_MAINTENANCE_WINDOW},
    {ROW(BOOL, "DeletionProtection", deletion_protection, "Whether deletion is refused."),
     .default_text = "false"},
    {ROW(INT, "BacktrackWindow", backtrack_window,
         "Seconds that Aurora MySQL can go back. It excludes ChangeDataCapture.")},
    {ROW(BOOL, "ChangeDataCapture", change_data_capture,
         "Whether changes can be read out of the cluster (binlog_format ROW, "
         "rds.logical_replication), for a way back to the source. Of MySQL the logs must also be "
         "kept "
         "long enough: CALL mysql.rds_set_configuration('binlog retention hours', 24)."),
     .flags = CFN__SYNTH_TIME, .default_text = "true, unless BacktrackWindow is given"},
    {ROW(RECORD, "MySqlParameters", mysql_parameters,
         "What the source has set, for Aurora MySQL; each goes to the group it belongs to."),
     .base.record = &cfn__mysql_parameters_record},
    {ROW(RECORD, "PostgreSqlParameters", postgresql_parameters,
         "What the source has set, for Aurora PostgreSQL."),
     .base.record = &cfn__postgresql_parameters_record},
    {ROW(JSON, "ClusterParameters", cluster_parameters,
         "Any other parameters of the cluster, as name: value."),
     .also = "DBClusterParameterGroupName Parameters", .flags = CFN__MAPPING},
    {ROW(JSON, "InstanceParameters", instance_parameters,
         "Any other parameters of the instances, as name: value."),
     .also = "DBParameterGroupName", .flags = CFN__MAPPING},
    {ROW(JSON, "ReaderParameters", reader_parameters,
         "What is different on the readers, as name: value. They get a group of their own; one "
         "that "
         "is promoted keeps it."),
     .flags = CFN__MAPPING, .default_text = "the readers share the writer's group"},
    {ROW(INT, "MonitoringInterval", monitoring_interval,
         "Seconds between two values of Enhanced Monitoring: 0 (off), 1, 5, 10, 15, 30 or 60."),
     .flags = CFN__SYNTH_TIME, .default_text = "60"},
    {ROW(BOOL, "EnablePerformanceInsights", enable_performance_insights,
         "Whether Performance Insights is on. Some small instance classes do not have it."),
     .also = "PerformanceInsightsEnabled", .flags = CFN__SYNTH_TIME, .default_text = "true"},
    {ROW(STR, "DatabaseInsightsMode", database_insights_mode, "How much Database Insights does."),
     .flags = CFN__SYNTH_TIME, .values = cfn__rds_insights_modes, .default_text = "standard"},
    {ROW(INT, "PerformanceInsightsRetentionPeriod", performance_insights_retention_period,
         "Days that Performance Insights keeps: 7, 731, or 31 times 1 to 23."),
     .default_text = "7; 465 with DatabaseInsightsMode advanced"},
    {ROW(STR_LIST, "LogExports", log_exports,
         "The logs that go to CloudWatch. The parameters that each needs are switched on."),
     .also = "EnableCloudwatchLogsExports CloudwatchLogsExports", .flags = CFN__SYNTH_TIME,
     .default_text = "error and slowquery, or postgresql"},
    {ROW(INT, "LogRetentionInDays", log_retention_in_days, "Days that CloudWatch keeps the logs."),
     .also = "RetentionInDays CloudwatchLogsRetention", .default_text = "30"},
    {ROW(BOOL, "EnableIAMDatabaseAuthentication", enable_iam_database_authentication,
         "Whether users may sign in with IAM."),
     .default_text = "true"},
    {ROW(BOOL, "AutoMinorVersionUpgrade", auto_minor_version_upgrade,
         "Whether AWS may change the minor version."),
     .default_text = "false"},
    {ROW(STR, "CACertificateIdentifier", ca_certificate_identifier,
         "The authority of the server's certificate."),
     .default_text = CFN__RDS_AUTHORITY},
    {ROW(STR, "StorageType", storage_type, "Standard or I/O-optimised storage."),
     .values = storage_types, .default_text = "aurora, AWS's own"},
    {ROW(JSON, "Tags", tags, "Tags of every resource of the cluster, as Key: value."),
     .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_rds_aurora_cluster_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Endpoint.Address", "the host name of the writer"},
    {"Endpoint.Port", "the port, as a string"},
    {"ReadEndpoint.Address", "the host name that is shared by the readers"},
    {"DBClusterArn", "the ARN of the cluster"},
    {"DBClusterResourceId", "the id of the cluster, as cluster-ABC"},
    {"MasterUserSecret.SecretArn", "the secret that RDS manages, without MasterSecret"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::RDS::DBCluster", "the cluster"},
    {"Writer", "AWS::RDS::DBInstance", "the writer"},
    {"Reader{n}", "AWS::RDS::DBInstance", "each reader, made after the writer"},
    {"SubnetGroup", "AWS::RDS::DBSubnetGroup", "where they stand"},
    {"ParameterGroup", "AWS::RDS::DBClusterParameterGroup", "parameters of the cluster"},
    {"InstanceParameterGroup", "AWS::RDS::DBParameterGroup", "parameters of the instances"},
    {"ReaderParameterGroup", "AWS::RDS::DBParameterGroup", "with ReaderParameters: of the readers"},
    {"MonitoringRole", "AWS::IAM::Role", "Enhanced Monitoring, unless MonitoringInterval is 0"},
    {"{Log}LogGroup", "AWS::Logs::LogGroup", "each exported log, with its retention"},
};

const cfn__construct_type cfn__rds_aurora_cluster_type = {
    .name = "Cfngen::RDS::AuroraCluster",
    .doc = "An Aurora MySQL or PostgreSQL cluster with a writer and readers over several zones: "
           "encrypted, TLS enforced, backed up, monitored, and ready to be the target of a "
           "migration (local_infile is on, so that DMS can load). It is deleted with the stack, "
           "and with it all data, unless it has DeletionPolicy Snapshot or Retain; a change of "
           "name, suffix or key replaces it.",
    .ref_doc = "the identifier of the cluster",
    .props = CFN__RECORD("Cfngen::RDS::AuroraCluster", cfn_rds_aurora_cluster_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .has_snapshots = true,
    .state_size = sizeof(cfn__aurora_state),
    .wire = cfn__wire_aurora_cluster,
    .expand = cfn__expand_aurora_cluster,
};

cfn_rds_aurora_cluster cfn_rds_aurora_cluster_add_at(cfn_stack *stack, const char *id,
                                                     const cfn_rds_aurora_cluster_props *props,
                                                     const char *file, int line)
{
    return cfn_rds_aurora_cluster_named(
        cfn__construct_add(stack, &cfn__rds_aurora_cluster_type, id, props, file, line));
}
