/* The cutover function: what it does with an event. docs/cutover.md describes it. */
#ifndef CFN_LAMBDA_CUTOVER_H
#define CFN_LAMBDA_CUTOVER_H

#include "lambda/cutover_settings.h"
#include "lambda/runtime.h"

/* What an invocation has found; below 0: not told. */
typedef struct cfn__cutover_found {
    double weight, refused, rolled_back, ready;
} cfn__cutover_found;

typedef struct cfn__cutover {
    const cfn__cutover_settings *settings;
    cfn__aws aws;
    const cfn__log *log;
    cfn__cutover_found found; /* by the invocation at hand */
} cfn__cutover;

/* A cfn__handler; the context is a cfn__cutover. */
const char *cfn__cut_over(void *context, const cfn__invocation *invocation, cfn__failure *failure);

/* Tells the metrics of an invocation that was answered. */
void cfn__cutover_told(void *context, const cfn__failure *failure);

#endif
