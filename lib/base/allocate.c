/* The allocator, and the one place that calls malloc. */
#include "base/allocate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The library's one mutable variable: an allocator that each object named would have to be passed
 * through every call. <cfngen/allocator.h> says when it may be set. */
static cfn_allocator current = {malloc, realloc, free};

void cfn_allocator_set(const cfn_allocator *allocator)
{
    current = allocator ? *allocator : (cfn_allocator){malloc, realloc, free};
}

void *cfn__malloc(size_t size)
{
    return current.allocate(size);
}

void *cfn__calloc(size_t count, size_t size)
{
    if (!count || !size)
        count = size = 1; /* what nothing is given for depends on the system */
    if (count > SIZE_MAX / size)
        return NULL;
    /* calloc knows which pages are zero already. */
    if (current.allocate == malloc)
        return calloc(count, size);
    void *memory = current.allocate(count * size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}

void *cfn__realloc(void *memory, size_t size)
{
    return current.resize(memory, size);
}

void cfn__free(void *memory)
{
    if (memory)
        current.release(memory);
}
