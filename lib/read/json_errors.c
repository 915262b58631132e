/* What jansson refuses, said so that it helps: the place of the mistake and how to mend it. */
#include "read/json.h"

#include "base/text.h"
#include "read/json_tokens.h"

#include <string.h>

typedef struct finding {
    cfn__reader *reader;
    const cfn__source *source;
    const json_error_t *error;
    cfn__json_context context;
    char first; /* of the token at the error */
} finding;

static cfn__place place_of(const cfn__source *source, cfn__token token)
{
    cfn__place place = cfn__place_of_offset(source, token.start);
    place.end_line = place.line;
    place.end_column =
        place.column + cfn__utf8_count(source->text + token.start, token.end - token.start);
    return place;
}

static const char *text_of(const finding *f, cfn__token token)
{
    cfn_arena *arena = f->reader->arena;
    return cfn__strndup(arena, f->source->text + token.start, token.end - token.start);
}

/* Problems that jansson names so well that its words decide. Of those inside a string, it stops in
 * front of the bad character or just behind it. */
typedef enum where { AT_TOKEN, AT_CHARACTER, AFTER_CHARACTER } where;
static const struct {
    const char *said;
    cfn_diagnostic_id id;
    where where;
    const char *message, *hint;
} named[] = {
    {"unexpected newline", CFN0101, AT_TOKEN, "the string that begins here is not closed",
     "close it with \" on the same line; a line break inside a string is written \\n"},
    {"control character", CFN0101, AT_CHARACTER, "a control character stands in a string",
     "write \\t for a tab and \\u00XX for others"},
    {"invalid escape", CFN0101, AFTER_CHARACTER, "JSON has no such escape",
     "a backslash itself is written \\\\"},
    {"invalid Unicode", CFN0101, AT_TOKEN, "a \\u escape in this string is not a character",
     "past U+FFFF two escapes make one character: \\ud83d\\ude00"},
    {"\\u0000 is not allowed", CFN0006, AT_TOKEN, "\\u0000 stands in this string", ""},
    {"NUL byte in object key", CFN0006, AT_TOKEN, "\\u0000 stands in this key", ""},
    {"end of file expected", CFN0101, AT_TOKEN, "the document has ended, but text follows",
     "one file holds one document"},
    {"too big", CFN0102, AT_TOKEN, "the number does not fit into 64 bits",
     "put it in quotes when it is an identifier"},
    {"real number overflow", CFN0102, AT_TOKEN, "the number is too large", ""},
};

static bool report_named(const finding *f)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (!cfn__starts_with(f->error->text, named[i].said))
            continue;
        cfn__place place = place_of(f->source, f->context.token);
        size_t position = (size_t)f->error->position;
        if (named[i].where != AT_TOKEN)
            place = cfn__place_of_offset(f->source, position - (named[i].where == AFTER_CHARACTER));
        cfn__reader_say(f->reader, named[i].id, place, "%s", named[i].message);
        if (*named[i].hint)
            cfn__hint(f->reader->diagnostics, "%s", named[i].hint);
        return true;
    }
    return false;
}

static bool report_end(const finding *f)
{
    if (json_error_code(f->error) != json_error_premature_end_of_input)
        return false;
    cfn_diagnostics *diagnostics = f->reader->diagnostics;
    cfn__token token = f->context.token, opener = f->context.opener;
    if (f->first == '{' || f->first == '[')
        opener = token;
    bool in_string =
        f->first == '"' && (token.end == token.start + 1 || f->source->text[token.end - 1] != '"');
    cfn__place end = cfn__place_of_offset(f->source, token.end);
    cfn__place place = in_string ? place_of(f->source, token) : end;
    cfn__reader_say(f->reader, CFN0101, place, "%s",
                    in_string ? "the string that begins here is not closed"
                              : "the document ends too early");
    if (in_string || opener.start == opener.end)
        return true;
    cfn__place open = cfn__place_of_offset(f->source, opener.start);
    cfn__hint(diagnostics, "the %c of line %u, column %u is not closed",
              f->source->text[opener.start], open.line, open.column);
    return true;
}

static bool report_trailing_comma(const finding *f)
{
    if ((f->first != '}' && f->first != ']') || f->source->text[f->context.before.start] != ',')
        return false;
    cfn__reader_say(f->reader, CFN0101, place_of(f->source, f->context.before),
                    "a comma stands before the closing %c", f->first);
    cfn__hint(f->reader->diagnostics, "take the comma out");
    return true;
}

static bool report_missing_comma(const finding *f)
{
    cfn__token before = f->context.before;
    bool expected =
        strstr(f->error->text, "'}' expected") || strstr(f->error->text, "']' expected");
    if (!expected || !cfn__json_ends_value(f->source, before) || strchr("}]:'/#", f->first))
        return false;
    cfn__place place = cfn__place_of_offset(f->source, before.end);
    cfn__reader_say(f->reader, CFN0101, place, "a comma is missing");
    cfn__hint(f->reader->diagnostics, "put a comma before %s",
              cfn__shown(f->reader->arena, text_of(f, f->context.token)));
    return true;
}

static bool report_missing_colon(const finding *f)
{
    if (!strstr(f->error->text, "':' expected"))
        return false;
    cfn__reader_say(f->reader, CFN0101, place_of(f->source, f->context.token),
                    "a colon must follow the key");
    cfn__hint(f->reader->diagnostics, "write \"key\": value");
    return true;
}

static const char *hint_for_word(const finding *f, const char *word)
{
    cfn__nearest nearest = cfn__nearest_to(word);
    cfn__nearest_offer(&nearest, "true");
    cfn__nearest_offer(&nearest, "false");
    cfn__nearest_offer(&nearest, "null");
    if (nearest.best)
        return cfn__format(f->reader->arena, "did you mean %s?", nearest.best);
    if (strcmp(word, "None") == 0)
        return "did you mean null?";
    if (cfn__is_digit(f->first) || strchr("+-.", f->first))
        return "a number begins with a digit, without zeros in front, and has digits after a "
               "point; "
               "put text in double quotes";
    return "put text and keys in double quotes";
}

static void report_other(const finding *f)
{
    cfn__place place = place_of(f->source, f->context.token);
    const char *word = text_of(f, f->context.token);
    const char *hint = hint_for_word(f, word);
    if (f->first == '\'') {
        hint = "JSON has double quotes only";
    } else if (f->first == '/' || f->first == '#') {
        hint = "JSON has no comments; a template in YAML may have them";
    } else if (strchr("{}[],:\"", f->first)) {
        const char *near = strstr(f->error->text, " near ");
        size_t length = near ? (size_t)(near - f->error->text) : 0;
        hint =
            strstr(f->error->text, "expected near")
                ? cfn__format(f->reader->arena, "%.*s here", (int)length, f->error->text)
                : "a value stands here: \"text\", a number, true, false, null, [ ... ] or { ... }";
    }
    cfn__reader_say(f->reader, CFN0101, place, "%s is not expected here",
                    cfn__shown(f->reader->arena, word));
    cfn__hint(f->reader->diagnostics, "%s", hint);
}

/* Not every place in jansson that runs out of memory says so. Some say nothing; and a string that
 * is "invalid" without a reason is none that is written wrongly, for then there is one. */
static bool report_memory(const finding *f)
{
    bool unexplained = f->first == '"' && (cfn__starts_with(f->error->text, "invalid token") ||
                                           cfn__starts_with(f->error->text, "string or '}'"));
    if (!unexplained && *f->error->text)
        return false;
    cfn__report_no_memory(f->reader->diagnostics);
    return true;
}

static void report_syntax(cfn__reader *reader, const json_error_t *error)
{
    const cfn__source *source = reader->source;
    finding f = {reader, source, error, cfn__json_context_at(source, (size_t)error->position),
                 '\0'};
    f.first = source->text[f.context.token.start];
    static bool (*const reports[])(const finding *) = {report_memory,        report_named,
                                                       report_end,           report_trailing_comma,
                                                       report_missing_comma, report_missing_colon};
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        if (reports[i](&f))
            return;
    report_other(&f);
}

/* Where a text is nested too deep even for jansson: our limit is met long before. */
static void report_depth(cfn__reader *reader)
{
    const cfn__source *source = reader->source;
    uint32_t depth = 0;
    cfn__token token = cfn__json_token(source, 0);
    for (; depth <= CFN_MAX_DEPTH && token.end > token.start;
         token = cfn__json_token(source, token.end)) {
        char c = source->text[token.start];
        if (c == '{' || c == '[')
            depth++;
        else if (c == '}' || c == ']')
            depth--;
        if (depth > CFN_MAX_DEPTH)
            break;
    }
    cfn__check_depth(reader, CFN_MAX_DEPTH + 1, cfn__place_of_offset(source, token.start));
}

void cfn__json_report(cfn__reader *reader, const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        cfn__report_no_memory(reader->diagnostics);
        break;
    case json_error_stack_overflow:
        report_depth(reader);
        break;
    case json_error_duplicate_key:
        cfn__json_report_duplicates(reader);
        break;
    default:
        report_syntax(reader, error);
    }
}
