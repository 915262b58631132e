/* UTF-8, word distance and character classes. */
#include "base/text.h"

#include <string.h>

size_t cfn__utf8_length(const char *text, size_t available)
{
    const unsigned char *p = (const unsigned char *)text;
    if (!available)
        return 0;
    if (p[0] < 0x80)
        return 1;
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || length > available)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool surrogate = p[0] == 0xed && p[1] >= 0xa0;
    bool too_large = p[0] == 0xf4 && p[1] >= 0x90;
    return overlong || surrogate || too_large ? 0 : length;
}

uint32_t cfn__utf8_count(const char *text, size_t length)
{
    uint32_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

bool cfn__is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool cfn__is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool cfn__is_alphanumeric(char c)
{
    return cfn__is_digit(c) || cfn__is_letter(c);
}

bool cfn__starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool cfn__ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), tail = strlen(suffix);
    return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

static const char *skip_digits(const char *p)
{
    while (cfn__is_digit(*p))
        p++;
    return p;
}

bool cfn__is_json_number(const char *text)
{
    const char *p = text + (*text == '-');
    if (!cfn__is_digit(*p))
        return false;
    p = *p == '0' ? p + 1 : skip_digits(p);
    if (*p == '.') {
        if (!cfn__is_digit(p[1]))
            return false;
        p = skip_digits(p + 1);
    }
    if (*p == 'e' || *p == 'E') {
        p += p[1] == '+' || p[1] == '-' ? 2 : 1;
        if (!cfn__is_digit(*p))
            return false;
        p = skip_digits(p);
    }
    return *p == '\0';
}

uint32_t cfn__hash(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

enum { LONGEST_WORD = 64, LETTER = 2, LETTER_CASE = 1 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t replacing(char a, char b)
{
    if (a == b)
        return 0;
    bool same_letter = cfn__is_letter(a) && cfn__is_letter(b) && (a | 0x20) == (b | 0x20);
    return same_letter ? LETTER_CASE : LETTER;
}

/* Optimal string alignment distance; a letter costs 2 and a change of case 1. */
static size_t distance(const char *a, const char *b)
{
    size_t rows = strlen(a), columns = strlen(b);
    size_t before[LONGEST_WORD + 1] = {0}, last[LONGEST_WORD + 1] = {0},
                                 row[LONGEST_WORD + 1] = {0};
    if (rows > LONGEST_WORD || columns > LONGEST_WORD)
        return SIZE_MAX;
    for (size_t j = 0; j <= columns; j++)
        last[j] = j * LETTER;
    for (size_t i = 1; i <= rows; i++) {
        row[0] = i * LETTER;
        for (size_t j = 1; j <= columns; j++) {
            row[j] = smaller(smaller(last[j], row[j - 1]) + LETTER,
                             last[j - 1] + replacing(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], before[j - 2] + LETTER);
        }
        memcpy(before, last, sizeof before);
        memcpy(last, row, sizeof last);
    }
    return last[columns];
}

cfn__nearest cfn__nearest_to(const char *word)
{
    size_t length = strlen(word);
    size_t within = length * LETTER / 3;
    return (cfn__nearest){word, NULL, (within < LETTER ? LETTER : within) + 1};
}

void cfn__nearest_offer(cfn__nearest *nearest, const char *candidate)
{
    size_t d = distance(nearest->word, candidate);
    if (d < nearest->distance) {
        nearest->distance = d;
        nearest->best = candidate;
    }
}
