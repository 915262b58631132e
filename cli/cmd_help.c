/* cfngen help and cfngen version; the overview of what there is. */
#include "output.h"

#include <cfngen/version.h>

static void print_external(void *context, const char *name, const char *purpose)
{
    char program[80];
    snprintf(program, sizeof program, "Run the program cfngen-%s", name);
    print_purpose(context, name, purpose ? purpose : program);
}

void print_overview(FILE *stream)
{
    fprintf(stream,
            "cfngen %s: CloudFormation with typed constructs for database migrations\n"
            "\n"
            "Usage: cfngen COMMAND [ARGUMENT...]\n"
            "\n"
            "Commands:\n",
            CFN_VERSION);
    for (const cli_command *c = commands; c->name; c++)
        print_purpose(stream, c->name, c->purpose);
    each_external(print_external, stream);
    fputs("\n"
          "\"cfngen help COMMAND\" says what a command takes. Any other COMMAND runs the program\n"
          "cfngen-COMMAND, when there is one.\n"
          "\n"
          "Exit status: 0 all is well, 1 something was found in the input, 2 wrong usage,\n"
          "3 something cannot be read, written or reached, 4 something could not be looked at.\n",
          stream);
}

/* What stands after "help" names no command. */
static int help_for_another(const char *name, const char *next)
{
    static char help[] = "--help";
    if (is_group(name) && !next) {
        print_group(stdout, name);
        return STATUS_CLEAN;
    }
    char whole[80];
    snprintf(whole, sizeof whole, "%s%s%s", name, next ? " " : "", next ? next : "");
    int status = STATUS_CLEAN;
    char *word = (char *)(uintptr_t)next;
    if (!is_group(name))
        status = run_external(name, (char *[]){NULL, next ? word : help, next ? help : NULL, NULL});
    if (status != STATUS_CLEAN)
        return status;
    return usage_error(NULL, "unknown command %s%s", whole, suggest_command(whole).text);
}

int cmd_help(const cli_arguments *arguments)
{
    size_t count = arguments->operand_count;
    if (count == 0) {
        print_overview(stdout);
        return STATUS_CLEAN;
    }
    const char *name = arguments->operands[0], *next = count > 1 ? arguments->operands[1] : NULL;
    int words;
    const cli_command *command = find_command(name, next, &words);
    if (!command || (size_t)words < count)
        return help_for_another(name, next);
    print_help(command);
    return STATUS_CLEAN;
}

int cmd_version(const cli_arguments *arguments)
{
    (void)arguments;
    printf("cfngen %s\n", cfn_version());
    return STATUS_CLEAN;
}
