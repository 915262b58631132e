/* Looking at nodes: kind, members, equality, place. */
#include "node/node.h"

#include <stdlib.h>
#include <string.h>

cfn_kind cfn_node_kind(const cfn_node *node)
{
    return node ? node->kind : CFN_KIND_NULL;
}

const char *cfn_node_text(const cfn_node *node)
{
    return node ? node->text : NULL;
}

const char *cfn_node_key(const cfn_node *node)
{
    return node ? node->key : NULL;
}

size_t cfn_node_size(const cfn_node *node)
{
    return node ? node->size : 0;
}

const cfn_node *cfn_node_first(const cfn_node *node)
{
    return node ? node->first : NULL;
}

const cfn_node *cfn_node_next(const cfn_node *node)
{
    return node ? node->next : NULL;
}

cfn_node *cfn__get(const cfn_node *map, const char *key)
{
    if (!cfn__is_map(map))
        return NULL;
    for (cfn_node *n = map->first; n; n = n->next)
        if (strcmp(n->key, key) == 0)
            return n;
    return NULL;
}

const cfn_node *cfn_node_get(const cfn_node *map, const char *key)
{
    return cfn__get(map, key);
}

const cfn_node *cfn_node_at(const cfn_node *list, size_t index)
{
    const cfn_node *n = cfn__is_list(list) ? list->first : NULL;
    while (n && index--)
        n = n->next;
    return n;
}

static const cfn_node *step(const cfn_node *node, const char *name, size_t length)
{
    if (cfn__is_list(node)) {
        char *end = NULL;
        unsigned long long index = strtoull(name, &end, 10);
        return end == name + length && length ? cfn_node_at(node, (size_t)index) : NULL;
    }
    for (const cfn_node *n = cfn__is_map(node) ? node->first : NULL; n; n = n->next)
        if (strlen(n->key) == length && memcmp(n->key, name, length) == 0)
            return n;
    return NULL;
}

const cfn_node *cfn_node_find(const cfn_node *root, const char *path)
{
    const cfn_node *node = root;
    while (node && *path) {
        size_t length = strcspn(path, "/");
        node = step(node, path, length);
        path += length + (path[length] == '/');
    }
    return node;
}

bool cfn__text_is(const cfn_node *node, const char *text)
{
    return cfn__is_string(node) && strcmp(node->text, text) == 0;
}

const char *cfn__kind_name(cfn_kind kind)
{
    static const char *const names[] = {"nothing",  "a boolean", "a number",
                                        "a string", "a list",    "a mapping"};
    return names[kind];
}

/* Usually both maps have the same order, so the member of b is looked for from where the last one
 * was found; then a pair of equal maps costs one walk. */
static bool equal_maps(const cfn_node *a, const cfn_node *b)
{
    const cfn_node *expected = b->first;
    for (const cfn_node *n = a->first; n; n = n->next) {
        if (!expected || strcmp(expected->key, n->key) != 0)
            expected = cfn__get(b, n->key);
        if (!expected || !cfn_node_equal(n, expected))
            return false;
        expected = expected->next;
    }
    return true;
}

static bool equal_lists(const cfn_node *a, const cfn_node *b)
{
    const cfn_node *m = b->first;
    for (const cfn_node *n = a->first; n; n = n->next, m = m->next)
        if (!cfn_node_equal(n, m))
            return false;
    return true;
}

bool cfn_node_equal(const cfn_node *a, const cfn_node *b)
{
    if (!a || !b)
        return a == b;
    if (a->kind != b->kind || a->size != b->size || a->length != b->length)
        return false;
    if (a->kind == CFN_KIND_MAP)
        return equal_maps(a, b);
    if (a->kind == CFN_KIND_LIST)
        return equal_lists(a, b);
    return memcmp(a->text, b->text, a->length) == 0;
}

cfn_mark cfn_node_mark(const cfn_node *node)
{
    if (!node)
        return (cfn_mark){0};
    const cfn__place *p = &node->place;
    return (cfn_mark){p->source ? p->source->file : NULL, p->line, p->column, p->end_line,
                      p->end_column};
}
