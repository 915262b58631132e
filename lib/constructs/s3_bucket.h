/* The lifecycle of a bucket, which s3_bucket.c has made. */
#ifndef CFN_CONSTRUCTS_S3_BUCKET_H
#define CFN_CONSTRUCTS_S3_BUCKET_H

#include "constructs/constructs.h"

#include <cfngen/aws/s3.h>
#include <cfngen/s3_bucket.h>

extern const cfn_record cfn__s3_lifecycle_rule_record;

/* Reports what S3 would refuse (CFN4801) and what never frees anything (CFN4803). */
void cfn__check_s3_lifecycle(cfn__expansion *x, const cfn__construct *c);

/* The user's rules, then one for the whole bucket; in the arena. */
const aws_s3_Bucket_LifecycleConfiguration *cfn__s3_lifecycle(const cfn__construct *c);

#endif
