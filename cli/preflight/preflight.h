/* What the parts of cfngen-preflight share. */
#ifndef CLI_PREFLIGHT_H
#define CLI_PREFLIGHT_H

#include "../output.h"

#include <cfngen/preflight.h>

int cmd_preflight(const cli_arguments *arguments);

/* The report as text, with what is wrong first, and as JSON. */
void print_preflight(const cfn_preflight_report *report);
void print_preflight_json(const cfn_preflight_report *report);

/* The parameters as YAML to paste into a stack file, and as JSON. */
void print_parameters(const cfn_preflight_parameters *matched);
void print_parameters_json(const cfn_preflight_parameters *matched);

#endif
