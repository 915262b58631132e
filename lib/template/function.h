/* What each intrinsic function takes, gives, and where it may stand. */
#ifndef CFN_TEMPLATE_FUNCTION_H
#define CFN_TEMPLATE_FUNCTION_H

#include "template/template.h"

/* What functions give. */
enum {
    CFN__TEXT = 1,
    CFN__LISTS = 2,
    CFN__MAPS = 4,
    CFN__TRUTH = 8,
    CFN__VALUE = CFN__TEXT | CFN__LISTS | CFN__MAPS,
    CFN__UNKNOWN = CFN__VALUE | CFN__TRUTH
};

/* What an argument may be. */
typedef enum cfn__shape {
    CFN__RAW, /* the function's own check looks at it */
    CFN__A_LITERAL,
    CFN__A_TEXT,
    CFN__A_COMPARED, /* text or a truth */
    CFN__AN_INDEX,
    CFN__A_LIST,
    CFN__A_CONDITION,
    CFN__A_CONDITION_NAME,
    CFN__AN_ANYTHING
} cfn__shape;

enum { CFN__MOST_SHAPES = 4 };

/* What else there is to a function. */
enum {
    CFN__EARLY = 1,    /* worked out before there are resources */
    CFN__EXTENSION = 2 /* needs AWS::LanguageExtensions */
};

typedef struct cfn__rule {
    const char *key;
    unsigned where; /* cfn__where */
    unsigned gives;
    size_t least, most; /* how many arguments are in its list; 0: its argument is not a list */
    cfn__shape shapes[CFN__MOST_SHAPES]; /* arguments past the last one are like the first */
    const char *usage;
    void (*check)(cfn__checker *c, const cfn_node *intrinsic); /* of a sound shape; may be NULL */
    unsigned traits;
} cfn__rule;

/* The rule of every function but CFN__FN_NONE and CFN__FN_UNKNOWN. */
const cfn__rule *cfn__rule_of(cfn__function function);

/* Whether an argument is as its function wants it, the values in it too; reports it when not.
 * `user` is the function. */
bool cfn__check_argument(cfn__checker *c, const char *user, const cfn_node *argument,
                         cfn__shape wanted);

/* --- functions that need more than their rule says --- */
void cfn__check_ref(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_condition_name(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_get_att(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_sub(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_find_in_map(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_if(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_select(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_stack_output(cfn__checker *c, const cfn_node *intrinsic);
void cfn__check_value_of(cfn__checker *c, const cfn_node *intrinsic);

#endif
