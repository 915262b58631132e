/* Reading files and standard input, up to the limit and not a byte further. */
#include "read/read_file.h"

#include "base/buffer.h"

#include <cfngen/read.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_AT_ONCE = 64 * 1024 };

void cfn__report_errno(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, const char *path,
                       const char *what, int error)
{
    const struct {
        int error;
        const char *hint;
    } hints[] = {
        {ENOENT, id == CFN0003 ? "check the path; folders are not created" : "check the path"},
        {EACCES, "check the permissions of the file and its folder"},
        {EROFS, "choose a path outside of this file system"},
        {EISDIR, "name a file in this folder"},
        {ENOTDIR, "check the path: one of its folders is a file"},
        {ENOSPC, "free some space, or choose another disk"},
        {EDQUOT, "free some space, or choose another disk"},
        {EPIPE, "the program that reads from the pipe has ended"},
        {ELOOP, "check the symbolic links on the path"},
    };
    char text[128] = "";
    if (strerror_r(error, text, sizeof text) != 0 && !*text)
        strcpy(text, "unknown error");
    cfn__source source = {.file = path};
    cfn__report_at(diagnostics, id, (cfn__place){.source = &source}, NULL, "the file %s: %s", what,
                   text);
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (hints[i].error == error)
            cfn__hint(diagnostics, "%s", hints[i].hint);
}

static void report_size(cfn_diagnostics *diagnostics, const char *path)
{
    cfn__source source = {.file = path};
    cfn__report_at(diagnostics, CFN0004, (cfn__place){.source = &source}, NULL,
                   "the file is larger than %d bytes", CFN_MAX_INPUT_BYTES);
}

/* Reads all there is; false with errno when that failed. One byte past the limit is enough to know
 * that the input is too large. */
static bool read_all(int file, cfn__buffer *buffer)
{
    char block[READ_AT_ONCE];
    while (buffer->length <= CFN_MAX_INPUT_BYTES && !buffer->failed) {
        ssize_t got = read(file, block, sizeof block);
        if (got == 0)
            return true;
        if (got > 0)
            cfn__buffer_add(buffer, block, (size_t)got);
        else if (errno != EINTR)
            return false;
    }
    return true;
}

static bool read_open(cfn_diagnostics *diagnostics, const char *name, int file, cfn__buffer *buffer)
{
    struct stat status;
    bool large = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                 status.st_size > CFN_MAX_INPUT_BYTES;
    if (!large && !read_all(file, buffer)) {
        cfn__report_errno(diagnostics, CFN0002, name, "cannot be read", errno);
        return false;
    }
    if (buffer->failed)
        cfn__report_no_memory(diagnostics);
    else if (large || buffer->length > CFN_MAX_INPUT_BYTES)
        report_size(diagnostics, name);
    else
        return true;
    return false;
}

cfn_node *cfn_read_file(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *path,
                        cfn_format format)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "<stdin>" : path;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        cfn__report_errno(diagnostics, CFN0002, name, "cannot be read", errno);
        return NULL;
    }
    cfn__buffer buffer = {0};
    cfn_node *root = NULL;
    if (read_open(diagnostics, name, file, &buffer))
        root = cfn_read_text(arena, diagnostics, name, buffer.text ? buffer.text : "",
                             buffer.length, format);
    cfn__buffer_free(&buffer);
    if (!standard)
        close(file);
    return root;
}

/* Nothing but a regular file: a pipe or a terminal could wait for ever. */
const char *cfn__read_text_file(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *path,
                                size_t *length)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 || fstat(file, &status) != 0) {
        cfn__report_errno(diagnostics, CFN0002, path, "cannot be read", errno);
        if (file >= 0)
            close(file);
        return NULL;
    }
    const char *text = NULL;
    cfn__buffer buffer = {0};
    if (!S_ISREG(status.st_mode))
        cfn__report_errno(diagnostics, CFN0002, path, "cannot be read",
                          S_ISDIR(status.st_mode) ? EISDIR : ENODEV);
    else if (read_open(diagnostics, path, file, &buffer))
        text = cfn__strndup(arena, buffer.text ? buffer.text : "", buffer.length);
    *length = buffer.length;
    cfn__buffer_free(&buffer);
    close(file);
    return text;
}
