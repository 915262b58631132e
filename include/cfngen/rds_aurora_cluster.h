/* Cfngen::RDS::AuroraCluster: an Aurora MySQL or PostgreSQL cluster with a writer and readers,
 * ready to be the target of a migration.
 *
 * Makes
 *   {Id}                        AWS::RDS::DBCluster
 *   {Id}Writer, {Id}Reader{n}   AWS::RDS::DBInstance; readers are made after the writer, since the
 *                               first instance of a cluster becomes its writer
 *   {Id}SubnetGroup             AWS::RDS::DBSubnetGroup
 *   {Id}ParameterGroup          AWS::RDS::DBClusterParameterGroup
 *   {Id}InstanceParameterGroup  AWS::RDS::DBParameterGroup
 *   {Id}ReaderParameterGroup    AWS::RDS::DBParameterGroup, with ReaderParameters: of the readers
 *   {Id}MonitoringRole          AWS::IAM::Role, unless MonitoringInterval is 0
 *   {Id}{Log}LogGroup           AWS::Logs::LogGroup for each exported log: made by RDS on its own
 * it would keep everything for ever, unencrypted by the key
 *
 * Storage, backups, Performance Insights and logs are encrypted with EncryptionKey; clients without
 * TLS are refused (require_secure_transport, rds.force_ssl). DMS can load into it (local_infile)
 * and read changes out of it (binlog_format ROW, rds.logical_replication), for a way back.
 *
 * Ref is the cluster's identifier. Attributes: Endpoint.Address, Endpoint.Port,
 * ReadEndpoint.Address, DBClusterArn, DBClusterResourceId, MasterUserSecret.SecretArn, and by role
 * Writer.X and Reader1.X (Writer.Endpoint.Address). DependsOn on it waits for all its instances.
 * DeletionPolicy is Delete when not given: `Snapshot` keeps a final snapshot (and the key of this
 * stack with it), `Retain` keeps all that the construct made.
 *
 * Facts: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/ and the CloudFormation
 * reference of each resource type; docs/rules.md names the rule behind each check. */
#ifndef CFNGEN_RDS_AURORA_CLUSTER_H
#define CFNGEN_RDS_AURORA_CLUSTER_H

#include <cfngen/ec2_security_group.h>
#include <cfngen/secretsmanager_secret.h>

CFN_BEGIN_DECLS

/* The handle cfn_rds_aurora_cluster is declared in <cfngen/secretsmanager_secret.h>. */

#define CFN_AURORA_MYSQL      "aurora-mysql"
#define CFN_AURORA_POSTGRESQL "aurora-postgresql"

/* Aurora Serverless v2: instances of class db.serverless between two capacities, in Aurora capacity
 * units (ACU) of about 2 GiB, in steps of 0.5. */
typedef struct cfn_rds_serverless_v2 {
    cfn_num min_capacity;             /* ACU, 0 to 256; 0 pauses when idle */
    cfn_num max_capacity;             /* ACU, 1 to 256 */
    cfn_int seconds_until_auto_pause; /* 300 to 86400, only with min_capacity 0 */
} cfn_rds_serverless_v2;

/* What the source has set, so that the target behaves the same. Each is left to the engine's
 * default when not given. For Aurora MySQL: */
typedef struct cfn_rds_mysql_parameters {
    cfn_str character_set_server;   /* of the cluster; default utf8mb4 */
    cfn_str collation_server;       /* of the cluster; default utf8mb4_0900_ai_ci */
    cfn_str time_zone;              /* of the cluster; a named zone, default UTC */
    cfn_int lower_case_table_names; /* 0 or 1; fixed when the cluster is made */
    cfn_str sql_mode;               /* of the instances, as are those below */
    cfn_str transaction_isolation;
    cfn_int max_allowed_packet;   /* bytes */
    cfn_int group_concat_max_len; /* bytes */
    cfn_int max_connections;
    cfn_int wait_timeout;             /* seconds */
    cfn_int innodb_lock_wait_timeout; /* seconds */
    cfn_bool innodb_strict_mode;
    cfn_bool explicit_defaults_for_timestamp;
    cfn_bool log_bin_trust_function_creators;
    cfn_num long_query_time; /* seconds; what the slow query log records */
} cfn_rds_mysql_parameters;

/* For Aurora PostgreSQL: */
typedef struct cfn_rds_postgresql_parameters {
    cfn_str timezone;                   /* of the cluster */
    cfn_int max_connections;            /* of the instances, as are those below */
    cfn_int work_mem;                   /* kB */
    cfn_str log_statement;              /* none, ddl, mod, all */
    cfn_int log_min_duration_statement; /* ms; -1: none */
    cfn_bool log_connections;
    cfn_bool log_disconnections;
    cfn_bool log_lock_waits;
} cfn_rds_postgresql_parameters;

/* Defaults, when a member holds nothing:
 *   engine_version       8.0.mysql_aurora.3.10.4, or 16.11
 *   name                 {id}-{environment}-{suffix}
 *   instance_class       db.r6g.large (db.serverless with serverless_v2)
 *   reader_instance_class  instance_class
 *   readers              1
 *   port                 3306, or 5432
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
typedef struct cfn_rds_aurora_cluster_props {
    cfn_str engine; /* required: CFN_AURORA_MYSQL or CFN_AURORA_POSTGRESQL */
    cfn_str engine_version;
    cfn_str name;
    cfn_ec2_network network;                     /* required; private subnets in two zones */
    cfn_ec2_security_group_list security_groups; /* required */
    cfn_kms_key encryption_key;                  /* required */
    cfn_str database_name;
    cfn_int port;
    cfn_str instance_class, reader_instance_class;
    cfn_int readers; /* 0 to 15; decided at synth */
    cfn_rds_serverless_v2 serverless_v2;
    cfn_secretsmanager_secret master_secret; /* JSON with username and password */
    cfn_str master_username;
    cfn_int backup_retention_period;      /* days, 1 to 35 */
    cfn_str preferred_backup_window;      /* hh:mm-hh:mm, UTC, 30 minutes at least */
    cfn_str preferred_maintenance_window; /* ddd:hh:mm-ddd:hh:mm, UTC */
    cfn_bool deletion_protection;
    cfn_int backtrack_window; /* seconds, Aurora MySQL without change data capture */
    cfn_bool change_data_capture;
    cfn_rds_mysql_parameters mysql_parameters;
    cfn_rds_postgresql_parameters postgresql_parameters;
    cfn_json cluster_parameters;  /* any others: a mapping of names to values */
    cfn_json instance_parameters; /* any others */
    cfn_json reader_parameters;   /* what is different on the readers, which get their own group */
    cfn_int monitoring_interval;  /* seconds: 0, 1, 5, 10, 15, 30, 60 */
    cfn_bool enable_performance_insights;          /* decided at synth */
    cfn_str database_insights_mode;                /* standard, advanced */
    cfn_int performance_insights_retention_period; /* days: 7, 31 x n (n 1 to 23), 731 */
    cfn_str_list log_exports; /* audit error general instance slowquery iam-db-auth-error; or
                                 postgresql instance iam-db-auth-error; decided at synth */
    cfn_int log_retention_in_days;
    cfn_bool enable_iam_database_authentication;
    cfn_bool auto_minor_version_upgrade;
    cfn_str ca_certificate_identifier;
    cfn_str storage_type; /* aurora, aurora-iopt1 */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_rds_aurora_cluster_props;

#define cfn_rds_aurora_cluster_add(stack, id, ...)                                                 \
    cfn_rds_aurora_cluster_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_rds_aurora_cluster cfn_rds_aurora_cluster_add_at(
    cfn_stack *stack, const char *id, const cfn_rds_aurora_cluster_props *props, const char *file,
    int line);

/* What the cluster is known by; the same as a stack file's !GetAtt. */
static inline cfn_str cfn_rds_aurora_cluster_identifier(cfn_rds_aurora_cluster cluster)
{
    return cluster.handle.id ? cfn_ref(cluster.handle.id) : cluster.handle.value;
}
static inline cfn_str cfn_rds_aurora_cluster_endpoint(cfn_rds_aurora_cluster cluster)
{
    return cfn_att(cluster.handle.id, "Endpoint.Address");
}
static inline cfn_str cfn_rds_aurora_cluster_reader_endpoint(cfn_rds_aurora_cluster cluster)
{
    return cfn_att(cluster.handle.id, "ReadEndpoint.Address");
}
static inline cfn_str cfn_rds_aurora_cluster_port(cfn_rds_aurora_cluster cluster)
{
    return cfn_att(cluster.handle.id, "Endpoint.Port");
}
static inline cfn_str cfn_rds_aurora_cluster_arn(cfn_rds_aurora_cluster cluster)
{
    return cfn_att(cluster.handle.id, "DBClusterArn");
}

CFN_END_DECLS

#endif
