/* Cfngen::RDS::Instance: its properties, attributes and resources. How it is expanded is in
 * rds_instance_expand.c, what is checked in rds_instance_checks.c. */
#include "constructs/rds_instance.h"

static const char *const engine_names[] = {CFN_RDS_MYSQL, CFN_RDS_POSTGRESQL, NULL};
static const char *const storage_types[] = {"gp3", "gp2", "io1", "io2", NULL};
static const char *const lifecycles[] = {"open-source-rds-extended-support",
                                         "open-source-rds-extended-support-disabled", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_rds_instance_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(STR, "Engine", engine, "The engine."), .flags = CFN__REQUIRED | CFN__SYNTH_TIME,
     .values = engine_names},
    {ROW(STR, "EngineVersion", engine_version,
         "The version. It decides the family of the parameter group."),
     .default_text = "8.4.9, which DMS reads from 3.6.1 on, or 16.11"},
    {ROW(STR, "Family", family,
         "The family of the parameter group, where EngineVersion is a parameter, which must then "
         "keep to it."),
     .also = "DBParameterGroupFamily", .flags = CFN__SYNTH_TIME,
     .default_text = "that of EngineVersion, as mysql8.4"},
    {ROW(STR, "EngineLifecycleSupport", engine_lifecycle_support,
         "Whether a version that is past its standard support may be had for more money. Saying "
         "so stops the warning."),
     .values = lifecycles, .default_text = "AWS's own: it may, and is charged"},
    {ROW(STR, "Name", name, "The identifier of the instance."), .also = "DBInstanceIdentifier",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(HANDLE, "Network", network, "Where it stands: private subnets in two zones."),
     .also = "Vpc VpcId Subnets SubnetIds DBSubnetGroupName", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::Network"},
    {ROW(HANDLE_LIST, "SecurityGroups", security_groups, "The groups of the instance."),
     .also = "VpcSecurityGroupIds VPCSecurityGroups", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::SecurityGroup"},
    {ROW(HANDLE, "EncryptionKey", encryption_key,
         "The key for storage, backups, Performance Insights, logs and a managed password."),
     .also = "KmsKeyId KmsKey StorageEncryptionKey", .flags = CFN__REQUIRED,
     .construct = "Cfngen::KMS::Key"},
    {ROW(STR, "DatabaseName", database_name, "A database to make with the instance."),
     .also = "DBName DefaultDatabaseName"},
    {ROW(INT, "Port", port, "The port."), .min = 1150, .max = 65535,
     .default_text = "3306, or 5432"},
    {ROW(STR, "InstanceClass", instance_class, "The class of the instance."),
     .also = "DBInstanceClass InstanceType", .default_text = CFN__RDS_CLASS},
    {ROW(BOOL, "MultiAZ", multi_az, "Whether a standby waits in another zone."),
     .default_text = "true"},
    {ROW(STR, "StorageType", storage_type, "The kind of storage."), .values = storage_types,
     .default_text = "gp3"},
    {ROW(INT, "AllocatedStorage", allocated_storage, "GiB of storage."), .min = 20, .max = 65536,
     .default_text = "100"},
    {ROW(INT, "MaxAllocatedStorage", max_allocated_storage,
         "GiB up to which the storage grows by itself."),
     .min = 22, .max = 65536, .default_text = "it does not grow"},
    {ROW(INT, "Iops", iops, "Operations a second, of io1 and io2, and of gp3 from 400 GiB on."),
     .min = 1000, .max = 256000},
    {ROW(INT, "StorageThroughput", storage_throughput, "MiB a second, of gp3 from 400 GiB on."),
     .min = 500, .max = 4000},
    {ROW(HANDLE, "MasterSecret", master_secret,
         "An existing secret with username and password for the master user. Without it RDS makes "
         "and rotates a secret of its own."),
     .also = "MasterUserPassword MasterUserSecret ManageMasterUserPassword Credentials",
     .construct = "Cfngen::SecretsManager::Secret"},
    {ROW(STR, "MasterUsername", master_username, "The name of the master user."),
     .default_text = "username in MasterSecret; else admin, or postgres"},
    {ROW(INT, "BackupRetentionPeriod", backup_retention_period,
         "Days that backups are kept. With 0 MySQL writes no binary log, so that nothing can be "
         "replicated."),
     .also = "BackupRetention", .min = 0, .max = 35, .default_text = "7"},
    {ROW(STR, "PreferredBackupWindow", preferred_backup_window, "When backups are made, in UTC."),
     .default_text = CFN__RDS_BACKUP_WINDOW},
    {ROW(STR, "PreferredMaintenanceWindow", preferred_maintenance_window,
         "When maintenance may happen, in UTC."),
     .default_text = CFN__RDS_MAINTENANCE_WINDOW},
    {ROW(BOOL, "DeletionProtection", deletion_protection, "Whether deletion is refused."),
     .default_text = "false"},
    {ROW(BOOL, "ChangeDataCapture", change_data_capture,
         "Whether changes can be read out of it (binlog_format ROW, rds.logical_replication). Of "
         "MySQL the logs must also be kept long enough: CALL mysql.rds_set_configuration('binlog "
         "retention hours', 24)."),
     .flags = CFN__SYNTH_TIME, .default_text = "true"},
    {ROW(RECORD, "MySqlParameters", mysql_parameters, "What applications rely on, of MySQL."),
     .base.record = &cfn__mysql_parameters_record},
    {ROW(RECORD, "PostgreSqlParameters", postgresql_parameters,
         "What applications rely on, of PostgreSQL."),
     .base.record = &cfn__postgresql_parameters_record},
    {ROW(JSON, "Parameters", parameters, "Any other parameters, as name: value."),
     .also = "DBParameterGroupName InstanceParameters", .flags = CFN__MAPPING},
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
    {ROW(JSON, "Tags", tags, "Tags of every resource of the instance, as Key: value."),
     .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_rds_instance_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Endpoint.Address", "the host name"},
    {"Endpoint.Port", "the port, as a string"},
    {"DBInstanceArn", "the ARN of the instance"},
    {"DbiResourceId", "the id of the instance, as db-ABC"},
    {"MasterUserSecret.SecretArn", "the secret that RDS manages, without MasterSecret"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::RDS::DBInstance", "the instance"},
    {"SubnetGroup", "AWS::RDS::DBSubnetGroup", "where it stands"},
    {"ParameterGroup", "AWS::RDS::DBParameterGroup", "its parameters"},
    {"MonitoringRole", "AWS::IAM::Role", "Enhanced Monitoring, unless MonitoringInterval is 0"},
    {"{Log}LogGroup", "AWS::Logs::LogGroup", "each exported log, with its retention"},
};

const cfn__construct_type cfn__rds_instance_type = {
    .name = "Cfngen::RDS::Instance",
    .doc = "An instance of RDS for MySQL or PostgreSQL as the source of a migration: encrypted, "
           "TLS enforced, backed up, monitored, and with a log of changes that DMS can read. It is "
           "deleted with the stack, and with it all data, unless it has DeletionPolicy Snapshot or "
           "Retain; a change of name, suffix or key replaces it.",
    .ref_doc = "the identifier of the instance",
    .props = CFN__RECORD("Cfngen::RDS::Instance", cfn_rds_instance_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .has_snapshots = true,
    .state_size = sizeof(cfn__rds_instance_state),
    .wire = cfn__wire_rds_instance,
    .expand = cfn__expand_rds_instance,
};

cfn_rds_instance cfn_rds_instance_add_at(cfn_stack *stack, const char *id,
                                         const cfn_rds_instance_props *props, const char *file,
                                         int line)
{
    return cfn_rds_instance_named(
        cfn__construct_add(stack, &cfn__rds_instance_type, id, props, file, line));
}
