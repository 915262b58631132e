/* It is called MinCapacity.
 * expect-gcc: no member named .MinCapacty.
 * expect-clang: field designator .MinCapacty. does not refer to any field */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(
        some_stack(), "C",
        &(aws_rds_DBCluster_props){
            .ServerlessV2ScalingConfiguration =
                &(aws_rds_DBCluster_ServerlessV2ScalingConfiguration){.MinCapacty = cfn_n(1)}});
}
