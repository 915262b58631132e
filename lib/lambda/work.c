/* Cutting work into items, and putting work together. */
#include "lambda/work.h"

#include "base/index.h"

#include <stdlib.h>
#include <string.h>

typedef cfn_compare_work_table table;

/* The tables of all works by their names, each once: with the sums of all its numbers, and arrays
 * that are still empty. */
static table *gather(cfn_arena *arena, cfn__index *index, const cfn_compare_work *const *works,
                     size_t count, size_t *found)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += works[i]->table_count;
    table *tables = CFN__NEW_ARRAY(arena, most + 1, table);
    for (size_t i = 0; i < count && tables; i++)
        for (const table *t = works[i]->tables; t < works[i]->tables + works[i]->table_count; t++) {
            const char *key =
                cfn__format(arena, "%zu %s %s", strlen(t->schema), t->schema, t->name);
            table *to = cfn__index_get(index, key);
            if (!to) {
                to = &tables[(*found)++];
                *to = (table){.schema = t->schema, .name = t->name, .plan = t->plan};
                cfn__index_put(arena, index, key, to);
            }
            to->range_count += t->range_count;
            to->suspect_count += t->suspect_count;
            to->confirmed_count += t->confirmed_count;
            to->source_rows += t->source_rows;
            to->target_rows += t->target_rows;
            to->chunks += t->chunks;
            to->settled += t->settled;
        }
    return tables;
}

typedef struct lists {
    cfn_compare_range *ranges;
    const char **suspects, **confirmed;
    size_t range_count, suspect_count, confirmed_count;
} lists;

static bool make_lists(cfn_arena *arena, const table *t, lists *l)
{
    l->ranges = CFN__NEW_ARRAY(arena, t->range_count + 1, cfn_compare_range);
    l->suspects = CFN__NEW_ARRAY(arena, t->suspect_count + 1, const char *);
    l->confirmed = CFN__NEW_ARRAY(arena, t->confirmed_count + 1, const char *);
    return l->ranges && l->suspects && l->confirmed;
}

static void fill(lists *l, const table *t)
{
    for (size_t i = 0; i < t->range_count; i++)
        l->ranges[l->range_count++] = t->ranges[i];
    for (size_t i = 0; i < t->suspect_count; i++)
        l->suspects[l->suspect_count++] = t->suspects[i];
    for (size_t i = 0; i < t->confirmed_count; i++)
        l->confirmed[l->confirmed_count++] = t->confirmed[i];
}

static bool fill_tables(cfn_arena *arena, table *tables, size_t found, const cfn__index *index,
                        const cfn_compare_work *const *works, size_t count)
{
    lists *all = CFN__NEW_ARRAY(arena, found + 1, lists);
    for (size_t i = 0; i < found; i++)
        if (!all || !make_lists(arena, &tables[i], &all[i]))
            return false;
    for (size_t i = 0; i < count; i++)
        for (const table *t = works[i]->tables; t < works[i]->tables + works[i]->table_count; t++) {
            const char *key =
                cfn__format(arena, "%zu %s %s", strlen(t->schema), t->schema, t->name);
            const table *to = cfn__index_get(index, key);
            if (!to)
                return false;
            fill(&all[to - tables], t);
        }
    for (size_t i = 0; i < found; i++) {
        tables[i].ranges = all[i].ranges;
        tables[i].suspects = all[i].suspects;
        tables[i].confirmed = all[i].confirmed;
    }
    return true;
}

static bool same_databases(const cfn_compare_work *const *works, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(works[i]->source, works[0]->source) != 0 ||
            strcmp(works[i]->target, works[0]->target) != 0)
            return false;
    return count > 0;
}

static int by_name(const void *a, const void *b)
{
    const table *x = a, *y = b;
    int schemas = strcmp(x->schema, y->schema);
    return schemas ? schemas : strcmp(x->name, y->name);
}

const cfn_compare_work *cfn__merge_work(cfn_arena *arena, const cfn_compare_work *const *works,
                                        size_t count)
{
    cfn__index index = {0};
    size_t found = 0;
    if (count == 1 || !same_databases(works, count))
        return count == 1 ? works[0] : NULL;
    cfn_compare_work *merged = CFN__NEW(arena, cfn_compare_work);
    table *tables = gather(arena, &index, works, count, &found);
    if (!merged || !tables || !fill_tables(arena, tables, found, &index, works, count))
        return NULL;
    *merged = (cfn_compare_work){.source = works[0]->source,
                                 .target = works[0]->target,
                                 .partial = true,
                                 .tables = tables,
                                 .table_count = found};
    for (size_t i = 0; i < count; i++)
        merged->partial = merged->partial && works[i]->partial;
    if (found) /* results come in any order, but a run takes tables in theirs */
        qsort(tables, found, sizeof *tables, by_name);
    return cfn_arena_failed(arena) ? NULL : merged;
}

/* Item `at` of `count`. */
static const cfn_compare_work *item(cfn_arena *arena, const cfn_compare_work *work, size_t pieces,
                                    size_t at, size_t count)
{
    size_t first = at * pieces / count, end = (at + 1) * pieces / count;
    const cfn_compare_work **parts =
        CFN__NEW_ARRAY(arena, end - first + 1, const cfn_compare_work *);
    for (size_t i = first; i < end && parts; i++) {
        parts[i - first] = cfn_compare_work_piece(arena, work, i);
        if (!parts[i - first])
            return NULL;
    }
    return parts ? cfn__merge_work(arena, parts, end - first) : NULL;
}

cfn_node *cfn__work_items(const cfn__maker *make, const cfn_compare_work *work)
{
    size_t pieces = cfn_compare_work_size(work);
    size_t count = pieces < CFN__MOST_ITEMS ? pieces : CFN__MOST_ITEMS;
    cfn_node *list = cfn__list(make);
    for (size_t i = 0; i < count && list; i++) {
        const cfn_compare_work *one = item(make->arena, work, pieces, i, count);
        const cfn_node *node = one ? cfn_compare_work_node(make->arena, one) : NULL;
        if (!node)
            return NULL;
        cfn__append(list, cfn__copy(make->arena, node));
    }
    return list;
}
