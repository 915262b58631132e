/* templates/onprem-postgresql-to-aurora.yaml: alarms, dashboard, names, rights and outputs. */
#include "blueprint.h"

#include <cfngen/diagnostic.h>
#include <cfngen/schema.h>

#define BLUEPRINT "templates/onprem-postgresql-to-aurora.yaml"

/* ---- alarms ---- */

static void replication_that_lags_by_300_seconds_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AlarmsTargetLatency", "Threshold", REF("LagThreshold"));
    assert_property(t, "AlarmsSourceLatency", "Threshold", REF("LagThreshold"));
    assert_at(t, "Parameters/LagThreshold/Default", "300");
    ASSERT_PROPERTIES(t, "AlarmsTargetLatency", {"MetricName", "\"CDCLatencyTarget\""},
                      {"Namespace", "\"AWS/DMS\""});
}

/* CloudWatch knows a task by the end of its ARN, not by its name. */
static void the_task_is_known_by_the_end_of_its_arn(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "AlarmsTargetLatency",
                      {"Dimensions/0/Name", "\"ReplicationInstanceIdentifier\""},
                      {"Dimensions/0/Value", "\"" NAMED("replication") "\""},
                      {"Dimensions/1/Name", "\"ReplicationTaskIdentifier\""},
                      {"Dimensions/1/Value",
                       "{\"Fn::Select\":[6,{\"Fn::Split\":[\":\"," REF("MigrationTask") "]}]}"});
}

static void a_cpu_above_80_per_cent_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AlarmsDatabaseCpu", "Threshold", REF("CpuThreshold"));
    assert_at(t, "Parameters/CpuThreshold/Default", "80");
    assert_property(t, "AlarmsDatabaseCpu", "Dimensions/0/Name", "\"DBClusterIdentifier\"");
}

static void more_than_450_connections_raise_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AlarmsDatabaseConnections", "Threshold", REF("ConnectionsThreshold"));
    assert_at(t, "Parameters/ConnectionsThreshold/Default", "450");
}

static void a_volume_above_600_gb_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(t, "VolumeAlarm", {"MetricName", "\"VolumeBytesUsed\""},
                      {"Threshold", "644245094400"}, {"Period", "300"},
                      {"ComparisonOperator", "\"GreaterThanThreshold\""},
                      {"Dimensions/0/Name", "\"DBClusterIdentifier\""},
                      {"Dimensions/0/Value", REF("AuroraCluster")});
}

static void a_task_that_fails_or_stops_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AlarmsTaskFailureRule", "EventPattern/detail/eventType",
                    "[\"REPLICATION_TASK_FAILED\",\"REPLICATION_TASK_STOPPED\"]");
    ASSERT_PROPERTIES(t, "AlarmsTaskFailed", {"MetricName", "\"TriggeredRules\""},
                      {"Dimensions/0/Value", REF("AlarmsTaskFailureRule")}, {"Threshold", "0"});
}

static void rows_that_differ_raise_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AlarmsValidationFailed", "MetricName", "\"ValidationFailedOverallCount\"");
    assert_property(t, "AlarmsValidatorMismatches", "Threshold", "0");
}

static void a_replication_instance_at_its_limits_raises_an_alarm(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AlarmsReplicationCpu", "Threshold", "80");
    assert_property(t, "AlarmsReplicationStorage", "Threshold", "107374182400");
    assert_property(t, "AlarmsReplicationMemory", "MetricName", "\"FreeableMemory\"");
}

static void every_alarm_tells_the_topic(void **state)
{
    assert_each(*state, "AWS::CloudWatch::Alarm", 17, "AlarmActions", "[" REF("Topic") "]");
}

static void two_people_are_told_by_mail(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::SNS::Subscription", 2, "Protocol", "\"email\"");
    assert_property(t, "TopicSubscriptionOperationsEmail", "Endpoint", REF("OperationsEmail"));
    assert_property(t, "TopicSubscriptionDatabaseTeamEmail", "Endpoint", REF("DatabaseTeamEmail"));
    assert_property(t, "Topic", "DisplayName", "\"Database Migration Alerts\"");
}

static bool may_use_the_key(stack_fixture *t, const char *service)
{
    const cfn_node *statements = property(t, "DatabaseKey", "KeyPolicy/Statement");
    for (const cfn_node *n = cfn_node_first(statements); n; n = cfn_node_next(n)) {
        const char *who = cfn_node_text(cfn_node_find(n, "Principal/Service"));
        if (who && strcmp(who, service) == 0)
            return true;
    }
    return false;
}

/* An encrypted topic whose key they may not use loses what they say without a word. */
static void alarms_and_events_may_use_the_topic_and_its_key(void **state)
{
    stack_fixture *t = *state;
    assert_true(may_use_the_key(t, "cloudwatch.amazonaws.com"));
    assert_true(may_use_the_key(t, "events.amazonaws.com"));
    assert_property(t, "TopicPolicy", "PolicyDocument/Statement/0/Principal/Service",
                    "\"cloudwatch.amazonaws.com\"");
    assert_property(t, "TopicPolicy", "PolicyDocument/Statement/1/Principal/Service",
                    "\"events.amazonaws.com\"");
}

/* ---- dashboard ---- */

static const char *board(stack_fixture *t)
{
    return cfn_node_text(property(t, "Dashboard", "DashboardBody/Fn::Sub/0"));
}

static void assert_shows(stack_fixture *t, const char *part)
{
    if (!strstr(board(t), part))
        print_error("the dashboard does not show %s\n", part);
    assert_non_null(strstr(board(t), part));
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *p = text; (p = strstr(p, part)); p++)
        count++;
    return count;
}

static void the_dashboard_has_six_widgets_with_their_region(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(times(board(t), "\"type\":\"metric\""), 6);
    assert_int_equal(times(board(t), "\"region\":\"${AWS::Region}\""), 6);
    assert_int_equal(times(board(t), "\"width\":8"), 6);
}

static void the_dashboard_shows_dms_with_both_dimensions(void **state)
{
    stack_fixture *t = *state;
    static const char dimensions[] =
        "\"ReplicationInstanceIdentifier\",\"replication-prod-pr42\","
        "\"ReplicationTaskIdentifier\",\"${MigrationTaskResourceIdValue}\"";
    assert_int_equal(times(board(t), dimensions), 2);
    assert_shows(t, "\"CDCLatencySource\"");
    assert_shows(t, "\"CDCLatencyTarget\"");
    assert_shows(t, "\"FullLoadThroughputRowsTarget\"");
    assert_shows(t, "\"FullLoadThroughputBandwidthTarget\"");
}

static void the_dashboard_shows_the_cluster_with_its_dimension(void **state)
{
    stack_fixture *t = *state;
    static const char *const metrics[] = {"CPUUtilization", "DatabaseConnections",
                                          "VolumeBytesUsed", "ReadLatency"};
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        char part[120];
        snprintf(part, sizeof part,
                 "[\"AWS/RDS\",\"%s\",\"DBClusterIdentifier\",\"${AuroraCluster}\"", metrics[i]);
        assert_shows(t, part);
    }
    assert_shows(t, "\"WriteLatency\"");
    assert_shows(t, "\"yAxis\":{\"left\":{\"min\":0,\"max\":100}}");
}

static void the_dashboard_draws_the_thresholds(void **state)
{
    stack_fixture *t = *state;
    assert_shows(t, "\"value\":${LagThreshold}");
    assert_shows(t, "\"value\":${CpuThreshold}");
    assert_shows(t, "\"value\":${ConnectionsThreshold}");
    assert_shows(t, "\"value\":644245094400");
}

/* ---- names, region, rights ---- */

static void every_name_has_the_suffix_but_the_two_that_dms_prescribes(void **state)
{
    static const char *const names[] = {
        "AlarmName",
        "BucketName",
        "DBClusterIdentifier",
        "AliasName",
        "DBInstanceIdentifier",
        "EndpointIdentifier",
        "FunctionName",
        "DashboardName",
        "ReplicationInstanceIdentifier",
        "GroupName",
        "LogGroupName",
        "ReplicationTaskIdentifier",
        "RoleName",
        "TopicName",
        "DBClusterParameterGroupName",
    };
    stack_fixture *t = *state;
    size_t with = 0, without = 0;
    for (EACH_RESOURCE(t, r))
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            const cfn_node *name = cfn_node_get(cfn_node_get(r, "Properties"), names[i]);
            const cfn_node *sub = cfn_node_get(name, "Fn::Sub");
            const char *text = cfn_node_text(sub ? sub : name);
            bool own = strncmp(cfn_node_key(r), "ServiceRoles", strlen("ServiceRoles")) == 0;
            without += text && own;
            with += text && !own;
            assert_true(!text || own || strstr(text, SUFFIX));
        }
    assert_int_equal(without, 2);
    assert_in_range(with, 40, 100);
}

static void nothing_is_found_wrong(void **state)
{
    assert_nothing_found_wrong(*state);
}

static void the_region_is_that_of_the_deployment(void **state)
{
    assert_names_no_region(*state);
}

static void no_role_has_a_managed_policy_but_those_a_service_demands(void **state)
{
    stack_fixture *t = *state;
    size_t roles = 0;
    for (EACH_RESOURCE(t, r)) {
        const char *key = cfn_node_key(r);
        if (!cfn_node_find(r, "Properties/ManagedPolicyArns"))
            continue;
        roles++;
        assert_true(strcmp(key, "AuroraClusterMonitoringRole") == 0 ||
                    strncmp(key, "ServiceRoles", strlen("ServiceRoles")) == 0);
    }
    assert_int_equal(roles, 3);
}

/* ---- outputs ---- */

static const named_output outputs[] = {
    {"VpcId", REF("Network")},
    {"PublicSubnetIds", NULL},
    {"PrivateSubnetIds", NULL},
    {"VpnGatewayId", REF("VpnGateway")},
    {"AuroraClusterIdentifier", REF("AuroraCluster")},
    {"AuroraClusterEndpoint", ATT("AuroraCluster", "Endpoint.Address")},
    {"AuroraReaderEndpoint", ATT("AuroraCluster", "ReadEndpoint.Address")},
    {"AuroraClusterPort", ATT("AuroraCluster", "Endpoint.Port")},
    {"DatabaseName", REF("DatabaseName")},
    {"DMSReplicationInstanceArn", REF("Replication")},
    {"DMSReplicationInstancePrivateIps",
     ATT("Replication", "ReplicationInstancePrivateIpAddresses")},
    {"DMSSourceEndpointArn", REF("SourceEndpoint")},
    {"DMSTargetEndpointArn", REF("TargetEndpoint")},
    {"DMSReplicationTaskArn", REF("MigrationTask")},
    {"DMSReverseReplicationTaskArn", REF("MigrationTaskReverse")},
    {"SourceSecretArn", REF("SourceSecretArn")},
    {"TargetSecretArn", REF("TargetSecretArn")},
    {"ValidatorFunctionName", REF("Validator")},
    {"FilesBucketName", REF("Files")},
    {"FilesBucketArn", ATT("Files", "Arn")},
    {"AlarmTopicArn", REF("Topic")},
    {"DashboardName", REF("Dashboard")},
    {"DatabaseKeyId", REF("DatabaseKey")},
    {"FilesKeyId", REF("FilesKey")},
    {"AuroraSecurityGroupId", ATT("AuroraSecurityGroup", "GroupId")},
    {"MigrationSecurityGroupId", REF("MigrationSecurityGroup")},
};

static void the_outputs_say_all_that_a_migration_needs(void **state)
{
    assert_outputs(*state, outputs, sizeof outputs / sizeof *outputs);
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(replication_that_lags_by_300_seconds_raises_an_alarm),
                cmocka_unit_test(the_task_is_known_by_the_end_of_its_arn),
                cmocka_unit_test(a_cpu_above_80_per_cent_raises_an_alarm),
                cmocka_unit_test(more_than_450_connections_raise_an_alarm),
                cmocka_unit_test(a_volume_above_600_gb_raises_an_alarm),
                cmocka_unit_test(a_task_that_fails_or_stops_raises_an_alarm),
                cmocka_unit_test(rows_that_differ_raise_an_alarm),
                cmocka_unit_test(a_replication_instance_at_its_limits_raises_an_alarm),
                cmocka_unit_test(every_alarm_tells_the_topic),
                cmocka_unit_test(two_people_are_told_by_mail),
                cmocka_unit_test(alarms_and_events_may_use_the_topic_and_its_key),
                cmocka_unit_test(the_dashboard_has_six_widgets_with_their_region),
                cmocka_unit_test(the_dashboard_shows_dms_with_both_dimensions),
                cmocka_unit_test(the_dashboard_shows_the_cluster_with_its_dimension),
                cmocka_unit_test(the_dashboard_draws_the_thresholds),
                cmocka_unit_test(every_name_has_the_suffix_but_the_two_that_dms_prescribes),
                cmocka_unit_test(nothing_is_found_wrong),
                cmocka_unit_test(the_region_is_that_of_the_deployment),
                cmocka_unit_test(no_role_has_a_managed_policy_but_those_a_service_demands),
                cmocka_unit_test(the_outputs_say_all_that_a_migration_needs))
