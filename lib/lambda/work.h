/* Work of a comparison as it is handed from one invocation to another: in items, put together
 * again, and in S3 when it is large. */
#ifndef CFN_LAMBDA_WORK_H
#define CFN_LAMBDA_WORK_H

#include "node/node.h"

#include <cfngen/compare.h>

/* A Distributed Map gathers a result of each item, in 256 KB at most. */
enum { CFN__MOST_ITEMS = 400 };

/* Cuts work into items of about as many pieces each: a list of nodes. The number of pieces of an
 * item does not count, each is one for those who do it. NULL when memory is out. */
cfn_node *cfn__work_items(const cfn__maker *make, const cfn_compare_work *work);

/* All of it as one. NULL when it is of different databases, there is none, or memory is out. */
const cfn_compare_work *cfn__merge_work(cfn_arena *arena, const cfn_compare_work *const *works,
                                        size_t count);

#endif
