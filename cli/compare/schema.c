/* cfngen compare schema: what belongs to the tables and is not the same at both sides. */
#include "../json.h"
#include "compare.h"

#include <string.h>

static void write_schemas(FILE *stream, const void *what)
{
    const cfn_compare_schema_report *r = what;
    cli_json json = {stream, false};
    json_open(&json, NULL, '{');
    json_text(&json, "verdict", cfn_compare_verdict_name(r->verdict));
    json_integer(&json, "compared", (int64_t)r->compared);
    json_open(&json, "objects", '[');
    for (size_t i = 0; i < r->object_count; i++) {
        const cfn_compare_object *o = &r->objects[i];
        json_open(&json, NULL, '{');
        json_text(&json, "change", cfn_compare_change_name(o->change));
        json_text(&json, "kind", o->kind);
        json_text(&json, "schema", o->schema);
        json_text(&json, "table", o->table);
        json_text(&json, "name", o->name);
        if (o->source)
            json_text(&json, "source", o->source);
        if (o->target)
            json_text(&json, "target", o->target);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    fputc('\n', stream);
}

/* A definition on one line, cut where it is long. */
static void print_definition(const char *side, const char *text)
{
    enum { SHOWN = 160 };
    int printed = 0;
    if (!text)
        return;
    printf("          %s  ", side);
    for (; *text && printed < SHOWN; text++, printed++)
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    puts(*text ? "..." : "");
}

static void print_schemas(const cfn_compare_schema_report *r)
{
    for (size_t i = 0; i < r->object_count; i++) {
        const cfn_compare_object *o = &r->objects[i];
        printf("%-8s  %s %s%s%s%s%s\n", cfn_compare_change_name(o->change), o->kind, o->schema,
               *o->table ? "." : "", o->table, *o->name ? "." : "", o->name);
        print_definition("source", o->source);
        print_definition("target", o->target);
    }
    printf("%zu compared, %zu differ\n", r->compared, r->object_count);
}

int cmd_compare_schema(const cli_arguments *arguments)
{
    comparison c;
    int status = begin_comparison(arguments, &c);
    cfn_compare_schema_report *report = NULL;
    if (status == STATUS_CLEAN) {
        report = cfn_compare_schemas(c.arena, c.diagnostics, &c.options);
        if (cfn_diagnostics_size(c.diagnostics))
            print_diagnostics(stderr, c.diagnostics, false);
        status = report ? STATUS_CLEAN : STATUS_TROUBLE;
    }
    if (report) {
        const char *json = option_value(arguments, "json");
        if (!json || strcmp(json, "-") != 0)
            print_schemas(report);
        status = write_json(arguments, &c, write_schemas, report);
        if (status == STATUS_CLEAN)
            status = verdict_status(report->verdict);
    }
    comparison_free(&c);
    return status;
}
