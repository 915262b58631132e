/* The patterns by which CloudWatch Logs picks log events.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
#ifndef CFN_CHECK_FILTER_PATTERN_H
#define CFN_CHECK_FILTER_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

typedef enum cfn__filter_kind {
    CFN__FILTER_ALL,     /* nothing is written: every event */
    CFN__FILTER_TERMS,   /* ERROR "with spaces" -no ?perhaps %regex% */
    CFN__FILTER_COLUMNS, /* [time, level = ERROR, ...] */
    CFN__FILTER_JSON     /* { $.level = "error" } */
} cfn__filter_kind;

typedef struct cfn__filter_pattern {
    cfn__filter_kind kind;
    const char *fault, *hint; /* NULL: the pattern is good */
    size_t at;                /* the byte where the fault is */
    bool optional_ignored;    /* there are ?terms that do nothing, since other terms are there */
} cfn__filter_pattern;

cfn__filter_pattern cfn__filter_pattern_read(const char *text);

/* Whether a pattern of columns, which is good, names this one. */
bool cfn__filter_pattern_has_column(const char *text, const char *name);

#endif
