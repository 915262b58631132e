/* Cfngen::DMS::EventSubscription. What DMS has no events of is told of every subscription of the
 * template, by lib/check/dms_events.c. */
#include "constructs/dms.h"

#include <cfngen/aws/dms.h>
#include <cfngen/dms_event_subscription.h>

#include <string.h>

typedef cfn_dms_event_subscription_props props_type;

static const char of_instances[] = "replication-instance", of_tasks[] = "replication-task";

static void wire(cfn__expansion *x, cfn__construct *c)
{
    cfn__sns_topic_admit(x, ((const props_type *)c->props)->topic, CFN__DMS_EVENTS);
}

/* As stated, else what the sources are; nothing when there are none. */
static cfn_str source_type(const props_type *props)
{
    if (cfn__is_set(props->source_type))
        return props->source_type;
    if (props->replication_tasks.count)
        return cfn_s(of_tasks);
    return cfn_s(props->replication_instances.count ? of_instances : NULL);
}

/* ---- checks ---- */

static void refuse_sources(cfn__expansion *x, const cfn__construct *c, const char *property)
{
    cfn__report_property(x, c, property, CFN2019,
                         "a subscription is of instances or of tasks, not of both");
    cfn__hint(cfn__expansion_diagnostics(x), "make two of it");
}

static void check_type(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_str type = source_type(props);
    const char *text = cfn__literal(type);
    if (!cfn__is_set(type)) {
        cfn__report_property(x, c, NULL, CFN2019,
                             "a subscription needs a SourceType, ReplicationTasks or "
                             "ReplicationInstances");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "write ReplicationTasks: [!Ref Task]; or SourceType: replication-task for all "
                  "tasks of the account");
    } else if (props->replication_instances.count && strcmp(text, of_instances) != 0) {
        refuse_sources(x, c, "ReplicationInstances");
    } else if (props->replication_tasks.count && strcmp(text, of_tasks) != 0) {
        refuse_sources(x, c, "ReplicationTasks");
    }
}

/* Of one that exists the ARN is known, and DMS wants its name. */
static void check_is_ours(cfn__expansion *x, const cfn__construct *c, const char *property,
                          size_t i, const cfn_handle *source)
{
    if (source->id)
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "%s/%zu", property, i), CFN2008,
                         "the name of one that exists is not known here");
    cfn__hint(cfn__expansion_diagnostics(x), "give it in SourceIds, with a SourceType");
}

/* ---- the subscription ---- */

typedef struct sources {
    cfn_node *names;
    const char **ids; /* of the resources, ended by NULL */
    size_t count;
} sources;

static void add_source(cfn__expansion *x, const cfn__construct *c, sources *s,
                       const cfn__construct *source, const char *role, const char *attribute)
{
    cfn__append(s->names, cfn__get_att_node(&c->make, source->id, attribute));
    s->ids[s->count++] = cfn__role_id(x, source, role);
}

/* The way back of a task is a task, too. */
static void add_task(cfn__expansion *x, const cfn__construct *c, sources *s,
                     cfn_dms_replication_task task)
{
    const cfn__construct *source = cfn__handle_construct(x, &task.handle);
    if (!source)
        return;
    add_source(x, c, s, source, "", "Identifier");
    if (cfn__dms_is_reversed(source->props))
        add_source(x, c, s, source, "Reverse", "ReverseIdentifier");
}

static sources sources_of(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    size_t most = props->replication_instances.count + 2 * props->replication_tasks.count;
    sources s = {.names = cfn__list(&c->make),
                 .ids = CFN__NEW_ARRAY(c->make.arena, most + 1, const char *)};
    if (!s.ids)
        return s;
    for (size_t i = 0; i < props->replication_instances.count; i++) {
        const cfn_handle *handle = &props->replication_instances.items[i].handle;
        const cfn__construct *instance = cfn__handle_construct(x, handle);
        check_is_ours(x, c, "ReplicationInstances", i, handle);
        if (instance)
            add_source(x, c, &s, instance, "", "Identifier");
    }
    for (size_t i = 0; i < props->replication_tasks.count; i++) {
        check_is_ours(x, c, "ReplicationTasks", i, &props->replication_tasks.items[i].handle);
        add_task(x, c, &s, props->replication_tasks.items[i]);
    }
    for (size_t i = 0; i < props->source_ids.count; i++)
        cfn__append(s.names, cfn__str_node(&c->make, props->source_ids.items[i]));
    return s;
}

/* Names of sources refer to nothing, and DMS refuses those that are not there yet; the topic must
 * let DMS in before. */
static void await(cfn__expansion *x, const cfn__construct *c, const sources *s,
                  cfn_node *subscription)
{
    const props_type *props = c->props;
    const cfn__construct *topic = cfn__handle_construct(x, &props->topic.handle);
    if (topic)
        cfn__resource_depends_on(x, subscription, cfn__role_id(x, topic, "Policy"));
    for (size_t i = 0; i < s->count; i++)
        cfn__resource_depends_on(x, subscription, s->ids[i]);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a subscription name", 254, "", false, true};
    const props_type *props = c->props;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    check_type(x, c);
    const sources s = sources_of(x, c);
    cfn_node *subscription = CFN__RESOURCE(
        aws_dms_EventSubscription, x, c, "",
        &(aws_dms_EventSubscription_props){
            .Enabled = cfn__bool_or(props->enabled, true),
            .EventCategories = props->event_categories,
            .SnsTopicArn = cfn_sns_topic_arn(props->topic),
            .SourceIds = {.all = cfn_of_node(cfn_node_size(s.names) ? s.names : NULL)},
            .SourceType = source_type(props),
            .SubscriptionName = cfn_of_node(name),
            .Tags = cfn__tags(x, c, name, props->tags),
        });
    await(x, c, &s, subscription);
}

/* ---- tables ---- */

static const char *const source_types[] = {of_instances, of_tasks, NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_dms_event_subscription_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(HANDLE, "Topic", topic), .also = "SnsTopicArn SnsTopic", .flags = CFN__REQUIRED,
     .construct = "Cfngen::SNS::Topic", .doc = "The topic that is told."},
    {ROW(STR, "SourceType", source_type), .flags = CFN__SYNTH_TIME, .values = source_types,
     .default_text = "what the sources are", .doc = "What the events are of."},
    {ROW(HANDLE_LIST, "ReplicationInstances", replication_instances), .also = "ReplicationInstance",
     .construct = "Cfngen::DMS::ReplicationInstance",
     .doc = "The instances of this stack whose events are told."},
    {ROW(HANDLE_LIST, "ReplicationTasks", replication_tasks), .also = "ReplicationTask",
     .construct = "Cfngen::DMS::ReplicationTask",
     .doc = "Or the tasks of this stack. Without either, and without SourceIds, all of the account "
            "in the region."},
    {ROW(STR_LIST, "SourceIds", source_ids), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of others, which exist; not their ARNs."},
    {ROW(STR_LIST, "EventCategories", event_categories), .also = "Categories",
     .default_text = "all",
     .doc = "What is told: configuration change, creation, deletion, failure; of instances also "
            "failover, low storage, maintenance; of tasks also state change."},
    {ROW(STR, "Name", name), .also = "SubscriptionName",
     .default_text = "{id}-{environment}-{suffix}", .doc = "The name of the subscription."},
    {ROW(BOOL, "Enabled", enabled), .default_text = "true", .doc = "Whether anything is told."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the subscription, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_dms_event_subscription_props),
};
#undef ROW

static const cfn__role_facts roles[] = {
    {"", "AWS::DMS::EventSubscription", "the subscription"},
};

const cfn__construct_type cfn__dms_event_subscription_type = {
    .name = "Cfngen::DMS::EventSubscription",
    .doc = "Events of replication instances or of tasks, told to a topic that lets DMS in.",
    .ref_doc = "the name of the subscription",
    .props =
        CFN__RECORD("Cfngen::DMS::EventSubscription", cfn_dms_event_subscription_props, fields),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_dms_event_subscription
cfn_dms_event_subscription_add_at(cfn_stack *stack, const char *id,
                                  const cfn_dms_event_subscription_props *props, const char *file,
                                  int line)
{
    return cfn_dms_event_subscription_named(
        cfn__construct_add(stack, &cfn__dms_event_subscription_type, id, props, file, line));
}
