/* Measures large values, so that limited LOB mode can be given a size that cuts none of them. */
#include "preflight/preflight.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEFAULT_LOB_KB = 32, /* what DMS takes when LobMaxSize is not given */
    MOST_LIMITED_KB = 102400
};

/* The types that DMS moves as LOBs, and whether they hold text. Of MySQL, text and blob are not
 * among them: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.MySQL.html and
 * CHAP_Source.PostgreSQL.html, "Source data types". */
typedef struct lob_type {
    const char *name;
    bool is_text;
} lob_type;
static const lob_type mysql_lobs[] = {{"mediumtext", true},
                                      {"longtext", true},
                                      {"json", true},
                                      {"mediumblob", false},
                                      {"longblob", false},
                                      {"geometry", false},
                                      {"point", false},
                                      {"linestring", false},
                                      {"polygon", false},
                                      {"multipoint", false},
                                      {"multilinestring", false},
                                      {"multipolygon", false},
                                      {"geomcollection", false},
                                      {"geometrycollection", false},
                                      {NULL, false}};
static const lob_type postgresql_lobs[] = {
    {"text", true},  {"citext", true},  {"json", true},      {"jsonb", true},    {"xml", true},
    {"array", true}, {"hstore", true},  {"composite", true}, {"tsvector", true}, {"tsquery", true},
    {"path", true},  {"polygon", true}, {"bytea", false},    {NULL, false}};

static const lob_type *lob_type_of(cfn__family family, const cfn__column *column)
{
    const lob_type *t = family == CFN__MYSQL ? mysql_lobs : postgresql_lobs;
    const char *name = column->type_name;
    if (family == CFN__POSTGRESQL && strcmp(column->full_type, "character varying") == 0)
        name = "text";
    while (t->name && strcmp(t->name, name) != 0)
        t++;
    return t->name ? t : NULL;
}

uint64_t cfn__lob_kb(bool is_text, uint64_t bytes, uint64_t characters)
{
    uint64_t needed = !is_text ? bytes : bytes > characters ? characters * 4 : characters * 2;
    return (needed + 1023) / 1024;
}

uint64_t cfn__lob_max_size(uint64_t needed_kb)
{
    uint64_t roomy = needed_kb + needed_kb / 4, size = DEFAULT_LOB_KB;
    while (size < roomy)
        size *= 2;
    if (size > MOST_LIMITED_KB)
        size = roomy <= MOST_LIMITED_KB ? MOST_LIMITED_KB : 0;
    return size;
}

/* Only lengths are read, and no more rows than asked for. */
static void write_statement(cfn__buffer *sql, cfn__family family, const cfn__migrated *m,
                            uint64_t rows)
{
    bool mysql = family == CFN__MYSQL;
    cfn__buffer_add_text(sql, "SELECT COUNT(*)");
    cfn__buffer inner = {0};
    for (size_t i = 0; i < m->table->column_count; i++) {
        const cfn__column *c = &m->table->columns[i];
        const lob_type *type = m->left_out[i] ? NULL : lob_type_of(family, c);
        if (!type)
            continue;
        cfn__buffer name = {0};
        cfn__add_name(family, &name, c->name);
        cfn__buffer_add_text(&name, mysql || !type->is_text ? "" : "::text");
        cfn__buffer_format(sql, ", MAX(b%zu), MAX(c%zu)", i, i);
        cfn__buffer_format(&inner, "%s OCTET_LENGTH(%s) AS b%zu, %s(%s) AS c%zu",
                           inner.length ? "," : "", name.failed ? "" : name.text, i,
                           type->is_text ? "CHAR_LENGTH" : "OCTET_LENGTH",
                           name.failed ? "" : name.text, i);
        sql->failed |= name.failed;
        cfn__buffer_free(&name);
    }
    cfn__buffer_format(sql, " FROM (SELECT%s FROM ", inner.text ? inner.text : "");
    cfn__add_table_name(family, sql, m->table->schema, m->table->name);
    cfn__buffer_format(sql, " LIMIT %llu) x", (unsigned long long)rows);
    sql->failed |= inner.failed;
    cfn__buffer_free(&inner);
}

static uint64_t number(const cfn__session *session, unsigned i)
{
    return i < session->column_count && session->cells[i] ? strtoull(session->cells[i], NULL, 10)
                                                          : 0;
}

/* The columns of a table that are LOBs, from `first` on, with what was measured or why it was not.
 */
static void take_lengths(cfn__preflight *run, const cfn__migrated *m, cfn_preflight_lob *lobs,
                         uint64_t rows, const char *problem)
{
    cfn__family family = run->source.driver->family;
    unsigned cell = 1;
    for (size_t i = 0; i < m->table->column_count; i++) {
        const cfn__column *c = &m->table->columns[i];
        const lob_type *type = m->left_out[i] ? NULL : lob_type_of(family, c);
        if (!type)
            continue;
        uint64_t bytes = problem ? 0 : number(&run->source, cell);
        uint64_t characters = problem ? 0 : number(&run->source, cell + 1);
        uint64_t seen = problem ? 0 : number(&run->source, 0);
        *lobs++ = (cfn_preflight_lob){m->table->schema,
                                      m->table->name,
                                      c->name,
                                      c->full_type,
                                      bytes,
                                      cfn__lob_kb(type->is_text, bytes, characters),
                                      seen,
                                      !problem && seen < rows,
                                      problem};
        cell += 2;
    }
}

/* What the server says may hold values: 'invalid input syntax for type integer: "12a"', of a view.
 */
static const char *problem_of(const cfn__session *session, cfn_arena *arena)
{
    const char *code = strrchr(session->error, '(');
    switch (session->fault) {
    case CFN__FAULT_TIMEOUT:
        return "it took too long";
    case CFN__FAULT_REFUSED:
        return "the login may not read it";
    default:
        return cfn__format(arena, "the statement failed %s", code ? code : "");
    }
}

static bool measure_table(cfn__preflight *run, const cfn__migrated *m, cfn_preflight_lob *lobs)
{
    cfn__session *s = &run->source;
    uint64_t rows = run->options->lob_rows ? run->options->lob_rows : 1000000;
    cfn__buffer sql = {0};
    write_statement(&sql, s->driver->family, m, rows);
    bool got = cfn__send(s, sql.failed ? NULL : sql.text) && cfn__await(s) && cfn__fetch(s) > 0;
    cfn__buffer_free(&sql);
    take_lengths(run, m, lobs, rows, got ? NULL : problem_of(s, run->arena));
    if (got)
        cfn__discard(s);
    else if (cfn__is_lost(s))
        return false;
    /* A server that did not end the statement in time was left. */
    return s->connection || cfn__session_reopen(s);
}

static size_t lobs_of(cfn__family family, const cfn__migrated *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->table->column_count; i++)
        count += !m->left_out[i] && lob_type_of(family, &m->table->columns[i]);
    return count;
}

static bool measure_lobs(cfn__preflight *run)
{
    cfn_preflight_report *report = run->report;
    cfn__family family = run->source.driver->family;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < run->scope.count; i++)
        count += lobs_of(family, &run->scope.tables[i]);
    cfn_preflight_lob *lobs = CFN__NEW_ARRAY(run->arena, count + 1, cfn_preflight_lob);
    if (!lobs)
        return false;
    /* The limit of a statement is set when a session begins. */
    double seconds = run->options->lob_seconds > 0 ? run->options->lob_seconds : 30;
    run->source.statement_seconds = seconds < 1 ? 1 : seconds > 86400 ? 86400 : (int)seconds;
    if (count && !cfn__session_reopen(&run->source))
        return false;
    for (size_t i = 0; i < run->scope.count; i++) {
        size_t some = lobs_of(family, &run->scope.tables[i]);
        if (some && !measure_table(run, &run->scope.tables[i], &lobs[at]))
            return false;
        at += some;
    }
    for (size_t i = 0; i < count; i++)
        if (lobs[i].needed_kb > report->largest_kb)
            report->largest_kb = lobs[i].needed_kb;
    report->lobs = lobs;
    report->lob_count = count;
    report->lob_max_kb = count ? cfn__lob_max_size(report->largest_kb) : 0;
    return !cfn_arena_failed(run->arena);
}

bool cfn__look_at_lobs(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                       cfn__outcome *outcome)
{
    size_t unmeasured = 0;
    (void)session;
    if (!measure_lobs(run))
        return false;
    const cfn_preflight_report *r = run->report;
    for (size_t i = 0; i < r->lob_count; i++) {
        const cfn_preflight_lob *l = &r->lobs[i];
        unmeasured += l->problem != NULL;
        if (l->problem)
            cfn__add_object(run->arena, outcome, "%s.%s.%s (%s): %s", l->schema, l->table,
                            l->column, l->type, l->problem);
        else
            cfn__add_object(run->arena, outcome, "%s.%s.%s (%s): %llu KB%s", l->schema, l->table,
                            l->column, l->type, (unsigned long long)l->needed_kb,
                            l->all ? "" : ", of some rows");
    }
    outcome->verdict = unmeasured                       ? CFN_PREFLIGHT_UNKNOWN
                       : r->largest_kb > DEFAULT_LOB_KB ? check->otherwise
                                                        : CFN_PREFLIGHT_PASS;
    cfn__buffer_format(&outcome->found, "%zu, the largest takes %llu KB of DMS", r->lob_count,
                       (unsigned long long)r->largest_kb);
    if (unmeasured)
        cfn__buffer_format(&outcome->found, "; %zu were not measured", unmeasured);
    return true;
}
