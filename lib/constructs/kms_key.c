/* Cfngen::KMS::Key. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/kms.h>

#include <string.h>

/* What wiring told the key. */
typedef struct key_state {
    cfn_node *log_groups; /* names */
    cfn_node *services;   /* statements of other services, each once */
    const cfn__construct *kept_by;
} key_state;

void cfn__kms_key_serve_log_group(cfn__expansion *x, cfn_kms_key key, cfn_node *name)
{
    cfn__construct *c = cfn__handle_construct(x, &key.handle);
    if (!c)
        return;
    key_state *state = c->state;
    if (!state->log_groups)
        state->log_groups = cfn__list(&c->make);
    cfn__append(state->log_groups, name);
}

static cfn_node *any_resource(const cfn__maker *make, cfn_node *statement)
{
    return cfn__put(statement, "Resource", cfn__string(make, "*"));
}

void cfn__kms_key_serve(cfn__expansion *x, cfn_kms_key key, const cfn__key_user *user)
{
    cfn__construct *c = cfn__handle_construct(x, &key.handle);
    if (!c)
        return;
    const cfn__maker *make = &c->make;
    key_state *state = c->state;
    if (!state->services)
        state->services = cfn__list(make);
    for (const cfn_node *n = cfn_node_first(state->services); n; n = n->next)
        if (cfn__text_is(cfn_node_get(n, "Sid"), user->sid))
            return;
    cfn_node *statement = any_resource(
        make, cfn__statement(make, user->sid, cfn__service_principal(make, user->service),
                             user->actions));
    if (user->for_this_account)
        cfn__put(statement, "Condition", cfn__this_account(make));
    cfn__append(state->services, statement);
}

void cfn__kms_key_keep(cfn__expansion *x, cfn_kms_key key, const cfn__construct *by)
{
    cfn__construct *c = cfn__handle_construct(x, &key.handle);
    if (c)
        ((key_state *)c->state)->kept_by = by;
}

static cfn_node *root_statement(const cfn__maker *make)
{
    static const char *const actions[] = {"kms:*", NULL};
    cfn_node *root = cfn__sub_node(make, "arn:${AWS::Partition}:iam::${AWS::AccountId}:root");
    cfn_node *principal = cfn__single(make, "AWS", root);
    return any_resource(make, cfn__statement(make, "AccountRoot", principal, actions));
}

/* https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
static cfn_node *logs_statement(const cfn__maker *make, const cfn_node *log_groups)
{
    static const char *const actions[] = {"kms:Encrypt*",         "kms:Decrypt*",  "kms:ReEncrypt*",
                                          "kms:GenerateDataKey*", "kms:Describe*", NULL};
    cfn_node *arns = cfn__list(make);
    for (const cfn_node *n = log_groups->first; n; n = n->next)
        cfn__append(arns, cfn__concat(make,
                                      "arn:${AWS::Partition}:logs:${AWS::Region}:"
                                      "${AWS::AccountId}:log-group:",
                                      cfn__copy(make->arena, n), ""));
    cfn_node *principal = cfn__service_principal(make, "logs.${AWS::Region}.amazonaws.com");
    cfn_node *statement =
        any_resource(make, cfn__statement(make, "CloudWatchLogs", principal, actions));
    return cfn__put(
        statement, "Condition",
        cfn__policy_condition(make, "ArnEquals", "kms:EncryptionContext:aws:logs:arn", arns));
}

static cfn_node *key_policy(const cfn__construct *c)
{
    const cfn_kms_key_props *props = c->props;
    const key_state *state = c->state;
    cfn_node *statements = cfn__list(&c->make);
    cfn__append(statements, root_statement(&c->make));
    if (state->log_groups)
        cfn__append(statements, logs_statement(&c->make, state->log_groups));
    for (const cfn_node *n = cfn_node_first(state->services); n; n = n->next)
        cfn__append(statements, cfn__copy(c->make.arena, n));
    for (size_t i = 0; i < props->policy_statements.count; i++)
        cfn__append(statements, cfn__json_node(&c->make, props->policy_statements.items[i]));
    return cfn__policy_document(&c->make, statements);
}

/* A key that is needed after the stack is gone is kept, unless the user said otherwise: then that
 * is the mistake to be told. */
static void keep(cfn__expansion *x, const cfn__construct *c, cfn_node *properties)
{
    const cfn__construct *by = ((const key_state *)c->state)->kept_by;
    const char *own = c->attributes->deletion_policy;
    if (!by)
        return;
    if (own && strcmp(own, "Delete") == 0) {
        cfn__report_property(x, c, NULL, CFN4114,
                             "%s is deleted with the stack, but %s leaves data behind that only "
                             "this key can decrypt",
                             c->id, by->id);
        cfn__hint(cfn__expansion_diagnostics(x), "give %s the DeletionPolicy Retain, or %s Delete",
                  c->id, by->id);
    }
    cfn__resource_policies(x, properties, "Retain");
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule alias_rule = {"an alias", 250, "/_", false, false};
    const cfn_kms_key_props *props = c->props;
    const char *own_name = cfn__literal(props->name);
    if (own_name && cfn__starts_with(own_name, "aws/")) {
        cfn__report_property(x, c, "Name", CFN4201, "aliases that start with aws/ are AWS's own");
        cfn__hint(cfn__expansion_diagnostics(x), "use another name");
    }
    if (own_name && cfn__starts_with(own_name, "alias/"))
        cfn__report_property(x, c, "Name", CFN2012, "the name of an alias is what follows alias/");
    cfn__check_event_statements(x, c, &props->policy_statements);
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &alias_rule);

    cfn_node *key = CFN__RESOURCE(
        aws_kms_Key, x, c, "",
        &(aws_kms_Key_props){.Description = props->description,
                             .EnableKeyRotation = cfn__bool_or(props->enable_key_rotation, true),
                             .KeyPolicy = cfn__json_of_node(key_policy(c)),
                             .PendingWindowInDays = cfn__int_or(props->pending_window_in_days, 30),
                             .RotationPeriodInDays = props->rotation_period_in_days,
                             .Tags = cfn__tags(x, c, name, props->tags)});
    keep(x, c, key);
    CFN__RESOURCE(
        aws_kms_Alias, x, c, "Alias",
        &(aws_kms_Alias_props){.AliasName = cfn_of_node(cfn__concat(&c->make, "alias/", name, "")),
                               .TargetKeyId = cfn_ref(c->id)});
}

#define ROW(kind, name, member) CFN__ROW(cfn_kms_key_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Description", description), .doc = "What the key is for."},
    {ROW(STR, "Name", name), .also = "AliasName Alias",
     .default_text = "{id}-{environment}-{suffix}", .doc = "The alias, without \"alias/\"."},
    {ROW(BOOL, "EnableKeyRotation", enable_key_rotation), .default_text = "true",
     .doc = "Whether AWS makes new key material every year."},
    {ROW(INT, "RotationPeriodInDays", rotation_period_in_days), .min = 90, .max = 2560,
     .default_text = "365, AWS's own", .doc = "Days between two rotations."},
    {ROW(INT, "PendingWindowInDays", pending_window_in_days), .min = 7, .max = 30,
     .default_text = "30", .doc = "Days until a deleted key is really gone."},
    {ROW(JSON_LIST, "PolicyStatements", policy_statements), .also = "KeyPolicy Policy",
     .flags = CFN__WRITTEN_OUT,
     .doc = "Further statements of the key policy. Resource \"*\" there means this key."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the key, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_kms_key_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN of the key"},
    {"KeyId", "the id of the key, as Ref gives it"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::KMS::Key", "the key and its policy"},
    {"Alias", "AWS::KMS::Alias", "its name"},
};

const cfn__construct_type cfn__kms_key_type = {
    .name = "Cfngen::KMS::Key",
    .doc = "A customer-managed key with an alias, rotation, and a policy that holds the account's "
           "root and just the statements that its users in this stack need.",
    .ref_doc = "the id of the key",
    .props = CFN__RECORD("Cfngen::KMS::Key", cfn_kms_key_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(key_state),
    .expand = expand,
};

cfn_kms_key cfn_kms_key_add_at(cfn_stack *stack, const char *id, const cfn_kms_key_props *props,
                               const char *file, int line)
{
    return cfn_kms_key_named(cfn__construct_add(stack, &cfn__kms_key_type, id, props, file, line));
}
