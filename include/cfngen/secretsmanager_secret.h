/* Cfngen::SecretsManager::Secret: a secret that exists; it is never created here, and its value is
 * never in the template.
 *
 * The secret is named by SecretArn or by SecretName; with neither, the template gets a parameter
 * {Id}Arn. Makes, each on request,
 *   {Id}ReadBy{Role}  AWS::IAM::Policy, for each role of GrantReadTo: secretsmanager:GetSecretValue
 *                     and DescribeSecret on just this secret and, when EncryptionKey is given,
 *                     kms:Decrypt through Secrets Manager alone
 *   {Id}Attachment    AWS::SecretsManager::SecretTargetAttachment, with AttachTo: it writes engine,
 *                     host, port and the cluster's identifier into the secret, which DMS, the
 *                     rotation and the validator read there
 *   {Id}Rotation      AWS::SecretsManager::RotationSchedule, with Rotation: by a function that the
 *                     transform AWS::SecretsManager-2024-09-16 makes in a nested stack. The
 *                     transform is added to the template, which then needs CAPABILITY_AUTO_EXPAND
 *                     beside CAPABILITY_NAMED_IAM
 *
 * A DMS task keeps the password that it started with, so a login that is rotated fails it: give DMS
 * a secret of its own, attached but not rotated.
 * (https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html)
 *
 * Ref and the attribute Arn are the secret's ARN; a secret given by its name answers with the name.
 * DependsOn on it waits for the attachment; constructs that take the secret do so by themselves.
 */
#ifndef CFNGEN_SECRETSMANAGER_SECRET_H
#define CFNGEN_SECRETSMANAGER_SECRET_H

#include <cfngen/ec2_security_group.h>
#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* cfn_secretsmanager_secret_existing takes the ARN of a secret that exists. */
CFN_HANDLE(cfn_secretsmanager_secret);

/* Declared here since secrets and clusters know each other; <cfngen/rds_aurora_cluster.h> has the
 * rest. cfn_rds_aurora_cluster_existing takes the identifier of a cluster that exists. */
CFN_HANDLE(cfn_rds_aurora_cluster);

/* Rotation by the function that AWS hosts. The secret must hold engine, host, port, username and
 * password; AttachTo provides the first three.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-rotationschedule-hostedrotationlambda.html
 *
 * Defaults: engine that of the cluster attached; automatically_after_days 30 (with no
 * schedule_expression); rotate_immediately_on_update false: not when it is deployed;
 * exclude_characters those that RDS or DMS do not take in a password; function_name
 * {id}-rotation-{environment}-{suffix}. */
typedef struct cfn_secretsmanager_rotation {
    cfn_str engine;          /* mysql, mariadb, postgresql; decided at synth */
    cfn_ec2_network network; /* required: subnets that reach the database and Secrets Manager */
    cfn_ec2_security_group_list security_groups; /* required: of the function */
    cfn_secretsmanager_secret superuser_secret;  /* two logins take turns; this one changes them. It
                                                    is given by its ARN, which the rotated secret
                                                    holds as masterarn, too */
    cfn_int automatically_after_days;            /* 1 to 1000; excludes schedule_expression */
    cfn_str schedule_expression;                 /* rate(10 days), cron(0 2 ? * SUN *) */
    cfn_str duration;                            /* of the window for it, as 3h */
    cfn_bool rotate_immediately_on_update;
    cfn_str exclude_characters;
    cfn_str function_name;
} cfn_secretsmanager_rotation;

/* Defaults: a parameter {Id}Arn; nobody is granted anything; not attached; not rotated. */
typedef struct cfn_secretsmanager_secret_props {
    cfn_str secret_arn;         /* the whole ARN, with the six characters that AWS appends */
    cfn_str secret_name;        /* excludes secret_arn */
    cfn_kms_key encryption_key; /* leave out when it is the AWS-managed key aws/secretsmanager */
    cfn_str_list grant_read_to; /* names of roles, usually cfn_ref of a role */
    cfn_rds_aurora_cluster attach_to;
    cfn_secretsmanager_rotation rotation;
    cfn_attributes attributes;
} cfn_secretsmanager_secret_props;

#define cfn_secretsmanager_secret_add(stack, id, ...)                                              \
    cfn_secretsmanager_secret_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_secretsmanager_secret cfn_secretsmanager_secret_add_at(
    cfn_stack *stack, const char *id, const cfn_secretsmanager_secret_props *props,
    const char *file, int line);

static inline cfn_str cfn_secretsmanager_secret_arn(cfn_secretsmanager_secret secret)
{
    return secret.handle.id ? cfn_att(secret.handle.id, "Arn") : secret.handle.value;
}

CFN_END_DECLS

#endif
