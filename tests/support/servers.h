/* Starts real database servers for a test program, in a folder that goes away with it. Where they
 * are not installed the tests are skipped, and say why. */
#ifndef CFN_TESTS_SERVERS_H
#define CFN_TESTS_SERVERS_H

#include "support.h"

#include "compare/session.h"

#include <unistd.h>

typedef struct servers {
    char folder[40];
    char missing[2][200]; /* why a family cannot be tested; by cfn__family */
} servers;

static servers the_servers;

static const char *const server_kinds[] = {"mariadb", "postgresql"};

/* Runs tests/support/servers; what it prints goes to `output`. */
SUPPORT int run_servers(const char *arguments, char *output, size_t room)
{
    char command[600];
    snprintf(command, sizeof command, "tests/support/servers %s", arguments);
    output[0] = '\0';
    FILE *pipe = popen(command, "r"); // NOLINT(cert-env33-c): a test runs a script of its own
    if (!pipe)
        return -1;
    size_t length = fread(output, 1, room - 1, pipe);
    output[length] = '\0';
    if (length && output[length - 1] == '\n')
        output[length - 1] = '\0';
    int status = pclose(pipe);
    return status;
}

/* A source and a target of one family, NAME0 and NAME1, with options of the servers. */
SUPPORT int start_servers_with(cfn__family family, const char *options)
{
    servers *s = &the_servers;
    char arguments[500], output[200];
    if (!s->folder[0]) {
        strcpy(s->folder, "/tmp/cfngen-servers-XXXXXX");
        if (!mkdtemp(s->folder))
            return -1;
    }
    for (int i = 0; i < 2; i++) {
        snprintf(arguments, sizeof arguments, "start %.40s %s %s%d %s", s->folder,
                 server_kinds[family], server_kinds[family], i, options);
        int status = run_servers(arguments, output, sizeof output);
        if (status == 77 * 256) {
            snprintf(s->missing[family], sizeof s->missing[family], "%s", output);
            print_message("skipped: %s\n", output);
            return 0;
        }
        if (status != 0)
            return -1;
    }
    return 0;
}

SUPPORT int start_servers(cfn__family family)
{
    return start_servers_with(family, "");
}

SUPPORT int end_servers(void **state)
{
    char arguments[500], output[200];
    (void)state;
    if (!the_servers.folder[0])
        return 0;
    snprintf(arguments, sizeof arguments, "stop %.40s", the_servers.folder);
    run_servers(arguments, output, sizeof output);
    snprintf(arguments, sizeof arguments, "rm -rf %.40s", the_servers.folder);
    return system(arguments); // NOLINT(cert-env33-c)
}

/* The URL of a server: 0 is the source, 1 the target. */
SUPPORT const char *server_url(cfn__family family, int which)
{
    static char urls[2][2][300];
    static const char *const forms[] = {"mysql://root@/?socket=%.40s/mariadb%d/socket",
                                        "postgresql://postgres@/postgres?host=%.40s/postgresql%d"};
    snprintf(urls[family][which], sizeof urls[0][0], forms[family], the_servers.folder, which);
    return urls[family][which];
}

#define NEEDS(family)                                                                              \
    do {                                                                                           \
        if (the_servers.missing[family][0])                                                        \
            skip();                                                                                \
    } while (0)

/* Runs a statement; what went wrong fails the test. */
SUPPORT void run_sql(cfn__session *session, const char *sql)
{
    if (!cfn__execute(session, sql))
        fail_msg("%s: %s\n%s", session->url->role, session->error, sql);
}

#endif
