/* Describes confirmed differences: which columns of a row differ, and in what way. */
#include "compare/run.h"

#include <stdlib.h>
#include <string.h>

/* For each column that is not in the key three cells: what is compared, what is shown, and how long
 * the value is. */
enum { CELLS = 3, SHOWN = 200 };

static void add_shown(cfn__buffer *sql, cfn__family family, const cfn__column *c)
{
    cfn__buffer name = {0};
    cfn__add_name(family, &name, c->name);
    const char *n = name.failed ? "" : name.text;
    bool bytes = c->type->class_ == CFN__CLASS_BYTES,
         shape = c->type->class_ == CFN__CLASS_GEOMETRY;
    bool number = c->type->class_ == CFN__CLASS_FLOAT || c->type->class_ == CFN__CLASS_BIT;
    if (family == CFN__POSTGRESQL && bytes)
        cfn__buffer_format(sql, ",encode(substr(%s,1,%d),'hex'),octet_length(%s)", n, SHOWN / 2, n);
    else if (family == CFN__POSTGRESQL)
        cfn__buffer_format(sql, ",left(%s::text,%d),octet_length(%s::text)", n, SHOWN, n);
    else if (bytes || shape)
        cfn__buffer_format(sql, ",HEX(LEFT(%s,%d)),LENGTH(%s)", n, SHOWN / 2, n);
    else if (number)
        cfn__buffer_format(sql, ",(%s+0e0),LENGTH(%s)", n, n);
    else
        cfn__buffer_format(sql, ",LEFT(CONVERT(%s USING utf8mb4),%d),LENGTH(%s)", n, SHOWN, n);
    sql->failed = sql->failed || name.failed;
    cfn__buffer_free(&name);
}

static void add_cells(cfn__buffer *sql, const cfn__run *run, const cfn__pair *pair, bool of_target)
{
    const cfn__side *side = of_target ? &pair->target : &pair->source;
    int version = of_target ? run->target.version : run->source.version;
    cfn__buffer_format(sql, "SELECT %s", side->key_list);
    for (size_t i = pair->key_count; i < pair->column_count; i++) {
        const cfn__pair_column *c = &pair->columns[i];
        const cfn__column *own = of_target ? c->target : c->source;
        cfn__buffer_add_char(sql, ',');
        cfn__add_value(sql, side->family, version, own, of_target ? c->source : c->target, false);
        add_shown(sql, side->family, own);
    }
    cfn__buffer_format(sql, " FROM %s WHERE %s", side->from, side->condition);
}

/* Fetches the one row of a key; 1: there it is, 0: it is gone, -1: a fault. */
static int fetch_row(cfn__run *run, cfn__pair *pair, cfn__session *session, const cfn__rowset *rows,
                     size_t at)
{
    bool of_target = session == &run->target;
    cfn__buffer sql = {0};
    if (pair->method == CFN__METHOD_KEYLESS)
        cfn__buffer_format(&sql, "SELECT COUNT(*) FROM %s WHERE %s",
                           of_target ? pair->target.from : pair->source.from,
                           of_target ? pair->target.condition : pair->source.condition);
    else
        add_cells(&sql, run, pair, of_target);
    cfn__add_members(session, &sql, pair, rows, &at, 1);
    int got = -1;
    if (cfn__send(session, sql.failed ? NULL : sql.text) && cfn__await(session))
        got = cfn__fetch(session);
    cfn__buffer_free(&sql);
    return got;
}

static const char *kept(cfn_arena *arena, const cfn__session *session, size_t cell, bool wanted)
{
    return wanted && session->cells[cell]
               ? cfn__strndup(arena, session->cells[cell], session->lengths[cell])
               : NULL;
}

static bool cells_differ(const cfn__session *s, const cfn__session *t, size_t i)
{
    if (!s->cells[i] || !t->cells[i])
        return s->cells[i] != t->cells[i];
    return s->lengths[i] != t->lengths[i] || memcmp(s->cells[i], t->cells[i], s->lengths[i]) != 0;
}

static uint64_t number(const cfn__session *session, size_t cell)
{
    return session->cells[cell] ? strtoull(session->cells[cell], NULL, 10) : 0;
}

/* Both sessions stand on the row. */
static void compare_cells(cfn__run *run, cfn__pair *pair, cfn_compare_difference *difference)
{
    const cfn__session *s = &run->source, *t = &run->target;
    bool wanted = run->options->show_values;
    cfn_compare_cell *cells = CFN__NEW_ARRAY(run->arena, pair->column_count, cfn_compare_cell);
    difference->cells = cells;
    for (size_t i = pair->key_count; cells && i < pair->column_count; i++) {
        size_t at = pair->key_count + (i - pair->key_count) * CELLS;
        if (!cells_differ(s, t, at))
            continue;
        const char *source = s->cells[at] ? s->cells[at + 1] : NULL;
        const char *target = t->cells[at] ? t->cells[at + 1] : NULL;
        cells[difference->cell_count++] =
            (cfn_compare_cell){.column = pair->columns[i].source->name,
                               .reason = cfn__classify(pair->columns[i].source, source, target,
                                                       number(s, at + 2), number(t, at + 2)),
                               .source = kept(run->arena, s, at + 1, wanted),
                               .target = kept(run->arena, t, at + 1, wanted),
                               .source_length = number(s, at + 2),
                               .target_length = number(t, at + 2)};
    }
}

static bool describe_row(cfn__run *run, cfn__pair *pair, const cfn__rowset *rows, size_t at,
                         cfn_compare_difference *difference)
{
    bool keyless = pair->method == CFN__METHOD_KEYLESS;
    if (!keyless && difference->change != CFN_COMPARE_CHANGED)
        return true;
    int source = fetch_row(run, pair, &run->source, rows, at);
    int target = source >= 0 ? fetch_row(run, pair, &run->target, rows, at) : -1;
    if (source > 0 && target > 0 && keyless) {
        difference->source_count = number(&run->source, 0);
        difference->target_count = number(&run->target, 0);
    } else if (source > 0 && target > 0)
        compare_cells(run, pair, difference);
    cfn__discard(&run->source);
    cfn__discard(&run->target);
    return source >= 0 && target >= 0;
}

static const char *const *key_of(cfn_arena *arena, const cfn__row *row, size_t count)
{
    const char **cells = CFN__NEW_ARRAY(arena, count, const char *);
    size_t *lengths = CFN__NEW_ARRAY(arena, count, size_t);
    if (!cells || !lengths)
        return NULL;
    cfn__row_cells(row, cells, lengths, count);
    for (size_t i = 0; i < count; i++)
        cells[i] = cells[i] ? cfn__strndup(arena, cells[i], lengths[i]) : NULL;
    return cells;
}

bool cfn__describe(cfn__run *run, cfn__pair *pair, const cfn__rowset *confirmed)
{
    const cfn_compare_difference **end = &pair->report->differences;
    size_t keys = pair->key_count ? pair->key_count : 1;
    for (size_t i = 0; i < confirmed->count && i < run->limits.max_details; i++) {
        cfn_compare_difference *d = CFN__NEW(run->arena, cfn_compare_difference);
        if (!d)
            return false;
        d->change = (cfn_compare_change)confirmed->rows[i]->mark;
        d->key = key_of(run->arena, confirmed->rows[i], keys);
        d->key_count = d->key ? keys : 0;
        *end = d;
        end = (const cfn_compare_difference **)&d->next;
        if (cfn__must_stop(&run->control) || !describe_row(run, pair, confirmed, i, d))
            break; /* that they differ is known; in what way is not */
    }
    return true;
}
