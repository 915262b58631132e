/* Cfngen::DMS::Endpoint: a database as DMS connects to it, to read from or to write to.
 *
 * Makes
 *   {Id}            AWS::DMS::Endpoint
 *   {Id}AccessRole  AWS::IAM::Role, with which DMS reads the secret, and nothing else; DMS takes it
 *                   on as the principal dms.REGION.amazonaws.com
 *   {Id}Reverse     AWS::DMS::Endpoint to the same database in the other direction, when a task
 *                   with Reverse needs it; settings are of one direction, so it has the defaults
 *
 * Host, port, user and password come from the secret, whose JSON must have `host`, `port`,
 * `username` and `password`. (A secret that RDS manages has no host; SecretTargetAttachment adds
 * it.) For an Aurora target the host is the cluster's writer endpoint. There is no property for a
 * password: it would stand in the template.
 *
 * Connections are encrypted unless SslMode is `none`: DMS has no mode `require` for MySQL, MariaDB
 * and Aurora MySQL, so these need a Certificate. verify-full also compares the host with the
 * certificate; a host name of one's own (a CNAME) is not in it and needs verify-ca.
 *
 * Ref and the attribute Arn are the ARN; Identifier is the name; further: ExternalId.
 *
 * Facts: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html,
 * https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html,
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html,
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.MySQL.html and the pages of
 * PostgreSQL beside them. */
#ifndef CFNGEN_DMS_ENDPOINT_H
#define CFNGEN_DMS_ENDPOINT_H

#include <cfngen/dms_certificate.h>
#include <cfngen/secretsmanager_secret.h>

CFN_BEGIN_DECLS

/* cfn_dms_endpoint_existing takes the ARN. */
CFN_HANDLE(cfn_dms_endpoint);

/* Values of engine_name. What RDS calls aurora-mysql is "aurora" for DMS. */
#define CFN_DMS_MYSQL             "mysql"
#define CFN_DMS_MARIADB           "mariadb"
#define CFN_DMS_AURORA            "aurora"
#define CFN_DMS_POSTGRES          "postgres"
#define CFN_DMS_AURORA_POSTGRESQL "aurora-postgresql"

/* For MySQL, MariaDB and Aurora MySQL. Each is left to DMS when not given. */
typedef struct cfn_dms_mysql_settings {
    cfn_str after_connect_script; /* SQL */
    cfn_bool clean_source_metadata_on_mismatch;
    cfn_int events_poll_interval;  /* seconds, 1 to 60; of a source */
    cfn_int max_file_size;         /* KB, 1 to 1048576; of a target */
    cfn_int parallel_load_threads; /* 1 to 5; of a target */
    cfn_str server_timezone;       /* as Europe/London; of a source */
    cfn_str target_db_type;        /* specific-database, multiple-databases; of a target */
} cfn_dms_mysql_settings;

/* For PostgreSQL and Aurora PostgreSQL. */
typedef struct cfn_dms_postgresql_settings {
    cfn_str after_connect_script;
    cfn_bool capture_ddls; /* of a source, as all down to heartbeat_schema */
    cfn_str ddl_artifacts_schema;
    cfn_bool fail_tasks_on_lob_truncation;
    cfn_str plugin_name; /* no-preference, test-decoding, pglogical */
    cfn_str slot_name;   /* only with a task of type cdc that has a start position */
    cfn_bool heartbeat_enable;
    cfn_int heartbeat_frequency; /* minutes */
    cfn_str heartbeat_schema;
    cfn_int execute_timeout;         /* seconds */
    cfn_bool map_boolean_as_boolean; /* the same at both ends */
    cfn_int max_file_size;           /* KB, of a target */
} cfn_dms_postgresql_settings;

/* Defaults:
 *   name       {id}-{environment}-{suffix}
 *   ssl_mode   verify-full; require for PostgreSQL without a certificate
 *   extra_connection_attributes  Initstmt=SET FOREIGN_KEY_CHECKS=0; of a MySQL target, since tables
 *                                are loaded in any order */
typedef struct cfn_dms_endpoint_props {
    cfn_str endpoint_type;            /* required: source or target; decided at synth */
    cfn_str engine_name;              /* required: see above; decided at synth */
    cfn_secretsmanager_secret secret; /* required */
    cfn_kms_key encryption_key;       /* required; of what DMS keeps of the connection */
    cfn_str ssl_mode;                 /* none, require, verify-ca, verify-full; decided at synth */
    cfn_dms_certificate certificate;
    cfn_str database_name; /* required for PostgreSQL; of MySQL only with target_db_type
                              specific-database, since all tables would go into it */
    cfn_str name;
    cfn_dms_mysql_settings mysql_settings;
    cfn_dms_postgresql_settings postgresql_settings;
    cfn_str extra_connection_attributes;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_dms_endpoint_props;

#define cfn_dms_endpoint_add(stack, id, ...)                                                       \
    cfn_dms_endpoint_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_dms_endpoint cfn_dms_endpoint_add_at(cfn_stack *stack, const char *id,
                                                 const cfn_dms_endpoint_props *props,
                                                 const char *file, int line);

static inline cfn_str cfn_dms_endpoint_arn(cfn_dms_endpoint endpoint)
{
    return endpoint.handle.id ? cfn_att(endpoint.handle.id, "Arn") : endpoint.handle.value;
}

CFN_END_DECLS

#endif
