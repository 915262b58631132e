/* Cuts tables into ranges of about as many rows, so that they can be worked on at once. */
#include "compare/run.h"

#include <stdlib.h>

enum { LEAST_ROWS = 20000 };

typedef struct cut {
    cfn__part *parts;
    size_t count, room;
} cut;

static bool copy_end(cfn__end *to, const cfn__end *from, const cfn__pair *pair)
{
    return !from->known ||
           cfn__end_take(to, (const char *const *)from->texts, from->lengths, pair->key_count);
}

static bool has_room(cut *c)
{
    if (c->count < c->room)
        return true;
    size_t room = c->room ? c->room * 2 : 16;
    cfn__part *parts = realloc(c->parts, room * sizeof *parts);
    if (!parts)
        return false;
    c->parts = parts;
    c->room = room;
    return true;
}

/* A part that begins at a key; NULL: where the last one ended. */
static bool add_part(cut *c, const cfn__pair *pair, const cfn__end *low)
{
    if (!has_room(c))
        return false;
    c->parts[c->count] = (cfn__part){0};
    c->count++;
    return copy_end(&c->parts[c->count - 1].low, low ? low : &c->parts[c->count - 2].high, pair);
}

/* The key where the last part ends is found; false when there is none, or it cannot be found now.
 */
static bool find_end(cfn__run *run, const cfn__pair *pair, const cut *c, const cfn__end *high,
                     uint64_t rows)
{
    cfn__part *part = &c->parts[c->count - 1];
    return !cfn__must_stop(&run->control) &&
           cfn__find_key(run, pair, &part->low, high, rows, &part->high) > 0;
}

/* What cannot be found out stays in one piece: who works on it tells why. False without memory. */
static bool cut_part(cfn__run *run, const cfn__pair *pair, const cfn__part *whole, uint64_t rows,
                     cut *c)
{
    if (!add_part(c, pair, &whole->low))
        return false;
    while (find_end(run, pair, c, &whole->high, rows))
        if (!add_part(c, pair, NULL))
            return false;
    cfn__end_free(&c->parts[c->count - 1].high);
    return copy_end(&c->parts[c->count - 1].high, &whole->high, pair);
}

static void free_parts(cfn__part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cfn__end_free(&parts[i].low);
        cfn__end_free(&parts[i].high);
    }
    free(parts);
}

/* All parts of a table; without memory they stay as they are. */
static void cut_table(cfn__run *run, cfn__todo *todo, uint64_t rows)
{
    cut c = {0};
    for (size_t i = 0; i < todo->part_count; i++)
        if (!cut_part(run, todo->pair, &todo->parts[i], rows, &c)) {
            free_parts(c.parts, c.count);
            return;
        }
    free_parts(todo->parts, todo->part_count);
    todo->parts = c.parts;
    todo->part_count = todo->open = c.count;
}

/* Some more parts than workers, for some take longer. */
static uint64_t rows_for_all(const cfn__run *run, double table_rows)
{
    double rows = table_rows / (run->limits.jobs * 4);
    return rows < LEAST_ROWS ? LEAST_ROWS : (uint64_t)rows;
}

void cfn__split(cfn__run *run, uint64_t rows)
{
    for (size_t i = 0; i < run->shared->todo_count; i++) {
        cfn__todo *todo = &run->shared->todos[i];
        const cfn__pair *pair = todo->pair;
        double all = pair->source.table->rows;
        uint64_t wanted = rows ? rows : rows_for_all(run, all);
        if (pair->blocked || pair->method != CFN__METHOD_RANGES || !todo->part_count ||
            all < (double)wanted)
            continue;
        cut_table(run, todo, wanted);
        for (size_t k = 0; k < todo->part_count; k++)
            cfn__set_up_part(todo, k);
    }
}
