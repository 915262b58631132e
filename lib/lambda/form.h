/* Bodies of the Query protocol: names and values as forms send them. */
#ifndef CFN_LAMBDA_FORM_H
#define CFN_LAMBDA_FORM_H

#include "base/buffer.h"

/* Adds name=value, encoded, and an & before all but the first one. */
void cfn__form_add(cfn__buffer *body, const char *name, const char *value);

#endif
