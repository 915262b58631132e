/* What the parts of the cutover function share during an invocation. */
#ifndef CFN_LAMBDA_CUTTING_H
#define CFN_LAMBDA_CUTTING_H

#include "lambda/cutover.h"
#include "lambda/cutover_state.h"
#include "lambda/lock.h"
#include "lambda/readiness.h"
#include "lambda/route53.h"

typedef struct cfn__cutting {
    cfn__cutover *cutover;
    const cfn__cutover_settings *settings;
    const cfn__invocation *invocation;
    cfn__cutover_event event;
    const char *run;
    cfn__aws aws;             /* its calls are not broken off: the lock would stay */
    cfn__interrupt interrupt; /* ends waiting */
    cfn__caller caller;
    cfn__maker make;
    cfn__parameter parameter; /* of the state */
    cfn__state state;
    cfn__readiness readiness;
    bool is_looked_at;           /* readiness is filled in */
    bool has_stopped, has_asked; /* tasks: a stop was asked for, and a start */
    bool is_start_refused;
    /* The answer. */
    bool is_done, is_refused, is_shift;
    cfn_node *reasons, *warnings; /* lists of texts */
    int weight, previous;
    const char *change;
    bool is_in_sync;
} cfn__cutting;

/* Seconds since 1970. */
int64_t cfn__epoch_seconds(void);

/* Milliseconds before the deadline that no call but those that end a shift may take. */
enum { CFN__LAST_CALLS = 2000 };

/* Whether so many milliseconds are left, and then enough to write down what was done. */
bool cfn__has_time_for(const cfn__cutting *c, int64_t milliseconds);

void cfn__add_reason(cfn__cutting *c, const char *text);
void cfn__warn(cfn__cutting *c, const char *text);

/* Tells the topic, if there is one. That it cannot be told is a warning. */
void cfn__notify(cfn__cutting *c, const char *subject, const char *message);

/* Acts while it holds the lock, with the state read. The lock is given back in any case. */
typedef bool (*cfn__act)(cfn__cutting *c);
bool cfn__under_lock(cfn__cutting *c, cfn__act act);

/* Finds out whether a shift is allowed. */
bool cfn__look(cfn__cutting *c);

/* The share that the record gives the target, -1 when it is another record; a warning when the
 * state says something else. */
bool cfn__look_at_record(cfn__cutting *c, int *weight);

/* The shifts: gradual_cutover, manual_cutover and rollback. */
bool cfn__shift(cfn__cutting *c);

/* Turning tasks round, for a shift with `reverse`. It says whether all is as it must be, or time
 * is needed. */
typedef enum cfn__progress { CFN__SETTLED, CFN__WAITING, CFN__STUCK } cfn__progress;
cfn__progress cfn__turn_tasks(cfn__cutting *c);

/* Seconds of latency that a task which is to be stopped must be below: what it has not brought by
 * then stays behind. */
enum { CFN__MOST_BEHIND_AT_STOP = 10 };

/* Looks again and again, with pauses that grow, as long as there is time. */
cfn__progress cfn__wait_for(cfn__cutting *c, cfn__progress (*look)(cfn__cutting *c));

#endif
