/* What tests came to, and how it is told: as text, as TAP, as JUnit's XML. */
#ifndef CLI_TEST_REPORT_H
#define CLI_TEST_REPORT_H

#include <cfngen/test_suite.h>

typedef enum test_outcome {
    TEST_PASSED,
    TEST_FAILED,
    TEST_BROKEN /* it could not be decided, or its file could not be used */
} test_outcome;

typedef struct test_result {
    const char *file, *name;
    unsigned line;
    test_outcome outcome;
    const char *text; /* why; "" when it passed */
    bool said;        /* on standard error already: only JUnit's file has the text */
} test_result;

typedef struct test_report {
    test_result *results; /* those of one file stand together */
    size_t count, capacity;
} test_report;

/* Adds a result, whose texts are not copied. False when memory is out. */
bool report_add(test_report *report, test_result result);
size_t report_count(const test_report *report, test_outcome outcome);

void print_report_text(const test_report *report);
void print_report_tap(const test_report *report);

/* Writes a file as JUnit has it, which CI systems read. The exit status. */
int write_report_junit(const test_report *report, const char *path);

#endif
