/* A stack and assertions about it, without any test framework: prints TAP. */
#include <cfngen/assertions.h>
#include <cfngen/cfngen.h>
#include <stdio.h>

static void add_all(cfn_stack *stack)
{
    cfn_parameter_add(stack, "Days",
                      &(cfn_parameter_props){.type = "Number", .default_value = "7"});
    cfn_kms_key key =
        cfn_kms_key_add(stack, "Key", &(cfn_kms_key_props){.description = cfn_s("Queues")});
    cfn_sns_topic_add(stack, "Topic", &(cfn_sns_topic_props){.encryption_key = key});
}

static int number, failed;

static cfn_verdict check(const char *name, cfn_verdict verdict)
{
    printf("%sok %d - %s\n", verdict.holds ? "" : "not ", ++number, name);
    fputs(verdict.text, stderr);
    failed += !verdict.holds;
    return verdict;
}

static void assert_all(cfn_assertions *t)
{
    check("there is one key", cfn_assert_resource_count(t, "AWS::KMS::Key", 1));
    check("the key is rotated",
          cfn_assert_has_properties(t, "AWS::KMS::Key", "EnableKeyRotation: true"));
    check("the topic is encrypted with it",
          cfn_assert_has_properties(t, "AWS::SNS::Topic", "KmsMasterKeyId: !GetAtt Key.Arn"));
    check("nobody may publish without TLS",
          cfn_assert_has_properties(t, "AWS::SNS::TopicPolicy",
                                    "PolicyDocument:\n"
                                    "  Statement: !ArrayWith\n"
                                    "    - Effect: Deny\n"
                                    "      Condition: {Bool: {'aws:SecureTransport': 'false'}}"));
    check("no queue is made", cfn_assert_no_resource(t, "AWS::SQS::Queue", NULL));
    cfn_verdict named = check(
        "names end in the suffix",
        cfn_assert_all_properties(t, "AWS::SNS::Topic", "TopicName: !Capture [name, !Regex -v1$]"));
    printf("# the topic is %s\n", cfn_node_text(cfn_captured(&named, "name", 0)));
}

int main(void)
{
    cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){.environment = "prod", .suffix = "v1"});
    if (!stack)
        return 1;
    add_all(stack);
    cfn_assertions *t = cfn_assertions_new(cfn_stack_synth(stack), NULL);
    assert_all(t);
    printf("1..%d\n", number);
    cfn_assertions_free(t);
    cfn_stack_free(stack);
    return failed != 0;
}
