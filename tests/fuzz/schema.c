/* Foreign facts: whatever a block holds, opening it ends well, and what was opened can be used. */
#include "checks.h"

#include <cfngen/schema.h>
#include <cfngen/schema_build.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use_value(const cfn_schema *s, const cfn_schema_value *value, int depth)
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

static void use(const cfn_schema *s)
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
    }
    for (size_t i = 0; cfn_schema_region_at(s, i); i++)
        cfn_schema_region_find(s, cfn_schema_region_at(s, i));
    for (size_t i = 0; cfn_schema_origin(s, i, &text); i++)
        must(strlen(text) < cfn_schema_size(s), "a text is inside");
}

static void open_block(const void *data, size_t size)
{
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    void *exact = malloc(size ? size : 1);
    if (size)
        memcpy(exact, data, size);
    const cfn_schema *s = cfn_schema_open(diagnostics, "facts", exact, size);
    must((s != NULL) == (cfn_diagnostics_count(diagnostics, CFN_ERROR) == 0), "else an error");
    if (s)
        use(s);
    free(exact);
    cfn_diagnostics_free(diagnostics);
}

/* A good block with some of its words replaced: two bytes of the input say where, four by what. */
static void mutate_block(const uint8_t *data, size_t size)
{
    static const char text[] =
        "{\"typeName\":\"A::B::C\",\"required\":[\"P\"],\"properties\":{\"P\":{\"type\":\"array\","
        "\"items\":{\"oneOf\":[{\"properties\":{\"Q\":{\"enum\":[\"a\",\"b\"],\"minLength\":1}}},"
        "{}]}},\"M\":{\"patternProperties\":{\"x\":{\"$ref\":\"#/properties/M\"}}}},"
        "\"readOnlyProperties\":[\"/properties/P\"]}";
    cfn_diagnostics *diagnostics = cfn_diagnostics_new();
    cfn_schema_builder *builder = cfn_schema_builder_new(diagnostics);
    size_t length = 0;
    cfn_schema_builder_add(builder, "eu-west-1", "a.json", text, sizeof text - 1);
    const void *facts = cfn_schema_builder_finish(builder, &length);
    must(facts != NULL, "a good schema is built");
    uint8_t *copy = malloc(length);
    memcpy(copy, facts, length);
    for (; size >= 6; data += 6, size -= 6) {
        size_t at = ((size_t)data[0] << 8 | data[1]) * 4 % (length - 4);
        memcpy(copy + at, data + 2, 4);
    }
    open_block(copy, length);
    free(copy);
    cfn_schema_builder_free(builder);
    cfn_diagnostics_free(diagnostics);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    open_block(data, size);
    mutate_block(data, size);
    return 0;
}
