/* The parts of Cfngen::RDS::Instance that have a file of their own. */
#ifndef CFN_CONSTRUCTS_RDS_INSTANCE_H
#define CFN_CONSTRUCTS_RDS_INSTANCE_H

#include "constructs/rds.h"

/* What wiring works out once. */
typedef struct cfn__rds_instance_state {
    cfn_node *name;
} cfn__rds_instance_state;

void cfn__wire_rds_instance(cfn__expansion *x, cfn__construct *c);
void cfn__expand_rds_instance(cfn__expansion *x, cfn__construct *c);

/* When nothing is said; the storage in GiB. */
#define CFN__RDS_CLASS "db.r6g.large"
enum { CFN__RDS_STORAGE = 100 };

/* The domain rules that one construct alone can break. */
void cfn__check_rds_instance(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                             const cfn_node *parameters);

#endif
