/* The sections of a template: which there are, and those that have no entries. */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

static const struct {
    const char *name;
    unsigned kinds;
} sections[CFN_SECTION_COUNT] = {
    [CFN_SECTION_NONE] = {"", 0},
    [CFN_SECTION_FORMAT_VERSION] = {"AWSTemplateFormatVersion", CFN__STRING},
    [CFN_SECTION_DESCRIPTION] = {"Description", CFN__STRING},
    [CFN_SECTION_METADATA] = {"Metadata", CFN__MAP},
    [CFN_SECTION_PARAMETERS] = {"Parameters", CFN__MAP},
    [CFN_SECTION_RULES] = {"Rules", CFN__MAP},
    [CFN_SECTION_MAPPINGS] = {"Mappings", CFN__MAP},
    [CFN_SECTION_CONDITIONS] = {"Conditions", CFN__MAP},
    [CFN_SECTION_TRANSFORM] = {"Transform", CFN__STRING | CFN__LIST | CFN__MAP},
    [CFN_SECTION_RESOURCES] = {"Resources", CFN__MAP},
    [CFN_SECTION_OUTPUTS] = {"Outputs", CFN__MAP},
};

const char *cfn_section_name(cfn_section section)
{
    return section < CFN_SECTION_COUNT ? sections[section].name : "";
}

static cfn_section section_named(const char *name)
{
    cfn_section section = CFN_SECTION_COUNT - 1;
    while (section > CFN_SECTION_NONE && strcmp(sections[section].name, name) != 0)
        section--;
    return section;
}

/* What only some templates have, and is not looked into. */
static bool is_other_section(const cfn__checker *c, const cfn_node *member)
{
    return c->tpl->macro || cfn__is_generator(member) || strcmp(member->key, "Hooks") == 0 ||
           (c->tpl->serverless && strcmp(member->key, "Globals") == 0);
}

/* The section that an unknown name was meant to be, or CFN_SECTION_NONE. */
static cfn_section section_meant(cfn__checker *c, const cfn_node *member)
{
    cfn__search search = cfn__search_for(c, member->key);
    for (size_t i = CFN_SECTION_NONE + 1; i < CFN_SECTION_COUNT; i++)
        cfn__search_name(&search, sections[i].name);
    cfn__complain_key(c, CFN1001, member, "a template has no section %.100s", member->key);
    if (search.best)
        cfn__hint_nearest(c->diagnostics, search.best);
    else
        cfn__advise(c, "put what is not CloudFormation's under Metadata");
    bool is_free = search.best && !cfn__get(c->tpl->root, search.best);
    return is_free ? section_named(search.best) : CFN_SECTION_NONE;
}

static void find_section(cfn__checker *c, const cfn_node *member)
{
    cfn_section section = section_named(member->key);
    if (!section && !is_other_section(c, member))
        section = section_meant(c, member);
    if (!section)
        return;
    bool fits = sections[section].kinds & 1u << member->kind;
    if (fits)
        c->tpl->sections[section] = member;
    else if (strcmp(member->key, sections[section].name) == 0)
        cfn__check_kind(c, member, sections[section].kinds, member->key);
    if (!fits && member->kind != CFN_KIND_NULL)
        c->tpl->open = true; /* what it was to define is unknown */
}

void cfn__find_sections(cfn__checker *c)
{
    const cfn_node *root = c->tpl->root;
    bool generated = c->tpl->open || c->expected;
    for (const cfn_node *n = root->first; n; n = n->next)
        find_section(c, n);
    const cfn_node *resources = c->tpl->sections[CFN_SECTION_RESOURCES];
    if (generated)
        return;
    if (resources && !resources->size) {
        cfn__complain_key(c, CFN1010, resources, "there are no resources");
        cfn__advise(c, "a template must have at least one");
    } else if (!resources && !cfn__get(root, "Resources")) {
        cfn__complain(c, CFN1003, root, "the template has no Resources");
        cfn__advise(c, "add the section Resources with at least one resource");
    }
}

void cfn__check_header(cfn__checker *c)
{
    static const char *const versions[] = {"2010-09-09", NULL};
    const cfn_node *version = c->tpl->sections[CFN_SECTION_FORMAT_VERSION];
    if (version)
        cfn__check_choice(c, version, versions);
    const cfn_node *description = c->tpl->sections[CFN_SECTION_DESCRIPTION];
    if (description)
        cfn__check_text_length(c, description, CFN_MAX_DESCRIPTION_BYTES, "the description");
    cfn__check_transforms(c);
}
