/* Looking at a live database before AWS DMS migrates it: whether DMS can read its changes, what it
 * would lose or refuse, how large its LOBs are, and which parameters of an Aurora cluster would
 * make the target behave as the source does. Part of libcfncompare, whose clients of databases it
 * uses. Nothing is written, and no value of a row is kept: sizes of LOBs are all that is read.
 *
 * The rules are those of the AWS DMS User Guide: each check names its page. docs/preflight.md lists
 * the checks. */
#ifndef CFNGEN_PREFLIGHT_H
#define CFNGEN_PREFLIGHT_H

#include <cfngen/arena.h>
#include <cfngen/diagnostic.h>
#include <cfngen/dms_table_mappings.h>

CFN_BEGIN_DECLS

/* The better ones come first. */
typedef enum cfn_preflight_verdict {
    CFN_PREFLIGHT_PASS,
    CFN_PREFLIGHT_WARN,    /* it works, if what is said is seen to */
    CFN_PREFLIGHT_UNKNOWN, /* it could not be looked at */
    CFN_PREFLIGHT_FAIL     /* the migration fails or loses data */
} cfn_preflight_verdict;

/* "pass", "warn", "unknown", "fail". */
CFN_API const char *cfn_preflight_verdict_name(cfn_preflight_verdict verdict);

/* A check. */
typedef struct cfn_preflight_check {
    const char *id;     /* "mysql-binlog-format": stable */
    const char *engine; /* "mysql" (MariaDB and Aurora MySQL too) or "postgresql" */
    const char *side;   /* "source" or "target" */
    const char *what;   /* what is looked at: "binlog_format" */
    const char *why;    /* what goes wrong otherwise */
    const char *advice; /* what to do about it */
    const char *rule;   /* the address of the page that has the rule */
} cfn_preflight_check;

/* All checks, those of an engine and side together; NULL at the end. */
CFN_API const cfn_preflight_check *cfn_preflight_check_at(size_t index);

typedef struct cfn_preflight_result {
    const cfn_preflight_check *check;
    cfn_preflight_verdict verdict;
    const char *found;          /* what there is, or why it could not be looked at */
    const char *const *objects; /* tables and columns that it is about: the first of them */
    size_t object_count, objects_in_all;
} cfn_preflight_result;

/* A column whose values DMS treats as LOBs, when it moves text or bytes of any size. */
typedef struct cfn_preflight_lob {
    const char *schema, *table, *column, *type;
    uint64_t bytes;      /* of the largest value that was looked at */
    uint64_t needed_kb;  /* as DMS counts: text takes two or four bytes a character */
    uint64_t rows;       /* that were looked at */
    bool all;            /* ... which are all there are */
    const char *problem; /* why it was not measured; NULL when it was */
} cfn_preflight_lob;

typedef struct cfn_preflight_report {
    cfn_preflight_verdict verdict; /* the worst of the results' */
    const char *source, *target;   /* the URLs, without passwords; target may be NULL */
    const char *source_version, *target_version;
    const char *platform; /* "self-managed", "Amazon RDS" or "Amazon Aurora": of the source */
    const cfn_preflight_result *results;
    size_t result_count;
    size_t table_count; /* that the task would migrate */
    const cfn_preflight_lob *lobs;
    size_t lob_count;
    uint64_t lob_max_kb; /* LobMaxSize for limited LOB mode; 0: nothing was measured, or the values
                            are larger than limited mode should carry: full LOB mode */
    uint64_t largest_kb; /* as DMS counts it */
    double seconds;
} cfn_preflight_report;

/* Zero means the default, which is named with each. */
typedef struct cfn_preflight_options {
    const char *source, *source_password; /* as of cfn_compare_options; the login DMS will use */
    const char *target, *target_password; /* NULL: the target is not looked at */
    const cfn_dms_mappings *mappings;     /* NULL: all tables */
    const char *const *tables;            /* patterns of schema.table; NULL: all */
    size_t table_count;
    uint64_t lob_rows;             /* of a table, whose LOBs are measured: 1000000 */
    double lob_seconds;            /* for a table: 30 */
    double max_seconds;            /* of the run; no limit */
    const volatile int *cancelled; /* set, by a signal handler for example, to end the run */
} cfn_preflight_options;

/* Looks at everything. The report lives in the arena; NULL when a database cannot be reached or
 * used, or options are wrong (CFN5xxx), or memory is out. What a login may not look at is unknown,
 * and no error. */
CFN_API cfn_preflight_report *cfn_preflight_run(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                                const cfn_preflight_options *options);

/* A parameter in which the source differs from Aurora's default. `group` is the property of
 * Cfngen::RDS::AuroraCluster that takes it: MySqlParameters, PostgreSqlParameters,
 * ClusterParameters or InstanceParameters; `property` is its name there. */
typedef struct cfn_preflight_parameter {
    const char *group, *property, *name;
    const char *value, *aurora_default;
    bool is_number, is_boolean; /* how the property takes it; else as a text */
} cfn_preflight_parameter;

typedef struct cfn_preflight_parameters {
    const char *engine; /* "aurora-mysql" or "aurora-postgresql" */
    const char *source, *source_version;
    const cfn_preflight_parameter *parameters; /* by group */
    size_t parameter_count;
    const char *const *notes; /* what cannot be matched, and what to do about it */
    size_t note_count;
} cfn_preflight_parameters;

/* Compares the settings of the source with the defaults of Aurora MySQL 3 (MySQL 8.0) or Aurora
 * PostgreSQL. Of the options, those of the source alone count. NULL as above. */
CFN_API cfn_preflight_parameters *
cfn_preflight_match_parameters(cfn_arena *arena, cfn_diagnostics *diagnostics,
                               const cfn_preflight_options *options);

CFN_END_DECLS

#endif
