/* The options of the commands of replication tasks. */
#include "../deploy/options.h"
#include "task.h"

#include <string.h>

/* Both parts are needed: SCHEMA.TABLE. */
static bool is_table(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot && dot > name && dot[1];
}

static const cli_option table = {
    .name = "table",
    .value = "SCHEMA.TABLE",
    .accepts = is_table,
    .form = "SCHEMA.TABLE, by the names of the source",
    .repeats = true,
    .purpose = "Load this table alone again, while the task runs; may be repeated",
};
static const cli_option position = {
    .name = "from",
    .value = "POSITION",
    .purpose = "Where the changes begin, for a task of changes alone: a position of the source's "
               "log, a checkpoint, or a time",
};
static const cli_option watch = {
    .name = "watch",
    .purpose = "Show what the tables are at until the full load is done or the task has stopped",
};

const cli_option *const task_test_options[] = {&aws_region, NULL};
const cli_option *const task_start_options[] = {&position, &watch, &aws_region, NULL};
const cli_option *const task_stop_options[] = {&aws_region, NULL};
const cli_option *const task_status_options[] = {&watch, &as_json, &aws_region, NULL};
const cli_option *const task_reload_options[] = {&table, &watch, &yes, &aws_region, NULL};
