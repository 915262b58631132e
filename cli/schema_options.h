/* Which options the commands schema and bindings take; each list is ended by NULL. */
#ifndef CLI_SCHEMA_OPTIONS_H
#define CLI_SCHEMA_OPTIONS_H

#include "command.h"

extern const cli_option *const types_options[];
extern const cli_option *const dump_options[];
extern const cli_option *const build_options[];
extern const cli_option *const bindings_options[];

#endif
