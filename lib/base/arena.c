/* The arena: chunks that grow with what is asked, freed together. */
#include "base/arena.h"
#include "base/allocate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 8 * 1024, LARGEST_CHUNK = 256 * 1024, ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t used, size;
} chunk;

enum { HEADER = (sizeof(chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };

struct cfn_arena {
    chunk *current;
    size_t total, limit, handed_out;
    bool failed;
    char nothing[ALIGNMENT]; /* the empty string that a failed arena hands out; never written */
};

cfn_arena *cfn_arena_new(void)
{
    return cfn__calloc(1, sizeof(cfn_arena));
}

void cfn_arena_free(cfn_arena *arena)
{
    if (!arena)
        return;
    for (chunk *c = arena->current; c;) {
        chunk *next = c->next;
        cfn__free(c);
        c = next;
    }
    cfn__free(arena);
}

/* Through a volatile pointer, so that the compiler may not leave it out. */
void cfn__arena_wipe(cfn_arena *arena)
{
    for (chunk *c = arena->current; c; c = c->next) {
        volatile char *p = (char *)c + HEADER;
        for (size_t i = 0; i < c->used; i++)
            p[i] = 0;
    }
}

void cfn_arena_set_limit(cfn_arena *arena, size_t bytes)
{
    arena->limit = bytes;
}

bool cfn_arena_failed(const cfn_arena *arena)
{
    return arena->failed;
}

size_t cfn_arena_size(const cfn_arena *arena)
{
    return arena->total;
}

static chunk *add_chunk(cfn_arena *arena, size_t at_least)
{
    size_t size = arena->total < FIRST_CHUNK ? FIRST_CHUNK : arena->total;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < at_least)
        size = at_least;
    chunk *c = size > SIZE_MAX - HEADER ? NULL : cfn__calloc(1, HEADER + size);
    if (!c)
        return NULL;
    c->size = size;
    c->next = arena->current;
    arena->current = c;
    arena->total += size;
    return c;
}

void *cfn__alloc(cfn_arena *arena, size_t size)
{
    if (arena->failed)
        return NULL;
    if (size > SIZE_MAX - ALIGNMENT) {
        arena->failed = true;
        return NULL;
    }
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    arena->handed_out += size;
    chunk *c = arena->current;
    if (arena->limit && arena->handed_out > arena->limit)
        c = NULL;
    else if (!c || size > c->size - c->used)
        c = add_chunk(arena, size);
    if (!c) {
        arena->failed = true;
        return NULL;
    }
    void *memory = (char *)c + HEADER + c->used;
    c->used += size;
    return memory;
}

void cfn__arena_fail(cfn_arena *arena)
{
    arena->failed = true;
}

size_t cfn__arena_limit(const cfn_arena *arena)
{
    return arena->limit;
}

cfn__arena_mark cfn__mark(const cfn_arena *arena)
{
    const chunk *c = arena->current;
    return (cfn__arena_mark){arena->current, c ? c->used : 0, arena->handed_out};
}

void cfn__rewind(cfn_arena *arena, cfn__arena_mark mark)
{
    /* The first chunk is kept, so that a mark before it does not have it made again and again. */
    while (arena->current != mark.chunk && arena->current->next) {
        chunk *c = arena->current;
        arena->current = c->next;
        arena->total -= c->size;
        cfn__free(c);
    }
    chunk *c = arena->current;
    size_t used = c && c == mark.chunk ? mark.used : 0;
    if (c) {
        memset((char *)c + HEADER + used, 0, c->used - used); /* what is handed out is zeroed */
        c->used = used;
    }
    arena->handed_out = mark.handed_out;
}

void cfn__absorb(cfn_arena *arena, cfn_arena *other)
{
    chunk **end = &arena->current;
    while (*end)
        end = &(*end)->next;
    *end = other->current;
    arena->total += other->total;
    arena->handed_out += other->handed_out;
    arena->failed = arena->failed || other->failed;
    free(other);
}

void *cfn__alloc_array(cfn_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return cfn__alloc(arena, count * size);
}

char *cfn__strndup(cfn_arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? cfn__alloc(arena, length + 1) : NULL;
    if (!copy)
        return arena->nothing;
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *cfn__strdup(cfn_arena *arena, const char *text)
{
    return cfn__strndup(arena, text, strlen(text));
}

char *cfn__vformat(cfn_arena *arena, const char *format, va_list arguments)
{
    char small[256];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(small, sizeof small, format, arguments);
    char *text = arena->nothing;
    if (length >= 0 && (size_t)length < sizeof small) {
        text = cfn__strndup(arena, small, (size_t)length);
    } else if (length >= 0) {
        char *memory = cfn__alloc(arena, (size_t)length + 1);
        if (memory) {
            vsnprintf(memory, (size_t)length + 1, format, again);
            text = memory;
        }
    }
    va_end(again);
    return text;
}

char *cfn__format(cfn_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = cfn__vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}
