/* What is particular to single functions: the names in them, indexes, keys of mappings. */
#include "template/function.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void cfn__check_ref(cfn__checker *c, const cfn_node *intrinsic)
{
    const cfn_node *name = intrinsic->first;
    if (cfn__is_string(name)) {
        cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_REF,
                                   .from = intrinsic,
                                   .text = name->text,
                                   .length = name->length});
        return;
    }
    bool is_function = cfn__is_intrinsic(name);
    if (is_function && (c->tpl->language_extensions || c->tpl->macro)) {
        cfn__check_value(c, name);
        return;
    }
    cfn__complain(c, CFN1203, intrinsic, "Ref takes the name of a parameter or resource, not %s",
                  is_function ? name->first->key : cfn__kind_name(name->kind));
    cfn__advise(c, "write Ref: Name");
}

void cfn__check_condition_name(cfn__checker *c, const cfn_node *intrinsic)
{
    cfn__resolve_condition(c, intrinsic, intrinsic->first);
}

/* The attribute may come from a function; the resource only with AWS::LanguageExtensions. */
static void check_get_att_parts(cfn__checker *c, const cfn_node *argument)
{
    bool extended = c->tpl->language_extensions || c->tpl->macro;
    for (const cfn_node *n = argument->first; n; n = n->next) {
        cfn__function function = cfn__function_of(n);
        if (n->kind == CFN_KIND_STRING)
            continue;
        if (function == CFN__FN_NONE || (n == argument->first && !extended)) {
            cfn__complain(c, CFN1203, n, "Fn::GetAtt takes names, not %s",
                          function ? n->first->key : cfn__kind_name(n->kind));
            cfn__advise(c, "write Fn::GetAtt: [resource, attribute]");
        } else if (function != CFN__FN_REF && !extended) {
            cfn__complain(c, CFN1205, n, "in Fn::GetAtt %s needs AWS::LanguageExtensions",
                          n->first->key);
            cfn__advise(c, "use Ref with a parameter, or add Transform: AWS::LanguageExtensions");
        } else {
            cfn__check_value(c, n);
        }
    }
}

void cfn__check_get_att(cfn__checker *c, const cfn_node *intrinsic)
{
    const cfn_node *argument = intrinsic->first;
    const char *id = NULL, *attribute = NULL;
    bool whole = cfn__get_att_target(c->arena, intrinsic, &id, &attribute);
    if (whole || (id && *id && argument->size == 2 && argument->last->kind == CFN_KIND_MAP))
        cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_GET_ATT,
                                   .from = intrinsic,
                                   .text = id,
                                   .length = strlen(id),
                                   .attribute = attribute});
    if (whole || c->tpl->macro)
        return;
    if (cfn__is_list(argument) && argument->size == 2 && !(id && !*id)) {
        check_get_att_parts(c, argument);
        return;
    }
    cfn__complain(c, CFN1203, intrinsic, "Fn::GetAtt takes a resource and one of its attributes");
    cfn__advise(c, "write Fn::GetAtt: [resource, attribute], or !GetAtt resource.attribute");
}

void cfn__check_if(cfn__checker *c, const cfn_node *intrinsic)
{
    if (cfn__is_string(intrinsic->first->first)) /* else a loop or a macro, which may give one */
        cfn__resolve_condition(c, intrinsic, intrinsic->first->first);
}

/* A parameter's value in a rule: the name is one of a parameter, never of a resource. */
void cfn__check_value_of(cfn__checker *c, const cfn_node *intrinsic)
{
    const cfn_node *name = intrinsic->first->first;
    if (!cfn__is_string(name))
        return;
    cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_REF,
                               .from = intrinsic,
                               .text = name->text,
                               .length = name->length});
}

void cfn__check_stack_output(cfn__checker *c, const cfn_node *intrinsic)
{
    static const cfn__attribute attributes[] = {
        {"StackName", CFN__STRING | CFN__MAP, true},
        {"OutputName", CFN__STRING | CFN__MAP, true},
        {"Region", CFN__STRING | CFN__MAP, false},
        {"RoleArn", CFN__STRING | CFN__MAP, false},
    };
    enum { ROWS = sizeof attributes / sizeof *attributes };
    const cfn_node *found[ROWS], *argument = intrinsic->first;
    if (!cfn__check_kind(c, argument, CFN__MAP, argument->key))
        return;
    cfn__check_attributes(c, argument, attributes, ROWS, argument->key, found);
    for (size_t i = 0; i < ROWS; i++)
        if (found[i])
            cfn__check_argument(c, argument->key, found[i], CFN__A_TEXT);
}

/* --- Fn::Select --- */

/* A member that may vanish, or become several, shifts those after it. */
static bool has_functions(const cfn_node *list)
{
    for (const cfn_node *n = list->first; n; n = n->next)
        if (n->kind == CFN_KIND_MAP)
            return true;
    return false;
}

void cfn__check_select(cfn__checker *c, const cfn_node *intrinsic)
{
    const cfn_node *index = intrinsic->first->first, *list = intrinsic->first->last;
    if (!index->text)
        return;
    for (const char *p = index->text; *p || p == index->text; p++) {
        if (cfn__is_digit(*p))
            continue;
        cfn__complain(c, CFN1203, index, "%.100s is not an index", index->text);
        cfn__advise(c, "write 0 for the first value");
        return;
    }
    if (list->kind != CFN_KIND_LIST || has_functions(list) ||
        strtoull(index->text, NULL, 10) < list->size)
        return;
    cfn__complain(c, CFN1207, index, "the index %.100s is past the end of a list of %u",
                  index->text, (unsigned)list->size);
    cfn__advise(c, "indexes start at 0");
}

/* --- Fn::FindInMap --- */

enum { LONGEST_SEARCH = 1000 }; /* keys of a mapping that are tried; five times what is allowed */

static const cfn_node *find_key(const cfn__checker *c, const cfn_node *map, const cfn_node *key)
{
    const cfn__slot *slot = cfn__find_slot(c->tpl, map, key->text, key->length);
    return slot ? slot->node : NULL;
}

static void complain_of_key(cfn__checker *c, const cfn_node *map, const cfn_node *key,
                            const char *name)
{
    cfn__complain(c, CFN1306, key, "the mapping %.200s has no key %.100s", name, key->text);
    cfn__search search = cfn__search_for(c, key->text);
    cfn__search_members(&search, map);
    cfn__hint_nearest(c->diagnostics, search.best);
}

/* The second key, when the first is not known before the template is deployed. */
static void check_any_key(cfn__checker *c, const cfn_node *mapping, const cfn_node *key)
{
    if (mapping->size > LONGEST_SEARCH)
        return;
    const cfn_node *any = NULL;
    for (const cfn_node *n = mapping->first; n; n = n->next) {
        if (n->kind != CFN_KIND_MAP || find_key(c, n, key))
            return;
        any = n;
    }
    if (any)
        complain_of_key(c, any, key, mapping->key);
}

static void check_keys(cfn__checker *c, const cfn_node *mapping, const cfn_node *first,
                       const cfn_node *second)
{
    if (!first->text) {
        if (second->text)
            check_any_key(c, mapping, second);
        return;
    }
    const cfn_node *inner = find_key(c, mapping, first);
    if (!inner)
        complain_of_key(c, mapping, first, mapping->key);
    else if (second->text && inner->kind == CFN_KIND_MAP && !find_key(c, inner, second))
        complain_of_key(c, inner, second,
                        cfn__format(c->arena, "%.100s.%.100s", mapping->key, inner->key));
}

/* {DefaultValue: value} as the fourth argument */
static void check_default(cfn__checker *c, const cfn_node *settings)
{
    if (!c->tpl->language_extensions && !c->tpl->macro) {
        cfn__complain(c, CFN1205, settings, "DefaultValue needs AWS::LanguageExtensions");
        cfn__advise(c, "add Transform: AWS::LanguageExtensions");
    } else if (!cfn__get(settings, "DefaultValue") && !c->tpl->macro) {
        cfn__complain(c, CFN1203, settings,
                      "the fourth argument of Fn::FindInMap is {DefaultValue: value}");
    }
}

static void check_plain(cfn__checker *c, const cfn_node *argument)
{
    cfn__function function = cfn__function_of(argument);
    if (c->tpl->language_extensions || c->tpl->macro || function == CFN__FN_NONE ||
        function == CFN__FN_REF || function == CFN__FN_FIND_IN_MAP ||
        function == CFN__FN_TRANSFORM || function == CFN__FN_UNKNOWN)
        return;
    cfn__complain(c, CFN1205, argument, "in Fn::FindInMap %s needs AWS::LanguageExtensions",
                  argument->first->key);
    cfn__advise(c, "use Ref or Fn::FindInMap, or add Transform: AWS::LanguageExtensions");
}

void cfn__check_find_in_map(cfn__checker *c, const cfn_node *intrinsic)
{
    const cfn_node *name = intrinsic->first->first, *first = name->next, *second = first->next;
    for (const cfn_node *n = name; n != second->next; n = n->next)
        check_plain(c, n);
    if (second->next)
        check_default(c, second->next);
    if (!name->text)
        return;
    const cfn_node *mapping = cfn__resolve(c, (cfn__use){.kind = CFN_REFERENCE_MAPPING,
                                                         .from = intrinsic,
                                                         .text = name->text,
                                                         .length = name->length});
    if (cfn__is_map(mapping) && !second->next && !c->tpl->open)
        check_keys(c, mapping, first, second);
}
