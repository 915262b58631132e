/* Cfngen::CloudWatch::Alarm. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define TOPIC "Topic: 'arn:aws:sns:eu-west-2:111122223333:ops'"

/* An alarm on line 3, whose `properties` start on line 4 in column 5, beside a parameter P, a DMS
 * task and its instance. */
static void assert_alarm_found(stack_fixture *t, const char *properties, const char *found)
{
    char text[4096];
    snprintf(
        text, sizeof text,
        "Parameters: {P: {Type: String}}\nResources:\n  A: {Type: 'Cfngen::CloudWatch::Alarm', "
        "Properties: {" TOPIC ",\n    %s}}\n  Task: {Type: 'AWS::DMS::ReplicationTask', "
        "Properties: {MigrationType: cdc, ReplicationInstanceArn: !Ref Inst, "
        "SourceEndpointArn: !Ref P, TargetEndpointArn: !Ref P, TableMappings: "
        "'{{resolve:ssm:mappings}}'}}\n"
        "  Inst: {Type: 'AWS::DMS::ReplicationInstance', Properties: "
        "{ReplicationInstanceClass: dms.r6i.large}}\n",
        properties);
    synth(t, text);
    assert_found(&t->f, found);
}

static void an_alarm_tells_its_topic(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Namespace: App, MetricName: Errors, Threshold: 0", "");
    assert_at(t, "Resources/A/Properties",
              "{\"ActionsEnabled\":true,\"AlarmActions\":["
              "\"arn:aws:sns:eu-west-2:111122223333:ops\"],\"AlarmName\":\"a-test-s1\","
              "\"ComparisonOperator\":\"GreaterThanThreshold\",\"EvaluationPeriods\":1,"
              "\"MetricName\":\"Errors\",\"Namespace\":\"App\",\"Period\":60,\"Statistic\":"
              "\"Average\",\"Tags\":[{\"Key\":\"Name\",\"Value\":\"a-test-s1\"},{\"Key\":"
              "\"Environment\",\"Value\":\"test\"}],\"Threshold\":0,\"TreatMissingData\":"
              "\"missing\"}");
}

static void dimensions_are_a_mapping(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Namespace: App, MetricName: Errors, Threshold: 0, Dimensions: {Shard: 7, "
                       "Name: !Ref P}",
                       "");
    assert_at(t, "Resources/A/Properties/Dimensions",
              "[{\"Name\":\"Shard\",\"Value\":\"7\"},{\"Name\":\"Name\",\"Value\":{\"Ref\":"
              "\"P\"}}]");
}

static void a_percentile_is_an_extended_statistic(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Namespace: App, MetricName: Time, Threshold: 1, Statistic: p99.9", "");
    assert_at(t, "Resources/A/Properties/ExtendedStatistic", "\"p99.9\"");
    assert_nothing_at(t, "Resources/A/Properties/Statistic");
}

static void a_misspelt_statistic_is_told(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Statistic: Averag, Namespace: App, MetricName: Time, Threshold: 1",
                       "CFN2006 4:16");
}

static void the_end_is_told_on_request(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Namespace: App, MetricName: M, Threshold: 1, NotifyOk: true", "");
    assert_at(t, "Resources/A/Properties/OKActions",
              "[\"arn:aws:sns:eu-west-2:111122223333:ops\"]");
}

static void an_alarm_that_tells_nobody_is_doubted(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  A: {Type: 'Cfngen::CloudWatch::Alarm', Properties: {Namespace: App, "
             "MetricName: M, Threshold: 1}}\n");
    assert_found(&t->f, "CFN4406 2:3");
}

/* ---- dimensions of DMS ---- */

#define OF_TASK(task)                                                                              \
    "Dimensions: {ReplicationTaskIdentifier: " task                                                \
    ", ReplicationInstanceIdentifier: main},\n    Namespace: AWS/DMS, MetricName: "                \
    "CDCLatencyTarget, Threshold: 30, TreatMissingData: notBreaching"

static void the_id_at_the_end_of_the_arn_names_a_task(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("!Select [6, !Split [':', !Ref Task]]"), "");
}

static void the_name_of_a_task_names_none(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("migration-task"), "CFN4401 4:45");
}

static void the_name_of_a_task_with_its_suffix_names_none(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("!Sub 'task-${P}'"), "CFN4401 4:45");
}

static void a_ref_of_a_task_is_its_arn_and_names_none(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("!Ref Task"), "CFN4401 4:45");
    assert_said(&t->f, "!Select [6");
}

static void a_sub_of_a_task_is_its_arn_too(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("!Sub '${Task}'"), "CFN4401 4:45");
}

static void a_parameter_may_hold_the_id_of_a_task(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("!Ref P"), "");
}

static void an_id_that_dms_made_up_names_a_task(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, OF_TASK("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "");
}

static void a_metric_of_a_task_needs_its_instance(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Dimensions: {ReplicationTaskIdentifier: !Ref P}, Namespace: AWS/DMS, "
                       "MetricName: CDCLatencySource, Threshold: 30, TreatMissingData: breaching",
                       "CFN4402 4:17");
}

static void a_metric_of_a_task_needs_the_task(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Dimensions: {ReplicationInstanceIdentifier: main}, Namespace: AWS/DMS, "
                       "MetricName: ValidationFailedOverallCount, Threshold: 0",
                       "CFN4402 4:17");
}

static void a_metric_of_an_instance_needs_no_task(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Dimensions: {ReplicationInstanceIdentifier: main}, Namespace: AWS/DMS, "
                       "MetricName: CPUUtilization, Threshold: 80",
                       "");
}

static void a_ref_of_an_instance_is_its_arn(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Dimensions: {ReplicationInstanceIdentifier: !Ref Inst}, Namespace: "
                       "AWS/DMS, MetricName: CPUUtilization, Threshold: 80",
                       "CFN4402 4:49");
}

/* ---- units ---- */

#define LAG(threshold)                                                                             \
    "Threshold: " threshold ", Namespace: AWS/RDS, MetricName: AuroraReplicaLag, Dimensions: "     \
    "{DBClusterIdentifier: db, Role: READER}"

static void thirty_milliseconds_of_lag_are_a_mistake(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, LAG("30"), "CFN4403 4:16");
    assert_said(&t->f, "30 seconds are 30000");
}

static void thirty_thousand_milliseconds_of_lag_are_right(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, LAG("30000"), "");
    assert_at(t, "Resources/A/Properties/Threshold", "30000");
}

static void thirty_thousand_seconds_of_latency_are_a_mistake(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Threshold: 30000, Namespace: AWS/DMS, MetricName: CDCLatencyTarget, "
                       "TreatMissingData: notBreaching, Dimensions: "
                       "{ReplicationTaskIdentifier: !Ref P, ReplicationInstanceIdentifier: main}",
                       "CFN4404 4:16");
}

static void a_latency_that_goes_missing_is_doubted(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Threshold: 30, Namespace: AWS/DMS, MetricName: CDCLatencyTarget, "
                       "Dimensions: "
                       "{ReplicationTaskIdentifier: !Ref P, ReplicationInstanceIdentifier: main}",
                       "CFN4411 3:3");
}

/* ---- whose lag ---- */

#define LAG_OF(dimensions)                                                                         \
    "Dimensions: {" dimensions "}, Threshold: 30000, Namespace: AWS/RDS, MetricName: "             \
    "AuroraReplicaLag"

static void a_cluster_as_a_whole_has_no_replica_lag(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, LAG_OF("DBClusterIdentifier: db"), "CFN4405 4:17");
}

static void a_writer_has_no_replica_lag(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, LAG_OF("DBClusterIdentifier: db, Role: WRITER"), "CFN4405 4:49");
}

static void the_writer_of_a_cluster_of_the_stack_has_none_either(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n"
          "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"
          "  Key: {Type: 'Cfngen::KMS::Key'}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, "
          "Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key}}\n"
          "  A: {Type: 'Cfngen::CloudWatch::Alarm', Properties: {" TOPIC ",\n    " LAG_OF(
              "DBInstanceIdentifier: !GetAtt Db.Writer") "}}\n"
                                                         "  B: {Type: "
                                                         "'Cfngen::CloudWatch::Alarm', "
                                                         "Properties: {" TOPIC ",\n    " LAG_OF(
                                                             "DBInstanceIdentifier: !Ref "
                                                             "DbWriter") "}}\n"
                                                                         "  C: {Type: "
                                                                         "'Cfngen::CloudWatch::"
                                                                         "Alarm', Properties: "
                                                                         "{" TOPIC ",\n    " LAG_OF(
                                                                             "DBInstanceIdentifi"
                                                                             "er: !Ref "
                                                                             "DbReader1") "}}"
                                                                                          "\n");
    assert_found(&t->f, "CFN4405 6:40, CFN4405 8:40");
}

static void the_largest_lag_is_asked_of_the_cluster(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Dimensions: {DBClusterIdentifier: db}, Threshold: 30000, Namespace: "
                       "AWS/RDS, MetricName: AuroraReplicaLagMaximum",
                       "");
}

/* ---- the rest ---- */

static void matched_events_are_not_counted_by_rule(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "MetricName: MatchedEvents, Namespace: AWS/Events, Threshold: 0, "
                       "Dimensions: {RuleName: failed}",
                       "CFN4413 4:17");
    assert_said(&t->f, "TriggeredRules");
}

static void a_period_of_45_seconds_is_refused(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Period: 45, Namespace: App, MetricName: M, Threshold: 1",
                       "CFN4407 4:13");
}

static void a_period_shorter_than_aws_publishes_is_empty(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Period: 10, Namespace: AWS/Lambda, MetricName: Errors, Threshold: 1",
                       "CFN4407 4:13");
}

static void an_alarm_looks_back_one_day_at_most(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Period: 300, EvaluationPeriods: 289, Namespace: App, MetricName: M, "
                       "Threshold: 1",
                       "CFN4407 4:13");
}

static void more_datapoints_than_periods_are_refused(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "DatapointsToAlarm: 2, Namespace: App, MetricName: M, Threshold: 1",
                       "CFN4407 4:24");
}

static void an_alarm_has_five_actions_at_most(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t,
                       "Actions: ['arn:aws:a:::1', 'arn:aws:a:::2', 'arn:aws:a:::3', "
                       "'arn:aws:a:::4', 'arn:aws:a:::5'], Namespace: App, MetricName: M, "
                       "Threshold: 1",
                       "CFN2007 4:14");
}

static void there_is_no_unit(void **state)
{
    stack_fixture *t = *state;
    assert_alarm_found(t, "Unit: Seconds, Namespace: App, MetricName: M, Threshold: 1",
                       "CFN2002 4:5");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_cloudwatch_alarm_add(
        t->stack, "A",
        &(cfn_cloudwatch_alarm_props){
            .topic = cfn_sns_topic_existing(cfn_s("arn:aws:sns:eu-west-2:111122223333:ops")),
            .metric_namespace = cfn_s("AWS/Lambda"),
            .metric_name = cfn_s("Errors"),
            .threshold = cfn_n(0.5),
            .statistic = cfn_s("Sum"),
            .dimensions = cfn_json_text(t->stack, "{\"FunctionName\": \"check\"}"),
            .actions_enabled = cfn_b(false)});
    assert_same_as_file(t, "Resources:\n  A: {Type: 'Cfngen::CloudWatch::Alarm', Properties: "
                           "{" TOPIC ", Namespace: AWS/Lambda, MetricName: Errors, Threshold: "
                           "0.5, Statistic: Sum, Dimensions: {FunctionName: check}, "
                           "ActionsEnabled: false}}\n");
}

static void thirty_milliseconds_are_told_in_c_too(void **state)
{
    stack_fixture *t = *state;
    cfn_cloudwatch_alarm_add(
        t->stack, "A",
        &(cfn_cloudwatch_alarm_props){
            .topic = cfn_sns_topic_existing(cfn_s("arn:aws:sns:eu-west-2:111122223333:ops")),
            .metric_namespace = cfn_s("AWS/RDS"),
            .metric_name = cfn_s("AuroraReplicaLagMaximum"),
            .threshold = cfn_n(30),
            .dimensions = cfn_json_text(t->stack, "{\"DBClusterIdentifier\": \"db\"}")});
    int line = __LINE__ - 1;
    cfn_stack_synth(t->stack);
    assert_int_equal(cfn_diagnostics_size(t->f.diagnostics), 1);
    const cfn_diagnostic *d = cfn_diagnostics_at(t->f.diagnostics, 0);
    assert_int_equal(d->id, CFN4403);
    assert_true(d->mark.line <= (uint32_t)line && d->mark.line + 8 >= (uint32_t)line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(an_alarm_tells_its_topic),
        STACK_TEST(dimensions_are_a_mapping),
        STACK_TEST(a_percentile_is_an_extended_statistic),
        STACK_TEST(a_misspelt_statistic_is_told),
        STACK_TEST(the_end_is_told_on_request),
        STACK_TEST(an_alarm_that_tells_nobody_is_doubted),
        STACK_TEST(the_id_at_the_end_of_the_arn_names_a_task),
        STACK_TEST(the_name_of_a_task_names_none),
        STACK_TEST(the_name_of_a_task_with_its_suffix_names_none),
        STACK_TEST(a_ref_of_a_task_is_its_arn_and_names_none),
        STACK_TEST(a_sub_of_a_task_is_its_arn_too),
        STACK_TEST(a_parameter_may_hold_the_id_of_a_task),
        STACK_TEST(an_id_that_dms_made_up_names_a_task),
        STACK_TEST(a_metric_of_a_task_needs_its_instance),
        STACK_TEST(a_metric_of_a_task_needs_the_task),
        STACK_TEST(a_metric_of_an_instance_needs_no_task),
        STACK_TEST(a_ref_of_an_instance_is_its_arn),
        STACK_TEST(thirty_milliseconds_of_lag_are_a_mistake),
        STACK_TEST(thirty_thousand_milliseconds_of_lag_are_right),
        STACK_TEST(thirty_thousand_seconds_of_latency_are_a_mistake),
        STACK_TEST(a_latency_that_goes_missing_is_doubted),
        STACK_TEST(a_cluster_as_a_whole_has_no_replica_lag),
        STACK_TEST(a_writer_has_no_replica_lag),
        STACK_TEST(the_writer_of_a_cluster_of_the_stack_has_none_either),
        STACK_TEST(the_largest_lag_is_asked_of_the_cluster),
        STACK_TEST(matched_events_are_not_counted_by_rule),
        STACK_TEST(a_period_of_45_seconds_is_refused),
        STACK_TEST(a_period_shorter_than_aws_publishes_is_empty),
        STACK_TEST(an_alarm_looks_back_one_day_at_most),
        STACK_TEST(more_datapoints_than_periods_are_refused),
        STACK_TEST(an_alarm_has_five_actions_at_most),
        STACK_TEST(there_is_no_unit),
        STACK_TEST(c_and_a_stack_file_make_the_same),
        STACK_TEST(thirty_milliseconds_are_told_in_c_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
