/* Values as a C program gives them to constructs.
 *
 * There is one C type for each JSON type. Each holds nothing (zero: the property is left out and
 * its default applies), a literal or an intrinsic function:
 *
 *     .description = cfn_s("Migration data")     .readers = cfn_i(0)
 *     .description = cfn_ref("KeyDescription")   .deletion_protection = cfn_b(false)
 *     .backup_retention_period = cfn_i_of(cfn_ref("Days"))
 *
 * A bare literal (`.readers = 0`, `.deletion_protection = false`, `.key = NULL`) would silently
 * mean "left out"; the guard member makes it an error of the compiler. Strings passed in need to
 * live only until the construct is added. */
#ifndef CFNGEN_VALUE_H
#define CFNGEN_VALUE_H

#include <cfngen/node.h>

CFN_BEGIN_DECLS

typedef struct cfn_stack cfn_stack;

#if defined(__GNUC__) && !defined(__cplusplus)
#define CFN_GUARD                                                                                  \
    __extension__ struct {                                                                         \
        struct {                                                                                   \
        } no_bare_literal_here[0];                                                                 \
    } guard_;
#else
#define CFN_GUARD
#endif

/* What a value holds. */
typedef enum cfn_form {
    CFN_UNSET,
    CFN_LITERAL,
    CFN_REF,     /* text: a logical id */
    CFN_GET_ATT, /* text: a logical id; attribute */
    CFN_SUB,     /* text: the text of a Fn::Sub */
    CFN_NODE     /* node: any value or intrinsic */
} cfn_form;

typedef struct cfn_str {
    CFN_GUARD
    cfn_form form;
    const char *text, *attribute;
    const cfn_node *node;
} cfn_str;

typedef struct cfn_int {
    CFN_GUARD
    cfn_str expression;
    int64_t value;
} cfn_int;

typedef struct cfn_num {
    CFN_GUARD
    cfn_str expression;
    double value;
} cfn_num;

typedef struct cfn_bool {
    CFN_GUARD
    cfn_str expression;
    bool value;
} cfn_bool;

/* Any JSON value: a map of tags, a policy statement. Its literal form is a node. */
typedef struct cfn_json {
    CFN_GUARD
    cfn_str expression;
} cfn_json;

/* A list type has the items, or `all`: one intrinsic that gives the whole list. */
#define CFN_LIST_OF(item)                                                                          \
    struct {                                                                                       \
        CFN_GUARD                                                                                  \
        const item *items;                                                                         \
        size_t count;                                                                              \
        cfn_str all;                                                                               \
    }

typedef CFN_LIST_OF(cfn_str) cfn_str_list;
typedef CFN_LIST_OF(cfn_int) cfn_int_list;
typedef CFN_LIST_OF(cfn_num) cfn_num_list;
typedef CFN_LIST_OF(cfn_bool) cfn_bool_list;
typedef CFN_LIST_OF(cfn_json) cfn_json_list;

/* A map of strings with keys of one's own, or `all`: one intrinsic that gives the whole map. */
typedef struct cfn_entry {
    const char *key;
    cfn_str value;
} cfn_entry;
typedef struct cfn_str_map {
    CFN_GUARD
    const cfn_entry *entries;
    size_t count;
    cfn_str all;
} cfn_str_map;

/* Members of a struct beside those that it has by name, given with CFN_MAP, too. */
typedef struct cfn_others {
    CFN_GUARD
    const cfn_entry *entries;
    size_t count;
} cfn_others;

/* A tag of a resource; `all` is an intrinsic that gives the whole tag. */
typedef struct cfn_tag {
    CFN_GUARD
    cfn_str Key, Value, all;
} cfn_tag;
typedef CFN_LIST_OF(cfn_tag) cfn_tag_list;

#ifndef __cplusplus
/* Initialises a list field: .subnet_ids = CFN_LIST(cfn_s("subnet-1"), cfn_ref("SubnetB")) */
#define CFN_LIST(...) CFN_ITEMS(cfn_str, __VA_ARGS__)
/* The same for any item type: .ingress = CFN_ITEMS(cfn_ec2_security_group_rule, {...}, {...}) */
#define CFN_ITEMS(item, ...)                                                                       \
    {                                                                                              \
        .items = (const item[]){__VA_ARGS__},                                                      \
        .count = sizeof((const item[]){__VA_ARGS__}) / sizeof(item)                                \
    }
/* Initialises a map: .Variables = CFN_MAP({"TABLE", cfn_ref("Table")}, {"MODE", cfn_s("fast")}) */
#define CFN_MAP(...)                                                                               \
    {                                                                                              \
        .entries = (const cfn_entry[]){__VA_ARGS__},                                               \
        .count = sizeof((const cfn_entry[]){__VA_ARGS__}) / sizeof(cfn_entry)                      \
    }
/* Initialises an object without members: &(aws_s3_Bucket_WebsiteConfiguration)CFN_EMPTY */
#define CFN_EMPTY                                                                                  \
    {                                                                                              \
        .all = {.form = CFN_UNSET }                                                                \
    }
/* Initialises a list of logical ids: .depends_on = CFN_IDS("Bucket", "Queue") */
#define CFN_IDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#endif

static inline cfn_str cfn__str(cfn_form form, const char *text, const char *attribute,
                               const cfn_node *node)
{
    cfn_str s;
    s.form = form;
    s.text = text;
    s.attribute = attribute;
    s.node = node;
    return s;
}

/* Literals. cfn_s(NULL) holds nothing. */
static inline cfn_str cfn_s(const char *text)
{
    return cfn__str(text ? CFN_LITERAL : CFN_UNSET, text, NULL, NULL);
}
static inline cfn_int cfn_i(int64_t value)
{
    cfn_int i;
    i.expression = cfn__str(CFN_LITERAL, NULL, NULL, NULL);
    i.value = value;
    return i;
}
static inline cfn_num cfn_n(double value)
{
    cfn_num n;
    n.expression = cfn__str(CFN_LITERAL, NULL, NULL, NULL);
    n.value = value;
    return n;
}
static inline cfn_bool cfn_b(bool value)
{
    cfn_bool b;
    b.expression = cfn__str(CFN_LITERAL, NULL, NULL, NULL);
    b.value = value;
    return b;
}

#ifndef __cplusplus
/* A pointer is true, so that cfn_b("false") would be; this refuses it. */
#define cfn_b(value) _Generic((value), bool : (cfn_b), int : (cfn_b))(value)
#endif

/* {"Ref": id}; {"Fn::GetAtt": [id, attribute]}; {"Fn::Sub": text}. */
static inline cfn_str cfn_ref(const char *id)
{
    return cfn__str(CFN_REF, id, NULL, NULL);
}
static inline cfn_str cfn_att(const char *id, const char *attribute)
{
    return cfn__str(CFN_GET_ATT, id, attribute, NULL);
}
static inline cfn_str cfn_sub(const char *text)
{
    return cfn__str(CFN_SUB, text, NULL, NULL);
}
static inline cfn_str cfn_of_node(const cfn_node *node)
{
    return cfn__str(node ? CFN_NODE : CFN_UNSET, NULL, NULL, node);
}

/* An intrinsic where a value of another type is expected. */
static inline cfn_int cfn_i_of(cfn_str expression)
{
    cfn_int i;
    i.expression = expression;
    i.value = 0;
    return i;
}
static inline cfn_num cfn_n_of(cfn_str expression)
{
    cfn_num n;
    n.expression = expression;
    n.value = 0;
    return n;
}
static inline cfn_bool cfn_b_of(cfn_str expression)
{
    cfn_bool b;
    b.expression = expression;
    b.value = false;
    return b;
}
static inline cfn_json cfn_json_of(cfn_str expression)
{
    cfn_json j;
    j.expression = expression;
    return j;
}

/* A JSON value from its text, as cfn_json_text(stack, "{\"Team\": \"data\"}"). Text that is not
 * JSON is reported to the stack's diagnostics and gives a value that holds nothing. */
#define cfn_json_text(stack, text) cfn_json_text_at(stack, text, __FILE__, __LINE__)
CFN_API cfn_json cfn_json_text_at(cfn_stack *stack, const char *text, const char *file, int line);

/* Compound intrinsics. They live in the stack; arguments are copied.
 * Where `items` and `count` stand, the list may also be one intrinsic: see cfn_join_list. */
CFN_API cfn_str cfn_join(cfn_stack *stack, const char *separator, const cfn_str *items,
                         size_t count);
CFN_API cfn_str cfn_join_list(cfn_stack *stack, const char *separator, cfn_str list);
CFN_API cfn_str cfn_select(cfn_stack *stack, int64_t index, cfn_str list);
CFN_API cfn_str cfn_split(cfn_stack *stack, const char *separator, cfn_str text);
CFN_API cfn_str cfn_if(cfn_stack *stack, const char *condition, cfn_str yes, cfn_str no);
CFN_API cfn_str cfn_find_in_map(cfn_stack *stack, const char *mapping, cfn_str top_level_key,
                                cfn_str second_level_key);
CFN_API cfn_str cfn_import_value(cfn_stack *stack, cfn_str export_name);
CFN_API cfn_str cfn_get_azs(cfn_stack *stack, cfn_str region);
CFN_API cfn_str cfn_cidr(cfn_stack *stack, cfn_str block, int64_t count, int64_t bits);
CFN_API cfn_str cfn_base64(cfn_stack *stack, cfn_str text);

/* A list, and a map, as one value: an argument of a function, or with cfn_json_of a property. */
CFN_API cfn_str cfn_list(cfn_stack *stack, const cfn_str *items, size_t count);
CFN_API cfn_str cfn_map(cfn_stack *stack, const cfn_entry *entries, size_t count);

/* {"Fn::GetAtt": [id, "map.key"]}: the member of an attribute that is a map, as the Outputs of a
 * nested stack are. */
CFN_API cfn_str cfn_att_in(cfn_stack *stack, const char *id, const char *map, const char *key);

/* Condition functions, for cfn_condition_add. cfn_condition names another condition. */
CFN_API cfn_str cfn_equals(cfn_stack *stack, cfn_str a, cfn_str b);
CFN_API cfn_str cfn_and(cfn_stack *stack, const cfn_str *conditions, size_t count);
CFN_API cfn_str cfn_or(cfn_stack *stack, const cfn_str *conditions, size_t count);
CFN_API cfn_str cfn_not(cfn_stack *stack, cfn_str condition);
CFN_API cfn_str cfn_condition(cfn_stack *stack, const char *name);

/* A handle is a construct of this stack (as the construct's _add function returned it; _named makes
 * one for a construct that is added later, by its logical id) or a thing that exists already
 * (_existing, by its ARN or id: the construct's page says which). */
typedef struct cfn_handle {
    const char *id; /* of a construct in the stack, or NULL */
    cfn_str value;  /* of the existing thing: an ARN or id */
} cfn_handle;

#define CFN_HANDLE(type)                                                                           \
    typedef struct type {                                                                          \
        CFN_GUARD                                                                                  \
        cfn_handle handle;                                                                         \
    } type;                                                                                        \
    static inline type type##_named(const char *id)                                                \
    {                                                                                              \
        type named;                                                                                \
        named.handle.id = id;                                                                      \
        named.handle.value = cfn_s(NULL);                                                          \
        return named;                                                                              \
    }                                                                                              \
    static inline type type##_existing(cfn_str value)                                              \
    {                                                                                              \
        type existing;                                                                             \
        existing.handle.id = NULL;                                                                 \
        existing.handle.value = value;                                                             \
        return existing;                                                                           \
    }                                                                                              \
    typedef CFN_LIST_OF(type) type##_list

/* What CloudFormation lets one say about any resource; the props of every construct and every
 * resource have it. */
typedef struct cfn_attributes {
    CFN_GUARD
    const char *condition;         /* all resources of the construct are made only when it holds */
    const char *const *depends_on; /* CFN_IDS(...): made before every resource of the construct */
    const char *deletion_policy;   /* "Delete", "Retain", "Snapshot"; the construct's page says */
    const char *update_replace_policy; /* how far each reaches */
    cfn_json metadata;                 /* of the primary resource */
    cfn_json overrides; /* {LogicalId: {"Properties": {...}}}: laid over the made resources, as RFC
                           7396 says: maps are merged, null takes a key out */
    cfn_json creation_policy, update_policy; /* of a resource of the types that take them */
} cfn_attributes;

CFN_END_DECLS

#endif
