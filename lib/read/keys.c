/* The search for keys that a map holds twice. */
#include "read/reader.h"

#include "base/index.h"

#include <string.h>

/* Small maps are compared pairwise: no memory, and quicker. */
enum { SMALL_MAP = 8 };

static void report_twice(cfn__reader *reader, const cfn_node *first, const cfn_node *second)
{
    cfn__reader_say_of_key(
        reader, CFN0010, second, "key %s is given twice; first at line %u, column %u",
        cfn__shown(reader->arena, second->key), first->key_line, first->key_column);
}

static void check_small(cfn__reader *reader, const cfn_node *map)
{
    for (const cfn_node *n = map->first; n; n = n->next) {
        const cfn_node *m = map->first;
        while (m != n && strcmp(m->key, n->key) != 0)
            m = m->next;
        if (m != n)
            report_twice(reader, m, n);
    }
}

static void check_large(cfn__reader *reader, const cfn_node *map)
{
    cfn_arena *arena = cfn_arena_new(); /* the table is needed for a moment only */
    cfn__index keys = {0};
    for (cfn_node *n = arena ? map->first : NULL; n; n = n->next) {
        const cfn_node *first = cfn__index_get(&keys, n->key);
        if (first)
            report_twice(reader, first, n);
        else
            cfn__index_put(arena, &keys, n->key, n);
    }
    if (!arena || cfn_arena_failed(arena))
        cfn__report_no_memory(reader->diagnostics);
    cfn_arena_free(arena);
}

void cfn__check_keys(cfn__reader *reader, const cfn_node *map)
{
    if (cfn_arena_failed(reader->arena))
        return;
    if (map->size <= SMALL_MAP)
        check_small(reader, map);
    else
        check_large(reader, map);
}
