/* Cfngen::RDS::Instance: an instance of RDS for MySQL or PostgreSQL (not Aurora), ready to be the
 * source of a migration.
 *
 * Makes
 *   {Id}                 AWS::RDS::DBInstance
 *   {Id}SubnetGroup      AWS::RDS::DBSubnetGroup
 *   {Id}ParameterGroup   AWS::RDS::DBParameterGroup
 *   {Id}MonitoringRole   AWS::IAM::Role, unless MonitoringInterval is 0
 *   {Id}{Log}LogGroup    AWS::Logs::LogGroup for each exported log
 *
 * DMS can read its changes: backups are on, since without them RDS writes no binary log, MySQL logs
 * whole rows (binlog_format ROW, binlog_row_image full), and PostgreSQL replicates logically
 * (rds.logical_replication, slots, wal_sender_timeout 0). How long MySQL keeps its logs is no
 * parameter: CALL mysql.rds_set_configuration('binlog retention hours', 24). A task that stood for
 * longer than that cannot go on. GTIDs stay as RDS has them, and binlog_checksum too: DMS reads
 * CRC32 since 3.4.7.
 *
 * Storage, backups, Performance Insights and logs are encrypted with EncryptionKey; clients without
 * TLS are refused (require_secure_transport, rds.force_ssl); nobody reaches it from the internet.
 *
 * Ref is the instance's identifier. Attributes: Endpoint.Address, Endpoint.Port, DBInstanceArn,
 * DbiResourceId, MasterUserSecret.SecretArn. DeletionPolicy is Delete when not given: `Snapshot`
 * keeps a final snapshot (and the key of this stack with it), `Retain` keeps all.
 *
 * Facts: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/ (CHAP_Storage,
 * MySQL.Concepts.VersionMgmt, PostgreSQL release calendar, extended-support) and
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html and
 * CHAP_Source.PostgreSQL.html; docs/rules.md names the rule behind each check. */
#ifndef CFNGEN_RDS_INSTANCE_H
#define CFNGEN_RDS_INSTANCE_H

#include <cfngen/rds_aurora_cluster.h>

CFN_BEGIN_DECLS

/* cfn_rds_instance_existing takes the identifier of an instance that exists. */
CFN_HANDLE(cfn_rds_instance);

#define CFN_RDS_MYSQL      "mysql"
#define CFN_RDS_POSTGRESQL "postgres"

/* Defaults, when a member holds nothing:
 *   engine_version       8.4.9 (which DMS reads from 3.6.1 on), or 16.11
 *   family               that of engine and engine_version, as mysql8.4
 *   name                 {id}-{environment}-{suffix}
 *   instance_class       db.r6g.large
 *   multi_az             true
 *   port                 3306, or 5432
 *   storage_type         gp3
 *   allocated_storage    100 GiB; it grows up to max_allocated_storage when that is given
 *   master_secret        none: RDS manages the password in a secret of its own
 *   master_username      "admin", or "postgres"; with a master secret its username
 *   backup_retention_period       7 days
 *   preferred_backup_window       02:00-03:00 UTC
 *   preferred_maintenance_window  sun:04:00-sun:05:00 UTC
 *   deletion_protection  false
 *   change_data_capture  true
 *   monitoring_interval  60 s
 *   enable_performance_insights   true
 *   database_insights_mode        standard (Performance Insights for 7 days)
 *   log_exports          error and slowquery, or postgresql
 *   log_retention_in_days         30
 *   enable_iam_database_authentication  true
 *   auto_minor_version_upgrade    false: the version is pinned
 *   ca_certificate_identifier     rds-ca-rsa2048-g1 */
typedef struct cfn_rds_instance_props {
    cfn_str engine; /* required: CFN_RDS_MYSQL or CFN_RDS_POSTGRESQL */
    cfn_str engine_version;
    cfn_str family; /* of the parameter group: needed when the version is a parameter */
    cfn_str engine_lifecycle_support; /* open-source-rds-extended-support, or ...-disabled */
    cfn_str name;
    cfn_ec2_network network;                     /* required; private subnets in two zones */
    cfn_ec2_security_group_list security_groups; /* required */
    cfn_kms_key encryption_key;                  /* required */
    cfn_str database_name;
    cfn_int port;
    cfn_str instance_class;
    cfn_bool multi_az;
    cfn_str storage_type;          /* gp3, gp2, io1, io2 */
    cfn_int allocated_storage;     /* GiB, 20 to 65536 */
    cfn_int max_allocated_storage; /* GiB, a tenth more at least */
    cfn_int iops;                  /* of io1 and io2; of gp3 from 400 GiB on, 12000 to 64000 */
    cfn_int storage_throughput;    /* MiB/s, of gp3 from 400 GiB on, 500 to 4000 */
    cfn_secretsmanager_secret master_secret; /* JSON with username and password */
    cfn_str master_username;
    cfn_int backup_retention_period;      /* days, 1 to 35; 0 without change_data_capture alone */
    cfn_str preferred_backup_window;      /* hh:mm-hh:mm, UTC, 30 minutes at least */
    cfn_str preferred_maintenance_window; /* ddd:hh:mm-ddd:hh:mm, UTC */
    cfn_bool deletion_protection;
    cfn_bool change_data_capture; /* decided at synth */
    cfn_rds_mysql_parameters mysql_parameters;
    cfn_rds_postgresql_parameters postgresql_parameters;
    cfn_json parameters;                           /* any others: a mapping of names to values */
    cfn_int monitoring_interval;                   /* seconds: 0, 1, 5, 10, 15, 30, 60 */
    cfn_bool enable_performance_insights;          /* decided at synth */
    cfn_str database_insights_mode;                /* standard, advanced */
    cfn_int performance_insights_retention_period; /* days: 7, 31 x n (n 1 to 23), 731 */
    cfn_str_list log_exports; /* error general slowquery iam-db-auth-error; or postgresql upgrade
                                 iam-db-auth-error; decided at synth */
    cfn_int log_retention_in_days;
    cfn_bool enable_iam_database_authentication;
    cfn_bool auto_minor_version_upgrade;
    cfn_str ca_certificate_identifier;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_rds_instance_props;

#define cfn_rds_instance_add(stack, id, ...)                                                       \
    cfn_rds_instance_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_rds_instance cfn_rds_instance_add_at(cfn_stack *stack, const char *id,
                                                 const cfn_rds_instance_props *props,
                                                 const char *file, int line);

/* What the instance is known by; the same as a stack file's !GetAtt. */
static inline cfn_str cfn_rds_instance_identifier(cfn_rds_instance instance)
{
    return instance.handle.id ? cfn_ref(instance.handle.id) : instance.handle.value;
}
static inline cfn_str cfn_rds_instance_endpoint(cfn_rds_instance instance)
{
    return cfn_att(instance.handle.id, "Endpoint.Address");
}
static inline cfn_str cfn_rds_instance_port(cfn_rds_instance instance)
{
    return cfn_att(instance.handle.id, "Endpoint.Port");
}
static inline cfn_str cfn_rds_instance_arn(cfn_rds_instance instance)
{
    return cfn_att(instance.handle.id, "DBInstanceArn");
}

/* The instance where a secret takes a database to be attached to. */
static inline cfn_rds_aurora_cluster cfn_rds_instance_database(cfn_rds_instance instance)
{
    return cfn_rds_aurora_cluster_named(instance.handle.id);
}

CFN_END_DECLS

#endif
