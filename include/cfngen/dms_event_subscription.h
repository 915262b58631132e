/* Cfngen::DMS::EventSubscription: what happens to replication instances or tasks, told to a topic.
 *
 * Makes {Id} (AWS::DMS::EventSubscription). DMS refuses a subscription whose topic does not let it
 * in: the policies of a topic of this stack and of its key do, and the subscription waits for them.
 * DMS sends nothing that a condition of these policies could ask for.
 *
 * A subscription is of instances or of tasks; two make both. An event is told as it comes, often
 * within minutes; Cfngen::Events::Rule and Cfngen::Migration::Alarms hear of tasks by EventBridge,
 * which AWS prefers since DMS 3.4.6.
 *
 * Ref is the name of the subscription.
 *
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Events.html
 * https://docs.aws.amazon.com/cli/latest/reference/dms/describe-event-categories.html */
#ifndef CFNGEN_DMS_EVENT_SUBSCRIPTION_H
#define CFNGEN_DMS_EVENT_SUBSCRIPTION_H

#include <cfngen/dms_replication_task.h>
#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

CFN_HANDLE(cfn_dms_event_subscription);

/* Defaults: source_type that of the instances or tasks; without any of them and without source_ids
 * all of the account, in the region; event_categories all; name {id}-{environment}-{suffix};
 * enabled true.
 *
 * Categories: configuration change, creation, deletion, failure; of a replication-instance also
 * failover, low storage, maintenance; of a replication-task also state change (CFN4351). */
typedef struct cfn_dms_event_subscription_props {
    cfn_sns_topic topic; /* required */
    cfn_str source_type; /* replication-instance, replication-task; decided at synth */
    cfn_dms_replication_instance_list replication_instances; /* of this stack */
    cfn_dms_replication_task_list replication_tasks;         /* of this stack */
    cfn_str_list source_ids;                                 /* names of others */
    cfn_str_list event_categories;
    cfn_str name;
    cfn_bool enabled;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_dms_event_subscription_props;

#define cfn_dms_event_subscription_add(stack, id, ...)                                             \
    cfn_dms_event_subscription_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_dms_event_subscription cfn_dms_event_subscription_add_at(
    cfn_stack *stack, const char *id, const cfn_dms_event_subscription_props *props,
    const char *file, int line);

CFN_END_DECLS

#endif
