/* Reads the catalogue: one statement for the tables, one for the columns, one for the keys. */
#include "compare/catalog.h"

#include <stdlib.h>
#include <string.h>

/* The statements of a family; each of them is ended by the condition on the schema and by an order.
 * All give the schema first and the table second. The database's order is not trusted. */
typedef struct queries {
    const char *tables, *columns, *keys;
    const char *partly_visible; /* NULL where all columns are seen */
    const char *schema;         /* the condition, in front of a literal */
    const char *users;          /* the condition that leaves the system's schemas out */
    const char *column_order, *key_order;
} queries;

static const queries mysql = {
    .tables = "SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_TYPE = 'VIEW', IFNULL(t.TABLE_ROWS, 0) "
              "FROM information_schema.TABLES t WHERE t.TABLE_TYPE IN ('BASE TABLE', 'VIEW', "
              "'SYSTEM VERSIONED') AND ",
    .columns = "SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.COLUMN_NAME, t.DATA_TYPE, t.COLUMN_TYPE, "
               "t.IS_NULLABLE = 'YES', t.CHARACTER_SET_NAME, t.COLLATION_NAME, "
               "IFNULL(t.DATETIME_PRECISION, IFNULL(t.NUMERIC_SCALE, -1)), "
               "IFNULL(t.NUMERIC_PRECISION, 0), t.COLUMN_TYPE LIKE '%unsigned%', "
               "t.COLUMN_TYPE LIKE '%zerofill%', t.EXTRA LIKE '%GENERATED%' AND "
               "t.EXTRA NOT LIKE '%DEFAULT_GENERATED%', 0, t.COLUMN_DEFAULT, t.EXTRA "
               "FROM information_schema.COLUMNS t WHERE ",
    .keys = "SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.INDEX_NAME, t.INDEX_NAME = 'PRIMARY', "
            "IFNULL(t.COLUMN_NAME, ''), t.SUB_PART IS NULL FROM information_schema.STATISTICS t "
            "WHERE t.NON_UNIQUE = 0 AND ",
    .partly_visible =
        "SELECT DISTINCT t.TABLE_SCHEMA, t.TABLE_NAME FROM information_schema.COLUMN_PRIVILEGES t "
        "WHERE "
        "t.PRIVILEGE_TYPE = 'SELECT' AND t.GRANTEE = CONCAT('\\'', LEFT(CURRENT_USER(), "
        "CHAR_LENGTH(CURRENT_USER()) - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1), "
        "'\\'@\\'', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '\\'') AND ",
    .schema = "t.TABLE_SCHEMA = ",
    .users = "t.TABLE_SCHEMA NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')",
    .column_order = " ORDER BY 1, 2, t.ORDINAL_POSITION",
    .key_order = " ORDER BY 1, 2, 3, t.SEQ_IN_INDEX",
};

/* Types are named by what they are at last: the base of a domain, "enum", "array". Columns of the
 * catalogue that older servers lack are taken from the row as JSON. */
#define PG_TABLES                                                                                  \
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
#define PG_RELEVANT "c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND "

static const queries postgresql = {
    .tables = "SELECT n.nspname, c.relname, (c.relkind IN ('v', 'm'))::int, "
              "greatest(c.reltuples, 0)::bigint " PG_TABLES "WHERE " PG_RELEVANT,
    .columns =
        "SELECT n.nspname, c.relname, a.attname, CASE WHEN b.typelem <> 0 AND b.typlen = -1 THEN "
        "'array' WHEN b.typtype = 'e' THEN 'enum' WHEN b.typtype IN ('r', 'm') THEN 'range' WHEN "
        "b.typtype = 'c' THEN 'composite' ELSE b.typname END, "
        "pg_catalog.format_type(a.atttypid, a.atttypmod), (NOT a.attnotnull)::int, NULL, "
        "l.collname || ':' || l.collprovider::text || ':' || CASE WHEN l.collname = 'default' THEN "
        "d.datcollate ELSE coalesce(l.collcollate, '') END, "
        "CASE WHEN b.typname = 'numeric' THEN CASE WHEN m.typmod < 4 THEN -1 ELSE (m.typmod - 4) & "
        "2047 "
        "END WHEN b.typname LIKE 'time%' THEN CASE WHEN m.typmod < 0 THEN 6 ELSE m.typmod END ELSE "
        "-1 "
        "END, CASE WHEN b.typname = 'numeric' AND m.typmod >= 4 THEN ((m.typmod - 4) >> 16) & "
        "65535 "
        "ELSE 0 END, 0, 0, (coalesce(to_jsonb(a) ->> 'attgenerated', '') <> '')::int, "
        "(l.collname IN ('C', 'POSIX', 'ucs_basic') OR (l.collname = 'default' AND "
        "coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c' AND d.datcollate IN ('C', 'POSIX', "
        "'C.UTF-8', 'C.utf8')))::int, "
        "pg_catalog.pg_get_expr(x.adbin, x.adrelid), a.attidentity::text " PG_TABLES
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT "
        "a.attisdropped "
        "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
        "JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE "
        "t.oid END "
        "JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database() "
        "LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation "
        "LEFT JOIN pg_catalog.pg_attrdef x ON x.adrelid = c.oid AND x.adnum = a.attnum "
        "CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod "
        "END AS "
        "typmod) m WHERE " PG_RELEVANT,
    .keys = "SELECT n.nspname, c.relname, k.relname, i.indisprimary::int, a.attname, "
            "1 " PG_TABLES "JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisunique AND "
            "i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL "
            "JOIN pg_catalog.pg_class k ON k.oid = i.indexrelid "
            "CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) s(position) "
            "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = "
            "i.indkey[s.position] WHERE " PG_RELEVANT,
    .schema = "n.nspname = ",
    .users = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE "
             "'pg\\_%'",
    .column_order = " ORDER BY 1, 2, a.attnum",
    .key_order = " ORDER BY 1, 2, 3, s.position",
};

static bool ask(cfn__session *session, const char *sql, const queries *q, const char *schema,
                const char *order)
{
    cfn__buffer text = {0};
    cfn__buffer_add_text(&text, sql);
    if (schema) {
        cfn__buffer_add_text(&text, q->schema);
        cfn__add_literal(session, &text, schema, strlen(schema));
    } else
        cfn__buffer_add_text(&text, q->users);
    cfn__buffer_add_text(&text, order);
    bool sent = cfn__send(session, text.failed ? NULL : text.text) && cfn__await(session);
    cfn__buffer_free(&text);
    return sent;
}

static const char *cell(const cfn__session *session, cfn_arena *arena, unsigned i)
{
    return session->cells[i] ? cfn__strndup(arena, session->cells[i], session->lengths[i]) : NULL;
}

static bool is_true(const cfn__session *session, unsigned i)
{
    return session->cells[i] && strcmp(session->cells[i], "1") == 0;
}

static int number(const cfn__session *session, unsigned i)
{
    return session->cells[i] ? (int)strtol(session->cells[i], NULL, 10) : 0;
}

static int by_name(const void *a, const void *b)
{
    const cfn__table *x = *(cfn__table *const *)a, *y = *(cfn__table *const *)b;
    int schemas = strcmp(x->schema, y->schema);
    return schemas ? schemas : strcmp(x->name, y->name);
}

/* Makes room for one more element of an array in the arena, doubling it. */
static void *grown(cfn_arena *arena, void *array, size_t count, size_t size)
{
    bool full = count == 0 || (count >= 8 && (count & (count - 1)) == 0);
    if (!full)
        return array;
    void *more = cfn__alloc_array(arena, count ? count * 2 : 8, size);
    if (more && array && count)
        memcpy(more, array, count * size);
    return more;
}

static bool load_tables(cfn__session *session, cfn_arena *arena, const queries *q,
                        const char *schema, cfn__catalog *catalog)
{
    int got = -1;
    if (!ask(session, q->tables, q, schema, " ORDER BY 1, 2"))
        return false;
    while ((got = cfn__fetch(session)) > 0) {
        if (schema && strcmp(session->cells[0], schema) != 0)
            continue; /* letter case counts here, if not in the database */
        cfn__table *t = CFN__NEW(arena, cfn__table);
        catalog->tables = grown(arena, catalog->tables, catalog->table_count, sizeof t);
        if (!t || !catalog->tables)
            return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
        t->schema = cell(session, arena, 0);
        t->name = cell(session, arena, 1);
        t->is_view = is_true(session, 2);
        t->rows = strtod(session->cells[3], NULL);
        catalog->tables[catalog->table_count++] = t;
    }
    if (catalog->table_count)
        qsort(catalog->tables, catalog->table_count, sizeof *catalog->tables, by_name);
    return got == 0;
}

static void take_column(const cfn__session *session, cfn_arena *arena, cfn__family family,
                        cfn__column *c)
{
    *c = (cfn__column){
        .name = cell(session, arena, 2),
        .type_name = cell(session, arena, 3),
        .full_type = cell(session, arena, 4),
        .nullable = is_true(session, 5),
        .charset = cell(session, arena, 6),
        .collation = cell(session, arena, 7),
        .scale = number(session, 8),
        .precision = number(session, 9),
        .is_unsigned = is_true(session, 10),
        .zerofill = is_true(session, 11),
        .generated = is_true(session, 12),
        .safe_order = is_true(session, 13),
        .default_value = cell(session, arena, 14),
        .extra = cell(session, arena, 15),
    };
    c->type = cfn__find_type(family, c->type_name);
}

static bool load_columns(cfn__session *session, cfn_arena *arena, const queries *q,
                         const char *schema, cfn__catalog *catalog)
{
    int got = -1;
    if (!ask(session, q->columns, q, schema, q->column_order))
        return false;
    while ((got = cfn__fetch(session)) > 0) {
        cfn__table *t = cfn__find_table(catalog, session->cells[0], session->cells[1]);
        if (!t)
            continue;
        t->columns = grown(arena, t->columns, t->column_count, sizeof *t->columns);
        if (!t->columns)
            return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
        take_column(session, arena, catalog->family, &t->columns[t->column_count++]);
    }
    return got == 0;
}

/* A column of a key, by its name; a key that cannot be used gets no columns at all. */
static void add_to_key(cfn_arena *arena, const cfn__table *t, cfn__key *k, const char *column,
                       bool whole)
{
    for (size_t i = 0; i < t->column_count; i++) {
        if (strcmp(t->columns[i].name, column) != 0)
            continue;
        k->columns = grown(arena, k->columns, k->column_count, sizeof *k->columns);
        if (whole && !t->columns[i].nullable && k->columns) {
            k->columns[k->column_count++] = i;
            return;
        }
    }
    k->column_count = SIZE_MAX;
}

static bool load_keys(cfn__session *session, cfn_arena *arena, const queries *q, const char *schema,
                      cfn__catalog *catalog)
{
    int got = -1;
    if (!ask(session, q->keys, q, schema, q->key_order))
        return false;
    while ((got = cfn__fetch(session)) > 0) {
        cfn__table *t = cfn__find_table(catalog, session->cells[0], session->cells[1]);
        if (!t)
            continue;
        cfn__key *k = t->key_count ? &t->keys[t->key_count - 1] : NULL;
        if (!k || strcmp(k->name, session->cells[2]) != 0) {
            t->keys = grown(arena, t->keys, t->key_count, sizeof *t->keys);
            if (!t->keys)
                return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
            k = &t->keys[t->key_count++];
            *k = (cfn__key){.name = cell(session, arena, 2), .primary = is_true(session, 3)};
        }
        if (k->column_count != SIZE_MAX)
            add_to_key(arena, t, k, session->cells[4], is_true(session, 5));
    }
    return got == 0;
}

static bool load_visibility(cfn__session *session, const queries *q, const char *schema,
                            const cfn__catalog *catalog)
{
    int got = -1;
    if (!q->partly_visible)
        return true;
    if (!ask(session, q->partly_visible, q, schema, ""))
        return false;
    while ((got = cfn__fetch(session)) > 0) {
        cfn__table *t = cfn__find_table(catalog, session->cells[0], session->cells[1]);
        if (t)
            t->partly_visible = true;
    }
    return got == 0;
}

/* Drops the keys that cannot be used, and puts the primary key first. */
static void choose_keys(cfn__table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->key_count; i++)
        if (t->keys[i].column_count != SIZE_MAX)
            t->keys[kept++] = t->keys[i];
    t->key_count = kept;
    for (size_t i = 1; i < kept; i++)
        if (t->keys[i].primary) {
            cfn__key primary = t->keys[i];
            t->keys[i] = t->keys[0];
            t->keys[0] = primary;
        }
}

bool cfn__load_catalog(cfn__session *session, cfn_arena *arena, const char *schema,
                       cfn__catalog *catalog)
{
    const queries *q = session->driver->family == CFN__MYSQL ? &mysql : &postgresql;
    *catalog = (cfn__catalog){.family = session->driver->family};
    if (!load_tables(session, arena, q, schema, catalog) ||
        !load_columns(session, arena, q, schema, catalog) ||
        !load_keys(session, arena, q, schema, catalog) ||
        !load_visibility(session, q, schema, catalog))
        return false;
    for (size_t i = 0; i < catalog->table_count; i++)
        choose_keys(catalog->tables[i]);
    if (cfn_arena_failed(arena))
        return cfn__fail(session, CFN__FAULT_MEMORY, "memory is out");
    return true;
}

cfn__table *cfn__find_table(const cfn__catalog *catalog, const char *schema, const char *name)
{
    cfn__table wanted = {.schema = schema, .name = name}, *key = &wanted;
    cfn__table **found = catalog->table_count ? bsearch(&key, catalog->tables, catalog->table_count,
                                                        sizeof *catalog->tables, by_name)
                                              : NULL;
    return found ? *found : NULL;
}

const cfn__column *cfn__find_column(const cfn__table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}
