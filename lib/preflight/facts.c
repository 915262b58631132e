/* Facts about a database: all of its settings, and answers to a few questions more. */
#include "base/text.h"
#include "preflight/preflight.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void cfn__add_fact(cfn__facts *facts, const char *name, const char *value, const char *problem)
{
    if (facts->count == facts->capacity) {
        size_t capacity = facts->capacity ? facts->capacity * 2 : 256;
        cfn__fact *more = CFN__NEW_ARRAY(facts->arena, capacity, cfn__fact);
        if (!more)
            return;
        if (facts->count)
            memcpy(more, facts->all, facts->count * sizeof *more);
        facts->all = more;
        facts->capacity = capacity;
    }
    facts->all[facts->count++] = (cfn__fact){cfn__strdup(facts->arena, name),
                                             value ? cfn__strdup(facts->arena, value) : NULL,
                                             problem ? cfn__strdup(facts->arena, problem) : NULL};
}

const cfn__fact *cfn__find_fact(const cfn__facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->count; i++)
        if (strcasecmp(facts->all[i].name, name) == 0)
            return &facts->all[i];
    return NULL;
}

const char *cfn__fact_of(const cfn__facts *facts, const char *name)
{
    const cfn__fact *fact = cfn__find_fact(facts, name);
    return fact ? fact->value : NULL;
}

double cfn__fact_number(const cfn__facts *facts, const char *name, double otherwise)
{
    const char *value = cfn__fact_of(facts, name);
    char *end = NULL;
    double number = value ? strtod(value, &end) : 0;
    return value && *value && !*end ? number : otherwise;
}

bool cfn__fact_is_on(const cfn__facts *facts, const char *name)
{
    static const char *const ways[] = {"on", "1", "yes", "true", "t"};
    const char *value = cfn__fact_of(facts, name);
    for (size_t i = 0; value && i < sizeof ways / sizeof *ways; i++)
        if (strcasecmp(value, ways[i]) == 0)
            return true;
    return false;
}

/* RDS keeps program and data in folders of these names, and has settings of its own. */
cfn__platform cfn__platform_of(const cfn__facts *facts)
{
    const char *program = cfn__fact_of(facts, "basedir"), *data = cfn__fact_of(facts, "datadir");
    if (cfn__find_fact(facts, "aurora_version") ||
        cfn__fact_number(facts, "aurora functions", 0) > 0)
        return CFN__PLATFORM_AURORA;
    if ((program && cfn__starts_with(program, "/rdsdbbin")) ||
        (data && cfn__starts_with(data, "/rdsdbdata")) || cfn__find_fact(facts, "rds.extensions"))
        return CFN__PLATFORM_RDS;
    return CFN__PLATFORM_SELF_MANAGED;
}

bool cfn__is_lost(const cfn__session *session)
{
    return session->fault == CFN__FAULT_UNREACHABLE || session->fault == CFN__FAULT_STOPPED ||
           session->fault == CFN__FAULT_MEMORY;
}

/* A question beyond the settings. `from`, `below`: the versions that understand it. */
typedef struct question {
    const char *name, *sql;
    enum { THE_CELL, ROW_COUNT, THIRD_CELL, FOURTH_CELL, WHETHER_IT_WORKS } answer;
    enum { ALL, MARIADB, MYSQL, ON_RDS } of;
    int from, below;
} question;

static const question mysql_questions[] = {
    {"replica connections",
     "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
     "'SLAVES_RUNNING'",
     THE_CELL, MARIADB, 0, 0},
    {"replica connections", "SHOW REPLICA STATUS", ROW_COUNT, MYSQL, 80022, 0},
    {"replica connections", "SHOW SLAVE STATUS", ROW_COUNT, MYSQL, 0, 80022},
    {"binlog do", "SHOW MASTER STATUS", THIRD_CELL, MARIADB, 0, 0},
    {"binlog ignore", "SHOW MASTER STATUS", FOURTH_CELL, MARIADB, 0, 0},
    {"binlog do", "SHOW MASTER STATUS", THIRD_CELL, MYSQL, 0, 80200},
    {"binlog ignore", "SHOW MASTER STATUS", FOURTH_CELL, MYSQL, 0, 80200},
    {"binlog do", "SHOW BINARY LOG STATUS", THIRD_CELL, MYSQL, 80200, 0},
    {"binlog ignore", "SHOW BINARY LOG STATUS", FOURTH_CELL, MYSQL, 80200, 0},
    {"open XA transactions", "XA RECOVER", ROW_COUNT, ALL, 0, 0},
    {"binlog retention hours",
     "SELECT IFNULL(value, 'NULL') FROM mysql.rds_configuration WHERE name = 'binlog retention "
     "hours'",
     THE_CELL, ON_RDS, 0, 0},
};

#define MEMBER(role)                                                                               \
    "SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname = '" role "' AND "                     \
    "pg_catalog.pg_has_role(current_user, oid, 'member')"

static const question postgresql_questions[] = {
    {"aurora functions", "SELECT count(*) FROM pg_catalog.pg_proc WHERE proname = 'aurora_version'",
     THE_CELL, ALL, 0, 0},
    {"in recovery", "SELECT pg_catalog.pg_is_in_recovery()::int", THE_CELL, ALL, 0, 0},
    {"slots in use", "SELECT count(*) FROM pg_catalog.pg_replication_slots", THE_CELL, ALL, 0, 0},
    {"WAL senders in use", "SELECT count(*) FROM pg_catalog.pg_stat_replication", THE_CELL, ALL, 0,
     0},
    {"inactive slots",
     "SELECT coalesce(string_agg(slot_name::text, ', ' ORDER BY slot_name::text), '') FROM "
     "pg_catalog.pg_replication_slots WHERE NOT active",
     THE_CELL, ALL, 0, 0},
    {"is superuser", "SELECT rolsuper::int FROM pg_catalog.pg_roles WHERE rolname = current_user",
     THE_CELL, ALL, 0, 0},
    {"may replicate",
     "SELECT rolreplication::int FROM pg_catalog.pg_roles WHERE rolname = current_user", THE_CELL,
     ALL, 0, 0},
    {"is rds_superuser", MEMBER("rds_superuser"), THE_CELL, ALL, 0, 0},
    {"is rds_replication", MEMBER("rds_replication"), THE_CELL, ALL, 0, 0},
    {"pglogical",
     "SELECT CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pglogical') "
     "THEN 'installed' WHEN EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = "
     "'pglogical') THEN 'available' ELSE 'missing' END",
     THE_CELL, ALL, 0, 0},
    {"slots of test_decoding",
     "SELECT count(*) FROM pg_catalog.pg_replication_slots WHERE plugin = 'test_decoding'",
     THE_CELL, ALL, 0, 0},
    {"contrib",
     "SELECT count(*) FROM pg_catalog.pg_available_extensions WHERE name IN ('amcheck', "
     "'pg_stat_statements')",
     THE_CELL, ALL, 0, 0},
    {"test_decoding", "LOAD 'test_decoding'", WHETHER_IT_WORKS, ALL, 0, 0},
    {"long transactions",
     "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE pid <> pg_catalog.pg_backend_pid() "
     "AND xact_start < now() - interval '10 minutes'",
     THE_CELL, ALL, 0, 0},
    {"hidden sessions",
     "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend' AND "
     "state IS NULL AND query = '<insufficient privilege>'",
     THE_CELL, ALL, 0, 0},
    {"prepared transactions", "SELECT count(*) FROM pg_catalog.pg_prepared_xacts", THE_CELL, ALL, 0,
     0},
    {"DDL trigger",
     "SELECT coalesce((SELECT evtenabled::text FROM pg_catalog.pg_event_trigger WHERE evtname = "
     "'awsdms_intercept_ddl'), 'none')",
     THE_CELL, ALL, 0, 0},
    {"DDL table",
     "SELECT coalesce((SELECT CASE WHEN pg_catalog.has_table_privilege(oid, 'INSERT') AND "
     "pg_catalog.has_table_privilege(oid, 'DELETE') THEN 'granted' ELSE 'denied' END FROM "
     "pg_catalog.pg_class WHERE relname = 'awsdms_ddl_audit' AND relkind = 'r' LIMIT 1), 'none')",
     THE_CELL, ALL, 0, 0},
    {"may create in the database",
     "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')::int",
     THE_CELL, ALL, 0, 0},
    {"may set session_replication_role",
     "SELECT pg_catalog.has_parameter_privilege('session_replication_role', 'SET')::int", THE_CELL,
     ALL, 150000, 0},
    {"database collation",
     "SELECT datcollate || ' / ' || datctype FROM pg_catalog.pg_database WHERE datname = "
     "pg_catalog.current_database()",
     THE_CELL, ALL, 0, 0},
    {"extensions",
     "SELECT coalesce(string_agg(extname::text, ', ' ORDER BY extname::text), '') FROM "
     "pg_catalog.pg_extension WHERE extname <> 'plpgsql'",
     THE_CELL, ALL, 0, 0},
};

static bool is_meant(const question *q, const cfn__facts *facts)
{
    bool of = q->of == ALL || (q->of == MARIADB && facts->is_mariadb) ||
              (q->of == MYSQL && !facts->is_mariadb) ||
              (q->of == ON_RDS && cfn__platform_of(facts) != CFN__PLATFORM_SELF_MANAGED);
    return of && facts->version >= q->from && (!q->below || facts->version < q->below);
}

/* The answer to a question; NULL on a fault. */
static const char *answer(cfn__session *session, cfn_arena *arena, const question *q)
{
    size_t rows = 0;
    int got = -1;
    const char *text = "";
    if (!cfn__send(session, q->sql) || !cfn__await(session))
        return NULL;
    while ((got = cfn__fetch(session)) > 0) {
        unsigned cell = q->answer == THIRD_CELL ? 2 : q->answer == FOURTH_CELL ? 3 : 0;
        const char *given = cell < session->column_count ? session->cells[cell] : NULL;
        text = cfn__strdup(arena, given ? given : "");
        rows++;
    }
    if (got < 0)
        return NULL;
    if (q->answer == WHETHER_IT_WORKS)
        return "yes";
    return q->answer == ROW_COUNT ? cfn__format(arena, "%zu", rows) : text;
}

static bool ask_questions(cfn__session *session, cfn__facts *facts, const question *questions,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_meant(&questions[i], facts))
            continue;
        const char *text = answer(session, facts->arena, &questions[i]);
        if (!text && cfn__is_lost(session))
            return false;
        cfn__add_fact(facts, questions[i].name, text, text ? NULL : session->error);
    }
    return true;
}

static bool load_settings(cfn__session *session, cfn__facts *facts, const char *sql)
{
    int got = -1;
    if (!cfn__send(session, sql) || !cfn__await(session))
        return false;
    while ((got = cfn__fetch(session)) > 0)
        cfn__add_fact(facts, session->cells[0], session->cells[1] ? session->cells[1] : "", NULL);
    return got == 0;
}

/* MySQL lists what roles give only when they are named: those that the session has. */
static const char *grants_statement(cfn__session *session, cfn_arena *arena)
{
    static const char plain[] = "SHOW GRANTS";
    if (session->is_mariadb || session->version < 80000)
        return plain;
    const char *roles = cfn__ask(session, arena, "SELECT CURRENT_ROLE()");
    return roles && strcmp(roles, "NONE") != 0
               ? cfn__format(arena, "SHOW GRANTS FOR CURRENT_USER() USING %s", roles)
               : plain;
}

/* Without what the server may say about passwords there: from IDENTIFIED on. */
static bool load_grants(cfn__session *session, cfn__facts *facts)
{
    cfn__buffer lines = {0};
    int got = -1;
    if (!cfn__send(session, grants_statement(session, facts->arena)) || !cfn__await(session))
        return !cfn__is_lost(session);
    while ((got = cfn__fetch(session)) > 0) {
        const char *line = session->cells[0], *end = strstr(line, " IDENTIFIED ");
        cfn__buffer_add(&lines, line, end ? (size_t)(end - line) : strlen(line));
        cfn__buffer_add_char(&lines, '\n');
    }
    if (got == 0 && !lines.failed && lines.text)
        facts->grants = cfn__strndup(facts->arena, lines.text, lines.length);
    cfn__buffer_free(&lines);
    return got == 0 || !cfn__is_lost(session);
}

bool cfn__load_facts(cfn__session *session, cfn__facts *facts)
{
    facts->is_mariadb = session->is_mariadb;
    facts->version = session->version;
    if (session->driver->family == CFN__MYSQL)
        return load_settings(session, facts, "SHOW GLOBAL VARIABLES") &&
               load_grants(session, facts) &&
               ask_questions(session, facts, mysql_questions,
                             sizeof mysql_questions / sizeof *mysql_questions);
    /* What sessions begin with, and not what this one has set for itself. */
    return load_settings(session, facts, "SELECT name, reset_val FROM pg_catalog.pg_settings") &&
           ask_questions(session, facts, postgresql_questions,
                         sizeof postgresql_questions / sizeof *postgresql_questions);
}
