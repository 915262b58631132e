/* The validator: what it does with an event. */
#ifndef CFN_LAMBDA_VALIDATOR_H
#define CFN_LAMBDA_VALIDATOR_H

#include "lambda/comparison.h"

/* Below 0: not told. */
typedef struct cfn__found {
    double mismatches, incomplete, rows;
} cfn__found;

typedef struct cfn__validator {
    cfn__databases databases;
    cfn__found found; /* by the invocation at hand */
} cfn__validator;

/* A cfn__handler; the context is a cfn__validator. */
const char *cfn__validate(void *context, const cfn__invocation *invocation, cfn__failure *failure);

/* Tells the metrics of an invocation that was answered. */
void cfn__validated(void *context, const cfn__failure *failure);

#endif
