/* Which options the commands of deployed stacks take; each list is ended by NULL. */
#ifndef CLI_DEPLOY_OPTIONS_H
#define CLI_DEPLOY_OPTIONS_H

#include "../command.h"

extern const cli_option *const outputs_options[];
extern const cli_option *const status_options[];

#endif
