/* What constructs there are and what they take: the facts behind `cfngen list` and `cfngen
 * explain`, for completion and reference pages. Everything handed out is constant and never freed.
 */
#ifndef CFNGEN_CONSTRUCTS_H
#define CFNGEN_CONSTRUCTS_H

#include <cfngen/common.h>

CFN_BEGIN_DECLS

typedef struct cfn_construct_facts cfn_construct_facts;
typedef struct cfn_property cfn_property;

/* The constructs, in the order of their names; NULL past the end. */
CFN_API const cfn_construct_facts *cfn_construct_at(size_t index);

/* By name, as "Cfngen::KMS::Key"; NULL when there is none. */
CFN_API const cfn_construct_facts *cfn_construct_find(const char *name);

/* Its name, what it is, and what Ref gives. */
CFN_API const char *cfn_construct_name(const cfn_construct_facts *construct);
CFN_API const char *cfn_construct_doc(const cfn_construct_facts *construct);
CFN_API const char *cfn_construct_ref(const cfn_construct_facts *construct);

/* A name with what it means: an attribute for Fn::GetAtt; a resource that is made. `name` of a
 * resource is what follows the construct's logical id, "" for the primary one; `type` is its type,
 * "" for attributes. False past the end. */
typedef struct cfn_construct_entry {
    const char *name, *type, *doc;
} cfn_construct_entry;
CFN_API bool cfn_construct_attribute(const cfn_construct_facts *construct, size_t index,
                                     cfn_construct_entry *entry);
CFN_API bool cfn_construct_resource(const cfn_construct_facts *construct, size_t index,
                                    cfn_construct_entry *entry);

/* The properties of a construct, and the members of a property that is a mapping or a list of
 * mappings; NULL past the end. */
CFN_API const cfn_property *cfn_construct_property(const cfn_construct_facts *construct,
                                                   size_t index);
CFN_API const cfn_property *cfn_property_member(const cfn_property *property, size_t index);

typedef struct cfn_property_facts {
    const char *name;
    const char *type; /* "string", "whole number", "mapping", or a construct's name */
    bool list;        /* a list of that type */
    const char *doc;
    const char *default_text;  /* "" when there is none */
    const char *const *values; /* the strings allowed, ended by NULL; NULL: any */
    int64_t min, max;          /* of numbers; equal: no range */
    bool required;
    bool synth_time; /* no intrinsic can stand here */
} cfn_property_facts;
CFN_API cfn_property_facts cfn_property_describe(const cfn_property *property);

CFN_END_DECLS

#endif
