/* templates/onprem-postgresql-blue-green.yaml: the names that clients connect by, and what moves
 * them.
 */
#include "blueprint.h"

/* ---- the names that clients connect by ---- */

static void two_weights_share_the_traffic_of_readers(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "ReaderRecordSource", {"Name", REF("ReaderName")}, {"Weight", "100"},
                      {"SetIdentifier", "\"source\""},
                      {"ResourceRecords", "[" REF("SourceHost") "]"});
    ASSERT_PROPERTIES(t, "ReaderRecordTarget", {"Name", REF("ReaderName")}, {"Weight", "0"},
                      {"SetIdentifier", "\"target\""},
                      {"ResourceRecords", "[" ATT("MigrationAurora", "ReadEndpoint.Address") "]"});
    assert_attribute(t, "ReaderRecordTarget", "Metadata", "{\"CutoverTraffic\":\"read-only\"}");
}

/* Two databases that are both written to drift apart. */
static void writers_have_a_name_that_leads_to_one_database_at_any_time(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "WriterRecord", {"Name", REF("WriterName")},
                      {"ResourceRecords", "[" REF("SourceHost") "]"}, {"Weight", NULL},
                      {"SetIdentifier", NULL});
    size_t of_writers = 0;
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::Route53::RecordSet")) {
            char *name = json_of(t, property(t, cfn_node_key(r), "Name"));
            of_writers += strcmp(name, REF("WriterName")) == 0;
            free(name);
        }
    assert_int_equal(of_writers, 1);
}

static void clients_ask_for_the_names_again_after_30_seconds(void **state)
{
    assert_each(*state, "AWS::Route53::RecordSet", 3, "TTL", "\"30\"");
}

/* ---- the functions ---- */

static void a_function_moves_readers_and_another_one_writers(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "ReaderCutover", {"Handler", "\"cutover\""}, {"Timeout", "300"},
        {"Environment/Variables/RECORD_NAME", REF("ReaderName")},
        {"Environment/Variables/RECORD_MODE", "\"weighted\""},
        {"Environment/Variables/TARGET_HOST", ATT("MigrationAurora", "ReadEndpoint.Address")},
        {"VpcConfig", NULL});
    ASSERT_PROPERTIES(
        t, "WriterCutover", {"Handler", "\"cutover\""},
        {"Environment/Variables/RECORD_NAME", REF("WriterName")},
        {"Environment/Variables/RECORD_MODE", "\"cname\""},
        {"Environment/Variables/TARGET_HOST", ATT("MigrationAurora", "Endpoint.Address")});
}

static const char *const functions[] = {"ReaderCutover", "WriterCutover"};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

static void nobody_is_moved_by_a_lag_above_60_seconds_an_alarm_or_a_difference(void **state)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        ASSERT_PROPERTIES(
            *state, functions[i], {"Environment/Variables/LATENCY_LIMIT_SECONDS", "\"60\""},
            {"Environment/Variables/VALIDATOR_FUNCTION", REF("Validator")},
            {"Environment/Variables/ALARM_NAMES", "{\"Fn::Join\":[\",\",[" REF("Alarms") "]]}"});
}

static const cfn_node *statement(stack_fixture *t, const char *role, const char *sid)
{
    const cfn_node *list = property(t, role, "Policies/0/PolicyDocument/Statement");
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(cfn_node_get(n, "Sid")), sid) == 0)
            return n;
    return NULL;
}

/* While writers are at the source, the task must go on. */
static void who_moves_readers_may_not_stop_the_task(void **state)
{
    stack_fixture *t = *state;
    assert_no_property(t, "ReaderCutover", "Environment/Variables/REVERSE_TASK_ARN");
    assert_property(t, "ReaderCutover", "Environment/Variables/READ_ONLY_TRAFFIC", "\"true\"");
    assert_property(t, "ReaderCutover", "Environment/Variables/TASK_ARN", REF("MigrationTask"));
    assert_null(statement(t, "ReaderCutoverRole", "StopTasks"));
    assert_null(statement(t, "ReaderCutoverRole", "StartWayBack"));
}

static void who_moves_writers_opens_the_way_back(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "WriterCutover", "Environment/Variables/TASK_ARN", REF("MigrationTask"));
    assert_property(t, "WriterCutover", "Environment/Variables/REVERSE_TASK_ARN",
                    REF("MigrationTaskReverse"));
    assert_json(&t->f, cfn_node_get(statement(t, "WriterCutoverRole", "StartWayBack"), "Resource"),
                REF("MigrationTaskReverse"));
}

static void each_function_may_change_one_name_of_one_zone(void **state)
{
    static const struct {
        const char *role, *name;
    } rows[] = {{"ReaderCutoverRole", REF("ReaderName")}, {"WriterCutoverRole", REF("WriterName")}};
    stack_fixture *t = *state;
    for (size_t i = 0; i < FUNCTIONS; i++) {
        const cfn_node *move = statement(t, rows[i].role, "MoveTraffic");
        assert_json(&t->f, cfn_node_get(move, "Resource"),
                    SUB("arn:${AWS::Partition}:route53:::hostedzone/${HostedZoneId}"));
        assert_json(
            &t->f,
            cfn_node_get(cfn_node_get(cfn_node_get(move, "Condition"), "ForAllValues:StringEquals"),
                         "route53:ChangeResourceRecordSetsNormalizedRecordNames"),
            rows[i].name);
    }
}

static void how_far_they_are_stands_in_a_parameter_of_systems_manager(void **state)
{
    ASSERT_PROPERTIES(*state, "ReaderCutoverState",
                      {"Name", SUB("/migration/${AWS::StackName}/state")}, {"Type", "\"String\""});
    assert_property(*state, "WriterCutoverState", "Name",
                    SUB("/migration/${AWS::StackName}/writers/state"));
    assert_property(*state, "ReaderCutover", "Environment/Variables/STATE_PARAMETER",
                    REF("ReaderCutoverState"));
}

static void eventbridge_tells_them_of_each_change_of_the_task(void **state)
{
    ASSERT_PROPERTIES(*state, "ReaderCutoverTaskRule", {"State", "\"ENABLED\""},
                      {"EventPattern/detail-type", "[\"DMS Replication Task State Change\"]"},
                      {"EventPattern/resources", "[" REF("MigrationTask") "]"},
                      {"Targets/0/Arn", ATT("ReaderCutover", "Arn")});
    assert_property(*state, "ReaderCutoverTaskRulePermission", "SourceArn",
                    ATT("ReaderCutoverTaskRule", "Arn"));
    assert_property(*state, "WriterCutoverTaskRule", "Targets/0/Arn", ATT("WriterCutover", "Arn"));
}

static void they_tell_the_topic_and_are_logged(void **state)
{
    for (size_t i = 0; i < FUNCTIONS; i++)
        assert_property(*state, functions[i], "Environment/Variables/TOPIC_ARN",
                        REF("MigrationNotifications"));
    assert_property(*state, "ReaderCutoverLogGroup", "LogGroupName",
                    "\"/aws/lambda/" NAMED("reader-cutover") "\"");
}

/* ---- step by step ---- */

/* The definition as one text; its functions stand in Fn::Sub, if there are any. */
static const char *definition(stack_fixture *t)
{
    const cfn_node *value = property(t, "ReaderCutoverWorkflow", "DefinitionString");
    const cfn_node *sub = cfn_node_get(value, "Fn::Sub");
    const char *text = cfn_node_text(sub ? sub : value);
    return text ? text : cfn_node_text(cfn_node_at(sub, 0));
}

static void a_state_machine_moves_readers_by_20_50_80_and_100_per_cent(void **state)
{
    assert_non_null(strstr(definition(*state), "\"steps\":[20,50,80,100]"));
    assert_non_null(strstr(definition(*state), "\"aurora_weight.$\":"));
}

static void it_waits_half_an_hour_and_goes_back_at_an_alarm(void **state)
{
    assert_non_null(strstr(definition(*state), "\"Seconds\":1800"));
    assert_non_null(strstr(definition(*state), "\"action\":\"rollback\""));
}

BLUEPRINT_TESTS(
    "templates/onprem-postgresql-blue-green.yaml",
    cmocka_unit_test(two_weights_share_the_traffic_of_readers),
    cmocka_unit_test(writers_have_a_name_that_leads_to_one_database_at_any_time),
    cmocka_unit_test(clients_ask_for_the_names_again_after_30_seconds),
    cmocka_unit_test(a_function_moves_readers_and_another_one_writers),
    cmocka_unit_test(nobody_is_moved_by_a_lag_above_60_seconds_an_alarm_or_a_difference),
    cmocka_unit_test(who_moves_readers_may_not_stop_the_task),
    cmocka_unit_test(who_moves_writers_opens_the_way_back),
    cmocka_unit_test(each_function_may_change_one_name_of_one_zone),
    cmocka_unit_test(how_far_they_are_stands_in_a_parameter_of_systems_manager),
    cmocka_unit_test(eventbridge_tells_them_of_each_change_of_the_task),
    cmocka_unit_test(they_tell_the_topic_and_are_logged),
    cmocka_unit_test(a_state_machine_moves_readers_by_20_50_80_and_100_per_cent),
    cmocka_unit_test(it_waits_half_an_hour_and_goes_back_at_an_alarm))
