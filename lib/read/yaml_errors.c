/* What libyaml refuses, said so that it helps. */
#include "read/yaml.h"

#include "base/text.h"

#include <string.h>

typedef enum place { AT_PROBLEM, AT_CONTEXT } place;

/* libyaml's words in its context and problem (NULL: any), the first character at the problem
 * ('\0': any), and what we say instead. The first that fits counts. */
static const struct {
    const char *context, *problem;
    char first;
    place place;
    const char *message, *hint;
} sayings[] = {
    {NULL, "cannot start any token", '\t', AT_PROBLEM, "a tab stands where only spaces may",
     "indent with spaces"},
    {NULL, "cannot start any token", '\0', AT_PROBLEM, "a value cannot begin with this character",
     "put text that begins with @, % or ` in quotes"},
    {NULL, "tab character", '\0', AT_PROBLEM, "a tab stands where only spaces may",
     "indent with spaces"},
    {NULL, "mapping values are not allowed", '\0', AT_PROBLEM,
     "a colon with a space stands inside a value, or the line is indented wrongly",
     "put text that holds \": \" in quotes; give the keys of a mapping the same indentation"},
    {NULL, "block sequence entries are not allowed", '\0', AT_PROBLEM, "a list cannot begin here",
     "put - on a line of its own, or write the list as [a, b]"},
    {"scanning a quoted scalar", "unexpected end of stream", '\0', AT_CONTEXT,
     "the quote that opens here is not closed", "a quote in single quotes is written twice: ''"},
    {"scanning a quoted scalar", "document indicator", '\0', AT_CONTEXT,
     "the quote that opens here is not closed", "a quote in single quotes is written twice: ''"},
    {NULL, "unknown escape character", '\0', AT_PROBLEM, "double quotes know no such escape",
     "use single quotes, or write a backslash as \\\\"},
    {NULL, "invalid Unicode character escape", '\0', AT_PROBLEM, "this escape is not a character",
     "past U+FFFF write one escape: \\U0001F600"},
    {"scanning an alias", NULL, '\0', AT_CONTEXT, "* begins an alias, and no name follows",
     "put text that begins with * in quotes: '*'"},
    {"scanning an anchor", NULL, '\0', AT_CONTEXT, "& begins an anchor, and no name follows",
     "put text that begins with & in quotes"},
    {"scanning a simple key", NULL, '\0', AT_CONTEXT, "a key without a colon",
     "write key: value; indent the further lines of a text, or begin it with |"},
    {"parsing a block mapping", "did not find expected key", '!', AT_PROBLEM,
     "a value takes one tag only",
     "use the long form for the outer function: Fn::Base64: !Sub ..."},
    {"parsing a block mapping", "did not find expected key", '\0', AT_PROBLEM,
     "no key begins here: the line is indented wrongly, or text follows a value",
     "give the keys of a mapping the same indentation; put all of a text in quotes, or none"},
    {"parsing a block collection", NULL, '\0', AT_PROBLEM, "no member of the list begins here",
     "give the - of a list the same indentation"},
    {"parsing a flow mapping", NULL, '\0', AT_PROBLEM, "a comma or } is missing before this",
     "put text with braces in quotes, as '{{resolve:...}}'; a list or mapping in brackets has "
     "commas"},
    {"parsing a flow sequence", NULL, '\0', AT_PROBLEM, "a comma or ] is missing before this",
     "put text that begins with [ in quotes; a list in brackets has commas"},
    {"scanning a tag", NULL, '\0', AT_CONTEXT, "this is not a tag, or no space follows it",
     "put text that begins with ! in quotes, and a space behind a tag, before } too"},
    {NULL, "undefined tag handle", '\0', AT_PROBLEM, "this tag has a prefix that is not known",
     "put text that begins with ! in quotes"},
    {NULL, "did not find expected <document start>", '\0', AT_PROBLEM,
     "text follows after the end of the document",
     "give the keys of a mapping the same indentation"},
    {"scanning a block scalar", NULL, '\0', AT_PROBLEM,
     "only an indentation digit, + or - may follow | or >", "begin the text on the next line"},
};

static cfn__place place_of(cfn__yaml *y, yaml_mark_t mark)
{
    return (cfn__place){y->reader->source, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1, 0,
                        0};
}

static char character_at(cfn__yaml *y, size_t index)
{
    const char *p = y->reader->source->text;
    for (; index && *p; index--)
        p += cfn__utf8_length(p, 4);
    return *p;
}

static bool fits(const char *words, const char *said)
{
    return !words || (said && strstr(said, words));
}

static void report_syntax(cfn__yaml *y)
{
    const yaml_parser_t *p = &y->parser;
    char first = character_at(y, p->problem_mark.index);
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        if (!fits(sayings[i].context, p->context) || !fits(sayings[i].problem, p->problem) ||
            (sayings[i].first && sayings[i].first != first))
            continue;
        yaml_mark_t mark = sayings[i].place == AT_CONTEXT ? p->context_mark : p->problem_mark;
        cfn__reader_say(y->reader, CFN0201, place_of(y, mark), "%s", sayings[i].message);
        bool own = y->reader->dialect && y->reader->dialect->two_tags && sayings[i].first == '!';
        cfn__hint(y->reader->diagnostics, "%s",
                  own ? y->reader->dialect->two_tags : sayings[i].hint);
        return;
    }
    cfn__reader_say(y->reader, CFN0201, place_of(y, p->problem_mark), "%s%s%s",
                    p->context ? p->context : "", p->context ? ": " : "", p->problem);
}

void cfn__yaml_report(cfn__yaml *y)
{
    const yaml_parser_t *p = &y->parser;
    cfn__reader *reader = y->reader;
    /* Where libyaml runs out of memory while it builds an event, it does not say so. */
    if (p->error == YAML_MEMORY_ERROR || !p->problem) {
        cfn__report_no_memory(reader->diagnostics);
    } else if (p->error == YAML_READER_ERROR) {
        cfn__reader_say(reader, CFN0201, cfn__place_of_offset(reader->source, p->problem_offset),
                        "the character U+%04X cannot stand in YAML", (unsigned)p->problem_value);
        cfn__hint(reader->diagnostics, "in double quotes it is written \\x%02X",
                  (unsigned)p->problem_value & 0xff);
    } else {
        report_syntax(y);
    }
}
