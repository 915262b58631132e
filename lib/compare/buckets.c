/* Goes through a table by a hash of its key, for keys that the sides do not order alike, and for
 * tables without one, whose rows are known by a hash of all their values. */
#include "compare/scan.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_IN_BUCKET = 500, LEAST_BUCKETS = 64, MOST_BUCKETS = 65536, ROWS_IN_LEAF = 100000 };

/* What both sides say of a bucket, put together: the same if and only if they agree. */
typedef struct bucket {
    cfn__digest128 sides[2];
    uint64_t rows;
} bucket;

static size_t bucket_count(const cfn__pair *pair)
{
    size_t count = LEAST_BUCKETS;
    while (count < MOST_BUCKETS && (double)count * ROWS_IN_BUCKET < pair->source.table->rows)
        count *= 2;
    return count;
}

static void add_bucket(cfn__buffer *sql, const cfn__side *side, size_t count)
{
    cfn__buffer_format(sql, side->family == CFN__MYSQL ? "(IFNULL(%s,0)&%zu)" : "(%s&%zu)",
                       side->key_hash, count - 1);
}

static void add_sums(cfn__buffer *sql, const cfn__side *side, size_t count)
{
    cfn__buffer_add_text(sql, "SELECT ");
    add_bucket(sql, side, count);
    cfn__buffer_format(sql,
                       side->family == CFN__MYSQL ? ",COUNT(*),SUM(IFNULL(%s,UUID_SHORT()))"
                                                  : ",COUNT(*),SUM(%s)",
                       side->row_hash);
    cfn__buffer_format(sql, " FROM %s WHERE %s GROUP BY 1", side->from, side->condition);
}

static bool read_sums(cfn__session *session, bucket *buckets, size_t count, int side,
                      uint64_t *rows)
{
    int got;
    while ((got = cfn__fetch(session)) > 0) {
        size_t i = strtoull(session->cells[0], NULL, 10);
        if (i >= count)
            return cfn__fail(session, CFN__FAULT_STATEMENT, "bucket %zu of %zu", i, count);
        uint64_t in_bucket = strtoull(session->cells[1], NULL, 10);
        buckets[i].sides[side] = cfn__digest_cells(session->cells + 1, session->lengths + 1, 2);
        buckets[i].rows += in_bucket;
        *rows += in_bucket;
    }
    return got == 0;
}

static bool sum_up(cfn__scanning *s, bucket *buckets, size_t count)
{
    cfn__run *run = s->run;
    cfn__conditions sql = {0};
    memset(buckets, 0, count * sizeof *buckets);
    s->source_rows = s->target_rows = 0;
    add_sums(&sql.source, &s->pair->source, count);
    add_sums(&sql.target, &s->pair->target, count);
    bool done = !sql.source.failed && !sql.target.failed &&
                cfn__ask_both(run, sql.source.text, sql.target.text) &&
                read_sums(&run->source, buckets, count, 0, &s->source_rows) &&
                read_sums(&run->target, buckets, count, 1, &s->target_rows);
    cfn__free_conditions(&sql);
    return done;
}

static bool agrees(const bucket *b)
{
    return b->sides[0].a == b->sides[1].a && b->sides[0].b == b->sides[1].b;
}

/* The condition of the next buckets that differ, of about as many rows as a leaf may have. Leaves
 * `next` behind them; the condition is empty when there are none. */
static void add_differing(cfn__buffer *sql, const cfn__side *side, const bucket *buckets,
                          size_t count, size_t *next)
{
    uint64_t rows = 0;
    const char *separator = " IN (";
    for (; *next < count && (rows == 0 || rows + buckets[*next].rows <= ROWS_IN_LEAF); ++*next) {
        if (agrees(&buckets[*next]))
            continue;
        if (rows == 0) {
            cfn__buffer_add_text(sql, " AND ");
            add_bucket(sql, side, count);
        }
        cfn__buffer_format(sql, "%s%zu", separator, *next);
        separator = ",";
        rows += buckets[*next].rows + 1;
    }
    if (rows)
        cfn__buffer_add_char(sql, ')');
}

static bool compare_differing(cfn__scanning *s, const bucket *buckets, size_t count, size_t *next)
{
    cfn__conditions in = {0};
    size_t same = *next;
    add_differing(&in.source, &s->pair->source, buckets, count, next);
    add_differing(&in.target, &s->pair->target, buckets, count, &same);
    bool done = true;
    if (in.source.length)
        done = !in.source.failed && !in.target.failed &&
               cfn__compare_leaf(s, in.source.text, in.target.text);
    cfn__free_conditions(&in);
    return done;
}

/* What was counted of the whole table. */
static void count(cfn__scanning *s, uint64_t source_rows, uint64_t target_rows)
{
    pthread_mutex_lock(&s->run->shared->lock);
    s->part->report.source_rows = source_rows;
    s->part->report.target_rows = target_rows;
    pthread_mutex_unlock(&s->run->shared->lock);
}

static bool compare_buckets(cfn__scanning *s, const bucket *buckets, size_t size)
{
    size_t next = 0;
    unsigned tries = 0;
    bool going = true;
    while (going && next < size && !s->full) {
        size_t before = next;
        double started = cfn__now();
        if (cfn__must_stop(&s->run->control))
            going = false;
        else if (compare_differing(s, buckets, size, &next) && cfn__commit(s, NULL)) {
            tries = 0;
            cfn__tell_progress(s->run, "comparing", s->started);
            cfn__pace(s->run, cfn__now() - started);
        } else {
            next = before;
            cfn__rowset_free(&s->suspects);
            going = cfn__recover(s->run, s->pair, &tries);
        }
    }
    return going;
}

bool cfn__scan_buckets(cfn__scanning *s)
{
    size_t size = bucket_count(s->pair);
    unsigned tries = 0;
    bucket *buckets = calloc(size, sizeof *buckets);
    bool going = buckets != NULL, summed = false;
    s->pair->report->mode = "digest";
    while (going && !summed) {
        summed = sum_up(s, buckets, size);
        going = summed || cfn__recover(s->run, s->pair, &tries);
    }
    if (going) {
        count(s, s->source_rows, s->target_rows);
        going = compare_buckets(s, buckets, size);
    }
    free(buckets);
    return going;
}
