/* One connection to a database, whatever its family: a statement is sent, awaited and its rows are
 * fetched one by one. No call waits without an end: each looks at the deadline and whether the run
 * was cancelled. */
#ifndef CFN_COMPARE_SESSION_H
#define CFN_COMPARE_SESSION_H

#include "base/arena.h"
#include "base/buffer.h"
#include "compare/url.h"

typedef enum cfn__fault {
    CFN__FAULT_NONE,
    CFN__FAULT_UNREACHABLE, /* no connection, or it was lost */
    CFN__FAULT_REFUSED,     /* the server does not let this login in, or not do this */
    CFN__FAULT_TIMEOUT,     /* a statement took too long */
    CFN__FAULT_STOPPED,     /* the deadline has passed, or the run was cancelled */
    CFN__FAULT_STATEMENT,   /* anything else that the server said */
    CFN__FAULT_MEMORY
} cfn__fault;

/* When work must end. `cancelled` may be set by a signal handler. */
typedef struct cfn__control {
    double deadline;       /* by cfn__now; 0: none */
    int statement_seconds; /* of one statement; 0: CFN__STATEMENT_SECONDS */
    const volatile int *cancelled;
} cfn__control;

/* Seconds of a clock that never goes back. */
double cfn__now(void);
bool cfn__must_stop(const cfn__control *control);
void cfn__sleep(const cfn__control *control, double seconds);

typedef struct cfn__session cfn__session;

/* What a family of databases does in its own way. */
typedef struct cfn__driver {
    cfn__family family;
    bool (*open)(cfn__session *);
    void (*close)(cfn__session *);
    bool (*send)(cfn__session *, const char *sql, size_t length);
    bool (*await)(cfn__session *);
    int (*fetch)(cfn__session *); /* 1: a row, 0: the end, -1: a fault */
    void (*discard)(cfn__session *);
    bool (*quote)(cfn__session *, cfn__buffer *, const char *text, size_t length);
} cfn__driver;

enum { CFN__ERROR_SIZE = 400, CFN__CONNECT_SECONDS = 10, CFN__STATEMENT_SECONDS = 300 };

struct cfn__session {
    const cfn__driver *driver;
    const cfn__url *url;
    const cfn__control *control;
    void *connection, *result;
    bool active;  /* a statement was sent and its rows were not all fetched */
    bool awaited; /* ... and its answer has begun to come */
    bool first;   /* the row at hand has not been fetched */
    unsigned column_count;
    const char **cells; /* of the row fetched last; NULL is NULL */
    size_t *lengths;
    unsigned cell_room;
    int statement_seconds;
    bool is_mariadb;
    int version; /* 101119 is 10.11.19 and 150018 is 15.18 */
    cfn__fault fault;
    char error[CFN__ERROR_SIZE]; /* what the fault was; never holds a password */
};

/* Connects and sets the session up so that both sides write values alike. On a fault the session is
 * closed and says why. */
bool cfn__session_open(cfn__session *session, const cfn__url *url, const cfn__control *control);
void cfn__session_close(cfn__session *session);

/* Closes and opens again, a few times with growing pauses; the fault is that of the last attempt.
 */
bool cfn__session_reopen(cfn__session *session);

bool cfn__send(cfn__session *session, const char *sql);
bool cfn__await(cfn__session *session);
int cfn__fetch(cfn__session *session);
void cfn__discard(cfn__session *session);

/* Sends, awaits and fetches all; false on a fault. */
bool cfn__execute(cfn__session *session, const char *sql);

/* The first cell of the first row, in the arena; NULL when there is none, it is NULL, or a fault.
 */
const char *cfn__ask(cfn__session *session, cfn_arena *arena, const char *sql);

/* A text as a literal of the database. */
void cfn__add_literal(cfn__session *session, cfn__buffer *sql, const char *text, size_t length);

/* A name as an identifier of the database. */
void cfn__add_name(cfn__family family, cfn__buffer *sql, const char *name);
void cfn__add_table_name(cfn__family family, cfn__buffer *sql, const char *schema,
                         const char *table);

/* For drivers. The text of a fault is cut at its end, and never holds a line break. */
bool cfn__fail(cfn__session *session, cfn__fault fault, const char *format, ...) CFN_PRINTF(3, 4);
bool cfn__make_cells(cfn__session *session, unsigned count);

/* Waits until the socket can be read; false on a fault. `seconds` limits the wait. */
bool cfn__await_socket(cfn__session *session, int socket, bool writing, double seconds);

extern const cfn__driver cfn__mysql_driver, cfn__postgresql_driver;

#endif
