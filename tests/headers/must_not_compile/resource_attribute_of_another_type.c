/* A key has no endpoint.
 * expect-gcc: incompatible type for argument 1
 * expect-clang: passing 'aws_kms_Key' */
#include "resource.h"

void mistake(void)
{
    cfn_output_add(some_stack(), "A",
                   &(cfn_output_props){.value = aws_rds_DBCluster_Endpoint_Address(some_key())});
}
