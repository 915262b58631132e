/* templates/onprem-postgresql-blue-green.yaml: alarms, and who is told of what. */
#include "blueprint.h"

#define TASK_ID                "{\"Fn::Select\":[6,{\"Fn::Split\":[\":\"," REF("MigrationTask") "]}]}"
#define DIMENSION(name, value) "{\"Name\":\"" name "\",\"Value\":" value "}"
#define INSTANCE               DIMENSION("ReplicationInstanceIdentifier", "\"" NAMED("replication") "\"")
#define TASK                   INSTANCE "," DIMENSION("ReplicationTaskIdentifier", TASK_ID)
#define CLUSTER                DIMENSION("DBClusterIdentifier", REF("MigrationAurora"))
#define READERS                CLUSTER "," DIMENSION("Role", "\"READER\"")
#define VALIDATOR              DIMENSION("FunctionName", REF("Validator"))
#define RULE                   DIMENSION("RuleName", REF("AlarmsTaskFailureRule"))

#define CUTOVER        DIMENSION("FunctionName", REF("ReaderCutover"))
#define WRITER_CUTOVER DIMENSION("FunctionName", REF("WriterCutover"))

typedef struct expected_alarm {
    const char *id, *metric, *dimensions, *threshold;
} expected_alarm;

static void assert_alarms(stack_fixture *t, const expected_alarm *rows)
{
    for (; rows->id; rows++) {
        char metric[64], dimensions[400];
        snprintf(metric, sizeof metric, "\"%s\"", rows->metric);
        snprintf(dimensions, sizeof dimensions, "[%s]", rows->dimensions);
        ASSERT_PROPERTIES(t, rows->id, {"MetricName", metric}, {"Dimensions", dimensions},
                          {"Threshold", rows->threshold},
                          {"AlarmActions", "[" REF("MigrationNotifications") "]"});
    }
}

#define ASSERT_ALARMS(t, ...)                                                                      \
    assert_alarms(t, (const expected_alarm[]){__VA_ARGS__, {NULL, NULL, NULL, NULL}})

static void a_replication_more_than_60_seconds_behind_raises_an_alarm(void **state)
{
    ASSERT_ALARMS(*state, {"AlarmsSourceLatency", "CDCLatencySource", TASK, "60"},
                  {"AlarmsTargetLatency", "CDCLatencyTarget", TASK, "60"});
}

static void a_processor_above_80_per_cent_raises_an_alarm(void **state)
{
    ASSERT_ALARMS(*state, {"AlarmsDatabaseCpu", "CPUUtilization", CLUSTER, "80"});
}

/* At its default, two capacity units take no 800 connections, and the alarm would be silent. */
static void more_than_800_connections_raise_an_alarm_before_1000_are_refused(void **state)
{
    ASSERT_ALARMS(*state, {"AlarmsDatabaseConnections", "DatabaseConnections", CLUSTER, "800"});
    assert_property(*state, "MigrationAuroraInstanceParameterGroup", "Parameters/max_connections",
                    "\"1000\"");
}

/* DMS has no metric for it. */
static void a_task_that_failed_or_stopped_raises_an_alarm(void **state)
{
    ASSERT_PROPERTIES(
        *state, "AlarmsTaskFailureRule",
        {"EventPattern/resources", "[" REF("MigrationTask") "," REF("MigrationTaskReverse") "]"},
        {"EventPattern/detail/eventType",
         "[\"REPLICATION_TASK_FAILED\",\"REPLICATION_TASK_STOPPED\"]"},
        {"Targets/0/Arn", REF("MigrationNotifications")});
    ASSERT_ALARMS(*state, {"AlarmsTaskFailed", "TriggeredRules", RULE, "0"});
}

static void rows_that_differ_raise_an_alarm(void **state)
{
    ASSERT_ALARMS(*state, {"AlarmsValidationFailed", "ValidationFailedOverallCount", TASK, "0"},
                  {"AlarmsValidatorMismatches", "Mismatches", VALIDATOR, "0"},
                  {"AlarmsValidatorErrors", "Errors", VALIDATOR, "0"});
}

/* AuroraReplicaLag is in milliseconds, memory and storage are in bytes. */
static void machines_at_their_limits_and_late_readers_raise_an_alarm(void **state)
{
    ASSERT_ALARMS(*state, {"AlarmsReplicaLag", "AuroraReplicaLag", READERS, "30000"},
                  {"AlarmsDatabaseMemory", "FreeableMemory", CLUSTER, "429496729"},
                  {"AlarmsReplicationCpu", "CPUUtilization", INSTANCE, "80"},
                  {"AlarmsReplicationMemory", "FreeableMemory", INSTANCE, "1717986918"},
                  {"AlarmsReplicationStorage", "FreeStorageSpace", INSTANCE, "21474836480"});
}

static void a_cutover_that_fails_raises_an_alarm(void **state)
{
    ASSERT_ALARMS(*state, {"AlarmsCutoverErrors", "Errors", CUTOVER, "0"},
                  {"AlarmsCutoverFailed", "Failed", CUTOVER, "0"},
                  {"WriterCutoverErrors", "Errors", WRITER_CUTOVER, "0"},
                  {"WriterCutoverFailed", "Failed", WRITER_CUTOVER, "0"});
}

static void every_alarm_tells_the_topic_and_the_topic_a_person(void **state)
{
    stack_fixture *t = *state;
    size_t alarms = count_of(t, "AWS::CloudWatch::Alarm");
    assert_in_range(alarms, 16, 500);
    assert_each(t, "AWS::CloudWatch::Alarm", alarms, "AlarmActions",
                "[" REF("MigrationNotifications") "]");
    ASSERT_PROPERTIES(t, "MigrationNotificationsSubscriptionAlarmEmail",
                      {"TopicArn", REF("MigrationNotifications")}, {"Protocol", "\"email\""},
                      {"Endpoint", REF("AlarmEmail")});
}

static bool lets_in(stack_fixture *t, const char *id, const char *path, const char *service)
{
    const cfn_node *list = property(t, id, path);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) {
        const char *text = cfn_node_text(cfn_node_find(n, "Principal/Service"));
        if (text && strcmp(text, service) == 0)
            return true;
    }
    return false;
}

/* What the policy of the topic or of its key refuses is lost without a word. */
static void all_that_tell_the_topic_may_use_it_and_its_key(void **state)
{
    static const char *const services[] = {"cloudwatch.amazonaws.com", "events.amazonaws.com",
                                           "backup.amazonaws.com"};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        assert_true(lets_in(*state, "MigrationNotificationsPolicy", "PolicyDocument/Statement",
                            services[i]));
        assert_true(lets_in(*state, "MigrationKey", "KeyPolicy/Statement", services[i]));
    }
}

/* ---- the dashboard ---- */

static const char *dashboard(stack_fixture *t)
{
    const cfn_node *body =
        cfn_node_get(property(t, "MigrationDashboard", "DashboardBody"), "Fn::Sub");
    const cfn_node *text = cfn_node_at(body, 0);
    return cfn_node_text(text ? text : body);
}

static void the_dashboard_shows_all_that_is_watched(void **state)
{
    static const char *const metrics[] = {
        "CDCLatencySource",
        "CDCLatencyTarget",
        "DatabaseConnections",
        "FreeableMemory",
        "CPUUtilization",
        "AuroraReplicaLag",
        "FullLoadThroughputBandwidthTarget",
        "FullLoadThroughputRowsTarget",
        "CDCThroughputRowsSource",
        "ValidationFailedOverallCount",
        "]E:",
    };
    const char *text = dashboard(*state);
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        if (!strstr(text, metrics[i]))
            print_error("it does not show %s\n", metrics[i]);
        assert_non_null(strstr(text, metrics[i]));
    }
}

/* A metric without all of its dimensions is an empty graph. */
static void each_graph_of_the_task_has_both_dimensions_and_its_threshold(void **state)
{
    const char *latency = strstr(dashboard(*state), "CDCLatencySource");
    assert_non_null(latency);
    assert_memory_equal(latency + strlen("CDCLatencySource"),
                        "\",\"ReplicationInstanceIdentifier\",\"" NAMED(
                            "replication") "\","
                                           "\"ReplicationTaskIdentifier\"",
                        70);
    assert_non_null(strstr(latency, "\"value\":60"));
    assert_non_null(strstr(dashboard(*state), "\"region\":\"${AWS::Region}\""));
}

BLUEPRINT_TESTS("templates/onprem-postgresql-blue-green.yaml",
                cmocka_unit_test(a_replication_more_than_60_seconds_behind_raises_an_alarm),
                cmocka_unit_test(a_processor_above_80_per_cent_raises_an_alarm),
                cmocka_unit_test(more_than_800_connections_raise_an_alarm_before_1000_are_refused),
                cmocka_unit_test(a_task_that_failed_or_stopped_raises_an_alarm),
                cmocka_unit_test(rows_that_differ_raise_an_alarm),
                cmocka_unit_test(machines_at_their_limits_and_late_readers_raise_an_alarm),
                cmocka_unit_test(a_cutover_that_fails_raises_an_alarm),
                cmocka_unit_test(every_alarm_tells_the_topic_and_the_topic_a_person),
                cmocka_unit_test(all_that_tell_the_topic_may_use_it_and_its_key),
                cmocka_unit_test(the_dashboard_shows_all_that_is_watched),
                cmocka_unit_test(each_graph_of_the_task_has_both_dimensions_and_its_threshold))
