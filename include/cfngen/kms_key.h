/* Cfngen::KMS::Key: a customer-managed key with an alias, and a policy that says no more than its
 * users need.
 *
 * Makes {Id} (AWS::KMS::Key) and {Id}Alias (AWS::KMS::Alias). The key policy has the statement for
 * the account's root, without which IAM policies do not count and nobody can manage the key
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html), and one for each
 * service that constructs of this stack let use the key: CloudWatch Logs, for just their log
 * groups; CloudWatch and EventBridge, to notify a topic that it encrypts. RDS and DMS need none:
 * they work through grants made with the caller's permission.
 *
 * Ref is the key's id. Attributes: Arn, KeyId.
 * DeletionPolicy Delete only schedules the deletion (PendingWindowInDays). When a cluster keeps a
 * snapshot the key is kept too: a snapshot is worth nothing without it. */
#ifndef CFNGEN_KMS_KEY_H
#define CFNGEN_KMS_KEY_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* cfn_kms_key_existing takes the ARN of a key that exists. */
CFN_HANDLE(cfn_kms_key);

/* Defaults: enable_key_rotation true, rotation_period_in_days AWS's own (365),
 * pending_window_in_days 30, name {id}-{environment}-{suffix}. */
typedef struct cfn_kms_key_props {
    cfn_str description;
    cfn_str name; /* of the alias, without "alias/" */
    cfn_bool enable_key_rotation;
    cfn_int rotation_period_in_days; /* 90 to 2560 */
    cfn_int pending_window_in_days;  /* 7 to 30 */
    cfn_json_list policy_statements; /* added to the key policy; Resource "*" means this key */
    cfn_json tags;                   /* a mapping */
    cfn_attributes attributes;
} cfn_kms_key_props;

#define cfn_kms_key_add(stack, id, ...)                                                            \
    cfn_kms_key_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_kms_key cfn_kms_key_add_at(cfn_stack *stack, const char *id,
                                       const cfn_kms_key_props *props, const char *file, int line);

static inline cfn_str cfn_kms_key_arn(cfn_kms_key key)
{
    return key.handle.id ? cfn_att(key.handle.id, "Arn") : key.handle.value;
}

CFN_END_DECLS

#endif
