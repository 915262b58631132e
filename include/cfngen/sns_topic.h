/* Cfngen::SNS::Topic: an encrypted topic that really gets what CloudWatch and EventBridge send.
 *
 * Makes
 *   {Id}                    AWS::SNS::Topic
 *   {Id}Policy              AWS::SNS::TopicPolicy: who may publish, and none without TLS
 *   {Id}Subscription{Who}   AWS::SNS::Subscription, each
 *   {Id}Invoke{Who}         AWS::Lambda::Permission, for each function that subscribes
 *   {Id}PublishBy{Role}     AWS::IAM::Policy, for each role in GrantPublishTo
 *
 * A service publishes to an encrypted topic only when both the topic's policy and the key's let it;
 * what either refuses is lost without a word. Both get a statement for each of Publishers and for
 * each that constructs of this stack need: CloudWatch for this account alone, EventBridge without
 * a condition, since it sends nothing that one could ask for. The AWS-managed key aws/sns cannot be
 * used (CFN4421): its policy cannot be changed.
 *
 * Ref is the topic's ARN. Attributes: TopicArn, TopicName.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
#ifndef CFNGEN_SNS_TOPIC_H
#define CFNGEN_SNS_TOPIC_H

#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* cfn_sns_topic_existing takes the ARN of a topic that exists. Its policies are its owner's. */
CFN_HANDLE(cfn_sns_topic);

/* Who is told. An address gets a mail first, and is subscribed when its link is opened. */
typedef struct cfn_sns_subscription {
    cfn_str protocol;  /* required: email, email-json, https, sms, lambda */
    cfn_str endpoint;  /* required: address, URL, +number or ARN of a function */
    cfn_str condition; /* the name of one; the subscription is made only when it holds */
} cfn_sns_subscription;

typedef CFN_LIST_OF(cfn_sns_subscription) cfn_sns_subscription_list;

#ifndef __cplusplus
/* .subscriptions = CFN_SUBSCRIPTIONS({.protocol = cfn_s("email"), .endpoint = ...}, {...}) */
#define CFN_SUBSCRIPTIONS(...) CFN_ITEMS(cfn_sns_subscription, __VA_ARGS__)
#endif

/* Defaults: name {id}-{environment}-{suffix}; publishers CloudWatch and EventBridge. */
typedef struct cfn_sns_topic_props {
    cfn_str name, display_name;
    cfn_kms_key encryption_key; /* required */
    cfn_sns_subscription_list subscriptions;
    cfn_str_list publishers; /* cloudwatch.amazonaws.com events.amazonaws.com dms.amazonaws.com
                                events.rds.amazonaws.com backup.amazonaws.com; decided at synth */
    cfn_str_list grant_publish_to;   /* names of roles, usually cfn_iam_role_name of a role */
    cfn_json_list policy_statements; /* added to the topic's policy */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_sns_topic_props;

#define cfn_sns_topic_add(stack, id, ...)                                                          \
    cfn_sns_topic_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_sns_topic cfn_sns_topic_add_at(cfn_stack *stack, const char *id,
                                           const cfn_sns_topic_props *props, const char *file,
                                           int line);

static inline cfn_str cfn_sns_topic_arn(cfn_sns_topic topic)
{
    return topic.handle.id ? cfn_ref(topic.handle.id) : topic.handle.value;
}

CFN_END_DECLS

#endif
