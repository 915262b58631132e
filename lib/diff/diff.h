/* The comparison of templates from the inside: the model that is filled, and who fills it.
 *
 * cfn_template_diff_new goes in passes: entries (what changed, by section), spreading (what a
 * replaced resource changes in those that refer to it), fates and losses, and at last the advisers,
 * who see finished entries. */
#ifndef CFN_DIFF_DIFF_H
#define CFN_DIFF_DIFF_H

#include "base/index.h"
#include "node/node.h"
#include "template/template.h"

#include <cfngen/diff.h>

/* A list that grows in the arena. */
typedef struct cfn__grown {
    size_t count, capacity;
} cfn__grown;

struct cfn_template_diff {
    cfn_arena *arena;
    const cfn_schema *schema;
    const cfn_template *old_tpl, *new_tpl; /* never NULL once it is made */
    cfn_diff_entry *entries;
    cfn__grown entry_list;
    cfn__index
        ids[CFN_SECTION_COUNT]; /* of each section: ids to the number of an entry, plus one */
    cfn_access_change *access;
    cfn__grown access_list;
    cfn_diff_advice *advice;
    cfn__grown advice_list;
    char *rendered; /* from malloc; the last one that was asked for */
};

/* --- what advisers use --- */

/* Adds advice; its severity is that of the id. `logical_id` and `path` (as in a change; "") must
 * live as long as the diff. */
void cfn__diff_advise(cfn_template_diff *diff, cfn_diagnostic_id id, const char *logical_id,
                      const char *path, const char *format, ...) CFN_PRINTF(5, 6);

/* Adds a change of access. Its texts must live as long as the diff; NULL stands for "". */
void cfn__diff_add_access(cfn_template_diff *diff, const cfn_access_change *change);

/* An adviser; advisers.c has the table of all. */
typedef void cfn__adviser(cfn_template_diff *diff);

/* The first change of a property of a resource, or of what is in it; NULL when it stays. The
 * property is one of the type itself, as "Engine". */
const cfn_diff_change *cfn__diff_property(const cfn_diff_entry *entry, const char *property);

/* A property as it was and as it will be; NULL when there is none. */
const cfn_node *cfn__old_property(const cfn_diff_entry *entry, const char *property);
const cfn_node *cfn__new_property(const cfn_diff_entry *entry, const char *property);

/* Whether a step of a change is this member. */
bool cfn__step_is(const cfn_diff_change *change, size_t index, const char *key);

#endif
