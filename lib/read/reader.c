/* Limits and reports that are the same for both readers. */
#include "read/reader.h"

#include "base/text.h"

#include <string.h>

/* Past this many the collection only counts; then the path, which costs a walk, is left out. */
enum { MOST_PATHS = 1000, LONGEST_SHOWN = 60 };

bool cfn__count_nodes(cfn__reader *reader, uint32_t more, cfn__place place)
{
    if (more <= CFN_MAX_NODES - reader->nodes) {
        reader->nodes += more;
        return true;
    }
    reader->stopped = true;
    cfn__reader_say(reader, CFN0011, place, "the document holds more than %d values",
                    CFN_MAX_NODES);
    cfn__hint(reader->diagnostics, "each use of an alias counts as all that it stands for");
    return false;
}

bool cfn__check_depth(cfn__reader *reader, uint32_t depth, cfn__place place)
{
    if (depth <= CFN_MAX_DEPTH)
        return true;
    reader->stopped = true;
    cfn__reader_say(reader, CFN0009, place, "lists and mappings are nested more than %d deep",
                    CFN_MAX_DEPTH);
    return false;
}

bool cfn__check_length(cfn__reader *reader, size_t length, cfn__place place)
{
    if (length <= CFN_MAX_SCALAR_BYTES)
        return true;
    reader->stopped = true;
    cfn__reader_say(reader, CFN0012, place, "a single value or key is longer than %d bytes",
                    CFN_MAX_SCALAR_BYTES);
    return false;
}

void cfn__reader_say(cfn__reader *reader, cfn_diagnostic_id id, cfn__place place,
                     const char *format, ...)
{
    reader->reported++;
    va_list arguments;
    va_start(arguments, format);
    cfn__vreport_at(reader->diagnostics, id, place, NULL, format, arguments);
    va_end(arguments);
}

typedef void report(cfn_diagnostics *, cfn_diagnostic_id, const cfn_node *, const char *, ...);

static void say_of(cfn__reader *reader, report *how, cfn_diagnostic_id id, const cfn_node *node,
                   const char *message)
{
    if (!node || cfn_arena_failed(reader->arena))
        return;
    if (reader->reported++ < MOST_PATHS)
        how(reader->diagnostics, id, node, "%s", message);
    else
        cfn__report_at(reader->diagnostics, id, node->place, NULL, "%s", message);
}

void cfn__reader_say_of(cfn__reader *reader, cfn_diagnostic_id id, const cfn_node *node,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_of(reader, cfn__report, id, node, cfn__vformat(reader->arena, format, arguments));
    va_end(arguments);
}

void cfn__reader_say_of_key(cfn__reader *reader, cfn_diagnostic_id id, const cfn_node *node,
                            const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_of(reader, cfn__report_key, id, node, cfn__vformat(reader->arena, format, arguments));
    va_end(arguments);
}

const char *cfn__shown(cfn_arena *arena, const char *text)
{
    size_t length = 0, available = strlen(text);
    while (length < LONGEST_SHOWN && length < available) {
        size_t step = cfn__utf8_length(text + length, available - length);
        length += step ? step : 1;
    }
    cfn__buffer buffer = {0};
    cfn__buffer_add_json_string(&buffer, text, length);
    const char *shown = "";
    if (!buffer.failed)
        shown = cfn__format(arena, "%s%s", buffer.text, length < available ? "..." : "");
    cfn__buffer_free(&buffer);
    return shown;
}
