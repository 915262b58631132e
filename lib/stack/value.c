/* Values as nodes, and the compound intrinsics of the C interface. */
#include "stack/stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool cfn__is_set(cfn_str value)
{
    return value.form != CFN_UNSET;
}

const char *cfn__literal(cfn_str value)
{
    return value.form == CFN_LITERAL ? value.text : NULL;
}

cfn_node *cfn__ref_node(const cfn__maker *make, const char *id)
{
    return cfn__single(make, "Ref", cfn__string(make, id));
}

cfn_node *cfn__get_att_node(const cfn__maker *make, const char *id, const char *attribute)
{
    cfn_node *target = cfn__pair(make, cfn__string(make, id), cfn__string(make, attribute));
    return cfn__single(make, "Fn::GetAtt", target);
}

cfn_node *cfn__sub_node(const cfn__maker *make, const char *text)
{
    cfn_node *string = cfn__string(make, text);
    return strstr(text, "${") ? cfn__single(make, "Fn::Sub", string) : string;
}

static const char *own(const cfn__maker *make, const char *text)
{
    return cfn__strdup(make->arena, text ? text : "");
}

/* Intrinsics made by a C program get their place when they are used. */
static cfn_node *placed(cfn_node *node, cfn__place place)
{
    if (node && !node->place.source)
        node->place = place;
    for (cfn_node *n = node ? node->first : NULL; n; n = n->next)
        placed(n, place);
    return node;
}

cfn_node *cfn__str_node(const cfn__maker *make, cfn_str value)
{
    switch (value.form) {
    case CFN_UNSET:
        return NULL;
    case CFN_LITERAL:
        if (value.node)
            return cfn__copy(make->arena, value.node);
        return cfn__string(make, own(make, value.text));
    case CFN_REF:
        return cfn__ref_node(make, own(make, value.text));
    case CFN_GET_ATT:
        return cfn__get_att_node(make, own(make, value.text), own(make, value.attribute));
    case CFN_SUB:
        return cfn__single(make, "Fn::Sub", cfn__string(make, own(make, value.text)));
    case CFN_NODE:
        return placed(cfn__copy(make->arena, value.node), make->place);
    }
    return NULL;
}

/* For a literal: where it was written, when it was. */
static cfn__maker maker_for(const cfn__maker *make, cfn_str literal)
{
    return (cfn__maker){make->arena, literal.node ? literal.node->place : make->place};
}

cfn_node *cfn__int_node(const cfn__maker *make, cfn_int value)
{
    if (value.expression.form != CFN_LITERAL || value.expression.text)
        return cfn__str_node(make, value.expression); /* cfn_i_of(cfn_s("90")) is bound as 90 */
    const cfn__maker here = maker_for(make, value.expression);
    return cfn__integer(&here, value.value);
}

/* The shortest text that reads back as the same number. JSON has no text for what is not finite. */
static const char *number_text(cfn_arena *arena, double value)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    char *point = strpbrk(text, ",");
    if (point)
        *point = '.'; /* a program's locale may write it so */
    return cfn__strdup(arena, text);
}

cfn_node *cfn__num_node(const cfn__maker *make, cfn_num value)
{
    if (value.expression.form != CFN_LITERAL || value.expression.text)
        return cfn__str_node(make, value.expression); /* cfn_i_of(cfn_s("90")) is bound as 90 */
    const cfn__maker here = maker_for(make, value.expression);
    const char *text = number_text(make->arena, value.value);
    bool finite = value.value - value.value == 0;
    return cfn__scalar(&here, finite ? CFN_KIND_NUMBER : CFN_KIND_STRING, text, strlen(text));
}

cfn_node *cfn__bool_node(const cfn__maker *make, cfn_bool value)
{
    if (value.expression.form != CFN_LITERAL || value.expression.text)
        return cfn__str_node(make, value.expression); /* cfn_i_of(cfn_s("90")) is bound as 90 */
    const cfn__maker here = maker_for(make, value.expression);
    return cfn__boolean(&here, value.value);
}

cfn_node *cfn__json_node(const cfn__maker *make, cfn_json value)
{
    return cfn__str_node(make, value.expression);
}

cfn_node *cfn__str_list_node(const cfn__maker *make, const cfn_str_list *list)
{
    if (cfn__is_set(list->all))
        return cfn__str_node(make, list->all);
    if (!list->items)
        return NULL;
    cfn_node *node = cfn__list(make);
    for (size_t i = 0; i < list->count; i++)
        cfn__append(node, cfn__str_node(make, list->items[i]));
    return node;
}

cfn_str cfn__str_or(cfn_str value, const char *otherwise)
{
    return cfn__is_set(value) ? value : cfn_s(otherwise);
}

cfn_int cfn__int_or(cfn_int value, int64_t otherwise)
{
    return cfn__is_set(value.expression) ? value : cfn_i(otherwise);
}

cfn_bool cfn__bool_or(cfn_bool value, bool otherwise)
{
    return cfn__is_set(value.expression) ? value : cfn_b(otherwise);
}

/* A literal inside the text of a Fn::Sub: "${" would start a variable. */
static const char *escaped_for_sub(cfn_arena *arena, const char *text)
{
    cfn__buffer b = {0};
    for (const char *p = text; *p; p++) {
        cfn__buffer_add_char(&b, *p);
        if (p[0] == '$' && p[1] == '{') {
            cfn__buffer_add_text(&b, "{!");
            p++;
        }
    }
    return cfn__buffer_take(&b, arena);
}

cfn_node *cfn__concat(const cfn__maker *make, const char *before, cfn_node *value,
                      const char *after)
{
    cfn_arena *arena = make->arena;
    cfn__maker here = {arena, value ? value->place : make->place}; /* where the value was written */
    make = &here;
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub"), *ref = cfn_node_get(value, "Ref");
    if (cfn__is_string(value))
        return cfn__sub_node(make, cfn__format(arena, "%s%s%s", before,
                                               strstr(before, "${") || strstr(after, "${")
                                                   ? escaped_for_sub(arena, value->text)
                                                   : value->text,
                                               after));
    if (cfn__is_string(sub))
        return cfn__sub_node(make, cfn__format(arena, "%s%s%s", before, sub->text, after));
    if (cfn__is_string(ref))
        return cfn__sub_node(make, cfn__format(arena, "%s${%s}%s", before, ref->text, after));
    const char *text = cfn__format(arena, "%s${Value}%s", before, after);
    cfn_node *variables = cfn__single(make, "Value", value);
    return cfn__single(make, "Fn::Sub", cfn__pair(make, cfn__string(make, text), variables));
}

/* ---- compound intrinsics ---- */

static cfn__maker maker_of(cfn_stack *stack)
{
    return (cfn__maker){stack->arena, {0}};
}

static cfn_str function(cfn_stack *stack, const char *name, cfn_node *argument)
{
    cfn__maker make = maker_of(stack);
    return cfn_of_node(cfn__single(&make, name, argument));
}

static cfn_node *nodes(const cfn__maker *make, const cfn_str *items, size_t count)
{
    cfn_node *list = cfn__list(make);
    for (size_t i = 0; i < count; i++)
        cfn__append(list, cfn__str_node(make, items[i]));
    return list;
}

static cfn_str function_of(cfn_stack *stack, const char *name, const cfn_str *items, size_t count)
{
    cfn__maker make = maker_of(stack);
    return function(stack, name, nodes(&make, items, count));
}

cfn_str cfn_join(cfn_stack *stack, const char *separator, const cfn_str *items, size_t count)
{
    cfn__maker make = maker_of(stack);
    cfn_str list = cfn_of_node(nodes(&make, items, count));
    return function_of(stack, "Fn::Join", (cfn_str[]){cfn_s(separator), list}, 2);
}

cfn_str cfn_join_list(cfn_stack *stack, const char *separator, cfn_str list)
{
    return function_of(stack, "Fn::Join", (cfn_str[]){cfn_s(separator), list}, 2);
}

static cfn_str integer(cfn_stack *stack, int64_t value)
{
    cfn__maker make = maker_of(stack);
    return cfn_of_node(cfn__integer(&make, value));
}

cfn_str cfn_select(cfn_stack *stack, int64_t index, cfn_str list)
{
    return function_of(stack, "Fn::Select", (cfn_str[]){integer(stack, index), list}, 2);
}

cfn_str cfn_split(cfn_stack *stack, const char *separator, cfn_str text)
{
    return function_of(stack, "Fn::Split", (cfn_str[]){cfn_s(separator), text}, 2);
}

cfn_str cfn_if(cfn_stack *stack, const char *condition, cfn_str yes, cfn_str no)
{
    return function_of(stack, "Fn::If", (cfn_str[]){cfn_s(condition), yes, no}, 3);
}

cfn_str cfn_find_in_map(cfn_stack *stack, const char *mapping, cfn_str top_level_key,
                        cfn_str second_level_key)
{
    cfn_str items[] = {cfn_s(mapping), top_level_key, second_level_key};
    return function_of(stack, "Fn::FindInMap", items, 3);
}

cfn_str cfn_cidr(cfn_stack *stack, cfn_str block, int64_t count, int64_t bits)
{
    cfn_str items[] = {block, integer(stack, count), integer(stack, bits)};
    return function_of(stack, "Fn::Cidr", items, 3);
}

static cfn_str function_of_one(cfn_stack *stack, const char *name, cfn_str argument)
{
    cfn__maker make = maker_of(stack);
    return function(stack, name, cfn__str_node(&make, argument));
}

cfn_str cfn_import_value(cfn_stack *stack, cfn_str export_name)
{
    return function_of_one(stack, "Fn::ImportValue", export_name);
}

cfn_str cfn_get_azs(cfn_stack *stack, cfn_str region)
{
    return function_of_one(stack, "Fn::GetAZs", region);
}

cfn_str cfn_base64(cfn_stack *stack, cfn_str text)
{
    return function_of_one(stack, "Fn::Base64", text);
}

cfn_str cfn_list(cfn_stack *stack, const cfn_str *items, size_t count)
{
    cfn__maker make = maker_of(stack);
    return cfn_of_node(nodes(&make, items, count));
}

cfn_str cfn_map(cfn_stack *stack, const cfn_entry *entries, size_t count)
{
    cfn__maker make = maker_of(stack);
    cfn_node *map = cfn__map(&make);
    cfn__put_entries(&make, map, entries, count);
    return cfn_of_node(map);
}

cfn_str cfn_att_in(cfn_stack *stack, const char *id, const char *map, const char *key)
{
    cfn__maker make = maker_of(stack);
    const char *name = cfn__format(stack->arena, "%s.%s", map, key ? key : "");
    return cfn_of_node(cfn__get_att_node(&make, own(&make, id), name));
}

cfn_str cfn_equals(cfn_stack *stack, cfn_str a, cfn_str b)
{
    return function_of(stack, "Fn::Equals", (cfn_str[]){a, b}, 2);
}

cfn_str cfn_and(cfn_stack *stack, const cfn_str *conditions, size_t count)
{
    return function_of(stack, "Fn::And", conditions, count);
}

cfn_str cfn_or(cfn_stack *stack, const cfn_str *conditions, size_t count)
{
    return function_of(stack, "Fn::Or", conditions, count);
}

cfn_str cfn_not(cfn_stack *stack, cfn_str condition)
{
    return function_of(stack, "Fn::Not", &condition, 1);
}

cfn_str cfn_condition(cfn_stack *stack, const char *name)
{
    return function_of_one(stack, "Condition", cfn_s(name));
}
