/* Patterns, by PCRE2: those of the facts have lookaheads and \p{...}, which POSIX has not. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "check/pattern.h"
#include "base/allocate.h"

#include <pcre2.h>
#include <stdlib.h>

/* A pattern from foreign facts may be made to take for ever; AWS's own stay far below. */
enum { MOST_STEPS = 100000, DEEPEST = 1000, FIRST_CAPACITY = 64 };

static pcre2_code *compile(const char *text, int *error, PCRE2_SIZE *offset)
{
    return pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                         PCRE2_UTF | PCRE2_ALT_BSUX | PCRE2_DOLLAR_ENDONLY, error, offset, NULL);
}

bool cfn__pattern_compiles(const char *text, size_t *offset, char *why, size_t room)
{
    int error = 0;
    pcre2_code *code = compile(text, &error, offset);
    pcre2_code_free(code);
    if (!code && pcre2_get_error_message(error, (PCRE2_UCHAR *)why, room) < 0)
        *why = '\0';
    return code != NULL;
}

static cfn__pattern *slot_of(const cfn__patterns *patterns, const char *text)
{
    size_t i = ((uintptr_t)text * 0x9e3779b1u >> 4) & (patterns->capacity - 1);
    while (patterns->items[i].text && patterns->items[i].text != text)
        i = (i + 1) & (patterns->capacity - 1);
    return &patterns->items[i];
}

static bool grow(cfn__patterns *patterns)
{
    cfn__patterns larger = *patterns;
    larger.capacity = patterns->capacity ? patterns->capacity * 2 : FIRST_CAPACITY;
    larger.items = cfn__calloc(larger.capacity, sizeof *larger.items);
    if (!larger.items)
        return false;
    for (size_t i = 0; i < patterns->capacity; i++)
        if (patterns->items[i].text)
            *slot_of(&larger, patterns->items[i].text) = patterns->items[i];
    cfn__free(patterns->items);
    *patterns = larger;
    return true;
}

/* The compiled pattern; NULL when there is none. */
static const void *find(cfn__patterns *patterns, const char *text)
{
    if (2 * patterns->used >= patterns->capacity && !grow(patterns))
        return NULL;
    cfn__pattern *slot = slot_of(patterns, text);
    if (!slot->text) {
        int error = 0;
        PCRE2_SIZE at = 0;
        *slot = (cfn__pattern){text, compile(text, &error, &at)};
        patterns->used++;
    }
    return slot->code;
}

/* What matching needs besides the pattern: limits, and room for one match. */
typedef struct matcher {
    pcre2_match_context *context;
    pcre2_match_data *data;
} matcher;

static matcher *get_matcher(cfn__patterns *patterns)
{
    matcher *m = patterns->match;
    if (m)
        return m;
    m = cfn__calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->context = pcre2_match_context_create(NULL);
    m->data = pcre2_match_data_create(1, NULL);
    patterns->match = m;
    if (m->context) {
        pcre2_set_match_limit(m->context, MOST_STEPS);
        pcre2_set_depth_limit(m->context, DEEPEST);
    }
    return m;
}

cfn__matching cfn__match_pattern(cfn__patterns *patterns, const char *pattern, const char *text,
                                 size_t length)
{
    const pcre2_code *code = find(patterns, pattern);
    matcher *m = code ? get_matcher(patterns) : NULL;
    if (!m || !m->context || !m->data)
        return CFN__MATCH_UNKNOWN;
    int found = pcre2_match(code, (PCRE2_SPTR)text, length, 0, 0, m->data, m->context);
    if (found >= 0)
        return CFN__MATCHES;
    return found == PCRE2_ERROR_NOMATCH ? CFN__MATCHES_NOT : CFN__MATCH_UNKNOWN;
}

void cfn__patterns_free(cfn__patterns *patterns)
{
    matcher *m = patterns->match;
    for (size_t i = 0; i < patterns->capacity; i++)
        pcre2_code_free(patterns->items[i].code);
    if (m) {
        pcre2_match_data_free(m->data);
        pcre2_match_context_free(m->context);
    }
    cfn__free(m);
    cfn__free(patterns->items);
    *patterns = (cfn__patterns){0};
}
