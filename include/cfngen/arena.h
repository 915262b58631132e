/* Memory with one lifetime.
 *
 * Ownership in cfngen, in one sentence: what a function returns lives in the arena, the stack or
 * the diagnostics it was given, and goes when that one is freed; nothing else is yours to free. */
#ifndef CFNGEN_ARENA_H
#define CFNGEN_ARENA_H

#include <cfngen/common.h>

CFN_BEGIN_DECLS

typedef struct cfn_arena cfn_arena;

/* A new, empty arena; NULL when memory is out. Free it with cfn_arena_free. */
CFN_API cfn_arena *cfn_arena_new(void);

/* Frees the arena and everything in it. NULL is allowed. */
CFN_API void cfn_arena_free(cfn_arena *arena);

/* Sets how many bytes the arena may hold from now on (0: no limit), for programs that read what
 * they do not trust. Past the limit the arena fails as if memory were out. */
CFN_API void cfn_arena_set_limit(cfn_arena *arena, size_t bytes);

/* Whether an allocation has failed. An arena that failed once stays failed: it hands out NULL, and
 * all that builds nodes accepts NULL, so that a caller looks here once, at the end. */
CFN_API bool cfn_arena_failed(const cfn_arena *arena);

/* How many bytes the arena has taken from the system. */
CFN_API size_t cfn_arena_size(const cfn_arena *arena);

CFN_END_DECLS

#endif
