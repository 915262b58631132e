/* What the difference of two values looks like. */
#include "support.h"

#include "compare/run.h"

static const struct {
    const char *type, *source, *target, *reason;
    unsigned source_length, target_length; /* 0: of the text */
} rows[] = {
    {"varchar", NULL, "", "null-vs-empty", 0, 0},
    {"varchar", "", NULL, "null-vs-empty", 0, 0},
    {"int", NULL, "0", "null", 0, 0},
    {"varchar", "a ", "a", "trailing-space", 0, 0},
    {"varchar", "a", "a  ", "trailing-space", 0, 0},
    {"varchar", "abcdef", "abc", "truncated", 0, 0},
    {"longtext", "abcdef", "abc", "lob-truncated", 0, 0},
    {"text", "abcdef", "abcd", "lob-truncated", 50000, 32768},
    {"varchar", "caf\xc3\xa9", "caf?", "charset-loss", 0, 0},
    {"varchar", "caf\xc3\xa9", "caf\xef\xbf\xbd", "charset-loss", 0, 0},
    {"varchar", "cafe", "caf?", "other", 0, 0},
    {"varchar", "Abc", "abC", "letter-case", 0, 0},
    {"varchar", "abc", "abd", "other", 0, 0},
    {"longtext", "{\"a\": 1}", "{\"a\":1}", "json-format", 0, 0},
    {"json", "{\"a\": 1}", "{\"a\":2}", "other", 0, 0},
    {"datetime", "0000-00-00 00:00:00", "1970-01-01 00:00:00", "zero-date", 0, 0},
    {"datetime", "2020-01-01 12:00:00", "2020-01-01 14:00:00", "tz-shift", 0, 0},
    {"datetime", "2020-03-01 01:00:00", "2020-02-29 23:00:00", "tz-shift", 0, 0},
    {"datetime", "2020-01-01 12:00:00.5", "2020-01-01 06:30:00.5", "tz-shift", 0, 0},
    {"datetime", "2020-01-01 12:00:00", "2020-01-03 12:00:00", "other", 0, 0},
    {"datetime", "2020-01-01 12:00:00.123456", "2020-01-01 12:00:00", "fraction-lost", 0, 0},
    {"datetime", "2020-01-01 12:00:00.9", "2020-01-01 12:00:01", "fraction-lost", 0, 0},
    {"time", "10:00:00.25", "10:00:00", "fraction-lost", 0, 0},
    {"decimal", "12.3456", "12.35", "numeric-scale", 0, 0},
    {"decimal", "12.3456", "12", "numeric-scale", 0, 0},
    {"decimal", "12.34", "-12.34", "other", 0, 0},
    {"decimal", "100", "10", "other", 0, 0},
    {"int", "1", "2", "other", 0, 0},
};

static void each_difference_has_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *s = rows[i].source, *t = rows[i].target;
        cfn__column column = {.type = cfn__find_type(CFN__MYSQL, rows[i].type)};
        const char *reason = cfn__classify(&column, s, t,
                                           rows[i].source_length ? rows[i].source_length
                                           : s                   ? strlen(s)
                                                                 : 0,
                                           rows[i].target_length ? rows[i].target_length
                                           : t                   ? strlen(t)
                                                                 : 0);
        if (strcmp(reason, rows[i].reason) != 0)
            fail_msg("%s and %s: %s, not %s", s, t, reason, rows[i].reason);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_difference_has_its_reason)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
