/* Resource types, regions and attributes of resources; what is left out of the checks. */
#include "check_support.h"

static void check_type(fixture *f, const char *region, const char *type)
{
    forget(f);
    check_in(f, region, cfn__format(f->arena, "Resources:\n  A:\n    Type: %s\n", type));
}

static void an_unknown_type_is_told_with_the_nearest(void **state)
{
    check_type(*state, NULL, "AWS::SQS::Queu");
    assert_found(*state, "CFN3101 3:11");
    assert_said(*state, "there is no resource type AWS::SQS::Queu");
    assert_said(*state, "did you mean AWS::SQS::Queue?");
    check_type(*state, NULL, "AWS::Nothing::OfTheKind");
    assert_ids(*state, "CFN3101");
    assert_said(*state, "cfngen schema types lists those that there are");
}

static void types_of_others_are_not_known(void **state)
{
    check_type(*state, NULL, "Datadog::Monitors::Monitor");
    assert_ids(*state, "");
    check_type(*state, NULL, "Acme::S3::Bucket::MODULE");
    assert_ids(*state, "");
    check_type(*state, NULL, "AWS::S3::Bucket::MODULE");
    assert_ids(*state, "");
}

static void a_type_that_is_not_there_is_told_for_the_region(void **state)
{
    check_type(*state, "us-east-1", "AWS::SQS::Queue");
    assert_ids(*state, "");
    check_type(*state, "af-south-1", "AWS::AppStream::AppBlockBuilder");
    assert_said(*state, "AWS::AppStream::AppBlockBuilder does not exist in af-south-1");
}

static void a_region_that_the_facts_do_not_know_is_doubted(void **state)
{
    check_type(*state, "eu-wst-2", "AWS::SQS::Queue");
    assert_ids(*state, "CFN3124");
    assert_said(*state, "the facts know no region eu-wst-2");
    assert_said(*state, "did you mean eu-west-2?");
    forget(*state);
    check_type(*state, "xx-nowhere-1", "AWS::SQS::Queue");
    assert_said(*state, "take newer facts with --schema");
}

static void custom_resources_need_a_token_and_take_anything(void **state)
{
    check(*state, "Resources:\n"
                  "  A: {Type: 'Custom::Thing', Version: '1.0', Properties: {Any: thing}}\n"
                  "  B: {Type: 'AWS::CloudFormation::CustomResource', Properties: {ServiceToken: "
                  "'arn:aws:sns:eu-west-1:123456789012:t', Any: thing}}\n");
    assert_ids(*state, "CFN3104");
    assert_said(*state, "Custom::Thing needs the property ServiceToken");
}

static void serverless_types_need_their_transform(void **state)
{
    check(*state, "Resources: {A: {Type: 'AWS::Serverless::Function'}}\n");
    assert_ids(*state, "CFN3101");
    assert_said(*state, "add Transform: AWS::Serverless-2016-10-31");
    forget(*state);
    check(*state, "Transform: AWS::Serverless-2016-10-31\n"
                  "Resources: {A: {Type: 'AWS::Serverless::Function', Properties: {Any: 1}}}\n");
    assert_ids(*state, "");
}

static void nothing_is_said_where_a_macro_may_change_it(void **state)
{
    check(*state, "Transform: [Mine]\n"
                  "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {Nope: 1}}}\n");
    assert_ids(*state, "");
}

static void loops_are_left_out(void **state)
{
    check(*state, "Transform: AWS::LanguageExtensions\n"
                  "Resources:\n"
                  "  'Fn::ForEach::Each':\n"
                  "    - Name\n"
                  "    - [a, b]\n"
                  "    - 'Queue${Name}': {Type: 'AWS::SQS::Queue', Properties: {Nope: 1}}\n"
                  "  A: {Type: 'AWS::SQS::Queue', Properties: {Nope: 1}}\n");
    assert_ids(*state, "CFN3103");
}

static void a_transform_may_bring_the_properties(void **state)
{
    check(*state,
          "Resources:\n"
          "  A:\n"
          "    Type: AWS::IAM::Role\n"
          "    'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 's3://a/b'}}\n"
          "  B: {Type: AWS::IAM::Role}\n");
    assert_found(*state, "CFN3104 5:6");
}

static void properties_that_are_no_mapping_are_told_once(void **state)
{
    check(*state, "Resources:\n  A: {Type: AWS::SQS::Queue, Properties: [a]}\n"
                  "  B: {Type: AWS::SQS::Queue, Properties: text}\n");
    assert_ids(*state, "CFN1004 CFN1004");
}

static void attributes_are_for_some_types_alone(void **state)
{
    check(*state, "Resources:\n"
                  "  A:\n"
                  "    Type: AWS::SQS::Queue\n"
                  "    DeletionPolicy: Snapshot\n"
                  "    UpdateReplacePolicy: Snapshot\n"
                  "    CreationPolicy: {ResourceSignal: {Count: 1}}\n"
                  "    UpdatePolicy: {AutoScalingReplacingUpdate: {WillReplace: true}}\n"
                  "    Version: '1'\n");
    assert_found(*state, "CFN3117 4:5, CFN3117 5:5, CFN3117 6:5, CFN3117 7:5, CFN3117 8:5");
    assert_said(*state, "AWS::SQS::Queue takes no DeletionPolicy Snapshot");
    assert_said(*state, "it is for ");
}

static void attributes_are_taken_by_the_types_that_have_them(void **state)
{
    check(*state, "Resources:\n"
                  "  Db:\n"
                  "    Type: AWS::EC2::Volume\n"
                  "    DeletionPolicy: Snapshot\n"
                  "    UpdateReplacePolicy: Snapshot\n"
                  "    Properties: {AvailabilityZone: a, Size: 1}\n"
                  "  Wait:\n"
                  "    Type: AWS::CloudFormation::WaitCondition\n"
                  "    CreationPolicy: {ResourceSignal: {Count: 1}}\n"
                  "  Queue: {Type: 'AWS::SQS::Queue', DeletionPolicy: Retain}\n");
    assert_ids(*state, "");
}

static void a_resource_that_is_none_is_left_to_the_check_of_the_template(void **state)
{
    check(*state, "Resources: {A: text, B: {Properties: {X: 1}}, C: {Type: [x]}}\n");
    assert_ids(*state, "CFN1004 CFN1003 CFN1004");
}

static void other_facts_may_be_given(void **state)
{
    fixture *f = *state;
    const cfn_schema *facts = facts_about(
        f, "{\"typeName\":\"AWS::SQS::Queue\",\"additionalProperties\":false,\"properties\":{"
           "\"New\":{}}}");
    check_with(f, "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {New: 1}}}\n",
               &(cfn_check_options){.schema = facts});
    assert_ids(f, "");
    check(f, "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {New: 1}}}\n");
    assert_ids(f, "CFN3103");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_unknown_type_is_told_with_the_nearest),
        TEST(types_of_others_are_not_known),
        TEST(a_type_that_is_not_there_is_told_for_the_region),
        TEST(a_region_that_the_facts_do_not_know_is_doubted),
        TEST(custom_resources_need_a_token_and_take_anything),
        TEST(serverless_types_need_their_transform),
        TEST(nothing_is_said_where_a_macro_may_change_it),
        TEST(loops_are_left_out),
        TEST(a_transform_may_bring_the_properties),
        TEST(properties_that_are_no_mapping_are_told_once),
        TEST(attributes_are_for_some_types_alone),
        TEST(attributes_are_taken_by_the_types_that_have_them),
        TEST(a_resource_that_is_none_is_left_to_the_check_of_the_template),
        TEST(other_facts_may_be_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
