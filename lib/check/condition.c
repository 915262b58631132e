/* Which conditions can hold together.
 *
 * A condition is a formula over comparisons. A comparison of a parameter, or of what a function
 * gives, with a text is decided by its value; any other one may come out either way. What is
 * written in the same way has the same value everywhere. All combinations of those values and
 * outcomes on which the question depends are tried; where there are too many, any is taken to be
 * possible. */
#include "check/check.h"

#include "base/text.h"

#include <string.h>

enum {
    MOST_UNKNOWNS = 64,
    MOST_CHOICES = 24,
    MOST_WORLDS = 4096,
    DEEPEST = 24,
    MOST_STEPS = 200000
};

/* A parameter, a function, or a comparison of two of them, with what it can be. */
typedef struct unknown {
    const cfn_node *what;              /* the parameter, the function or the comparison */
    const char *choices[MOST_CHOICES]; /* texts that it is compared with; NULL: any other */
    size_t count, chosen;
    bool open; /* it may have a value that is not among the choices */
} unknown;

typedef struct world {
    cfn__check *check;
    unknown unknowns[MOST_UNKNOWNS];
    size_t count;
    const cfn_node *fixed; /* a parameter that has the value `text` */
    const char *text;
    uint64_t found;    /* unknowns that were met: bit i is that of unknowns[i] */
    uint64_t relevant; /* those on which the question depends */
    uint32_t included; /* the assumptions that depend on them, too */
    size_t steps;      /* how many functions were looked at */
    bool too_large;
} world;

/* Conditions may be made of conditions so that each doubles the work. */
static bool goes_on(world *w)
{
    cfn__spend(w->check, 1);
    w->too_large = w->too_large || ++w->steps > MOST_STEPS || !w->check->effort;
    return !w->too_large;
}

static const cfn_node *condition_of(const world *w, const char *name)
{
    const cfn__slot *slot =
        cfn__find_entry(w->check->tpl, CFN_SECTION_CONDITIONS, name, strlen(name));
    return slot ? slot->node : NULL;
}

/* The region counts as a parameter; it has no node of its own. */
static const cfn_node *region_of(const world *w)
{
    return w->check->tpl->root;
}

/* What has the value that is compared: the parameter that a Ref names, or the function itself; NULL
 * when it is none. A list that is joined is empty when the text is. */
static const cfn_node *subject_of(const world *w, const cfn_node *node, const cfn_node *other)
{
    const cfn_node *function = cfn__function_of(node) == CFN__FN_NONE ? NULL : node;
    if (cfn__function_of(node) == CFN__FN_JOIN && cfn__text_is(other, "") &&
        cfn__is_list(node->first) && node->first->size == 2)
        node = node->first->last;
    if (cfn__function_of(node) != CFN__FN_REF || !cfn__is_string(node->first))
        return function;
    if (strcmp(node->first->text, "AWS::Region") == 0)
        return region_of(w);
    const cfn__slot *slot = cfn__find_entry(w->check->tpl, CFN_SECTION_PARAMETERS,
                                            node->first->text, node->first->length);
    return slot ? slot->node : function;
}

/* The two sides of a comparison with a text. */
static bool is_comparison(const world *w, const cfn_node *list, const cfn_node **subject,
                          const char **text)
{
    const cfn_node *a = list->first, *b = list->last;
    *subject = subject_of(w, a, b);
    if (!*subject) {
        *subject = subject_of(w, b, a);
        b = a;
    }
    *text = b->text;
    return *subject && *text;
}

/* Whether two nodes say the same; false once that was too much work. */
static bool says_the_same(world *w, const cfn_node *a, const cfn_node *b, int depth)
{
    if (a->size != b->size || a->length != b->length || !a->text != !b->text ||
        !a->key != !b->key || depth > DEEPEST || !goes_on(w))
        return false;
    if ((a->text && strcmp(a->text, b->text) != 0) || (a->key && strcmp(a->key, b->key) != 0))
        return false;
    for (a = a->first, b = b->first; a && b; a = a->next, b = b->next)
        if (!says_the_same(w, a, b, depth + 1))
            return false;
    return !a && !b;
}

/* Parameters are told apart by their names, so that two that are declared alike are two. */
static bool is_same_thing(world *w, const cfn_node *a, const cfn_node *b)
{
    cfn__function function = cfn__function_of(a);
    if (a == b || function == CFN__FN_NONE || function != cfn__function_of(b))
        return a == b;
    const cfn_node *left = a->first, *right = b->first;
    if (function == CFN__FN_EQUALS && /* of two of which none is a text */
        says_the_same(w, left->first, right->last, 0) &&
        says_the_same(w, left->last, right->first, 0))
        return true;
    return says_the_same(w, left, right, 0);
}

static size_t index_of(world *w, const cfn_node *what)
{
    size_t i = 0;
    while (i < w->count && !is_same_thing(w, w->unknowns[i].what, what))
        i++;
    return i;
}

static unknown *find_unknown(world *w, const cfn_node *what)
{
    size_t i = index_of(w, what);
    if (i < w->count) {
        w->found |= UINT64_C(1) << i;
        return &w->unknowns[i];
    }
    if (w->count == MOST_UNKNOWNS) {
        w->too_large = true;
        return NULL;
    }
    w->found |= UINT64_C(1) << w->count;
    w->unknowns[w->count] = (unknown){.what = what, .open = true};
    return &w->unknowns[w->count++];
}

static void add_choice(world *w, unknown *u, const char *text)
{
    for (size_t i = 0; i < u->count; i++)
        if (strcmp(u->choices[i], text) == 0)
            return;
    if (u->count == MOST_CHOICES)
        w->too_large = true;
    else
        u->choices[u->count++] = text;
}

/* A parameter with AllowedValues has one of them; one of SSM has what stands under one of them. */
static void add_allowed(world *w, unknown *u, const cfn_node *parameter)
{
    const cfn_node *allowed = cfn__get(parameter, "AllowedValues");
    if (parameter == region_of(w) || cfn__is_ssm_parameter(parameter) || !cfn__is_list(allowed) ||
        !allowed->size || allowed->size > MOST_CHOICES)
        return;
    u->open = false;
    for (const cfn_node *n = allowed->first; n; n = n->next)
        if (n->text)
            add_choice(w, u, n->text);
}

static void collect(world *w, const cfn_node *node, int depth);

static void collect_comparison(world *w, const cfn_node *equals)
{
    const cfn_node *subject, *list = equals->first;
    const char *text;
    if (!cfn__is_list(list) || list->size != 2)
        return;
    if (list->first->text && list->last->text)
        return;
    if (!is_comparison(w, list, &subject, &text)) {
        find_unknown(w, equals);
        return;
    }
    size_t before = w->count;
    unknown *u = find_unknown(w, subject);
    if (!u)
        return;
    if (w->count > before)
        add_allowed(w, u, subject);
    if (u->open)
        add_choice(w, u, text);
}

/* Finds what a condition depends on. */
static void collect(world *w, const cfn_node *node, int depth)
{
    w->too_large = w->too_large || depth > DEEPEST;
    if (!node || !goes_on(w))
        return;
    switch (cfn__function_of(node)) {
    case CFN__FN_EQUALS:
        collect_comparison(w, node);
        break;
    case CFN__FN_CONDITION:
        collect(w, condition_of(w, node->first->text), depth + 1);
        break;
    case CFN__FN_AND:
    case CFN__FN_OR:
    case CFN__FN_NOT:
        for (const cfn_node *n = node->first->first; n; n = n->next)
            collect(w, n, depth + 1);
        break;
    default:
        find_unknown(w, node);
    }
}

static const unknown *get_unknown(world *w, const cfn_node *what)
{
    size_t i = index_of(w, what);
    return i < w->count ? &w->unknowns[i] : NULL;
}

/* The value of a parameter that has just one; else NULL. */
static const char *fixed_value_of(const world *w, const cfn_node *parameter)
{
    const cfn__check *check = w->check;
    if (parameter == region_of(w) && check->region >= 0)
        return cfn_schema_region_at(check->schema, (size_t)check->region);
    return parameter == w->fixed ? w->text : NULL;
}

/* Whether a comparison comes out true in this world. */
static bool is_equal(world *w, const cfn_node *equals)
{
    const cfn_node *subject, *list = equals->first;
    const char *text;
    if (!cfn__is_list(list) || list->size != 2)
        return false;
    if (list->first->text && list->last->text)
        return strcmp(list->first->text, list->last->text) == 0;
    if (!is_comparison(w, list, &subject, &text)) {
        const unknown *u = get_unknown(w, equals);
        return u && u->chosen == 0;
    }
    const char *fixed = fixed_value_of(w, subject);
    if (fixed)
        return strcmp(fixed, text) == 0;
    const unknown *u = get_unknown(w, subject);
    return u && u->chosen < u->count && strcmp(u->choices[u->chosen], text) == 0;
}

/* Whether a condition holds in this world; what it is does not matter once the world is too large.
 */
static bool evaluate(world *w, const cfn_node *node, int depth)
{
    if (!node || depth > DEEPEST || !goes_on(w))
        return false;
    switch (cfn__function_of(node)) {
    case CFN__FN_EQUALS:
        return is_equal(w, node);
    case CFN__FN_CONDITION:
        return evaluate(w, condition_of(w, node->first->text), depth + 1);
    case CFN__FN_NOT:
        return !evaluate(w, node->first->first, depth + 1);
    case CFN__FN_AND:
        for (const cfn_node *n = node->first->first; n; n = n->next)
            if (!evaluate(w, n, depth + 1))
                return false;
        return true;
    case CFN__FN_OR:
        for (const cfn_node *n = node->first->first; n; n = n->next)
            if (evaluate(w, n, depth + 1))
                return true;
        return false;
    default: {
        const unknown *u = get_unknown(w, node);
        return u && u->chosen == 0;
    }
    }
}

static bool meets_assumptions(world *w)
{
    const cfn__check *check = w->check;
    for (size_t i = 0; i < check->assumption_count; i++) {
        const cfn_node *condition = condition_of(w, check->assumptions[i].condition);
        if (w->included >> i & 1 && condition &&
            evaluate(w, condition, 0) != check->assumptions[i].holds)
            return false;
    }
    return true;
}

/* How many choices there are of one unknown. A comparison: true or false. */
static size_t choices_of(const world *w, const unknown *u)
{
    if (fixed_value_of(w, u->what))
        return 1;
    return u->count ? u->count + u->open : 2;
}

/* The next world; false after the last one. */
static bool turn(world *w)
{
    for (size_t i = 0; i < w->count; i++) {
        unknown *u = &w->unknowns[i];
        if (!(w->relevant >> i & 1))
            continue;
        if (++u->chosen < choices_of(w, u))
            return true;
        u->chosen = 0;
    }
    return false;
}

/* Leaves out the assumptions that have nothing to do with the question: they hold as it is.
 * `relevant` are the unknowns of what is asked. */
static void narrow(world *w, const uint64_t *unknowns_of, uint64_t relevant)
{
    size_t count = w->check->assumption_count;
    do {
        w->relevant = relevant;
        for (size_t i = 0; i < count; i++)
            if (unknowns_of[i] & relevant)
                relevant |= unknowns_of[i];
    } while (relevant != w->relevant);
    for (size_t i = 0; i < count; i++)
        if (!unknowns_of[i] || unknowns_of[i] & relevant)
            w->included |= UINT32_C(1) << i;
}

/* Whether there is a world in which the assumptions come true. The question is about the last of
 * them, or about the parameter that is fixed. */
static bool is_possible(world *w)
{
    size_t worlds = 1;
    cfn__check *check = w->check;
    uint64_t unknowns_of[CFN__MOST_ASSUMPTIONS] = {0};
    for (size_t i = 0; i < check->assumption_count; i++) {
        w->found = 0;
        collect(w, condition_of(w, check->assumptions[i].condition), 0);
        unknowns_of[i] = w->found;
    }
    if (w->fixed)
        w->found = 0;
    for (size_t i = 0; w->fixed && i < w->count; i++)
        if (w->unknowns[i].what == w->fixed)
            w->found = UINT64_C(1) << i;
    narrow(w, unknowns_of, w->found);
    for (size_t i = 0; i < w->count && worlds <= MOST_WORLDS; i++)
        if (w->relevant >> i & 1)
            worlds *= choices_of(w, &w->unknowns[i]);
    if (w->too_large || worlds > MOST_WORLDS)
        return true;
    do
        if (meets_assumptions(w))
            return true;
    while (!w->too_large && turn(w));
    return w->too_large;
}

bool cfn__assume(cfn__check *check, const char *condition, bool holds)
{
    if (check->assumption_count == CFN__MOST_ASSUMPTIONS)
        return false;
    check->assumptions[check->assumption_count++] = (cfn__assumption){condition, holds};
    return true;
}

static bool is_possible_with(cfn__check *check, const char *condition, bool holds)
{
    if (!cfn__assume(check, condition, holds))
        return true;
    world w = {.check = check};
    bool possible = is_possible(&w);
    check->assumption_count--;
    return possible;
}

/* --- questions that were asked before --- */

static uint64_t mix(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash * 1099511628211u;
}

/* A question is told by what is assumed, the kind and name of what is asked about, and what of it;
 * never 0. A parameter and a condition may have the same name. */
static uint64_t question_of(const cfn__check *check, const char *kind, const char *about,
                            const char *what)
{
    uint64_t question = mix(mix(mix(14695981039346656037u, kind), about), what);
    for (size_t i = 0; i < check->assumption_count; i++)
        question = mix(mix(question, check->assumptions[i].condition),
                       check->assumptions[i].holds ? "holds" : "does not");
    return question ? question : 1;
}

static cfn__known *slot_of(cfn__check *check, uint64_t question)
{
    return &check->known[(question >> 20) % CFN__MOST_KNOWN];
}

static cfn__fit find_out(cfn__check *check, const char *condition)
{
    if (!is_possible_with(check, condition, true))
        return CFN__UNFIT;
    return is_possible_with(check, condition, false) ? CFN__MAY_FIT : CFN__FITS;
}

cfn__fit cfn__holds(cfn__check *check, const char *condition)
{
    for (size_t i = 0; i < check->assumption_count; i++)
        if (strcmp(check->assumptions[i].condition, condition) == 0)
            return check->assumptions[i].holds ? CFN__FITS : CFN__UNFIT;
    uint64_t question = question_of(check, "condition", condition, "");
    cfn__known *known = slot_of(check, question);
    if (known->question != question)
        *known = (cfn__known){question, find_out(check, condition)};
    return known->answer;
}

bool cfn__can_be(cfn__check *check, const cfn_node *parameter, const char *text)
{
    if (!check->assumption_count)
        return true;
    uint64_t question = question_of(check, "parameter", parameter->key, text);
    cfn__known *known = slot_of(check, question);
    if (known->question != question) {
        world w = {.check = check, .fixed = parameter, .text = text};
        *known = (cfn__known){question, is_possible(&w) ? CFN__FITS : CFN__UNFIT};
    }
    return known->answer == CFN__FITS;
}
