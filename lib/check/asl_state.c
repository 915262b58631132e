/* The states of a state machine: what each type of them has, where they lead, and which of them are
 * never reached. */
#include "base/text.h"
#include "check/asl.h"

enum {
    TASK = 1,
    PASS = 2,
    CHOICE = 4,
    WAIT = 8,
    SUCCEED = 16,
    FAIL = 32,
    PARALLEL = 64,
    MAP = 128,
    GO_ON = TASK | PASS | WAIT | PARALLEL | MAP, /* they have Next or End */
    RESULT = TASK | PASS | PARALLEL | MAP,
    ALL = GO_ON | CHOICE | SUCCEED | FAIL
};
#define PATHS   CFN__JSONPATH
#define JSONATA CFN__JSONATA

static const struct {
    const char *name;
    unsigned type;
} types[] = {{"Task", TASK},       {"Pass", PASS}, {"Choice", CHOICE},     {"Wait", WAIT},
             {"Succeed", SUCCEED}, {"Fail", FAIL}, {"Parallel", PARALLEL}, {"Map", MAP}};

static const cfn__asl_field fields[] = {
    {"Type", CFN__ASL_TEXT, 0, 0, true},
    {"Comment", CFN__ASL_TEXT, 0, 0, false},
    {"QueryLanguage", CFN__ASL_TEXT, 0, 0, false},
    {"Next", CFN__ASL_TEXT, 0, GO_ON, false},
    {"End", CFN__ASL_TRUTH, 0, GO_ON, false},
    {"InputPath", CFN__ASL_PATH, PATHS, ALL & ~FAIL, false},
    {"OutputPath", CFN__ASL_PATH, PATHS, ALL & ~FAIL, false},
    {"ResultPath", CFN__ASL_REFERENCE, PATHS, RESULT, false},
    {"Parameters", CFN__ASL_TEMPLATE, PATHS, RESULT, false},
    {"ResultSelector", CFN__ASL_TEMPLATE, PATHS, RESULT & ~PASS, false},
    {"Assign", CFN__ASL_TEMPLATE, 0, GO_ON | CHOICE, false},
    {"Arguments", CFN__ASL_ANYTHING, JSONATA, TASK | PARALLEL, false},
    {"Output", CFN__ASL_ANYTHING, JSONATA, ALL & ~FAIL, false},
    {"Result", CFN__ASL_ANYTHING, PATHS, PASS, false},
    {"Resource", CFN__ASL_TEXT, 0, TASK, true},
    {"Credentials", CFN__ASL_ANYTHING, 0, TASK, false},
    {"TimeoutSeconds", CFN__ASL_WHOLE, 0, TASK, false},
    {"TimeoutSecondsPath", CFN__ASL_PATH, PATHS, TASK, false},
    {"HeartbeatSeconds", CFN__ASL_WHOLE, 0, TASK, false},
    {"HeartbeatSecondsPath", CFN__ASL_PATH, PATHS, TASK, false},
    {"Retry", CFN__ASL_LIST, 0, RESULT & ~PASS, false},
    {"Catch", CFN__ASL_LIST, 0, RESULT & ~PASS, false},
    {"Choices", CFN__ASL_LIST, 0, CHOICE, true},
    {"Default", CFN__ASL_TEXT, 0, CHOICE, false},
    {"Seconds", CFN__ASL_WHOLE, 0, WAIT, false},
    {"SecondsPath", CFN__ASL_PATH, PATHS, WAIT, false},
    {"Timestamp", CFN__ASL_TEXT, 0, WAIT, false},
    {"TimestampPath", CFN__ASL_PATH, PATHS, WAIT, false},
    {"Error", CFN__ASL_TEXT, 0, FAIL, false},
    {"ErrorPath", CFN__ASL_PATH, PATHS, FAIL, false},
    {"Cause", CFN__ASL_TEXT, 0, FAIL, false},
    {"CausePath", CFN__ASL_PATH, PATHS, FAIL, false},
    {"Branches", CFN__ASL_LIST, 0, PARALLEL, true},
    {"ItemProcessor", CFN__ASL_MAP, 0, MAP, false},
    {"Iterator", CFN__ASL_MAP, 0, MAP, false},
    {"ItemReader", CFN__ASL_MAP, 0, MAP, false},
    {"ItemSelector", CFN__ASL_ANYTHING, 0, MAP, false},
    {"ItemBatcher", CFN__ASL_MAP, 0, MAP, false},
    {"ResultWriter", CFN__ASL_MAP, 0, MAP, false},
    {"ItemsPath", CFN__ASL_PATH, PATHS, MAP, false},
    {"Items", CFN__ASL_ANYTHING, JSONATA, MAP, false},
    {"MaxConcurrency", CFN__ASL_WHOLE, 0, MAP, false},
    {"MaxConcurrencyPath", CFN__ASL_PATH, PATHS, MAP, false},
    {"ToleratedFailurePercentage", CFN__ASL_NUMBER, 0, MAP, false},
    {"ToleratedFailurePercentagePath", CFN__ASL_PATH, PATHS, MAP, false},
    {"ToleratedFailureCount", CFN__ASL_WHOLE, 0, MAP, false},
    {"ToleratedFailureCountPath", CFN__ASL_PATH, PATHS, MAP, false},
    {"Label", CFN__ASL_TEXT, 0, MAP, false},
    {0},
};

enum { MOST_TOGETHER = 4 };

/* Fields that exclude each other, and whether there must be one of them. */
static const struct {
    unsigned types;
    bool needed;
    const char *names[MOST_TOGETHER + 1];
} groups[] = {
    {WAIT, true, {"Seconds", "SecondsPath", "Timestamp", "TimestampPath"}},
    {MAP, true, {"ItemProcessor", "Iterator"}},
    {MAP, false, {"MaxConcurrency", "MaxConcurrencyPath"}},
    {MAP, false, {"ToleratedFailurePercentage", "ToleratedFailurePercentagePath"}},
    {MAP, false, {"ToleratedFailureCount", "ToleratedFailureCountPath"}},
    {MAP, false, {"ItemSelector", "Parameters"}},
    {TASK, false, {"TimeoutSeconds", "TimeoutSecondsPath"}},
    {TASK, false, {"HeartbeatSeconds", "HeartbeatSecondsPath"}},
    {FAIL, false, {"Error", "ErrorPath"}},
    {FAIL, false, {"Cause", "CausePath"}},
};

/* ---- one state ---- */

static void check_groups(const cfn__state *state, unsigned type)
{
    const cfn__machine *machine = state->scope->machine;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const char *given = NULL;
        for (const char *const *name = groups[i].names; *name && groups[i].types & type; name++) {
            const cfn_node *field = cfn__get(state->node, *name);
            if (field && given)
                cfn__asl_refuse(machine, CFN3141, field, "%s: %s and %s exclude each other",
                                cfn__asl_name(state), given, *name);
            given = field ? *name : given;
        }
        if (groups[i].types & type && groups[i].needed && !given)
            cfn__asl_refuse(machine, CFN3141, state->node, "%s needs %s", cfn__asl_name(state),
                            groups[i].names[0]);
    }
}

static void check_end(const cfn__state *state, unsigned type)
{
    const cfn__machine *machine = state->scope->machine;
    const cfn_node *next = cfn__get(state->node, "Next"), *end = cfn__get(state->node, "End");
    bool ends = end && !(end->text && strcmp(end->text, "false") == 0);
    if (!(type & GO_ON) || (end && cfn__asl_is_open(end)))
        return;
    cfn__asl_leads_to_state(state, next);
    if (next && ends)
        cfn__asl_refuse(machine, CFN3144, end, "%s has Next and End: it either goes on or ends",
                        cfn__asl_name(state));
    if (next || ends)
        return;
    cfn__asl_refuse(machine, CFN3144, state->node, "%s has neither Next nor End",
                    cfn__asl_name(state));
    cfn__advise(&machine->check->out, "name the state that follows with Next, or say End: true");
}

/* A map of the distributed kind starts up to 10,000 executions at once when nothing limits it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
static void check_concurrency(const cfn__state *state)
{
    const cfn_node *limit = cfn__get(state->node, "MaxConcurrency");
    const cfn_node *config = cfn_node_find(state->node, "ItemProcessor/ProcessorConfig/Mode");
    bool none = limit ? limit->text && strcmp(limit->text, "0") == 0
                      : !cfn__get(state->node, "MaxConcurrencyPath");
    if (!none || !cfn__text_is(config, "DISTRIBUTED"))
        return;
    cfn__asl_refuse(state->scope->machine, CFN4601, limit ? limit : state->node,
                    "%s runs up to 10000 of its items at once", cfn__asl_name(state));
    cfn__advise(&state->scope->machine->check->out,
                "say MaxConcurrency: what the items work on takes so many, and no more");
}

static void check_inside(const cfn__state *state)
{
    static const char *const processors[] = {"ItemProcessor", "Iterator"};
    cfn__machine *machine = state->scope->machine;
    const cfn_node *branches = cfn__get(state->node, "Branches");
    for (const cfn_node *n = cfn__is_list(branches) ? branches->first : NULL; n; n = n->next)
        if (cfn__is_map(n) && !cfn__asl_is_open(n))
            cfn__asl_states(machine, n, state->scope->language);
    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++) {
        const cfn_node *inside = cfn__get(state->node, processors[i]);
        if (cfn__is_map(inside) && !cfn__asl_is_open(inside))
            cfn__asl_states(machine, inside, state->scope->language);
    }
}

static unsigned type_of(const cfn__state *state)
{
    const cfn_node *type = cfn__get(state->node, "Type");
    cfn__checker *out = &state->scope->machine->check->out;
    if (type && cfn__asl_is_open(type))
        return 0;
    if (!cfn__is_string(type)) {
        cfn__asl_refuse(state->scope->machine, CFN3141, state->node, "%s needs a Type",
                        cfn__asl_name(state));
        return 0;
    }
    cfn__search search = cfn__search_for(out, type->text);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].name, type->text) == 0)
            return types[i].type;
        cfn__search_name(&search, types[i].name);
    }
    cfn__asl_refuse(state->scope->machine, CFN3141, type, "%s: there is no type %.80s",
                    cfn__asl_name(state), type->text);
    cfn__hint_nearest(out->diagnostics, search.best);
    return 0;
}

/* A state may turn to JSONata, and not back. */
static unsigned language_of(const cfn__scope *scope, const cfn_node *node)
{
    return cfn__text_is(cfn__get(node, "QueryLanguage"), "JSONata") ? JSONATA : scope->language;
}

void cfn__asl_state(const cfn__scope *scope, const cfn_node *node)
{
    enum { LONGEST_NAME = 80 };
    const cfn__state state = {scope, node, language_of(scope, node)};
    cfn__machine *machine = scope->machine;
    if (cfn__utf8_count(node->key, strlen(node->key)) > LONGEST_NAME)
        cfn__asl_refuse(machine, CFN3141, node, "the name %.40s... has more than %d characters",
                        node->key, LONGEST_NAME);
    if (cfn__index_get(&machine->names, node->key))
        cfn__asl_refuse(machine, CFN3141, node, "there are two states %.80s", node->key);
    cfn__index_put(machine->check->out.arena, &machine->names, node->key, (void *)node);
    if (!cfn__is_map(node) && !cfn__asl_is_open(node))
        cfn__asl_refuse(machine, CFN3141, node, "%s is a mapping, not %s", cfn__asl_name(&state),
                        cfn__kind_name(node->kind));
    unsigned type = cfn__is_map(node) && !cfn__asl_is_open(node) ? type_of(&state) : 0;
    if (!type)
        return;
    cfn__asl_members(&state, node, fields, type, NULL, CFN3141);
    check_groups(&state, type);
    check_end(&state, type);
    if (type == CHOICE)
        cfn__asl_choices(&state);
    else
        cfn__asl_errors(&state);
    if (type == MAP)
        check_concurrency(&state);
    check_inside(&state);
}

/* ---- where states lead ---- */

typedef struct place {
    const cfn_node *node;
    struct place *next; /* to be gone on from */
    bool reached;
} place;

typedef struct walk {
    const cfn__scope *scope;
    place *todo;
    bool open; /* a transition is known at deployment alone */
} walk;

static void reach(walk *w, const cfn_node *name)
{
    place *found = NULL;
    w->open = w->open || (name && cfn__asl_is_open(name));
    if (name && cfn__is_string(name))
        found = cfn__index_get(&w->scope->states, name->text);
    if (!found || found->reached)
        return;
    found->reached = true;
    found->next = w->todo;
    w->todo = found;
}

static void reach_from(walk *w, const cfn_node *state)
{
    static const char *const lists[] = {"Choices", "Catch"};
    w->open = w->open || cfn__asl_is_open(state);
    reach(w, cfn__get(state, "Next"));
    reach(w, cfn__get(state, "Default"));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const cfn_node *n = cfn_node_first(cfn__get(state, lists[i])); n; n = n->next) {
            w->open = w->open || cfn__asl_is_open(n);
            reach(w, cfn_node_get(n, "Next"));
        }
}

static void check_reached(const cfn__scope *scope, const cfn_node *start, const cfn_node *states)
{
    walk w = {.scope = scope};
    reach(&w, start);
    while (w.todo) {
        const cfn_node *state = w.todo->node;
        w.todo = w.todo->next;
        reach_from(&w, state);
    }
    for (const cfn_node *n = states->first; n && !w.open; n = n->next) {
        const place *p = cfn__index_get(&scope->states, n->key);
        if (!p || p->reached)
            continue;
        cfn__asl_refuse(scope->machine, CFN3143, n, "nothing leads to the state %.80s", n->key);
        cfn__advise(&scope->machine->check->out, "name it in a Next, or take it out");
    }
}

static const cfn_node *start_of(const cfn__scope *scope, const cfn_node *map)
{
    const cfn_node *start = cfn__get(map, "StartAt");
    if (!start)
        cfn__asl_refuse(scope->machine, CFN3141, map,
                        "the definition needs StartAt: the first state");
    else if (!cfn__asl_is_open(start) &&
             !cfn__index_get(&scope->states, start->text ? start->text : ""))
        cfn__asl_refuse(scope->machine, CFN3142, start, "StartAt names no state%s%.80s",
                        start->text ? ": there is no " : "", start->text ? start->text : "");
    else
        return start;
    return NULL;
}

void cfn__asl_states(cfn__machine *machine, const cfn_node *map, unsigned language)
{
    cfn_arena *arena = machine->check->out.arena;
    cfn__scope scope = {.machine = machine, .language = language};
    const cfn_node *states = cfn__get(map, "States");
    if (states && (cfn__asl_is_open(states) || cfn__get(states, "Fn::Transform")))
        return;
    if (!states || !cfn__is_map(states) || !states->size) {
        cfn__asl_refuse(machine, CFN3141, map, "the definition needs States, a mapping of names");
        return;
    }
    for (const cfn_node *n = states->first; n; n = n->next) {
        place *p = CFN__NEW(arena, place);
        if (p)
            p->node = n;
        cfn__index_put(arena, &scope.states, n->key, p);
    }
    for (const cfn_node *n = states->first; n; n = n->next)
        cfn__asl_state(&scope, n);
    const cfn_node *start = start_of(&scope, map);
    if (start)
        check_reached(&scope, start, states);
}
