/* Collecting diagnostics, and the table of their ids. Rendering is in diagnostics_render.c. */
#include "base/diagnostics.h"

#include "base/allocate.h"
#include "base/diagnostics_private.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 400 };

#define TITLE(id, severity, title) {#id, CFN_##severity, title},
static const struct {
    const char *name;
    cfn_severity severity;
    const char *title;
} kinds[] = {CFN_DIAGNOSTIC_IDS(TITLE)};
#undef TITLE

const char *cfn_diagnostic_name(cfn_diagnostic_id id)
{
    return kinds[id].name;
}

const char *cfn_diagnostic_title(cfn_diagnostic_id id)
{
    return kinds[id].title;
}

cfn_severity cfn_diagnostic_severity(cfn_diagnostic_id id)
{
    return kinds[id].severity;
}

cfn_diagnostic_id cfn_diagnostic_find(const char *name)
{
    int id = 0;
    while (id < CFN_DIAGNOSTIC_COUNT && strcmp(kinds[id].name, name) != 0)
        id++;
    return (cfn_diagnostic_id)id;
}

const char *cfn_severity_name(cfn_severity severity)
{
    static const char *const names[] = {"error", "warning", "note"};
    return names[severity];
}

cfn_diagnostics *cfn_diagnostics_new(void)
{
    cfn_diagnostics *diagnostics = cfn__calloc(1, sizeof *diagnostics);
    if (!diagnostics)
        return NULL;
    diagnostics->arena = cfn_arena_new();
    if (!diagnostics->arena) {
        cfn__free(diagnostics);
        return NULL;
    }
    return diagnostics;
}

void cfn_diagnostics_free(cfn_diagnostics *diagnostics)
{
    if (!diagnostics)
        return;
    cfn_arena_free(diagnostics->arena);
    cfn__free(diagnostics->items);
    cfn__free(diagnostics);
}

size_t cfn_diagnostics_count(const cfn_diagnostics *diagnostics, cfn_severity severity)
{
    bool no_memory = diagnostics->no_memory || cfn_arena_failed(diagnostics->arena);
    return diagnostics->counts[severity] + (severity == CFN_ERROR && no_memory);
}

static bool make_room(cfn_diagnostics *d)
{
    if (d->size < d->capacity)
        return true;
    size_t capacity = d->capacity ? d->capacity * 2 : 16;
    cfn__entry *items = cfn__realloc(d->items, capacity * sizeof *items);
    if (!items) {
        d->no_memory = true;
        return false;
    }
    d->items = items;
    d->capacity = capacity;
    return true;
}

/* The text of one line, cut to what a person can read. */
static const char *line_text(cfn_arena *arena, cfn__place place)
{
    if (!place.source || !place.source->text || !place.line)
        return "";
    const char *start = place.source->text, *end = start + place.source->length;
    for (uint32_t line = 1; line < place.line && start < end; line++) {
        const char *newline = memchr(start, '\n', (size_t)(end - start));
        start = newline ? newline + 1 : end;
    }
    size_t length = 0;
    while (start + length < end && start[length] != '\n' && start[length] != '\r' &&
           length < LONGEST_LINE) {
        size_t step = cfn__utf8_length(start + length, (size_t)(end - start) - length);
        if (!step || !start[length])
            break;
        length += step;
    }
    return cfn__strndup(arena, start, length);
}

static const char *file_text(cfn_diagnostics *d, const char *file)
{
    for (size_t i = d->size; i-- > 0;)
        if (d->items[i].diagnostic.mark.file && strcmp(d->items[i].diagnostic.mark.file, file) == 0)
            return d->items[i].diagnostic.mark.file;
    return cfn__strdup(d->arena, file);
}

/* A text for people. What a format cuts it may cut in the middle of a character: that is taken out.
 */
static const char *say(cfn_diagnostics *d, const char *format, va_list arguments)
{
    char *text = cfn__vformat(d->arena, format, arguments), *to = text;
    size_t left = strlen(text);
    for (const char *from = text; left;) {
        size_t step = cfn__utf8_length(from, left);
        if (step && to != from)
            memmove(to, from, step);
        to += step;
        from += step ? step : 1;
        left -= step ? step : 1;
    }
    if (*to)
        *to = '\0';
    return text;
}

/* One mistake is told once, also when it shows in several resources that a construct makes. */
static bool is_told(const cfn_diagnostics *d, cfn_diagnostic_id id, cfn__place place,
                    const char *message)
{
    for (size_t i = place.source && place.line ? d->size : 0; i-- > 0;) {
        const cfn_diagnostic *other = &d->items[i].diagnostic;
        if (other->id == id && other->mark.line == place.line &&
            other->mark.column == place.column && strcmp(other->message, message) == 0 &&
            other->mark.file && strcmp(other->mark.file, place.source->file) == 0)
            return true;
    }
    return false;
}

void cfn__vreport_at(cfn_diagnostics *d, cfn_diagnostic_id id, cfn__place place, const char *path,
                     const char *format, va_list arguments)
{
    cfn_severity severity = cfn_diagnostic_severity(id);
    d->last = NULL;
    if (d->size >= CFN__MOST_DIAGNOSTICS) {
        d->counts[severity]++;
        d->left_out++;
        return;
    }
    if (!make_room(d))
        return;
    const char *message = say(d, format, arguments);
    if (is_told(d, id, place, message))
        return;
    d->counts[severity]++;
    cfn_diagnostic diagnostic = {
        .id = id,
        .severity = severity,
        .mark = {place.source ? file_text(d, place.source->file) : NULL, place.line, place.column,
                 place.end_line, place.end_column},
        .path = path ? cfn__strdup(d->arena, path) : "[]",
        .message = message,
        .hint = "",
        .source_line = line_text(d->arena, place),
    };
    d->items[d->size] = (cfn__entry){diagnostic, d->size};
    d->last = &d->items[d->size++].diagnostic;
    d->sorted = false;
}

void cfn__report_at(cfn_diagnostics *diagnostics, cfn_diagnostic_id id, cfn__place place,
                    const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cfn__vreport_at(diagnostics, id, place, path, format, arguments);
    va_end(arguments);
}

void cfn__hint(cfn_diagnostics *diagnostics, const char *format, ...)
{
    if (!diagnostics->last)
        return;
    va_list arguments;
    va_start(arguments, format);
    diagnostics->last->hint = say(diagnostics, format, arguments);
    va_end(arguments);
}

void cfn__hint_nearest(cfn_diagnostics *diagnostics, const char *nearest)
{
    if (nearest)
        cfn__hint(diagnostics, "did you mean %s?", nearest);
}

void cfn__report_no_memory(cfn_diagnostics *diagnostics)
{
    diagnostics->no_memory = true;
}

cfn__place cfn__place_of_offset(const cfn__source *source, size_t offset)
{
    cfn__place place = {source, 1, 1, 0, 0};
    size_t line_start = 0;
    for (size_t i = 0; i < offset && i < source->length; i++) {
        if (source->text[i] == '\n') {
            place.line++;
            line_start = i + 1;
        }
    }
    if (offset > source->length)
        offset = source->length;
    place.column = cfn__utf8_count(source->text + line_start, offset - line_start) + 1;
    return place;
}

void cfn__diagnostics_filter(cfn_diagnostics *d, bool (*drop)(void *, const cfn_diagnostic *),
                             void *context)
{
    size_t kept = 0;
    for (size_t i = 0; i < d->size; i++) {
        if (drop(context, &d->items[i].diagnostic))
            d->counts[d->items[i].diagnostic.severity]--;
        else
            d->items[kept++] = d->items[i];
    }
    d->size = kept;
    d->last = NULL;
}
