/* A run of the comparison: what its steps share. */
#ifndef CFN_COMPARE_RUN_H
#define CFN_COMPARE_RUN_H

#include "compare/pair.h"
#include "compare/rowset.h"

typedef struct cfn__run {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn_compare_options *options;
    cfn_compare_options limits; /* the options with the defaults put in */
    cfn__control control;
    cfn__url source_url, target_url;
    cfn__session source, target;
    cfn__catalog source_catalog, target_catalog;
    cfn_compare_report *report;
    bool lost; /* a database could not be reached again */
    cfn__pair **pairs;
    size_t pair_count, at;
} cfn__run;

/* Connects to both sides, reads their catalogues and plans. False when that has failed, which is
 * reported then; cfn__end closes what was opened, in either case. */
bool cfn__begin(cfn__run *run);
void cfn__end(cfn__run *run);

/* Finds out what is to be compared with what; the reports of the tables are made. False on a fault
 * of a session or when memory is out. */
bool cfn__plan(cfn__run *run);

/* The first pass over a table: everything that may differ goes into the set. False when the table
 * could not be gone through; it has a remark then. */
bool cfn__scan(cfn__run *run, cfn__pair *pair, cfn__rowset *suspects);

/* Looks at suspects again until they are settled or confirmed; confirmed ones stay in the set, and
 * are counted and described in the report. */
bool cfn__recheck(cfn__run *run, cfn__pair *pair, cfn__rowset *suspects);

/* Describes the first confirmed differences. */
bool cfn__describe(cfn__run *run, cfn__pair *pair, const cfn__rowset *confirmed);

/* What the difference of two values looks like; the texts may be cut, the lengths are whole. */
const char *cfn__classify(const cfn__column *column, const char *source, const char *target,
                          uint64_t source_length, uint64_t target_length);

/* Both sides are asked at once. False on a fault of either, whose sessions say what it was. */
bool cfn__ask_both(cfn__run *run, const char *source_sql, const char *target_sql);

/* After a fault: whether it makes sense to try again, with connections that are new where they were
 * lost. Otherwise the table gets a remark. `tries` counts up. */
bool cfn__recover(cfn__run *run, cfn__pair *pair, unsigned *tries);

void cfn__tell_progress(cfn__run *run, cfn__pair *pair, const char *stage, double since);

/* SQL in the arena, NULL when memory is out. A key is the cells of cfn__side.keys, each of
 * `length` bytes. */
typedef struct cfn__cells {
    const char *const *texts;
    const size_t *lengths;
} cfn__cells;

/* Rows of the side whose key is in (low, high]; NULL is no limit. */
void cfn__add_range(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                    const cfn__cells *low, const cfn__cells *high);

/* Rows whose key is among those of the set from `first` on, at most `count`; steps `first` on. */
void cfn__add_members(cfn__session *session, cfn__buffer *sql, const cfn__pair *pair,
                      const cfn__rowset *set, size_t *first, size_t count);

/* SELECT of keys and values (of a table without key: hashes and counts) under a condition. */
void cfn__add_select(cfn__buffer *sql, const cfn__pair *pair, const cfn__side *side,
                     const char *condition, bool ordered);

#endif
