/* templates/dms-mysql-multi-az.yaml: logs and artifacts, alarms and events, encryption. */
#include "blueprint.h"

#define BLUEPRINT "templates/dms-mysql-multi-az.yaml"

/* ---- the bucket ---- */

static void the_bucket_is_encrypted_versioned_and_closed(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::S3::Bucket"), 1);
    ASSERT_PROPERTIES(
        t, "MigrationBucket",
        {"BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault",
         "{\"KMSMasterKeyID\":" ATT("MigrationKey", "Arn") ",\"SSEAlgorithm\":\"aws:kms\"}"},
        {"VersioningConfiguration/Status", "\"Enabled\""},
        {"PublicAccessBlockConfiguration",
         "{\"BlockPublicAcls\":true,\"BlockPublicPolicy\":true,\"IgnorePublicAcls\":true,"
         "\"RestrictPublicBuckets\":true}"});
}

static void the_bucket_takes_nothing_without_tls(void **state)
{
    ASSERT_PROPERTIES(
        *state, "MigrationBucketPolicy", {"PolicyDocument/Statement/0/Effect", "\"Deny\""},
        {"PolicyDocument/Statement/0/Principal", "\"*\""},
        {"PolicyDocument/Statement/0/Action", "\"s3:*\""},
        {"PolicyDocument/Statement/0/Condition", "{\"Bool\":{\"aws:SecureTransport\":\"false\"}}"});
}

static void logs_tier_by_use_and_go_after_a_year(void **state)
{
    assert_property(
        *state, "MigrationBucket", "LifecycleConfiguration/Rules/0",
        "{\"ExpirationInDays\":365,\"Id\":\"logs\",\"Prefix\":\"logs/\",\"Status\":\"Enabled\","
        "\"Transitions\":[{\"StorageClass\":\"INTELLIGENT_TIERING\",\"TransitionInDays\":30}]}");
}

static void artifacts_move_to_cheaper_classes_and_older_versions_go(void **state)
{
    stack_fixture *t = *state;
    assert_property(
        t, "MigrationBucket", "LifecycleConfiguration/Rules/1",
        "{\"Id\":\"artifacts\",\"Prefix\":\"artifacts/\",\"Status\":\"Enabled\",\"Transitions\":["
        "{\"StorageClass\":\"STANDARD_IA\",\"TransitionInDays\":30},"
        "{\"StorageClass\":\"GLACIER_IR\",\"TransitionInDays\":90}]}");
    assert_property(t, "MigrationBucket", "LifecycleConfiguration/Rules/2",
                    "{\"AbortIncompleteMultipartUpload\":{\"DaysAfterInitiation\":7},\"Id\":"
                    "\"Housekeeping\",\"NoncurrentVersionExpiration\":{\"NoncurrentDays\":30},"
                    "\"Status\":\"Enabled\"}");
}

#define LOGS_SERVICE "{\"Service\":" SUB("logs.${AWS::Region}.amazonaws.com") "}"
#define THIS_ACCOUNT "{\"StringEquals\":{\"aws:SourceAccount\":" REF("AWS::AccountId") "}}"

/* An export of a log group asks for the bucket's rights, writes below logs/, and encrypts. */
static void logs_can_be_exported_to_the_bucket(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "MigrationBucketPolicy",
                      {"PolicyDocument/Statement/1/Action", "\"s3:GetBucketAcl\""},
                      {"PolicyDocument/Statement/1/Principal", LOGS_SERVICE},
                      {"PolicyDocument/Statement/1/Condition", THIS_ACCOUNT},
                      {"PolicyDocument/Statement/2/Action", "\"s3:PutObject\""},
                      {"PolicyDocument/Statement/2/Principal", LOGS_SERVICE},
                      {"PolicyDocument/Statement/2/Condition", THIS_ACCOUNT},
                      {"PolicyDocument/Statement/2/Resource", SUB("${MigrationBucket.Arn}/logs/*")},
                      {"PolicyDocument/Statement/3", NULL});
    const cfn_node *statements = property(t, "MigrationKey", "KeyPolicy/Statement");
    const cfn_node *last = cfn_node_at(statements, cfn_node_size(statements) - 1);
    assert_json(&t->f, cfn_node_get(last, "Sid"), "\"LogExports\"");
    assert_json(&t->f, cfn_node_get(last, "Principal"), LOGS_SERVICE);
    assert_json(&t->f, cfn_node_get(last, "Action"), "[\"kms:GenerateDataKey\",\"kms:Decrypt\"]");
    assert_json(&t->f, cfn_node_get(last, "Condition"), THIS_ACCOUNT);
}

/* ---- logs ---- */

/* DMS writes to this group and no other; one that it makes itself keeps everything, unencrypted. */
static void the_tasks_are_logged_in_the_group_that_dms_finds(void **state)
{
    ASSERT_PROPERTIES(*state, "ReplicationLogGroup",
                      {"LogGroupName", "\"dms-tasks-" NAMED("replication") "\""},
                      {"KmsKeyId", ATT("MigrationKey", "Arn")}, {"RetentionInDays", "30"});
}

static void logged_errors_are_counted_and_raise_an_alarm(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "LoggedErrors", {"LogGroupName", REF("ReplicationLogGroup")},
                      {"FilterPattern", "\"\\\"]E:\\\"\""},
                      {"MetricTransformations/0/MetricName", "\"" NAMED("logged-errors") "\""},
                      {"MetricTransformations/0/MetricValue", "\"1\""},
                      {"MetricTransformations/0/DefaultValue", "0"});
    ASSERT_PROPERTIES(t, "LoggedErrorsAlarm", {"MetricName", "\"" NAMED("logged-errors") "\""},
                      {"Namespace", "\"Cfngen/Logs\""}, {"Statistic", "\"Sum\""},
                      {"Threshold", "5"}, {"Period", "300"},
                      {"ComparisonOperator", "\"GreaterThanThreshold\""});
}

/* ---- alarms ---- */

#define TASK_ID(id)            "{\"Fn::Select\":[6,{\"Fn::Split\":[\":\"," REF(id) "]}]}"
#define DIMENSION(name, value) "{\"Name\":\"" name "\",\"Value\":" value "}"
#define INSTANCE               DIMENSION("ReplicationInstanceIdentifier", "\"" NAMED("replication") "\"")
#define TASK_OF(id)            INSTANCE "," DIMENSION("ReplicationTaskIdentifier", TASK_ID(id))

typedef struct expected_alarm {
    const char *id, *metric, *dimensions, *comparison, *threshold;
} expected_alarm;

static void assert_alarm(stack_fixture *t, const expected_alarm *a)
{
    char metric[64], dimensions[400], comparison[64];
    snprintf(metric, sizeof metric, "\"%s\"", a->metric);
    snprintf(dimensions, sizeof dimensions, "[%s]", a->dimensions);
    snprintf(comparison, sizeof comparison, "\"%sThanThreshold\"", a->comparison);
    ASSERT_PROPERTIES(t, a->id, {"Namespace", "\"AWS/DMS\""}, {"MetricName", metric},
                      {"Dimensions", dimensions}, {"ComparisonOperator", comparison},
                      {"Threshold", a->threshold});
}

static void a_task_that_fails_or_stops_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "AlarmsTaskFailureRule", {"State", "\"ENABLED\""},
        {"EventPattern/resources", "[" REF("MigrationTask") "," REF("MigrationTaskReverse") "]"},
        {"EventPattern/detail/eventType",
         "[\"REPLICATION_TASK_FAILED\",\"REPLICATION_TASK_STOPPED\"]"},
        {"Targets/0/Arn", REF("Topic")});
    ASSERT_PROPERTIES(t, "AlarmsTaskFailed", {"Namespace", "\"AWS/Events\""},
                      {"MetricName", "\"TriggeredRules\""}, {"Threshold", "0"},
                      {"Dimensions", "[" DIMENSION("RuleName", REF("AlarmsTaskFailureRule")) "]"});
}

/* These metrics are in seconds, and a task is known by the end of its ARN. */
static void a_replication_more_than_30_seconds_behind_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    const expected_alarm expected[] = {
        {"AlarmsSourceLatency", "CDCLatencySource", TASK_OF("MigrationTask"), "Greater", "30"},
        {"AlarmsTargetLatency", "CDCLatencyTarget", TASK_OF("MigrationTask"), "Greater", "30"},
        {"AlarmsReverseTargetLatency", "CDCLatencyTarget", TASK_OF("MigrationTaskReverse"),
         "Greater", "30"},
        {"CdcLatency", "CDCLatencyTarget", TASK_OF("CdcTask"), "Greater", "30"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_alarm(t, &expected[i]);
}

static void rows_that_differ_raise_an_alarm(void **state)
{
    stack_fixture *t = *state;
    const expected_alarm expected[] = {
        {"AlarmsValidationFailed", "ValidationFailedOverallCount", TASK_OF("MigrationTask"),
         "Greater", "0"},
        {"AlarmsReverseValidationFailed", "ValidationFailedOverallCount",
         TASK_OF("MigrationTaskReverse"), "Greater", "0"},
        {"CdcValidationFailed", "ValidationFailedOverallCount", TASK_OF("CdcTask"), "Greater", "0"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_alarm(t, &expected[i]);
}

static void a_replication_instance_at_its_limits_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_alarm(
        t, &(expected_alarm){"AlarmsReplicationCpu", "CPUUtilization", INSTANCE, "Greater", "80"});
    assert_alarm(t, &(expected_alarm){"AlarmsReplicationMemory", "FreeableMemory", INSTANCE, "Less",
                                      "536870912"});
    assert_alarm(t, &(expected_alarm){"AlarmsReplicationStorage", "FreeStorageSpace", INSTANCE,
                                      "Less", "10737418240"});
}

static void every_alarm_tells_the_topic(void **state)
{
    stack_fixture *t = *state;
    size_t count = 0;
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::CloudWatch::Alarm"))
            continue;
        assert_property(t, cfn_node_key(r), "AlarmActions", "[" REF("Topic") "]");
        count++;
    }
    assert_int_equal(count, 13);
}

/* ---- events ---- */

static void events_of_the_tasks_are_told(void **state)
{
    ASSERT_PROPERTIES(*state, "TaskEvents", {"Enabled", "true"}, {"SnsTopicArn", REF("Topic")},
                      {"SourceType", "\"replication-task\""},
                      {"SourceIds", "[\"" NAMED("migration-task") "\",\"" NAMED(
                                        "migration-task-reverse") "\",\"" NAMED("cdc-task") "\"]"},
                      {"EventCategories",
                       "[\"failure\",\"state change\",\"deletion\",\"configuration change\"]"});
}

static void events_of_the_instance_and_a_failover_are_told(void **state)
{
    ASSERT_PROPERTIES(*state, "InstanceEvents", {"Enabled", "true"}, {"SnsTopicArn", REF("Topic")},
                      {"SourceType", "\"replication-instance\""},
                      {"SourceIds", "[\"" NAMED("replication") "\"]"},
                      {"EventCategories",
                       "[\"failover\",\"failure\",\"low storage\",\"maintenance\",\"deletion\"]"});
}

static void the_topic_tells_a_person(void **state)
{
    ASSERT_PROPERTIES(*state, "TopicSubscriptionAlarmEmail", {"Protocol", "\"email\""},
                      {"Endpoint", REF("AlarmEmail")}, {"TopicArn", REF("Topic")});
}

/* What either policy refuses is lost without a word. */
static void alarms_and_events_may_use_the_topic_and_its_key(void **state)
{
    static const char *const services[] = {"cloudwatch.amazonaws.com", "events.amazonaws.com",
                                           "dms.amazonaws.com"};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        char path[80], service[80];
        snprintf(path, sizeof path, "PolicyDocument/Statement/%zu/Principal", i);
        snprintf(service, sizeof service, "{\"Service\":\"%s\"}", services[i]);
        assert_property(t, "TopicPolicy", path, service);
        bool found = false;
        const cfn_node *statements = property(t, "MigrationKey", "KeyPolicy/Statement");
        for (const cfn_node *n = cfn_node_first(statements); n; n = cfn_node_next(n)) {
            const cfn_node *principal = cfn_node_find(n, "Principal/Service");
            const char *text = principal ? cfn_node_text(principal) : NULL;
            found |= text && strcmp(text, services[i]) == 0;
        }
        assert_true(found);
    }
}

/* ---- encryption ---- */

static void whatever_can_be_encrypted_at_rest_is_with_our_key(void **state)
{
    stack_fixture *t = *state;
    const char *key = ATT("MigrationKey", "Arn");
    assert_each(t, "AWS::DMS::Endpoint", 4, "KmsKeyId", key);
    assert_each(t, "AWS::DMS::ReplicationInstance", 1, "KmsKeyId", key);
    assert_each(t, "AWS::Logs::LogGroup", 2, "KmsKeyId", key);
    assert_each(t, "AWS::SNS::Topic", 1, "KmsMasterKeyId", key);
    assert_property(t, "MigrationKey", "EnableKeyRotation", "true");
}

static void every_connection_of_dms_verifies_the_other_side(void **state)
{
    assert_each(*state, "AWS::DMS::Endpoint", 4, "SslMode", "\"verify-full\"");
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(the_bucket_is_encrypted_versioned_and_closed),
                cmocka_unit_test(the_bucket_takes_nothing_without_tls),
                cmocka_unit_test(logs_tier_by_use_and_go_after_a_year),
                cmocka_unit_test(artifacts_move_to_cheaper_classes_and_older_versions_go),
                cmocka_unit_test(logs_can_be_exported_to_the_bucket),
                cmocka_unit_test(the_tasks_are_logged_in_the_group_that_dms_finds),
                cmocka_unit_test(logged_errors_are_counted_and_raise_an_alarm),
                cmocka_unit_test(a_task_that_fails_or_stops_raises_an_alarm),
                cmocka_unit_test(a_replication_more_than_30_seconds_behind_raises_an_alarm),
                cmocka_unit_test(rows_that_differ_raise_an_alarm),
                cmocka_unit_test(a_replication_instance_at_its_limits_raises_an_alarm),
                cmocka_unit_test(every_alarm_tells_the_topic),
                cmocka_unit_test(events_of_the_tasks_are_told),
                cmocka_unit_test(events_of_the_instance_and_a_failover_are_told),
                cmocka_unit_test(the_topic_tells_a_person),
                cmocka_unit_test(alarms_and_events_may_use_the_topic_and_its_key),
                cmocka_unit_test(whatever_can_be_encrypted_at_rest_is_with_our_key),
                cmocka_unit_test(every_connection_of_dms_verifies_the_other_side))
