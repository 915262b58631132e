/* Anchors, aliases and merge keys.
 *
 * An alias is a deep copy of what its anchor stands before. Its size is counted when it is met, but
 * the copy is made when the whole document has been read and is known to be within the limits: a
 * document that grows without bound costs nothing. Repairs are made in the order of the document,
 * so what an alias copies is complete by then. */
#include "read/yaml.h"

#include <string.h>

cfn__anchor *cfn__yaml_anchor(cfn__yaml *y, const yaml_char_t *name, cfn_node *node,
                              uint32_t before)
{
    cfn_arena *arena = y->reader->arena;
    if (!name || !node)
        return NULL;
    cfn__anchor *anchor = CFN__NEW(arena, cfn__anchor);
    if (!anchor)
        return NULL;
    *anchor = (cfn__anchor){.node = node, .nodes = before, .open = true};
    /* an anchor may be given again: the later one counts from here on */
    cfn__index_put(arena, &y->anchors, cfn__strdup(arena, (const char *)name), anchor);
    return anchor;
}

void cfn__yaml_end_anchor(cfn__yaml *y, cfn__anchor *anchor, uint32_t height)
{
    if (!anchor)
        return;
    anchor->nodes = y->reader->nodes - anchor->nodes;
    anchor->height = height;
    anchor->open = false;
}

const cfn__anchor *cfn__yaml_aliased(cfn__yaml *y)
{
    const char *name = (const char *)y->event.data.alias.anchor;
    const cfn__anchor *anchor = cfn__index_get(&y->anchors, name);
    if (!anchor) {
        cfn__reader_say(y->reader, CFN0204, cfn__yaml_place(y),
                        "there is no anchor &%s before this", name);
        cfn__hint(y->reader->diagnostics, "put text that begins with * in quotes");
    } else if (anchor->open) {
        cfn__reader_say(y->reader, CFN0205, cfn__yaml_place(y),
                        "the alias *%s stands inside the value that it names", name);
        anchor = NULL;
    }
    return anchor;
}

static void note(cfn__yaml *y, cfn_node *node, const cfn_node *target)
{
    cfn__repair *repair = CFN__NEW(y->reader->arena, cfn__repair);
    if (!repair)
        return;
    *repair = (cfn__repair){.node = node, .target = target};
    if (y->last_repair)
        y->last_repair->next = repair;
    else
        y->repairs = repair;
    y->last_repair = repair;
}

void cfn__yaml_note_merge(cfn__yaml *y, cfn_node *map)
{
    note(y, map, NULL);
}

void cfn__yaml_alias(cfn__yaml *y)
{
    cfn__place place = cfn__yaml_place(y);
    const cfn__anchor *anchor = cfn__yaml_aliased(y);
    cfn_node *node = cfn__null(&(cfn__maker){y->reader->arena, place});
    if (!anchor) {
        cfn__yaml_attach(y, node);
        return;
    }
    uint32_t depth = cfn__yaml_depth(y) + anchor->height;
    if (!cfn__check_depth(y->reader, depth, place) ||
        !cfn__count_nodes(y->reader, anchor->nodes, place))
        return;
    if (y->open && cfn__yaml_top(y)->deepest < depth)
        cfn__yaml_top(y)->deepest = depth;
    cfn__yaml_attach(y, node);
    note(y, node, anchor->node);
}

static void report_merge(cfn__yaml *y, const cfn_node *value)
{
    cfn__reader_say_of(y->reader, CFN0207, value, "<< takes a mapping or a list of them, not %s",
                       cfn__kind_name(value->kind));
    cfn__hint(y->reader->diagnostics, "put << in quotes when it is an ordinary key");
}

/* Moves the members that the map does not have yet to its end. */
static void merge_from(cfn_arena *arena, cfn__index *keys, cfn_node *map, cfn_node *from)
{
    for (cfn_node *n = from->first, *next; n; n = next) {
        next = n->next;
        if (cfn__index_get(keys, n->key))
            continue;
        cfn__index_put(arena, keys, n->key, n);
        cfn__append(map, n);
    }
}

static void merge(cfn__yaml *y, cfn__index *keys, cfn_node *map, cfn_node *value)
{
    if (value->kind == CFN_KIND_MAP) {
        merge_from(y->reader->arena, keys, map, value);
        return;
    }
    if (value->kind != CFN_KIND_LIST)
        report_merge(y, value);
    for (cfn_node *n = value->first; n; n = n->next) {
        if (n->kind == CFN_KIND_MAP)
            merge_from(y->reader->arena, keys, map, n);
        else
            report_merge(y, n);
    }
}

/* Rebuilds a map: what is merged stands where the << stood; keys of the map itself win. */
static void merge_all(cfn__yaml *y, cfn_node *map)
{
    cfn__index keys = {0};
    for (cfn_node *n = map->first; n; n = n->next)
        if (n->key != cfn__merge_key)
            cfn__index_put(y->reader->arena, &keys, n->key, n);
    cfn_node *member = map->first;
    map->first = map->last = NULL;
    map->size = 0;
    for (cfn_node *next; member; member = next) {
        next = member->next;
        if (member->key == cfn__merge_key)
            merge(y, &keys, map, member);
        else
            cfn__append(map, member);
    }
}

void cfn__yaml_repair(cfn__yaml *y)
{
    cfn_arena *arena = y->reader->arena;
    for (const cfn__repair *r = y->repairs; r && !cfn_arena_failed(arena); r = r->next) {
        if (r->target)
            cfn__become(r->node, cfn__copy(arena, r->target));
        else
            merge_all(y, r->node);
    }
}
