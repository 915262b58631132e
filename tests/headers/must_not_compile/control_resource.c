/* What the mistakes of bindings are mistakes of. This one must compile, too. */
#include "resource.h"

void control(void)
{
    aws_rds_DBCluster cluster = aws_rds_DBCluster_add(
        some_stack(), "Cluster",
        &(aws_rds_DBCluster_props){
            .Engine = cfn_s("aurora-mysql"),
            .StorageEncrypted = cfn_b(true),
            .BackupRetentionPeriod = cfn_i(0),
            .KmsKeyId = aws_kms_Key_Arn(some_key()),
            .ServerlessV2ScalingConfiguration =
                &(aws_rds_DBCluster_ServerlessV2ScalingConfiguration){.MinCapacity = cfn_n(0.5)},
            .AssociatedRoles =
                CFN_ITEMS(aws_rds_DBCluster_AssociatedRoles, {.RoleArn = cfn_s("arn")}),
            .Tags = CFN_ITEMS(cfn_tag, {.Key = cfn_s("a"), .Value = cfn_s("b")}),
        });
    cfn_output_add(some_stack(), "Address",
                   &(cfn_output_props){.value = aws_rds_DBCluster_Endpoint_Address(cluster)});
}
