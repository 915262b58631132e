/* templates/rds-mysql-to-aurora-mysql.yaml: alarms, who is told of them, and the validation. */
#include "blueprint.h"

/* ---- alarms ---- */

#define TASK_ID(id)            "{\"Fn::Select\":[6,{\"Fn::Split\":[\":\"," REF(id) "]}]}"
#define DIMENSION(name, value) "{\"Name\":\"" name "\",\"Value\":" value "}"
#define INSTANCE               DIMENSION("ReplicationInstanceIdentifier", "\"" NAMED("replication") "\"")
#define TASK_OF(id)            INSTANCE "," DIMENSION("ReplicationTaskIdentifier", TASK_ID(id))
#define TASK                   TASK_OF("MigrationTask")
#define REVERSE                TASK_OF("MigrationTaskReverse")
#define CLUSTER                DIMENSION("DBClusterIdentifier", REF("AuroraCluster"))
#define READERS                CLUSTER "," DIMENSION("Role", "\"READER\"")
#define FUNCTION               DIMENSION("FunctionName", REF("Validator"))
#define RULE                   DIMENSION("RuleName", REF("AlarmsTaskFailureRule"))

typedef struct expected_alarm {
    const char *id, *namespace, *metric, *dimensions, *statistic, *comparison, *threshold, *missing;
} expected_alarm;

static void assert_alarm(stack_fixture *t, const expected_alarm *a)
{
    char namespace[64], metric[64], dimensions[400], statistic[64], comparison[64], missing[64];
    snprintf(namespace, sizeof namespace, "\"%s\"", a->namespace);
    snprintf(metric, sizeof metric, "\"%s\"", a->metric);
    snprintf(dimensions, sizeof dimensions, "[%s]", a->dimensions);
    snprintf(statistic, sizeof statistic, "\"%s\"", a->statistic);
    snprintf(comparison, sizeof comparison, "\"%sThanThreshold\"", a->comparison);
    snprintf(missing, sizeof missing, "\"%s\"", a->missing);
    ASSERT_PROPERTIES(t, a->id, {"Namespace", namespace}, {"MetricName", metric},
                      {"Dimensions", dimensions}, {"Statistic", statistic}, {"Period", "60"},
                      {"ComparisonOperator", comparison}, {"Threshold", a->threshold},
                      {"TreatMissingData", missing});
}

/* A task that fails stops publishing metrics, so its events are counted. A task that DMS ends by
 * an error may send either of the two. */
static void a_task_that_fails_or_stops_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "AlarmsTaskFailureRule", {"State", "\"ENABLED\""},
        {"EventPattern/source", "[\"aws.dms\"]"},
        {"EventPattern/detail-type", "[\"DMS Replication Task State Change\"]"},
        {"EventPattern/resources", "[" REF("MigrationTask") "," REF("MigrationTaskReverse") "]"},
        {"EventPattern/detail/eventType",
         "[\"REPLICATION_TASK_FAILED\",\"REPLICATION_TASK_STOPPED\"]"});
    assert_alarm(t, &(expected_alarm){"AlarmsTaskFailed", "AWS/Events", "TriggeredRules", RULE,
                                      "Sum", "Greater", "0", "notBreaching"});
}

static void a_failure_is_told_with_its_reason(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "AlarmsTaskFailureRule", {"Targets/0/Arn", REF("Topic")},
        {"Targets/0/InputTransformer/InputPathsMap/message", "\"$.detail.detailMessage\""});
    assert_alarm(t, &(expected_alarm){"AlarmsTaskFailureUntold", "AWS/Events", "FailedInvocations",
                                      RULE, "Sum", "Greater", "0", "notBreaching"});
}

/* AuroraReplicaLag is in milliseconds. A reader that is gone publishes nothing. */
static void a_reader_more_than_30_seconds_behind_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_alarm(t, &(expected_alarm){"AlarmsReplicaLag", "AWS/RDS", "AuroraReplicaLag", READERS,
                                      "Maximum", "Greater", "30000", "breaching"});
    assert_true(waits_for(t, "AlarmsReplicaLag", "AuroraClusterReader1"));
}

/* These metrics are in seconds. */
static void a_replication_more_than_30_seconds_behind_raises_an_alarm(void **state)
{
    assert_alarm(*state, &(expected_alarm){"AlarmsSourceLatency", "AWS/DMS", "CDCLatencySource",
                                           TASK, "Maximum", "Greater", "30", "notBreaching"});
    assert_alarm(*state, &(expected_alarm){"AlarmsTargetLatency", "AWS/DMS", "CDCLatencyTarget",
                                           TASK, "Maximum", "Greater", "30", "notBreaching"});
}

/* While it runs, it is all that keeps a way back open. */
static void the_way_back_is_watched_as_well(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsReverseTargetLatency", "AWS/DMS", "CDCLatencyTarget", REVERSE, "Maximum", "Greater",
         "30", "notBreaching"},
        {"AlarmsReverseValidationFailed", "AWS/DMS", "ValidationFailedOverallCount", REVERSE,
         "Maximum", "Greater", "0", "notBreaching"},
    };
    for (size_t i = 0; i < sizeof alarms / sizeof *alarms; i++)
        assert_alarm(*state, &alarms[i]);
}

/* A tenth of 16 GiB, and a fifth of 100 GiB. */
static void a_replication_instance_at_its_limits_raises_an_alarm(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsReplicationCpu", "AWS/DMS", "CPUUtilization", INSTANCE, "Average", "Greater", "80",
         "missing"},
        {"AlarmsReplicationMemory", "AWS/DMS", "FreeableMemory", INSTANCE, "Minimum", "Less",
         "1717986918", "missing"},
        {"AlarmsReplicationStorage", "AWS/DMS", "FreeStorageSpace", INSTANCE, "Minimum", "Less",
         "21474836480", "missing"},
    };
    for (size_t i = 0; i < sizeof alarms / sizeof *alarms; i++)
        assert_alarm(*state, &alarms[i]);
}

/* The class is a parameter, and so are the thresholds that depend on it. */
static void a_cluster_at_its_limits_raises_an_alarm(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsDatabaseCpu", "AWS/RDS", "CPUUtilization", CLUSTER, "Maximum", "Greater", "80",
         "missing"},
        {"AlarmsDatabaseConnections", "AWS/RDS", "DatabaseConnections", CLUSTER, "Maximum",
         "Greater", REF("AlarmsDatabaseConnectionsThreshold"), "missing"},
        {"AlarmsDatabaseMemory", "AWS/RDS", "FreeableMemory", CLUSTER, "Minimum", "Less",
         REF("AlarmsDatabaseMemoryThreshold"), "missing"},
    };
    for (size_t i = 0; i < sizeof alarms / sizeof *alarms; i++)
        assert_alarm(*state, &alarms[i]);
}

static void rows_that_differ_raise_an_alarm(void **state)
{
    static const expected_alarm alarms[] = {
        {"AlarmsValidationFailed", "AWS/DMS", "ValidationFailedOverallCount", TASK, "Maximum",
         "Greater", "0", "notBreaching"},
        {"AlarmsValidatorMismatches", "Cfngen/Migration", "Mismatches", FUNCTION, "Maximum",
         "Greater", "0", "notBreaching"},
    };
    for (size_t i = 0; i < sizeof alarms / sizeof *alarms; i++)
        assert_alarm(*state, &alarms[i]);
}

/* ---- who is told ---- */

static void every_alarm_tells_the_topic(void **state)
{
    stack_fixture *t = *state;
    size_t alarms = count_of(t, "AWS::CloudWatch::Alarm");
    assert_in_range(alarms, 16, 500);
    assert_each(t, "AWS::CloudWatch::Alarm", alarms, "AlarmActions", "[" REF("Topic") "]");
}

static void the_topic_tells_a_person(void **state)
{
    ASSERT_PROPERTIES(*state, "TopicSubscriptionAlarmEmail", {"TopicArn", REF("Topic")},
                      {"Protocol", "\"email\""}, {"Endpoint", REF("AlarmEmail")});
}

static const cfn_node *statement(stack_fixture *t, const char *id, const char *path,
                                 const char *sid)
{
    const cfn_node *list = property(t, id, path);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(cfn_node_get(n, "Sid")), sid) == 0)
            return n;
    return NULL;
}

/* An encrypted topic that one of them may not use swallows its notifications. EventBridge sends
 * none of the keys that a condition could ask for. */
static void alarms_and_events_may_use_the_topic_and_its_key(void **state)
{
    static const struct {
        const char *sid, *principal, *condition;
    } services[] = {
        {"CloudWatchAlarms", "{\"Service\":\"cloudwatch.amazonaws.com\"}",
         "{\"StringEquals\":{\"aws:SourceAccount\":" REF("AWS::AccountId") "}}"},
        {"EventBridge", "{\"Service\":\"events.amazonaws.com\"}", NULL},
    };
    static const struct {
        const char *id, *path, *action;
    } policies[] = {
        {"TopicPolicy", "PolicyDocument/Statement", "\"sns:Publish\""},
        {"MigrationKey", "KeyPolicy/Statement", "[\"kms:Decrypt\",\"kms:GenerateDataKey*\"]"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < 4; i++) {
        const cfn_node *s =
            statement(t, policies[i / 2].id, policies[i / 2].path, services[i % 2].sid);
        assert_json(&t->f, cfn_node_get(s, "Effect"), "\"Allow\"");
        assert_json(&t->f, cfn_node_get(s, "Principal"), services[i % 2].principal);
        assert_json(&t->f, cfn_node_get(s, "Action"), policies[i / 2].action);
        const cfn_node *condition = cfn_node_get(s, "Condition");
        if (services[i % 2].condition)
            assert_json(&t->f, condition, services[i % 2].condition);
        else
            assert_null(condition);
    }
}

/* ---- validation ---- */

static void a_function_compares_source_and_target(void **state)
{
    ASSERT_PROPERTIES(
        *state, "Validator", {"Runtime", "\"provided.al2023\""}, {"Handler", "\"bootstrap\""},
        {"Environment/Variables/SOURCE_SECRET", REF("SourceSecretArn")},
        {"Environment/Variables/TARGET_SECRET", REF("TargetSecretArn")},
        {"Environment/Variables/ENGINE", "\"mysql\""},
        {"Environment/Variables/DATABASES", "{\"Fn::Join\":[\",\",[" REF("DatabaseName") "]]}"});
}

static void the_function_reaches_both_databases(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "Validator",
        {"VpcConfig/SecurityGroupIds", "[" ATT("MigrationSecurityGroup", "GroupId") "]"},
        {"VpcConfig/SubnetIds", REF("ProductionSubnetIds")}, {"Timeout", "900"});
    assert_json(&t->f,
                statement(t, "ValidatorRole", "Policies/0/PolicyDocument/Statement", "ReadSecrets"),
                "{\"Sid\":\"ReadSecrets\",\"Effect\":\"Allow\",\"Action\":"
                "\"secretsmanager:GetSecretValue\",\"Resource\":[" REF("SourceSecretArn") "," REF(
                    "TargetSecretArn") "]}");
    assert_true(waits_for(t, "Validator", "TargetSecretAttachment"));
}

/* Before the load is done, everything differs, and each comparison would raise an alarm. */
static void the_comparison_runs_every_day_once_the_load_is_done(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(*state, "ValidatorSchedule", {"ScheduleExpression", "\"rate(1 day)\""},
                      {"State", "{\"Fn::If\":[\"ValidatorScheduleEnabled\",\"ENABLED\","
                                "\"DISABLED\"]}"},
                      {"Targets/0/Arn", ATT("Validator", "Arn")});
    assert_at(t, "Conditions/ValidatorScheduleEnabled",
              "{\"Fn::Equals\":[" REF("ValidationEnabled") ",\"true\"]}");
    assert_at(t, "Parameters/ValidationEnabled/Default", "\"false\"");
    ASSERT_PROPERTIES(*state, "ValidatorSchedulePermission",
                      {"Action", "\"lambda:InvokeFunction\""}, {"FunctionName", REF("Validator")},
                      {"Principal", "\"events.amazonaws.com\""},
                      {"SourceArn", ATT("ValidatorSchedule", "Arn")});
}

/* Nobody looks at a run that nobody waits for, so its failure is told, not tried again. */
static void a_comparison_that_fails_is_told(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "ValidatorInvocation", {"FunctionName", REF("Validator")},
                      {"DestinationConfig/OnFailure/Destination", REF("Topic")},
                      {"MaximumRetryAttempts", "0"});
    assert_alarm(t, &(expected_alarm){"AlarmsValidatorErrors", "AWS/Lambda", "Errors", FUNCTION,
                                      "Sum", "Greater", "0", "notBreaching"});
}

static void the_function_is_logged(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "Validator", "LoggingConfig/LogGroup", REF("ValidatorLogGroup"));
    ASSERT_PROPERTIES(t, "ValidatorLogGroup",
                      {"LogGroupName", "\"/aws/lambda/" NAMED("validator") "\""},
                      {"RetentionInDays", "30"});
    assert_json(&t->f,
                statement(t, "ValidatorRole", "Policies/0/PolicyDocument/Statement", "WriteLogs"),
                "{\"Sid\":\"WriteLogs\",\"Effect\":\"Allow\",\"Action\":["
                "\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":" ATT(
                    "ValidatorLogGroup", "Arn") "}");
}

BLUEPRINT_TESTS("templates/rds-mysql-to-aurora-mysql.yaml",
                cmocka_unit_test(a_task_that_fails_or_stops_raises_an_alarm),
                cmocka_unit_test(a_failure_is_told_with_its_reason),
                cmocka_unit_test(a_reader_more_than_30_seconds_behind_raises_an_alarm),
                cmocka_unit_test(a_replication_more_than_30_seconds_behind_raises_an_alarm),
                cmocka_unit_test(the_way_back_is_watched_as_well),
                cmocka_unit_test(a_replication_instance_at_its_limits_raises_an_alarm),
                cmocka_unit_test(a_cluster_at_its_limits_raises_an_alarm),
                cmocka_unit_test(rows_that_differ_raise_an_alarm),
                cmocka_unit_test(every_alarm_tells_the_topic),
                cmocka_unit_test(the_topic_tells_a_person),
                cmocka_unit_test(alarms_and_events_may_use_the_topic_and_its_key),
                cmocka_unit_test(a_function_compares_source_and_target),
                cmocka_unit_test(the_function_reaches_both_databases),
                cmocka_unit_test(the_comparison_runs_every_day_once_the_load_is_done),
                cmocka_unit_test(a_comparison_that_fails_is_told),
                cmocka_unit_test(the_function_is_logged))
