/* What a comparison is measured against: reads all rows of one table from both sides, ordered by
 * their first column, a whole number, and compares them byte by byte. No chunks, no hashes, no
 * types, no second look, and rows on their way would be differences.
 *
 *     naive_stream mysql SOCKET SOCKET TABLE KEY
 *     naive_stream postgresql FOLDER FOLDER TABLE KEY
 *
 * Prints how many rows are missing, extra and changed. */
#include <libpq-fe.h>
#include <mysql.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 64 };

/* One side: the row at hand, whose cells are valid until the next one is fetched. */
typedef struct side {
    MYSQL *mysql;
    MYSQL_RES *rows;
    PGconn *postgresql;
    PGresult *row;
    unsigned columns;
    const char *cells[MOST_COLUMNS]; /* NULL is NULL */
    size_t lengths[MOST_COLUMNS];
    long long key;
    bool has_row;
} side;

static void fail(const char *what)
{
    fprintf(stderr, "naive_stream: %s\n", what);
    exit(2);
}

static void open_mysql(side *s, const char *socket, const char *sql)
{
    s->mysql = mysql_init(NULL);
    if (!s->mysql)
        fail("no memory");
    mysql_options(s->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (!mysql_real_connect(s->mysql, NULL, "root", NULL, NULL, 0, socket, 0) ||
        mysql_query(s->mysql, sql) != 0 || !(s->rows = mysql_use_result(s->mysql)))
        fail(mysql_error(s->mysql));
    s->columns = mysql_num_fields(s->rows);
}

static void open_postgresql(side *s, const char *folder, const char *sql)
{
    static const char *const names[] = {"host", "user", "dbname", NULL};
    const char *const values[] = {folder, "postgres", "postgres", NULL};
    s->postgresql = PQconnectdbParams(names, values, 0);
    if (PQstatus(s->postgresql) != CONNECTION_OK || !PQsendQuery(s->postgresql, sql) ||
        !PQsetSingleRowMode(s->postgresql))
        fail(PQerrorMessage(s->postgresql));
}

static void fetch_mysql(side *s)
{
    MYSQL_ROW row = mysql_fetch_row(s->rows);
    const unsigned long *lengths = mysql_fetch_lengths(s->rows);
    s->has_row = row && lengths;
    if (!s->has_row && mysql_errno(s->mysql))
        fail(mysql_error(s->mysql));
    for (unsigned i = 0; s->has_row && i < s->columns; i++) {
        s->cells[i] = row[i];
        s->lengths[i] = lengths[i];
    }
}

static void fetch_postgresql(side *s)
{
    PQclear(s->row);
    s->row = PQgetResult(s->postgresql);
    s->has_row = PQresultStatus(s->row) == PGRES_SINGLE_TUPLE;
    if (!s->has_row && PQresultStatus(s->row) != PGRES_TUPLES_OK)
        fail(PQerrorMessage(s->postgresql));
    s->columns = (unsigned)PQnfields(s->row);
    for (int i = 0; s->has_row && i < (int)s->columns && i < MOST_COLUMNS; i++) {
        s->cells[i] = PQgetisnull(s->row, 0, i) ? NULL : PQgetvalue(s->row, 0, i);
        s->lengths[i] = (size_t)PQgetlength(s->row, 0, i);
    }
}

static void next(side *s)
{
    if (s->mysql)
        fetch_mysql(s);
    else
        fetch_postgresql(s);
    if (s->columns < 1 || s->columns > MOST_COLUMNS || (s->has_row && !s->cells[0]))
        fail("that is no table with a key and no more than 64 columns");
    s->key = s->has_row ? strtoll(s->cells[0], NULL, 10) : 0;
}

static bool is_same_row(const side *a, const side *b)
{
    bool same = a->columns == b->columns;
    for (unsigned i = 0; same && i < a->columns; i++)
        same = !a->cells[i] == !b->cells[i] && a->lengths[i] == b->lengths[i] &&
               (!a->cells[i] || memcmp(a->cells[i], b->cells[i], a->lengths[i]) == 0);
    return same;
}

static void merge(side *source, side *target)
{
    long missing = 0, extra = 0, changed = 0;
    next(source);
    next(target);
    while (source->has_row || target->has_row) {
        bool no_target = !target->has_row || (source->has_row && source->key < target->key);
        bool no_source = !source->has_row || (target->has_row && target->key < source->key);
        missing += no_target;
        extra += no_source;
        changed += !no_target && !no_source && !is_same_row(source, target);
        if (!no_source)
            next(source);
        if (!no_target)
            next(target);
    }
    printf("%ld missing, %ld extra, %ld changed\n", missing, extra, changed);
}

static void finish(side *s)
{
    if (s->rows)
        mysql_free_result(s->rows);
    if (s->mysql)
        mysql_close(s->mysql);
    PQclear(s->row);
    PQfinish(s->postgresql);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: naive_stream mysql|postgresql PLACE PLACE TABLE KEY\n", stderr);
        return 2;
    }
    char sql[512];
    int length = snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY %s", argv[4], argv[5]);
    if (length < 0 || (size_t)length >= sizeof sql)
        fail("the name of the table is too long");
    side sides[2] = {{0}};
    for (int i = 0; i < 2; i++)
        if (strcmp(argv[1], "mysql") == 0)
            open_mysql(&sides[i], argv[2 + i], sql);
        else
            open_postgresql(&sides[i], argv[2 + i], sql);
    merge(&sides[0], &sides[1]);
    finish(&sides[0]);
    finish(&sides[1]);
    return 0;
}
