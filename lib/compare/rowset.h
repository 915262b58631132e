/* A set of rows by key, each with a digest of its values. Keys are cells in a row: length, bytes.
 */
#ifndef CFN_COMPARE_ROWSET_H
#define CFN_COMPARE_ROWSET_H

#include <cfngen/common.h>

/* 128 bits, made by cfn__digest. */
typedef struct cfn__digest128 {
    uint64_t a, b;
} cfn__digest128;

typedef struct cfn__row {
    struct cfn__row *chain;
    uint64_t hash;
    cfn__digest128 digest;
    uint32_t mark; /* for whoever uses the set */
    uint32_t key_length;
    char key[];
} cfn__row;

/* Start with {0}. Rows keep their order of arrival in `rows` until one is taken out. */
typedef struct cfn__rowset {
    cfn__row **buckets;
    cfn__row **rows;
    size_t bucket_count, count, room;
    bool failed;
} cfn__rowset;

cfn__digest128 cfn__digest_cells(const char *const *cells, const size_t *lengths, size_t count);

/* The row of a key that is made of cells; NULL when there is none. */
cfn__row *cfn__rowset_find(const cfn__rowset *set, const char *const *cells, const size_t *lengths,
                           size_t count);
cfn__row *cfn__rowset_find_same(const cfn__rowset *set, const cfn__row *row);

/* Adds a row, or gives it to whom has the key already; NULL (and the set failed) without memory. */
cfn__row *cfn__rowset_add(cfn__rowset *set, const char *const *cells, const size_t *lengths,
                          size_t count);
cfn__row *cfn__rowset_add_same(cfn__rowset *set, const cfn__row *row);

/* Takes a row out and frees it. */
void cfn__rowset_remove(cfn__rowset *set, cfn__row *row);

/* The cells of a row's key: pointers into it. */
void cfn__row_cells(const cfn__row *row, const char **cells, size_t *lengths, size_t count);

void cfn__rowset_free(cfn__rowset *set);

#endif
