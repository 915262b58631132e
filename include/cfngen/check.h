/* Checking a template against the facts about resource types: does each resource have the
 * properties that its type takes and needs, with values that it accepts? docs/checks.md tells what
 * is looked at and how far values are followed. */
#ifndef CFNGEN_CHECK_H
#define CFNGEN_CHECK_H

#include <cfngen/schema.h>
#include <cfngen/template.h>

CFN_BEGIN_DECLS

typedef struct cfn_check_options {
    const cfn_schema *schema; /* NULL: those that are part of the library */
    const char *region; /* where it is to be deployed; NULL: not known, so that nothing is said
                           about regions. CFN3124 tells one that the facts do not know. */
} cfn_check_options;

/* Reports what the resources and outputs of a template have that CloudFormation, or the service
 * behind a resource, does not accept (CFN31xx). `options` may be NULL: all defaults. The template
 * is not changed. Takes time linear in its size, up to a limit past which values are left out
 * (CFN3119). False when memory is out (CFN0001 reported); the limit of the template's arena counts
 * anew. */
CFN_API bool cfn_template_check(const cfn_template *tpl, const cfn_check_options *options,
                                cfn_diagnostics *diagnostics);

CFN_END_DECLS

#endif
