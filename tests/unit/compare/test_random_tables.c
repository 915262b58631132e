/* Random tables with planted differences on real servers: every planted one is found, and nothing
 * else is. SEED and ROUNDS (environment) choose the tables; a failure names its seed. */
#include "servers.h"

#include "table_types.h"
#include "ways.h"

enum { MOST_COLUMNS = 14, MOST_ROWS = 330, NULL_VALUE = 99 };

typedef struct random_table {
    cfn__family family;
    const key_type *key; /* NULL: none */
    const value_type *columns[MOST_COLUMNS];
    bool nullable[MOST_COLUMNS];
    int column_count, row_count;
    int values[2][MOST_ROWS][MOST_COLUMNS]; /* positions in the values of the type */
    bool present[2][MOST_ROWS];
} random_table;

static uint64_t random_state;

static unsigned any(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state * 0x2545f4914f6cdd1dU) >> 33) % limit;
}

static int value_count(const value_type *type)
{
    int n = 0;
    while (n < 10 && type->values[n])
        n++;
    return n;
}

static int random_value(const random_table *t, int column)
{
    if (t->nullable[column] && any(4) == 0)
        return NULL_VALUE;
    return (int)any((unsigned)value_count(t->columns[column]));
}

static void make_table(random_table *t, cfn__family family)
{
    bool mysql = family == CFN__MYSQL;
    size_t keys = mysql ? sizeof mysql_keys / sizeof *mysql_keys
                        : sizeof postgresql_keys / sizeof *postgresql_keys;
    size_t types = mysql ? sizeof mysql_values / sizeof *mysql_values
                         : sizeof postgresql_values / sizeof *postgresql_values;
    unsigned key = any((unsigned)keys + 3);
    static const int sizes[] = {0, 1, 30, 150, MOST_ROWS};
    t->family = family;
    t->key = key >= keys ? NULL : (mysql ? mysql_keys : postgresql_keys) + key;
    t->column_count = 1 + (int)any(MOST_COLUMNS);
    t->row_count = sizes[any(5)];
    for (int c = 0; c < t->column_count; c++) {
        t->columns[c] = (mysql ? mysql_values : postgresql_values) + any((unsigned)types);
        t->nullable[c] = any(2) == 0;
    }
    for (int r = 0; r < t->row_count; r++) {
        t->present[0][r] = t->present[1][r] = true;
        for (int c = 0; c < t->column_count; c++)
            t->values[0][r][c] = t->values[1][r][c] = random_value(t, c);
    }
}

/* Another value than the one that is there; false when there is only one. */
static bool change_value(random_table *t, int row, int column)
{
    for (int tries = 0; tries < 50; tries++) {
        int value = random_value(t, column);
        if (value != t->values[0][row][column]) {
            t->values[1][row][column] = value;
            return true;
        }
    }
    return false;
}

static void swap_rows(random_table *t, int a, int b, int column)
{
    int value = t->values[1][a][column];
    t->values[1][a][column] = t->values[1][b][column];
    t->values[1][b][column] = value;
}

static void plant(random_table *t)
{
    unsigned kind = any(6);
    int changes = kind == 0 || !t->row_count ? 0 : 1 + (int)any((unsigned)t->row_count / 2 + 1);
    for (int i = 0; i < changes; i++) {
        int row = (int)any((unsigned)t->row_count), column = (int)any((unsigned)t->column_count);
        switch (any(6)) {
        case 0:
            t->present[1][row] = false;
            break;
        case 1:
            t->present[0][row] = false;
            break;
        case 2:
            swap_rows(t, row, (int)any((unsigned)t->row_count), column);
            break;
        default:
            change_value(t, row, column);
        }
    }
}

static void add_value(cfn__buffer *sql, const random_table *t, int side, int row, int column)
{
    int value = t->values[side][row][column];
    cfn__buffer_format(sql, ",%s",
                       value == NULL_VALUE ? "NULL" : t->columns[column]->values[value]);
}

static void create(const random_table *t, int side)
{
    bool mysql = t->family == CFN__MYSQL;
    cfn__buffer sql = {0};
    run_sql(&the_servers.sessions[t->family][side],
            mysql ? "DROP TABLE IF EXISTS test.`t \"1`" : "DROP TABLE IF EXISTS test.\"t \"\"1\"");
    cfn__buffer_add_text(&sql,
                         mysql ? "CREATE TABLE test.`t \"1` (" : "CREATE TABLE test.\"t \"\"1\" (");
    if (t->key)
        cfn__buffer_format(&sql, "%s,", side ? t->key->target : t->key->source);
    for (int c = 0; c < t->column_count; c++) {
        bool stamp = strncmp(t->columns[c]->source, "timestamp", 9) == 0 && mysql;
        cfn__buffer_format(&sql, "%s%s%d%s %s %s", c ? "," : "", mysql ? "`select " : "\"select ",
                           c, mysql ? "`" : "\"",
                           side ? t->columns[c]->target : t->columns[c]->source,
                           t->nullable[c] ? "NULL" : "NOT NULL");
        if (stamp && !t->nullable[c])
            cfn__buffer_add_text(&sql, " DEFAULT 0");
    }
    if (t->key)
        cfn__buffer_format(&sql, ",PRIMARY KEY (%s)", t->key->names);
    cfn__buffer_add_text(&sql, mysql ? ") CHARACTER SET utf8mb4" : ")");
    run_sql(&the_servers.sessions[t->family][side], sql.text);
    cfn__buffer_free(&sql);
}

static void fill(const random_table *t, int side)
{
    cfn__buffer sql = {0};
    cfn__buffer_format(&sql, "INSERT INTO test.%s VALUES ",
                       t->family == CFN__MYSQL ? "`t \"1`" : "\"t \"\"1\"");
    size_t empty = sql.length;
    for (int r = 0; r < t->row_count; r++) {
        char key[300] = "";
        if (!t->present[side][r])
            continue;
        if (t->key)
            snprintf(key, sizeof key, t->key->value,
                     r); // NOLINT: the formats are those of the table
        cfn__buffer_format(&sql, "%s(%s", sql.length == empty ? "" : ",", key);
        size_t start = sql.length;
        for (int c = 0; c < t->column_count; c++)
            add_value(&sql, t, side, r, c);
        if (!t->key)
            sql.text[start] = ' ';
        cfn__buffer_add_char(&sql, ')');
    }
    if (sql.length > empty)
        run_sql(&the_servers.sessions[t->family][side], sql.text);
    cfn__buffer_free(&sql);
}

static bool same_rows(const random_table *t, int side_a, int a, int side_b, int b)
{
    return memcmp(t->values[side_a][a], t->values[side_b][b],
                  sizeof(int) * (size_t)t->column_count) == 0;
}

/* How many different rows there are whose numbers are not the same at both sides. */
static uint64_t count_unkeyed(const random_table *t)
{
    uint64_t differing = 0;
    for (int i = 0; i < 2 * t->row_count; i++) {
        int side = i / t->row_count, row = i % t->row_count, counts[2] = {0};
        bool first = t->present[side][row];
        for (int j = 0; j < 2 * t->row_count && first; j++) {
            int s = j / t->row_count, r = j % t->row_count;
            if (!t->present[s][r] || !same_rows(t, side, row, s, r))
                continue;
            first = j >= i;
            counts[s]++;
        }
        differing += first && counts[0] != counts[1];
    }
    return differing;
}

typedef struct counts {
    uint64_t missing, extra, changed;
} counts;

static counts expected(const random_table *t)
{
    counts n = {0};
    for (int r = 0; r < t->row_count; r++) {
        n.missing += t->present[0][r] && !t->present[1][r];
        n.extra += !t->present[0][r] && t->present[1][r];
        n.changed += t->present[0][r] && t->present[1][r] && !same_rows(t, 0, r, 1, r);
    }
    return n;
}

/* The row of each difference is one that differs; for keys that are their number. */
static bool are_the_planted(const random_table *t, const cfn_compare_table *report)
{
    if (!t->key || strcmp(t->key->value, "%d") != 0 || strstr(t->key->source, "bit"))
        return true;
    for (const cfn_compare_difference *d = report->differences; d; d = d->next) {
        int r = atoi(d->key[0]);
        bool differs = t->present[0][r] != t->present[1][r] || !same_rows(t, 0, r, 1, r);
        if (!differs)
            return false;
    }
    return true;
}

static void show_table(const random_table *t, const cfn_compare_table *report)
{
    print_error("key %s, %d rows, columns:\n", t->key ? t->key->source : "none", t->row_count);
    for (int c = 0; c < t->column_count; c++)
        print_error("  %d: %s -> %s%s\n", c, t->columns[c]->source, t->columns[c]->target,
                    t->nullable[c] ? " NULL" : "");
    counts n = expected(t);
    print_error("planted %llu missing, %llu extra, %llu changed\n", (unsigned long long)n.missing,
                (unsigned long long)n.extra, (unsigned long long)n.changed);
    print_error("  %llu rows at the source, %llu at the target\n",
                (unsigned long long)report->source_rows, (unsigned long long)report->target_rows);
    print_error("  found %llu missing, %llu extra, %llu changed; %s\n",
                (unsigned long long)report->missing, (unsigned long long)report->extra,
                (unsigned long long)report->changed, report->method);
    for (const cfn_compare_remark *r = report->remarks; r; r = r->next)
        print_error("  %s\n", r->text);
    for (const cfn_compare_difference *d = report->differences; d; d = d->next)
        for (size_t i = 0; i < d->cell_count; i++)
            print_error("  %s: %s \"%.60s\" \"%.60s\"\n", d->key[0], d->cells[i].column,
                        d->cells[i].source, d->cells[i].target);
}

static bool has_remark(const cfn_compare_table *report)
{
    for (const cfn_compare_remark *r = report->remarks; r; r = r->next)
        if (r->kind != CFN_COMPARE_NOTE)
            return true;
    return false;
}

static bool is_right(const random_table *t, const cfn_compare_table *r)
{
    counts n = expected(t);
    uint64_t rows[2] = {0};
    for (int i = 0; i < t->row_count; i++)
        for (int side = 0; side < 2; side++)
            rows[side] += t->present[side][i];
    if (has_remark(r) || (t->key && (r->source_rows != rows[0] || r->target_rows != rows[1])))
        return false;
    if (!t->key)
        return r->missing + r->extra + r->changed == count_unkeyed(t);
    return r->missing == n.missing && r->extra == n.extra && r->changed == n.changed &&
           are_the_planted(t, r);
}

static void write_piece(void *context, const char *sql, size_t length)
{
    runner *r = context;
    assert_int_equal(fwrite(sql, 1, length, r->repair), length);
}

/* The SQL that repairs the target does so, as the server's own client runs it. */
static void repair(runner *r, cfn__family family, uint64_t seed)
{
    char path[100], command[400];
    snprintf(path, sizeof path, "%.40s/repair.sql", the_servers.folder);
    snprintf(command, sizeof command,
             family == CFN__MYSQL
                 ? "mariadb --no-defaults -uroot -S %.40s/mariadb1/socket <%s"
                 : "psql -q -X -v ON_ERROR_STOP=1 -h %.40s/postgresql1 -U postgres postgres <%s",
             the_servers.folder, path);
    r->options.work = NULL;
    r->options.jobs = 0;
    r->options.repair = write_piece;
    r->repair = fopen(path, "we");
    assert_non_null(r->repair);
    r->cancelled = r->steps = 0;
    cfn_compare_report *report =
        cfn_compare_run(r->arena, r->diagnostics, &r->options, CFN_COMPARE_CHECK);
    assert_int_equal(fclose(r->repair), 0);
    int status = report ? system(command) : -1; // NOLINT(cert-env33-c): a test's own command
    r->options.repair = NULL;
    report = cfn_compare_run(r->arena, r->diagnostics, &r->options, CFN_COMPARE_CHECK);
    if (status != 0 || !report || report->verdict != CFN_COMPARE_EQUAL)
        fail_msg("SEED=%llu ROUNDS=1: not repaired", (unsigned long long)seed);
}

static void check_one(cfn__family family, uint64_t seed)
{
    static random_table t;
    const char *only[] = {"test.t%1"};
    runner r = {.arena = cfn_arena_new(), .diagnostics = cfn_diagnostics_new()};
    random_state = seed * 0x9e3779b97f4a7c15U + 1;
    memset(&t, 0, sizeof t);
    make_table(&t, family);
    plant(&t);
    for (int side = 0; side < 2; side++) {
        create(&t, side);
        fill(&t, side);
    }
    r.options = (cfn_compare_options){.source = server_url(family, 0),
                                      .target = server_url(family, 1),
                                      .tables = only,
                                      .table_count = 1,
                                      .mode = (cfn_compare_mode)any(3),
                                      .chunk_rows = 1 + any(40),
                                      .settle_seconds = -1,
                                      .max_details = 1000,
                                      .show_values = true};
    cfn_compare_report *report = run_in_a_way(&r, (way)any(WAYS), any(1000));
    if (!report)
        print_error("%s", cfn_diagnostics_text(r.diagnostics, false));
    if (!report || report->table_count != 1)
        fail_msg("seed %llu: no report", (unsigned long long)seed);
    else if (!is_right(&t, report->tables[0])) {
        show_table(&t, report->tables[0]);
        fail_msg("SEED=%llu ROUNDS=1", (unsigned long long)seed);
    }
    repair(&r, family, seed);
    cfn_arena_free(r.arena);
    cfn_diagnostics_free(r.diagnostics);
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static void check_many(cfn__family family)
{
    uint64_t seed = from_environment("SEED", 1), rounds = from_environment("ROUNDS", 60);
    for (uint64_t i = 0; i < rounds; i++)
        check_one(family, seed + i);
}

static void all_planted_differences_are_found_in_mariadb(void **state)
{
    (void)state;
    NEEDS(CFN__MYSQL);
    check_many(CFN__MYSQL);
}

static void all_planted_differences_are_found_in_postgresql(void **state)
{
    (void)state;
    NEEDS(CFN__POSTGRESQL);
    check_many(CFN__POSTGRESQL);
}

static void prepare(cfn__session *s, cfn__family family, int which)
{
    if (family == CFN__MYSQL) {
        run_sql(s, "CREATE DATABASE test");
        run_sql(s, "SET sql_mode='ALLOW_INVALID_DATES', foreign_key_checks=0, autocommit=1");
        return;
    }
    run_sql(s, "CREATE SCHEMA test");
    run_sql(s, "SET search_path=public,pg_catalog");
    run_sql(s, "SET synchronous_commit=off");
    /* The order of an enum, and the numbers of its members, are not the same at both sides. */
    run_sql(s, which ? "CREATE TYPE mood AS ENUM ('happy','ok','sad')"
                     : "CREATE TYPE mood AS ENUM ('sad','ok','happy')");
    run_sql(s, "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)");
    run_sql(s, "CREATE TYPE pair AS (a integer, b text)");
}

static int start(void **state)
{
    (void)state;
    return start_servers("", "", prepare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_planted_differences_are_found_in_mariadb),
        cmocka_unit_test(all_planted_differences_are_found_in_postgresql),
    };
    return cmocka_run_group_tests(tests, start, end_servers);
}
