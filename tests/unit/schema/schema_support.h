/* For tests of facts: small schemas are built, and the block is opened. */
#ifndef CFN_TESTS_SCHEMA_SUPPORT_H
#define CFN_TESTS_SCHEMA_SUPPORT_H

#include "support.h"

#include <cfngen/schema.h>
#include <cfngen/schema_build.h>

/* A file for the builder; `region` may be NULL. */
typedef struct schema_file {
    const char *region, *name, *text;
} schema_file;

/* Builds from files, up to one without a name; the block is copied so that what is read past its
 * end is noticed. NULL when there is none. */
SUPPORT unsigned char *build_facts(fixture *f, const schema_file *files, size_t *size)
{
    cfn_schema_builder *builder = cfn_schema_builder_new(f->diagnostics);
    assert_non_null(builder);
    for (; files->name; files++)
        cfn_schema_builder_add(builder, files->region, files->name, files->text,
                               strlen(files->text));
    cfn_schema_builder_origin(builder, "source", "a test");
    const void *facts = cfn_schema_builder_finish(builder, size);
    unsigned char *copy = facts ? malloc(*size) : NULL;
    if (copy)
        memcpy(copy, facts, *size);
    cfn_schema_builder_free(builder);
    return copy;
}

/* The facts out of one provider schema; to be freed. */
SUPPORT const cfn_schema *facts_of(fixture *f, const char *text)
{
    size_t size = 0;
    const schema_file files[] = {{NULL, "a.json", text}, {NULL, NULL, NULL}};
    unsigned char *facts = build_facts(f, files, &size);
    if (!facts)
        print_error("no facts:\n%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(facts);
    const cfn_schema *schema = cfn_schema_open(f->diagnostics, "facts", facts, size);
    assert_non_null(schema);
    return schema;
}

SUPPORT void free_facts(const cfn_schema *schema)
{
    free((void *)(uintptr_t)schema);
}

SUPPORT const cfn_schema_type *type_of(const cfn_schema *schema, const char *name)
{
    const cfn_schema_type *type = cfn_schema_type_find(schema, name, strlen(name));
    if (!type)
        print_error("there is no type %s\n", name);
    assert_non_null(type);
    return type;
}

SUPPORT bool leads_somewhere(const cfn_schema *schema, const char *type, const char *path,
                             cfn_schema_place *place)
{
    *place = cfn_schema_place_of(schema, type_of(schema, type));
    return cfn_schema_follow(schema, place, path);
}

/* The property at a path, as "Rules.Filter". */
SUPPORT cfn_schema_property_facts property_at(const cfn_schema *schema, const char *type,
                                              const char *path)
{
    cfn_schema_place place;
    if (!leads_somewhere(schema, type, path, &place) || !place.property)
        print_error("%s has no %s\n", type, path);
    assert_non_null(place.property);
    return cfn_schema_property_describe(schema, place.property);
}

/* A rule at a path, as text: "1", "[A,B]", "2 values" or "". */
SUPPORT const char *rule_at(const cfn_schema *schema, const char *type, const char *path,
                            cfn_schema_rule_id id, char text[256])
{
    cfn_schema_place place = cfn_schema_place_of(schema, type_of(schema, type));
    cfn_schema_rule rule;
    text[0] = '\0';
    if (*path)
        assert_true(cfn_schema_follow(schema, &place, path));
    if (!cfn_schema_rule_find(schema, place.value, id, &rule))
        return text;
    if (rule.kind == CFN_SCHEMA_KIND_TEXT)
        snprintf(text, 256, "%s", rule.text);
    else if (rule.kind == CFN_SCHEMA_KIND_NUMBER)
        snprintf(text, 256, "%.17g", rule.number);
    else if (rule.kind == CFN_SCHEMA_KIND_VALUES)
        snprintf(text, 256, "%zu values", rule.count);
    for (size_t i = 0; rule.kind == CFN_SCHEMA_KIND_TEXTS && i < rule.count; i++)
        snprintf(text + strlen(text), 256 - strlen(text), "%s%s%s", i ? "," : "[",
                 cfn_schema_rule_text(schema, &rule, i), i + 1 < rule.count ? "" : "]");
    return text;
}

#endif
