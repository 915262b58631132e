/* Results of tests as JUnit's XML. No times are told: the same run gives the same bytes. */
#include "../command.h"
#include "../output.h"
#include "report.h"

#include <cfngen/write.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* XML takes no control characters but these, and neither U+FFFE nor U+FFFF. */
static const char *escape_of(const char *p, size_t *length)
{
    *length = 1;
    switch (*p) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\n':
        return "&#10;";
    case '\t':
        return "&#9;";
    default:
        break;
    }
    if (strncmp(p, "\xef\xbf\xbe", 3) == 0 || strncmp(p, "\xef\xbf\xbf", 3) == 0) {
        *length = 3;
        return "?";
    }
    return (unsigned char)*p < ' ' ? "?" : NULL;
}

/* `whole` keeps the lines of a text as they are. */
static void put_escaped(FILE *stream, const char *text, size_t room, bool whole)
{
    for (size_t i = 0; i < room && text[i];) {
        size_t length;
        const char *escape = escape_of(text + i, &length);
        if (escape && !(whole && (text[i] == '\n' || text[i] == '\t')))
            fputs(escape, stream);
        else
            fputc(text[i], stream);
        i += length;
    }
}

static void put_attribute(FILE *stream, const char *name, const char *value, size_t length)
{
    fprintf(stream, " %s=\"", name);
    put_escaped(stream, value, length, false);
    fputc('"', stream);
}

static void put_case(FILE *stream, const test_result *r)
{
    fputs("    <testcase", stream);
    put_attribute(stream, "classname", r->file, SIZE_MAX);
    put_attribute(stream, "name", r->name, SIZE_MAX);
    put_attribute(stream, "file", r->file, SIZE_MAX);
    fprintf(stream, " line=\"%u\"", r->line);
    if (r->outcome == TEST_PASSED) {
        fputs("/>\n", stream);
        return;
    }
    const char *kind = r->outcome == TEST_FAILED ? "failure" : "error";
    fprintf(stream, ">\n      <%s", kind);
    put_attribute(stream, "message", r->text, strcspn(r->text, "\n"));
    fputc('>', stream);
    put_escaped(stream, r->text, SIZE_MAX, true);
    fprintf(stream, "</%s>\n    </testcase>\n", kind);
}

/* The results of one file, from the first one on; how many there are. */
static size_t put_suite(FILE *stream, const test_report *report, size_t first)
{
    test_report part = {.results = report->results + first};
    while (first + part.count < report->count &&
           part.results[part.count].file == part.results[0].file)
        part.count++;
    fputs("  <testsuite", stream);
    put_attribute(stream, "name", part.results[0].file, SIZE_MAX);
    fprintf(stream, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"0\">\n", part.count,
            report_count(&part, TEST_FAILED), report_count(&part, TEST_BROKEN));
    for (size_t i = 0; i < part.count; i++)
        put_case(stream, &part.results[i]);
    fputs("  </testsuite>\n", stream);
    return part.count;
}

static bool put_report(FILE *stream, const test_report *report)
{
    fprintf(stream,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"cfngen test\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
            report->count, report_count(report, TEST_FAILED), report_count(report, TEST_BROKEN));
    for (size_t i = 0; i < report->count;)
        i += put_suite(stream, report, i);
    fputs("</testsuites>\n", stream);
    return !ferror(stream);
}

int write_report_junit(const test_report *report, const char *path)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    bool made = stream && diagnostics && put_report(stream, report);
    made = stream && fclose(stream) == 0 && made;
    int status = made ? STATUS_CLEAN : out_of_memory();
    if (made && !cfn_write_file(diagnostics, path, text, length)) {
        print_diagnostics(stderr, diagnostics, false);
        status = STATUS_TROUBLE;
    }
    cfn_diagnostics_free(diagnostics);
    free(text);
    return status;
}
