/* cfngen help and cfngen version. */
#include "output.h"

#include <cfngen/version.h>

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
