/* Resources: what they may have, whatever their type. */
#include "check.h"

static void a_resource_needs_a_type(void **state)
{
    check(*state, "Resources: {A: {Properties: {}}}\n");
    assert_found(*state, "CFN1003 1:13");
}

static void types_have_three_parts(void **state)
{
    check(*state, "Resources:\n  A: {Type: 'AWS::S3::Bucket'}\n  B: {Type: 'Custom::My-thing'}\n"
                  "  C: {Type: 'Org::Team::Net::MODULE'}\n  D: {Type: 'AWS::S3'}\n"
                  "  E: {Type: Bucket}\n  F: {Type: 'Custom::'}\n");
    assert_found(*state, "CFN1009 5:13, CFN1009 6:13, CFN1009 7:13");
}

static void a_misspelt_attribute_is_looked_at_all_the_same(void **state)
{
    check(*state, "Resources: {A: {Type: 'A::B::C', Propertys: {X: !Ref Nothing}}}\n");
    assert_found(*state, "CFN1002 1:34, CFN1301 1:49");
    assert_said(*state, "did you mean Properties?");
}

static void a_policy_has_few_values(void **state)
{
    check(*state, "Resources:\n"
                  "  A: {Type: 'A::B::C', DeletionPolicy: RetainExceptOnCreate}\n"
                  "  B: {Type: 'A::B::C', DeletionPolicy: Retian}\n"
                  "  C: {Type: 'A::B::C', UpdateReplacePolicy: RetainExceptOnCreate}\n");
    assert_found(*state, "CFN1005 3:40, CFN1005 4:45");
}

static void a_policy_takes_functions_with_the_language_extensions(void **state)
{
    const char *resources = "Parameters: {P: {Type: String}}\n"
                            "Resources: {A: {Type: 'A::B::C', DeletionPolicy: !Ref P}}\n";
    char yaml[256];
    snprintf(yaml, sizeof yaml, "Transform: AWS::LanguageExtensions\n%s", resources);
    check(*state, yaml);
    assert_found(*state, "");
    check(*state, resources);
    assert_found(*state, "CFN1205 2:50");
}

static void an_id_belongs_to_a_parameter_or_a_resource(void **state)
{
    check(*state, "Parameters: {A: {Type: String}}\nResources: {A: {Type: 'A::B::C'}}\n");
    assert_found(*state, "CFN1008 2:13");
    assert_said(*state, "at line 1");
}

static void a_dependency_must_exist(void **state)
{
    check(*state, "Resources:\n  Bucket: {Type: 'A::B::C'}\n"
                  "  B: {Type: 'A::B::C', DependsOn: Buckt}\n"
                  "  C: {Type: 'A::B::C', DependsOn: [Bucket, Nothing, 1]}\n");
    assert_found(*state, "CFN1301 3:35, CFN1301 4:44, CFN1004 4:53");
    assert_said(*state, "did you mean Bucket?");
}

static void a_dependency_is_given_once(void **state)
{
    check(*state, "Resources:\n  A: {Type: 'A::B::C'}\n"
                  "  B: {Type: 'A::B::C', DependsOn: [A, A]}\n");
    assert_found(*state, "CFN1311 3:39");
}

static void only_resources_can_be_depended_on(void **state)
{
    check(*state, "Parameters: {P: {Type: String}}\nResources:\n"
                  "  A: {Type: 'A::B::C', DependsOn: P}\n");
    assert_found(*state, "CFN1303 3:35");
}

static void null_is_no_value(void **state)
{
    check(*state, "Resources:\n  A:\n    Type: A::B::C\n    Properties:\n      X:\n      Y: [~]\n");
    assert_found(*state, "CFN1006 5:7, CFN1006 6:11");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_resource_needs_a_type),
        TEST(types_have_three_parts),
        TEST(a_misspelt_attribute_is_looked_at_all_the_same),
        TEST(a_policy_has_few_values),
        TEST(a_policy_takes_functions_with_the_language_extensions),
        TEST(an_id_belongs_to_a_parameter_or_a_resource),
        TEST(a_dependency_must_exist),
        TEST(a_dependency_is_given_once),
        TEST(only_resources_can_be_depended_on),
        TEST(null_is_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
