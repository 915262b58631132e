/* Takes the options of a preflight, and runs it. */
#include "preflight.h"

#include <cfngen/read.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* The second signal ends the program at once. */
static volatile int cancelled;

static void cancel(int signal_number)
{
    cancelled = 1;
    signal(signal_number, SIG_DFL);
}

static const char *address(const cli_arguments *arguments, const char *name, const char *variable)
{
    const char *value = option_value(arguments, name);
    return value ? value : getenv(variable);
}

static double number(const cli_arguments *arguments, const char *name)
{
    const char *value = option_value(arguments, name);
    return value ? strtod(value, NULL) : 0;
}

/* The patterns of -t; NULL without memory. */
static const char **tables(const cli_arguments *arguments, size_t *count)
{
    size_t cursor = 0;
    const char *pattern;
    const char **all = calloc(arguments->option_count + 1, sizeof *all);
    while (all && (pattern = option_next(arguments, "table", &cursor)))
        all[(*count)++] = pattern;
    return all;
}

static bool read_mappings(const cli_arguments *arguments, cfn_arena *arena,
                          cfn_diagnostics *diagnostics, cfn_preflight_options *options)
{
    const char *path = option_value(arguments, "mappings");
    if (!path)
        return true;
    const cfn_node *root = cfn_read_file(arena, diagnostics, path, CFN_FORMAT_AUTO);
    if (root)
        options->mappings = cfn_dms_mappings_read(arena, diagnostics, root);
    return options->mappings != NULL;
}

static int verdict_status(cfn_preflight_verdict verdict)
{
    return verdict == CFN_PREFLIGHT_FAIL      ? STATUS_FINDINGS
           : verdict == CFN_PREFLIGHT_UNKNOWN ? STATUS_INCOMPLETE
                                              : STATUS_CLEAN;
}

static int match(const cli_arguments *arguments, cfn_arena *arena, cfn_diagnostics *diagnostics,
                 const cfn_preflight_options *options)
{
    cfn_preflight_parameters *matched = cfn_preflight_match_parameters(arena, diagnostics, options);
    if (!matched)
        return STATUS_TROUBLE;
    if (option_value(arguments, "json"))
        print_parameters_json(matched);
    else
        print_parameters(matched);
    return STATUS_CLEAN;
}

static int look(const cli_arguments *arguments, cfn_arena *arena, cfn_diagnostics *diagnostics,
                const cfn_preflight_options *options)
{
    cfn_preflight_report *report = cfn_preflight_run(arena, diagnostics, options);
    if (!report)
        return STATUS_TROUBLE;
    if (option_value(arguments, "json"))
        print_preflight_json(report);
    else
        print_preflight(report);
    return verdict_status(report->verdict);
}

static int run(const cli_arguments *arguments, cfn_arena *arena, cfn_diagnostics *diagnostics)
{
    cfn_preflight_options o = {
        .source = address(arguments, "source", "CFNGEN_SOURCE_URL"),
        .target = address(arguments, "target", "CFNGEN_TARGET_URL"),
        .source_password = getenv("CFNGEN_SOURCE_PASSWORD"),
        .target_password = getenv("CFNGEN_TARGET_PASSWORD"),
        .lob_rows = (uint64_t)number(arguments, "lob-rows"),
        .lob_seconds = number(arguments, "lob-seconds"),
        .max_seconds = number(arguments, "max-seconds"),
        .cancelled = &cancelled,
    };
    if (!o.source)
        return usage_error(arguments->command,
                           "--source is missing, and CFNGEN_SOURCE_URL is not set");
    o.tables = tables(arguments, &o.table_count);
    if (!o.tables)
        return out_of_memory();
    signal(SIGINT, cancel);
    signal(SIGTERM, cancel);
    int status = STATUS_TROUBLE;
    if (read_mappings(arguments, arena, diagnostics, &o))
        status = option_value(arguments, "parameters") ? match(arguments, arena, diagnostics, &o)
                                                       : look(arguments, arena, diagnostics, &o);
    if (cfn_diagnostics_size(diagnostics))
        print_diagnostics(stderr, diagnostics, false);
    free((void *)o.tables);
    return status;
}

int cmd_preflight(const cli_arguments *arguments)
{
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    int status = arena && diagnostics ? run(arguments, arena, diagnostics) : out_of_memory();
    cfn_arena_free(arena);
    cfn_diagnostics_free(diagnostics);
    return status;
}
