/* Keys as text that can stand in any document, and ends of ranges. */
#ifndef CFN_COMPARE_KEY_TEXT_H
#define CFN_COMPARE_KEY_TEXT_H

#include "base/buffer.h"

enum { CFN__MOST_KEY_COLUMNS = 64 };

/* An end of a range: the values of the key's columns, in memory of its own. */
typedef struct cfn__end {
    bool known;
    char *texts[CFN__MOST_KEY_COLUMNS]; /* NULL is NULL */
    size_t lengths[CFN__MOST_KEY_COLUMNS];
} cfn__end;

void cfn__end_free(cfn__end *end);

/* Takes values over; false without memory. */
bool cfn__end_take(cfn__end *end, const char *const *texts, const size_t *lengths, size_t count);

/* The text that <cfngen/compare_work.h> describes, and back; false when it is not one of a key with
 * so many columns, or memory is out. */
void cfn__add_key_text(cfn__buffer *buffer, const char *const *texts, const size_t *lengths,
                       size_t count);
bool cfn__read_key_text(cfn__end *end, const char *text, size_t count);

#endif
