/* What the families of databases have in common: waiting, faults, and asking small questions. */
#include "compare/session.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double cfn__now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool cfn__must_stop(const cfn__control *control)
{
    return (control->cancelled && *control->cancelled) ||
           (control->deadline > 0 && cfn__now() >= control->deadline);
}

void cfn__sleep(const cfn__control *control, double seconds)
{
    double end = cfn__now() + seconds;
    for (double left = seconds; left > 0 && !cfn__must_stop(control); left = end - cfn__now()) {
        double step = left < 0.1 ? left : 0.1;
        nanosleep(&(struct timespec){0, (long)(step * 1e9)}, NULL);
    }
}

bool cfn__fail(cfn__session *session, cfn__fault fault, const char *format, ...)
{
    va_list list;
    session->fault = fault;
    va_start(list, format);
    vsnprintf(session->error, sizeof session->error, format, list);
    va_end(list);
    for (char *p = session->error; *p; p++)
        if ((unsigned char)*p < ' ')
            *p = ' ';
    size_t length = strlen(session->error);
    while (length && session->error[length - 1] == ' ')
        session->error[--length] = '\0';
    return false;
}

bool cfn__make_cells(cfn__session *session, unsigned count)
{
    session->column_count = count;
    if (count <= session->cell_room)
        return true;
    free(session->cells);
    free(session->lengths);
    session->cells = calloc(count, sizeof *session->cells);
    session->lengths = calloc(count, sizeof *session->lengths);
    session->cell_room = session->cells && session->lengths ? count : 0;
    return session->cell_room || cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
}

bool cfn__await_socket(cfn__session *session, int socket, bool writing, double seconds)
{
    double end = cfn__now() + seconds;
    for (;;) {
        struct pollfd p = {socket, (short)(POLLIN | (writing ? POLLOUT : 0)), 0};
        if (poll(&p, 1, 100) > 0)
            return true;
        if (cfn__must_stop(session->control))
            return cfn__fail(session, CFN__FAULT_STOPPED, "stopped while the %s was at work",
                             session->url->role);
        if (cfn__now() >= end)
            return cfn__fail(session, CFN__FAULT_TIMEOUT, "the %s has not answered for %.0f s",
                             session->url->role, seconds);
    }
}

bool cfn__session_open(cfn__session *session, const cfn__url *url, const cfn__control *control)
{
    *session = (cfn__session){
        .driver = url->family == CFN__MYSQL ? &cfn__mysql_driver : &cfn__postgresql_driver,
        .url = url,
        .control = control,
        .statement_seconds =
            control->statement_seconds ? control->statement_seconds : CFN__STATEMENT_SECONDS};
    if (session->driver->open(session))
        return true;
    session->driver->close(session);
    return false;
}

void cfn__session_close(cfn__session *session)
{
    if (session->driver)
        session->driver->close(session);
    session->active = false;
    free(session->cells);
    free(session->lengths);
    session->cells = NULL;
    session->lengths = NULL;
    session->cell_room = 0;
}

bool cfn__session_reopen(cfn__session *session)
{
    static const double pauses[] = {0, 1, 2, 4, 8};
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++) {
        session->driver->close(session);
        session->active = false;
        cfn__sleep(session->control, pauses[i]);
        if (cfn__must_stop(session->control))
            return cfn__fail(session, CFN__FAULT_STOPPED, "stopped while connecting to the %s",
                             session->url->role);
        session->fault = CFN__FAULT_NONE;
        if (session->driver->open(session))
            return true;
        if (session->fault != CFN__FAULT_UNREACHABLE && session->fault != CFN__FAULT_TIMEOUT)
            break;
    }
    session->driver->close(session);
    return false;
}

bool cfn__send(cfn__session *session, const char *sql)
{
    if (session->active)
        cfn__discard(session);
    if (!session->connection)
        return cfn__fail(session, CFN__FAULT_UNREACHABLE, "there is no connection to the %s",
                         session->url->role);
    if (!sql)
        return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
    session->fault = CFN__FAULT_NONE;
    session->awaited = false;
    session->active = session->driver->send(session, sql, strlen(sql));
    return session->active;
}

bool cfn__await(cfn__session *session)
{
    if (!session->active)
        return false;
    session->awaited = session->driver->await(session);
    if (session->awaited)
        return true;
    session->active = false;
    return false;
}

int cfn__fetch(cfn__session *session)
{
    int got = session->active ? session->driver->fetch(session) : 0;
    if (got <= 0)
        session->active = false;
    return got;
}

/* An answer that nobody waited for would be taken for that of the next statement. */
void cfn__discard(cfn__session *session)
{
    if (session->active && !session->awaited)
        cfn__await(session);
    if (session->active)
        session->driver->discard(session);
    session->active = false;
}

bool cfn__execute(cfn__session *session, const char *sql)
{
    int got = 0;
    if (!cfn__send(session, sql) || !cfn__await(session))
        return false;
    while ((got = cfn__fetch(session)) > 0)
        continue;
    return got == 0;
}

const char *cfn__ask(cfn__session *session, cfn_arena *arena, const char *sql)
{
    const char *answer = NULL;
    if (!cfn__send(session, sql) || !cfn__await(session))
        return NULL;
    if (cfn__fetch(session) > 0 && session->cells[0])
        answer = cfn__strndup(arena, session->cells[0], session->lengths[0]);
    cfn__discard(session);
    return answer;
}

void cfn__add_literal(cfn__session *session, cfn__buffer *sql, const char *text, size_t length)
{
    if (!session->driver->quote(session, sql, text, length))
        sql->failed = true;
}

void cfn__add_name(cfn__family family, cfn__buffer *sql, const char *name)
{
    char quote = family == CFN__MYSQL ? '`' : '"';
    cfn__buffer_add_char(sql, quote);
    for (const char *p = name; *p; p++) {
        if (*p == quote)
            cfn__buffer_add_char(sql, quote);
        cfn__buffer_add_char(sql, *p);
    }
    cfn__buffer_add_char(sql, quote);
}

void cfn__add_table_name(cfn__family family, cfn__buffer *sql, const char *schema,
                         const char *table)
{
    cfn__add_name(family, sql, schema);
    cfn__buffer_add_char(sql, '.');
    cfn__add_name(family, sql, table);
}
