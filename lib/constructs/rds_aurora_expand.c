/* The wiring and the expansion of Cfngen::RDS::AuroraCluster. */
#include "constructs/rds_aurora_cluster.h"

#include "base/text.h"

#include <cfngen/aws/rds.h>

typedef cfn_rds_aurora_cluster_props props_type;

static bool is_serverless(const props_type *props)
{
    return cfn__is_set(props->serverless_v2.max_capacity.expression) ||
           cfn__is_set(props->serverless_v2.min_capacity.expression);
}

void cfn__wire_aurora_cluster(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__aurora_state *state = c->state;
    state->name = cfn__name_or(x, c, props->name, "Name", "", &cfn__rds_identifier_rule);
    const cfn__rds_database d = cfn__aurora_database(c);
    cfn__rds_wire(x, c, &d);
}

static bool readers_differ(const props_type *props)
{
    return props->reader_parameters.expression.node && cfn__int_or(props->readers, 1).value > 0;
}

static void make_parameter_groups(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d)
{
    const props_type *props = c->props;
    cfn_str family = cfn_s(cfn__rds_family(c->make.arena, d->engine, props->engine_version));
    cfn__rds_make_parameter_group(x, c, "ParameterGroup", true, family,
                                  cfn__aurora_cluster_parameters(x, c), d->tags);
    cfn_node *of_writer = cfn__aurora_instance_parameters(x, c);
    cfn__rds_make_parameter_group(x, c, "InstanceParameterGroup", false, family, of_writer,
                                  d->tags);
    if (readers_differ(props))
        cfn__rds_make_parameter_group(x, c, "ReaderParameterGroup", false, family,
                                      cfn__aurora_reader_parameters(x, c, of_writer), d->tags);
}

/* ---- the cluster ---- */

typedef aws_rds_DBCluster_props cluster_props;

static void set_backup(const props_type *props, cluster_props *cluster)
{
    cluster->BackupRetentionPeriod = cfn__int_or(props->backup_retention_period, 7);
    cluster->PreferredBackupWindow =
        cfn__str_or(props->preferred_backup_window, CFN__RDS_BACKUP_WINDOW);
    cluster->PreferredMaintenanceWindow =
        cfn__str_or(props->preferred_maintenance_window, CFN__RDS_MAINTENANCE_WINDOW);
    cluster->CopyTagsToSnapshot = cfn_b(true);
    cluster->BacktrackWindow = props->backtrack_window;
    cluster->DeletionProtection = cfn__bool_or(props->deletion_protection, false);
}

static void set_monitoring(const cfn__construct *c, const cfn__rds_database *d,
                           cluster_props *cluster)
{
    cluster->EnableCloudwatchLogsExports = cfn__rds_log_list(&c->make, d);
    if (!cfn__rds_has_insights(d))
        return;
    cluster->DatabaseInsightsMode = cfn__str_or(d->insights_mode, "standard");
    cluster->PerformanceInsightsEnabled = cfn_b(true);
    cluster->PerformanceInsightsKmsKeyId = cfn_kms_key_arn(d->encryption_key);
    cluster->PerformanceInsightsRetentionPeriod = cfn__rds_insights_retention(d);
}

static void make_cluster(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d)
{
    const props_type *props = c->props;
    const cfn__rds_engine *engine = d->engine;
    const cfn_rds_serverless_v2 *serverless = &props->serverless_v2;
    const cfn__rds_master master = cfn__rds_master_of(&c->make, d);
    const aws_rds_DBCluster_ServerlessV2ScalingConfiguration scaling = {
        .MaxCapacity = serverless->max_capacity,
        .MinCapacity = serverless->min_capacity,
        .SecondsUntilAutoPause = serverless->seconds_until_auto_pause,
    };
    const aws_rds_DBCluster_MasterUserSecret secret = {
        .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
    };
    cluster_props cluster = {
        .DBClusterIdentifier = cfn_of_node(d->name),
        .DBClusterParameterGroupName = cfn_ref(cfn__role_id(x, c, "ParameterGroup")),
        .DBSubnetGroupName = cfn_ref(cfn__role_id(x, c, "SubnetGroup")),
        .DatabaseName = props->database_name,
        .EnableIAMDatabaseAuthentication =
            cfn__bool_or(props->enable_iam_database_authentication, true),
        .Engine = cfn_s(engine->name),
        .EngineVersion = cfn__str_or(props->engine_version, engine->version),
        .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
        .ManageMasterUserPassword = master.managed,
        .MasterUserPassword = master.password,
        .MasterUserSecret = master.managed.value ? &secret : NULL,
        .MasterUsername = master.username,
        .Port = cfn__int_or(props->port, engine->port),
        .ServerlessV2ScalingConfiguration = is_serverless(props) ? &scaling : NULL,
        .StorageEncrypted = cfn_b(true),
        .StorageType = props->storage_type,
        .Tags = cfn__tags(x, c, d->name, props->tags),
        .VpcSecurityGroupIds = cfn__ec2_security_group_ids(&c->make, d->security_groups),
    };
    set_backup(props, &cluster);
    set_monitoring(c, d, &cluster);
    cfn_node *made = CFN__RESOURCE(aws_rds_DBCluster, x, c, "", &cluster);
    cfn__rds_await_log_groups(x, c, d);
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

/* Instance 0 is the writer. A failover goes to the reader of the lowest tier. */
static void make_instance(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d,
                          size_t n)
{
    enum { LAST_TIER = 15 };
    const props_type *props = c->props;
    const char *role = n ? cfn__format(c->make.arena, "Reader%zu", n) : "Writer";
    const char *group =
        n && readers_differ(props) ? "ReaderParameterGroup" : "InstanceParameterGroup";
    cfn_node *name = cfn__name(x, c, role, &cfn__rds_identifier_rule);
    aws_rds_DBInstance_props instance = {
        .AutoMinorVersionUpgrade = cfn__bool_or(props->auto_minor_version_upgrade, false),
        .AvailabilityZone = cfn__ec2_network_zone(x, &c->make, props->network, n),
        .CACertificateIdentifier =
            cfn__str_or(props->ca_certificate_identifier, CFN__RDS_AUTHORITY),
        .DBClusterIdentifier = cfn_ref(c->id),
        .DBInstanceClass = instance_class(props, n > 0),
        .DBInstanceIdentifier = cfn_of_node(name),
        .DBParameterGroupName = cfn_ref(cfn__role_id(x, c, group)),
        .Engine = cfn_s(d->engine->name),
        .PromotionTier = cfn_i(n < LAST_TIER ? (int64_t)n : LAST_TIER),
        .PubliclyAccessible = cfn_b(false),
        .Tags = cfn__tags(x, c, name, props->tags),
    };
    cfn__rds_set_instance_monitoring(x, c, d, &instance);
    cfn_node *made = CFN__RESOURCE(aws_rds_DBInstance, x, c, role, &instance);
    if (n)
        cfn__resource_depends_on(x, made, cfn__role_id(x, c, "Writer"));
    cfn__resource_policies(x, made, "Delete");
    cfn__resource_completes(c, made);
}

void cfn__expand_aurora_cluster(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__rds_database d = cfn__aurora_database(c);
    int64_t readers = cfn__int_or(props->readers, 1).value;
    cfn__check_aurora_cluster(x, c);
    make_cluster(x, c, &d);
    for (size_t n = 0; n <= (size_t)readers; n++)
        make_instance(x, c, &d, n);
    cfn__rds_make_subnet_group(x, c, &d);
    make_parameter_groups(x, c, &d);
    cfn__rds_make_monitoring_role(x, c, &d);
    cfn__rds_make_log_groups(x, c, &d);
}
