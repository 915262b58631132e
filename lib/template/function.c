/* Intrinsic functions: where each may stand, how many arguments it takes and of which kind. This is
 * the interpreter of the table in function_rules.c; function_checks.c has what is particular. */
#include "template/function.h"

#include "base/text.h"

#include <string.h>

static const struct {
    unsigned kinds; /* as a literal */
    unsigned gives; /* as a function: one that gives any of these */
    const char *noun;
} shapes[] = {
    [CFN__RAW] = {CFN__ANYTHING, CFN__UNKNOWN, ""},
    [CFN__A_LITERAL] = {CFN__SCALAR, 0, "text without functions"},
    [CFN__A_TEXT] = {CFN__SCALAR, CFN__TEXT, "text"},
    [CFN__A_COMPARED] = {CFN__SCALAR, CFN__TEXT | CFN__TRUTH, "text"},
    [CFN__AN_INDEX] = {CFN__NUMBER | CFN__STRING, CFN__TEXT, "a number"},
    [CFN__A_LIST] = {CFN__LIST, CFN__LISTS, "a list"},
    [CFN__A_CONDITION] = {0, CFN__TRUTH, "a condition, such as Fn::Equals or Condition: Name,"},
    [CFN__A_CONDITION_NAME] = {CFN__STRING, 0, "the name of a condition"},
    [CFN__AN_ANYTHING] = {CFN__ANYTHING, CFN__VALUE, "a value"},
};

/* The intrinsic that a node is where it stands: {"Condition": "Name"} is one among conditions only.
 */
static cfn__function function_here(const cfn__checker *c, const cfn_node *node)
{
    cfn__function function = cfn__function_of(node);
    return function == CFN__FN_CONDITION && c->where == CFN__IN_VALUES ? CFN__FN_NONE : function;
}

static const char *gives_text(unsigned gives)
{
    return gives == CFN__TEXT    ? "text"
           : gives == CFN__LISTS ? "a list"
           : gives == CFN__TRUTH ? "true or false"
                                 : "a value";
}

/* Ref gives what the parameter's type says. */
static bool check_list_of_ref(cfn__checker *c, const cfn_node *intrinsic, const char *user)
{
    const cfn_node *name = intrinsic->first;
    const cfn__slot *slot = !cfn__is_string(name) ? NULL
                                                  : cfn__find_entry(c->tpl, CFN_SECTION_PARAMETERS,
                                                                    name->text, name->length);
    if (!slot || cfn__is_list_parameter(slot->node) || !cfn__get(slot->node, "Type"))
        return true;
    cfn__complain(c, CFN1203, intrinsic,
                  "%s takes a list there, and the parameter %.100s is not one", user, name->text);
    cfn__advise(c, "make its Type CommaDelimitedList, or cut it with Fn::Split");
    return false;
}

static bool check_nested(cfn__checker *c, const char *user, const cfn_node *argument,
                         cfn__shape wanted, cfn__function function)
{
    unsigned gives = function == CFN__FN_UNKNOWN ? CFN__UNKNOWN : cfn__rule_of(function)->gives;
    const char *name = argument->first->key;
    if (!(gives & shapes[wanted].gives) && gives != CFN__UNKNOWN) {
        cfn__complain(c, CFN1203, argument, "%s takes %s there, and %.60s gives %s", user,
                      shapes[wanted].noun, name, gives_text(gives));
        return false;
    }
    cfn__check_value(c, argument);
    if (function == CFN__FN_REF && wanted == CFN__A_LIST)
        return check_list_of_ref(c, argument, user);
    return true;
}

bool cfn__check_argument(cfn__checker *c, const char *user, const cfn_node *argument,
                         cfn__shape wanted)
{
    cfn__function function = function_here(c, argument);
    if (wanted == CFN__RAW || (argument->kind == CFN_KIND_NULL && c->tpl->macro))
        return true;
    if (argument->kind == CFN_KIND_NULL) {
        cfn__complain(c, CFN1006, argument, "an argument of %s has no value (null)", user);
        cfn__advise(c, "it takes %s", shapes[wanted].noun);
        return false;
    }
    if (function != CFN__FN_NONE)
        return check_nested(c, user, argument, wanted, function);
    if (!(shapes[wanted].kinds & 1u << argument->kind)) {
        cfn__complain(c, CFN1203, argument, "%s takes %s there, not %s", user, shapes[wanted].noun,
                      cfn__kind_name(argument->kind));
        return false;
    }
    cfn__check_value(c, argument);
    return true;
}

static bool check_list_of_arguments(cfn__checker *c, const cfn__rule *r, const cfn_node *list)
{
    const char *user = list->key;
    if (list->kind != CFN_KIND_LIST) {
        if (cfn__function_of(list) == CFN__FN_TRANSFORM || c->tpl->macro)
            return false;
        cfn__complain(c, CFN1203, list, "%s takes a list, not %s", user,
                      cfn__kind_name(list->kind));
        cfn__advise(c, "write %s: %s", user, r->usage);
        return false;
    }
    if (list->size < r->least || list->size > r->most) {
        cfn__complain(c, CFN1202, list, "%s takes %s arguments than the %u given", user,
                      list->size < r->least ? "more" : "fewer", (unsigned)list->size);
        cfn__advise(c, "write %s: %s", user, r->usage);
        return false;
    }
    bool sound = true;
    size_t i = 0;
    for (const cfn_node *n = list->first; n; n = n->next, i++)
        sound &= cfn__check_argument(c, user, n, r->shapes[i < CFN__MOST_SHAPES ? i : 0]);
    return sound;
}

/* --- where functions may stand --- */

static bool check_where(cfn__checker *c, const cfn_node *intrinsic, const cfn__rule *r)
{
    const char *name = intrinsic->first->key;
    if (r->traits == CFN__EXTENSION && !c->tpl->language_extensions && !c->tpl->macro) {
        cfn__complain(c, CFN1205, intrinsic, "%s needs AWS::LanguageExtensions", name);
        cfn__advise(c, "add Transform: AWS::LanguageExtensions");
    }
    if (r->where & c->where || c->tpl->macro)
        return true;
    const char *place = c->where == CFN__IN_VALUES       ? "a value"
                        : c->where == CFN__IN_CONDITIONS ? "a condition"
                                                         : "a rule";
    cfn__complain(c, CFN1204, intrinsic, "%s may not stand in %s", name, place);
    if (c->where == CFN__IN_VALUES && r->where & CFN__IN_CONDITIONS)
        cfn__advise(c, "put it under Conditions and name that condition in Fn::If");
    else if (c->where == CFN__IN_VALUES)
        cfn__advise(c, "it is for Rules alone");
    else if (c->where == CFN__IN_RULES)
        cfn__advise(c, "a rule takes Ref and the functions of rules, such as Fn::Equals");
    else
        cfn__advise(c, "%s is worked out before there are resources: use parameters or mappings",
                    place);
    return false;
}

static void check_unknown(cfn__checker *c, const cfn_node *intrinsic)
{
    if (!c->tpl->macro) {
        cfn__complain_key(c, CFN1201, intrinsic->first, "there is no function %.100s",
                          intrinsic->first->key);
        cfn__search search = cfn__search_for(c, intrinsic->first->key);
        for (int i = CFN__FN_REF; i <= CFN__FN_VALUE_OF_ALL; i++)
            cfn__search_name(&search, cfn__rule_of((cfn__function)i)->key);
        cfn__hint_nearest(c->diagnostics, search.best);
    }
    cfn__check_value(c, intrinsic->first);
}

static void check_function(cfn__checker *c, const cfn_node *intrinsic, cfn__function function)
{
    if (function == CFN__FN_UNKNOWN) {
        check_unknown(c, intrinsic);
        return;
    }
    const cfn__rule *r = cfn__rule_of(function);
    const cfn_node *argument = intrinsic->first;
    if (!check_where(c, intrinsic, r))
        return;
    const char *outside = c->no_resources;
    if (r->traits == CFN__EARLY && !outside)
        c->no_resources = r->key;
    bool sound = r->most ? check_list_of_arguments(c, r, argument)
                         : cfn__check_argument(c, argument->key, argument, r->shapes[0]);
    if (sound && r->check)
        r->check(c, intrinsic);
    c->no_resources = outside;
}

/* --- walking over values --- */

/* A function is the only member of its map. */
static void check_member_key(cfn__checker *c, const cfn_node *member)
{
    if (!cfn__starts_with(member->key, "Fn::") || c->tpl->macro)
        return;
    cfn__complain_key(c, CFN1204, member, "%.100s stands beside other keys", member->key);
    cfn__advise(c, "a function must be the only key of its mapping");
}

static void check_members(cfn__checker *c, const cfn_node *node)
{
    for (const cfn_node *n = node->first; n; n = n->next) {
        if (n->key && cfn__is_generator(n))
            continue;
        if (n->key)
            check_member_key(c, n);
        cfn__check_value(c, n);
    }
}

void cfn__check_value(cfn__checker *c, const cfn_node *node)
{
    cfn__function function = function_here(c, node);
    if (function != CFN__FN_NONE) {
        check_function(c, node, function);
    } else if (node->kind == CFN_KIND_NULL) {
        if (node->key)
            cfn__check_kind(c, node, CFN__ANYTHING, node->key);
        else
            cfn__check_kind(c, node, CFN__ANYTHING, "a member of this list");
    } else {
        check_members(c, node);
    }
}

void cfn__check_condition(cfn__checker *c, const cfn_node *node)
{
    cfn__function function = function_here(c, node);
    if (function != CFN__FN_NONE && cfn__rule_of(function)->gives & CFN__TRUTH) {
        cfn__check_value(c, node);
    } else if (function == CFN__FN_UNKNOWN) {
        check_unknown(c, node);
    } else if (node->kind == CFN_KIND_NULL) {
        cfn__check_kind(c, node, CFN__MAP, node->key ? node->key : "a condition");
    } else if (!c->tpl->macro) {
        cfn__complain(c, CFN1203, node, "%.100s is not a condition",
                      node->key ? node->key : "this");
        cfn__advise(c, "use Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition: Name");
    }
}
