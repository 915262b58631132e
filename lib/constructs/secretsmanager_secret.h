/* What the files of Cfngen::SecretsManager::Secret share. */
#ifndef CFN_CONSTRUCTS_SECRETSMANAGER_SECRET_H
#define CFN_CONSTRUCTS_SECRETSMANAGER_SECRET_H

#include "constructs/constructs.h"

extern const cfn_record cfn__secret_rotation_record;

/* Whether the secret is attached to a cluster, or rotated, by this stack. */
bool cfn__secret_is_attached(const cfn_secretsmanager_secret_props *props);
bool cfn__secret_is_rotated(const cfn_secretsmanager_secret_props *props);

/* Whether it is the secret that RDS makes and rotates for a master user. */
bool cfn__is_managed_secret(cfn_str arn);

/* Makes the attachment and the schedule, as far as they are asked for. */
void cfn__expand_secret_rotation(cfn__expansion *x, cfn__construct *c);

#endif
