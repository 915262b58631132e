/* Cfngen::Migration::Alarms: its properties, attributes and resources. How it is expanded is in
 * migration_alarms.c. */
#include "constructs/migration_alarms.h"

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_migration_alarms_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(HANDLE, "Topic", topic, "The topic that is told."), .also = "SnsTopic AlarmTopic",
     .flags = CFN__REQUIRED, .construct = "Cfngen::SNS::Topic"},
    {ROW(HANDLE, "Task", task, "The task: one of this stack, or the ARN of one that exists."),
     .also = "ReplicationTask TaskArn ReplicationTaskArn",
     .construct = "Cfngen::DMS::ReplicationTask"},
    {ROW(HANDLE, "ReplicationInstance", replication_instance, "The instance that it runs on."),
     .default_text = "that of the task", .construct = "Cfngen::DMS::ReplicationInstance"},
    {ROW(STR, "ReplicationInstanceIdentifier", replication_instance_identifier,
         "The name of an instance that is not a construct of this stack.")},
    {ROW(HANDLE, "Cluster", cluster,
         "The cluster: one of this stack, or the identifier of one that exists."),
     .also = "AuroraCluster DBClusterIdentifier", .construct = "Cfngen::RDS::AuroraCluster"},
    {ROW(HANDLE, "SourceInstance", source_instance,
         "The source: an instance of this stack, or the identifier of one that exists."),
     .also = "Source DBInstanceIdentifier", .construct = "Cfngen::RDS::Instance"},
    {ROW(STR, "Validator", validator, "The name of the validator function (!Ref of it)."),
     .also = "ValidatorFunction FunctionName"},
    {ROW(STR, "Workflow", workflow, "The ARN of the state machine that runs the validator."),
     .also = "StateMachineArn", .default_text = "that of the validator, when it has one"},
    {ROW(STR, "Cutover", cutover, "The name of the cutover function (!Ref of it)."),
     .also = "CutoverFunction"},
    {ROW(RECORD, "Thresholds", thresholds, "What is too much, or too little."),
     .base.record = &cfn__migration_thresholds_record},
    {ROW(BOOL, "ActionsEnabled", actions_enabled,
         "Whether anybody is told; a parameter may switch it on when the task runs."),
     .default_text = "true"},
    {ROW(BOOL, "NotifyOk", notify_ok, "Whether the topic is told when it is over, too."),
     .also = "OKActions", .flags = CFN__SYNTH_TIME, .default_text = "false"},
    {ROW(JSON, "Tags", tags, "Tags of the alarms and of the rule, as Key: value."),
     .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_migration_alarms_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {{"Arn", "the ARN of the composite alarm"}};
static const cfn__role_facts roles[] = {
    {"", "AWS::CloudWatch::CompositeAlarm", "whether any of the alarms is on; it tells nobody"},
    {"TaskFailureRule", "AWS::Events::Rule", "the task failed or stopped"},
    {"TaskFailed", "AWS::CloudWatch::Alarm", "the same, as an alarm"},
    {"TaskFailureUntold", "AWS::CloudWatch::Alarm", "the rule could not tell the topic"},
    {"SourceLatency", "AWS::CloudWatch::Alarm", "CDCLatencySource"},
    {"TargetLatency", "AWS::CloudWatch::Alarm", "CDCLatencyTarget"},
    {"ValidationFailed", "AWS::CloudWatch::Alarm", "rows that DMS found to differ"},
    {"ReverseTargetLatency", "AWS::CloudWatch::Alarm", "the same of the way back, with Reverse"},
    {"ReverseValidationFailed", "AWS::CloudWatch::Alarm", "the same of the way back"},
    {"ReplicationCpu", "AWS::CloudWatch::Alarm", "CPU of the replication instance"},
    {"ReplicationMemory", "AWS::CloudWatch::Alarm", "its free memory"},
    {"ReplicationStorage", "AWS::CloudWatch::Alarm", "its free storage"},
    {"ReplicaLag", "AWS::CloudWatch::Alarm", "lag of the readers, when there are any"},
    {"SourceCpu", "AWS::CloudWatch::Alarm", "CPU of the source, with SourceInstance"},
    {"SourceConnections", "AWS::CloudWatch::Alarm", "connections to it"},
    {"SourceStorage", "AWS::CloudWatch::Alarm", "its free storage"},
    {"DatabaseCpu", "AWS::CloudWatch::Alarm", "CPU of the busiest instance of the cluster"},
    {"DatabaseConnections", "AWS::CloudWatch::Alarm", "connections to one instance"},
    {"DatabaseMemory", "AWS::CloudWatch::Alarm", "free memory of one instance"},
    {"ValidatorErrors", "AWS::CloudWatch::Alarm", "the validator failed"},
    {"ValidatorMismatches", "AWS::CloudWatch::Alarm", "the validator found differences"},
    {"WorkflowFailed", "AWS::CloudWatch::Alarm", "its workflow failed"},
    {"WorkflowTimedOut", "AWS::CloudWatch::Alarm", "it took too long"},
    {"WorkflowAborted", "AWS::CloudWatch::Alarm", "it was stopped"},
    {"WorkflowThrottled", "AWS::CloudWatch::Alarm", "it was held up"},
    {"CutoverErrors", "AWS::CloudWatch::Alarm", "the cutover function failed"},
    {"CutoverFailed", "AWS::CloudWatch::Alarm", "what it said itself of a failure"},
};

const cfn__construct_type cfn__migration_alarms_type = {
    .name = "Cfngen::Migration::Alarms",
    .doc = "What a migration by DMS to Aurora is watched for: a task that fails or stops, latency, "
           "the replication instance, the source, the lag of readers, the database, and the "
           "validator. Each "
           "alarm has the dimensions, unit and treatment of missing data that its metric needs, "
           "and tells the topic.",
    .ref_doc = "the name of the composite alarm",
    .props = CFN__RECORD("Cfngen::Migration::Alarms", cfn_migration_alarms_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(cfn__migration_asked),
    .wire = cfn__wire_migration_alarms,
    .expand = cfn__expand_migration_alarms,
};

cfn_migration_alarms cfn_migration_alarms_add_at(cfn_stack *stack, const char *id,
                                                 const cfn_migration_alarms_props *props,
                                                 const char *file, int line)
{
    return cfn_migration_alarms_named(
        cfn__construct_add(stack, &cfn__migration_alarms_type, id, props, file, line));
}
