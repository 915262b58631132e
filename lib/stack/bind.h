/* The binder: nodes into the C struct that a descriptor table describes. */
#ifndef CFN_STACK_BIND_H
#define CFN_STACK_BIND_H

#include "stack/expansion.h"

/* Fills the props of a construct from its declaration, reporting all that is wrong. A construct
 * with an error is marked broken. */
void cfn__bind(cfn__expansion *x, cfn__construct *c);

/* Fills a handle: a construct of the type that the field asks for, or a value that names a thing
 * that exists. */
void cfn__bind_handle(cfn__expansion *x, cfn__construct *c, const cfn__field *field,
                      const cfn_node *value, cfn_handle *out);

/* The id of the construct that a Ref or a GetAtt names; NULL for all else. */
const char *cfn__construct_named(const cfn__expansion *x, const cfn_node *value);

/* Checks what stands beside Properties and fills the attributes. */
void cfn__bind_attributes(cfn__expansion *x, cfn__construct *c, cfn_attributes *out);

/* Whether this stands beside Properties, as DependsOn does. */
bool cfn__is_attribute(const char *key);

/* Reports CFN2003 and marks the construct broken. */
void cfn__report_wrong_type(cfn__expansion *x, cfn__construct *c, const cfn__field *field,
                            const cfn_node *value);

#endif
