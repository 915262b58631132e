/* The growing text buffer. */
#include "base/buffer.h"

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
    char *text = realloc(buffer->text, capacity);
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

static void add_escaped(cfn__buffer *buffer, unsigned char c)
{
    static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                   ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    if (c < sizeof letters && letters[c])
        cfn__buffer_format(buffer, "\\%c", letters[c]);
    else
        cfn__buffer_format(buffer, "\\u%04x", c);
}

void cfn__buffer_add_json_string(cfn__buffer *buffer, const char *text, size_t length)
{
    cfn__buffer_add_char(buffer, '"');
    size_t start = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        cfn__buffer_add(buffer, text + start, i - start);
        add_escaped(buffer, c);
        start = i + 1;
    }
    cfn__buffer_add(buffer, text + start, length - start);
    cfn__buffer_add_char(buffer, '"');
}

void cfn__buffer_free(cfn__buffer *buffer)
{
    free(buffer->text);
    *buffer = (cfn__buffer){0};
}
