/* Table mappings from the inside: the rules as they were read. */
#ifndef CFN_DMS_MAPPINGS_H
#define CFN_DMS_MAPPINGS_H

#include "node/node.h"

#include <cfngen/dms_table_mappings.h>

typedef enum cfn__dms_target { CFN__DMS_SCHEMA, CFN__DMS_TABLE, CFN__DMS_COLUMN } cfn__dms_target;

/* What a transformation does to the name or the column; OTHER does nothing to either. */
typedef enum cfn__dms_action {
    CFN__DMS_RENAME,
    CFN__DMS_LOWERCASE,
    CFN__DMS_UPPERCASE,
    CFN__DMS_ADD_PREFIX,
    CFN__DMS_REMOVE_PREFIX,
    CFN__DMS_REPLACE_PREFIX,
    CFN__DMS_ADD_SUFFIX,
    CFN__DMS_REMOVE_SUFFIX,
    CFN__DMS_REPLACE_SUFFIX,
    CFN__DMS_REMOVE_COLUMN,
    CFN__DMS_INCLUDE_COLUMN,
    CFN__DMS_RETYPE,
    CFN__DMS_MASK,
    CFN__DMS_OTHER
} cfn__dms_action;

typedef struct cfn__dms_transformation {
    const char *id;
    cfn__dms_target target;
    cfn__dms_action action;
    const char *schema, *table, *column; /* patterns; NULL where the target has none */
    const char *value, *old_value;
} cfn__dms_transformation;

typedef struct cfn__dms_selection {
    const char *id;
    bool exclude;
    bool literally; /* the names are names, not patterns */
    bool tables, views;
    const char *schema, *table;
    const cfn_dms_filter *filters;
    size_t filter_count;
} cfn__dms_selection;

struct cfn_dms_mappings {
    cfn__dms_selection *selections;
    cfn__dms_transformation *transformations;
    size_t selection_count, transformation_count;
};

/* Reads the filters of a selection rule into it. */
void cfn__dms_read_filters(cfn_arena *arena, cfn_diagnostics *diagnostics, const cfn_node *rule,
                           cfn__dms_selection *selection);

/* Reports what DMS would refuse in a rule of type table-settings. */
void cfn__dms_check_table_settings(cfn_diagnostics *diagnostics, const cfn_node *rule);

/* The object-locator of a rule; NULL after a report. */
const cfn_node *cfn__dms_locator(cfn_diagnostics *diagnostics, const cfn_node *rule);

/* Whether a pattern is one name: without %, and with sets of one character alone, as [_]. */
bool cfn__dms_is_exact(const char *pattern);

/* The position of a member's text among words, or -1 after a report. */
int cfn__dms_one_of(cfn_diagnostics *diagnostics, const cfn_node *map, const char *key,
                    const char *const *words);

/* A member that must be a text (or, with `or_number`, a number); NULL after a report otherwise, and
 * without one when it is missing and not required. */
const char *cfn__dms_text(cfn_diagnostics *diagnostics, const cfn_node *map, const char *key,
                          bool required, bool or_number);

/* Reports keys that are none of `known`, which ends with NULL. */
void cfn__dms_check_keys(cfn_diagnostics *diagnostics, const cfn_node *map,
                         const char *const *known);

#endif
