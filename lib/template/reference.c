/* References: what a name stands for, and what is wrong when it stands for nothing.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

static const char *const pseudo_parameters[] = {
    "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue",   "AWS::Partition",
    "AWS::Region",    "AWS::StackId",          "AWS::StackName", "AWS::URLSuffix",
};
enum { PSEUDO_PARAMETERS = sizeof pseudo_parameters / sizeof *pseudo_parameters };

/* Where a name is looked for. */
typedef struct place {
    const char *wanted;
    cfn_section sections[2];
    cfn_diagnostic_id unknown;
} place;

static const place *place_of(const cfn__use *use)
{
    static const place value = {
        "parameter or resource", {CFN_SECTION_PARAMETERS, CFN_SECTION_RESOURCES}, CFN1301};
    static const place resource = {"resource", {CFN_SECTION_RESOURCES, CFN_SECTION_NONE}, CFN1301};
    static const place condition = {
        "condition", {CFN_SECTION_CONDITIONS, CFN_SECTION_NONE}, CFN1304};
    static const place mapping = {"mapping", {CFN_SECTION_MAPPINGS, CFN_SECTION_NONE}, CFN1305};
    switch (use->kind) {
    case CFN_REFERENCE_CONDITION:
        return &condition;
    case CFN_REFERENCE_MAPPING:
        return &mapping;
    case CFN_REFERENCE_REF:
        return &value;
    case CFN_REFERENCE_SUB:
        return use->attribute ? &resource : &value;
    default:
        return &resource;
    }
}

static bool is_value_kind(cfn_reference_kind kind)
{
    return kind == CFN_REFERENCE_REF || kind == CFN_REFERENCE_SUB;
}

/* The list grows by doubling; what it leaves behind is at most as large as itself. */
static void record(cfn__checker *c, cfn_reference reference)
{
    cfn_template *tpl = c->tpl;
    if (tpl->reference_count == tpl->reference_capacity) {
        size_t capacity = tpl->reference_capacity ? tpl->reference_capacity * 2 : 64;
        cfn_reference *larger = CFN__NEW_ARRAY(c->arena, capacity, cfn_reference);
        if (!larger)
            return;
        if (tpl->reference_count)
            memcpy(larger, tpl->references, tpl->reference_count * sizeof *larger);
        tpl->references = larger;
        tpl->reference_capacity = capacity;
    }
    tpl->references[tpl->reference_count++] = reference;
}

static const char *target_text(cfn__checker *c, const cfn__use *use)
{
    return use->text[use->length] ? cfn__strndup(c->arena, use->text, use->length) : use->text;
}

static cfn_reference reference_of(const cfn__checker *c, const cfn__use *use, const char *target)
{
    return (cfn_reference){.kind = use->kind,
                           .from = use->from,
                           .owner = c->owner,
                           .target = target,
                           .attribute = use->attribute};
}

static void resolve_pseudo(cfn__checker *c, const cfn__use *use)
{
    for (size_t i = 0; i < PSEUDO_PARAMETERS; i++) {
        const char *name = pseudo_parameters[i];
        if (strncmp(name, use->text, use->length) == 0 && !name[use->length]) {
            record(c, reference_of(c, use, name));
            return;
        }
    }
    const char *name = target_text(c, use);
    record(c, reference_of(c, use, name));
    if (c->tpl->macro)
        return;
    cfn__search search = cfn__search_for(c, name);
    for (size_t i = 0; i < PSEUDO_PARAMETERS; i++)
        cfn__search_name(&search, pseudo_parameters[i]);
    cfn__complain(c, CFN1302, use->from, "there is no pseudo parameter %.100s", name);
    cfn__hint_nearest(c->diagnostics, search.best);
}

/* --- names that are not found --- */

static const struct {
    cfn_section section;
    const char *noun;
} nouns[] = {
    {CFN_SECTION_PARAMETERS, "a parameter"}, {CFN_SECTION_RESOURCES, "a resource"},
    {CFN_SECTION_CONDITIONS, "a condition"}, {CFN_SECTION_MAPPINGS, "a mapping"},
    {CFN_SECTION_OUTPUTS, "an output"},
};

/* What to do about a name of something else. Rows for any kind stand last. */
static const struct {
    int kind; /* -1: any */
    cfn_section section;
    const char *advice;
} advice[] = {
    {CFN_REFERENCE_GET_ATT, CFN_SECTION_PARAMETERS, "a parameter has no attributes: use Ref"},
    {CFN_REFERENCE_SUB, CFN_SECTION_PARAMETERS,
     "a parameter has no attributes: name it without the dot and what follows"},
    {CFN_REFERENCE_DEPENDS_ON, CFN_SECTION_PARAMETERS,
     "parameters are there from the start; remove it"},
    {CFN_REFERENCE_DEPENDS_ON, CFN_SECTION_CONDITIONS, "use the attribute Condition"},
    {CFN_REFERENCE_CONDITION, CFN_SECTION_PARAMETERS,
     "define a condition that compares the parameter with Fn::Equals, and name that"},
    {CFN_REFERENCE_CONDITION, CFN_SECTION_RESOURCES, "name one of the Conditions"},
    {-1, CFN_SECTION_CONDITIONS, "use Fn::If, or the attribute Condition"},
    {-1, CFN_SECTION_MAPPINGS, "use Fn::FindInMap"},
    {-1, CFN_SECTION_OUTPUTS, "refer to what the output refers to"},
};

static void advise_about(cfn__checker *c, cfn_reference_kind kind, cfn_section section)
{
    for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
        if (advice[i].section == section && (advice[i].kind < 0 || advice[i].kind == (int)kind)) {
            cfn__advise(c, "%s", advice[i].advice);
            return;
        }
    }
}

/* Whether the name is that of something else, which was reported then. */
static bool is_something_else(cfn__checker *c, const cfn__use *use, const char *name,
                              const char *wanted)
{
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (!cfn__find_entry(c->tpl, nouns[i].section, use->text, use->length))
            continue;
        cfn__complain(c, CFN1303, use->from, "%.100s is %s, not a %s", name, nouns[i].noun, wanted);
        advise_about(c, use->kind, nouns[i].section);
        return true;
    }
    return false;
}

static void resolve_unknown(cfn__checker *c, const cfn__use *use, const place *where)
{
    const char *name = target_text(c, use);
    record(c, reference_of(c, use, name));
    if (c->expected && c->expected->is_expected(c->expected->context, name))
        return;
    if (c->tpl->open || is_something_else(c, use, name, where->wanted))
        return;
    cfn__search search = cfn__search_for(c, name);
    for (size_t i = 0; i < 2; i++)
        cfn__search_members(&search, c->tpl->sections[where->sections[i]]);
    cfn__search_members(&search, use->locals);
    if (is_value_kind(use->kind) && !use->attribute)
        for (size_t i = 0; i < PSEUDO_PARAMETERS; i++)
            cfn__search_name(&search, pseudo_parameters[i]);
    cfn__complain(c, where->unknown, use->from, "there is no %s %.100s", where->wanted, name);
    if (search.best)
        cfn__hint_nearest(c->diagnostics, search.best);
    else if (use->kind == CFN_REFERENCE_SUB)
        cfn__advise(c, "define it, or write ${!%.100s} to keep the text as it is", name);
    else
        cfn__advise(c, "define it under %s", cfn_section_name(where->sections[0]));
}

/* --- names that are found --- */

bool cfn__is_under_if(const cfn_node *node, const cfn_node *owner)
{
    for (; node && node != owner; node = node->parent)
        if (node->parent && node->parent->key && strcmp(node->parent->key, "Fn::If") == 0)
            return true;
    return false;
}

/* One warning is enough for all references from one entry to the other. */
static bool was_warned(cfn__checker *c, const cfn_resource *target)
{
    const cfn_template *tpl = c->tpl;
    if (!c->warned)
        c->warned = CFN__NEW_ARRAY(c->arena, tpl->resource_count, const cfn_node *);
    if (!c->warned)
        return true;
    const cfn_node **last = &c->warned[target - tpl->resources];
    bool warned = *last == c->owner;
    *last = c->owner;
    return warned;
}

static void check_missing(cfn__checker *c, const cfn__use *use, const cfn_resource *target)
{
    if (!target->condition || c->condition || c->tpl->rewritten ||
        cfn__is_under_if(use->from, c->owner) || was_warned(c, target))
        return;
    cfn__complain(c, CFN1310, use->from,
                  "%.100s is made only when the condition %.100s holds, but %.200s is always",
                  target->id, target->condition, cfn__entry_name(c, c->owner));
    if (use->kind == CFN_REFERENCE_DEPENDS_ON)
        cfn__advise(
            c,
            "give %.100s the same Condition, or instead of DependsOn refer to %.100s in its "
            "Metadata, inside Fn::If",
            c->owner->key, target->id);
    else
        cfn__advise(c, "use Fn::If with %.100s, or give %.100s the same Condition",
                    target->condition, c->owner->key);
}

static void check_target(cfn__checker *c, const cfn__use *use, const cfn_reference *reference)
{
    if (reference->node == c->owner && !c->tpl->rewritten) {
        cfn__complain(c, CFN1307, use->from, "%.100s refers to itself",
                      cfn__entry_name(c, c->owner));
        cfn__advise(c, "what does not exist yet cannot be referred to");
    } else if (reference->section == CFN_SECTION_RESOURCES && c->no_resources) {
        cfn__complain(c, CFN1309, use->from, "%s cannot depend on a resource, as on %.100s",
                      c->no_resources, reference->target);
        cfn__advise(c, "it is worked out before there are resources: use parameters or mappings");
    } else if (reference->section == CFN_SECTION_RESOURCES && c->tpl->resources) {
        check_missing(c, use, &c->tpl->resources[reference->index]);
    }
}

const cfn_node *cfn__resolve(cfn__checker *c, cfn__use use)
{
    if (is_value_kind(use.kind) && !use.attribute && cfn__starts_with(use.text, "AWS::")) {
        resolve_pseudo(c, &use);
        return NULL;
    }
    const place *where = place_of(&use);
    for (size_t i = 0; i < 2 && where->sections[i]; i++) {
        const cfn__slot *slot = cfn__find_entry(c->tpl, where->sections[i], use.text, use.length);
        if (!slot)
            continue;
        cfn_reference reference = reference_of(c, &use, slot->node->key);
        reference.section = where->sections[i];
        reference.node = slot->node;
        reference.index = slot->ordinal;
        record(c, reference);
        check_target(c, &use, &reference);
        return slot->node;
    }
    resolve_unknown(c, &use, where);
    return NULL;
}

void cfn__resolve_condition(cfn__checker *c, const cfn_node *from, const cfn_node *name)
{
    cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_CONDITION,
                               .from = from,
                               .text = name->text,
                               .length = name->length});
}
