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

static void print_lines(const char *text, const char *prefix)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        printf("%s%.*s\n", length ? prefix : "", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

void print_report_text(const test_report *report)
{
    const char *file = "";
    for (size_t i = 0; i < report->count; i++) {
        const test_result *r = &report->results[i];
        if (r->file != file)
            printf("%s\n", r->file);
        file = r->file;
        printf("  %s %s\n", r->outcome == TEST_PASSED ? "ok    " : "not ok", r->name);
        print_lines(r->said ? "" : r->text, "    ");
    }
    size_t failed = report->count - report_count(report, TEST_PASSED);
    printf("%zu passed, %zu failed\n", report->count - failed, failed);
}

/* A # in a name would begin a directive. */
static void print_tap_name(const char *name)
{
    for (; *name; name++)
        if (*name == '#' || *name == '\\')
            printf("\\%c", *name);
        else
            putchar(*name == '\n' ? ' ' : *name);
}

void print_report_tap(const test_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const test_result *r = &report->results[i];
        printf("%s %zu - ", r->outcome == TEST_PASSED ? "ok" : "not ok", i + 1);
        print_tap_name(r->name);
        putchar('\n');
        for (const char *p = r->said ? "" : r->text; *p; p += strcspn(p, "\n"), p += *p == '\n')
            printf("# %.*s\n", (int)strcspn(p, "\n"), p);
    }
    printf("1..%zu\n", report->count);
}
