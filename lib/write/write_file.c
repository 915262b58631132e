/* Writing files so that a reader finds the old text or the new one, and never a part. */
#include "base/arena.h"
#include "base/text.h"
#include "read/read_file.h"

#include <cfngen/write.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_LINKS = 40, MOST_NAMES = 1000, LONGEST_LINK = 4096 };

/* All functions here that return bool leave errno set when it is false. */
static bool write_all(int file, const char *text, size_t length)
{
    while (length) {
        ssize_t written = write(file, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text += written;
        length -= (size_t)written;
    }
    return true;
}

static bool close_after(int file, bool good)
{
    int error = errno;
    bool closed = close(file) == 0;
    if (!good)
        errno = error;
    return good && closed;
}

static bool write_directly(const char *path, const char *text, size_t length)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    return file >= 0 && close_after(file, write_all(file, text, length));
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Where symbolic links lead, also when nothing is there yet; NULL with errno. */
static const char *follow_links(cfn_arena *arena, const char *path)
{
    char link[LONGEST_LINK];
    for (int i = 0; i < MOST_LINKS; i++) {
        ssize_t length = readlink(path, link, sizeof link - 1);
        if (length < 0)
            return path; /* no link, or nothing: what comes next says what is wrong */
        link[length] = '\0';
        size_t folder = link[0] == '/' ? 0 : folder_length(path);
        path = cfn__format(arena, "%.*s%s", (int)folder, path, link);
    }
    errno = ELOOP;
    return NULL;
}

/* A new file in the folder of the path, with the permissions that open gives it; its name is put
 * into the arena. */
static int open_beside(cfn_arena *arena, const char *path, const char **name)
{
    int file = -1;
    errno = EEXIST;
    for (int i = 0; i < MOST_NAMES && file < 0 && errno == EEXIST; i++) {
        *name = cfn__format(arena, "%.*s.cfngen-%ld-%d.tmp", (int)folder_length(path), path,
                            (long)getpid(), i);
        if (cfn_arena_failed(arena))
            errno = ENOMEM;
        else
            file = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    return file;
}

/* The owner is kept where that is allowed; the permissions always. */
static bool keep_permissions(int file, const struct stat *old)
{
    struct stat now;
    if (fstat(file, &now) != 0)
        return false;
    if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
        fchown(file, old->st_uid, old->st_gid) != 0 && errno != EPERM)
        return false;
    return fchmod(file, old->st_mode & 07777) == 0;
}

/* `old` is NULL for a file that does not exist yet. */
static bool replace(cfn_arena *arena, const char *path, const struct stat *old, const char *text,
                    size_t length)
{
    const char *temporary = "";
    if (old && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return false;
    int file = open_beside(arena, path, &temporary);
    if (file < 0)
        return false;
    bool good =
        write_all(file, text, length) && (!old || keep_permissions(file, old)) && fsync(file) == 0;
    good = close_after(file, good) && rename(temporary, path) == 0;
    if (!good) {
        int error = errno;
        unlink(temporary);
        errno = error;
    }
    return good;
}

static bool write_path(const char *path, const char *text, size_t length)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    if (exists && !S_ISREG(status.st_mode))
        return write_directly(path, text, length);
    if (!exists && errno != ENOENT)
        return false;
    cfn_arena *arena = cfn_arena_new();
    const char *target = arena ? follow_links(arena, path) : NULL;
    bool good = target && replace(arena, target, exists ? &status : NULL, text, length);
    int error = arena ? errno : ENOMEM;
    cfn_arena_free(arena);
    errno = error;
    return good;
}

/* Standard streams have a place of their own in what they lead to, so they are not opened anew. */
static int standard_stream(const char *path)
{
    static const struct {
        const char *path;
        int file;
    } streams[] = {{"-", STDOUT_FILENO},
                   {"/dev/stdout", STDOUT_FILENO},
                   {"/dev/fd/1", STDOUT_FILENO},
                   {"/dev/stderr", STDERR_FILENO},
                   {"/dev/fd/2", STDERR_FILENO}};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        if (strcmp(path, streams[i].path) == 0)
            return streams[i].file;
    return -1;
}

bool cfn_write_file(cfn_diagnostics *diagnostics, const char *path, const char *text, size_t length)
{
    int stream = standard_stream(path);
    bool good = stream >= 0 ? write_all(stream, text, length) : write_path(path, text, length);
    if (!good)
        cfn__report_errno(diagnostics, CFN0003, strcmp(path, "-") == 0 ? "<stdout>" : path,
                          "cannot be written", errno);
    return good;
}
