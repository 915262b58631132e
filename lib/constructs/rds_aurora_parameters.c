/* The parameters of an Aurora cluster: what cfngen needs, what the source has, what the user adds.
 * Which of them belong to the cluster and which to an instance:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
 */
#include "constructs/rds_aurora_cluster.h"

#include <string.h>

/* TLS is enforced on the cluster; binlog_row_image is always full on Aurora. */
static const cfn__rds_preset mysql_cluster[] = {
    {"require_secure_transport", "ON", NULL},
    {"binlog_format", "ROW", "cdc"},
    {"server_audit_logging", "1", "audit"},
    {"server_audit_events", "CONNECT,QUERY_DCL,QUERY_DDL", "audit"},
};
/* DMS loads with LOAD DATA LOCAL INFILE; the slow and the general log reach CloudWatch as files. */
static const cfn__rds_preset mysql_instance[] = {
    {"local_infile", "1", NULL},       {"slow_query_log", "1", "slowquery"},
    {"general_log", "1", "general"},   {"log_output", "FILE", "slowquery"},
    {"log_output", "FILE", "general"},
};
static const cfn__rds_preset postgresql_cluster[] = {
    {"rds.force_ssl", "1", NULL},
    {"rds.logical_replication", "1", "cdc"},
};

/* Of the parameters that are matched to the source, those of the cluster. */
static const char *const of_the_cluster[] = {"character_set_server",
                                             "collation_server",
                                             "time_zone",
                                             "timezone",
                                             "lower_case_table_names",
                                             NULL};

/* Others that are the cluster's alone: an instance's group refuses them. */
static const char *const never_of_an_instance[] = {"require_secure_transport",
                                                   "tls_version",
                                                   "binlog_format",
                                                   "binlog_checksum",
                                                   "server_audit_logging",
                                                   "server_audit_events",
                                                   "rds.force_ssl",
                                                   "rds.logical_replication",
                                                   NULL};

static bool is_in(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static bool belongs_to_cluster(const char *name)
{
    return is_in(of_the_cluster, name);
}

static bool belongs_to_instance(const char *name)
{
    return !belongs_to_cluster(name);
}

static bool is_of_the_wrong_level(cfn__expansion *x, const cfn_node *parameter)
{
    const char *name = parameter->key;
    if (!belongs_to_cluster(name) && !is_in(never_of_an_instance, name))
        return false;
    cfn__report_key(cfn__expansion_diagnostics(x), CFN4108, parameter,
                    "%s is a parameter of the cluster, not of its instances", name);
    cfn__hint(cfn__expansion_diagnostics(x), "move it to ClusterParameters");
    return true;
}

cfn_node *cfn__aurora_cluster_parameters(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_rds_aurora_cluster_props *props = c->props;
    const cfn__rds_database d = cfn__aurora_database(c);
    cfn_node *map = cfn__map(&c->make);
    if (cfn__is_mysql(d.engine))
        cfn__rds_put_presets(&c->make, &d, map, mysql_cluster, CFN__COUNT(mysql_cluster));
    else
        cfn__rds_put_presets(&c->make, &d, map, postgresql_cluster, CFN__COUNT(postgresql_cluster));
    cfn__rds_put_matched(x, c, &d, map, belongs_to_cluster);
    cfn__rds_put_own(x, c, &d, map, props->cluster_parameters, NULL);
    return map;
}

cfn_node *cfn__aurora_instance_parameters(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_rds_aurora_cluster_props *props = c->props;
    const cfn__rds_database d = cfn__aurora_database(c);
    cfn_node *map = cfn__map(&c->make);
    if (cfn__is_mysql(d.engine))
        cfn__rds_put_presets(&c->make, &d, map, mysql_instance, CFN__COUNT(mysql_instance));
    cfn__rds_put_matched(x, c, &d, map, belongs_to_instance);
    cfn__rds_put_own(x, c, &d, map, props->instance_parameters, is_of_the_wrong_level);
    return map;
}

/* Not twice, when it is among those of the writer too: it is meant to be different. */
static bool is_checked_reader_parameter(cfn__expansion *x, const cfn_node *parameter)
{
    is_of_the_wrong_level(x, parameter);
    return true;
}

cfn_node *cfn__aurora_reader_parameters(cfn__expansion *x, const cfn__construct *c,
                                        const cfn_node *of_writer)
{
    const cfn_rds_aurora_cluster_props *props = c->props;
    const cfn__rds_database d = cfn__aurora_database(c);
    cfn_node *map = cfn__copy(c->make.arena, of_writer);
    cfn__rds_put_own(x, c, &d, map, props->reader_parameters, is_checked_reader_parameter);
    return map;
}
