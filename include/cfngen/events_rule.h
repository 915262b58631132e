/* Cfngen::Events::Rule: what happens regularly, or whenever an event comes, with all that
 * EventBridge needs to do it.
 *
 * Makes
 *   {Id}                    AWS::Events::Rule
 *   {Id}Invoke{Function}    AWS::Lambda::Permission, for each function: for this rule alone
 *   {Id}StartRole           AWS::IAM::Role that starts the state machines, and nothing else
 *   {Id}FailureQueue, {Id}FailureQueuePolicy  AWS::SQS::Queue and QueuePolicy, without
 *                           FailureQueue: what could not be delivered, for 14 days
 * A topic of this stack, and its key, let EventBridge in.
 *
 * EventBridge tries again for MaximumEventAgeInSeconds, MaximumRetryAttempts times; then the event
 * goes to the queue. Without one it would be lost without a word.
 *
 * Ref is the rule's name. Attribute: Arn.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
#ifndef CFNGEN_EVENTS_RULE_H
#define CFNGEN_EVENTS_RULE_H

#include <cfngen/lambda_function.h>
#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

/* cfn_events_rule_existing takes the ARN of a rule that exists. */
CFN_HANDLE(cfn_events_rule);

/* Who is called: one of the first three. */
typedef struct cfn_events_target {
    cfn_lambda_function function;
    cfn_sns_topic topic;
    cfn_str state_machine; /* the ARN of one, as Ref gives it */
    cfn_str input;         /* JSON in the place of the event */
} cfn_events_target;

typedef CFN_LIST_OF(cfn_events_target) cfn_events_target_list;

#ifndef __cplusplus
/* .targets = CFN_EVENTS_TARGETS({.topic = ...}, {.function = ...}) */
#define CFN_EVENTS_TARGETS(...) CFN_ITEMS(cfn_events_target, __VA_ARGS__)
#endif

/* Defaults: name {id}-{environment}-{suffix}, enabled true, failures to a queue of its own; retries
 * and age of events as AWS has them (185, 24 h). */
typedef struct cfn_events_rule_props {
    cfn_str name, description;
    cfn_str schedule_expression;    /* rate(...) or cron(...) in UTC; excludes event_pattern */
    cfn_json event_pattern;         /* a mapping, whose values are lists */
    cfn_bool enabled;               /* decided at synth */
    cfn_events_target_list targets; /* required: 1 to 5 */
    cfn_str failure_queue;          /* the ARN of a queue whose policy lets EventBridge in */
    cfn_int maximum_retry_attempts; /* 0 to 185 */
    cfn_int maximum_event_age_in_seconds; /* 60 to 86400 */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_events_rule_props;

#define cfn_events_rule_add(stack, id, ...)                                                        \
    cfn_events_rule_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_events_rule cfn_events_rule_add_at(cfn_stack *stack, const char *id,
                                               const cfn_events_rule_props *props, const char *file,
                                               int line);

static inline cfn_str cfn_events_rule_arn(cfn_events_rule rule)
{
    return rule.handle.id ? cfn_att(rule.handle.id, "Arn") : rule.handle.value;
}

CFN_END_DECLS

#endif
