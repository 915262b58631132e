/* Work as nodes, and in pieces. */
#include "node/node.h"

#include <cfngen/compare_work.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The first member of the document, and the version of its form. */
static const char form_key[] = "cfngenComparison", form_version[] = "1";

bool cfn_compare_work_is_done(const cfn_compare_work *work)
{
    for (size_t i = 0; i < work->table_count; i++)
        if (work->tables[i].range_count || work->tables[i].suspect_count)
            return false;
    return true;
}

static size_t pieces_of(const cfn_compare_work_table *t)
{
    return t->range_count + (t->suspect_count || t->confirmed_count);
}

size_t cfn_compare_work_size(const cfn_compare_work *work)
{
    size_t size = 0;
    for (size_t i = 0; i < work->table_count; i++)
        size += pieces_of(&work->tables[i]);
    return size;
}

const cfn_compare_work *cfn_compare_work_piece(cfn_arena *arena, const cfn_compare_work *work,
                                               size_t index)
{
    size_t i = 0;
    for (; i < work->table_count && index >= pieces_of(&work->tables[i]); i++)
        index -= pieces_of(&work->tables[i]);
    if (i == work->table_count)
        return NULL;
    const cfn_compare_work_table *whole = &work->tables[i];
    cfn_compare_work *piece = CFN__NEW(arena, cfn_compare_work);
    cfn_compare_work_table *table = CFN__NEW(arena, cfn_compare_work_table);
    if (!piece || !table)
        return NULL;
    *table = (cfn_compare_work_table){whole->schema, whole->name, whole->plan, NULL, 0, NULL, 0,
                                      NULL,          0,           0,           0,    0, 0};
    if (index < whole->range_count) {
        table->ranges = &whole->ranges[index];
        table->range_count = 1;
    } else {
        table->suspects = whole->suspects;
        table->suspect_count = whole->suspect_count;
        table->confirmed = whole->confirmed;
        table->confirmed_count = whole->confirmed_count;
    }
    *piece = (cfn_compare_work){work->source, work->target, true, table, 1};
    return piece;
}

static void put_text(const cfn__maker *maker, cfn_node *map, const char *key, const char *text)
{
    if (text)
        cfn__put(map, key, cfn__string(maker, text));
}

static void put_rows(const cfn__maker *maker, cfn_node *map, const char *key,
                     const char *const *rows, size_t count)
{
    cfn_node *list = cfn__list(maker);
    for (size_t i = 0; i < count; i++)
        cfn__append(list, cfn__string(maker, rows[i]));
    if (count)
        cfn__put(map, key, list);
}

static cfn_node *range_node(const cfn__maker *maker, const cfn_compare_range *range)
{
    cfn_node *node = cfn__map(maker);
    put_text(maker, node, "low", range->low);
    put_text(maker, node, "high", range->high);
    return node;
}

/* The numbers, as members of nodes and of the table. */
static const struct {
    const char *key;
    size_t offset;
} numbers[] = {
    {"sourceRows", offsetof(cfn_compare_work_table, source_rows)},
    {"targetRows", offsetof(cfn_compare_work_table, target_rows)},
    {"chunks", offsetof(cfn_compare_work_table, chunks)},
    {"settled", offsetof(cfn_compare_work_table, settled)},
};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static cfn_node *table_node(const cfn__maker *maker, const cfn_compare_work_table *t)
{
    cfn_node *node = cfn__map(maker), *ranges = cfn__list(maker);
    put_text(maker, node, "schema", t->schema);
    put_text(maker, node, "table", t->name);
    put_text(maker, node, "plan", t->plan);
    for (size_t i = 0; i < NUMBERS; i++) {
        uint64_t value;
        memcpy(&value, (const char *)t + numbers[i].offset, sizeof value);
        if (value)
            cfn__put(node, numbers[i].key, cfn__integer(maker, (int64_t)value));
    }
    for (size_t i = 0; i < t->range_count; i++)
        cfn__append(ranges, range_node(maker, &t->ranges[i]));
    if (t->range_count)
        cfn__put(node, "ranges", ranges);
    put_rows(maker, node, "suspects", t->suspects, t->suspect_count);
    put_rows(maker, node, "confirmed", t->confirmed, t->confirmed_count);
    return node;
}

const cfn_node *cfn_compare_work_node(cfn_arena *arena, const cfn_compare_work *work)
{
    cfn__maker maker = {arena, {0}};
    cfn_node *root = cfn__map(&maker), *tables = cfn__list(&maker);
    put_text(&maker, root, form_key, form_version);
    put_text(&maker, root, "source", work->source);
    put_text(&maker, root, "target", work->target);
    if (work->partial)
        cfn__put(root, "partial", cfn__boolean(&maker, true));
    for (size_t i = 0; i < work->table_count; i++)
        cfn__append(tables, table_node(&maker, &work->tables[i]));
    cfn__put(root, "tables", tables);
    return cfn_arena_failed(arena) ? NULL : root;
}

typedef struct reader {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    bool failed;
} reader;

static void wrong(reader *r, const cfn_node *node, const char *what)
{
    r->failed = true;
    cfn__report(r->diagnostics, CFN5005, node, "%s", what);
}

/* A text that may be left out; `fallback` then. */
static const char *text_of(reader *r, const cfn_node *map, const char *key, const char *fallback)
{
    const cfn_node *node = cfn_node_get(map, key);
    if (!node)
        return fallback;
    if (!cfn__is_string(node))
        wrong(r, node, "this is not a text");
    return cfn__is_string(node) ? cfn_node_text(node) : "";
}

static uint64_t number_of(reader *r, const cfn_node *map, const char *key)
{
    const cfn_node *node = cfn_node_get(map, key);
    const char *text = cfn_node_text(node);
    if (!node)
        return 0;
    if (cfn_node_kind(node) != CFN_KIND_NUMBER || strspn(text, "0123456789") != strlen(text) ||
        strlen(text) > 18) {
        wrong(r, node, "this is not a number of things");
        return 0;
    }
    return strtoull(text, NULL, 10);
}

static const cfn_node *list_of(reader *r, const cfn_node *map, const char *key)
{
    const cfn_node *node = cfn_node_get(map, key);
    if (node && !cfn__is_list(node))
        wrong(r, node, "this is not a list");
    return cfn__is_list(node) ? node : NULL;
}

static const char *const *rows_of(reader *r, const cfn_node *map, const char *key, size_t *count)
{
    const cfn_node *list = list_of(r, map, key);
    const char **rows = CFN__NEW_ARRAY(r->arena, cfn_node_size(list) + 1, const char *);
    for (const cfn_node *n = cfn_node_first(list); n && rows; n = cfn_node_next(n)) {
        if (!cfn__is_string(n))
            wrong(r, n, "this is not the key of a row");
        else
            rows[(*count)++] = cfn_node_text(n);
    }
    return rows;
}

static void read_ranges(reader *r, const cfn_node *map, cfn_compare_work_table *t)
{
    const cfn_node *list = list_of(r, map, "ranges");
    cfn_compare_range *ranges =
        CFN__NEW_ARRAY(r->arena, cfn_node_size(list) + 1, cfn_compare_range);
    for (const cfn_node *n = cfn_node_first(list); n && ranges; n = cfn_node_next(n)) {
        if (!cfn__is_map(n))
            wrong(r, n, "this is not a range");
        else
            ranges[t->range_count++] =
                (cfn_compare_range){text_of(r, n, "low", NULL), text_of(r, n, "high", NULL)};
    }
    t->ranges = ranges;
}

static void read_table(reader *r, const cfn_node *node, cfn_compare_work_table *t)
{
    if (!cfn__is_map(node)) {
        wrong(r, node, "this is not a table");
        return;
    }
    t->schema = text_of(r, node, "schema", NULL);
    t->name = text_of(r, node, "table", NULL);
    t->plan = text_of(r, node, "plan", NULL);
    if (!t->schema || !t->name)
        wrong(r, node, "\"schema\" or \"table\" is missing");
    for (size_t i = 0; i < NUMBERS; i++) {
        uint64_t value = number_of(r, node, numbers[i].key);
        memcpy((char *)t + numbers[i].offset, &value, sizeof value);
    }
    read_ranges(r, node, t);
    t->suspects = rows_of(r, node, "suspects", &t->suspect_count);
    t->confirmed = rows_of(r, node, "confirmed", &t->confirmed_count);
}

/* The same table twice would be counted twice. */
static void find_twins(reader *r, const cfn_node *list, const cfn_compare_work *work)
{
    for (size_t i = 1; i < work->table_count && !r->failed; i++) {
        const cfn_compare_work_table *a = &work->tables[i - 1], *b = &work->tables[i];
        int order = strcmp(a->schema, b->schema);
        if (order > 0 || (order == 0 && strcmp(a->name, b->name) >= 0))
            wrong(r, cfn_node_at(list, i), "tables are not in their order, or come twice");
    }
}

const cfn_compare_work *cfn_compare_work_read(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                              const cfn_node *root)
{
    reader r = {arena, diagnostics, false};
    cfn_compare_work *work = CFN__NEW(arena, cfn_compare_work);
    const cfn_node *form = cfn_node_get(root, form_key), *partial = cfn_node_get(root, "partial");
    if (!form || !cfn__text_is(form, form_version) || !work) {
        wrong(&r, form ? form : root,
              "this is not a comparison that cfngen has written, or not "
              "by this version");
        return NULL;
    }
    work->source = text_of(&r, root, "source", "");
    work->target = text_of(&r, root, "target", "");
    if (partial && cfn_node_kind(partial) != CFN_KIND_BOOLEAN)
        wrong(&r, partial, "this is not true or false");
    else
        work->partial = partial && strcmp(cfn_node_text(partial), "true") == 0;
    const cfn_node *list = list_of(&r, root, "tables");
    if (!list)
        wrong(&r, root, "\"tables\" is missing");
    cfn_compare_work_table *tables =
        CFN__NEW_ARRAY(arena, cfn_node_size(list) + 1, cfn_compare_work_table);
    for (const cfn_node *n = cfn_node_first(list); n && tables; n = cfn_node_next(n))
        read_table(&r, n, &tables[work->table_count++]);
    work->tables = tables;
    if (!r.failed)
        find_twins(&r, list, work);
    return r.failed || cfn_arena_failed(arena) ? NULL : work;
}
