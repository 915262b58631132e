/* The command of cfngen-preflight and its options. */
#include "../databases/databases.h"
#include "preflight.h"

static bool is_time(const char *text)
{
    return is_number(text, 1e-9, 1e7);
}

static const cli_option parameters = {
    .name = "parameters",
    .purpose =
        "Print the parameters that make an Aurora cluster behave as the source does, as YAML "
        "for Cfngen::RDS::AuroraCluster",
};
static const cli_option lob_rows = {
    .name = "lob-rows",
    .value = "NUMBER",
    .accepts = is_count,
    .form = "a number",
    .purpose = "Measure the LOBs of so many rows of a table: 1000000",
};
static const cli_option lob_seconds = {
    .name = "lob-seconds",
    .value = "SECONDS",
    .accepts = is_time,
    .form = "a number of seconds",
    .purpose = "... and no longer than that: 30",
};
static const cli_option max_seconds = {
    .name = "max-seconds",
    .value = "SECONDS",
    .accepts = is_time,
    .form = "a number of seconds",
    .purpose = "Give up after that time",
};
static const cli_option json = {
    .name = "json",
    .purpose = "Print JSON",
};

static const cli_option *const options[] = {DATABASE_OPTIONS, &table_option, &mappings_option,
                                            &parameters,      &lob_rows,     &lob_seconds,
                                            &max_seconds,     &json,         NULL};

const cli_command commands[] = {
    {
        .name = "preflight",
        .operands = "",
        .purpose = "Say whether a database is ready for a migration by DMS",
        .description =
            "Looks at the settings, the privileges of the login (so log in as DMS will) and the "
            "tables of a source, measures its LOBs, and says of each check what was found, why it "
            "matters and what to do. A target that is given is looked at, too. Nothing is "
            "written, and no value of a row is shown. Exit status: 0 ready, perhaps with "
            "warnings, "
            "1 not ready, 2 wrong usage, 3 a database cannot be reached or used, 4 something could "
            "not be looked at.",
        .examples = "  cfngen preflight --source mysql://dms@old.example/ --mappings tables.json\n"
                    "  cfngen preflight --source postgresql://dms@old.example/shop --parameters\n"
                    "  cfngen preflight --outputs cfn-outputs/flat-outputs.json\n",
        .options = options,
        .run = cmd_preflight,
    },
    {0},
};
