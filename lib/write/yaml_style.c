/* Choosing between plain, quoted and block text. What is plain must be text to every reader, not
 * only to ours: CloudFormation's own, PyYAML and YAML 1.2 differ in what they take for a number. */
#include "write/yaml_style.h"

#include "base/text.h"
#include "read/plain.h"

#include <string.h>

/* Whether YAML may show a character as it is: it is printable, no break of a line, and libyaml's
 * emitter leaves it alone. That is less than the standard allows. */
static bool is_simple(const unsigned char *p)
{
    if (p[0] < 0xc2)
        return p[0] >= 0x20 && p[0] <= 0x7e;
    bool control = p[0] == 0xc2 && p[1] < 0xa0;                                       /* U+0080.. */
    bool line_break = p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9); /* U+2028 */
    bool special = p[0] == 0xef && ((p[1] == 0xbb && p[2] == 0xbf) || /* byte order mark */
                                    (p[1] == 0xbf && p[2] >= 0xbe));  /* U+FFFE, U+FFFF */
    return !control && !line_break && !special && p[0] < 0xf0;
}

/* What a look at each character tells. */
typedef struct traits {
    bool simple;         /* all are, but for newlines */
    bool lines;          /* there are newlines */
    bool trailing_space; /* somewhere before a newline or at the end */
} traits;

static traits look(const char *text, size_t length)
{
    traits seen = {.simple = true};
    for (size_t i = 0; i < length; i += cfn__utf8_length(text + i, length - i)) {
        bool newline = text[i] == '\n';
        seen.lines |= newline;
        seen.simple &= newline || is_simple((const unsigned char *)text + i);
        seen.trailing_space |= text[i] == ' ' && (i + 1 == length || text[i + 1] == '\n');
    }
    return seen;
}

/* A block that begins with a space needs an indentation digit, and one that ends with empty lines a
 * +: forms that people misread and emitters get wrong. */
static bool fits_block(const char *text, size_t length, traits seen)
{
    bool empty_lines = length > 1 && text[length - 1] == '\n' && text[length - 2] == '\n';
    return seen.simple && !seen.trailing_space && text[0] != ' ' && text[0] != '\n' && !empty_lines;
}

yaml_scalar_style_t cfn__yaml_style(const char *text, size_t length, bool key)
{
    traits seen = look(text, length);
    if (seen.lines && !key && fits_block(text, length, seen))
        return YAML_LITERAL_SCALAR_STYLE;
    if (seen.lines || !seen.simple)
        return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    bool plain = cfn__plain_of(text) == CFN__PLAIN_TEXT && !strchr(",[]{}#&*!|>'\"%@`?:=~ ", *text);
    return plain ? YAML_PLAIN_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE;
}
