/* Whether traffic may be shifted to the target: tasks, latency, the last validation, alarms. */
#ifndef CFN_LAMBDA_READINESS_H
#define CFN_LAMBDA_READINESS_H

#include "lambda/cutover_settings.h"
#include "lambda/tasks.h"
#include "node/node.h"

typedef struct cfn__readiness {
    bool is_ready;
    cfn_node *reasons; /* why not: a list of texts */
    cfn__task task, reverse;
    double latency; /* seconds, of the newest minute; below 0: not known */
    bool is_validated, is_clean;
    int64_t validated; /* seconds ago */
    cfn_node *alarms;  /* a list of names; NULL: none are watched */
} cfn__readiness;

/* Finds out all of it; false on a failure. */
bool cfn__look_at_readiness(const cfn__caller *caller, const cfn__cutover_settings *settings,
                            int64_t now, cfn__readiness *readiness);

/* Whether a task has kept up, by its newest minutes; *why is why not. */
bool cfn__has_kept_up(const cfn__caller *caller, const cfn__cutover_settings *settings,
                      const char *task, int64_t now, double *latency, const char **why);

#endif
