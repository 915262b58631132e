/* Checking a template from which something is missing. */
#ifndef CFN_TEMPLATE_EXPECTED_H
#define CFN_TEMPLATE_EXPECTED_H

#include <cfngen/template.h>

/* A template may be checked although parts of it could not be made. What they would have defined is
 * expected: a reference to it is no mistake, and neither is it that nothing else is there. */
typedef struct cfn__expected {
    bool (*is_expected)(const void *context, const char *id);
    const void *context;
} cfn__expected;

/* cfn_template_new for a template from which the expected is missing; NULL: nothing is. */
cfn_template *cfn__template_new(cfn_arena *arena, const cfn_node *root,
                                cfn_diagnostics *diagnostics, const cfn__expected *expected);

#endif
