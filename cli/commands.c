/* The table of commands and their options. */
#include "command.h"
#include "stack_file.h"

#include <string.h>

static const char *const formats[] = {"json", "yaml", NULL};
static const char *const diagnostics_forms[] = {"text", "json", NULL};

static const cli_option output = {
    .name = "output",
    .letter = 'o',
    .value = "FILE|DIR",
    .offers = OFFER_FILES,
    .purpose = "Write there instead of standard output; into a folder (one that exists, or DIR/) "
               "goes NAME.template.json",
};
static const cli_option format = {
    .name = "format",
    .value = "json|yaml",
    .values = formats,
    .purpose = "What to write; without it, what FILE ends in, else JSON",
};
static const cli_option minify = {
    .name = "minify",
    .purpose = "Write JSON without spaces and newlines",
};
static const cli_option environment = {
    .name = "environment",
    .value = "E",
    .purpose = "The environment in names and tags, as prod; beats the stack file's, else dev",
};
static const cli_option suffix = {
    .name = "suffix",
    .value = "S",
    .purpose = "What names end in, as pr42; beats the stack file's, else the template has a "
               "parameter EnvironmentSuffix",
};
static const cli_option region = {
    .name = "region",
    .value = "R",
    .accepts = is_region,
    .form = "a region such as eu-central-1",
    .purpose = "Where the template is meant for; informs checks only",
};
static const cli_option set = {
    .name = "set",
    .value = "PARAMETER=VALUE",
    .accepts = is_setting,
    .form = "Parameter=Value",
    .repeats = true,
    .purpose = "Give a parameter of the template a new Default; may be repeated",
};
static const cli_option diagnostics = {
    .name = "diagnostics",
    .value = "text|json",
    .values = diagnostics_forms,
    .purpose = "How problems are told; JSON is one object a line",
};
static const cli_option quiet = {
    .name = "quiet",
    .letter = 'q',
    .purpose = "Print problems only",
};

static const cli_option *const no_options[] = {NULL};
static const cli_option *const synth_options[] = {
    &output, &format, &minify, &environment, &suffix, &region, &set, &diagnostics, NULL};
static const cli_option *const validate_options[] = {&environment, &suffix, &region, &set,
                                                     &diagnostics, &quiet,  NULL};

const cli_command commands[] = {
    {
        .name = "synth",
        .operands = "[FILE...]",
        .most = SIZE_MAX,
        .offers = OFFER_FILES,
        .purpose = "Turn stack files into CloudFormation templates",
        .description =
            "Without FILE, or with -, standard input is read. Several files need -o DIR. All are "
            "checked first: when one has an error nothing is written. Problems go to standard "
            "error.",
        .examples = "  cfngen synth stack.yaml --environment prod --suffix v1 -o template.json\n"
                    "  cfngen synth stacks/*.yaml --format yaml -o build/\n",
        .options = synth_options,
        .run = cmd_synth,
    },
    {
        .name = "validate",
        .operands = "FILE...",
        .least = 1,
        .most = SIZE_MAX,
        .offers = OFFER_FILES,
        .purpose = "Say what is wrong with stack files and templates",
        .description = "Problems go to standard output. The exit status is 1 when there are errors "
                       "or warnings; notes do not count.",
        .examples = "  cfngen validate stack.yaml\n"
                    "  cfngen validate --diagnostics json template.json\n",
        .options = validate_options,
        .run = cmd_validate,
    },
    {
        .name = "help",
        .operands = "[COMMAND]",
        .most = 1,
        .offers = OFFER_COMMANDS,
        .purpose = "Say what there is, or what a command takes",
        .options = no_options,
        .run = cmd_help,
    },
    {
        .name = "version",
        .operands = "",
        .purpose = "Print the version",
        .options = no_options,
        .run = cmd_version,
    },
    {0},
};

const cli_command *find_command(const char *name)
{
    for (const cli_command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}
