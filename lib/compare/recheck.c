/* Looks again at rows that seemed to differ, because a row that is on its way from the source to
 * the target is no difference. The source is read; it is awaited that the target has got everything
 * the source had then; the target is read, and the source once more. A target that holds what the
 * source held at either time is settled; one that does not, while the source stayed as it was,
 * differs; a row that changed at the source meanwhile is looked at again. */
#include "compare/run.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBERS = 100 };

typedef struct look {
    cfn__rowset source_before, target, source_after;
} look;

static void free_look(look *l)
{
    cfn__rowset_free(&l->source_before);
    cfn__rowset_free(&l->target);
    cfn__rowset_free(&l->source_after);
}

/* Takes the row at hand. A key that is there twice is no row that the other side may have. */
static bool take_row(cfn__rowset *rows, const cfn__session *session, size_t keys, size_t cells)
{
    size_t before = rows->count;
    cfn__row *row = cfn__rowset_add(rows, session->cells, session->lengths, keys);
    cfn__digest128 digest =
        cfn__digest_cells(session->cells + keys, session->lengths + keys, cells - keys);
    if (!row)
        return false;
    bool twice = rows->count == before;
    row->digest.a = twice ? row->digest.a * 31 + digest.a + 1 : digest.a;
    row->digest.b = twice ? row->digest.b * 37 + digest.b + 1 : digest.b;
    return true;
}

static bool read_members(cfn__run *run, const cfn__pair *pair, cfn__session *session,
                         const cfn__rowset *suspects, size_t *first, cfn__rowset *rows)
{
    bool keyless = pair->method == CFN__METHOD_KEYLESS;
    const cfn__side *side = session == &run->target ? &pair->target : &pair->source;
    cfn__buffer condition = {0}, sql = {0};
    int got = -1;
    cfn__add_members(session, &condition, pair, suspects, first, MEMBERS);
    if (!condition.failed)
        cfn__add_select(&sql, pair, side, condition.text, false);
    if (!condition.failed && !sql.failed && cfn__send(session, sql.text) && cfn__await(session))
        while ((got = cfn__fetch(session)) > 0)
            if (!take_row(rows, session, keyless ? 1 : pair->key_count,
                          keyless ? 2 : pair->column_count)) {
                cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
                cfn__discard(session);
                got = -1;
                break;
            }
    cfn__buffer_free(&condition);
    cfn__buffer_free(&sql);
    return got == 0;
}

static bool read_suspects(cfn__run *run, cfn__pair *pair, cfn__session *session,
                          const cfn__rowset *suspects, cfn__rowset *rows)
{
    unsigned tries = 0;
    for (size_t first = 0, furthest = 0; first < suspects->count;) {
        size_t next = first;
        if (read_members(run, pair, session, suspects, &next, rows)) {
            first = next;
            if (first > furthest) { /* what was read before is no progress */
                furthest = first;
                tries = 0;
            }
            continue;
        }
        /* What was read of the group is read again: begin with nothing. */
        if (!cfn__recover(run, pair, &tries))
            return false;
        cfn__rowset_free(rows);
        first = 0;
    }
    return true;
}

/* Until everything the source held is at the target. */
static bool await_target(cfn__run *run, cfn__pair *pair, double started)
{
    if (run->options->heartbeat) {
        double seconds;
        const char *why = cfn__beat(run, started, &seconds);
        if (why)
            cfn__remark(run->arena, pair->report, CFN_COMPARE_UNCOMPARED, "%s", why);
        return !why;
    }
    double end = cfn__now() + run->limits.settle_seconds;
    while (cfn__now() < end && !cfn__must_stop(&run->control)) {
        cfn__tell_progress(run, "waiting for the target", started);
        double left = end - cfn__now();
        cfn__sleep(&run->control, left < 1 ? left : 1);
    }
    return true;
}

static bool same(const cfn__row *a, const cfn__row *b)
{
    if (!a || !b)
        return a == b;
    return a->digest.a == b->digest.a && a->digest.b == b->digest.b;
}

/* Moves what differs to the confirmed and drops what is settled; what changes stays. */
static bool judge(cfn__todo *todo, const look *l)
{
    for (size_t i = todo->suspects.count; i > 0; i--) {
        cfn__row *row = todo->suspects.rows[i - 1];
        const cfn__row *before = cfn__rowset_find_same(&l->source_before, row);
        const cfn__row *after = cfn__rowset_find_same(&l->source_after, row);
        const cfn__row *target = cfn__rowset_find_same(&l->target, row);
        bool settled = same(target, before) || same(target, after);
        if (!settled && !same(before, after))
            continue;
        if (settled)
            todo->pair->report->settled++;
        else {
            cfn__row *kept = cfn__rowset_add_same(&todo->confirmed, row);
            if (!kept)
                return false;
            kept->mark = (uint32_t)(!target   ? CFN_COMPARE_MISSING
                                    : !before ? CFN_COMPARE_EXTRA
                                              : CFN_COMPARE_CHANGED);
        }
        cfn__rowset_remove(&todo->suspects, row);
    }
    return true;
}

static bool look_again(cfn__run *run, cfn__todo *todo, double started)
{
    look l = {0};
    cfn__pair *pair = todo->pair;
    const cfn__rowset *suspects = &todo->suspects;
    bool done = read_suspects(run, pair, &run->source, suspects, &l.source_before) &&
                await_target(run, pair, started) &&
                read_suspects(run, pair, &run->target, suspects, &l.target) &&
                read_suspects(run, pair, &run->source, suspects, &l.source_after);
    pthread_mutex_lock(&run->shared->lock);
    done = done && judge(todo, &l);
    pthread_mutex_unlock(&run->shared->lock);
    free_look(&l);
    return done;
}

static void count(cfn_compare_table *report, const cfn__rowset *confirmed)
{
    uint64_t *counts[] = {&report->missing, &report->extra, &report->changed};
    for (size_t i = 0; i < confirmed->count; i++)
        ++*counts[confirmed->rows[i]->mark];
}

void cfn__recheck(cfn__run *run, cfn__todo *todo)
{
    cfn_compare_table *report = todo->pair->report;
    size_t wanted = todo->suspects.count;
    double started = cfn__now();
    bool going = !run->lost;
    for (unsigned round = 0; going && todo->suspects.count && round < run->limits.rounds; round++) {
        if (round)
            cfn__sleep(&run->control, round < 5 ? round : 5);
        cfn__tell_progress(run, "looking again", started);
        going = !cfn__must_stop(&run->control) && look_again(run, todo, started);
        cfn__save(run);
    }
    count(report, &todo->confirmed);
    report->suspects = wanted;
    report->busy = todo->suspects.count;
    if (todo->suspects.count && going)
        cfn__remark(run->arena, report, CFN_COMPARE_UNCOMPARED,
                    "%zu rows change all the time; their state is not known", todo->suspects.count);
    else if (todo->suspects.count)
        cfn__remark(run->arena, report, CFN_COMPARE_UNCOMPARED,
                    "%zu rows seem to differ and could not be looked at again",
                    todo->suspects.count);
    pthread_mutex_lock(&run->shared->lock);
    cfn__sort_rows(todo->pair, &todo->confirmed);
    pthread_mutex_unlock(&run->shared->lock);
}
