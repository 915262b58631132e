/* "Did you mean": the word that a mistyped one may stand for. */
#ifndef CFNGEN_NEAREST_H
#define CFNGEN_NEAREST_H

#include <cfngen/common.h>

CFN_BEGIN_DECLS

/* The candidate that is nearest to the word, the first of several; candidates end with NULL. NULL
 * when none is within a third of the word's length; a change of letter case counts half a letter.
 * Words over 64 bytes are near to nothing. */
CFN_API const char *cfn_nearest(const char *word, const char *const *candidates);

CFN_END_DECLS

#endif
