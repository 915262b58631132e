/* The options of the commands that speak of deployed stacks. */
#include "options.h"

#include "../stack_file.h"

static const char *const outputs_formats[] = {"json", "env", NULL};

static const cli_option aws_region = {
    .name = "region",
    .value = "R",
    .accepts = is_region,
    .form = "a region such as eu-central-1",
    .purpose = "Where the stack is; without it, as the configuration of the aws command says",
};
static const cli_option stacks = {
    .name = "stack",
    .value = "STACK",
    .repeats = true,
    .purpose = "A deployed stack, by name or id; may be repeated",
};
static const cli_option flat_outputs = {
    .name = "output",
    .letter = 'o',
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Write there instead of cfn-outputs/flat-outputs.json (of env: instead of standard "
               "output)",
};
static const cli_option from = {
    .name = "from",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Take what aws cloudformation describe-stacks printed, of - from standard input, "
               "instead of asking AWS",
};
static const cli_option expect = {
    .name = "expect",
    .value = "TEMPLATE",
    .offers = OFFER_FILES,
    .purpose = "Write nothing unless the stack has the outputs that this template or stack file "
               "declares",
};
static const cli_option outputs_format = {
    .name = "format",
    .value = "json|env",
    .values = outputs_formats,
    .purpose = "env: lines KEY='value' for a shell",
};
static const cli_option prefix = {
    .name = "prefix",
    .purpose = "Put the name of its stack before each key: STACK.OutputKey",
};

const cli_option *const outputs_options[] = {&stacks,         &flat_outputs, &from,       &expect,
                                             &outputs_format, &prefix,       &aws_region, NULL};
const cli_option *const status_options[] = {&aws_region, NULL};
