/* The wiring and the expansion of Cfngen::RDS::AuroraCluster. */
#include "constructs/rds_aurora_cluster.h"

#include "base/text.h"

#include <string.h>

typedef cfn_rds_aurora_cluster_props props_type;

static const cfn__name_rule identifier_rule = {"an identifier", 63, "", true, true};

static bool is_serverless(const props_type *props)
{
    return cfn__is_set(props->serverless_v2.max_capacity.expression) ||
           cfn__is_set(props->serverless_v2.min_capacity.expression);
}

/* RDS writes to this group and no other:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html
 */
static cfn_node *log_group_name(const cfn__construct *c, const char *log)
{
    const cfn__aurora_state *state = c->state;
    return cfn__concat(&c->make, "/aws/rds/cluster/", cfn__copy(c->make.arena, state->name),
                       cfn__format(c->make.arena, "/%s", log));
}

/* Calls for each exported log. */
static void each_log(cfn__expansion *x, cfn__construct *c,
                     void (*visit)(cfn__expansion *, cfn__construct *, const char *log))
{
    const props_type *props = c->props;
    const char *const *logs = cfn__aurora_engine_of(props)->logs;
    for (; *logs; logs++)
        if (cfn__aurora_exports(props, *logs))
            visit(x, c, *logs);
}

static void serve_log(cfn__expansion *x, cfn__construct *c, const char *log)
{
    const props_type *props = c->props;
    cfn__kms_key_serve_log_group(x, props->encryption_key, log_group_name(c, log));
}

static bool leaves_data(const char *policy)
{
    return policy && strcmp(policy, "Delete") != 0;
}

/* What is left behind needs its key; a cluster that is kept whole needs its security groups too. */
static void keep_what_is_needed(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *policies[] = {c->attributes->deletion_policy, c->attributes->update_replace_policy};
    bool retained = false;
    for (size_t i = 0; i < CFN__COUNT(policies); i++) {
        if (leaves_data(policies[i]))
            cfn__kms_key_keep(x, props->encryption_key, c);
        retained |= policies[i] && cfn__starts_with(policies[i], "Retain");
    }
    for (size_t i = 0; i < props->security_groups.count && retained; i++)
        cfn__ec2_security_group_keep(x, props->security_groups.items[i]);
}

void cfn__wire_aurora_cluster(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__aurora_state *state = c->state;
    state->name = cfn__name_or(x, c, props->name, "Name", "", &identifier_rule);
    each_log(x, c, serve_log);
    keep_what_is_needed(x, c);
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

static void make_log_group(cfn__expansion *x, cfn__construct *c, const char *log)
{
    const props_type *props = c->props;
    cfn_node *name = log_group_name(c, log);
    cfn_node *group =
        cfn__resource(x, c, log_group_role(c->make.arena, log), "AWS::Logs::LogGroup");
    cfn__put(group, "LogGroupName", name);
    cfn__put(group, "RetentionInDays",
             cfn__int_node(&c->make, cfn__int_or(props->log_retention_in_days, 30)));
    cfn__put(group, "KmsKeyId", cfn__kms_key_arn(&c->make, props->encryption_key));
    cfn__put(group, "Tags", cfn__tags(x, c, name, props->tags));
    cfn__resource_policies(x, group, "Delete");
}

static void make_subnet_group(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a subnet group name", 255, "", true, true};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, "SubnetGroup", &rule);
    cfn_node *group = cfn__resource(x, c, "SubnetGroup", "AWS::RDS::DBSubnetGroup");
    cfn__put(group, "DBSubnetGroupName", name);
    cfn__put(group, "DBSubnetGroupDescription",
             cfn__string(&c->make, cfn__format(c->make.arena, "Subnets of %s", c->id)));
    cfn__put(group, "SubnetIds", cfn__ec2_network_subnet_ids(&c->make, props->network));
    cfn__put(group, "Tags", cfn__tags(x, c, name, props->tags));
}

static void make_parameter_group(cfn__expansion *x, cfn__construct *c, const char *role,
                                 const char *type, const char *name_property, cfn_node *parameters)
{
    static const cfn__name_rule rule = {"a parameter group name", 255, "", true, true};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, role, &rule);
    cfn_node *group = cfn__resource(x, c, role, type);
    cfn__put(group, name_property, name);
    cfn__put(group, "Description",
             cfn__string(&c->make, cfn__format(c->make.arena, "Parameters of %s", c->id)));
    cfn__put(group, "Family", cfn__string(&c->make, cfn__aurora_family(c->make.arena, props)));
    cfn__put(group, "Parameters", parameters);
    cfn__put(group, "Tags", cfn__tags(x, c, name, props->tags));
}

static cfn_int monitoring_interval(const props_type *props)
{
    return cfn__int_or(props->monitoring_interval, 60);
}

static bool is_monitored(const props_type *props)
{
    cfn_int interval = monitoring_interval(props);
    return interval.expression.form != CFN_LITERAL || interval.value > 0;
}

/* https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html */
static void make_monitoring_role(cfn__expansion *x, cfn__construct *c)
{
    static const char *const actions[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name(x, c, "MonitoringRole", &rule);
    cfn_node *role = cfn__resource(x, c, "MonitoringRole", "AWS::IAM::Role");
    cfn_node *statement =
        cfn__statement(make, "EnhancedMonitoring",
                       cfn__service_principal(make, "monitoring.rds.amazonaws.com"), actions);
    cfn__put(statement, "Condition",
             cfn__policy_condition(make, "StringEquals", "aws:SourceAccount",
                                   cfn__ref_node(make, "AWS::AccountId")));
    cfn__put(role, "RoleName", name);
    cfn__put(role, "AssumeRolePolicyDocument",
             cfn__policy_document(make, cfn__append(cfn__list(make), statement)));
    cfn__put(role, "ManagedPolicyArns",
             cfn__append(cfn__list(make),
                         cfn__sub_node(make, "arn:${AWS::Partition}:iam::aws:policy/service-role/"
                                             "AmazonRDSEnhancedMonitoringRole")));
    cfn__put(role, "Tags", cfn__tags(x, c, name, props->tags));
}

/* ---- the cluster ---- */

static void put_master_user(const cfn__construct *c, cfn_node *cluster)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const char *otherwise = cfn__aurora_engine_of(props)->master_username;
    cfn_node *username = cfn__str_node(make, props->master_username);
    if (cfn__handle_is_set(&props->master_secret.handle)) {
        if (!username)
            username = cfn__secret_value(make, props->master_secret, "username");
        cfn__put(cluster, "MasterUsername", username);
        cfn__put(cluster, "MasterUserPassword",
                 cfn__secret_value(make, props->master_secret, "password"));
        return;
    }
    cfn__put(cluster, "MasterUsername", username ? username : cfn__string(make, otherwise));
    cfn__put(cluster, "ManageMasterUserPassword", cfn__boolean(make, true));
    cfn__put(cluster, "MasterUserSecret",
             cfn__single(make, "KmsKeyId", cfn__kms_key_arn(make, props->encryption_key)));
}

static void put_security(const cfn__construct *c, cfn_node *cluster)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *groups = cfn__list(make);
    for (size_t i = 0; i < props->security_groups.count; i++)
        cfn__append(groups, cfn__ec2_security_group_id(make, props->security_groups.items[i]));
    if (cfn__is_set(props->security_groups.all))
        groups = cfn__str_node(make, props->security_groups.all);
    cfn__put(cluster, "VpcSecurityGroupIds", groups);
    cfn__put(cluster, "StorageEncrypted", cfn__boolean(make, true));
    cfn__put(cluster, "KmsKeyId", cfn__kms_key_arn(make, props->encryption_key));
    cfn__put(cluster, "EnableIAMDatabaseAuthentication",
             cfn__bool_node(make, cfn__bool_or(props->enable_iam_database_authentication, true)));
}

static void put_backup(const cfn__construct *c, cfn_node *cluster)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn__put(cluster, "BackupRetentionPeriod",
             cfn__int_node(make, cfn__int_or(props->backup_retention_period, 7)));
    cfn__put(cluster, "PreferredBackupWindow",
             cfn__str_node(make,
                           cfn__str_or(props->preferred_backup_window, CFN__AURORA_BACKUP_WINDOW)));
    cfn__put(cluster, "PreferredMaintenanceWindow",
             cfn__str_node(make, cfn__str_or(props->preferred_maintenance_window,
                                             CFN__AURORA_MAINTENANCE_WINDOW)));
    cfn__put(cluster, "CopyTagsToSnapshot", cfn__boolean(make, true));
    cfn__put(cluster, "BacktrackWindow", cfn__int_node(make, props->backtrack_window));
    cfn__put(cluster, "DeletionProtection",
             cfn__bool_node(make, cfn__bool_or(props->deletion_protection, false)));
}

static bool has_insights(const props_type *props)
{
    return cfn__bool_or(props->enable_performance_insights, true).value;
}

static cfn_int insights_retention(const props_type *props)
{
    int64_t days = cfn__aurora_is_advanced(props) ? CFN__ADVANCED_RETENTION : 7;
    return cfn__int_or(props->performance_insights_retention_period, days);
}

static void put_monitoring(const cfn__construct *c, cfn_node *cluster)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *logs = cfn__list(make);
    const char *const *log = cfn__aurora_engine_of(props)->logs;
    for (; *log; log++)
        if (cfn__aurora_exports(props, *log))
            cfn__append(logs, cfn__string(make, *log));
    if (cfn_node_size(logs))
        cfn__put(cluster, "EnableCloudwatchLogsExports", logs);
    if (!has_insights(props))
        return;
    cfn__put(cluster, "DatabaseInsightsMode",
             cfn__str_node(make, cfn__str_or(props->database_insights_mode, "standard")));
    cfn__put(cluster, "PerformanceInsightsEnabled", cfn__boolean(make, true));
    cfn__put(cluster, "PerformanceInsightsKmsKeyId", cfn__kms_key_arn(make, props->encryption_key));
    cfn__put(cluster, "PerformanceInsightsRetentionPeriod",
             cfn__int_node(make, insights_retention(props)));
}

static void put_serverless(const cfn__construct *c, cfn_node *cluster)
{
    const cfn_rds_serverless_v2 *serverless = &((const props_type *)c->props)->serverless_v2;
    cfn_node *map = cfn__map(&c->make);
    cfn__put(map, "MinCapacity", cfn__num_node(&c->make, serverless->min_capacity));
    cfn__put(map, "MaxCapacity", cfn__num_node(&c->make, serverless->max_capacity));
    cfn__put(map, "SecondsUntilAutoPause",
             cfn__int_node(&c->make, serverless->seconds_until_auto_pause));
    cfn__put(cluster, "ServerlessV2ScalingConfiguration", map);
}

static void depend_on_log_group(cfn__expansion *x, cfn__construct *c, const char *log)
{
    cfn_node *cluster = cfn__properties_of(c, "");
    cfn__resource_depends_on(x, cluster, cfn__role_id(x, c, log_group_role(c->make.arena, log)));
}

static void make_cluster(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const cfn__aurora_engine *engine = cfn__aurora_engine_of(props);
    cfn_node *name = ((const cfn__aurora_state *)c->state)->name;
    cfn_node *cluster = cfn__resource(x, c, "", "AWS::RDS::DBCluster");
    cfn__put(cluster, "DBClusterIdentifier", name);
    cfn__put(cluster, "Engine", cfn__string(make, engine->name));
    cfn__put(cluster, "EngineVersion",
             cfn__str_node(make, cfn__str_or(props->engine_version, engine->version)));
    cfn__put(cluster, "DatabaseName", cfn__str_node(make, props->database_name));
    cfn__put(cluster, "Port", cfn__int_node(make, cfn__int_or(props->port, engine->port)));
    put_master_user(c, cluster);
    cfn__put(cluster, "DBSubnetGroupName", cfn__ref_node(make, cfn__role_id(x, c, "SubnetGroup")));
    cfn__put(cluster, "DBClusterParameterGroupName",
             cfn__ref_node(make, cfn__role_id(x, c, "ParameterGroup")));
    put_security(c, cluster);
    cfn__put(cluster, "StorageType", cfn__str_node(make, props->storage_type));
    if (is_serverless(props))
        put_serverless(c, cluster);
    put_backup(c, cluster);
    put_monitoring(c, cluster);
    cfn__put(cluster, "Tags", cfn__tags(x, c, name, props->tags));
    each_log(x, c, depend_on_log_group);
    cfn__resource_policies(x, cluster, "Delete");
}

/* ---- the instances ---- */

static cfn_str instance_class(const props_type *props, bool reader)
{
    if (reader && cfn__is_set(props->reader_instance_class))
        return props->reader_instance_class;
    return cfn__str_or(props->instance_class,
                       is_serverless(props) ? "db.serverless" : "db.r6g.large");
}

static void put_instance_monitoring(cfn__expansion *x, const cfn__construct *c, cfn_node *instance)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn__put(instance, "EnablePerformanceInsights", cfn__boolean(make, has_insights(props)));
    if (has_insights(props)) {
        cfn__put(instance, "PerformanceInsightsKMSKeyId",
                 cfn__kms_key_arn(make, props->encryption_key));
        cfn__put(instance, "PerformanceInsightsRetentionPeriod",
                 cfn__int_node(make, insights_retention(props)));
    }
    cfn__put(instance, "MonitoringInterval", cfn__int_node(make, monitoring_interval(props)));
    if (is_monitored(props))
        cfn__put(instance, "MonitoringRoleArn",
                 cfn__get_att_node(make, cfn__role_id(x, c, "MonitoringRole"), "Arn"));
}

/* Instance 0 is the writer. A failover goes to the reader of the lowest tier. */
static void make_instance(cfn__expansion *x, cfn__construct *c, size_t n)
{
    enum { LAST_TIER = 15 };
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const char *role = n ? cfn__format(make->arena, "Reader%zu", n) : "Writer";
    cfn_node *name = cfn__name(x, c, role, &identifier_rule);
    cfn_node *instance = cfn__resource(x, c, role, "AWS::RDS::DBInstance");
    cfn__put(instance, "DBInstanceIdentifier", name);
    cfn__put(instance, "DBClusterIdentifier", cfn__ref_node(make, c->id));
    cfn__put(instance, "Engine", cfn__string(make, cfn__aurora_engine_of(props)->name));
    cfn__put(instance, "DBInstanceClass", cfn__str_node(make, instance_class(props, n > 0)));
    cfn__put(instance, "DBParameterGroupName",
             cfn__ref_node(make, cfn__role_id(x, c, "InstanceParameterGroup")));
    cfn__put(instance, "AvailabilityZone", cfn__ec2_network_zone(x, make, props->network, n));
    cfn__put(instance, "PromotionTier", cfn__integer(make, n < LAST_TIER ? (int64_t)n : LAST_TIER));
    cfn__put(instance, "PubliclyAccessible", cfn__boolean(make, false));
    cfn__put(instance, "AutoMinorVersionUpgrade",
             cfn__bool_node(make, cfn__bool_or(props->auto_minor_version_upgrade, false)));
    cfn__put(
        instance, "CACertificateIdentifier",
        cfn__str_node(make, cfn__str_or(props->ca_certificate_identifier, "rds-ca-rsa2048-g1")));
    put_instance_monitoring(x, c, instance);
    cfn__put(instance, "Tags", cfn__tags(x, c, name, props->tags));
    if (n)
        cfn__resource_depends_on(x, instance, cfn__role_id(x, c, "Writer"));
    cfn__resource_policies(x, instance, "Delete");
    cfn__resource_completes(c, instance);
}

void cfn__expand_aurora_cluster(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    int64_t readers = cfn__int_or(props->readers, 1).value;
    cfn__check_aurora_cluster(x, c);
    make_cluster(x, c);
    for (size_t n = 0; n <= (size_t)readers; n++)
        make_instance(x, c, n);
    make_subnet_group(x, c);
    make_parameter_group(x, c, "ParameterGroup", "AWS::RDS::DBClusterParameterGroup",
                         "DBClusterParameterGroupName", cfn__aurora_cluster_parameters(x, c));
    make_parameter_group(x, c, "InstanceParameterGroup", "AWS::RDS::DBParameterGroup",
                         "DBParameterGroupName", cfn__aurora_instance_parameters(x, c));
    if (is_monitored(props))
        make_monitoring_role(x, c);
    each_log(x, c, make_log_group);
}
