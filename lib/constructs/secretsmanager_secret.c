/* Cfngen::SecretsManager::Secret: an existing secret, and who may read it. */
#include "constructs/secretsmanager_secret.h"
#include "base/text.h"

#include <string.h>

cfn_str cfn__secret_value(const cfn__maker *make, cfn_secretsmanager_secret secret,
                          const char *json_key)
{
    cfn_node *id = secret.handle.id ? cfn__ref_node(make, secret.handle.id)
                                    : cfn__str_node(make, secret.handle.value);
    return cfn_of_node(cfn__concat(make, "{{resolve:secretsmanager:", id,
                                   cfn__format(make->arena, ":SecretString:%s}}", json_key)));
}

/* arn:aws:secretsmanager:eu-west-2:111122223333:secret:name-a1b2c3 */
static bool is_secret_arn(const char *text)
{
    const char *name = strstr(text, ":secret:");
    size_t length = name ? strlen(name) : 0, tail = strlen("-a1b2c3");
    return cfn__starts_with(text, "arn:aws") && strstr(text, ":secretsmanager:") &&
           length > strlen(":secret:") + tail && name[length - tail] == '-';
}

bool cfn__is_same_secret(cfn_secretsmanager_secret a, cfn_secretsmanager_secret b)
{
    const char *one = a.handle.id ? a.handle.id : cfn__literal(a.handle.value);
    const char *other = b.handle.id ? b.handle.id : cfn__literal(b.handle.value);
    return one && other && !a.handle.id == !b.handle.id && strcmp(one, other) == 0;
}

static cfn_node *identity(cfn__expansion *x, cfn__construct *c)
{
    const cfn_secretsmanager_secret_props *props = c->props;
    const char *arn = cfn__literal(props->secret_arn);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (cfn__is_set(props->secret_arn) && cfn__is_set(props->secret_name)) {
        cfn__report_property(x, c, "SecretName", CFN2019,
                             "SecretArn and SecretName exclude each other");
        cfn__hint(diagnostics, "keep SecretArn: with it grants are exact");
    }
    if (arn && !is_secret_arn(arn)) {
        cfn__report_property(x, c, "SecretArn", CFN2024, "this is not the whole ARN of a secret");
        cfn__hint(diagnostics, "it ends in a hyphen and six characters; "
                               "`aws secretsmanager describe-secret` prints it");
    }
    const char *name = cfn__literal(props->secret_name);
    if (name && cfn__starts_with(name, "arn:"))
        cfn__report_property(x, c, "SecretName", CFN2024,
                             "this is an ARN: it belongs in SecretArn");
    if (cfn__is_set(props->secret_arn))
        return cfn__str_node(&c->make, props->secret_arn);
    if (cfn__is_set(props->secret_name))
        return cfn__str_node(&c->make, props->secret_name);
    cfn_node *parameter = cfn__parameter(
        x, c, "Arn", "String", cfn__format(c->make.arena, "The whole ARN of the secret %s", c->id));
    cfn__put(parameter, "AllowedPattern",
             cfn__string(&c->make, "^arn:aws[a-z-]*:secretsmanager:.+:secret:.+-[A-Za-z0-9]{6}$"));
    return cfn__ref_node(&c->make, cfn__role_id(x, c, "Arn"));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const cfn_secretsmanager_secret_props *props = c->props;
    cfn_node *id = identity(x, c);
    cfn__answer_with(x, c, "", id);
    cfn__answer_with(x, c, "Arn",
                     cfn__is_set(props->secret_name)
                         ? cfn__concat(&c->make, CFN__SECRET_ARN,
                                       cfn__str_node(&c->make, props->secret_name), "")
                         : id);
    if (props->grant_read_to.count)
        cfn__grant(
            x, c, "GrantReadTo", "ReadBy", &props->grant_read_to,
            cfn__secret_read_statements(x, &c->make, cfn_secretsmanager_secret_named(c->id)));
    cfn__expand_secret_rotation(x, c);
}

#define ROW(kind, name, member) CFN__ROW(cfn_secretsmanager_secret_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "SecretArn", secret_arn), .also = "Arn SecretId",
     .default_text = "a parameter {id}Arn", .doc = "The whole ARN of the secret."},
    {ROW(STR, "SecretName", secret_name), .also = "Name",
     .doc = "Its name, when the ARN is not known."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsKeyId",
     .construct = "Cfngen::KMS::Key", .default_text = "aws/secretsmanager",
     .doc = "The customer-managed key that the secret is encrypted with."},
    {ROW(STR_LIST, "GrantReadTo", grant_read_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles (!Ref of a role) that may read the secret."},
    {ROW(HANDLE, "AttachTo", attach_to), .also = "TargetId Cluster",
     .construct = "Cfngen::RDS::AuroraCluster", .or_construct = "Cfngen::RDS::Instance",
     .doc = "The cluster, or Cfngen::RDS::Instance, whose engine, host and port are written into "
            "the secret."},
    {ROW(RECORD, "Rotation", rotation), .also = "RotationSchedule HostedRotationLambda",
     .base.record = &cfn__secret_rotation_record,
     .doc =
         "How the password is changed regularly, by a function that AWS hosts. DMS needs another "
         "secret, which is not rotated."},
    CFN__ATTRIBUTES_ROW(cfn_secretsmanager_secret_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the secret"}};
static const cfn__role_facts roles[] = {
    {"ReadBy{Role}", "AWS::IAM::Policy", "the right to read, for each role"},
    {"Attachment", "AWS::SecretsManager::SecretTargetAttachment", "with AttachTo"},
    {"Rotation", "AWS::SecretsManager::RotationSchedule", "with Rotation"},
};

const cfn__construct_type cfn__secretsmanager_secret_type = {
    .name = "Cfngen::SecretsManager::Secret",
    .doc = "A secret that exists already. It is named, granted and read by dynamic references, "
           "told of a new cluster and rotated on request; it is never created here, and its value "
           "is never in the template. Rotation adds the transform AWS::SecretsManager-2024-09-16, "
           "so that the stack needs CAPABILITY_AUTO_EXPAND too.",
    .ref_doc = "the ARN of the secret (its name, when it is given by SecretName)",
    .props = CFN__RECORD("Cfngen::SecretsManager::Secret", cfn_secretsmanager_secret_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_secretsmanager_secret
cfn_secretsmanager_secret_add_at(cfn_stack *stack, const char *id,
                                 const cfn_secretsmanager_secret_props *props, const char *file,
                                 int line)
{
    return cfn_secretsmanager_secret_named(
        cfn__construct_add(stack, &cfn__secretsmanager_secret_type, id, props, file, line));
}
