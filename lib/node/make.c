/* Making and changing nodes. */
#include "node/node.h"

#include <inttypes.h>
#include <string.h>

static cfn_node *make(const cfn__maker *maker, cfn_kind kind)
{
    cfn_node *node = CFN__NEW(maker->arena, cfn_node);
    if (node) {
        node->kind = kind;
        node->place = maker->place;
    }
    return node;
}

cfn_node *cfn__scalar(const cfn__maker *maker, cfn_kind kind, const char *text, size_t length)
{
    if (length > UINT32_MAX)
        return NULL;
    cfn_node *node = make(maker, kind);
    if (node) {
        node->text = text;
        node->length = (uint32_t)length;
    }
    return node;
}

cfn_node *cfn__string(const cfn__maker *maker, const char *text)
{
    return cfn__scalar(maker, CFN_KIND_STRING, text, strlen(text));
}

cfn_node *cfn__integer(const cfn__maker *maker, int64_t value)
{
    const char *text = cfn__format(maker->arena, "%" PRId64, value);
    return cfn__scalar(maker, CFN_KIND_NUMBER, text, strlen(text));
}

cfn_node *cfn__boolean(const cfn__maker *maker, bool value)
{
    const char *text = value ? "true" : "false";
    return cfn__scalar(maker, CFN_KIND_BOOLEAN, text, strlen(text));
}

cfn_node *cfn__null(const cfn__maker *maker)
{
    return cfn__scalar(maker, CFN_KIND_NULL, "null", 4);
}

cfn_node *cfn__list(const cfn__maker *maker)
{
    return make(maker, CFN_KIND_LIST);
}

cfn_node *cfn__map(const cfn__maker *maker)
{
    return make(maker, CFN_KIND_MAP);
}

cfn_node *cfn__append(cfn_node *list, cfn_node *value)
{
    if (!list || !value)
        return list;
    value->parent = list;
    value->next = NULL;
    if (list->last)
        list->last->next = value;
    else
        list->first = value;
    list->last = value;
    list->size++;
    return list;
}

cfn_node *cfn__put(cfn_node *map, const char *key, cfn_node *value)
{
    if (value)
        value->key = key;
    return cfn__append(map, value);
}

void cfn__put_after(cfn_node *map, cfn_node *before, const char *key, cfn_node *value)
{
    if (!map || !value || before == map->last) {
        cfn__put(map, key, value);
        return;
    }
    value->key = key;
    value->parent = map;
    value->next = before ? before->next : map->first;
    *(before ? &before->next : &map->first) = value;
    map->size++;
}

cfn_node *cfn__single(const cfn__maker *maker, const char *key, cfn_node *value)
{
    return cfn__put(cfn__map(maker), key, value);
}

cfn_node *cfn__pair(const cfn__maker *maker, cfn_node *first, cfn_node *second)
{
    return cfn__append(cfn__append(cfn__list(maker), first), second);
}

/* Hangs the members of `from` under `to`, which had none. */
static void adopt(cfn_node *to, const cfn_node *from)
{
    to->first = from->first;
    to->last = from->last;
    to->size = from->size;
    for (cfn_node *n = to->first; n; n = n->next)
        n->parent = to;
}

void cfn__become(cfn_node *node, const cfn_node *value)
{
    if (!node || !value || node == value)
        return;
    node->kind = value->kind;
    node->text = value->text;
    node->length = value->length;
    adopt(node, value);
}

void cfn__set(cfn_node *map, const char *key, cfn_node *value)
{
    cfn_node *old = cfn__get(map, key);
    if (!old) {
        cfn__put(map, key, value);
    } else if (value) {
        cfn__become(old, value);
        old->place = value->place;
    }
}

void cfn__remove(cfn_node *member)
{
    cfn_node *parent = member ? member->parent : NULL;
    if (!parent)
        return;
    cfn_node *before = NULL;
    for (cfn_node *n = parent->first; n != member; n = n->next)
        before = n;
    if (before)
        before->next = member->next;
    else
        parent->first = member->next;
    if (parent->last == member)
        parent->last = before;
    parent->size--;
    member->parent = member->next = NULL;
}

cfn_node *cfn__copy(cfn_arena *arena, const cfn_node *node)
{
    if (!node)
        return NULL;
    cfn_node *copy = CFN__NEW(arena, cfn_node);
    if (!copy)
        return NULL;
    *copy = *node;
    copy->parent = copy->first = copy->last = copy->next = NULL;
    copy->size = 0;
    for (const cfn_node *n = node->first; n; n = n->next)
        cfn__append(copy, cfn__copy(arena, n)); /* the copy has the key of n */
    return copy;
}

void cfn__merge_patch(cfn_arena *arena, cfn_node *map, const cfn_node *patch,
                      bool (*is_whole)(const cfn_node *))
{
    for (const cfn_node *n = cfn_node_first(patch); n; n = n->next) {
        cfn_node *old = cfn__get(map, n->key);
        bool whole = is_whole && (is_whole(n) || (old && is_whole(old)));
        if (n->kind == CFN_KIND_NULL) {
            cfn__remove(old);
        } else if (n->kind != CFN_KIND_MAP || whole) {
            cfn__set(map, n->key, cfn__copy(arena, n));
        } else {
            if (!cfn__is_map(old)) /* the nulls of a new map take nothing out, and do not stay */
                cfn__set(map, n->key, cfn__map(&(cfn__maker){arena, n->place}));
            cfn__merge_patch(arena, cfn__get(map, n->key), n, is_whole);
        }
    }
}
