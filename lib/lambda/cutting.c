/* What the parts of the cutover function share: time, the lock, notes. */
#include "lambda/cutting.h"

#include "lambda/sns.h"

/* Milliseconds: what is kept to write the state, tell the topic and give the lock back. */
enum { RESERVE = 5000, FIRST_PAUSE = 100, LONGEST_PAUSE = 5000, LONGEST_INVOCATION = 900 };

int64_t cfn__epoch_seconds(void)
{
    return cfn__milliseconds() / 1000;
}

bool cfn__has_time_for(const cfn__cutting *c, int64_t milliseconds)
{
    int64_t deadline = c->invocation->deadline;
    return !cfn__is_interrupted(&c->interrupt) &&
           (!deadline || cfn__milliseconds() + milliseconds + RESERVE < deadline);
}

cfn__progress cfn__wait_for(cfn__cutting *c, cfn__progress (*look)(cfn__cutting *c))
{
    for (int64_t pause = FIRST_PAUSE;;
         pause = pause * 2 < LONGEST_PAUSE ? pause * 2 : LONGEST_PAUSE) {
        cfn__progress progress = look(c);
        if (progress != CFN__WAITING || !cfn__has_time_for(c, pause))
            return progress;
        cfn__pause(&c->interrupt, (long)pause);
    }
}

void cfn__add_reason(cfn__cutting *c, const char *text)
{
    cfn__append(c->reasons, cfn__string(&c->make, text));
}

void cfn__warn(cfn__cutting *c, const char *text)
{
    cfn__say(c->cutover->log, CFN__WARN, text, NULL);
    cfn__append(c->warnings, cfn__string(&c->make, text));
}

/* A failure of what comes after a shift, or beside it, does not hide the shift. */
static void warn_of(cfn__cutting *c, const cfn__failure *failure)
{
    cfn__warn(c, cfn__strdup(c->make.arena, failure->message));
}

void cfn__notify(cfn__cutting *c, const char *subject, const char *message)
{
    cfn__failure failure = {0};
    cfn__caller caller = c->caller;
    caller.failure = &failure;
    if (c->settings->topic && !cfn__publish(&caller, c->settings->topic, subject, message))
        warn_of(c, &failure);
}

static void release(cfn__cutting *c, cfn__lock *lock)
{
    cfn__failure failure = {0};
    cfn__caller caller = c->caller;
    cfn__aws aws = c->aws;
    aws.deadline = c->invocation->deadline;
    caller.aws = &aws;
    caller.failure = &failure;
    if (!cfn__release_lock(&caller, lock))
        warn_of(c, &failure);
}

bool cfn__under_lock(cfn__cutting *c, cfn__act act)
{
    int64_t now = cfn__epoch_seconds(), deadline = c->invocation->deadline / 1000;
    cfn__lock lock = {.parameter = {.name = c->settings->lock, .what = "the lock"},
                      .holder = c->invocation->request_id,
                      .now = now,
                      .until = deadline > now ? deadline + 1 : now + LONGEST_INVOCATION};
    if (!cfn__has_time_for(c, 0))
        return cfn__fails(c->caller.failure, CFN__OUT_OF_TIME,
                          "the deadline is too near: nothing was done; give the function a longer "
                          "Timeout");
    if (!cfn__take_lock(&c->caller, &lock))
        return false;
    bool done = cfn__read_state(&c->caller, &c->parameter, &c->state) && act(c);
    release(c, &lock);
    return done;
}

bool cfn__look(cfn__cutting *c)
{
    c->is_looked_at =
        cfn__look_at_readiness(&c->caller, c->settings, cfn__epoch_seconds(), &c->readiness);
    return c->is_looked_at;
}
