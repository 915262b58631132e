/* CloudFormation's short tags in YAML: !Ref stands for {"Ref": ...}, !Sub for {"Fn::Sub": ...}. */
#ifndef CFN_READ_TAGS_H
#define CFN_READ_TAGS_H

#include <cfngen/node.h>

typedef struct cfn__tag {
    const char *tag;      /* "!GetAtt" */
    const char *function; /* "Fn::GetAtt" */
    bool text, list, map; /* which values it takes */
    bool rule;            /* a function of the Rules section, written by its long name */
    bool plain; /* text without quotes means what it means without the tag: a number ... */
} cfn__tag;

/* A document that is no template: tags of its own, which come before CloudFormation's. */
typedef struct cfn__dialect {
    const cfn__tag *tags;
    size_t count;
    bool any_root;        /* it need not be a mapping */
    const char *two_tags; /* what to do instead of giving a value two tags */
} cfn__dialect;

/* NULL when there is none of that name. */
const cfn__tag *cfn__tag_named(const char *tag);
const cfn__tag *cfn__tag_of_function(const char *function);

/* The same, of a dialect (NULL: none), and then among CloudFormation's. */
const cfn__tag *cfn__tag_in(const cfn__dialect *dialect, const char *tag);

/* The tag whose name comes nearest to one that does not exist, or NULL. */
const char *cfn__tag_nearest(const cfn__dialect *dialect, const char *tag);

/* Whether a tag may stand before a value of this kind, and what it takes, in words. */
bool cfn__tag_takes(const cfn__tag *tag, cfn_kind kind);
const char *cfn__tag_wants(const cfn__tag *tag);

#endif
