/* What must hold for facts and for what they are built of, whatever that is; for the fuzz targets
 * and the replay of their seeds. */
#ifndef CFN_TESTS_FUZZ_SCHEMA_CHECKS_H
#define CFN_TESTS_FUZZ_SCHEMA_CHECKS_H

#include "checks.h"

#include <cfngen/bindings.h>
#include <cfngen/schema.h>
#include <cfngen/schema_build.h>

CHECK void use_value(const cfn_schema *s, const cfn_schema_value *value, int depth)
{
    const cfn_schema_property *property;
    const char *text;
    cfn_schema_rule rule;
    for (size_t i = 0; depth < 3 && (property = cfn_schema_property_at(s, value, i)); i++) {
        cfn_schema_property_facts facts = cfn_schema_property_describe(s, property);
        cfn_schema_property_find(s, value, facts.name, strlen(facts.name));
        use_value(s, facts.value, depth + 1);
    }
    for (size_t i = 0; i < 100 && cfn_schema_rule_at(s, value, i, &rule); i++) {
        must(strlen(rule.text) < cfn_schema_size(s), "a text is inside");
        for (size_t j = 0; (text = cfn_schema_rule_text(s, &rule, j)); j++)
            must(strlen(text) < cfn_schema_size(s), "a text is inside");
        if (depth < 3 && rule.value)
            use_value(s, rule.value, depth + 1);
    }
}

CHECK void use_facts(const cfn_schema *s)
{
    const cfn_schema_type *type;
    const char *text;
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++) {
        cfn_schema_type_facts facts = cfn_schema_type_describe(s, type);
        cfn_schema_place place = cfn_schema_place_of(s, type);
        cfn_schema_type_find(s, facts.name, strlen(facts.name));
        cfn_schema_has_attribute(s, type, "A.B");
        cfn_schema_follow(s, &place, "P.*.Q");
        use_value(s, facts.value, 0);
        cfn_schema_cross cross;
        for (size_t j = 0; cfn_schema_cross_at(s, type, j, &cross); j++) {
            must(strlen(cross.name) < cfn_schema_size(s), "a text is inside");
            must(strlen(cross.path) < cfn_schema_size(s), "a text is inside");
            use_value(s, cross.value, 0);
        }
    }
    cfn_schema_runtime runtime;
    for (size_t i = 0; cfn_schema_runtime_at(s, i, &runtime); i++)
        must(strlen(runtime.name) + strlen(runtime.successor) < 2 * cfn_schema_size(s), "inside");
    for (size_t i = 0; cfn_schema_region_at(s, i); i++)
        cfn_schema_region_find(s, cfn_schema_region_at(s, i));
    for (size_t i = 0; cfn_schema_origin(s, i, &text); i++)
        must(strlen(text) < cfn_schema_size(s), "a text is inside");
}

CHECK void bind_facts(const cfn_schema *s)
{
    cfn_arena *arena = cfn_arena_new();
    const char *const *services = cfn_bindings_services(arena, s);
    for (size_t length = 0; services && *services; services++) {
        const char *text = cfn_bindings_text(arena, s, *services, &length);
        must(text && strlen(text) == length, "each service has a header");
    }
    cfn_arena_free(arena);
}

CHECK void open_block(const void *data, size_t size)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    void *exact = malloc(size ? size : 1);
    if (size)
        memcpy(exact, data, size);
    const cfn_schema *s = cfn_schema_open(diagnostics, "facts", exact, size);
    must((s != NULL) == (cfn_diagnostics_count(diagnostics, CFN_ERROR) == 0), "else an error");
    if (s)
        use_facts(s);
    if (s)
        bind_facts(s);
    free(exact);
    cfn_diagnostics_free(diagnostics);
}

CHECK void add_texts(cfn_schema_builder *builder, const char *const (*files)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        cfn_schema_builder_add(builder, "eu-west-1", files[i][0], files[i][1], strlen(files[i][1]));
}

/* A good block with some of its words replaced: two bytes of the input say where, four by what. */
CHECK void mutate_block(const char *data, size_t size)
{
    static const char *const files[][2] = {
        {"a.json",
         "{\"typeName\":\"A::B::C\",\"required\":[\"P\"],\"properties\":{\"P\":{\"type\":\"array\","
         "\"items\":{\"oneOf\":[{\"properties\":{\"Q\":{\"enum\":[\"a\",\"b\"],\"minLength\":1}}},"
         "{}]}},\"M\":{\"patternProperties\":{\"x\":{\"$ref\":\"#/properties/M\"}}}},"
         "\"readOnlyProperties\":[\"/properties/P\"]}"},
        {"b.json", "{\"typeName\":\"A::B::D\"}"},
        {"cross-property-rules.json",
         "{\"r\":{\"if\":{\"required\":[\"P\"]},\"then\":{\"properties\":{\"M\":false}}}}"},
        {"cross-property-places.tsv", "r\tA::B::C\t\terror\nr\tA::B::D\tM.*\twarning"},
        {"LmbdRuntimeLifecycle.json", "{\"x1\":{\"deprecated\":\"2026-01-01\"}}"}};
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_schema_builder *builder = cfn_schema_builder_new(diagnostics);
    size_t length = 0;
    add_texts(builder, files, sizeof files / sizeof *files);
    const void *facts = cfn_schema_builder_finish(builder, &length);
    must(facts != NULL, "a good schema is built");
    char *copy = malloc(length);
    memcpy(copy, facts, length);
    for (; size >= 6; data += 6, size -= 6) {
        size_t where = (size_t)(unsigned char)data[0] << 8 | (unsigned char)data[1];
        memcpy(copy + where * 4 % (length - 4), data + 2, 4);
    }
    open_block(copy, length);
    free(copy);
    cfn_schema_builder_free(builder);
    cfn_diagnostics_free(diagnostics);
}

/* A block, and what to replace in one. */
CHECK void check_facts(const char *data, size_t size)
{
    open_block(data, size);
    mutate_block(data, size);
}

/* Builds from files and one more; what was built can be opened. */
CHECK void check_build_of(const char *const (*files)[2], size_t count, const char *name,
                          const char *data, size_t size)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_schema_builder *builder = cfn_schema_builder_new(diagnostics);
    size_t length = 0;
    add_texts(builder, files, count);
    cfn_schema_builder_add(builder, NULL, name, data, size);
    const void *facts = cfn_schema_builder_finish(builder, &length);
    must((facts != NULL) == (cfn_diagnostics_count(diagnostics, CFN_ERROR) == 0), "else an error");
    if (facts) {
        const cfn_schema *s = cfn_schema_open(diagnostics, "facts", facts, length);
        must(s != NULL, "what was built can be opened");
        must(cfn_schema_type_count(s) == 1, "it holds the type");
        use_facts(s);
    }
    cfn_schema_builder_free(builder);
    cfn_diagnostics_free(diagnostics);
}

/* A provider schema, a file of rules, and every other table. */
CHECK void check_build(const char *data, size_t size)
{
    static const char *const files[][2] = {
        {"a.json", "{\"typeName\":\"A::B::C\",\"properties\":{\"P\":{},\"Q\":{}}}"},
        {"cross-property-places.tsv", "r\tA::B::C\tP\terror\tQ\nr\tA::B::C\t\twarning"},
        {"cross-property-rules.json", "{\"r\":{\"not\":{\"required\":[\"P\"]}}}"}};
    static const char *const names[] = {"cross-property-rules.json", "cross-property-places.tsv",
                                        "LmbdRuntimeLifecycle.json", "resource-attributes.json",
                                        "getatt-exceptions.json",    "StatefulResources.json"};
    check_build_of(NULL, 0, "a.json", data, size);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_build_of(files, sizeof files / sizeof *files, names[i], data, size);
}

#endif
