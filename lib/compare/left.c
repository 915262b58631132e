/* What is left to do, as work that another run can take over. */
#include "base/text.h"
#include "compare/run.h"

typedef struct maker {
    cfn_arena *arena;
    cfn__buffer text;
} maker;

static const char *key_text(maker *m, const char *const *texts, const size_t *lengths, size_t count)
{
    m->text.length = 0;
    cfn__add_key_text(&m->text, texts, lengths, count);
    return m->text.failed ? NULL : cfn__strndup(m->arena, m->text.text, m->text.length);
}

static const char *end_text(maker *m, const cfn__end *end, size_t count)
{
    return end->known ? key_text(m, (const char *const *)end->texts, end->lengths, count) : NULL;
}

static size_t add_rows(maker *m, const cfn__pair *pair, const cfn__rowset *rows, const char **keys,
                       size_t at)
{
    const char *texts[CFN__MOST_KEY_COLUMNS];
    size_t lengths[CFN__MOST_KEY_COLUMNS];
    size_t count = pair->key_count ? pair->key_count : 1;
    for (size_t i = 0; i < rows->count && keys; i++) {
        cfn__row_cells(rows->rows[i], texts, lengths, count);
        keys[at + i] = key_text(m, texts, lengths, count);
    }
    return at + rows->count;
}

static void add_suspects(maker *m, const cfn__todo *todo, cfn_compare_work_table *t)
{
    size_t count = todo->suspects.count, at = 0;
    for (size_t i = 0; i < todo->part_count; i++)
        count += todo->parts[i].suspects.count;
    const char **keys = CFN__NEW_ARRAY(m->arena, count + 1, const char *);
    at = add_rows(m, todo->pair, &todo->suspects, keys, at);
    for (size_t i = 0; i < todo->part_count; i++)
        at = add_rows(m, todo->pair, &todo->parts[i].suspects, keys, at);
    t->suspects = keys;
    t->suspect_count = keys ? count : 0;
    keys = CFN__NEW_ARRAY(m->arena, todo->confirmed.count + 1, const char *);
    add_rows(m, todo->pair, &todo->confirmed, keys, 0);
    t->confirmed = keys;
    t->confirmed_count = keys ? todo->confirmed.count : 0;
}

/* Of a part that begins anew nothing was counted. */
static void add_parts(maker *m, const cfn__todo *todo, cfn_compare_work_table *t)
{
    size_t keys = todo->pair->key_count;
    cfn_compare_range *ranges = CFN__NEW_ARRAY(m->arena, todo->part_count + 1, cfn_compare_range);
    for (size_t i = 0; i < todo->part_count && ranges; i++) {
        const cfn__part *part = &todo->parts[i];
        bool anew = todo->pair->method != CFN__METHOD_RANGES && !part->done;
        if (!part->done)
            ranges[t->range_count++] =
                (cfn_compare_range){end_text(m, &part->low, keys), end_text(m, &part->high, keys)};
        t->source_rows += anew ? 0 : part->report.source_rows;
        t->target_rows += anew ? 0 : part->report.target_rows;
        t->chunks += anew ? 0 : part->report.chunks;
    }
    t->ranges = ranges;
}

static void add_table(maker *m, const cfn__todo *todo, cfn_compare_work_table *t)
{
    const cfn__pair *pair = todo->pair;
    const cfn_compare_table *report = pair->report;
    if (pair->blocked && todo->given) {
        *t = *todo->given;
        return;
    }
    t->schema = pair->schema;
    t->name = pair->name;
    t->plan = pair->digest;
    t->source_rows = report->source_rows;
    t->target_rows = report->target_rows;
    t->chunks = report->chunks;
    t->settled = report->settled;
    add_parts(m, todo, t);
    add_suspects(m, todo, t);
}

/* Tables that cannot be compared are no work: that is found out again. */
static bool is_work(const cfn__todo *todo)
{
    return !todo->pair->blocked || todo->given;
}

cfn_compare_work *cfn__left(cfn__run *run, cfn_arena *arena)
{
    const cfn__shared *shared = run->shared;
    maker m = {arena, {0}};
    cfn_compare_work *work = CFN__NEW(arena, cfn_compare_work);
    cfn_compare_work_table *tables =
        CFN__NEW_ARRAY(arena, shared->todo_count + 1, cfn_compare_work_table);
    if (!work || !tables)
        return NULL;
    *work = (cfn_compare_work){.source = run->source_url.place,
                               .target = run->target_url.place,
                               .partial = run->options->work && run->options->work->partial,
                               .tables = tables};
    for (size_t i = 0; i < shared->todo_count; i++)
        if (is_work(&shared->todos[i]))
            add_table(&m, &shared->todos[i], &tables[work->table_count++]);
    bool failed = m.text.failed || cfn_arena_failed(arena);
    cfn__buffer_free(&m.text);
    return failed ? NULL : work;
}

void cfn__save(cfn__run *run)
{
    cfn__shared *shared = run->shared;
    if (!run->options->save)
        return;
    pthread_mutex_lock(&shared->lock);
    cfn_arena *arena = NULL;
    if (cfn__now() >= shared->saved + run->limits.save_seconds)
        arena = cfn_arena_new();
    const cfn_compare_work *left = arena ? cfn__left(run, arena) : NULL;
    if (left)
        run->options->save(run->options->context, left);
    if (arena)
        shared->saved = cfn__now();
    cfn_arena_free(arena);
    pthread_mutex_unlock(&shared->lock);
}
