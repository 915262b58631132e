/* Paths: from a type to what stands inside of it. */
#include "schema/format.h"

#include <string.h>

/* Alternatives within alternatives; damaged facts may have them in a circle. */
enum { DEEPEST = 8 };

cfn_schema_place cfn_schema_place_of(const cfn_schema *schema, const cfn_schema_type *type)
{
    return (cfn_schema_place){.value = cfn_schema_type_describe(schema, type).value};
}

static bool is_index(const char *name, size_t length)
{
    if (length == 1 && name[0] == '*')
        return true;
    size_t digits = strspn(name, "0123456789");
    return digits && digits >= length;
}

static const cfn_schema_property *find_property(const cfn_schema *schema,
                                                const cfn_schema_value *value, const char *name,
                                                size_t length, int depth);

static const cfn_schema_property *find_in_rule(const cfn_schema *schema,
                                               const cfn_schema_rule *rule, const char *name,
                                               size_t length, int depth)
{
    bool alternatives = rule->id == CFN_SCHEMA_ONE_OF || rule->id == CFN_SCHEMA_ANY_OF ||
                        rule->id == CFN_SCHEMA_ALL_OF;
    if (rule->id == CFN_SCHEMA_ITEMS)
        return find_property(schema, rule->value, name, length, depth + 1);
    const cfn_schema_property *found = NULL;
    const cfn_schema_value *value;
    for (size_t i = 0; alternatives && !found && (value = cfn_schema_rule_value(schema, rule, i));
         i++)
        found = find_property(schema, value, name, length, depth + 1);
    return found;
}

static const cfn_schema_property *find_property(const cfn_schema *schema,
                                                const cfn_schema_value *value, const char *name,
                                                size_t length, int depth)
{
    const cfn_schema_property *found = cfn_schema_property_find(schema, value, name, length);
    cfn_schema_rule rule;
    for (size_t i = 0; !found && depth < DEEPEST && cfn_schema_rule_at(schema, value, i, &rule);
         i++)
        found = find_in_rule(schema, &rule, name, length, depth);
    return found;
}

/* The items of a list, or else the values of a map. */
static bool enter_items(const cfn_schema *schema, cfn_schema_place *place)
{
    cfn_schema_rule rule;
    if (!cfn_schema_rule_find(schema, place->value, CFN_SCHEMA_ITEMS, &rule) &&
        !cfn_schema_rule_find(schema, place->value, CFN_SCHEMA_PATTERN_PROPERTIES, &rule))
        return false;
    place->value = rule.value;
    return true;
}

bool cfn_schema_enter(const cfn_schema *schema, cfn_schema_place *place, const char *name,
                      size_t length)
{
    const cfn_schema_property *property = find_property(schema, place->value, name, length, 0);
    if (!property)
        return is_index(name, length) && enter_items(schema, place);
    cfn_schema_property_facts facts = cfn_schema_property_describe(schema, property);
    place->property = property;
    place->value = facts.value;
    place->read_only = place->read_only || facts.read_only;
    if (facts.change > place->change)
        place->change = facts.change;
    return true;
}

bool cfn_schema_follow(const cfn_schema *schema, cfn_schema_place *place, const char *path)
{
    cfn_schema_place reached = *place;
    for (const char *name = path;; name++) {
        size_t length = strcspn(name, ".");
        if (!cfn_schema_enter(schema, &reached, name, length))
            return false;
        name += length;
        if (!*name)
            break;
    }
    *place = reached;
    return true;
}
