/* The first pass from the inside: ranges and buckets both end in leaves, whose rows travel. */
#ifndef CFN_COMPARE_SCAN_H
#define CFN_COMPARE_SCAN_H

#include "compare/run.h"

typedef struct cfn__scanning {
    cfn__run *run;
    cfn__part *part;
    cfn__pair *pair;      /* the part's */
    cfn__rowset suspects; /* of the chunk at hand */
    double started;
    bool full;                         /* there are more suspects than are wanted */
    uint64_t source_rows, target_rows; /* of the leaf at hand */
} cfn__scanning;

/* Reads the rows of both sides that meet a condition and adds those that differ to the suspects,
 * whatever order they come in. False on a fault of a session, and then nothing is added. */
bool cfn__compare_leaf(cfn__scanning *s, const char *source_condition,
                       const char *target_condition);

/* What a chunk has shown is known from now on: its suspects, and where the part goes on (NULL:
 * where it did). */
bool cfn__commit(cfn__scanning *s, const cfn__end *passed);

bool cfn__scan_ranges(cfn__scanning *s);
bool cfn__scan_buckets(cfn__scanning *s);

/* Adds a condition on top of those of the pair. */
typedef struct cfn__conditions {
    cfn__buffer source, target;
} cfn__conditions;
void cfn__free_conditions(cfn__conditions *conditions);

/* Keeps the servers idle for the part of the time that is not theirs. */
void cfn__pace(cfn__run *run, double seconds_at_work);

#endif
