/* Results of tests as text for people and as TAP. */
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool report_add(test_report *report, test_result result)
{
    if (report->count == report->capacity) {
        size_t capacity = report->capacity ? report->capacity * 2 : 64;
        test_result *larger = realloc(report->results, capacity * sizeof *larger);
        if (!larger)
            return false;
        report->results = larger;
        report->capacity = capacity;
    }
    report->results[report->count++] = result;
    return true;
}

size_t report_count(const test_report *report, test_outcome outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < report->count; i++)
        count += report->results[i].outcome == outcome;
    return count;
}

/* What a terminal would act on is not printed. */
static void put_visible(char c)
{
    putchar((unsigned char)c < ' ' || c == 0x7f ? '?' : c);
}

/* The prefix does not stand before an empty line. */
static void print_lines(const char *text, const char *prefix)
{
    for (bool begins = true; *text; text++) {
        if (begins && *text != '\n')
            fputs(prefix, stdout);
        begins = *text == '\n';
        if (begins)
            putchar('\n');
        else
            put_visible(*text);
    }
}

/* In TAP, a # in a name would begin a directive. */
static void print_name(const char *name, bool tap)
{
    for (; *name; name++) {
        if (tap && (*name == '#' || *name == '\\'))
            putchar('\\');
        put_visible(*name);
    }
    putchar('\n');
}

void print_report_text(const test_report *report)
{
    const char *file = "";
    for (size_t i = 0; i < report->count; i++) {
        const test_result *r = &report->results[i];
        if (r->file != file)
            printf("%s\n", r->file);
        file = r->file;
        printf("  %s ", r->outcome == TEST_PASSED ? "ok    " : "not ok");
        print_name(r->name, false);
        print_lines(r->said ? "" : r->text, "    ");
    }
    size_t failed = report->count - report_count(report, TEST_PASSED);
    printf("%zu passed, %zu failed\n", report->count - failed, failed);
}

void print_report_tap(const test_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const test_result *r = &report->results[i];
        printf("%s %zu - ", r->outcome == TEST_PASSED ? "ok" : "not ok", i + 1);
        print_name(r->name, true);
        print_lines(r->said ? "" : r->text, "# ");
    }
    printf("1..%zu\n", report->count);
}
