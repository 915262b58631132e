/* Cfngen::Migration::Alarms. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define TASK  "arn:aws:dms:eu-west-2:111122223333:task:ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define TOPIC "Topic: 'arn:aws:sns:eu-west-2:111122223333:ops'"

/* The construct stands on line 2; its properties begin on line 3 in column 5. */
#define ALARMS(properties)                                                                         \
    "Resources:\n  A: {Type: 'Cfngen::Migration::Alarms', Properties: {" TOPIC ",\n"               \
    "    " properties "}}\n"
#define WITH_TASK "Task: '" TASK "', ReplicationInstanceIdentifier: main"

#define CLUSTER(properties)                                                                        \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Network: !Ref Net, SecurityGroups: "  \
    "[sg-12345678], EncryptionKey: !Ref Key, " properties "}}\n"

#define INSTANCE(properties)                                                                       \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Inst: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net, "          \
    "SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key" properties "}}\n"

/* ---- the task ---- */

static void a_task_that_fails_or_stops_tells_the_topic(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS(WITH_TASK));
    assert_found(&t->f, "");
    assert_at(t, "Resources/ATaskFailureRule/Properties/EventPattern",
              "{\"source\":[\"aws.dms\"],\"detail-type\":[\"DMS Replication Task State Change\"],"
              "\"resources\":[\"" TASK "\"],\"detail\":{\"eventType\":[\"REPLICATION_TASK_FAILED\","
              "\"REPLICATION_TASK_STOPPED\"]}}");
    assert_at(t, "Resources/ATaskFailureRule/Properties/Targets/0/Arn",
              "\"arn:aws:sns:eu-west-2:111122223333:ops\"");
}

static void a_task_that_fails_is_an_alarm_on_the_rule(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS(WITH_TASK));
    assert_at(t, "Resources/ATaskFailed/Properties",
              "{\"AlarmActions\":[\"arn:aws:sns:eu-west-2:111122223333:ops\"],"
              "\"AlarmDescription\":\"The DMS task failed or stopped\",\"AlarmName\":"
              "\"a-task-failed-test-s1\",\"ComparisonOperator\":\"GreaterThanThreshold\","
              "\"Dimensions\":[{\"Name\":\"RuleName\",\"Value\":{\"Ref\":\"ATaskFailureRule\"}}],"
              "\"EvaluationPeriods\":1,\"MetricName\":\"TriggeredRules\",\"Namespace\":"
              "\"AWS/Events\",\"Period\":60,\"Statistic\":\"Sum\",\"Tags\":[{\"Key\":"
              "\"Environment\",\"Value\":\"test\"}],\"Threshold\":0,\"TreatMissingData\":"
              "\"notBreaching\"}");
}

static void a_rule_that_cannot_tell_the_topic_is_an_alarm(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS(WITH_TASK));
    assert_at(t, "Resources/ATaskFailureUntold/Properties/MetricName", "\"FailedInvocations\"");
    assert_at(t, "Resources/ATaskFailureUntold/Properties/Dimensions",
              "[{\"Name\":\"RuleName\",\"Value\":{\"Ref\":\"ATaskFailureRule\"}}]");
}

static void a_task_is_known_by_the_id_at_the_end_of_its_arn_and_its_instance(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {Task: {Type: String}}\n" ALARMS(
                 "Task: !Ref Task, ReplicationInstanceIdentifier: main"));
    static const char dimensions[] =
        "[{\"Name\":\"ReplicationInstanceIdentifier\",\"Value\":\"main\"},{\"Name\":"
        "\"ReplicationTaskIdentifier\",\"Value\":{\"Fn::Select\":[6,{\"Fn::Split\":[\":\",{\"Ref\":"
        "\"Task\"}]}]}}]";
    assert_at(t, "Resources/ASourceLatency/Properties/Dimensions", dimensions);
    assert_at(t, "Resources/ATargetLatency/Properties/Dimensions", dimensions);
    assert_at(t, "Resources/AValidationFailed/Properties/Dimensions", dimensions);
}

static void latency_of_thirty_seconds_is_an_alarm(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS(WITH_TASK));
    assert_at(t, "Resources/ASourceLatency/Properties/Threshold", "30");
    assert_at(t, "Resources/ASourceLatency/Properties/MetricName", "\"CDCLatencySource\"");
    assert_at(t, "Resources/ATargetLatency/Properties/Threshold", "30");
    assert_at(t, "Resources/ATargetLatency/Properties/MetricName", "\"CDCLatencyTarget\"");
    assert_at(t, "Resources/ATargetLatency/Properties/TreatMissingData", "\"notBreaching\"");
    assert_nothing_at(t, "Resources/ATargetLatency/Properties/Unit");
}

static void the_name_of_a_task_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Task: migration-task, ReplicationInstanceIdentifier: main"));
    assert_found(&t->f, "CFN4401 3:11");
}

static void a_task_without_its_instance_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Task: '" TASK "'"));
    assert_found(&t->f, "CFN4402 3:11");
}

static void the_arn_of_an_instance_is_not_its_identifier(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("ReplicationInstanceIdentifier: "
                    "'arn:aws:dms:eu-west-2:111122223333:rep:ABC', Task: '" TASK "'"));
    assert_found(&t->f, "CFN4402 3:36");
}

static void a_ref_of_an_instance_that_is_no_construct_is_its_arn(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        ALARMS("ReplicationInstanceIdentifier: !Ref Inst") "  Inst: {Type: "
                                                           "'AWS::DMS::ReplicationInstance', "
                                                           "Properties: {ReplicationInstanceClass: "
                                                           "dms.r6i.large}}\n");
    assert_found(&t->f, "CFN4402 3:36");
}

#define REPLICATION(properties)                                                                    \
    "Parameters: {S: {Type: String}}\n" ALARMS("Task: !Ref Task")                                  \
        INSTANCE("") "  Task: {Type: 'Cfngen::DMS::ReplicationTask', Properties: "                 \
                     "{ReplicationInstance: !Ref Inst, "                                           \
                     "Source: !Ref From, Target: !Ref To" properties                               \
                     ", TableMappings: {Include: [{Schema: app}]}}}\n"                             \
                     "  From: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, " \
                     "EngineName: "                                                                \
                     "mysql, Secret: !Ref S, SslMode: none, EncryptionKey: !Ref Key}}\n"           \
                     "  To: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, "   \
                     "EngineName: "                                                                \
                     "aurora, Secret: !Ref S, SslMode: none, EncryptionKey: !Ref Key}}\n"

static void a_task_of_the_stack_brings_its_instance(void **state)
{
    stack_fixture *t = *state;
    synth(t, REPLICATION(""));
    assert_at(t, "Resources/ATargetLatency/Properties/Dimensions",
              "[{\"Name\":\"ReplicationInstanceIdentifier\",\"Value\":\"inst-test-s1\"},"
              "{\"Name\":\"ReplicationTaskIdentifier\",\"Value\":{\"Fn::Select\":[6,"
              "{\"Fn::Split\":[\":\",{\"Ref\":\"Task\"}]}]}}]");
    assert_at(t, "Resources/AReplicationMemory/Properties/Threshold", "1717986918");
    assert_nothing_at(t, "Resources/AReverseTargetLatency");
}

static void the_way_back_is_watched_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, REPLICATION(", Reverse: true"));
    assert_at(t, "Resources/AReverseTargetLatency/Properties/Dimensions/1/Value",
              "{\"Fn::Select\":[6,{\"Fn::Split\":[\":\",{\"Ref\":\"TaskReverse\"}]}]}");
    assert_at(t, "Resources/ATaskFailureRule/Properties/EventPattern/resources",
              "[{\"Ref\":\"Task\"},{\"Ref\":\"TaskReverse\"}]");
}

/* ---- the replication instance ---- */

static void an_instance_of_the_stack_is_known_by_its_name(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("ReplicationInstance: !Ref Inst") INSTANCE(""));
    assert_at(t, "Resources/AReplicationCpu/Properties/Dimensions",
              "[{\"Name\":\"ReplicationInstanceIdentifier\",\"Value\":\"inst-test-s1\"}]");
    assert_at(t, "Resources/Inst/Properties/ReplicationInstanceIdentifier", "\"inst-test-s1\"");
}

static void free_memory_and_storage_follow_from_the_instance(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("ReplicationInstance: !Ref Inst")
                 INSTANCE(", ReplicationInstanceClass: dms.c5.2xlarge, AllocatedStorage: 500"));
    assert_at(t, "Resources/AReplicationMemory/Properties/Threshold", "1717986918");
    assert_at(t, "Resources/AReplicationMemory/Properties/ComparisonOperator",
              "\"LessThanThreshold\"");
    assert_at(t, "Resources/AReplicationStorage/Properties/Threshold", "107374182400");
    assert_at(t, "Resources/AReplicationStorage/Properties/MetricName", "\"FreeStorageSpace\"");
}

static void an_instance_that_exists_has_fixed_thresholds(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("ReplicationInstanceIdentifier: main"));
    assert_at(t, "Resources/AReplicationMemory/Properties/Threshold", "536870912");
    assert_at(t, "Resources/AReplicationStorage/Properties/Threshold", "10737418240");
    assert_nothing_at(t, "Resources/ATaskFailureRule");
}

/* ---- the database ---- */

static void lag_of_thirty_seconds_is_thirty_thousand_milliseconds(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Cluster: !Ref Db") CLUSTER("Engine: aurora-mysql"));
    assert_at(t, "Resources/AReplicaLag/Properties/Threshold", "30000");
    assert_at(t, "Resources/AReplicaLag/Properties/MetricName", "\"AuroraReplicaLag\"");
    assert_at(t, "Resources/AReplicaLag/Properties/Dimensions",
              "[{\"Name\":\"DBClusterIdentifier\",\"Value\":{\"Ref\":\"Db\"}},{\"Name\":\"Role\","
              "\"Value\":\"READER\"}]");
}

static void a_lag_that_is_missing_is_too_much_once_there_is_a_reader(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Cluster: !Ref Db") CLUSTER("Engine: aurora-mysql"));
    assert_at(t, "Resources/AReplicaLag/Properties/TreatMissingData", "\"breaching\"");
    assert_at(t, "Resources/AReplicaLag/DependsOn", "[\"DbReader1\"]");
}

static void a_cluster_without_readers_has_no_lag(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Cluster: !Ref Db") CLUSTER("Engine: aurora-mysql, Readers: 0"));
    assert_nothing_at(t, "Resources/AReplicaLag");
    assert_at(t, "Resources/ADatabaseCpu/Properties/Threshold", "80");
}

static void thirty_milliseconds_of_lag_are_a_mistake(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Thresholds: {ReplicaLagMilliseconds: 30},\n    Cluster: !Ref Db")
                 CLUSTER("Engine: aurora-mysql"));
    assert_found(&t->f, "CFN4403 3:42");
}

static void thirty_thousand_seconds_of_latency_are_a_mistake(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Thresholds: {CDCLatencyTargetSeconds: 30000}, " WITH_TASK));
    assert_found(&t->f, "CFN4404 3:43");
}

static void a_validator_that_fails_or_finds_something_is_an_alarm(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Validator: check"));
    assert_at(t, "Resources/AValidatorErrors/Properties/Namespace", "\"AWS/Lambda\"");
    assert_at(t, "Resources/AValidatorErrors/Properties/Statistic", "\"Sum\"");
    assert_at(t, "Resources/AValidatorMismatches/Properties/Namespace",
              "\"" CFN_VALIDATOR_NAMESPACE "\"");
    assert_at(t, "Resources/AValidatorMismatches/Properties/MetricName",
              "\"" CFN_VALIDATOR_MISMATCHES "\"");
    assert_at(t, "Resources/AValidatorMismatches/Properties/Dimensions",
              "[{\"Name\":\"FunctionName\",\"Value\":\"check\"}]");
}

static void a_cutover_that_fails_is_an_alarm_that_it_is_not_asked_about(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS(WITH_TASK ", Cutover: shift"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/ACutoverErrors/Properties/Namespace", "\"AWS/Lambda\"");
    assert_at(t, "Resources/ACutoverErrors/Properties/Dimensions",
              "[{\"Name\":\"FunctionName\",\"Value\":\"shift\"}]");
    assert_at(t, "Resources/ACutoverFailed/Properties/Namespace", "\"Cfngen/Migration\"");
    assert_at(t, "Resources/ACutoverFailed/Properties/MetricName", "\"Failed\"");
    const cfn_node *rule = cfn_node_find(t->template, "Resources/A/Properties/AlarmRule/Fn::Sub");
    assert_non_null(rule);
    assert_non_null(strstr(cfn_node_text(rule), "ATaskFailed"));
    assert_null(strstr(cfn_node_text(rule), "ACutover"));
}

static void the_arn_of_a_validator_is_not_its_name(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Validator: 'arn:aws:lambda:eu-west-2:111122223333:function:check'"));
    assert_found(&t->f, "CFN2024 3:16");
}

/* ---- the whole ---- */

static void nothing_to_watch_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("NotifyOk: true") "  Queue: {Type: 'AWS::SQS::Queue'}\n");
    assert_found(&t->f, "CFN2019 2:3");
}

static void one_alarm_says_whether_any_is_on(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Validator: check") "Outputs: {O: {Value: !Ref A}}\n");
    assert_at(t, "Resources/A/Type", "\"AWS::CloudWatch::CompositeAlarm\"");
    assert_at(t, "Resources/A/Properties/AlarmRule",
              "{\"Fn::Sub\":\"ALARM(\\\"${AValidatorErrors}\\\") OR "
              "ALARM(\\\"${AValidatorMismatches}\\\")\"}");
    assert_at(t, "Outputs/O/Value", "{\"Ref\":\"A\"}");
}

static void alarms_may_wait_until_the_task_runs(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARMS("Validator: check, ActionsEnabled: false, NotifyOk: true"));
    assert_at(t, "Resources/AValidatorErrors/Properties/ActionsEnabled", "false");
    assert_at(t, "Resources/AValidatorErrors/Properties/OKActions",
              "[\"arn:aws:sns:eu-west-2:111122223333:ops\"]");
}

static void the_topic_and_its_key_let_in_who_tells_of_the_task(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  Top: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, "
             "Publishers: [], Subscriptions: [{Protocol: email, Endpoint: 'a@example.com'}]}}\n"
             "  A: {Type: 'Cfngen::Migration::Alarms', Properties: {Topic: !Ref Top, " WITH_TASK
             "}}\n");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Sid", "\"CloudWatchAlarms\"");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2/Sid", "\"EventBridge\"");
    assert_at(t, "Resources/TopPolicy/Properties/PolicyDocument/Statement/1/Sid",
              "\"EventBridge\"");
    assert_nothing_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2/Condition");
    assert_nothing_at(t, "Resources/TopPolicy/Properties/PolicyDocument/Statement/1/Condition");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_migration_alarms_add(
        t->stack, "A",
        &(cfn_migration_alarms_props){
            .topic = cfn_sns_topic_existing(cfn_s("arn:aws:sns:eu-west-2:111122223333:ops")),
            .task = cfn_dms_replication_task_existing(cfn_s(TASK)),
            .replication_instance_identifier = cfn_s("main"),
            .cluster = cfn_rds_aurora_cluster_existing(cfn_s("shop")),
            .validator = cfn_s("check"),
            .thresholds = {.replica_lag_milliseconds = cfn_n(5000),
                           .database_connections = cfn_n(90),
                           .database_freeable_memory_bytes = cfn_n(1e9)}});
    assert_same_as_file(t, ALARMS(WITH_TASK ", Cluster: shop, Validator: check, Thresholds: "
                                            "{ReplicaLagMilliseconds: 5000, DatabaseConnections: "
                                            "90, DatabaseFreeableMemoryBytes: 1000000000}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_task_that_fails_or_stops_tells_the_topic),
        STACK_TEST(a_task_that_fails_is_an_alarm_on_the_rule),
        STACK_TEST(a_rule_that_cannot_tell_the_topic_is_an_alarm),
        STACK_TEST(a_task_is_known_by_the_id_at_the_end_of_its_arn_and_its_instance),
        STACK_TEST(latency_of_thirty_seconds_is_an_alarm),
        STACK_TEST(the_name_of_a_task_is_refused),
        STACK_TEST(a_task_without_its_instance_is_refused),
        STACK_TEST(the_arn_of_an_instance_is_not_its_identifier),
        STACK_TEST(a_ref_of_an_instance_that_is_no_construct_is_its_arn),
        STACK_TEST(a_task_of_the_stack_brings_its_instance),
        STACK_TEST(the_way_back_is_watched_too),
        STACK_TEST(an_instance_of_the_stack_is_known_by_its_name),
        STACK_TEST(free_memory_and_storage_follow_from_the_instance),
        STACK_TEST(an_instance_that_exists_has_fixed_thresholds),
        STACK_TEST(lag_of_thirty_seconds_is_thirty_thousand_milliseconds),
        STACK_TEST(a_lag_that_is_missing_is_too_much_once_there_is_a_reader),
        STACK_TEST(a_cluster_without_readers_has_no_lag),
        STACK_TEST(thirty_milliseconds_of_lag_are_a_mistake),
        STACK_TEST(thirty_thousand_seconds_of_latency_are_a_mistake),
        STACK_TEST(a_validator_that_fails_or_finds_something_is_an_alarm),
        STACK_TEST(a_cutover_that_fails_is_an_alarm_that_it_is_not_asked_about),
        STACK_TEST(the_arn_of_a_validator_is_not_its_name),
        STACK_TEST(nothing_to_watch_is_told),
        STACK_TEST(one_alarm_says_whether_any_is_on),
        STACK_TEST(alarms_may_wait_until_the_task_runs),
        STACK_TEST(the_topic_and_its_key_let_in_who_tells_of_the_task),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
