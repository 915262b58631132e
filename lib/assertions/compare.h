/* Comparing a value with a pattern: how far it is from matching, and where. */
#ifndef CFN_ASSERTIONS_COMPARE_H
#define CFN_ASSERTIONS_COMPARE_H

#include "assertions/pattern.h"

#include <cfngen/assertions.h>

/* A place where a value is not as expected. */
typedef struct cfn__mismatch {
    const cfn_node *at;
    bool inside; /* something is said inside of a list or map, not of itself */
    const char *text;
} cfn__mismatch;

/* A text that was read as JSON, and what it holds. */
typedef struct cfn__unfolded {
    const cfn_node *text, *json; /* json is NULL when it is none */
} cfn__unfolded;

enum { CFN__MOST_MISMATCHES = 24, CFN__MOST_UNFOLDED = 64 };

typedef struct cfn__comparison {
    cfn_arena *arena;
    cfn__patterns *regexes;
    bool loose;         /* 10 is "10", and true is "true" */
    size_t effort;      /* what is left of it */
    const char *broken; /* why there is no answer; NULL: there is one */
    bool recording;     /* mismatches */
    cfn__mismatch mismatches[CFN__MOST_MISMATCHES];
    size_t mismatch_count, left_out;
    cfn__unfolded unfolded[CFN__MOST_UNFOLDED];
    size_t unfolded_count;
    cfn_capture *captures; /* of what matches */
    size_t capture_count, capture_capacity;
} cfn__comparison;

/* Whether maps may have further keys. */
typedef enum cfn__mood { CFN__PARTIAL, CFN__EXACT } cfn__mood;

/* How much is wrong with a value; 0: it matches. */
size_t cfn__pattern_compare(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                            cfn__mood mood);

/* The same for a pattern that is compared as it is, whatever its keys are called. */
size_t cfn__compare_literal(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value,
                            cfn__mood mood);

/* --- compare_list.c --- */
size_t cfn__compare_items(cfn__comparison *c, const cfn_node *list, const cfn_node *value,
                          cfn__mood mood, bool literal);
size_t cfn__compare_some_items(cfn__comparison *c, const cfn_node *list, const cfn_node *value,
                               cfn__mood mood);
size_t cfn__compare_unordered(cfn__comparison *c, const cfn_node *list, const cfn_node *value,
                              cfn__mood mood);

/* --- serialized_json.c --- */

/* What a text of JSON holds, a Fn::Sub or Fn::Join of text too; NULL when it is none. */
const cfn_node *cfn__unfold(cfn__comparison *c, const cfn_node *value);

/* --- for all of them --- */

/* Notes that something is wrong, when mismatches are recorded. Gives the cost back. */
size_t cfn__differs(cfn__comparison *c, size_t cost, const cfn_node *at, bool inside,
                    const char *format, ...) CFN_PRINTF(5, 6);

/* What a pattern counts that is not met at all. */
size_t cfn__weight(cfn__comparison *c, const cfn_node *pattern);

/* A value in a message: text as it is, all else as JSON, cut when it is long. */
const char *cfn__value_shown(cfn_arena *arena, const cfn_node *value);

/* Takes note of work; false, and the comparison is broken, once it was too much. */
bool cfn__goes_on(cfn__comparison *c, size_t amount);

/* Runs a comparison whose mismatches do not count, and whose captures count when it matches. */
size_t cfn__try(cfn__comparison *c, const cfn_node *pattern, const cfn_node *value, cfn__mood mood);

#endif
