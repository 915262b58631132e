/* The object of another property does not fit.
 * expect: incompatible pointer type */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C",
                          &(aws_rds_DBCluster_props){.ServerlessV2ScalingConfiguration =
                                                         &(aws_rds_DBCluster_ScalingConfiguration){
                                                             .MinCapacity = cfn_i(1)}});
}
