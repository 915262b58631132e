/* The options of cfngen diff. */
#include "deploy/options.h"
#include "diff.h"

static const char *const forms[] = {"text", "json", "markdown", NULL};
static const char *const parts[] = {"security", "replacements", NULL};

static const cli_option deployed = {
    .name = "stack",
    .value = "STACK",
    .purpose = "Compare with the template of this deployed stack, through the aws command, in the "
               "region that --region names",
};
static const cli_option format = {
    .name = "format",
    .value = "text|json|markdown",
    .values = forms,
    .purpose = "How the differences are told; markdown is for comments on pull requests",
};
static const cli_option exit_code = {
    .name = "exit-code",
    .purpose = "End with 1 when there are differences, and with 0 when there are none",
};
static const cli_option only = {
    .name = "only",
    .value = "security|replacements",
    .values = parts,
    .purpose = "Tell only who may do and reach what, or what is replaced or removed",
};
static const cli_option context = {
    .name = "context",
    .value = "N",
    .accepts = is_line_count,
    .form = "a number of lines, 0 to 9999",
    .purpose = "Show so many unchanged lines around a change of a long text; without it, 3",
};

const cli_option *const diff_options[] = {&deployed, &format,      &exit_code,   &only,
                                          &context,  &environment, &suffix,      &region,
                                          &set,      &schema,      &diagnostics, NULL};
