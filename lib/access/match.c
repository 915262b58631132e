/* Whether one text of a policy covers another: wildcards, and ${...} that nobody knows yet. */
#include "access/access.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

/* A text is a row of these. A ${...} is one, whatever is in it. */
typedef struct piece {
    const char *start;
    size_t length;
} piece;

static piece piece_at(const char *text)
{
    piece p = {text, *text ? 1 : 0};
    if (text[0] != '$' || text[1] != '{')
        return p;
    size_t depth = 0;
    for (const char *end = text + 1; *end; end++) {
        depth += *end == '{';
        depth -= *end == '}';
        if (!depth) {
            p.length = (size_t)(end - text) + 1;
            return p;
        }
    }
    return p;
}

static bool is_unknown(piece p)
{
    return p.length > 1;
}

static bool is_same(piece a, piece b, bool any_case)
{
    if (a.length != b.length)
        return false;
    return any_case && a.length == 1 ? strncasecmp(a.start, b.start, 1) == 0
                                     : strncmp(a.start, b.start, a.length) == 0;
}

/* Whether one piece of a pattern, no *, stands for this piece of a text whatever is unknown. */
static bool stands_for(piece pattern, piece text, bool any_case)
{
    if (!text.length || !pattern.length)
        return false;
    if (*pattern.start == '?' && pattern.length == 1)
        return !is_unknown(text) && *text.start != '*';
    return is_same(pattern, text, any_case);
}

/* Goes on from the last * when it does not fit: linear but for patterns of many stars. */
static bool is_covered(const char *pattern, const char *text, bool any_case)
{
    const char *star = NULL, *resumed = NULL;
    while (*text) {
        piece p = piece_at(pattern), t = piece_at(text);
        if (*pattern == '*') {
            star = ++pattern;
            resumed = text;
        } else if (stands_for(p, t, any_case)) {
            pattern += p.length;
            text += t.length;
        } else if (star) {
            resumed += piece_at(resumed).length;
            text = resumed;
            pattern = star;
        } else
            return false;
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

enum { MOST_PIECES = 512 };

static size_t cut(const char *text, piece *pieces)
{
    size_t count = 0;
    for (; *text && count <= MOST_PIECES; text += pieces[count++].length)
        pieces[count] = piece_at(text);
    return count;
}

/* Whether there is a text for each ${...} with which it is covered: fits[i] tells of the first i
 * pieces of the text and the pieces of the pattern so far. */
static bool may_be_covered(const char *pattern, const char *text, bool any_case)
{
    piece p[MOST_PIECES + 1], t[MOST_PIECES + 1];
    bool fits[MOST_PIECES + 2] = {true};
    size_t pattern_count = cut(pattern, p), text_count = cut(text, t);
    if (pattern_count > MOST_PIECES || text_count > MOST_PIECES)
        return true;
    for (size_t i = 0; i < text_count && is_unknown(t[i]); i++)
        fits[i + 1] = true; /* by the empty text */
    for (size_t k = 0; k < pattern_count; k++) {
        bool any = is_unknown(p[k]) || *p[k].start == '*';
        bool diagonal = fits[0];
        fits[0] = fits[0] && any;
        for (size_t i = 0; i < text_count; i++) {
            bool above = fits[i + 1], now = false;
            if (any)
                now = above || fits[i] || diagonal;
            else if (is_unknown(t[i]))
                now = above || fits[i] || diagonal;
            else
                now = diagonal && stands_for(p[k], t[i], any_case);
            diagonal = above;
            fits[i + 1] = now;
        }
    }
    return fits[text_count];
}

cfn__match cfn__access_matches(const char *pattern, const char *text, bool any_case)
{
    if (strcmp(pattern, text) == 0 || is_covered(pattern, text, any_case))
        return CFN__MATCH_YES;
    if (!strstr(pattern, "${") && !strstr(text, "${"))
        return CFN__MATCH_NO;
    return may_be_covered(pattern, text, any_case) ? CFN__MATCH_MAYBE : CFN__MATCH_NO;
}
