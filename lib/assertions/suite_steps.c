/* The assertions of a test. */
#include "assertions/suite.h"

#include "access/access.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A key of a test and what it asserts. */
typedef struct step_rule step_rule;
typedef bool read_step(cfn_suite *suite, cfn_diagnostics *diagnostics, const step_rule *rule,
                       const cfn_node *value, cfn__step *step);
struct step_rule {
    const char *name;
    cfn__step_kind kind;
    cfn_claim claim;
    read_step *read;
};

static read_step read_entries, read_whole, read_snapshot, read_permission;

static const step_rule rules[] = {
    {"has", CFN__STEP_ENTRIES, CFN_CLAIM_HAS, read_entries},
    {"all", CFN__STEP_ENTRIES, CFN_CLAIM_ALL, read_entries},
    {"none", CFN__STEP_ENTRIES, CFN_CLAIM_NONE, read_entries},
    {"count", CFN__STEP_ENTRIES, CFN_CLAIM_COUNT, read_entries},
    {"may", CFN__STEP_MAY, CFN_CLAIM_HAS, read_permission},
    {"may-not", CFN__STEP_MAY_NOT, CFN_CLAIM_HAS, read_permission},
    {"matches", CFN__STEP_TEMPLATE, CFN_CLAIM_HAS, read_whole},
    {"snapshot", CFN__STEP_SNAPSHOT, CFN_CLAIM_HAS, read_snapshot},
};
enum { RULES = sizeof rules / sizeof *rules };

/* --- has, all, none, count --- */

enum { TYPE, ID, OUTPUT, PARAMETER, MAPPING, CONDITION, PROPERTIES, MATCHES, CAPTURED, IS, KEYS };
static const cfn__key entry_keys[KEYS] = {
    [TYPE] = {"type", CFN__KEY_TEXT},
    [ID] = {"id", CFN__KEY_TEXT},
    [OUTPUT] = {"output", CFN__KEY_TEXT},
    [PARAMETER] = {"parameter", CFN__KEY_TEXT},
    [MAPPING] = {"mapping", CFN__KEY_TEXT},
    [CONDITION] = {"condition", CFN__KEY_TEXT},
    [PROPERTIES] = {"properties", CFN__KEY_ANYTHING},
    [MATCHES] = {"matches", CFN__KEY_ANYTHING},
    [CAPTURED] = {"captured", CFN__KEY_MAP},
    [IS] = {"is", CFN__KEY_NUMBER},
};
static const cfn_section sections[KEYS] = {
    [OUTPUT] = CFN_SECTION_OUTPUTS,
    [PARAMETER] = CFN_SECTION_PARAMETERS,
    [MAPPING] = CFN_SECTION_MAPPINGS,
    [CONDITION] = CFN_SECTION_CONDITIONS,
};

static bool clash(cfn_diagnostics *diagnostics, const cfn_node *a, const cfn_node *b,
                  const char *hint)
{
    cfn__report_key(diagnostics, CFN6306, b, "%s does not go together with %s", b->key, a->key);
    cfn__hint(diagnostics, "%s", hint);
    return false;
}

/* Which entries are meant: by type or id, or those of another section. */
static bool read_selection(cfn_diagnostics *diagnostics, const cfn_node *value,
                           const cfn_node **found, cfn_assertion *a)
{
    const cfn_node *first = found[TYPE] ? found[TYPE] : found[ID];
    a->type = cfn_node_text(found[TYPE]);
    a->id = cfn_node_text(found[ID]);
    for (int i = OUTPUT; i <= CONDITION; i++) {
        if (!found[i])
            continue;
        if (first)
            return clash(diagnostics, first, found[i], "an assertion is about one section");
        first = found[i];
        a->section = sections[i];
        a->id = found[i]->text;
    }
    if (!first) {
        cfn__report(diagnostics, CFN6304, value, "what this is about is missing");
        cfn__hint(diagnostics, "give a type or an id of resources, an output, a parameter, a "
                               "mapping or a condition; * is any id");
    }
    return first != NULL;
}

static bool read_count(cfn_diagnostics *diagnostics, const cfn_node *value, const cfn_node **found,
                       cfn_assertion *a)
{
    bool counts = a->claim == CFN_CLAIM_COUNT;
    if (counts && !found[IS]) {
        cfn__report(diagnostics, CFN6304, value, "count lacks the key is");
        cfn__hint(diagnostics, "is: how many there are");
        return false;
    }
    if (!counts && found[IS]) {
        cfn__report_key(diagnostics, CFN6306, found[IS], "only count has the key is");
        return false;
    }
    if (!counts)
        return true;
    char *end = NULL;
    errno = 0;
    unsigned long long count = strtoull(found[IS]->text, &end, 10);
    bool good = cfn__is_digit(*found[IS]->text) && !*end && !errno && count <= SIZE_MAX;
    if (!good)
        cfn__report(diagnostics, CFN6305, found[IS], "is takes a whole number from 0");
    a->count = (size_t)count;
    return good;
}

static bool check_captured(cfn_diagnostics *diagnostics, const cfn_node *captured)
{
    bool good = true;
    for (const cfn_node *n = cfn_node_first(captured); n; n = n->next)
        good &= cfn__check_pattern_tree(diagnostics, n);
    return good;
}

static bool read_entries(cfn_suite *suite, cfn_diagnostics *diagnostics, const step_rule *rule,
                         const cfn_node *value, cfn__step *step)
{
    const cfn_node *found[KEYS];
    (void)suite;
    cfn_assertion *a = &step->assertion;
    a->claim = rule->claim;
    if (!cfn__read_keys(diagnostics, value, entry_keys, KEYS, rule->name, found) ||
        !read_selection(diagnostics, value, found, a))
        return false;
    if (found[PROPERTIES] && found[MATCHES])
        return clash(diagnostics, found[PROPERTIES], found[MATCHES],
                     "matches is about the whole entry: put Properties into it");
    if (found[PROPERTIES] && a->section != CFN_SECTION_NONE)
        return clash(diagnostics, found[PROPERTIES],
                     found[OUTPUT]      ? found[OUTPUT]
                     : found[PARAMETER] ? found[PARAMETER]
                     : found[MAPPING]   ? found[MAPPING]
                                        : found[CONDITION],
                     "only resources have properties; write matches");
    a->properties = found[PROPERTIES] != NULL;
    step->pattern = found[PROPERTIES] ? found[PROPERTIES] : found[MATCHES];
    step->captured = found[CAPTURED];
    bool good = read_count(diagnostics, value, found, a);
    good &= !step->pattern || cfn__check_pattern_tree(diagnostics, step->pattern);
    return check_captured(diagnostics, step->captured) && good;
}

/* --- matches, snapshot --- */

static bool read_whole(cfn_suite *suite, cfn_diagnostics *diagnostics, const step_rule *rule,
                       const cfn_node *value, cfn__step *step)
{
    (void)suite;
    (void)rule;
    step->pattern = value;
    return cfn__check_pattern_tree(diagnostics, value);
}

static bool read_snapshot(cfn_suite *suite, cfn_diagnostics *diagnostics, const step_rule *rule,
                          const cfn_node *value, cfn__step *step)
{
    if (!cfn__is_string(value) || !value->length) {
        cfn__report(diagnostics, CFN6305, value, "%s takes the path of a file", rule->name);
        return false;
    }
    step->path = *value->text == '/'
                     ? value->text
                     : cfn__format(suite->arena, "%s%s", suite->folder, value->text);
    return true;
}

/* --- may, may-not --- */

static bool read_permission(cfn_suite *suite, cfn_diagnostics *diagnostics, const step_rule *rule,
                            const cfn_node *value, cfn__step *step)
{
    enum { ROLE, PRINCIPAL, ACTION, RESOURCE, MAY_KEYS };
    static const cfn__key keys[MAY_KEYS] = {
        [ROLE] = {"role", CFN__KEY_TEXT | CFN__KEY_REQUIRED},
        [PRINCIPAL] = {"principal", CFN__KEY_TEXT},
        [ACTION] = {"action", CFN__KEY_TEXT | CFN__KEY_REQUIRED},
        [RESOURCE] = {"resource", CFN__KEY_TEXT | CFN__KEY_MAP},
    };
    const cfn_node *found[MAY_KEYS];
    if (!cfn__read_keys(diagnostics, value, keys, MAY_KEYS, rule->name, found))
        return false;
    step->permission = (cfn_permission){
        .holder = found[ROLE]->text,
        .principal = cfn_node_text(found[PRINCIPAL]),
        .action = found[ACTION]->text,
        .resource = found[RESOURCE] ? cfn__access_text(suite->arena, found[RESOURCE]) : NULL,
    };
    return true;
}

/* --- all of them --- */

static const step_rule *rule_of(const char *key)
{
    for (size_t i = 0; i < RULES; i++)
        if (strcmp(rules[i].name, key) == 0)
            return &rules[i];
    return NULL;
}

bool cfn__is_step(const char *key)
{
    return rule_of(key) != NULL;
}

const char *cfn__nearest_step(const char *key)
{
    cfn__nearest nearest = cfn__nearest_to(key);
    for (size_t i = 0; i < RULES; i++)
        cfn__nearest_offer(&nearest, rules[i].name);
    return nearest.best;
}

static bool read_one(cfn_suite *suite, cfn_diagnostics *diagnostics, cfn__test *test,
                     const step_rule *rule, const cfn_node *value)
{
    cfn__step *step = CFN__NEW(suite->arena, cfn__step);
    if (!step)
        return false;
    *step = (cfn__step){.at = value, .name = rule->name, .kind = rule->kind};
    if (test->last)
        test->last->next = step;
    else
        test->steps = step;
    test->last = step;
    return rule->read(suite, diagnostics, rule, value, step);
}

bool cfn__read_steps(cfn_suite *suite, cfn_diagnostics *diagnostics, cfn__test *test,
                     const cfn_node *value)
{
    const step_rule *rule = rule_of(value->key);
    bool good = true;
    if (!cfn__is_list(value))
        return read_one(suite, diagnostics, test, rule, value);
    if (!value->size) {
        cfn__report(diagnostics, CFN6304, value, "%s asserts nothing", rule->name);
        cfn__hint(diagnostics, "give it a mapping, or a list of them");
        return false;
    }
    for (const cfn_node *n = value->first; n; n = n->next)
        good &= read_one(suite, diagnostics, test, rule, n);
    return good;
}
