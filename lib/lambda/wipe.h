/* Overwriting secrets before their memory is given back, also where libraries hold them. */
#ifndef CFN_LAMBDA_WIPE_H
#define CFN_LAMBDA_WIPE_H

#include <stddef.h>

/* Overwrites memory; the compiler may not leave it out. */
void cfn__wipe(void *memory, size_t size);

/* Overwrites what malloc handed out, and frees it. NULL is allowed. */
void cfn__wipe_and_free(void *memory);

#endif
