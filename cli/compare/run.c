/* Takes the options of a comparison, and runs it. */
#include "compare.h"

#include <cfngen/read.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The second signal ends the program at once. */
static volatile int cancelled;

static void cancel(int signal_number)
{
    cancelled = 1;
    signal(signal_number, SIG_DFL);
}

static double seconds(const cli_arguments *arguments, const char *name)
{
    const char *value = option_value(arguments, name);
    return value ? strtod(value, NULL) : 0;
}

static uint64_t number(const cli_arguments *arguments, const char *name)
{
    const char *value = option_value(arguments, name);
    return value ? strtoull(value, NULL, 10) : 0;
}

/* The patterns of -t, ended by nothing; NULL without memory. */
static const char **tables(const cli_arguments *arguments, size_t *count)
{
    size_t cursor = 0;
    const char *pattern;
    const char **all = calloc(arguments->option_count + 1, sizeof *all);
    while (all && (pattern = option_next(arguments, "table", &cursor)))
        all[(*count)++] = pattern;
    return all;
}

static bool read_mappings(const cli_arguments *arguments, comparison *c)
{
    const char *path = option_value(arguments, "mappings");
    if (!path)
        return true;
    const cfn_node *root = cfn_read_file(c->arena, c->diagnostics, path, CFN_FORMAT_AUTO);
    if (root)
        c->options.mappings = cfn_dms_mappings_read(c->arena, c->diagnostics, root);
    return c->options.mappings != NULL;
}

static void take_options(const cli_arguments *arguments, comparison *c)
{
    const char *mode = option_value(arguments, "mode"), *settle = option_value(arguments, "settle");
    cfn_compare_options *o = &c->options;
    o->tables = tables(arguments, &o->table_count);
    o->where = option_value(arguments, "where");
    o->mode = !mode || *mode == 'a' ? CFN_COMPARE_AUTO
              : *mode == 'd'        ? CFN_COMPARE_DIGEST
                                    : CFN_COMPARE_STREAM;
    o->max_seconds = seconds(arguments, "max-seconds");
    o->settle_seconds =
        settle && seconds(arguments, "settle") <= 0 ? -1 : seconds(arguments, "settle");
    o->statement_seconds = (unsigned)number(arguments, "statement-seconds");
    o->heartbeat = option_value(arguments, "heartbeat");
    o->heartbeat_seconds = seconds(arguments, "heartbeat-seconds");
    o->jobs = (unsigned)number(arguments, "jobs");
    o->load = (unsigned)number(arguments, "max-load");
    o->max_differences = number(arguments, "max-differences");
    o->max_details = number(arguments, "details");
    o->show_values = option_value(arguments, "show-values") != NULL;
    o->cancelled = &cancelled;
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
    int status = find_places(arguments, c);
    if (status != STATUS_CLEAN)
        return status;
    signal(SIGINT, cancel);
    signal(SIGTERM, cancel);
    if (read_mappings(arguments, c))
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
    free(c->urls[0]);
    free(c->urls[1]);
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
