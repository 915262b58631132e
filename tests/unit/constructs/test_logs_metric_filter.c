/* Cfngen::Logs::MetricFilter. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define FILTER(rest)                                                                               \
    "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"                                              \
    "  T: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, Publishers: [], "     \
    "Subscriptions: [{Protocol: email, Endpoint: ops@example.com}]}}\n"                            \
    "  G: {Type: 'Cfngen::Logs::LogGroup', Properties: {EncryptionKey: !Ref Key}}\n"               \
    "  F: {Type: 'Cfngen::Logs::MetricFilter', Properties: {\n    " rest "}}\n"
#define ERRORS "LogGroup: !Ref G, FilterPattern: ERROR"
#define METRIC "Resources/F/Properties/MetricTransformations/0"

static void events_are_counted_under_a_name_of_this_stack(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER(ERRORS));
    assert_found(&t->f, "");
    assert_at(t, "Resources/F/Properties/LogGroupName", "{\"Ref\":\"G\"}");
    assert_at(t, METRIC,
              "{\"DefaultValue\":0,\"MetricName\":\"f-test-s1\",\"MetricNamespace\":"
              "\"Cfngen/Logs\",\"MetricValue\":\"1\"}");
    assert_nothing_at(t, "Resources/FAlarm");
}

static void a_number_is_taken_from_a_field_by_dimensions(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("LogGroupName: /shop/orders, FilterPattern: '{ $.took > 0 }', "
                    "MetricNamespace: Shop, MetricName: Took, MetricValue: $.took, Unit: Seconds, "
                    "Dimensions: {Table: $.table}"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/F/Properties/LogGroupName", "\"/shop/orders\"");
    assert_at(t, METRIC,
              "{\"Dimensions\":[{\"Key\":\"Table\",\"Value\":\"$.table\"}],"
              "\"MetricName\":\"Took\",\"MetricNamespace\":\"Shop\",\"MetricValue\":"
              "\"$.took\",\"Unit\":\"Seconds\"}");
}

static void a_group_that_exists_is_named_by_its_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER("LogGroup: 'arn:aws:logs:eu-west-2:111122223333:log-group:mine:*', "
                    "FilterPattern: ERROR"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/F/Properties/LogGroupName/Fn::Select/0", "6");
}

static void an_alarm_is_on_the_metric_and_tells_a_topic_that_lets_it_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER(ERRORS ", Topic: !Ref T, Threshold: 5, Period: 60, Description: Look"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/FAlarm/Properties/AlarmActions", "[{\"Ref\":\"T\"}]");
    assert_at(t, "Resources/FAlarm/Properties/MetricName", "\"f-test-s1\"");
    assert_at(t, "Resources/FAlarm/Properties/Namespace", "\"Cfngen/Logs\"");
    assert_at(t, "Resources/FAlarm/Properties/Threshold", "5");
    assert_at(t, "Resources/FAlarm/Properties/Period", "60");
    assert_at(t, "Resources/FAlarm/Properties/Statistic", "\"Sum\"");
    assert_at(t, "Resources/FAlarm/Properties/TreatMissingData", "\"notBreaching\"");
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/0/Sid",
              "\"CloudWatchAlarms\"");
}

static void the_tasks_of_an_instance_write_to_its_own_group(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          FILTER("ReplicationInstance: !Ref R, FilterPattern: '\"]E:\"'}}\n"
                 "  N: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-0123456789abcdef0, "
                 "SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}\n"
                 "  R: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref N, "
                 "SecurityGroups: [sg-0123456789abcdef0], EncryptionKey: !Ref Key"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/F/Properties/LogGroupName", "{\"Ref\":\"RLogGroup\"}");
    assert_at(t, "Resources/RLogGroup/Properties/LogGroupName", "\"dms-tasks-r-test-s1\"");
}

static void others_may_use_the_metric(void **state)
{
    stack_fixture *t = *state;
    synth(t, FILTER(ERRORS ", Topic: !Ref T") "Outputs:\n  Name: {Value: !GetAtt F.MetricName}\n"
                                              "  Space: {Value: !GetAtt F.MetricNamespace}\n"
                                              "  Alarm: {Value: !GetAtt F.AlarmArn}\n");
    assert_found(&t->f, "");
    assert_at(t, "Outputs/Name/Value", "\"f-test-s1\"");
    assert_at(t, "Outputs/Space/Value", "\"Cfngen/Logs\"");
    assert_at(t, "Outputs/Alarm/Value", "{\"Fn::GetAtt\":[\"FAlarm\",\"Arn\"]}");
}

static void mistakes_are_told_at_their_place(void **state)
{
    static const struct {
        const char *rest, *found;
    } mistakes[] = {
        {"FilterPattern: ERROR", "CFN2019 5:3"},
        {ERRORS ", LogGroupName: mine", "CFN2019 5:3"},
        {"LogGroup: mine, FilterPattern: ERROR", "CFN2024 6:15"},
        {"LogGroup: !Ref T, FilterPattern: ERROR", "CFN2008 6:15"},
        {"ReplicationInstance: 'arn:aws:dms:eu-west-2:111122223333:rep:A', FilterPattern: ERROR",
         "CFN2008 6:26"},
        {"LogGroup: !Ref G, FilterPattern: ']E:'", "CFN4841 6:38"},
        {"LogGroupName: /aws/dms/tasks/a, FilterPattern: ERROR", "CFN4410 6:19"},
        {ERRORS ", MetricNamespace: AWS/DMS", "CFN4842 6:62"},
        {ERRORS ", MetricValue: $.took", "CFN4843 6:58"},
        {"LogGroup: !Ref G, FilterPattern: '{ $.a = 1 }', Dimensions: {A: $.a}, Topic: !Ref T",
         "CFN2019 6:82"},
        {"LogGroup: !Ref G, FilterPattern: '{ $.a = 1 }', Dimensions: {A: $.a}, DefaultValue: 0",
         "CFN4842 6:89"},
        {"LogGroup: !Ref G, FilterPattern: '{ $.a = 1 }', Dimensions: {A: b}", "CFN4842 6:69"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char text[1000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, FILTER("%s"), mistakes[i].rest);
        synth(t, text);
        assert_found(&t->f, mistakes[i].found);
    }
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_logs_metric_filter_add(
        t->stack, "F",
        &(cfn_logs_metric_filter_props){
            .log_group_name = cfn_s("/shop/orders"),
            .filter_pattern = cfn_s("ERROR"),
            .default_value = cfn_n(2),
            .topic = cfn_sns_topic_existing(cfn_s("arn:aws:sns:eu-west-2:111122223333:told")),
            .evaluation_periods = cfn_i(3)});
    assert_same_as_file(t, "Resources:\n  F: {Type: 'Cfngen::Logs::MetricFilter', Properties: "
                           "{LogGroupName: /shop/orders, FilterPattern: ERROR, DefaultValue: 2, "
                           "Topic: 'arn:aws:sns:eu-west-2:111122223333:told', EvaluationPeriods: "
                           "3}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(events_are_counted_under_a_name_of_this_stack),
        STACK_TEST(a_number_is_taken_from_a_field_by_dimensions),
        STACK_TEST(a_group_that_exists_is_named_by_its_arn),
        STACK_TEST(an_alarm_is_on_the_metric_and_tells_a_topic_that_lets_it_in),
        STACK_TEST(the_tasks_of_an_instance_write_to_its_own_group),
        STACK_TEST(others_may_use_the_metric),
        STACK_TEST(mistakes_are_told_at_their_place),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
