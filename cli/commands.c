/* The table of commands and their options. */
#include "command.h"
#include "cutover/cutover.h"
#include "deploy/options.h"
#include "diff.h"
#include "schema_options.h"
#include "stack_file.h"
#include "task/task.h"
#include "test/options.h"

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
const cli_option environment = {
    .name = "environment",
    .value = "E",
    .purpose = "The environment in names and tags, as prod; beats the stack file's, else dev",
};
const cli_option suffix = {
    .name = "suffix",
    .value = "S",
    .purpose = "What names end in, as pr42; beats the stack file's, else the template has a "
               "parameter EnvironmentSuffix",
};
const cli_option region = {
    .name = "region",
    .value = "R",
    .accepts = is_region,
    .form = "a region such as eu-central-1",
    .purpose = "Where the template is meant for; informs checks only",
};
const cli_option set = {
    .name = "set",
    .value = "PARAMETER=VALUE",
    .accepts = is_setting,
    .form = "Parameter=Value",
    .repeats = true,
    .purpose = "Give a parameter of the template a new Default; may be repeated",
};
const cli_option diagnostics = {
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

const cli_option as_json = {
    .name = "json",
    .purpose = "Print JSON",
};
static const cli_option force = {
    .name = "force",
    .purpose = "Write over a file that exists",
};

const cli_option schema = {
    .name = "schema",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Take the facts about resource types from there; beats CFNGEN_SCHEMA, which beats "
               "those that are built in",
};
static const cli_option outputs_file = {
    .name = "outputs",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "The outputs of the stack, as cfngen outputs writes them; without it, "
               "cfn-outputs/flat-outputs.json",
};
static const cli_option runbook_output = {
    .name = "output",
    .letter = 'o',
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Write there instead of standard output",
};

static const cli_option *const no_options[] = {NULL};
static const cli_option *const synth_options[] = {&output, &format, &minify, &environment, &suffix,
                                                  &region, &set,    &schema, &diagnostics, NULL};
static const cli_option *const validate_options[] = {&environment, &suffix,      &region, &set,
                                                     &schema,      &diagnostics, &quiet,  NULL};
static const cli_option *const json_options[] = {&as_json, NULL};
static const cli_option *const explain_options[] = {&as_json, &schema, NULL};
static const cli_option *const init_options[] = {&force, NULL};
static const cli_option *const runbook_options[] = {&outputs_file, &runbook_output, NULL};

static const char *const lists[] = {"constructs", "blueprints", "diagnostics", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};

/* The commands of replication tasks are alike but for what they do. */
#define TASK_COMMAND(word, does, and, shown)                                                       \
    {                                                                                              \
        .name = "task " #word, .operands = "TASK", .least = 1, .most = 1, .purpose = does,         \
        .description = "TASK is a stack that has a replication task, STACK/LogicalId of one of "   \
                       "several, or its ARN. " and,                                                \
        .examples = shown, .options = task_##word##_options, .run = cmd_task_##word,               \
    }

/* So are those of the cutover. */
#define CUTOVER_COMMAND(word, operand, number, takes, does, and, shown)                            \
    {                                                                                              \
        .name = "cutover " #word, .operands = operand, .least = number, .most = number,            \
        .purpose = does,                                                                           \
        .description =                                                                             \
            and" The function that the stack's output CutoverFunctionName names does it, invoked " \
               "by your aws command. Exit status: 0 done, 1 refused, 2 wrong usage, 3 the "        \
               "function cannot be reached or failed, 4 not finished: the same command goes on.",  \
        .examples = shown, .options = cutover_##takes##_options, .run = cmd_cutover_##word,        \
    }

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
        .name = "diff",
        .operands = "[OLD] NEW",
        .least = 1,
        .most = 2,
        .offers = OFFER_FILES,
        .purpose = "Say what deploying NEW would do to a stack that was deployed from OLD",
        .description =
            "Both are templates or stack files, in YAML or JSON; - is standard input. They are "
            "compared for what they mean: what is replaced, removed or lost is told, also where "
            "only a reference changes. With --stack NEW is compared with what is deployed. Options "
            "such as --environment are for stack files.",
        .examples =
            "  cfngen diff old.json stack.yaml --environment prod --suffix v1\n"
            "  git show HEAD:template.yaml | cfngen diff - template.yaml --format markdown\n"
            "  cfngen diff old.json new.json --only replacements --exit-code\n"
            "  cfngen diff stack.yaml --stack shop-prod --environment prod --suffix v1\n",
        .options = diff_options,
        .run = cmd_diff,
    },
    {
        .name = "test",
        .operands = "FILE...",
        .least = 1,
        .most = SIZE_MAX,
        .offers = OFFER_FILES,
        .purpose = "Run tests that assert what a template holds",
        .description =
            "FILE is a test file: YAML that names a stack file or template and lists tests, as "
            "docs/assertions.md describes. Results go to standard output. The exit status is 1 "
            "when a test fails or a file has mistakes.",
        .examples = "  cfngen test stack.test.yaml\n"
                    "  cfngen test tests/*.yaml --junit build/junit.xml\n"
                    "  cfngen test stack.test.yaml --filter backup --format tap\n",
        .options = test_options,
        .run = cmd_test,
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
        .operands = "CONSTRUCT|TYPE[.Property...]|DIAGNOSTIC-ID",
        .least = 1,
        .most = 1,
        .offers = OFFER_CONSTRUCTS | OFFER_TYPES,
        .purpose = "Say what a construct or resource type takes and gives, or a diagnostic means",
        .description = "The name of a construct or a type may be cut at the front, and letter case "
                       "does not count; a construct comes before a type.",
        .examples = "  cfngen explain Cfngen::RDS::AuroraCluster\n"
                    "  cfngen explain auroracluster.ServerlessV2.MinCapacity\n"
                    "  cfngen explain AWS::RDS::DBCluster.Endpoint\n"
                    "  cfngen explain CFN2005\n",
        .options = explain_options,
        .run = cmd_explain,
    },
    {
        .name = "schema types",
        .operands = "[GLOB]",
        .most = 1,
        .purpose = "List the resource types that CloudFormation knows",
        .description = "GLOB is a pattern such as AWS::DMS::*; letter case does not count, and "
                       "without * ? [ it may stand anywhere in the name.",
        .examples = "  cfngen schema types dms\n"
                    "  cfngen schema types 'AWS::RDS::*' --region eu-central-1\n",
        .options = types_options,
        .run = cmd_schema_types,
    },
    {
        .name = "schema dump",
        .operands = "[TYPE...]",
        .most = SIZE_MAX,
        .offers = OFFER_TYPES,
        .purpose = "Print all facts about resource types, for reviews",
        .description = "A line for each property; without TYPE those of all types, and where they "
                       "come from.",
        .examples = "  cfngen schema dump AWS::DMS::Endpoint\n"
                    "  diff <(cfngen schema dump) <(cfngen schema dump --schema new.bin)\n",
        .options = dump_options,
        .run = cmd_schema_dump,
    },
    {
        .name = "schema editor",
        .operands = "[GLOB...]",
        .most = SIZE_MAX,
        .offers = OFFER_TYPES,
        .purpose = "Print a JSON Schema with which editors help to write stack files",
        .description = "It has the constructs with all that they take, and the names of all "
                       "resource types; of those that match a GLOB the properties, too. "
                       "docs/stack-files.md says how an editor is told of it.",
        .examples = "  cfngen schema editor >cfngen.schema.json\n"
                    "  cfngen schema editor 'AWS::RDS::*' 'AWS::DMS::*' >cfngen.schema.json\n",
        .options = dump_options,
        .run = cmd_schema_editor,
    },
    {
        .name = "schema build",
        .operands = "DIR...",
        .least = 1,
        .most = SIZE_MAX,
        .offers = OFFER_FOLDERS,
        .purpose = "Make a file of facts out of provider schemas",
        .description =
            "DIR holds provider schemas as AWS publishes them, or a folder of them for each "
            "region, and tables that docs/schema.md describes. It is the program "
            "cfngen-schema-build that does it (make schema-build).",
        .examples = "  cfngen schema build schemas/ -o new.bin\n"
                    "  CFNGEN_SCHEMA=new.bin cfngen explain AWS::DMS::Endpoint\n",
        .options = build_options,
        .run = cmd_schema_build,
    },
    {
        .name = "bindings",
        .operands = "[SERVICE...]",
        .most = SIZE_MAX,
        .purpose = "Write typed C headers of resource types, one for each service",
        .description =
            "Into DIR goes cfngen/aws/SERVICE.h. Without SERVICE they are listed; letter case does "
            "not count. The headers of the services that a migration needs are installed with "
            "cfngen; docs/bindings.md says how a resource type becomes C.",
        .examples = "  cfngen bindings DynamoDB SES -o include/\n"
                    "  cfngen bindings --all -o include/\n",
        .options = bindings_options,
        .run = cmd_bindings,
    },
    {
        .name = "deploy",
        .operands = "FILE",
        .least = 1,
        .most = 1,
        .offers = OFFER_FILES,
        .purpose = "Create or update a stack from a stack file or template",
        .description =
            "Shows what would change, asks before data or security are touched, executes, prints "
            "the events, and writes the outputs. What is interrupted goes on in AWS; run again, it "
            "is watched to its end. A deployment that changes nothing is a success.",
        .examples = "  cfngen deploy migration.yaml --environment prod --suffix v1 \\\n"
                    "      --stack-name migration --parameters-file prod.json\n"
                    "  cfngen deploy migration.yaml --stack-name migration --no-execute\n",
        .options = deploy_options,
        .run = cmd_deploy,
    },
    {
        .name = "outputs",
        .operands = "",
        .purpose = "Write the outputs of deployed stacks as one flat JSON object",
        .description =
            "{\"OutputKey\": \"value\"}, sorted by key; the file is replaced as a whole or not at "
            "all. Several stacks become one object, unless two have an output of the same key.",
        .examples = "  cfngen outputs --stack migration --expect migration.yaml\n"
                    "  cfngen outputs --stack network --stack migration --prefix -o outputs.json\n"
                    "  aws cloudformation describe-stacks | cfngen outputs --stack shop --from -\n"
                    "  eval \"$(cfngen outputs --stack migration --format env)\"\n",
        .options = outputs_options,
        .run = cmd_outputs,
    },
    {
        .name = "runbook",
        .operands = "BLUEPRINT",
        .least = 1,
        .most = 1,
        .offers = OFFER_BLUEPRINTS,
        .purpose = "Print the steps of a migration, with the commands for a deployed stack",
        .description =
            "Markdown: checks before, load, changes, validation, cutover, the way back, the end. "
            "Endpoints, ARNs and the like are filled in from the outputs; secrets are not. An "
            "output that is missing is told, stands there as '<OutputKey>', and makes the exit "
            "status 4.",
        .examples = "  cfngen runbook rds-mysql-to-aurora-mysql -o runbook.md\n"
                    "  cfngen runbook rds-mysql-to-aurora-mysql --outputs prod-outputs.json\n",
        .options = runbook_options,
        .run = cmd_runbook,
    },
    {
        .name = "status",
        .operands = "STACK",
        .least = 1,
        .most = 1,
        .purpose = "Say how a deployed stack is, or watch what is under way",
        .description = "The exit status is 1 when its last operation went wrong.",
        .examples = "  cfngen status migration\n"
                    "  cfngen status --watch migration\n",
        .options = status_options,
        .run = cmd_status,
    },
    {
        .name = "drift",
        .operands = "STACK",
        .least = 1,
        .most = 1,
        .purpose = "Show what was changed by hand since a stack was deployed",
        .description =
            "The exit status is 1 when something was, 4 when not all could be looked at.",
        .examples = "  cfngen drift migration\n",
        .options = drift_options,
        .run = cmd_drift,
    },
    {
        .name = "destroy",
        .operands = "STACK",
        .least = 1,
        .most = 1,
        .purpose = "Delete a deployed stack",
        .description = "Names what holds data and what stays, and asks first.",
        .examples = "  cfngen destroy migration --stop-task\n",
        .options = destroy_options,
        .run = cmd_destroy,
    },
    TASK_COMMAND(test, "Test the connections of a replication task to both databases",
                 "DMS tests them from the replication instance.", "  cfngen task test migration\n"),
    TASK_COMMAND(start, "Start a replication task, or resume it from where it stopped",
                 "Before its first start both connections are tested. A task that runs is left "
                 "alone.",
                 "  cfngen task start migration/MigrationTask --watch\n"),
    TASK_COMMAND(stop, "Stop a replication task, and wait until it has stopped",
                 "It can be started again from where it was.", "  cfngen task stop migration\n"),
    TASK_COMMAND(status, "Say how a replication task and its tables are",
                 "The exit status is 1 when it failed, when a table has an error, or when rows "
                 "differ by the validation of DMS.",
                 "  cfngen task status migration --watch\n"
                 "  cfngen task status migration --json\n"),
    TASK_COMMAND(reload, "Load tables of a replication task again",
                 "Without --table the stopped task begins anew with all tables. What they hold at "
                 "the target is replaced, so it asks first.",
                 "  cfngen task reload migration --table shop.orders --table shop.items\n"),
    CUTOVER_COMMAND(status, "", 0, status, "Say how far the cutover of a migration is",
                    "Where the traffic goes, and whether task, lag, validation and alarms let more "
                    "of it go to the target.",
                    "  cfngen cutover status --stack migration\n"
                    "  cfngen cutover status --stack migration --json\n"),
    CUTOVER_COMMAND(shift, "WEIGHT", 1, shift, "Send a part of the traffic to the target",
                    "WEIGHT is the percentage that goes to the target, from 0 to 100; a record of "
                    "mode CNAME takes 0 and 100 alone. It is refused, with reasons, unless the "
                    "task runs and has loaded all, the lag is small, the last validation is clean "
                    "and young, and no alarm is raised.",
                    "  cfngen cutover shift 20 --stack migration --wait\n"),
    CUTOVER_COMMAND(
        complete, "", 0, switch, "Send all traffic to the target, and end the cutover",
        "It is refused as shift is. Make the source read-only before: what is written to "
        "it from now on is lost. What is written to the target comes back to the "
        "source with --reverse alone.",
        "  cfngen cutover complete --stack migration --wait\n"
        "  cfngen cutover complete --stack migration --reverse --wait\n"),
    CUTOVER_COMMAND(rollback, "", 0, switch, "Send all traffic back to the source",
                    "After complete it is refused unless the reverse task runs, because what was "
                    "written to the target would be lost. With --reverse make the target read-only "
                    "before: it waits until the source has caught up.",
                    "  cfngen cutover rollback --stack migration --wait\n"
                    "  cfngen cutover rollback --stack migration --reverse --wait\n"),
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
        .most = 2,
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
