/* The completion script for zsh. */
#include "completion.h"

#include <string.h>

/* Escapes what _arguments and _describe give a meaning, inside single quotes. */
static void print_escaped(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            fputs("'\\''", stdout);
        else if (strchr("[]:\\()", *p))
            printf("\\%c", *p);
        else
            putchar(*p);
    }
}

static void print_word(void *context, const char *word)
{
    (void)context;
    print_escaped(word);
    putchar(' ');
}

static const char *file_action(unsigned offers)
{
    return offers & OFFER_FILES ? "_files" : offers & OFFER_FOLDERS ? "_files -/" : "";
}

static void print_value(const cli_option *option)
{
    if (!option->value)
        return;
    putchar(':');
    print_escaped(option->value);
    putchar(':');
    if (!option->values) {
        fputs(file_action(option->offers), stdout);
        return;
    }
    putchar('(');
    for (const char *const *v = option->values; *v; v++)
        print_word(NULL, *v);
    putchar(')');
}

static void print_form(const cli_option *option, const char *excludes, const char *dashes,
                       const char *name)
{
    printf(" \\\n            '%s%s%s%s[", option->repeats ? "*" : excludes, dashes, name,
           !option->value ? ""
           : dashes[1]    ? "="
                          : "+");
    print_escaped(option->purpose);
    putchar(']');
    print_value(option);
    putchar('\'');
}

static void print_option(const cli_option *option)
{
    char excludes[80], letter[2] = {option->letter, '\0'};
    if (option->letter)
        snprintf(excludes, sizeof excludes, "(--%s -%c)", option->name, option->letter);
    else
        snprintf(excludes, sizeof excludes, "(--%s)", option->name);
    print_form(option, excludes, "--", option->name);
    if (option->letter)
        print_form(option, excludes, "-", letter);
}

static void print_operands(const cli_command *command)
{
    if (!command->most)
        return;
    bool words = command->words || command->offers & ~(unsigned)(OFFER_FILES | OFFER_FOLDERS);
    const char *files = file_action(command->offers);
    if (words) {
        printf(" \\\n            '1: :(");
        each_offered_word(command, print_word, NULL);
        printf(")'");
    }
    if (*files)
        printf(" \\\n            '%s: :%s'", words ? "2" : "*", files);
}

static void print_command(const cli_command *command)
{
    printf("    '%s')\n        _arguments", command->name);
    for (const cli_option *const *o = command->options; *o; o++)
        print_option(*o);
    print_option(&help_option);
    print_operands(command);
    puts("\n        ;;");
}

/* What each command is for; of a group alone: its name. */
static void print_purposes(const char *group)
{
    char name[GROUP_NAME_SIZE];
    for (const cli_command *c = commands; c->name; c++) {
        if (group ? !is_in_group(c, group) : strchr(c->name, ' ') != NULL)
            continue;
        printf("        '%s:", group ? c->name + strlen(group) + 1 : c->name);
        print_escaped(c->purpose);
        puts("'");
    }
    for (const cli_command *c = NULL; !group && next_group(&c, name);)
        printf("        '%s'\n", name);
    for (const cli_companion *c = companions; !group && c->name; c++) {
        printf("        '%s:", c->name);
        print_escaped(c->purpose);
        puts("'");
    }
}

/* The second word is chosen, too, and then belongs to the name of the command. */
static void print_groups(void)
{
    char group[GROUP_NAME_SIZE];
    for (const cli_command *c = NULL; next_group(&c, group);) {
        printf("    if [[ $command == %s ]]; then\n        commands=(\n", group);
        print_purposes(group);
        puts("        )\n"
             "        if (( CURRENT == 2 )); then\n"
             "            _describe command commands\n"
             "            return\n"
             "        fi\n"
             "        shift words\n"
             "        (( CURRENT-- ))\n"
             "        command+=\" $words[1]\"\n"
             "    fi");
    }
}

void print_zsh_completion(void)
{
    puts("#compdef cfngen\n"
         "# Completion of cfngen for zsh; made by \"cfngen completion zsh\".\n"
         "_cfngen() {\n"
         "    local -a commands\n"
         "    commands=(");
    print_purposes(NULL);
    puts("    )\n"
         "    if (( CURRENT == 2 )); then\n"
         "        _describe command commands\n"
         "        return\n"
         "    fi\n"
         "    shift words\n"
         "    (( CURRENT-- ))\n"
         "    local command=$words[1]");
    print_groups();
    puts("    case $command in");
    for (const cli_command *c = commands; c->name; c++)
        print_command(c);
    puts("    esac\n"
         "}\n"
         "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
         "    _cfngen \"$@\"\n"
         "else\n"
         "    compdef _cfngen cfngen\n"
         "fi");
}
