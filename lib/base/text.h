/* Small questions about text: UTF-8, nearness of words, letter classes without a locale. */
#ifndef CFN_BASE_TEXT_H
#define CFN_BASE_TEXT_H

#include <cfngen/common.h>

/* How many bytes the valid UTF-8 sequence at text takes (1 to 4); 0 when it is not valid. */
size_t cfn__utf8_length(const char *text, size_t available);

/* How many code points the first `length` bytes hold. */
uint32_t cfn__utf8_count(const char *text, size_t length);

bool cfn__is_digit(char c);
bool cfn__is_letter(char c);
bool cfn__is_alphanumeric(char c);
bool cfn__starts_with(const char *text, const char *prefix);
bool cfn__ends_with(const char *text, const char *suffix);

/* Whether text is a number as JSON's grammar writes one. */
bool cfn__is_json_number(const char *text);

/* FNV-1a, for the hash tables of the library. */
uint32_t cfn__hash(const char *text, size_t length);

/* "Did you mean": offer each candidate, then ask for the nearest one. It is NULL when none is
 * within a third of the word's length (letter case counts for little). */
typedef struct cfn__nearest {
    const char *word, *best;
    size_t distance;
} cfn__nearest;
cfn__nearest cfn__nearest_to(const char *word);
void cfn__nearest_offer(cfn__nearest *nearest, const char *candidate);

#endif
