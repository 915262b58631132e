/* templates/aurora-mysql-dns-cutover.yaml: the name that clients connect by, and what moves it. */
#include "blueprint.h"

static void one_name_leads_to_one_database_at_any_time(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::Route53::RecordSet"), 1);
    ASSERT_PROPERTIES(t, "DatabaseRecord", {"Name", SUB("db.${ZoneName}")}, {"Type", "\"CNAME\""},
                      {"Weight", NULL}, {"SetIdentifier", NULL});
}

static void the_name_leads_to_the_source_before_the_cutover(void **state)
{
    assert_property(*state, "DatabaseRecord", "ResourceRecords",
                    "[" ATT("SourceDatabase", "Endpoint.Address") "]");
}

static void clients_ask_for_the_name_again_after_30_seconds(void **state)
{
    assert_property(*state, "DatabaseRecord", "TTL", "\"30\"");
}

static void the_zone_is_private_and_made_here(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "DatabaseRecord", "HostedZoneId", REF("DatabaseRecordZone"));
    ASSERT_PROPERTIES(t, "DatabaseRecordZone", {"Name", REF("ZoneName")},
                      {"VPCs/0/VPCId", REF("Network")});
    assert_at(t, "Parameters/ZoneName/Default", "\"eduphoria.ex\"");
}

/* ---- the function ---- */

#define VARIABLE "Environment/Variables/"

static void a_function_moves_the_name_between_the_two_hosts(void **state)
{
    ASSERT_PROPERTIES(*state, "Cutover", {"Handler", "\"cutover\""},
                      {VARIABLE "RECORD_MODE", "\"cname\""},
                      {VARIABLE "RECORD_NAME", SUB("db.${ZoneName}")},
                      {VARIABLE "HOSTED_ZONE_ID", REF("DatabaseRecordZone")},
                      {VARIABLE "SOURCE_HOST", ATT("SourceDatabase", "Endpoint.Address")},
                      {VARIABLE "TARGET_HOST", ATT("AuroraCluster", "Endpoint.Address")});
}

static void it_moves_nothing_before_the_target_is_ready(void **state)
{
    ASSERT_PROPERTIES(*state, "Cutover", {VARIABLE "TASK_ARN", REF("MigrationTask")},
                      {VARIABLE "LATENCY_LIMIT_SECONDS", "\"30\""},
                      {VARIABLE "VALIDATOR_FUNCTION", REF("Validator")},
                      {VARIABLE "ALARM_NAMES", "{\"Fn::Join\":[\",\",[" REF("Alarms") "]]}"});
}

/* A source that stays writable is no way back. */
static void it_opens_the_way_back_with_the_cutover(void **state)
{
    assert_property(*state, "Cutover", VARIABLE "REVERSE_TASK_ARN", REF("MigrationTaskReverse"));
}

static const cfn_node *statement(stack_fixture *t, const char *sid)
{
    const cfn_node *list = property(t, "CutoverRole", "Policies/0/PolicyDocument/Statement");
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(cfn_node_get(n, "Sid")), sid) == 0)
            return n;
    fail_msg("there is no statement %s", sid);
    return NULL;
}

static void it_may_change_this_name_and_no_other(void **state)
{
    stack_fixture *t = *state;
    const cfn_node *move = statement(t, "MoveTraffic");
    assert_json(&t->f, cfn_node_get(move, "Resource"),
                SUB("arn:${AWS::Partition}:route53:::hostedzone/${DatabaseRecordZone}"));
    assert_json(
        &t->f,
        cfn_node_find(cfn_node_get(cfn_node_get(move, "Condition"), "ForAllValues:StringEquals"),
                      "route53:ChangeResourceRecordSetsNormalizedRecordNames"),
        SUB("db.${ZoneName}"));
}

static void it_may_start_the_way_back_and_no_other_task(void **state)
{
    stack_fixture *t = *state;
    assert_json(&t->f, cfn_node_get(statement(t, "StartWayBack"), "Resource"),
                REF("MigrationTaskReverse"));
    assert_json(&t->f, cfn_node_get(statement(t, "StopTasks"), "Resource"),
                "[" REF("MigrationTask") "," REF("MigrationTaskReverse") "]");
}

static void it_keeps_in_a_parameter_how_far_it_is(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "Cutover", VARIABLE "STATE_PARAMETER", REF("CutoverState"));
    assert_json(&t->f, json_inside(t, "CutoverState", "Value"),
                "{\"version\":0,\"phase\":\"waiting\",\"weight\":0}");
}

/* ---- the workflow ---- */

static void assert_next(stack_fixture *t, const char *path, const char *next)
{
    const cfn_node *states =
        cfn_node_get(json_inside(t, "CutoverWorkflow", "DefinitionString"), "States");
    const cfn_node *found = cfn_node_find(states, path);
    assert_non_null(found);
    assert_string_equal(cfn_node_text(found), next);
}

static void its_workflow_cuts_over_in_one_step_and_watches(void **state)
{
    assert_next(*state, "IsReady/Choices/0/Next", "Complete");
    assert_next(*state, "Complete/Parameters/Payload/action", "manual_cutover");
    assert_next(*state, "WaitAfter/Seconds", "1800");
    assert_next(*state, "WaitAfter/Next", "WatchAfter");
}

static void its_workflow_rolls_back_when_an_alarm_goes_off_or_it_fails(void **state)
{
    assert_next(*state, "IsGoodAfter/Choices/0/Next", "RollBack");
    assert_next(*state, "Complete/Catch/0/Next", "RollBack");
    assert_next(*state, "RollBack/Parameters/Payload/action", "rollback");
    assert_next(*state, "RollBack/Parameters/Payload/reverse", "true");
}

BLUEPRINT_TESTS("templates/aurora-mysql-dns-cutover.yaml",
                cmocka_unit_test(one_name_leads_to_one_database_at_any_time),
                cmocka_unit_test(the_name_leads_to_the_source_before_the_cutover),
                cmocka_unit_test(clients_ask_for_the_name_again_after_30_seconds),
                cmocka_unit_test(the_zone_is_private_and_made_here),
                cmocka_unit_test(a_function_moves_the_name_between_the_two_hosts),
                cmocka_unit_test(it_moves_nothing_before_the_target_is_ready),
                cmocka_unit_test(it_opens_the_way_back_with_the_cutover),
                cmocka_unit_test(it_may_change_this_name_and_no_other),
                cmocka_unit_test(it_may_start_the_way_back_and_no_other_task),
                cmocka_unit_test(it_keeps_in_a_parameter_how_far_it_is),
                cmocka_unit_test(its_workflow_cuts_over_in_one_step_and_watches),
                cmocka_unit_test(its_workflow_rolls_back_when_an_alarm_goes_off_or_it_fails))
