/* The roles that DMS looks for by their names: with another one, each that has the policy for it is
 * of no use. https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html */
#include "base/text.h"
#include "check/check.h"

static const struct {
    const char *policy, *name;
} roles[] = {
    {"service-role/AmazonDMSVPCManagementRole", "dms-vpc-role"},
    {"service-role/AmazonDMSCloudWatchLogsRole", "dms-cloudwatch-logs-role"},
};

/* A text that ends so, also inside of Fn::Sub and Fn::Join. */
static const cfn_node *ending(const cfn_node *node, const char *end)
{
    if (cfn__is_string(node) && cfn__ends_with(node->text, end))
        return node;
    const cfn_node *found = NULL;
    for (const cfn_node *n = cfn_node_first(node); n && !found; n = n->next)
        found = ending(n, end);
    return found;
}

/* What is known of the name: its text, or that of its Fn::Sub; NULL: nothing. */
static const char *name_text(const cfn_node *name)
{
    const cfn_node *sub = cfn_node_get(name, "Fn::Sub");
    return cfn_node_text(cfn__is_list(sub) ? sub->first : sub ? sub : name);
}

void cfn__check_dms_role(cfn__check *check)
{
    const cfn_node *properties = check->resource->properties;
    const cfn_node *policies = cfn__get(properties, "ManagedPolicyArns");
    const cfn_node *name = cfn__get(properties, "RoleName");
    const char *text = name_text(name);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const cfn_node *policy = ending(policies, roles[i].policy);
        if (!policy || (name && !text) || (text && strcmp(text, roles[i].name) == 0))
            continue;
        cfn__complain(&check->out, CFN4310, name ? name : policy,
                      "DMS does not find a role of this name: it looks for %s", roles[i].name);
        cfn__advise(&check->out,
                    "name it %s, without a suffix, and make it once in an account: a "
                    "Cfngen::DMS::ServiceRoles does both",
                    roles[i].name);
    }
}
