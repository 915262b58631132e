/* It is called Engine.
 * expect-gcc: no member named .Engin.
 * expect-clang: field designator .Engin. does not refer to any field */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C",
                          &(aws_rds_DBCluster_props){.Engin = cfn_s("aurora-mysql")});
}
