/* Commands that are programs of their own: cfngen NAME runs cfngen-NAME, as git does. */
#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const cli_companion companions[] = {
    {"compare", "Prove that two live databases hold the same data"},
    {"preflight", "Say whether a database is ready for a migration by DMS"},
    {NULL, NULL},
};

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

/* The names found, which grow by one at a time. */
typedef struct found_names {
    char **names;
    size_t count;
} found_names;

/* "schema-build" is the program behind the command "schema build". */
static bool is_own_command(const char *name)
{
    char words[LONGEST_NAME + 1];
    snprintf(words, sizeof words, "%s", name);
    for (char *p = words; *p; p++)
        *p = *p == '-' ? ' ' : *p;
    for (const cli_command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0 || strcmp(c->name, words) == 0)
            return true;
    return is_group(name);
}

static void add_name(found_names *found, const char *name)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->names[i], name) == 0)
            return;
    char **more = realloc(found->names, (found->count + 1) * sizeof *more);
    char *copy = more ? strdup(name) : NULL;
    found->names = more ? more : found->names;
    if (copy)
        found->names[found->count++] = copy;
}

static void look_into(found_names *found, const char *folder)
{
    static const char prefix[] = "cfngen-";
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        const char *name = entry->d_name + sizeof prefix - 1;
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) == 0 && is_command_name(name) &&
            !is_own_command(name) && faccessat(dirfd(directory), entry->d_name, X_OK, 0) == 0)
            add_name(found, name);
    }
    if (directory)
        closedir(directory);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void each_external(void (*print)(void *context, const char *name, const char *purpose),
                   void *context)
{
    found_names found = {0};
    char folder[LONGEST_PATH];
    const char *path = getenv("PATH");
    own_folder(folder);
    if (*folder)
        look_into(&found, folder);
    for (const char *p = path ? path : ""; *p; p += strcspn(p, ":"), p += *p == ':') {
        snprintf(folder, sizeof folder, "%.*s", (int)strcspn(p, ":"), p);
        if (*folder)
            look_into(&found, folder);
    }
    if (found.count)
        qsort(found.names, found.count, sizeof *found.names, by_name);
    for (size_t i = 0; i < found.count; i++) {
        const cli_companion *c = companions;
        while (c->name && strcmp(c->name, found.names[i]) != 0)
            c++;
        print(context, found.names[i], c->purpose);
        free(found.names[i]);
    }
    free(found.names);
}
