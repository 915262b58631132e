/* The command of cfngen-preflight and its options. */
#include "preflight.h"

#include <stdlib.h>
#include <string.h>

static bool is_number(const char *text)
{
    char *end = NULL;
    double value = strtod(text, &end);
    return *text && strspn(text, "0123456789.") == strlen(text) && !*end && value > 0 &&
           value <= 1e12;
}

static bool is_count(const char *text)
{
    return is_number(text) && !strchr(text, '.');
}

static bool is_table(const char *text)
{
    return strchr(text, '.') != NULL;
}

static const cli_option source = {
    .name = "source",
    .value = "URL",
    .purpose =
        "The database to look at, as mysql://user@host:3306/?ssl-ca=FILE or "
        "postgresql://user@host/database, with the login that DMS will use; else "
        "CFNGEN_SOURCE_URL. The password is taken from CFNGEN_SOURCE_PASSWORD, if it is not in the "
        "URL",
};
static const cli_option target = {
    .name = "target",
    .value = "URL",
    .purpose = "Look at the target, too; else CFNGEN_TARGET_URL, when it is set, and "
               "CFNGEN_TARGET_PASSWORD",
};
static const cli_option table = {
    .name = "table",
    .letter = 't',
    .value = "SCHEMA.TABLE",
    .accepts = is_table,
    .form = "a schema and a table, as shop.orders",
    .repeats = true,
    .purpose = "Only tables of the source of that name; % is any text; may be repeated",
};
static const cli_option mappings = {
    .name = "mappings",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "The table mappings of a DMS task: look at the tables and columns that it migrates",
};
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
    .accepts = is_number,
    .form = "a number of seconds",
    .purpose = "... and no longer than that: 30",
};
static const cli_option max_seconds = {
    .name = "max-seconds",
    .value = "SECONDS",
    .accepts = is_number,
    .form = "a number of seconds",
    .purpose = "Give up after that time",
};
static const cli_option json = {
    .name = "json",
    .purpose = "Print JSON",
};

static const cli_option *const options[] = {&source,     &target,   &table,       &mappings,
                                            &parameters, &lob_rows, &lob_seconds, &max_seconds,
                                            &json,       NULL};

const cli_command commands[] = {
    {
        .name = "preflight",
        .operands = "",
        .purpose = "Say whether a database is ready for a migration by DMS",
        .description =
            "Looks at the settings, the privileges of the login and the tables of a source, "
            "measures "
            "its LOBs, and says of each check what was found, why it matters and what to do. "
            "Nothing "
            "is written, and no value of a row is shown. Exit status: 0 ready, perhaps with "
            "warnings, "
            "1 not ready, 2 wrong usage, 3 a database cannot be reached or used, 4 something could "
            "not be looked at.",
        .examples = "  cfngen preflight --source mysql://dms@old.example/ --mappings tables.json\n"
                    "  cfngen preflight --source postgresql://dms@old.example/shop --parameters\n",
        .options = options,
        .run = cmd_preflight,
    },
    {0},
};
