/* Mappings, conditions, rules and outputs: what an entry of each must look like. */
#include "base/text.h"
#include "template/template.h"

#include <string.h>

/* --- mappings ---
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html */

static const char mapping_key[] = ".-_";

static void check_leaf(cfn__checker *c, const cfn_node *leaf)
{
    cfn__check_id(c, leaf, mapping_key);
    if (!cfn__check_kind(c, leaf, CFN__SCALAR | CFN__LIST, "a value of a mapping"))
        return;
    for (const cfn_node *n = leaf->first; n; n = n->next)
        cfn__check_kind(c, n, CFN__SCALAR, "a list in a mapping");
}

static void check_attributes_count(cfn__checker *c, const cfn_node *map)
{
    if (!map->size) {
        cfn__complain(c, CFN1010, map, "%.100s is empty", map->key);
        cfn__advise(c, "a mapping has keys, and each of them keys with values");
    } else if (map->size > CFN_MAX_MAPPING_ATTRIBUTES) {
        cfn__complain_key(c, CFN1401, map, "%.100s has %u keys", map->key, (unsigned)map->size);
        cfn__advise(c, "CloudFormation allows %d", CFN_MAX_MAPPING_ATTRIBUTES);
    }
}

static void check_mapping(cfn__checker *c, const cfn_node *mapping)
{
    cfn__check_id(c, mapping, "");
    if (!cfn__check_kind(c, mapping, CFN__MAP, "a mapping"))
        return;
    check_attributes_count(c, mapping);
    for (const cfn_node *top = mapping->first; top; top = top->next) {
        if (cfn__is_generator(top))
            continue;
        cfn__check_id(c, top, mapping_key);
        if (!cfn__check_kind(c, top, CFN__MAP, "a key of a mapping"))
            continue;
        check_attributes_count(c, top);
        for (const cfn_node *n = top->first; n; n = n->next)
            if (!cfn__is_generator(n))
                check_leaf(c, n);
    }
}

void cfn__check_mappings(cfn__checker *c)
{
    for (const cfn_node *n = cfn_node_first(c->tpl->sections[CFN_SECTION_MAPPINGS]); n; n = n->next)
        if (!cfn__is_generator(n))
            check_mapping(c, n);
}

/* --- conditions ---
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
 */

void cfn__check_conditions(cfn__checker *c)
{
    cfn_template *tpl = c->tpl;
    c->where = CFN__IN_CONDITIONS;
    c->no_resources = "a condition";
    for (size_t i = 0; tpl->conditions && i < tpl->condition_count; i++) {
        size_t first = tpl->reference_count;
        c->owner = tpl->conditions[i];
        cfn__check_id(c, c->owner, "&_"); /* what CloudFormation takes, if not what it documents */
        cfn__check_condition(c, c->owner);
        if (tpl->spans)
            tpl->spans[tpl->resource_count + i] = (cfn__span){first, tpl->reference_count - first};
    }
}

/* --- rules ---
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */

static void check_assertion(cfn__checker *c, const cfn_node *assertion)
{
    enum { ASSERT, DESCRIPTION, ROWS };
    static const cfn__attribute attributes[ROWS] = {
        [ASSERT] = {"Assert", CFN__MAP, true},
        [DESCRIPTION] = {"AssertDescription", CFN__STRING, false},
    };
    const cfn_node *found[ROWS];
    if (!cfn__check_kind(c, assertion, CFN__MAP, "an assertion"))
        return;
    cfn__check_attributes(c, assertion, attributes, ROWS, "an assertion", found);
    if (found[ASSERT])
        cfn__check_condition(c, found[ASSERT]);
}

static void check_rule(cfn__checker *c, const cfn_node *rule)
{
    enum { CONDITION, ASSERTIONS, ROWS };
    static const cfn__attribute attributes[ROWS] = {
        [CONDITION] = {"RuleCondition", CFN__MAP, false},
        [ASSERTIONS] = {"Assertions", CFN__LIST, true},
    };
    const cfn_node *found[ROWS];
    c->owner = rule;
    cfn__check_id(c, rule, "");
    if (!cfn__check_kind(c, rule, CFN__MAP, "a rule"))
        return;
    cfn__check_attributes(c, rule, attributes, ROWS, "a rule", found);
    if (found[CONDITION])
        cfn__check_condition(c, found[CONDITION]);
    for (const cfn_node *n = cfn_node_first(found[ASSERTIONS]); n; n = n->next)
        check_assertion(c, n);
}

void cfn__check_rules(cfn__checker *c)
{
    c->where = CFN__IN_RULES;
    c->no_resources = "a rule";
    for (const cfn_node *n = cfn_node_first(c->tpl->sections[CFN_SECTION_RULES]); n; n = n->next)
        if (!cfn__is_generator(n))
            check_rule(c, n);
}

/* --- outputs ---
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */

static void check_export(cfn__checker *c, const cfn_node *export)
{
    static const cfn__attribute attributes[] = {
        {"Name", CFN__STRING | CFN__NUMBER | CFN__MAP, true},
    };
    const cfn_node *name = NULL;
    cfn__check_attributes(c, export, attributes, 1, "an export", &name);
    if (!name)
        return;
    c->no_resources = "the name of an export";
    if (name->kind != CFN_KIND_MAP || cfn__is_intrinsic(name))
        cfn__check_value(c, name);
    else
        cfn__complain(c, CFN1004, name,
                      "Name must be text or an intrinsic function, not a mapping");
    c->no_resources = NULL;
}

static void check_output_value(cfn__checker *c, const cfn_node *value)
{
    if (value->kind == CFN_KIND_MAP && !cfn__is_intrinsic(value) && !c->tpl->macro) {
        cfn__complain(c, CFN1004, value, "the value of an output must be text, not a mapping");
        cfn__advise(c, "use Fn::Join or Fn::Sub, or one output for each value");
        return;
    }
    cfn__check_value(c, value);
}

static void check_output(cfn__checker *c, const cfn_node *output)
{
    enum { VALUE, DESCRIPTION, EXPORT, CONDITION, ROWS };
    static const cfn__attribute attributes[ROWS] = {
        [VALUE] = {"Value", CFN__SCALAR | CFN__MAP, true},
        [DESCRIPTION] = {"Description", CFN__STRING, false},
        [EXPORT] = {"Export", CFN__MAP, false},
        [CONDITION] = {"Condition", CFN__STRING, false},
    };
    const cfn_node *found[ROWS];
    c->owner = output;
    cfn__check_id(c, output, "");
    if (!cfn__check_kind(c, output, CFN__MAP, "an output"))
        return;
    cfn__check_attributes(c, output, attributes, ROWS, "an output", found);
    c->condition = cfn_node_text(found[CONDITION]);
    if (found[DESCRIPTION])
        cfn__check_text_length(c, found[DESCRIPTION], CFN_MAX_DESCRIPTION_BYTES, "the description");
    if (found[CONDITION])
        cfn__resolve_condition(c, found[CONDITION], found[CONDITION]);
    if (found[VALUE])
        check_output_value(c, found[VALUE]);
    if (found[EXPORT])
        check_export(c, found[EXPORT]);
    c->condition = NULL;
}

void cfn__check_outputs(cfn__checker *c)
{
    c->where = CFN__IN_VALUES;
    c->no_resources = NULL;
    for (const cfn_node *n = cfn_node_first(c->tpl->sections[CFN_SECTION_OUTPUTS]); n; n = n->next)
        if (!cfn__is_generator(n))
            check_output(c, n);
}
