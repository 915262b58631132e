/* CloudFormation's intrinsic functions: recognising them and looking inside.
 *
 * An intrinsic is a map with exactly one member whose key is Ref, Condition or starts with "Fn::".
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
#ifndef CFN_TEMPLATE_INTRINSIC_H
#define CFN_TEMPLATE_INTRINSIC_H

#include "node/node.h"

typedef enum cfn__function {
    CFN__FN_NONE,    /* not an intrinsic */
    CFN__FN_UNKNOWN, /* looks like one (Fn::Something), but CloudFormation has none of that name */
    CFN__FN_REF,
    CFN__FN_CONDITION, /* {"Condition": "Name"} with a string; whether it is meant depends on where
                        */
    CFN__FN_GET_ATT,
    CFN__FN_SUB,
    CFN__FN_JOIN,
    CFN__FN_SELECT,
    CFN__FN_SPLIT,
    CFN__FN_FIND_IN_MAP,
    CFN__FN_IF,
    CFN__FN_EQUALS,
    CFN__FN_AND,
    CFN__FN_OR,
    CFN__FN_NOT,
    CFN__FN_BASE64,
    CFN__FN_CIDR,
    CFN__FN_GET_AZS,
    CFN__FN_IMPORT_VALUE,
    CFN__FN_GET_STACK_OUTPUT,
    CFN__FN_LENGTH,
    CFN__FN_TO_JSON_STRING,
    CFN__FN_TRANSFORM,
    CFN__FN_FOR_EACH, /* any key that starts with Fn::ForEach:: */
    /* only in Rules */
    CFN__FN_CONTAINS,
    CFN__FN_EACH_MEMBER_EQUALS,
    CFN__FN_EACH_MEMBER_IN,
    CFN__FN_REF_ALL,
    CFN__FN_VALUE_OF,
    CFN__FN_VALUE_OF_ALL
} cfn__function;

/* Which function a key names: "Ref", "Condition", "Fn::Join" ... */
cfn__function cfn__function_of_key(const char *key);

/* Which intrinsic a node is; CFN__FN_NONE for all that is not a map with one member. */
cfn__function cfn__function_of(const cfn_node *node);

/* Whether a node is an intrinsic, one of an unknown name included. */
static inline bool cfn__is_intrinsic(const cfn_node *node)
{
    return cfn__function_of(node) != CFN__FN_NONE;
}

/* The argument of an intrinsic: the only member of its map. */
cfn_node *cfn__argument(const cfn_node *intrinsic);

/* The resource and the attribute that a Fn::GetAtt names, written as list or as text ("A.B.C": up
 * to the first dot). False when it is malformed or the attribute is itself an intrinsic; then
 * `attribute` may be NULL and `id` set. Strings are copied to the arena where they must be cut. */
bool cfn__get_att_target(cfn_arena *arena, const cfn_node *intrinsic, const char **id,
                         const char **attribute);

/* Walks over the text of a Fn::Sub. Start with `next` at the text; each call takes one piece. */
typedef struct cfn__sub_piece {
    const char *start; /* of the whole piece, "${" included */
    size_t length;     /* of the whole piece */
    const char
        *name; /* inside ${...}, without spaces around it; NULL for plain text, ${!Literal} too */
    size_t name_length;
} cfn__sub_piece;
bool cfn__sub_next(const char **next, cfn__sub_piece *piece);

#endif
