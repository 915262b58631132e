/* Shifts of the traffic. What is going to be done is written into the state before, so that a call
 * that ends halfway is gone on with by the same call, and nothing is done that nobody knows of. */
#include "lambda/cutting.h"

#include <string.h>

/* ---- may it be done ---- */

static bool is_pending(const cfn__cutting *c)
{
    const cfn__pending *p = &c->state.pending;
    return p->is_there && p->action == c->event.action && p->weight == c->event.weight &&
           p->reverse == c->event.reverse;
}

static bool is_back(const cfn__cutting *c)
{
    return c->event.action == CFN__ROLLBACK;
}

static bool was_complete(const cfn__state *state)
{
    return state->phase == CFN__PHASE_COMPLETE ||
           (state->pending.is_there && state->pending.action == CFN__MANUAL_CUTOVER &&
            state->change);
}

/* Whether applications may have written to the target alone. */
static bool may_lose(const cfn__cutting *c)
{
    return was_complete(&c->state) && !c->settings->is_read_only;
}

static void judge_pending(cfn__cutting *c)
{
    const cfn__pending *p = &c->state.pending;
    if (p->is_there && !is_pending(c) && !is_back(c))
        cfn__add_reason(c, cfn__format(c->make.arena,
                                       "a %s to %d is not done: the same call goes on with it, or "
                                       "roll back",
                                       cfn__cutover_action_name(p->action), p->weight));
    if (c->event.action == CFN__GRADUAL_CUTOVER && c->event.weight < 100 && may_lose(c))
        cfn__add_reason(c,
                        "the cutover is complete: what was written to the target since is not in "
                        "the source; roll back");
}

/* A rollback is not held up by anything else: it may be urgent. */
static bool judge_rollback(cfn__cutting *c)
{
    cfn__task task = {.arn = c->settings->task}, reverse = {.arn = c->settings->reverse_task};
    /* What is pending may have been made, and its end not have been written. */
    int weight = c->state.pending.is_there && c->state.pending.weight ? c->state.pending.weight
                                                                      : c->state.weight;
    if (!may_lose(c)) {
        if (weight && !c->settings->is_read_only)
            cfn__warn(c,
                      "what applications wrote to the target, if they did, is not in the source");
        return true;
    }
    if (reverse.arn && !cfn__describe_tasks(&c->caller, &task, &reverse))
        return false;
    if (!cfn__task_is(&reverse, "running"))
        cfn__add_reason(c, "the cutover is complete and no reverse task is running: what was "
                           "written to the target since would be lost");
    return true;
}

/* The record may have been changed by somebody else, as by an update of the stack. */
bool cfn__look_at_record(cfn__cutting *c, int *weight)
{
    *weight = -1;
    if (!cfn__read_record(&c->caller, c->settings, weight))
        return false;
    if (c->state.pending.is_there || *weight == c->state.weight)
        return true;
    if (*weight < 0)
        cfn__warn(c, "the record has not the two hosts and identifiers of the environment");
    else
        cfn__warn(c, cfn__format(c->make.arena,
                                 "the record gives the target %d of 100, and the state says %d: "
                                 "somebody else has changed it",
                                 *weight, c->state.weight));
    return true;
}

/* What is complete may be asked for again, by one who has not heard the answer: the forward task is
 * not looked at then, for it may have been turned round. */
static bool is_complete(const cfn__cutting *c)
{
    bool turned =
        cfn__task_is(&c->readiness.reverse, "running") && !cfn__task_is_active(&c->readiness.task);
    return c->event.action == CFN__MANUAL_CUTOVER && c->state.phase == CFN__PHASE_COMPLETE &&
           !c->state.pending.is_there && (!c->event.reverse || turned);
}

static bool judge_forward(cfn__cutting *c)
{
    int weight;
    if (!cfn__look_at_record(c, &weight))
        return false;
    bool is_moved = weight == 100;
    if (weight < 0 || weight > c->state.weight)
        weight = c->state.weight;
    if (c->event.weight <= weight && c->event.action == CFN__GRADUAL_CUTOVER)
        return true;
    if (!cfn__look(c))
        return false;
    if (is_moved && is_complete(c))
        return true;
    for (const cfn_node *n = cfn_node_first(c->readiness.reasons); n; n = cfn_node_next(n))
        cfn__add_reason(c, cfn_node_text(n));
    if (c->event.reverse && c->readiness.latency >= CFN__MOST_BEHIND_AT_STOP)
        cfn__add_reason(c, cfn__format(c->make.arena,
                                       "the task is %.0f seconds behind: what it has not brought "
                                       "when it is stopped would be missing in the target; make "
                                       "the source read-only, and wait until it is below %d",
                                       c->readiness.latency, CFN__MOST_BEHIND_AT_STOP));
    if (c->event.reverse && !c->readiness.reverse.status)
        cfn__add_reason(c, "DMS has no task with the ARN of REVERSE_TASK_ARN");
    return true;
}

/* What is forced goes on without knowing, too. */
static bool judge(cfn__cutting *c)
{
    judge_pending(c);
    if (is_back(c) ? judge_rollback(c) : judge_forward(c))
        return true;
    if (!c->event.force)
        return false;
    cfn__add_reason(c, cfn__strdup(c->make.arena, c->caller.failure->message));
    *c->caller.failure = (cfn__failure){0};
    return true;
}

static const char *join(const cfn__cutting *c, const cfn_node *list)
{
    const char *text = "";
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        text = cfn__format(c->make.arena, "%s%s%s", text, *text ? "; " : "", cfn_node_text(n));
    return text;
}

/* ---- doing it ---- */

static const char *title(const cfn__cutting *c, const char *what)
{
    return cfn__format(c->make.arena, "Cutover of %.60s: %s", c->settings->record, what);
}

static void tell_forced(cfn__cutting *c, bool goes_on)
{
    const char *against =
        goes_on ? "what speaks against it was not looked at" : join(c, c->reasons);
    const cfn__log_field fields[] = {{"action", cfn__cutover_action_name(c->event.action), 0},
                                     {"run", c->run, 0},
                                     {"weight", NULL, c->event.weight},
                                     {"against", against, 0},
                                     {.name = NULL}};
    cfn__say(c->cutover->log, CFN__ERROR, "FORCED: a shift is made against what speaks against it",
             fields);
    cfn__notify(c, title(c, "forced"),
                cfn__format(c->make.arena, "%s to %d of 100 was forced (run %s), although: %s.\n",
                            cfn__cutover_action_name(c->event.action), c->event.weight, c->run,
                            *against ? against : "nothing speaks against it"));
}

static bool write_state(cfn__cutting *c)
{
    c->state.run = c->run;
    c->state.by = cfn__cutover_action_name(c->event.action);
    if (c->readiness.task.status)
        c->state.task = c->readiness.task.status;
    if (c->readiness.reverse.status)
        c->state.reverse = c->readiness.reverse.status;
    return cfn__write_state(&c->caller, &c->parameter, &c->state);
}

/* What is complete stays so until it is rolled back: that is what a rollback asks. */
static bool write_intent(cfn__cutting *c)
{
    c->state.phase = was_complete(&c->state) ? CFN__PHASE_COMPLETE : CFN__PHASE_SHIFTING;
    c->state.pending = (cfn__pending){.is_there = true,
                                      .reverse = c->event.reverse,
                                      .action = c->event.action,
                                      .weight = c->event.weight};
    c->state.change = NULL;
    return write_state(c);
}

static bool change(cfn__cutting *c)
{
    const char *comment =
        cfn__format(c->make.arena, "cutover: the target gets %d of 100", c->event.weight);
    c->state.change = cfn__change_record(&c->caller, c->settings, c->event.weight, comment);
    return c->state.change && write_state(c);
}

/* Route 53 forgets changes that are long done: then it is made again, which alters nothing. */
static cfn__progress look_for_sync(cfn__cutting *c)
{
    cfn__caller caller = c->caller;
    caller.tolerated = "NoSuchChange";
    if (!cfn__is_in_sync(&caller, c->state.change, &c->is_in_sync))
        return !c->caller.failure->type && change(c) ? CFN__WAITING : CFN__STUCK;
    return c->is_in_sync ? CFN__SETTLED : CFN__WAITING;
}

static bool finish(cfn__cutting *c)
{
    static const cfn__phase phases[] = {[CFN__GRADUAL_CUTOVER] = CFN__PHASE_SHIFTING,
                                        [CFN__MANUAL_CUTOVER] = CFN__PHASE_COMPLETE,
                                        [CFN__ROLLBACK] = CFN__PHASE_ROLLED_BACK};
    bool is_gradual = c->event.action == CFN__GRADUAL_CUTOVER;
    c->state.pending = (cfn__pending){0};
    if (!is_gradual || c->event.weight < 100 || c->state.phase != CFN__PHASE_COMPLETE)
        c->state.phase = phases[c->event.action];
    if (is_gradual && c->event.weight == 0)
        c->state.phase = CFN__PHASE_WAITING;
    c->state.weight = c->event.weight;
    if (!write_state(c))
        return false;
    c->is_done = true;
    cfn__notify(c,
                title(c, is_back(c)                               ? "rolled back"
                         : c->event.action == CFN__MANUAL_CUTOVER ? "complete"
                                                                  : "shifted"),
                cfn__format(c->make.arena,
                            "The target %s gets %d of 100 of the traffic of %s, and had %d before "
                            "(run %s). Applications follow when they resolve the name anew: after "
                            "%s seconds, and when they reconnect.\n",
                            c->settings->target_host, c->event.weight, c->settings->record,
                            c->previous, c->run, c->settings->ttl));
    return true;
}

static bool go_on(cfn__cutting *c)
{
    cfn__progress progress = CFN__SETTLED;
    if (!c->state.change && c->event.reverse)
        progress = cfn__turn_tasks(c);
    if (progress == CFN__SETTLED && !c->state.change && !change(c))
        return false;
    if (progress == CFN__SETTLED)
        progress = cfn__wait_for(c, look_for_sync);
    c->change = c->state.change;
    return progress == CFN__SETTLED ? finish(c) : progress == CFN__WAITING;
}

bool cfn__shift(cfn__cutting *c)
{
    bool same = is_pending(c);
    c->is_shift = true;
    c->weight = c->previous = c->state.weight;
    /* Tasks that are being turned round are not as readiness wants them. */
    bool goes_on = same && (c->state.change || c->event.reverse || is_back(c));
    if (!goes_on && !judge(c))
        return false;
    if (cfn_node_size(c->reasons) && !c->event.force) {
        c->is_refused = true;
        return true;
    }
    if (!goes_on && !write_intent(c))
        return false;
    if (c->event.force && !c->state.change)
        tell_forced(c, goes_on);
    c->weight = c->event.weight;
    return go_on(c);
}
