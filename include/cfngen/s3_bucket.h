/* Cfngen::S3::Bucket: a bucket that is versioned, encrypted and closed to the public.
 *
 * Makes
 *   {Id}               AWS::S3::Bucket: versions are kept, no access control lists count, nothing
 *                      is public, uploads that were never finished go after a week
 *   {Id}Policy         AWS::S3::BucketPolicy: nothing without TLS
 *   {Id}ReadBy{Role}   AWS::IAM::Policy, for each role in GrantReadTo
 *   {Id}WriteBy{Role}  AWS::IAM::Policy, for each role in GrantWriteTo
 *
 * With EncryptionKey objects are encrypted with it (SSE-KMS with a bucket key, which asks KMS once
 * for many objects), else with keys of S3 (SSE-S3).
 *
 * The default DeletionPolicy is Retain, of the bucket, its policy and its key: CloudFormation
 * cannot delete a bucket that holds anything, older versions included. With Delete the bucket must
 * be emptied first, or the deletion of the stack fails (CFN4802).
 *
 * Lifecycle rules are checked as S3 does at deployment (CFN4801): the storage classes and days of
 * the transitions go up, S3 Standard-IA and One Zone-IA take objects of 30 days and keep them for
 * 30, and what expires does so after the last transition.
 *
 * Ref is the bucket's name. Attributes: Arn, RegionalDomainName.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
#ifndef CFNGEN_S3_BUCKET_H
#define CFNGEN_S3_BUCKET_H

#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* cfn_s3_bucket_existing takes the ARN of a bucket that exists. */
CFN_HANDLE(cfn_s3_bucket);

/* When objects, or their older versions, move to a cheaper class. */
typedef struct cfn_s3_transition {
    cfn_str storage_class; /* required: STANDARD_IA INTELLIGENT_TIERING ONEZONE_IA GLACIER_IR
                              GLACIER DEEP_ARCHIVE */
    cfn_int days;          /* required: since the object was made, or became an older version */
} cfn_s3_transition;

typedef CFN_LIST_OF(cfn_s3_transition) cfn_s3_transition_list;

/* What becomes of objects as they age. Defaults: the whole bucket, enabled true. */
typedef struct cfn_s3_lifecycle_rule {
    cfn_str id, prefix;
    cfn_bool enabled;
    cfn_s3_transition_list transitions;
    cfn_int expiration_in_days;
    cfn_s3_transition_list noncurrent_transitions;
    cfn_int noncurrent_expiration_in_days;
} cfn_s3_lifecycle_rule;

typedef CFN_LIST_OF(cfn_s3_lifecycle_rule) cfn_s3_lifecycle_rule_list;

#ifndef __cplusplus
/* .lifecycle_rules = CFN_LIFECYCLE_RULES({.transitions = CFN_TRANSITIONS({...}), ...}, {...}) */
#define CFN_LIFECYCLE_RULES(...) CFN_ITEMS(cfn_s3_lifecycle_rule, __VA_ARGS__)
#define CFN_TRANSITIONS(...)     CFN_ITEMS(cfn_s3_transition, __VA_ARGS__)
#endif

/* Defaults: name {id}-{environment}-{suffix}-{account}-{region}, since a name is taken for all
 * accounts; abort_incomplete_uploads_in_days 7; older versions are kept. */
typedef struct cfn_s3_bucket_props {
    cfn_str name; /* 3 to 63 small letters, digits and hyphens; no dots, which TLS cannot check */
    cfn_kms_key encryption_key;
    cfn_s3_lifecycle_rule_list lifecycle_rules;
    cfn_int noncurrent_expiration_in_days; /* of the whole bucket */
    cfn_int abort_incomplete_uploads_in_days;
    cfn_str_list grant_read_to, grant_write_to; /* names of roles */
    cfn_json_list policy_statements;            /* added to the bucket's policy */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_s3_bucket_props;

#define cfn_s3_bucket_add(stack, id, ...)                                                          \
    cfn_s3_bucket_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_s3_bucket cfn_s3_bucket_add_at(cfn_stack *stack, const char *id,
                                           const cfn_s3_bucket_props *props, const char *file,
                                           int line);

static inline cfn_str cfn_s3_bucket_arn(cfn_s3_bucket bucket)
{
    return bucket.handle.id ? cfn_att(bucket.handle.id, "Arn") : bucket.handle.value;
}

/* Holds nothing for a bucket that exists, whose name is known to you alone. */
static inline cfn_str cfn_s3_bucket_name(cfn_s3_bucket bucket)
{
    return bucket.handle.id ? cfn_ref(bucket.handle.id) : cfn_s(NULL);
}

CFN_END_DECLS

#endif
