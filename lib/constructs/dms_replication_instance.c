/* Cfngen::DMS::ReplicationInstance. */
#include "base/text.h"
#include "constructs/dms.h"

#include <cfngen/aws/dms.h>
#include <cfngen/aws/logs.h>

#include <stdio.h>
#include <string.h>

typedef cfn_dms_replication_instance_props props_type;

typedef struct instance_state {
    cfn_node *name;
} instance_state;

/* The group that DMS writes to, by the name of the instance. */
static cfn_node *log_group_name(const cfn__construct *c)
{
    const instance_state *state = c->state;
    return cfn__concat(&c->make, "dms-tasks-", cfn__copy(c->make.arena, state->name), "");
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"an instance identifier", 63, "", true, true};
    const props_type *props = c->props;
    instance_state *state = c->state;
    state->name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    cfn__kms_key_serve_log_group(x, props->encryption_key, log_group_name(c));
}

/* ---- checks ---- */

/* Until when new instances could be made; all before the first are closed too.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReleaseNotes.html */
static const struct {
    int minor, patch;
    const char *last;
    bool closed;
} versions[] = {
    {5, 1, "2024-11-30", true},  {5, 2, "2025-03-30", true}, {5, 3, "2026-02-28", true},
    {5, 4, "2027-01-31", false}, {6, 0, "2026-04-27", true},
};

static void report_closed(cfn__expansion *x, const cfn__construct *c, const char *version,
                          const char *last)
{
    cfn__report_property(x, c, "EngineVersion", CFN4316, "DMS %s cannot be created any more%s%s",
                         version, last ? ", since " : "", last ? last : "");
    cfn__hint(cfn__expansion_diagnostics(x),
              "use 3.6.1, or leave EngineVersion out: then DMS takes its current default");
}

static void check_version(cfn__expansion *x, const cfn__construct *c)
{
    const char *version = cfn__literal(((const props_type *)c->props)->engine_version);
    int major = 0, minor = 0, patch = 0, end = 0;
    if (!version)
        return;
    if (sscanf(version, "%d.%d.%d%n", &major, &minor, &patch, &end) != 3 || version[end]) {
        cfn__report_property(x, c, "EngineVersion", CFN4316, "%s is not a version of DMS", version);
        cfn__hint(cfn__expansion_diagnostics(x), "versions have three parts, as 3.6.1");
        return;
    }
    if (major < 3 || (major == 3 && minor < 5)) {
        report_closed(x, c, version, NULL);
        return;
    }
    for (size_t i = 0; i < CFN__COUNT(versions); i++) {
        if (major != 3 || versions[i].minor != minor || versions[i].patch != patch)
            continue;
        if (versions[i].closed)
            report_closed(x, c, version, versions[i].last);
        else
            cfn__report_property(x, c, "EngineVersion", CFN4342,
                                 "DMS %s can be created until %s only", version, versions[i].last);
    }
}

static void check_class(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const outdated[] = {"dms.t2.", "dms.c4.", "dms.r4."};
    const char *class = cfn__literal(((const props_type *)c->props)->replication_instance_class);
    if (!class)
        return;
    if (!cfn__starts_with(class, "dms.") || !strchr(class + strlen("dms."), '.')) {
        cfn__report_property(x, c, "ReplicationInstanceClass", CFN2006,
                             "%s is not a class of replication instances", class);
        cfn__hint(cfn__expansion_diagnostics(x), "they start with dms., as dms.r6i.large");
        return;
    }
    bool unfit = strcmp(class, "dms.t3.micro") == 0;
    for (size_t i = 0; i < CFN__COUNT(outdated); i++)
        unfit |= cfn__starts_with(class, outdated[i]);
    if (!unfit)
        return;
    cfn__report_property(x, c, "ReplicationInstanceClass", CFN4319,
                         "%s is outdated or too small for current versions of DMS", class);
    cfn__hint(cfn__expansion_diagnostics(x), "use t3.medium or more, c6i or r6i");
}

static void check_zone(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (!cfn__is_set(props->availability_zone) || !cfn__bool_or(props->multi_az, false).value)
        return;
    cfn__report_property(x, c, "AvailabilityZone", CFN4318,
                         "an instance in two zones (MultiAZ) cannot be put into one");
    cfn__hint(cfn__expansion_diagnostics(x), "take out AvailabilityZone, or MultiAZ");
}

/* DMS opens connections and takes none. */
static void check_ingress(cfn__expansion *x, const cfn__construct *c, const char *at,
                          cfn_ec2_security_group group)
{
    const cfn__construct *peer = cfn__handle_construct(x, &group.handle);
    const cfn_ec2_security_group_props *props = peer ? peer->props : NULL;
    if (!props || !props->ingress.count)
        return;
    cfn__report_property(x, c, at, CFN4343, "%s lets connections in, and DMS takes none", peer->id);
    cfn__hint(cfn__expansion_diagnostics(x), "give the instance a group with Egress alone");
}

static void check_groups(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_ec2_security_group_list *groups = &props->security_groups;
    if (!groups->count && !cfn__is_set(groups->all))
        cfn__report_property(x, c, "SecurityGroups", CFN2007,
                             "SecurityGroups must have at least one");
    for (size_t i = 0; i < groups->count; i++) {
        const char *at = cfn__format(c->make.arena, "SecurityGroups/%zu", i);
        const char *other = cfn__ec2_security_group_network(x, groups->items[i]);
        cfn__check_ec2_id(x, c, at, groups->items[i].handle.value, "sg-");
        check_ingress(x, c, at, groups->items[i]);
        if (!other || !props->network.handle.id || strcmp(other, props->network.handle.id) == 0)
            continue;
        cfn__report_property(x, c, at, CFN4003, "this group is in %s, and the instance in %s",
                             other, props->network.handle.id);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "a group counts in its own VPC alone; are the two the same one?");
    }
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (!props->network.handle.id)
        cfn__report_property(x, c, "Network", CFN2008,
                             "Network must be a Cfngen::EC2::Network: a VPC's id alone does not "
                             "name the subnets");
    if (!props->encryption_key.handle.id) {
        cfn__report_property(x, c, "EncryptionKey", CFN4202,
                             "the policy of this key must let CloudWatch Logs use it, or the log "
                             "group cannot be made");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "allow logs.REGION.amazonaws.com to encrypt and decrypt for dms-tasks-...; a "
                  "Cfngen::KMS::Key does it by itself");
    }
    check_groups(x, c);
    /* since 3.4.7 it reads the secrets of its endpoints from inside the network */
    cfn__check_reaches_aws(
        x, c, "SecurityGroups",
        &((const cfn_dms_replication_instance_props *)c->props)->security_groups);
    check_version(x, c);
    check_class(x, c);
    check_zone(x, c);
}

/* ---- resources ---- */

static void make_subnet_group(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a subnet group name", 255, "", true, true};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, "SubnetGroup", &rule);
    const char *description = cfn__format(c->make.arena, "Subnets of %s", c->id);
    cfn_node *group = CFN__RESOURCE(aws_dms_ReplicationSubnetGroup, x, c, "SubnetGroup",
                                    &(aws_dms_ReplicationSubnetGroup_props){
                                        .ReplicationSubnetGroupDescription = cfn_s(description),
                                        .ReplicationSubnetGroupIdentifier = cfn_of_node(name),
                                        .SubnetIds = cfn__ec2_network_subnet_ids(props->network),
                                        .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__dms_wait_for_role(x, props->service_roles, CFN__DMS_VPC_ROLE, group);
}

static void make_log_group(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *name = log_group_name(c);
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, "LogGroup",
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(props->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(props->log_retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, group, "Delete");
    cfn__resource_completes(c, group);
}

/* The ids of the groups: what they are, or one value that gives them all. */
static cfn_str_list group_ids(const cfn__construct *c)
{
    const cfn_ec2_security_group_list *groups = &((const props_type *)c->props)->security_groups;
    if (cfn__is_set(groups->all))
        return (cfn_str_list){.all = groups->all};
    cfn_node *list = cfn__list(&c->make);
    for (size_t i = 0; i < groups->count; i++)
        cfn__append(list, cfn__str_node(&c->make, cfn_ec2_security_group_id(groups->items[i])));
    return (cfn_str_list){.all = cfn_of_node(list)};
}

static void make_instance(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const instance_state *state = c->state;
    cfn_node *instance = CFN__RESOURCE(
        aws_dms_ReplicationInstance, x, c, "",
        &(aws_dms_ReplicationInstance_props){
            .AllocatedStorage = cfn__int_or(props->allocated_storage, CFN__DMS_STORAGE),
            .AllowMajorVersionUpgrade = props->allow_major_version_upgrade,
            .AutoMinorVersionUpgrade = cfn__bool_or(props->auto_minor_version_upgrade, false),
            .AvailabilityZone = props->availability_zone,
            .EngineVersion = props->engine_version,
            .KmsKeyId = cfn_kms_key_arn(props->encryption_key),
            .MultiAZ = cfn__bool_or(props->multi_az, false),
            .PreferredMaintenanceWindow =
                cfn__str_or(props->preferred_maintenance_window, "sun:05:00-sun:06:00"),
            .PubliclyAccessible = cfn_b(false),
            .ReplicationInstanceClass =
                cfn__str_or(props->replication_instance_class, CFN__DMS_INSTANCE_CLASS),
            .ReplicationInstanceIdentifier = cfn_of_node(state->name),
            .ReplicationSubnetGroupIdentifier = cfn_ref(cfn__role_id(x, c, "SubnetGroup")),
            .Tags = cfn__tags(x, c, state->name, props->tags),
            .VpcSecurityGroupIds = group_ids(c)});
    cfn__dms_wait_for_role(x, props->service_roles, CFN__DMS_LOGS_ROLE, instance);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const instance_state *state = c->state;
    check(x, c);
    make_instance(x, c);
    make_subnet_group(x, c);
    make_log_group(x, c);
    cfn__answer_with(x, c, "Arn", cfn__ref_node(&c->make, c->id));
    cfn__answer_with(x, c, "Identifier", state->name);
}

/* ---- tables ---- */

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_replication_instance_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(HANDLE, "Network", network, "Where the instance stands: private subnets in two zones."),
     .also = "Vpc VpcId Subnets SubnetIds ReplicationSubnetGroupIdentifier", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::Network"},
    {ROW(HANDLE_LIST, "SecurityGroups", security_groups,
         "The groups of the instance; they need egress alone."),
     .also = "VpcSecurityGroupIds", .flags = CFN__REQUIRED,
     .construct = "Cfngen::EC2::SecurityGroup"},
    {ROW(HANDLE, "EncryptionKey", encryption_key, "The key for storage and logs."),
     .also = "KmsKeyId", .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key"},
    {ROW(HANDLE, "ServiceRoles", service_roles, "The roles to wait for."),
     .construct = "Cfngen::DMS::ServiceRoles", .default_text = "the roles exist in the account"},
    {ROW(STR, "Name", name, "The identifier of the instance."),
     .also = "ReplicationInstanceIdentifier", .default_text = "{id}-{environment}-{suffix}"},
    {ROW(STR, "ReplicationInstanceClass", replication_instance_class,
         "The class of the instance, as dms.c6i.xlarge."),
     .also = "InstanceClass InstanceType", .default_text = CFN__DMS_INSTANCE_CLASS},
    {ROW(INT, "AllocatedStorage", allocated_storage,
         "GB of storage, for logs and for changes that wait."),
     .min = 5, .max = 6144, .default_text = "100"},
    {ROW(STR, "EngineVersion", engine_version,
         "The version of DMS. Each can be created for some months only."),
     .default_text = "DMS's own"},
    {ROW(BOOL, "MultiAZ", multi_az, "Whether a standby in another zone takes over."),
     .default_text = "false"},
    {ROW(STR, "AvailabilityZone", availability_zone, "The zone; excludes MultiAZ.")},
    {ROW(BOOL, "AutoMinorVersionUpgrade", auto_minor_version_upgrade,
         "Whether AWS may change the minor version."),
     .default_text = "false"},
    {ROW(BOOL, "AllowMajorVersionUpgrade", allow_major_version_upgrade,
         "Whether a new EngineVersion may be a major one.")},
    {ROW(STR, "PreferredMaintenanceWindow", preferred_maintenance_window,
         "When maintenance may happen, in UTC."),
     .default_text = "sun:05:00-sun:06:00"},
    {ROW(INT, "LogRetentionInDays", log_retention_in_days, "Days that CloudWatch keeps the logs."),
     .also = "RetentionInDays", .default_text = "30"},
    {ROW(JSON, "Tags", tags, "Tags of every resource of the instance, as Key: value."),
     .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_dms_replication_instance_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN, as Ref gives it"},
    {"Identifier", "the name: CloudWatch's dimension ReplicationInstanceIdentifier"},
    {"ReplicationInstancePrivateIpAddresses", "its addresses in the network"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::DMS::ReplicationInstance", "the instance"},
    {"SubnetGroup", "AWS::DMS::ReplicationSubnetGroup", "where it stands"},
    {"LogGroup", "AWS::Logs::LogGroup", "dms-tasks-{name}, which its tasks write to"},
};

const cfn__construct_type cfn__dms_replication_instance_type = {
    .name = "Cfngen::DMS::ReplicationInstance",
    .doc = "The machine on which DMS tasks run: encrypted, in private subnets, with the log group "
           "that its tasks write to.",
    .ref_doc = "the ARN of the instance",
    .props =
        CFN__RECORD("Cfngen::DMS::ReplicationInstance", cfn_dms_replication_instance_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(instance_state),
    .wire = wire,
    .expand = expand,
};

cfn_dms_replication_instance
cfn_dms_replication_instance_add_at(cfn_stack *stack, const char *id,
                                    const cfn_dms_replication_instance_props *props,
                                    const char *file, int line)
{
    return cfn_dms_replication_instance_named(
        cfn__construct_add(stack, &cfn__dms_replication_instance_type, id, props, file, line));
}
