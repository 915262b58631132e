/* Working values out as a deployment would, for given parameters; what is not known stays a
 * function. */
#ifndef CFN_ASSERTIONS_RESOLVE_H
#define CFN_ASSERTIONS_RESOLVE_H

#include "node/node.h"

#include <cfngen/assertions.h>

typedef struct cfn__resolver cfn__resolver;

/* NULL when memory is out. A parameter given that the template does not have is told in `trouble`.
 */
cfn__resolver *cfn__resolver_new(cfn_arena *arena, const cfn_node *root, const cfn_given *given,
                                 size_t count, const char **trouble);

/* The whole template worked out: without what its conditions take out. */
const cfn_node *cfn__resolve_template(cfn__resolver *r);

/* A pattern worked out; its matchers stay. NULL when memory or room is out. */
cfn_node *cfn__resolve_value(cfn__resolver *r, const cfn_node *pattern);

#endif
