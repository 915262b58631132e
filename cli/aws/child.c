/* Runs a program without a shell, feeds and reads it at the same time, and never leaves it behind.
 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
    READ_AT_ONCE = 64 * 1024,
    MOST_OF_STDERR = 64 * 1024,
    SECONDS_TO_END = 2,
    MOST_NAMES = 1000
};

/* The ends on one side; -1: closed, and `in` is the child's alone. */
typedef struct pipes {
    int in, out, err;
} pipes;

typedef struct run {
    const child_job *job;
    child_result *child;
    pid_t pid;
    pipes ours;
    double until;
    bool reaped;
} run;

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

static bool make_pipe(int *read_end, int *write_end)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    *read_end = ends[0];
    *write_end = ends[1];
    return fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

static bool write_all(int file, const char *text)
{
    size_t left = strlen(text);
    while (left) {
        ssize_t written = write(file, text, left);
        if (written < 0 && errno != EINTR)
            return false;
        text += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
    return lseek(file, 0, SEEK_SET) == 0;
}

/* A file without a name, in memory, that nobody else can open: unlike a pipe it can be read more
 * than once, and aws reads what it is given as file:///dev/stdin twice. */
static int hold_in_memory(const char *text)
{
    char name[64];
    int file = -1;
    errno = EEXIST;
    for (int i = 0; i < MOST_NAMES && file < 0 && errno == EEXIST; i++) {
        snprintf(name, sizeof name, "/cfngen-%ld-%d", (long)getpid(), i);
        file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    }
    if (file < 0)
        return -1;
    shm_unlink(name);
    if (write_all(file, text))
        return file;
    int error = errno;
    close(file);
    errno = error;
    return -1;
}

static int open_input(const child_job *job)
{
    if (job->input)
        return hold_in_memory(job->input);
    return open(job->file ? job->file : "/dev/null", O_RDONLY | O_CLOEXEC);
}

static int spawn(run *r, const pipes *theirs)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, theirs->in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, theirs->out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, theirs->err, STDERR_FILENO);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    /* It stays in our process group: only there may it ask on the terminal for a code. */
    int error = posix_spawnp(&r->pid, r->job->argv[0], &files, &attributes, r->job->argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

static bool start(run *r)
{
    pipes theirs = {-1, -1, -1};
    theirs.in = open_input(r->job);
    bool has_input = theirs.in >= 0;
    bool made =
        has_input && make_pipe(&r->ours.out, &theirs.out) && make_pipe(&r->ours.err, &theirs.err);
    r->child->error = made ? spawn(r, &theirs) : errno;
    if (r->child->error)
        r->child->end = has_input ? CHILD_NOT_STARTED : CHILD_NO_INPUT;
    close_file(&theirs.in);
    close_file(&theirs.out);
    close_file(&theirs.err);
    const int ours[] = {r->ours.out, r->ours.err};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (ours[i] >= 0)
            fcntl(ours[i], F_SETFL, fcntl(ours[i], F_GETFL) | O_NONBLOCK);
    return r->child->end == CHILD_ENDED;
}

/* Keeps the text, up to `most` bytes; false when memory is out. */
static bool keep(child_text *kept, const char *text, size_t length, size_t most)
{
    if (length > most - kept->length)
        length = most - kept->length;
    if (kept->length + length + 1 > kept->room) {
        size_t room = 2 * (kept->length + length + 1);
        char *larger = realloc(kept->text, room);
        if (!larger)
            return false;
        kept->text = larger;
        kept->room = room;
    }
    memcpy(kept->text + kept->length, text, length);
    kept->length += length;
    kept->text[kept->length] = '\0';
    return true;
}

/* Takes what can be read now; closes the file at its end. */
static void take(run *r, int *file, child_text *kept, size_t most)
{
    char block[READ_AT_ONCE];
    while (*file >= 0 && r->child->end == CHILD_ENDED) {
        ssize_t got = read(*file, block, sizeof block);
        if (got > 0 && kept == &r->child->out && (size_t)got > most - kept->length)
            r->child->end = CHILD_TOO_MUCH;
        else if (got > 0 && !keep(kept, block, (size_t)got, most))
            r->child->end = CHILD_NO_MEMORY;
        else if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
            close_file(file);
        else if (got < 0 && errno == EAGAIN)
            return;
    }
}

static void take_both(run *r)
{
    take(r, &r->ours.out, &r->child->out, r->job->most);
    take(r, &r->ours.err, &r->child->err, MOST_OF_STDERR);
}

/* The next signal that was sent, 0: none. */
static int next_signal(int signals)
{
    struct signalfd_siginfo info;
    ssize_t got = read(signals, &info, sizeof info);
    return got == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

static void reap(run *r)
{
    int status;
    if (!r->reaped && waitpid(r->pid, &status, WNOHANG) == r->pid) {
        r->reaped = true;
        r->child->status = status;
    }
}

static void take_signals(run *r)
{
    int number;
    while ((number = next_signal(r->job->signals)))
        if (number != SIGCHLD) {
            r->child->end = CHILD_INTERRUPTED;
            r->child->error = number;
        }
    reap(r);
}

static int milliseconds_until(double until)
{
    double left = (until - clock_seconds()) * 1000;
    return left <= 0 ? 0 : left > 1e9 ? 1000000000 : (int)left + 1;
}

/* What the child writes is read to the end of its output, or to its own end: a grandchild may hold
 * the pipe open for much longer. */
static void attend(run *r)
{
    while (r->child->end == CHILD_ENDED && !r->reaped) {
        struct pollfd files[] = {
            {r->job->signals, POLLIN, 0}, {r->ours.out, POLLIN, 0}, {r->ours.err, POLLIN, 0}};
        int ready = poll(files, sizeof files / sizeof *files, milliseconds_until(r->until));
        if (ready == 0 && clock_seconds() >= r->until)
            r->child->end = CHILD_TIMED_OUT;
        if (ready <= 0)
            continue;
        if (files[0].revents)
            take_signals(r);
        take_both(r);
    }
    take_both(r);
}

/* Asks it to end, and kills it when it does not, or when a second signal comes. */
static void end(run *r)
{
    double until = clock_seconds() + SECONDS_TO_END;
    kill(r->pid, SIGTERM);
    for (reap(r); !r->reaped; reap(r)) {
        struct pollfd file = {r->job->signals, POLLIN, 0};
        bool told = poll(&file, 1, milliseconds_until(until)) > 0;
        int number = told ? next_signal(r->job->signals) : 0;
        if ((number && number != SIGCHLD) || clock_seconds() >= until)
            kill(r->pid, SIGKILL);
    }
}

child_result child_run(const child_job *job)
{
    child_result child = {0};
    run r = {.job = job, .child = &child, .ours = {-1, -1, -1}};
    r.until = clock_seconds() + job->seconds;
    if (start(&r)) {
        attend(&r);
        if (!r.reaped)
            end(&r);
    }
    close_file(&r.ours.out);
    close_file(&r.ours.err);
    return child;
}

void child_free(child_result *child)
{
    free(child->out.text);
    free(child->err.text);
}

int wait_for_signal(int signals, int file, double seconds)
{
    double until = clock_seconds() + seconds;
    do {
        struct pollfd files[] = {{signals, POLLIN, 0}, {file, POLLIN, 0}};
        if (poll(files, 2, milliseconds_until(until)) <= 0)
            continue;
        int number = files[0].revents ? next_signal(signals) : 0;
        if (number && number != SIGCHLD)
            return number;
        if (files[1].revents)
            return 0;
    } while (clock_seconds() < until);
    return 0;
}
