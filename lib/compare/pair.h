/* A table of the source and what it is at the target: which columns are compared, by which
 * expressions, and how the rows are found again. */
#ifndef CFN_COMPARE_PAIR_H
#define CFN_COMPARE_PAIR_H

#include "compare/catalog.h"

#include <cfngen/compare.h>
#include <cfngen/dms_table_mappings.h>

/* How rows are brought together. */
typedef enum cfn__method {
    CFN__METHOD_RANGES,  /* by ranges of the key, which both sides order alike */
    CFN__METHOD_BUCKETS, /* by a hash of the key */
    CFN__METHOD_KEYLESS  /* by a hash of the row, with counts */
} cfn__method;

typedef struct cfn__pair_column {
    const cfn__column *source, *target;
    bool fixed; /* what is compared never holds a # */
} cfn__pair_column;

/* What one side is asked with; all are pieces of SQL in the arena. */
typedef struct cfn__side {
    cfn__family family;
    const cfn__table *table;
    const char *from;       /* the table */
    const char *condition;  /* rows that count: "TRUE" or more */
    const char **keys;      /* how key columns are read */
    const char **key_names; /* how they are compared and ordered */
    const char *key_list;   /* the keys, for SELECT; of a table without one, the row's hash */
    const char *key_order;  /* the names, for ORDER BY */
    const char *key_hash;   /* of the key, 64 bits */
    const char *row_hash;   /* of all columns, 64 bits */
    const char *values;     /* ", value, value" of the columns that are not in the key, or "" */
} cfn__side;

typedef struct cfn__pair {
    cfn_compare_table *report;
    const char *schema, *name;               /* at the source */
    const char *target_schema, *target_name; /* at the target */
    cfn__side source, target;
    cfn__pair_column *columns; /* those of the key first */
    size_t column_count, key_count;
    cfn__method method;
    const char *digest; /* of how it is compared */
    bool blocked;       /* it cannot be compared at all; the report says why */
} cfn__pair;

/* The types can be compared exactly. If not, why not; the texts are literals. */
bool cfn__can_compare(cfn__family family, const cfn__column *a, const cfn__column *b,
                      const char **why);

/* What is compared of a column, when `other` is its counterpart: equal if and only if the values
 * are. `as_key`: in a form that can be written back as a literal. */
void cfn__add_value(cfn__buffer *sql, cfn__family family, int version, const cfn__column *column,
                    const cfn__column *other, bool as_key);

/* Whether cfn__add_value's texts never hold a #. */
bool cfn__is_fixed(cfn__family family, const cfn__column *column);

/* Whether ranges of the key column hold the same values at both sides. */
bool cfn__orders_alike(const cfn__column *a, const cfn__column *b);

/* A 64-bit hash of some columns, from which follow all their values; NULL when the server cannot
 * put them together. */
void cfn__add_hash(cfn__buffer *sql, cfn__family family, int version,
                   const cfn__pair_column *columns, size_t count, bool of_target, bool as_key);

/* A value of a key column, as cfn__side.keys gives it, as a literal. */
void cfn__add_key_literal(cfn__session *session, cfn__buffer *sql, const cfn__column *column,
                          const cfn__column *other, const char *text, size_t length);

/* The condition of a filter of table mappings, at the source. */
void cfn__add_filter(cfn__session *session, cfn__buffer *sql, const cfn__table *table,
                     const cfn_dms_filter *filter);

/* Adds a remark to the report of a table. */
void cfn__remark(cfn_arena *arena, cfn_compare_table *report, cfn_compare_remark_kind kind,
                 const char *format, ...) CFN_PRINTF(4, 5);

#endif
