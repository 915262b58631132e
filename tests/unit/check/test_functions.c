/* Functions where a property wants something else, and what answers to Fn::GetAtt. */
#include "check_support.h"

#define STRING "{\"type\":\"string\"}"
#define LIST   "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"
#define OBJECT "{\"type\":\"object\"}"

/* A template with a queue, a security group, a subnet, and a resource with the properties given. */
static void check_beside(fixture *f, const char *type, const char *properties)
{
    forget(f);
    check(f, cfn__format(f->arena,
                         "Resources:\n"
                         "  Queue: {Type: 'AWS::SQS::Queue'}\n"
                         "  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: "
                         "{GroupDescription: d, VpcId: vpc-12345678}}\n"
                         "  Net: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: vpc-12345678, "
                         "CidrBlock: 10.0.0.0/24}}\n"
                         "  Made: {Type: 'Custom::Thing', Properties: {ServiceToken: "
                         "'arn:aws:sns:eu-west-1:123456789012:t'}}\n"
                         "  A:\n"
                         "    Type: %s\n"
                         "    Properties: %s\n",
                         type, properties));
}

static void a_list_parameter_is_no_text(void **state)
{
    assert_unfit(*state, STRING, "!Ref List", "CFN3115");
    assert_said(*state, "P takes text, and Ref gives a list");
    assert_said(*state, "choose one with Fn::Select, or join them with Fn::Join");
}

static void a_text_is_no_list(void **state)
{
    assert_unfit(*state, LIST, "!Ref Any", "CFN3115");
    assert_said(*state, "P takes a list, and Ref gives text");
    assert_said(*state, "make it a list of one");
    assert_unfit(*state, LIST, "!Sub 'x'", "CFN3115");
    assert_unfit(*state, LIST, "!Join ['', [a]]", "CFN3115");
    assert_unfit(*state, LIST, "!Ref 'AWS::AccountId'", "CFN3115");
}

static void a_function_is_no_mapping(void **state)
{
    assert_unfit(*state, OBJECT, "!Ref Any", "CFN3115");
    assert_unfit(*state, OBJECT, "!Split [',', a]", "CFN3115");
    assert_said(*state, "P takes a mapping, and Fn::Split gives a list");
}

static void a_list_function_is_no_text(void **state)
{
    assert_unfit(*state, STRING, "!GetAZs ''", "CFN3115");
    assert_unfit(*state, STRING, "!Split [',', a]", "CFN3115");
    assert_unfit(*state, STRING, "!Cidr [10.0.0.0/16, 4, 8]", "CFN3115");
}

static void functions_that_give_anything_are_taken(void **state)
{
    assert_fits(*state, LIST, "!Ref List");
    assert_fits(*state, LIST, "!FindInMap [Map, x, List]");
    assert_fits(*state, STRING, "!FindInMap [Map, x, Text]");
    assert_fits(*state, STRING, "!Select [0, !GetAZs '']");
    assert_fits(*state, STRING, "!ImportValue x");
    assert_fits(*state, STRING, "!Base64 x");
    assert_fits(*state, LIST,
                "{'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: s}}}");
}

static void an_attribute_is_of_the_kind_that_is_taken(void **state)
{
    check_beside(*state, "AWS::SNS::Subscription",
                 "{Protocol: sqs, TopicArn: 'arn:aws:sns:eu-west-1:123456789012:t', Endpoint: "
                 "!GetAtt Queue.Arn}");
    assert_ids(*state, "");
    check_beside(*state, "AWS::SQS::Queue", "{QueueName: !GetAtt Net.Ipv6CidrBlocks}");
    assert_ids(*state, "CFN3115");
    assert_said(*state, "QueueName takes text, and Fn::GetAtt gives a list");
}

static void an_attribute_that_there_is_not_is_told_with_the_nearest(void **state)
{
    check_beside(*state, "AWS::SQS::Queue", "{QueueName: !GetAtt Queue.QueueNam}");
    assert_ids(*state, "CFN3114");
    assert_said(*state, "AWS::SQS::Queue has no attribute QueueNam");
    assert_said(*state, "did you mean QueueName?");
    check_beside(*state, "AWS::SQS::Queue", "{QueueName: !Sub '${Queue.Whatever}'}");
    assert_ids(*state, "CFN3114");
    check_beside(*state, "AWS::SQS::Queue", "{QueueName: {'Fn::GetAtt': [Queue, QueueName]}}");
    assert_ids(*state, "");
}

static void custom_resources_answer_anything(void **state)
{
    check_beside(*state, "AWS::SQS::Queue",
                 "{QueueName: !GetAtt Made.Anything, DelaySeconds: !GetAtt Made.Else}");
    assert_ids(*state, "");
}

static void stacks_answer_with_their_outputs(void **state)
{
    static const char form[] = "Resources:\n"
                               "  S: {Type: 'AWS::CloudFormation::Stack', Properties: "
                               "{TemplateURL: 'https://x.s3.amazonaws.com/t'}}\n"
                               "  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !GetAtt "
                               "S.%s}}\n";
    fixture *f = *state;
    check(f, cfn__format(f->arena, form, "Outputs.Anything"));
    assert_ids(f, "");
    check(f, cfn__format(f->arena, form, "Anything"));
    assert_ids(f, "CFN3114");
}

static void a_list_is_not_put_into_a_text(void **state)
{
    check_beside(*state, "AWS::SQS::Queue", "{QueueName: !Sub 'x-${Net.Ipv6CidrBlocks}'}");
    assert_ids(*state, "CFN3115");
    assert_said(*state, "${Net.Ipv6CidrBlocks} takes text, and it is a list");
}

static void a_reference_is_to_the_kind_of_thing_that_is_taken(void **state)
{
    check_beside(*state, "AWS::EC2::Instance",
                 "{ImageId: ami-12345678, SubnetId: !Ref Net, SecurityGroupIds: [!Ref Group]}");
    assert_ids(*state, "");
    check_beside(*state, "AWS::EC2::Instance", "{ImageId: ami-12345678, SubnetId: !Ref Group}");
    assert_ids(*state, "CFN3115");
    assert_said(*state,
                "SubnetId takes AWS::EC2::Subnet.Id, and this gives AWS::EC2::SecurityGroup");
    check_beside(*state, "AWS::EC2::Instance",
                 "{ImageId: ami-12345678, SecurityGroupIds: [!GetAtt Net.SubnetId]}");
    assert_ids(*state, "CFN3115");
}

static void an_output_is_text(void **state)
{
    check(*state, "Parameters: {L: {Type: CommaDelimitedList}, P: {Type: String}}\n"
                  "Conditions: {C: !Equals [!Ref P, x]}\n"
                  "Resources: {A: {Type: 'AWS::SQS::Queue'}}\n"
                  "Outputs:\n"
                  "  Text: {Value: !If [C, !GetAtt A.Arn, 5]}\n"
                  "  Literals: {Value: !If [C, [a], {a: b}]}\n"
                  "  Parameter: {Value: !Ref L}\n"
                  "  Branch: {Value: !If [C, !Ref L, x]}\n"
                  "  Zones: {Value: !GetAZs ''}\n");
    assert_found(*state, "CFN3116 6:29, CFN3116 6:34, CFN3116 7:22, CFN3116 8:27, CFN3116 9:18");
    assert_said(*state, "the value of an output is text, not a list");
    assert_said(*state, "join it with Fn::Join");
    assert_said(*state, "the value of an output is text, not a mapping");
    assert_said(*state, "make an output of each member");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_list_parameter_is_no_text),
        TEST(a_text_is_no_list),
        TEST(a_function_is_no_mapping),
        TEST(a_list_function_is_no_text),
        TEST(functions_that_give_anything_are_taken),
        TEST(an_attribute_is_of_the_kind_that_is_taken),
        TEST(an_attribute_that_there_is_not_is_told_with_the_nearest),
        TEST(custom_resources_answer_anything),
        TEST(stacks_answer_with_their_outputs),
        TEST(a_list_is_not_put_into_a_text),
        TEST(a_reference_is_to_the_kind_of_thing_that_is_taken),
        TEST(an_output_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
