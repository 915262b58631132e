/* Measures the check of a template against the facts about resource types, beside what jansson
 * takes to parse the same text: prints lines for tests/bench/run, figure|value|unit|aim. */
#include <cfngen/check.h>
#include <cfngen/read.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 101 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, RUNS, sizeof *times, compare);
    return times[RUNS / 2];
}

/* Microseconds; below 0 when there is anything to report, for then something else is measured. */
static double check_once(const cfn_template *tpl)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    double start = now();
    bool fine = cfn_template_check(tpl, NULL, diagnostics);
    double took = now() - start;
    if (!fine || cfn_diagnostics_size(diagnostics)) {
        fputs(cfn_diagnostics_text(diagnostics, false), stderr);
        took = -1;
    }
    cfn_diagnostics_free(diagnostics);
    return took;
}

static double parse_once(const char *path)
{
    json_error_t error;
    double start = now();
    json_t *root = json_load_file(path, 0, &error);
    double took = root ? now() - start : -1;
    json_decref(root);
    return took;
}

/* Turns spread the noise of the machine over both. */
static bool measure(const cfn_template *tpl, const char *path, double *checking, double *parsing)
{
    double checks[RUNS], parses[RUNS];
    for (int run = 0; run < RUNS; run++) {
        checks[run] = check_once(tpl);
        parses[run] = parse_once(path);
        if (checks[run] < 0 || parses[run] < 0)
            return false;
    }
    *checking = median(checks);
    *parsing = median(parses);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: check TEMPLATE.json\n", stderr);
        return 2;
    }
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_node *root = cfn_read_file(arena, diagnostics, argv[1], CFN_FORMAT_AUTO);
    cfn_template *tpl = root ? cfn_template_new(arena, root, diagnostics) : NULL;
    double checking, parsing;
    bool fine = tpl && measure(tpl, argv[1], &checking, &parsing);
    if (fine) {
        printf("check: %zu resources|%.4f|ms|\n", cfn_template_resource_count(tpl),
               checking / 1000);
        printf("check: against jansson parsing|%.4f|x|2\n", checking / parsing);
    }
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
    return fine ? 0 : 1;
}
