/* What is to be done of each table, cut into parts that can be gone through one after another or at
 * once; and how far that is. */
#ifndef CFN_COMPARE_PART_H
#define CFN_COMPARE_PART_H

#include "base/buffer.h"
#include "compare/pair.h"
#include "compare/rowset.h"

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
