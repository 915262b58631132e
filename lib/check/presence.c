/* Which members there are, and how many: what is required, excluded and counted.
 *
 * Fn::If with AWS::NoValue makes that depend on conditions. Then each combination of them that can
 * come true is looked at by itself. */
#include "check/check.h"

#include "base/text.h"

#include <string.h>

enum { MOST_DECISIONS = 8 };

cfn__fit cfn__is_present(cfn__check *check, const cfn_node *node, const char **condition)
{
    cfn__function function = cfn__quick_function_of(node);
    if (function == CFN__FN_REF)
        return cfn__text_is(node->first, "AWS::NoValue") ? CFN__UNFIT : CFN__FITS;
    if (function != CFN__FN_IF)
        return node->kind == CFN_KIND_NULL ? CFN__UNFIT : CFN__FITS;
    const cfn_node *list = node->first;
    if (!cfn__is_list(list) || list->size != 3 || !cfn__is_string(list->first))
        return CFN__FITS;
    cfn__fit holds = cfn__holds(check, list->first->text);
    if (holds == CFN__FITS)
        return cfn__is_present(check, list->first->next, condition);
    if (holds == CFN__UNFIT)
        return cfn__is_present(check, list->last, condition);
    cfn__fit yes = cfn__is_present(check, list->first->next, condition);
    cfn__fit no = cfn__is_present(check, list->last, condition);
    if (yes == no && yes != CFN__MAY_FIT)
        return yes;
    *condition = list->first->text;
    return CFN__MAY_FIT;
}

/* What was said of one value: a rule that several combinations break is told once. */
typedef struct told {
    uint64_t keys[32];
    size_t count;
} told;

/* A value of which the presence of members is looked at. */
typedef struct group {
    cfn__check *check;
    const cfn_schema_value *value;
    const cfn_schema_value_facts *facts;
    cfn__subject subject;
    size_t outer; /* how many assumptions were there before */
    told *told;
} group;

/* A missing property is told by the address of its name, which the facts have once. */
static uint64_t key_of_name(const char *name)
{
    return (uint64_t)(uintptr_t)name;
}

static uint64_t key_of_rule(const cfn_schema_rule *rule, size_t part)
{
    return UINT64_MAX - ((uint64_t)rule->id << 48 ^ (uint64_t)part << 32 ^ rule->list);
}

static bool is_told(const group *g, uint64_t key)
{
    told *t = g->told;
    for (size_t i = 0; i < t->count; i++)
        if (t->keys[i] == key)
            return true;
    if (!g->check->quiet && t->count < sizeof t->keys / sizeof *t->keys)
        t->keys[t->count++] = key;
    return false;
}

/* CFN__MAY_FIT where there are too many conditions to decide it. */
static cfn__fit presence_of(const group *g, const char *key)
{
    const char *condition = NULL;
    const cfn_node *member = cfn__member(g->check, g->subject.node, key);
    return member ? cfn__is_present(g->check, member, &condition) : CFN__UNFIT;
}

static bool may_have(const group *g, const char *key)
{
    return presence_of(g, key) != CFN__UNFIT;
}

static bool has(const group *g, const char *key)
{
    return presence_of(g, key) == CFN__FITS;
}

/* ", when X holds and Y does not" */
static const char *circumstances(const group *g)
{
    const cfn__check *check = g->check;
    const char *text = "";
    if (check->quiet)
        return text;
    for (size_t i = g->outer; i < check->assumption_count; i++) {
        const cfn__assumption *a = &check->assumptions[i];
        text = cfn__format(check->out.arena, "%s%s %.60s %s", text, *text ? " and" : " when",
                           a->condition, a->holds ? "holds" : "does not hold");
    }
    return text;
}

static cfn__fit refuse_missing(const group *g, const char *name)
{
    if (is_told(g, key_of_name(name)))
        return CFN__UNFIT;
    cfn__refuse_key(g->check, CFN3104, g->subject, "%.100s needs the property %.100s%s",
                    cfn__name_of(g->check, g->subject), name, circumstances(g));
    cfn__suggest(g->check, "add %s", name);
    return CFN__UNFIT;
}

static cfn__fit check_required(const group *g)
{
    cfn__fit fit = CFN__FITS;
    const cfn_schema_property *property;
    for (size_t i = 0; (property = cfn_schema_property_at(g->check->schema, g->value, i)); i++) {
        cfn_schema_property_facts p = cfn_schema_property_describe(g->check->schema, property);
        if (p.required && !p.read_only && !may_have(g, p.name))
            fit = refuse_missing(g, p.name);
    }
    return fit;
}

typedef cfn__fit presence_check(const group *g, const cfn_schema_rule *rule);

static cfn__fit check_required_rule(const group *g, const cfn_schema_rule *rule)
{
    cfn__fit fit = CFN__FITS;
    const char *name;
    for (size_t i = 0; (name = cfn_schema_rule_text(g->check->schema, rule, i)); i++)
        if (!may_have(g, name))
            fit = refuse_missing(g, name);
    return fit;
}

/* A number of members: as many as are surely there, and as many as may be. */
typedef struct range {
    size_t least, most;
} range;

static void count(range *r, cfn__fit present)
{
    r->least += present == CFN__FITS;
    r->most += present != CFN__UNFIT;
}

/* How many of a rule's texts are there; and all of them as "A, B, C". */
static range count_of(const group *g, const cfn_schema_rule *rule, const char **list)
{
    range counted = {0, 0};
    const char *name;
    *list = "";
    for (size_t i = 0; (name = cfn_schema_rule_text(g->check->schema, rule, i)); i++) {
        count(&counted, presence_of(g, name));
        if (!g->check->quiet)
            *list = cfn__format(g->check->out.arena, "%s%s%s", *list, i ? ", " : "", name);
    }
    return counted;
}

static cfn__fit check_xor(const group *g, const cfn_schema_rule *rule)
{
    const char *list;
    range counted = count_of(g, rule, &list);
    if (counted.least <= 1 && counted.most >= 1)
        return CFN__FITS;
    if (is_told(g, key_of_rule(rule, 0)))
        return CFN__UNFIT;
    return cfn__refuse_key(g->check, CFN3112, g->subject, "%.100s takes %s of %s%s",
                           cfn__name_of(g->check, g->subject), counted.most ? "just one" : "one",
                           list, circumstances(g));
}

static cfn__fit check_or(const group *g, const cfn_schema_rule *rule)
{
    const char *list;
    if (count_of(g, rule, &list).most)
        return CFN__FITS;
    if (is_told(g, key_of_rule(rule, 0)))
        return CFN__UNFIT;
    return cfn__refuse_key(g->check, CFN3112, g->subject, "%.100s takes at least one of %s%s",
                           cfn__name_of(g->check, g->subject), list, circumstances(g));
}

static cfn__fit check_dependent(const group *g, const cfn_schema_rule *rule)
{
    const char *name = cfn_schema_rule_text(g->check->schema, rule, 0), *other;
    bool excluded = rule->id == CFN_SCHEMA_DEPENDENT_EXCLUDED;
    cfn__fit fit = CFN__FITS;
    if (!name || !has(g, name))
        return fit;
    for (size_t i = 1; (other = cfn_schema_rule_text(g->check->schema, rule, i)); i++) {
        if (excluded ? !has(g, other) : may_have(g, other))
            continue;
        fit = CFN__UNFIT;
        if (is_told(g, key_of_rule(rule, i)))
            continue;
        if (excluded)
            fit = cfn__refuse_key(
                g->check, CFN3112, cfn__inside(g->subject, cfn__get(g->subject.node, other)),
                "%.100s cannot be given together with %.100s%s", other, name, circumstances(g));
        else
            fit = cfn__refuse_key(g->check, CFN3112, g->subject, "%.100s needs %.100s%s", name,
                                  other, circumstances(g));
    }
    return fit;
}

/* How many members there are. */
static range size_of(const group *g)
{
    range size = {0, 0};
    const char *condition = NULL;
    cfn__spend(g->check, g->subject.node->size);
    for (const cfn_node *n = g->subject.node->first; n; n = n->next)
        count(&size, cfn__is_present(g->check, n, &condition));
    return size;
}

/* A function in a list may stand for any number of items. */
static bool is_countable(const cfn_node *node)
{
    for (const cfn_node *n = node->first; n; n = n->next) {
        cfn__function function = n->key ? cfn__function_of_key(n->key) : cfn__function_of(n);
        if (function == CFN__FN_TRANSFORM || function == CFN__FN_FOR_EACH)
            return false;
    }
    return true;
}

static cfn__fit check_size(const group *g, const cfn_schema_rule *rule)
{
    static const struct {
        cfn_schema_rule_id id;
        cfn_kind kind;
        const char *limit, *things;
    } sizes[] = {
        {CFN_SCHEMA_MIN_ITEMS, CFN_KIND_LIST, "at least", "items"},
        {CFN_SCHEMA_MAX_ITEMS, CFN_KIND_LIST, "at most", "items"},
        {CFN_SCHEMA_MIN_PROPERTIES, CFN_KIND_MAP, "at least", "keys"},
        {CFN_SCHEMA_MAX_PROPERTIES, CFN_KIND_MAP, "at most", "keys"},
    };
    size_t i = 0;
    while (sizes[i].id != rule->id)
        i++;
    if (g->subject.node->kind != sizes[i].kind || !is_countable(g->subject.node))
        return CFN__FITS;
    bool is_most = i % 2;
    range counted = size_of(g);
    double size = (double)(is_most ? counted.least : counted.most);
    if (is_most ? size <= rule->number : size >= rule->number)
        return CFN__FITS;
    if (is_told(g, key_of_rule(rule, 0)))
        return CFN__UNFIT;
    return cfn__refuse(g->check, CFN3108, g->subject, "%.100s has %.0f %s, and takes %s %.0f%s",
                       cfn__name_of(g->check, g->subject), size, sizes[i].things, sizes[i].limit,
                       rule->number, circumstances(g));
}

static presence_check *const presence_checks[CFN_SCHEMA_RULE_COUNT] = {
    [CFN_SCHEMA_REQUIRED] = check_required_rule,
    [CFN_SCHEMA_REQUIRED_XOR] = check_xor,
    [CFN_SCHEMA_REQUIRED_OR] = check_or,
    [CFN_SCHEMA_DEPENDENT_REQUIRED] = check_dependent,
    [CFN_SCHEMA_DEPENDENT_EXCLUDED] = check_dependent,
    [CFN_SCHEMA_MIN_ITEMS] = check_size,
    [CFN_SCHEMA_MAX_ITEMS] = check_size,
    [CFN_SCHEMA_MIN_PROPERTIES] = check_size,
    [CFN_SCHEMA_MAX_PROPERTIES] = check_size,
};

#define RULE(name) (UINT64_C(1) << CFN_SCHEMA_##name)
static const uint64_t presence_rules = RULE(REQUIRED) | RULE(REQUIRED_XOR) | RULE(REQUIRED_OR) |
                                       RULE(DEPENDENT_REQUIRED) | RULE(DEPENDENT_EXCLUDED) |
                                       RULE(MIN_ITEMS) | RULE(MAX_ITEMS) | RULE(MIN_PROPERTIES) |
                                       RULE(MAX_PROPERTIES);
#undef RULE

static cfn__fit check_once(const group *g)
{
    bool is_map = g->subject.node->kind == CFN_KIND_MAP;
    cfn__fit fit = is_map ? check_required(g) : CFN__FITS;
    cfn_schema_rule rule;
    for (size_t i = 0; cfn_schema_rule_at(g->check->schema, g->value, i, &rule); i++) {
        presence_check *presence = presence_checks[rule.id];
        if (presence && (is_map || presence == check_size))
            fit = cfn__worse(fit, presence(g, &rule));
    }
    return fit;
}

/* What decides whether a member is there; NULL when that is known. */
static const char *decider_of(const group *g, const cfn_node *member)
{
    const char *condition = NULL;
    if (!member || cfn__is_present(g->check, member, &condition) != CFN__MAY_FIT)
        return NULL;
    return condition;
}

static const char *decider_of_rule(const group *g, const cfn_schema_rule *rule)
{
    const char *condition = NULL, *name;
    if (presence_checks[rule->id] == check_size) {
        for (const cfn_node *n = g->subject.node->first; n && !condition; n = n->next)
            condition = decider_of(g, n);
        return condition;
    }
    for (size_t i = 0; !condition && (name = cfn_schema_rule_text(g->check->schema, rule, i)); i++)
        condition = decider_of(g, cfn__member(g->check, g->subject.node, name));
    return condition;
}

/* A condition that decides whether something is there that matters here; NULL: all is decided. */
static const char *undecided(const group *g)
{
    const char *condition = NULL;
    const cfn_schema *schema = g->check->schema;
    const cfn_schema_property *property;
    cfn_schema_rule rule;
    for (size_t i = 0; !condition && (property = cfn_schema_property_at(schema, g->value, i));
         i++) {
        cfn_schema_property_facts p = cfn_schema_property_describe(schema, property);
        if (p.required && !p.read_only)
            condition = decider_of(g, cfn__member(g->check, g->subject.node, p.name));
    }
    for (size_t i = 0; !condition && cfn_schema_rule_at(schema, g->value, i, &rule); i++)
        if (presence_checks[rule.id])
            condition = decider_of_rule(g, &rule);
    return condition;
}

static cfn__fit check_each(const group *g, int decisions)
{
    cfn__check *check = g->check;
    const char *condition = undecided(g);
    if (!condition)
        return check_once(g);
    if (decisions == MOST_DECISIONS || !check->effort)
        return check_once(g) == CFN__UNFIT ? CFN__UNFIT : CFN__MAY_FIT;
    size_t before = check->assumption_count;
    cfn__fit fits[2] = {CFN__MAY_FIT, CFN__MAY_FIT};
    for (int holds = 0; holds < 2; holds++) {
        if (!cfn__assume(check, condition, holds))
            return CFN__MAY_FIT;
        fits[holds] = check_each(g, decisions + 1);
        cfn__spend(check, 1);
        check->assumption_count = before;
    }
    return fits[0] == fits[1] ? fits[0] : CFN__MAY_FIT;
}

cfn__fit cfn__check_presence(cfn__check *check, const cfn_schema_value *value,
                             const cfn_schema_value_facts *facts, uint64_t rules,
                             cfn__subject subject)
{
    told none = {.count = 0};
    group g = {check, value, facts, subject, check->assumption_count, &none};
    bool is_map = subject.node->kind == CFN_KIND_MAP;
    if (!(rules & presence_rules) && !(is_map && facts->property_count))
        return CFN__FITS;
    if (is_map && !is_countable(subject.node))
        return CFN__MAY_FIT;
    if (!check->quiet && undecided(&g))
        check_once(&g); /* what is wrong whatever holds is told without conditions */
    return check_each(&g, 0);
}
