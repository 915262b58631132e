/* Random bytes for libexpat, which salts its hashes with them. It asks glibc 2.36 for them, which
 * is newer than Lambda's: a libexpat that is linked into the program is given this in place of it.
 */
#ifndef CFN_LAMBDA_RANDOM_H
#define CFN_LAMBDA_RANDOM_H

#include <stddef.h>

/* As arc4random_buf. Bytes that the system does not give stay as they are: what is read comes from
 * AWS, which does not choose names to make hashes slow. */
void cfn__random_bytes(void *bytes, size_t length);

#endif
