/* The list of all construct types, and <cfngen/constructs.h> over their tables. */
#include "constructs/dms.h"

#include <cfngen/constructs.h>

#include <string.h>

const cfn__construct_type *const cfn__construct_types[] = {
    &cfn__backup_plan_type,
    &cfn__cloudwatch_alarm_type,
    &cfn__cloudwatch_dashboard_type,
    &cfn__dms_certificate_type,
    &cfn__dms_endpoint_type,
    &cfn__dms_event_subscription_type,
    &cfn__dms_replication_instance_type,
    &cfn__dms_replication_task_type,
    &cfn__dms_service_roles_type,
    &cfn__ec2_interface_endpoints_type,
    &cfn__ec2_network_type,
    &cfn__ec2_security_group_type,
    &cfn__ec2_vpc_type,
    &cfn__events_rule_type,
    &cfn__iam_role_type,
    &cfn__kms_key_type,
    &cfn__lambda_function_type,
    &cfn__logs_log_group_type,
    &cfn__logs_metric_filter_type,
    &cfn__migration_alarms_type,
    &cfn__migration_cutover_type,
    &cfn__migration_validator_type,
    &cfn__rds_aurora_cluster_type,
    &cfn__rds_instance_type,
    &cfn__route53_cutover_record_type,
    &cfn__s3_bucket_type,
    &cfn__sns_topic_type,
    &cfn__ssm_parameter_type,
    &cfn__secretsmanager_secret_type,
    NULL,
};

/* The public names are these tables, opaque. */
static const cfn__construct_type *type_of(const cfn_construct_facts *construct)
{
    return (const cfn__construct_type *)(const void *)construct;
}

static const cfn__field *field_of(const cfn_property *property)
{
    return (const cfn__field *)(const void *)property;
}

const cfn_construct_facts *cfn_construct_at(size_t index)
{
    if (index >= CFN__COUNT(cfn__construct_types))
        return NULL;
    return (const cfn_construct_facts *)(const void *)cfn__construct_types[index];
}

const cfn_construct_facts *cfn_construct_find(const char *name)
{
    for (size_t i = 0; cfn_construct_at(i); i++)
        if (strcmp(cfn__construct_types[i]->name, name) == 0)
            return cfn_construct_at(i);
    return NULL;
}

const char *cfn_construct_name(const cfn_construct_facts *construct)
{
    return type_of(construct)->name;
}

const char *cfn_construct_doc(const cfn_construct_facts *construct)
{
    return type_of(construct)->doc;
}

const char *cfn_construct_ref(const cfn_construct_facts *construct)
{
    return type_of(construct)->ref_doc;
}

bool cfn_construct_attribute(const cfn_construct_facts *construct, size_t index,
                             cfn_construct_entry *entry)
{
    const cfn__construct_type *type = type_of(construct);
    if (index >= type->attribute_count)
        return false;
    const cfn__attribute_facts *attribute = &type->attributes[index];
    *entry = (cfn_construct_entry){attribute->name, "", attribute->doc};
    return true;
}

bool cfn_construct_resource(const cfn_construct_facts *construct, size_t index,
                            cfn_construct_entry *entry)
{
    const cfn__construct_type *type = type_of(construct);
    if (index >= type->role_count)
        return false;
    const cfn__role_facts *role = &type->roles[index];
    *entry = (cfn_construct_entry){role->role, role->type, role->doc};
    return true;
}

static const cfn_property *property_at(const cfn_record *record, size_t index)
{
    if (index >= record->count || cfn__field_at(record, index)->kind == CFN_FIELD_ATTRIBUTES)
        return NULL;
    return (const cfn_property *)(const void *)cfn__row_at(record, index);
}

const cfn_property *cfn_construct_property(const cfn_construct_facts *construct, size_t index)
{
    return property_at(&type_of(construct)->props, index);
}

const cfn_property *cfn_property_member(const cfn_property *property, size_t index)
{
    const cfn_record *record = field_of(property)->base.record;
    return record ? property_at(record, index) : NULL;
}

cfn_property_facts cfn_property_describe(const cfn_property *property)
{
    const cfn__field *field = field_of(property);
    return (cfn_property_facts){
        .name = field->base.name,
        .type = cfn__item_type_name(field),
        .list = cfn__is_list_field(field),
        .doc = field->doc,
        .default_text = field->default_text ? field->default_text : "",
        .values = field->values,
        .min = field->min,
        .max = field->max,
        .required = field->flags & CFN__REQUIRED,
        .synth_time = field->flags & CFN__SYNTH_TIME,
    };
}
