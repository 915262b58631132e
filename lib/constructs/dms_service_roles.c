/* Cfngen::DMS::ServiceRoles. */
#include "base/text.h"
#include "constructs/dms.h"

#include <cfngen/aws/iam.h>

#include <string.h>

#define CREATE "Create" /* the parameter and the condition are the construct's id + this */

/* https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole */
static const struct {
    const char *role, *name, *attribute, *policy, *tag;
} service_roles[] = {
    [CFN__DMS_VPC_ROLE] = {"VpcRole", "dms-vpc-role", "VpcRoleName", "AmazonDMSVPCManagementRole",
                           "DmsVpcRole"},
    [CFN__DMS_LOGS_ROLE] = {"LogsRole", "dms-cloudwatch-logs-role", "LogsRoleName",
                            "AmazonDMSCloudWatchLogsRole", "DmsLogsRole"},
};

typedef enum making { NEVER, ALWAYS, ON_CONDITION } making;

static making making_of(const cfn__construct *c)
{
    const cfn_bool *create = &((const cfn_dms_service_roles_props *)c->props)->create;
    if (create->expression.form != CFN_LITERAL)
        return ON_CONDITION;
    return create->value ? ALWAYS : NEVER;
}

/* The condition of the roles; NULL: there is none. */
static const char *condition_of(cfn__expansion *x, const cfn__construct *c)
{
    const char *own = making_of(c) == ON_CONDITION ? cfn__role_id(x, c, CREATE) : NULL;
    return cfn__both_conditions(x, &c->make, c->attributes->condition, own);
}

void cfn__dms_wait_for_role(cfn__expansion *x, cfn_dms_service_roles roles, cfn__dms_role role,
                            cfn_node *properties)
{
    const cfn__construct *c = cfn__handle_construct(x, &roles.handle);
    if (!c || !properties || making_of(c) == NEVER)
        return;
    const cfn__maker make = {c->make.arena, properties->place};
    const char *id = cfn__role_id(x, c, service_roles[role].role);
    const char *condition = condition_of(x, c);
    if (!condition) {
        cfn__resource_depends_on(x, properties, id);
        return;
    }
    cfn_node *choice = cfn__list(&make);
    cfn__append(choice, cfn__string(&make, condition));
    cfn__append(choice, cfn__get_att_node(&make, id, "Arn"));
    cfn__append(choice, cfn__string(&make, service_roles[role].name));
    cfn_node *tag = cfn__single(&make, "Key", cfn__string(&make, service_roles[role].tag));
    cfn__put(tag, "Value", cfn__single(&make, "Fn::If", choice));
    cfn__append(cfn__get(properties, "Tags"), tag);
}

static void make_condition(cfn__expansion *x, cfn__construct *c)
{
    const cfn_dms_service_roles_props *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *create = cfn__bool_node(make, props->create);
    if (!create) {
        cfn_node *parameter = cfn__parameter(
            x, c, CREATE, "String",
            "true makes dms-vpc-role and dms-cloudwatch-logs-role, of which an account has one "
            "each; false when it has them");
        cfn__put(parameter, "Default", cfn__string(make, "false"));
        cfn__put(parameter, "AllowedValues",
                 cfn__pair(make, cfn__string(make, "true"), cfn__string(make, "false")));
        create = cfn__ref_node(make, cfn__role_id(x, c, CREATE));
    }
    cfn__condition(
        x, c, CREATE,
        cfn__single(make, "Fn::Equals", cfn__pair(make, create, cfn__string(make, "true"))));
}

static void make_role(cfn__expansion *x, cfn__construct *c, cfn__dms_role role)
{
    static const char *const actions[] = {"sts:AssumeRole", NULL};
    const cfn_dms_service_roles_props *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *statement =
        cfn__statement(make, "Dms", cfn__service_principal(make, "dms.amazonaws.com"), actions);
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), statement));
    const char *policy =
        cfn__format(make->arena, "arn:${AWS::Partition}:iam::aws:policy/service-role/%s",
                    service_roles[role].policy);
    cfn_node *name = cfn__string(make, service_roles[role].name);
    CFN__RESOURCE(aws_iam_Role, x, c, service_roles[role].role,
                  &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                                        .ManagedPolicyArns = CFN_LIST(cfn_sub(policy)),
                                        .RoleName = cfn_of_node(name),
                                        .Tags = cfn__tags(x, c, name, props->tags),
                                        .attributes = {.condition = condition_of(x, c)}});
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    making how = making_of(c);
    if (how == ALWAYS && !c->attributes->condition) {
        cfn__report_property(x, c, "Create", CFN4311,
                             "an account has one of each of these roles, so the second stack that "
                             "makes them fails");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "leave Create out: then the parameter %s" CREATE " decides", c->id);
    }
    if (how == ON_CONDITION)
        make_condition(x, c);
    for (cfn__dms_role role = CFN__DMS_VPC_ROLE; role <= CFN__DMS_LOGS_ROLE; role++) {
        const char *name = service_roles[role].name;
        cfn__answer_with(x, c, service_roles[role].attribute, cfn__string(&c->make, name));
        if (how != NEVER)
            make_role(x, c, role);
    }
    cfn__answer_with(x, c, "", cfn__string(&c->make, service_roles[CFN__DMS_VPC_ROLE].name));
}

#define ROW(kind, name, member) CFN__ROW(cfn_dms_service_roles_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(BOOL, "Create", create), .default_text = "a parameter {id}Create, \"false\" by default",
     .doc = "Whether the stack makes the roles: a parameter of \"true\" and \"false\" (!Ref), or "
            "false where they exist. An account has one of each."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the roles, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_dms_service_roles_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"VpcRoleName", "dms-vpc-role"},
    {"LogsRoleName", "dms-cloudwatch-logs-role"},
};
static const cfn__role_facts roles[] = {
    {"VpcRole", "AWS::IAM::Role", "dms-vpc-role, for network interfaces"},
    {"LogsRole", "AWS::IAM::Role", "dms-cloudwatch-logs-role, for the logs of tasks"},
};

const cfn__construct_type cfn__dms_service_roles_type = {
    .name = "Cfngen::DMS::ServiceRoles",
    .doc = "The two roles that DMS looks for by their exact names, of which an account has one "
           "each: made when a parameter says so.",
    .ref_doc = "the name dms-vpc-role",
    .props = CFN__RECORD("Cfngen::DMS::ServiceRoles", cfn_dms_service_roles_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_dms_service_roles cfn_dms_service_roles_add_at(cfn_stack *stack, const char *id,
                                                   const cfn_dms_service_roles_props *props,
                                                   const char *file, int line)
{
    return cfn_dms_service_roles_named(
        cfn__construct_add(stack, &cfn__dms_service_roles_type, id, props, file, line));
}
