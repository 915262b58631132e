/* What advisers on AWS's services share. */
#ifndef CFN_DIFF_ADVICE_H
#define CFN_DIFF_ADVICE_H

#include "diff/diff.h"

/* A value as far as the template tells: the text of a scalar, or of the Default of the parameter
 * that it refers to. NULL: it is not there, or known only at the deployment. */
const char *cfn__known_text(const cfn_template *tpl, const cfn_node *value);

/* The same of a property before and after; `without` is what the service takes when it is not
 * there, NULL: nobody knows. */
const char *cfn__old_text(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                          const char *property, const char *without);
const char *cfn__new_text(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                          const char *property, const char *without);

/* Whether it is a resource of this type that was there and will be. */
bool cfn__is_kept(const cfn_diff_entry *entry, const char *type);

/* The ids of the resources of some types that refer to an id in the new template, as "A, B"; NULL
 * when there is none. `types` ends with NULL. */
const char *cfn__users_of(const cfn_template_diff *diff, const char *id, const char *const *types);

#endif
