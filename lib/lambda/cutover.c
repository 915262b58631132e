/* The actions of the cutover function, and their answers. */
#include "lambda/cutover.h"

#include "lambda/cutting.h"

#include <cfngen/write.h>
#include <stdio.h>
#include <string.h>

/* ---- readiness ---- */

static bool is_before_shifts(const cfn__state *state)
{
    return !state->pending.is_there &&
           (state->phase == CFN__PHASE_WAITING || state->phase == CFN__PHASE_READY);
}

static cfn__phase phase_of(const cfn__cutting *c)
{
    if (c->state.pending.is_there)
        return CFN__PHASE_SHIFTING;
    if (!is_before_shifts(&c->state) || !c->is_looked_at)
        return c->state.phase;
    return c->readiness.is_ready ? CFN__PHASE_READY : CFN__PHASE_WAITING;
}

static bool write_state(cfn__cutting *c, cfn__phase phase)
{
    bool becomes_ready = phase == CFN__PHASE_READY && c->state.phase != CFN__PHASE_READY;
    c->state.phase = phase;
    c->state.run = c->run;
    c->state.by = cfn__cutover_action_name(c->event.action);
    if (!cfn__write_state(&c->caller, &c->parameter, &c->state))
        return false;
    if (becomes_ready)
        cfn__notify(c, cfn__format(c->make.arena, "Cutover of %.60s: ready", c->settings->record),
                    "The target has all data and keeps up, and the last validation is clean: "
                    "traffic may be shifted.\n");
    return true;
}

/* Under the lock, for the state may have been another one before. */
static bool note_phase(cfn__cutting *c)
{
    cfn__phase phase = phase_of(c);
    c->state.task = c->readiness.task.status;
    return phase == c->state.phase || !is_before_shifts(&c->state) || write_state(c, phase);
}

/* ---- status ---- */

static void warn_of_record(cfn__cutting *c)
{
    int weight = -1;
    const cfn__pending *p = &c->state.pending;
    if (p->is_there)
        cfn__warn(c, cfn__format(c->make.arena,
                                 "a %s to %d is not done: the same call goes on with it, or roll "
                                 "back",
                                 cfn__cutover_action_name(p->action), p->weight));
    else
        cfn__look_at_record(c, &weight);
}

/* The state is told of a change of readiness; that another one shifts meanwhile does not matter. */
static void note_readiness(cfn__cutting *c)
{
    cfn__failure failure = {0}, *before = c->caller.failure;
    cfn__state seen = c->state;
    c->caller.failure = &failure;
    if (is_before_shifts(&c->state) && phase_of(c) != c->state.phase &&
        !cfn__under_lock(c, note_phase)) {
        if (failure.type != CFN__BUSY)
            cfn__warn(c, cfn__strdup(c->make.arena, failure.message));
        c->state = seen;
    }
    c->caller.failure = before;
}

static bool status(cfn__cutting *c)
{
    if (!cfn__read_state(&c->caller, &c->parameter, &c->state) || !cfn__look(c))
        return false;
    warn_of_record(c);
    if (c->caller.failure->type)
        return false;
    note_readiness(c);
    for (const cfn_node *n = cfn_node_first(c->readiness.reasons); n; n = cfn_node_next(n))
        cfn__add_reason(c, cfn_node_text(n));
    c->weight = c->state.weight;
    c->is_done = true;
    return true;
}

/* ---- events of DMS ---- */

static void tell_of_failure(cfn__cutting *c)
{
    const char *own = c->settings->reverse_task;
    const char *which = own && strcmp(c->event.task, own) == 0 ? "reverse task" : "task";
    if (strcmp(c->event.told, "failed") != 0)
        return;
    cfn__notify(c,
                cfn__format(c->make.arena, "Cutover of %.60s: the %s has failed",
                            c->settings->record, which),
                cfn__format(c->make.arena,
                            "DMS tells that the %s %s has failed: shifts are refused until it runs "
                            "again.\n",
                            which, c->event.task));
}

/* A task that has stopped makes nothing ready; one that has started may. */
static bool take_task_state(cfn__cutting *c)
{
    const char *own = c->settings->reverse_task;
    bool is_reverse = own && strcmp(c->event.task, own) == 0;
    bool runs = strcmp(c->event.told, "running") == 0;
    if (!is_reverse && runs && !cfn__look(c))
        return false;
    cfn__phase phase = phase_of(c);
    if (!is_reverse && !runs && phase == CFN__PHASE_READY)
        phase = CFN__PHASE_WAITING;
    if (c->state.pending.is_there)
        phase = c->state.phase;
    *(is_reverse ? &c->state.reverse : &c->state.task) = c->event.told;
    if (!write_state(c, phase))
        return false;
    tell_of_failure(c);
    c->weight = c->state.weight;
    c->is_done = true;
    return true;
}

/* Who shifts sees the tasks for itself; that one has failed is told all the same. */
static bool task_event_meanwhile(cfn__cutting *c)
{
    *c->caller.failure = (cfn__failure){0};
    cfn__warn(c, "a shift is being made: the state of the task is not written");
    tell_of_failure(c);
    if (!cfn__read_state(&c->caller, &c->parameter, &c->state))
        return false;
    c->weight = c->state.weight;
    c->is_done = true;
    return true;
}

/* Other tasks, and what is said of these that is no state, do not matter. */
static bool task_event(cfn__cutting *c)
{
    const cfn__cutover_settings *s = c->settings;
    bool is_own = strcmp(c->event.task, s->task) == 0 ||
                  (s->reverse_task && strcmp(c->event.task, s->reverse_task) == 0);
    if (is_own && *c->event.told)
        return cfn__under_lock(c, take_task_state) ||
               (c->caller.failure->type == CFN__BUSY && task_event_meanwhile(c));
    cfn__warn(c, is_own ? "the event says nothing about the state of the task"
                        : "the event is of another task");
    if (!cfn__read_state(&c->caller, &c->parameter, &c->state))
        return false;
    c->weight = c->state.weight;
    c->is_done = true;
    return true;
}

/* ---- answers ---- */

static cfn_node *number(const cfn__cutting *c, const char *format, double value)
{
    char text[40];
    int length = snprintf(text, sizeof text, format, value);
    return cfn__scalar(&c->make, CFN_KIND_NUMBER, cfn__strdup(c->make.arena, text), (size_t)length);
}

static void add_readiness(const cfn__cutting *c, cfn_node *answer)
{
    const cfn__readiness *r = &c->readiness;
    const cfn__maker *make = &c->make;
    cfn_node *task = cfn__map(make), *validation = cfn__map(make);
    if (c->is_looked_at)
        cfn__put(answer, "ready", cfn__boolean(make, r->is_ready));
    if (r->task.status) {
        cfn__put(task, "status", cfn__string(make, r->task.status));
        if (r->task.loaded >= 0)
            cfn__put(task, "fullLoadPercent", number(c, "%.0f", r->task.loaded));
        if (c->is_looked_at && r->latency >= 0)
            cfn__put(task, "latencySeconds", number(c, "%.1f", r->latency));
        cfn__put(answer, "task", task);
    }
    if (r->reverse.status)
        cfn__put(answer, "reverse",
                 cfn__single(make, "status", cfn__string(make, r->reverse.status)));
    if (r->is_validated) {
        cfn__put(validation, "clean", cfn__boolean(make, r->is_clean));
        cfn__put(validation, "ageSeconds", cfn__integer(make, r->validated));
        cfn__put(answer, "validation", validation);
    }
    if (c->is_looked_at && r->alarms)
        cfn__put(answer, "alarms", cfn__copy(make->arena, r->alarms));
}

static const char *answer_text(const cfn__cutting *c, int64_t started)
{
    const cfn__maker *make = &c->make;
    const cfn_write_options minified = {CFN_FORMAT_JSON, true};
    cfn_node *answer = cfn__map(make);
    cfn__put(answer, "action", cfn__string(make, cfn__cutover_action_name(c->event.action)));
    cfn__put(answer, "record", cfn__string(make, c->settings->record));
    cfn__put(answer, "mode", cfn__string(make, c->settings->mode));
    cfn__put(answer, "run", cfn__string(make, c->run));
    cfn__put(answer, "done", cfn__boolean(make, c->is_done));
    cfn__put(answer, "refused", cfn__boolean(make, c->is_refused));
    cfn__put(answer, "forced", cfn__boolean(make, c->event.force));
    cfn__put(answer, "reasons", c->reasons);
    cfn__put(answer, "warnings", c->warnings);
    cfn__put(answer, "phase", cfn__string(make, cfn__phase_name(phase_of(c))));
    cfn__put(answer, "weight", cfn__integer(make, c->weight));
    if (c->is_shift && !c->is_refused)
        cfn__put(answer, "previousWeight", cfn__integer(make, c->previous));
    add_readiness(c, answer);
    if (c->change) {
        cfn__put(answer, "change", cfn__string(make, c->change));
        cfn__put(answer, "inSync", cfn__boolean(make, c->is_in_sync));
    }
    cfn__put(answer, "version", cfn__integer(make, c->state.version));
    cfn__put(answer, "seconds", number(c, "%.1f", (double)(cfn__milliseconds() - started) / 1000));
    return cfn_arena_failed(make->arena) ? NULL
                                         : cfn_write_text(make->arena, answer, &minified, NULL);
}

/* ---- all ---- */

static void say_what_was_done(const cfn__cutting *c, int64_t started)
{
    const cfn__log_field fields[] = {
        {"action", cfn__cutover_action_name(c->event.action), 0},
        {"run", c->run, 0},
        {"done", NULL, c->is_done},
        {"refused", NULL, c->is_refused},
        {"weight", NULL, c->weight},
        {"milliseconds", NULL, (double)(cfn__milliseconds() - started)},
        {.name = NULL}};
    cfn__say(c->cutover->log, CFN__INFO, "answered", fields);
}

static void count(cfn__cutting *c)
{
    bool is_back = c->event.action == CFN__ROLLBACK;
    c->cutover->found = (cfn__cutover_found){
        c->is_refused || !c->is_done ? c->state.weight : c->weight,
        c->is_shift ? c->is_refused : -1, c->is_shift ? is_back && c->is_done : -1,
        c->is_looked_at ? c->readiness.is_ready : -1};
}

/* What the environment has no use for. */
static bool suits(const cfn__cutting *c)
{
    const cfn__cutover_event *event = &c->event;
    if (event->action == CFN__GRADUAL_CUTOVER && !c->settings->is_weighted &&
        event->weight % 100 != 0)
        return cfn__fails(c->caller.failure, CFN__BAD_EVENT,
                          "with RECORD_MODE cname aurora_weight must be 0 or 100");
    if (event->reverse && !c->settings->reverse_task)
        return cfn__fails(c->caller.failure, CFN__BAD_EVENT,
                          "reverse needs a REVERSE_TASK_ARN in the environment");
    return true;
}

static bool act(cfn__cutting *c)
{
    switch (c->event.action) {
    case CFN__STATUS:
        return status(c);
    case CFN__TASK_EVENT:
        return task_event(c);
    default:
        return cfn__under_lock(c, cfn__shift);
    }
}

static const char *cut_over(cfn__cutting *c)
{
    int64_t started = cfn__milliseconds();
    const cfn__invocation *i = c->invocation;
    if (!cfn__read_cutover_event(i->arena, i->event, i->length, &c->event, c->caller.failure) ||
        !suits(c))
        return NULL;
    c->run = c->event.run ? c->event.run : i->request_id;
    c->reasons = cfn__list(&c->make);
    c->warnings = cfn__list(&c->make);
    if (!act(c) || c->caller.failure->type)
        return NULL;
    count(c);
    say_what_was_done(c, started);
    return answer_text(c, started);
}

const char *cfn__cut_over(void *context, const cfn__invocation *invocation, cfn__failure *failure)
{
    cfn__cutover *cutover = context;
    cfn__cutting c = {.cutover = cutover,
                      .settings = cutover->settings,
                      .invocation = invocation,
                      .aws = cutover->aws,
                      .interrupt = cutover->aws.interrupt,
                      .make = {.arena = invocation->arena},
                      .parameter = {.name = cutover->settings->state, .what = "the state"}};
    cutover->found = (cfn__cutover_found){-1, -1, -1, -1};
    c.aws.interrupt = (cfn__interrupt){NULL, -1};
    c.aws.http = cfn__http_new(c.aws.interrupt);
    if (invocation->deadline)
        c.aws.deadline = invocation->deadline - CFN__LAST_CALLS;
    c.caller = (cfn__caller){.aws = &c.aws, .arena = invocation->arena, .failure = failure};
    const char *text = c.aws.http ? cut_over(&c) : NULL;
    cfn__http_free(c.aws.http);
    return text;
}

void cfn__cutover_told(void *context, const cfn__failure *failure)
{
    const cfn__cutover *cutover = context;
    const cfn__cutover_found nothing = {-1, -1, -1, -1};
    const cfn__cutover_found *found = failure->type ? &nothing : &cutover->found;
    const cfn__metric metrics[] = {
        {"AuroraWeight", found->weight},   {"Refused", found->refused},
        {"Failed", failure->type ? 1 : 0}, {"RolledBack", found->rolled_back},
        {"Ready", found->ready},           {NULL, 0}};
    cfn__tell_metrics(cutover->log, metrics);
}
