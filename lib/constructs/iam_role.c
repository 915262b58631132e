/* Cfngen::IAM::Role. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/iam.h>
#include <cfngen/iam_role.h>

#include <string.h>

typedef cfn_iam_role_props props_type;

/* ---- checks ---- */

/* Actions of these services name a resource, but for a few that look at the whole account:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/ */
static const struct {
    const char *prefix;
    const char *unscoped; /* actions without a resource, separated by spaces */
} scoped_services[] = {
    {"secretsmanager:", "ListSecrets GetRandomPassword BatchGetSecretValue"},
    {"kms:", "ListKeys ListAliases CreateKey GenerateRandom"},
    {"s3:", "ListAllMyBuckets GetAccountPublicAccessBlock"},
    {"sns:", "ListTopics ListSubscriptions ListPlatformApplications"},
    {"sqs:", "ListQueues"},
    {"ssm:", "DescribeParameters ListCommands ListDocuments"},
    {"dynamodb:", "ListTables DescribeLimits"},
    {"lambda:", "ListFunctions GetAccountSettings"},
    {"route53:ChangeResourceRecordSets", ""},
    {"iam:PassRole", ""},
    {"sts:AssumeRole", ""},
};

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = words; *p; p += strcspn(p, " "), p += strspn(p, " "))
        if (strcspn(p, " ") == length && memcmp(p, word, length) == 0)
            return true;
    return false;
}

static bool takes_resource(const char *action)
{
    const char *name = strchr(action, ':');
    for (size_t i = 0; name && i < CFN__COUNT(scoped_services); i++)
        if (cfn__starts_with(action, scoped_services[i].prefix))
            return !has_word(scoped_services[i].unscoped, name + 1);
    return false;
}

static bool names_everything(const cfn_str_list *resources)
{
    for (size_t i = 0; i < resources->count; i++) {
        const char *text = cfn__literal(resources->items[i]);
        if (text && strcmp(text, "*") == 0)
            return true;
    }
    return false;
}

static void check_action(cfn__expansion *x, const cfn__construct *c, const char *at,
                         const char *action, bool everything)
{
    bool all = strcmp(action, "*") == 0 || cfn__ends_with(action, ":*");
    if (all) {
        cfn__report_property(x, c, at, CFN4431, "%s allows every action%s", action,
                             action[1] ? " of the service" : "");
        cfn__hint(cfn__expansion_diagnostics(x), "name the actions that are called");
    } else if (everything && takes_resource(action)) {
        cfn__report_property(x, c, at, CFN4431, "%s is allowed on every resource of the account",
                             action);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "name the ARN that is meant in Resource instead of \"*\"");
    }
}

static void check_statement(cfn__expansion *x, const cfn__construct *c,
                            const cfn_iam_statement *statement, size_t i)
{
    const char *effect = cfn__literal(statement->effect);
    if (effect && strcmp(effect, "Deny") == 0)
        return;
    for (size_t n = 0; n < statement->action.count; n++) {
        const char *action = cfn__literal(statement->action.items[n]);
        if (action)
            check_action(x, c, cfn__format(c->make.arena, "Statements/%zu/Action/%zu", i, n),
                         action, names_everything(&statement->resource));
    }
}

void cfn__check_iam_statements(cfn__expansion *x, const cfn__construct *c,
                               const cfn_iam_statement_list *statements)
{
    for (size_t i = 0; i < statements->count; i++)
        check_statement(x, c, &statements->items[i], i);
}

/* "AdministratorAccess", "AmazonS3FullAccess": whole services or the whole account. */
static void check_managed_policy(cfn__expansion *x, const cfn__construct *c, size_t i,
                                 const char *name)
{
    if (!cfn__ends_with(name, "FullAccess") && !cfn__ends_with(name, "AdministratorAccess") &&
        !cfn__ends_with(name, "PowerUserAccess"))
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "ManagedPolicies/%zu", i), CFN4432,
                         "%s allows far more than one role needs", name);
    cfn__hint(cfn__expansion_diagnostics(x), "state in Statements what is called, and on what");
}

static void check_service(cfn__expansion *x, const cfn__construct *c, size_t i, cfn_str service)
{
    const char *text = cfn__literal(service);
    if (!text || (strstr(text, ".amazonaws.com") && !cfn__starts_with(text, "arn:")))
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "AssumedBy/%zu", i), CFN2024,
                         "\"%s\" is not a service: one is lambda.amazonaws.com", text);
    cfn__hint(cfn__expansion_diagnostics(x),
              "accounts, roles and others have a statement in AssumeRoleStatements");
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_str_list *services = &props->assumed_by;
    if (!services->count && !props->assume_role_statements.count) {
        cfn__report_property(x, c, NULL, CFN2019, "nobody may assume the role %s", c->id);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "name services in AssumedBy, or others in AssumeRoleStatements");
    }
    for (size_t i = 0; i < services->count; i++)
        check_service(x, c, i, services->items[i]);
    cfn__check_iam_statements(x, c, &props->statements);
    for (size_t i = 0; i < props->managed_policies.count; i++)
        if (cfn__literal(props->managed_policies.items[i]))
            check_managed_policy(x, c, i, cfn__literal(props->managed_policies.items[i]));
}

/* ---- expansion ---- */

/* One item stands alone, as people write it. */
static cfn_node *one_or_list(const cfn__maker *make, const cfn_str_list *list)
{
    return list->count == 1 ? cfn__str_node(make, list->items[0]) : cfn__str_list_node(make, list);
}

static cfn_node *trust_policy(const cfn__construct *c)
{
    static const char *const actions[] = {"sts:AssumeRole", NULL};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *statements = cfn__list(make);
    if (props->assumed_by.count) {
        cfn_node *services = cfn__single(make, "Service", one_or_list(make, &props->assumed_by));
        cfn_node *statement = cfn__statement(make, "AssumedBy", services, actions);
        cfn__put(statement, "Condition", cfn__json_node(make, props->assumed_by_condition));
        cfn__append(statements, statement);
    }
    for (size_t i = 0; i < props->assume_role_statements.count; i++)
        cfn__append(statements, cfn__json_node(make, props->assume_role_statements.items[i]));
    return cfn__policy_document(make, statements);
}

static cfn_node *statement_node(const cfn__maker *make, const cfn_iam_statement *statement)
{
    cfn_node *node = cfn__map(make);
    cfn__put(node, "Sid", cfn__str_node(make, statement->sid));
    cfn__put(node, "Effect", cfn__str_node(make, cfn__str_or(statement->effect, "Allow")));
    cfn__put(node, "Action", one_or_list(make, &statement->action));
    cfn__put(node, "Resource", one_or_list(make, &statement->resource));
    return cfn__put(node, "Condition", cfn__json_node(make, statement->condition));
}

void cfn__append_iam_statements(const cfn__maker *make, cfn_node *list,
                                const cfn_iam_statement_list *statements)
{
    for (size_t i = 0; i < statements->count; i++)
        cfn__append(list, statement_node(make, &statements->items[i]));
}

static cfn_node *permissions(const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *statements = cfn__list(&c->make);
    cfn__append_iam_statements(&c->make, statements, &props->statements);
    return cfn__policy_document(&c->make, statements);
}

/* A name is one of AWS's own policies. */
static cfn_node *managed_policies(const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__list(make);
    for (size_t i = 0; i < props->managed_policies.count; i++) {
        const char *text = cfn__literal(props->managed_policies.items[i]);
        cfn_node *value = cfn__str_node(make, props->managed_policies.items[i]);
        bool name = text && !cfn__starts_with(text, "arn:");
        cfn__append(list,
                    name ? cfn__concat(make, "arn:${AWS::Partition}:iam::aws:policy/", value, "")
                         : value);
    }
    return cfn_node_size(list) ? list : NULL;
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    static const cfn__name_rule policy_rule = {"a policy name", 128, "+=,.@_", false, false};
    const props_type *props = c->props;
    check(x, c);
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    aws_iam_Role_props role = {
        .AssumeRolePolicyDocument = cfn__json_of_node(trust_policy(c)),
        .Description = props->description,
        .ManagedPolicyArns = {.all = cfn_of_node(managed_policies(c))},
        .MaxSessionDuration = props->max_session_duration,
        .Path = props->path,
        .PermissionsBoundary = props->permissions_boundary,
        .RoleName = cfn_of_node(name),
        .Tags = cfn__tags(x, c, name, props->tags),
    };
    const aws_iam_Role_Policies policy = {
        .PolicyDocument = cfn__json_of_node(permissions(c)),
        .PolicyName = cfn_of_node(cfn__name(x, c, "Policy", &policy_rule)),
    };
    if (props->statements.count)
        role.Policies = (aws_iam_Role_Policies_list){.items = &policy, .count = 1};
    CFN__RESOURCE(aws_iam_Role, x, c, "", &role);
}

/* ---- tables ---- */

static const char *const effects[] = {"Allow", "Deny", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_iam_statement, kind, name, member)
static const cfn__field statement_fields[] = {
    {ROW(STR, "Sid", sid), .doc = "What the statement is called: letters and digits."},
    {ROW(STR, "Effect", effect), .values = effects, .default_text = "Allow",
     .doc = "Whether it allows or forbids."},
    {ROW(STR_LIST, "Action", action), .also = "Actions NotAction",
     .flags = CFN__REQUIRED | CFN__WRITTEN_OUT,
     .doc = "The actions, as secretsmanager:GetSecretValue."},
    {ROW(STR_LIST, "Resource", resource), .also = "Resources NotResource", .flags = CFN__REQUIRED,
     .doc = "The ARNs of what they may act on."},
    {ROW(JSON, "Condition", condition), .also = "Conditions", .flags = CFN__MAPPING,
     .doc = "When the statement holds, as operator: {key: value}."},
};
#undef ROW
const cfn_record cfn__iam_statement_record =
    CFN__RECORD("a statement", cfn_iam_statement, statement_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_iam_role_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "RoleName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the role."},
    {ROW(STR, "Path", path), .default_text = "/", .doc = "The path of the role."},
    {ROW(STR, "Description", description), .doc = "What the role is for."},
    {ROW(STR_LIST, "AssumedBy", assumed_by), .also = "Service Services Principal TrustedServices",
     .flags = CFN__WRITTEN_OUT,
     .doc = "The services that may assume the role, as lambda.amazonaws.com."},
    {ROW(JSON, "AssumedByCondition", assumed_by_condition), .flags = CFN__MAPPING,
     .doc = "When they may, as operator: {key: value}."},
    {ROW(JSON_LIST, "AssumeRoleStatements", assume_role_statements),
     .also = "AssumeRolePolicyDocument TrustPolicy", .flags = CFN__WRITTEN_OUT,
     .doc = "Whole statements for anybody else who may assume the role."},
    {ROW(RECORD_LIST, "Statements", statements), .also = "Policies PolicyStatements",
     .base.record = &cfn__iam_statement_record, .doc = "What the role may do."},
    {ROW(STR_LIST, "ManagedPolicies", managed_policies), .also = "ManagedPolicyArns",
     .flags = CFN__WRITTEN_OUT,
     .doc = "Managed policies: ARNs, or names of AWS's own with their path."},
    {ROW(STR, "PermissionsBoundary", permissions_boundary),
     .doc = "The ARN of the policy that bounds what the role may ever do."},
    {ROW(INT, "MaxSessionDuration", max_session_duration), .min = 3600, .max = 43200,
     .default_text = "3600, AWS's own", .doc = "Seconds that a session may last."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the role, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_iam_role_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN of the role"},
    {"RoleId", "the id of the role, as AROA and more"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::IAM::Role", "the role, with its statements"},
};

const cfn__construct_type cfn__iam_role_type = {
    .name = "Cfngen::IAM::Role",
    .doc = "A role for a service, with just the permissions that are stated. Every action of a "
           "service, or every resource where one could be named, is an error.",
    .ref_doc = "the name of the role",
    .props = CFN__RECORD("Cfngen::IAM::Role", cfn_iam_role_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_iam_role cfn_iam_role_add_at(cfn_stack *stack, const char *id, const cfn_iam_role_props *props,
                                 const char *file, int line)
{
    return cfn_iam_role_named(
        cfn__construct_add(stack, &cfn__iam_role_type, id, props, file, line));
}
