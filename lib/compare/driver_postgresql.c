/* PostgreSQL and Aurora PostgreSQL, through libpq. */
#include "compare/session.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cfn__fault fault_of(const char *state)
{
    static const struct {
        const char *prefix;
        cfn__fault fault;
    } faults[] = {{"08", CFN__FAULT_UNREACHABLE},    {"57P", CFN__FAULT_UNREACHABLE},
                  {"53300", CFN__FAULT_UNREACHABLE}, {"57014", CFN__FAULT_TIMEOUT},
                  {"55P03", CFN__FAULT_TIMEOUT},     {"28", CFN__FAULT_REFUSED},
                  {"42501", CFN__FAULT_REFUSED},     {"53200", CFN__FAULT_STATEMENT}};
    for (size_t i = 0; state && i < sizeof faults / sizeof *faults; i++)
        if (strncmp(state, faults[i].prefix, strlen(faults[i].prefix)) == 0)
            return faults[i].fault;
    return state ? CFN__FAULT_STATEMENT : CFN__FAULT_UNREACHABLE;
}

static bool fail(cfn__session *session, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (primary)
        return cfn__fail(session, fault_of(state), "%s (%s)", primary, state ? state : "?");
    return cfn__fail(session, fault_of(state), "%s", PQerrorMessage(session->connection));
}

/* Only what the server says about the login tells a refusal from a server that is not there. */
static bool fail_to_connect(cfn__session *session)
{
    static const char *const said[] = {"authentication failed", "does not exist",
                                       "permission denied", "no pg_hba.conf entry"};
    const char *message = PQerrorMessage(session->connection);
    const char *by_server = strstr(message, "FATAL:");
    bool refused = strstr(message, "no password supplied") != NULL;
    for (size_t i = 0; i < sizeof said / sizeof *said && by_server; i++)
        refused = refused || strstr(by_server, said[i]);
    return cfn__fail(session, refused ? CFN__FAULT_REFUSED : CFN__FAULT_UNREACHABLE, "%s", message);
}

static PGconn *start(const cfn__url *url)
{
    char port[16], timeout[16];
    static const char *const modes[] = {"verify-full", "require", "disable"};
    snprintf(port, sizeof port, "%u", url->port);
    snprintf(timeout, sizeof timeout, "%d", CFN__CONNECT_SECONDS);
    const char *const names[] = {"host",
                                 "port",
                                 "user",
                                 "password",
                                 "dbname",
                                 "sslmode",
                                 "sslrootcert",
                                 "connect_timeout",
                                 "application_name",
                                 "client_encoding",
                                 "keepalives_idle",
                                 NULL};
    const char *const values[] = {url->socket ? url->socket : url->host,
                                  port,
                                  url->user,
                                  url->password,
                                  *url->database ? url->database : NULL,
                                  url->socket ? "disable" : modes[url->tls],
                                  url->socket || url->tls == CFN__TLS_DISABLED ? NULL : url->ca,
                                  timeout,
                                  "cfngen-compare",
                                  "UTF8",
                                  "30",
                                  NULL};
    return PQconnectStartParams(names, values, 0);
}

static bool connect_to(cfn__session *session)
{
    PGconn *connection = session->connection;
    double end = cfn__now() + CFN__CONNECT_SECONDS;
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (PQstatus(connection) != CONNECTION_BAD && status != PGRES_POLLING_OK &&
           status != PGRES_POLLING_FAILED) {
        if (!cfn__await_socket(session, PQsocket(connection), status == PGRES_POLLING_WRITING,
                               end - cfn__now()))
            return false;
        status = PQconnectPoll(connection);
    }
    if (PQstatus(connection) != CONNECTION_OK)
        return fail_to_connect(session);
    session->version = PQserverVersion(connection);
    return true;
}

static bool set_up(cfn__session *session)
{
    char sql[160];
    static const char *const settings[] = {"SET client_min_messages=error",
                                           "SET TimeZone='UTC'",
                                           "SET DateStyle='ISO'",
                                           "SET IntervalStyle='iso_8601'",
                                           "SET extra_float_digits=3",
                                           "SET bytea_output='hex'",
                                           "SET standard_conforming_strings=on",
                                           "SET search_path=''",
                                           "SET max_parallel_workers_per_gather=0",
                                           "SET row_security=off",
                                           "SET default_transaction_read_only=off",
                                           "SET lc_monetary='C'"};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (!cfn__execute(session, settings[i]))
            return false;
    snprintf(sql, sizeof sql, "SET statement_timeout='%ds'", session->statement_seconds);
    return cfn__execute(session, sql);
}

static bool open_postgresql(cfn__session *session)
{
    session->connection = start(session->url);
    if (!session->connection)
        return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
    return connect_to(session) && set_up(session);
}

static void close_postgresql(cfn__session *session)
{
    if (session->result)
        PQclear(session->result);
    if (session->connection)
        PQfinish(session->connection);
    session->connection = NULL;
    session->result = NULL;
}

static bool send_postgresql(cfn__session *session, const char *sql, size_t length)
{
    (void)length;
    if (PQsendQuery(session->connection, sql) == 1 && PQsetSingleRowMode(session->connection) == 1)
        return true;
    return fail(session, NULL);
}

/* Ends the statement that the server is still at work on, from a connection of its own: PQcancel
 * would wait without an end for a server that stands still. */
static void cancel(cfn__session *session)
{
    enum { SECONDS = 5 };
    cfn__control control = {.deadline = cfn__now() + SECONDS};
    cfn__session other = {.driver = session->driver, .url = session->url, .control = &control};
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT pg_catalog.pg_cancel_backend(%d)",
             PQbackendPID(session->connection));
    other.connection = start(session->url);
    if (other.connection && connect_to(&other) && PQsendQuery(other.connection, sql) == 1)
        cfn__await_socket(&other, PQsocket(other.connection), false, SECONDS);
    close_postgresql(&other);
}

/* Waits for the next result, at most as long as a statement may take. */
static bool next_result(cfn__session *session)
{
    PGconn *connection = session->connection;
    while (PQisBusy(connection)) {
        if (!cfn__await_socket(session, PQsocket(connection), PQflush(connection) == 1,
                               session->statement_seconds + 15)) {
            cancel(session);
            close_postgresql(session);
            return false;
        }
        if (PQconsumeInput(connection) != 1)
            return fail(session, NULL);
    }
    session->result = PQgetResult(connection);
    return true;
}

static void discard_postgresql(cfn__session *session)
{
    do {
        PQclear(session->result);
        session->result = NULL;
    } while (session->connection && next_result(session) && session->result);
}

/* Keeps the result that holds the first row, or nothing of a statement without rows. */
static bool await_postgresql(cfn__session *session)
{
    if (!next_result(session))
        return false;
    ExecStatusType status = PQresultStatus(session->result);
    session->first = true;
    if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return cfn__make_cells(session, (unsigned)PQnfields(session->result));
    fail(session, session->result);
    cfn__fault fault = session->fault;
    discard_postgresql(session);
    session->fault = fault;
    return false;
}

/* The row of the result at hand. */
static int take_row(cfn__session *session)
{
    for (unsigned i = 0; i < session->column_count; i++) {
        bool null = PQgetisnull(session->result, 0, (int)i) == 1;
        session->cells[i] = null ? NULL : PQgetvalue(session->result, 0, (int)i);
        session->lengths[i] = (size_t)PQgetlength(session->result, 0, (int)i);
    }
    return 1;
}

static int fetch_postgresql(cfn__session *session)
{
    /* The first row came with the answer; the cells of a row go with its result. */
    if (PQresultStatus(session->result) == PGRES_SINGLE_TUPLE && session->first) {
        session->first = false;
        return take_row(session);
    }
    if (PQresultStatus(session->result) == PGRES_SINGLE_TUPLE) {
        PQclear(session->result);
        session->result = NULL;
        if (!next_result(session))
            return -1;
        if (PQresultStatus(session->result) == PGRES_SINGLE_TUPLE)
            return take_row(session);
    }
    ExecStatusType status = PQresultStatus(session->result);
    bool failed = status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK;
    if (failed)
        fail(session, session->result);
    discard_postgresql(session);
    return failed ? -1 : 0;
}

static bool quote_postgresql(cfn__session *session, cfn__buffer *sql, const char *text,
                             size_t length)
{
    char *quoted = session->connection ? PQescapeLiteral(session->connection, text, length) : NULL;
    if (quoted)
        cfn__buffer_add_text(sql, quoted);
    PQfreemem(quoted);
    return quoted != NULL;
}

const cfn__driver cfn__postgresql_driver = {CFN__POSTGRESQL,    open_postgresql,  close_postgresql,
                                            send_postgresql,    await_postgresql, fetch_postgresql,
                                            discard_postgresql, quote_postgresql};
