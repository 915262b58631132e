/* The first pass over a table, and what to do about faults on the way. */
#include "compare/scan.h"

#include <stdio.h>

void cfn__free_conditions(cfn__conditions *conditions)
{
    cfn__buffer_free(&conditions->source);
    cfn__buffer_free(&conditions->target);
}

bool cfn__ask_both(cfn__run *run, const char *source_sql, const char *target_sql)
{
    bool source = cfn__send(&run->source, source_sql);
    bool target = source && cfn__send(&run->target, target_sql);
    return target && cfn__await(&run->source) && cfn__await(&run->target);
}

void cfn__pace(cfn__run *run, double seconds_at_work)
{
    unsigned load = run->limits.load;
    if (load < 100)
        cfn__sleep(&run->control, seconds_at_work * (100 - load) / load);
}

void cfn__tell_progress(cfn__run *run, cfn__pair *pair, const char *stage, double since)
{
    if (!run->options->progress)
        return;
    run->options->progress(run->options->context,
                           &(cfn_compare_progress){.table = pair->report,
                                                   .table_index = run->at,
                                                   .table_count = run->pair_count,
                                                   .rows = pair->report->source_rows,
                                                   .stage = stage,
                                                   .seconds = cfn__now() - since});
}

/* Makes a session ready for the next statement; connects anew when it was lost. */
static bool make_usable(cfn__run *run, cfn__session *session)
{
    cfn__discard(session);
    if (session->connection && session->fault != CFN__FAULT_UNREACHABLE)
        return true;
    if (!run->lost && cfn__session_reopen(session))
        return true;
    run->lost = true;
    return false;
}

/* Why it makes no sense to go on; NULL when it does. */
static const char *give_up(cfn__run *run, cfn__session *session, bool last)
{
    cfn__fault fault = session->fault;
    const char *error = cfn__format(run->arena, "%s: %s", session->url->role, session->error);
    bool transient = fault == CFN__FAULT_UNREACHABLE || fault == CFN__FAULT_TIMEOUT;
    bool usable = make_usable(run, session);
    if (fault == CFN__FAULT_NONE && usable)
        return NULL;
    return usable && transient && !last ? NULL : error;
}

bool cfn__recover(cfn__run *run, cfn__pair *pair, unsigned *tries)
{
    enum { MOST_TRIES = 4 };
    bool last = ++*tries >= MOST_TRIES || cfn__must_stop(&run->control);
    const char *source = give_up(run, &run->source, last);
    const char *target = give_up(run, &run->target, last);
    if (!source && !target)
        return true;
    cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED, "not gone through to its end; %s",
                source ? source : target);
    return false;
}

/* Rows that no hash could be made of are not known by anything. */
static void drop_unknown(cfn__run *run, cfn__pair *pair, cfn__rowset *suspects)
{
    const char *cell;
    size_t length;
    for (size_t i = 0; i < suspects->count; i++) {
        cfn__row_cells(suspects->rows[i], &cell, &length, 1);
        if (cell)
            continue;
        cfn__rowset_remove(suspects, suspects->rows[i]);
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                    "it has no key, and rows that are too large for a hash");
        return;
    }
}

bool cfn__scan(cfn__run *run, cfn__pair *pair, cfn__rowset *suspects)
{
    cfn__scanning s = {run, pair, suspects, cfn__now(), false, 0, 0};
    bool done = pair->method == CFN__METHOD_RANGES ? cfn__scan_ranges(&s) : cfn__scan_buckets(&s);
    if (pair->method == CFN__METHOD_KEYLESS)
        drop_unknown(run, pair, suspects);
    if (s.full)
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED,
                    "given up after %zu rows that seem to differ", suspects->count);
    if (!done && !pair->report->remarks)
        cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED, "memory is out");
    pair->report->suspects = suspects->count;
    return done;
}
