/* Open addressing with linear probing; at most half full. */
#include "base/index.h"

#include "base/text.h"

#include <string.h>

static cfn__index_slot *slot_of(const cfn__index *index, const char *key)
{
    size_t i = cfn__hash(key, strlen(key)) & (index->capacity - 1);
    while (index->slots[i].key && strcmp(index->slots[i].key, key) != 0)
        i = (i + 1) & (index->capacity - 1);
    return &index->slots[i];
}

void *cfn__index_get(const cfn__index *index, const char *key)
{
    return index->capacity ? slot_of(index, key)->value : NULL;
}

static bool grow(cfn_arena *arena, cfn__index *index)
{
    cfn__index larger = {NULL, index->capacity ? index->capacity * 2 : 32, index->used};
    larger.slots = CFN__NEW_ARRAY(arena, larger.capacity, cfn__index_slot);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].key)
            *slot_of(&larger, index->slots[i].key) = index->slots[i];
    *index = larger;
    return true;
}

void cfn__index_put(cfn_arena *arena, cfn__index *index, const char *key, void *value)
{
    if (index->used * 2 >= index->capacity && !grow(arena, index))
        return;
    cfn__index_slot *slot = slot_of(index, key);
    index->used += slot->key == NULL;
    slot->key = key;
    slot->value = value;
}
