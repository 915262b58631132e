/* What the cutover function's environment says: the record, the tasks, and when a shift is refused.
 */
#ifndef CFN_LAMBDA_CUTOVER_SETTINGS_H
#define CFN_LAMBDA_CUTOVER_SETTINGS_H

#include "lambda/aws.h"
#include "lambda/settings.h"

enum { CFN__MOST_DATAPOINTS = 60, CFN__MOST_ALARMS = 100 };

/* Texts are those of the environment, and NULL where a variable is missing or empty. */
typedef struct cfn__cutover_settings {
    const char *zone, *record, *mode, *source_host, *target_host, *ttl;
    const char *source_id, *target_id; /* set identifiers */
    const char *task, *reverse_task;   /* ARNs */
    const char *instance;              /* the replication instance's identifier */
    const char *latency_limit, *latency_datapoints;
    const char *validator, *validation_max_age;
    const char *alarms; /* separated by commas */
    const char *state, *lock, *topic;
    const char *read_only;
    const char *endpoints[5];
    cfn__lambda_settings lambda;
    /* What these say. */
    bool is_weighted;
    bool is_read_only; /* applications only read by the record: nothing can be lost */
    double limit;      /* seconds */
    int datapoints;
    int64_t max_age; /* seconds */
} cfn__cutover_settings;

bool cfn__read_cutover_environment(cfn__cutover_settings *settings, cfn__failure *failure);

/* Tells where the services are, if the environment does. */
void cfn__cutover_endpoints(const cfn__cutover_settings *settings, cfn__aws *aws);

#endif
