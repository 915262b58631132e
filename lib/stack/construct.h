/* What a construct type is, and what its wiring and expansion may call.
 *
 * Expansion is three passes over the constructs in the order of their declaration: *bind* fills
 * each props struct, *wire* lets constructs tell each other what they need (a key is told which log
 * groups use it, a security group who connects), *expand* makes resources. Nothing is made before
 * the third pass, so forward references work. */
#ifndef CFN_STACK_CONSTRUCT_H
#define CFN_STACK_CONSTRUCT_H

#include "node/node.h"
#include "stack/field.h"

#include <cfngen/stack.h>

typedef struct cfn__expansion cfn__expansion;
typedef struct cfn__construct cfn__construct;

/* A resource that the construct makes; its logical id is the construct's id + role. */
typedef struct cfn__role_facts {
    const char *role; /* "" is the primary resource; "Reader{n}" stands for several */
    const char *type;
    const char *doc;
} cfn__role_facts;

/* An attribute for Fn::GetAtt on the construct itself. */
typedef struct cfn__attribute_facts {
    const char *name;
    const char *doc;
} cfn__attribute_facts;

typedef struct cfn__construct_type {
    const char *name;
    const char *doc;     /* one paragraph */
    const char *ref_doc; /* what Ref gives */
    /* The type in whose place one of this may be named, since it gives what that gives; or NULL. */
    const char *stands_for;
    cfn_record props;
    const cfn__attribute_facts *attributes;
    size_t attribute_count;
    const cfn__role_facts *roles;
    size_t role_count;
    bool has_snapshots; /* of the primary resource: DeletionPolicy may be Snapshot */
    size_t state_size;  /* of what wiring collects; zeroed memory */
    void (*wire)(cfn__expansion *x, cfn__construct *c);
    void (*expand)(cfn__expansion *x, cfn__construct *c);
} cfn__construct_type;

struct cfn__construct {
    const cfn__construct_type *type;
    const char *id;
    const cfn_node *declared; /* the resource of the stack file */
    cfn__maker make;          /* for nodes of this construct: they get its place */
    void *props, *state;
    const cfn_attributes *attributes; /* inside props */
    struct cfn__made *made, *last_made;
    struct cfn__answer *answers;
    bool broken; /* binding failed: it is neither wired nor expanded */
};

/* ---- looking up ---- */

/* The construct that a handle names; NULL for an existing thing and for one that is broken. */
cfn__construct *cfn__handle_construct(cfn__expansion *x, const void *handle);

/* The Type of what the stack file declares under an id; NULL when that is no resource. */
const char *cfn__declared_type(const cfn__expansion *x, const char *id);

/* Whether the handle holds anything at all. */
bool cfn__handle_is_set(const void *handle);

/* Whether a value was given, and its text when it is a literal (else NULL). */
bool cfn__is_set(cfn_str value);
const char *cfn__literal(cfn_str value);

/* Adds a problem of this construct: at the property's value when it was written, else at the
 * construct. `property` may be NULL. */
void cfn__report_property(cfn__expansion *x, const cfn__construct *c, const char *property,
                          cfn_diagnostic_id id, const char *format, ...) CFN_PRINTF(5, 6);
cfn_diagnostics *cfn__expansion_diagnostics(cfn__expansion *x);
cfn_arena *cfn__expansion_arena(cfn__expansion *x);

/* The region that the stack is checked for; NULL when none was given. */
const char *cfn__expansion_region(const cfn__expansion *x);

/* ---- values as nodes, with the construct's place ---- */

/* NULL when the value holds nothing, so that cfn__put leaves the property out. */
cfn_node *cfn__str_node(const cfn__maker *make, cfn_str value);
cfn_node *cfn__int_node(const cfn__maker *make, cfn_int value);
cfn_node *cfn__num_node(const cfn__maker *make, cfn_num value);
cfn_node *cfn__bool_node(const cfn__maker *make, cfn_bool value);
cfn_node *cfn__json_node(const cfn__maker *make, cfn_json value);
cfn_node *cfn__str_list_node(const cfn__maker *make, const cfn_str_list *list);

/* A node where a struct takes JSON; cfn_of_node is the same for a string. */
static inline cfn_json cfn__json_of_node(const cfn_node *node)
{
    return cfn_json_of(cfn_of_node(node));
}

/* The value, or the default when it holds nothing. */
cfn_str cfn__str_or(cfn_str value, const char *otherwise);
cfn_int cfn__int_or(cfn_int value, int64_t otherwise);
cfn_bool cfn__bool_or(cfn_bool value, bool otherwise);

/* {"Ref": id}, {"Fn::GetAtt": [id, attribute]}, {"Fn::Sub": text}; a text without ${ is a string.
 */
cfn_node *cfn__ref_node(const cfn__maker *make, const char *id);
cfn_node *cfn__get_att_node(const cfn__maker *make, const char *id, const char *attribute);
cfn_node *cfn__sub_node(const cfn__maker *make, const char *text);

/* before + value + after as one string value, whatever intrinsic the value is. The value is taken
 * over; before and after may hold ${...}. */
cfn_node *cfn__concat(const cfn__maker *make, const char *before, cfn_node *value,
                      const char *after);

/* ---- making resources ---- */

/* Makes the resource `id + role` of a typed binding, and gives its Properties (never NULL but when
 * memory is out). The attributes of the construct (Condition, DependsOn ...) are added at the end.
 *
 *     CFN__RESOURCE(aws_kms_Alias, x, c, "Alias", &(aws_kms_Alias_props){.AliasName = ...}) */
#define CFN__RESOURCE(type, x, c, role, ...)                                                       \
    cfn__resource(x, c, role, type##_record(), true ? (__VA_ARGS__) : (const type##_props *)NULL)
cfn_node *cfn__resource(cfn__expansion *x, cfn__construct *c, const char *role,
                        const cfn_record *record, const void *props);

/* The logical id of a role, in the arena. */
const char *cfn__role_id(cfn__expansion *x, const cfn__construct *c, const char *role);

/* The Properties of the resource that the construct made for a role; NULL when there is none. */
cfn_node *cfn__properties_of(const cfn__construct *c, const char *role);

/* Adds a DependsOn to a resource that was just made. */
void cfn__resource_depends_on(cfn__expansion *x, cfn_node *properties, const char *id);

/* A condition that holds when both do, made when there is none; NULL holds always. */
const char *cfn__both_conditions(cfn__expansion *x, const cfn__maker *make, const char *a,
                                 const char *b);

/* Makes a condition `id + role` of the template. */
void cfn__condition(cfn__expansion *x, const cfn__construct *c, const char *role, cfn_node *value);

/* Sets DeletionPolicy and UpdateReplacePolicy of a made resource when the user did not. */
void cfn__resource_policies(cfn__expansion *x, cfn_node *properties, const char *policy);

/* The construct is ready for its users only when this resource is there too: DependsOn on the
 * construct waits for it. */
void cfn__resource_completes(cfn__construct *c, const cfn_node *properties);

/* Makes a parameter `id + role` of the template and gives its map. When in the end nothing refers
 * to it, it is taken out again. */
cfn_node *cfn__parameter(cfn__expansion *x, cfn__construct *c, const char *role, const char *type,
                         const char *description);

/* The transform of this family ("AWS::SecretsManager-") that the template has; without one, adds
 * `name`. */
const cfn_node *cfn__transform(cfn__expansion *x, const cfn__construct *c, const char *family,
                               const char *name);

/* For constructs without a resource of their own: what Ref ("") or an attribute of it is. */
void cfn__answer_with(cfn__expansion *x, cfn__construct *c, const char *attribute, cfn_node *value);

/* ---- names and tags ---- */

/* What a service allows in a physical name. */
typedef struct cfn__name_rule {
    const char *what;    /* "a cluster identifier" */
    size_t max;          /* characters */
    const char *special; /* allowed beside letters and digits */
    bool lower_case;     /* the service stores it so */
    bool hyphens_single; /* starts with a letter, no two hyphens together, none at the end */
} cfn__name_rule;

/* {id and role in lower-case words}-{environment}-{suffix}, fitted to the rule. */
cfn_node *cfn__name(cfn__expansion *x, const cfn__construct *c, const char *role,
                    const cfn__name_rule *rule);

/* The same, but the user's own name when there is one; `property` is what the user calls it. */
cfn_node *cfn__name_or(cfn__expansion *x, const cfn__construct *c, cfn_str own,
                       const char *property, const char *role, const cfn__name_rule *rule);

/* Tags of a made resource: Name, Environment, the stack's, the construct's. The later wins. `own`
 * is a map of the construct's Tags. `name` is copied and may be NULL. */
cfn_tag_list cfn__tags(cfn__expansion *x, const cfn__construct *c, const cfn_node *name,
                       cfn_json own);

/* ---- adding from C ---- */

/* Adds a construct to the stack from its props struct, and gives its id (NULL when memory is out).
 */
const char *cfn__construct_add(cfn_stack *stack, const cfn__construct_type *type, const char *id,
                               const void *props, const char *file, int line);

#endif
