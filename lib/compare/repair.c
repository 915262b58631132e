/* Writes SQL that would make the target hold what the source holds, row by row as they are now: a
 * transaction for each table, deletions first, so that their keys are free. Each statement names
 * the values that the target has, and does nothing when they have changed meanwhile. */
#include "compare/repair.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Values of a row, in memory of their own; count: how many such rows there are. */
typedef struct values {
    cfn__buffer text;
    size_t *offsets, *lengths; /* SIZE_MAX: NULL */
    uint64_t count;
} values;

typedef struct writer {
    cfn__run *run;
    cfn__pair *pair;
    cfn__buffer sql;
    values rows[2]; /* of source and target */
    bool begun;     /* the transaction */
    uint64_t left_out;
} writer;

static cfn__family family_of(const writer *w)
{
    return w->run->source.driver->family;
}

static void hand_over(writer *w)
{
    if (!w->sql.failed && w->sql.length)
        w->run->options->repair(w->run->options->context, w->sql.text, w->sql.length);
    w->sql.length = 0;
}

static const cfn__column *own_column(const writer *w, size_t i, int side)
{
    return side ? w->pair->columns[i].target : w->pair->columns[i].source;
}

static bool take_values(values *v, const cfn__session *session, size_t count)
{
    v->text.length = 0;
    for (size_t i = 0; i < count; i++) {
        v->offsets[i] = session->cells[i] ? v->text.length : SIZE_MAX;
        v->lengths[i] = session->cells[i] ? session->lengths[i] : 0;
        cfn__buffer_add(&v->text, session->cells[i] ? session->cells[i] : "", v->lengths[i]);
    }
    return !v->text.failed;
}

/* Reads the rows of a key at one side: forms of all columns, then what is compared of them. */
static bool read_side(writer *w, const cfn__rowset *rows, size_t at, int side)
{
    cfn__session *session = side ? &w->run->target : &w->run->source;
    const cfn__side *from = side ? &w->pair->target : &w->pair->source;
    size_t columns = w->pair->column_count, next = at;
    cfn__buffer sql = {0};
    int got = -1;
    values *v = &w->rows[side];
    v->count = 0;
    for (size_t i = 0; i < columns; i++) {
        cfn__buffer_add_text(&sql, i ? "," : "SELECT ");
        cfn__add_repair_form(&sql, family_of(w), own_column(w, i, side));
    }
    for (size_t i = 0; i < columns; i++) {
        cfn__buffer_add_char(&sql, ',');
        cfn__add_value(&sql, family_of(w), session->version, own_column(w, i, side),
                       own_column(w, i, !side), false);
    }
    cfn__buffer_format(&sql, " FROM %s WHERE %s", from->from, from->condition);
    cfn__add_members(session, &sql, w->pair, rows, &next, 1);
    if (cfn__send(session, sql.failed ? NULL : sql.text) && cfn__await(session))
        while ((got = cfn__fetch(session)) > 0)
            if (v->count++ == 0 && !take_values(v, session, columns * 2))
                break;
    cfn__buffer_free(&sql);
    cfn__discard(session);
    return got == 0;
}

static const char *text_of(const values *v, size_t i)
{
    return v->offsets[i] == SIZE_MAX ? NULL : v->text.text + v->offsets[i];
}

static bool same_value(const writer *w, size_t i)
{
    const char *a = text_of(&w->rows[0], i), *b = text_of(&w->rows[1], i);
    size_t length = w->rows[0].lengths[i];
    if (!a || !b)
        return a == b;
    return length == w->rows[1].lengths[i] && memcmp(a, b, length) == 0;
}

/* Values that are computed cannot be set. */
static bool can_be_set(const writer *w, size_t i)
{
    return !w->pair->columns[i].target->generated;
}

/* MySQL sets it whenever anything else of the row is set, but not when it is set itself. */
static bool updates_itself(const writer *w, size_t i)
{
    const char *extra = w->pair->columns[i].target->extra;
    return family_of(w) == CFN__MYSQL && extra && strstr(extra, "on update");
}

static void add_condition(writer *w, size_t i)
{
    const values *v = &w->rows[1];
    cfn__add_repair_condition(&w->sql, family_of(w), w->pair->columns[i].target, text_of(v, i),
                              v->lengths[i]);
}

static void add_name(writer *w, size_t i)
{
    cfn__add_name(family_of(w), &w->sql, w->pair->columns[i].target->name);
}

static void add_value(writer *w, size_t i)
{
    const values *v = &w->rows[0];
    cfn__add_repair_literal(&w->sql, family_of(w), w->pair->columns[i].source, text_of(v, i),
                            v->lengths[i]);
}

static void add_key(writer *w, const cfn__rowset *rows, size_t at)
{
    cfn__buffer members = {0};
    cfn__add_members(&w->run->target, &members, w->pair, rows, &at, 1);
    /* It begins with " AND ". */
    cfn__buffer_format(&w->sql, " WHERE %s", members.failed ? "FALSE" : members.text + 5);
    cfn__buffer_free(&members);
}

static void delete_row(writer *w, const cfn__rowset *rows, size_t at, uint64_t count)
{
    bool keyless = w->pair->method == CFN__METHOD_KEYLESS;
    bool by_place = keyless && family_of(w) == CFN__POSTGRESQL;
    cfn__buffer_format(&w->sql, "DELETE FROM %s", w->pair->target.from);
    if (by_place) /* each partition has rows at the same places */
        cfn__buffer_format(&w->sql, " WHERE (tableoid,ctid) IN (SELECT tableoid,ctid FROM %s",
                           w->pair->target.from);
    if (keyless)
        cfn__buffer_add_text(&w->sql, " WHERE TRUE");
    else
        add_key(w, rows, at);
    for (size_t i = 0; i < w->pair->column_count; i++) {
        cfn__buffer_add_text(&w->sql, " AND ");
        add_condition(w, i);
    }
    if (keyless)
        cfn__buffer_format(&w->sql, " LIMIT %llu%s", (unsigned long long)count,
                           by_place ? ")" : "");
    cfn__buffer_add_text(&w->sql, ";\n");
}

static void insert_row(writer *w)
{
    bool mysql = family_of(w) == CFN__MYSQL;
    const char *separator = " (";
    cfn__buffer_format(&w->sql, "INSERT INTO %s", w->pair->target.from);
    for (size_t i = 0; i < w->pair->column_count; i++) {
        if (!can_be_set(w, i))
            continue;
        cfn__buffer_add_text(&w->sql, separator);
        add_name(w, i);
        separator = ",";
    }
    cfn__buffer_add_text(&w->sql, mysql ? ") VALUES" : ") OVERRIDING SYSTEM VALUE VALUES");
    separator = " (";
    for (size_t i = 0; i < w->pair->column_count; i++) {
        if (!can_be_set(w, i))
            continue;
        cfn__buffer_add_text(&w->sql, separator);
        add_value(w, i);
        separator = ",";
    }
    cfn__buffer_add_text(&w->sql, ");\n");
}

static void update_row(writer *w, const cfn__rowset *rows, size_t at)
{
    const char *separator = " SET ";
    size_t columns = w->pair->column_count, set = 0;
    for (size_t i = 0; i < columns; i++)
        set += !same_value(w, columns + i) && can_be_set(w, i);
    if (!set) {
        w->left_out++;
        return;
    }
    cfn__buffer_format(&w->sql, "UPDATE %s", w->pair->target.from);
    for (size_t i = 0; i < columns; i++) {
        if ((same_value(w, columns + i) && !updates_itself(w, i)) || !can_be_set(w, i))
            continue;
        cfn__buffer_add_text(&w->sql, separator);
        add_name(w, i);
        cfn__buffer_add_char(&w->sql, '=');
        add_value(w, i);
        separator = ",";
    }
    add_key(w, rows, at);
    for (size_t i = 0; i < columns; i++) {
        if (same_value(w, columns + i))
            continue;
        cfn__buffer_add_text(&w->sql, " AND ");
        add_condition(w, i);
    }
    cfn__buffer_add_text(&w->sql, ";\n");
}

/* The statements of one pass: deletions, changes, insertions. */
static void add_statements(writer *w, const cfn__rowset *rows, size_t at, int pass)
{
    uint64_t source = w->rows[0].count, target = w->rows[1].count;
    bool changed = source && target && w->pair->method != CFN__METHOD_KEYLESS;
    if (pass == 0 && target > source && !changed)
        delete_row(w, rows, at, target - source);
    if (pass == 1 && changed)
        update_row(w, rows, at);
    for (uint64_t i = target; pass == 2 && i < source && !changed; i++)
        insert_row(w);
}

/* A name may hold a line break, and what follows would be run. */
static void add_to_comment(cfn__buffer *sql, const char *text)
{
    for (; *text; text++)
        cfn__buffer_add_char(sql, (unsigned char)*text < ' ' ? '?' : *text);
}

static void begin(writer *w)
{
    cfn__buffer_add_text(&w->sql, "\n-- ");
    add_to_comment(&w->sql, w->pair->target_schema);
    cfn__buffer_add_char(&w->sql, '.');
    add_to_comment(&w->sql, w->pair->target_name);
    cfn__buffer_format(&w->sql, "\n%s;\n",
                       family_of(w) == CFN__MYSQL ? "START TRANSACTION" : "BEGIN");
    w->begun = true;
    hand_over(w);
}

static bool write_rows(writer *w, const cfn__rowset *rows)
{
    static const cfn_compare_change wanted[] = {CFN_COMPARE_EXTRA, CFN_COMPARE_CHANGED,
                                                CFN_COMPARE_MISSING};
    bool keyless = w->pair->method == CFN__METHOD_KEYLESS;
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < rows->count; i++) {
            if (!keyless && rows->rows[i]->mark != wanted[pass])
                continue;
            unsigned tries = 0;
            while (!read_side(w, rows, i, 0) || !read_side(w, rows, i, 1))
                if (cfn__must_stop(&w->run->control) || !cfn__recover(w->run, w->pair, &tries))
                    return false;
            add_statements(w, rows, i, pass);
            if (w->sql.failed)
                return false;
            hand_over(w);
        }
    return true;
}

static bool make_room(values *v, size_t columns)
{
    v->offsets = calloc(columns * 2 + 1, sizeof *v->offsets);
    v->lengths = calloc(columns * 2 + 1, sizeof *v->lengths);
    return v->offsets && v->lengths;
}

static void free_values(values *v)
{
    free(v->offsets);
    free(v->lengths);
    cfn__buffer_free(&v->text);
}

static void repair_table(cfn__run *run, cfn__todo *todo)
{
    writer w = {.run = run, .pair = todo->pair};
    bool ready = make_room(&w.rows[0], todo->pair->column_count) &&
                 make_room(&w.rows[1], todo->pair->column_count);
    begin(&w);
    bool whole = ready && write_rows(&w, &todo->confirmed);
    cfn__buffer_free(&w.sql);
    w.sql = (cfn__buffer){0};
    cfn__buffer_add_text(&w.sql,
                         whole ? "COMMIT;\n" : "-- The rest could not be read.\nROLLBACK;\n");
    hand_over(&w);
    if (!whole || w.left_out)
        cfn__remark(run->arena, todo->pair->report, CFN_COMPARE_NOTE,
                    whole ? "%llu rows differ in computed columns alone: there is no SQL that "
                            "repairs them"
                          : "the SQL that would repair it could not be written",
                    (unsigned long long)w.left_out);
    free_values(&w.rows[0]);
    free_values(&w.rows[1]);
    cfn__buffer_free(&w.sql);
}

/* So that texts mean the same as when they were read. */
static const char *preamble(cfn__family family)
{
    if (family == CFN__MYSQL)
        return "SET NAMES utf8mb4;\nSET SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO', "
               "time_zone='+00:00';\n";
    return "SET client_encoding='UTF8';\nSET standard_conforming_strings=on;\nSET TimeZone='UTC';\n"
           "SET DateStyle='ISO';\nSET IntervalStyle='iso_8601';\nSET extra_float_digits=3;\n"
           "SET bytea_output='hex';\nSET lc_monetary='C';\n";
}

void cfn__repair(cfn__run *run)
{
    cfn__buffer text = {0};
    cfn__buffer_add_text(&text, "-- Makes ");
    add_to_comment(&text, run->target_url.shown);
    cfn__buffer_add_text(&text, "\n-- hold what ");
    add_to_comment(&text, run->source_url.shown);
    cfn__buffer_format(&text,
                       " held.\n-- It holds data of both. Read it before you run it, and compare "
                       "again afterwards.\n%s",
                       preamble(run->source.driver->family));
    if (!text.failed)
        run->options->repair(run->options->context, text.text, text.length);
    cfn__buffer_free(&text);
    for (run->at = 0; run->at < run->shared->todo_count; run->at++)
        if (run->shared->todos[run->at].confirmed.count)
            repair_table(run, &run->shared->todos[run->at]);
}
