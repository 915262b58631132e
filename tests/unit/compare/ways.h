/* The ways to compare a table: in one go, by several workers at once, stopped again and again and
 * taken up from what was written as JSON, and in pieces. All must say the same. */
#ifndef COMPARE_WAYS_H
#define COMPARE_WAYS_H

#include "support.h"

#include <cfngen/compare.h>
#include <cfngen/read.h>
#include <cfngen/write.h>

typedef enum way { AT_ONCE, BY_SEVERAL, STOPPED, IN_PIECES, WAYS } way;

typedef struct runner {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    cfn_compare_options options;
    int steps; /* of progress before the run is cancelled; 0: never */
    volatile int cancelled;
    FILE *repair;
} runner;

static void count_steps(void *context, const cfn_compare_progress *progress)
{
    runner *r = context;
    (void)progress;
    if (r->steps && --r->steps == 0)
        r->cancelled = 1;
}

/* As another program would read it. */
static inline const cfn_compare_work *through_json(runner *r, const cfn_compare_work *work)
{
    size_t length = 0;
    const char *text =
        cfn_write_text(r->arena, cfn_compare_work_node(r->arena, work), NULL, &length);
    const cfn_node *root =
        cfn_read_text(r->arena, r->diagnostics, "work.json", text, length, CFN_FORMAT_AUTO);
    return root ? cfn_compare_work_read(r->arena, r->diagnostics, root) : NULL;
}

static inline cfn_compare_report *run_stopped(runner *r, int steps)
{
    cfn_compare_report *report;
    do {
        r->cancelled = 0;
        r->steps = steps++; /* tables that are not compared by ranges need some in one run */
        report = cfn_compare_run(r->arena, r->diagnostics, &r->options, CFN_COMPARE_CHECK);
        r->options.work = report ? through_json(r, report->left) : NULL;
        assert_true(!report || cfn_compare_work_is_done(report->left) ||
                    report->verdict != CFN_COMPARE_EQUAL);
    } while (report && r->options.work && !cfn_compare_work_is_done(report->left));
    return r->options.work ? report : NULL;
}

/* Puts what came of a piece to the sum. */
static inline void add_piece(cfn_compare_report *sum, const cfn_compare_report *piece)
{
    cfn_compare_table *to = sum->tables[0];
    const cfn_compare_table *from = piece->tables[0];
    const cfn_compare_difference **end = &to->differences;
    to->source_rows += from->source_rows;
    to->target_rows += from->target_rows;
    to->missing += from->missing;
    to->extra += from->extra;
    to->changed += from->changed;
    while (*end)
        end = (const cfn_compare_difference **)&(*end)->next;
    *end = from->differences;
    sum->verdict = piece->verdict > sum->verdict ? piece->verdict : sum->verdict;
    if (from->remarks && !to->remarks)
        to->remarks = from->remarks;
}

static inline cfn_compare_report *run_in_pieces(runner *r)
{
    cfn_compare_report *sum =
        cfn_compare_run(r->arena, r->diagnostics, &r->options, CFN_COMPARE_PLAN);
    const cfn_compare_work *plan = sum ? sum->left : NULL;
    for (size_t i = 0; plan && i < cfn_compare_work_size(plan); i++) {
        r->options.work = through_json(r, cfn_compare_work_piece(r->arena, plan, i));
        cfn_compare_report *report =
            r->options.work
                ? cfn_compare_run(r->arena, r->diagnostics, &r->options, CFN_COMPARE_CHECK)
                : NULL;
        if (!report || report->table_count != sum->table_count)
            return NULL;
        add_piece(sum, report);
    }
    return sum;
}

static inline cfn_compare_report *run_in_a_way(runner *r, way which, unsigned number)
{
    r->options.cancelled = &r->cancelled;
    r->options.progress = count_steps;
    r->options.context = r;
    if (which == BY_SEVERAL)
        r->options.jobs = 2 + number % 3;
    if (which == BY_SEVERAL || which == IN_PIECES)
        r->options.part_rows = 1 + number % 100;
    if (which == STOPPED)
        return run_stopped(r, 1 + (int)(number % 3));
    if (which == IN_PIECES)
        return run_in_pieces(r);
    return cfn_compare_run(r->arena, r->diagnostics, &r->options, CFN_COMPARE_CHECK);
}

#endif
