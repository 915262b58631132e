/* A run of the comparison: what its steps share. */
#ifndef CFN_COMPARE_RUN_H
#define CFN_COMPARE_RUN_H

#include "compare/part.h"

#include <pthread.h>

/* What workers share; the lock is held for short whiles only. */
typedef struct cfn__shared {
    pthread_mutex_t lock;
    cfn__todo *todos; /* as the pairs */
    size_t todo_count;
    size_t next_todo, next_part; /* to be worked on */
    double saved;                /* when the work left was told last */
} cfn__shared;

/* Each worker has a copy with sessions and an arena of its own. */
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
    cfn__shared *shared;
} cfn__run;

/* Takes the options and connects to both sides. False when that has failed, and reported. */
bool cfn__open(cfn__run *run);

/* Connects to both sides, reads their catalogues and plans. False when that has failed, which is
 * reported then; cfn__close closes what was opened, in either case. */
bool cfn__begin(cfn__run *run);
void cfn__close(cfn__run *run);

/* Finds out what is to be compared with what; the reports of the tables are made. False on a fault
 * of a session or when memory is out. */
bool cfn__plan(cfn__run *run);

/* What is to be done of each table: all of it, or what the work of the options says. False, and
 * reported, when that does not fit, or memory is out. */
bool cfn__make_todos(cfn__run *run);
void cfn__free_todos(cfn__run *run);

void cfn__set_up_part(cfn__todo *todo, size_t i);

/* Cuts tables into parts of so many rows; 0: of as many as give all workers something to do. */
void cfn__split(cfn__run *run, uint64_t rows);

/* What is left to do at the moment; NULL when memory is out. Not for use while others work, unless
 * the lock is held. */
cfn_compare_work *cfn__left(cfn__run *run, cfn_arena *arena);

/* Tells the work that is left, when it is time for that. */
void cfn__save(cfn__run *run);

/* Goes through the parts of all tables, with as many workers as are wanted, and looks again at what
 * differs. */
void cfn__work(cfn__run *run);

/* Ends the report of a table with its verdict. */
void cfn__judge(cfn_compare_table *report);

/* The first pass over a part: everything that may differ goes into its suspects. A part that could
 * not be gone through has a remark, and is not done. */
void cfn__scan(cfn__run *run, cfn__part *part);

/* The key of the row that is `offset` rows beyond `low` and not beyond `high` at the source. 1:
 * there it is, 0: there are fewer, -1: a fault. */
int cfn__find_key(cfn__run *run, const cfn__pair *pair, const cfn__end *low, const cfn__end *high,
                  uint64_t offset, cfn__end *key);

/* Writes a heartbeat and awaits it at the target. NULL when it has come, after so many seconds;
 * else why not. */
const char *cfn__beat(cfn__run *run, double since, double *seconds);

/* Looks at suspects again until they are settled or confirmed. */
void cfn__recheck(cfn__run *run, cfn__todo *todo);

/* Puts rows into the order of their keys. */
void cfn__sort_rows(const cfn__pair *pair, cfn__rowset *rows);

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

void cfn__tell_progress(cfn__run *run, const char *stage, double since);

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
