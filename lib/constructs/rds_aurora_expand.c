/* The wiring and the expansion of Cfngen::RDS::AuroraCluster. */
#include "constructs/rds_aurora_cluster.h"

#include "base/text.h"

#include <cfngen/aws/iam.h>
#include <cfngen/aws/logs.h>
#include <cfngen/aws/rds.h>

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
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, log_group_role(c->make.arena, log),
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(props->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(props->log_retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, group, "Delete");
}

static void make_subnet_group(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a subnet group name", 255, "", true, true};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, "SubnetGroup", &rule);
    const char *description = cfn__format(c->make.arena, "Subnets of %s", c->id);
    CFN__RESOURCE(
        aws_rds_DBSubnetGroup, x, c, "SubnetGroup",
        &(aws_rds_DBSubnetGroup_props){.DBSubnetGroupDescription = cfn_s(description),
                                       .DBSubnetGroupName = cfn_of_node(name),
                                       .SubnetIds = cfn__ec2_network_subnet_ids(props->network),
                                       .Tags = cfn__tags(x, c, name, props->tags)});
}

static void make_parameter_groups(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a parameter group name", 255, "", true, true};
    const props_type *props = c->props;
    cfn_str description = cfn_s(cfn__format(c->make.arena, "Parameters of %s", c->id));
    cfn_str family = cfn_s(cfn__aurora_family(c->make.arena, props));
    cfn_node *name = cfn__name(x, c, "ParameterGroup", &rule);
    CFN__RESOURCE(aws_rds_DBClusterParameterGroup, x, c, "ParameterGroup",
                  &(aws_rds_DBClusterParameterGroup_props){
                      .DBClusterParameterGroupName = cfn_of_node(name),
                      .Description = description,
                      .Family = family,
                      .Parameters = cfn__json_of_node(cfn__aurora_cluster_parameters(x, c)),
                      .Tags = cfn__tags(x, c, name, props->tags)});
    name = cfn__name(x, c, "InstanceParameterGroup", &rule);
    CFN__RESOURCE(aws_rds_DBParameterGroup, x, c, "InstanceParameterGroup",
                  &(aws_rds_DBParameterGroup_props){
                      .DBParameterGroupName = cfn_of_node(name),
                      .Description = description,
                      .Family = family,
                      .Parameters = cfn__json_of_node(cfn__aurora_instance_parameters(x, c)),
                      .Tags = cfn__tags(x, c, name, props->tags)});
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
    cfn_node *statement =
        cfn__statement(make, "EnhancedMonitoring",
                       cfn__service_principal(make, "monitoring.rds.amazonaws.com"), actions);
    cfn__put(statement, "Condition",
             cfn__policy_condition(make, "StringEquals", "aws:SourceAccount",
                                   cfn__ref_node(make, "AWS::AccountId")));
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), statement));
    CFN__RESOURCE(aws_iam_Role, x, c, "MonitoringRole",
                  &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                                        .ManagedPolicyArns = CFN_LIST(cfn_sub(
                                            "arn:${AWS::Partition}:iam::aws:policy/service-role/"
                                            "AmazonRDSEnhancedMonitoringRole")),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, props->tags)});
}

/* ---- the cluster ---- */

typedef aws_rds_DBCluster_props cluster_props;

/* With a secret of the user's; without one RDS makes and keeps it. */
static void set_master_user(const cfn__construct *c, cluster_props *cluster)
{
    const props_type *props = c->props;
    cluster->MasterUsername = props->master_username;
    if (!cfn__handle_is_set(&props->master_secret.handle)) {
        cluster->ManageMasterUserPassword = cfn_b(true);
        cluster->MasterUsername =
            cfn__str_or(props->master_username, cfn__aurora_engine_of(props)->master_username);
        return;
    }
    if (!cfn__is_set(props->master_username))
        cluster->MasterUsername = cfn__secret_value(&c->make, props->master_secret, "username");
    cluster->MasterUserPassword = cfn__secret_value(&c->make, props->master_secret, "password");
}

static cfn_node *security_groups(const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *groups = cfn__list(make);
    for (size_t i = 0; i < props->security_groups.count; i++)
        cfn__append(groups, cfn__str_node(
                                make, cfn_ec2_security_group_id(props->security_groups.items[i])));
    return cfn__is_set(props->security_groups.all) ? cfn__str_node(make, props->security_groups.all)
                                                   : groups;
}

static void set_backup(const props_type *props, cluster_props *cluster)
{
    cluster->BackupRetentionPeriod = cfn__int_or(props->backup_retention_period, 7);
    cluster->PreferredBackupWindow =
        cfn__str_or(props->preferred_backup_window, CFN__AURORA_BACKUP_WINDOW);
    cluster->PreferredMaintenanceWindow =
        cfn__str_or(props->preferred_maintenance_window, CFN__AURORA_MAINTENANCE_WINDOW);
    cluster->CopyTagsToSnapshot = cfn_b(true);
    cluster->BacktrackWindow = props->backtrack_window;
    cluster->DeletionProtection = cfn__bool_or(props->deletion_protection, false);
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

static void set_monitoring(const cfn__construct *c, cluster_props *cluster)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *logs = cfn__list(make);
    const char *const *log = cfn__aurora_engine_of(props)->logs;
    for (; *log; log++)
        if (cfn__aurora_exports(props, *log))
            cfn__append(logs, cfn__string(make, *log));
    if (cfn_node_size(logs))
        cluster->EnableCloudwatchLogsExports = (cfn_str_list){.all = cfn_of_node(logs)};
    if (!has_insights(props))
        return;
    cluster->DatabaseInsightsMode = cfn__str_or(props->database_insights_mode, "standard");
    cluster->PerformanceInsightsEnabled = cfn_b(true);
    cluster->PerformanceInsightsKmsKeyId = cfn_kms_key_arn(props->encryption_key);
    cluster->PerformanceInsightsRetentionPeriod = insights_retention(props);
}

static void depend_on_log_group(cfn__expansion *x, cfn__construct *c, const char *log)
{
    cfn_node *cluster = cfn__properties_of(c, "");
    cfn__resource_depends_on(x, cluster, cfn__role_id(x, c, log_group_role(c->make.arena, log)));
}

static void make_cluster(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__aurora_engine *engine = cfn__aurora_engine_of(props);
    const cfn_rds_serverless_v2 *serverless = &props->serverless_v2;
    cfn_node *name = ((const cfn__aurora_state *)c->state)->name;
    const aws_rds_DBCluster_ServerlessV2ScalingConfiguration scaling = {
        .MaxCapacity = serverless->max_capacity,
        .MinCapacity = serverless->min_capacity,
        .SecondsUntilAutoPause = serverless->seconds_until_auto_pause,
    };
    const aws_rds_DBCluster_MasterUserSecret secret = {
        .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
    };
    bool managed = !cfn__handle_is_set(&props->master_secret.handle);
    cluster_props cluster = {
        .DBClusterIdentifier = cfn_of_node(name),
        .DBClusterParameterGroupName = cfn_ref(cfn__role_id(x, c, "ParameterGroup")),
        .DBSubnetGroupName = cfn_ref(cfn__role_id(x, c, "SubnetGroup")),
        .DatabaseName = props->database_name,
        .EnableIAMDatabaseAuthentication =
            cfn__bool_or(props->enable_iam_database_authentication, true),
        .Engine = cfn_s(engine->name),
        .EngineVersion = cfn__str_or(props->engine_version, engine->version),
        .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
        .MasterUserSecret = managed ? &secret : NULL,
        .Port = cfn__int_or(props->port, engine->port),
        .ServerlessV2ScalingConfiguration = is_serverless(props) ? &scaling : NULL,
        .StorageEncrypted = cfn_b(true),
        .StorageType = props->storage_type,
        .Tags = cfn__tags(x, c, name, props->tags),
        .VpcSecurityGroupIds = {.all = cfn_of_node(security_groups(c))},
    };
    set_master_user(c, &cluster);
    set_backup(props, &cluster);
    set_monitoring(c, &cluster);
    cfn_node *made = CFN__RESOURCE(aws_rds_DBCluster, x, c, "", &cluster);
    each_log(x, c, depend_on_log_group);
    cfn__resource_policies(x, made, "Delete");
}

/* ---- the instances ---- */

static cfn_str instance_class(const props_type *props, bool reader)
{
    if (reader && cfn__is_set(props->reader_instance_class))
        return props->reader_instance_class;
    return cfn__str_or(props->instance_class,
                       is_serverless(props) ? "db.serverless" : "db.r6g.large");
}

static void set_instance_monitoring(cfn__expansion *x, const cfn__construct *c,
                                    aws_rds_DBInstance_props *instance)
{
    const props_type *props = c->props;
    instance->EnablePerformanceInsights = cfn_b(has_insights(props));
    if (has_insights(props)) {
        instance->PerformanceInsightsKMSKeyId = cfn_kms_key_arn(props->encryption_key);
        instance->PerformanceInsightsRetentionPeriod = insights_retention(props);
    }
    instance->MonitoringInterval = monitoring_interval(props);
    if (is_monitored(props))
        instance->MonitoringRoleArn = cfn_att(cfn__role_id(x, c, "MonitoringRole"), "Arn");
}

/* Instance 0 is the writer. A failover goes to the reader of the lowest tier. */
static void make_instance(cfn__expansion *x, cfn__construct *c, size_t n)
{
    enum { LAST_TIER = 15 };
    const props_type *props = c->props;
    const char *role = n ? cfn__format(c->make.arena, "Reader%zu", n) : "Writer";
    cfn_node *name = cfn__name(x, c, role, &identifier_rule);
    aws_rds_DBInstance_props instance = {
        .AutoMinorVersionUpgrade = cfn__bool_or(props->auto_minor_version_upgrade, false),
        .AvailabilityZone = cfn__ec2_network_zone(x, &c->make, props->network, n),
        .CACertificateIdentifier =
            cfn__str_or(props->ca_certificate_identifier, "rds-ca-rsa2048-g1"),
        .DBClusterIdentifier = cfn_ref(c->id),
        .DBInstanceClass = instance_class(props, n > 0),
        .DBInstanceIdentifier = cfn_of_node(name),
        .DBParameterGroupName = cfn_ref(cfn__role_id(x, c, "InstanceParameterGroup")),
        .Engine = cfn_s(cfn__aurora_engine_of(props)->name),
        .PromotionTier = cfn_i(n < LAST_TIER ? (int64_t)n : LAST_TIER),
        .PubliclyAccessible = cfn_b(false),
        .Tags = cfn__tags(x, c, name, props->tags),
    };
    set_instance_monitoring(x, c, &instance);
    cfn_node *made = CFN__RESOURCE(aws_rds_DBInstance, x, c, role, &instance);
    if (n)
        cfn__resource_depends_on(x, made, cfn__role_id(x, c, "Writer"));
    cfn__resource_policies(x, made, "Delete");
    cfn__resource_completes(c, made);
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
    make_parameter_groups(x, c);
    if (is_monitored(props))
        make_monitoring_role(x, c);
    each_log(x, c, make_log_group);
}
