/* The props of another type do not fit.
 * expect: incompatible pointer type */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C", &(aws_rds_DBInstance_props){.Engine = cfn_s("mysql")});
}
