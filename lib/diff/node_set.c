/* A set of nodes. */
#include "diff/diff.h"

static const cfn_node **slot_of(const cfn__node_set *set, const cfn_node *node)
{
    /* The low bits of an address are always zero. */
    size_t i = (size_t)(((uintptr_t)node >> 4) * 0x9e3779b1u);
    while (set->slots[i & (set->capacity - 1)] && set->slots[i & (set->capacity - 1)] != node)
        i++;
    return &set->slots[i & (set->capacity - 1)];
}

static bool grow(cfn_arena *arena, cfn__node_set *set)
{
    cfn__node_set larger = {.capacity = set->capacity ? set->capacity * 2 : 64};
    larger.slots = CFN__NEW_ARRAY(arena, larger.capacity, const cfn_node *);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i])
            *slot_of(&larger, set->slots[i]) = set->slots[i];
    larger.used = set->used;
    *set = larger;
    return true;
}

void cfn__node_set_add(cfn_arena *arena, cfn__node_set *set, const cfn_node *node)
{
    if (set->used * 2 >= set->capacity && !grow(arena, set))
        return;
    const cfn_node **slot = slot_of(set, node);
    set->used += !*slot;
    *slot = node;
}

bool cfn__node_set_has(const cfn__node_set *set, const cfn_node *node)
{
    return set->capacity && *slot_of(set, node);
}
