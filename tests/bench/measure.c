/* Runs programs in turn, many times, and prints what each took: the median of the time between
 * start and end in microseconds, and the largest memory in KiB.
 *
 *     measure RUNS PROGRAM ARGUMENT... -- PROGRAM ARGUMENT... -- ...
 *
 * Taking turns spreads the noise of the machine over all of them. Their output is dropped; one that
 * ends with another status than 0 ends the measurement. */
#define _DEFAULT_SOURCE /* wait4; NOLINT(bugprone-reserved-identifier) */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MOST_PROGRAMS = 32 };

typedef struct program {
    char **arguments;
    long *times; /* microseconds, one a run */
    long memory; /* KiB */
} program;

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool run_once(program *p, int run, const posix_spawn_file_actions_t *actions)
{
    pid_t pid;
    long start = now();
    if (!p->arguments[0] ||
        posix_spawn(&pid, p->arguments[0], actions, NULL, p->arguments, environ) != 0)
        return false;
    int status;
    struct rusage usage;
    if (wait4(pid, &status, 0, &usage) != pid)
        return false;
    p->times[run] = now() - start;
    if (usage.ru_maxrss > p->memory)
        p->memory = usage.ru_maxrss;
    return status == 0;
}

static int compare(const void *left, const void *right)
{
    const long *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Cuts the arguments at each "--". */
static size_t split(char **arguments, program *programs)
{
    size_t count = 0;
    for (char **a = arguments; *a && count < MOST_PROGRAMS; count++) {
        programs[count].arguments = a;
        while (*a && strcmp(*a, "--") != 0)
            a++;
        if (*a)
            *a++ = NULL;
    }
    return count;
}

static bool measure(program *programs, size_t count, int runs)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    bool fine = true;
    for (int run = 0; run < runs && fine; run++)
        for (size_t i = 0; i < count && fine; i++) {
            fine = run_once(&programs[i], run, &actions);
            if (!fine)
                fprintf(stderr, "measure: %s failed\n", programs[i].arguments[0]);
        }
    posix_spawn_file_actions_destroy(&actions);
    return fine;
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;
    if (runs < 1) {
        fputs("usage: measure RUNS PROGRAM ARGUMENT... [-- PROGRAM ARGUMENT...]...\n", stderr);
        return 2;
    }
    program programs[MOST_PROGRAMS] = {{0}};
    size_t count = split(argv + 2, programs);
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        programs[i].times = calloc((size_t)runs, sizeof(long));
        fine = fine && programs[i].times;
    }
    fine = fine && measure(programs, count, runs);
    for (size_t i = 0; i < count; i++) {
        if (fine) {
            qsort(programs[i].times, (size_t)runs, sizeof(long), compare);
            printf("%ld %ld\n", programs[i].times[runs / 2], programs[i].memory);
        }
        free(programs[i].times);
    }
    return fine ? 0 : 1;
}
