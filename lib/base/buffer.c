/* The growing text buffer. */
#include "base/buffer.h"
#include "base/allocate.h"
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(cfn__buffer *buffer, size_t more)
{
    if (buffer->failed || more > SIZE_MAX / 2 - buffer->length) {
        buffer->failed = true;
        return false;
    }
    size_t needed = buffer->length + more + 1;
    if (needed <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < needed)
        capacity *= 2;
    char *text = cfn__realloc(buffer->text, capacity);
    if (!text) {
        buffer->failed = true;
        return false;
    }
    buffer->text = text;
    buffer->capacity = capacity;
    return true;
}

void cfn__buffer_add(cfn__buffer *buffer, const char *text, size_t length)
{
    if (!reserve(buffer, length))
        return;
    if (length)
        memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void cfn__buffer_add_text(cfn__buffer *buffer, const char *text)
{
    cfn__buffer_add(buffer, text, strlen(text));
}

void cfn__buffer_add_char(cfn__buffer *buffer, char c)
{
    cfn__buffer_add(buffer, &c, 1);
}

void cfn__buffer_add_spaces(cfn__buffer *buffer, size_t count)
{
    if (!reserve(buffer, count))
        return;
    memset(buffer->text + buffer->length, ' ', count);
    buffer->length += count;
    buffer->text[buffer->length] = '\0';
}

void cfn__buffer_format(cfn__buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        buffer->failed = true;
    else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

/* What follows the backslash; 0: the four digits of \\u do. */
static char escape_letter(unsigned char c)
{
    static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                   ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    return c < sizeof letters ? letters[c] : '\0';
}

static void add_escaped(cfn__buffer *buffer, unsigned char c)
{
    char letter = escape_letter(c);
    if (letter)
        cfn__buffer_add(buffer, (const char[]){'\\', letter}, 2);
    else
        cfn__buffer_format(buffer, "\\u%04x", c);
}

/* Whether one of eight bytes is a control character, a quote or a backslash. Each term has the top
 * bit of some byte set when there is such a byte, and of none when there is not. */
static bool has_special(const char *text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    uint64_t quotes = bytes ^ ones * '"', backslashes = bytes ^ ones * '\\';
    return ((bytes - ones * 0x20) & ~bytes & tops) || ((quotes - ones) & ~quotes & tops) ||
           ((backslashes - ones) & ~backslashes & tops);
}

/* How many bytes come before the first that JSON escapes. */
static size_t plain_length(const char *text, size_t length)
{
    size_t i = 0;
    while (length - i >= sizeof(uint64_t) && !has_special(text + i))
        i += sizeof(uint64_t);
    while (i < length && (unsigned char)text[i] >= 0x20 && text[i] != '"' && text[i] != '\\')
        i++;
    return i;
}

void cfn__buffer_add_json_string(cfn__buffer *buffer, const char *text, size_t length)
{
    cfn__buffer_add_char(buffer, '"');
    for (size_t i = 0; i < length;) {
        size_t plain = plain_length(text + i, length - i);
        cfn__buffer_add(buffer, text + i, plain);
        i += plain;
        if (i < length)
            add_escaped(buffer, (unsigned char)text[i++]);
    }
    cfn__buffer_add_char(buffer, '"');
}

size_t cfn__json_string_length(const char *text, size_t length)
{
    size_t total = 2;
    for (size_t i = 0; i < length;) {
        size_t plain = plain_length(text + i, length - i);
        total += plain;
        i += plain;
        if (i < length)
            total += escape_letter((unsigned char)text[i++]) ? 2 : 6;
    }
    return total;
}

const char *cfn__buffer_take(cfn__buffer *buffer, cfn_arena *arena)
{
    if (buffer->failed)
        cfn__arena_fail(arena);
    const char *text =
        buffer->length && !buffer->failed ? cfn__strndup(arena, buffer->text, buffer->length) : "";
    cfn__buffer_free(buffer);
    return text;
}

void cfn__buffer_free(cfn__buffer *buffer)
{
    cfn__free(buffer->text);
    *buffer = (cfn__buffer){0};
}
