/* The table of the commands of cfngen-compare and their options. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

static bool is_percent(const char *text)
{
    return is_number(text, 1, 100) && !strchr(text, '.');
}

static bool is_jobs(const char *text)
{
    return is_number(text, 1, 64) && !strchr(text, '.');
}

static const char *const modes[] = {"auto", "digest", "stream", NULL};

static const cli_option task = {
    .name = "task",
    .value = "ARN",
    .purpose = "The DMS task: it must be running, and its CDCLatencySource and CDCLatencyTarget in "
               "CloudWatch must be fresh and small enough",
};
static const cli_option max_lag = {
    .name = "max-lag",
    .value = "SECONDS",
    .accepts = is_seconds,
    .form = "a number of seconds",
    .purpose = "How far the target may be behind: 30",
};
static const cli_option samples = {
    .name = "samples",
    .value = "NUMBER",
    .accepts = is_count,
    .form = "a number",
    .purpose = "How many heartbeats to send: 3",
};
static const cli_option where = {
    .name = "where",
    .value = "SQL",
    .purpose = "Only rows that meet this condition, at both sides",
};
static const cli_option mode = {
    .name = "mode",
    .value = "auto|digest|stream",
    .values = modes,
    .purpose =
        "Let the servers add up hashes (digest), fetch all rows (stream), or do what turns out "
        "to be faster (auto, the default)",
};
static const cli_option settle = {
    .name = "settle",
    .value = "SECONDS",
    .accepts = is_seconds,
    .form = "a number of seconds",
    .purpose =
        "How long to wait before a row that differs is looked at again, because it may be on "
        "its way: 60; 0 when nothing writes to the source",
};
static const cli_option heartbeat = {
    .name = "heartbeat",
    .value = "SCHEMA.TABLE",
    .accepts = is_table,
    .form = "a schema and a table, as shop.heartbeat",
    .purpose =
        "Instead of waiting, write to this table of the source, which is replicated too, and "
        "see when it comes: CREATE TABLE heartbeat (id INT PRIMARY KEY, beat BIGINT)",
};
static const cli_option heartbeat_seconds = {
    .name = "heartbeat-seconds",
    .value = "SECONDS",
    .accepts = is_seconds,
    .form = "a number of seconds",
    .purpose = "How long the heartbeat may take before the target counts as left behind: 120",
};
static const cli_option jobs = {
    .name = "jobs",
    .letter = 'j',
    .value = "NUMBER",
    .accepts = is_jobs,
    .form = "a number from 1 to 64",
    .purpose = "How many tables, and ranges of large tables, to compare at once, with a connection "
               "to either side for each: 1",
};
static const cli_option resume = {
    .name = "resume",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Keep in this file what is left to do, and take it up from there when the file is "
               "there already; it goes away when all was compared",
};
static const cli_option max_load = {
    .name = "max-load",
    .value = "PERCENT",
    .accepts = is_percent,
    .form = "a number from 1 to 100",
    .purpose = "How much of the time to keep the servers at work: 100",
};
static const cli_option max_seconds = {
    .name = "max-seconds",
    .value = "SECONDS",
    .accepts = is_seconds,
    .form = "a number of seconds",
    .purpose = "Stop after that time; what was not compared is incomplete",
};
static bool is_whole_seconds(const char *text)
{
    return is_number(text, 1, 86400) && !strchr(text, '.');
}

static const cli_option statement_seconds = {
    .name = "statement-seconds",
    .value = "SECONDS",
    .accepts = is_whole_seconds,
    .form = "a number of seconds from 1 to 86400",
    .purpose = "Give a statement up after that time and try it with fewer rows: 300",
};
static const cli_option max_differences = {
    .name = "max-differences",
    .value = "NUMBER",
    .accepts = is_count,
    .form = "a number",
    .purpose = "Give a table up after so many rows that seem to differ: 10000",
};
static const cli_option details = {
    .name = "details",
    .value = "NUMBER",
    .accepts = is_count,
    .form = "a number",
    .purpose = "List so many differences of a table: 100",
};
static const cli_option show_values = {
    .name = "show-values",
    .purpose = "Show the values that differ; without it only keys, columns and reasons are",
};
static const cli_option repair_sql = {
    .name = "repair-sql",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Write SQL that would make the target hold what the source holds, for someone to "
               "read and run: it is never run by cfngen. The file holds the data of the rows that "
               "differ; only its owner may read it",
};
static const cli_option json = {
    .name = "json",
    .value = "FILE",
    .offers = OFFER_FILES,
    .purpose = "Write the report as JSON; - is standard output, in place of the text",
};

#define WHAT DATABASE_OPTIONS, &table_option, &mappings_option, &where
static const cli_option lambda = {
    .name = "lambda",
    .value = "FUNCTION",
    .purpose =
        "Let the validator function of that name or ARN compare, beside the databases that it was "
        "deployed for; it is invoked by the aws command, as often as it takes",
};
static const cli_option region = {
    .name = "region",
    .value = "R",
    .purpose = "Where the function is; else what aws is configured for",
};

#define HOW                                                                                        \
    &mode, &settle, &heartbeat, &heartbeat_seconds, &jobs, &max_load, &max_seconds,                \
        &statement_seconds, &resume, &max_differences, &details, &show_values, &repair_sql

static const cli_option *const plan_options[] = {WHAT, &json, NULL};
static const cli_option *const count_options[] = {WHAT, &max_seconds, &json, NULL};
static const cli_option *const check_options[] = {WHAT, HOW, &json, NULL};
static const cli_option *const gate_options[] = {WHAT,    HOW,     &max_lag, &task,
                                                 &lambda, &region, &json,    NULL};
static const cli_option *const lag_options[] = {
    DATABASE_OPTIONS, &mappings_option, &heartbeat, &heartbeat_seconds,
    &samples,         &max_lag,         &json,      NULL};

#define EXIT                                                                                       \
    "Exit status: 0 equal, 1 different, 2 wrong usage, 3 a database cannot be reached or used, 4 " \
    "incomplete."

const cli_command commands[] = {
    {
        .name = "compare plan",
        .operands = "",
        .purpose = "Say what would be compared, and what cannot be",
        .description = "Nothing is read but the catalogues. " EXIT,
        .examples = "  cfngen compare plan --source mysql://me@old/shop --target mysql://me@new/\n",
        .options = plan_options,
        .run = cmd_compare_plan,
    },
    {
        .name = "compare explain",
        .operands = "",
        .purpose = "Print the statements that add up a table's rows",
        .description =
            "The digest of a whole table, as both sides are asked for it in parts. " EXIT,
        .examples = "  cfngen compare explain -t shop.orders\n",
        .options = plan_options,
        .run = cmd_compare_explain,
    },
    {
        .name = "compare count",
        .operands = "",
        .purpose = "Compare the numbers of rows",
        .description =
            "The numbers are those of the moment: rows on their way make a difference. " EXIT,
        .examples = "  cfngen compare count --mappings mappings.json\n",
        .options = count_options,
        .run = cmd_compare_count,
    },
    {
        .name = "compare schema",
        .operands = "",
        .purpose = "Compare what DMS does not bring over: keys, indexes, triggers, views ...",
        .description = "Columns, indexes, constraints, triggers, views, routines, events and the "
                       "next numbers of "
                       "sequences and AUTO_INCREMENT, of the tables that check would compare and "
                       "of their schemas. "
                       "What is at the target alone is listed and makes no difference. " EXIT,
        .examples = "  cfngen compare schema --mappings mappings.json\n",
        .options = plan_options,
        .run = cmd_compare_schema,
    },
    {
        .name = "compare check",
        .operands = "",
        .purpose = "Compare the data of two databases, row by row",
        .description =
            "Rows that seem to differ are looked at again, so that those on their way from the "
            "source to the target are no differences. What cannot be compared exactly makes the "
            "verdict incomplete. " EXIT,
        .examples = "  cfngen compare check -t 'shop.%' --heartbeat shop.heartbeat\n"
                    "  cfngen compare check --mappings mappings.json --json report.json\n",
        .options = check_options,
        .run = cmd_compare_check,
    },
    {
        .name = "compare lag",
        .operands = "",
        .purpose = "Measure how far the target is behind the source",
        .description =
            "Writes heartbeats at the source and awaits them at the target. Exit status: 0 they "
            "came in time, 1 the target is further behind than --max-lag, 2 wrong usage, 3 a "
            "database cannot be reached or used, 4 one did not come.",
        .examples = "  cfngen compare lag --heartbeat shop.heartbeat --max-lag 5\n",
        .options = lag_options,
        .run = cmd_compare_lag,
    },
    {
        .name = "compare gate",
        .operands = "",
        .purpose = "Say whether to cut over: GO, NO_GO or INCOMPLETE",
        .description =
            "The data as check compares them, with --heartbeat how far the target is behind, and "
            "with --task what AWS says of the DMS task; the verdict and its reasons are printed. "
            "With --lambda a function does it, which reaches databases that this machine does not: "
            "of the other options it takes --table, --mappings, --mode, --settle, --heartbeat, "
            "--max-load and --details. Exit status: 0 GO, 1 NO_GO, 2 wrong usage, 3 a database or "
            "AWS cannot be reached or "
            "used, 4 INCOMPLETE.",
        .examples = "  cfngen compare gate --mappings mappings.json --heartbeat shop.heartbeat\n"
                    "  cfngen compare gate --lambda validator-prod-v1 --region eu-west-2\n",
        .options = gate_options,
        .run = cmd_compare_gate,
    },
    {0},
};
