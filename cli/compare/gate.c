/* cfngen compare lag and gate: how far the target is behind, and whether to cut over. */
#include "../json.h"
#include "compare.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {"GO", "INCOMPLETE", "NO_GO"};

void add_reason(gate *g, cfn_compare_verdict verdict, const char *format, ...)
{
    va_list list;
    g->verdict = verdict > g->verdict ? verdict : g->verdict;
    if (g->count == GATE_REASONS)
        return;
    va_start(list, format);
    vsnprintf(g->reasons[g->count++], sizeof g->reasons[0], format, list);
    va_end(list);
}

static double number(const cli_arguments *arguments, const char *name, double otherwise)
{
    const char *value = option_value(arguments, name);
    return value ? strtod(value, NULL) : otherwise;
}

/* Measures the lag; what keeps it from being small enough is a reason. STATUS_CLEAN, or trouble
 * that was told. */
static int look_at_lag(const cli_arguments *arguments, comparison *c, gate *g, unsigned samples)
{
    double most = number(arguments, "max-lag", 30);
    c->lag = cfn_compare_measure_lag(c->arena, c->diagnostics, &c->options, samples);
    end_progress();
    if (!c->lag) {
        print_diagnostics(stderr, c->diagnostics, false);
        add_reason(g, CFN_COMPARE_INCOMPLETE, "the lag is not known");
        return STATUS_TROUBLE;
    }
    if (c->lag->trouble)
        add_reason(g, CFN_COMPARE_INCOMPLETE, "%s", c->lag->trouble);
    else if (c->lag->worst > most)
        add_reason(g, CFN_COMPARE_DIFFERENT, "the target is %.1f s behind, more than %.0f s",
                   c->lag->worst, most);
    return STATUS_CLEAN;
}

static void print_data(const cfn_compare_report *report)
{
    for (size_t i = 0; i < report->table_count; i++) {
        const cfn_compare_table *t = report->tables[i];
        if (t->missing || t->extra || t->changed)
            printf("  %s.%s: %llu rows missing, %llu extra, %llu changed\n", t->schema, t->name,
                   (unsigned long long)t->missing, (unsigned long long)t->extra,
                   (unsigned long long)t->changed);
        for (const cfn_compare_remark *r = t->remarks; r; r = r->next)
            if (r->kind != CFN_COMPARE_NOTE)
                printf("  %s.%s: %s\n", t->schema, t->name, r->text);
    }
}

static void print_gate(const comparison *c, const gate *g)
{
    puts(words[g->verdict]);
    print_data(c->report);
    for (size_t i = 0; i < g->count; i++)
        printf("  %s\n", g->reasons[i]);
}

static int gate_from_here(const cli_arguments *arguments)
{
    comparison c;
    gate g = {0};
    int status = run_comparison(arguments, CFN_COMPARE_CHECK, &c), more = STATUS_CLEAN;
    if (c.report) {
        const char *task = option_value(arguments, "task");
        task = task ? task : output_of(&c.where, "DMSReplicationTaskArn");
        g.verdict = c.report->verdict;
        if (c.options.heartbeat)
            more = look_at_lag(arguments, &c, &g, 1);
        if (task && more == STATUS_CLEAN)
            more = look_at_task(&g, task, number(arguments, "max-lag", 30));
        c.gate = &g;
        const char *json = option_value(arguments, "json");
        if (!json || strcmp(json, "-") != 0)
            print_gate(&c, &g);
        status = status == STATUS_CLEAN ? finish_comparison(arguments, &c) : status;
        status = status == STATUS_CLEAN ? more : status;
        if (status == STATUS_CLEAN)
            status = verdict_status(g.verdict);
    }
    comparison_free(&c);
    return status;
}

int cmd_compare_gate(const cli_arguments *arguments)
{
    if (option_value(arguments, "lambda"))
        return gate_by_function(arguments);
    if (option_value(arguments, "region"))
        return usage_error(arguments->command, "--region goes with --lambda");
    return gate_from_here(arguments);
}

void write_gate(cli_json *json, const comparison *c)
{
    const gate *g = c->gate;
    json_open(json, "gate", '{');
    json_text(json, "verdict", words[g->verdict]);
    if (c->lag && c->lag->samples)
        json_number(json, "lagSeconds", c->lag->worst);
    json_open(json, "reasons", '[');
    for (size_t i = 0; i < g->count; i++)
        json_text(json, NULL, g->reasons[i]);
    json_close(json, ']');
    json_close(json, '}');
}

static void write_lag(FILE *stream, const void *what)
{
    const cfn_compare_lag *lag = what;
    cli_json json = {stream, false};
    json_open(&json, NULL, '{');
    json_integer(&json, "samples", lag->samples);
    json_number(&json, "seconds", lag->seconds);
    json_number(&json, "worstSeconds", lag->worst);
    if (lag->trouble)
        json_text(&json, "trouble", lag->trouble);
    json_close(&json, '}');
    fputc('\n', stream);
}

static void print_lag(const cfn_compare_lag *lag, const gate *g)
{
    if (lag->samples)
        printf("%.2f s behind; %.2f s at worst, of %u heartbeats\n", lag->seconds, lag->worst,
               lag->samples);
    for (size_t i = 0; i < g->count; i++)
        puts(g->reasons[i]);
}

int cmd_compare_lag(const cli_arguments *arguments)
{
    comparison c;
    gate g = {0};
    int status = begin_comparison(arguments, &c);
    if (status == STATUS_CLEAN && !c.options.heartbeat)
        status = usage_error(arguments->command, "--heartbeat is missing");
    if (status == STATUS_CLEAN)
        status = look_at_lag(arguments, &c, &g, (unsigned)number(arguments, "samples", 3));
    if (c.lag && status == STATUS_CLEAN) {
        const char *json = option_value(arguments, "json");
        if (!json || strcmp(json, "-") != 0)
            print_lag(c.lag, &g);
        status = write_json(arguments, &c, write_lag, c.lag);
        if (status == STATUS_CLEAN)
            status = verdict_status(g.verdict);
    }
    comparison_free(&c);
    return status;
}
