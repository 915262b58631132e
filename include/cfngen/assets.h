/* Local files that a template names where CloudFormation takes a place in S3: the code of a
 * function, as `aws cloudformation package` understands it.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html */
#ifndef CFNGEN_ASSETS_H
#define CFNGEN_ASSETS_H

#include <cfngen/template.h>

CFN_BEGIN_DECLS

typedef struct cfn_asset {
    const char *resource; /* the logical id */
    const char *property; /* as "Code" */
    const char *path;     /* as it is written: relative to the template */
    const cfn_node *node; /* where it is written */
} cfn_asset;

/* The assets of a template in the order of its resources, `count` of them: the properties that take
 * an object with a bucket and a key, and have a text. They live in the arena; NULL when there are
 * none, or memory is out. */
CFN_API const cfn_asset *cfn_assets_find(cfn_arena *arena, const cfn_template *tpl, size_t *count);

/* Puts the place of an uploaded asset where its path was: the one thing that may change in a
 * template while it is used. The arena must live as long as the template. */
CFN_API void cfn_asset_place(cfn_arena *arena, const cfn_asset *asset, const char *bucket,
                             const char *key);

CFN_END_DECLS

#endif
