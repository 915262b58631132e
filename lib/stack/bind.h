/* The binder: nodes into the C struct that a descriptor table describes. */
#ifndef CFN_STACK_BIND_H
#define CFN_STACK_BIND_H

#include "stack/expansion.h"

/* Fills the props of a construct from its declaration, reporting all that is wrong. A construct
 * with an error is marked broken. */
void cfn__bind(cfn__expansion *x, cfn__construct *c);

#endif
