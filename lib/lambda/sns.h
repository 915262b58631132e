/* Notes to a topic of SNS. */
#ifndef CFN_LAMBDA_SNS_H
#define CFN_LAMBDA_SNS_H

#include "lambda/caller.h"

/* The subject is cut to what SNS takes: 100 characters. */
bool cfn__publish(const cfn__caller *caller, const char *topic, const char *subject,
                  const char *message);

#endif
