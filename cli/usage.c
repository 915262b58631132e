/* The help texts, out of the table of commands. */
#include "output.h"

#include <string.h>

enum { COMMAND_COLUMN = 20, OPTION_COLUMN = 28 };

void print_purpose(FILE *stream, const char *name, const char *purpose)
{
    int length = fprintf(stream, "  %s", name);
    length += fprintf(stream, "%*s", length < COMMAND_COLUMN ? COMMAND_COLUMN - length : 1, "");
    print_wrapped(stream, purpose, length, COMMAND_COLUMN);
}

void print_group(FILE *stream, const char *group)
{
    fprintf(stream, "Usage: cfngen %s COMMAND [ARGUMENT...]\n\nCommands:\n", group);
    for (const cli_command *c = commands; c->name; c++)
        if (is_in_group(c, group))
            print_purpose(stream, c->name, c->purpose);
    fprintf(stream, "\n\"cfngen help %s COMMAND\" says what a command takes.\n", group);
}

static void print_option(const cli_option *option)
{
    int length = option->letter ? printf("  -%c, ", option->letter) : printf("      ");
    length += printf("--%s", option->name);
    if (option->value)
        length += printf(" %s", option->value);
    if (length + 2 > OPTION_COLUMN) {
        putchar('\n');
        length = 0;
    }
    length += printf("%*s", OPTION_COLUMN - length, "");
    print_wrapped(stdout, option->purpose, length, OPTION_COLUMN);
}

void print_help(const cli_command *command)
{
    printf("Usage: cfngen %s%s%s%s\n\n", command->name, *command->options ? " [OPTION...]" : "",
           *command->operands ? " " : "", command->operands);
    printf("%s.\n", command->purpose);
    if (command->description) {
        putchar('\n');
        print_wrapped(stdout, command->description, 0, 0);
    }
    puts("\nOptions:");
    for (const cli_option *const *o = command->options; *o; o++)
        print_option(*o);
    print_option(&help_option);
    if (command->examples)
        printf("\nExamples:\n%s", command->examples);
}
