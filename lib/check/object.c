/* Maps: the members that a value takes, and what is in each. */
#include "check/check.h"

#include "base/text.h"

#include <string.h>

/* Some services take properties that their own facts call read-only, so this is a warning. */
static cfn__fit warn_of_read_only(cfn__check *check, cfn__subject member)
{
    cfn__refuse_key(check, CFN3113, member,
                    "%.100s is read-only: what it is set to is refused or has no effect",
                    member.node->key);
    cfn__suggest(check, "take it out; Fn::GetAtt gives its value");
    return CFN__FITS;
}

/* What makes keys nobody can know of stand in a map. */
static bool is_generated(const cfn_node *member)
{
    cfn__function function = cfn__function_of_key(member->key);
    return function == CFN__FN_TRANSFORM || function == CFN__FN_FOR_EACH;
}

static void suggest_property(cfn__check *check, const cfn_schema_value *value, const char *key,
                             cfn__subject map)
{
    if (check->quiet)
        return;
    cfn__search search = cfn__search_for(&check->out, key);
    const cfn_schema_property *property;
    for (size_t i = 0; (property = cfn_schema_property_at(check->schema, value, i)); i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(check->schema, property);
        if (!facts.read_only)
            cfn__search_name(&search, facts.name);
    }
    if (search.best)
        cfn__suggest_nearest(check, search.best);
    else if (check->resource)
        cfn__suggest(check, "cfngen explain %s lists what there is", cfn__path_of(check, map));
}

static cfn__fit refuse_unknown(cfn__check *check, const cfn_schema_value *value,
                               cfn__subject member)
{
    cfn__subject map = cfn__inside(member, member.node->parent);
    cfn__refuse_key(check, CFN3103, member, "%.100s has no property %.100s",
                    cfn__name_of(check, map), member.node->key);
    suggest_property(check, value, member.node->key, map);
    return CFN__UNFIT;
}

/* A member that has no property of its name: one of a pattern, or a mistake. */
static cfn__fit check_other(cfn__check *check, const cfn_schema_value *value,
                            const cfn_schema_value_facts *facts, cfn__subject member)
{
    cfn__fit fit = CFN__FITS;
    bool known = false;
    const char *pattern = NULL;
    cfn_schema_rule rule;
    for (size_t i = 0; cfn_schema_rule_at(check->schema, value, i, &rule); i++) {
        if (rule.id != CFN_SCHEMA_PATTERN_PROPERTIES)
            continue;
        pattern = rule.text;
        const char *key = member.node->key;
        if (*pattern &&
            cfn__match_pattern(&check->patterns, pattern, key, strlen(key)) == CFN__MATCHES_NOT)
            continue;
        known = true;
        fit = cfn__worse(fit, cfn__examine(check, rule.value, member));
    }
    if (known || !facts->closed)
        return fit;
    if (!pattern)
        return refuse_unknown(check, value, member);
    cfn__refuse_key(check, CFN3103, member, "the key %.100s is not one that %.100s takes",
                    member.node->key,
                    cfn__name_of(check, cfn__inside(member, member.node->parent)));
    cfn__suggest(check, "its keys match the pattern %.200s", pattern);
    return CFN__UNFIT;
}

static cfn__fit check_member(cfn__check *check, const cfn_schema_value *value,
                             const cfn_schema_value_facts *facts, cfn__subject member)
{
    const char *key = member.node->key;
    const cfn_schema_property *property =
        cfn_schema_property_find(check->schema, value, key, strlen(key));
    if (!property)
        return check_other(check, value, facts, member);
    cfn_schema_property_facts p = cfn_schema_property_describe(check->schema, property);
    const char *condition = NULL;
    if (p.read_only && cfn__is_present(check, member.node, &condition) != CFN__UNFIT)
        return warn_of_read_only(check, member);
    return cfn__examine(check, p.value, member);
}

const cfn_node *cfn__member(cfn__check *check, const cfn_node *map, const char *name)
{
    uintptr_t hash = ((uintptr_t)map >> 4) ^ (uintptr_t)name * 7;
    cfn__found *found = &check->found[hash % CFN__MOST_FOUND];
    if (found->map == map && found->name == name)
        return found->member;
    cfn__spend(check, map->size / 16);
    *found = (cfn__found){map, name, cfn__get(map, name)};
    return found->member;
}

/* Alternatives and conditions mostly speak of a few members and leave the others alone: then it is
 * quicker to look for those than to go over all there are. */
static bool speaks_of_few(const cfn_schema_value_facts *facts, uint64_t rules, const cfn_node *map)
{
    return !facts->closed && facts->property_count < map->size &&
           !(rules >> CFN_SCHEMA_PATTERN_PROPERTIES & 1);
}

static cfn__fit check_few(cfn__check *check, const cfn_schema_value *value, cfn__subject subject)
{
    cfn__fit fit = CFN__FITS;
    const cfn_schema_property *property;
    for (size_t i = 0; (property = cfn_schema_property_at(check->schema, value, i)); i++) {
        cfn_schema_property_facts p = cfn_schema_property_describe(check->schema, property);
        const cfn_node *member = cfn__member(check, subject.node, p.name);
        if (member && p.read_only)
            warn_of_read_only(check, cfn__inside(subject, member));
        else if (member)
            fit = cfn__worse(fit, cfn__examine(check, p.value, cfn__inside(subject, member)));
        if (fit == CFN__UNFIT && check->quiet)
            break;
    }
    return fit;
}

cfn__fit cfn__check_members(cfn__check *check, const cfn_schema_value *value,
                            const cfn_schema_value_facts *facts, uint64_t rules,
                            cfn__subject subject)
{
    cfn__fit fit = CFN__FITS;
    if (speaks_of_few(facts, rules, subject.node))
        return check_few(check, value, subject);
    for (const cfn_node *n = subject.node->first; n; n = n->next) {
        if (is_generated(n))
            return CFN__MAY_FIT;
        fit = cfn__worse(fit, check_member(check, value, facts, cfn__inside(subject, n)));
        if (fit == CFN__UNFIT && check->quiet)
            break;
    }
    return fit;
}
