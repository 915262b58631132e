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
        .what = "cluster",
        .engine = cfn__rds_engine_named(engines, CFN__COUNT(engines), props->engine),
        .name = ((const cfn__aurora_state *)c->state)->name,
        .network = props->network,
        .security_groups = &props->security_groups,
        .encryption_key = props->encryption_key,
        .master_secret = props->master_secret,
        .master_username = props->master_username,
        .database_name = props->database_name,
        .port = props->port,
        .backup_window = props->preferred_backup_window,
        .maintenance_window = props->preferred_maintenance_window,
        .insights = props->enable_performance_insights,
        .insights_mode = props->database_insights_mode,
        .insights_retention = props->performance_insights_retention_period,
        .monitoring_interval = props->monitoring_interval,
        .log_exports = &props->log_exports,
        .log_retention_in_days = props->log_retention_in_days,
        .mysql_parameters = &props->mysql_parameters,
        .server_parameters = props->cluster_parameters,
        .logs_changes = cfn__aurora_has_cdc(props),
        .tags = props->tags,
    };
}

bool cfn__rds_aurora_cluster_has_readers(cfn__expansion *x, cfn_rds_aurora_cluster cluster)
{
    const cfn__construct *c = cfn__handle_construct(x, &cluster.handle);
    const cfn_rds_aurora_cluster_props *props =
        c && c->type == &cfn__rds_aurora_cluster_type ? c->props : NULL;
    return !props || cfn__int_or(props->readers, 1).value > 0;
}
