/* The ARN of the secret is answered, too.
 * expect-gcc: no member named .SecretArn.
 * expect-clang: field designator .SecretArn. does not refer to any field */
#include "resource.h"

void mistake(void)
{
    aws_rds_DBCluster_add(
        some_stack(), "C",
        &(aws_rds_DBCluster_props){
            .MasterUserSecret = &(aws_rds_DBCluster_MasterUserSecret){.SecretArn = cfn_s("arn")}});
}
