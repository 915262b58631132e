/* Policies on resources: who may use a key, a bucket, a topic, a function ...
 *
 * The names of types and properties are those of AWS's resource types:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
#include "access/texts.h"

#include "base/text.h"

#include <string.h>

/* Where each type has its policy document, and the property that says what it is on; NULL: the
 * resource itself. Text is read as JSON. */
static const struct {
    const char *type, *document, *target;
} documents[] = {
    {"AWS::ApiGateway::RestApi", "Policy", NULL},
    {"AWS::Backup::BackupVault", "AccessPolicy", NULL},
    {"AWS::CloudTrail::ResourcePolicy", "ResourcePolicy", "ResourceArn"},
    {"AWS::CodeArtifact::Domain", "PermissionsPolicyDocument", NULL},
    {"AWS::CodeArtifact::Repository", "PermissionsPolicyDocument", NULL},
    {"AWS::DynamoDB::Table", "ResourcePolicy/PolicyDocument", NULL},
    {"AWS::DynamoDB::Table", "StreamSpecification/ResourcePolicy/PolicyDocument", NULL},
    {"AWS::EC2::VPCEndpoint", "PolicyDocument", NULL},
    {"AWS::ECR::PublicRepository", "RepositoryPolicyText", NULL},
    {"AWS::ECR::RegistryPolicy", "PolicyText", NULL},
    {"AWS::ECR::Repository", "RepositoryPolicyText", NULL},
    {"AWS::EFS::FileSystem", "FileSystemPolicy", NULL},
    {"AWS::Elasticsearch::Domain", "AccessPolicies", NULL},
    {"AWS::Events::EventBus", "Policy", NULL},
    {"AWS::IoT::Policy", "PolicyDocument", NULL},
    {"AWS::KMS::Key", "KeyPolicy", NULL},
    {"AWS::KMS::ReplicaKey", "KeyPolicy", NULL},
    {"AWS::Kinesis::ResourcePolicy", "ResourcePolicy", "ResourceArn"},
    {"AWS::Lex::ResourcePolicy", "Policy", "ResourceArn"},
    {"AWS::Logs::Destination", "DestinationPolicy", NULL},
    {"AWS::Logs::ResourcePolicy", "PolicyDocument", NULL},
    {"AWS::MSK::ClusterPolicy", "Policy", "ClusterArn"},
    {"AWS::OpenSearchService::Domain", "AccessPolicies", NULL},
    {"AWS::Organizations::ResourcePolicy", "Content", NULL},
    {"AWS::S3::AccessPoint", "Policy", NULL},
    {"AWS::S3::BucketPolicy", "PolicyDocument", "Bucket"},
    {"AWS::S3::MultiRegionAccessPointPolicy", "Policy", "MrapName"},
    {"AWS::S3Express::BucketPolicy", "PolicyDocument", "Bucket"},
    {"AWS::S3ObjectLambda::AccessPointPolicy", "PolicyDocument", "ObjectLambdaAccessPoint"},
    {"AWS::S3Tables::TableBucketPolicy", "ResourcePolicy", "TableBucketARN"},
    {"AWS::SNS::TopicInlinePolicy", "PolicyDocument", "TopicArn"},
    {"AWS::SNS::TopicPolicy", "PolicyDocument", "Topics"},
    {"AWS::SQS::QueueInlinePolicy", "PolicyDocument", "Queue"},
    {"AWS::SQS::QueuePolicy", "PolicyDocument", "Queues"},
    {"AWS::SSM::ResourcePolicy", "Policy", "ResourceArn"},
    {"AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", "SecretId"},
    {"AWS::VpcLattice::AuthPolicy", "Policy", "ResourceIdentifier"},
    {"AWS::VpcLattice::ResourcePolicy", "Policy", "ResourceArn"},
    {"AWS::XRay::ResourcePolicy", "PolicyDocument", NULL},
};

/* Types that are one statement each. `conditions`: properties that make up its condition. */
enum { MOST_CONDITIONS = 5 };
static const struct {
    const char *type, *target;
    const char *conditions[MOST_CONDITIONS];
} grants[] = {
    {"AWS::Lambda::Permission",
     "FunctionName",
     {"EventSourceToken", "FunctionUrlAuthType", "PrincipalOrgID", "SourceAccount", "SourceArn"}},
    {"AWS::Lambda::LayerVersionPermission", "LayerVersionArn", {"OrganizationId"}},
    {"AWS::Events::EventBusPolicy", "EventBusName", {"Condition"}},
    {"AWS::ACMPCA::Permission", "CertificateAuthorityArn", {"SourceAccount"}},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const cfn_node *property(const cfn__access_walk *walk, const char *name)
{
    return cfn_node_get(walk->resource->properties, name);
}

/* What the policy is on: ${Key.Arn} and ${Key} are the same thing to a reader. */
static cfn__texts targets(const cfn__access_walk *walk, const char *name)
{
    bool varies = false;
    if (!name || !property(walk, name))
        return cfn__access_single(walk->access->arena, cfn__access_own_text(walk));
    return cfn__access_set(walk->access->arena, property(walk, name), cfn__access_text, false,
                           &varies);
}

/* An account, a service (a name with a dot, not an ARN), all, or an ARN. */
static const char *name_principal(cfn_arena *arena, const cfn_node *value)
{
    const char *text = cfn__access_text(arena, value);
    bool is_service =
        cfn__ends_with(text, ".amazonaws.com") || cfn__ends_with(text, ".aws.internal");
    return strcmp(text, "*") == 0 ? text
                                  : cfn__format(arena, is_service ? "Service:%s" : "AWS:%s", text);
}

static const char *conditions_of(const cfn__access_walk *walk, const char *const *names)
{
    cfn_arena *arena = walk->access->arena;
    const char *all = NULL;
    for (size_t i = 0; i < MOST_CONDITIONS && names[i]; i++) {
        const cfn_node *value = property(walk, names[i]);
        if (value && !cfn__access_is_no_value(value))
            all = cfn__format(arena, "%s%s%s %s", all ? all : "", all ? " and " : "", names[i],
                              cfn__access_text(arena, value));
    }
    return all;
}

static void read_grant(const cfn__access_walk *walk, size_t row)
{
    cfn_arena *arena = walk->access->arena;
    cfn__access_statement s = {.resource = walk->resource,
                               .node = walk->resource->properties,
                               .kind = CFN__ACCESS_RESOURCE,
                               .effect = CFN__ACCESS_ALLOWS,
                               .when = walk->when};
    const cfn_node *actions = property(walk, "Action");
    if (!actions)
        actions = property(walk, "Actions");
    s.holders = targets(walk, grants[row].target);
    s.resources = s.holders;
    s.principals =
        cfn__access_set(arena, property(walk, "Principal"), name_principal, false, &s.varies);
    s.actions = cfn__access_set(arena, actions, cfn__access_text, true, &s.varies);
    s.condition = conditions_of(walk, grants[row].conditions);
    cfn__access_add_statement(walk->access, &s);
}

void cfn__access_read_resource_policy(const cfn__access_walk *walk)
{
    const char *type = walk->resource->type;
    for (size_t i = 0; i < COUNT(documents); i++) {
        if (strcmp(documents[i].type, type) != 0)
            continue;
        const cfn_node *document = cfn_node_find(walk->resource->properties, documents[i].document);
        cfn__access_read_policy(
            walk, document,
            &(cfn__access_policy){CFN__ACCESS_RESOURCE, targets(walk, documents[i].target)});
    }
    for (size_t i = 0; i < COUNT(grants); i++) {
        /* An event bus may have a whole statement instead. */
        const cfn_node *statement = property(walk, "Statement");
        if (strcmp(grants[i].type, type) == 0 && !statement)
            read_grant(walk, i);
        else if (strcmp(grants[i].type, type) == 0)
            cfn__access_read_policy(
                walk, walk->resource->properties,
                &(cfn__access_policy){CFN__ACCESS_RESOURCE, targets(walk, grants[i].target)});
    }
}
