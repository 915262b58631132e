/* Arena allocation for the inside of the library; <cfngen/arena.h> has the contract. */
#ifndef CFN_BASE_ARENA_H
#define CFN_BASE_ARENA_H

#include <cfngen/arena.h>
#include <stdarg.h>

/* Zeroed memory, aligned for any type; NULL (and the arena failed) when there is none. */
void *cfn__alloc(cfn_arena *arena, size_t size);

/* The same for count elements of size bytes each; an overflow of the product is a failure. */
void *cfn__alloc_array(cfn_arena *arena, size_t count, size_t size);

/* Has the arena fail as if it had run out itself: what was to be put into it is not whole. */
void cfn__arena_fail(cfn_arena *arena);
/* Overwrites all that it hands out, which is not to be used any more: for secrets, before
 * cfn_arena_free. */
void cfn__arena_wipe(cfn_arena *arena);

#define CFN__NEW(arena, type) ((type *)cfn__alloc((arena), sizeof(type)))
#define CFN__NEW_ARRAY(arena, count, type)                                                         \
    ((type *)cfn__alloc_array((arena), (count), sizeof(type)))

/* How many bytes it may hold; 0: no limit. */
size_t cfn__arena_limit(const cfn_arena *arena);

/* For what is needed for a while only: cfn__rewind gives back all that was handed out since the
 * mark was set. Marks are taken back in the opposite order. An arena that has failed stays so. */
typedef struct cfn__arena_mark {
    void *chunk;
    size_t used, handed_out;
} cfn__arena_mark;
cfn__arena_mark cfn__mark(const cfn_arena *arena);
void cfn__rewind(cfn_arena *arena, cfn__arena_mark mark);

/* Takes over all that lives in another arena, and frees that one. A failure is taken over, too. */
void cfn__absorb(cfn_arena *arena, cfn_arena *other);

/* Strings made in the arena. None returns NULL: without memory they are "" and the arena has
 * failed, so that they can be compared and printed without a check. */
char *cfn__strdup(cfn_arena *arena, const char *text);
char *cfn__strndup(cfn_arena *arena, const char *text, size_t length);
char *cfn__format(cfn_arena *arena, const char *format, ...) CFN_PRINTF(2, 3);
char *cfn__vformat(cfn_arena *arena, const char *format, va_list arguments);

#endif
