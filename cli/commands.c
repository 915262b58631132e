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

static const cli_option json = {
    .name = "json",
    .purpose = "Print JSON",
};
static const cli_option force = {
    .name = "force",
    .purpose = "Write over a file that exists",
};

static const cli_option *const no_options[] = {NULL};
static const cli_option *const synth_options[] = {
    &output, &format, &minify, &environment, &suffix, &region, &set, &diagnostics, NULL};
static const cli_option *const validate_options[] = {&environment, &suffix, &region, &set,
                                                     &diagnostics, &quiet,  NULL};
static const cli_option *const json_options[] = {&json, NULL};
static const cli_option *const init_options[] = {&force, NULL};

static const char *const lists[] = {"constructs", "blueprints", "diagnostics", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};

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
        .name = "init",
        .operands = "[BLUEPRINT [DIR]]",
        .most = 2,
        .offers = OFFER_BLUEPRINTS | OFFER_FOLDERS,
        .purpose = "Copy a blueprint, a whole stack file, into a folder",
        .description =
            "Without BLUEPRINT they are listed. DIR is made when it is missing; - prints "
            "the blueprint instead.",
        .examples = "  cfngen init rds-mysql-to-aurora-mysql migration/\n",
        .options = init_options,
        .run = cmd_init,
    },
    {
        .name = "list",
        .operands = "[constructs|blueprints|diagnostics]",
        .most = 1,
        .words = lists,
        .purpose = "List constructs and blueprints, or diagnostics",
        .options = json_options,
        .run = cmd_list,
    },
    {
        .name = "explain",
        .operands = "CONSTRUCT[.Property[.Member]]|DIAGNOSTIC-ID",
        .least = 1,
        .most = 1,
        .offers = OFFER_CONSTRUCTS,
        .purpose = "Say what a construct takes and makes, or what a diagnostic means",
        .description = "The name of a construct may be cut at the front, and letter case does not "
                       "count.",
        .examples = "  cfngen explain Cfngen::RDS::AuroraCluster\n"
                    "  cfngen explain auroracluster.ServerlessV2.MinCapacity\n"
                    "  cfngen explain CFN2005\n",
        .options = json_options,
        .run = cmd_explain,
    },
    {
        .name = "completion",
        .operands = "bash|zsh|fish",
        .least = 1,
        .most = 1,
        .words = shells,
        .purpose = "Print the completion script of a shell",
        .examples = "  cfngen completion bash >/etc/bash_completion.d/cfngen\n"
                    "  source <(cfngen completion zsh)\n"
                    "  cfngen completion fish >~/.config/fish/completions/cfngen.fish\n",
        .options = no_options,
        .run = cmd_completion,
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
