/* A VPC with two private subnets and a MySQL instance in them, from typed resources alone: a loop,
 * intrinsic functions, a condition and policies. */
#include <cfngen/aws/ec2.h>
#include <cfngen/aws/rds.h>
#include <cfngen/cfngen.h>
#include <stdio.h>

enum { ZONES = 2 };

/* The n-th of the /24 blocks of the VPC, in the n-th zone of the region. */
static aws_ec2_Subnet add_subnet(cfn_stack *stack, aws_ec2_VPC vpc, int n)
{
    static const char *const ids[ZONES] = {"SubnetA", "SubnetB"};
    cfn_str blocks = cfn_cidr(stack, aws_ec2_VPC_CidrBlock(vpc), ZONES, 8);
    return aws_ec2_Subnet_add(stack, ids[n],
                              &(aws_ec2_Subnet_props){.AvailabilityZone = cfn_select(
                                                          stack, n, cfn_get_azs(stack, cfn_s(""))),
                                                      .CidrBlock = cfn_select(stack, n, blocks),
                                                      .MapPublicIpOnLaunch = cfn_b(false),
                                                      .VpcId = aws_ec2_VPC_Ref(vpc)});
}

static aws_ec2_SecurityGroup add_group(cfn_stack *stack, aws_ec2_VPC vpc)
{
    typedef aws_ec2_SecurityGroup_SecurityGroupIngress ingress;
    return aws_ec2_SecurityGroup_add(
        stack, "DatabaseGroup",
        &(aws_ec2_SecurityGroup_props){.GroupDescription = cfn_s("MySQL from within the VPC"),
                                       .SecurityGroupIngress =
                                           CFN_ITEMS(ingress, {.CidrIp = aws_ec2_VPC_CidrBlock(vpc),
                                                               .FromPort = cfn_i(3306),
                                                               .IpProtocol = cfn_s("tcp"),
                                                               .ToPort = cfn_i(3306)}),
                                       .VpcId = aws_ec2_VPC_Ref(vpc)});
}

static aws_rds_DBInstance add_database(cfn_stack *stack, const cfn_str *subnets,
                                       aws_ec2_SecurityGroup group)
{
    aws_rds_DBSubnetGroup place = aws_rds_DBSubnetGroup_add(
        stack, "DatabaseSubnets",
        &(aws_rds_DBSubnetGroup_props){.DBSubnetGroupDescription = cfn_s("Private subnets"),
                                       .SubnetIds = {.items = subnets, .count = ZONES}});
    cfn_str large = cfn_s("db.r6g.large"), small = cfn_s("db.t4g.medium");
    return aws_rds_DBInstance_add(
        stack, "Database",
        &(aws_rds_DBInstance_props){
            .AllocatedStorage = cfn_s("50"),
            .BackupRetentionPeriod = cfn_i(7),
            .DBInstanceClass = cfn_if(stack, "IsProduction", large, small),
            .DBSubnetGroupName = aws_rds_DBSubnetGroup_Ref(place),
            .DeletionProtection = cfn_b(false),
            .Engine = cfn_s("mysql"),
            .EngineVersion = cfn_s("8.4.5"),
            .ManageMasterUserPassword = cfn_b(true),
            .MasterUsername = cfn_s("admin"),
            .MultiAZ = cfn_b_of(cfn_if(stack, "IsProduction", cfn_s("true"), cfn_s("false"))),
            .PubliclyAccessible = cfn_b(false),
            .StorageEncrypted = cfn_b(true),
            .StorageType = cfn_s("gp3"),
            .Tags = CFN_ITEMS(cfn_tag, {.Key = cfn_s("Name"), .Value = cfn_ref("AWS::StackName")}),
            .VPCSecurityGroups = CFN_LIST(aws_ec2_SecurityGroup_GroupId(group)),
            .attributes = {.deletion_policy = "Snapshot", .update_replace_policy = "Snapshot"}});
}

static void add_all(cfn_stack *stack)
{
    cfn_parameter_add(
        stack, "Stage",
        &(cfn_parameter_props){.default_value = "test",
                               .allowed_values = CFN_LIST(cfn_s("test"), cfn_s("production"))});
    cfn_condition_add(stack, "IsProduction",
                      cfn_equals(stack, cfn_ref("Stage"), cfn_s("production")));
    aws_ec2_VPC vpc = aws_ec2_VPC_add(stack, "Vpc",
                                      &(aws_ec2_VPC_props){.CidrBlock = cfn_s("10.20.0.0/16"),
                                                           .EnableDnsHostnames = cfn_b(true),
                                                           .EnableDnsSupport = cfn_b(true)});
    cfn_str subnets[ZONES];
    for (int n = 0; n < ZONES; n++)
        subnets[n] = aws_ec2_Subnet_Ref(add_subnet(stack, vpc, n));
    aws_rds_DBInstance database = add_database(stack, subnets, add_group(stack, vpc));
    cfn_output_add(stack, "Address",
                   &(cfn_output_props){.value = aws_rds_DBInstance_Endpoint_Address(database)});
    cfn_output_add(
        stack, "Secret",
        &(cfn_output_props){.value = aws_rds_DBInstance_MasterUserSecret_SecretArn(database)});
}

int main(void)
{
    cfn_stack *stack = cfn_stack_new(NULL);
    if (!stack)
        return 1;
    add_all(stack);
    bool written = cfn_stack_write(stack, "-", NULL);
    const char *said = cfn_diagnostics_text(cfn_stack_diagnostics(stack), false);
    fputs(said ? said : "", stderr);
    cfn_stack_free(stack);
    return written ? 0 : 1;
}
