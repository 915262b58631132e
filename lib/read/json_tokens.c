/* Cutting JSON text into tokens. */
#include "read/json_tokens.h"

#include <string.h>

enum { MOST_OPEN = 2048 }; /* jansson stops there */

static size_t string_end(const char *text, size_t length, size_t at)
{
    for (at++; at < length && text[at] != '\n'; at++) {
        if (text[at] == '"')
            return at + 1;
        if (text[at] == '\\' && at + 1 < length)
            at++;
    }
    return at;
}

cfn__token cfn__json_token(const cfn__source *source, size_t offset)
{
    const char *text = source->text;
    size_t start = offset + strspn(text + offset, " \t\r\n"), end;
    if (text[start] == '"')
        end = string_end(text, source->length, start);
    else if (text[start] && strchr("{}[],:", text[start]))
        end = start + 1;
    else
        end = start + strcspn(text + start, " \t\r\n{}[],:\"");
    return (cfn__token){start, end};
}

bool cfn__json_ends_value(const cfn__source *source, cfn__token token)
{
    return token.end > token.start && !strchr("{[,:", source->text[token.start]);
}

cfn__json_context cfn__json_context_at(const cfn__source *source, size_t offset)
{
    cfn__token open[MOST_OPEN];
    size_t depth = 0;
    cfn__json_context context = {.token = cfn__json_token(source, 0)};
    for (;;) {
        char c = source->text[context.token.start];
        cfn__token next = cfn__json_token(source, context.token.end);
        if (next.start >= offset || next.end == next.start)
            break;
        if ((c == '{' || c == '[') && depth < MOST_OPEN)
            open[depth++] = context.token;
        else if ((c == '}' || c == ']') && depth)
            depth--;
        context.before = context.token;
        context.token = next;
    }
    if (depth)
        context.opener = open[depth - 1];
    return context;
}
