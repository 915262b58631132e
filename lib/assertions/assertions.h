/* Assertions from the inside: the template, and verdicts about it. */
#ifndef CFN_ASSERTIONS_ASSERTIONS_H
#define CFN_ASSERTIONS_ASSERTIONS_H

#include "assertions/compare.h"
#include "assertions/resolve.h"

struct cfn_assertions {
    cfn_arena *arena;
    cfn_diagnostics *diagnostics; /* of what was read for the template */
    const cfn_node *root;         /* NULL: there is none, and `trouble` says why */
    cfn__resolver *resolver;      /* NULL: values are not worked out */
    cfn__patterns regexes;
    bool loose, update;
    const char *trouble;
    const struct cfn__access *access; /* who may do what; made when first asked */
};

/* A new comparison with the template's settings. */
cfn__comparison cfn__comparison_of(cfn_assertions *t);

/* Assertions with a pattern that was read and checked; NULL: anything. */
cfn_verdict cfn__assert(cfn_assertions *t, const cfn_assertion *assertion, const cfn_node *pattern);
cfn_verdict cfn__assert_template(cfn_assertions *t, const cfn_node *pattern);

/* Verdicts. `format` says why, without the newline. */
cfn_verdict cfn__holds_not(cfn_assertions *t, const char *format, ...) CFN_PRINTF(2, 3);
cfn_verdict cfn__undecided(cfn_assertions *t, const char *format, ...) CFN_PRINTF(2, 3);
cfn_verdict cfn__undecided_by(cfn_assertions *t, cfn_diagnostics *diagnostics);

/* The verdict, unless memory ran out on the way to it. */
cfn_verdict cfn__whole(cfn_assertions *t, cfn_verdict verdict);

/* What every assertion looks for first: that there is a template, and memory. True: `verdict` says
 * that there is not. */
bool cfn__cannot_assert(cfn_assertions *t, cfn_verdict *verdict);

/* The pattern with its functions worked out, as the template's values are. */
const cfn_node *cfn__resolved_pattern(cfn_assertions *t, const cfn_node *pattern);

/* Moves a buffer's text into the arena, and frees it. */
const char *cfn__take_text(cfn_arena *arena, cfn__buffer *buffer);

/* --- misspelt.c --- */

/* A name of a property in a pattern that its type does not have, but for a slip of the pen, where
 * the assertion would hold for it: `meant` is the right one. NULL: there is none. */
const char *cfn__misspelt_property(const cfn_assertion *assertion, const cfn_node *pattern,
                                   bool nothing_expected, const char **meant);

/* --- render.c --- */

/* Adds a value with its mismatches marked, below a line with its id and place. */
void cfn__render(cfn__buffer *buffer, cfn__comparison *c, const char *id, const cfn_node *value);

/* Adds " (stack.yaml:12)", when the place is known. */
void cfn__render_place(cfn__buffer *buffer, const cfn_node *node);

#endif
