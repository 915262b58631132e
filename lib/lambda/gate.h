/* What the results of plan, checks and recheck come to. */
#ifndef CFN_LAMBDA_GATE_H
#define CFN_LAMBDA_GATE_H

#include "lambda/event.h"
#include "lambda/result.h"

/* The event's results as one. What is missing makes it incomplete, with a reason. */
cfn__result cfn__gate_result(const cfn__maker *make, const cfn__event *event);

/* GO, NO_GO or INCOMPLETE. */
const char *cfn__gate_word(const cfn__result *result);

#endif
