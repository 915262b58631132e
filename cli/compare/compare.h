/* What the commands of cfngen-compare share. */
#ifndef CLI_COMPARE_H
#define CLI_COMPARE_H

#include "../databases/databases.h"
#include "../json.h"

#include <cfngen/compare.h>

/* What a gate says besides what the data do. */
enum { GATE_REASONS = 16 };
typedef struct gate {
    cfn_compare_verdict verdict;
    size_t count;
    char reasons[GATE_REASONS][400];
} gate;

/* A run as the arguments ask for it. Free in any case. */
typedef struct comparison {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    cfn_compare_options options;
    cfn_compare_report *report;
    const cfn_compare_lag *lag;
    const struct gate *gate; /* NULL: not asked for */
    databases where;
    const char *resume; /* the file of --resume; NULL: none */
    bool resume_failed; /* it could not be written; that was said */
    const char *repair; /* the file of --repair-sql; NULL: none */
    FILE *repair_stream;
    char *repair_text;
    size_t repair_length;
} comparison;

/* Takes the options; STATUS_CLEAN, or the status to exit with after it has said what is wrong. */
int begin_comparison(const cli_arguments *arguments, comparison *c);
void comparison_free(comparison *c);

/* With --resume: takes up the work of its file, if there is one; keeps there what is left; and
 * deletes it when nothing is, once the report was written. STATUS_CLEAN, or the status to exit with
 * after it has said what is wrong. */
int begin_resuming(const cli_arguments *arguments, comparison *c);
int keep_work(comparison *c);
int end_resuming(comparison *c);

/* With --repair-sql: keeps what the comparison writes, and writes the file. */
int begin_repair(const cli_arguments *arguments, comparison *c);
int write_repair(comparison *c);
void free_repair(comparison *c);

/* Compares; then the report's files are written. STATUS_CLEAN unless that fails, which is told. */
int run_comparison(const cli_arguments *arguments, cfn_compare_task task, comparison *c);
int finish_comparison(const cli_arguments *arguments, comparison *c);

/* Adds a reason, and makes the verdict as bad as that. */
void add_reason(gate *g, cfn_compare_verdict verdict, const char *format, ...) CFN_PRINTF(3, 4);

/* Adds what AWS says against cutting over; STATUS_CLEAN, or STATUS_TROUBLE when AWS cannot be
 * asked. */
int look_at_task(gate *g, const char *arn, double max_lag);

/* Writes the gate as a member of the report. */
void write_gate(cli_json *json, const comparison *c);

/* The exit status that the verdict means. */
int verdict_status(cfn_compare_verdict verdict);

/* Prints the report as text. */
void print_report(const cfn_compare_report *report, cfn_compare_task task);

/* Writes what `write` prints to where --json says; STATUS_CLEAN unless that fails. */
int write_json(const cli_arguments *arguments, comparison *c,
               void (*write)(FILE *stream, const void *what), const void *what);

/* Writes the report as JSON where --json says; STATUS_CLEAN unless that fails. */
int write_report(const cli_arguments *arguments, comparison *c);

/* compare gate --lambda: has a function on AWS compare, and tells what it found. */
int gate_by_function(const cli_arguments *arguments);

/* Shows on a terminal how far a run is. */
void show_progress(void *context, const cfn_compare_progress *progress);
void end_progress(void);

int cmd_compare_plan(const cli_arguments *arguments);
int cmd_compare_explain(const cli_arguments *arguments);
int cmd_compare_count(const cli_arguments *arguments);
int cmd_compare_schema(const cli_arguments *arguments);
int cmd_compare_check(const cli_arguments *arguments);
int cmd_compare_lag(const cli_arguments *arguments);
int cmd_compare_gate(const cli_arguments *arguments);

#endif
