/* The access part of a comparison: rows of lib/access that are in one template alone, and whether
 * more is allowed by them than before. */
#ifndef CFN_DIFF_ACCESS_CHANGES_H
#define CFN_DIFF_ACCESS_CHANGES_H

#include "access/access.h"
#include "diff/diff.h"

/* Both sides, and what is needed while they are compared. */
typedef struct cfn__access_sides {
    cfn_template_diff *diff;
    const cfn__access *old, *new;
    cfn_arena *scratch;
    const bool
        *gone;     /* of the table that is compared: the old rows that the new template has not */
    size_t effort; /* spent on looking for what covers what */
} cfn__access_sides;

/* A table: its rows on one side, by number. */
typedef struct cfn__access_rows {
    cfn_access_table table;
    size_t (*count)(const cfn__access *access);
    const cfn_resource *(*resource)(const cfn__access *access, size_t number);
    const cfn_node *(*node)(const cfn__access *access, size_t number);
    /* Rows with the same key mean the same. It lives in the scratch arena; NULL: the row does not
     * count. */
    const char *(*key)(cfn__access_sides *sides, const cfn__access *access, size_t number);
    void (*cells)(cfn_arena *arena, const cfn__access *access, size_t number, const char **cells);
    /* How more is allowed by a row that was added or removed; NULL when it is not. It lives in the
     * diff's arena. */
    const char *(*added)(cfn__access_sides *sides, size_t number);
    const char *(*removed)(cfn__access_sides *sides, size_t number);
} cfn__access_rows;

extern const cfn__access_rows cfn__access_statement_rows, cfn__access_attachment_rows,
    cfn__access_rule_rows;

/* Whether rows may be held against each other once more; when it has been too often, what was added
 * is taken for more than before. */
bool cfn__access_go_on(cfn__access_sides *sides);

/* Whether a text such as ${Role} names a resource that this template does not have. */
bool cfn__access_is_gone(const cfn__access *access, const char *text);

/* Whether what is there under the condition `inner` is there under `outer`; NULL: always. */
bool cfn__access_when_covers(const char *outer, const char *inner);

/* The text with the condition under which it is there. */
const char *cfn__access_with_when(cfn_arena *arena, const char *text, const char *when);

#endif
