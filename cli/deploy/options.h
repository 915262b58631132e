/* Which options the commands of deployed stacks take; each list is ended by NULL. */
#ifndef CLI_DEPLOY_OPTIONS_H
#define CLI_DEPLOY_OPTIONS_H

#include "../command.h"

/* Those of `synth` that a deployment and a diff take, too. */
extern const cli_option environment, suffix, region, set, schema, diagnostics;

/* Those that other commands of deployed things take, too. */
extern const cli_option aws_region, yes, as_json;

extern const cli_option *const deploy_options[];
extern const cli_option *const destroy_options[];
extern const cli_option *const drift_options[];
extern const cli_option *const outputs_options[];
extern const cli_option *const status_options[];

#endif
