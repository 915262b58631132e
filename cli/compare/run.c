/* Takes the options of a comparison, and runs it. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void take_options(const cli_arguments *arguments, comparison *c)
{
    const char *mode = option_value(arguments, "mode"), *settle = option_value(arguments, "settle");
    cfn_compare_options *o = &c->options;
    o->tables = table_patterns(arguments, &o->table_count);
    o->where = option_value(arguments, "where");
    o->mode = !mode || *mode == 'a' ? CFN_COMPARE_AUTO
              : *mode == 'd'        ? CFN_COMPARE_DIGEST
                                    : CFN_COMPARE_STREAM;
    o->max_seconds = number_value(arguments, "max-seconds");
    o->settle_seconds =
        settle && number_value(arguments, "settle") <= 0 ? -1 : number_value(arguments, "settle");
    o->statement_seconds = (unsigned)number_value(arguments, "statement-seconds");
    o->heartbeat = option_value(arguments, "heartbeat");
    o->heartbeat_seconds = number_value(arguments, "heartbeat-seconds");
    o->jobs = (unsigned)number_value(arguments, "jobs");
    o->load = (unsigned)number_value(arguments, "max-load");
    o->max_differences = (uint64_t)number_value(arguments, "max-differences");
    o->max_details = (uint64_t)number_value(arguments, "details");
    o->show_values = option_value(arguments, "show-values") != NULL;
    o->progress = isatty(STDERR_FILENO) ? show_progress : NULL;
}

int begin_comparison(const cli_arguments *arguments, comparison *c)
{
    *c = (comparison){.arena = cfn_arena_new(), .diagnostics = cfn_diagnostics_new()};
    if (!c->arena || !c->diagnostics)
        return out_of_memory();
    take_options(arguments, c);
    if (!c->options.tables)
        return out_of_memory();
    int status = find_databases(arguments, c->arena, c->diagnostics, true, &c->where);
    if (status != STATUS_CLEAN) {
        print_diagnostics(stderr, c->diagnostics, false);
        return status;
    }
    c->options.source = c->where.source;
    c->options.target = c->where.target;
    c->options.source_password = c->where.source_password;
    c->options.target_password = c->where.target_password;
    c->options.cancelled = watch_for_signals();
    bool good;
    c->options.mappings = read_table_mappings(arguments, c->arena, c->diagnostics, &good);
    if (good)
        return begin_resuming(arguments, c);
    print_diagnostics(stderr, c->diagnostics, false);
    return STATUS_TROUBLE;
}

int run_comparison(const cli_arguments *arguments, cfn_compare_task task, comparison *c)
{
    int status = begin_comparison(arguments, c);
    if (status == STATUS_CLEAN)
        status = begin_repair(arguments, c);
    if (status != STATUS_CLEAN)
        return status;
    c->report = cfn_compare_run(c->arena, c->diagnostics, &c->options, task);
    end_progress();
    if (cfn_diagnostics_size(c->diagnostics))
        print_diagnostics(stderr, c->diagnostics, false);
    return c->report ? keep_work(c) : STATUS_TROUBLE;
}

void comparison_free(comparison *c)
{
    free_repair(c);
    databases_free(&c->where);
    cfn_arena_free(c->arena);
    cfn_diagnostics_free(c->diagnostics);
    free((void *)c->options.tables);
}

int verdict_status(cfn_compare_verdict verdict)
{
    switch (verdict) {
    case CFN_COMPARE_EQUAL:
        return STATUS_CLEAN;
    case CFN_COMPARE_DIFFERENT:
        return STATUS_FINDINGS;
    default:
        return STATUS_INCOMPLETE;
    }
}

int finish_comparison(const cli_arguments *arguments, comparison *c)
{
    int status = finish_output(write_report(arguments, c));
    if (status == STATUS_CLEAN)
        status = write_repair(c);
    return status == STATUS_CLEAN ? end_resuming(c) : status;
}

/* Runs a task, tells its outcome by `print`, and gives the exit status. */
static int perform(const cli_arguments *arguments, cfn_compare_task task,
                   void (*print)(const cfn_compare_report *, cfn_compare_task))
{
    comparison c;
    int status = run_comparison(arguments, task, &c);
    if (c.report) {
        const char *json = option_value(arguments, "json");
        if (!json || strcmp(json, "-") != 0)
            print(c.report, task);
        int written = finish_comparison(arguments, &c);
        status = status == STATUS_CLEAN ? written : status;
        if (status == STATUS_CLEAN)
            status = verdict_status(c.report->verdict);
    }
    comparison_free(&c);
    return status;
}

static void print_statements(const cfn_compare_report *report, cfn_compare_task task)
{
    (void)task;
    for (size_t i = 0; i < report->table_count; i++) {
        const cfn_compare_table *t = report->tables[i];
        printf("-- %s.%s, at the source\n%s;\n-- %s.%s, at the target\n%s;\n", t->schema, t->name,
               t->source_sql, t->target_schema, t->target_name, t->target_sql);
    }
}

int cmd_compare_plan(const cli_arguments *arguments)
{
    return perform(arguments, CFN_COMPARE_PLAN, print_report);
}

int cmd_compare_explain(const cli_arguments *arguments)
{
    return perform(arguments, CFN_COMPARE_PLAN, print_statements);
}

int cmd_compare_count(const cli_arguments *arguments)
{
    return perform(arguments, CFN_COMPARE_COUNT, print_report);
}

int cmd_compare_check(const cli_arguments *arguments)
{
    return perform(arguments, CFN_COMPARE_CHECK, print_report);
}
