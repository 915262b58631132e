/* The template as its users see it: made, asked about. */
#include "template/template.h"

#include <string.h>

static void check_all(cfn__checker *c)
{
    cfn__find_transforms(c);
    cfn__find_sections(c);
    cfn__index_template(c->tpl);
    cfn__check_header(c);
    cfn__check_counts(c);
    cfn__check_parameters(c);
    cfn__check_mappings(c);
    cfn__check_rules(c);
    cfn__check_conditions(c);
    cfn__check_resources(c);
    cfn__check_outputs(c);
    cfn__check_graph(c);
}

cfn_template *cfn_template_new(cfn_arena *arena, const cfn_node *root, cfn_diagnostics *diagnostics)
{
    return cfn__template_new(arena, root, diagnostics, NULL);
}

cfn_template *cfn__template_new(cfn_arena *arena, const cfn_node *root,
                                cfn_diagnostics *diagnostics, const cfn__expected *expected)
{
    cfn_template *tpl = CFN__NEW(arena, cfn_template);
    cfn__checker checker = {
        .tpl = tpl, .expected = expected, .arena = arena, .diagnostics = diagnostics};
    if (tpl) {
        tpl->arena = arena;
        tpl->root = root;
        if (cfn__is_map(root))
            check_all(&checker);
        else
            cfn__report(diagnostics, CFN0008, root, "a template is a mapping, not %s",
                        cfn__kind_name(cfn_node_kind(root)));
    }
    if (!cfn_arena_failed(arena))
        return tpl;
    cfn__report_no_memory(diagnostics);
    return NULL;
}

const cfn_node *cfn_template_root(const cfn_template *tpl)
{
    return tpl->root;
}

const cfn_node *cfn_template_section(const cfn_template *tpl, cfn_section section)
{
    return section < CFN_SECTION_COUNT ? tpl->sections[section] : NULL;
}

const cfn_node *cfn_template_get(const cfn_template *tpl, cfn_section section, const char *id)
{
    if (section >= CFN_SECTION_COUNT)
        return NULL;
    const cfn__slot *slot = cfn__find_entry(tpl, section, id, strlen(id));
    return slot ? slot->node : NULL;
}

size_t cfn_template_resource_count(const cfn_template *tpl)
{
    return tpl->resource_count;
}

const cfn_resource *cfn_template_resource_at(const cfn_template *tpl, size_t index)
{
    return index < tpl->resource_count ? &tpl->resources[index] : NULL;
}

const cfn_resource *cfn_template_resource(const cfn_template *tpl, const char *id)
{
    const cfn__slot *slot = cfn__find_entry(tpl, CFN_SECTION_RESOURCES, id, strlen(id));
    return slot ? &tpl->resources[slot->ordinal] : NULL;
}

size_t cfn_template_reference_count(const cfn_template *tpl)
{
    return tpl->reference_count;
}

const cfn_reference *cfn_template_reference_at(const cfn_template *tpl, size_t index)
{
    return index < tpl->reference_count ? &tpl->references[index] : NULL;
}

bool cfn_template_is_open(const cfn_template *tpl)
{
    return tpl->open;
}

/* --- capabilities --- */

/* https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html */
static const struct {
    const char *type, *name; /* the property that gives it a name of its own, if it has one */
} iam_types[] = {
    {"AWS::IAM::AccessKey", NULL},
    {"AWS::IAM::Group", "GroupName"},
    {"AWS::IAM::InstanceProfile", "InstanceProfileName"},
    {"AWS::IAM::ManagedPolicy", "ManagedPolicyName"},
    {"AWS::IAM::Policy", NULL},
    {"AWS::IAM::Role", "RoleName"},
    {"AWS::IAM::User", "UserName"},
    {"AWS::IAM::UserToGroupAddition", NULL},
};

static unsigned capabilities_of(const cfn_resource *resource)
{
    for (size_t i = 0; i < sizeof iam_types / sizeof *iam_types; i++) {
        if (strcmp(iam_types[i].type, resource->type) != 0)
            continue;
        bool named = iam_types[i].name && cfn__get(resource->properties, iam_types[i].name);
        return CFN_CAPABILITY_IAM | (named ? CFN_CAPABILITY_NAMED_IAM : 0u);
    }
    return 0;
}

unsigned cfn_template_capabilities(const cfn_template *tpl)
{
    unsigned capabilities = tpl->any_transform ? CFN_CAPABILITY_AUTO_EXPAND : 0u;
    if (tpl->serverless || tpl->rotation)
        capabilities |= CFN_CAPABILITY_IAM; /* they make the roles of functions */
    for (size_t i = 0; i < tpl->resource_count; i++)
        capabilities |= capabilities_of(&tpl->resources[i]);
    return capabilities;
}

const char *cfn_capability_name(unsigned capability)
{
    switch (capability) {
    case CFN_CAPABILITY_IAM:
        return "CAPABILITY_IAM";
    case CFN_CAPABILITY_NAMED_IAM:
        return "CAPABILITY_NAMED_IAM";
    case CFN_CAPABILITY_AUTO_EXPAND:
        return "CAPABILITY_AUTO_EXPAND";
    default:
        return "";
    }
}
