/* Parameters of SSM. Each write makes a new version, and tells which: that is what makes sure that
 * nobody else has written in between. */
#ifndef CFN_LAMBDA_PARAMETER_H
#define CFN_LAMBDA_PARAMETER_H

#include "lambda/caller.h"

typedef struct cfn__parameter {
    const char *name, *what; /* what it is, as "the state" */
    const char *value;       /* as it was read */
    int64_t version;
} cfn__parameter;

/* Fills in value and version. */
bool cfn__get_parameter(const cfn__caller *caller, cfn__parameter *parameter);

/* What a version means that was written between reading and writing. */
typedef enum cfn__between {
    CFN__OURS,  /* a call that was tried again wrote twice: those before count */
    CFN__VOID,  /* it does no harm, whatever was before */
    CFN__OTHERS /* it does */
} cfn__between;
typedef cfn__between (*cfn__judge)(const void *context, const char *value);

/* Writes a value after the version at hand was read, and fills in the new one. *lost is whether
 * someone else has written in between, as far as `judge` finds that it matters; NULL: it does not.
 * False on a failure. */
bool cfn__put_parameter(const cfn__caller *caller, cfn__parameter *parameter, const char *value,
                        cfn__judge judge, const void *context, bool *lost);

#endif
