/* A metric that is asked for, in an alarm or on a dashboard. */
#ifndef CFN_CHECK_METRIC_H
#define CFN_CHECK_METRIC_H

#include "check/check.h"

typedef struct cfn__metric {
    const cfn_template *tpl;
    cfn_arena *arena;           /* for what is told */
    const char *space, *name;   /* AWS/DMS, CDCLatencySource */
    const cfn_node *dimensions; /* a list of {Name, Value}; NULL: none */
    /* Takes what is wrong. `at` is the dimension's value, or all dimensions; NULL when there are
     * none, or when the metric itself is wrong (CFN4413). */
    void (*tell)(const struct cfn__metric *m, cfn_diagnostic_id id, const cfn_node *at,
                 const char *what, const char *hint);
    const void *context;
} cfn__metric;

/* Tells why the metric has no data. */
void cfn__check_metric(const cfn__metric *m);

#endif
