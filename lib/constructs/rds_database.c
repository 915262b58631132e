/* What is asked of a cluster of Aurora or an instance of RDS, and the smaller resources that both
 * have: subnet group, parameter groups, log groups, the role of Enhanced Monitoring. */
#include "constructs/rds.h"

#include "base/text.h"

#include <cfngen/aws/iam.h>
#include <cfngen/aws/logs.h>
#include <cfngen/aws/rds.h>

#include <string.h>
#include <strings.h>

const cfn__name_rule cfn__rds_identifier_rule = {"an identifier", 63, "", true, true};
const char *const cfn__rds_insights_modes[] = {"standard", "advanced", NULL};

const cfn__rds_engine *cfn__rds_engine_named(const cfn__rds_engine *engines, size_t count,
                                             cfn_str name)
{
    const char *text = cfn__literal(name);
    for (size_t i = 0; i < count && text; i++)
        if (strcmp(engines[i].name, text) == 0)
            return &engines[i];
    return engines;
}

bool cfn__is_mysql(const cfn__rds_engine *engine)
{
    return strcmp(engine->family, "mysql") == 0;
}

const char *cfn__rds_family(cfn_arena *arena, const cfn__rds_engine *engine, cfn_str version)
{
    const char *given = cfn__literal(version), *text = given ? given : engine->version;
    size_t length = strcspn(text, ".");
    if (cfn__is_mysql(engine) && text[length])
        length += 1 + strcspn(text + length + 1, ".");
    return cfn__format(arena, "%s%.*s", engine->name, (int)length, text);
}

/* ---- what is asked for ---- */

static bool contains(const char *const *list, const char *text)
{
    while (*list && strcmp(*list, text) != 0)
        list++;
    return *list != NULL;
}

bool cfn__rds_exports(const cfn__rds_database *d, const char *log)
{
    if (!d->log_exports->items)
        return contains(d->engine->default_logs, log);
    for (size_t i = 0; i < d->log_exports->count; i++) {
        const char *text = cfn__literal(d->log_exports->items[i]);
        if (text && strcmp(text, log) == 0)
            return true;
    }
    return false;
}

bool cfn__rds_has_insights(const cfn__rds_database *d)
{
    return cfn__bool_or(d->insights, true).value;
}

cfn_int cfn__rds_insights_retention(const cfn__rds_database *d)
{
    const char *mode = cfn__literal(d->insights_mode);
    bool advanced = mode && strcmp(mode, "advanced") == 0;
    return cfn__int_or(d->insights_retention, advanced ? CFN__ADVANCED_RETENTION : 7);
}

cfn_int cfn__rds_monitoring_interval(const cfn__rds_database *d)
{
    return cfn__int_or(d->monitoring_interval, 60);
}

bool cfn__rds_is_monitored(const cfn__rds_database *d)
{
    cfn_int interval = cfn__rds_monitoring_interval(d);
    return interval.expression.form != CFN_LITERAL || interval.value > 0;
}

cfn_str_list cfn__rds_log_list(const cfn__maker *make, const cfn__rds_database *d)
{
    cfn_node *logs = cfn__list(make);
    for (const char *const *log = d->engine->logs; *log; log++)
        if (cfn__rds_exports(d, *log))
            cfn__append(logs, cfn__string(make, *log));
    return (cfn_str_list){.all = cfn_node_size(logs) ? cfn_of_node(logs) : cfn_s(NULL)};
}

cfn__rds_master cfn__rds_master_of(const cfn__maker *make, const cfn__rds_database *d)
{
    cfn__rds_master master = {.username = d->master_username};
    if (!cfn__handle_is_set(&d->master_secret.handle)) {
        master.managed = cfn_b(true);
        master.username = cfn__str_or(d->master_username, d->engine->master_username);
        return master;
    }
    if (!cfn__is_set(d->master_username))
        master.username = cfn__secret_value(make, d->master_secret, "username");
    master.password = cfn__secret_value(make, d->master_secret, "password");
    return master;
}

/* ---- what others ask ---- */

/* False when it is not a construct of this stack. */
static bool find(cfn__expansion *x, cfn_rds_aurora_cluster database, cfn__rds_database *out)
{
    const cfn__construct *c = cfn__handle_construct(x, &database.handle);
    if (!c)
        return false;
    bool is_instance = c->type == &cfn__rds_instance_type;
    *out = is_instance ? cfn__instance_database(c) : cfn__aurora_database(c);
    return true;
}

const char *cfn__rds_database_family(cfn__expansion *x, cfn_rds_aurora_cluster database)
{
    cfn__rds_database d;
    return find(x, database, &d) ? d.engine->family : NULL;
}

int64_t cfn__rds_database_port(cfn__expansion *x, cfn_rds_aurora_cluster database)
{
    cfn__rds_database d;
    return find(x, database, &d) ? cfn__int_or(d.port, d.engine->port).value : 0;
}

const cfn_ec2_security_group_list *cfn__rds_database_groups(cfn__expansion *x,
                                                            cfn_rds_aurora_cluster database)
{
    cfn__rds_database d;
    return find(x, database, &d) ? d.security_groups : NULL;
}

/* https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html */
bool cfn__rds_database_logs_changes(cfn__expansion *x, cfn_rds_aurora_cluster database)
{
    cfn__rds_database d;
    if (!find(x, database, &d))
        return true;
    const char *format =
        cfn_node_text(cfn_node_get(d.server_parameters.expression.node, "binlog_format"));
    return d.logs_changes && (!format || strcasecmp(format, "ROW") == 0);
}

bool cfn__is_rds_instance(cfn__expansion *x, cfn_rds_aurora_cluster database)
{
    const cfn__construct *c = cfn__handle_construct(x, &database.handle);
    return c && c->type == &cfn__rds_instance_type;
}

/* ---- wiring ---- */

/* RDS writes to this group and no other:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html
 */
static cfn_node *log_group_name(const cfn__construct *c, const cfn__rds_database *d,
                                const char *log)
{
    cfn_arena *arena = c->make.arena;
    return cfn__concat(&c->make, cfn__format(arena, "/aws/rds/%s/", d->what),
                       cfn__copy(arena, d->name), cfn__format(arena, "/%s", log));
}

static bool leaves_data(const char *policy)
{
    return policy && strcmp(policy, "Delete") != 0;
}

/* What is left behind needs its key; what is kept whole needs its security groups too. */
static void keep_what_is_needed(cfn__expansion *x, const cfn__construct *c,
                                const cfn__rds_database *d)
{
    const char *policies[] = {c->attributes->deletion_policy, c->attributes->update_replace_policy};
    bool retained = false;
    for (size_t i = 0; i < CFN__COUNT(policies); i++) {
        if (leaves_data(policies[i]))
            cfn__kms_key_keep(x, d->encryption_key, c);
        retained |= policies[i] && cfn__starts_with(policies[i], "Retain");
    }
    for (size_t i = 0; i < d->security_groups->count && retained; i++)
        cfn__ec2_security_group_keep(x, d->security_groups->items[i]);
}

void cfn__rds_wire(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d)
{
    for (const char *const *log = d->engine->logs; *log; log++)
        if (cfn__rds_exports(d, *log))
            cfn__kms_key_serve_log_group(x, d->encryption_key, log_group_name(c, d, *log));
    keep_what_is_needed(x, c, d);
}

/* ---- the smaller resources ---- */

/* "iam-db-auth-error" is IamDbAuthErrorLogGroup. */
static const char *log_group_role(cfn_arena *arena, const char *log)
{
    char *role = cfn__format(arena, "%sLogGroup", log), *out = role;
    bool capital = true;
    if (!*role)
        return role;
    for (const char *p = role; *p; p++) {
        if (*p != '-')
            *out++ = capital && *p >= 'a' && *p <= 'z' ? (char)(*p & ~0x20) : *p;
        capital = *p == '-';
    }
    *out = '\0';
    return role;
}

static void make_log_group(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d,
                           const char *log)
{
    cfn_node *name = log_group_name(c, d, log);
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, log_group_role(c->make.arena, log),
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(d->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(d->log_retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, d->tags)});
    cfn__resource_policies(x, group, "Delete");
}

void cfn__rds_make_log_groups(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d)
{
    for (const char *const *log = d->engine->logs; *log; log++)
        if (cfn__rds_exports(d, *log))
            make_log_group(x, c, d, *log);
}

void cfn__rds_await_log_groups(cfn__expansion *x, const cfn__construct *c,
                               const cfn__rds_database *d)
{
    cfn_node *primary = cfn__properties_of(c, "");
    for (const char *const *log = d->engine->logs; *log; log++)
        if (cfn__rds_exports(d, *log))
            cfn__resource_depends_on(x, primary,
                                     cfn__role_id(x, c, log_group_role(c->make.arena, *log)));
}

void cfn__rds_make_subnet_group(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d)
{
    static const cfn__name_rule rule = {"a subnet group name", 255, "", true, true};
    cfn_node *name = cfn__name(x, c, "SubnetGroup", &rule);
    const char *description = cfn__format(c->make.arena, "Subnets of %s", c->id);
    CFN__RESOURCE(
        aws_rds_DBSubnetGroup, x, c, "SubnetGroup",
        &(aws_rds_DBSubnetGroup_props){.DBSubnetGroupDescription = cfn_s(description),
                                       .DBSubnetGroupName = cfn_of_node(name),
                                       .SubnetIds = cfn__ec2_network_subnet_ids(d->network),
                                       .Tags = cfn__tags(x, c, name, d->tags)});
}

void cfn__rds_make_parameter_group(cfn__expansion *x, cfn__construct *c, const char *role,
                                   bool of_cluster, cfn_str family, cfn_node *parameters,
                                   cfn_json tags)
{
    static const cfn__name_rule rule = {"a parameter group name", 255, "", true, true};
    cfn_str description = cfn_s(cfn__format(c->make.arena, "Parameters of %s", c->id));
    cfn_node *name = cfn__name(x, c, role, &rule);
    if (of_cluster)
        CFN__RESOURCE(aws_rds_DBClusterParameterGroup, x, c, role,
                      &(aws_rds_DBClusterParameterGroup_props){
                          .DBClusterParameterGroupName = cfn_of_node(name),
                          .Description = description,
                          .Family = family,
                          .Parameters = cfn__json_of_node(parameters),
                          .Tags = cfn__tags(x, c, name, tags)});
    else
        CFN__RESOURCE(aws_rds_DBParameterGroup, x, c, role,
                      &(aws_rds_DBParameterGroup_props){.DBParameterGroupName = cfn_of_node(name),
                                                        .Description = description,
                                                        .Family = family,
                                                        .Parameters = cfn__json_of_node(parameters),
                                                        .Tags = cfn__tags(x, c, name, tags)});
}

/* https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
void cfn__rds_make_monitoring_role(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d)
{
    static const char *const actions[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const cfn__maker *make = &c->make;
    if (!cfn__rds_is_monitored(d))
        return;
    cfn_node *name = cfn__name(x, c, "MonitoringRole", &rule);
    cfn_node *statement =
        cfn__statement(make, "EnhancedMonitoring",
                       cfn__service_principal(make, "monitoring.rds.amazonaws.com"), actions);
    cfn__put(statement, "Condition", cfn__this_account(make));
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), statement));
    CFN__RESOURCE(aws_iam_Role, x, c, "MonitoringRole",
                  &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                                        .ManagedPolicyArns = CFN_LIST(cfn_sub(
                                            "arn:${AWS::Partition}:iam::aws:policy/service-role/"
                                            "AmazonRDSEnhancedMonitoringRole")),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, d->tags)});
}

void cfn__rds_set_instance_monitoring(cfn__expansion *x, const cfn__construct *c,
                                      const cfn__rds_database *d,
                                      aws_rds_DBInstance_props *instance)
{
    instance->EnablePerformanceInsights = cfn_b(cfn__rds_has_insights(d));
    if (cfn__rds_has_insights(d)) {
        instance->PerformanceInsightsKMSKeyId = cfn_kms_key_arn(d->encryption_key);
        instance->PerformanceInsightsRetentionPeriod = cfn__rds_insights_retention(d);
    }
    instance->MonitoringInterval = cfn__rds_monitoring_interval(d);
    if (cfn__rds_is_monitored(d))
        instance->MonitoringRoleArn = cfn_att(cfn__role_id(x, c, "MonitoringRole"), "Arn");
}
