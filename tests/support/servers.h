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
    cfn_arena *arena;
    cfn__url urls[2][2];
    cfn__session sessions[2][2]; /* of a family: with its source, with its target */
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
SUPPORT int start_family(cfn__family family, const char *options)
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

SUPPORT int remove_servers(void)
{
    char arguments[500], output[200];
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

SUPPORT int open_session(cfn__family family, int which, cfn_diagnostics *diagnostics)
{
    static const cfn__control control = {0};
    servers *s = &the_servers;
    cfn__read_url(s->arena, diagnostics, which ? "target" : "source", server_url(family, which),
                  NULL, &s->urls[family][which]);
    if (cfn__session_open(&s->sessions[family][which], &s->urls[family][which], &control))
        return 0;
    print_error("%s\n", s->sessions[family][which].error);
    return -1;
}

/* Starts the servers of both families with these options, and opens a session with each, which
 * `prepare` makes ready. For the setup of a group; what does not start fails it. */
SUPPORT int start_servers(const char *mysql_options, const char *postgresql_options,
                          void (*prepare)(cfn__session *session, cfn__family family, int which))
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    the_servers.arena = cfn_arena_new();
    int failed = start_family(CFN__MYSQL, mysql_options) ||
                 start_family(CFN__POSTGRESQL, postgresql_options);
    for (int i = 0; i < 4 && !failed; i++) {
        cfn__family family = i / 2 ? CFN__POSTGRESQL : CFN__MYSQL;
        if (the_servers.missing[family][0])
            continue;
        failed = open_session(family, i % 2, diagnostics);
        if (!failed)
            prepare(&the_servers.sessions[family][i % 2], family, i % 2);
    }
    cfn_diagnostics_free(diagnostics);
    if (failed) /* the group is not torn down then */
        remove_servers();
    return failed;
}

/* For the teardown of the group. */
SUPPORT int end_servers(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        cfn__session_close(&the_servers.sessions[i / 2][i % 2]);
    cfn_arena_free(the_servers.arena);
    return remove_servers();
}

#endif
