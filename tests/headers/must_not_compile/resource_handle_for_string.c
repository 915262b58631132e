/* A handle is no string: its Arn is one, and its Ref.
 * expect-gcc: incompatible types when initializing
 * expect-clang: initializer for aggregate with no elements */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(some_stack(), "C", &(aws_rds_DBCluster_props){.KmsKeyId = some_key()});
}
