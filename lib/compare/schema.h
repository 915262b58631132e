/* What the schemas of a family consist of: a statement for each kind of thing. */
#ifndef CFN_COMPARE_SCHEMA_H
#define CFN_COMPARE_SCHEMA_H

#include "compare/run.h"

/* How two definitions are compared. */
typedef enum cfn__likeness {
    CFN__LIKE_TEXT,   /* they are the same */
    CFN__LIKE_NUMBER, /* the target's is not less: the next number of a sequence */
} cfn__likeness;

/* `sql` gives schema, table ("" for what belongs to none), name and definition. */
typedef struct cfn__schema_query {
    const char *kind;
    cfn__likeness likeness;
    const char *sql;
} cfn__schema_query;

/* Ended by one without a kind. MariaDB's catalogue lacks some of MySQL's, and the other way round.
 */
const cfn__schema_query *cfn__schema_queries(cfn__family family);

#endif
