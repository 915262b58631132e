/* The lock that one invocation holds while it shifts: a parameter with the holder and the time that
 * it holds for. */
#ifndef CFN_LAMBDA_LOCK_H
#define CFN_LAMBDA_LOCK_H

#include "lambda/parameter.h"

typedef struct cfn__lock {
    cfn__parameter parameter;
    const char *holder; /* who asks */
    int64_t now, until; /* seconds since 1970 */
} cfn__lock;

/* Takes it: of any number that try at once exactly one does. False, and CFN__BUSY filled in, while
 * another one holds it. */
bool cfn__take_lock(const cfn__caller *caller, cfn__lock *lock);
bool cfn__release_lock(const cfn__caller *caller, cfn__lock *lock);

/* Who holds it by this text, and until when; false when it is none. */
bool cfn__parse_lock(cfn_arena *arena, const char *text, const char **holder, int64_t *until);

#endif
