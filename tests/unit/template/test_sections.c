/* Sections, transforms, mappings, outputs and rules. */
#include "check.h"

#define RESOURCES "Resources: {A: {Type: 'A::B::C'}}\n"

static void the_smallest_template_is_one_resource(void **state)
{
    check(*state, RESOURCES);
    assert_found(*state, "");
}

static void a_template_needs_resources(void **state)
{
    check(*state, "Description: none\n");
    assert_found(*state, "CFN1003 1:1");
}

static void resources_cannot_be_empty(void **state)
{
    check(*state, "Resources: {}\n");
    assert_found(*state, "CFN1010 1:1");
}

static void a_misspelt_section_is_read_as_the_one_that_was_meant(void **state)
{
    check(*state, "Resorces: {A: {Type: 'A::B::C'}, B: {Type: 'A::B::C', DependsOn: A}}\n");
    assert_found(*state, "CFN1001 1:1");
    assert_said(*state, "did you mean Resources?");
}

static void a_section_of_nothing_known_belongs_under_metadata(void **state)
{
    check(*state, RESOURCES "Flavour: sweet\n");
    assert_found(*state, "CFN1001 2:1");
    assert_said(*state, "under Metadata");
}

static void a_section_without_a_value_is_null(void **state)
{
    check(*state, RESOURCES "Parameters:\n");
    assert_found(*state, "CFN1006 2:1");
}

static void names_are_not_missed_when_their_section_is_of_no_use(void **state)
{
    check(*state, "Parameters: [P]\nResources: {A: {Type: 'A::B::C', Properties: {X: !Ref P}}}\n");
    assert_found(*state, "CFN1004 1:13");
}

static void there_is_one_format_version(void **state)
{
    check(*state, "AWSTemplateFormatVersion: '2010-09-10'\n" RESOURCES);
    assert_found(*state, "CFN1005 1:27");
    assert_said(*state, "did you mean 2010-09-09?");
}

static void a_description_has_at_most_1024_bytes(void **state)
{
    char yaml[2048];
    char text[1026];
    memset(text, 'x', sizeof text - 1);
    text[1025] = '\0';
    snprintf(yaml, sizeof yaml, "Description: %s\n" RESOURCES, text);
    check(*state, yaml);
    assert_found(*state, "CFN1402 1:14");
}

static void what_stands_in_metadata_is_left_alone(void **state)
{
    check(*state, "Metadata: {X: !Ref Nothing, Y: {Fn::Nothing: 1}}\n" RESOURCES);
    assert_found(*state, "");
}

static void a_transform_may_be_misspelt(void **state)
{
    check(*state, "Transform: AWS::LanguageExtension\n" RESOURCES);
    assert_found(*state, "CFN1005 1:12");
    assert_said(*state, "did you mean AWS::LanguageExtensions?");
}

static void a_transform_needs_a_name(void **state)
{
    check(*state, "Transform: [{Parameters: {}}]\n" RESOURCES);
    assert_found(*state, "CFN1003 1:13");
}

static void with_a_macro_anything_may_mean_something(void **state)
{
    check(*state, "Transform: [MyMacro]\nFlavour: {x: 1}\n"
                  "Resources: {A: {Type: 'A::B::C', Count: 3, Properties: {X: !Ref Nothing, "
                  "Y: {Fn::Mine: [!GetAtt No.Thing]}}}}\n");
    assert_found(*state, "");
}

static void serverless_templates_name_what_it_makes(void **state)
{
    check(*state, "Transform: AWS::Serverless-2016-10-31\nGlobals: {}\nResources:\n"
                  "  F: {Type: 'AWS::Serverless::Function', Connectors: {}, DependsOn: FRole}\n"
                  "Outputs: {O: {Value: !GetAtt ServerlessRestApi.Arn}}\n");
    assert_found(*state, "");
}

static void included_files_may_define_what_is_named(void **state)
{
    check(*state, "Resources:\n  Fn::Transform: {Name: 'AWS::Include', Parameters: {}}\n"
                  "  A: {Type: 'A::B::C', DependsOn: FromTheFile}\n");
    assert_found(*state, "");
}

static void a_loop_makes_names_that_are_not_known(void **state)
{
    check(*state, "Transform: AWS::LanguageExtensions\nResources:\n"
                  "  Fn::ForEach::Loop: [X, [a, b], {'Bucket${X}': {Type: 'A::B::C'}}]\n"
                  "  A: {Type: 'A::B::C', DependsOn: Bucketa}\n");
    assert_found(*state, "");
}

static void a_loop_needs_the_language_extensions(void **state)
{
    check(*state, "Resources:\n  Fn::ForEach::Loop: [X, [a], {}]\n");
    assert_found(*state, "CFN1205 2:3");
}

static void a_mapping_has_two_levels_and_plain_values(void **state)
{
    check(*state, "Mappings:\n  A: {x: {y: z, list: [1, 2]}}\n  B: {x: y}\n  C: {x: {y: {z: 1}}}\n"
                  "  D: {}\n  E: {x: {y: !Ref AWS::Region}}\n" RESOURCES);
    assert_found(*state, "CFN1004 3:10, CFN1004 4:14, CFN1010 5:6, CFN1204 6:14");
}

static void ids_are_letters_and_digits(void **state)
{
    check(*state, "Parameters: {a-b: {Type: String}}\nMappings: {c_d: {x: {y: z}}}\n"
                  "Resources: {e.f: {Type: 'A::B::C'}}\nOutputs: {g h: {Value: 1}}\n");
    assert_found(*state, "CFN1007 1:14, CFN1007 2:12, CFN1007 3:13, CFN1007 4:11");
}

static void an_output_needs_a_value_that_is_text(void **state)
{
    check(*state, RESOURCES "Outputs:\n  A: {Description: none}\n  B: {Value: {x: 1}}\n"
                            "  C: {Value: 1, Export: {Nme: n}}\n");
    assert_found(*state, "CFN1003 3:3, CFN1004 4:14, CFN1002 5:26");
}

static void the_name_of_an_export_cannot_depend_on_a_resource(void **state)
{
    check(*state, RESOURCES "Outputs: {O: {Value: !Ref A, Export: {Name: !Sub '${A}-x'}}}\n");
    assert_found(*state, "CFN1309 2:45");
}

static void a_rule_uses_only_the_functions_of_rules(void **state)
{
    check(*state, "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [a, b]}\nRules:\n"
                  "  A: {RuleCondition: !Condition C, Assertions: []}\n"
                  "  B: {Assertions: [{Assert: !Equals [!Ref P, !Sub x]}]}\n" RESOURCES);
    assert_found(*state, "CFN1204 4:22, CFN1204 5:46");
}

static void a_rule_has_assertions(void **state)
{
    check(*state, "Parameters: {P: {Type: String}}\nRules:\n"
                  "  A: {Assertions: [{Assert: !Equals [!Ref P, x], AssertDescription: d}]}\n"
                  "  B: {RuleCondition: !Equals [!Ref P, x]}\n"
                  "  C: {Assertions: [{Assert: {x: 1}}]}\n" RESOURCES);
    assert_found(*state, "CFN1003 4:3, CFN1203 5:29");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_smallest_template_is_one_resource),
        TEST(a_template_needs_resources),
        TEST(resources_cannot_be_empty),
        TEST(a_misspelt_section_is_read_as_the_one_that_was_meant),
        TEST(a_section_of_nothing_known_belongs_under_metadata),
        TEST(a_section_without_a_value_is_null),
        TEST(names_are_not_missed_when_their_section_is_of_no_use),
        TEST(there_is_one_format_version),
        TEST(a_description_has_at_most_1024_bytes),
        TEST(what_stands_in_metadata_is_left_alone),
        TEST(a_transform_may_be_misspelt),
        TEST(a_transform_needs_a_name),
        TEST(with_a_macro_anything_may_mean_something),
        TEST(serverless_templates_name_what_it_makes),
        TEST(included_files_may_define_what_is_named),
        TEST(a_loop_makes_names_that_are_not_known),
        TEST(a_loop_needs_the_language_extensions),
        TEST(a_mapping_has_two_levels_and_plain_values),
        TEST(ids_are_letters_and_digits),
        TEST(an_output_needs_a_value_that_is_text),
        TEST(the_name_of_an_export_cannot_depend_on_a_resource),
        TEST(a_rule_has_assertions),
        TEST(a_rule_uses_only_the_functions_of_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
