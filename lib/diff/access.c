/* What changed in who may do what and who reaches whom: the rows of each table that one of the
 * templates alone has. */
#include "diff/access_changes.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_EFFORT = 10 * 1000 * 1000 };

/* ---- what tables share ---- */

bool cfn__access_go_on(cfn__access_sides *sides)
{
    return ++sides->effort <= MOST_EFFORT;
}

bool cfn__access_is_gone(const cfn__access *access, const char *text)
{
    size_t length = cfn__starts_with(text, "${") ? strcspn(text + 2, ".}") : 0;
    if (!length || !strchr(text, '}'))
        return false;
    return !cfn__find_entry(access->tpl, CFN_SECTION_RESOURCES, text + 2, length) &&
           !cfn__find_entry(access->tpl, CFN_SECTION_PARAMETERS, text + 2, length);
}

bool cfn__access_when_covers(const char *outer, const char *inner)
{
    return !outer || (inner && strcmp(outer, inner) == 0);
}

const char *cfn__access_with_when(cfn_arena *arena, const char *text, const char *when)
{
    return when ? cfn__format(arena, "%s%swhen %s", text, *text ? " " : "", when) : text;
}

/* ---- rows that were added or removed ---- */

typedef struct row {
    cfn_access_change change;
    size_t place; /* of its resource: those of the new template, then those that are gone */
    size_t number;
} row;

typedef struct rows {
    cfn__access_sides *sides;
    const cfn__access_rows *table;
    row *items;
    size_t count;
} rows;

static cfn__index keys_of(const rows *r, const cfn__access *access)
{
    cfn__index keys = {0};
    for (size_t i = 0; i < r->table->count(access); i++) {
        const char *key = r->table->key(r->sides, access, i);
        if (key && !cfn__index_get(&keys, key))
            cfn__index_put(r->sides->scratch, &keys, key, (void *)(uintptr_t)(i + 1));
    }
    return keys;
}

/* The member of the resource's properties in which a node stands; "" for the whole of it. */
static const char *path_of(const cfn_resource *resource, const cfn_node *node)
{
    const cfn_node *top = node;
    while (top && top->parent && top->parent != resource->properties)
        top = top->parent;
    return top && top->parent && top->key ? top->key : "";
}

static size_t place_of(const rows *r, const cfn_resource *resource)
{
    const cfn__slot *slot = cfn__find_entry(r->sides->new->tpl, CFN_SECTION_RESOURCES, resource->id,
                                            strlen(resource->id));
    return slot ? slot->ordinal : SIZE_MAX;
}

static void collect(rows *r, const cfn__access *access, const cfn__index *own,
                    const cfn__index *other, cfn_diff_kind kind)
{
    for (size_t i = 0; i < r->table->count(access); i++) {
        const char *key = r->table->key(r->sides, access, i);
        if (!key || cfn__index_get(other, key) ||
            cfn__index_get(own, key) != (void *)(uintptr_t)(i + 1))
            continue;
        const cfn_resource *resource = r->table->resource(access, i);
        row *item = &r->items[r->count];
        const char *reason =
            kind == CFN_DIFF_ADDED ? r->table->added(r->sides, i) : r->table->removed(r->sides, i);
        item->change = (cfn_access_change){.table = r->table->table,
                                           .kind = kind,
                                           .logical_id = resource->id,
                                           .path = path_of(resource, r->table->node(access, i)),
                                           .broadens = reason != NULL,
                                           .reason = reason};
        r->table->cells(r->sides->diff->arena, access, i, item->change.cells);
        item->place = place_of(r, resource);
        item->number = r->count++;
    }
}

/* What is there no more is what something new may stand for. */
static bool find_gone(const rows *r, const cfn__index *new)
{
    size_t count = r->table->count(r->sides->old);
    bool *gone = CFN__NEW_ARRAY(r->sides->scratch, count + 1, bool);
    for (size_t i = 0; gone && i < count; i++) {
        const char *key = r->table->key(r->sides, r->sides->old, i);
        gone[i] = key && !cfn__index_get(new, key);
    }
    r->sides->gone = gone;
    return gone != NULL;
}

static int in_order(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->change.kind != y->change.kind)
        return x->change.kind == CFN_DIFF_REMOVED ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void compare_table(cfn__access_sides *sides, const cfn__access_rows *table)
{
    rows r = {.sides = sides, .table = table};
    size_t most = table->count(sides->old) + table->count(sides->new);
    r.items = most ? CFN__NEW_ARRAY(sides->scratch, most, row) : NULL;
    if (!r.items)
        return;
    cfn__index old = keys_of(&r, sides->old), new = keys_of(&r, sides->new);
    if (!find_gone(&r, &new))
        return;
    collect(&r, sides->new, &new, &old, CFN_DIFF_ADDED);
    collect(&r, sides->old, &old, &new, CFN_DIFF_REMOVED);
    if (r.count)
        qsort(r.items, r.count, sizeof *r.items, in_order);
    for (size_t i = 0; i < r.count; i++)
        cfn__diff_add_access(sides->diff, &r.items[i].change);
}

void cfn__advise_of_access(cfn_template_diff *diff)
{
    static const cfn__access_rows *const tables[] = {
        &cfn__access_statement_rows, &cfn__access_attachment_rows, &cfn__access_rule_rows};
    cfn__access_sides sides = {.diff = diff, .scratch = cfn_arena_new()};
    sides.old = cfn__access_of(diff->arena, diff->old_tpl);
    sides.new = cfn__access_of(diff->arena, diff->new_tpl);
    if (sides.scratch && sides.old && sides.new)
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
            compare_table(&sides, tables[i]);
    if (!sides.scratch || cfn_arena_failed(sides.scratch))
        cfn__arena_fail(diff->arena);
    cfn_arena_free(sides.scratch);
}
