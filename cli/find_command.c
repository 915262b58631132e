/* Finds commands and their groups in the table of the program. */
#include "command.h"

#include <string.h>

const cli_command *find_command(const char *name, const char *next, int *words)
{
    for (const cli_command *c = commands; c->name; c++) {
        *words = 1;
        if (strcmp(c->name, name) == 0)
            return c;
        *words = 2;
        if (next && is_in_group(c, name) && strcmp(c->name + strlen(name) + 1, next) == 0)
            return c;
    }
    return NULL;
}

bool is_in_group(const cli_command *command, const char *group)
{
    size_t length = strlen(group);
    return length && strncmp(command->name, group, length) == 0 && command->name[length] == ' ';
}

bool is_group(const char *name)
{
    for (const cli_command *c = commands; c->name; c++)
        if (is_in_group(c, name))
            return true;
    return false;
}

/* The commands of a group stand together in the table. */
bool next_group(const cli_command **command, char group[GROUP_NAME_SIZE])
{
    const cli_command *c = *command ? *command + 1 : commands;
    while (c->name && (!strchr(c->name, ' ') || (*command && is_in_group(c, group))))
        c++;
    if (!c->name)
        return false;
    size_t length = strcspn(c->name, " ");
    memcpy(group, c->name, length);
    group[length] = '\0';
    *command = c;
    return true;
}
