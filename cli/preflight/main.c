/* cfngen-preflight: looks at a live database before it is migrated. `cfngen preflight` runs it; it
 * is a program of its own so that cfngen does not need the client libraries of the databases. */
#include "preflight.h"

#include <signal.h>
#include <string.h>

int main(int argc, char **argv)
{
    cli_arguments arguments;
    signal(SIGPIPE, SIG_IGN);
    int status = parse_arguments(&arguments, &commands[0], argc - 1, argv + 1);
    if (status == STATUS_CLEAN && arguments.help)
        print_help(&commands[0]);
    else if (status == STATUS_CLEAN)
        status = cmd_preflight(&arguments);
    arguments_free(&arguments);
    return finish_output(status);
}
