/* Writing the outputs of stacks where programs and tests look for them. */
#ifndef CLI_DEPLOY_OUTPUTS_H
#define CLI_DEPLOY_OUTPUTS_H

#include "../command.h"

#include <cfngen/outputs.h>

/* Where outputs go unless something else is said. */
#define OUTPUTS_FILE "cfn-outputs/flat-outputs.json"

typedef struct outputs_request {
    const char *path; /* "-" is standard output; the folder of OUTPUTS_FILE is made */
    bool shell;       /* KEY='value' lines instead of JSON */
    cfn_outputs_options options;
    const cfn_node *expected; /* a template whose outputs must be there; NULL: none */
} outputs_request;

/* Flattens what describe-stacks answered and writes it whole or not at all. STATUS_CLEAN, or the
 * status to exit with after the diagnostics were printed. */
int write_outputs(const cfn_node *const *answers, size_t count, const outputs_request *request);

#endif
