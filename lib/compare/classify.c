/* What a difference looks like, so that its cause is found: each reason is a known fault of moving
 * data, the last one is any other. */
#include "base/text.h"
#include "compare/run.h"

#include <stdlib.h>
#include <string.h>

static size_t without_spaces(const char *text)
{
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    return length;
}

static bool differs_in_spaces_at_the_end(const char *a, const char *b)
{
    size_t length = without_spaces(a);
    return length == without_spaces(b) && memcmp(a, b, length) == 0;
}

/* Characters that the target's character set does not have came as ? or U+FFFD. */
static bool lost_characters(const char *a, const char *b)
{
    bool lost = false;
    while (*a && *b) {
        size_t x = cfn__utf8_length(a, strlen(a)), y = cfn__utf8_length(b, strlen(b));
        if (!x || !y)
            return false;
        bool same = x == y && memcmp(a, b, x) == 0;
        bool replaced =
            x > 1 && ((y == 1 && *b == '?') || (y == 3 && memcmp(b, "\xef\xbf\xbd", 3) == 0));
        if (!same && !replaced)
            return false;
        lost = lost || replaced;
        a += x;
        b += y;
    }
    return lost && !*a && !*b;
}

static bool same_but_spaces(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " \t\r\n");
        b += strspn(b, " \t\r\n");
        if (*a != *b || !*a)
            return *a == *b;
    }
}

static bool same_but_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return false;
    }
    return *a == *b;
}

static const char *classify_text(const cfn__column *c, const char *a, const char *b, uint64_t x,
                                 uint64_t y)
{
    size_t shown = strlen(b);
    bool cut = y < x && strncmp(a, b, shown) == 0;
    if (cut && y % 1024 == 0 && y)
        return "lob-truncated";
    if (x < 200 && y < 200 && differs_in_spaces_at_the_end(a, b))
        return "trailing-space";
    if (cut)
        return c->type->large ? "lob-truncated" : "truncated";
    if (lost_characters(a, b))
        return "charset-loss";
    bool json = c->type->class_ == CFN__CLASS_JSON || *a == '{' || *a == '[';
    if (json && same_but_spaces(a, b))
        return "json-format";
    return same_but_case(a, b) ? "letter-case" : "other";
}

/* Days of a date by the calendar we have, from an arbitrary day on. */
static long days(long year, long month, long day)
{
    year -= month <= 2;
    long era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

/* Seconds of "2020-01-31 12:00:00"; false when it is written in any other way. */
static bool seconds_of(const char *text, long long *seconds)
{
    static const char form[] = "dddd-dd-dd dd:dd:dd";
    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? !cfn__is_digit(text[i]) : text[i] != form[i])
            return false;
    long n[6];
    static const int at[] = {0, 5, 8, 11, 14, 17};
    for (size_t i = 0; i < 6; i++)
        n[i] = strtol(text + at[i], NULL, 10);
    *seconds = (days(n[0], n[1], n[2]) * 24LL + n[3]) * 3600 + n[4] * 60 + n[5];
    return true;
}

static const char *classify_time(const char *a, const char *b)
{
    enum { QUARTER = 900, FURTHEST = 14 * 3600 };
    long long x = 0, y = 0;
    if (cfn__starts_with(a, "0000-00-00") || strstr(a, "-00"))
        return "zero-date";
    size_t point = strcspn(a, ".");
    if (strncmp(a, b, point) == 0 && (b[point] == '.' || b[point] == '\0' || b[point] == '+'))
        return "fraction-lost";
    if (!seconds_of(a, &x) || !seconds_of(b, &y))
        return "other";
    long long apart = llabs(x - y);
    if (apart && apart % QUARTER == 0 && apart <= FURTHEST &&
        strcmp(a + strlen("2020-01-31 12:00:00"), b + strlen("2020-01-31 12:00:00")) == 0)
        return "tz-shift";
    return apart <= 1 ? "fraction-lost" : "other";
}

/* Rounded or cut at fewer digits. */
static const char *classify_number(const char *a, const char *b)
{
    size_t same = 0;
    while (a[same] && a[same] == b[same])
        same++;
    const char *point = strchr(a, '.');
    bool fraction = point && same + 1 >= (size_t)(point - a);
    double x = strtod(a, NULL), y = strtod(b, NULL);
    double apart = x > y ? x - y : y - x;
    return fraction && apart <= 0.5 && strlen(b) < strlen(a) ? "numeric-scale" : "other";
}

const char *cfn__classify(const cfn__column *column, const char *source, const char *target,
                          uint64_t source_length, uint64_t target_length)
{
    if (!source || !target)
        return (source && !*source) || (target && !*target) ? "null-vs-empty" : "null";
    switch (column->type->class_) {
    case CFN__CLASS_TEXT:
    case CFN__CLASS_BYTES:
    case CFN__CLASS_JSON:
        return classify_text(column, source, target, source_length, target_length);
    case CFN__CLASS_DATE:
    case CFN__CLASS_TIME:
    case CFN__CLASS_DATETIME:
        return classify_time(source, target);
    case CFN__CLASS_DECIMAL:
    case CFN__CLASS_FLOAT:
        return classify_number(source, target);
    default:
        return "other";
    }
}
