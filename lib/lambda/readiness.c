/* What must hold before a shift to the target. */
#include "lambda/readiness.h"

#include "lambda/cloudwatch.h"
#include "lambda/log.h"

#include <string.h>

/* A datapoint's minute has ended at most so long ago; it takes CloudWatch a while to have it. */
enum { FRESH = 180, MINUTE = 60, SLACK = 5 };

typedef struct looking {
    const cfn__caller *caller;
    const cfn__cutover_settings *s;
    int64_t now;
    cfn__readiness *r;
} looking;

static void add_reason(const looking *l, const char *text)
{
    const cfn__maker make = {.arena = l->caller->arena};
    cfn__append(l->r->reasons, cfn__string(&make, text));
}

/* ---- latency ---- */

static const char *why_of_points(cfn_arena *arena, const cfn__cutover_settings *s, const char *name,
                                 const cfn__points *points, int64_t now)
{
    if (!points->count)
        return cfn__format(arena, "there is no %s of the last minutes", name);
    int64_t age = now - points->times[0] - MINUTE;
    if (age > FRESH)
        return cfn__format(arena, "the newest %s is %lld seconds old", name, (long long)age);
    if (points->count < (size_t)s->datapoints)
        return cfn__format(arena, "there are %zu minutes of %s, and %d are needed", points->count,
                           name, s->datapoints);
    for (int i = 0; i < s->datapoints; i++)
        if (!(points->values[i] < s->limit))
            return cfn__format(arena, "%s was %.0f seconds in the last %d minutes: the limit is %s",
                               name, points->values[i], s->datapoints, s->latency_limit);
    return NULL;
}

bool cfn__has_kept_up(const cfn__caller *caller, const cfn__cutover_settings *s, const char *task,
                      int64_t now, double *latency, const char **why)
{
    static const char *const names[] = {"CDCLatencySource", "CDCLatencyTarget"};
    const char *id = strrchr(task, ':') ? strrchr(task, ':') + 1 : task;
    cfn__series series[2];
    cfn__points points[2];
    for (size_t i = 0; i < 2; i++)
        series[i] = (cfn__series){
            "AWS/DMS",
            names[i],
            {"ReplicationInstanceIdentifier", s->instance, "ReplicationTaskIdentifier", id, NULL}};
    *latency = -1;
    *why = NULL;
    if (!cfn__read_metrics(caller, series, 2, now - (s->datapoints + SLACK) * MINUTE, now, points))
        return false;
    for (size_t i = 0; i < 2; i++) {
        if (points[i].count && points[i].values[0] > *latency)
            *latency = points[i].values[0];
        const char *wrong = why_of_points(caller->arena, s, names[i], &points[i], now);
        *why = *why ? *why : wrong;
    }
    return true;
}

/* ---- the parts ---- */

static bool look_at_tasks(const looking *l)
{
    cfn_arena *arena = l->caller->arena;
    cfn__task *task = &l->r->task;
    if (!cfn__describe_tasks(l->caller, task, &l->r->reverse))
        return false;
    if (!task->status)
        return cfn__fails(l->caller->failure, CFN__NOT_FOUND,
                          "DMS has no task with the ARN of TASK_ARN");
    if (!cfn__task_is(task, "running"))
        add_reason(l, cfn__format(arena, "the task is %s, not running", task->status));
    if (task->loaded >= 0 && task->loaded < 100)
        add_reason(l, cfn__format(arena, "the full load is at %.0f %%", task->loaded));
    if (task->errors)
        add_reason(l, cfn__format(arena,
                                  "%lld tables could not be loaded: see the task's table "
                                  "statistics",
                                  (long long)task->errors));
    return true;
}

static bool look_at_latency(const looking *l)
{
    const char *why;
    if (!cfn__has_kept_up(l->caller, l->s, l->s->task, l->now, &l->r->latency, &why))
        return false;
    if (why)
        add_reason(l, why);
    return true;
}

/* The newest minute in which the validator has told something speaks for its last run. */
static bool look_at_validation(const looking *l)
{
    static const char *const names[] = {"Mismatches", "Incomplete"};
    cfn_arena *arena = l->caller->arena;
    cfn__readiness *r = l->r;
    cfn__series series[2];
    cfn__points points[2];
    if (!l->s->validator)
        return true;
    for (size_t i = 0; i < 2; i++)
        series[i] = (cfn__series){
            CFN__VALIDATOR_NAMESPACE, names[i], {"FunctionName", l->s->validator, NULL}};
    if (!cfn__read_metrics(l->caller, series, 2, l->now - l->s->max_age, l->now, points))
        return false;
    r->is_validated = points[0].count && points[1].count;
    if (!r->is_validated) {
        add_reason(l, cfn__format(arena, "there was no validation in the last %s seconds",
                                  l->s->validation_max_age));
        return true;
    }
    int64_t oldest =
        points[0].times[0] < points[1].times[0] ? points[0].times[0] : points[1].times[0];
    r->validated = l->now > oldest ? l->now - oldest : 0;
    r->is_clean = points[0].values[0] == 0 && points[1].values[0] == 0;
    if (oldest < r->task.load_end) {
        r->is_clean = false;
        add_reason(l, "the last validation is from before the end of the full load");
    }
    if (points[0].values[0] != 0)
        add_reason(l, cfn__format(arena, "the last validation found %.0f differences",
                                  points[0].values[0]));
    if (points[1].values[0] != 0)
        add_reason(l, cfn__format(arena, "the last validation left %.0f tables incomplete",
                                  points[1].values[0]));
    return true;
}

static bool look_at_alarms(const looking *l)
{
    const cfn__maker make = {.arena = l->caller->arena};
    cfn_node *missing = cfn__list(&make);
    if (!l->s->alarms)
        return true;
    l->r->alarms = cfn__list(&make);
    if (!cfn__read_alarms(l->caller, l->s->alarms, l->r->alarms, missing))
        return false;
    for (const cfn_node *n = cfn_node_first(l->r->alarms); n; n = cfn_node_next(n))
        add_reason(l, cfn__format(make.arena, "the alarm %s is in ALARM", cfn_node_text(n)));
    for (const cfn_node *n = cfn_node_first(missing); n; n = cfn_node_next(n))
        add_reason(l, cfn__format(make.arena, "there is no alarm %s", cfn_node_text(n)));
    return true;
}

bool cfn__look_at_readiness(const cfn__caller *caller, const cfn__cutover_settings *settings,
                            int64_t now, cfn__readiness *readiness)
{
    const cfn__maker make = {.arena = caller->arena};
    const looking l = {caller, settings, now, readiness};
    *readiness = (cfn__readiness){.reasons = cfn__list(&make),
                                  .task = {.arn = settings->task},
                                  .reverse = {.arn = settings->reverse_task},
                                  .latency = -1};
    if (!look_at_tasks(&l) || !look_at_latency(&l) || !look_at_validation(&l) ||
        !look_at_alarms(&l))
        return false;
    readiness->is_ready = cfn_node_size(readiness->reasons) == 0;
    return !cfn_arena_failed(caller->arena) ||
           cfn__fails(caller->failure, CFN__OUT_OF_MEMORY, "memory is out");
}
