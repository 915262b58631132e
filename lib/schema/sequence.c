/* Growing words and interned sequences: a hash table of numbers, at most half full. */
#include "schema/sequence.h"

#include "base/allocate.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void cfn__words_add(cfn__words *words, uint32_t word)
{
    if (words->failed)
        return;
    if (words->count == words->capacity) {
        size_t capacity = words->capacity ? words->capacity * 2 : 16;
        uint32_t *items = capacity <= UINT32_MAX / 2
                              ? cfn__realloc(words->items, capacity * sizeof *items)
                              : NULL;
        if (!items) {
            words->failed = true;
            return;
        }
        words->items = items;
        words->capacity = capacity;
    }
    words->items[words->count++] = word;
}

void cfn__words_free(cfn__words *words)
{
    cfn__free(words->items);
    *words = (cfn__words){0};
}

static uint32_t hash_of(const uint32_t *items, size_t count)
{
    return cfn__hash((const char *)(const void *)items, count * sizeof *items);
}

/* The slot that holds the sequence, or an empty one: number + 1, or 0. */
static uint32_t *slot_of(const cfn__sequences *s, const uint32_t *items, size_t count)
{
    size_t mask = s->slots.count - 1;
    for (size_t i = hash_of(items, count) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &s->slots.items[i];
        if (!*slot)
            return slot;
        const uint32_t *known = s->words.items + s->starts.items[*slot - 1];
        if (known[0] == count && (!count || memcmp(known + 1, items, count * sizeof *items) == 0))
            return slot;
    }
}

static bool grow(cfn__sequences *s)
{
    cfn__words larger = {0};
    size_t count = s->slots.count ? s->slots.count * 2 : 64;
    for (size_t i = 0; i < count; i++)
        cfn__words_add(&larger, 0);
    if (larger.failed || !larger.items) {
        cfn__words_free(&larger);
        s->words.failed = true;
        return false;
    }
    cfn__words_free(&s->slots);
    s->slots = larger;
    for (uint32_t number = 0; number < s->starts.count; number++) {
        const uint32_t *known = s->words.items + s->starts.items[number];
        *slot_of(s, known + 1, known[0]) = number + 1;
    }
    return true;
}

uint32_t cfn__sequence(cfn__sequences *s, const uint32_t *items, size_t count)
{
    if (s->starts.count * 2 >= s->slots.count && !grow(s))
        return 0;
    uint32_t *slot = slot_of(s, items, count);
    if (*slot)
        return *slot - 1;
    uint32_t start = (uint32_t)s->words.count, number = (uint32_t)s->starts.count;
    cfn__words_add(&s->words, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        cfn__words_add(&s->words, items[i]);
    cfn__words_add(&s->starts, start);
    if (cfn__sequences_failed(s))
        return 0;
    *slot = number + 1;
    return number;
}

bool cfn__sequences_failed(const cfn__sequences *s)
{
    return s->words.failed || s->starts.failed || s->slots.failed;
}

void cfn__sequences_free(cfn__sequences *s)
{
    cfn__words_free(&s->words);
    cfn__words_free(&s->starts);
    cfn__words_free(&s->slots);
}
