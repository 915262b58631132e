/* Cfngen::SNS::Topic. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define TOPIC(rest)                                                                                \
    "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"                                              \
    "  T: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key" rest "}}\n"
#define MAIL ", Subscriptions: [{Protocol: email, Endpoint: ops@example.com}]"

#define OWN_ACCOUNT "{\"StringEquals\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"}}}"

static void a_topic_is_encrypted_with_the_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL));
    assert_at(t, "Resources/T/Properties/KmsMasterKeyId", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, "Resources/T/Properties/TopicName", "\"t-test-s1\"");
    assert_found(&t->f, "");
}

static void cloudwatch_may_publish_for_this_account_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL));
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/0",
              "{\"Sid\":\"CloudWatchAlarms\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"cloudwatch.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":{\"Ref\":"
              "\"T\"},\"Condition\":" OWN_ACCOUNT "}");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1",
              "{\"Sid\":\"CloudWatchAlarms\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"cloudwatch.amazonaws.com\"},\"Action\":[\"kms:Decrypt\","
              "\"kms:GenerateDataKey*\"],\"Resource\":\"*\",\"Condition\":" OWN_ACCOUNT "}");
}

static void eventbridge_may_publish_without_a_condition(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL));
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/1",
              "{\"Sid\":\"EventBridge\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"events.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":{\"Ref\":"
              "\"T\"}}");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2",
              "{\"Sid\":\"EventBridge\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"events.amazonaws.com\"},\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey*\"],"
              "\"Resource\":\"*\"}");
}

static void nobody_publishes_without_tls(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL));
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/2",
              "{\"Sid\":\"TlsAlone\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":"
              "\"sns:Publish\",\"Resource\":{\"Ref\":\"T\"},\"Condition\":{\"Bool\":"
              "{\"aws:SecureTransport\":\"false\"}}}");
}

static void two_topics_share_the_statements_of_a_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL) "  U: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref "
                         "Key" MAIL "}}\n");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2/Sid", "\"EventBridge\"");
    assert_nothing_at(t, "Resources/Key/Properties/KeyPolicy/Statement/3");
}

static void publishers_can_be_narrowed_down(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL ", Publishers: [dms.amazonaws.com]"));
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Sid", "\"DmsEvents\"");
    assert_nothing_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2");
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/1/Sid", "\"TlsAlone\"");
}

static void an_alarm_of_the_stack_is_let_in_whatever_publishers_says(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL ", Publishers: []") "  A: {Type: 'Cfngen::CloudWatch::Alarm', Properties: "
                                            "{Namespace: N, MetricName: M, "
                                            "Threshold: 1, Topic: !Ref T}}\n");
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/0/Sid",
              "\"CloudWatchAlarms\"");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Sid", "\"CloudWatchAlarms\"");
    assert_nothing_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2");
}

static void the_key_of_aws_loses_everything(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  T: {Type: 'Cfngen::SNS::Topic', Properties: {\n"
             "    EncryptionKey: alias/aws/sns" MAIL "}}\n");
    assert_found(&t->f, "CFN4421 3:20");
}

static void a_key_that_exists_must_let_the_publishers_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  T: {Type: 'Cfngen::SNS::Topic', Properties: {\n"
             "    EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1'" MAIL "}}\n");
    assert_found(&t->f, "CFN4422 3:20");
}

static void a_condition_that_eventbridge_does_not_meet_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL ",\n    PolicyStatements: [{Effect: Allow, Principal: {Service: "
                        "events.amazonaws.com}, Action: 'sns:Publish', Resource: !Ref T, "
                        "Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:events:*'}}}]"));
    assert_found(&t->f, "CFN4423 4:24");
}

static void the_same_condition_in_a_key_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key', Properties: {\n"
             "    PolicyStatements: [{Effect: Allow, Principal: {Service: [events.amazonaws.com]}, "
             "Action: 'kms:Decrypt', Resource: '*', Condition: {StringEquals: "
             "{'AWS:SourceAccount': '1'}}}]}}\n");
    assert_found(&t->f, "CFN4423 3:24");
}

static void the_condition_may_bound_cloudwatch(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key', Properties: {\n"
             "    PolicyStatements: [{Effect: Allow, Principal: {Service: "
             "cloudwatch.amazonaws.com}, Action: 'kms:Decrypt', Resource: '*', Condition: "
             "{StringEquals: {'aws:SourceAccount': '1'}}}]}}\n");
    assert_found(&t->f, "");
}

static void a_topic_without_subscribers_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(""));
    assert_found(&t->f, "CFN4406 3:3");
}

static void who_subscribes_gets_a_resource(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {Mail: {Type: String}}\n"
             "Conditions: {Told: !Not [!Equals [!Ref Mail, '']]}\n" TOPIC(
                 ", Subscriptions: [{Protocol: email, Endpoint: !Ref Mail, Condition: Told}]"));
    assert_at(t, "Resources/TSubscriptionMail",
              "{\"Type\":\"AWS::SNS::Subscription\",\"Properties\":{\"Endpoint\":{\"Ref\":\"Mail\"}"
              ",\"Protocol\":\"email\",\"TopicArn\":{\"Ref\":\"T\"}},\"Condition\":\"Told\"}");
}

static void a_function_that_subscribes_lets_the_topic_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(", Subscriptions: [{Protocol: lambda, Endpoint: "
                   "'arn:aws:lambda:eu-west-2:111122223333:function:tell'}]"));
    assert_at(t, "Resources/TInvokearnxawsxlambdaxeuxwestx2x111122223333xfunctionxtell/Properties",
              "{\"Action\":\"lambda:InvokeFunction\",\"FunctionName\":"
              "\"arn:aws:lambda:eu-west-2:111122223333:function:tell\",\"Principal\":"
              "\"sns.amazonaws.com\",\"SourceArn\":{\"Ref\":\"T\"}}");
}

static void an_address_without_an_at_sign_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(",\n    Subscriptions: [{Protocol: email, Endpoint: ops}]"));
    assert_found(&t->f, "CFN2024 4:49");
}

static void clear_text_is_not_offered(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(",\n    Subscriptions: [{Protocol: http, Endpoint: 'http://example.com'}]"));
    assert_found(&t->f, "CFN2006 4:32");
}

static void a_role_that_publishes_may_use_the_key_through_the_topic_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, TOPIC(MAIL ", GrantPublishTo: [worker]"));
    assert_at(t, "Resources/TPublishByworker/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"Publish\",\"Effect\":\"Allow\",\"Action\":\"sns:Publish\",\"Resource\":"
              "{\"Ref\":\"T\"}},{\"Sid\":\"EncryptNotifications\",\"Effect\":\"Allow\",\"Action\":"
              "[\"kms:Decrypt\",\"kms:GenerateDataKey\"],\"Resource\":{\"Fn::GetAtt\":[\"Key\","
              "\"Arn\"]},\"Condition\":{\"StringEquals\":{\"kms:ViaService\":{\"Fn::Sub\":"
              "\"sns.${AWS::Region}.amazonaws.com\"}}}}]");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key key = cfn_kms_key_add(t->stack, "Key", NULL);
    cfn_sns_topic_add(t->stack, "T",
                      &(cfn_sns_topic_props){
                          .encryption_key = key,
                          .subscriptions = CFN_SUBSCRIPTIONS(
                              {.protocol = cfn_s("email"), .endpoint = cfn_s("ops@example.com")}),
                          .display_name = cfn_s("Migration"),
                          .publishers = CFN_LIST(cfn_s("events.rds.amazonaws.com"))});
    assert_same_as_file(
        t, TOPIC(MAIL ", DisplayName: Migration, Publishers: [events.rds.amazonaws.com]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_topic_is_encrypted_with_the_key),
        STACK_TEST(cloudwatch_may_publish_for_this_account_alone),
        STACK_TEST(eventbridge_may_publish_without_a_condition),
        STACK_TEST(nobody_publishes_without_tls),
        STACK_TEST(two_topics_share_the_statements_of_a_key),
        STACK_TEST(publishers_can_be_narrowed_down),
        STACK_TEST(an_alarm_of_the_stack_is_let_in_whatever_publishers_says),
        STACK_TEST(the_key_of_aws_loses_everything),
        STACK_TEST(a_key_that_exists_must_let_the_publishers_in),
        STACK_TEST(a_condition_that_eventbridge_does_not_meet_is_told),
        STACK_TEST(the_same_condition_in_a_key_is_told),
        STACK_TEST(the_condition_may_bound_cloudwatch),
        STACK_TEST(a_topic_without_subscribers_is_told),
        STACK_TEST(who_subscribes_gets_a_resource),
        STACK_TEST(a_function_that_subscribes_lets_the_topic_in),
        STACK_TEST(an_address_without_an_at_sign_is_refused),
        STACK_TEST(clear_text_is_not_offered),
        STACK_TEST(a_role_that_publishes_may_use_the_key_through_the_topic_alone),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
