/* A hash table from ids to things, made once for a known number of them. */
#ifndef CFN_BASE_INDEX_H
#define CFN_BASE_INDEX_H

#include "base/arena.h"

typedef struct cfn__index_slot {
    const char *key;
    void *value;
} cfn__index_slot;

typedef struct cfn__index {
    cfn__index_slot *slots;
    size_t capacity, used;
} cfn__index;

/* NULL when there is no such key. */
void *cfn__index_get(const cfn__index *index, const char *key);

/* Adds or replaces; grows as needed. The key must outlive the index. */
void cfn__index_put(cfn_arena *arena, cfn__index *index, const char *key, void *value);

#endif
