/* Goes through a table by ranges of its key. The ends are open, so that rows of the target beyond
 * those of the source are seen. */
#include "compare/scan.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_ROWS = 100, MOST_ROWS = 200000, MOST_KEY_COLUMNS = 64 };

/* An end of a range, in memory of its own. */
typedef struct end {
    bool known;
    char *texts[MOST_KEY_COLUMNS];
    size_t lengths[MOST_KEY_COLUMNS];
} end;

/* The rows per second of each mode, as far as it was tried. */
typedef struct pace {
    double rows[2], seconds[2];
    unsigned chunks[2];
} pace;

typedef struct walk {
    cfn__scanning *s;
    end low, high;
    bool last; /* there is nothing beyond the upper end */
    uint64_t size;
    pace pace;
    bool streams;
} walk;

static void free_end(end *e)
{
    for (size_t i = 0; i < MOST_KEY_COLUMNS; i++)
        free(e->texts[i]);
    *e = (end){0};
}

static bool take_end(end *e, const cfn__session *session, size_t count)
{
    free_end(e);
    for (size_t i = 0; i < count; i++) {
        e->lengths[i] = session->lengths[i];
        e->texts[i] = malloc(session->lengths[i] + 1);
        if (!e->texts[i])
            return false;
        memcpy(e->texts[i], session->cells[i], session->lengths[i]);
        e->texts[i][session->lengths[i]] = '\0';
    }
    e->known = true;
    return true;
}

static cfn__cells cells_of(const end *e)
{
    return (cfn__cells){(const char *const *)e->texts, e->lengths};
}

static void add_range(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                      const end *low, const end *high)
{
    cfn__cells from = cells_of(low), to = cells_of(high);
    cfn__add_range(session, sql, pair, low->known ? &from : NULL, high->known ? &to : NULL);
}

/* The key of the row that is `size` rows beyond the lower end; none when there are fewer. */
static bool find_high(walk *w)
{
    const cfn__pair *pair = w->s->pair;
    cfn__session *source = &w->s->run->source;
    cfn__buffer sql = {0};
    int got = -1;
    free_end(&w->high);
    cfn__buffer_format(&sql, "SELECT %s FROM %s WHERE %s", pair->source.key_list, pair->source.from,
                       pair->source.condition);
    add_range(source, &sql, pair, &w->low, &w->high);
    cfn__buffer_format(&sql, " ORDER BY %s LIMIT 1 OFFSET %llu", pair->source.key_order,
                       (unsigned long long)w->size - 1);
    if (cfn__send(source, sql.failed ? NULL : sql.text) && cfn__await(source))
        got = cfn__fetch(source);
    if (got > 0 && !take_end(&w->high, source, pair->key_count)) {
        cfn__fail(source, CFN__FAULT_MEMORY, "memory is out");
        got = -1;
    }
    cfn__buffer_free(&sql);
    cfn__discard(source);
    w->last = got == 0;
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
    add_range(&run->source, &range.source, w->s->pair, &w->low, &w->high);
    add_range(&run->target, &range.target, w->s->pair, &w->low, &w->high);
    bool done = !range.source.failed && !range.target.failed &&
                (w->streams || digests_agree(w, &range, &agree));
    if (done && !agree)
        done = cfn__compare_leaf(w->s, range.source.text ? range.source.text : "",
                                 range.target.text ? range.target.text : "");
    cfn__free_conditions(&range);
    return done;
}

/* Tries each mode on a chunk of its own before it settles on one. */
static void choose_mode(walk *w, double seconds)
{
    pace *p = &w->pace;
    cfn_compare_mode mode = w->s->run->limits.mode;
    p->rows[w->streams] += (double)w->s->source_rows;
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
    s->pair->report->source_rows += s->source_rows;
    s->pair->report->target_rows += s->target_rows;
    s->pair->report->chunks++;
    choose_mode(w, seconds);
    choose_size(w, seconds);
    end passed = w->low;
    w->low = w->high;
    w->high = (end){0};
    free_end(&passed);
    cfn__tell_progress(s->run, s->pair, "comparing", s->started);
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
        if (step(&w))
            tries = 0;
        else {
            going = cfn__recover(s->run, s->pair, &tries);
            w.last = false;
            w.size = w.size / 2 > LEAST_ROWS ? w.size / 2 : LEAST_ROWS;
        }
    }
    s->pair->report->mode = w.pace.chunks[1] > w.pace.chunks[0] ? "stream" : "digest";
    free_end(&w.low);
    free_end(&w.high);
    return going;
}
