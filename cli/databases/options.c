/* The options that say which databases, and which of their tables. */
#include "databases.h"

#include <stdlib.h>
#include <string.h>

bool is_number(const char *text, double least, double most)
{
    char *end = NULL;
    double value = strtod(text, &end);
    return *text && strspn(text, "0123456789.") == strlen(text) && !*end && value >= least &&
           value <= most;
}

bool is_count(const char *text)
{
    return is_number(text, 1, 1e12) && !strchr(text, '.');
}

bool is_seconds(const char *text)
{
    return is_number(text, 0, 1e7);
}

bool is_table(const char *text)
{
    return strchr(text, '.') != NULL;
}

const cli_option source_option = {
    .name = "source",
    .value = "URL",
    .purpose =
        "The source database, as mysql://user@host:3306/?ssl-ca=FILE or "
        "postgresql://user@host/database; else CFNGEN_SOURCE_URL. The password is taken from "
        "CFNGEN_SOURCE_PASSWORD, if it is not in the URL",
};
const cli_option target_option = {
    .name = "target",
    .value = "URL",
    .purpose = "The target database; else CFNGEN_TARGET_URL and CFNGEN_TARGET_PASSWORD",
};
const cli_option source_secret_option = {
    .name = "source-secret",
    .value = "ARN",
    .purpose = "Instead of --source: a secret of AWS Secrets Manager with engine, host, port, "
               "username, password and dbname, which your own aws command reads",
};
const cli_option target_secret_option = {
    .name = "target-secret",
    .value = "ARN",
    .purpose = "The same for the target",
};
const cli_option ssl_ca_option = {
    .name = "ssl-ca",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "With secrets: the certificates to trust; for RDS and Aurora AWS's bundle",
};
const cli_option outputs_option = {
    .name = "outputs",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "The outputs of a stack, as cfn-outputs/flat-outputs.json: SourceSecretArn, "
               "TargetSecretArn and, for gate, DMSReplicationTaskArn are taken from there unless "
               "options or the environment say otherwise",
};
const cli_option table_option = {
    .name = "table",
    .letter = 't',
    .value = "SCHEMA.TABLE",
    .accepts = is_table,
    .form = "a schema and a table, as shop.orders",
    .repeats = true,
    .purpose = "Only tables of the source of that name; % is any text; may be repeated",
};
const cli_option mappings_option = {
    .name = "mappings",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "The table mappings of a DMS task: only the tables, rows and columns that it "
               "migrates, under the names that it gives them",
};
