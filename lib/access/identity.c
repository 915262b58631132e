/* What roles, users and groups may do: the policies on and around them.
 *
 * The names of types and properties are those of AWS's resource types:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html */
#include "access/texts.h"

#include <string.h>

/* Policies that name whose they are. Holders are found in these properties; none of them: the
 * resource is its own holder. */
static const struct {
    const char *type;
    const char *document;
    const char *holders[3];
} policies[] = {
    {"AWS::IAM::Policy", "PolicyDocument", {"Roles", "Users", "Groups"}},
    {"AWS::IAM::ManagedPolicy", "PolicyDocument", {NULL}},
    {"AWS::IAM::RolePolicy", "PolicyDocument", {"RoleName"}},
    {"AWS::IAM::UserPolicy", "PolicyDocument", {"UserName"}},
    {"AWS::IAM::GroupPolicy", "PolicyDocument", {"GroupName"}},
    {"AWS::SSO::PermissionSet", "InlinePolicy", {NULL}},
};

/* Properties whose values are tied to the resource. */
static const struct {
    const char *type, *property;
    cfn__access_tie tie;
} ties[] = {
    {"AWS::IAM::Role", "ManagedPolicyArns", CFN__ACCESS_MANAGED},
    {"AWS::IAM::User", "ManagedPolicyArns", CFN__ACCESS_MANAGED},
    {"AWS::IAM::Group", "ManagedPolicyArns", CFN__ACCESS_MANAGED},
    {"AWS::SSO::PermissionSet", "ManagedPolicies", CFN__ACCESS_MANAGED},
    {"AWS::IAM::Role", "PermissionsBoundary", CFN__ACCESS_BOUNDARY},
    {"AWS::IAM::User", "PermissionsBoundary", CFN__ACCESS_BOUNDARY},
    {"AWS::IAM::User", "Groups", CFN__ACCESS_GROUP},
};

/* Resources that tie others to one another: each of `holders` gets `policy` (NULL: the resource
 * itself). */
static const struct {
    const char *type, *holders, *policy;
    cfn__access_tie tie;
} couplings[] = {
    {"AWS::IAM::ManagedPolicy", "Roles", NULL, CFN__ACCESS_MANAGED},
    {"AWS::IAM::ManagedPolicy", "Users", NULL, CFN__ACCESS_MANAGED},
    {"AWS::IAM::ManagedPolicy", "Groups", NULL, CFN__ACCESS_MANAGED},
    {"AWS::IAM::UserToGroupAddition", "Users", "GroupName", CFN__ACCESS_GROUP},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const cfn_node *property(const cfn__access_walk *walk, const char *name)
{
    return cfn_node_get(walk->resource->properties, name);
}

/* ---- statements ---- */

/* The member PolicyDocument of one of a resource's Policies. */
static void read_inline(const cfn__access_walk *walk, const cfn_node *value, const void *context)
{
    const cfn_node *document = cfn_node_get(value, "PolicyDocument");
    cfn__access_read_policy(walk, document ? document : value, context);
}

static void read_principal(const cfn__access_walk *walk)
{
    const char *type = walk->resource->type;
    if (strcmp(type, "AWS::IAM::Role") != 0 && strcmp(type, "AWS::IAM::User") != 0 &&
        strcmp(type, "AWS::IAM::Group") != 0)
        return;
    cfn__texts self = cfn__access_single(walk->access->arena, cfn__access_own_text(walk));
    cfn__access_read_policy(walk, property(walk, "AssumeRolePolicyDocument"),
                            &(cfn__access_policy){CFN__ACCESS_TRUST, self});
    cfn__access_each(walk, property(walk, "Policies"), read_inline,
                     &(cfn__access_policy){CFN__ACCESS_IDENTITY, self});
}

/* The holders of a policy; which of its properties has them is the table's. */
static cfn__texts holders_of(const cfn__access_walk *walk, const char *const *names, size_t count)
{
    cfn_arena *arena = walk->access->arena;
    bool varies = false;
    if (!names[0])
        return cfn__access_single(arena, cfn__access_own_text(walk));
    cfn__texts all = {0}, sets[3] = {{0}};
    size_t total = 0;
    for (size_t i = 0; i < count && names[i]; i++) {
        sets[i] =
            cfn__access_set(arena, property(walk, names[i]), cfn__access_text, false, &varies);
        total += sets[i].count;
    }
    all.items = total ? CFN__NEW_ARRAY(arena, total, const char *) : NULL;
    for (size_t i = 0; all.items && i < count; i++)
        for (size_t k = 0; k < sets[i].count; k++)
            all.items[all.count++] = sets[i].items[k];
    return all;
}

static void read_policies(const cfn__access_walk *walk)
{
    for (size_t i = 0; i < COUNT(policies); i++) {
        if (strcmp(policies[i].type, walk->resource->type) != 0)
            continue;
        cfn__texts holders = holders_of(walk, policies[i].holders, COUNT(policies[i].holders));
        cfn__access_read_policy(walk, property(walk, policies[i].document),
                                &(cfn__access_policy){CFN__ACCESS_IDENTITY, holders});
    }
}

/* ---- attachments ---- */

typedef struct tie_use {
    cfn__access_tie tie;
    const char *policy; /* NULL: the value is it, and the resource the holder */
} tie_use;

static void attach(const cfn__access_walk *walk, const cfn_node *value, const void *context)
{
    const tie_use *use = context;
    const char *text = cfn__access_text(walk->access->arena, value);
    cfn__access_attachment attachment = {.resource = walk->resource,
                                         .node = value,
                                         .tie = use->tie,
                                         .holder = use->policy ? text : cfn__access_own_text(walk),
                                         .policy = use->policy ? use->policy : text,
                                         .when = walk->when};
    cfn__access_add_attachment(walk->access, &attachment);
}

static void read_ties(const cfn__access_walk *walk)
{
    for (size_t i = 0; i < COUNT(ties); i++)
        if (strcmp(ties[i].type, walk->resource->type) == 0)
            cfn__access_each(walk, property(walk, ties[i].property), attach,
                             &(tie_use){ties[i].tie, NULL});
    for (size_t i = 0; i < COUNT(couplings); i++) {
        if (strcmp(couplings[i].type, walk->resource->type) != 0)
            continue;
        const char *policy =
            couplings[i].policy
                ? cfn__access_text(walk->access->arena, property(walk, couplings[i].policy))
                : cfn__access_own_text(walk);
        cfn__access_each(walk, property(walk, couplings[i].holders), attach,
                         &(tie_use){couplings[i].tie, policy});
    }
}

void cfn__access_read_identity(const cfn__access_walk *walk)
{
    read_principal(walk);
    read_policies(walk);
    read_ties(walk);
}
