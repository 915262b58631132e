/* What differs between Aurora MySQL and Aurora PostgreSQL, and which versions can be created. */
#include "base/text.h"
#include "constructs/rds_aurora_cluster.h"

#include <string.h>
#include <strings.h>

/* https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 * EnableCloudwatchLogsExports */
static const char *const mysql_logs[] = {
    "audit", "error", "general", "instance", "slowquery", "iam-db-auth-error", NULL};
static const char *const mysql_default_logs[] = {"error", "slowquery", NULL};
static const char *const postgresql_logs[] = {"postgresql", "instance", "iam-db-auth-error", NULL};
static const char *const postgresql_default_logs[] = {"postgresql", NULL};

static const cfn__aurora_engine engines[] = {
    {CFN_AURORA_MYSQL, "8.0.mysql_aurora.3.10.4", "admin", 3306, mysql_logs, mysql_default_logs},
    {CFN_AURORA_POSTGRESQL, "16.11", "postgres", 5432, postgresql_logs, postgresql_default_logs},
};

const cfn__aurora_engine *cfn__aurora_engine_of(const cfn_rds_aurora_cluster_props *props)
{
    const char *name = cfn__literal(props->engine);
    return &engines[name && strcmp(name, CFN_AURORA_POSTGRESQL) == 0];
}

bool cfn__is_aurora_mysql(const cfn__aurora_engine *engine)
{
    return engine == &engines[0];
}

static bool contains(const char *const *list, const char *text)
{
    while (*list && strcmp(*list, text) != 0)
        list++;
    return *list != NULL;
}

bool cfn__aurora_exports(const cfn_rds_aurora_cluster_props *props, const char *log)
{
    if (!props->log_exports.items)
        return contains(cfn__aurora_engine_of(props)->default_logs, log);
    for (size_t i = 0; i < props->log_exports.count; i++) {
        const char *text = cfn__literal(props->log_exports.items[i]);
        if (text && strcmp(text, log) == 0)
            return true;
    }
    return false;
}

bool cfn__aurora_is_advanced(const cfn_rds_aurora_cluster_props *props)
{
    const char *mode = cfn__literal(props->database_insights_mode);
    return mode && strcmp(mode, "advanced") == 0;
}

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

/* Aurora MySQL counts major and minor of MySQL, Aurora PostgreSQL the major alone. */
const char *cfn__aurora_family(cfn_arena *arena, const cfn_rds_aurora_cluster_props *props)
{
    const cfn__aurora_engine *engine = cfn__aurora_engine_of(props);
    const char *version = cfn__literal(props->engine_version);
    if (!version)
        version = engine->version;
    size_t length = strcspn(version, ".");
    if (cfn__is_aurora_mysql(engine) && version[length])
        length += 1 + strcspn(version + length + 1, ".");
    return cfn__format(arena, "%s%.*s", engine->name, (int)length, version);
}

static const cfn_rds_aurora_cluster_props *props_of(cfn__expansion *x,
                                                    cfn_rds_aurora_cluster cluster)
{
    const cfn__construct *c = cfn__handle_construct(x, &cluster.handle);
    return c ? c->props : NULL;
}

const char *cfn__rds_aurora_cluster_family(cfn__expansion *x, cfn_rds_aurora_cluster cluster)
{
    const cfn_rds_aurora_cluster_props *props = props_of(x, cluster);
    if (!props)
        return NULL;
    return cfn__is_aurora_mysql(cfn__aurora_engine_of(props)) ? "mysql" : "postgresql";
}

int64_t cfn__rds_aurora_cluster_port(cfn__expansion *x, cfn_rds_aurora_cluster cluster)
{
    const cfn_rds_aurora_cluster_props *props = props_of(x, cluster);
    return props ? cfn__int_or(props->port, cfn__aurora_engine_of(props)->port).value : 0;
}

const cfn_ec2_security_group_list *cfn__rds_aurora_cluster_groups(cfn__expansion *x,
                                                                  cfn_rds_aurora_cluster cluster)
{
    const cfn_rds_aurora_cluster_props *props = props_of(x, cluster);
    return props ? &props->security_groups : NULL;
}

/* https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html */
bool cfn__rds_aurora_cluster_logs_changes(cfn__expansion *x, cfn_rds_aurora_cluster cluster)
{
    const cfn_rds_aurora_cluster_props *props = props_of(x, cluster);
    if (!props)
        return true;
    const char *format =
        cfn_node_text(cfn_node_get(props->cluster_parameters.expression.node, "binlog_format"));
    return cfn__aurora_has_cdc(props) && (!format || strcasecmp(format, "ROW") == 0);
}
