/* What other constructs ask of a secret: statements for those who read it, and whether they can
 * rely on what it holds. */
#include "base/text.h"
#include "constructs/secretsmanager_secret.h"

#include <string.h>

static const cfn_secretsmanager_secret_props *props_of(cfn__expansion *x,
                                                       cfn_secretsmanager_secret secret)
{
    const cfn__construct *c = cfn__handle_construct(x, &secret.handle);
    return c ? c->props : NULL;
}

/* By ARN exactly; by name with the six characters that AWS appends unknown. */
static cfn_node *resource_of(cfn__expansion *x, const cfn__maker *make,
                             cfn_secretsmanager_secret secret)
{
    const cfn_secretsmanager_secret_props *props = props_of(x, secret);
    const char *text = cfn__literal(secret.handle.value);
    cfn_str name = props ? props->secret_name : cfn_s(NULL);
    if (text && !cfn__starts_with(text, "arn:"))
        name = secret.handle.value;
    if (cfn__is_set(name))
        return cfn__concat(make, CFN__SECRET_ARN, cfn__str_node(make, name), "-??????");
    return cfn__str_node(make, cfn_secretsmanager_secret_arn(secret));
}

/* Appends what is not in the list yet. */
static void append_new(cfn_node *list, cfn_node *value)
{
    for (const cfn_node *n = cfn_node_first(list); n && value; n = cfn_node_next(n))
        if (cfn_node_equal(n, value))
            return;
    if (value)
        cfn__append(list, value);
}

/* A list of one is that one. */
static cfn_node *resources(const cfn__maker *make, cfn_node *list)
{
    return cfn_node_size(list) == 1 ? cfn__copy(make->arena, list->first) : list;
}

cfn_node *cfn__secret_statements(cfn__expansion *x, const cfn__maker *make,
                                 const cfn_secretsmanager_secret *secrets, size_t count,
                                 const char *const *actions)
{
    static const char *const decrypt[] = {"kms:Decrypt", NULL};
    cfn_node *statements = cfn__list(make), *arns = cfn__list(make), *keys = cfn__list(make);
    for (size_t i = 0; i < count; i++) {
        const cfn_secretsmanager_secret_props *props = props_of(x, secrets[i]);
        append_new(arns, resource_of(x, make, secrets[i]));
        append_new(keys,
                   props ? cfn__str_node(make, cfn_kms_key_arn(props->encryption_key)) : NULL);
    }
    cfn_node *read =
        cfn__statement(make, cfn_node_size(arns) > 1 ? "ReadSecrets" : "ReadSecret", NULL, actions);
    cfn__append(statements, cfn__put(read, "Resource", resources(make, arns)));
    if (!cfn_node_size(keys))
        return statements;
    cfn_node *statement = cfn__statement(make, "DecryptSecret", NULL, decrypt);
    cfn__put(statement, "Resource", resources(make, keys));
    cfn__put(
        statement, "Condition",
        cfn__policy_condition(make, "StringEquals", "kms:ViaService",
                              cfn__sub_node(make, "secretsmanager.${AWS::Region}.amazonaws.com")));
    return cfn__append(statements, statement);
}

cfn_node *cfn__secret_read_statements(cfn__expansion *x, const cfn__maker *make,
                                      cfn_secretsmanager_secret secret)
{
    static const char *const actions[] = {"secretsmanager:DescribeSecret",
                                          "secretsmanager:GetSecretValue", NULL};
    return cfn__secret_statements(x, make, &secret, 1, actions);
}

void cfn__secret_await(cfn__expansion *x, cfn_node *properties, cfn_secretsmanager_secret secret)
{
    const cfn_secretsmanager_secret_props *props = props_of(x, secret);
    if (props && cfn__secret_is_attached(props))
        cfn__resource_depends_on(x, properties, secret.handle.id);
}

cfn_rds_aurora_cluster cfn__secret_cluster(cfn__expansion *x, cfn_secretsmanager_secret secret)
{
    const cfn_secretsmanager_secret_props *props = props_of(x, secret);
    return props ? props->attach_to : cfn_rds_aurora_cluster_named(NULL);
}

/* !GetAtt Database.MasterUserSecret.SecretArn, or the name that RDS gives. */
bool cfn__is_managed_secret(cfn_str arn)
{
    const char *text = cfn__literal(arn);
    const cfn_node *attribute = cfn_node_at(cfn_node_get(arn.node, "Fn::GetAtt"), 1);
    return (text && strstr(text, "rds!")) || cfn__text_is(attribute, "MasterUserSecret.SecretArn");
}

void cfn__check_secret_has_host(cfn__expansion *x, const cfn__construct *by, const char *property,
                                cfn_secretsmanager_secret secret)
{
    const cfn_secretsmanager_secret_props *props = props_of(x, secret);
    if (!cfn__is_managed_secret(props ? props->secret_arn : secret.handle.value))
        return;
    cfn__report_property(x, by, property, CFN4506,
                         "the secret that RDS manages has no host and no port");
    cfn__hint(cfn__expansion_diagnostics(x),
              "use a Cfngen::SecretsManager::Secret of your own with AttachTo");
}

void cfn__secret_serve_dms(cfn__expansion *x, const cfn__construct *by, const char *property,
                           cfn_secretsmanager_secret secret)
{
    const cfn_secretsmanager_secret_props *props = props_of(x, secret);
    cfn__check_secret_has_host(x, by, property, secret);
    if (!props || !cfn__secret_is_rotated(props))
        return;
    cfn__report_property(x, by, property, CFN4503,
                         "%s is rotated, and a running task keeps the old password until it is "
                         "started again",
                         secret.handle.id);
    cfn__hint(cfn__expansion_diagnostics(x),
              "give DMS a login of its own in another secret, without Rotation");
}
