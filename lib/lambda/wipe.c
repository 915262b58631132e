/* Overwriting secrets. */
#include "lambda/wipe.h"

#include <malloc.h>
#include <stdlib.h>

void cfn__wipe(void *memory, size_t size)
{
    volatile unsigned char *p = memory;
    while (size--)
        *p++ = 0;
}

void cfn__wipe_and_free(void *memory)
{
    if (memory)
        cfn__wipe(memory, malloc_usable_size(memory));
    free(memory);
}
