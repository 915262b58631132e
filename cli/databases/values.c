/* What the options say of which tables, how much and how long; and that somebody had enough of it.
 */
#include "databases.h"

#include <cfngen/read.h>
#include <signal.h>
#include <stdlib.h>

static volatile int cancelled;

static void cancel(int signal_number)
{
    cancelled = 1;
    signal(signal_number, SIG_DFL);
}

const volatile int *watch_for_signals(void)
{
    signal(SIGINT, cancel);
    signal(SIGTERM, cancel);
    return &cancelled;
}

double number_value(const cli_arguments *arguments, const char *name)
{
    const char *value = option_value(arguments, name);
    return value ? strtod(value, NULL) : 0;
}

const char **table_patterns(const cli_arguments *arguments, size_t *count)
{
    size_t cursor = 0;
    const char *pattern;
    const char **all = calloc(arguments->option_count + 1, sizeof *all);
    while (all && (pattern = option_next(arguments, "table", &cursor)))
        all[(*count)++] = pattern;
    return all;
}

const cfn_dms_mappings *read_table_mappings(const cli_arguments *arguments, cfn_arena *arena,
                                            cfn_diagnostics *diagnostics, bool *good)
{
    const char *path = option_value(arguments, "mappings");
    const cfn_node *root = path ? cfn_read_file(arena, diagnostics, path, CFN_FORMAT_AUTO) : NULL;
    const cfn_dms_mappings *mappings =
        root ? cfn_dms_mappings_read(arena, diagnostics, root) : NULL;
    *good = !path || mappings;
    return mappings;
}
