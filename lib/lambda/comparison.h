/* Runs libcfncompare for an invocation: with the logins of the secrets, the options of event and
 * environment, and an end before the function's deadline. */
#ifndef CFN_LAMBDA_COMPARISON_H
#define CFN_LAMBDA_COMPARISON_H

#include "lambda/aws.h"
#include "lambda/event.h"
#include "lambda/runtime.h"
#include "lambda/secrets.h"
#include "lambda/settings.h"

#include <cfngen/compare.h>

/* A check stops so long before the deadline, to have time for the answer. */
enum { CFN__RESERVE_SECONDS = 30 };

/* What lives as long as the process. */
typedef struct cfn__databases {
    const cfn__settings *settings;
    cfn__aws aws;
    cfn__log *log;
    cfn__login source, target;
} cfn__databases;

/* Reads both secrets; false on a failure. */
bool cfn__read_logins(cfn__databases *databases, cfn__failure *failure);

/* Overwrites both logins. */
void cfn__forget_logins(cfn__databases *databases);

/* Compares. When a database refuses a login the secrets are read again, and if they have changed
 * all is tried once more. NULL on a failure. */
const cfn_compare_report *cfn__run_comparison(cfn__databases *databases,
                                              const cfn__invocation *invocation,
                                              const cfn__event *event, cfn_compare_task task,
                                              const cfn_compare_work *work, uint64_t part_rows,
                                              cfn__failure *failure);

/* Whether the comparison has to end now: the deadline is near, or the process is to end. */
bool cfn__has_no_time(const cfn__databases *databases, const cfn__invocation *invocation);

#endif
