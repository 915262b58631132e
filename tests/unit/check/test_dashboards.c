/* Dashboards whose graphs stay empty, and bodies that CloudWatch refuses, however they came into
 * the template. */
#include "stack_support.h"

/* A dashboard on line 6, its body on line 7. */
#define BOARD(body)                                                                                \
    "Parameters: {P: {Type: String}}\n"                                                            \
    "Resources:\n"                                                                                 \
    "  Task: {Type: 'AWS::DMS::ReplicationTask', Properties: {MigrationType: cdc, "                \
    "ReplicationInstanceArn: !Ref Inst, SourceEndpointArn: !Ref P, TargetEndpointArn: !Ref P, "    \
    "TableMappings: '{{resolve:ssm:mappings}}'}}\n"                                                \
    "  Inst: {Type: 'AWS::DMS::ReplicationInstance', Properties: {ReplicationInstanceClass: "      \
    "dms.r6i.large}}\n"                                                                            \
    "  D: {Type: 'AWS::CloudWatch::Dashboard', Properties: {DashboardName: board, "                \
    "DashboardBody:\n    " body "}}\n"
#define WIDGETS(list)  BOARD("'{\"widgets\":[" list "]}'")
#define REGION         "\"region\":\"eu-west-2\""
#define GRAPH(metrics) "{\"type\":\"metric\",\"properties\":{\"metrics\":[" metrics "]," REGION "}}"
#define OF_TASK        "\"ReplicationInstanceIdentifier\",\"main\",\"ReplicationTaskIdentifier\","
#define TASK_ID        "\"ABCDEFGHIJKLMNOPQRSTUVWXYZ\""
#define LATENCY        "\"AWS/DMS\",\"CDCLatencyTarget\","

static void a_metric_of_a_task_without_dimensions_draws_nothing(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{\"type\":\"metric\",\"properties\":{\"title\":\"Lag\"," REGION
                     ",\"metrics\":[[\"AWS/DMS\",\"CDCLatencyTarget\",{\"stat\":\"Average\"}]]}}"));
    assert_found(&t->f, "CFN4441 6:5, CFN4441 6:5");
    assert_said(&t->f, "widget 1 (Lag): CDCLatencyTarget has no data without the dimension "
                       "ReplicationTaskIdentifier");
}

static void a_metric_with_all_its_dimensions_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS(GRAPH("[" LATENCY OF_TASK TASK_ID "]")));
    assert_found(&t->f, "");
}

static void the_name_of_a_task_is_no_dimension_of_a_graph_either(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS(GRAPH("[" LATENCY OF_TASK "\"orders\"]")));
    assert_found(&t->f, "CFN4441 6:5");
    assert_said(&t->f, "widget 1: this is the name of a task");
}

static void dots_stand_for_the_metric_above(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS(GRAPH("[" LATENCY OF_TASK TASK_ID "],[\".\",\"CDCLatencySource\",\"...\"],"
                           "[\".\",\"CDCIncomingChanges\",\".\",\".\",\".\",\".\"],"
                           "[{\"expression\":\"m1+m2\"}]")));
    assert_found(&t->f, "");
}

static void dots_below_a_metric_without_dimensions_are_none(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS(GRAPH("[\"AWS/DMS\",\"FreeableMemory\",\"ReplicationInstanceIdentifier\","
                           "\"main\"],[\".\",\"CDCLatencySource\",\".\",\".\"]")));
    assert_found(&t->f, "CFN4441 6:5");
}

static void the_lag_of_every_cluster_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS(GRAPH("[\"AWS/RDS\",\"AuroraReplicaLag\"]")));
    assert_found(&t->f, "CFN4441 6:5");
}

static void a_variable_of_the_text_is_followed(void **state)
{
    stack_fixture *t = *state;
    synth(t, BOARD("!Sub ['{\"widgets\":[" GRAPH(
                 "[" LATENCY OF_TASK "\"${Id}\"]") "]}', {Id: "
                                                   "!Select [6, !Split [':', !Ref Task]]}]"));
    assert_found(&t->f, "");
}

static void the_arn_of_a_task_in_the_text_is_no_dimension(void **state)
{
    stack_fixture *t = *state;
    synth(t, BOARD("!Sub '{\"widgets\":[" GRAPH("[" LATENCY OF_TASK "\"${Task}\"]") "]}'"));
    assert_found(&t->f, "CFN4441 6:5");
    assert_said(&t->f, "this is the ARN of a task");
}

static void a_number_may_be_a_variable(void **state)
{
    stack_fixture *t = *state;
    synth(t, BOARD("!Sub '{\"widgets\":[{\"type\":\"metric\",\"width\":${P},\"properties\":{"
                   "\"metrics\":[[\"AWS/DMS\",\"CPUUtilization\"]]," REGION "}}]}'"));
    assert_found(&t->f, "CFN4441 6:5");
}

static void a_widget_without_a_region_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{\"type\":\"metric\",\"properties\":{\"metrics\":[[\"AWS/SNS\",\"x\"]]}},"
                     "{\"type\":\"log\",\"properties\":{\"query\":\"SOURCE a\"}},"
                     "{\"type\":\"text\",\"properties\":{\"markdown\":\"a\"}}"));
    assert_found(&t->f, "CFN4442 6:5, CFN4442 6:5");
}

static void a_body_that_is_no_json_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, BOARD("'{\"widgets\": [}'"));
    assert_found(&t->f, "CFN4443 6:5");
    assert_said(&t->f, "the body is no JSON");
}

static void what_cloudwatch_refuses_is_told(void **state)
{
    static const char *const bodies[] = {
        BOARD("'[]'"),
        BOARD("'{\"start\":\"-PT3H\"}'"),
        WIDGETS("{\"type\":\"graph\",\"properties\":{}}"),
        WIDGETS("{\"properties\":{}}"),
        WIDGETS("{\"type\":\"text\",\"x\":24,\"properties\":{\"markdown\":\"a\"}}"),
        WIDGETS("{\"type\":\"text\",\"width\":25,\"properties\":{\"markdown\":\"a\"}}"),
        WIDGETS("{\"type\":\"text\",\"height\":0,\"properties\":{\"markdown\":\"a\"}}"),
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        synth(t, bodies[i]);
        assert_found(&t->f, "CFN4443 6:5");
    }
}

static void more_than_five_hundred_widgets_are_refused(void **state)
{
    enum { SIZE = 40000 };
    stack_fixture *t = *state;
    char *widgets = calloc(1, SIZE), *text = malloc(SIZE + 1000);
    assert_non_null(widgets);
    assert_non_null(text);
    for (int i = 0; i < 501; i++)
        sprintf(widgets + strlen(widgets),
                "%s{\"type\":\"text\",\"properties\":{\"markdown\":\"a\"}}", i ? "," : "");
    snprintf(text, SIZE + 1000, WIDGETS("%s"), widgets);
    synth(t, text);
    free(widgets);
    free(text);
    assert_found(&t->f, "CFN4443 6:5");
}

static void what_is_not_known_before_the_deployment_is_let_through(void **state)
{
    static const char *const bodies[] = {
        BOARD("!Ref P"),
        BOARD("'{{resolve:ssm:board}}'"),
        BOARD("!Sub '{\"widgets\": ${P}, ${P}}'"),
        BOARD("!Join ['', ['{\"widgets\":[', ']}']]"),
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        synth(t, bodies[i]);
        assert_found(&t->f, "");
    }
}

/* None of it may crash: lists and maps where texts are expected, rows of any length. */
static void hostile_bodies_are_survived(void **state)
{
    static const char *const bodies[] = {
        WIDGETS("1,null,[],{}"),
        WIDGETS("{\"type\":[],\"properties\":[]}"),
        WIDGETS("{\"type\":\"metric\",\"properties\":1}"),
        WIDGETS(GRAPH("1,[],[1],[[],[]],[\"...\"],[\".\",\".\"],[\"AWS/DMS\"],"
                      "[\"AWS/DMS\",\"CDC\",\"...\",\"...\"],[\"AWS/DMS\",\"CDC\",{},1]")),
        WIDGETS("{\"type\":\"metric\",\"x\":1e999,\"properties\":{\"metrics\":{}," REGION "}}"),
        BOARD("!Sub '\"${'"),
        BOARD("!Sub '{\"widgets\":[\"\\'"),
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        synth(t, bodies[i]);
    }
    char row[2000] = "[\"AWS/DMS\",\"CDCx\"", text[4000];
    for (int i = 0; i < 200; i++)
        sprintf(row + strlen(row), ",\"a\"%s", i == 199 ? "]" : "");
    snprintf(text, sizeof text, WIDGETS(GRAPH("%s")), row);
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, text);
    assert_found(&t->f, "CFN4441 6:5, CFN4441 6:5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_metric_of_a_task_without_dimensions_draws_nothing),
        STACK_TEST(a_metric_with_all_its_dimensions_is_good),
        STACK_TEST(the_name_of_a_task_is_no_dimension_of_a_graph_either),
        STACK_TEST(dots_stand_for_the_metric_above),
        STACK_TEST(dots_below_a_metric_without_dimensions_are_none),
        STACK_TEST(the_lag_of_every_cluster_is_told),
        STACK_TEST(a_variable_of_the_text_is_followed),
        STACK_TEST(the_arn_of_a_task_in_the_text_is_no_dimension),
        STACK_TEST(a_number_may_be_a_variable),
        STACK_TEST(a_widget_without_a_region_is_told),
        STACK_TEST(a_body_that_is_no_json_is_refused),
        STACK_TEST(what_cloudwatch_refuses_is_told),
        STACK_TEST(more_than_five_hundred_widgets_are_refused),
        STACK_TEST(what_is_not_known_before_the_deployment_is_let_through),
        STACK_TEST(hostile_bodies_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
