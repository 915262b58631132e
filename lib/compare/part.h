/* What is to be done of each table, cut into parts that can be gone through one after another or at
 * once; and how far that is. */
#ifndef CFN_COMPARE_PART_H
#define CFN_COMPARE_PART_H

#include "compare/key_text.h"
#include "compare/pair.h"
#include "compare/rowset.h"

/* A range of a table, or all of it. */
typedef struct cfn__part {
    struct cfn__todo *todo;
    cfn__end low, high; /* low goes up while it is worked on */
    bool done;          /* gone through to its end */
    bool begun;
    cfn__rowset suspects;
    cfn__pair pair; /* the table's, but with a report of its own, for parts are done at once */
    cfn_compare_table report;
} cfn__part;

typedef struct cfn__todo {
    cfn__pair *pair;
    cfn__part *parts;
    size_t part_count, open; /* open: not yet ended */
    size_t found;            /* suspects of all parts */
    cfn__rowset suspects;    /* of the parts that have ended, and of earlier runs */
    cfn__rowset confirmed;
    const cfn_compare_work_table *given; /* NULL: all of the table */
    double started;                      /* 0: not yet */
} cfn__todo;

#endif
