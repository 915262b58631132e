/* cfngen, the program: finds the command, takes its arguments apart, runs it. */
#include "command.h"
#include "output.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A standard stream that is closed must fail when it is used, and not turn into whatever file is
 * opened next. */
static void hold_standard_streams(void)
{
    static const int wrong_way[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0)
            (void)open("/dev/null", wrong_way[file]);
}

static int unknown_command(const char *name)
{
    return usage_error(NULL, "unknown %s %s%s", name[0] == '-' ? "option" : "command", name,
                       suggest_command(name).text);
}

/* What follows the name of a group is none of its commands. */
static int run_group(const char *group, const char *next)
{
    if (next && (strcmp(next, "--help") == 0 || strcmp(next, "-h") == 0)) {
        print_group(stdout, group);
        return finish_output(STATUS_CLEAN);
    }
    if (!next) {
        print_group(stderr, group);
        return STATUS_USAGE;
    }
    char name[80];
    snprintf(name, sizeof name, "%s %s", group, next);
    return unknown_command(name);
}

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

/* The options that work without a command are commands of that name. */
static const char *command_name(const char *argument)
{
    static const char *const options[][2] = {
        {"--help", "help"}, {"-h", "help"}, {"--version", "version"}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(argument, options[i][0]) == 0)
            return options[i][1];
    return argument;
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    /* Large enough that most output is written, or fails to be, when the reason can be told. */
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    if (argc < 2) {
        print_overview(stderr);
        return STATUS_USAGE;
    }
    const char *name = command_name(argv[1]);
    int words;
    const cli_command *command = find_command(name, argv[2], &words);
    if (command)
        return run_command(command, argc - 1 - words, argv + 1 + words);
    if (is_group(name))
        return run_group(name, argv[2]);
    int status = run_external(name, argv + 1);
    return status == STATUS_CLEAN ? unknown_command(name) : status;
}
