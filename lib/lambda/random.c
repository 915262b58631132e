/* Random bytes for libexpat, which is linked into the function: its own call is of glibc 2.36, and
 * Lambda's provided.al2023 has 2.34. */
#include <stddef.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *bytes, size_t count);

void arc4random_buf(void *bytes, size_t count)
{
    enum { AT_ONCE = 256 }; /* so many are never cut short */
    for (char *at = bytes; count;) {
        size_t next = count < AT_ONCE ? count : AT_ONCE;
        if (getrandom(at, next, 0) == (ssize_t)next) {
            at += next;
            count -= next;
        }
/* Random bytes of the system. */
#include "lambda/random.h"

#include <sys/random.h>

void cfn__random_bytes(void *bytes, size_t length)
{
    unsigned char *at = bytes;
    while (length) {
        ssize_t got = getrandom(at, length, 0);
        if (got <= 0)
            return;
        at += got;
        length -= (size_t)got;
    }
}
