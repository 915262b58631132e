/* Which options the command test takes; the list is ended by NULL. */
#ifndef CLI_TEST_OPTIONS_H
#define CLI_TEST_OPTIONS_H

#include "../command.h"

extern const cli_option *const test_options[];

#endif
