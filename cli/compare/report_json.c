/* The report of a comparison as JSON. */
#include "../json.h"
#include "compare.h"

#include <cfngen/write.h>
#include <stdlib.h>
#include <string.h>

static void put_text(cli_json *json, const char *key, const char *text)
{
    if (text)
        json_text(json, key, text);
    else
        json_null(json, key);
}

static void write_remarks(cli_json *json, const cfn_compare_table *t)
{
    static const char *const kinds[] = {"note", "uncompared", "structure"};
    json_open(json, "remarks", '[');
    for (const cfn_compare_remark *r = t->remarks; r; r = r->next) {
        json_open(json, NULL, '{');
        json_text(json, "kind", kinds[r->kind]);
        json_text(json, "text", r->text);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_cells(cli_json *json, const cfn_compare_difference *d, bool values)
{
    json_open(json, "columns", '[');
    for (size_t i = 0; i < d->cell_count; i++) {
        const cfn_compare_cell *c = &d->cells[i];
        json_open(json, NULL, '{');
        json_text(json, "column", c->column);
        json_text(json, "reason", c->reason);
        json_integer(json, "sourceLength", (int64_t)c->source_length);
        json_integer(json, "targetLength", (int64_t)c->target_length);
        if (values) {
            put_text(json, "source", c->source);
            put_text(json, "target", c->target);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_difference(cli_json *json, const cfn_compare_table *t,
                             const cfn_compare_difference *d, bool values)
{
    json_open(json, NULL, '{');
    json_text(json, "change", cfn_compare_change_name(d->change));
    json_open(json, "key", '{');
    for (size_t i = 0; i < d->key_count; i++)
        put_text(json, t->key_count ? t->key[i] : "hash", d->key[i]);
    json_close(json, '}');
    if (d->source_count || d->target_count) {
        json_integer(json, "sourceCount", (int64_t)d->source_count);
        json_integer(json, "targetCount", (int64_t)d->target_count);
    }
    write_cells(json, d, values);
    json_close(json, '}');
}

static void write_numbers(cli_json *json, const cfn_compare_table *t)
{
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {{"estimatedRows", t->estimated_rows},
                   {"sourceRows", t->source_rows},
                   {"targetRows", t->target_rows},
                   {"chunks", t->chunks},
                   {"suspects", t->suspects},
                   {"settled", t->settled},
                   {"busy", t->busy},
                   {"missing", t->missing},
                   {"extra", t->extra},
                   {"changed", t->changed}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_integer(json, numbers[i].key, (int64_t)numbers[i].value);
    json_number(json, "seconds", t->seconds);
}

static void write_table(cli_json *json, const cfn_compare_table *t, bool values)
{
    json_open(json, NULL, '{');
    json_text(json, "schema", t->schema);
    json_text(json, "table", t->name);
    json_text(json, "targetSchema", t->target_schema);
    json_text(json, "targetTable", t->target_name);
    json_text(json, "verdict", cfn_compare_verdict_name(t->verdict));
    json_text(json, "method", t->method);
    json_text(json, "mode", t->mode);
    json_open(json, "key", '[');
    for (size_t i = 0; i < t->key_count; i++)
        json_text(json, NULL, t->key[i]);
    json_close(json, ']');
    write_numbers(json, t);
    write_remarks(json, t);
    json_open(json, "differences", '[');
    for (const cfn_compare_difference *d = t->differences; d; d = d->next)
        write_difference(json, t, d, values);
    json_close(json, ']');
    json_close(json, '}');
}

static void write_all(FILE *stream, const void *what)
{
    const comparison *c = what;
    const cfn_compare_report *r = c->report;
    cli_json json = {stream, false};
    json_open(&json, NULL, '{');
    json_text(&json, "verdict", cfn_compare_verdict_name(r->verdict));
    json_text(&json, "source", r->source);
    json_text(&json, "target", r->target);
    json_text(&json, "sourceVersion", r->source_version);
    json_text(&json, "targetVersion", r->target_version);
    json_number(&json, "seconds", r->seconds);
    if (c->gate)
        write_gate(&json, c);
    json_open(&json, "tables", '[');
    for (size_t i = 0; i < r->table_count; i++)
        write_table(&json, r->tables[i], c->options.show_values);
    json_close(&json, ']');
    json_close(&json, '}');
    fputc('\n', stream);
}

int write_json(const cli_arguments *arguments, comparison *c,
               void (*write)(FILE *stream, const void *what), const void *what)
{
    const char *path = option_value(arguments, "json");
    char *text = NULL;
    size_t length = 0;
    if (!path)
        return STATUS_CLEAN;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        return out_of_memory();
    write(stream, what);
    bool written = fclose(stream) == 0;
    if (!written)
        out_of_memory();
    else if (!cfn_write_file(c->diagnostics, path, text, length)) {
        print_diagnostics(stderr, c->diagnostics, false);
        written = false;
    }
    free(text);
    return written ? STATUS_CLEAN : STATUS_TROUBLE;
}

int write_report(const cli_arguments *arguments, comparison *c)
{
    return write_json(arguments, c, write_all, c);
}
