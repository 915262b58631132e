/* CloudFormation tells the ARN of a cluster, and takes none.
 * expect-gcc: no member named .DBClusterArn.
 * expect-clang: field designator .DBClusterArn. does not refer to any field */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C",
                          &(aws_rds_DBCluster_props){.DBClusterArn = cfn_s("arn")});
}
