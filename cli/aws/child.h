/* One run of a program: its input from memory or a file, its output kept, its end waited for. */
#ifndef CLI_AWS_CHILD_H
#define CLI_AWS_CHILD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct child_text {
    char *text; /* ended by NUL; NULL: nothing was written */
    size_t length, room;
} child_text;

typedef struct child_job {
    char *const *argv;
    const char *input; /* NULL: none */
    const char *file;  /* its standard input instead; NULL: none */
    size_t most;       /* bytes of standard output; of standard error the first are kept */
    double seconds;
    int signals; /* a signalfd that is told of SIGCHLD and of what interrupts */
} child_job;

typedef enum child_end {
    CHILD_ENDED,
    CHILD_NOT_STARTED, /* errno in `error` */
    CHILD_NO_INPUT,    /* the file cannot be read: errno in `error` */
    CHILD_TOO_MUCH,    /* its output */
    CHILD_TIMED_OUT,
    CHILD_INTERRUPTED, /* by the signal in `error` */
    CHILD_NO_MEMORY
} child_end;

typedef struct child_result {
    child_end end;
    int status; /* as waitpid gives it, of one that ended by itself */
    int error;
    child_text out, err;
} child_result;

/* Runs it to its end. One that must be ended is asked to (SIGTERM), then killed; it is gone when
 * this returns. Free what it wrote in any case. */
child_result child_run(const child_job *job);
void child_free(child_result *child);

/* Waits until the signalfd tells of a signal that interrupts, and returns it; 0 when the time is
 * over, or when `file` (-1: none) can be read. */
int wait_for_signal(int signals, int file, double seconds);

/* Seconds on a clock that nobody sets. */
double clock_seconds(void);

#endif
