/* Properties go by name: in newer facts their order may be another one.
 * expect-gcc: incompatible types when initializing|excess elements
 * expect-clang: initializer for aggregate with no elements */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C", &(aws_rds_DBCluster_props){cfn_i(20)});
}
