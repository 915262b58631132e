/* Metrics and alarms of CloudWatch. */
#ifndef CFN_LAMBDA_CLOUDWATCH_H
#define CFN_LAMBDA_CLOUDWATCH_H

#include "lambda/caller.h"

enum { CFN__MOST_POINTS = 60, CFN__MOST_SERIES = 2 };

/* A metric with at most two dimensions; the names and values of these by turns, ended by NULL. */
typedef struct cfn__series {
    const char *space, *metric;
    const char *dimensions[5];
} cfn__series;

/* The newest datapoints, the newest one first; a time is the beginning of its minute, in seconds
 * since 1970. */
typedef struct cfn__points {
    size_t count;
    int64_t times[CFN__MOST_POINTS];
    double values[CFN__MOST_POINTS];
} cfn__points;

/* The greatest value of each minute between two times, for each of the series. */
bool cfn__read_metrics(const cfn__caller *caller, const cfn__series *series, size_t count,
                       int64_t from, int64_t to, cfn__points *points);

/* The same of an answer; false when it is none. */
bool cfn__points_of_answer(const cfn_node *answer, size_t count, cfn__points *points);

/* The names of alarms, separated by commas: adds to the lists which of them are in ALARM, and which
 * are not there. */
bool cfn__read_alarms(const cfn__caller *caller, const char *names, cfn_node *alarms,
                      cfn_node *missing);

#endif
