/* Cfngen::S3::Bucket: the bucket, its policy and who may use it. */
#include "constructs/s3_bucket.h"
#include "base/text.h"

#include <string.h>

typedef cfn_s3_bucket_props props_type;
typedef aws_s3_Bucket_BucketEncryption_ServerSideEncryptionConfiguration encryption_rule;
typedef aws_s3_Bucket_BucketEncryption_ServerSideEncryptionConfiguration_ServerSideEncryptionByDefault
    encryption_default;

/* What goes with the stack goes because the user said so. */
static bool is_deleted(const cfn__construct *c)
{
    const char *policy = c->attributes->deletion_policy;
    return policy && strcmp(policy, "Delete") == 0;
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const char *replaced = c->attributes->update_replace_policy;
    if (!is_deleted(c) || (replaced && strcmp(replaced, "Delete") != 0))
        cfn__kms_key_keep(x, ((const props_type *)c->props)->encryption_key, c);
}

/* ---- checks ---- */

/* https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
static const char *fault_of(const char *name)
{
    static const char *const prefixes[] = {"xn--", "sthree-", "amzn-s3-demo-"};
    static const char *const suffixes[] = {"-s3alias", "--ol-s3", "--x-s3", "--table-s3"};
    size_t length = strlen(name);
    if (length < 3)
        return "is too short: 3 characters at least";
    if (!cfn__is_alphanumeric(name[0]) || !cfn__is_alphanumeric(name[length - 1]))
        return "must start and end with a letter or a digit";
    for (size_t i = 0; i < CFN__COUNT(prefixes); i++)
        if (cfn__starts_with(name, prefixes[i]))
            return "starts as names that S3 reserves do";
    for (size_t i = 0; i < CFN__COUNT(suffixes); i++)
        if (cfn__ends_with(name, suffixes[i]))
            return "ends as names that S3 reserves do";
    return NULL;
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *name = cfn__literal(props->name), *fault = name && *name ? fault_of(name) : NULL;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (fault) {
        cfn__report_property(x, c, "Name", CFN2012, "as a bucket name, \"%s\" %s", name, fault);
        cfn__hint(diagnostics, "use another name, or leave Name out");
    }
    cfn__check_s3_lifecycle(x, c);
    if (!is_deleted(c))
        return;
    cfn__report_property(x, c, NULL, CFN4802,
                         "while %s holds anything, older versions included, the deletion of the "
                         "stack fails",
                         c->id);
    cfn__hint(diagnostics, "empty it before; or leave DeletionPolicy out: the bucket is kept");
}

/* ---- the bucket's policy ---- */

static cfn_node *objects(const cfn__construct *c)
{
    return cfn__sub_node(&c->make, cfn__format(c->make.arena, "${%s.Arn}/*", c->id));
}

static void make_policy(cfn__expansion *x, cfn__construct *c)
{
    static const char *const all[] = {"s3:*", NULL};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *statement = cfn__statement(make, "TlsAlone", cfn__string(make, "*"), all);
    cfn__set(statement, "Effect", cfn__string(make, "Deny"));
    cfn__put(statement, "Resource",
             cfn__append(cfn__append(cfn__list(make), cfn__get_att_node(make, c->id, "Arn")),
                         objects(c)));
    cfn__put(
        statement, "Condition",
        cfn__policy_condition(make, "Bool", "aws:SecureTransport", cfn__string(make, "false")));
    cfn_node *statements = cfn__append(cfn__list(make), statement);
    for (size_t i = 0; i < props->policy_statements.count; i++)
        cfn__append(statements, cfn__json_node(make, props->policy_statements.items[i]));
    cfn_node *policy =
        CFN__RESOURCE(aws_s3_BucketPolicy, x, c, "Policy",
                      &(aws_s3_BucketPolicy_props){.Bucket = cfn_ref(c->id),
                                                   .PolicyDocument = cfn__json_of_node(
                                                       cfn__policy_document(make, statements))});
    cfn__resource_policies(x, policy, "Retain"); /* as the bucket, which it protects */
    cfn__resource_completes(c, policy);
}

/* ---- grants ---- */

static cfn_node *allow(const cfn__construct *c, const char *sid, const char *const *actions,
                       cfn_node *resource)
{
    return cfn__put(cfn__statement(&c->make, sid, NULL, actions), "Resource", resource);
}

/* What a role may do with the objects, and with the key through S3. */
static cfn_node *object_statements(const cfn__construct *c, const char *sid,
                                   const char *const *actions, const char *const *key_actions)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *list = cfn__append(cfn__list(make), allow(c, sid, actions, objects(c)));
    if (!cfn__handle_is_set(&props->encryption_key.handle))
        return list;
    cfn_node *statement = allow(c, "EncryptObjects", key_actions,
                                cfn__str_node(make, cfn_kms_key_arn(props->encryption_key)));
    cfn__put(statement, "Condition",
             cfn__policy_condition(make, "StringEquals", "kms:ViaService",
                                   cfn__sub_node(make, "s3.${AWS::Region}.amazonaws.com")));
    return cfn__append(list, statement);
}

static void grant(cfn__expansion *x, cfn__construct *c)
{
    static const char *const get[] = {"s3:GetObject", NULL};
    static const char *const put[] = {"s3:AbortMultipartUpload", "s3:PutObject", NULL};
    static const char *const find[] = {"s3:ListBucket", NULL};
    static const char *const decrypt[] = {"kms:Decrypt", NULL};
    static const char *const encrypt[] = {"kms:Decrypt", "kms:GenerateDataKey", NULL};
    const props_type *props = c->props;
    cfn_node *reading = object_statements(c, "ReadObjects", get, decrypt);
    cfn__append(reading, allow(c, "ListObjects", find, cfn__get_att_node(&c->make, c->id, "Arn")));
    cfn__grant(x, c, "GrantReadTo", "ReadBy", &props->grant_read_to, reading);
    cfn__grant(x, c, "GrantWriteTo", "WriteBy", &props->grant_write_to,
               object_statements(c, "WriteObjects", put, encrypt));
}

/* ---- the bucket ---- */

/* Names are taken for all accounts and regions of the world, so a made name has both. */
static cfn_node *name_of(cfn__expansion *x, const cfn__construct *c)
{
    enum { LONGEST = 63, ACCOUNT = 13, REGION = 15 };
    static const cfn__name_rule given = {"a bucket name", LONGEST, "", true, false};
    static const cfn__name_rule made = {"a bucket name", LONGEST - ACCOUNT - REGION, "", true,
                                        false};
    const props_type *props = c->props;
    if (cfn__is_set(props->name))
        return cfn__name_or(x, c, props->name, "Name", "", &given);
    return cfn__concat(&c->make, "", cfn__name(x, c, "", &made),
                       "-${AWS::AccountId}-${AWS::Region}");
}

static void make_bucket(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *name = name_of(x, c);
    bool has_key = cfn__handle_is_set(&props->encryption_key.handle);
    const encryption_default by_default = {.KMSMasterKeyID = cfn_kms_key_arn(props->encryption_key),
                                           .SSEAlgorithm = cfn_s(has_key ? "aws:kms" : "AES256")};
    encryption_rule rule = {.ServerSideEncryptionByDefault = &by_default};
    if (has_key)
        rule.BucketKeyEnabled = cfn_b(true);
    const aws_s3_Bucket_BucketEncryption encryption = {
        .ServerSideEncryptionConfiguration = {.items = &rule, .count = 1}};
    const aws_s3_Bucket_OwnershipControls_Rules owner = {.ObjectOwnership =
                                                             cfn_s("BucketOwnerEnforced")};
    const aws_s3_Bucket_OwnershipControls ownership = {.Rules = {.items = &owner, .count = 1}};
    const aws_s3_Bucket_PublicAccessBlockConfiguration closed = {
        .BlockPublicAcls = cfn_b(true),
        .BlockPublicPolicy = cfn_b(true),
        .IgnorePublicAcls = cfn_b(true),
        .RestrictPublicBuckets = cfn_b(true),
    };
    const aws_s3_Bucket_VersioningConfiguration versioning = {.Status = cfn_s("Enabled")};
    cfn_node *bucket =
        CFN__RESOURCE(aws_s3_Bucket, x, c, "",
                      &(aws_s3_Bucket_props){.BucketEncryption = &encryption,
                                             .BucketName = cfn_of_node(name),
                                             .LifecycleConfiguration = cfn__s3_lifecycle(c),
                                             .OwnershipControls = &ownership,
                                             .PublicAccessBlockConfiguration = &closed,
                                             .Tags = cfn__tags(x, c, name, props->tags),
                                             .VersioningConfiguration = &versioning});
    cfn__resource_policies(x, bucket, "Retain");
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    check(x, c);
    make_bucket(x, c);
    make_policy(x, c);
    grant(x, c);
}

/* ---- tables ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_s3_bucket_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "BucketName",
     .default_text = "{id}-{environment}-{suffix}-{account}-{region}",
     .doc = "The name of the bucket, which nobody else in the world may have."},
    {ROW(HANDLE, "EncryptionKey", encryption_key),
     .also = "KmsKeyId KMSMasterKeyID BucketEncryption", .construct = "Cfngen::KMS::Key",
     .default_text = "keys of S3",
     .doc = "The key that objects are encrypted with, through a bucket key."},
    {ROW(RECORD_LIST, "LifecycleRules", lifecycle_rules), .also = "LifecycleConfiguration Rules",
     .base.record = &cfn__s3_lifecycle_rule_record, .doc = "What becomes of objects as they age."},
    {ROW(INT, "NoncurrentExpirationInDays", noncurrent_expiration_in_days),
     .also = "NoncurrentVersionExpiration NoncurrentVersionExpirationInDays NoncurrentDays",
     .min = 1, .max = 36500, .default_text = "they are kept",
     .doc = "When older versions in the whole bucket are deleted."},
    {ROW(INT, "AbortIncompleteUploadsInDays", abort_incomplete_uploads_in_days),
     .also = "AbortIncompleteMultipartUpload DaysAfterInitiation", .min = 1, .max = 36500,
     .default_text = "7", .doc = "When the parts of uploads that were never finished go."},
    {ROW(STR_LIST, "GrantReadTo", grant_read_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles (!Ref of a role) that may read and list the objects."},
    {ROW(STR_LIST, "GrantWriteTo", grant_write_to), .flags = CFN__WRITTEN_OUT,
     .doc = "The names of roles that may write objects."},
    {ROW(JSON_LIST, "PolicyStatements", policy_statements), .also = "BucketPolicy PolicyDocument",
     .flags = CFN__WRITTEN_OUT, .doc = "Further statements of the bucket's policy."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the bucket, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_s3_bucket_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Arn", "the ARN of the bucket"},
    {"RegionalDomainName", "its host in the region of the stack"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::S3::Bucket", "the bucket"},
    {"Policy", "AWS::S3::BucketPolicy", "nothing without TLS, and PolicyStatements"},
    {"ReadBy{Role}", "AWS::IAM::Policy", "the right to read, for each role"},
    {"WriteBy{Role}", "AWS::IAM::Policy", "the right to write, for each role"},
};

const cfn__construct_type cfn__s3_bucket_type = {
    .name = "Cfngen::S3::Bucket",
    .doc = "A bucket that keeps versions, is encrypted, closed to the public and reached over TLS "
           "alone, with a lifecycle that is checked. It is kept when the stack is deleted, and so "
           "is its key: CloudFormation deletes no bucket that holds anything.",
    .ref_doc = "the name of the bucket",
    .props = CFN__RECORD("Cfngen::S3::Bucket", cfn_s3_bucket_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_s3_bucket cfn_s3_bucket_add_at(cfn_stack *stack, const char *id,
                                   const cfn_s3_bucket_props *props, const char *file, int line)
{
    return cfn_s3_bucket_named(
        cfn__construct_add(stack, &cfn__s3_bucket_type, id, props, file, line));
}
