/* What becomes of a resource that is replaced or removed, and what is lost with it. */
#include "diff/diff.h"

#include <string.h>

/* --- policies --- */

static const struct {
    const char *name;
    cfn_fate fate;
} policies[] = {
    {"Delete", CFN_FATE_DELETED},
    {"Retain", CFN_FATE_RETAINED},
    {"RetainExceptOnCreate", CFN_FATE_RETAINED},
    {"Snapshot", CFN_FATE_SNAPSHOT},
};

/* What a loop makes is the body's first resource: [Name, [...], {"Id${Name}": {...}}]. */
static const cfn_node *resource_in(const cfn_node *node)
{
    while (cfn__is_list(node) && node->size == 3 && cfn__is_map(node->last))
        node = node->last->first;
    return node;
}

/* A member of a cluster, whose data is that of the cluster. */
static bool is_in_a_cluster(const char *type, const cfn_node *resource)
{
    if (strcmp(type, "AWS::Neptune::DBInstance") == 0 ||
        strcmp(type, "AWS::DocDB::DBInstance") == 0)
        return true;
    return strcmp(type, "AWS::RDS::DBInstance") == 0 &&
           cfn__get(cfn__get(resource, "Properties"), "DBClusterIdentifier");
}

/* What removal does without a DeletionPolicy; a replacement deletes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
static cfn_fate fate_by_default(const char *type, const cfn_node *resource)
{
    bool is_database =
        strcmp(type, "AWS::RDS::DBCluster") == 0 ||
        (strcmp(type, "AWS::RDS::DBInstance") == 0 && !is_in_a_cluster(type, resource));
    return is_database ? CFN_FATE_SNAPSHOT : CFN_FATE_DELETED;
}

static const cfn_node *find_policy(const cfn_node *resource, const char *attribute, cfn_fate *fate)
{
    const cfn_node *policy = cfn__get(resource, attribute);
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++)
        if (cfn__text_is(policy, policies[i].name))
            *fate = policies[i].fate;
    return policy;
}

static cfn_fate fate_when_removed(const char *type, const cfn_node *resource)
{
    cfn_fate fate = CFN_FATE_DELETED;
    return find_policy(resource, "DeletionPolicy", &fate) ? fate : fate_by_default(type, resource);
}

/* A loop that changes may remove what it made, too: the worse of both counts. */
static cfn_fate fate_of(const cfn_diff_entry *entry, const char *type)
{
    cfn_fate fate = CFN_FATE_DELETED;
    const cfn_node *old = resource_in(entry->old_node), *new = resource_in(entry->new_node);
    if (entry->impact == CFN_IMPACT_DESTROY)
        return fate_when_removed(type, old);
    if (entry->impact != CFN_IMPACT_REPLACE && entry->impact != CFN_IMPACT_MAY_REPLACE)
        return CFN_FATE_STAYS;
    find_policy(new, "UpdateReplacePolicy", &fate);
    cfn_fate removed = old != entry->old_node ? fate_when_removed(type, old) : fate;
    return removed < fate ? removed : fate;
}

/* --- losses --- */

/* What is lost with a resource of a type that holds data. */
static const struct {
    const char *type, *what;
} losses[] = {
    {"AWS::Backup::BackupVault", "its backups"},
    {"AWS::CloudFormation::Stack", "all that is in the nested stack"},
    {"AWS::Cognito::UserPool", "its users with their passwords"},
    {"AWS::DocDB::DBCluster", "its databases and automated backups"},
    {"AWS::DynamoDB::GlobalTable", "its items, in every region"},
    {"AWS::DynamoDB::Table", "its items and point-in-time backups"},
    {"AWS::EC2::Volume", "the files on it"},
    {"AWS::ECR::Repository", "its images"},
    {"AWS::EFS::FileSystem", "its files"},
    {"AWS::ElastiCache::CacheCluster", "what it keeps in memory"},
    {"AWS::ElastiCache::ReplicationGroup", "what it keeps in memory"},
    {"AWS::Elasticsearch::Domain", "its indexes"},
    {"AWS::FSx::FileSystem", "its files"},
    {"AWS::KMS::Key", "the key, and with it all that it has encrypted"},
    {"AWS::Kinesis::Stream", "the records that were not read yet"},
    {"AWS::Logs::LogGroup", "its logs"},
    {"AWS::Neptune::DBCluster", "its databases and automated backups"},
    {"AWS::OpenSearchService::Domain", "its indexes"},
    {"AWS::RDS::DBCluster", "its databases and automated backups"},
    {"AWS::RDS::DBInstance", "its databases and automated backups"},
    {"AWS::Redshift::Cluster", "its databases and automated snapshots"},
    {"AWS::S3::Bucket", "its objects"},
    {"AWS::SQS::Queue", "the messages that were not received yet"},
    {"AWS::SecretsManager::Secret", "the secret with all its versions"},
};

static const char *what_is_in(const char *type)
{
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++)
        if (strcmp(losses[i].type, type) == 0)
            return losses[i].what;
    return NULL;
}

static const char *loss_of(cfn_template_diff *diff, const cfn_diff_entry *entry, const char *type,
                           const cfn_schema_type_facts *facts)
{
    const char *what = what_is_in(type);
    what = what ? what : "what is in it";
    if (entry->fate == CFN_FATE_SNAPSHOT)
        return cfn__format(diff->arena, "%s; a last snapshot stays", what);
    if (entry->fate != CFN_FATE_DELETED)
        return "";
    return cfn__format(diff->arena, "%s%s", what,
                       facts->must_be_empty ? "; while there are any, the deletion fails" : "");
}

static void find_fate(cfn_template_diff *diff, cfn_diff_entry *entry)
{
    const cfn_node *resource = resource_in(entry->old_node ? entry->old_node : entry->new_node);
    const char *name = cfn_node_text(cfn__get(resource, "Type"));
    name = name ? name : "";
    const cfn_schema_type *type = cfn_schema_type_find(diff->schema, name, strlen(name));
    cfn_schema_type_facts facts = {0};
    if (type)
        facts = cfn_schema_type_describe(diff->schema, type);
    entry->fate = fate_of(entry, name);
    entry->holds_data = (facts.holds_data || what_is_in(name)) && !is_in_a_cluster(name, resource);
    if (entry->holds_data)
        entry->loss = loss_of(diff, entry, name, &facts);
}

void cfn__find_fates(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++)
        if (diff->entries[i].section == CFN_SECTION_RESOURCES)
            find_fate(diff, &diff->entries[i]);
}
