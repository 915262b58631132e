/* MySQL, MariaDB and Aurora MySQL, through MariaDB's client library. */
#include "compare/session.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Error numbers that the headers do not have; the client library's own begin at the last one. */
enum { MYSQL_QUERY_TIMEOUT = 3024, MARIADB_STATEMENT_TIMEOUT = 1969, CLIENT_ERRORS = 5000 };

static cfn__fault fault_of(unsigned number)
{
    switch (number) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_HOST_IS_BLOCKED:
        return CFN__FAULT_REFUSED;
    case ER_QUERY_INTERRUPTED: /* someone has ended it, as PostgreSQL calls it, too */
    case MYSQL_QUERY_TIMEOUT:
    case MARIADB_STATEMENT_TIMEOUT:
    case ER_LOCK_WAIT_TIMEOUT:
        return CFN__FAULT_TIMEOUT;
    case CR_OUT_OF_MEMORY:
        return CFN__FAULT_MEMORY;
    case ER_SERVER_SHUTDOWN:
    case ER_CON_COUNT_ERROR:
    case ER_CONNECTION_KILLED:
        return CFN__FAULT_UNREACHABLE;
    default:
        return (number >= CR_MIN_ERROR && number <= CR_MAX_ERROR) || number >= CLIENT_ERRORS
                   ? CFN__FAULT_UNREACHABLE
                   : CFN__FAULT_STATEMENT;
    }
}

static bool fail(cfn__session *session)
{
    MYSQL *mysql = session->connection;
    unsigned number = mysql_errno(mysql);
    return cfn__fail(session, fault_of(number), "%s (%u)", mysql_error(mysql), number);
}

static void set_tls(MYSQL *mysql, const cfn__url *url)
{
    my_bool on = 1, off = 0;
    bool remote = !url->socket;
    mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT,
                  remote && url->tls == CFN__TLS_VERIFY ? &on : &off);
    if (!remote || url->tls == CFN__TLS_DISABLED)
        return;
    /* In this order: the second call would undo the first one. */
    mysql_ssl_set(mysql, NULL, NULL, url->ca, NULL, NULL);
    mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &on);
}

/* The library's word is not taken for it. */
static bool has_wanted_tls(cfn__session *session)
{
    if (session->url->socket || session->url->tls == CFN__TLS_DISABLED ||
        mysql_get_ssl_cipher(session->connection))
        return true;
    return cfn__fail(session, CFN__FAULT_UNREACHABLE, "the connection is not encrypted");
}

static bool connect_to(cfn__session *session)
{
    const cfn__url *url = session->url;
    MYSQL *mysql = session->connection;
    unsigned connect = CFN__CONNECT_SECONDS, transfer = CFN__STATEMENT_SECONDS + 30;
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
    mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &transfer);
    mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &transfer);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    unsigned off = 0;
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    if (url->option_file) {
        mysql_options(mysql, MYSQL_READ_DEFAULT_FILE, url->option_file);
        mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP, "client");
    }
    /* "localhost" would be the socket of this machine otherwise. */
    unsigned tcp = MYSQL_PROTOCOL_TCP;
    if (!url->socket && *url->host)
        mysql_options(mysql, MYSQL_OPT_PROTOCOL, &tcp);
    set_tls(mysql, url);
    if (mysql_real_connect(mysql, *url->host ? url->host : NULL, url->user, url->password,
                           *url->database ? url->database : NULL, url->port, url->socket, 0))
        return has_wanted_tls(session);
    return fail(session);
}

/* What each server understands is told apart by its version. */
static bool set_up(cfn__session *session)
{
    char sql[300];
    const char *version = mysql_get_server_info(session->connection);
    session->is_mariadb = strstr(version, "MariaDB") != NULL;
    int major = 0, minor = 0, patch = 0;
    if (sscanf(strncmp(version, "5.5.5-", 6) == 0 ? version + 6 : version, "%d.%d.%d", &major,
               &minor, &patch) < 2)
        return cfn__fail(session, CFN__FAULT_STATEMENT, "the version \"%.40s\" is not understood",
                         version);
    session->version = major * 10000 + minor * 100 + patch;
    snprintf(sql, sizeof sql,
             session->is_mariadb
                 ? "SET SESSION max_statement_time=%d, time_zone='+00:00', sql_mode='', "
                   "sql_select_limit=DEFAULT, group_concat_max_len=1048576"
                 : "SET SESSION max_execution_time=%d000, time_zone='+00:00', sql_mode='', "
                   "sql_select_limit=DEFAULT, group_concat_max_len=1048576",
             session->statement_seconds);
    return cfn__execute(session, "SET NAMES utf8mb4") && cfn__execute(session, sql) &&
           cfn__execute(session, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

static bool open_mysql(cfn__session *session)
{
    session->connection = mysql_init(NULL);
    if (!session->connection)
        return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
    return connect_to(session) && set_up(session);
}

static void close_mysql(cfn__session *session)
{
    MYSQL *mysql = session->connection;
    /* Rows that are on their way are not waited for. */
    if (session->active)
        shutdown((int)mysql_get_socket(mysql), SHUT_RDWR);
    if (session->result)
        mysql_free_result(session->result);
    if (mysql)
        mysql_close(mysql);
    session->connection = NULL;
    session->result = NULL;
}

static bool send_mysql(cfn__session *session, const char *sql, size_t length)
{
    if (mysql_send_query(session->connection, sql, (unsigned long)length) == 0)
        return true;
    return fail(session);
}

/* Ends the statement that the server is still at work on, from a connection of its own. */
static void kill_statement(cfn__session *session)
{
    cfn__session other = {.driver = session->driver, .url = session->url, .statement_seconds = 5};
    cfn__control control = {.deadline = cfn__now() + 5};
    char sql[64];
    other.control = &control;
    snprintf(sql, sizeof sql, "KILL QUERY %lu", mysql_thread_id(session->connection));
    if (open_mysql(&other))
        cfn__execute(&other, sql);
    cfn__session_close(&other);
}

static bool await_mysql(cfn__session *session)
{
    MYSQL *mysql = session->connection;
    if (!cfn__await_socket(session, (int)mysql_get_socket(mysql), false,
                           session->statement_seconds + 15)) {
        kill_statement(session);
        close_mysql(session);
        return false;
    }
    if (mysql_read_query_result(mysql) != 0)
        return fail(session);
    session->result = mysql_use_result(mysql);
    if (!session->result && mysql_errno(mysql))
        return fail(session);
    return cfn__make_cells(session, session->result ? mysql_num_fields(session->result) : 0);
}

static int fetch_mysql(cfn__session *session)
{
    if (!session->result)
        return 0;
    MYSQL_ROW row = mysql_fetch_row(session->result);
    if (!row) {
        bool failed = mysql_errno(session->connection) != 0;
        if (failed)
            fail(session);
        mysql_free_result(session->result);
        session->result = NULL;
        return failed ? -1 : 0;
    }
    unsigned long *lengths = mysql_fetch_lengths(session->result);
    for (unsigned i = 0; i < session->column_count; i++) {
        session->cells[i] = row[i];
        session->lengths[i] = lengths[i];
    }
    return 1;
}

static void discard_mysql(cfn__session *session)
{
    if (session->result)
        mysql_free_result(session->result);
    session->result = NULL;
}

/* Hexadecimal needs no rules of escaping; the character set is that of the connection. */
static bool quote_mysql(cfn__session *session, cfn__buffer *sql, const char *text, size_t length)
{
    (void)session;
    cfn__buffer_add_text(sql, "_utf8mb4 x'");
    for (size_t i = 0; i < length; i++)
        cfn__buffer_format(sql, "%02x", (unsigned)(unsigned char)text[i]);
    cfn__buffer_add_char(sql, '\'');
    return !sql->failed;
}

const cfn__driver cfn__mysql_driver = {CFN__MYSQL,  open_mysql,  close_mysql,   send_mysql,
                                       await_mysql, fetch_mysql, discard_mysql, quote_mysql};
