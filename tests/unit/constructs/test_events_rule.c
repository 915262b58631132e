/* Cfngen::Events::Rule. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define RULE(rest)                                                                                 \
    "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"                                              \
    "  T: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, Publishers: [], "     \
    "Subscriptions: [{Protocol: email, Endpoint: ops@example.com}]}}\n"                            \
    "  F: {Type: 'Cfngen::Lambda::Function', Properties: {EncryptionKey: !Ref Key}}\n"             \
    "  R: {Type: 'Cfngen::Events::Rule', Properties: {\n    " rest "}}\n"
#define HOURLY  "ScheduleExpression: rate(1 hour)"
#define TOLD    ", Targets: [{Topic: !Ref T}]"
#define MACHINE "'arn:aws:states:eu-west-2:111122223333:stateMachine:shift'"

static void a_schedule_calls_a_function_that_lets_this_rule_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE(HOURLY ", Targets: [{Function: !Ref F, Input: '{\"action\": \"status\"}'}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/R/Properties/ScheduleExpression", "\"rate(1 hour)\"");
    assert_at(t, "Resources/R/Properties/Targets/0",
              "{\"Arn\":{\"Fn::GetAtt\":[\"F\",\"Arn\"]},\"DeadLetterConfig\":{\"Arn\":"
              "{\"Fn::GetAtt\":[\"RFailureQueue\",\"Arn\"]}},\"Id\":\"F\",\"Input\":"
              "\"{\\\"action\\\": \\\"status\\\"}\"}");
    assert_at(t, "Resources/RInvokeF/Properties",
              "{\"Action\":\"lambda:InvokeFunction\",\"FunctionName\":{\"Fn::GetAtt\":[\"F\","
              "\"Arn\"]},\"Principal\":\"events.amazonaws.com\",\"SourceArn\":{\"Fn::GetAtt\":"
              "[\"R\",\"Arn\"]}}");
}

static void a_pattern_tells_a_topic_that_lets_eventbridge_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("EventPattern: {source: [aws.dms], detail: {eventType: [{prefix: A}]}}" TOLD));
    assert_found(&t->f, "");
    assert_at(t, "Resources/R/Properties/EventPattern",
              "{\"source\":[\"aws.dms\"],\"detail\":{\"eventType\":[{\"prefix\":\"A\"}]}}");
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/0/Sid", "\"EventBridge\"");
    assert_at(t, "Resources/R/Properties/Targets/0/Arn", "{\"Ref\":\"T\"}");
    assert_nothing_at(t, "Resources/RStartRole");
}

static void a_state_machine_is_started_by_a_role_for_it_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE(HOURLY ", Targets: [{StateMachine: " MACHINE "}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/R/Properties/Targets/0/RoleArn",
              "{\"Fn::GetAtt\":[\"RStartRole\",\"Arn\"]}");
    assert_at(t, "Resources/RStartRole/Properties/Policies/0/PolicyDocument/Statement",
              "[{\"Sid\":\"Start\",\"Effect\":\"Allow\",\"Action\":\"states:StartExecution\","
              "\"Resource\":[\"arn:aws:states:eu-west-2:111122223333:stateMachine:shift\"]}]");
}

static void what_cannot_be_delivered_waits_in_a_queue_for_this_rule(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE(HOURLY TOLD));
    assert_at(t, "Resources/RFailureQueue/Properties/SqsManagedSseEnabled", "true");
    assert_at(t, "Resources/RFailureQueuePolicy/Properties/PolicyDocument/Statement/0",
              "{\"Sid\":\"EventBridge\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"events.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":"
              "{\"Fn::GetAtt\":[\"RFailureQueue\",\"Arn\"]},\"Condition\":{\"ArnEquals\":"
              "{\"aws:SourceArn\":{\"Fn::GetAtt\":[\"R\",\"Arn\"]}}}}");
}

static void a_queue_that_exists_takes_them_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE(HOURLY TOLD ", FailureQueue: 'arn:aws:sqs:eu-west-2:111122223333:lost', "
                              "MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 600"));
    assert_at(t, "Resources/R/Properties/Targets/0/DeadLetterConfig",
              "{\"Arn\":\"arn:aws:sqs:eu-west-2:111122223333:lost\"}");
    assert_at(t, "Resources/R/Properties/Targets/0/RetryPolicy",
              "{\"MaximumEventAgeInSeconds\":600,\"MaximumRetryAttempts\":3}");
    assert_nothing_at(t, "Resources/RFailureQueue");
}

static void a_rule_can_be_off(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE(HOURLY TOLD ", Enabled: false"));
    assert_at(t, "Resources/R/Properties/State", "\"DISABLED\"");
}

static void mistakes_are_told_at_their_place(void **state)
{
    static const struct {
        const char *rest, *found;
    } mistakes[] = {
        {"ScheduleExpression: rate(1 hours)" TOLD, "CFN4504 6:25"},
        {HOURLY ", EventPattern: {source: [a]}" TOLD, "CFN2019 6:53"},
        {"Description: never" TOLD, "CFN2019 5:3"},
        {"EventPattern: {source: aws.dms}" TOLD, "CFN4821 6:28"},
        {"EventPattern: {detail: {a: {b: []}}}" TOLD, "CFN4821 6:36"},
        {"EventPattern: {detailType: [a]}" TOLD, "CFN4821 6:32"},
        {HOURLY ", Targets: [{Topic: !Ref T, Function: !Ref F}]", "CFN2019 6:49"},
        {HOURLY ", Targets: [{Input: '{}'}]", "CFN2019 6:49"},
        {HOURLY ", Targets: [{Topic: !Ref T}, {Topic: !Ref T}]", "CFN4821 6:66"},
        {HOURLY ", Targets: [{StateMachine: shift}]", "CFN2024 6:64"},
        {HOURLY ", Targets: [{Topic: !Ref F}]", "CFN2008 6:57"},
        {HOURLY TOLD ", FailureQueue: lost", "CFN2024 6:81"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char text[1000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, RULE("%s"), mistakes[i].rest);
        synth(t, text);
        assert_found(&t->f, mistakes[i].found);
    }
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_events_rule_add(
        t->stack, "R",
        &(cfn_events_rule_props){
            .schedule_expression = cfn_s("rate(1 hour)"),
            .enabled = cfn_b(false),
            .targets = CFN_EVENTS_TARGETS(
                {.state_machine =
                     cfn_s("arn:aws:states:eu-west-2:111122223333:stateMachine:shift")})});
    assert_same_as_file(t, "Resources:\n  R: {Type: 'Cfngen::Events::Rule', Properties: {" HOURLY
                           ", Enabled: false, Targets: [{StateMachine: " MACHINE "}]}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_schedule_calls_a_function_that_lets_this_rule_in),
        STACK_TEST(a_pattern_tells_a_topic_that_lets_eventbridge_in),
        STACK_TEST(a_state_machine_is_started_by_a_role_for_it_alone),
        STACK_TEST(what_cannot_be_delivered_waits_in_a_queue_for_this_rule),
        STACK_TEST(a_queue_that_exists_takes_them_too),
        STACK_TEST(a_rule_can_be_off),
        STACK_TEST(mistakes_are_told_at_their_place),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
