/* Takes the options of a preflight, and runs it. */
#include "../databases/databases.h"
#include "preflight.h"

#include <stdlib.h>

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

static int take_options(const cli_arguments *arguments, cfn_arena *arena,
                        cfn_diagnostics *diagnostics, databases *where, cfn_preflight_options *o)
{
    int status = find_databases(arguments, arena, diagnostics, false, where);
    if (status != STATUS_CLEAN)
        return status;
    *o = (cfn_preflight_options){
        .source = where->source,
        .target = where->target,
        .source_password = where->source_password,
        .target_password = where->target_password,
        .lob_rows = (uint64_t)number_value(arguments, "lob-rows"),
        .lob_seconds = number_value(arguments, "lob-seconds"),
        .max_seconds = number_value(arguments, "max-seconds"),
        .cancelled = watch_for_signals(),
    };
    o->tables = table_patterns(arguments, &o->table_count);
    return o->tables ? STATUS_CLEAN : out_of_memory();
}

static int run(const cli_arguments *arguments, cfn_arena *arena, cfn_diagnostics *diagnostics)
{
    databases where = {0};
    cfn_preflight_options o = {0};
    bool good = true;
    int status = take_options(arguments, arena, diagnostics, &where, &o);
    if (status == STATUS_CLEAN)
        o.mappings = read_table_mappings(arguments, arena, diagnostics, &good);
    if (status == STATUS_CLEAN && !good)
        status = STATUS_TROUBLE;
    else if (status == STATUS_CLEAN)
        status = option_value(arguments, "parameters") ? match(arguments, arena, diagnostics, &o)
                                                       : look(arguments, arena, diagnostics, &o);
    if (cfn_diagnostics_size(diagnostics))
        print_diagnostics(stderr, diagnostics, false);
    free((void *)o.tables);
    databases_free(&where);
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
