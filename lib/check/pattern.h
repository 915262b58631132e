/* Patterns of the facts and of assertions, compiled when first needed. */
#ifndef CFN_CHECK_PATTERN_H
#define CFN_CHECK_PATTERN_H

#include <cfngen/common.h>

typedef struct cfn__pattern {
    const char *text; /* told apart by the address: each text is kept once */
    void *code;       /* NULL: it does not compile */
} cfn__pattern;

typedef struct cfn__patterns {
    cfn__pattern *items; /* a hash table */
    size_t capacity, used;
    void *match; /* working memory */
} cfn__patterns;

typedef enum cfn__matching {
    CFN__MATCHES,
    CFN__MATCHES_NOT,
    CFN__MATCH_UNKNOWN /* the pattern is not one that can be used, or takes too long */
} cfn__matching;

/* Whether a pattern is found somewhere in a text. `pattern` must live as long as the table. */
cfn__matching cfn__match_pattern(cfn__patterns *patterns, const char *pattern, const char *text,
                                 size_t length);

/* Whether a pattern can be used. If not: at which byte it is wrong, and why, in English. */
bool cfn__pattern_compiles(const char *text, size_t *offset, char *why, size_t room);

void cfn__patterns_free(cfn__patterns *patterns);

#endif
