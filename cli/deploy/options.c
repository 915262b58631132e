/* The options of the commands that speak of deployed stacks. */
#include "options.h"

#include "../stack_file.h"
#include "stack.h"

static const char *const outputs_formats[] = {"json", "env", NULL};

const cli_option aws_region = {
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

static const cli_option stack_to_deploy = {
    .name = "stack-name",
    .value = "STACK",
    .purpose = "The stack to create or update",
};
static const cli_option parameter_value = {
    .name = "parameter",
    .value = "NAME=VALUE",
    .accepts = is_setting,
    .form = "NAME=VALUE",
    .repeats = true,
    .purpose = "The value of a parameter; may be repeated. A stack that exists keeps the values "
               "that are not given",
};
static const cli_option parameters_file = {
    .name = "parameters-file",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Values of parameters, as a mapping of names to values or as AWS writes them; "
               "secrets belong here. - is standard input",
};
static const cli_option stack_tags = {
    .name = "tags",
    .value = "KEY=VALUE",
    .accepts = is_setting,
    .form = "KEY=VALUE",
    .repeats = true,
    .purpose = "A tag of the stack and all that is in it; may be repeated",
};
static const cli_option role = {
    .name = "role-arn",
    .value = "ARN",
    .purpose = "The role with which CloudFormation makes and changes resources",
};
static const cli_option bucket = {
    .name = "s3-bucket",
    .value = "BUCKET",
    .purpose = "Where code goes, and a template of more than 51,200 bytes",
};
static const cli_option code = {
    .name = "code",
    .value = "FUNCTION=ZIP",
    .accepts = is_setting,
    .form = "FUNCTION=ZIP",
    .repeats = true,
    .offers = OFFER_FILES,
    .purpose = "The code of a function of the stack file that names none: uploaded, and given to "
               "its parameters; may be repeated",
};
static const cli_option no_execute = {
    .name = "no-execute",
    .purpose = "Make the change set, show it, and leave it at that",
};
const cli_option yes = {
    .name = "yes",
    .letter = 'y',
    .purpose = "Agree to what would be asked",
};
static const cli_option timeout = {
    .name = "timeout",
    .value = "TIME",
    .accepts = is_duration,
    .form = "a time such as 90s, 30m or 2h",
    .purpose = "Stop watching after that, as 30m; the operation goes on",
};

static const cli_option watch_it = {
    .name = "watch",
    .purpose = "While an operation is under way, print its events until it has ended",
};
static const cli_option stop_task = {
    .name = "stop-task",
    .purpose = "Stop replication tasks of DMS first: DMS does not delete one that runs",
};

const cli_option *const deploy_options[] = {&stack_to_deploy,
                                            &environment,
                                            &suffix,
                                            &parameter_value,
                                            &parameters_file,
                                            &code,
                                            &bucket,
                                            &stack_tags,
                                            &role,
                                            &no_execute,
                                            &yes,
                                            &timeout,
                                            &flat_outputs,
                                            &aws_region,
                                            &schema,
                                            &diagnostics,
                                            NULL};
const cli_option *const outputs_options[] = {&stacks,         &flat_outputs, &from,       &expect,
                                             &outputs_format, &prefix,       &aws_region, NULL};
const cli_option *const status_options[] = {&watch_it, &timeout, &aws_region, NULL};
const cli_option *const destroy_options[] = {&stop_task, &yes, &role, &timeout, &aws_region, NULL};
const cli_option *const drift_options[] = {&aws_region, NULL};
