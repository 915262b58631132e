/* Times. */
#include "lambda/timestamp.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void cfn__write_timestamp(char to[CFN__TIMESTAMP_SIZE], int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm parts;
    to[0] = '\0';
    if (gmtime_r(&time, &parts))
        strftime(to, CFN__TIMESTAMP_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

/* Days since 1970: years begin in March here, so that a leap day is the last one.
 * http://howardhinnant.github.io/date_algorithms.html#days_from_civil */
static int64_t days_since_1970(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t of_era = year % 400, of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return year / 400 * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Digits where the form has a 0, itself else. */
static bool has_form(const char *text, const char *form)
{
    for (; *form; text++, form++)
        if (*form == '0' ? !cfn__is_digit(*text) : *text != *form)
            return false;
    return true;
}

static int number_at(const char *text, int digits)
{
    int value = 0;
    while (digits--)
        value = value * 10 + (*text++ - '0');
    return value;
}

bool cfn__read_timestamp(const char *text, int64_t *seconds)
{
    if (!text || !has_form(text, "0000-00-00T00:00:00"))
        return false;
    int year = number_at(text, 4), month = number_at(text + 5, 2), day = number_at(text + 8, 2);
    int hour = number_at(text + 11, 2), minute = number_at(text + 14, 2);
    int second = number_at(text + 17, 2);
    const char *rest = text + 19;
    if (*rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    *seconds =
        days_since_1970(year, month, day) * 86400 + (int64_t)hour * 3600 + minute * 60 + second;
    return year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 &&
           minute < 60 && second <= 60 && (strcmp(rest, "Z") == 0 || strcmp(rest, "+00:00") == 0);
}
