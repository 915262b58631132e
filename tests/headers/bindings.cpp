// Typed resources from C++: plain assignment, and the same values as from C.
#include <cfngen/aws/kms.h>
#include <cfngen/aws/rds.h>
#include <cfngen/cfngen.h>
#include <stdio.h>

int main()
{
    cfn_stack *stack = cfn_stack_new(nullptr);
    aws_kms_Key_props key_props = {};
    key_props.EnableKeyRotation = cfn_b(false);
    key_props.attributes.deletion_policy = "Retain";
    key_props.attributes.update_replace_policy = "Retain";
    aws_kms_Key key = aws_kms_Key_add(stack, "Key", &key_props);

    aws_rds_DBCluster_ServerlessV2ScalingConfiguration scaling = {};
    scaling.MinCapacity = cfn_n(0);
    scaling.MaxCapacity = cfn_n(4);
    cfn_tag tags[2] = {};
    tags[0].Key = cfn_s("Team");
    tags[0].Value = cfn_s("data");
    tags[1].Key = cfn_s("Stack");
    tags[1].Value = cfn_ref("AWS::StackName");
    aws_rds_DBCluster_props props = {};
    props.Engine = cfn_s("aurora-mysql");
    props.MasterUsername = cfn_s("admin");
    props.ManageMasterUserPassword = cfn_b(true);
    props.KmsKeyId = aws_kms_Key_Arn(key);
    props.StorageEncrypted = cfn_b(true);
    props.ServerlessV2ScalingConfiguration = &scaling;
    props.Tags.items = tags;
    props.Tags.count = 2;
    aws_rds_DBCluster cluster = aws_rds_DBCluster_add(stack, "Cluster", &props);

    cfn_output_props output = {};
    output.value = aws_rds_DBCluster_Endpoint_Address(cluster);
    cfn_output_add(stack, "Address", &output);
    bool written = cfn_stack_write(stack, "-", nullptr);
    fputs(cfn_diagnostics_text(cfn_stack_diagnostics(stack), false), stderr);
    cfn_stack_free(stack);
    return written ? 0 : 1;
}
