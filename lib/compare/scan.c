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

void cfn__tell_progress(cfn__run *run, const char *stage, double since)
{
    if (!run->options->progress)
        return;
    const cfn__todo *todo = &run->shared->todos[run->at];
    pthread_mutex_lock(&run->shared->lock);
    uint64_t rows = todo->pair->report->source_rows;
    for (size_t i = 0; i < todo->part_count; i++)
        rows += todo->parts[i].report.source_rows;
    run->options->progress(run->options->context,
                           &(cfn_compare_progress){.table = run->pairs[run->at]->report,
                                                   .table_index = run->at,
                                                   .table_count = run->pair_count,
                                                   .rows = rows,
                                                   .stage = stage,
                                                   .seconds = cfn__now() - since});
    pthread_mutex_unlock(&run->shared->lock);
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
    if (!usable && fault != CFN__FAULT_NONE && fault != session->fault)
        error = cfn__format(run->arena, "%s; and then: %s", error, session->error);
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
static void drop_unknown(cfn__run *run, cfn__part *part)
{
    const char *cell;
    size_t length;
    for (size_t i = 0; i < part->suspects.count; i++) {
        cfn__row_cells(part->suspects.rows[i], &cell, &length, 1);
        if (cell)
            continue;
        cfn__rowset_remove(&part->suspects, part->suspects.rows[i]);
        cfn__remark(run->arena, &part->report, CFN_COMPARE_UNCOMPARED,
                    "it has no key, and rows that are too large for a hash");
        return;
    }
}

/* Up to as many suspects as a table may have. */
static bool take_suspects(cfn__scanning *s)
{
    cfn__todo *todo = s->part->todo;
    for (size_t i = 0; i < s->suspects.count; i++) {
        if (todo->found >= s->run->limits.max_differences) {
            s->full = true;
            return true;
        }
        size_t before = s->part->suspects.count;
        if (!cfn__rowset_add_same(&s->part->suspects, s->suspects.rows[i]))
            return cfn__fail(&s->run->source, CFN__FAULT_MEMORY, "memory is out");
        todo->found += s->part->suspects.count - before;
    }
    return true;
}

bool cfn__commit(cfn__scanning *s, const cfn__end *passed)
{
    cfn_compare_table *report = &s->part->report;
    pthread_mutex_lock(&s->run->shared->lock);
    bool done = take_suspects(s);
    if (done && passed && passed->known && !s->full)
        done = cfn__end_take(&s->part->low, (const char *const *)passed->texts, passed->lengths,
                             s->pair->key_count);
    if (done && passed && !s->full) {
        report->source_rows += s->source_rows;
        report->target_rows += s->target_rows;
    }
    report->chunks += done;
    pthread_mutex_unlock(&s->run->shared->lock);
    cfn__rowset_free(&s->suspects);
    if (done)
        cfn__save(s->run);
    return done;
}

void cfn__scan(cfn__run *run, cfn__part *part)
{
    cfn__scanning s = {.run = run, .part = part, .pair = &part->pair, .started = cfn__now()};
    bool done =
        part->pair.method == CFN__METHOD_RANGES ? cfn__scan_ranges(&s) : cfn__scan_buckets(&s);
    cfn__rowset_free(&s.suspects);
    if (!done && !part->report.remarks)
        cfn__remark(run->arena, &part->report, CFN_COMPARE_UNCOMPARED, "%s",
                    cfn__must_stop(&run->control) ? "stopped before its end" : "memory is out");
    pthread_mutex_lock(&run->shared->lock);
    if (part->pair.method == CFN__METHOD_KEYLESS)
        drop_unknown(run, part);
    part->done = done && !s.full && !part->report.remarks;
    pthread_mutex_unlock(&run->shared->lock);
}
