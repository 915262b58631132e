/* A hash table of rows, chained; each row knows its place so that it can be taken out. */
#include "compare/rowset.h"

#include <stdlib.h>
#include <string.h>

#define NULL_CELL UINT32_MAX

static uint64_t mixed(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 29;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 32);
}

static uint64_t hashed(uint64_t seed, const char *text, size_t length)
{
    uint64_t h = seed ^ mixed(length + 0x9e3779b97f4a7c15u), word;
    for (; length >= 8; text += 8, length -= 8) {
        memcpy(&word, text, 8);
        h = mixed(h ^ word) + 0x9e3779b97f4a7c15u;
    }
    word = 0;
    if (length)
        memcpy(&word, text, length);
    return mixed(h ^ word);
}

cfn__digest128 cfn__digest_cells(const char *const *cells, const size_t *lengths, size_t count)
{
    cfn__digest128 d = {0x243f6a8885a308d3u, 0x13198a2e03707344u};
    for (size_t i = 0; i < count; i++) {
        uint64_t null = cells[i] ? 0 : 0xa4093822299f31d0u;
        d.a = hashed(mixed(d.a + null) ^ 0x452821e638d01377u, cells[i], cells[i] ? lengths[i] : 0);
        d.b = hashed(mixed(d.b ^ null) + 0xbe5466cf34e90c6cu, cells[i], cells[i] ? lengths[i] : 0);
    }
    return d;
}

static size_t key_size(const char *const *cells, const size_t *lengths, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += sizeof(uint32_t) + (cells[i] ? lengths[i] : 0);
    return size;
}

static void write_key(char *to, const char *const *cells, const size_t *lengths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t length = cells[i] ? (uint32_t)lengths[i] : NULL_CELL;
        memcpy(to, &length, sizeof length);
        to += sizeof length;
        if (cells[i] && length)
            memcpy(to, cells[i], length);
        to += cells[i] ? length : 0;
    }
}

void cfn__row_cells(const cfn__row *row, const char **cells, size_t *lengths, size_t count)
{
    const char *at = row->key;
    for (size_t i = 0; i < count; i++) {
        uint32_t length;
        memcpy(&length, at, sizeof length);
        at += sizeof length;
        cells[i] = length == NULL_CELL ? NULL : at;
        lengths[i] = length == NULL_CELL ? 0 : length;
        at += lengths[i];
    }
}

/* A row that is not in the set yet; NULL without memory. */
static cfn__row *new_row(const char *const *cells, const size_t *lengths, size_t count)
{
    size_t size = key_size(cells, lengths, count);
    cfn__row *row = size < UINT32_MAX ? calloc(1, sizeof *row + size) : NULL;
    if (!row)
        return NULL;
    row->key_length = (uint32_t)size;
    write_key(row->key, cells, lengths, count);
    row->hash = hashed(0, row->key, size);
    return row;
}

static cfn__row *find(const cfn__rowset *set, const cfn__row *key)
{
    if (!set->bucket_count)
        return NULL;
    cfn__row *row = set->buckets[key->hash & (set->bucket_count - 1)];
    while (row && (row->hash != key->hash || row->key_length != key->key_length ||
                   memcmp(row->key, key->key, key->key_length) != 0))
        row = row->chain;
    return row;
}

static bool grow(cfn__rowset *set)
{
    size_t count = set->bucket_count ? set->bucket_count * 2 : 64;
    cfn__row **rows = realloc(set->rows, count * sizeof(cfn__row *));
    if (rows)
        set->rows = rows;
    cfn__row **buckets = rows ? calloc(count, sizeof(cfn__row *)) : NULL;
    if (!buckets)
        return false;
    for (size_t i = 0; i < set->count; i++) {
        cfn__row **bucket = &buckets[set->rows[i]->hash & (count - 1)];
        set->rows[i]->chain = *bucket;
        *bucket = set->rows[i];
    }
    free(set->buckets);
    set->buckets = buckets;
    set->bucket_count = set->room = count;
    return true;
}

/* Puts a new row in, unless its key is there; then it is freed. */
static cfn__row *put(cfn__rowset *set, cfn__row *row)
{
    cfn__row *there = row ? find(set, row) : NULL;
    if (there) {
        free(row);
        return there;
    }
    if (!row || (set->count == set->room && !grow(set))) {
        free(row);
        set->failed = true;
        return NULL;
    }
    cfn__row **bucket = &set->buckets[row->hash & (set->bucket_count - 1)];
    row->chain = *bucket;
    *bucket = row;
    set->rows[set->count++] = row;
    return row;
}

cfn__row *cfn__rowset_find(const cfn__rowset *set, const char *const *cells, const size_t *lengths,
                           size_t count)
{
    char small[sizeof(cfn__row) + 256] __attribute__((aligned(_Alignof(cfn__row))));
    size_t size = key_size(cells, lengths, count);
    cfn__row *key = size <= 256 ? (cfn__row *)small : malloc(sizeof *key + size);
    if (!key)
        return NULL;
    key->key_length = (uint32_t)size;
    write_key(key->key, cells, lengths, count);
    key->hash = hashed(0, key->key, size);
    cfn__row *found = find(set, key);
    if (key != (cfn__row *)small)
        free(key);
    return found;
}

cfn__row *cfn__rowset_find_same(const cfn__rowset *set, const cfn__row *row)
{
    return find(set, row);
}

cfn__row *cfn__rowset_add(cfn__rowset *set, const char *const *cells, const size_t *lengths,
                          size_t count)
{
    return put(set, new_row(cells, lengths, count));
}

cfn__row *cfn__rowset_add_same(cfn__rowset *set, const cfn__row *row)
{
    cfn__row *copy = malloc(sizeof *copy + row->key_length);
    if (copy)
        memcpy(copy, row, sizeof *copy + row->key_length);
    return put(set, copy);
}

void cfn__rowset_remove(cfn__rowset *set, cfn__row *row)
{
    cfn__row **at = &set->buckets[row->hash & (set->bucket_count - 1)];
    while (*at != row)
        at = &(*at)->chain;
    *at = row->chain;
    size_t i = 0;
    /* Rows go soon after they came, so they are looked for from the end. */
    for (i = set->count; set->rows[i - 1] != row; i--)
        continue;
    set->rows[i - 1] = set->rows[--set->count];
    free(row);
}

void cfn__rowset_free(cfn__rowset *set)
{
    for (size_t i = 0; i < set->count; i++)
        free(set->rows[i]);
    free(set->rows);
    free(set->buckets);
    *set = (cfn__rowset){0};
}
