/* Cfngen::DMS::ReplicationTask. Its mappings and settings are made in dms_task_mappings.c and
 * dms_task_settings.c; what is checked beyond them is in dms_task_checks.c. */
#include "base/text.h"
#include "constructs/dms.h"

#include <cfngen/aws/dms.h>

#include <string.h>

typedef cfn_dms_replication_task_props props_type;

static const cfn__name_rule name_rule = {"a task identifier", 255, "", true, true};

const char *cfn__dms_migration_type(const cfn_dms_replication_task_props *props)
{
    const char *type = cfn__literal(props->migration_type);
    return type ? type : "full-load-and-cdc";
}

bool cfn__dms_is_reversed(const cfn_dms_replication_task_props *props)
{
    return cfn__bool_or(props->reverse, false).value;
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__dms_endpoint_feeds(x, props->source, c);
    if (!cfn__dms_is_reversed(props))
        return;
    if (!cfn__handle_is_set(&props->reverse_source.handle))
        cfn__dms_endpoint_reverse(x, props->target);
    if (!cfn__handle_is_set(&props->reverse_target.handle))
        cfn__dms_endpoint_reverse(x, props->source);
}

/* The end of the ARN arn:PARTITION:dms:REGION:ACCOUNT:task:ID of a task.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html */
static cfn_node *end_of_arn(const cfn__maker *make, cfn_node *arn)
{
    enum { ID = 6 };
    cfn_node *parts = cfn__single(make, "Fn::Split", cfn__pair(make, cfn__string(make, ":"), arn));
    return cfn__single(make, "Fn::Select", cfn__pair(make, cfn__integer(make, ID), parts));
}

static cfn_node *resource_id(const cfn__maker *make, const char *id)
{
    return end_of_arn(make, cfn__ref_node(make, id));
}

cfn_node *cfn__dms_task_dimension(const cfn__maker *make, cfn_dms_replication_task task)
{
    if (task.handle.id)
        return cfn__str_node(make, cfn_dms_replication_task_resource_id(task));
    return cfn__is_set(task.handle.value)
               ? end_of_arn(make, cfn__str_node(make, cfn_dms_replication_task_arn(task)))
               : NULL;
}

/* A number where a struct takes any. */
static cfn_num number_of(const cfn__construct *c, cfn_int value)
{
    return cfn_n_of(cfn_of_node(cfn__int_node(&c->make, value)));
}

static void make_task(cfn__expansion *x, cfn__construct *c, cfn_node *mappings, cfn_node *settings)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &name_rule);
    CFN__RESOURCE(
        aws_dms_ReplicationTask, x, c, "",
        &(aws_dms_ReplicationTask_props){
            .CdcStartPosition = props->cdc_start_position,
            .CdcStartTime = number_of(c, props->cdc_start_time),
            .CdcStopPosition = props->cdc_stop_position,
            .MigrationType = cfn_s(cfn__dms_migration_type(props)),
            .ReplicationInstanceArn = cfn_dms_replication_instance_arn(props->replication_instance),
            .ReplicationTaskIdentifier = cfn_of_node(name),
            .ReplicationTaskSettings = cfn_of_node(cfn__json_text_node(make, settings)),
            .SourceEndpointArn = cfn_dms_endpoint_arn(props->source),
            .TableMappings = cfn_of_node(cfn__json_text_node(make, mappings)),
            .Tags = cfn__tags(x, c, name, props->tags),
            .TargetEndpointArn = cfn_dms_endpoint_arn(props->target)});
    cfn__answer_with(x, c, "Arn", cfn__ref_node(make, c->id));
    cfn__answer_with(x, c, "ResourceId", resource_id(make, c->id));
    cfn__answer_with(x, c, "Identifier", name);
}

/* The endpoint that is given for the way back, or the other direction of one of the task's. */
static cfn_str back(cfn_dms_endpoint own, cfn_dms_endpoint endpoint)
{
    if (cfn__handle_is_set(&own.handle))
        return cfn_dms_endpoint_arn(own);
    return endpoint.handle.id ? cfn_att(endpoint.handle.id, "Reverse") : cfn_s(NULL);
}

/* What the source is on the way there, the target is on the way back; and the schema that all
 * tables go to is where they come from. */
static void turn_round(cfn_node *settings)
{
    cfn_node *schema = cfn__get(cfn__get(settings, "TargetMetadata"), "TargetSchema");
    cfn_node *loopback = cfn__get(settings, "LoopbackPreventionSettings");
    cfn_node *source = cfn__get(loopback, "SourceSchema"),
             *target = cfn__get(loopback, "TargetSchema");
    if (schema)
        cfn__remove(schema);
    if (!source || !target)
        return;
    source->key = "TargetSchema";
    target->key = "SourceSchema";
}

static void make_reverse(cfn__expansion *x, cfn__construct *c, cfn_node *mappings,
                         cfn_node *settings)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const char *id = cfn__role_id(x, c, "Reverse");
    cfn_node *name = cfn__name(x, c, "Reverse", &name_rule);
    turn_round(settings);
    CFN__RESOURCE(
        aws_dms_ReplicationTask, x, c, "Reverse",
        &(aws_dms_ReplicationTask_props){
            .MigrationType = cfn_s("cdc"),
            .ReplicationInstanceArn = cfn_dms_replication_instance_arn(props->replication_instance),
            .ReplicationTaskIdentifier = cfn_of_node(name),
            .ReplicationTaskSettings = cfn_of_node(cfn__json_text_node(make, settings)),
            .SourceEndpointArn = back(props->reverse_source, props->target),
            .TableMappings = cfn_of_node(cfn__json_text_node(make, mappings)),
            .Tags = cfn__tags(x, c, name, props->tags),
            .TargetEndpointArn = back(props->reverse_target, props->source)});
    cfn__answer_with(x, c, "ReverseResourceId", resource_id(make, id));
    cfn__answer_with(x, c, "ReverseIdentifier", name);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const cfn_node *properties = cfn_node_get(c->declared, "Properties");
    cfn_node *mappings = cfn__dms_rules(c, "TableMappings"), *settings = cfn__dms_settings(c);
    cfn__check_dms_task(x, c, mappings, settings);
    make_task(x, c, mappings, settings);
    if (!cfn__dms_is_reversed(c->props))
        return;
    bool own = cfn_node_get(properties, "ReverseTableMappings") != NULL;
    make_reverse(x, c, own ? cfn__dms_rules(c, "ReverseTableMappings") : mappings, settings);
}

/* ---- tables ---- */

static const char *const types[] = {"full-load", "cdc", "full-load-and-cdc", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_dms_replication_task_props, kind, name, member), .doc = (text)
static const cfn__field fields[] = {
    {ROW(HANDLE, "ReplicationInstance", replication_instance, "Where the task runs."),
     .also = "ReplicationInstanceArn", .flags = CFN__REQUIRED,
     .construct = "Cfngen::DMS::ReplicationInstance"},
    {ROW(HANDLE, "Source", source, "The endpoint that is read from."), .also = "SourceEndpointArn",
     .flags = CFN__REQUIRED, .construct = "Cfngen::DMS::Endpoint"},
    {ROW(HANDLE, "Target", target, "The endpoint that is written to."), .also = "TargetEndpointArn",
     .flags = CFN__REQUIRED, .construct = "Cfngen::DMS::Endpoint"},
    {ROW(STR, "MigrationType", migration_type,
         "Whether what is there, its changes, or both are migrated."),
     .flags = CFN__SYNTH_TIME, .values = types, .default_text = "full-load-and-cdc"},
    {ROW(RECORD, "TableMappings", table_mappings, "Which tables are migrated, and as what."),
     .flags = CFN__REQUIRED, .base.record = &cfn__dms_task_mappings_record},
    {ROW(RECORD, "Settings", settings, "How the task works."), .also = "ReplicationTaskSettings",
     .base.record = &cfn__dms_task_settings_record,
     .default_text = "full LOB mode, DO_NOTHING, logging, validation and control tables on"},
    {ROW(STR, "Name", name, "The identifier of the task."), .also = "ReplicationTaskIdentifier",
     .default_text = "{id}-{environment}-{suffix}"},
    {ROW(STR, "CdcStartPosition", cdc_start_position,
         "Where the changes start, of a task of type cdc: a position in the log of the source.")},
    {ROW(INT, "CdcStartTime", cdc_start_time, "The same as seconds since 1970.")},
    {ROW(STR, "CdcStopPosition", cdc_stop_position, "Where the changes stop.")},
    {ROW(BOOL, "Reverse", reverse,
         "Whether a second task is made that brings changes of the target back to the source, so "
         "that going back after the cutover loses no write."),
     .flags = CFN__SYNTH_TIME, .default_text = "false"},
    {ROW(HANDLE, "ReverseSource", reverse_source, "The endpoint that the way back reads from."),
     .construct = "Cfngen::DMS::Endpoint", .default_text = "Target in the other direction"},
    {ROW(HANDLE, "ReverseTarget", reverse_target, "The endpoint that it writes to."),
     .construct = "Cfngen::DMS::Endpoint", .default_text = "Source in the other direction"},
    {ROW(RECORD, "ReverseTableMappings", reverse_table_mappings,
         "Its tables; needed where TableMappings has Transformations, which must be undone."),
     .base.record = &cfn__dms_task_mappings_record, .default_text = "TableMappings"},
    {ROW(JSON, "Tags", tags, "Tags of the tasks, as Key: value."), .flags = CFN__MAPPING},
    CFN__ATTRIBUTES_ROW(cfn_dms_replication_task_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN, as Ref gives it"},
    {"ResourceId", "the end of the ARN: CloudWatch's dimension ReplicationTaskIdentifier"},
    {"Identifier", "the name"},
    {"ReverseResourceId", "the same as ResourceId of the way back, with Reverse"},
    {"ReverseIdentifier", "the name of the way back, with Reverse"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::DMS::ReplicationTask", "the task"},
    {"Reverse", "AWS::DMS::ReplicationTask", "the way back, with Reverse"},
};

const cfn__construct_type cfn__dms_replication_task_type = {
    .name = "Cfngen::DMS::ReplicationTask",
    .doc = "What DMS copies from a source to a target and the changes that follow, validated and "
           "logged; and on request the task for the way back. CloudFormation starts and stops no "
           "task: stop it before the stack is changed or deleted.",
    .ref_doc = "the ARN of the task",
    .props = CFN__RECORD("Cfngen::DMS::ReplicationTask", cfn_dms_replication_task_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_dms_replication_task
cfn_dms_replication_task_add_at(cfn_stack *stack, const char *id,
                                const cfn_dms_replication_task_props *props, const char *file,
                                int line)
{
    return cfn_dms_replication_task_named(
        cfn__construct_add(stack, &cfn__dms_replication_task_type, id, props, file, line));
}
