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

/* The rows of one side, by what they mean. */
typedef struct keyed {
    const cfn__access *access;
    const char **keys; /* of each row; NULL: it does not count */
    size_t count;
    cfn__index numbers; /* one more than the first row of each key */
} keyed;

/* False without memory. */
static bool find_keys(const rows *r, keyed *side)
{
    cfn_arena *scratch = r->sides->scratch;
    side->count = r->table->count(side->access);
    side->keys = CFN__NEW_ARRAY(scratch, side->count + 1, const char *);
    for (size_t i = 0; side->keys && i < side->count; i++) {
        const char *key = side->keys[i] = r->table->key(r->sides, side->access, i);
        if (key && !cfn__index_get(&side->numbers, key))
            cfn__index_put(scratch, &side->numbers, key, (void *)(uintptr_t)(i + 1));
    }
    return side->keys != NULL;
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

static void collect(rows *r, const keyed *side, const keyed *other, cfn_diff_kind kind)
{
    for (size_t i = 0; i < side->count; i++) {
        const char *key = side->keys[i];
        if (!key || cfn__index_get(&other->numbers, key) ||
            cfn__index_get(&side->numbers, key) != (void *)(uintptr_t)(i + 1))
            continue;
        const cfn_resource *resource = r->table->resource(side->access, i);
        row *item = &r->items[r->count];
        const char *reason =
            kind == CFN_DIFF_ADDED ? r->table->added(r->sides, i) : r->table->removed(r->sides, i);
        item->change =
            (cfn_access_change){.table = r->table->table,
                                .kind = kind,
                                .logical_id = resource->id,
                                .path = path_of(resource, r->table->node(side->access, i)),
                                .broadens = reason != NULL,
                                .reason = reason};
        r->table->cells(r->sides->diff->arena, side->access, i, item->change.cells);
        item->place = place_of(r, resource);
        item->number = r->count++;
    }
}

/* What is there no more is what something new may stand for. */
static bool find_gone(const rows *r, const keyed *old, const keyed *new)
{
    bool *gone = CFN__NEW_ARRAY(r->sides->scratch, old->count + 1, bool);
    for (size_t i = 0; gone && i < old->count; i++)
        gone[i] = old->keys[i] && !cfn__index_get(&new->numbers, old->keys[i]);
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
    keyed old = {.access = sides->old}, new = {.access = sides->new};
    if (!find_keys(&r, &old) || !find_keys(&r, &new) || !find_gone(&r, &old, &new))
        return;
    collect(&r, &new, &old, CFN_DIFF_ADDED);
    collect(&r, &old, &new, CFN_DIFF_REMOVED);
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
