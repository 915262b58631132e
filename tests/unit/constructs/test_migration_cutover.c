/* Cfngen::Migration::Cutover: the function, its role, its parameters, what is told of it. */
#include "cutover_support.h"

#include "lambda/calls.h"

#define ROLE  "Resources/CRole/Properties/Policies/0/PolicyDocument/Statement"
#define TOPIC ", Topic: !Ref Topic, Alarms: !Ref Alarms"

static const cfn_node *statement(stack_fixture *t, const char *sid)
{
    const cfn_node *list = cfn_node_find(t->template, ROLE);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(cfn_node_get(n, "Sid")), sid) == 0)
            return n;
    print_error("no statement %s\n", sid);
    return NULL;
}

/* ---- the function ---- */

static void it_is_told_the_record_the_tasks_and_the_limits(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_found(&t->f, "");
    assert_at(t, ENVIRONMENT,
              "{\"HOSTED_ZONE_ID\":\"Z0123456789ABC\",\"RECORD_NAME\":\"db.orders.internal\","
              "\"RECORD_MODE\":\"cname\",\"SOURCE_HOST\":\"old.example.com\",\"TARGET_HOST\":"
              "\"new.example.com\",\"TTL\":\"20\",\"TASK_ARN\":{\"Ref\":\"Task\"},"
              "\"REVERSE_TASK_ARN\":{\"Ref\":\"TaskReverse\"},\"REPLICATION_INSTANCE_IDENTIFIER\":"
              "\"inst-test-s1\",\"LATENCY_LIMIT_SECONDS\":\"60\",\"LATENCY_DATAPOINTS\":\"5\","
              "\"STATE_PARAMETER\":{\"Ref\":\"CState\"},\"LOCK_PARAMETER\":{\"Ref\":\"CLock\"}}");
}

static void a_weighted_record_has_identifiers(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER_OF(WEIGHTED, REVERSED, BOTH));
    assert_found(&t->f, "");
    assert_at(t, ENVIRONMENT "/RECORD_MODE", "\"weighted\"");
    assert_at(t, ENVIRONMENT "/SOURCE_SET_IDENTIFIER", "\"source\"");
    assert_at(t, ENVIRONMENT "/TARGET_SET_IDENTIFIER", "\"target\"");
    assert_nothing_at(t, ENVIRONMENT "/READ_ONLY_TRAFFIC");
}

/* Others write to the source: its task goes on, and the way back is theirs. */
static void who_moves_readers_leaves_the_task_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER_OF(READERS, REVERSED, BOTH));
    assert_found(&t->f, "");
    assert_at(t, ENVIRONMENT "/READ_ONLY_TRAFFIC", "\"true\"");
    assert_nothing_at(t, ENVIRONMENT "/REVERSE_TASK_ARN");
    const cfn_node *role = cfn_node_find(t->template, "Resources/CRole");
    const char *rights =
        cfn_write_text(t->f.arena, role, &(cfn_write_options){.minify = true}, NULL);
    assert_non_null(strstr(rights, "dms:DescribeReplicationTasks"));
    assert_null(strstr(rights, "dms:StopReplicationTask"));
    assert_null(strstr(rights, "dms:StartReplicationTask"));
}

static void what_gates_a_shift_is_told_it_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(", Validator: check, ValidationMaxAgeSeconds: 600, LatencyLimitSeconds: 10, "
                     "LatencyDatapoints: 3, AlarmNames: [slow, full]" TOPIC) ALARMS);
    assert_found(&t->f, "");
    assert_at(t, ENVIRONMENT "/VALIDATOR_FUNCTION", "\"check\"");
    assert_at(t, ENVIRONMENT "/VALIDATION_MAX_AGE_SECONDS", "\"600\"");
    assert_at(t, ENVIRONMENT "/LATENCY_LIMIT_SECONDS", "\"10\"");
    assert_at(t, ENVIRONMENT "/LATENCY_DATAPOINTS", "\"3\"");
    assert_at(t, ENVIRONMENT "/ALARM_NAMES",
              "{\"Fn::Join\":[\",\",[{\"Ref\":\"Alarms\"},\"slow\",\"full\"]]}");
    assert_at(t, ENVIRONMENT "/TOPIC_ARN", "{\"Ref\":\"Topic\"}");
}

static void it_runs_outside_of_a_vpc_by_its_own_name_in_the_bundle(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(", ReservedConcurrentExecutions: 2"));
    assert_nothing_at(t, "Resources/C/Properties/VpcConfig");
    assert_at(t, "Resources/C/Properties/Handler", "\"cutover\"");
    assert_at(t, "Resources/C/Properties/Timeout", "300");
    assert_at(t, "Resources/C/Properties/ReservedConcurrentExecutions", "2");
    assert_at(t, "Resources/C/Properties/Code",
              "{\"S3Bucket\":{\"Ref\":\"CCodeBucket\"},\"S3Key\":{\"Ref\":\"CCodeKey\"}}");
}

static void tasks_that_exist_are_given_by_their_arns(void **state)
{
    stack_fixture *t = *state;
#define ARN(id) "'arn:aws:dms:eu-west-2:111122223333:task:" id "'"
    synth(t, CUTOVER_OF("TTL: 20", "",
                        "Record: !Ref Name, Task: " ARN("AAA") ", ReverseTask: " ARN(
                            "BBB") ", ReplicationInstanceIdentifier: main"));
    assert_found(&t->f, "");
    assert_at(t, ENVIRONMENT "/TASK_ARN", "\"arn:aws:dms:eu-west-2:111122223333:task:AAA\"");
    assert_at(t, ENVIRONMENT "/REVERSE_TASK_ARN",
              "\"arn:aws:dms:eu-west-2:111122223333:task:BBB\"");
    assert_at(t, ENVIRONMENT "/REPLICATION_INSTANCE_IDENTIFIER", "\"main\"");
}

/* ---- its parameters ---- */

static void its_state_waits_and_its_lock_is_free(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(", StateParameterName: /migration/s1/state"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/CState/Properties/Name", "\"/migration/s1/state\"");
    assert_at(t, "Resources/CState/Properties/Value",
              "\"{\\\"version\\\":0,\\\"phase\\\":\\\"waiting\\\",\\\"weight\\\":0}\"");
    assert_at(t, "Resources/CLock/Properties/Name", "\"c-lock-test-s1\"");
    assert_at(t, "Resources/CLock/Properties/Value",
              "\"{\\\"holder\\\":\\\"\\\",\\\"until\\\":0}\"");
    assert_at(t, "Resources/CLock/Properties/Tags",
              "{\"Name\":\"c-lock-test-s1\",\"Environment\":\"test\"}");
}

static void others_ask_it_for_its_parameters_and_its_workflow(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER("") "Outputs:\n  N: {Value: !Ref C}\n  A: {Value: !GetAtt C.Arn}\n"
                         "  S: {Value: !GetAtt C.StateParameter}\n  L: {Value: !GetAtt "
                         "C.LockParameter}\n  W: {Value: !GetAtt C.WorkflowArn}\n");
    assert_found(&t->f, "");
    assert_at(t, "Outputs",
              "{\"N\":{\"Value\":{\"Ref\":\"C\"}},\"A\":{\"Value\":{\"Fn::GetAtt\":[\"C\","
              "\"Arn\"]}},\"S\":{\"Value\":{\"Ref\":\"CState\"}},\"L\":{\"Value\":{\"Ref\":"
              "\"CLock\"}},\"W\":{\"Value\":{\"Ref\":\"CWorkflow\"}}}");
}

/* ---- what it may do ---- */

static void it_may_move_this_record_and_no_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_json(&t->f, statement(t, "MoveTraffic"),
                "{\"Sid\":\"MoveTraffic\",\"Effect\":\"Allow\",\"Action\":"
                "\"route53:ChangeResourceRecordSets\",\"Resource\":{\"Fn::Sub\":"
                "\"arn:${AWS::Partition}:route53:::hostedzone/Z0123456789ABC\"},\"Condition\":"
                "{\"ForAllValues:StringEquals\":{"
                "\"route53:ChangeResourceRecordSetsNormalizedRecordNames\":\"db.orders.internal\","
                "\"route53:ChangeResourceRecordSetsRecordTypes\":\"CNAME\","
                "\"route53:ChangeResourceRecordSetsActions\":\"UPSERT\"},\"Null\":{"
                "\"route53:ChangeResourceRecordSetsNormalizedRecordNames\":\"false\"}}}");
    assert_json(&t->f, cfn_node_get(statement(t, "FollowChange"), "Resource"),
                "{\"Fn::Sub\":\"arn:${AWS::Partition}:route53:::change/*\"}");
}

static void it_may_change_its_two_parameters_and_no_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(", StateParameterName: /migration/s1/state"));
#define PARAMETER "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter"
    assert_json(&t->f, cfn_node_get(statement(t, "KeepState"), "Resource"),
                "[{\"Fn::Sub\":\"" PARAMETER "/migration/s1/state\"},{\"Fn::Sub\":\"" PARAMETER
                "/c-lock-test-s1\"}]");
}

static void it_may_turn_the_tasks_round_where_there_is_a_way_back(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_json(&t->f, cfn_node_get(statement(t, "StopTasks"), "Resource"),
                "[{\"Ref\":\"Task\"},{\"Ref\":\"TaskReverse\"}]");
    assert_json(&t->f, cfn_node_get(statement(t, "StartWayBack"), "Resource"),
                "{\"Ref\":\"TaskReverse\"}");
}

static void without_one_it_touches_no_task(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER_OF("TTL: 20", "", BOTH));
    assert_found(&t->f, "CFN4614 15:30");
    const cfn_node *list = cfn_node_find(t->template, ROLE);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) {
        assert_string_not_equal(cfn_node_text(cfn_node_get(n, "Sid")), "StopTasks");
        assert_string_not_equal(cfn_node_text(cfn_node_get(n, "Sid")), "StartWayBack");
    }
}

/* ---- the table of calls ---- */

/* What Lambda does with the role, and encryption by the keys. */
static bool is_of_lambda(const char *action)
{
    static const char *const own[] = {"logs:CreateLogStream", "logs:PutLogEvents", "kms:Decrypt",
                                      "kms:GenerateDataKey"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], action) == 0)
            return true;
    return false;
}

#define CALL(id, service, action, purpose) service ":" action,
static const char *const calls[] = {CFN__CUTOVER_CALLS(CALL)};
#undef CALL
enum { CALLS = sizeof calls / sizeof *calls };

/* Counts an action among the calls; one that is none fails the test. */
static void count_action(const char *action, int counts[CALLS])
{
    bool known = is_of_lambda(action);
    for (size_t i = 0; i < CALLS; i++) {
        bool same = strcmp(calls[i], action) == 0;
        counts[i] += same;
        known |= same;
    }
    if (!known)
        print_error("the code does not call %s\n", action);
    assert_true(known);
}

static void it_may_call_what_its_code_calls_and_no_more(void **state)
{
    stack_fixture *t = *state;
    int counts[CALLS] = {0};
    synth(t, CUTOVER(TOPIC) ALARMS);
    const cfn_node *list = cfn_node_find(t->template, ROLE);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) {
        const cfn_node *action = cfn_node_get(n, "Action");
        if (cfn_node_text(action))
            count_action(cfn_node_text(action), counts);
        for (const cfn_node *a = cfn_node_first(action); a; a = cfn_node_next(a))
            count_action(cfn_node_text(a), counts);
    }
    for (size_t i = 0; i < CALLS; i++) {
        if (counts[i] != 1)
            print_error("%s is allowed %d times\n", calls[i], counts[i]);
        assert_int_equal(counts[i], 1);
    }
}

/* ---- what it is told, and who is told of it ---- */

static void a_change_of_either_task_is_told_to_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_at(t, "Resources/CTaskRule/Properties/EventPattern",
              "{\"source\":[\"aws.dms\"],\"detail-type\":[\"DMS Replication Task State Change\"],"
              "\"resources\":[{\"Ref\":\"Task\"},{\"Ref\":\"TaskReverse\"}]}");
    assert_at(t, "Resources/CTaskRule/Properties/Targets",
              "[{\"Arn\":{\"Fn::GetAtt\":[\"C\",\"Arn\"]},\"Id\":\"cutover\"}]");
    assert_at(t, "Resources/CTaskRulePermission/Properties",
              "{\"Action\":\"lambda:InvokeFunction\",\"FunctionName\":{\"Ref\":\"C\"},"
              "\"Principal\":\"events.amazonaws.com\",\"SourceArn\":{\"Fn::GetAtt\":"
              "[\"CTaskRule\",\"Arn\"]}}");
}

static void the_topic_is_told_of_events_that_failed(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(TOPIC) ALARMS);
    assert_at(t, "Resources/CInvocation/Properties/DestinationConfig/OnFailure/Destination",
              "{\"Ref\":\"Topic\"}");
    assert_nothing_at(t, "Resources/CFailureQueue");
}

static void without_a_topic_they_wait_in_a_queue(void **state)
{
    stack_fixture *t = *state;
    synth(t, CUTOVER(""));
    assert_at(t, "Resources/CInvocation/Properties/DestinationConfig/OnFailure/Destination",
              "{\"Fn::GetAtt\":[\"CFailureQueue\",\"Arn\"]}");
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

static void it_needs_a_record_and_tasks_that_are_known(void **state)
{
    assert_wrong(state, CUTOVER_OF("TTL: 20", REVERSED, "Record: name, Task: !Ref Task"),
                 "CFN2019 15:13", "hosts of a record that exists");
    assert_wrong(state,
                 CUTOVER_OF("TTL: 20", REVERSED,
                            "Record: !Ref Name, Task: orders, "
                            "ReplicationInstanceIdentifier: main, ReverseTask: !Ref Task"),
                 "CFN2024 15:30", "not the ARN of a task");
    assert_wrong(state, CUTOVER(", ReverseTask: !Ref Task"), "CFN2019 15:54",
                 "the way back is the task itself");
    assert_wrong(state,
                 CUTOVER_OF("TTL: 20", REVERSED,
                            "Record: !Ref Name, ReverseTask: !Ref Task, Task: " ARN("AAA")),
                 "CFN2019 14:3", "which is not known");
}

static void a_task_that_only_loads_is_never_ready(void **state)
{
    assert_wrong(state, CUTOVER_OF(READERS, "MigrationType: full-load, ", BOTH), "CFN4616 15:30",
                 "never ready");
}

static void the_age_of_a_validation_needs_a_validator(void **state)
{
    assert_wrong(state, CUTOVER(", ValidationMaxAgeSeconds: 60"), "CFN2019 15:66",
                 "needs a Validator");
    assert_wrong(state, CUTOVER(", Validator: !GetAtt Topic.Arn"), "CFN2024 15:52, CFN2013 15:52",
                 "the name of a function");
}

static void names_and_numbers_are_checked(void **state)
{
    assert_wrong(state, CUTOVER(", StateParameterName: /aws/state"), "CFN4811 15:61",
                 "starts with aws");
    assert_wrong(state, CUTOVER(", LatencyDatapoints: 61"), "CFN2007 15:60", "from 1 to 60");
    assert_wrong(state,
                 CUTOVER(", Name: a-name-that-is-longer-than-a-function-of-lambda-may-have-one-to-"
                         "be-called-by"),
                 "CFN2012 15:47", "64");
}

static void what_is_written_to_the_target_alone_is_told(void **state)
{
    assert_wrong(state, CUTOVER_OF("TTL: 20", "", BOTH), "CFN4614 15:30", "without a loss");
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, CUTOVER_OF("ReadOnlyTraffic: true", "", BOTH));
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(it_is_told_the_record_the_tasks_and_the_limits),
        STACK_TEST(a_weighted_record_has_identifiers),
        STACK_TEST(who_moves_readers_leaves_the_task_alone),
        STACK_TEST(what_gates_a_shift_is_told_it_too),
        STACK_TEST(it_runs_outside_of_a_vpc_by_its_own_name_in_the_bundle),
        STACK_TEST(tasks_that_exist_are_given_by_their_arns),
        STACK_TEST(its_state_waits_and_its_lock_is_free),
        STACK_TEST(others_ask_it_for_its_parameters_and_its_workflow),
        STACK_TEST(it_may_move_this_record_and_no_other),
        STACK_TEST(it_may_change_its_two_parameters_and_no_other),
        STACK_TEST(it_may_turn_the_tasks_round_where_there_is_a_way_back),
        STACK_TEST(without_one_it_touches_no_task),
        STACK_TEST(it_may_call_what_its_code_calls_and_no_more),
        STACK_TEST(a_change_of_either_task_is_told_to_it),
        STACK_TEST(the_topic_is_told_of_events_that_failed),
        STACK_TEST(without_a_topic_they_wait_in_a_queue),
        STACK_TEST(it_needs_a_record_and_tasks_that_are_known),
        STACK_TEST(a_task_that_only_loads_is_never_ready),
        STACK_TEST(the_age_of_a_validation_needs_a_validator),
        STACK_TEST(names_and_numbers_are_checked),
        STACK_TEST(what_is_written_to_the_target_alone_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
