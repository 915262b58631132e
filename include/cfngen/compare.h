/* Comparing the data of two live databases, a source and a target of one family: MySQL, MariaDB and
 * Aurora MySQL, or PostgreSQL and Aurora PostgreSQL. Part of libcfncompare, which needs their
 * client libraries; docs/compare.md says how each type is compared.
 *
 * What cannot be compared exactly never passes: it makes the verdict incomplete, with a remark. */
#ifndef CFNGEN_COMPARE_H
#define CFNGEN_COMPARE_H

#include <cfngen/arena.h>
#include <cfngen/compare_work.h>
#include <cfngen/diagnostic.h>
#include <cfngen/dms_table_mappings.h>

CFN_BEGIN_DECLS

/* The better ones come first. */
typedef enum cfn_compare_verdict {
    CFN_COMPARE_EQUAL,
    CFN_COMPARE_INCOMPLETE, /* no difference is certain, but not all was compared */
    CFN_COMPARE_DIFFERENT
} cfn_compare_verdict;

/* "equal", "incomplete", "different". */
CFN_API const char *cfn_compare_verdict_name(cfn_compare_verdict verdict);

typedef enum cfn_compare_remark_kind {
    CFN_COMPARE_NOTE,       /* worth knowing; changes no verdict */
    CFN_COMPARE_UNCOMPARED, /* makes the table incomplete */
    CFN_COMPARE_STRUCTURE   /* makes the table different: a table or column is not there */
} cfn_compare_remark_kind;

typedef struct cfn_compare_remark {
    cfn_compare_remark_kind kind;
    const char *text;
    const struct cfn_compare_remark *next;
} cfn_compare_remark;

typedef enum cfn_compare_change {
    CFN_COMPARE_MISSING, /* the row is at the source alone */
    CFN_COMPARE_EXTRA,   /* the row is at the target alone */
    CFN_COMPARE_CHANGED
} cfn_compare_change;

/* "missing", "extra", "changed". */
CFN_API const char *cfn_compare_change_name(cfn_compare_change change);

/* A column whose values differ. `reason` is what the difference looks like: lob-truncated,
 * truncated, charset-loss, tz-shift, fraction-lost, null-vs-empty, null, zero-date, trailing-space,
 * numeric-scale, json-format, letter-case or other. The values are at most 200 characters, NULL for
 * NULL, and NULL both unless values were asked for. */
typedef struct cfn_compare_cell {
    const char *column, *reason;
    const char *source, *target;
    uint64_t source_length, target_length; /* in bytes */
} cfn_compare_cell;

/* A row that differs. The key is the values of the key columns; of a table without a key, the row's
 * hash. Cells are given for rows that have changed. */
typedef struct cfn_compare_difference {
    cfn_compare_change change;
    const char *const *key;
    size_t key_count;
    const cfn_compare_cell *cells;
    size_t cell_count;
    uint64_t source_count, target_count; /* of a table without a key: how many such rows */
    const struct cfn_compare_difference *next;
} cfn_compare_difference;

typedef struct cfn_compare_table {
    const char *schema, *name, *target_schema, *target_name;
    cfn_compare_verdict verdict;
    const char *method; /* "ranges of the key", "buckets of the key", "hashes of rows" */
    const char *mode;   /* "digest" or "stream": how most rows were compared; "" if none were */
    const char *const *key;
    size_t key_count, column_count;
    const char *source_sql, *target_sql; /* the digest of the whole table */
    uint64_t estimated_rows;             /* by the source's statistics */
    uint64_t source_rows, target_rows;
    uint64_t chunks, suspects, settled, busy;  /* busy: changed all the time */
    uint64_t missing, extra, changed;          /* confirmed */
    const cfn_compare_difference *differences; /* the first of them */
    const cfn_compare_remark *remarks;
    double seconds;
} cfn_compare_table;

typedef struct cfn_compare_report {
    cfn_compare_verdict verdict; /* the worst of the tables' */
    cfn_compare_table **tables;  /* by schema and name */
    size_t table_count;
    const char *source, *target; /* the URLs, without passwords */
    const char *source_version, *target_version;
    double seconds;
    const cfn_compare_work *left; /* to be done; rows that are confirmed to differ are named, too */
} cfn_compare_report;

typedef enum cfn_compare_task {
    CFN_COMPARE_PLAN,  /* what would be compared, and how */
    CFN_COMPARE_COUNT, /* numbers of rows alone; as they are, without a second look */
    CFN_COMPARE_CHECK
} cfn_compare_task;

typedef enum cfn_compare_mode {
    CFN_COMPARE_AUTO,   /* what is faster for the table at hand */
    CFN_COMPARE_DIGEST, /* the servers add up hashes, rows travel where these differ */
    CFN_COMPARE_STREAM  /* all rows travel */
} cfn_compare_mode;

typedef struct cfn_compare_progress {
    const cfn_compare_table *table;
    size_t table_index, table_count;
    uint64_t rows;
    const char *stage; /* "comparing", "waiting for the target", "looking again" */
    double seconds;    /* since the table was begun */
} cfn_compare_progress;

/* Zero means the default, which is named with each. */
typedef struct cfn_compare_options {
    const char *source, *target;                   /* URLs; required */
    const char *source_password, *target_password; /* beat those in the URLs */
    const cfn_dms_mappings *mappings;              /* NULL: all tables, under their own names */
    const char *const *tables; /* patterns of schema.table, as of table mappings; NULL: all */
    size_t table_count;
    const char *where;            /* SQL that both sides understand: rows that count; NULL: all */
    const cfn_compare_work *work; /* what to do, as another run has left it; NULL: everything. It
                                     must fit: the same databases, mappings and condition, tables
                                     that were not altered; else CFN5005 */
    uint64_t part_rows; /* plan and check: cut tables into ranges of about so many rows, for which
                           the keys of the source are read; 0: plan does not, and check does when
                           there are jobs to share them */
    unsigned jobs;      /* how many tables and ranges are worked on at once, each with a connection
                           to either side: 1. The report does not depend on it */
    cfn_compare_mode mode;
    uint64_t chunk_rows;      /* of the first chunk: 5000 */
    uint64_t max_differences; /* of a table, before it is given up: 10000 */
    uint64_t max_details;     /* of a table, that are listed: 100 */
    bool show_values;
    double max_seconds; /* of the run; no limit */
    unsigned
        statement_seconds; /* after which a statement is given up and tried with fewer rows: 300 */
    double settle_seconds; /* between reading the source and the target again, without heartbeat:
                              60; below 0: none, for databases that nothing writes to */
    const char
        *heartbeat; /* schema.table at the source, with columns id and beat, that is replicated
                       too: written to find out how far the target is; NULL: wait */
    double heartbeat_seconds;      /* how long it may take to arrive: 120 */
    unsigned rounds;               /* of looking again at rows that change: 5 */
    unsigned load;                 /* percent of the time that the servers are kept at work: 100 */
    const volatile int *cancelled; /* set, by a signal handler for example, to end the run */
    void (*progress)(void *context, const cfn_compare_progress *progress);
    /* Given what is left every `save_seconds` (10) while the run is under way, so that it can be
     * taken up again should it end untimely. Both are called by one thread at a time, but not
     * always by the same one. */
    void (*save)(void *context, const cfn_compare_work *left);
    double save_seconds;
    /* Check: given SQL, piece by piece, that would make the target hold what the source holds; it
     * is never run here. Differences that are certain, as far as they are listed or counted: a
     * transaction for each table, in which each statement names the values that the target has. */
    void (*repair)(void *context, const char *sql, size_t length);
    void *context;
} cfn_compare_options;

/* Compares. With work that is done in pieces, the verdict of all of it is the worst of the pieces'
 * and the plan's (a table that cannot be compared at all is in no piece), and the numbers are to be
 * added up. A run that was stopped leaves in `left` what to do next:
 *     options.work = report->left;  // or cfn_compare_work_read, when it was written meanwhile
 *     report = cfn_compare_run(...);
 * A plan with `part_rows` and its pieces let many programs at it at once:
 *     report = cfn_compare_run(arena, d, &options, CFN_COMPARE_PLAN);
 *     options.work = cfn_compare_work_piece(arena, report->left, i);
 * The report lives in the arena; NULL when a database cannot be reached or used, or
 * options are wrong (CFN5xxx), or memory is out. */
CFN_API cfn_compare_report *cfn_compare_run(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                            const cfn_compare_options *options,
                                            cfn_compare_task task);

/* How long changes take from the source to the target, by heartbeats. `trouble` says why it could
 * not be measured, or that a heartbeat did not arrive; NULL: all came. */
typedef struct cfn_compare_lag {
    unsigned samples;      /* that have come */
    double seconds, worst; /* of the latest one, of the slowest one */
    const char *trouble;
} cfn_compare_lag;

/* Measures the lag with so many heartbeats, one after another; options.heartbeat is required. NULL
 * as with cfn_compare_run. */
CFN_API const cfn_compare_lag *cfn_compare_measure_lag(cfn_arena *arena,
                                                       cfn_diagnostics *diagnostics,
                                                       const cfn_compare_options *options,
                                                       unsigned samples);

/* Something of the schemas that is not the same at both sides: a column, an index, a constraint, a
 * view, a trigger, a routine, a sequence ... The texts are how each side defines it, NULL where it
 * is not there. `table` is "" for what belongs to no table. */
typedef struct cfn_compare_object {
    const char *kind, *schema, *table, *name;
    cfn_compare_change change;
    const char *source, *target;
} cfn_compare_object;

typedef struct cfn_compare_schema_report {
    cfn_compare_verdict verdict; /* different when something is missing or changed */
    const cfn_compare_object *objects;
    size_t object_count, compared; /* that differ; of the source, in all */
} cfn_compare_schema_report;

/* Compares what belongs to the tables that cfn_compare_run would compare, and to their schemas:
 * most of it is not brought over by DMS. NULL as there. */
CFN_API cfn_compare_schema_report *cfn_compare_schemas(cfn_arena *arena,
                                                       cfn_diagnostics *diagnostics,
                                                       const cfn_compare_options *options);

CFN_END_DECLS

#endif
