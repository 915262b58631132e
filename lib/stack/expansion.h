/* The state of one expansion, shared by binding, wiring, making resources and resolving. */
#ifndef CFN_STACK_EXPANSION_H
#define CFN_STACK_EXPANSION_H

#include "base/index.h"
#include "stack/stack.h"

/* A resource that a construct made. */
typedef struct cfn__made {
    const char *id, *role;
    cfn_node *resource;
    bool completes; /* DependsOn on the construct waits for it */
    struct cfn__made *next;
} cfn__made;

/* What Ref or an attribute of a construct without a resource stands for. */
typedef struct cfn__answer {
    const char *attribute;
    cfn_node *value;
    struct cfn__answer *next;
} cfn__answer;

/* A parameter that a construct made; it stays in the template only when something refers to it. */
typedef struct cfn__made_parameter {
    cfn_node *node;
    bool used;
    struct cfn__made_parameter *next;
} cfn__made_parameter;

struct cfn__expansion {
    cfn_stack *stack;
    cfn_arena *arena;
    cfn_diagnostics *diagnostics;
    const cfn__construct_type *const *types;
    cfn__construct *constructs; /* in the order of declaration */
    size_t construct_count;
    cfn__index declared;  /* resources of the stack file by id */
    cfn__index by_id;     /* constructs by id */
    cfn__index names;     /* ids by kind and words of the name they are given */
    cfn__index resources; /* finished resources by id: made and plain */
    cfn__made_parameter *made_parameters;
    cfn_node *template, *made_resources;
    const char *environment, *suffix; /* suffix NULL: the parameter EnvironmentSuffix */
    size_t suffix_max;                /* characters that the suffix may take */
    cfn_node *nothing;                /* what a wrong reference becomes */
    unsigned answers_within;          /* how many answers are being resolved inside each other */
    bool suffix_used;
    bool incomplete;      /* a construct failed, so references to what it makes lead nowhere */
    const cfn_node *tags; /* Metadata.Cfngen.Tags */
};

/* Reads Metadata.Cfngen and the options; reports what is wrong with them. */
void cfn__read_settings(cfn__expansion *x);

/* Takes Metadata.Cfngen, which speaks to cfngen alone, out of a template or a resource. */
void cfn__remove_settings(cfn_node *owner);

/* Gives parameters their new defaults, as set on the stack. */
void cfn__apply_parameter_settings(cfn__expansion *x);

/* Adds the parameter EnvironmentSuffix when a name needs it and the template has none. */
void cfn__finish_suffix(cfn__expansion *x);

/* Lays Overrides over what the construct made. */
void cfn__apply_overrides(cfn__expansion *x, cfn__construct *c);

/* Adds the construct's attributes to the resources it made. */
void cfn__apply_attributes(cfn__expansion *x, cfn__construct *c);

/* Appends a string to a list, unless it is there. */
void cfn__append_once(cfn_node *list, cfn_node *id);

/* Adds an id to the DependsOn of a resource, unless it is there. */
void cfn__add_dependency(const cfn__maker *make, cfn_node *resource, cfn_node *id);

/* Rewrites every reference to a construct in the template: roles, attributes, answers, DependsOn.
 */
void cfn__resolve_constructs(cfn__expansion *x);

/* The whole of it: the template that a stack stands for; NULL when memory is out. Problems are
 * reported; with errors the template is not to be used. */
cfn_node *cfn__expand(cfn_stack *stack, const cfn__construct_type *const *types, cfn__expansion *x);

/* Whether an id is that of a construct that failed, or may be that of something it would have made;
 * `expansion` is a cfn__expansion. */
bool cfn__is_missing(const void *expansion, const char *id);

/* Takes out the diagnostics that the stack file suppresses; after all checks. */
void cfn__suppress(cfn__expansion *x);

#endif
