/* Cfngen::Logs::LogGroup: a log group that is encrypted and does not keep everything for ever.
 *
 * Makes {Id} (AWS::Logs::LogGroup), and for each role in GrantWriteTo a policy {Id}WriteBy{Role}
 * (AWS::IAM::Policy) with logs:CreateLogStream and logs:PutLogEvents on this group alone. The key's
 * policy lets CloudWatch Logs use it for this group, and no other.
 *
 * Ref is the group's name. Attribute: Arn (it ends in :*, as AWS gives it).
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
#ifndef CFNGEN_LOGS_LOG_GROUP_H
#define CFNGEN_LOGS_LOG_GROUP_H

#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* cfn_logs_log_group_existing takes the ARN of a group that exists. */
CFN_HANDLE(cfn_logs_log_group);

/* Defaults: name {id}-{environment}-{suffix}, retention_in_days 30. */
typedef struct cfn_logs_log_group_props {
    cfn_str name;                /* most services write to a name of theirs: /aws/lambda/... */
    cfn_kms_key encryption_key;  /* required */
    cfn_int retention_in_days;   /* 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 ... 3653 */
    cfn_str_list grant_write_to; /* names of roles, usually cfn_iam_role_name of a role */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_logs_log_group_props;

#define cfn_logs_log_group_add(stack, id, ...)                                                     \
    cfn_logs_log_group_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_logs_log_group cfn_logs_log_group_add_at(cfn_stack *stack, const char *id,
                                                     const cfn_logs_log_group_props *props,
                                                     const char *file, int line);

static inline cfn_str cfn_logs_log_group_arn(cfn_logs_log_group group)
{
    return group.handle.id ? cfn_att(group.handle.id, "Arn") : group.handle.value;
}

CFN_END_DECLS

#endif
