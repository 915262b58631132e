/* cfngen help and cfngen version. */
#include "output.h"

#include <cfngen/version.h>

int cmd_help(const cli_arguments *arguments)
{
    static char help[] = "--help";
    if (arguments->operand_count == 0) {
        print_overview(stdout);
        return STATUS_CLEAN;
    }
    const char *name = arguments->operands[0];
    const cli_command *command = find_command(name);
    if (command) {
        print_help(command);
        return STATUS_CLEAN;
    }
    int status = run_external(name, (char *[]){NULL, help, NULL});
    if (status != STATUS_CLEAN)
        return status;
    cli_words names = {0};
    for (command = commands; command->name; command++)
        add_word(&names, command->name);
    return usage_error(NULL, "unknown command %s%s", name, suggest("", name, &names).text);
}

int cmd_version(const cli_arguments *arguments)
{
    (void)arguments;
    printf("cfngen %s\n", cfn_version());
    return STATUS_CLEAN;
}
