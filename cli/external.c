/* Commands that are programs of their own: cfngen NAME runs cfngen-NAME, as git does. */
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_NAME = 64, LONGEST_PATH = 4096 };

static bool is_command_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length && length <= LONGEST_NAME && !name[length] && name[0] != '-';
}

/* Puts the folder of this program, with its slash, into the path; "" when it is not known. */
static void own_folder(char path[LONGEST_PATH])
{
    ssize_t length = readlink("/proc/self/exe", path, LONGEST_PATH - 1);
    path[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        slash[1] = '\0';
}

int run_external(const char *name, char **argv)
{
    char program[LONGEST_NAME + 8], folder[LONGEST_PATH];
    char path[LONGEST_PATH + sizeof program];
    if (!is_command_name(name))
        return STATUS_CLEAN;
    snprintf(program, sizeof program, "cfngen-%s", name);
    own_folder(folder);
    snprintf(path, sizeof path, "%s%s", folder, program);
    argv[0] = program;
    signal(SIGPIPE, SIG_DFL);
    if (*folder)
        execv(path, argv);
    if (!*folder || errno == ENOENT)
        execvp(program, argv);
    int error = errno;
    signal(SIGPIPE, SIG_IGN);
    if (error == ENOENT)
        return STATUS_CLEAN;
    return trouble("%s cannot be run: %s", program, strerror(error));
}
