/* CreationPolicy, UpdatePolicy and DeletionPolicy: Snapshot, which only some types have. */
#include "check/check.h"

#include "base/text.h"

#include <string.h>

/* The types that take an attribute, for the hint. */
static const char *types_with(cfn__check *check, bool (*has)(const cfn_schema_type_facts *))
{
    const char *list = "";
    for (size_t i = 0; i < cfn_schema_type_count(check->schema); i++) {
        cfn_schema_type_facts facts =
            cfn_schema_type_describe(check->schema, cfn_schema_type_at(check->schema, i));
        if (has(&facts))
            list = cfn__format(check->out.arena, "%s%s%s", list, *list ? ", " : "", facts.name);
    }
    return list;
}

static bool takes_creation_policy(const cfn_schema_type_facts *facts)
{
    return facts->takes_creation_policy;
}
static bool takes_update_policy(const cfn_schema_type_facts *facts)
{
    return facts->takes_update_policy;
}
static bool snapshot_on_delete(const cfn_schema_type_facts *facts)
{
    return facts->snapshot_on_delete;
}
static bool snapshot_on_replace(const cfn_schema_type_facts *facts)
{
    return facts->snapshot_on_replace;
}

/* https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html
 */
static const struct {
    const char *attribute;
    const char *value; /* NULL: any */
    bool (*has)(const cfn_schema_type_facts *);
} rules[] = {
    {"CreationPolicy", NULL, takes_creation_policy},
    {"UpdatePolicy", NULL, takes_update_policy},
    {"DeletionPolicy", "Snapshot", snapshot_on_delete},
    {"UpdateReplacePolicy", "Snapshot", snapshot_on_replace},
};

/* Version is for custom resources alone. */
static void check_version(cfn__check *check)
{
    const cfn_node *version = cfn__get(check->resource->node, "Version");
    const char *type = check->resource->type;
    if (!version || cfn__starts_with(type, "Custom::") ||
        strcmp(type, "AWS::CloudFormation::CustomResource") == 0)
        return;
    cfn__complain_key(&check->out, CFN3117, version, "%.100s takes no Version", type);
    cfn__advise(&check->out, "it is for custom resources; did you mean a property?");
}

void cfn__check_policies(cfn__check *check, const cfn_schema_type_facts *facts)
{
    check_version(check);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const cfn_node *node = cfn__get(check->resource->node, rules[i].attribute);
        if (!node || (rules[i].value && !cfn__text_is(node, rules[i].value)) || rules[i].has(facts))
            continue;
        cfn__complain_key(&check->out, CFN3117, node, "%.100s takes no %s%s%s",
                          check->resource->type, rules[i].attribute, rules[i].value ? " " : "",
                          rules[i].value ? rules[i].value : "");
        cfn__advise(&check->out, "it is for %s", types_with(check, rules[i].has));
    }
}
