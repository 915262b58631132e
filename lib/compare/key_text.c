/* Writes and reads keys, and keeps ends of ranges. */
#include "compare/key_text.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void cfn__end_free(cfn__end *end)
{
    for (size_t i = 0; i < CFN__MOST_KEY_COLUMNS; i++)
        free(end->texts[i]);
    *end = (cfn__end){0};
}

static bool take_value(cfn__end *end, size_t i, const char *text, size_t length)
{
    end->lengths[i] = length;
    end->texts[i] = malloc(length + 1);
    if (!end->texts[i])
        return false;
    if (length)
        memcpy(end->texts[i], text, length);
    end->texts[i][length] = '\0';
    return true;
}

bool cfn__end_take(cfn__end *end, const char *const *texts, const size_t *lengths, size_t count)
{
    cfn__end_free(end);
    for (size_t i = 0; i < count; i++)
        if (texts[i] && !take_value(end, i, texts[i], lengths[i]))
            return false;
    end->known = true;
    return true;
}

static bool is_plain(char c)
{
    return cfn__is_alphanumeric(c) || (c && strchr("._:-", c));
}

void cfn__add_key_text(cfn__buffer *buffer, const char *const *texts, const size_t *lengths,
                       size_t count)
{
    cfn__buffer_add_text(buffer, "");
    for (size_t i = 0; i < count; i++) {
        if (i)
            cfn__buffer_add_char(buffer, ',');
        if (!texts[i])
            cfn__buffer_add_char(buffer, '!');
        for (size_t k = 0; texts[i] && k < lengths[i]; k++)
            if (is_plain(texts[i][k]))
                cfn__buffer_add_char(buffer, texts[i][k]);
            else
                cfn__buffer_format(buffer, "%%%02x", (unsigned)(unsigned char)texts[i][k]);
    }
}

/* The digit's value; -1 when it is none. */
static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Writes what stands before the next comma, or the end, over the text itself; false when it is not
 * written as it should be. */
static bool decode(char *text, size_t length, size_t *decoded)
{
    size_t to = 0;
    for (size_t i = 0; i < length; i++) {
        if (is_plain(text[i])) {
            text[to++] = text[i];
            continue;
        }
        int high = text[i] == '%' && i + 2 < length ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low < 0)
            return false;
        text[to++] = (char)(unsigned char)(high * 16 + low);
        i += 2;
    }
    text[to] = '\0';
    *decoded = to;
    return true;
}

bool cfn__read_key_text(cfn__end *end, const char *text, size_t count)
{
    cfn__end_free(end);
    for (size_t i = 0; i < count; i++) {
        size_t length = strcspn(text, ",");
        bool is_null = length == 1 && *text == '!';
        if ((text[length] == ',') != (i + 1 < count) ||
            (!is_null && (!take_value(end, i, text, length) ||
                          !decode(end->texts[i], length, &end->lengths[i])))) {
            cfn__end_free(end);
            return false;
        }
        text += length + (text[length] == ',');
    }
    end->known = true;
    return true;
}
