/* The short ways to cfn_assert: one function for each usual claim. */
#include <cfngen/assertions.h>

#define ABOUT_RESOURCES(name, which, about_properties)                                             \
    cfn_verdict name(cfn_assertions *t, const char *type, const char *pattern)                     \
    {                                                                                              \
        return cfn_assert(t, &(cfn_assertion){.claim = which,                                      \
                                              .type = type,                                        \
                                              .pattern = pattern,                                  \
                                              .properties = about_properties});                    \
    }
ABOUT_RESOURCES(cfn_assert_has_resource, CFN_CLAIM_HAS, false)
ABOUT_RESOURCES(cfn_assert_has_properties, CFN_CLAIM_HAS, true)
ABOUT_RESOURCES(cfn_assert_all_resources, CFN_CLAIM_ALL, false)
ABOUT_RESOURCES(cfn_assert_all_properties, CFN_CLAIM_ALL, true)
ABOUT_RESOURCES(cfn_assert_no_resource, CFN_CLAIM_NONE, false)
ABOUT_RESOURCES(cfn_assert_no_properties, CFN_CLAIM_NONE, true)
ABOUT_RESOURCES(cfn_find_resources, CFN_CLAIM_FIND, false)

cfn_verdict cfn_assert_resource_count(cfn_assertions *t, const char *type, size_t count)
{
    return cfn_assert(t, &(cfn_assertion){.claim = CFN_CLAIM_COUNT, .type = type, .count = count});
}

cfn_verdict cfn_assert_properties_count(cfn_assertions *t, const char *type, const char *pattern,
                                        size_t count)
{
    return cfn_assert(t, &(cfn_assertion){.claim = CFN_CLAIM_COUNT,
                                          .type = type,
                                          .pattern = pattern,
                                          .properties = true,
                                          .count = count});
}

#define ABOUT_ENTRIES(name, which, of_section)                                                     \
    cfn_verdict name(cfn_assertions *t, const char *id, const char *pattern)                       \
    {                                                                                              \
        return cfn_assert(                                                                         \
            t, &(cfn_assertion){                                                                   \
                   .claim = which, .section = of_section, .id = id, .pattern = pattern});          \
    }
ABOUT_ENTRIES(cfn_assert_resource, CFN_CLAIM_HAS, CFN_SECTION_RESOURCES)
ABOUT_ENTRIES(cfn_assert_has_output, CFN_CLAIM_HAS, CFN_SECTION_OUTPUTS)
ABOUT_ENTRIES(cfn_assert_has_parameter, CFN_CLAIM_HAS, CFN_SECTION_PARAMETERS)
ABOUT_ENTRIES(cfn_assert_has_mapping, CFN_CLAIM_HAS, CFN_SECTION_MAPPINGS)
ABOUT_ENTRIES(cfn_assert_has_condition, CFN_CLAIM_HAS, CFN_SECTION_CONDITIONS)
ABOUT_ENTRIES(cfn_find_outputs, CFN_CLAIM_FIND, CFN_SECTION_OUTPUTS)
ABOUT_ENTRIES(cfn_find_parameters, CFN_CLAIM_FIND, CFN_SECTION_PARAMETERS)
ABOUT_ENTRIES(cfn_find_mappings, CFN_CLAIM_FIND, CFN_SECTION_MAPPINGS)
ABOUT_ENTRIES(cfn_find_conditions, CFN_CLAIM_FIND, CFN_SECTION_CONDITIONS)
