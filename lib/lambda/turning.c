/* Turning the direction of the replication round: the forward task stops before the reverse one
 * starts, so that no change goes in a circle. How far it is, the tasks themselves say: a call that
 * comes again goes on from there. */
#include "lambda/cutting.h"

#include <string.h>

static bool describe(cfn__cutting *c)
{
    cfn__readiness *r = &c->readiness;
    r->task.arn = c->settings->task;
    r->reverse.arn = c->settings->reverse_task;
    if (!cfn__describe_tasks(&c->caller, &r->task, &r->reverse))
        return false;
    if (r->task.status && r->reverse.status)
        return true;
    return cfn__fails(c->caller.failure, CFN__NOT_FOUND, "DMS has no task with the ARN of %s",
                      r->task.status ? "REVERSE_TASK_ARN" : "TASK_ARN");
}

static cfn__progress settled_if(bool done)
{
    return done ? CFN__WAITING : CFN__STUCK;
}

static cfn__progress stop(cfn__cutting *c, const cfn__task *task)
{
    if (!cfn__task_is(task, "running") || c->has_stopped)
        return CFN__WAITING;
    c->has_stopped = true;
    return settled_if(cfn__stop_task(&c->caller, task));
}

static cfn__progress start(cfn__cutting *c, const cfn__task *task)
{
    static const char *const startable[] = {"ready", "stopped", "failed", NULL};
    const char *const *s = startable;
    while (*s && !cfn__task_is(task, *s))
        s++;
    if (!*s)
        return CFN__WAITING;
    if (!c->has_asked) {
        c->has_asked = true;
        return settled_if(
            cfn__start_task(&c->caller, task, cfn__epoch_seconds(), &c->is_start_refused));
    }
    if (!c->is_start_refused && strcmp(*s, "failed") != 0)
        return CFN__WAITING; /* it takes DMS a moment to say so */
    cfn__fails(c->caller.failure, CFN__CALL_FAILED,
               "the reverse task does not start, and the record has not been changed: it is %s; "
               "test the connections of its endpoints and read its log, then try again or roll "
               "back",
               task->status);
    return CFN__STUCK;
}

static cfn__progress look_forward(cfn__cutting *c)
{
    if (!describe(c))
        return CFN__STUCK;
    if (cfn__task_is_active(&c->readiness.task))
        return stop(c, &c->readiness.task);
    if (cfn__task_is(&c->readiness.task, "failed") && !c->event.force) {
        cfn__fails(
            c->caller.failure, CFN__CALL_FAILED,
            "the task has failed before it was stopped, and the record has not been changed: "
            "what it had not brought yet would be missing in the target; resume it and try "
            "again, or roll back");
        return CFN__STUCK;
    }
    if (cfn__task_is(&c->readiness.reverse, "running"))
        return CFN__SETTLED;
    return start(c, &c->readiness.reverse);
}

static cfn__progress look_back(cfn__cutting *c)
{
    if (!describe(c))
        return CFN__STUCK;
    return cfn__task_is_active(&c->readiness.reverse) ? stop(c, &c->readiness.reverse)
                                                      : CFN__SETTLED;
}

/* One that has ended by itself brings no more: what is missing in the source stays so. */
static cfn__progress has_ended(cfn__cutting *c)
{
    if (c->state.phase != CFN__PHASE_COMPLETE || c->settings->is_read_only)
        return CFN__SETTLED;
    cfn__add_reason(c,
                    cfn__format(c->make.arena,
                                "the reverse task is %s, and had not caught up: what was written "
                                "to the target since would be lost; resume it",
                                c->readiness.reverse.status));
    c->is_refused = true;
    c->weight = c->state.weight;
    return CFN__WAITING;
}

/* It is written down before the task is stopped, which it cannot be told from afterwards. */
static cfn__progress note_caught_up(cfn__cutting *c)
{
    c->state.pending.caught_up = true;
    return cfn__write_state(&c->caller, &c->parameter, &c->state) ? CFN__SETTLED : CFN__STUCK;
}

/* Changes that the reverse task has not brought to the source yet would be missing there. */
static cfn__progress keeps_up(cfn__cutting *c)
{
    double latency;
    const char *why;
    if (!describe(c))
        return CFN__STUCK;
    if (c->event.force)
        return CFN__SETTLED;
    if (!cfn__task_is(&c->readiness.reverse, "running"))
        return c->state.pending.caught_up ? CFN__SETTLED : has_ended(c);
    if (!cfn__has_kept_up(&c->caller, c->settings, c->settings->reverse_task, cfn__epoch_seconds(),
                          &latency, &why))
        return CFN__STUCK;
    if (!why && latency >= CFN__MOST_BEHIND_AT_STOP)
        why = cfn__format(c->make.arena,
                          "it is %.0f seconds behind; make the target read-only, and wait until it "
                          "is below %d",
                          latency, CFN__MOST_BEHIND_AT_STOP);
    if (!why)
        return note_caught_up(c);
    cfn__add_reason(c, cfn__format(c->make.arena, "the reverse task has not caught up: %s", why));
    return CFN__WAITING;
}

cfn__progress cfn__turn_tasks(cfn__cutting *c)
{
    cfn__progress progress = CFN__SETTLED;
    if (c->event.action == CFN__MANUAL_CUTOVER)
        return cfn__wait_for(c, look_forward);
    progress = keeps_up(c);
    return progress == CFN__SETTLED ? cfn__wait_for(c, look_back) : progress;
}
