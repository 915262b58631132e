/* A resource type on its way to C: its structs and functions, named, before they are printed. */
#ifndef CFN_BINDINGS_BINDINGS_H
#define CFN_BINDINGS_BINDINGS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/index.h"

#include <cfngen/bindings.h>

/* What a member of a struct is: X(kind, its C type or NULL when that depends on the member). The
 * names are those of cfn_field_kind. */
#define CFN__SORTS(X)                                                                              \
    X(STR, "cfn_str")                                                                              \
    X(INT, "cfn_int")                                                                              \
    X(NUM, "cfn_num")                                                                              \
    X(BOOL, "cfn_bool")                                                                            \
    X(JSON, "cfn_json")                                                                            \
    X(STR_LIST, "cfn_str_list")                                                                    \
    X(INT_LIST, "cfn_int_list")                                                                    \
    X(NUM_LIST, "cfn_num_list")                                                                    \
    X(BOOL_LIST, "cfn_bool_list")                                                                  \
    X(JSON_LIST, "cfn_json_list")                                                                  \
    X(TAG_LIST, "cfn_tag_list")                                                                    \
    X(STR_MAP, "cfn_str_map")                                                                      \
    X(OBJECT, NULL)                                                                                \
    X(RECORD_LIST, NULL)

typedef enum cfn__sort {
#define CFN__SORT_ENUM(kind, type) CFN__SORT_##kind,
    CFN__SORTS(CFN__SORT_ENUM)
#undef CFN__SORT_ENUM
        CFN__SORT_NOTHING /* only read: no member at all */
} cfn__sort;

/* What a value of the facts is in C. */
typedef struct cfn__shape {
    cfn__sort sort;
    const cfn_schema_value *members; /* of OBJECT and RECORD_LIST: what has the members */
} cfn__shape;

cfn__shape cfn__shape_of(const cfn_schema *schema, const cfn_schema_value *value);

/* The properties of a value, those of its alternatives among them, by name; read-only ones are left
 * out. */
typedef struct cfn__slot {
    cfn_schema_property_facts facts;
    cfn__shape shape;
    struct cfn__slot *next;
} cfn__slot;
cfn__slot *cfn__slots_of(cfn_arena *arena, const cfn_schema *schema, const cfn_schema_value *value);

/* Whether keys that are not described may stand in the value beside those that are. */
bool cfn__has_others(const cfn_schema *schema, const cfn_schema_value *value);

/* ---- names ---- */

/* "AWS::RDS::DBCluster" is "aws_rds_DBCluster". */
const char *cfn__type_identifier(cfn_arena *arena, const char *type);

/* A property or attribute as part of an identifier: what C does not take becomes "_". */
const char *cfn__part_identifier(cfn_arena *arena, const char *name);

/* A property as the member of a struct: a keyword of C or C++, and a name that the bindings need
 * themselves, get a "_" at the end. */
const char *cfn__member_identifier(cfn_arena *arena, const char *name);

/* How many bytes of a type's name are the service's: "AWS::RDS" of "AWS::RDS::DBCluster"; 0 when it
 * is no name of this form, which types of foreign facts may not be. */
size_t cfn__service_length(const char *type);

/* ---- the model ---- */

typedef struct cfn__member {
    const char *name, *identifier;
    cfn__sort sort;
    const struct cfn__struct *record; /* of OBJECT and RECORD_LIST */
    const char *type;                 /* what the struct is called here; it may be another's, too */
    bool required, deprecated;
    struct cfn__member *next;
} cfn__member;

typedef struct cfn__struct {
    const cfn_schema_value *value;
    const char *path, *name; /* "aws_kms_Key", or with the path to it; the C type */
    cfn__member *members;
    size_t index, first_row, rows; /* in the table */
    bool has_others, listed;
    struct cfn__struct *next;
} cfn__struct;

typedef struct cfn__accessor {
    const char *name, *attribute;
    bool map;
    struct cfn__accessor *next;
} cfn__accessor;

typedef struct cfn__binding {
    const char *type, *name; /* "AWS::KMS::Key", "aws_kms_Key" */
    cfn__struct *structs;    /* the first is the props */
    cfn__accessor *accessors;
    size_t struct_count, row_count;
} cfn__binding;

/* The C names of a header that are taken. */
typedef struct cfn__names {
    cfn_arena *arena;
    cfn__index taken;
} cfn__names;

/* Makes the binding of a type; NULL when memory is out. */
cfn__binding *cfn__bind_type(cfn__names *names, const cfn_schema *schema,
                             const cfn_schema_type *type);

/* Takes the names that every resource type of the header has, and its accessors. */
void cfn__take_names(cfn__names *names, const cfn_schema *schema, const cfn_schema_type *type);

void cfn__print_binding(cfn__buffer *out, const cfn__binding *binding);

#endif
