/* What a value of the facts is in C, and which properties it has. */
#include "base/text.h"
#include "bindings/bindings.h"

#include <string.h>

/* Alternatives, items and members within each other; damaged facts may have them in a circle. */
enum { DEEPEST = 8 };

static bool is_alternative(const cfn_schema_rule *rule)
{
    return rule->id == CFN_SCHEMA_ONE_OF || rule->id == CFN_SCHEMA_ANY_OF ||
           rule->id == CFN_SCHEMA_ALL_OF;
}

/* The alternatives of a value, one a call; `cursor` starts at {0}. NULL at the end. */
typedef struct cursor {
    size_t rule, value;
} cursor;

static const cfn_schema_value *next_alternative(const cfn_schema *schema,
                                                const cfn_schema_value *value, cursor *at)
{
    cfn_schema_rule rule;
    for (; cfn_schema_rule_at(schema, value, at->rule, &rule); at->rule++, at->value = 0) {
        const cfn_schema_value *one =
            is_alternative(&rule) ? cfn_schema_rule_value(schema, &rule, at->value++) : NULL;
        if (one)
            return one;
    }
    return NULL;
}

/* What the value may be in JSON; of one that does not say so itself, what its alternatives are. 0:
 * anything. */
static unsigned types_of(const cfn_schema *schema, const cfn_schema_value *value, int depth)
{
    cfn_schema_value_facts facts = cfn_schema_value_describe(schema, value);
    unsigned types = facts.types & ~(unsigned)CFN_SCHEMA_NULL;
    const cfn_schema_value *one;
    cfn_schema_rule rule;
    if (types)
        return types;
    if (facts.property_count)
        return CFN_SCHEMA_OBJECT;
    if (cfn_schema_rule_find(schema, value, CFN_SCHEMA_ITEMS, &rule))
        return CFN_SCHEMA_LIST;
    for (cursor at = {0}; depth < DEEPEST && (one = next_alternative(schema, value, &at));) {
        unsigned its = types_of(schema, one, depth + 1);
        if (!its)
            return 0;
        types |= its;
    }
    return types;
}

/* ---- members ---- */

enum { DESCRIBES = 1, TAKES = 2 };

/* Whether a value describes members, and whether it takes any: all of them may be only read. */
static unsigned members_of(const cfn_schema *schema, const cfn_schema_value *value, int depth)
{
    const cfn_schema_property *property;
    const cfn_schema_value *one;
    unsigned found = depth < DEEPEST ? 0 : DESCRIBES | TAKES;
    for (size_t i = 0; !(found & TAKES) && (property = cfn_schema_property_at(schema, value, i));
         i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(schema, property);
        found |= DESCRIBES;
        if (!facts.read_only && members_of(schema, facts.value, depth + 1) != DESCRIBES)
            found |= TAKES;
    }
    for (cursor at = {0}; !(found & TAKES) && (one = next_alternative(schema, value, &at));)
        found |= members_of(schema, one, depth + 1);
    return found;
}

static bool is_string(const cfn_schema *schema, const cfn_schema_value *value, const char *name)
{
    const cfn_schema_property *property =
        cfn_schema_property_find(schema, value, name, strlen(name));
    if (!property)
        return false;
    cfn_schema_property_facts facts = cfn_schema_property_describe(schema, property);
    return !facts.read_only && types_of(schema, facts.value, 0) == CFN_SCHEMA_STRING;
}

static bool is_tag(const cfn_schema *schema, const cfn_schema_value *value)
{
    cursor at = {0};
    return cfn_schema_value_describe(schema, value).property_count == 2 &&
           is_string(schema, value, "Key") && is_string(schema, value, "Value") &&
           !next_alternative(schema, value, &at);
}

/* ---- shapes ---- */

/* A map whose values may be strings; a number there is written as a string. */
static bool is_map_of_strings(const cfn_schema *schema, const cfn_schema_value *value)
{
    cfn_schema_rule rule;
    bool found = false;
    for (size_t i = 0; cfn_schema_rule_at(schema, value, i, &rule); i++) {
        if (rule.id != CFN_SCHEMA_PATTERN_PROPERTIES)
            continue;
        if (!(types_of(schema, rule.value, 0) & CFN_SCHEMA_STRING))
            return false;
        found = true;
    }
    return found;
}

static cfn__shape shape_of_object(const cfn_schema *schema, const cfn_schema_value *value)
{
    unsigned members = members_of(schema, value, 0);
    if (members & TAKES)
        return (cfn__shape){CFN__SORT_OBJECT, value};
    if (members)
        return (cfn__shape){CFN__SORT_NOTHING, NULL};
    return (cfn__shape){is_map_of_strings(schema, value) ? CFN__SORT_STR_MAP : CFN__SORT_JSON,
                        NULL};
}

/* What the items are: of the value, or of its first alternative that says so. */
static bool find_items(const cfn_schema *schema, const cfn_schema_value *value,
                       cfn_schema_rule *items)
{
    const cfn_schema_value *one;
    bool found = cfn_schema_rule_find(schema, value, CFN_SCHEMA_ITEMS, items);
    for (cursor at = {0}; !found && (one = next_alternative(schema, value, &at));)
        found = cfn_schema_rule_find(schema, one, CFN_SCHEMA_ITEMS, items);
    return found;
}

static cfn__shape shape_of_list(const cfn_schema *schema, const cfn_schema_value *value)
{
    static const cfn__sort lists[] = {
        [CFN__SORT_STR] = CFN__SORT_STR_LIST,   [CFN__SORT_INT] = CFN__SORT_INT_LIST,
        [CFN__SORT_NUM] = CFN__SORT_NUM_LIST,   [CFN__SORT_BOOL] = CFN__SORT_BOOL_LIST,
        [CFN__SORT_JSON] = CFN__SORT_JSON_LIST,
    };
    cfn_schema_rule rule;
    if (!find_items(schema, value, &rule))
        return (cfn__shape){CFN__SORT_JSON_LIST, NULL};
    unsigned types = types_of(schema, rule.value, 0);
    if (types & CFN_SCHEMA_LIST)
        return (cfn__shape){CFN__SORT_JSON_LIST, NULL};
    if (types == CFN_SCHEMA_OBJECT && is_tag(schema, rule.value))
        return (cfn__shape){CFN__SORT_TAG_LIST, NULL};
    cfn__shape item = cfn__shape_of(schema, rule.value);
    if (item.sort == CFN__SORT_OBJECT)
        return (cfn__shape){CFN__SORT_RECORD_LIST, item.members};
    if (item.sort > CFN__SORT_JSON && item.sort != CFN__SORT_NOTHING)
        return (cfn__shape){CFN__SORT_JSON_LIST, NULL};
    return (cfn__shape){item.sort == CFN__SORT_NOTHING ? item.sort : lists[item.sort], NULL};
}

cfn__shape cfn__shape_of(const cfn_schema *schema, const cfn_schema_value *value)
{
    unsigned types = types_of(schema, value, 0);
    switch (types) {
    case CFN_SCHEMA_STRING:
        return (cfn__shape){CFN__SORT_STR, NULL};
    case CFN_SCHEMA_INTEGER:
        return (cfn__shape){CFN__SORT_INT, NULL};
    case CFN_SCHEMA_NUMBER:
    case CFN_SCHEMA_NUMBER | CFN_SCHEMA_INTEGER:
        return (cfn__shape){CFN__SORT_NUM, NULL};
    case CFN_SCHEMA_BOOLEAN:
        return (cfn__shape){CFN__SORT_BOOL, NULL};
    case CFN_SCHEMA_OBJECT:
        return shape_of_object(schema, value);
    case CFN_SCHEMA_LIST:
        return shape_of_list(schema, value);
    default: {
        /* A list of one form that may be something else, too: its `all` is that. */
        cfn__shape list = shape_of_list(schema, value);
        bool fits = types & CFN_SCHEMA_LIST && list.sort != CFN__SORT_JSON_LIST;
        return fits ? list : (cfn__shape){CFN__SORT_JSON, NULL};
    }
    }
}

/* ---- slots ---- */

/* Puts a property in its place by name. Where two alternatives have one of that name, it is what
 * both can be. */
static void add_slot(cfn_arena *arena, const cfn_schema *schema, cfn__slot **at,
                     const cfn_schema_property_facts *facts)
{
    int order = 1;
    while (*at && (order = strcmp((*at)->facts.name, facts->name)) < 0)
        at = &(*at)->next;
    cfn__shape shape = cfn__shape_of(schema, facts->value);
    if (facts->read_only || shape.sort == CFN__SORT_NOTHING)
        return;
    cfn__slot *known = *at && order == 0 ? *at : NULL;
    cfn__slot *slot = known ? known : CFN__NEW(arena, cfn__slot);
    if (!slot)
        return;
    if (!known) {
        *slot = (cfn__slot){*facts, shape, *at};
        *at = slot;
        return;
    }
    if (slot->shape.sort != shape.sort || slot->shape.members != shape.members)
        slot->shape = (cfn__shape){CFN__SORT_JSON, NULL};
    slot->facts.deprecated &= facts->deprecated;
}

/* Of `whole`, of which `value` is an alternative; alternatives only narrow what it says itself. */
static void add_alternatives(cfn_arena *arena, const cfn_schema *schema,
                             const cfn_schema_value *whole, const cfn_schema_value *value,
                             cfn__slot **slots, int depth)
{
    const cfn_schema_value *one;
    const cfn_schema_property *property;
    for (cursor at = {0}; depth < DEEPEST && (one = next_alternative(schema, value, &at));) {
        for (size_t i = 0; (property = cfn_schema_property_at(schema, one, i)); i++) {
            cfn_schema_property_facts facts = cfn_schema_property_describe(schema, property);
            facts.required = false;
            if (!cfn_schema_property_find(schema, whole, facts.name, strlen(facts.name)))
                add_slot(arena, schema, slots, &facts);
        }
        add_alternatives(arena, schema, whole, one, slots, depth + 1);
    }
}

cfn__slot *cfn__slots_of(cfn_arena *arena, const cfn_schema *schema, const cfn_schema_value *value)
{
    cfn__slot *slots = NULL;
    const cfn_schema_property *property;
    for (size_t i = 0; (property = cfn_schema_property_at(schema, value, i)); i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(schema, property);
        add_slot(arena, schema, &slots, &facts);
    }
    add_alternatives(arena, schema, value, value, &slots, 0);
    return slots;
}

bool cfn__has_others(const cfn_schema *schema, const cfn_schema_value *value)
{
    cfn_schema_rule rule;
    return cfn_schema_rule_find(schema, value, CFN_SCHEMA_PATTERN_PROPERTIES, &rule);
}
