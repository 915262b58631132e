/* Cfngen::DMS::ReplicationInstance: the machine on which DMS tasks run.
 *
 * Makes
 *   {Id}             AWS::DMS::ReplicationInstance, encrypted, never publicly accessible
 *   {Id}SubnetGroup  AWS::DMS::ReplicationSubnetGroup of the network's subnets
 *   {Id}LogGroup     AWS::Logs::LogGroup dms-tasks-{name}, the only one that its tasks write to;
 *                    made by DMS on its own it would keep everything for ever, unencrypted
 *
 * DMS opens connections and takes none, so its security groups need egress alone: to both
 * databases, and to port 443 of Secrets Manager (an interface endpoint, or NAT).
 *
 * Ref and the attribute Arn are the ARN; Identifier is the name, which is what CloudWatch has as
 * the dimension ReplicationInstanceIdentifier. Further: ReplicationInstancePrivateIpAddresses.
 *
 * Facts: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html,
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReleaseNotes.html (versions and their ends)
 * and the CloudFormation reference of the types. */
#ifndef CFNGEN_DMS_REPLICATION_INSTANCE_H
#define CFNGEN_DMS_REPLICATION_INSTANCE_H

#include <cfngen/dms_service_roles.h>
#include <cfngen/ec2_security_group.h>
#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* cfn_dms_replication_instance_existing takes the ARN. */
CFN_HANDLE(cfn_dms_replication_instance);

/* Defaults:
 *   service_roles                 none: the roles exist in the account
 *   name                          {id}-{environment}-{suffix}
 *   replication_instance_class    dms.r6i.large
 *   allocated_storage             100 GB
 *   engine_version                left out: DMS takes its current default; each version can be
 *                                 created for some months only
 *   multi_az                      false
 *   auto_minor_version_upgrade    false
 *   preferred_maintenance_window  sun:05:00-sun:06:00 UTC
 *   log_retention_in_days         30 */
typedef struct cfn_dms_replication_instance_props {
    cfn_ec2_network network;                     /* required; private subnets in two zones */
    cfn_ec2_security_group_list security_groups; /* required */
    cfn_kms_key encryption_key;                  /* required */
    cfn_dms_service_roles service_roles;
    cfn_str name; /* 1 to 63 small letters, digits and single hyphens, a letter first */
    cfn_str replication_instance_class;
    cfn_int allocated_storage; /* GB, 5 to 6144 */
    cfn_str engine_version;
    cfn_bool multi_az;
    cfn_str availability_zone; /* excludes multi_az */
    cfn_bool auto_minor_version_upgrade;
    cfn_bool allow_major_version_upgrade;
    cfn_str preferred_maintenance_window; /* ddd:hh:mm-ddd:hh:mm, UTC */
    cfn_int log_retention_in_days;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_dms_replication_instance_props;

#define cfn_dms_replication_instance_add(stack, id, ...)                                           \
    cfn_dms_replication_instance_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_dms_replication_instance cfn_dms_replication_instance_add_at(
    cfn_stack *stack, const char *id, const cfn_dms_replication_instance_props *props,
    const char *file, int line);

static inline cfn_str cfn_dms_replication_instance_arn(cfn_dms_replication_instance instance)
{
    return instance.handle.id ? cfn_att(instance.handle.id, "Arn") : instance.handle.value;
}
/* Of an instance of this stack; nothing of an existing one. */
static inline cfn_str cfn_dms_replication_instance_identifier(cfn_dms_replication_instance instance)
{
    return instance.handle.id ? cfn_att(instance.handle.id, "Identifier") : cfn_s(NULL);
}

CFN_END_DECLS

#endif
