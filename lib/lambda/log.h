/* What the function tells about itself: log lines as JSON objects, and metrics in CloudWatch's
 * embedded metric format. Neither ever holds a secret or a value of a row.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
#ifndef CFN_LAMBDA_LOG_H
#define CFN_LAMBDA_LOG_H

#include <cfngen/common.h>
#include <stdio.h>

typedef struct cfn__log {
    FILE *logs, *metrics;
    const char *function;   /* its name: the dimension of the metrics */
    const char *request_id; /* of the invocation at hand; NULL between two */
    const char *trace_id;
} cfn__log;

typedef enum cfn__level { CFN__INFO, CFN__WARN, CFN__ERROR } cfn__level;

/* More about a message: a text, or a number when that is NULL. */
typedef struct cfn__log_field {
    const char *name, *text;
    double number;
} cfn__log_field;

/* Fields are ended by one without a name; NULL: none. */
void cfn__say(const cfn__log *log, cfn__level level, const char *message,
              const cfn__log_field *fields);

#define CFN__VALIDATOR_NAMESPACE "Cfngen/Migration"

typedef struct cfn__metric {
    const char *name;
    double value; /* a count; below 0: not told */
} cfn__metric;

/* Ended by one without a name. Nothing when all are left out. */
void cfn__tell_metrics(const cfn__log *log, const cfn__metric *metrics);

#endif
