/* What differs between Aurora MySQL and Aurora PostgreSQL, and a cluster as a database of RDS. */
#include "constructs/rds_aurora_cluster.h"

/* https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 * EnableCloudwatchLogsExports */
static const char *const mysql_logs[] = {
    "audit", "error", "general", "instance", "slowquery", "iam-db-auth-error", NULL};
static const char *const mysql_default_logs[] = {"error", "slowquery", NULL};
static const char *const postgresql_logs[] = {"postgresql", "instance", "iam-db-auth-error", NULL};
static const char *const postgresql_default_logs[] = {"postgresql", NULL};

static const cfn__rds_engine engines[] = {
    {CFN_AURORA_MYSQL, "mysql", "8.0.mysql_aurora.3.10.4", "admin", 3306, mysql_logs,
     mysql_default_logs},
    {CFN_AURORA_POSTGRESQL, "postgresql", "16.11", "postgres", 5432, postgresql_logs,
     postgresql_default_logs},
};

bool cfn__aurora_backtracks(const cfn_rds_aurora_cluster_props *props)
{
    const cfn_int *window = &props->backtrack_window;
    return cfn__is_set(window->expression) &&
           (window->expression.form != CFN_LITERAL || window->value > 0);
}

bool cfn__aurora_has_cdc(const cfn_rds_aurora_cluster_props *props)
{
    const cfn_bool *asked = &props->change_data_capture;
    if (cfn__is_set(asked->expression))
        return asked->value;
    return !cfn__aurora_backtracks(props);
}

cfn__rds_database cfn__aurora_database(const cfn__construct *c)
{
    const cfn_rds_aurora_cluster_props *props = c->props;
    return (cfn__rds_database){
        CFN__RDS_DATABASE_OF(props),
        .what = "cluster",
        .engine = cfn__rds_engine_named(engines, CFN__COUNT(engines), props->engine),
        .name = ((const cfn__aurora_state *)c->state)->name,
        .server_parameters = props->cluster_parameters,
        .logs_changes = cfn__aurora_has_cdc(props),
    };
}

bool cfn__rds_aurora_cluster_has_readers(cfn__expansion *x, cfn_rds_aurora_cluster cluster)
{
    const cfn__construct *c = cfn__handle_construct(x, &cluster.handle);
    const cfn_rds_aurora_cluster_props *props =
        c && c->type == &cfn__rds_aurora_cluster_type ? c->props : NULL;
    return !props || cfn__int_or(props->readers, 1).value > 0;
}
