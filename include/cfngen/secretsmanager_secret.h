/* Cfngen::SecretsManager::Secret: a secret that exists; it is never created here, and its value is
 * never in the template.
 *
 * The secret is named by SecretArn or by SecretName; with neither, the template gets a parameter
 * {Id}Arn. GrantReadTo gives roles the right to read it: for each a policy {Id}ReadBy{Role}
 * (AWS::IAM::Policy) with secretsmanager:GetSecretValue and DescribeSecret on just this secret and,
 * when EncryptionKey is given, kms:Decrypt through Secrets Manager alone.
 *
 * Ref and the attribute Arn are the secret's ARN; a secret given by its name answers with the name.
 */
#ifndef CFNGEN_SECRETSMANAGER_SECRET_H
#define CFNGEN_SECRETSMANAGER_SECRET_H

#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* cfn_secretsmanager_secret_existing takes the ARN of a secret that exists. */
CFN_HANDLE(cfn_secretsmanager_secret);

/* Defaults: a parameter {Id}Arn; nobody is granted anything. */
typedef struct cfn_secretsmanager_secret_props {
    cfn_str secret_arn;         /* the whole ARN, with the six characters that AWS appends */
    cfn_str secret_name;        /* excludes secret_arn */
    cfn_kms_key encryption_key; /* leave out when it is the AWS-managed key aws/secretsmanager */
    cfn_str_list grant_read_to; /* names of roles, usually cfn_ref of a role */
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
