/* For the builder: words that grow, and sequences of words that are kept once. */
#ifndef CFN_SCHEMA_SEQUENCE_H
#define CFN_SCHEMA_SEQUENCE_H

#include <cfngen/common.h>

/* Start with {0}. After a failed allocation `failed` is set and adding does nothing. */
typedef struct cfn__words {
    uint32_t *items;
    size_t count, capacity;
    bool failed;
} cfn__words;

void cfn__words_add(cfn__words *words, uint32_t word);
void cfn__words_free(cfn__words *words);

/* Start with {0}. Each different sequence has a number, from 0 in the order of coming; in `words`
 * it is its length and then its words, and `starts` says where. */
typedef struct cfn__sequences {
    cfn__words words, starts, slots;
} cfn__sequences;

/* The number of a sequence, which is added when it is new; 0 when memory is out. */
uint32_t cfn__sequence(cfn__sequences *sequences, const uint32_t *items, size_t count);

/* How many there are. */
static inline size_t cfn__sequence_count(const cfn__sequences *sequences)
{
    return sequences->starts.count;
}
static inline uint32_t cfn__sequence_start(const cfn__sequences *sequences, uint32_t number)
{
    return sequences->starts.items[number];
}
bool cfn__sequences_failed(const cfn__sequences *sequences);
void cfn__sequences_free(cfn__sequences *sequences);

#endif
