/* Cfngen::CloudWatch::Dashboard. */
#include "stack_support.h"

#include "base/text.h"

#include <cfngen/cfngen.h>

#define TASK     "arn:aws:dms:eu-west-2:111122223333:task:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LATENCY  "{Replication: '" TASK "', ReplicationInstanceIdentifier: main, Show: [Latency]}"
#define PROPERTY "Resources/D/Properties/DashboardBody"

/* The dashboard stands on line 3; its properties begin on line 4 in column 5. */
#define DASHBOARD(properties)                                                                      \
    "Parameters: {Limit: {Type: Number}}\nResources:\n"                                            \
    "  D: {Type: 'Cfngen::CloudWatch::Dashboard', Properties: {\n    " properties "}}\n"           \
    "  Alarms: {Type: 'Cfngen::Migration::Alarms', Properties: {Topic: "                           \
    "'arn:aws:sns:eu-west-2:111122223333:ops', Task: '" TASK "', ReplicationInstanceIdentifier: "  \
    "main, Cluster: db, Thresholds: {CDCLatencySourceSeconds: 60, CDCLatencyTargetSeconds: 300, "  \
    "DatabaseCpuPercent: !Ref Limit, DatabaseConnections: !If [A, 1, 2]}}}\n"                      \
    "Conditions: {A: !Equals [!Ref Limit, 1]}\n"
#define WIDGETS(list) DASHBOARD("Widgets: [" list "]")

/* The text of the body, with the variables of its Fn::Sub as they stand there. */
static const char *body(const stack_fixture *t)
{
    const cfn_node *whole = cfn_node_find(t->template, PROPERTY "/Fn::Sub");
    const cfn_node *text = cfn_node_at(whole, 0);
    whole = whole ? whole : cfn_node_find(t->template, PROPERTY);
    if (!whole)
        print_error("%s", cfn_diagnostics_text(t->f.diagnostics, false));
    assert_non_null(whole);
    return cfn_node_text(text ? text : whole);
}

static void assert_shows(const stack_fixture *t, const char *part)
{
    if (!strstr(body(t), part))
        print_error("no %s\nin %s\n", part, body(t));
    assert_non_null(strstr(body(t), part));
}

static void assert_hides(const stack_fixture *t, const char *part)
{
    if (strstr(body(t), part))
        print_error("there is %s\nin %s\n", part, body(t));
    assert_null(strstr(body(t), part));
}

static size_t count_of(const stack_fixture *t, const char *part)
{
    size_t count = 0;
    for (const char *p = body(t); (p = strstr(p, part)); p++)
        count++;
    return count;
}

/* ---- what is shown ---- */

static void a_task_is_known_by_the_end_of_its_arn_and_its_instance(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS(LATENCY));
    assert_found(&t->f, "");
    assert_shows(t, "\"metrics\":[[\"AWS/DMS\",\"CDCLatencySource\","
                    "\"ReplicationInstanceIdentifier\",\"main\",\"ReplicationTaskIdentifier\","
                    "\"${Value1}\",{\"stat\":\"Maximum\",\"label\":\"source\"}],"
                    "[\".\",\"CDCLatencyTarget\",\".\",\".\",\".\",\".\","
                    "{\"stat\":\"Maximum\",\"label\":\"target\"}]]");
    assert_at(t, PROPERTY "/Fn::Sub/1",
              "{\"Value1\":{\"Fn::Select\":[6,{\"Fn::Split\":[\":\",\"" TASK "\"]}]}}");
}

static void every_graph_is_of_the_region_of_the_stack(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Cluster: db}, {Log: errors}"));
    assert_found(&t->f, "");
    assert_int_equal(count_of(t, "\"region\":\"${AWS::Region}\""), 7);
}

static void a_task_has_a_graph_of_each_kind(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Replication: '" TASK "', ReplicationInstanceIdentifier: main}"));
    assert_int_equal(count_of(t, "\"type\":\"metric\""), 4);
    assert_shows(t, "FullLoadThroughputRowsTarget");
    assert_shows(t, "CDCIncomingChanges");
    assert_shows(t, "ValidationFailedOverallCount");
}

static void a_value_that_comes_twice_is_one_variable(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Replication: '" TASK "', ReplicationInstanceIdentifier: main}"));
    assert_hides(t, "${Value2}");
}

static void a_cluster_is_shown_as_its_writer_and_its_readers(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Cluster: db, Show: [Cpu]}"));
    assert_found(&t->f, "");
    assert_shows(t, "[\"AWS/RDS\",\"CPUUtilization\",\"DBClusterIdentifier\",\"db\",\"Role\","
                    "\"WRITER\",{\"stat\":\"Average\",\"label\":\"writer\"}],"
                    "[\".\",\".\",\".\",\".\",\".\",\"READER\","
                    "{\"stat\":\"Average\",\"label\":\"readers\"}]");
    assert_shows(t, "\"yAxis\":{\"left\":{\"min\":0,\"max\":100}}");
}

#define CLUSTER(readers)                                                                           \
    "Resources:\n"                                                                                 \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-postgresql, Network: " \
    "!Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key, Readers: " readers "}}\n"   \
    "  D: {Type: 'Cfngen::CloudWatch::Dashboard', Properties: {Widgets: [{Cluster: !Ref Db}]}}\n"

static void a_cluster_without_readers_has_no_lag(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("0"));
    assert_hides(t, "AuroraReplicaLag");
    assert_hides(t, "READER");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, CLUSTER("1"));
    assert_shows(t, "[\"AWS/RDS\",\"AuroraReplicaLag\",\"DBClusterIdentifier\",\"${Db}\",\"Role\","
                    "\"READER\"");
    assert_shows(t, "\"title\":\"Db: lag of the readers in milliseconds\"");
}

#define KEY "EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/abc', "
#define REPLICATION(reverse)                                                                       \
    "Resources:\n"                                                                                 \
    "  Rep: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net, " KEY       \
    "SecurityGroups: [sg-12345678]}}\n"                                                            \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Src: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, " KEY               \
    "EngineName: "                                                                                 \
    "postgres, DatabaseName: shop, Secret: 'arn:aws:secretsmanager:eu-west-2:111122223333:secret:" \
    "a-AbCdEf', SslMode: require}}\n"                                                              \
    "  Tgt: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, " KEY               \
    "EngineName: "                                                                                 \
    "aurora-postgresql, DatabaseName: shop, Secret: 'arn:aws:secretsmanager:eu-west-2:"            \
    "111122223333:secret:b-AbCdEf', SslMode: require}}\n"                                          \
    "  Move: {Type: 'Cfngen::DMS::ReplicationTask', Properties: {ReplicationInstance: !Ref Rep, "  \
    "Source: !Ref Src, Target: !Ref Tgt, TableMappings: {Include: [{Schema: shop}]}, "             \
    "Reverse: " reverse "}}\n"                                                                     \
    "  D: {Type: 'Cfngen::CloudWatch::Dashboard', Properties: {Widgets: [{Replication: !Ref "      \
    "Move}, {Instance: !Ref Rep}]}}\n"

static void the_way_back_of_a_task_is_shown_when_there_is_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, REPLICATION("true"));
    assert_shows(t, "\"ReplicationTaskIdentifier\",\"${MoveReverseResourceIdValue}\"");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, REPLICATION("false"));
    assert_hides(t, "way back");
    assert_shows(t, "\"ReplicationTaskIdentifier\",\"${MoveResourceIdValue}\"");
}

static void a_replication_instance_is_known_by_its_identifier(void **state)
{
    stack_fixture *t = *state;
    synth(t, REPLICATION("false"));
    assert_shows(t, "[\"AWS/DMS\",\"FreeStorageSpace\",\"ReplicationInstanceIdentifier\","
                    "\"rep-test-s1\",{\"stat\":\"Minimum\",\"label\":\"free\"}]");
    assert_shows(t, "\"title\":\"Rep: CPU\"");
}

static void functions_are_shown_by_their_names(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Validator: compare, Show: [Mismatches]}, {Function: shift}"));
    assert_found(&t->f, "");
    assert_shows(t, "[[\"Cfngen/Migration\",\"Mismatches\",\"FunctionName\",\"compare\"");
    assert_shows(t, "[[\"AWS/Lambda\",\"Invocations\",\"FunctionName\",\"shift\"");
}

static void all_alarms_of_a_migration_are_one_widget(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Alarms: !Ref Alarms, AlarmArns: [!Ref Limit]}"));
    assert_found(&t->f, "");
    assert_shows(t, "\"type\":\"alarm\",\"x\":0,\"y\":0,\"width\":24,\"height\":3,\"properties\":"
                    "{\"title\":\"Alarms\",\"alarms\":[\"${AlarmsTaskFailed.Arn}\",");
    assert_shows(t, "\"${AlarmsDatabaseMemory.Arn}\",\"${Limit}\"]");
    assert_hides(t, "AlarmsValidatorErrors");
}

static void a_text_keeps_its_dollars(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Text: '# ${x}', Height: 1}, {Cluster: db, Show: [Volume]}"));
    assert_found(&t->f, "");
    assert_shows(t, "{\"type\":\"text\",\"x\":0,\"y\":0,\"width\":24,\"height\":1,\"properties\":"
                    "{\"markdown\":\"# ${!x}\"}}");
}

static void a_log_is_asked_by_a_query(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Log: !Sub 'dms-tasks-${Limit}', Query: 'filter @message like /E:/'}"));
    assert_found(&t->f, "");
    assert_shows(t, "\"query\":\"SOURCE 'dms-tasks-${Limit}' | filter @message like /E:/\"");
}

static void a_graph_of_ones_own_has_the_dimensions_that_are_given(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Metrics: [{Namespace: AWS/S3, MetricName: BucketSizeBytes, Dimensions: "
                     "{BucketName: !Ref Limit, StorageType: 7}, Label: size}], Title: Files, "
                     "Period: 86400, Threshold: 2000}"));
    assert_found(&t->f, "");
    assert_shows(t, "{\"metrics\":[[\"AWS/S3\",\"BucketSizeBytes\",\"BucketName\",\"${Limit}\","
                    "\"StorageType\",\"7\",{\"stat\":\"Average\",\"label\":\"size\"}]],"
                    "\"region\":\"${AWS::Region}\",\"title\":\"Files\",\"period\":86400,"
                    "\"annotations\":{\"horizontal\":[{\"label\":\"threshold\",\"value\":2000}]}}");
}

static void a_metric_of_dms_with_one_dimension_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Metrics: [{Namespace: AWS/DMS, MetricName: CDCLatencySource, Dimensions: "
                     "{ReplicationInstanceIdentifier: main}}]}"));
    assert_found(&t->f, "CFN4441 3:3");
}

/* ---- thresholds ---- */

static void thresholds_of_the_alarms_are_drawn(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Thresholds: !Ref Alarms, Widgets: [" LATENCY "]"));
    assert_found(&t->f, "");
    assert_shows(t, "\"horizontal\":[{\"label\":\"alarm\",\"value\":60},"
                    "{\"label\":\"alarm\",\"value\":300}]");
}

static void a_threshold_that_a_parameter_gives_is_a_number_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Thresholds: !Ref Alarms, Widgets: [{Cluster: db, Show: [Cpu, Memory]}]"));
    assert_found(&t->f, "");
    assert_shows(t, "{\"label\":\"alarm\",\"value\":${Limit}}");
    assert_shows(t, "{\"label\":\"alarm\",\"value\":${AlarmsDatabaseMemoryThreshold}}");
}

static void a_threshold_that_a_condition_chooses_is_a_number_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Thresholds: !Ref Alarms, Widgets: [{Cluster: db, Show: [Connections]}]"));
    assert_found(&t->f, "");
    assert_shows(t, "{\"label\":\"alarm\",\"value\":${Value1}}");
    assert_at(t, PROPERTY "/Fn::Sub/1", "{\"Value1\":{\"Fn::If\":[\"A\",1,2]}}");
}

static void a_period_that_a_parameter_gives_is_a_number_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Period: !Ref Limit, Widgets: [{Cluster: db, Show: [Cpu]}]"));
    assert_found(&t->f, "");
    assert_shows(t, "\"period\":${Limit},");
}

static void what_has_no_alarm_has_no_threshold(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Thresholds: !Ref Alarms, Widgets: [{Validator: compare}]"));
    assert_found(&t->f, "");
    assert_hides(t, "annotations");
}

/* ---- layout ---- */

static void three_graphs_stand_in_a_row(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Cluster: db, Show: [Cpu, Connections, Memory, Volume]}"));
    assert_found(&t->f, "");
    assert_shows(t, "\"x\":16,\"y\":0,\"width\":8,\"height\":6");
    assert_shows(t, "\"x\":0,\"y\":6,\"width\":8,\"height\":6");
}

static void a_row_is_as_high_as_its_highest_widget(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Cluster: db, Show: [Cpu], Height: 9}, {Cluster: db, Show: [Volume], Width: "
                     "16}, {Text: end}"));
    assert_found(&t->f, "");
    assert_shows(t, "\"x\":8,\"y\":0,\"width\":16,\"height\":6");
    assert_shows(t, "\"type\":\"text\",\"x\":0,\"y\":9");
}

static void a_title_stands_before_the_name_of_each_graph(void **state)
{
    stack_fixture *t = *state;
    synth(t, WIDGETS("{Cluster: db, Show: [Cpu, Volume], Title: New}, {Cluster: db, Show: [Cpu], "
                     "Title: Load}"));
    assert_shows(t, "\"title\":\"New: CPU\"");
    assert_shows(t, "\"title\":\"New: volume in bytes\"");
    assert_shows(t, "\"title\":\"Load\"");
}

static void a_dashboard_has_a_name_a_start_and_a_period(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Start: -PT12H, Period: 60, Widgets: [{Cluster: db, Show: [Cpu]}]"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/D/Properties/DashboardName", "\"d-test-s1\"");
    assert_true(cfn__starts_with(body(t), "{\"start\":\"-PT12H\",\"widgets\":["));
    assert_shows(t, "\"period\":60");
}

/* ---- mistakes ---- */

static void mistakes_are_told_at_their_place(void **state)
{
    static const struct {
        const char *widgets, *found;
    } mistakes[] = {
        {"{Title: nothing}", "CFN2019 4:15"},
        {"{Cluster: db, Text: two}", "CFN2019 4:15"},
        {"{Cluster: db, Show: [Cpu, Disk]}", "CFN2006 4:41"},
        {"{Text: a, Show: [Cpu]}", "CFN2006 4:32"},
        {"{Replication: '" TASK "'}", "CFN4402 4:29"},
        {"{Replication: move, ReplicationInstanceIdentifier: main}", "CFN4401 4:29"},
        {"{Instance: 'arn:aws:dms:eu-west-2:111122223333:rep:ABC'}", "CFN4402 4:26"},
        {"{ReplicationInstanceIdentifier: 'arn:aws:dms:eu-west-2:111122223333:rep:ABC'}",
         "CFN4402 4:47"},
        {"{Function: 'arn:aws:lambda:eu-west-2:111122223333:function:shift'}", "CFN2024 4:26"},
        {"{Cluster: db, Width: 25}", "CFN2007 4:36"},
        {"{Cluster: !Ref Alarms}", "CFN2008 4:25"},
        {"{Metrics: [{Namespace: AWS/RDS}]}", "CFN2004 4:26"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char text[1600];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, WIDGETS("%s"), mistakes[i].widgets);
        synth(t, text);
        assert_found(&t->f, mistakes[i].found);
    }
}

static void a_start_that_cloudwatch_does_not_know_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, DASHBOARD("Start: yesterday, Widgets: [{Cluster: db}]"));
    assert_found(&t->f, "CFN4443 4:12");
}

static void more_than_five_hundred_graphs_are_refused(void **state)
{
    stack_fixture *t = *state;
    char *widgets = calloc(100, sizeof "{Cluster: db},"), *text = malloc(4000);
    assert_non_null(widgets);
    assert_non_null(text);
    for (int i = 0; i < 84; i++)
        sprintf(widgets + strlen(widgets), "{Cluster: db},");
    snprintf(text, 4000, WIDGETS("%s"), widgets);
    synth(t, text);
    free(widgets);
    free(text);
    assert_found(&t->f, "CFN1405 1:1, CFN4443 4:14");
    assert_said(&t->f, "500 graphs at most, not 504");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_cloudwatch_dashboard_add(
        t->stack, "D",
        &(cfn_cloudwatch_dashboard_props){
            .start = cfn_s("-P7D"),
            .widgets = CFN_DASHBOARD_WIDGETS(
                {.text = cfn_s("# Shop")},
                {.cluster = cfn_rds_aurora_cluster_existing(cfn_s("db")),
                 .show = CFN_LIST(cfn_s("Cpu")),
                 .width = cfn_i(12)},
                {.metrics = CFN_DASHBOARD_METRICS({.metric_namespace = cfn_s("AWS/SNS"),
                                                   .metric_name = cfn_s("NumberOfMessages"),
                                                   .right_axis = cfn_b(true)})})});
    assert_same_as_file(
        t, "Resources:\n  D: {Type: 'Cfngen::CloudWatch::Dashboard', Properties: {Start: -P7D, "
           "Widgets: [{Text: '# Shop'}, {Cluster: db, Show: [Cpu], Width: 12}, {Metrics: "
           "[{Namespace: AWS/SNS, MetricName: NumberOfMessages, RightAxis: true}]}]}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_task_is_known_by_the_end_of_its_arn_and_its_instance),
        STACK_TEST(every_graph_is_of_the_region_of_the_stack),
        STACK_TEST(a_task_has_a_graph_of_each_kind),
        STACK_TEST(a_value_that_comes_twice_is_one_variable),
        STACK_TEST(a_cluster_is_shown_as_its_writer_and_its_readers),
        STACK_TEST(a_cluster_without_readers_has_no_lag),
        STACK_TEST(the_way_back_of_a_task_is_shown_when_there_is_one),
        STACK_TEST(a_replication_instance_is_known_by_its_identifier),
        STACK_TEST(functions_are_shown_by_their_names),
        STACK_TEST(all_alarms_of_a_migration_are_one_widget),
        STACK_TEST(a_text_keeps_its_dollars),
        STACK_TEST(a_log_is_asked_by_a_query),
        STACK_TEST(a_graph_of_ones_own_has_the_dimensions_that_are_given),
        STACK_TEST(a_metric_of_dms_with_one_dimension_is_told),
        STACK_TEST(thresholds_of_the_alarms_are_drawn),
        STACK_TEST(a_threshold_that_a_parameter_gives_is_a_number_too),
        STACK_TEST(a_threshold_that_a_condition_chooses_is_a_number_too),
        STACK_TEST(a_period_that_a_parameter_gives_is_a_number_too),
        STACK_TEST(what_has_no_alarm_has_no_threshold),
        STACK_TEST(three_graphs_stand_in_a_row),
        STACK_TEST(a_row_is_as_high_as_its_highest_widget),
        STACK_TEST(a_title_stands_before_the_name_of_each_graph),
        STACK_TEST(a_dashboard_has_a_name_a_start_and_a_period),
        STACK_TEST(mistakes_are_told_at_their_place),
        STACK_TEST(a_start_that_cloudwatch_does_not_know_is_refused),
        STACK_TEST(more_than_five_hundred_graphs_are_refused),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
