/* Alarms that stay silent, however they came into the template. */
#include "stack_support.h"

#include <cfngen/aws/cloudwatch.h>

/* An alarm on line 4, its metric on line 5, its dimensions on line 6, its threshold on line 7. */
#define ALARM(space, metric, dimensions, threshold)                                                \
    "Parameters: {P: {Type: String}}\n"                                                            \
    "Resources:\n"                                                                                 \
    "  Task: {Type: 'AWS::DMS::ReplicationTask', Properties: {MigrationType: cdc, "                \
    "ReplicationInstanceArn: !Ref Inst, SourceEndpointArn: !Ref P, TargetEndpointArn: !Ref P, "    \
    "TableMappings: '{{resolve:ssm:mappings}}'}}\n"                                                \
    "  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {ComparisonOperator: "                      \
    "GreaterThanThreshold, "                                                                       \
    "EvaluationPeriods: 1, Period: 60, Statistic: Maximum, Namespace: '" space "',\n"              \
    "    MetricName: " metric ",\n    Dimensions: [" dimensions "],\n    Threshold: " threshold    \
    "}}\n"                                                                                         \
    "  Inst: {Type: 'AWS::DMS::ReplicationInstance', Properties: {ReplicationInstanceClass: "      \
    "dms.r6i.large}}\n"
#define TASK_ID(value)             "{Name: ReplicationTaskIdentifier, Value: " value "}"
#define INSTANCE(value)            "{Name: ReplicationInstanceIdentifier, Value: " value "}"
#define LAG(dimensions, threshold) ALARM("AWS/RDS", "AuroraReplicaLag", dimensions, threshold)
#define READERS                    "{Name: DBClusterIdentifier, Value: db}, {Name: Role, Value: READER}"

static void a_lag_of_thirty_is_thirty_milliseconds(void **state)
{
    stack_fixture *t = *state;
    synth(t, LAG(READERS, "30"));
    assert_found(&t->f, "CFN4403 7:16");
    assert_said(&t->f, "30 seconds are 30000");
}

static void a_lag_of_thirty_thousand_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, LAG(READERS, "30000"));
    assert_found(&t->f, "");
}

static void a_lag_that_a_parameter_sets_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, LAG(READERS, "!Ref P"));
    assert_found(&t->f, "");
}

static void the_name_of_a_task_is_no_dimension(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARM("AWS/DMS", "CDCLatencyTarget", INSTANCE("main") ", " TASK_ID("orders"), "30"));
    assert_found(&t->f, "CFN4401 6:111");
}

static void neither_is_its_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          ALARM("AWS/DMS", "CDCLatencyTarget", INSTANCE("main") ", " TASK_ID("!Ref Task"), "30"));
    assert_found(&t->f, "CFN4401 6:111");
}

static void the_end_of_its_arn_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARM("AWS/DMS", "CDCLatencyTarget",
                   INSTANCE("main") ", " TASK_ID("!Select [6, !Split [':', !Ref Task]]"), "30"));
    assert_found(&t->f, "");
}

static void the_arn_of_an_instance_is_no_dimension(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARM("AWS/DMS", "FreeableMemory", INSTANCE("!Ref Inst"), "80"));
    assert_found(&t->f, "CFN4402 6:63");
}

static void a_metric_of_a_task_has_two_dimensions(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARM("AWS/DMS", "CDCLatencySource", INSTANCE("main"), "30"));
    assert_found(&t->f, "CFN4402 6:17");
}

static void the_latency_of_a_task_is_in_seconds(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          ALARM("AWS/DMS", "CDCLatencySource", INSTANCE("main") ", " TASK_ID("!Ref P"), "30000"));
    assert_found(&t->f, "CFN4404 7:16");
}

static void a_metric_of_ones_own_may_be_called_alike(void **state)
{
    stack_fixture *t = *state;
    synth(t, ALARM("App", "MatchedEvents", "{Name: RuleName, Value: r}", "0"));
    assert_found(&t->f, "");
}

static void an_alarm_of_the_typed_bindings_is_looked_at(void **state)
{
    stack_fixture *t = *state;
    aws_cloudwatch_Alarm_add(
        t->stack, "A",
        &(aws_cloudwatch_Alarm_props){
            .ComparisonOperator = cfn_s("GreaterThanThreshold"),
            .EvaluationPeriods = cfn_i(1),
            .Period = cfn_i(60),
            .Statistic = cfn_s("Sum"),
            .Namespace = cfn_s("AWS/Events"),
            .MetricName = cfn_s("MatchedEvents"),
            .Threshold = cfn_n(0),
            .Dimensions = CFN_ITEMS(aws_cloudwatch_Alarm_Dimensions,
                                    {.Name = cfn_s("RuleName"), .Value = cfn_s("failed")})});
    cfn_stack_synth(t->stack);
    assert_int_equal(cfn_diagnostics_size(t->f.diagnostics), 1);
    assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 0)->id, CFN4413);
}

static void what_overrides_make_of_an_alarm_is_looked_at(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n"
             "  A: {Type: 'Cfngen::Migration::Alarms', Properties: {Topic: "
             "'arn:aws:sns:eu-west-2:111122223333:ops', Cluster: shop, Thresholds: "
             "{DatabaseConnections: 90, DatabaseFreeableMemoryBytes: 1000000000},\n"
             "    Overrides: {AReplicaLag: {Properties: {Threshold: 30}}}}}\n");
    assert_found(&t->f, "CFN4403 3:55");
}

static void an_alarm_without_a_metric_of_its_own_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  A: {Type: 'AWS::CloudWatch::Alarm', Properties: {ComparisonOperator: "
             "GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 30, Metrics: [{Id: m1, "
             "Expression: 'SELECT MAX(AuroraReplicaLag) FROM \"AWS/RDS\"', Period: 60}]}}\n");
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_lag_of_thirty_is_thirty_milliseconds),
        STACK_TEST(a_lag_of_thirty_thousand_is_good),
        STACK_TEST(a_lag_that_a_parameter_sets_is_let_through),
        STACK_TEST(the_name_of_a_task_is_no_dimension),
        STACK_TEST(neither_is_its_arn),
        STACK_TEST(the_end_of_its_arn_is),
        STACK_TEST(the_arn_of_an_instance_is_no_dimension),
        STACK_TEST(a_metric_of_a_task_has_two_dimensions),
        STACK_TEST(the_latency_of_a_task_is_in_seconds),
        STACK_TEST(a_metric_of_ones_own_may_be_called_alike),
        STACK_TEST(an_alarm_of_the_typed_bindings_is_looked_at),
        STACK_TEST(what_overrides_make_of_an_alarm_is_looked_at),
        STACK_TEST(an_alarm_without_a_metric_of_its_own_is_let_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
