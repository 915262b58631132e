/* The inside of lib/access: building the tables. */
#ifndef CFN_ACCESS_TEXTS_H
#define CFN_ACCESS_TEXTS_H

#include "access/access.h"
#include "base/index.h"

/* --- texts.c: sets of texts --- */

typedef const char *cfn__access_naming(cfn_arena *arena, const cfn_node *value);

/* The texts of one value or a list of them, sorted, each once; what is Ref AWS::NoValue is left
 * out. Of a Fn::If both sides are in it, and `varies` is set. `naming` gives the text of one. */
cfn__texts cfn__access_set(cfn_arena *arena, const cfn_node *value, cfn__access_naming *naming,
                           bool any_case, bool *varies);
cfn__texts cfn__access_single(cfn_arena *arena, const char *text);
bool cfn__texts_equal(const cfn__texts *a, const cfn__texts *b, bool any_case);
bool cfn__texts_have(const cfn__texts *set, const char *text);

/* The texts with a separator between them. */
const char *cfn__texts_joined(cfn_arena *arena, const cfn__texts *set, const char *separator);

/* --- walk.c: values that stand under conditions --- */

/* What is looked at: a resource, and the conditions on the way to the value. */
typedef struct cfn__access_walk {
    cfn__access *access;
    const cfn_resource *resource;
    const char *when;
} cfn__access_walk;

typedef void cfn__access_visit(const cfn__access_walk *walk, const cfn_node *value,
                               const void *context);

/* Visits a value, or each member of a list; of a Fn::If both sides, each with its condition in
 * `when`. What is Ref AWS::NoValue is not there. */
void cfn__access_each(const cfn__access_walk *walk, const cfn_node *value, cfn__access_visit *visit,
                      const void *context);

bool cfn__access_is_no_value(const cfn_node *value);

/* The text by which other resources know this one: ${Id}. */
const char *cfn__access_own_text(const cfn__access_walk *walk);

/* --- the tables --- */

void cfn__access_add_statement(cfn__access *access, const cfn__access_statement *statement);
void cfn__access_add_attachment(cfn__access *access, const cfn__access_attachment *attachment);
void cfn__access_add_rule(cfn__access *access, const cfn__access_rule *rule);

/* statements.c: the statements of a policy document; text is read as JSON. */
typedef struct cfn__access_policy {
    cfn__access_kind kind;
    cfn__texts holders;
} cfn__access_policy;
void cfn__access_read_policy(const cfn__access_walk *walk, const cfn_node *document,
                             const cfn__access_policy *policy);

/* What each family of types has. Nothing when the resource is of none of its types. */
void cfn__access_read_identity(const cfn__access_walk *walk);
void cfn__access_read_resource_policy(const cfn__access_walk *walk);
void cfn__access_read_security_group(const cfn__access_walk *walk);

#endif
