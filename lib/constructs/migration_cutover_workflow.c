/* What the workflow of a cutover does: ask whether the target is ready, move traffic step by step
 * with waits between, look at alarms, complete; and roll back when anything speaks against it.
 * docs/cutover.md describes the events and answers of the function. */
#include "base/text.h"
#include "constructs/migration_cutover.h"
#include "constructs/states.h"

#include <stdlib.h>
#include <string.h>

typedef cfn_migration_cutover_props props_type;

enum { PAUSE = 30, SECOND_LOOK = 120, SETTLED = 600, ALL = 100 };

#define RUN    "run.$", "$$.Execution.Name"
#define ANSWER "$.last"

/* ---- steps ---- */

/* A whole number from 1 to 100; 0 when it is none. */
static int weight_of(cfn_str step)
{
    const char *text = cfn__literal(step);
    char *end = NULL;
    long weight = text && cfn__is_digit(*text) ? strtol(text, &end, 10) : 0;
    return weight >= 1 && weight <= ALL && !*end ? (int)weight : 0;
}

static void read_steps(const cfn_str_list *given, cfn__cutover_steps *steps)
{
    if (given->count > CFN__MOST_STEPS) {
        steps->fault = "there are at most 20";
        return;
    }
    for (size_t i = 0; i < given->count && !steps->fault; i++) {
        int weight = weight_of(given->items[i]);
        if (!weight)
            steps->fault = "each is a whole number from 1 to 100";
        else if (i && weight <= steps->weights[i - 1])
            steps->fault = "each is above the one before it";
        steps->weights[steps->count++] = weight;
    }
    if (!steps->fault && (!steps->count || steps->weights[steps->count - 1] != ALL))
        steps->fault = "the last is 100";
}

cfn__cutover_steps cfn__cutover_steps_of(cfn__expansion *x, const cfn__construct *c)
{
    static const cfn__cutover_steps gradual = {.weights = {20, 50, 80, ALL}, .count = 4};
    static const cfn__cutover_steps at_once = {.weights = {ALL}, .count = 1};
    const cfn_str_list *given = &((const props_type *)c->props)->workflow.steps;
    const cfn__construct *record = cfn__cutover_record(x, c);
    cfn__cutover_steps steps = {.count = 0};
    if (!given->items)
        return record && cfn__is_weighted(record->props) ? gradual : at_once;
    read_steps(given, &steps);
    return steps;
}

/* ---- states ---- */

/* What may be over in a minute: another one works at it, AWS throttles, credentials and names
 * change. */
static const char *const passing[] = {"Cutover.Busy",
                                      "Cutover.Throttled",
                                      "Cutover.Unreachable",
                                      "Cutover.ExpiredCredentials",
                                      "Cutover.StateChanged",
                                      "Cutover.OutOfTime",
                                      NULL};

static cfn_node *call(const cfn__construct *c, const char *action)
{
    const cfn__invocation facts = {action, {RUN, NULL}, ANSWER, NULL};
    return cfn__invoke(c, &facts, passing);
}

static cfn_node *look(const cfn__construct *c, const char *next)
{
    return cfn__then(&c->make, call(c, "status"), next);
}

static cfn_node *payload_of(cfn_node *task)
{
    return cfn__get(cfn__get(task, "Parameters"), "Payload");
}

/* A task whose errors roll back. */
static cfn_node *or_back(const cfn__construct *c, cfn_node *task)
{
    static const char *const all[] = {"States.ALL", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *catcher = cfn__single(make, "ErrorEquals", cfn__texts(make, all));
    cfn__put(catcher, "ResultPath", cfn__string(make, "$.error"));
    cfn__put(catcher, "Next", cfn__string(make, "RollBack"));
    return cfn__put(task, "Catch", cfn__append(cfn__list(make), catcher));
}

static cfn_node *wait(const cfn__maker *make, int64_t seconds, const char *next)
{
    cfn_node *state = cfn__put(cfn__state(make, "Wait"), "Seconds", cfn__integer(make, seconds));
    return cfn__then(make, state, next);
}

static cfn_node *wait_of_user(const cfn__construct *c, int64_t at_least, const char *next)
{
    const cfn_migration_cutover_workflow *workflow = &((const props_type *)c->props)->workflow;
    int64_t seconds = cfn__int_or(workflow->wait_seconds, CFN__CUTOVER_WAIT).value;
    return wait(&c->make, seconds > at_least ? seconds : at_least, next);
}

/* A call that ran out of time is made again, and goes on from there. */
static void add_call(const cfn__construct *c, cfn_node *states, const char *name, cfn_node *task,
                     const char *refused, const char *done)
{
    const cfn__maker *make = &c->make;
    const char *is_done = cfn__format(make->arena, "Is%sDone", name);
    const char *on = cfn__format(make->arena, "%sOn", name);
    cfn_node *rules = cfn__list(make);
    cfn__append(rules, cfn__when_true(make, ANSWER ".answer.refused", refused));
    cfn__append(rules, cfn__when_true(make, ANSWER ".answer.done", done));
    cfn__put(states, name, cfn__then(make, task, is_done));
    cfn__put(states, is_done, cfn__choice(make, rules, on));
    cfn__put(states, on, wait(make, PAUSE, name));
}

/* What is there speaks for going back. */
static cfn_node *when_there(const cfn__maker *make, const char *variable)
{
    cfn_node *rule = cfn__single(make, "Variable", cfn__string(make, variable));
    cfn__put(rule, "IsPresent", cfn__boolean(make, true));
    return cfn__then(make, rule, "RollBack");
}

/* ---- step by step ---- */

/* How many steps come before the completion: with a way back the last one is the completion, so
 * that nothing is written to the target before the reverse task brings it back. */
static size_t steps_before(cfn__expansion *x, const cfn__construct *c,
                           const cfn__cutover_steps *steps)
{
    return cfn__cutover_reverse_task(x, c) && steps->count ? steps->count - 1 : steps->count;
}

static cfn_node *start(const cfn__construct *c, const cfn__cutover_steps *steps, size_t count)
{
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__list(make);
    for (size_t i = 0; i < count; i++)
        cfn__append(list, cfn__integer(make, steps->weights[i]));
    cfn_node *plan = cfn__single(make, "steps", list);
    cfn__put(plan, "at", cfn__integer(make, 0));
    cfn__put(plan, "count", cfn__integer(make, (int64_t)count));
    return cfn__then(make, cfn__put(cfn__state(make, "Pass"), "Parameters", plan), "Gate");
}

static cfn_node *next_step(const cfn__maker *make)
{
    cfn_node *rule = cfn__single(make, "Variable", cfn__string(make, "$.at"));
    cfn__put(rule, "NumericLessThanPath", cfn__string(make, "$.count"));
    cfn__then(make, rule, "Shift");
    return cfn__choice(make, cfn__append(cfn__list(make), rule), "Complete");
}

/* A metric may be late, so that what is not ready is looked at once more; an alarm is not. */
static void add_watching(const cfn__construct *c, cfn_node *states)
{
    static const char *const on[] = {"steps.$", "$.steps", "at.$", "States.MathAdd($.at, 1)",
                                     "count.$", "$.count", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *rules = cfn__list(make), *again = cfn__state(make, "Pass");
    cfn__append(rules, when_there(make, ANSWER ".answer.alarms[0]"));
    cfn__append(rules, cfn__when_true(make, ANSWER ".answer.ready", "Advance"));
    cfn__append(rules, when_there(make, "$.again"));
    cfn__put(again, "Result", cfn__boolean(make, true));
    cfn__put(again, "ResultPath", cfn__string(make, "$.again"));
    cfn__put(states, "Wait", wait_of_user(c, 0, "Watch"));
    cfn__put(states, "Watch", or_back(c, look(c, "IsGood")));
    cfn__put(states, "IsGood", cfn__choice(make, rules, "Again"));
    cfn__put(states, "Again", cfn__then(make, again, "LookAgain"));
    cfn__put(states, "LookAgain", wait(make, SECOND_LOOK, "Watch"));
    cfn_node *advance = cfn__state(make, "Pass");
    cfn__put(advance, "Parameters", cfn__paths(make, cfn__map(make), on));
    cfn__put(states, "Advance", cfn__then(make, advance, "NextStep"));
}

static void add_steps(const cfn__construct *c, cfn_node *states)
{
    const cfn__maker *make = &c->make;
    cfn_node *shift = call(c, "gradual_cutover");
    cfn__put(payload_of(shift), "aurora_weight.$",
             cfn__string(make, "States.ArrayGetItem($.steps, $.at)"));
    cfn__put(states, "NextStep", next_step(make));
    add_call(c, states, "Shift", or_back(c, shift), "RollBack", "Wait");
    add_watching(c, states);
}

/* ---- the end ---- */

/* What was written since comes back with the reverse task, so that an alarm may still turn round;
 * that a look fails is no reason to. That the task was stopped sets off an alarm of its own, which
 * must be over. */
static void add_completion(const cfn__construct *c, cfn_node *states, bool reverse)
{
    const cfn__maker *make = &c->make;
    cfn_node *complete = call(c, "manual_cutover");
    if (reverse)
        cfn__put(payload_of(complete), "reverse", cfn__boolean(make, true));
    add_call(c, states, "Complete", or_back(c, complete), "RollBack",
             reverse ? "WaitAfter" : "Completed");
    if (!reverse)
        return;
    cfn__put(states, "WaitAfter", wait_of_user(c, SETTLED, "WatchAfter"));
    cfn__put(states, "WatchAfter", look(c, "IsGoodAfter"));
    cfn__put(states, "IsGoodAfter",
             cfn__choice(make,
                         cfn__append(cfn__list(make), when_there(make, ANSWER ".answer.alarms[0]")),
                         "Completed"));
}

/* Nothing catches its errors, and it does no harm twice: it is tried again after any, and for
 * longer than the lock of an invocation that died can last, which is 15 minutes. */
static cfn_node *persistent(const cfn__maker *make, cfn_node *task)
{
    static const char *const all[] = {"States.ALL", NULL};
    cfn_node *list = cfn__get(task, "Retry"), *retrier = list ? list->last : NULL;
    cfn__set(retrier, "ErrorEquals", cfn__texts(make, all));
    cfn__set(retrier, "IntervalSeconds", cfn__integer(make, 30));
    cfn__set(retrier, "MaxAttempts", cfn__integer(make, 40));
    cfn__put(retrier, "MaxDelaySeconds", cfn__integer(make, 60));
    return task;
}

static void add_rollback(const cfn__construct *c, cfn_node *states, bool reverse)
{
    const cfn__maker *make = &c->make;
    cfn_node *back = persistent(make, call(c, "rollback"));
    if (reverse)
        cfn__put(payload_of(back), "reverse", cfn__boolean(make, true));
    add_call(c, states, "RollBack", back, "NotRolledBack", "RolledBack");
    cfn_node *fail = cfn__state(make, "Fail");
    cfn__put(fail, "Error", cfn__string(make, "Cutover.NotRolledBack"));
    cfn__put(fail, "Cause",
             cfn__string(make, "The function refused to roll back, as what was "
                               "written to the target would be lost: cfngen cutover "
                               "status says where the traffic is"));
    cfn__put(states, "NotRolledBack", fail);
}

static void add_outcomes(const cfn__construct *c, cfn_node *states)
{
    static const char *const outcomes[][2] = {
        {"Refused", "REFUSED"}, {"Completed", "COMPLETE"}, {"RolledBack", "ROLLED_BACK"}};
    static const char *const message[] = {"Subject.$", "States.Format('Cutover: {}', $.outcome)",
                                          "Message.$", "States.JsonToString($.last.answer)", NULL};
    static const char *const result[] = {"outcome.$", "$.outcome", "answer.$", "$.last.answer",
                                         NULL};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    bool told = cfn__handle_is_set(&props->topic.handle);
    for (size_t i = 0; i < CFN__COUNT(outcomes); i++) {
        cfn_node *pass = cfn__state(make, "Pass");
        cfn__put(pass, "Result", cfn__string(make, outcomes[i][1]));
        cfn__put(pass, "ResultPath", cfn__string(make, "$.outcome"));
        cfn__put(states, outcomes[i][0], cfn__then(make, pass, told ? "Tell" : "Outcome"));
    }
    if (told)
        cfn__put(states, "Tell",
                 cfn__then(make, cfn__tell(make, props->topic, message), "Outcome"));
    cfn_node *outcome = cfn__state(make, "Pass");
    cfn__put(outcome, "Parameters", cfn__paths(make, cfn__map(make), result));
    cfn__put(states, "Outcome", cfn__then(make, outcome, NULL));
}

static cfn_node *definition(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_migration_cutover_workflow *workflow = &((const props_type *)c->props)->workflow;
    const cfn__cutover_steps steps = cfn__cutover_steps_of(x, c);
    bool reverse = cfn__cutover_reverse_task(x, c) != NULL;
    size_t count = steps_before(x, c, &steps);
    const cfn__maker *make = &c->make;
    cfn_node *ready = cfn__when_true(make, ANSWER ".answer.ready", count ? "NextStep" : "Complete");
    cfn_node *states = cfn__single(make, "Start", start(c, &steps, count));
    cfn__put(states, "Gate", look(c, "IsReady"));
    cfn__put(states, "IsReady", cfn__choice(make, cfn__append(cfn__list(make), ready), "Refused"));
    if (count)
        add_steps(c, states);
    add_completion(c, states, reverse);
    add_rollback(c, states, reverse);
    add_outcomes(c, states);
    cfn_node *root = cfn__single(make, "StartAt", cfn__string(make, "Start"));
    cfn__put(root, "TimeoutSeconds",
             cfn__int_node(make, cfn__int_or(workflow->timeout_in_seconds, CFN__CUTOVER_TIMEOUT)));
    return cfn__put(root, "States", states);
}

/* ---- the machine ---- */

cfn__state_machine cfn__cutover_machine(const cfn__construct *c)
{
    const props_type *props = c->props;
    return (cfn__state_machine){
        .name = ((const cfn__cutover_state *)c->state)->workflow_name,
        .encryption_key = props->encryption_key,
        .topic = props->topic,
        .failed = "The workflow of the cutover failed",
        .told = "The cutover ended without an outcome",
        .log_retention_in_days = props->log_retention_in_days,
        .permissions_boundary = props->permissions_boundary,
        .tags = props->tags,
    };
}

void cfn__make_cutover_workflow(cfn__expansion *x, cfn__construct *c)
{
    static const char *const invoke_it[] = {"lambda:InvokeFunction", NULL};
    const cfn__maker *make = &c->make;
    const cfn__state_machine machine = cfn__cutover_machine(c);
    cfn_node *statements =
        cfn__append(cfn__list(make),
                    cfn__allow(make, "Invoke", invoke_it, cfn__get_att_node(make, c->id, "Arn")));
    cfn__make_state_machine(x, c, &machine, definition(x, c), statements);
}

/* ---- table ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_migration_cutover_workflow, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR_LIST, "Steps", steps), .flags = CFN__SYNTH_TIME, .min = 1, .max = CFN__MOST_STEPS,
     .default_text = "20, 50, 80, 100 of a weighted record; 100 of one in the mode cname",
     .doc = "The target's shares of the traffic, of 100: they rise, and the last is 100."},
    {ROW(INT, "WaitSeconds", wait_seconds), .flags = CFN__SYNTH_TIME, .min = 60, .max = 86400,
     .default_text = "1800",
     .doc = "How long each step is watched before the next; no less than the record's TTL."},
    {ROW(INT, "TimeoutInSeconds", timeout_in_seconds), .also = "TimeoutSeconds",
     .flags = CFN__SYNTH_TIME, .min = 600, .max = 31536000, .default_text = "86400: a day",
     .doc = "How long an execution may take. One that runs out of it leaves the traffic where it "
            "is, and the topic is told."},
};
#undef ROW
const cfn_record cfn__cutover_workflow_record =
    CFN__RECORD("Workflow", cfn_migration_cutover_workflow, fields);
