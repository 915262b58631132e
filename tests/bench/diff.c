/* Measures the comparison of two templates, beside what it takes to parse both: with our reader and
 * with jansson. Prints lines for tests/bench/run, figure|value|unit|aim. */
#include <cfngen/diff.h>
#include <cfngen/read.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 51 };

enum { DIFF, RENDER, READ, JANSSON, FIGURES };

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

/* Our reader and jansson each read both files. */
static bool read_once(char **paths, double *read, double *jansson)
{
    bool fine = true;
    for (int i = 1; i <= 2; i++) {
        cfn_arena *arena = cfn_arena_new();
        cfn_diagnostics *diagnostics = cfn_diagnostics_new();
        double start = now();
        fine = cfn_read_file(arena, diagnostics, paths[i], CFN_FORMAT_AUTO) && fine;
        *read += now() - start;
        cfn_diagnostics_free(diagnostics);
        cfn_arena_free(arena);
        json_error_t error;
        start = now();
        json_t *root = json_load_file(paths[i], 0, &error);
        *jansson += now() - start;
        fine = root && fine;
        json_decref(root);
    }
    return fine;
}

static bool diff_once(const cfn_node *old, const cfn_node *new, double *diffing, double *rendering)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    double start = now();
    cfn_template_diff *diff = cfn_template_diff_new(old, new, NULL, diagnostics);
    *diffing += now() - start;
    start = now();
    bool fine = diff && cfn_template_diff_render(diff, NULL, NULL);
    *rendering += now() - start;
    cfn_template_diff_free(diff);
    cfn_diagnostics_free(diagnostics);
    return fine;
}

/* Turns spread the noise of the machine over all of them. */
static bool measure(char **paths, const cfn_node *old, const cfn_node *new, double *figures)
{
    static double times[FIGURES][RUNS];
    for (int run = 0; run < RUNS; run++)
        if (!diff_once(old, new, &times[DIFF][run], &times[RENDER][run]) ||
            !read_once(paths, &times[READ][run], &times[JANSSON][run]))
            return false;
    for (int i = DIFF; i < FIGURES; i++)
        figures[i] = median(times[i]);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: diff OLD.json NEW.json\n", stderr);
        return 2;
    }
    cfn_arena *arena = cfn_arena_new();
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    const cfn_node *old = cfn_read_file(arena, diagnostics, argv[1], CFN_FORMAT_AUTO);
    const cfn_node *new = cfn_read_file(arena, diagnostics, argv[2], CFN_FORMAT_AUTO);
    double figures[FIGURES] = {0};
    bool fine = old && new &&measure(argv, old, new, figures);
    if (fine) {
        printf("diff of 500 resources|%.4f|ms|\n", figures[DIFF] / 1000);
        printf("diff: shown as text|%.4f|ms|\n", figures[RENDER] / 1000);
        printf("diff: against reading both|%.4f|x|3\n", figures[DIFF] / figures[READ]);
        printf("diff: against jansson parsing both|%.4f|x|3\n", figures[DIFF] / figures[JANSSON]);
    }
    cfn_diagnostics_free(diagnostics);
    cfn_arena_free(arena);
    return fine ? 0 : 1;
}
