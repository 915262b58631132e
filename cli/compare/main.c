/* cfngen-compare: compares two live databases. `cfngen compare` runs it; it is a program of its own
 * so that cfngen does not need the client libraries of the databases. */
#include "compare.h"

#include <signal.h>
#include <string.h>

static int run_command(const cli_command *command, int argc, char **argv)
{
    cli_arguments arguments;
    int status = parse_arguments(&arguments, command, argc, argv);
    if (status == STATUS_CLEAN && arguments.help)
        print_help(command);
    else if (status == STATUS_CLEAN)
        status = command->run(&arguments);
    arguments_free(&arguments);
    return finish_output(status);
}

static bool asks_for_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0 ||
           strcmp(argument, "help") == 0;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2 || asks_for_help(argv[1])) {
        print_group(argc < 2 ? stderr : stdout, "compare");
        return argc < 2 ? STATUS_USAGE : finish_output(STATUS_CLEAN);
    }
    int words;
    const cli_command *command = find_command("compare", argv[1], &words);
    if (command)
        return run_command(command, argc - 2, argv + 2);
    char name[80];
    snprintf(name, sizeof name, "compare %s", argv[1]);
    return usage_error(NULL, "unknown command %s%s", name, suggest_command(name).text);
}
