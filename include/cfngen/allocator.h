/* Where libcfngen takes its memory from: malloc, unless the program that embeds it says otherwise.
 *
 * jansson and libyaml, which read for it, have their own ways: json_set_alloc_funcs is for the
 * program to call, libyaml takes malloc's. PCRE2 takes malloc's too. */
#ifndef CFNGEN_ALLOCATOR_H
#define CFNGEN_ALLOCATOR_H

#include <cfngen/common.h>

CFN_BEGIN_DECLS

/* Functions with the contracts of malloc, realloc and free. Each may be called from any thread that
 * uses the library. */
typedef struct cfn_allocator {
    void *(*allocate)(size_t size);
    void *(*resize)(void *memory, size_t size);
    void (*release)(void *memory);
} cfn_allocator;

/* Has the library use these from now on; NULL: malloc, realloc and free again. It is the one
 * setting that holds for the whole process: set it before the first other call, while there is one
 * thread and nothing of the library is alive, for memory goes back to whoever is set then. */
CFN_API void cfn_allocator_set(const cfn_allocator *allocator);

CFN_END_DECLS

#endif
