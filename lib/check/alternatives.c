/* Values that must be accepted by one, any or all of several, or none. */
#include "check/check.h"

#include <string.h>

static cfn__fit try_quietly(cfn__check *check, const cfn_schema_value *value, cfn__subject subject)
{
    check->quiet++;
    cfn__fit fit = cfn__examine(check, value, subject);
    check->quiet--;
    return fit;
}

/* How many of the alternatives fit, may fit and do not. */
typedef struct tally {
    size_t counts[CFN__UNFIT + 1];
} tally;

static tally try_all(cfn__check *check, const cfn__rule_use *use)
{
    tally t = {{0}};
    const cfn_schema_value *value;
    for (size_t i = 0; (value = cfn_schema_rule_value(check->schema, use->rule, i)); i++)
        t.counts[try_quietly(check, value, use->subject)]++;
    return t;
}

/* Whether an alternative is meant: the value is of its kind and has the member that tells it from
 * the others (one with a single value, as Type: X), or any of its members. */
static bool is_meant(cfn__check *check, const cfn_schema_value *value, const cfn_node *node)
{
    cfn_schema_value_facts facts = cfn_schema_value_describe(check->schema, value);
    unsigned kinds = node->kind == CFN_KIND_MAP ? CFN_SCHEMA_OBJECT
                     : node->kind == CFN_KIND_LIST
                         ? CFN_SCHEMA_LIST
                         : ~(unsigned)(CFN_SCHEMA_OBJECT | CFN_SCHEMA_LIST);
    if (facts.types && !(facts.types & kinds))
        return false;
    if (node->kind != CFN_KIND_MAP)
        return true;
    for (const cfn_node *n = node->first; n; n = n->next)
        if (cfn_schema_property_find(check->schema, value, n->key, strlen(n->key)))
            return true;
    return false;
}

/* The one alternative that is meant; NULL when it is not clear. */
static const cfn_schema_value *find_meant(cfn__check *check, const cfn__rule_use *use)
{
    const cfn_schema_value *meant = NULL, *value;
    for (size_t i = 0; (value = cfn_schema_rule_value(check->schema, use->rule, i)); i++) {
        if (!is_meant(check, value, use->subject.node))
            continue;
        if (meant)
            return NULL;
        meant = value;
    }
    return meant;
}

/* "A", or "A + B": what an alternative wants that the value has not; NULL when that is not all. */
static const char *wants(cfn__check *check, const cfn_schema_value *value)
{
    cfn_schema_rule rule, other;
    const char *text = "", *name;
    if (!cfn_schema_rule_at(check->schema, value, 0, &rule) || rule.id != CFN_SCHEMA_REQUIRED ||
        cfn_schema_rule_at(check->schema, value, 1, &other))
        return NULL;
    for (size_t i = 0; (name = cfn_schema_rule_text(check->schema, &rule, i)); i++)
        text = cfn__format(check->out.arena, "%s%s%s", text, i ? " + " : "", name);
    return text;
}

static void suggest_forms(cfn__check *check, cfn__subject subject)
{
    if (check->resource)
        cfn__suggest(check, "cfngen explain %s tells them", cfn__path_of(check, subject));
}

static cfn__fit refuse_none(cfn__check *check, const cfn__rule_use *use)
{
    if (check->quiet)
        return CFN__UNFIT;
    const cfn_schema_value *meant = find_meant(check, use);
    if (meant && cfn__examine(check, meant, use->subject) == CFN__UNFIT)
        return CFN__UNFIT;
    const cfn_schema_value *value;
    const char *list = "", *one;
    for (size_t i = 0; (value = cfn_schema_rule_value(check->schema, use->rule, i)); i++)
        if ((one = wants(check, value)))
            list = cfn__format(check->out.arena, "%s%s%s", list, *list ? ", " : "", one);
    const char *what = cfn__name_of(check, use->subject);
    if (*list)
        cfn__refuse_key(check, CFN3112, use->subject, "%.100s takes one of %.300s", what, list);
    else
        cfn__refuse_key(check, CFN3112, use->subject,
                        "%.100s fits none of the forms that it can have", what);
    suggest_forms(check, use->subject);
    return CFN__UNFIT;
}

cfn__fit cfn__check_any_of(cfn__check *check, const cfn__rule_use *use)
{
    tally t = try_all(check, use);
    if (t.counts[CFN__FITS])
        return CFN__FITS;
    return t.counts[CFN__MAY_FIT] ? CFN__MAY_FIT : refuse_none(check, use);
}

cfn__fit cfn__check_one_of(cfn__check *check, const cfn__rule_use *use)
{
    tally t = try_all(check, use);
    if (t.counts[CFN__FITS] && use->subject.node->text)
        return CFN__FITS; /* 5 is a number, and a text */
    if (t.counts[CFN__FITS] > 1)
        return cfn__refuse_key(check, CFN3112, use->subject,
                               "%.100s fits %zu of the forms that it can have, and takes just one",
                               cfn__name_of(check, use->subject), t.counts[CFN__FITS]);
    if (t.counts[CFN__MAY_FIT])
        return CFN__MAY_FIT;
    return t.counts[CFN__FITS] ? CFN__FITS : refuse_none(check, use);
}

cfn__fit cfn__check_all_of(cfn__check *check, const cfn__rule_use *use)
{
    cfn__fit fit = CFN__FITS;
    const cfn_schema_value *value;
    for (size_t i = 0; (value = cfn_schema_rule_value(check->schema, use->rule, i)); i++)
        fit = cfn__worse(fit, cfn__examine(check, value, use->subject));
    return fit;
}

cfn__fit cfn__check_not(cfn__check *check, const cfn__rule_use *use)
{
    cfn__fit fit = try_quietly(check, use->rule->value, use->subject);
    if (fit != CFN__FITS)
        return fit == CFN__UNFIT ? CFN__FITS : fit;
    return cfn__refuse_key(check, CFN3112, use->subject, "%.100s is of a form that it cannot have",
                           cfn__name_of(check, use->subject));
}

cfn__fit cfn__check_if_then(cfn__check *check, const cfn__rule_use *use)
{
    cfn__fit test = try_quietly(check, use->rule->value, use->subject);
    cfn_schema_rule branch;
    if (test == CFN__MAY_FIT)
        return test;
    cfn_schema_rule_id id = test == CFN__FITS ? CFN_SCHEMA_THEN : CFN_SCHEMA_ELSE;
    if (!cfn_schema_rule_find(check->schema, use->value, id, &branch))
        return CFN__FITS;
    return cfn__examine(check, branch.value, use->subject);
}

cfn__fit cfn__check_dependent_schema(cfn__check *check, const cfn__rule_use *use)
{
    const char *condition = NULL;
    const cfn_node *member = cfn__get(use->subject.node, use->rule->text);
    cfn__fit present = member ? cfn__is_present(check, member, &condition) : CFN__UNFIT;
    if (present != CFN__FITS)
        return present == CFN__UNFIT ? CFN__FITS : CFN__MAY_FIT;
    return cfn__examine(check, use->rule->value, use->subject);
}

/* The keys of a map, as texts. */
cfn__fit cfn__check_property_names(cfn__check *check, const cfn__rule_use *use)
{
    cfn__maker maker = {.arena = check->out.arena};
    cfn__fit fit = CFN__FITS;
    if (use->subject.node->kind != CFN_KIND_MAP)
        return fit;
    for (const cfn_node *n = use->subject.node->first; n; n = n->next) {
        check->quiet++;
        cfn__subject key = {.node = cfn__string(&maker, n->key), .at = n};
        cfn__fit this = key.node ? cfn__examine(check, use->rule->value, key) : CFN__MAY_FIT;
        check->quiet--;
        if (this == CFN__UNFIT)
            cfn__refuse_key(check, CFN3103, cfn__inside(use->subject, n),
                            "the key %.100s is not one that %.100s takes", n->key,
                            cfn__name_of(check, use->subject));
        fit = cfn__worse(fit, this);
    }
    return fit;
}
