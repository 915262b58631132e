/* Diagnostics in order, as text with caret and hint, and as JSON lines. */
#include "base/buffer.h"
#include "base/diagnostics_private.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_files(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare(const void *left, const void *right)
{
    const cfn__entry *a = left, *b = right;
    const cfn_mark *am = &a->diagnostic.mark, *bm = &b->diagnostic.mark;
    int order = compare_files(am->file, bm->file);
    if (!order)
        order = compare_numbers(am->line, bm->line);
    if (!order)
        order = compare_numbers(am->column, bm->column);
    return order ? order : compare_numbers(a->order, b->order);
}

static void finish(cfn_diagnostics *d)
{
    d->last = NULL;
    if (!d->sorted && d->size)
        qsort(d->items, d->size, sizeof *d->items, compare);
    d->sorted = true;
}

static bool out_of_memory(const cfn_diagnostics *d)
{
    return d->no_memory || cfn_arena_failed(d->arena);
}

size_t cfn_diagnostics_size(const cfn_diagnostics *d)
{
    return d->size + (d->left_out > 0) + out_of_memory(d);
}

/* The two that are about the collection itself stand after all others. */
static const cfn_diagnostic *about_itself(cfn_diagnostics *d, size_t index)
{
    static const cfn_diagnostic no_memory = {
        .id = CFN0001, .path = "[]", .message = "memory is out", .hint = "", .source_line = ""};
    static const cfn_diagnostic more = {.id = CFN0013,
                                        .severity = CFN_NOTE,
                                        .path = "[]",
                                        .message = "there are more diagnostics than these",
                                        .hint = "mend these first",
                                        .source_line = ""};
    if (d->left_out && index-- == 0)
        return &more;
    return out_of_memory(d) && index == 0 ? &no_memory : NULL;
}

const cfn_diagnostic *cfn_diagnostics_at(cfn_diagnostics *d, size_t index)
{
    finish(d);
    return index < d->size ? &d->items[index].diagnostic : about_itself(d, index - d->size);
}

/* Text of the input may hold what commands a terminal, or ends the line. */
static void add_visible(cfn__buffer *b, const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < ' ' || c == 0x7f)
            cfn__buffer_format(b, "\\u%04x", (unsigned)c);
        else
            cfn__buffer_add_char(b, *p);
    }
}

static void add_place(cfn__buffer *b, const cfn_mark *mark)
{
    if (!mark->file)
        return;
    add_visible(b, mark->file);
    if (mark->line)
        cfn__buffer_format(b, ":%u", mark->line);
    if (mark->line && mark->column)
        cfn__buffer_format(b, ":%u", mark->column);
    cfn__buffer_add_text(b, ": ");
}

/* The line as it is, so that the caret finds its column, but for what commands a terminal. */
static void add_source_line(cfn__buffer *b, const cfn_diagnostic *d)
{
    cfn__buffer_format(b, "%5u | ", d->mark.line);
    for (const char *p = d->source_line; *p; p++) {
        unsigned char c = (unsigned char)*p;
        cfn__buffer_add_char(b, (c < ' ' && c != '\t') || c == 0x7f ? '?' : *p);
    }
    cfn__buffer_add_text(b, "\n      | ");
}

/* Puts the caret under its column: tabs stay tabs, so that it lines up however wide they are. */
static void add_caret(cfn__buffer *b, const cfn_diagnostic *d, const char *colour,
                      const char *plain)
{
    const char *p = d->source_line;
    for (uint32_t column = 1; column < d->mark.column && *p; column++) {
        cfn__buffer_add_char(b, *p == '\t' ? '\t' : ' ');
        p += cfn__utf8_length(p, strlen(p));
    }
    cfn__buffer_format(b, "%s^", colour);
    uint32_t width = 1;
    if (d->mark.end_line == d->mark.line && d->mark.end_column > d->mark.column)
        width = d->mark.end_column - d->mark.column;
    for (uint32_t i = 1; i < width && *p; i++) {
        p += cfn__utf8_length(p, strlen(p));
        if (*p)
            cfn__buffer_add_char(b, '~');
    }
    cfn__buffer_format(b, "%s\n", plain);
}

static void add_text(cfn__buffer *b, const cfn_diagnostic *d, bool colours)
{
    static const char *const shades[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    const char *colour = colours ? shades[d->severity] : "";
    const char *bold = colours ? "\033[1m" : "", *plain = colours ? "\033[0m" : "";
    cfn__buffer_add_text(b, bold);
    add_place(b, &d->mark);
    cfn__buffer_format(b, "%s%s %s%s: ", colour, cfn_severity_name(d->severity),
                       cfn_diagnostic_name(d->id), plain);
    add_visible(b, d->message);
    cfn__buffer_add_char(b, '\n');
    if (*d->source_line && d->mark.column) {
        add_source_line(b, d);
        add_caret(b, d, colour, plain);
    }
    if (*d->hint) {
        cfn__buffer_add_text(b, "      = hint: ");
        add_visible(b, d->hint);
        cfn__buffer_add_char(b, '\n');
    }
}

static void add_json_text(cfn__buffer *b, const char *key, const char *text)
{
    cfn__buffer_format(b, ",\"%s\":", key);
    cfn__buffer_add_json_string(b, text, strlen(text));
}

static void add_json(cfn__buffer *b, const cfn_diagnostic *d)
{
    cfn__buffer_format(b, "{\"id\":\"%s\",\"severity\":\"%s\"", cfn_diagnostic_name(d->id),
                       cfn_severity_name(d->severity));
    add_json_text(b, "file", d->mark.file ? d->mark.file : "");
    cfn__buffer_format(b, ",\"line\":%u,\"column\":%u,\"endLine\":%u,\"endColumn\":%u,\"path\":%s",
                       d->mark.line, d->mark.column, d->mark.end_line, d->mark.end_column, d->path);
    add_json_text(b, "message", d->message);
    add_json_text(b, "hint", d->hint);
    cfn__buffer_add_text(b, "}\n");
}

static const char *kept(cfn_diagnostics *d, cfn__buffer *b)
{
    const char *text = NULL;
    if (!b->failed)
        text = cfn__strndup(d->arena, b->text ? b->text : "", b->length);
    cfn__buffer_free(b);
    return cfn_arena_failed(d->arena) ? NULL : text;
}

const char *cfn_diagnostics_text(cfn_diagnostics *d, bool colours)
{
    cfn__buffer b = {0};
    for (size_t i = 0; i < cfn_diagnostics_size(d); i++)
        add_text(&b, cfn_diagnostics_at(d, i), colours);
    return kept(d, &b);
}

const char *cfn_diagnostics_json(cfn_diagnostics *d)
{
    cfn__buffer b = {0};
    for (size_t i = 0; i < cfn_diagnostics_size(d); i++)
        add_json(&b, cfn_diagnostics_at(d, i));
    return kept(d, &b);
}
