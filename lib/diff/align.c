/* Which items of two lists are the same: the longest common subsequence of their hashes, or, where
 * order means nothing, pairs of equal hashes. */
#include "diff/diff.h"

#include <string.h>

/* The table of the longest common subsequence has at most so many cells. Past that, items are
 * matched one after the other, each with the next one like it. */
enum { MOST_CELLS = 1 << 20 };

/* --- from a hash to where it stands --- */

typedef struct chains {
    uint64_t mask;
    size_t *head, *next; /* the first of a bucket, the next of an item; plus one, 0: none */
    const uint64_t *hashes;
} chains;

/* The items of a bucket stand in their order. */
static bool make_chains(cfn_arena *scratch, chains *c, const uint64_t *hashes, size_t count)
{
    size_t size = 16;
    while (size < count * 2)
        size *= 2;
    c->mask = size - 1;
    c->hashes = hashes;
    c->head = CFN__NEW_ARRAY(scratch, size, size_t);
    c->next = CFN__NEW_ARRAY(scratch, count + 1, size_t);
    if (!c->head || !c->next)
        return false;
    for (size_t i = count; i-- > 0;) {
        size_t *head = &c->head[hashes[i] & c->mask];
        c->next[i] = *head;
        *head = i + 1;
    }
    return true;
}

/* Takes the first item of this hash out of its chain, from `least` on; SIZE_MAX when there is none.
 * Items before `least` are of no use any more, and go too. */
static size_t take(chains *c, uint64_t hash, size_t least)
{
    size_t *link = &c->head[hash & c->mask];
    while (*link) {
        size_t i = *link - 1;
        if (c->hashes[i] == hash || i < least)
            *link = c->next[i];
        else
            link = &c->next[i];
        if (c->hashes[i] == hash && i >= least)
            return i;
    }
    return SIZE_MAX;
}

bool cfn__align_unordered(cfn_arena *scratch, const uint64_t *old, size_t old_count,
                          const uint64_t *new, size_t new_count, size_t *partner)
{
    chains c;
    if (!make_chains(scratch, &c, old, old_count))
        return false;
    for (size_t i = 0; i < new_count; i++)
        partner[i] = take(&c, new[i], 0);
    return true;
}

static bool align_greedily(cfn_arena *scratch, const uint64_t *old, size_t old_count,
                           const uint64_t *new, size_t new_count, size_t *partner)
{
    chains c;
    if (!make_chains(scratch, &c, old, old_count))
        return false;
    size_t least = 0;
    for (size_t i = 0; i < new_count; i++) {
        partner[i] = take(&c, new[i], least);
        if (partner[i] != SIZE_MAX)
            least = partner[i] + 1;
    }
    return true;
}

/* --- longest common subsequence --- */

/* length[i * width + j] is the longest one of old[i...] and new[j...]. */
static void fill(uint32_t *length, const uint64_t *old, size_t old_count, const uint64_t *new,
                 size_t new_count)
{
    size_t width = new_count + 1;
    for (size_t i = old_count; i-- > 0;) {
        uint32_t *row = length + i * width, *below = row + width;
        for (size_t j = new_count; j-- > 0;) {
            uint32_t longest = below[j] > row[j + 1] ? below[j] : row[j + 1];
            row[j] = old[i] == new[j] ? below[j + 1] + 1 : longest;
        }
    }
}

static bool align_middle(cfn_arena *scratch, const uint64_t *old, size_t old_count,
                         const uint64_t *new, size_t new_count, size_t *partner)
{
    size_t width = new_count + 1;
    if (old_count && width > MOST_CELLS / old_count)
        return align_greedily(scratch, old, old_count, new, new_count, partner);
    uint32_t *length = CFN__NEW_ARRAY(scratch, (old_count + 1) * width, uint32_t);
    if (!length)
        return false;
    fill(length, old, old_count, new, new_count);
    for (size_t j = 0; j < new_count; j++)
        partner[j] = SIZE_MAX;
    for (size_t i = 0, j = 0; i < old_count && j < new_count;) {
        if (old[i] == new[j])
            partner[j++] = i++;
        else if (length[(i + 1) * width + j] >= length[i * width + j + 1])
            i++;
        else
            j++;
    }
    return true;
}

bool cfn__align(cfn_arena *scratch, const uint64_t *old, size_t old_count, const uint64_t *new,
                size_t new_count, size_t *partner)
{
    size_t head = 0, tail = 0;
    for (; head < old_count && head < new_count && old[head] == new[head]; head++)
        partner[head] = head;
    while (head + tail < old_count && head + tail < new_count &&
           old[old_count - tail - 1] == new[new_count - tail - 1]) {
        partner[new_count - tail - 1] = old_count - tail - 1;
        tail++;
    }
    if (!align_middle(scratch, old + head, old_count - head - tail, new + head,
                      new_count - head - tail, partner + head))
        return false;
    for (size_t j = head; j < new_count - tail; j++)
        if (partner[j] != SIZE_MAX)
            partner[j] += head;
    return true;
}
