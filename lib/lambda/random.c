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
