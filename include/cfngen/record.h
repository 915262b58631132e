/* What the typed bindings of resource types (<cfngen/aws/rds.h> and the like) are made of:
 * descriptor tables, and functions that read a struct by its table. docs/bindings.md explains the
 * bindings; a program has no use for this header itself.
 *
 * A table is one object: the records of a resource type, the first its props, and the fields of all
 * of them. It stands in an inline function, so that one that is not used costs nothing. */
#ifndef CFNGEN_RECORD_H
#define CFNGEN_RECORD_H

#include <cfngen/value.h>
#include <stddef.h>

CFN_BEGIN_DECLS

/* What a member of a struct is. */
typedef enum cfn_field_kind {
    CFN_FIELD_STR,
    CFN_FIELD_INT,
    CFN_FIELD_NUM,
    CFN_FIELD_BOOL,
    CFN_FIELD_JSON,
    CFN_FIELD_STR_LIST,
    CFN_FIELD_JSON_LIST,
    CFN_FIELD_HANDLE,
    CFN_FIELD_HANDLE_LIST,
    CFN_FIELD_RECORD, /* a struct within the struct */
    CFN_FIELD_RECORD_LIST,
    CFN_FIELD_ATTRIBUTES, /* cfn_attributes, which stand beside the properties */
    /* Of bindings alone: */
    CFN_FIELD_INT_LIST,
    CFN_FIELD_NUM_LIST,
    CFN_FIELD_BOOL_LIST,
    CFN_FIELD_TAG_LIST,
    CFN_FIELD_STR_MAP,
    CFN_FIELD_OBJECT, /* a pointer to a struct; NULL: left out */
    CFN_FIELD_ALL,    /* cfn_str: when it is set, the whole struct is this value */
    CFN_FIELD_OTHERS  /* cfn_others: further members of the struct */
} cfn_field_kind;

typedef struct cfn_record cfn_record;

typedef struct cfn_field {
    const char *name; /* of the property */
    cfn_field_kind kind;
    size_t offset;
    const cfn_record *record; /* of RECORD, RECORD_LIST and OBJECT; else NULL */
} cfn_field;

/* A struct; its fields are `stride` bytes apart. */
struct cfn_record {
    const char *name; /* of the props of a resource: its type */
    const cfn_field *fields;
    size_t count, stride, size;
};

/* Rows of the tables; the object around them is called `table`. A record has `count` fields from
 * `first` on. */
#define CFN_TABLE(records_, fields_)                                                               \
    static const struct {                                                                          \
        cfn_record records[records_];                                                              \
        cfn_field fields[fields_];                                                                 \
    } table
#define CFN_RECORD(type, name, first, count)                                                       \
    {                                                                                              \
        name, table.fields + (first), count, sizeof(cfn_field), sizeof(type)                       \
    }
#define CFN_FIELD(type, kind, member)                                                              \
    {                                                                                              \
#member, CFN_FIELD_##kind, offsetof(type, member), NULL                                    \
    }
#define CFN_FIELD_NAMED(type, kind, member, name)                                                  \
    {                                                                                              \
        name, CFN_FIELD_##kind, offsetof(type, member), NULL                                       \
    }
/* One with a struct of its own: record `index` of the table. */
#define CFN_FIELD_OF(type, kind, member, name, index)                                              \
    {                                                                                              \
        name, CFN_FIELD_##kind, offsetof(type, member), table.records + (index)                    \
    }

/* A struct within a resource type: type_value makes a value of one, so that a function can have it
 * as an argument. */
#define CFN_VALUE_OF(type, owner, index)                                                           \
    static inline cfn_str type##_value(cfn_stack *stack, const type *value)                        \
    {                                                                                              \
        return cfn_record_value(stack, owner##_record() + (index), value);                         \
    }

/* A resource type: its handle, which only its own functions take; _named makes one for a resource
 * that is added later, by its logical id. */
#define CFN_RESOURCE(type)                                                                         \
    typedef struct type {                                                                          \
        CFN_GUARD                                                                                  \
        const char *id;                                                                            \
    } type;                                                                                        \
    static inline type type##_named(const char *id)                                                \
    {                                                                                              \
        type named;                                                                                \
        named.id = id;                                                                             \
        return named;                                                                              \
    }                                                                                              \
    static inline cfn_str type##_Ref(type resource)                                                \
    {                                                                                              \
        return cfn_ref(resource.id);                                                               \
    }                                                                                              \
    static inline type type##_add_at(cfn_stack *stack, const char *id, const type##_props *props,  \
                                     const char *file, int line)                                   \
    {                                                                                              \
        return type##_named(cfn_record_add_at(stack, type##_record(), id, props, file, line));     \
    }

/* What Fn::GetAtt answers; of a map, the member with the key. */
#define CFN_ATTRIBUTE(type, function, attribute)                                                   \
    static inline cfn_str type##_##function(type resource)                                         \
    {                                                                                              \
        return cfn_att(resource.id, attribute);                                                    \
    }
#define CFN_ATTRIBUTE_MAP(type, function, attribute)                                               \
    static inline cfn_str type##_##function(cfn_stack *stack, type resource, const char *key)      \
    {                                                                                              \
        return cfn_att_in(stack, resource.id, attribute, key);                                     \
    }

/* Adds a resource of the type that the record names, and gives its id (NULL when memory is out).
 * `props` may be NULL. What is wrong is reported to the stack's diagnostics. */
CFN_API const char *cfn_record_add_at(cfn_stack *stack, const cfn_record *record, const char *id,
                                      const void *props, const char *file, int line);

/* A struct as one value; it lives in the stack. */
CFN_API cfn_str cfn_record_value(cfn_stack *stack, const cfn_record *record, const void *value);

CFN_END_DECLS

#endif
