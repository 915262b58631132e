/* Cfngen::DMS::ServiceRoles: the two roles that DMS looks for by their names, once in an account.
 *
 * DMS uses `dms-vpc-role` when it makes a subnet group or an instance, and
 * `dms-cloudwatch-logs-role` when a task logs. The names are exact: with a suffix or another name
 * they are not found (https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html). Roles
 * belong to the account, so the second stack that makes them fails; therefore they are made only
 * when the template's parameter says so.
 *
 * Makes {Id}VpcRole and {Id}LogsRole (AWS::IAM::Role) under the condition {Id}Create, and the
 * parameter {Id}Create ("true" or "false", default "false") unless Create is given. A replication
 * instance that names the construct waits for them. Roles take some seconds until they are known
 * everywhere: when the first creation fails for that, a DependsOn of the replication instance on
 * something slow (the cluster) is enough.
 *
 * Ref is the name of the role for networks. Attributes: VpcRoleName, LogsRoleName.
 * Deploying needs CAPABILITY_NAMED_IAM. Deleting the stack that made the roles takes them from all
 * others; DeletionPolicy Retain keeps them. */
#ifndef CFNGEN_DMS_SERVICE_ROLES_H
#define CFNGEN_DMS_SERVICE_ROLES_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* There is nothing to say of roles that exist: leave the handle out. */
CFN_HANDLE(cfn_dms_service_roles);

/* Defaults: create is a parameter {Id}Create. */
typedef struct cfn_dms_service_roles_props {
    cfn_bool create; /* true, false, or cfn_b_of(cfn_ref("AParameter")) of "true" and "false" */
    cfn_json tags;   /* a mapping */
    cfn_attributes attributes;
} cfn_dms_service_roles_props;

#define cfn_dms_service_roles_add(stack, id, ...)                                                  \
    cfn_dms_service_roles_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_dms_service_roles cfn_dms_service_roles_add_at(cfn_stack *stack, const char *id,
                                                           const cfn_dms_service_roles_props *props,
                                                           const char *file, int line);

CFN_END_DECLS

#endif
