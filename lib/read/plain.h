/* What a plain (unquoted) YAML scalar means; docs/reading.md has the rules. */
#ifndef CFN_READ_PLAIN_H
#define CFN_READ_PLAIN_H

#include <cfngen/common.h>

typedef enum cfn__plain {
    CFN__PLAIN_TEXT,
    CFN__PLAIN_NULL,        /* null, ~ or nothing at all */
    CFN__PLAIN_TRUE,        /* true, True, TRUE */
    CFN__PLAIN_FALSE,       /* false, False, FALSE */
    CFN__PLAIN_YES,         /* yes, on and their capital forms: true, with a warning */
    CFN__PLAIN_NO,          /* no, off: false, with a warning */
    CFN__PLAIN_NUMBER,      /* as JSON writes one */
    CFN__PLAIN_NUMBER_LIKE, /* a number to some YAML readers, text here: 0123, 1_000, 22:22, .5 */
    CFN__PLAIN_AMBIGUOUS /* text here without a warning, though not everywhere: dates, y, n, =, <<
                          */
} cfn__plain;

cfn__plain cfn__plain_of(const char *text);

/* Whether a number in JSON's grammar is one that jansson takes: an integer of 64 bits or a finite
 * real. */
bool cfn__number_in_range(const char *text);

#endif
