/* Assertions about templates, for unit tests in any framework; docs/assertions.md has examples.
 *
 *     cfn_assertions *t = cfn_assertions_new(cfn_stack_synth(stack), NULL);
 *     cfn_verdict v = cfn_assert_has_properties(t, "AWS::DMS::ReplicationTask",
 *         "MigrationType: full-load-and-cdc\n"
 *         "ReplicationTaskSettings: !SerializedJson {ValidationSettings: {EnableValidation:
 * true}}"); if (!v.holds) fputs(v.text, stderr); cfn_assertions_free(t);
 *
 * A pattern is YAML text. Mappings in it are met by what has these keys and more, at any depth;
 * lists are met by lists of as many items; scalars by the same kind and value. CloudFormation's
 * short tags stand for its functions: !Ref Key is met by {"Ref": "Key"}. Tags of its own say more:
 *
 *     !Absent                   the key is not there
 *     !Any                      anything but null
 *     !Not PATTERN              a value that the pattern does not match
 *     !Exact VALUE              just this: no further keys, at any depth
 *     !ObjectEquals {...}       the same, of a mapping; !ObjectLike {...} allows further keys again
 *     !ArrayWith [...]          these items, in this order, perhaps with others between them
 *     !ArrayWithUnordered [...] the same in any order; each item meets one pattern
 *     !ArrayEquals [...]        these items alone, each of them exact
 *     !SerializedJson PATTERN   a text that holds JSON, which the pattern matches; of Fn::Sub too
 *     !Regex EXPRESSION         text in which the expression (PCRE2) is found
 *     !Capture NAME, !Capture [NAME, PATTERN]   hands out what stands there
 *
 * A tag stands for a mapping with one key, which JSON and nested tags write: {"Match::Not":
 * {"Match::Regex": "^a"}}. A pattern that is malformed, and a template that there is not, fail:
 * nothing that could not be decided holds. */
#ifndef CFNGEN_ASSERTIONS_H
#define CFNGEN_ASSERTIONS_H

#include <cfngen/template.h>

CFN_BEGIN_DECLS

/* A template that is asserted on; whatever assertions hand out lives in it. */
typedef struct cfn_assertions cfn_assertions;

/* What a parameter, or a pseudo parameter such as AWS::Region, is at the deployment. A value of a
 * list is separated by commas, as the AWS CLI takes it. */
typedef struct cfn_given {
    const char *name, *value;
} cfn_given;

typedef struct cfn_assertions_options {
    bool loose; /* scalars as CloudFormation takes them: 10 is "10", true is "true" */

    /* Work values out before they are compared: Ref, Fn::Sub, Fn::Join, Fn::Select, Fn::Split,
     * Fn::FindInMap, Fn::If and conditions, for the parameters given, else for their Default. What
     * is not known stays a function. What a condition takes out is not there. In patterns the same
     * functions are worked out. Giving a parameter implies it. */
    bool resolve;
    const cfn_given *given;
    size_t given_count;

    bool update_snapshots; /* write them anew; see cfn_assertions_wants_update */
} cfn_assertions_options;

/* Assertions about a finished template. The nodes must live as long, and are not changed. `root`
 * may be NULL (a stack with errors): then nothing holds. Options may be NULL. NULL when memory is
 * out; every function below takes that, and answers that nothing holds. */
CFN_API cfn_assertions *cfn_assertions_new(const cfn_node *root,
                                           const cfn_assertions_options *options);

/* The same for a template in a file. When it cannot be read every assertion fails and says why. */
CFN_API cfn_assertions *cfn_assertions_read(const char *path,
                                            const cfn_assertions_options *options);

CFN_API void cfn_assertions_free(cfn_assertions *t);

/* The template as it is compared: with values worked out when that was asked for. */
CFN_API const cfn_node *cfn_assertions_template(const cfn_assertions *t);

/* What a pattern captured. */
typedef struct cfn_capture {
    const char *name;
    const cfn_node *value;
} cfn_capture;

/* The answer to an assertion. */
typedef struct cfn_verdict {
    bool holds;
    bool broken;      /* it could not be decided: a malformed pattern, say */
    const char *text; /* why it does not hold, lines ended by a newline; "" if it does */
    const cfn_node *const *found; /* the entries that match; the key of each is its id */
    size_t found_count;
    const cfn_capture *captures; /* of the entries that match, in their order */
    size_t capture_count;
} cfn_verdict;

/* The value that was captured under a name, the first for index 0; NULL past the last. */
CFN_API const cfn_node *cfn_captured(const cfn_verdict *verdict, const char *name, size_t index);

typedef enum cfn_claim {
    CFN_CLAIM_HAS,   /* at least one entry matches */
    CFN_CLAIM_ALL,   /* there is one, and each matches */
    CFN_CLAIM_NONE,  /* no entry matches */
    CFN_CLAIM_COUNT, /* `count` entries match */
    CFN_CLAIM_FIND   /* holds whatever is found */
} cfn_claim;

/* An assertion in full; the functions below are short ways to it. */
typedef struct cfn_assertion {
    cfn_claim claim;
    cfn_section section; /* CFN_SECTION_NONE: Resources */
    const char *type;    /* of resources; NULL: any */
    const char *id;      /* NULL or "*": any */
    const char *pattern; /* YAML; NULL: anything */
    bool properties;     /* it is about the Properties of resources */
    size_t count;
} cfn_assertion;
CFN_API cfn_verdict cfn_assert(cfn_assertions *t, const cfn_assertion *assertion);

/* --- resources: as a whole (Type, Properties, DependsOn ...), or their properties --- */
CFN_API cfn_verdict cfn_assert_resource_count(cfn_assertions *t, const char *type, size_t count);
CFN_API cfn_verdict cfn_assert_properties_count(cfn_assertions *t, const char *type,
                                                const char *pattern, size_t count);
CFN_API cfn_verdict cfn_assert_has_resource(cfn_assertions *t, const char *type,
                                            const char *pattern);
CFN_API cfn_verdict cfn_assert_has_properties(cfn_assertions *t, const char *type,
                                              const char *pattern);
CFN_API cfn_verdict cfn_assert_all_resources(cfn_assertions *t, const char *type,
                                             const char *pattern);
CFN_API cfn_verdict cfn_assert_all_properties(cfn_assertions *t, const char *type,
                                              const char *pattern);
CFN_API cfn_verdict cfn_assert_no_resource(cfn_assertions *t, const char *type,
                                           const char *pattern);
CFN_API cfn_verdict cfn_assert_no_properties(cfn_assertions *t, const char *type,
                                             const char *pattern);
CFN_API cfn_verdict cfn_find_resources(cfn_assertions *t, const char *type, const char *pattern);

/* The resource with a logical id. */
CFN_API cfn_verdict cfn_assert_resource(cfn_assertions *t, const char *id, const char *pattern);

/* --- other sections; "*" is any id --- */
CFN_API cfn_verdict cfn_assert_has_output(cfn_assertions *t, const char *id, const char *pattern);
CFN_API cfn_verdict cfn_assert_has_parameter(cfn_assertions *t, const char *id,
                                             const char *pattern);
CFN_API cfn_verdict cfn_assert_has_mapping(cfn_assertions *t, const char *id, const char *pattern);
CFN_API cfn_verdict cfn_assert_has_condition(cfn_assertions *t, const char *id,
                                             const char *pattern);
CFN_API cfn_verdict cfn_find_outputs(cfn_assertions *t, const char *id, const char *pattern);
CFN_API cfn_verdict cfn_find_parameters(cfn_assertions *t, const char *id, const char *pattern);
CFN_API cfn_verdict cfn_find_mappings(cfn_assertions *t, const char *id, const char *pattern);
CFN_API cfn_verdict cfn_find_conditions(cfn_assertions *t, const char *id, const char *pattern);

/* --- who may do what --- */

/* Whether `holder` (the logical id of a role, user, group or managed policy) may do something, as
 * IAM evaluates the statements of the template. With a principal: whether that one may do it with
 * the holder, which is then a role (who may become it), a key, a topic, a bucket ... */
typedef struct cfn_permission {
    const char *holder;
    const char *principal; /* as "Service:lambda.amazonaws.com"; NULL: what the holder may do */
    const char *action;    /* as "dms:StartReplicationTask" */
    const char *resource;  /* an ARN; ${Key} stands for a Ref, ${Key.Arn} for an attribute. NULL:
                              on anything at all */
} cfn_permission;

/* It may: always, whatever conditions and parameters are. It may not: never. What depends on a
 * condition, or on what is not in the template, is neither. */
CFN_API cfn_verdict cfn_assert_permission(cfn_assertions *t, const cfn_permission *permission,
                                          bool may);
CFN_API cfn_verdict cfn_assert_may(cfn_assertions *t, const char *holder, const char *action,
                                   const char *resource);
CFN_API cfn_verdict cfn_assert_may_not(cfn_assertions *t, const char *holder, const char *action,
                                       const char *resource);

/* --- the template as a whole --- */

/* The template matches; a plain mapping allows for more sections and resources. */
CFN_API cfn_verdict cfn_assert_template(cfn_assertions *t, const char *pattern);

/* The template is that of a golden file (YAML or JSON), up to the order of keys. With
 * update_snapshots the file is written instead, when it is missing or another. */
CFN_API cfn_verdict cfn_assert_snapshot(cfn_assertions *t, const char *path);

/* Whether CFNGEN_UPDATE_SNAPSHOTS in the environment is set, and is not empty or 0. */
CFN_API bool cfn_assertions_wants_update(void);

CFN_END_DECLS

#endif
