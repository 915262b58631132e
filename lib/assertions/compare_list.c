/* Comparing lists: item by item, some items in their order, and some in any order. */
#include "assertions/compare.h"

#include <string.h>

enum { MOST_UNORDERED = 200, MOST_PAIRS = 1 << 20 };

static size_t refuse_kind(cfn__comparison *c, const cfn_node *list, const cfn_node *value)
{
    return cfn__differs(c, cfn__weight(c, list), value, false, "Expected a list but received %s",
                        c->recording ? cfn__value_shown(c->arena, value) : "");
}

size_t cfn__compare_items(cfn__comparison *c, const cfn_node *list, const cfn_node *value,
                          cfn__mood mood, bool literal)
{
    if (!cfn__is_list(value))
        return refuse_kind(c, list, value);
    size_t cost = 0;
    const cfn_node *p = list->first, *v = value->first;
    for (; p && v && cfn__goes_on(c, 1); p = p->next, v = v->next)
        cost += (literal ? cfn__compare_literal : cfn__pattern_compare)(c, p, v, mood);
    if (list->size > value->size)
        cfn__differs(c, 0, value, true, "Too few elements in array: expected %u but received %u",
                     list->size, value->size);
    if (list->size < value->size)
        cost += cfn__differs(c, value->size - list->size, value, true,
                             "Too many elements in array: expected %u but received %u", list->size,
                             value->size);
    for (; p && cfn__goes_on(c, 1); p = p->next)
        cost += cfn__weight(c, p);
    return cost;
}

/* The item from `v` on that is nearest to a pattern, and how near; `taken` may be NULL. */
static const cfn_node *nearest_item(cfn__comparison *c, const cfn_node *p, const cfn_node *v,
                                    const bool *taken, cfn__mood mood, size_t *cost)
{
    const cfn_node *best = NULL;
    *cost = cfn__weight(c, p);
    for (size_t i = 0; v && cfn__goes_on(c, 1); v = v->next, i++) {
        if (taken && taken[i])
            continue;
        size_t distance = cfn__try(c, p, v, mood);
        if (best && distance >= *cost)
            continue;
        best = v;
        *cost = distance;
    }
    return best;
}

/* Says what is wrong with the item that comes nearest to one that is missing. */
static size_t miss_item(cfn__comparison *c, size_t index, const cfn_node *p, const cfn_node *value,
                        const cfn_node *from, const bool *taken, cfn__mood mood)
{
    size_t cost;
    const cfn_node *best = nearest_item(c, p, from, taken, mood, &cost);
    if (!c->recording)
        return cost;
    bool simple = p->kind != CFN_KIND_MAP && p->kind != CFN_KIND_LIST;
    if (!best || simple) {
        cfn__differs(c, 0, value, true, "Missing element %s", cfn__value_shown(c->arena, p));
        return cost;
    }
    cfn__differs(c, 0, best, false,
                 "Could not match arrayWith pattern %zu. This is the closest match", index);
    cfn__pattern_compare(c, p, best, mood);
    return cost;
}

size_t cfn__compare_some_items(cfn__comparison *c, const cfn_node *list, const cfn_node *value,
                               cfn__mood mood)
{
    if (!cfn__is_list(value))
        return refuse_kind(c, list, value);
    size_t cost = 0, index = 0;
    const cfn_node *from = value->first;
    for (const cfn_node *p = list->first; p && cfn__goes_on(c, 1); p = p->next, index++) {
        const cfn_node *v = from;
        while (v && cfn__try(c, p, v, mood) != 0)
            v = v->next;
        if (v)
            from = v->next;
        else
            cost += miss_item(c, index, p, value, from, NULL, mood);
    }
    return cost;
}

/* --- in any order --- */

/* Which items fit which patterns, and which pattern has which item. */
typedef struct pairing {
    size_t patterns, items;
    bool *fits;    /* [pattern * items + item] */
    size_t *owner; /* of each item: a pattern, from 1; 0: none */
    bool *seen;    /* items that were looked at for one pattern */
} pairing;

static bool make_pairing(cfn__comparison *c, pairing *p, const cfn_node *list,
                         const cfn_node *value, cfn__mood mood)
{
    *p = (pairing){.patterns = list->size, .items = value->size};
    if (p->patterns > MOST_UNORDERED || (p->items && p->patterns > MOST_PAIRS / p->items)) {
        c->broken = "!ArrayWithUnordered compares too many items";
        return false;
    }
    p->fits = CFN__NEW_ARRAY(c->arena, p->patterns * p->items + 1, bool);
    p->owner = CFN__NEW_ARRAY(c->arena, p->items + 1, size_t);
    p->seen = CFN__NEW_ARRAY(c->arena, p->items + 1, bool);
    if (!p->fits || !p->owner || !p->seen)
        return false;
    bool *fit = p->fits;
    size_t captured = c->capture_count; /* they are made again for the items that are chosen */
    for (const cfn_node *n = list->first; n; n = n->next)
        for (const cfn_node *v = value->first; v && cfn__goes_on(c, 1); v = v->next)
            *fit++ = cfn__try(c, n, v, mood) == 0;
    c->capture_count = captured;
    return !c->broken;
}

/* Finds a pattern its item, moving others to another item of theirs where that is needed: the way
 * of augmenting paths. It goes MOST_UNORDERED deep at most. */
static bool place(cfn__comparison *c, pairing *p, size_t pattern)
{
    for (size_t i = 0; i < p->items && cfn__goes_on(c, 1); i++) {
        if (!p->fits[pattern * p->items + i] || p->seen[i])
            continue;
        p->seen[i] = true;
        if (p->owner[i] && !place(c, p, p->owner[i] - 1))
            continue;
        p->owner[i] = pattern + 1;
        return true;
    }
    return false;
}

static void place_all(cfn__comparison *c, pairing *p)
{
    for (size_t i = 0; i < p->patterns; i++) {
        memset(p->seen, 0, p->items * sizeof *p->seen);
        place(c, p, i);
    }
}

/* The item of a pattern, or NULL. */
static const cfn_node *item_of(const pairing *p, size_t pattern, const cfn_node *value)
{
    const cfn_node *v = value->first;
    for (size_t i = 0; v; v = v->next, i++)
        if (p->owner[i] == pattern + 1)
            return v;
    return NULL;
}

size_t cfn__compare_unordered(cfn__comparison *c, const cfn_node *list, const cfn_node *value,
                              cfn__mood mood)
{
    if (!cfn__is_list(value))
        return refuse_kind(c, list, value);
    pairing p;
    if (!make_pairing(c, &p, list, value, mood))
        return 1;
    place_all(c, &p);
    for (size_t i = 0; i < p.items; i++)
        p.seen[i] = p.owner[i] != 0;
    size_t cost = 0, index = 0;
    for (const cfn_node *n = list->first; n && cfn__goes_on(c, value->size + 1);
         n = n->next, index++) {
        const cfn_node *item = item_of(&p, index, value);
        cost += item ? cfn__try(c, n, item, mood)
                     : miss_item(c, index, n, value, value->first, p.seen, mood);
    }
    return cost;
}
