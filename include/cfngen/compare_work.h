/* The work of a comparison, so that it can be cut into pieces, stopped and taken up again: which
 * ranges of which tables are to be compared, and which rows are to be looked at again. Part of
 * libcfncompare.
 *
 * cfn_compare_run gives in its report what is left to do (`left`): all of it when it has only
 * planned, nothing when it has come to its end. It takes work in its options (`work`), and then
 * goes on from there. So
 *   - one program with a time limit runs, keeps `left` as JSON, and gives it to the next run;
 *   - many programs share a plan: each takes one piece of it (cfn_compare_work_piece). */
#ifndef CFNGEN_COMPARE_WORK_H
#define CFNGEN_COMPARE_WORK_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

/* Rows whose key is beyond `low` and not beyond `high`; NULL is no limit. A key is the values of
 * its columns with commas between them, in which all but ASCII letters, digits and ._:- is %XX, and
 * ! is NULL. Tables that are not compared by ranges have one without limits. */
typedef struct cfn_compare_range {
    const char *low, *high;
} cfn_compare_range;

typedef struct cfn_compare_work_table {
    const char *schema, *name; /* at the source */
    const char *plan;          /* a digest of how it is compared; NULL: not known */
    const cfn_compare_range *ranges;
    size_t range_count;
    const char *const *suspects; /* keys of rows that differ, or may be on their way */
    size_t suspect_count;
    const char *const *confirmed; /* keys of rows that differ; are looked at again, too */
    size_t confirmed_count;
    uint64_t source_rows, target_rows, chunks, settled; /* counted so far */
} cfn_compare_work_table;

typedef struct cfn_compare_work {
    const char *source, *target; /* the databases, without user and password */
    bool partial;                /* tables that are not named here are not compared */
    const cfn_compare_work_table *tables;
    size_t table_count;
} cfn_compare_work;

/* Whether nothing is left but rows that are confirmed to differ. */
CFN_API bool cfn_compare_work_is_done(const cfn_compare_work *work);

/* How many pieces the work has: each range, and all rows of a table together, are one. */
CFN_API size_t cfn_compare_work_size(const cfn_compare_work *work);

/* A piece by its index from 0, as partial work; NULL when there is none, or memory is out. Its
 * numbers are 0, so that those of all pieces can be added up. It points into the work. */
CFN_API const cfn_compare_work *cfn_compare_work_piece(cfn_arena *arena,
                                                       const cfn_compare_work *work, size_t index);

/* The work as a node that holds all of it (cfn_write_text makes JSON of it), and back. What is
 * wrong with a node is reported (CFN5005); then, and when memory is out, the result is NULL. */
CFN_API const cfn_node *cfn_compare_work_node(cfn_arena *arena, const cfn_compare_work *work);
CFN_API const cfn_compare_work *
cfn_compare_work_read(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *root);

CFN_END_DECLS

#endif
