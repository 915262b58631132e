/* The workflow and the reports of Cfngen::Migration::Validator. */
#include "stack_support.h"

#include "base/arena.h"
#include "base/text.h"
#include "lambda/calls.h"

#include <cfngen/cfngen.h>

/* The properties under test stand on line 11. */
#define VALIDATOR(properties)                                                                      \
    "Parameters: {Scheduled: {Type: String, Default: 'false'}, Bucket: {Type: String}}\n"          \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network'}\n"                                                      \
    "  A: {Type: 'Cfngen::SecretsManager::Secret'}\n"                                              \
    "  B: {Type: 'Cfngen::SecretsManager::Secret'}\n"                                              \
    "  Topic: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, Subscriptions: "  \
    "[{Protocol: email, Endpoint: a@b.c}]}}\n"                                                     \
    "  V: {Type: 'Cfngen::Migration::Validator', Properties: {SourceSecret: !Ref A,\n"             \
    "    TargetSecret: !Ref B, EncryptionKey: !Ref Key, Network: !Ref Net,\n"                      \
    "    SecurityGroups: [sg-12345678],\n"                                                         \
    "    " properties "}}\n"
#define WORKFLOW "Workflow: {MaxConcurrency: 4}"
#define BUCKET   "ReportBucket: !Ref Bucket"
#define MACHINE  "Resources/VWorkflow/Properties/"

/* What the state machine does, read from its text. */
static const cfn_node *definition(stack_fixture *t)
{
    const cfn_node *text = cfn_node_find(t->template, MACHINE "DefinitionString/Fn::Sub");
    assert_non_null(text);
    const cfn_node *root =
        cfn_read_text(t->f.arena, t->f.diagnostics, "definition", cfn_node_text(text),
                      strlen(cfn_node_text(text)), CFN_FORMAT_JSON);
    assert_non_null(root);
    return root;
}

static void assert_does(stack_fixture *t, const char *path, const char *expected)
{
    const cfn_node *found = cfn_node_find(definition(t), path);
    assert_non_null(found);
    assert_json(&t->f, found, expected);
}

static void without_it_there_is_no_state_machine(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("ScheduleExpression: rate(1 day)"));
    assert_found(&t->f, "");
    assert_nothing_at(t, "Resources/VWorkflow");
    assert_nothing_at(t, "Resources/VWorkflowRole");
    assert_nothing_at(t, "Resources/VScheduleRole");
}

static void it_plans_compares_looks_again_and_decides(void **state)
{
    static const char *const order[][2] = {{"Plan/Next", "\"Compare\""},
                                           {"Compare/Next", "\"Recheck\""},
                                           {"Recheck/Next", "\"IsRecheckDone\""},
                                           {"IsRecheckDone/Choices/0/Next", "\"Gate\""},
                                           {"IsRecheckDone/Default", "\"RecheckOn\""},
                                           {"RecheckOn/Next", "\"IsRecheckDone\""},
                                           {"Gate/Next", "\"Verdict\""}};
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
    assert_found(&t->f, "");
    assert_does(t, "StartAt", "\"Plan\"");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        assert_does(t, cfn__format(t->f.arena, "States/%s", order[i][0]), order[i][1]);
    assert_does(t, "States/Gate/Parameters/Payload",
                "{\"action\":\"gate\",\"run.$\":\"$$.Execution.Name\",\"plan.$\":"
                "\"$.plan.answer.result\",\"results.$\":\"$.results\",\"recheck.$\":"
                "\"$.recheck.answer.result\"}");
}

static void a_part_goes_on_where_it_had_to_stop(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
#define PART "States/Compare/ItemProcessor/States/"
    assert_does(t, PART "IsPartDone",
                "{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.check.answer.done\","
                "\"BooleanEquals\":true,\"Next\":\"PartResult\"}],\"Default\":\"Rest\"}");
    assert_does(t, PART "Rest/Parameters",
                "{\"run.$\":\"$.run\",\"work.$\":\"$.check.answer.next\"}");
    assert_does(t, PART "Rest/Next", "\"Check\"");
    assert_does(t, PART "PartResult/OutputPath", "\"$.check.answer.result\"");
}

static void so_many_parts_are_compared_at_a_time_as_is_said(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("Workflow: {MaxConcurrency: 7, TimeoutInSeconds: 600}"));
    assert_does(t, "States/Compare/MaxConcurrency", "7");
    assert_does(t, "States/Compare/ToleratedFailureCount", "0");
    assert_does(t, "TimeoutSeconds", "600");
}

static void how_many_is_to_be_said(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("Workflow: {TimeoutInSeconds: 600}"));
    assert_said(&t->f, "MaxConcurrency");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR("Workflow: {MaxConcurrency: 0}"));
    assert_said(&t->f, "MaxConcurrency");
}

static void what_may_pass_is_tried_again(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
    assert_does(t, "States/Plan/Retry/0/ErrorEquals/0", "\"Lambda.TooManyRequestsException\"");
    assert_does(t, "States/Plan/Retry/1/ErrorEquals/0", "\"Validator.Unreachable\"");
}

static void the_plan_is_read_from_the_bucket_if_there_is_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
    assert_does(t, "States/Compare/ItemsPath", "\"$.plan.answer.items\"");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR(WORKFLOW ", " BUCKET));
    assert_does(t, "States/Compare/ItemReader/Parameters",
                "{\"Bucket.$\":\"$.plan.answer.itemsObject.bucket\",\"Key.$\":"
                "\"$.plan.answer.itemsObject.key\"}");
    assert_null(cfn_node_find(definition(t), "States/Compare/ItemsPath"));
}

/* ---- what it may do ---- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Actions of a role's statements, sorted and once each, with spaces between them. */
static const char *actions_of(stack_fixture *t, const char *role)
{
    const cfn_node *list =
        cfn_node_find(t->template, cfn__format(t->f.arena,
                                               "Resources/%s/Properties/Policies/0/PolicyDocument/"
                                               "Statement",
                                               role));
    const char *names[64] = {NULL}, *text = "";
    size_t count = 0;
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) {
        const cfn_node *action = cfn_node_get(n, "Action");
        const cfn_node *first = cfn_node_first(action) ? cfn_node_first(action) : action;
        for (const cfn_node *a = first; a; a = first == action ? NULL : cfn_node_next(a)) {
            assert_true(count < sizeof names / sizeof *names);
            names[count++] = cfn_node_text(a);
        }
    }
    qsort(names, count, sizeof *names, compare_texts);
    for (size_t i = 0; i < count; i++)
        if (!i || strcmp(names[i], names[i - 1]) != 0)
            text = cfn__format(t->f.arena, "%s%s%s", text, *text ? " " : "", names[i]);
    return text;
}

static void its_role_may_do_what_its_states_do_and_no_more(void **state)
{
    stack_fixture *t = *state;
#define OWN                                                                                        \
    "logs:CreateLogDelivery logs:DeleteLogDelivery logs:DescribeLogGroups "                        \
    "logs:DescribeResourcePolicies logs:GetLogDelivery logs:ListLogDeliveries "                    \
    "logs:PutResourcePolicy logs:UpdateLogDelivery"
#define EXECUTIONS                                                                                 \
    "states:DescribeExecution states:RedriveExecution states:StartExecution "                      \
    "states:StopExecution xray:GetSamplingRules xray:GetSamplingTargets "                          \
    "xray:PutTelemetryRecords xray:PutTraceSegments"
    synth(t, VALIDATOR(WORKFLOW));
    assert_string_equal(actions_of(t, "VWorkflowRole"),
                        "lambda:InvokeFunction " OWN " " EXECUTIONS);
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR(WORKFLOW ", ReportKey: !Ref Key, FailureTopic: !Ref Topic, " BUCKET));
    assert_string_equal(actions_of(t, "VWorkflowRole"),
                        "kms:Decrypt kms:GenerateDataKey lambda:InvokeFunction " OWN
                        " s3:GetObject sns:Publish " EXECUTIONS);
}

static void it_starts_and_follows_itself_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
#define STATEMENT "Resources/VWorkflowRole/Properties/Policies/0/PolicyDocument/Statement/"
    assert_at(t, STATEMENT "1/Resource",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:"
              "stateMachine:v-workflow-test-s1\"}");
    assert_at(t, STATEMENT "2/Resource",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:"
              "execution:v-workflow-test-s1/*\"}");
    assert_at(t, MACHINE "StateMachineName", "\"v-workflow-test-s1\"");
}

static void step_functions_of_this_account_assumes_its_role(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
    assert_at(t,
              "Resources/VWorkflowRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal",
              "{\"Service\":\"states.amazonaws.com\"}");
    assert_at(t,
              "Resources/VWorkflowRole/Properties/AssumeRolePolicyDocument/Statement/0/Condition",
              "{\"StringEquals\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"}}}");
}

static void its_log_is_encrypted_and_has_no_keys_of_rows(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
    assert_at(t, "Resources/VWorkflowLogGroup/Properties/KmsKeyId",
              "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, "Resources/VWorkflowLogGroup/Properties/LogGroupName",
              "\"/aws/vendedlogs/states/v-workflow-test-s1\"");
    assert_at(t, MACHINE "LoggingConfiguration/IncludeExecutionData", "false");
    assert_at(t, MACHINE "LoggingConfiguration/Level", "\"ALL\"");
    assert_at(t, MACHINE "TracingConfiguration", "{\"Enabled\":true}");
}

/* ---- who is told ---- */

static void the_topic_is_told_the_verdict_and_of_failures(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW ", FailureTopic: !Ref Topic"));
    assert_does(t, "States/Gate/Next", "\"Notify\"");
    assert_does(t, "States/Notify/Parameters/TopicArn", "\"${Topic}\"");
    assert_at(t, "Resources/VWorkflowFailureRule/Properties/EventPattern",
              "{\"source\":[\"aws.states\"],\"detail-type\":[\"Step Functions Execution Status "
              "Change\"],\"detail\":{\"status\":[\"FAILED\",\"TIMED_OUT\",\"ABORTED\"],"
              "\"stateMachineArn\":[{\"Ref\":\"VWorkflow\"}]}}");
    assert_at(t, "Resources/VWorkflowFailureRule/Properties/Targets/0/Arn", "{\"Ref\":\"Topic\"}");
}

static void a_topic_of_its_own_is_told_instead(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("Workflow: {MaxConcurrency: 1, Topic: "
                       "'arn:aws:sns:eu-west-2:111122223333:own'}, FailureTopic: !Ref Topic"));
    assert_does(t, "States/Notify/Parameters/TopicArn",
                "\"arn:aws:sns:eu-west-2:111122223333:own\"");
}

static void without_a_topic_nobody_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW));
    assert_null(cfn_node_find(definition(t), "States/Notify"));
    assert_nothing_at(t, "Resources/VWorkflowFailureRule");
}

#define ALARMS(properties)                                                                         \
    "  Al: {Type: 'Cfngen::Migration::Alarms', Properties: {Topic: !Ref Topic, " properties "}}\n"

static void alarms_watch_its_failures(void **state)
{
    static const char *const watched[][2] = {{"AlWorkflowFailed", "\"ExecutionsFailed\""},
                                             {"AlWorkflowTimedOut", "\"ExecutionsTimedOut\""},
                                             {"AlWorkflowAborted", "\"ExecutionsAborted\""},
                                             {"AlWorkflowThrottled", "\"ExecutionThrottled\""}};
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW) ALARMS("Validator: !Ref V"));
    assert_found(&t->f, "");
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        const char *at = cfn__format(t->f.arena, "Resources/%s/Properties/", watched[i][0]);
        assert_at(t, cfn__format(t->f.arena, "%sMetricName", at), watched[i][1]);
        assert_at(t, cfn__format(t->f.arena, "%sNamespace", at), "\"AWS/States\"");
        assert_at(t, cfn__format(t->f.arena, "%sDimensions", at),
                  "[{\"Name\":\"StateMachineArn\",\"Value\":{\"Ref\":\"VWorkflow\"}}]");
    }
}

static void a_validator_without_one_has_no_such_alarms(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("") ALARMS("Validator: !Ref V"));
    assert_nothing_at(t, "Resources/AlWorkflowFailed");
}

static void a_workflow_that_exists_is_watched_by_its_arn(void **state)
{
    stack_fixture *t = *state;
#define EXISTING "arn:aws:states:eu-west-2:111122223333:stateMachine:w"
    synth(t, VALIDATOR("") ALARMS("Workflow: '" EXISTING "'"));
    assert_at(t, "Resources/AlWorkflowFailed/Properties/Dimensions/0/Value", "\"" EXISTING "\"");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR("") ALARMS("Workflow: w"));
    assert_said(&t->f, "CFN2024: \"w\" is not the ARN of a state machine");
}

/* ---- schedule ---- */

static void a_schedule_starts_it_by_a_role(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW ", ScheduleExpression: rate(7 days)"));
    assert_at(t, "Resources/VSchedule/Properties/Targets",
              "[{\"Arn\":{\"Ref\":\"VWorkflow\"},\"Id\":\"workflow\",\"RoleArn\":{\"Fn::GetAtt\":"
              "[\"VScheduleRole\",\"Arn\"]}}]");
    assert_nothing_at(t, "Resources/VSchedulePermission");
    assert_string_equal(actions_of(t, "VScheduleRole"), "states:StartExecution");
    assert_at(t,
              "Resources/VScheduleRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource",
              "{\"Ref\":\"VWorkflow\"}");
}

static void it_takes_no_input(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(WORKFLOW ", ScheduleExpression: rate(7 days), ScheduleInput: '{}'"));
    assert_found(&t->f, "CFN2019 11:85");
}

static void a_parameter_switches_the_schedule_on(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("ScheduleExpression: rate(1 day), ScheduleEnabled: !Ref Scheduled"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/VSchedule/Properties/State",
              "{\"Fn::If\":[\"VScheduleEnabled\",\"ENABLED\",\"DISABLED\"]}");
    assert_at(t, "Conditions/VScheduleEnabled",
              "{\"Fn::Equals\":[{\"Ref\":\"Scheduled\"},\"true\"]}");
}

/* ---- reports ---- */

static void the_function_is_told_the_bucket(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(BUCKET));
#define VARIABLES "Resources/V/Properties/Environment/Variables/"
    assert_at(t, VARIABLES "REPORT_BUCKET", "{\"Ref\":\"Bucket\"}");
    assert_at(t, VARIABLES "REPORT_PREFIX", "\"validator/\"");
}

static void it_may_use_its_own_objects_there_and_their_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(BUCKET ", ReportPrefix: a/b/, ReportKey: !Ref Key"));
#define FUNCTION_STATEMENT "Resources/VRole/Properties/Policies/0/PolicyDocument/Statement/"
    assert_at(t, FUNCTION_STATEMENT "7",
              "{\"Sid\":\"Reports\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\","
              "\"s3:PutObject\"],\"Resource\":{\"Fn::Sub\":"
              "\"arn:${AWS::Partition}:s3:::${Bucket}/a/b/*\"}}");
    assert_at(t, FUNCTION_STATEMENT "8/Action", "[\"kms:Decrypt\",\"kms:GenerateDataKey\"]");
}

/* What Lambda itself does with the role: write the log, join the network, tell of failures, read
 * the environment; and the keys of all that. */
static bool is_of_lambda(const char *action)
{
    static const char *const services[] = {"logs:", "ec2:", "sqs:", "kms:"};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        if (cfn__starts_with(action, services[i]))
            return true;
    return false;
}

static void the_function_may_call_what_its_code_calls_and_no_more(void **state)
{
#define CALL(id, service, action, purpose) service ":" action,
    static const char *const calls[] = {CFN__VALIDATOR_CALLS(CALL)};
#undef CALL
    stack_fixture *t = *state;
    synth(t, VALIDATOR(BUCKET ", ReportKey: !Ref Key"));
    char actions[2048];
    snprintf(actions, sizeof actions, "%s", actions_of(t, "VRole"));
    size_t allowed = 0, count = sizeof calls / sizeof *calls;
    for (const char *a = strtok(actions, " "); a; a = strtok(NULL, " ")) {
        bool called = is_of_lambda(a);
        allowed += !called;
        for (size_t i = 0; i < count && !called; i++)
            called = strcmp(calls[i], a) == 0;
        if (!called)
            print_error("the code does not call %s\n", a);
        assert_true(called);
    }
    assert_int_equal(allowed, count);
}

static void a_prefix_needs_a_bucket_and_is_part_of_a_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("ReportPrefix: a/"));
    assert_said(&t->f, "ReportPrefix needs a ReportBucket");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR("ReportKey: !Ref Key"));
    assert_said(&t->f, "ReportKey needs a ReportBucket");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR(BUCKET ", ReportPrefix: 'a:*'"));
    assert_said(&t->f, "cannot begin with \"a:*\"");
}

static void c_and_a_stack_file_give_the_same(void **state)
{
    stack_fixture *t = *state;
    synth(t, "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  A: {Type: 'Cfngen::SecretsManager::Secret'}\n"
             "  B: {Type: 'Cfngen::SecretsManager::Secret'}\n"
             "  V: {Type: 'Cfngen::Migration::Validator', Properties: {SourceSecret: !Ref A,\n"
             "    TargetSecret: !Ref B, EncryptionKey: !Ref Key, Network: !Ref Net,\n"
             "    SecurityGroups: [sg-12345678], ReportBucket: reports,\n"
             "    Workflow: {MaxConcurrency: 5, TimeoutInSeconds: 600}}}\n");
    cfn_stack *program = new_program();
    cfn_kms_key key = cfn_kms_key_add(program, "Key", NULL);
    cfn_ec2_network network = cfn_ec2_network_add(program, "Net", NULL);
    cfn_secretsmanager_secret source = cfn_secretsmanager_secret_add(program, "A", NULL);
    cfn_secretsmanager_secret target = cfn_secretsmanager_secret_add(program, "B", NULL);
    cfn_migration_validator_add(
        program, "V",
        &(cfn_migration_validator_props){
            .source_secret = source,
            .target_secret = target,
            .encryption_key = key,
            .network = network,
            .security_groups = CFN_ITEMS(cfn_ec2_security_group,
                                         cfn_ec2_security_group_existing(cfn_s("sg-12345678"))),
            .report_bucket = cfn_s("reports"),
            .workflow = {.max_concurrency = cfn_i(5), .timeout_in_seconds = cfn_i(600)}});
    assert_same_as(t, program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(without_it_there_is_no_state_machine),
        STACK_TEST(it_plans_compares_looks_again_and_decides),
        STACK_TEST(a_part_goes_on_where_it_had_to_stop),
        STACK_TEST(so_many_parts_are_compared_at_a_time_as_is_said),
        STACK_TEST(how_many_is_to_be_said),
        STACK_TEST(what_may_pass_is_tried_again),
        STACK_TEST(the_plan_is_read_from_the_bucket_if_there_is_one),
        STACK_TEST(its_role_may_do_what_its_states_do_and_no_more),
        STACK_TEST(it_starts_and_follows_itself_alone),
        STACK_TEST(step_functions_of_this_account_assumes_its_role),
        STACK_TEST(its_log_is_encrypted_and_has_no_keys_of_rows),
        STACK_TEST(the_topic_is_told_the_verdict_and_of_failures),
        STACK_TEST(a_topic_of_its_own_is_told_instead),
        STACK_TEST(without_a_topic_nobody_is_told),
        STACK_TEST(alarms_watch_its_failures),
        STACK_TEST(a_validator_without_one_has_no_such_alarms),
        STACK_TEST(a_workflow_that_exists_is_watched_by_its_arn),
        STACK_TEST(a_schedule_starts_it_by_a_role),
        STACK_TEST(it_takes_no_input),
        STACK_TEST(a_parameter_switches_the_schedule_on),
        STACK_TEST(the_function_is_told_the_bucket),
        STACK_TEST(it_may_use_its_own_objects_there_and_their_key),
        STACK_TEST(the_function_may_call_what_its_code_calls_and_no_more),
        STACK_TEST(a_prefix_needs_a_bucket_and_is_part_of_a_key),
        STACK_TEST(c_and_a_stack_file_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
