/* Facts about one type A::B::C that have every rule, and circles. */
#ifndef CFN_TESTS_SMALL_FACTS_H
#define CFN_TESTS_SMALL_FACTS_H

#include <cfngen/schema_build.h>
#include <string.h>

static inline __attribute__((unused)) cfn_schema_builder *
small_facts_new(cfn_diagnostics *diagnostics)
{
    static const char *const files[][2] = {
        {"a.json",
         "{\"typeName\":\"A::B::C\",\"additionalProperties\":false,\"required\":[\"S\"],"
         "\"definitions\":{\"T\":{\"oneOf\":[{\"$ref\":\"#/definitions/T\"},{\"type\":\"object\","
         "\"properties\":{\"Left\":{\"$ref\":\"#/definitions/T\"},\"Right\":{\"$ref\":"
         "\"#/definitions/T\"}}}]}},\"properties\":{"
         "\"S\":{\"type\":\"string\",\"pattern\":\"^(a|aa)+$\",\"minLength\":1,\"maxLength\":60,"
         "\"enum\":[\"a\",\"aa\",\"5\"]},"
         "\"N\":{\"type\":\"number\",\"minimum\":1,\"exclusiveMaximum\":9,\"multipleOf\":0.5},"
         "\"L\":{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":1,\"maxItems\":3,"
         "\"prefixItems\":[{\"type\":\"integer\"}],\"items\":{\"type\":\"string\",\"format\":"
         "\"ipv4-network\"},\"contains\":{\"const\":\"10.0.0.0/8\"}},"
         "\"M\":{\"type\":\"object\",\"patternProperties\":{\"^[a-z]+$\":{\"$ref\":"
         "\"#/properties/M\"}},\"propertyNames\":{\"maxLength\":3},\"additionalProperties\":false,"
         "\"minProperties\":1},"
         "\"T\":{\"$ref\":\"#/definitions/T\"},"
         "\"O\":{\"oneOf\":[{\"required\":[\"A\"]},{\"required\":[\"B\"]}],\"requiredXor\":[\"A\","
         "\"B\"],\"requiredOr\":[\"A\",\"D\"],\"dependentRequired\":{\"A\":[\"D\"]},"
         "\"dependentExcluded\":{\"B\":[\"D\"]},\"dependentSchemas\":{\"D\":{\"required\":"
         "[\"E\"]}}},"
         "\"K\":{\"type\":\"array\",\"uniqueKeys\":[\"Key\"],\"maxUniqueItems\":2,\"items\":{"
         "\"anyOf\":[{\"type\":\"integer\"},{\"not\":{\"const\":\"x\"}}]}},"
         "\"G\":{\"type\":\"string\",\"format\":\"AWS::EC2::Subnet.Id\"}},"
         "\"readOnlyProperties\":[\"/properties/G\"],\"primaryIdentifier\":[\"/properties/S\"]}"},
        {"cross-property-rules.json",
         "{\"r\":{\"if\":{\"properties\":{\"S\":{\"const\":\"a\"}},\"required\":[\"S\"]},\"then\":"
         "{\"properties\":{\"N\":{\"enum\":[\"1\",\"2.1\"]},\"L\":false}},\"else\":{\"required\":"
         "[\"M\"]}}}"},
        {"cross-property-places.tsv", "r\tA::B::C\t\terror\nr\tA::B::C\tK.*\twarning"}};
    cfn_schema_builder *builder = cfn_schema_builder_new(diagnostics);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        cfn_schema_builder_add(builder, "eu-west-1", files[i][0], files[i][1], strlen(files[i][1]));
    return builder;
}

#endif
