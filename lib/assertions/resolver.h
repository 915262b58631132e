/* The parts of working values out. */
#ifndef CFN_ASSERTIONS_RESOLVER_H
#define CFN_ASSERTIONS_RESOLVER_H

#include "assertions/resolve.h"
#include "base/index.h"
#include "template/template.h"

#include <cfngen/read.h>

enum { CFN__MOST_RESOLVED = 2 * 1000 * 1000 }; /* nodes; more is not made */

typedef enum cfn__truth { CFN__FALSE, CFN__TRUE, CFN__PERHAPS } cfn__truth;

typedef struct cfn__condition {
    const cfn_node *node;
    cfn__truth holds;
    bool known, busy;
} cfn__condition;

struct cfn__resolver {
    cfn_arena *arena;
    const cfn_node *root, *mappings;
    cfn__index given;      /* name -> text */
    cfn__index parameters; /* name -> node */
    cfn__index conditions; /* name -> cfn__condition */
    size_t made;           /* nodes */
    unsigned depth;        /* of conditions that name conditions */
    bool keeps_no_value;   /* in a pattern, a key that goes away would be met by anything */
};

/* A value worked out as far as it is known; NULL when memory or room is out. */
cfn_node *cfn__work_out(cfn__resolver *r, const cfn_node *node);

/* The value of a parameter or pseudo parameter; NULL when it is not known. `at` gives the place. */
cfn_node *cfn__resolve_name(cfn__resolver *r, const cfn_node *at, const char *name);

cfn__truth cfn__condition_holds(cfn__resolver *r, const char *name);

cfn_node *cfn__resolve_text(cfn__resolver *r, const cfn_node *at, const char *text, size_t length);
cfn_node *cfn__resolve_split(cfn__resolver *r, const cfn_node *at, const char *text,
                             const char *separator, bool trims);

/* A Fn::Sub: text when all of its names are known; else a Fn::Sub of those that are not. */
cfn_node *cfn__resolve_sub(cfn__resolver *r, const cfn_node *node);

#endif
