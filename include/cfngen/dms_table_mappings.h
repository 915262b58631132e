/* The table mappings of an AWS DMS task: which tables it migrates, which of their rows, and what
 * they are called at the target.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.html */
#ifndef CFNGEN_DMS_TABLE_MAPPINGS_H
#define CFNGEN_DMS_TABLE_MAPPINGS_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

typedef struct cfn_dms_mappings cfn_dms_mappings;

/* Reads {"rules": [...]} as the DMS API takes it. Everything is checked, and what is wrong is
 * reported (CFN4327) at its place; NULL when there was an error or memory is out. What is returned
 * lives in the arena and points into the nodes. */
CFN_API cfn_dms_mappings *cfn_dms_mappings_read(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                                const cfn_node *root);

typedef enum cfn_dms_operator {
    CFN_DMS_EQ,
    CFN_DMS_NOTEQ,
    CFN_DMS_GTE,
    CFN_DMS_LTE, /* written lte or ste */
    CFN_DMS_BETWEEN,
    CFN_DMS_NOTBETWEEN,
    CFN_DMS_NULL,
    CFN_DMS_NOTNULL
} cfn_dms_operator;

/* `value` is NULL for null and notnull, `end` for all but between and notbetween. */
typedef struct cfn_dms_condition {
    cfn_dms_operator operator_;
    const char *value, *end;
} cfn_dms_condition;

/* Its rows meet one of the conditions. */
typedef struct cfn_dms_filter {
    const char *column;
    const cfn_dms_condition *conditions;
    size_t condition_count;
} cfn_dms_filter;

/* A table that the task migrates: its name at the target, and the filters that its rows meet all
 * of. `unclear` says why the mappings do not tell what becomes of the table (two rules that name
 * it, filters that contradict each other); NULL when they do. */
typedef struct cfn_dms_table {
    const char *schema, *name;
    const cfn_dms_filter *filters;
    size_t filter_count;
    const char *unclear;
} cfn_dms_table;

/* Whether the task migrates the table (or view), and as what. */
CFN_API bool cfn_dms_select(const cfn_dms_mappings *mappings, cfn_arena *arena, const char *schema,
                            const char *name, bool is_view, cfn_dms_table *table);

/* What becomes of a column: its name at the target, NULL when it is left out. `altered`: its values
 * are changed on the way (masked or computed), so that they cannot be the source's. `retyped`: it
 * has another type at the target. `unclear` as above. */
typedef struct cfn_dms_column {
    const char *name;
    bool altered, retyped;
    const char *unclear;
} cfn_dms_column;

CFN_API cfn_dms_column cfn_dms_map_column(const cfn_dms_mappings *mappings, cfn_arena *arena,
                                          const char *schema, const char *table,
                                          const char *column);

/* Whether a pattern of table mappings matches a name: % is any text, _ one character, [ab] and
 * [a-d] one of a set. Letter case counts. */
CFN_API bool cfn_dms_matches(const char *pattern, const char *name);

CFN_END_DECLS

#endif
