/* Intrinsic functions as values: what they give must be what the property takes. */
#include "check/check.h"

#include "base/text.h"
#include "template/function.h"

#include <string.h>

/* --- what kind of value a function gives --- */

unsigned cfn__kinds_of_types(unsigned types)
{
    const unsigned scalars =
        CFN_SCHEMA_STRING | CFN_SCHEMA_INTEGER | CFN_SCHEMA_NUMBER | CFN_SCHEMA_BOOLEAN;
    if (!types)
        return CFN__VALUE;
    return (types & scalars ? CFN__TEXT : 0u) | (types & CFN_SCHEMA_LIST ? CFN__LISTS : 0u) |
           (types & CFN_SCHEMA_OBJECT ? CFN__MAPS : 0u);
}

/* The facts about the type of a resource; NULL when there are none, or they do not tell what it
 * answers. */
static const cfn_schema_type *type_of(const cfn__check *check, const char *id, size_t length)
{
    const cfn__slot *slot = cfn__find_entry(check->tpl, CFN_SECTION_RESOURCES, id, length);
    if (!slot)
        return NULL;
    const char *type = check->tpl->resources[slot->ordinal].type;
    return cfn_schema_type_find(check->schema, type, strlen(type));
}

/* Where the value of an attribute is described. */
static bool find_attribute(const cfn__check *check, const char *id, const char *attribute,
                           cfn_schema_place *place)
{
    const cfn_schema_type *type = type_of(check, id, strlen(id));
    if (!type || !attribute || !cfn_schema_has_attribute(check->schema, type, attribute))
        return false;
    *place = cfn_schema_place_of(check->schema, type);
    return cfn_schema_follow(check->schema, place, attribute);
}

static bool find_get_att(cfn__check *check, const cfn_node *node, cfn_schema_place *place)
{
    const char *id, *attribute;
    return cfn__get_att_target(check->out.arena, node, &id, &attribute) &&
           find_attribute(check, id, attribute, place);
}

static unsigned given_by_ref(cfn__check *check, const cfn_node *name)
{
    if (!cfn__is_string(name))
        return CFN__VALUE;
    const cfn__slot *parameter =
        cfn__find_entry(check->tpl, CFN_SECTION_PARAMETERS, name->text, name->length);
    if (parameter)
        return cfn__is_list_parameter(parameter->node) ? CFN__LISTS : CFN__TEXT;
    if (strcmp(name->text, "AWS::NotificationARNs") == 0)
        return CFN__LISTS;
    bool is_resource = cfn__find_entry(check->tpl, CFN_SECTION_RESOURCES, name->text, name->length);
    return is_resource || cfn__starts_with(name->text, "AWS::") ? CFN__TEXT : CFN__VALUE;
}

unsigned cfn__given_by(cfn__check *check, const cfn_node *node)
{
    cfn__function function = cfn__function_of(node);
    cfn_schema_place place;
    switch (function) {
    case CFN__FN_REF:
        return given_by_ref(check, node->first);
    case CFN__FN_GET_ATT:
        if (!find_get_att(check, node, &place))
            return CFN__VALUE;
        return cfn__kinds_of_types(cfn_schema_value_describe(check->schema, place.value).types);
    case CFN__FN_NONE:
    case CFN__FN_CONDITION:
    case CFN__FN_UNKNOWN:
        return CFN__VALUE;
    default:
        return cfn__rule_of(function)->gives & CFN__VALUE;
    }
}

static const char *name_of_kinds(unsigned kinds)
{
    return kinds == CFN__LISTS ? "a list" : kinds == CFN__MAPS ? "a mapping" : "text";
}

static cfn__fit check_kind(cfn__check *check, const cfn_schema_value_facts *facts,
                           cfn__subject subject)
{
    unsigned given = cfn__given_by(check, subject.node), wanted = cfn__kinds_of_types(facts->types);
    if (given & wanted || !wanted || !given)
        return CFN__FITS;
    const cfn_node *node = subject.node;
    cfn__refuse(check, CFN3115, subject, "%.100s takes %s, and %s gives %s",
                cfn__name_of(check, subject), name_of_kinds(wanted), node->first->key,
                name_of_kinds(given));
    if (wanted == CFN__LISTS && given == CFN__TEXT)
        cfn__suggest(check, "make it a list of one: [...]");
    else if (given == CFN__LISTS && wanted & CFN__TEXT)
        cfn__suggest(check, "choose one with Fn::Select, or join them with Fn::Join");
    return CFN__UNFIT;
}

/* --- what thing a name or an ARN is of --- */

enum { MOST_FORMATS = 4 };

typedef struct formats {
    const char *items[MOST_FORMATS];
    size_t count;
    bool open; /* others will do, too */
} formats;

/* Only those of AWS's own, as AWS::EC2::Subnet.Id, tell what thing it is. */
static void add_format(const cfn_schema *schema, const cfn_schema_value *value, formats *found)
{
    cfn_schema_rule rule;
    if (found->count < MOST_FORMATS &&
        cfn_schema_rule_find(schema, value, CFN_SCHEMA_FORMAT, &rule) &&
        cfn__starts_with(rule.text, "AWS::"))
        found->items[found->count++] = rule.text;
    else
        found->open = true;
}

/* The formats that a value may have: its own, or those of its alternatives. */
static formats formats_of(const cfn_schema *schema, const cfn_schema_value *value)
{
    formats found = {.count = 0};
    cfn_schema_rule rule;
    if (cfn_schema_rule_find(schema, value, CFN_SCHEMA_FORMAT, &rule) ||
        !cfn_schema_rule_find(schema, value, CFN_SCHEMA_ANY_OF, &rule)) {
        add_format(schema, value, &found);
        return found;
    }
    for (size_t i = 0; i < rule.count; i++)
        add_format(schema, cfn_schema_rule_value(schema, &rule, i), &found);
    return found;
}

static bool have_one_in_common(const formats *a, const formats *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (strcmp(a->items[i], b->items[j]) == 0)
                return true;
    return false;
}

/* What Ref gives of a resource: its primary identifier, when that is one property. */
static bool find_identifier(const cfn__check *check, const cfn_node *name, cfn_schema_place *place)
{
    const cfn_schema_type *type =
        cfn__is_string(name) ? type_of(check, name->text, name->length) : NULL;
    const char *identifier = type ? cfn_schema_identifier_at(check->schema, type, 0) : NULL;
    if (!identifier || cfn_schema_identifier_at(check->schema, type, 1))
        return false;
    *place = cfn_schema_place_of(check->schema, type);
    return cfn_schema_follow(check->schema, place, identifier);
}

/* A property of an id or ARN of one thing is not given that of another: a subnet where a security
 * group is expected. Both formats come from the facts; where one has none nothing is said. */
static cfn__fit check_format(cfn__check *check, const cfn_schema_value *value, cfn__subject subject)
{
    cfn_schema_place place;
    const cfn_node *node = subject.node;
    formats wanted = formats_of(check->schema, value);
    if (check->quiet || wanted.open)
        return CFN__FITS;
    bool found = cfn__function_of(node) == CFN__FN_GET_ATT
                     ? find_get_att(check, node, &place)
                     : find_identifier(check, node->first, &place);
    if (!found)
        return CFN__FITS;
    formats given = formats_of(check->schema, place.value);
    if (given.open || have_one_in_common(&given, &wanted))
        return CFN__FITS;
    return cfn__refuse(check, CFN3115, subject, "%.100s takes %.100s, and this gives %.100s",
                       cfn__name_of(check, subject), wanted.items[0], given.items[0]);
}

/* --- values --- */

static cfn__fit check_if(cfn__check *check, const cfn_schema_value *value, cfn__subject subject)
{
    const cfn_node *list = subject.node->first;
    if (!cfn__is_list(list) || list->size != 3 || !cfn__is_string(list->first))
        return CFN__MAY_FIT;
    const char *condition = list->first->text;
    const cfn_node *branches[] = {list->last, list->first->next};
    size_t before = check->assumption_count;
    cfn__fit holds = cfn__holds(check, condition), fits[2] = {CFN__MAY_FIT, CFN__MAY_FIT};
    for (int yes = 0; yes < 2; yes++) {
        fits[yes] = CFN__MAY_FIT;
        if (holds == (yes ? CFN__UNFIT : CFN__FITS))
            continue;
        if (cfn__assume(check, condition, yes))
            fits[yes] = cfn__examine(check, value, cfn__inside(subject, branches[yes]));
        check->assumption_count = before;
    }
    if (holds != CFN__MAY_FIT)
        return fits[holds == CFN__FITS];
    return fits[0] == fits[1] ? fits[0] : CFN__MAY_FIT;
}

/* All that may come out must be accepted; of several that are not the first is reported. */
static cfn__fit check_possible(cfn__check *check, const cfn_schema_value *value,
                               cfn__subject subject)
{
    cfn__possibles found;
    size_t unfit = 0, fit = 0;
    cfn__arena_mark mark = cfn__mark(check->out.arena);
    cfn__follow(check, subject.node, &found);
    for (size_t i = 0; i < found.count && (check->quiet || !unfit); i++) {
        cfn__subject one = {found.items[i].node, subject.at ? subject.at : subject.node,
                            found.items[i].parameter};
        cfn__fit this = cfn__examine(check, value, one);
        unfit += this == CFN__UNFIT;
        fit += this == CFN__FITS;
    }
    cfn__rewind(check->out.arena, mark);
    if (!found.all || !found.count || (fit < found.count && unfit < found.count))
        return unfit && !check->quiet ? CFN__UNFIT : CFN__MAY_FIT;
    return fit ? CFN__FITS : CFN__UNFIT;
}

cfn__fit cfn__check_function(cfn__check *check, const cfn_schema_value *value,
                             const cfn_schema_value_facts *facts, cfn__subject subject)
{
    cfn__function function = cfn__function_of(subject.node);
    switch (function) {
    case CFN__FN_IF:
        return check_if(check, value, subject);
    case CFN__FN_UNKNOWN:
    case CFN__FN_TRANSFORM:
    case CFN__FN_FOR_EACH:
        return CFN__MAY_FIT;
    default:
        break;
    }
    if (function == CFN__FN_REF && cfn__text_is(subject.node->first, "AWS::NoValue"))
        return CFN__FITS;
    if (check_kind(check, facts, subject) == CFN__UNFIT)
        return CFN__UNFIT;
    if (function == CFN__FN_REF || function == CFN__FN_GET_ATT) {
        if (check_format(check, value, subject) == CFN__UNFIT)
            return CFN__UNFIT;
    }
    return check_possible(check, value, subject);
}
