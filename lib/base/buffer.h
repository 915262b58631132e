/* A text buffer that grows; its memory comes from malloc, so that growing does not waste arena. */
#ifndef CFN_BASE_BUFFER_H
#define CFN_BASE_BUFFER_H

#include <cfngen/arena.h>

/* Start with {0}. `text` is NUL-terminated once something was added. After a failed allocation
 * `failed` is set and adding does nothing. */
typedef struct cfn__buffer {
    char *text;
    size_t length, capacity;
    bool failed;
} cfn__buffer;

void cfn__buffer_add(cfn__buffer *buffer, const char *text, size_t length);
void cfn__buffer_add_text(cfn__buffer *buffer, const char *text);
void cfn__buffer_add_char(cfn__buffer *buffer, char c);
void cfn__buffer_add_spaces(cfn__buffer *buffer, size_t count);
void cfn__buffer_format(cfn__buffer *buffer, const char *format, ...) CFN_PRINTF(2, 3);

/* Adds text as a JSON string with its quotes: escapes what JSON demands and nothing else. */
void cfn__buffer_add_json_string(cfn__buffer *buffer, const char *text, size_t length);

/* How many bytes that adds. */
size_t cfn__json_string_length(const char *text, size_t length);

/* Moves the text into an arena; the buffer is empty then. "" for a buffer that failed, and the
 * arena has failed with it: half a text is never taken for a whole one. */
const char *cfn__buffer_take(cfn__buffer *buffer, cfn_arena *arena);

void cfn__buffer_free(cfn__buffer *buffer);

#endif
