/* The parts of Cfngen::RDS::AuroraCluster that have a file of their own. */
#ifndef CFN_CONSTRUCTS_RDS_AURORA_CLUSTER_H
#define CFN_CONSTRUCTS_RDS_AURORA_CLUSTER_H

#include "constructs/rds.h"

/* What wiring works out once. */
typedef struct cfn__aurora_state {
    cfn_node *name; /* of the cluster */
} cfn__aurora_state;

void cfn__wire_aurora_cluster(cfn__expansion *x, cfn__construct *c);
void cfn__expand_aurora_cluster(cfn__expansion *x, cfn__construct *c);

/* Whether Backtrack is asked for, with a window of more than nothing. */
bool cfn__aurora_backtracks(const cfn_rds_aurora_cluster_props *props);

/* Whether binary log or logical replication is switched on: as asked, else unless Backtrack is. */
bool cfn__aurora_has_cdc(const cfn_rds_aurora_cluster_props *props);

/* The Parameters of the two groups, as maps of strings. */
cfn_node *cfn__aurora_cluster_parameters(cfn__expansion *x, const cfn__construct *c);
cfn_node *cfn__aurora_instance_parameters(cfn__expansion *x, const cfn__construct *c);

/* Those of the readers: the writer's, and what ReaderParameters says else. */
cfn_node *cfn__aurora_reader_parameters(cfn__expansion *x, const cfn__construct *c,
                                        const cfn_node *of_writer);

/* The domain rules that one construct alone can break. */
void cfn__check_aurora_cluster(cfn__expansion *x, const cfn__construct *c);

#endif
