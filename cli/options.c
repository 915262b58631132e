/* Takes arguments apart by the table of options. */
#include "command.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

const cli_option help_option = {.name = "help", .letter = 'h', .purpose = "Show this help"};

typedef struct parser {
    cli_arguments *arguments;
    int argc;
    char **argv;
    int next;
} parser;

static bool is_named(const cli_option *option, const char *name, size_t length)
{
    return strncmp(option->name, name, length) == 0 && option->name[length] == '\0';
}

static const cli_option *find_long(const cli_command *command, const char *name, size_t length)
{
    for (const cli_option *const *o = command->options; *o; o++)
        if (is_named(*o, name, length))
            return *o;
    return is_named(&help_option, name, length) ? &help_option : NULL;
}

static const cli_option *find_letter(const cli_command *command, char letter)
{
    for (const cli_option *const *o = command->options; *o; o++)
        if ((*o)->letter == letter)
            return *o;
    return help_option.letter == letter ? &help_option : NULL;
}

static bool is_allowed(const cli_option *option, const char *value)
{
    if (option->accepts)
        return option->accepts(value);
    for (const char *const *v = option->values; v && *v; v++)
        if (strcmp(*v, value) == 0)
            return true;
    return !option->values;
}

/* "json or yaml", "a, b or c". */
static void join_words(char *text, size_t room, const char *const *words)
{
    for (; *words && room > 1; words++) {
        int length = snprintf(text, room, "%s%s", *words,
                              !words[1]  ? ""
                              : words[2] ? ", "
                                         : " or ");
        size_t step = length > 0 && (size_t)length < room ? (size_t)length : room - 1;
        text += step;
        room -= step;
    }
}

static int refuse_value(const cli_command *command, const cli_option *option, const char *value)
{
    char form[160] = "";
    if (option->values)
        join_words(form, sizeof form, option->values);
    return usage_error(command, "--%s takes %s, not \"%s\"", option->name,
                       option->values ? form : option->form, value);
}

static bool was_given(const cli_arguments *arguments, const cli_option *option)
{
    for (size_t i = 0; i < arguments->option_count; i++)
        if (arguments->options[i] == option)
            return true;
    return false;
}

/* `value` is what stands in the same argument, or NULL. */
static int take_option(parser *p, const cli_option *option, const char *value)
{
    cli_arguments *a = p->arguments;
    if (!option->value && value)
        return usage_error(a->command, "--%s takes no value", option->name);
    if (option->value && !value && p->next >= p->argc)
        return usage_error(a->command, "--%s needs a value: %s", option->name, option->value);
    if (option->value && !value)
        value = p->argv[p->next++];
    if (option->value && !is_allowed(option, value))
        return refuse_value(a->command, option, value);
    if (!option->repeats && option != &help_option && was_given(a, option))
        return usage_error(a->command, "--%s is given twice", option->name);
    a->help = a->help || option == &help_option;
    a->options[a->option_count] = option;
    a->values[a->option_count++] = value ? value : "";
    return STATUS_CLEAN;
}

static int unknown_option(const cli_command *command, const char *text, int length)
{
    char name[80];
    cli_words names = {0};
    for (const cli_option *const *o = command->options; *o; o++)
        add_word(&names, (*o)->name);
    add_word(&names, help_option.name);
    snprintf(name, sizeof name, "%.*s", length, text);
    return usage_error(command, "unknown option %.*s%s", length, text,
                       suggest("--", name + strspn(name, "-"), &names).text);
}

static int take_long(parser *p, const char *argument)
{
    const char *equals = strchr(argument, '=');
    size_t length = equals ? (size_t)(equals - argument) : strlen(argument);
    const cli_option *option = find_long(p->arguments->command, argument + 2, length - 2);
    if (!option)
        return unknown_option(p->arguments->command, argument, (int)length);
    return take_option(p, option, equals ? equals + 1 : NULL);
}

static int take_short(parser *p, const char *argument)
{
    const cli_option *option = find_letter(p->arguments->command, argument[1]);
    if (!option || (!option->value && argument[2]))
        return unknown_option(p->arguments->command, argument, (int)strlen(argument));
    return take_option(p, option, argument[2] ? argument + 2 : NULL);
}

static bool is_word(const cli_command *command, const char *operand)
{
    for (const char *const *w = command->words; w && *w; w++)
        if (strcmp(*w, operand) == 0)
            return true;
    return !command->words;
}

static int take_operand(parser *p, const char *operand)
{
    cli_arguments *a = p->arguments;
    a->operands[a->operand_count++] = operand;
    if (is_word(a->command, operand))
        return STATUS_CLEAN;
    cli_words words = {0};
    for (const char *const *w = a->command->words; *w; w++)
        add_word(&words, *w);
    return usage_error(a->command, "%s is not one of %s%s", operand, a->command->operands,
                       suggest("", operand, &words).text);
}

static int check_operands(const cli_arguments *a)
{
    if (a->operand_count < a->command->least)
        return usage_error(a->command, "something is missing: %s", a->command->operands);
    if (a->operand_count > a->command->most)
        return usage_error(a->command, "one argument too many: %s", a->operands[a->command->most]);
    return STATUS_CLEAN;
}

static int take_all(parser *p)
{
    int status = STATUS_CLEAN;
    bool options_ended = false;
    while (p->next < p->argc && status == STATUS_CLEAN) {
        const char *argument = p->argv[p->next++];
        if (options_ended || argument[0] != '-' || !argument[1])
            status = take_operand(p, argument);
        else if (strcmp(argument, "--") == 0)
            options_ended = true;
        else
            status = argument[1] == '-' ? take_long(p, argument) : take_short(p, argument);
    }
    return status;
}

int parse_arguments(cli_arguments *arguments, const cli_command *command, int argc, char **argv)
{
    size_t room = argc > 0 ? (size_t)argc : 1;
    *arguments = (struct cli_arguments){.command = command};
    arguments->operands = calloc(room, sizeof *arguments->operands);
    arguments->options = calloc(room, sizeof *arguments->options);
    arguments->values = calloc(room, sizeof *arguments->values);
    if (!arguments->operands || !arguments->options || !arguments->values)
        return out_of_memory();
    parser p = {arguments, argc, argv, 0};
    int status = take_all(&p);
    if (status == STATUS_CLEAN && !arguments->help)
        status = check_operands(arguments);
    return status;
}

void arguments_free(cli_arguments *arguments)
{
    free(arguments->operands);
    free(arguments->options);
    free(arguments->values);
}

const char *option_next(const cli_arguments *arguments, const char *name, size_t *cursor)
{
    while (*cursor < arguments->option_count) {
        size_t i = (*cursor)++;
        if (strcmp(arguments->options[i]->name, name) == 0)
            return arguments->values[i];
    }
    return NULL;
}

const char *option_value(const cli_arguments *arguments, const char *name)
{
    size_t cursor = 0;
    return option_next(arguments, name, &cursor);
}
