/* Names that a resource is given by its template: two of them cannot be there at a time. */
#include "diff/diff.h"

#include <string.h>

/* Properties that name a resource within an account, where the facts know it by something else. */
static const struct {
    const char *type, *property;
} names[] = {
    {"AWS::CloudWatch::Dashboard", "DashboardName"},
    {"AWS::DMS::Endpoint", "EndpointIdentifier"},
    {"AWS::DMS::EventSubscription", "SubscriptionName"},
    {"AWS::DMS::ReplicationInstance", "ReplicationInstanceIdentifier"},
    {"AWS::DMS::ReplicationSubnetGroup", "ReplicationSubnetGroupIdentifier"},
    {"AWS::DMS::ReplicationTask", "ReplicationTaskIdentifier"},
    {"AWS::EC2::SecurityGroup", "GroupName"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "Name"},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "Name"},
    {"AWS::IAM::ManagedPolicy", "ManagedPolicyName"},
    {"AWS::RDS::DBClusterParameterGroup", "DBClusterParameterGroupName"},
    {"AWS::RDS::DBParameterGroup", "DBParameterGroupName"},
    {"AWS::RDS::DBSubnetGroup", "DBSubnetGroupName"},
    {"AWS::RDS::EventSubscription", "SubscriptionName"},
    {"AWS::SNS::Topic", "TopicName"},
    {"AWS::SQS::Queue", "QueueName"},
    {"AWS::SecretsManager::Secret", "Name"},
    {"AWS::StepFunctions::StateMachine", "StateMachineName"},
};

static const char *name_in_table(const char *type)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].type, type) == 0)
            return names[i].property;
    return NULL;
}

/* What identifies the resource is its name when it is one property, and the template gives it. */
static const char *identifier_of(const cfn_schema *schema, const cfn_schema_type *type)
{
    const char *identifier = type ? cfn_schema_identifier_at(schema, type, 0) : NULL;
    if (!identifier || strchr(identifier, '.') || cfn_schema_identifier_at(schema, type, 1))
        return NULL;
    cfn_schema_place place = cfn_schema_place_of(schema, type);
    bool given = cfn_schema_follow(schema, &place, identifier) && !place.read_only &&
                 place.change == CFN_SCHEMA_REPLACES;
    return given ? identifier : NULL;
}

const cfn_node *cfn__fixed_name(const cfn_template_diff *diff, const char *type,
                                const cfn_node *resource, const char **property)
{
    const cfn_schema_type *found = cfn_schema_type_find(diff->schema, type, strlen(type));
    const char *name = name_in_table(type);
    if (!name)
        name = identifier_of(diff->schema, found);
    if (property)
        *property = name;
    const cfn_node *value = name ? cfn__get(cfn__get(resource, "Properties"), name) : NULL;
    return cfn__is_no_value(value) ? NULL : value;
}

/* --- advice --- */

static bool deletes_first(const cfn_template_diff *diff, const char *name)
{
    const cfn_schema_type *type = cfn_schema_type_find(diff->schema, name, strlen(name));
    return type && cfn_schema_type_describe(diff->schema, type).deletes_first;
}

static void advise_of_name(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    const char *property;
    if (entry->impact != CFN_IMPACT_REPLACE || deletes_first(diff, entry->type) ||
        !cfn__fixed_name(diff, entry->type, entry->new_node, &property) ||
        cfn__diff_property(entry, property))
        return;
    cfn__diff_advise(diff, CFN6011, entry->id, property,
                     "CloudFormation makes the new one before it deletes the old one, and both "
                     "would have the same %s: change it too, or leave it out",
                     property);
}

static void advise_of_rename(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    const char *property;
    if (entry->kind != CFN_DIFF_REMOVED || !entry->twin)
        return;
    bool named = cfn__fixed_name(diff, entry->type, entry->old_node, &property) != NULL;
    cfn__diff_advise(diff, CFN6012, entry->id, "",
                     "%s is made and %s is removed%s: if it is the same one under another name, "
                     "keep its logical id, or move it with a stack refactoring",
                     entry->twin, entry->id,
                     named ? ", and the new one cannot have the name of the old one" : "");
}

void cfn__advise_of_names(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        const cfn_diff_entry *entry = &diff->entries[i];
        if (entry->section != CFN_SECTION_RESOURCES)
            continue;
        advise_of_name(diff, entry);
        advise_of_rename(diff, entry);
        if (strcmp(entry->type, entry->old_type) != 0)
            cfn__diff_advise(diff, CFN6013, entry->id, "Type",
                             "CloudFormation does not turn %.100s into %.100s: give it another "
                             "logical id, so that one is made and the other one removed",
                             *entry->old_type ? entry->old_type : "nothing",
                             *entry->type ? entry->type : "nothing");
    }
}
