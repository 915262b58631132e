/* Goes through a table by ranges of its key. The ends are open, so that rows of the target beyond
 * those of the source are seen. */
#include "compare/scan.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_ROWS = 100, MOST_ROWS = 200000 };

/* The rows per second of each mode, as far as it was tried. */
typedef struct pace {
    double rows[2], seconds[2];
    unsigned chunks[2];
} pace;

typedef struct walk {
    cfn__scanning *s;
    cfn__end high; /* of the chunk; its lower end is that of what is left of the part */
    bool last;     /* there is nothing of the part beyond it */
    uint64_t size;
    pace pace;
    bool streams;
} walk;

static cfn__cells cells_of(const cfn__end *e)
{
    return (cfn__cells){(const char *const *)e->texts, e->lengths};
}

static void add_range(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                      const cfn__end *low, const cfn__end *high)
{
    cfn__cells from = cells_of(low), to = cells_of(high);
    cfn__add_range(session, sql, pair, low->known ? &from : NULL, high->known ? &to : NULL);
}

int cfn__find_key(cfn__run *run, const cfn__pair *pair, const cfn__end *low, const cfn__end *high,
                  uint64_t offset, cfn__end *key)
{
    cfn__session *source = &run->source;
    cfn__buffer sql = {0};
    int got = -1;
    cfn__buffer_format(&sql, "SELECT %s FROM %s WHERE %s", pair->source.key_list, pair->source.from,
                       pair->source.condition);
    add_range(source, &sql, pair, low, high);
    cfn__buffer_format(&sql, " ORDER BY %s LIMIT 1 OFFSET %llu", pair->source.key_order,
                       (unsigned long long)offset - 1);
    if (cfn__send(source, sql.failed ? NULL : sql.text) && cfn__await(source))
        got = cfn__fetch(source);
    if (got > 0 && !cfn__end_take(key, source->cells, source->lengths, pair->key_count)) {
        cfn__fail(source, CFN__FAULT_MEMORY, "memory is out");
        got = -1;
    }
    cfn__buffer_free(&sql);
    cfn__discard(source);
    return got;
}

/* The upper end of the next chunk: a key of the source, or that of the part. */
static bool find_high(walk *w)
{
    const cfn__part *part = w->s->part;
    int got = cfn__find_key(w->s->run, w->s->pair, &part->low, &part->high, w->size, &w->high);
    w->last = got == 0;
    if (w->last && part->high.known)
        return cfn__end_take(&w->high, (const char *const *)part->high.texts, part->high.lengths,
                             w->s->pair->key_count) ||
               cfn__fail(&w->s->run->source, CFN__FAULT_MEMORY, "memory is out");
    if (w->last)
        cfn__end_free(&w->high);
    return got >= 0;
}

/* A hash that is NULL becomes a number that no other row has, so that the rows are looked at. */
static void add_digest(cfn__buffer *sql, const cfn__side *side)
{
    cfn__buffer_format(sql,
                       side->family == CFN__MYSQL ? "SELECT COUNT(*),SUM(IFNULL(%s,UUID_SHORT()))"
                                                  : "SELECT COUNT(*),SUM(%s)",
                       side->row_hash);
    cfn__buffer_format(sql, " FROM %s WHERE %s", side->from, side->condition);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether both sides' digests of a range are the same; false on a fault, too. */
static bool digests_agree(walk *w, const cfn__conditions *range, bool *agree)
{
    cfn__run *run = w->s->run;
    cfn__conditions sql = {0};
    add_digest(&sql.source, &w->s->pair->source);
    add_digest(&sql.target, &w->s->pair->target);
    cfn__buffer_add_text(&sql.source, range->source.text ? range->source.text : "");
    cfn__buffer_add_text(&sql.target, range->target.text ? range->target.text : "");
    bool asked = !sql.source.failed && !sql.target.failed &&
                 cfn__ask_both(run, sql.source.text, sql.target.text) &&
                 cfn__fetch(&run->source) > 0 && cfn__fetch(&run->target) > 0;
    if (asked) {
        *agree = same_text(run->source.cells[0], run->target.cells[0]) &&
                 same_text(run->source.cells[1], run->target.cells[1]);
        w->s->source_rows = strtoull(run->source.cells[0], NULL, 10);
        w->s->target_rows = strtoull(run->target.cells[0], NULL, 10);
    }
    cfn__discard(&run->source);
    cfn__discard(&run->target);
    cfn__free_conditions(&sql);
    return asked && run->source.fault == CFN__FAULT_NONE && run->target.fault == CFN__FAULT_NONE;
}

static bool compare_range(walk *w)
{
    cfn__run *run = w->s->run;
    cfn__conditions range = {0};
    bool agree = false;
    add_range(&run->source, &range.source, w->s->pair, &w->s->part->low, &w->high);
    add_range(&run->target, &range.target, w->s->pair, &w->s->part->low, &w->high);
    bool done = !range.source.failed && !range.target.failed &&
                (w->streams || digests_agree(w, &range, &agree));
    if (done && !agree)
        done = cfn__compare_leaf(w->s, range.source.text ? range.source.text : "",
                                 range.target.text ? range.target.text : "");
    cfn__free_conditions(&range);
    return done;
}

/* Tries each mode on a chunk of its own before it settles on one. */
static void choose_mode(walk *w, double rows, double seconds)
{
    pace *p = &w->pace;
    cfn_compare_mode mode = w->s->run->limits.mode;
    p->rows[w->streams] += rows;
    p->seconds[w->streams] += seconds;
    p->chunks[w->streams]++;
    if (mode != CFN_COMPARE_AUTO)
        w->streams = mode == CFN_COMPARE_STREAM;
    else if (p->chunks[0] < 2)
        w->streams = false;
    else if (p->chunks[1] < 2)
        w->streams = true;
    else
        w->streams = p->rows[1] * p->seconds[0] > p->rows[0] * p->seconds[1];
}

/* Chunks of about half a second. */
static void choose_size(walk *w, double seconds)
{
    double factor = seconds > 0 ? 0.5 / seconds : 2;
    factor = factor > 2 ? 2 : factor < 0.5 ? 0.5 : factor;
    double size = (double)w->size * factor;
    w->size = size < LEAST_ROWS ? LEAST_ROWS : size > MOST_ROWS ? MOST_ROWS : (uint64_t)size;
}

static bool step(walk *w)
{
    cfn__scanning *s = w->s;
    double started = cfn__now();
    if (!find_high(w) || !compare_range(w))
        return false;
    double seconds = cfn__now() - started;
    double rows = (double)s->source_rows;
    if (!cfn__commit(s, &w->high))
        return false;
    choose_mode(w, rows, seconds);
    choose_size(w, seconds);
    cfn__tell_progress(s->run, "comparing", s->started);
    if (!w->last)
        cfn__pace(s->run, seconds);
    return true;
}

bool cfn__scan_ranges(cfn__scanning *s)
{
    walk w = {.s = s, .size = s->run->limits.chunk_rows};
    unsigned tries = 0;
    bool going = true;
    w.streams = s->run->limits.mode == CFN_COMPARE_STREAM;
    while (going && !w.last && !s->full) {
        if (cfn__must_stop(&s->run->control))
            going = false;
        else if (step(&w))
            tries = 0;
        else {
            cfn__rowset_free(&s->suspects);
            going = cfn__recover(s->run, s->pair, &tries);
            w.last = false;
            w.size = w.size / 2 > LEAST_ROWS ? w.size / 2 : LEAST_ROWS;
        }
    }
    s->pair->report->mode = w.pace.chunks[1] > w.pace.chunks[0] ? "stream" : "digest";
    cfn__end_free(&w.high);
    return going;
}
