/* Plain YAML scalars: a table of words, and the shapes of numbers in YAML 1.1 and 1.2.
 * https://yaml.org/type/ has the types of YAML 1.1. */
#include "read/plain.h"

#include "base/text.h"

#include <jansson.h>
#include <string.h>

enum { LONGEST_WORD = 5, SURE_DIGITS = 18 };

static const struct {
    const char *word;
    cfn__plain meaning;
} words[] = {
    {"", CFN__PLAIN_NULL},       {"~", CFN__PLAIN_NULL},       {"null", CFN__PLAIN_NULL},
    {"Null", CFN__PLAIN_NULL},   {"NULL", CFN__PLAIN_NULL},    {"true", CFN__PLAIN_TRUE},
    {"True", CFN__PLAIN_TRUE},   {"TRUE", CFN__PLAIN_TRUE},    {"false", CFN__PLAIN_FALSE},
    {"False", CFN__PLAIN_FALSE}, {"FALSE", CFN__PLAIN_FALSE},  {"yes", CFN__PLAIN_YES},
    {"Yes", CFN__PLAIN_YES},     {"YES", CFN__PLAIN_YES},      {"on", CFN__PLAIN_YES},
    {"On", CFN__PLAIN_YES},      {"ON", CFN__PLAIN_YES},       {"no", CFN__PLAIN_NO},
    {"No", CFN__PLAIN_NO},       {"NO", CFN__PLAIN_NO},        {"off", CFN__PLAIN_NO},
    {"Off", CFN__PLAIN_NO},      {"OFF", CFN__PLAIN_NO},       {"y", CFN__PLAIN_AMBIGUOUS},
    {"Y", CFN__PLAIN_AMBIGUOUS}, {"n", CFN__PLAIN_AMBIGUOUS},  {"N", CFN__PLAIN_AMBIGUOUS},
    {"=", CFN__PLAIN_AMBIGUOUS}, {"<<", CFN__PLAIN_AMBIGUOUS},
};

static const char *skip(const char *p, const char *accepted)
{
    return p + strspn(p, accepted);
}

/* 0b1010, 0o17, 0x1F */
static bool has_radix(const char *p)
{
    static const char *const digits[] = {
        ['b'] = "01_", ['o'] = "01234567_", ['x'] = "0123456789abcdefABCDEF_"};
    size_t letter = p[0] == '0' ? (unsigned char)p[1] : 0;
    if (letter >= sizeof digits / sizeof *digits || !digits[letter])
        return false;
    return p[2] && *skip(p + 2, digits[letter]) == '\0';
}

/* .inf, .nan */
static bool is_special(const char *p)
{
    static const char *const specials[] = {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (strcmp(p, specials[i]) == 0)
            return true;
    return false;
}

/* :22 or :5, one place of a number in base 60; NULL when p is no such place. */
static const char *skip_sixtieth(const char *p)
{
    if (*p != ':' || !cfn__is_digit(p[1]))
        return NULL;
    if (!cfn__is_digit(p[2]))
        return p + 2;
    return p[1] < '6' && !cfn__is_digit(p[3]) ? p + 3 : NULL;
}

static bool is_decimal_like(const char *p)
{
    static const char digits[] = "0123456789_";
    if (!cfn__is_digit(*p) && (*p != '.' || !cfn__is_digit(p[1])))
        return false;
    p = skip(p, digits);
    for (const char *rest = skip_sixtieth(p); rest; rest = skip_sixtieth(p))
        p = rest;
    if (*p == '.')
        p = skip(p + 1, digits);
    if ((*p | 0x20) == 'e') {
        p += p[1] == '+' || p[1] == '-' ? 2 : 1;
        if (!cfn__is_digit(*p))
            return false;
        p = skip(p, digits);
    }
    return *p == '\0';
}

static bool is_number_like(const char *text)
{
    const char *p = text + (*text == '-' || *text == '+');
    return has_radix(p) || is_special(p) || is_decimal_like(p);
}

/* 2012-10-17, also with a time behind it. */
static bool is_date(const char *p)
{
    size_t year = strspn(p, "0123456789");
    if (year != 4 || p[year] != '-')
        return false;
    const char *month = p + year + 1, *day = skip(month, "0123456789");
    if (day == month || *day != '-')
        return false;
    const char *end = skip(++day, "0123456789");
    return end > day && (*end == '\0' || strchr("Tt \t", *end));
}

cfn__plain cfn__plain_of(const char *text)
{
    if (strlen(text) <= LONGEST_WORD)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strcmp(text, words[i].word) == 0)
                return words[i].meaning;
    if (!cfn__is_digit(*text) && (!*text || !strchr("+-.", *text)))
        return CFN__PLAIN_TEXT;
    if (cfn__is_json_number(text))
        return CFN__PLAIN_NUMBER;
    if (is_number_like(text))
        return CFN__PLAIN_NUMBER_LIKE;
    return is_date(text) ? CFN__PLAIN_AMBIGUOUS : CFN__PLAIN_TEXT;
}

bool cfn__number_in_range(const char *text)
{
    size_t length = strlen(text);
    if (length <= SURE_DIGITS && !strpbrk(text, "eE"))
        return true;
    json_t *number = json_loadb(text, length, JSON_DECODE_ANY, NULL);
    json_decref(number);
    return number != NULL;
}
