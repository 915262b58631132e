/* The workflow of Cfngen::Migration::Cutover. */
#include "cutover_support.h"

#define GRADUAL(workflow) CUTOVER_OF(WEIGHTED, REVERSED, BOTH ", Topic: !Ref Topic" workflow)
#define ONE_WAY(workflow) CUTOVER_OF(READERS, "", BOTH workflow)

static void assert_goes(stack_fixture *t, const char *from, const char *to)
{
    assert_does(t, cfn__format(t->f.arena, "States/%s", from),
                cfn__format(t->f.arena, "\"%s\"", to));
}

static void it_asks_steps_waits_looks_and_completes(void **state)
{
    static const char *const order[][2] = {{"Start/Next", "Gate"},
                                           {"Gate/Next", "IsReady"},
                                           {"IsReady/Choices/0/Next", "NextStep"},
                                           {"IsReady/Default", "Refused"},
                                           {"NextStep/Choices/0/Next", "Shift"},
                                           {"NextStep/Default", "Complete"},
                                           {"Shift/Next", "IsShiftDone"},
                                           {"IsShiftDone/Choices/0/Next", "RollBack"},
                                           {"IsShiftDone/Choices/1/Next", "Wait"},
                                           {"IsShiftDone/Default", "ShiftOn"},
                                           {"ShiftOn/Next", "Shift"},
                                           {"Wait/Next", "Watch"},
                                           {"Watch/Next", "IsGood"},
                                           {"IsGood/Choices/0/Next", "RollBack"},
                                           {"IsGood/Choices/1/Next", "Advance"},
                                           {"IsGood/Choices/2/Next", "RollBack"},
                                           {"IsGood/Default", "Again"},
                                           {"LookAgain/Next", "Watch"},
                                           {"Advance/Next", "NextStep"},
                                           {"IsCompleteDone/Choices/0/Next", "RollBack"},
                                           {"IsRollBackDone/Choices/0/Next", "NotRolledBack"},
                                           {"IsRollBackDone/Choices/1/Next", "RolledBack"}};
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
    assert_found(&t->f, "");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        assert_goes(t, order[i][0], order[i][1]);
    assert_does(t, "States/Shift/Parameters/Payload",
                "{\"action\":\"gradual_cutover\",\"run.$\":\"$$.Execution.Name\","
                "\"aurora_weight.$\":\"States.ArrayGetItem($.steps, $.at)\"}");
}

static void with_a_way_back_the_last_step_is_the_completion(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
    assert_does(t, "States/Start/Parameters", "{\"steps\":[20,50,80],\"at\":0,\"count\":3}");
    assert_does(t, "States/Complete/Parameters/Payload",
                "{\"action\":\"manual_cutover\",\"run.$\":\"$$.Execution.Name\",\"reverse\":true}");
    assert_does(t, "States/RollBack/Parameters/Payload",
                "{\"action\":\"rollback\",\"run.$\":\"$$.Execution.Name\",\"reverse\":true}");
}

static void and_an_alarm_after_it_still_rolls_back(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(", Workflow: {WaitSeconds: 60}"));
    assert_goes(t, "IsCompleteDone/Choices/1/Next", "WaitAfter");
    assert_does(t, "States/WaitAfter/Seconds", "600");
    assert_goes(t, "IsGoodAfter/Choices/0/Next", "RollBack");
    assert_goes(t, "IsGoodAfter/Default", "Completed");
}

static void without_one_all_steps_come_before_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, ONE_WAY(""));
    assert_found(&t->f, "");
    assert_does(t, "States/Start/Parameters", "{\"steps\":[20,50,80,100],\"at\":0,\"count\":4}");
    assert_does(t, "States/Complete/Parameters/Payload",
                "{\"action\":\"manual_cutover\",\"run.$\":\"$$.Execution.Name\"}");
    assert_goes(t, "IsCompleteDone/Choices/1/Next", "Completed");
    assert_null(cfn_node_find(definition(t), "States/WaitAfter"));
}

static void one_record_moves_at_once(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_found(&t->f, "");
    assert_goes(t, "IsReady/Choices/0/Next", "Complete");
    assert_null(cfn_node_find(definition(t), "States/Shift"));
}

static void steps_and_waits_are_as_they_are_given(void **state)
{
    stack_fixture *t = *state;
    synth(t, ONE_WAY(", Workflow: {Steps: [5, 100], WaitSeconds: 300, TimeoutInSeconds: 7200}"));
    assert_found(&t->f, "");
    assert_does(t, "States/Start/Parameters/steps", "[5,100]");
    assert_does(t, "States/Wait/Seconds", "300");
    assert_does(t, "TimeoutSeconds", "7200");
}

static void what_may_pass_is_tried_again_and_else_rolled_back(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
    assert_does(t, "States/Shift/Retry/0/ErrorEquals/0", "\"Lambda.TooManyRequestsException\"");
    assert_does(t, "States/Shift/Retry/1/ErrorEquals",
                "[\"Cutover.Busy\",\"Cutover.Throttled\",\"Cutover.Unreachable\","
                "\"Cutover.ExpiredCredentials\",\"Cutover.StateChanged\",\"Cutover.OutOfTime\"]");
    static const char *const caught[] = {"Shift", "Watch", "Complete"};
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
        assert_does(t, cfn__format(t->f.arena, "States/%s/Catch", caught[i]),
                    "[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.error\",\"Next\":"
                    "\"RollBack\"}]");
}

static void a_rollback_is_tried_again_for_longer_than_a_lock_lasts(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
    assert_does(t, "States/RollBack/Retry/1",
                "{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":30,\"MaxAttempts\":40,"
                "\"BackoffRate\":2,\"JitterStrategy\":\"FULL\",\"MaxDelaySeconds\":60}");
}

static void before_the_first_shift_an_error_just_fails(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
    assert_null(cfn_node_find(definition(t), "States/Gate/Catch"));
    assert_null(cfn_node_find(definition(t), "States/RollBack/Catch"));
}

static void the_topic_is_told_the_outcome_and_of_failures(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
    assert_goes(t, "Completed/Next", "Tell");
    assert_does(t, "States/Tell/Parameters",
                "{\"TopicArn\":\"${Topic}\",\"Subject.$\":\"States.Format('Cutover: {}', "
                "$.outcome)\",\"Message.$\":\"States.JsonToString($.last.answer)\"}");
    assert_at(t, "Resources/CWorkflowFailureRule/Properties/EventPattern/detail",
              "{\"status\":[\"FAILED\",\"TIMED_OUT\",\"ABORTED\"],\"stateMachineArn\":[{\"Ref\":"
              "\"CWorkflow\"}]}");
}

static void without_a_topic_nobody_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_goes(t, "Completed/Next", "Outcome");
    assert_null(cfn_node_find(definition(t), "States/Tell"));
    assert_nothing_at(t, "Resources/CWorkflowFailureRule");
}

static void it_may_invoke_the_function_and_tell_the_topic(void **state)
{
    stack_fixture *t = *state;
    synth(t, GRADUAL(""));
#define STATEMENT "Resources/CWorkflowRole/Properties/Policies/0/PolicyDocument/Statement/"
    assert_at(t, STATEMENT "0/Action", "\"lambda:InvokeFunction\"");
    assert_at(t, STATEMENT "0/Resource", "{\"Fn::GetAtt\":[\"C\",\"Arn\"]}");
    assert_at(t, STATEMENT "1/Action", "\"sns:Publish\"");
    assert_at(t, STATEMENT "3/Sid", "\"DeliverLogs\"");
    assert_at(t, STATEMENT "4/Sid", "\"Trace\"");
    assert_nothing_at(t, STATEMENT "5");
}

static void its_log_is_encrypted_and_it_is_traced(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(", LogRetentionInDays: 7"));
    assert_at(t, "Resources/CWorkflowLogGroup/Properties/KmsKeyId",
              "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, "Resources/CWorkflowLogGroup/Properties/RetentionInDays", "7");
    assert_at(t, MACHINE "TracingConfiguration", "{\"Enabled\":true}");
}

/* ---- mistakes ---- */

static void assert_wrong(void **state, const char *text, const char *found, const char *said)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, text);
    assert_found(&t->f, found);
    assert_said(&t->f, said);
}

static void steps_rise_and_end_in_100(void **state)
{
    assert_wrong(state, ONE_WAY(", Workflow: {Steps: [20, 50]}"), "CFN4612 15:59",
                 "the last is 100");
    assert_wrong(state, ONE_WAY(", Workflow: {Steps: [50, 20, 100]}"), "CFN4612 15:59",
                 "above the one before");
    assert_wrong(state, ONE_WAY(", Workflow: {Steps: [50, 50, 100]}"), "CFN4612 15:59",
                 "above the one before");
    assert_wrong(state, ONE_WAY(", Workflow: {Steps: [0, 100]}"), "CFN4612 15:59",
                 "whole number from 1 to 100");
    assert_wrong(state, ONE_WAY(", Workflow: {Steps: [some, 100]}"), "CFN4612 15:59",
                 "whole number from 1 to 100");
}

static void one_record_has_no_shares(void **state)
{
    assert_wrong(state, CUTOVER(", Workflow: {Steps: [20, 100]}"), "CFN4611 15:59",
                 "all traffic or none");
}

static void steps_of_clients_that_write_are_told(void **state)
{
    assert_wrong(state, CUTOVER_OF("Mode: weighted", REVERSED, BOTH), "CFN4613 15:13",
                 "both databases are written to");
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, CUTOVER_OF("Mode: weighted", REVERSED, BOTH ", Workflow: {Steps: [100]}"));
    assert_found(&t->f, "");
}

static void waits_fit_into_the_time_and_over_the_ttl(void **state)
{
    assert_wrong(state, ONE_WAY(", Workflow: {WaitSeconds: 59}"), "CFN2007 15:65", "60");
    assert_wrong(state, ONE_WAY(", Workflow: {WaitSeconds: 3600, TimeoutInSeconds: 14400}"),
                 "CFN4615 15:51", "15120 seconds");
    assert_wrong(state,
                 CUTOVER_OF(WEIGHTED ", TTL: 300", REVERSED, BOTH ", Workflow: {WaitSeconds: 100}"),
                 "CFN4832 12:48, CFN4615 15:65", "remember for 300");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(it_asks_steps_waits_looks_and_completes),
        STACK_TEST(with_a_way_back_the_last_step_is_the_completion),
        STACK_TEST(and_an_alarm_after_it_still_rolls_back),
        STACK_TEST(without_one_all_steps_come_before_it),
        STACK_TEST(one_record_moves_at_once),
        STACK_TEST(steps_and_waits_are_as_they_are_given),
        STACK_TEST(what_may_pass_is_tried_again_and_else_rolled_back),
        STACK_TEST(a_rollback_is_tried_again_for_longer_than_a_lock_lasts),
        STACK_TEST(before_the_first_shift_an_error_just_fails),
        STACK_TEST(the_topic_is_told_the_outcome_and_of_failures),
        STACK_TEST(without_a_topic_nobody_is),
        STACK_TEST(it_may_invoke_the_function_and_tell_the_topic),
        STACK_TEST(its_log_is_encrypted_and_it_is_traced),
        STACK_TEST(steps_rise_and_end_in_100),
        STACK_TEST(one_record_has_no_shares),
        STACK_TEST(steps_of_clients_that_write_are_told),
        STACK_TEST(waits_fit_into_the_time_and_over_the_ttl),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
