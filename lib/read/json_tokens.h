/* JSON text cut into tokens, valid or not: what messages need to know about the place of an error.
 */
#ifndef CFN_READ_JSON_TOKENS_H
#define CFN_READ_JSON_TOKENS_H

#include "base/diagnostics.h"

/* A string with its quotes (to the end of the line when it is not closed), a bracket, comma or
 * colon, or a run of other characters. Empty at the end of the text. */
typedef struct cfn__token {
    size_t start, end;
} cfn__token;

/* The token at or after this offset. */
cfn__token cfn__json_token(const cfn__source *source, size_t offset);

/* Whether a token ends a value, so that a comma or a bracket must follow. */
bool cfn__json_ends_value(const cfn__source *source, cfn__token token);

/* What stands around a place: the token there, the one before it, and the innermost bracket that is
 * open ({0, 0} when none is). */
typedef struct cfn__json_context {
    cfn__token token, before, opener;
} cfn__json_context;
cfn__json_context cfn__json_context_at(const cfn__source *source, size_t offset);

#endif
