/* Compares the rows of a small part of a table one by one. */
#include "compare/scan.h"

#include <string.h>

/* Rows of one side that the other has not shown yet. */
typedef struct leaf {
    cfn__scanning *s;
    size_t keys, cells;
    cfn__rowset waiting[2], differing;
    bool failed;
} leaf;

static cfn__session *session_of(const leaf *l, int side)
{
    return side ? &l->s->run->target : &l->s->run->source;
}

static bool is_same_cell(const cfn__session *a, const cfn__session *b, size_t i)
{
    if (!a->cells[i] || !b->cells[i])
        return a->cells[i] == b->cells[i];
    return a->lengths[i] == b->lengths[i] && memcmp(a->cells[i], b->cells[i], a->lengths[i]) == 0;
}

static bool are_same_cells(const cfn__session *a, const cfn__session *b, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!is_same_cell(a, b, i))
            return false;
    return true;
}

static cfn__digest128 values_of(const leaf *l, const cfn__session *session)
{
    return cfn__digest_cells(session->cells + l->keys, session->lengths + l->keys,
                             l->cells - l->keys);
}

/* Keys that a side has twice differ from those that the other has once. */
static void suspect(leaf *l, const cfn__session *session)
{
    if (!cfn__rowset_add(&l->differing, session->cells, session->lengths, l->keys))
        l->failed = true;
}

/* A row whose counterpart has come already, or that waits for it. */
static void take_row(leaf *l, int side)
{
    const cfn__session *session = session_of(l, side);
    cfn__digest128 digest = values_of(l, session);
    cfn__row *other =
        cfn__rowset_find(&l->waiting[!side], session->cells, session->lengths, l->keys);
    if (other) {
        if (other->digest.a != digest.a || other->digest.b != digest.b)
            suspect(l, session);
        cfn__rowset_remove(&l->waiting[!side], other);
        return;
    }
    size_t before = l->waiting[side].count;
    cfn__row *row = cfn__rowset_add(&l->waiting[side], session->cells, session->lengths, l->keys);
    if (!row)
        l->failed = true;
    else if (l->waiting[side].count == before)
        suspect(l, session);
    else
        row->digest = digest;
}

/* Both sides are read in step; most rows stand at the same place on both. */
static bool read_rows(leaf *l)
{
    cfn__session *s = session_of(l, 0), *t = session_of(l, 1);
    int left = 1, right = 1;
    while (left > 0 || right > 0) {
        left = left > 0 ? cfn__fetch(s) : left;
        right = right > 0 ? cfn__fetch(t) : right;
        if (left < 0 || right < 0 || l->failed)
            return false;
        l->s->source_rows += left > 0;
        l->s->target_rows += right > 0;
        if (left > 0 && right > 0 && are_same_cells(s, t, 0, l->keys)) {
            if (!are_same_cells(s, t, l->keys, l->cells))
                suspect(l, s);
            continue;
        }
        if (left > 0)
            take_row(l, 0);
        if (right > 0)
            take_row(l, 1);
    }
    return !l->failed;
}

/* What is left waits for nothing any more. */
static void keep_suspects(leaf *l)
{
    cfn__rowset *sets[] = {&l->waiting[0], &l->waiting[1], &l->differing};
    cfn__rowset *suspects = &l->s->suspects;
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < sets[k]->count && !l->s->full; i++) {
            if (suspects->count >= l->s->run->limits.max_differences)
                l->s->full = true;
            else if (!cfn__rowset_add_same(suspects, sets[k]->rows[i]))
                l->failed = true;
        }
}

static void free_leaf(leaf *l)
{
    cfn__rowset_free(&l->waiting[0]);
    cfn__rowset_free(&l->waiting[1]);
    cfn__rowset_free(&l->differing);
}

bool cfn__compare_leaf(cfn__scanning *s, const char *source_condition, const char *target_condition)
{
    const cfn__pair *pair = s->pair;
    bool keyless = pair->method == CFN__METHOD_KEYLESS;
    leaf l = {
        .s = s, .keys = keyless ? 1 : pair->key_count, .cells = keyless ? 2 : pair->column_count};
    cfn__conditions sql = {0};
    bool ordered = pair->method == CFN__METHOD_RANGES;
    s->source_rows = s->target_rows = 0;
    cfn__add_select(&sql.source, pair, &pair->source, source_condition, ordered);
    cfn__add_select(&sql.target, pair, &pair->target, target_condition, ordered);
    bool read = !sql.source.failed && !sql.target.failed &&
                cfn__ask_both(s->run, sql.source.text, sql.target.text) && read_rows(&l);
    cfn__discard(&s->run->source);
    cfn__discard(&s->run->target);
    if (read)
        keep_suspects(&l);
    if (l.failed)
        cfn__fail(&s->run->source, CFN__FAULT_MEMORY, "memory is out");
    free_leaf(&l);
    cfn__free_conditions(&sql);
    return read && !l.failed;
}
