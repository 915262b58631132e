/* The wiring and the expansion of Cfngen::RDS::Instance. */
#include "constructs/rds_instance.h"

#include "base/text.h"

typedef cfn_rds_instance_props props_type;

/* https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 * EnableCloudwatchLogsExports; audit would need an option group. */
static const char *const mysql_logs[] = {"error", "general", "slowquery", "iam-db-auth-error",
                                         NULL};
static const char *const mysql_default_logs[] = {"error", "slowquery", NULL};
static const char *const postgresql_logs[] = {"postgresql", "upgrade", "iam-db-auth-error", NULL};
static const char *const postgresql_default_logs[] = {"postgresql", NULL};

static const cfn__rds_engine engines[] = {
    {CFN_RDS_MYSQL, "mysql", "8.4.9", "admin", 3306, mysql_logs, mysql_default_logs},
    {CFN_RDS_POSTGRESQL, "postgresql", "16.11", "postgres", 5432, postgresql_logs,
     postgresql_default_logs},
};

/* Of MySQL 8.0 and before the slow and the general log are tables unless they are made files, which
 * alone reach CloudWatch. */
static const cfn__rds_preset mysql_parameters[] = {
    {"require_secure_transport", "1", NULL}, {"binlog_format", "ROW", "cdc"},
    {"binlog_row_image", "full", "cdc"},     {"slow_query_log", "1", "slowquery"},
    {"general_log", "1", "general"},         {"log_output", "FILE", "slowquery"},
    {"log_output", "FILE", "general"},
};
/* DMS holds a slot for each task, and another while it loads.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.PostgreSQL.html */
static const cfn__rds_preset postgresql_parameters[] = {
    {"rds.force_ssl", "1", NULL},           {"rds.logical_replication", "1", "cdc"},
    {"max_replication_slots", "20", "cdc"}, {"max_wal_senders", "25", "cdc"},
    {"wal_sender_timeout", "0", "cdc"},
};

cfn__rds_database cfn__instance_database(const cfn__construct *c)
{
    const props_type *props = c->props;
    return (cfn__rds_database){
        CFN__RDS_DATABASE_OF(props),
        .what = "instance",
        .engine = cfn__rds_engine_named(engines, CFN__COUNT(engines), props->engine),
        .name = ((const cfn__rds_instance_state *)c->state)->name,
        .server_parameters = props->parameters,
        .logs_changes = cfn__bool_or(props->change_data_capture, true).value,
    };
}

void cfn__wire_rds_instance(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__rds_instance_state *state = c->state;
    state->name = cfn__name_or(x, c, props->name, "Name", "", &cfn__rds_identifier_rule);
    const cfn__rds_database d = cfn__instance_database(c);
    cfn__rds_wire(x, c, &d);
}

static cfn_node *parameters_of(cfn__expansion *x, const cfn__construct *c,
                               const cfn__rds_database *d)
{
    const props_type *props = c->props;
    cfn_node *map = cfn__map(&c->make);
    if (cfn__is_mysql(d->engine))
        cfn__rds_put_presets(&c->make, d, map, mysql_parameters, CFN__COUNT(mysql_parameters));
    else
        cfn__rds_put_presets(&c->make, d, map, postgresql_parameters,
                             CFN__COUNT(postgresql_parameters));
    cfn__rds_put_matched(x, c, d, map, NULL);
    cfn__rds_put_own(x, c, d, map, props->parameters, NULL);
    return map;
}

/* CloudFormation takes some numbers of an instance as strings. */
static cfn_str as_text(const cfn__maker *make, cfn_int value)
{
    if (value.expression.form != CFN_LITERAL)
        return value.expression;
    return cfn_s(cfn__format(make->arena, "%lld", (long long)value.value));
}

static void set_storage(const cfn__construct *c, aws_rds_DBInstance_props *instance)
{
    const props_type *props = c->props;
    instance->AllocatedStorage =
        as_text(&c->make, cfn__int_or(props->allocated_storage, CFN__RDS_STORAGE));
    instance->Iops = props->iops;
    instance->KmsKeyId = cfn_kms_key_arn(props->encryption_key);
    instance->MaxAllocatedStorage = props->max_allocated_storage;
    instance->StorageEncrypted = cfn_b(true);
    instance->StorageThroughput = props->storage_throughput;
    instance->StorageType = cfn__str_or(props->storage_type, "gp3");
}

static void set_backup(const props_type *props, aws_rds_DBInstance_props *instance)
{
    instance->BackupRetentionPeriod = cfn__int_or(props->backup_retention_period, 7);
    instance->PreferredBackupWindow =
        cfn__str_or(props->preferred_backup_window, CFN__RDS_BACKUP_WINDOW);
    instance->PreferredMaintenanceWindow =
        cfn__str_or(props->preferred_maintenance_window, CFN__RDS_MAINTENANCE_WINDOW);
    instance->CopyTagsToSnapshot = cfn_b(true);
    instance->DeletionProtection = cfn__bool_or(props->deletion_protection, false);
    instance->MultiAZ = cfn__bool_or(props->multi_az, true);
}

static void set_monitoring(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                           aws_rds_DBInstance_props *instance)
{
    instance->EnableCloudwatchLogsExports = cfn__rds_log_list(&c->make, d);
    cfn__rds_set_instance_monitoring(x, c, d, instance);
    if (cfn__rds_has_insights(d))
        instance->DatabaseInsightsMode = cfn__str_or(d->insights_mode, "standard");
}

static void make_instance(cfn__expansion *x, cfn__construct *c, const cfn__rds_database *d)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const cfn__rds_master master = cfn__rds_master_of(make, d);
    const aws_rds_DBInstance_MasterUserSecret secret = {
        .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
    };
    aws_rds_DBInstance_props instance = {
        .AutoMinorVersionUpgrade = cfn__bool_or(props->auto_minor_version_upgrade, false),
        .CACertificateIdentifier =
            cfn__str_or(props->ca_certificate_identifier, CFN__RDS_AUTHORITY),
        .DBInstanceClass = cfn__str_or(props->instance_class, CFN__RDS_CLASS),
        .DBInstanceIdentifier = cfn_of_node(d->name),
        .DBName = props->database_name,
        .DBParameterGroupName = cfn_ref(cfn__role_id(x, c, "ParameterGroup")),
        .DBSubnetGroupName = cfn_ref(cfn__role_id(x, c, "SubnetGroup")),
        .EnableIAMDatabaseAuthentication =
            cfn__bool_or(props->enable_iam_database_authentication, true),
        .Engine = cfn_s(d->engine->name),
        .EngineLifecycleSupport = props->engine_lifecycle_support,
        .EngineVersion = cfn__str_or(props->engine_version, d->engine->version),
        .ManageMasterUserPassword = master.managed,
        .MasterUserPassword = master.password,
        .MasterUserSecret = master.managed.value ? &secret : NULL,
        .MasterUsername = master.username,
        .Port = as_text(make, cfn__int_or(props->port, d->engine->port)),
        .PubliclyAccessible = cfn_b(false),
        .Tags = cfn__tags(x, c, d->name, props->tags),
        .VPCSecurityGroups = cfn__ec2_security_group_ids(make, d->security_groups),
    };
    set_storage(c, &instance);
    set_backup(props, &instance);
    set_monitoring(x, c, d, &instance);
    cfn_node *made = CFN__RESOURCE(aws_rds_DBInstance, x, c, "", &instance);
    cfn__rds_await_log_groups(x, c, d);
    cfn__resource_policies(x, made, "Delete");
}

/* As given, where the version is known at deployment alone. */
static cfn_str family_of(const cfn__construct *c, const cfn__rds_database *d)
{
    const props_type *props = c->props;
    if (cfn__is_set(props->family))
        return props->family;
    return cfn_s(cfn__rds_family(c->make.arena, d->engine, props->engine_version));
}

void cfn__expand_rds_instance(cfn__expansion *x, cfn__construct *c)
{
    const cfn__rds_database d = cfn__instance_database(c);
    cfn_node *parameters = parameters_of(x, c, &d);
    cfn__check_rds_instance(x, c, &d, parameters);
    make_instance(x, c, &d);
    cfn__rds_make_subnet_group(x, c, &d);
    cfn__rds_make_parameter_group(x, c, "ParameterGroup", false, family_of(c, &d), parameters,
                                  d.tags);
    cfn__rds_make_monitoring_role(x, c, &d);
    cfn__rds_make_log_groups(x, c, &d);
}
