/* What has been found, as one invocation tells it to the next: a verdict, numbers and reasons. */
#ifndef CFN_LAMBDA_RESULT_H
#define CFN_LAMBDA_RESULT_H

#include "node/node.h"

#include <cfngen/compare.h>

enum { CFN__MOST_REASONS = 20 };

typedef struct cfn__result {
    cfn_compare_verdict verdict;
    uint64_t pieces; /* of a plan, that it speaks for */
    uint64_t tables, incomplete, rows;
    uint64_t missing, extra, changed, structure;
    cfn_node *reasons;     /* a list of texts; NULL: none */
    const cfn_node *again; /* work, or where it is; NULL: none */
} cfn__result;

/* Of a comparison; without `pieces` and `again`. */
cfn__result cfn__result_of_report(const cfn__maker *make, const cfn_compare_report *report);

/* As a member of answers and events, and back. What was read points into the node; NULL when it is
 * fine, else what is wrong with it. */
cfn_node *cfn__result_node(const cfn__maker *make, const cfn__result *result);
const char *cfn__read_result(cfn_arena *arena, const cfn_node *node, cfn__result *result);

/* Adds what another one has found: the worse verdict, both numbers, both reasons. */
void cfn__result_add(const cfn__maker *make, cfn__result *to, const cfn__result *from);

/* Adds a reason that is not there yet, while there are fewer than CFN__MOST_REASONS. */
void cfn__result_reason(const cfn__maker *make, cfn__result *result, const char *text);

/* Rows, tables and columns that differ. */
uint64_t cfn__result_mismatches(const cfn__result *result);

#endif
