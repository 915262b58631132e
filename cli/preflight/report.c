/* The report of a preflight, as text and as JSON. */
#include "../json.h"
#include "preflight.h"

enum { INDENT = 9, SHOWN = 10 };

static void print_line(const char *label, const char *text)
{
    int length = printf("%*s%s", INDENT, "", label);
    print_wrapped(stdout, text, length, INDENT + 2);
}

/* What is well takes one line. */
static void print_result(const cfn_preflight_result *r)
{
    int length = printf("%-8s %s: ", cfn_preflight_verdict_name(r->verdict), r->check->id);
    print_wrapped(stdout, *r->found ? r->found : "-", length, INDENT + 2);
    if (r->verdict == CFN_PREFLIGHT_PASS)
        return;
    for (size_t i = 0; i < r->object_count && i < SHOWN; i++)
        print_line("- ", r->objects[i]);
    if (r->objects_in_all > SHOWN)
        printf("%*s- and %zu more (--json lists %zu)\n", INDENT, "", r->objects_in_all - SHOWN,
               r->object_count);
    print_line("", r->check->why);
    print_line("> ", r->check->advice);
    printf("%*s%s\n", INDENT, "", r->check->rule);
}

static void print_lob_settings(const cfn_preflight_report *r)
{
    if (!r->lob_count)
        return;
    puts("\nFor Properties of Cfngen::DMS::ReplicationTask:\n"
         "Settings:\n"
         "  TargetMetadata:\n"
         "    SupportLobs: true");
    if (r->lob_max_kb)
        printf("    LimitedSizeLobMode: true\n    FullLobMode: false\n    LobMaxSize: %llu\n",
               (unsigned long long)r->lob_max_kb);
    else
        puts("    LimitedSizeLobMode: false\n    FullLobMode: true");
    if (r->lob_max_kb)
        printf("# %llu KB is the largest that was measured, and what comes later may be larger:\n"
               "# full LOB mode cuts nothing, is slower, and needs a primary key.\n",
               (unsigned long long)r->largest_kb);
    else
        puts("# Values are larger than limited mode should carry; full mode needs a primary key.");
}

void print_preflight(const cfn_preflight_report *report)
{
    static const cfn_preflight_verdict order[] = {CFN_PREFLIGHT_FAIL, CFN_PREFLIGHT_UNKNOWN,
                                                  CFN_PREFLIGHT_WARN, CFN_PREFLIGHT_PASS};
    static const char *const words[] = {"READY", "READY, with warnings", "INCOMPLETE", "NOT READY"};
    size_t counts[4] = {0};
    printf("source  %s (%s, %s)\n", report->source, report->source_version, report->platform);
    if (report->target)
        printf("target  %s (%s)\n", report->target, report->target_version);
    putchar('\n');
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < report->result_count; i++)
            if (report->results[i].verdict == order[k]) {
                print_result(&report->results[i]);
                counts[order[k]]++;
            }
    print_lob_settings(report);
    printf("\n%s: %zu tables, %zu checks: %zu fail, %zu unknown, %zu warn, %zu pass\n",
           words[report->verdict], report->table_count, report->result_count,
           counts[CFN_PREFLIGHT_FAIL], counts[CFN_PREFLIGHT_UNKNOWN], counts[CFN_PREFLIGHT_WARN],
           counts[CFN_PREFLIGHT_PASS]);
}

static void write_result(cli_json *json, const cfn_preflight_result *r)
{
    json_open(json, NULL, '{');
    json_text(json, "id", r->check->id);
    json_text(json, "verdict", cfn_preflight_verdict_name(r->verdict));
    json_text(json, "side", r->check->side);
    json_text(json, "what", r->check->what);
    json_text(json, "found", r->found);
    json_open(json, "objects", '[');
    for (size_t i = 0; i < r->object_count; i++)
        json_text(json, NULL, r->objects[i]);
    json_close(json, ']');
    json_integer(json, "objectsInAll", (int64_t)r->objects_in_all);
    json_text(json, "why", r->check->why);
    json_text(json, "advice", r->check->advice);
    json_text(json, "rule", r->check->rule);
    json_close(json, '}');
}

static void write_lob(cli_json *json, const cfn_preflight_lob *l)
{
    json_open(json, NULL, '{');
    json_text(json, "schema", l->schema);
    json_text(json, "table", l->table);
    json_text(json, "column", l->column);
    json_text(json, "type", l->type);
    json_integer(json, "bytes", (int64_t)l->bytes);
    json_integer(json, "neededKb", (int64_t)l->needed_kb);
    json_integer(json, "rows", (int64_t)l->rows);
    json_boolean(json, "allRows", l->all);
    if (l->problem)
        json_text(json, "problem", l->problem);
    json_close(json, '}');
}

void print_preflight_json(const cfn_preflight_report *report)
{
    cli_json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_text(&json, "verdict", cfn_preflight_verdict_name(report->verdict));
    json_text(&json, "source", report->source);
    json_text(&json, "sourceVersion", report->source_version);
    json_text(&json, "platform", report->platform);
    if (report->target) {
        json_text(&json, "target", report->target);
        json_text(&json, "targetVersion", report->target_version);
    }
    json_integer(&json, "tables", (int64_t)report->table_count);
    json_open(&json, "checks", '[');
    for (size_t i = 0; i < report->result_count; i++)
        write_result(&json, &report->results[i]);
    json_close(&json, ']');
    json_open(&json, "lobs", '[');
    for (size_t i = 0; i < report->lob_count; i++)
        write_lob(&json, &report->lobs[i]);
    json_close(&json, ']');
    json_integer(&json, "lobMaxSize", (int64_t)report->lob_max_kb);
    json_integer(&json, "largestLobKb", (int64_t)report->largest_kb);
    json_number(&json, "seconds", report->seconds);
    json_close(&json, '}');
    putchar('\n');
}
