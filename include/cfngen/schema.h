/* Facts about every CloudFormation resource type: what it takes, what it answers, what a change
 * does, and where it exists. AWS publishes them as provider schemas; docs/schema.md says which ones
 * these are.
 *
 * The facts are one read-only block of memory that is used as it is: nothing is parsed or copied,
 * and everything handed out points into it. Types, values and properties are told apart by their
 * addresses alone; a description of one is a struct by value. */
#ifndef CFNGEN_SCHEMA_H
#define CFNGEN_SCHEMA_H

#include <cfngen/arena.h>
#include <cfngen/diagnostic.h>

CFN_BEGIN_DECLS

typedef struct cfn_schema cfn_schema;                   /* a block of facts */
typedef struct cfn_schema_type cfn_schema_type;         /* a resource type */
typedef struct cfn_schema_value cfn_schema_value;       /* what a value may be */
typedef struct cfn_schema_property cfn_schema_property; /* a named member of a value */

/* The facts that are part of the library. */
CFN_API const cfn_schema *cfn_schema_embedded(void);

/* Facts made by cfn_schema_builder, once all of it is checked: whatever the memory holds, using it
 * is safe afterwards. NULL, and CFN3001 to CFN3003 reported, when it is not to be used. The memory
 * stays the caller's, and must neither change nor go. */
CFN_API const cfn_schema *cfn_schema_open(cfn_diagnostics *diagnostics, const char *name,
                                          const void *memory, size_t size);

/* The same for a file, which is copied into the arena: it may change afterwards. */
CFN_API const cfn_schema *cfn_schema_open_file(cfn_arena *arena, cfn_diagnostics *diagnostics,
                                               const char *path);

/* The size in bytes, and the version of the form. */
CFN_API size_t cfn_schema_size(const cfn_schema *schema);
CFN_API uint32_t cfn_schema_version(const cfn_schema *schema);

/* Where the facts come from: names ("source", "date", "types" ...), each with a text; a name may
 * come more than once. NULL past the end. */
CFN_API const char *cfn_schema_origin(const cfn_schema *schema, size_t index, const char **text);

/* The regions that the facts know, as "eu-central-1"; NULL past the end. There are 64 at most. */
CFN_API const char *cfn_schema_region_at(const cfn_schema *schema, size_t index);

/* The index of a region, or -1. */
CFN_API int cfn_schema_region_find(const cfn_schema *schema, const char *region);

/* The types, in the order of their names (by bytes); NULL past the end. By name: NULL when there is
 * none. */
CFN_API size_t cfn_schema_type_count(const cfn_schema *schema);
CFN_API const cfn_schema_type *cfn_schema_type_at(const cfn_schema *schema, size_t index);
CFN_API const cfn_schema_type *cfn_schema_type_find(const cfn_schema *schema, const char *name,
                                                    size_t length);

typedef struct cfn_schema_type_facts {
    const char *name;
    const cfn_schema_value *value; /* its properties */
    uint64_t regions;              /* bit i: it exists in region i; 0: not known */
    bool structure_only;           /* a new type: no patterns, lengths or lists of values known */
    bool holds_data;               /* what is in it goes with it */
    bool must_be_empty;            /* it cannot be deleted while something is in it */
    bool deletes_first;            /* a replacement starts by deleting the old one */
    bool taggable;
    bool tags_on_create, tags_change; /* when tags can be given */
    bool properties_are_attributes;   /* Fn::GetAtt takes any property, too */
    const char *tag_property;         /* "" when there is none */
    bool takes_creation_policy;       /* the resource attribute CreationPolicy */
    bool takes_update_policy;         /* the resource attribute UpdatePolicy */
    bool snapshot_on_delete;          /* DeletionPolicy may be Snapshot */
    bool snapshot_on_replace;         /* UpdateReplacePolicy may be Snapshot */
} cfn_schema_type_facts;
CFN_API cfn_schema_type_facts cfn_schema_type_describe(const cfn_schema *schema,
                                                       const cfn_schema_type *type);

/* The names that Fn::GetAtt takes, as "Endpoint.Address", by bytes; one that ends in ".*" stands
 * for all that begin so. NULL past the end. */
CFN_API const char *cfn_schema_attribute_at(const cfn_schema *schema, const cfn_schema_type *type,
                                            size_t index);
CFN_API bool cfn_schema_has_attribute(const cfn_schema *schema, const cfn_schema_type *type,
                                      const char *name);

/* The properties that make up its primary identifier, as "Id" or "A.B"; NULL past the end. */
CFN_API const char *cfn_schema_identifier_at(const cfn_schema *schema, const cfn_schema_type *type,
                                             size_t index);

/* What a value may be in JSON; or-ed together. 0: anything. */
enum {
    CFN_SCHEMA_STRING = 1,
    CFN_SCHEMA_INTEGER = 2,
    CFN_SCHEMA_NUMBER = 4,
    CFN_SCHEMA_BOOLEAN = 8,
    CFN_SCHEMA_OBJECT = 16,
    CFN_SCHEMA_LIST = 32,
    CFN_SCHEMA_NULL = 64
};

typedef struct cfn_schema_value_facts {
    unsigned types;
    size_t property_count;
    bool closed;         /* no other properties */
    bool unordered;      /* a list whose order means nothing */
    bool unique;         /* a list without duplicates */
    bool attribute_list; /* a list of names with values, one name once */
    bool enum_any_case;  /* letter case does not count in `enum` */
    bool forbidden;      /* nothing will do: the property must not be there */
} cfn_schema_value_facts;
CFN_API cfn_schema_value_facts cfn_schema_value_describe(const cfn_schema *schema,
                                                         const cfn_schema_value *value);

/* What a change of a property does to the resource. */
typedef enum cfn_schema_change {
    CFN_SCHEMA_UPDATES,
    CFN_SCHEMA_MAY_REPLACE, /* it depends, or the sources do not agree */
    CFN_SCHEMA_REPLACES
} cfn_schema_change;

typedef struct cfn_schema_property_facts {
    const char *name;
    const cfn_schema_value *value;
    bool required;
    bool read_only;  /* answers, takes nothing */
    bool write_only; /* takes, never answers */
    bool deprecated;
    bool identifier;              /* part of the primary identifier */
    bool conditional_create_only; /* AWS's own word for CFN_SCHEMA_MAY_REPLACE */
    cfn_schema_change change;     /* of itself; a change of a member counts for the members above */
} cfn_schema_property_facts;
CFN_API cfn_schema_property_facts cfn_schema_property_describe(const cfn_schema *schema,
                                                               const cfn_schema_property *property);

/* The properties of a value in the order of their names (by bytes); NULL past the end. By name:
 * NULL when there is none. Those that stand in an alternative (one-of, any-of, all-of) alone are
 * not among them. */
CFN_API const cfn_schema_property *
cfn_schema_property_at(const cfn_schema *schema, const cfn_schema_value *value, size_t index);
CFN_API const cfn_schema_property *cfn_schema_property_find(const cfn_schema *schema,
                                                            const cfn_schema_value *value,
                                                            const char *name, size_t length);

/* What further holds for a value: X(name, kind, the word of JSON Schema for it). The kinds: a text,
 * a number, texts, a value, values, a text with a value. In dependentRequired and dependentExcluded
 * the first text is the property that needs or excludes the others; the text of a patternProperties
 * is the pattern of the keys ("" for any). `required` here names properties that are described
 * elsewhere. */
#define CFN_SCHEMA_RULES(X)                                                                        \
    X(PATTERN, TEXT, "pattern")                                                                    \
    X(FORMAT, TEXT, "format")                                                                      \
    X(CONST, TEXT, "const")                                                                        \
    X(RELATIONSHIP, TEXT, "relationshipRef")                                                       \
    X(MIN_LENGTH, NUMBER, "minLength")                                                             \
    X(MAX_LENGTH, NUMBER, "maxLength")                                                             \
    X(MINIMUM, NUMBER, "minimum")                                                                  \
    X(MAXIMUM, NUMBER, "maximum")                                                                  \
    X(EXCLUSIVE_MINIMUM, NUMBER, "exclusiveMinimum")                                               \
    X(EXCLUSIVE_MAXIMUM, NUMBER, "exclusiveMaximum")                                               \
    X(MULTIPLE_OF, NUMBER, "multipleOf")                                                           \
    X(MIN_ITEMS, NUMBER, "minItems")                                                               \
    X(MAX_ITEMS, NUMBER, "maxItems")                                                               \
    X(MAX_UNIQUE_ITEMS, NUMBER, "maxUniqueItems")                                                  \
    X(MIN_PROPERTIES, NUMBER, "minProperties")                                                     \
    X(MAX_PROPERTIES, NUMBER, "maxProperties")                                                     \
    X(ENUM, TEXTS, "enum")                                                                         \
    X(REQUIRED, TEXTS, "required")                                                                 \
    X(REQUIRED_XOR, TEXTS, "requiredXor")                                                          \
    X(REQUIRED_OR, TEXTS, "requiredOr")                                                            \
    X(UNIQUE_KEYS, TEXTS, "uniqueKeys")                                                            \
    X(DEPENDENT_REQUIRED, TEXTS, "dependentRequired")                                              \
    X(DEPENDENT_EXCLUDED, TEXTS, "dependentExcluded")                                              \
    X(ITEMS, VALUE, "items")                                                                       \
    X(NOT, VALUE, "not")                                                                           \
    X(IF, VALUE, "if")                                                                             \
    X(THEN, VALUE, "then")                                                                         \
    X(ELSE, VALUE, "else")                                                                         \
    X(PREFIX_ITEMS, VALUES, "prefixItems")                                                         \
    X(ONE_OF, VALUES, "oneOf")                                                                     \
    X(ANY_OF, VALUES, "anyOf")                                                                     \
    X(ALL_OF, VALUES, "allOf")                                                                     \
    X(PATTERN_PROPERTIES, TEXT_VALUE, "patternProperties")                                         \
    X(DEPENDENT_SCHEMA, TEXT_VALUE, "dependentSchemas")                                            \
    X(CONTAINS, VALUE, "contains")                                                                 \
    X(PROPERTY_NAMES, VALUE, "propertyNames")

typedef enum cfn_schema_rule_id {
#define CFN_SCHEMA_RULE_ENUM(name, kind, word) CFN_SCHEMA_##name,
    CFN_SCHEMA_RULES(CFN_SCHEMA_RULE_ENUM)
#undef CFN_SCHEMA_RULE_ENUM
        CFN_SCHEMA_RULE_COUNT
} cfn_schema_rule_id;

typedef enum cfn_schema_rule_kind {
    CFN_SCHEMA_KIND_TEXT,
    CFN_SCHEMA_KIND_NUMBER,
    CFN_SCHEMA_KIND_TEXTS,
    CFN_SCHEMA_KIND_VALUE,
    CFN_SCHEMA_KIND_VALUES,
    CFN_SCHEMA_KIND_TEXT_VALUE
} cfn_schema_rule_kind;

typedef struct cfn_schema_rule {
    cfn_schema_rule_id id;
    cfn_schema_rule_kind kind;
    const char *text;              /* of a text, and of a text with a value; else "" */
    double number;                 /* of a number */
    const cfn_schema_value *value; /* of a value, and of a text with a value; else NULL */
    size_t count;                  /* of texts and of values */
    uint32_t list;                 /* where they are; for the two functions below */
} cfn_schema_rule;

/* The rules of a value; false past the end. The first one of an id: false when there is none. */
CFN_API bool cfn_schema_rule_at(const cfn_schema *schema, const cfn_schema_value *value,
                                size_t index, cfn_schema_rule *rule);
CFN_API bool cfn_schema_rule_find(const cfn_schema *schema, const cfn_schema_value *value,
                                  cfn_schema_rule_id id, cfn_schema_rule *rule);

/* Which rules a value has: bit 1 << id for each. */
CFN_API uint64_t cfn_schema_rule_set(const cfn_schema *schema, const cfn_schema_value *value);

/* A text or a value out of those of a rule; NULL past the end. */
CFN_API const char *cfn_schema_rule_text(const cfn_schema *schema, const cfn_schema_rule *rule,
                                         size_t index);
CFN_API const cfn_schema_value *cfn_schema_rule_value(const cfn_schema *schema,
                                                      const cfn_schema_rule *rule, size_t index);

/* The word of JSON Schema for a rule. */
CFN_API const char *cfn_schema_rule_name(cfn_schema_rule_id id);

/* A place inside of a type. */
typedef struct cfn_schema_place {
    const cfn_schema_property *property; /* the last one on the way; NULL at the type itself */
    const cfn_schema_value *value;
    cfn_schema_change change; /* the strongest on the way: what a change here does */
    bool read_only;           /* it, or something on the way to it */
} cfn_schema_place;

/* The place of a type itself. */
CFN_API cfn_schema_place cfn_schema_place_of(const cfn_schema *schema, const cfn_schema_type *type);

/* Goes from a place to its member of that name: a property (also one of an alternative alone, also
 * one of the items of a list), or with "*" or an index to the items of a list or the values of a
 * map. False when there is none; `place` is then as it was. */
CFN_API bool cfn_schema_enter(const cfn_schema *schema, cfn_schema_place *place, const char *name,
                              size_t length);

/* Follows names with dots between them, as "Endpoint.Address". */
CFN_API bool cfn_schema_follow(const cfn_schema *schema, cfn_schema_place *place, const char *path);

/* A rule over several properties: an engine's versions, the classes that a version runs on, what
 * excludes what. Its value is like any other, and speaks mostly by if, then, all-of and
 * `forbidden`. Only types that it names count: where `types` is 0, properties and items alone do.
 * As elsewhere, numbers and booleans in `enum` and `const` stand there as texts. */
typedef struct cfn_schema_cross {
    const char *name;              /* as "engine_version" */
    const char *path;              /* where it holds, as "SecurityGroupIngress.*"; "": the type */
    const cfn_schema_value *value; /* what holds there */
    uint64_t regions;              /* bit i: it holds in region i; all bits: everywhere */
    bool is_warning;               /* what breaks it is outdated or unwise, not refused */
} cfn_schema_cross;

/* The rules of a type; one that says different things in different regions comes several times, for
 * some of the regions each. False past the end. */
CFN_API bool cfn_schema_cross_at(const cfn_schema *schema, const cfn_schema_type *type,
                                 size_t index, cfn_schema_cross *cross);

/* A runtime of Lambda; days are as "2026-06-30", "" when none is known. */
typedef struct cfn_schema_runtime {
    const char *name;           /* as "python3.9" */
    const char *deprecated;     /* no more corrections from this day on */
    const char *create_blocked; /* no new functions */
    const char *update_blocked; /* no changes of functions that there are */
    const char *successor;      /* which runtime to take instead; "" when there is none */
} cfn_schema_runtime;

/* The runtimes, by their names; false past the end. By name: false when it is not known. */
CFN_API bool cfn_schema_runtime_at(const cfn_schema *schema, size_t index,
                                   cfn_schema_runtime *runtime);
CFN_API bool cfn_schema_runtime_find(const cfn_schema *schema, const char *name,
                                     cfn_schema_runtime *runtime);

CFN_END_DECLS

#endif
