/* Cfngen::Migration::Alarms: what a migration by DMS to Aurora is watched for, and who is told.
 *
 * Makes, of what it is given,
 *   {Id}                      AWS::CloudWatch::CompositeAlarm: whether any of the others is on
 *   {Id}TaskFailureRule       AWS::Events::Rule: the task failed or stopped; it tells the topic
 *   {Id}TaskFailed            an alarm on that rule, since DMS has no metric for it
 *   {Id}TaskFailureUntold     the rule could not tell the topic
 *   {Id}SourceLatency, {Id}TargetLatency     CDCLatencySource, CDCLatencyTarget (seconds)
 *   {Id}ValidationFailed      rows that the validation of DMS found to differ
 *   {Id}Reverse{...}          TargetLatency and ValidationFailed of the way back, with Reverse
 *   {Id}ReplicationCpu, {Id}ReplicationMemory, {Id}ReplicationStorage   the replication instance
 *   {Id}ReplicaLag            AuroraReplicaLag of the readers (milliseconds), unless there are none
 *   {Id}SourceCpu, {Id}SourceConnections, {Id}SourceStorage   the source
 *   {Id}DatabaseCpu, {Id}DatabaseConnections, {Id}DatabaseMemory   the worst instance of the
 *                             cluster
 *   {Id}ValidatorErrors       the validator function failed
 *   {Id}ValidatorMismatches   it found differences
 *   {Id}Workflow{Failed,TimedOut,Aborted,Throttled}   the state machine that runs it
 *   {Id}CutoverErrors, {Id}CutoverFailed   the cutover function failed; the composite alarm leaves
 *                             these two out, since the cutover asks it whether to go on
 *
 * Each has the dimensions, the statistic and the treatment of missing data that its metric needs:
 * the task is known by the id at the end of its ARN, the instance by its identifier. The topic's
 * policy and its key's let CloudWatch and EventBridge in. DMS stops a task at the end of a full
 * load without changes, and when it is asked to; that is told too.
 *
 * Ref is the name of the composite alarm. Attribute: Arn. By role, as !GetAtt
 * Alarms.TaskFailed.Arn, those of the alarms.
 *
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_EventBridge.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
#ifndef CFNGEN_MIGRATION_ALARMS_H
#define CFNGEN_MIGRATION_ALARMS_H

#include <cfngen/dms_replication_instance.h>
#include <cfngen/dms_replication_task.h>
#include <cfngen/rds_instance.h>
#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

CFN_HANDLE(cfn_migration_alarms);

/* The metric in which a validator says how many rows differ, by the dimension FunctionName. */
#define CFN_VALIDATOR_NAMESPACE  "Cfngen/Migration"
#define CFN_VALIDATOR_MISMATCHES "Mismatches"

/* Above (free memory and storage: below) which there is an alarm. Defaults, when a member holds
 * nothing:
 *   cdc_latency_source_seconds, cdc_latency_target_seconds   30
 *   replication_cpu_percent               80
 *   replication_freeable_memory_bytes     a tenth of the instance class; 512 MiB when not known
 *   replication_free_storage_bytes        a fifth of the storage; 10 GiB when not known
 *   replica_lag_milliseconds              30000
 *   source_cpu_percent                    80
 *   source_connections                    four fifths of what its class takes
 *   source_free_storage_bytes             a fifth of what it has
 *   database_cpu_percent                  80
 *   database_connections                  four fifths of what the smallest instance class takes
 *   database_freeable_memory_bytes        a tenth of the smallest instance class
 * When the class of the database is not known, the template asks for the last two in parameters
 * {Id}DatabaseConnectionsThreshold and {Id}DatabaseMemoryThreshold; so it does of the source's in
 * {Id}SourceConnectionsThreshold and {Id}SourceStorageThreshold. */
typedef struct cfn_migration_thresholds {
    cfn_num cdc_latency_source_seconds, cdc_latency_target_seconds;
    cfn_num replication_cpu_percent;
    cfn_num replication_freeable_memory_bytes, replication_free_storage_bytes;
    cfn_num replica_lag_milliseconds;
    cfn_num source_cpu_percent, source_connections, source_free_storage_bytes;
    cfn_num database_cpu_percent, database_connections, database_freeable_memory_bytes;
} cfn_migration_thresholds;

/* One at least of task, replication_instance, cluster, source_instance and validator. Defaults:
 * actions_enabled true, notify_ok false. */
typedef struct cfn_migration_alarms_props {
    cfn_sns_topic topic;                               /* required */
    cfn_dms_replication_task task;                     /* or _existing by its ARN */
    cfn_dms_replication_instance replication_instance; /* of this stack; default: the task's */
    cfn_str replication_instance_identifier;           /* of an instance that exists, its name */
    cfn_rds_aurora_cluster cluster;                    /* or _existing by its identifier */
    cfn_rds_instance source_instance;                  /* or _existing by its identifier */
    cfn_str validator;                                 /* the name of the function */
    cfn_str workflow; /* the ARN of its state machine; default: the validator's */
    cfn_str cutover;  /* the name of the function that moves the traffic */
    cfn_migration_thresholds thresholds;
    cfn_bool actions_enabled; /* a parameter may switch them on when the task runs */
    cfn_bool notify_ok;       /* tells the topic when it is over, too; decided at synth */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_migration_alarms_props;

#define cfn_migration_alarms_add(stack, id, ...)                                                   \
    cfn_migration_alarms_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_migration_alarms cfn_migration_alarms_add_at(cfn_stack *stack, const char *id,
                                                         const cfn_migration_alarms_props *props,
                                                         const char *file, int line);

CFN_END_DECLS

#endif
