/* Working out functions: parameters, mappings, and what is put together of them. */
#include "assertions/resolver.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST_CONDITION = 100 };

/* Whether more may be made; an endless template must not come of a short one. */
static bool may_make(cfn__resolver *r)
{
    return ++r->made <= CFN__MOST_RESOLVED;
}

cfn_node *cfn__resolve_text(cfn__resolver *r, const cfn_node *at, const char *text, size_t length)
{
    cfn__maker maker = {r->arena, at->place};
    r->made += length / 64;
    return may_make(r)
               ? cfn__scalar(&maker, CFN_KIND_STRING, cfn__strndup(r->arena, text, length), length)
               : NULL;
}

/* A node without its members. */
static cfn_node *same(cfn__resolver *r, const cfn_node *node)
{
    cfn_node *copy = may_make(r) ? CFN__NEW(r->arena, cfn_node) : NULL;
    if (!copy)
        return NULL;
    *copy = *node;
    copy->parent = copy->first = copy->last = copy->next = NULL;
    copy->size = 0;
    return copy;
}

static bool is_no_value(const cfn_node *node)
{
    return cfn__function_of(node) == CFN__FN_REF && cfn__text_is(node->first, "AWS::NoValue");
}

/* A list or map with its members worked out; those that are nothing are left out. */
static cfn_node *resolve_members(cfn__resolver *r, const cfn_node *node)
{
    cfn_node *copy = same(r, node);
    for (const cfn_node *n = copy ? node->first : NULL; n; n = n->next) {
        cfn_node *member = cfn__work_out(r, n);
        if (!member || (is_no_value(member) && !r->keeps_no_value))
            continue;
        member->key_line = n->key_line;
        member->key_column = n->key_column;
        cfn__put(copy, n->key, member);
    }
    return copy;
}

cfn_node *cfn__resolve_split(cfn__resolver *r, const cfn_node *at, const char *text,
                             const char *separator, bool trims)
{
    cfn__maker maker = {r->arena, at->place};
    cfn_node *list = cfn__list(&maker);
    for (const char *p = text; p && r->made < CFN__MOST_RESOLVED;) {
        const char *end = *separator ? strstr(p, separator) : NULL, *start = p;
        size_t length = end ? (size_t)(end - p) : strlen(p);
        while (trims && length && *start == ' ')
            start++, length--;
        while (trims && length && start[length - 1] == ' ')
            length--;
        cfn__append(list, cfn__resolve_text(r, at, start, length));
        p = end ? end + strlen(separator) : NULL;
    }
    return list;
}

/* --- Ref --- */

/* The value of a parameter as text; NULL when it is not known. */
static const char *text_of_parameter(cfn__resolver *r, const char *name, const cfn_node *parameter)
{
    const char *given = cfn__index_get(&r->given, name);
    const cfn_node *type = cfn__get(parameter, "Type"), *fallback = cfn__get(parameter, "Default");
    if (given)
        return given;
    if (cfn__is_string(type) && cfn__starts_with(type->text, "AWS::SSM::Parameter::"))
        return NULL;
    return fallback ? fallback->text : NULL;
}

cfn_node *cfn__resolve_name(cfn__resolver *r, const cfn_node *at, const char *name)
{
    const cfn_node *parameter = cfn__index_get(&r->parameters, name);
    const char *text = text_of_parameter(r, name, parameter);
    if (!text)
        return NULL;
    if (parameter && cfn__is_list_parameter(parameter))
        return cfn__resolve_split(r, at, text, ",", true);
    return cfn__resolve_text(r, at, text, strlen(text));
}

/* --- functions of functions --- */

static cfn_node *resolve_join(cfn__resolver *r, const cfn_node *at, const cfn_node *argument)
{
    const cfn_node *list = cfn__is_list(argument) && argument->size == 2 ? argument->last : NULL;
    if (!cfn__is_list(list) || !cfn__is_string(argument->first))
        return NULL;
    for (const cfn_node *n = list->first; n; n = n->next)
        if (!n->text)
            return NULL;
    cfn__buffer text = {0};
    cfn__buffer_add_text(&text, "");
    for (const cfn_node *n = list->first; n && text.length < CFN_MAX_SCALAR_BYTES; n = n->next) {
        cfn__buffer_add(&text, n->text, n->length);
        if (n->next)
            cfn__buffer_add(&text, argument->first->text, argument->first->length);
    }
    bool good = !text.failed && text.length < CFN_MAX_SCALAR_BYTES;
    if (text.failed)
        cfn__arena_fail(r->arena);
    cfn_node *joined = good ? cfn__resolve_text(r, at, text.text, text.length) : NULL;
    cfn__buffer_free(&text);
    return joined;
}

static cfn_node *resolve_split(cfn__resolver *r, const cfn_node *at, const cfn_node *argument)
{
    if (!cfn__is_list(argument) || argument->size != 2 || !cfn__is_string(argument->first) ||
        !cfn__is_string(argument->last))
        return NULL;
    return cfn__resolve_split(r, at, argument->last->text, argument->first->text, false);
}

static cfn_node *resolve_select(cfn__resolver *r, const cfn_node *argument)
{
    if (!cfn__is_list(argument) || argument->size != 2 || !argument->first->text ||
        !cfn__is_list(argument->last))
        return NULL;
    char *end = NULL;
    const char *index = argument->first->text;
    unsigned long long at = strtoull(index, &end, 10);
    if (!cfn__is_digit(*index) || *end)
        return NULL;
    const cfn_node *item = cfn_node_at(argument->last, (size_t)at);
    return item ? cfn__work_out(r, item) : NULL;
}

static cfn_node *resolve_find_in_map(cfn__resolver *r, const cfn_node *argument)
{
    const cfn_node *entry = r->mappings;
    if (!cfn__is_list(argument) || argument->size < 3)
        return NULL;
    const cfn_node *key = argument->first;
    for (int i = 0; i < 3; i++, key = key->next)
        entry = key->text ? cfn__get(entry, key->text) : NULL;
    return entry ? cfn__work_out(r, entry) : NULL;
}

static cfn_node *resolve_if(cfn__resolver *r, const cfn_node *argument)
{
    if (!cfn__is_list(argument) || argument->size != 3 || !cfn__is_string(argument->first))
        return NULL;
    cfn__truth holds = cfn__condition_holds(r, argument->first->text);
    if (holds == CFN__PERHAPS)
        return NULL;
    return cfn__work_out(r, holds == CFN__TRUE ? argument->first->next : argument->last);
}

/* What a function gives; NULL: it is not known. `worked_out` is the function with its argument
 * worked out. */
static cfn_node *evaluate(cfn__resolver *r, cfn__function function, const cfn_node *worked_out)
{
    const cfn_node *argument = worked_out->first;
    switch (function) {
    case CFN__FN_REF:
        return cfn__is_string(argument) ? cfn__resolve_name(r, worked_out, argument->text) : NULL;
    case CFN__FN_SUB:
        return cfn__resolve_sub(r, worked_out);
    case CFN__FN_JOIN:
        return resolve_join(r, worked_out, argument);
    case CFN__FN_SPLIT:
        return resolve_split(r, worked_out, argument);
    case CFN__FN_SELECT:
        return resolve_select(r, argument);
    case CFN__FN_FIND_IN_MAP:
        return resolve_find_in_map(r, argument);
    default:
        return NULL;
    }
}

cfn_node *cfn__work_out(cfn__resolver *r, const cfn_node *node)
{
    cfn__function function = cfn__function_of(node);
    if (r->made > CFN__MOST_RESOLVED)
        return NULL;
    if (function == CFN__FN_TRANSFORM || function == CFN__FN_FOR_EACH)
        return cfn__copy(r->arena, node);
    /* the branch that is not taken need not make sense */
    cfn_node *value = function == CFN__FN_IF ? resolve_if(r, node->first) : NULL;
    if (value)
        return value;
    cfn_node *copy = resolve_members(r, node);
    if (function != CFN__FN_NONE && copy && copy->size == 1)
        value = evaluate(r, function, copy);
    return value ? value : copy;
}

/* --- conditions --- */

static cfn__truth truth_of(bool is_true)
{
    return is_true ? CFN__TRUE : CFN__FALSE;
}

static cfn__truth evaluate_condition(cfn__resolver *r, const cfn_node *node);

static cfn__truth evaluate_equals(cfn__resolver *r, const cfn_node *list)
{
    if (!cfn__is_list(list) || list->size != 2)
        return CFN__PERHAPS;
    const cfn_node *a = cfn__work_out(r, list->first), *b = cfn__work_out(r, list->last);
    if (!a || !b)
        return CFN__PERHAPS;
    if (a->text && b->text)
        return truth_of(strcmp(a->text, b->text) == 0);
    return cfn_node_equal(a, b) ? CFN__TRUE : CFN__PERHAPS;
}

/* Fn::And (`decides` is false) and Fn::Or (true): one that decides is enough. */
static cfn__truth evaluate_all(cfn__resolver *r, const cfn_node *list, cfn__truth decides)
{
    cfn__truth all = decides == CFN__TRUE ? CFN__FALSE : CFN__TRUE;
    for (const cfn_node *n = cfn_node_first(list); n; n = n->next) {
        cfn__truth one = evaluate_condition(r, n);
        if (one == decides)
            return decides;
        all = one == CFN__PERHAPS ? one : all;
    }
    return all;
}

static cfn__truth evaluate_not(cfn__resolver *r, const cfn_node *list)
{
    cfn__truth inner = evaluate_condition(r, cfn_node_first(list));
    return inner == CFN__PERHAPS ? inner : truth_of(inner == CFN__FALSE);
}

static cfn__truth evaluate_condition(cfn__resolver *r, const cfn_node *node)
{
    const cfn_node *argument = cfn__argument(node);
    if (r->depth >= DEEPEST_CONDITION || ++r->made > CFN__MOST_RESOLVED)
        return CFN__PERHAPS;
    switch (cfn__function_of(node)) {
    case CFN__FN_EQUALS:
        return evaluate_equals(r, argument);
    case CFN__FN_AND:
        return evaluate_all(r, argument, CFN__FALSE);
    case CFN__FN_OR:
        return evaluate_all(r, argument, CFN__TRUE);
    case CFN__FN_NOT:
        return evaluate_not(r, argument);
    case CFN__FN_CONDITION:
        return cfn__condition_holds(r, argument->text);
    default:
        return CFN__PERHAPS;
    }
}

cfn__truth cfn__condition_holds(cfn__resolver *r, const char *name)
{
    cfn__condition *condition = cfn__index_get(&r->conditions, name);
    if (!condition || condition->busy || r->depth >= DEEPEST_CONDITION)
        return CFN__PERHAPS;
    if (!condition->known) {
        condition->busy = true;
        r->depth++;
        condition->holds = evaluate_condition(r, condition->node);
        r->depth--;
        condition->busy = false;
        condition->known = true;
    }
    return condition->holds;
}
