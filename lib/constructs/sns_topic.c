/* Cfngen::SNS::Topic: the topic, who may publish to it and who is told. */
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/lambda.h>
#include <cfngen/aws/sns.h>

#include <string.h>

typedef cfn_sns_topic_props props_type;

/* What wiring told the topic. */
typedef struct topic_state {
    bool admitted[CFN__PUBLISHERS];
} topic_state;

/* EventBridge, AWS Backup, and the event notifications of DMS and RDS, send nothing that a
 * condition could ask for: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
static const struct {
    const char *service, *sid;
    bool for_this_account;
} publishers[] = {
    [CFN__CLOUDWATCH] = {"cloudwatch.amazonaws.com", "CloudWatchAlarms", true},
    [CFN__EVENTBRIDGE] = {"events.amazonaws.com", "EventBridge", false},
    [CFN__DMS_EVENTS] = {"dms.amazonaws.com", "DmsEvents", false},
    [CFN__RDS_EVENTS] = {"events.rds.amazonaws.com", "RdsEvents", false},
    [CFN__BACKUP_EVENTS] = {"backup.amazonaws.com", "BackupEvents", false},
};
static const char *const publisher_names[] = {
    "cloudwatch.amazonaws.com", "events.amazonaws.com", "dms.amazonaws.com",
    "events.rds.amazonaws.com", "backup.amazonaws.com", NULL};
static const char *const publish[] = {"sns:Publish", NULL};

/* ---- wiring ---- */

static void admit(cfn__expansion *x, cfn__construct *c, cfn__publisher publisher)
{
    static const char *const actions[] = {"kms:Decrypt", "kms:GenerateDataKey*", NULL};
    const props_type *props = c->props;
    topic_state *state = c->state;
    state->admitted[publisher] = true;
    cfn__kms_key_serve(x, props->encryption_key,
                       &(cfn__key_user){publishers[publisher].sid, publishers[publisher].service,
                                        actions, publishers[publisher].for_this_account});
}

void cfn__sns_topic_admit(cfn__expansion *x, cfn_sns_topic topic, cfn__publisher publisher)
{
    cfn__construct *c = cfn__handle_construct(x, &topic.handle);
    if (c)
        admit(x, c, publisher);
}

/* By default who really uses topics; the others are asked for. */
static bool publishes(const props_type *props, cfn__publisher publisher)
{
    const cfn_str_list *stated = &props->publishers;
    if (!stated->items)
        return publisher == CFN__CLOUDWATCH || publisher == CFN__EVENTBRIDGE;
    for (size_t i = 0; i < stated->count; i++)
        if (strcmp(cfn__literal(stated->items[i]), publishers[publisher].service) == 0)
            return true;
    return false;
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    for (cfn__publisher p = 0; p < CFN__PUBLISHERS; p++)
        if (publishes(c->props, p))
            admit(x, c, p);
}

/* ---- grants ---- */

cfn_node *cfn__sns_topic_publish_statements(cfn__expansion *x, const cfn__maker *make,
                                            cfn_sns_topic topic)
{
    static const char *const use[] = {"kms:Decrypt", "kms:GenerateDataKey", NULL};
    const cfn__construct *c = cfn__handle_construct(x, &topic.handle);
    cfn_node *statements = cfn__list(make);
    cfn_node *statement = cfn__statement(make, "Publish", NULL, publish);
    cfn__put(statement, "Resource", cfn__str_node(make, cfn_sns_topic_arn(topic)));
    cfn__append(statements, statement);
    if (!c)
        return statements;
    const props_type *props = c->props;
    statement = cfn__statement(make, "EncryptNotifications", NULL, use);
    cfn__put(statement, "Resource", cfn__str_node(make, cfn_kms_key_arn(props->encryption_key)));
    cfn__put(statement, "Condition",
             cfn__policy_condition(make, "StringEquals", "kms:ViaService",
                                   cfn__sub_node(make, "sns.${AWS::Region}.amazonaws.com")));
    return cfn__append(statements, statement);
}

/* ---- the topic's policy ---- */

static cfn_node *on_the_topic(const cfn__construct *c, cfn_node *statement)
{
    return cfn__put(statement, "Resource", cfn__ref_node(&c->make, c->id));
}

static cfn_node *publisher_statement(const cfn__construct *c, cfn__publisher publisher)
{
    const cfn__maker *make = &c->make;
    cfn_node *principal = cfn__service_principal(make, publishers[publisher].service);
    cfn_node *statement =
        on_the_topic(c, cfn__statement(make, publishers[publisher].sid, principal, publish));
    if (publishers[publisher].for_this_account)
        cfn__put(statement, "Condition", cfn__this_account(make));
    return statement;
}

static cfn_node *tls_statement(const cfn__construct *c)
{
    const cfn__maker *make = &c->make;
    cfn_node *statement =
        on_the_topic(c, cfn__statement(make, "TlsAlone", cfn__string(make, "*"), publish));
    cfn__set(statement, "Effect", cfn__string(make, "Deny"));
    return cfn__put(
        statement, "Condition",
        cfn__policy_condition(make, "Bool", "aws:SecureTransport", cfn__string(make, "false")));
}

static void make_policy(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const topic_state *state = c->state;
    cfn_node *statements = cfn__list(&c->make);
    for (cfn__publisher p = 0; p < CFN__PUBLISHERS; p++)
        if (state->admitted[p])
            cfn__append(statements, publisher_statement(c, p));
    cfn__append(statements, tls_statement(c));
    for (size_t i = 0; i < props->policy_statements.count; i++)
        cfn__append(statements, cfn__json_node(&c->make, props->policy_statements.items[i]));
    cfn_node *document = cfn__policy_document(&c->make, statements);
    cfn_node *policy =
        CFN__RESOURCE(aws_sns_TopicPolicy, x, c, "Policy",
                      &(aws_sns_TopicPolicy_props){.PolicyDocument = cfn__json_of_node(document),
                                                   .Topics = CFN_LIST(cfn_ref(c->id))});
    cfn__resource_completes(c, policy);
}

/* ---- subscriptions ---- */

/* How each kind of endpoint begins, and a character that it must have. */
static const struct {
    const char *protocol, *prefix, *has, *looks_like;
} endpoints[] = {
    {"email", "", "@", "name@example.com"},
    {"email-json", "", "@", "name@example.com"},
    {"https", "https://", "", "https://example.com/notify"},
    {"sms", "+", "", "+447700900123"},
    {"lambda", "arn:", ":function:", "arn:aws:lambda:eu-west-2:111122223333:function:name"},
};

static void check_endpoint(cfn__expansion *x, const cfn__construct *c, size_t i,
                           const cfn_sns_subscription *subscription)
{
    const char *protocol = cfn__literal(subscription->protocol);
    const char *endpoint = cfn__literal(subscription->endpoint);
    for (size_t n = 0; protocol && endpoint && n < CFN__COUNT(endpoints); n++) {
        if (strcmp(protocol, endpoints[n].protocol) != 0 ||
            (cfn__starts_with(endpoint, endpoints[n].prefix) && strstr(endpoint, endpoints[n].has)))
            continue;
        cfn__report_property(x, c, cfn__format(c->make.arena, "Subscriptions/%zu/Endpoint", i),
                             CFN2024, "\"%s\" is no endpoint of protocol %s", endpoint, protocol);
        cfn__hint(cfn__expansion_diagnostics(x), "one looks like %s", endpoints[n].looks_like);
    }
}

static void let_in(cfn__expansion *x, cfn__construct *c, const cfn_sns_subscription *subscription,
                   const char *label, const char *condition)
{
    const char *role = cfn__format(c->make.arena, "Invoke%s", label);
    CFN__RESOURCE(aws_lambda_Permission, x, c, role,
                  &(aws_lambda_Permission_props){.Action = cfn_s("lambda:InvokeFunction"),
                                                 .FunctionName = subscription->endpoint,
                                                 .Principal = cfn_s("sns.amazonaws.com"),
                                                 .SourceArn = cfn_ref(c->id),
                                                 .attributes = {.condition = condition}});
}

static void subscribe(cfn__expansion *x, cfn__construct *c,
                      const cfn_sns_subscription *subscription)
{
    const char *label = cfn__label(c->make.arena, cfn__str_node(&c->make, subscription->endpoint));
    const char *condition = cfn__both_conditions(x, &c->make, c->attributes->condition,
                                                 cfn__literal(subscription->condition));
    const char *protocol = cfn__literal(subscription->protocol);
    CFN__RESOURCE(aws_sns_Subscription, x, c, cfn__format(c->make.arena, "Subscription%s", label),
                  &(aws_sns_Subscription_props){.Endpoint = subscription->endpoint,
                                                .Protocol = subscription->protocol,
                                                .TopicArn = cfn_ref(c->id),
                                                .attributes = {.condition = condition}});
    if (protocol && strcmp(protocol, "lambda") == 0)
        let_in(x, c, subscription, label, condition);
}

/* ---- the topic ---- */

static void check_key(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *key = cfn__literal(props->encryption_key.handle.value);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (props->encryption_key.handle.id)
        return;
    if (key && cfn__ends_with(key, "aws/sns")) {
        cfn__report_property(x, c, "EncryptionKey", CFN4421,
                             "neither CloudWatch nor EventBridge may use the key aws/sns, so all "
                             "that they send is lost");
        cfn__hint(diagnostics, "use a Cfngen::KMS::Key, whose policy lets them in");
        return;
    }
    cfn__report_property(x, c, "EncryptionKey", CFN4422,
                         "the policy of this key must let the services use it that publish to %s, "
                         "or what they send is lost",
                         c->id);
    cfn__hint(diagnostics,
              "allow kms:Decrypt and kms:GenerateDataKey* to cloudwatch.amazonaws.com and, without "
              "a condition, to events.amazonaws.com; a Cfngen::KMS::Key does it by itself");
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    check_key(x, c);
    cfn__check_event_statements(x, c, &props->policy_statements);
    for (size_t i = 0; i < props->subscriptions.count; i++)
        check_endpoint(x, c, i, &props->subscriptions.items[i]);
    if (props->subscriptions.count)
        return;
    cfn__report_property(x, c, "Subscriptions", CFN4406, "nobody has subscribed to %s", c->id);
    cfn__hint(cfn__expansion_diagnostics(x),
              "add one: Subscriptions: [{Protocol: email, Endpoint: name@example.com}]; or "
              "suppress this, when they subscribe elsewhere");
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a topic name", 256, "_", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    check(x, c);
    CFN__RESOURCE(aws_sns_Topic, x, c, "",
                  &(aws_sns_Topic_props){.DisplayName = props->display_name,
                                         .KmsMasterKeyId = cfn_kms_key_arn(props->encryption_key),
                                         .Tags = cfn__tags(x, c, name, props->tags),
                                         .TopicName = cfn_of_node(name)});
    make_policy(x, c);
    for (size_t i = 0; i < props->subscriptions.count; i++)
        subscribe(x, c, &props->subscriptions.items[i]);
    cfn__grant(x, c, "GrantPublishTo", "PublishBy", &props->grant_publish_to,
               cfn__sns_topic_publish_statements(x, &c->make, cfn_sns_topic_named(c->id)));
}

/* ---- tables ---- */

static const char *const protocols[] = {"email", "email-json", "https", "sms", "lambda", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_sns_subscription, kind, name, member)
static const cfn__field subscription_fields[] = {
    {ROW(STR, "Protocol", protocol), .flags = CFN__REQUIRED | CFN__SYNTH_TIME, .values = protocols,
     .doc = "How they are told."},
    {ROW(STR, "Endpoint", endpoint), .flags = CFN__REQUIRED,
     .doc = "Where: an address, a URL, a number as +447700900123, the ARN of a function."},
    {ROW(STR, "Condition", condition), .flags = CFN__SYNTH_TIME,
     .doc = "The name of a condition, without which the subscription is not made."},
};
#undef ROW
static const cfn_record subscription_record =
    CFN__RECORD("a subscription", cfn_sns_subscription, subscription_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_sns_topic_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "TopicName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of the topic."},
    {ROW(STR, "DisplayName", display_name), .doc = "Who the mails are from."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsMasterKeyId KmsKeyId MasterKey",
     .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key",
     .doc = "The key that notifications are encrypted with."},
    {ROW(RECORD_LIST, "Subscriptions", subscriptions), .also = "Subscription Emails",
     .base.record = &subscription_record,
     .doc = "Who is told. An address gets a mail first, and is subscribed when its link is "
            "opened."},
    {ROW(STR_LIST, "Publishers", publishers), .flags = CFN__SYNTH_TIME, .values = publisher_names,
     .default_text = "cloudwatch.amazonaws.com and events.amazonaws.com",
     .doc = "The services that may publish, beside those that constructs of the stack need."},
    {ROW(STR_LIST, "GrantPublishTo", grant_publish_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles (!Ref of a role) that may publish."},
    {ROW(JSON_LIST, "PolicyStatements", policy_statements), .also = "TopicPolicy PolicyDocument",
     .flags = CFN__WRITTEN_OUT, .doc = "Further statements of the topic's policy."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the topic, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_sns_topic_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"TopicArn", "the ARN of the topic, as Ref gives it"},
    {"TopicName", "the name of the topic"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::SNS::Topic", "the topic"},
    {"Policy", "AWS::SNS::TopicPolicy", "who may publish, and nobody without TLS"},
    {"Subscription{Endpoint}", "AWS::SNS::Subscription", "each subscription"},
    {"Invoke{Endpoint}", "AWS::Lambda::Permission", "for each function that subscribes"},
    {"PublishBy{Role}", "AWS::IAM::Policy", "the right to publish, for each role"},
};

const cfn__construct_type cfn__sns_topic_type = {
    .name = "Cfngen::SNS::Topic",
    .doc = "An encrypted topic. Its policy and its key's let in CloudWatch, EventBridge and who "
           "else needs it, each as the service demands: what either policy refuses would be lost "
           "without a word.",
    .ref_doc = "the ARN of the topic",
    .props = CFN__RECORD("Cfngen::SNS::Topic", cfn_sns_topic_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(topic_state),
    .wire = wire,
    .expand = expand,
};

cfn_sns_topic cfn_sns_topic_add_at(cfn_stack *stack, const char *id,
                                   const cfn_sns_topic_props *props, const char *file, int line)
{
    return cfn_sns_topic_named(
        cfn__construct_add(stack, &cfn__sns_topic_type, id, props, file, line));
}
