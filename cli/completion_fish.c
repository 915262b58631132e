/* The completion script for fish. */
#include "completion.h"

#include <string.h>

static void print_quoted(const char *text)
{
    putchar('\'');
    for (const char *p = text; *p; p++) {
        if (*p == '\'' || *p == '\\')
            putchar('\\');
        putchar(*p);
    }
    putchar('\'');
}

static void print_word(void *context, const char *word)
{
    (void)context;
    printf("%s ", word);
}

static void begin(const cli_command *command)
{
    const char *space = strchr(command->name, ' ');
    if (space)
        printf("complete -c cfngen -n '__fish_seen_subcommand_from %.*s; and "
               "__fish_seen_subcommand_from %s'",
               (int)(space - command->name), command->name, space + 1);
    else
        printf("complete -c cfngen -n '__fish_seen_subcommand_from %s'", command->name);
}

static void print_option(const cli_command *command, const cli_option *option)
{
    begin(command);
    printf(" -l %s", option->name);
    if (option->letter)
        printf(" -s %c", option->letter);
    if (option->value)
        fputs(option->offers ? " -r -F" : " -x", stdout);
    if (option->values) {
        fputs(" -a '", stdout);
        for (const char *const *v = option->values; *v; v++)
            print_word(NULL, *v);
        putchar('\'');
    }
    fputs(" -d ", stdout);
    print_quoted(option->purpose);
    putchar('\n');
}

static void print_command(const cli_command *command)
{
    const char *space = strchr(command->name, ' ');
    if (space) {
        int length = (int)(space - command->name);
        printf("complete -c cfngen -n __fish_use_subcommand -a %.*s\n", length, command->name);
        printf("complete -c cfngen -n '__fish_seen_subcommand_from %.*s' -a %s -d ", length,
               command->name, space + 1);
    } else
        printf("complete -c cfngen -n __fish_use_subcommand -a %s -d ", command->name);
    print_quoted(command->purpose);
    putchar('\n');
    if (command->offers & (OFFER_FILES | OFFER_FOLDERS)) {
        begin(command);
        puts(" -F");
    }
    if (command->words || command->offers & ~(unsigned)(OFFER_FILES | OFFER_FOLDERS)) {
        begin(command);
        fputs(" -a '", stdout);
        each_offered_word(command, print_word, NULL);
        puts("'");
    }
    for (const cli_option *const *o = command->options; *o; o++)
        print_option(command, *o);
    print_option(command, &help_option);
}

void print_fish_completion(void)
{
    puts("# Completion of cfngen for fish; made by \"cfngen completion fish\".\n"
         "complete -c cfngen -f\n"
         "complete -c cfngen -n __fish_use_subcommand -l version -d 'Print the version'\n"
         "complete -c cfngen -n __fish_use_subcommand -l help -s h -d 'Show this help'");
    for (const cli_command *c = commands; c->name; c++)
        print_command(c);
    for (const cli_companion *c = companions; c->name; c++) {
        printf("complete -c cfngen -n __fish_use_subcommand -a %s -d ", c->name);
        print_quoted(c->purpose);
        putchar('\n');
    }
}
