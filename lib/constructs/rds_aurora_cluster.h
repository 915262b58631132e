/* The parts of Cfngen::RDS::AuroraCluster that have a file of their own. */
#ifndef CFN_CONSTRUCTS_RDS_AURORA_CLUSTER_H
#define CFN_CONSTRUCTS_RDS_AURORA_CLUSTER_H

#include "constructs/constructs.h"

/* What differs between the two engines. */
typedef struct cfn__aurora_engine {
    const char *name;
    const char *version;         /* the default */
    const char *master_username; /* the default */
    int64_t port;
    const char *const *logs; /* that can be exported */
    const char *const *default_logs;
} cfn__aurora_engine;

/* Defaults that are both generated and checked. */
#define CFN__AURORA_BACKUP_WINDOW      "02:00-03:00"
#define CFN__AURORA_MAINTENANCE_WINDOW "sun:04:00-sun:05:00"

/* Database Insights in its advanced mode, and the only retention that goes with it, in days. */
enum { CFN__ADVANCED_RETENTION = 465 };
bool cfn__aurora_is_advanced(const cfn_rds_aurora_cluster_props *props);

/* What every check of a cluster looks at. */
typedef struct cfn__aurora_checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_rds_aurora_cluster_props *props;
    const cfn__aurora_engine *engine;
    cfn_diagnostics *diagnostics;
} cfn__aurora_checker;

/* What wiring works out once. */
typedef struct cfn__aurora_state {
    cfn_node *name; /* of the cluster */
} cfn__aurora_state;

void cfn__wire_aurora_cluster(cfn__expansion *x, cfn__construct *c);
void cfn__expand_aurora_cluster(cfn__expansion *x, cfn__construct *c);

extern const cfn_record cfn__mysql_parameters_record, cfn__postgresql_parameters_record;

/* The engine of the cluster; Aurora MySQL when the name is not known. */
const cfn__aurora_engine *cfn__aurora_engine_of(const cfn_rds_aurora_cluster_props *props);
bool cfn__is_aurora_mysql(const cfn__aurora_engine *engine);

/* Whether the log is exported: asked for, or by default. */
bool cfn__aurora_exports(const cfn_rds_aurora_cluster_props *props, const char *log);

/* Whether Backtrack is asked for, with a window of more than nothing. */
bool cfn__aurora_backtracks(const cfn_rds_aurora_cluster_props *props);

/* Whether binary log or logical replication is switched on: as asked, else unless Backtrack is. */
bool cfn__aurora_has_cdc(const cfn_rds_aurora_cluster_props *props);

/* The family of the parameter groups: aurora-mysql8.0, aurora-postgresql16; in the arena. */
const char *cfn__aurora_family(cfn_arena *arena, const cfn_rds_aurora_cluster_props *props);

/* The Parameters of the two groups, as maps of strings. */
cfn_node *cfn__aurora_cluster_parameters(cfn__expansion *x, const cfn__construct *c);
cfn_node *cfn__aurora_instance_parameters(cfn__expansion *x, const cfn__construct *c);

/* The domain rules that one construct alone can break. */
void cfn__check_aurora_cluster(cfn__expansion *x, const cfn__construct *c);

/* The part of it about names and ids; called by it. */
void cfn__check_aurora_values(const cfn__aurora_checker *k);

#endif
