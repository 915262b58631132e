/* A Lambda function with what belongs to it, for each construct that is one. */
#ifndef CFN_CONSTRUCTS_LAMBDA_FUNCTION_H
#define CFN_CONSTRUCTS_LAMBDA_FUNCTION_H

#include "constructs/constructs.h"

#include <cfngen/lambda_function.h>

/* What wiring works out once. */
typedef struct cfn__lambda_state {
    cfn_node *name;
} cfn__lambda_state;

extern const cfn_record cfn__lambda_code_record;

/* Wiring: names the function and lets its logs use the key. `props` is what the construct makes of
 * its own. */
void cfn__wire_lambda(cfn__expansion *x, cfn__construct *c, const cfn_lambda_function_props *props,
                      cfn__lambda_state *state);

/* Expansion: makes the function and all that belongs to it, and gives its Properties. `statements`
 * is a list of what its role may do beside the user's, or NULL; it is taken over. */
cfn_node *cfn__make_lambda(cfn__expansion *x, cfn__construct *c,
                           const cfn_lambda_function_props *props, const cfn__lambda_state *state,
                           cfn_node *statements);

/* The policy of the function's role, as a list of statements. */
cfn_node *cfn__lambda_statements(cfn__expansion *x, cfn__construct *c,
                                 const cfn_lambda_function_props *props,
                                 const cfn__lambda_state *state);

/* The domain rules that one function alone can break. */
void cfn__check_lambda(cfn__expansion *x, const cfn__construct *c,
                       const cfn_lambda_function_props *props);

#endif
