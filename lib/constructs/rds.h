/* What a cluster of Aurora and an instance of RDS have in common. Each describes itself as a
 * cfn__rds_database; what is made for both, and what is checked of both, looks at that. */
#ifndef CFN_CONSTRUCTS_RDS_H
#define CFN_CONSTRUCTS_RDS_H

#include "constructs/constructs.h"

#include <cfngen/aws/rds.h>
#include <cfngen/rds_instance.h>

/* What differs between engines. */
typedef struct cfn__rds_engine {
    const char *name;
    const char *family;          /* mysql or postgresql, which clients speak */
    const char *version;         /* the default */
    const char *master_username; /* the default */
    int64_t port;
    const char *const *logs; /* that can be exported */
    const char *const *default_logs;
} cfn__rds_engine;

typedef struct cfn__rds_database {
    const char *what; /* "cluster" or "instance": so the names of its log groups say, too */
    const cfn__rds_engine *engine;
    cfn_node *name; /* the identifier, once wiring worked it out */
    cfn_ec2_network network;
    const cfn_ec2_security_group_list *security_groups;
    cfn_kms_key encryption_key;
    cfn_secretsmanager_secret master_secret;
    cfn_str master_username, database_name;
    cfn_int port;
    cfn_str backup_window, maintenance_window;
    cfn_bool insights;
    cfn_str insights_mode;
    cfn_int insights_retention;
    cfn_int monitoring_interval;
    const cfn_str_list *log_exports;
    cfn_int log_retention_in_days;
    const cfn_rds_mysql_parameters *mysql_parameters;
    cfn_json server_parameters; /* those by name that hold for the whole server */
    bool logs_changes;          /* ChangeDataCapture */
    cfn_json tags;
} cfn__rds_database;

/* The members that the properties of both have by the same names. */
#define CFN__RDS_DATABASE_OF(props)                                                                \
    .network = (props)->network, .security_groups = &(props)->security_groups,                     \
    .encryption_key = (props)->encryption_key, .master_secret = (props)->master_secret,            \
    .master_username = (props)->master_username, .database_name = (props)->database_name,          \
    .port = (props)->port, .backup_window = (props)->preferred_backup_window,                      \
    .maintenance_window = (props)->preferred_maintenance_window,                                   \
    .insights = (props)->enable_performance_insights,                                              \
    .insights_mode = (props)->database_insights_mode,                                              \
    .insights_retention = (props)->performance_insights_retention_period,                          \
    .monitoring_interval = (props)->monitoring_interval, .log_exports = &(props)->log_exports,     \
    .log_retention_in_days = (props)->log_retention_in_days,                                       \
    .mysql_parameters = &(props)->mysql_parameters, .tags = (props)->tags

/* Defaults that are both generated and checked. */
#define CFN__RDS_BACKUP_WINDOW      "02:00-03:00"
#define CFN__RDS_MAINTENANCE_WINDOW "sun:04:00-sun:05:00"

/* The authority of certificates that RDS takes by default. */
#define CFN__RDS_AUTHORITY "rds-ca-rsa2048-g1"

/* Database Insights in its advanced mode, and the only retention that goes with it, in days. */
enum { CFN__ADVANCED_RETENTION = 465 };

extern const cfn__name_rule cfn__rds_identifier_rule;
extern const char *const cfn__rds_insights_modes[];

/* What a construct is as a database of RDS. */
cfn__rds_database cfn__aurora_database(const cfn__construct *c);
cfn__rds_database cfn__instance_database(const cfn__construct *c);

/* The engine of this name, else the first of the table. */
const cfn__rds_engine *cfn__rds_engine_named(const cfn__rds_engine *engines, size_t count,
                                             cfn_str name);
bool cfn__is_mysql(const cfn__rds_engine *engine);

/* The family of parameter groups: aurora-mysql8.0, postgres16; in the arena. MySQL counts its major
 * and its minor, PostgreSQL the major alone. */
const char *cfn__rds_family(cfn_arena *arena, const cfn__rds_engine *engine, cfn_str version);

/* ---- what is asked for ---- */

/* Whether the log is exported: asked for, or by default. */
bool cfn__rds_exports(const cfn__rds_database *d, const char *log);
bool cfn__rds_has_insights(const cfn__rds_database *d);
cfn_int cfn__rds_insights_retention(const cfn__rds_database *d);
cfn_int cfn__rds_monitoring_interval(const cfn__rds_database *d);
bool cfn__rds_is_monitored(const cfn__rds_database *d);

/* The logs that are exported; a list that is not set when there are none. */
cfn_str_list cfn__rds_log_list(const cfn__maker *make, const cfn__rds_database *d);

/* The master user: of the user's secret, or with a password that RDS makes and keeps. */
typedef struct cfn__rds_master {
    cfn_bool managed; /* nothing, or true */
    cfn_str username, password;
} cfn__rds_master;
cfn__rds_master cfn__rds_master_of(const cfn__maker *make, const cfn__rds_database *d);

/* ---- wiring and expansion ---- */

/* The key serves the log groups, and stays with what is left behind, as do the groups. */
void cfn__rds_wire(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d);

void cfn__rds_make_subnet_group(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d);
void cfn__rds_make_log_groups(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d);

/* The primary resource, which was just made, waits for the log groups. */
void cfn__rds_await_log_groups(cfn__expansion *x, const cfn__construct *c,
                               const cfn__rds_database *d);

/* Made when it is monitored. */
void cfn__rds_make_monitoring_role(cfn__expansion *x, cfn__construct *c,
                                   const cfn__rds_database *d);

/* Insights and Enhanced Monitoring of an instance, also one of a cluster. */
void cfn__rds_set_instance_monitoring(cfn__expansion *x, const cfn__construct *c,
                                      const cfn__rds_database *d,
                                      aws_rds_DBInstance_props *instance);

/* {Id}{role}, a DBParameterGroup, or a DBClusterParameterGroup. */
void cfn__rds_make_parameter_group(cfn__expansion *x, cfn__construct *c, const char *role,
                                   bool of_cluster, cfn_str family, cfn_node *parameters,
                                   cfn_json tags);

/* ---- parameters ---- */

extern const cfn_record cfn__mysql_parameters_record, cfn__postgresql_parameters_record;

/* A parameter that cfngen sets on its own. */
typedef struct cfn__rds_preset {
    const char *name, *value;
    const char *needed_by; /* the exported log that needs it; NULL: always; "cdc" */
} cfn__rds_preset;
void cfn__rds_put_presets(const cfn__maker *make, const cfn__rds_database *d, cfn_node *map,
                          const cfn__rds_preset *presets, size_t count);

/* MySqlParameters and PostgreSqlParameters, those of them that `belongs` says yes to; NULL: all. */
void cfn__rds_put_matched(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                          cfn_node *map, bool (*belongs)(const char *name));

/* What the user gives by name. `has_fault`, unless NULL, reports what it finds wrong with one. */
void cfn__rds_put_own(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                      cfn_node *map, cfn_json own,
                      bool (*has_fault)(cfn__expansion *x, const cfn_node *parameter));

/* ---- checks ---- */

/* The domain rules that both can break; told at the property that breaks them. */
void cfn__check_rds_database(cfn__expansion *x, const cfn__construct *c,
                             const cfn__rds_database *d);

/* Numbers that come from a list (ended by -1) rather than a range. */
void cfn__check_listed(cfn__expansion *x, const cfn__construct *c, const char *property,
                       const cfn_int *value, const int *allowed, cfn_diagnostic_id id);

/* Classes start with db. */
void cfn__check_rds_class(cfn__expansion *x, const cfn__construct *c, const char *property,
                          cfn_str value);

#endif
