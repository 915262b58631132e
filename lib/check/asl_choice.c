/* The rules of a Choice: one comparison each, or And, Or and Not of such, and where they lead. */
#include "base/text.h"
#include "check/asl.h"

/* Operators; all but those of the last kind have a twin that ends in Path. */
static const struct {
    const char *prefix;
    cfn__asl_shape shape;
    const char *suffixes[6];
} operators[] = {
    {"String",
     CFN__ASL_TEXT,
     {"Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"}},
    {"Numeric",
     CFN__ASL_NUMBER,
     {"Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"}},
    {"Timestamp",
     CFN__ASL_TEXT,
     {"Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"}},
    {"Boolean", CFN__ASL_TRUTH, {"Equals"}},
    {"StringMatches", CFN__ASL_TEXT, {""}},
    {"Is", CFN__ASL_TRUTH, {"Null", "Present", "Numeric", "String", "Boolean", "Timestamp"}},
};
enum { MOST_SUFFIXES = sizeof operators->suffixes / sizeof *operators->suffixes };

static bool has_twin(size_t operator_index)
{
    return operator_index + 2 < sizeof operators / sizeof *operators;
}

/* What the operator of this name compares with; false when there is no such operator. */
static bool find_operator(const char *name, cfn__asl_shape *shape)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t prefix = strlen(operators[i].prefix);
        for (size_t j = 0; j < MOST_SUFFIXES && operators[i].suffixes[j]; j++) {
            const char *suffix = operators[i].suffixes[j];
            if (strncmp(name, operators[i].prefix, prefix) != 0 ||
                strncmp(name + prefix, suffix, strlen(suffix)) != 0)
                continue;
            const char *rest = name + prefix + strlen(suffix);
            bool twin = has_twin(i) && strcmp(rest, "Path") == 0;
            *shape = twin ? CFN__ASL_PATH : operators[i].shape;
            if (!*rest || twin)
                return true;
        }
    }
    return false;
}

static const char *nearest_operator(const cfn__state *state, const char *name)
{
    static const char *const others[] = {"Variable", "And",    "Or",      "Not",
                                         "Next",     "Assign", "Comment", "Condition"};
    cfn__checker *out = &state->scope->machine->check->out;
    cfn__search search = cfn__search_for(out, name);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        for (size_t j = 0; j < MOST_SUFFIXES && operators[i].suffixes[j]; j++)
            cfn__search_name(&search, cfn__format(out->arena, "%s%s", operators[i].prefix,
                                                  operators[i].suffixes[j]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cfn__search_name(&search, others[i]);
    return search.best;
}

/* ---- one rule ---- */

typedef struct rule_facts {
    size_t operators;
    bool nested; /* And, Or or Not */
} rule_facts;

static void check_rule(const cfn__state *state, const cfn_node *rule, bool inside);

static void check_all_of(const cfn__state *state, const cfn_node *list)
{
    if (!cfn__is_list(list) || !list->size)
        cfn__asl_refuse(state->scope->machine, CFN3145, list, "%s: %s is a list of rules",
                        cfn__asl_name(state), list->key);
    for (const cfn_node *n = cfn__is_list(list) ? list->first : NULL; n; n = n->next)
        check_rule(state, n, true);
}

static void check_member(const cfn__state *state, const cfn_node *n, bool inside, rule_facts *facts)
{
    const cfn__machine *machine = state->scope->machine;
    cfn__asl_shape shape;
    if (strcmp(n->key, "And") == 0 || strcmp(n->key, "Or") == 0) {
        facts->nested = true;
        facts->operators++;
        check_all_of(state, n);
    } else if (strcmp(n->key, "Not") == 0) {
        facts->nested = true;
        facts->operators++;
        check_rule(state, n, true);
    } else if (find_operator(n->key, &shape)) {
        facts->operators++;
        cfn__asl_fits(state, n, shape);
    } else if (strcmp(n->key, "Variable") == 0) {
        cfn__asl_fits(state, n, CFN__ASL_PATH);
    } else if (strcmp(n->key, "Next") == 0 && inside) {
        cfn__asl_refuse(machine, CFN3145, n, "%s: Next belongs to the outermost rule",
                        cfn__asl_name(state));
    } else if (strcmp(n->key, "Comment") != 0 && strcmp(n->key, "Assign") != 0 &&
               strcmp(n->key, "Next") != 0) {
        cfn__asl_refuse(machine, CFN3145, n, "%s: a rule has no %.80s", cfn__asl_name(state),
                        n->key);
        cfn__hint_nearest(machine->check->out.diagnostics, nearest_operator(state, n->key));
    }
}

static void check_rule(const cfn__state *state, const cfn_node *rule, bool inside)
{
    const cfn__machine *machine = state->scope->machine;
    const char *name = cfn__asl_name(state);
    rule_facts facts = {0};
    if (cfn__asl_is_open(rule))
        return;
    if (!cfn__is_map(rule)) {
        cfn__asl_refuse(machine, CFN3145, rule, "%s: a rule is a mapping", name);
        return;
    }
    for (const cfn_node *n = rule->first; n; n = n->next)
        check_member(state, n, inside, &facts);
    if (facts.operators != 1)
        cfn__asl_refuse(machine, CFN3145, rule,
                        "%s: a rule compares once, and this one does so %zu times", name,
                        facts.operators);
    else if (!facts.nested != !!cfn__get(rule, "Variable"))
        cfn__asl_refuse(machine, CFN3145, rule, "%s: %s", name,
                        facts.nested ? "And, Or and Not have no Variable of their own"
                                     : "a comparison needs the Variable that it looks at");
}

/* ---- all of them ---- */

static const cfn__asl_field expression_fields[] = {
    {"Condition", CFN__ASL_TRUTH, 0, 0, true},  {"Next", CFN__ASL_TEXT, 0, 0, true},
    {"Output", CFN__ASL_ANYTHING, 0, 0, false}, {"Assign", CFN__ASL_MAP, 0, 0, false},
    {"Comment", CFN__ASL_TEXT, 0, 0, false},    {0},
};

static void check_outermost(const cfn__state *state, const cfn_node *rule)
{
    const cfn_node *next = cfn__get(rule, "Next");
    if (cfn__asl_is_open(rule))
        return;
    if (state->language == CFN__JSONATA && cfn__is_map(rule)) {
        cfn__asl_members(state, rule, expression_fields, 0, "a rule", CFN3145);
    } else {
        check_rule(state, rule, false);
        if (cfn__is_map(rule) && !next)
            cfn__asl_refuse(state->scope->machine, CFN3145, rule,
                            "%s: a rule needs Next: where it leads", cfn__asl_name(state));
    }
    cfn__asl_leads_to_state(state, next);
}

void cfn__asl_choices(const cfn__state *state)
{
    const cfn_node *choices = cfn__get(state->node, "Choices");
    cfn__asl_leads_to_state(state, cfn__get(state->node, "Default"));
    if (cfn__is_list(choices) && !choices->size)
        cfn__asl_refuse(state->scope->machine, CFN3145, choices, "%s has no rules",
                        cfn__asl_name(state));
    for (const cfn_node *n = cfn__is_list(choices) ? choices->first : NULL; n; n = n->next)
        check_outermost(state, n);
}
