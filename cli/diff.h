/* What cfngen diff asks of the options and of the library. */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include "output.h"

#include <cfngen/diff.h>

/* Prints a diff as the options ask for, and returns the exit status that they want. */
int print_diff(const cli_arguments *arguments, cfn_template_diff *diff);

extern const cli_option *const diff_options[];

/* A number of lines, as --context takes it. */
bool is_line_count(const char *text);

#endif
