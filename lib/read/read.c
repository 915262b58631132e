/* Reading a text: what is checked before a format's own reader sees it, and which one that is. */
#include "read/reader.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

/* The offset of the first byte that is not UTF-8, or the length. Most text is ASCII: eight bytes
 * are looked at in one go. */
static size_t valid_utf8(const char *text, size_t length, bool *ascii)
{
    size_t i = 0;
    *ascii = true;
    while (i < length) {
        uint64_t eight;
        if (length - i >= sizeof eight) {
            memcpy(&eight, text + i, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                i += sizeof eight;
                continue;
            }
        }
        size_t step = cfn__utf8_length(text + i, length - i);
        if (!step)
            return i;
        *ascii = *ascii && step == 1;
        i += step;
    }
    return length;
}

static bool is_blank(const char *text, size_t length)
{
    while (length && strchr(" \t\r\n", text[length - 1]))
        length--;
    return !length;
}

static bool is_utf16(const char *text, size_t length)
{
    if (length < 2)
        return false;
    return memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0 ||
           (!text[0] != !text[1]);
}

/* CFN0004 to CFN0007: what can be said without knowing the format. */
static bool check_text(cfn__reader *reader, const char *text, size_t length)
{
    cfn__place whole = {.source = reader->source};
    if (length > CFN_MAX_INPUT_BYTES) {
        cfn__reader_say(reader, CFN0004, whole, "the input is larger than %d bytes",
                        CFN_MAX_INPUT_BYTES);
        return false;
    }
    if (is_utf16(text, length)) {
        cfn__reader_say(reader, CFN0005, whole, "the text is UTF-16, not UTF-8");
        cfn__hint(reader->diagnostics, "save the file as UTF-8");
        return false;
    }
    size_t valid = valid_utf8(text, length, &reader->ascii);
    const char *nul = memchr(text, '\0', valid);
    cfn__source shown = {reader->source->file, text, length};
    if (nul) {
        cfn__place place = cfn__place_of_offset(&shown, (size_t)(nul - text));
        cfn__reader_say(reader, CFN0006, place, "a NUL character stands in the text");
        cfn__hint(reader->diagnostics,
                  "is this a text file? YAML and JSON cannot hold the character");
    } else if (valid < length) {
        cfn__place place = cfn__place_of_offset(&shown, valid);
        cfn__reader_say(reader, CFN0005, place, "the byte 0x%02x is not UTF-8",
                        (unsigned char)text[valid]);
        cfn__hint(reader->diagnostics, "save the file as UTF-8");
    } else if (is_blank(text, length)) {
        cfn__reader_say(reader, CFN0007, whole, "the document is empty");
    } else {
        return true;
    }
    return false;
}

static bool has_extension(const char *file, const char *extension)
{
    const char *dot = strrchr(file, '.');
    return dot && strcasecmp(dot, extension) == 0;
}

static cfn_format format_of(const cfn__source *source)
{
    if (has_extension(source->file, ".json"))
        return CFN_FORMAT_JSON;
    if (has_extension(source->file, ".yaml") || has_extension(source->file, ".yml"))
        return CFN_FORMAT_YAML;
    char first = source->text[strspn(source->text, " \t\r\n")];
    return first == '{' || first == '[' ? CFN_FORMAT_JSON : CFN_FORMAT_YAML;
}

static void check_root(cfn__reader *reader, const cfn_node *root)
{
    if (!root || reader->stopped || cfn__is_map(root) ||
        (reader->dialect && reader->dialect->any_root))
        return;
    cfn__reader_say(reader, CFN0008, root->place, "the root of the document is %s, not a mapping",
                    cfn__kind_name(root->kind));
    if (!reader->dialect)
        cfn__hint(reader->diagnostics, "a template is a mapping of sections such as Resources");
}

static cfn_node *read_checked(cfn__reader *reader, cfn_format format)
{
    if (format == CFN_FORMAT_AUTO)
        format = format_of(reader->source);
    cfn_node *root = format == CFN_FORMAT_JSON ? cfn__read_json(reader) : cfn__read_yaml(reader);
    check_root(reader, root);
    return root;
}

cfn_node *cfn_read_text(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *file,
                        const char *text, size_t length, cfn_format format)
{
    return cfn__read_dialect(arena, diagnostics, file, text, length, format, NULL);
}

cfn_node *cfn__read_dialect(cfn_arena *arena, cfn_diagnostics *diagnostics, const char *file,
                            const char *text, size_t length, cfn_format format,
                            const cfn__dialect *dialect)
{
    size_t errors = cfn_diagnostics_count(diagnostics, CFN_ERROR);
    cfn_node *root = NULL;
    cfn__source *source = CFN__NEW(arena, cfn__source);
    if (source) {
        cfn__reader reader = {
            .arena = arena, .diagnostics = diagnostics, .source = source, .dialect = dialect};
        size_t mark = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        *source = (cfn__source){.file = cfn__strdup(arena, file)};
        bool good = check_text(&reader, text + mark, length - mark);
        if (good) {
            source->text = cfn__strndup(arena, text + mark, length - mark);
            source->length = length - mark;
        }
        if (good && !cfn_arena_failed(arena))
            root = read_checked(&reader, format);
    }
    if (cfn_arena_failed(arena)) {
        cfn__report_no_memory(diagnostics);
        return NULL;
    }
    return cfn_diagnostics_count(diagnostics, CFN_ERROR) == errors ? root : NULL;
}
