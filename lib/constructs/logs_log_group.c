/* Cfngen::Logs::LogGroup. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/logs.h>
#include <cfngen/logs_log_group.h>

typedef cfn_logs_log_group_props props_type;

/* What wiring works out once. */
typedef struct group_state {
    cfn_node *name;
} group_state;

static void wire(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a log group name", 512, "/_.#", false, false};
    const props_type *props = c->props;
    group_state *state = c->state;
    state->name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    cfn__kms_key_serve_log_group(x, props->encryption_key, cfn__copy(c->make.arena, state->name));
    if (cfn__outlives_the_stack(c))
        cfn__kms_key_keep(x, props->encryption_key, c);
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *name = cfn__literal(props->name);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    /* https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html */
    if (name && cfn__starts_with(name, "/aws/dms/")) {
        cfn__report_property(x, c, "Name", CFN4410, "DMS never writes to %s", name);
        cfn__hint(diagnostics,
                  "its group is dms-tasks- and the identifier of the replication instance");
    }
    if (props->encryption_key.handle.id)
        return;
    cfn__report_property(x, c, "EncryptionKey", CFN4202,
                         "the policy of this key must let CloudWatch Logs use it, or the log group "
                         "cannot be made");
    cfn__hint(diagnostics, "allow logs.REGION.amazonaws.com to encrypt and decrypt for this group; "
                           "a Cfngen::KMS::Key does it by itself");
}

/* Who writes makes streams too. */
static cfn_node *write_statements(const cfn__construct *c)
{
    static const char *const actions[] = {"logs:CreateLogStream", "logs:PutLogEvents", NULL};
    cfn_node *statement = cfn__statement(&c->make, "WriteLogs", NULL, actions);
    cfn__put(statement, "Resource", cfn__get_att_node(&c->make, c->id, "Arn"));
    return cfn__append(cfn__list(&c->make), statement);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *name = ((const group_state *)c->state)->name;
    check(x, c);
    cfn_node *group = CFN__RESOURCE(
        aws_logs_LogGroup, x, c, "",
        &(aws_logs_LogGroup_props){.KmsKeyId = cfn_kms_key_arn(props->encryption_key),
                                   .LogGroupName = cfn_of_node(name),
                                   .RetentionInDays = cfn__int_or(props->retention_in_days, 30),
                                   .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__resource_policies(x, group, "Delete");
    cfn__grant(x, c, "GrantWriteTo", "WriteBy", &props->grant_write_to, write_statements(c));
}

#define ROW(kind, name, member) CFN__ROW(cfn_logs_log_group_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "LogGroupName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the group. Most services write to a name of their own, as "
            "/aws/lambda/{function}."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsKeyId KmsKey",
     .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key",
     .doc = "The key that the logs are encrypted with."},
    {ROW(INT, "RetentionInDays", retention_in_days), .also = "Retention LogRetentionInDays",
     .default_text = "30", .doc = "Days that the logs are kept."},
    {ROW(STR_LIST, "GrantWriteTo", grant_write_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles (!Ref of a role) that may write to the group."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the group, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_logs_log_group_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN of the group, which ends in :*"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::Logs::LogGroup", "the group"},
    {"WriteBy{Role}", "AWS::IAM::Policy", "the right to write, for each role"},
};

const cfn__construct_type cfn__logs_log_group_type = {
    .name = "Cfngen::Logs::LogGroup",
    .doc = "A log group that is encrypted with a key of yours, keeps its logs for a stated time, "
           "and is deleted with the stack unless it has DeletionPolicy Retain, which keeps the key "
           "too.",
    .ref_doc = "the name of the group",
    .props = CFN__RECORD("Cfngen::Logs::LogGroup", cfn_logs_log_group_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(group_state),
    .wire = wire,
    .expand = expand,
};

cfn_logs_log_group cfn_logs_log_group_add_at(cfn_stack *stack, const char *id,
                                             const cfn_logs_log_group_props *props,
                                             const char *file, int line)
{
    return cfn_logs_log_group_named(
        cfn__construct_add(stack, &cfn__logs_log_group_type, id, props, file, line));
}
