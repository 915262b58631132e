/* StorageEncrypted is a boolean.
 * expect-gcc: incompatible types when initializing
 * expect-clang: initializer for aggregate with no elements */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C",
                          &(aws_rds_DBCluster_props){.StorageEncrypted = cfn_s("true")});
}
