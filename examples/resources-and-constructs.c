/* Typed resources beside constructs: each takes what the other answers. A construct makes an Aurora
 * cluster; alarms, a topic and a key are resources. */
#include <cfngen/aws/cloudwatch.h>
#include <cfngen/aws/kms.h>
#include <cfngen/aws/rds.h>
#include <cfngen/aws/sns.h>
#include <cfngen/cfngen.h>
#include <stdio.h>

/* The key of a resource type, where a construct wants a handle: one that exists. */
static cfn_kms_key add_key(cfn_stack *stack)
{
    aws_kms_Key key = aws_kms_Key_add(
        stack, "Key",
        &(aws_kms_Key_props){
            .EnableKeyRotation = cfn_b(true),
            .KeyPolicy = cfn_json_text(
                stack, "{\"Version\": \"2012-10-17\", \"Statement\": ["
                       "{\"Effect\": \"Allow\", \"Action\": \"kms:*\", \"Resource\": \"*\","
                       " \"Principal\": {\"AWS\":"
                       " {\"Fn::Sub\": \"arn:${AWS::Partition}:iam::${AWS::AccountId}:root\"}}},"
                       "{\"Effect\": \"Allow\", \"Resource\": \"*\","
                       " \"Action\": [\"kms:Encrypt*\", \"kms:Decrypt*\", \"kms:ReEncrypt*\","
                       " \"kms:GenerateDataKey*\", \"kms:Describe*\"],"
                       " \"Principal\": {\"Service\":"
                       " {\"Fn::Sub\": \"logs.${AWS::Region}.amazonaws.com\"}}},"
                       "{\"Effect\": \"Allow\", \"Resource\": \"*\","
                       " \"Action\": [\"kms:Decrypt\", \"kms:GenerateDataKey*\"],"
                       " \"Principal\": {\"Service\": \"cloudwatch.amazonaws.com\"}}]}"),
            .attributes = {.deletion_policy = "Retain", .update_replace_policy = "Retain"}});
    return cfn_kms_key_existing(aws_kms_Key_Arn(key));
}

static cfn_rds_aurora_cluster add_cluster(cfn_stack *stack, cfn_kms_key key)
{
    cfn_ec2_network network = cfn_ec2_network_add(stack, "Network", NULL);
    cfn_ec2_security_group group = cfn_ec2_security_group_add(
        stack, "DatabaseGroup", &(cfn_ec2_security_group_props){.network = network});
    return cfn_rds_aurora_cluster_add(
        stack, "Database",
        &(cfn_rds_aurora_cluster_props){.engine = cfn_s(CFN_AURORA_MYSQL),
                                        .network = network,
                                        .security_groups = CFN_ITEMS(cfn_ec2_security_group, group),
                                        .encryption_key = key});
}

/* What a construct answers is a value like any other; its key is one with cfn_kms_key_arn. */
static void add_alarm(cfn_stack *stack, cfn_rds_aurora_cluster cluster, cfn_kms_key key)
{
    aws_sns_Topic topic = aws_sns_Topic_add(
        stack, "Alarms", &(aws_sns_Topic_props){.KmsMasterKeyId = cfn_kms_key_arn(key)});
    aws_cloudwatch_Alarm_add(
        stack, "BusyAlarm",
        &(aws_cloudwatch_Alarm_props){
            .AlarmActions = CFN_LIST(aws_sns_Topic_Ref(topic)),
            .ComparisonOperator = cfn_s("GreaterThanThreshold"),
            .Dimensions = CFN_ITEMS(aws_cloudwatch_Alarm_Dimensions,
                                    {.Name = cfn_s("DBClusterIdentifier"),
                                     .Value = cfn_rds_aurora_cluster_identifier(cluster)}),
            .EvaluationPeriods = cfn_i(3),
            .MetricName = cfn_s("CPUUtilization"),
            .Namespace = cfn_s("AWS/RDS"),
            .Period = cfn_i(60),
            .Statistic = cfn_s("Average"),
            .Threshold = cfn_n(80)});
}

static void add_all(cfn_stack *stack)
{
    cfn_kms_key key = add_key(stack);
    cfn_rds_aurora_cluster cluster = add_cluster(stack, key);
    add_alarm(stack, cluster, key);
    /* A construct has the id of its primary resource, so its other attributes are there, too. */
    aws_rds_DBCluster database = aws_rds_DBCluster_named("Database");
    cfn_output_add(stack, "Resource",
                   &(cfn_output_props){.value = aws_rds_DBCluster_DBClusterResourceId(database)});
    cfn_output_add(stack, "Endpoint",
                   &(cfn_output_props){.value = cfn_rds_aurora_cluster_endpoint(cluster)});
}

int main(void)
{
    cfn_stack *stack = cfn_stack_new(&(cfn_stack_options){.environment = "test", .suffix = "v1"});
    if (!stack)
        return 1;
    add_all(stack);
    bool written = cfn_stack_write(stack, "-", NULL);
    const char *said = cfn_diagnostics_text(cfn_stack_diagnostics(stack), false);
    fputs(said ? said : "", stderr);
    cfn_stack_free(stack);
    return written ? 0 : 1;
}
