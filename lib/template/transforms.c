/* What CloudFormation, or a macro, does to the template before it is deployed, as far as that
 * decides what can be a mistake. */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

enum { OPEN = 1, REWRITTEN = 2, SERVERLESS = 4, EXTENSIONS = 8, MACRO = 16, ROTATION = 32 };

/* https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-section-structure.html
 */
static const struct {
    const char *name;
    unsigned effects;
} known[] = {
    {"AWS::Serverless-2016-10-31", OPEN | REWRITTEN | SERVERLESS}, /* makes MyFunctionRole ... */
    {"AWS::LanguageExtensions", EXTENSIONS},
    {"AWS::Include", OPEN},                       /* the file may define what the template uses */
    {"AWS::SecretsManager-2020-07-23", ROTATION}, /* makes nested stacks, with roles in them */
    {"AWS::SecretsManager-2024-09-16", ROTATION},
    {"AWS::CodeDeployBlueGreen", 0},
    {"AWS::ServiceCatalog", 0},
};

static unsigned effects_of(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].effects;
    return OPEN | REWRITTEN | MACRO;
}

/* A name, or a map with a name. */
static unsigned effects_of_node(const cfn_node *node)
{
    const cfn_node *name = cfn__is_map(node) ? cfn__get(node, "Name") : node;
    return name && cfn__is_string(name) ? effects_of(name->text) : OPEN | REWRITTEN | MACRO;
}

static unsigned effects_of_section(const cfn_node *transform)
{
    if (!transform || transform->kind == CFN_KIND_NULL)
        return 0;
    if (transform->kind != CFN_KIND_LIST)
        return effects_of_node(transform);
    unsigned effects = 0;
    for (const cfn_node *n = transform->first; n; n = n->next)
        effects |= effects_of_node(n);
    return effects;
}

/* A Fn::Transform that stands deep inside a resource changes what is beside it. Among sections or
 * entries it may bring new ones. */
static unsigned effects_of_call(const cfn_node *node, size_t depth)
{
    unsigned effects = effects_of_node(node);
    if (depth <= 1)
        return effects;
    return effects & MACRO ? OPEN : 0;
}

/* Fn::ForEach::Name: [variable, values, what is repeated]. What it makes is not looked at. */
static void check_loop(cfn__checker *c, const cfn_node *loop)
{
    if (!c->tpl->language_extensions && !c->tpl->macro) {
        cfn__complain_key(c, CFN1205, loop, "%.100s needs AWS::LanguageExtensions", loop->key);
        cfn__advise(c, "add Transform: AWS::LanguageExtensions");
    }
    if (loop->kind == CFN_KIND_LIST && loop->size == 3)
        return;
    cfn__complain(c, CFN1202, loop, "%.100s takes a list of three", loop->key);
    cfn__advise(c, "write [a variable, a list of values, a mapping that is repeated]");
}

static unsigned effects_below(cfn__checker *c, const cfn_node *node, size_t depth)
{
    unsigned effects = 0;
    for (const cfn_node *n = node->first; n; n = n->next) {
        cfn__function function = n->key ? cfn__function_of_key(n->key) : CFN__FN_NONE;
        if (function == CFN__FN_TRANSFORM) {
            c->tpl->any_transform = true;
            effects |= effects_of_call(n, depth);
        } else if (function == CFN__FN_FOR_EACH) {
            check_loop(c, n);
            effects |= OPEN;
        } else {
            effects |= effects_below(c, n, depth + 1);
        }
    }
    return effects;
}

/* Resources of a module get ids that only the registry knows. */
static bool has_module(const cfn_node *resources)
{
    for (const cfn_node *n = cfn_node_first(resources); n; n = n->next) {
        const cfn_node *type = cfn__get(n, "Type");
        if (cfn__is_string(type) && cfn__ends_with(type->text, "::MODULE"))
            return true;
    }
    return false;
}

static void apply(cfn_template *tpl, unsigned effects)
{
    tpl->open |= (effects & OPEN) != 0;
    tpl->rewritten |= (effects & REWRITTEN) != 0;
    tpl->macro |= (effects & MACRO) != 0;
    tpl->serverless |= (effects & SERVERLESS) != 0;
    tpl->rotation |= (effects & ROTATION) != 0;
    tpl->language_extensions |= (effects & EXTENSIONS) != 0;
}

void cfn__find_transforms(cfn__checker *c)
{
    cfn_template *tpl = c->tpl;
    const cfn_node *transform = cfn__get(tpl->root, "Transform");
    tpl->any_transform = transform != NULL;
    apply(tpl, effects_of_section(transform));
    apply(tpl, effects_below(c, tpl->root, 0));
    if (has_module(cfn__get(tpl->root, "Resources")))
        apply(tpl, OPEN | REWRITTEN);
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return true;
    return false;
}

static void check_transform(cfn__checker *c, const cfn_node *node)
{
    if (!cfn__check_kind(c, node, CFN__STRING | CFN__MAP, "a transform"))
        return;
    const cfn_node *name = cfn__is_map(node) ? cfn__get(node, "Name") : node;
    if (!name) {
        cfn__complain(c, CFN1003, node, "a transform has no Name");
        cfn__advise(c, "add Name, the name of the macro");
        return;
    }
    if (!cfn__is_string(name) || !cfn__starts_with(name->text, "AWS::") || is_known(name->text))
        return;
    cfn__search search = cfn__search_for(c, name->text);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        cfn__search_name(&search, known[i].name);
    if (!search.best)
        return; /* may be newer than this table */
    cfn__complain(c, CFN1005, name, "there is no transform %.100s", name->text);
    cfn__hint_nearest(c->diagnostics, search.best);
}

void cfn__check_transforms(cfn__checker *c)
{
    const cfn_node *section = c->tpl->sections[CFN_SECTION_TRANSFORM];
    if (!cfn__is_list(section)) {
        if (section)
            check_transform(c, section);
        return;
    }
    for (const cfn_node *n = section->first; n; n = n->next)
        check_transform(c, n);
}
