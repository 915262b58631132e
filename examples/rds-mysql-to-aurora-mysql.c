/* The blueprint templates/rds-mysql-to-aurora-mysql.yaml as a C program: it prints the same bytes.
 *
 *     cc rds-mysql-to-aurora-mysql.c -lcfngen -ljansson -lyaml && ./a.out > template.json */
#include <cfngen/cfngen.h>
#include <stdio.h>

static void add_parameters(cfn_stack *stack)
{
    cfn_parameter_add(stack, "ProductionVpcId",
                      &(cfn_parameter_props){
                          .type = "AWS::EC2::VPC::Id",
                          .description = "The production VPC, peered with the development VPC"});
    cfn_parameter_add(
        stack, "ProductionSubnetIds",
        &(cfn_parameter_props){.type = "List<AWS::EC2::Subnet::Id>",
                               .description =
                                   "Private subnets of the production VPC in two zones or more"});
    cfn_parameter_add(stack, "ProductionZones",
                      &(cfn_parameter_props){.type = "List<AWS::EC2::AvailabilityZone::Name>",
                                             .description =
                                                 "The zones of those subnets, two or more, for the "
                                                 "writer and the reader"});
    cfn_parameter_add(stack, "SourceDatabaseSecurityGroupId",
                      &(cfn_parameter_props){
                          .type = "AWS::EC2::SecurityGroup::Id",
                          .description = "The security group of the source RDS MySQL instance"});
    cfn_parameter_add(
        stack, "MasterSecretArn",
        &(cfn_parameter_props){
            .description = "The ARN of the existing secret with the username and the password of "
                           "the master user",
            .allowed_pattern = "^arn:aws[a-z-]*:secretsmanager:.+:secret:.+-[A-Za-z0-9]{6}$"});
    cfn_parameter_add(stack, "InstanceClass",
                      &(cfn_parameter_props){.description = "The class of the Aurora instances",
                                             .default_value = "db.r6g.large",
                                             .allowed_pattern = "^db\\.[a-z0-9]+\\.[a-z0-9]+$"});
}

typedef struct security_groups {
    cfn_ec2_security_group migration, production;
} security_groups;

/* Groups may name each other before both are added: nothing is expanded before synth. */
static security_groups add_security_groups(cfn_stack *stack, cfn_ec2_network network)
{
    cfn_ec2_security_group development = cfn_ec2_security_group_named("DevelopmentSecurityGroup");
    cfn_ec2_security_group migration = cfn_ec2_security_group_add(
        stack, "MigrationSecurityGroup",
        &(cfn_ec2_security_group_props){.network = network,
                                        .description = cfn_s("Migration tools"),
                                        .egress =
                                            CFN_RULES({.peer = development,
                                                       .port = cfn_i(3306),
                                                       .description = cfn_s("Source database")})});
    cfn_ec2_security_group_add(
        stack, "DevelopmentSecurityGroup",
        &(cfn_ec2_security_group_props){.group_id = cfn_ref("SourceDatabaseSecurityGroupId"),
                                        .ingress =
                                            CFN_RULES({.peer = migration,
                                                       .port = cfn_i(3306),
                                                       .description = cfn_s("Migration tools")})});
    cfn_ec2_security_group production = cfn_ec2_security_group_add(
        stack, "ProductionSecurityGroup",
        &(cfn_ec2_security_group_props){.network = network,
                                        .description = cfn_s("Production Aurora cluster"),
                                        .ingress =
                                            CFN_RULES({.peer = migration,
                                                       .port = cfn_i(3306),
                                                       .description = cfn_s("Migration tools")})});
    return (security_groups){migration, production};
}

static cfn_rds_aurora_cluster add_cluster(cfn_stack *stack, cfn_ec2_network network,
                                          cfn_ec2_security_group group, cfn_kms_key key)
{
    cfn_secretsmanager_secret master = cfn_secretsmanager_secret_add(
        stack, "MasterSecret",
        &(cfn_secretsmanager_secret_props){.secret_arn = cfn_ref("MasterSecretArn")});
    return cfn_rds_aurora_cluster_add(
        stack, "AuroraCluster",
        &(cfn_rds_aurora_cluster_props){
            .engine = cfn_s(CFN_AURORA_MYSQL),
            .network = network,
            .security_groups = CFN_ITEMS(cfn_ec2_security_group, group),
            .encryption_key = key,
            .master_secret = master,
            .instance_class = cfn_ref("InstanceClass"),
            .readers = cfn_i(1),
            .backup_retention_period = cfn_i(7),
            .log_exports = CFN_LIST(cfn_s("audit"), cfn_s("error"), cfn_s("slowquery")),
            .mysql_parameters = {.character_set_server = cfn_s("utf8mb4"),
                                 .collation_server = cfn_s("utf8mb4_0900_ai_ci"),
                                 .time_zone = cfn_s("UTC"),
                                 .max_allowed_packet = cfn_i(67108864),
                                 .log_bin_trust_function_creators = cfn_b(true),
                                 .long_query_time = cfn_n(2)}});
}

static void add_output(cfn_stack *stack, const char *id, const char *description, cfn_str value)
{
    cfn_output_add(stack, id, &(cfn_output_props){.value = value, .description = description});
}

static void add_outputs(cfn_stack *stack, cfn_rds_aurora_cluster cluster, security_groups groups,
                        cfn_kms_key key)
{
    add_output(stack, "AuroraClusterIdentifier", "The identifier of the cluster",
               cfn_rds_aurora_cluster_identifier(cluster));
    add_output(stack, "AuroraClusterEndpoint", "The host name of the writer",
               cfn_rds_aurora_cluster_endpoint(cluster));
    add_output(stack, "AuroraReaderEndpoint", "The host name of the readers",
               cfn_rds_aurora_cluster_reader_endpoint(cluster));
    add_output(stack, "AuroraClusterPort", "The port of the cluster",
               cfn_rds_aurora_cluster_port(cluster));
    add_output(stack, "AuroraWriterIdentifier", "The identifier of the writer",
               cfn_att("AuroraCluster", "Writer"));
    add_output(stack, "ProductionSecurityGroupId", "The security group of the cluster",
               cfn_ec2_security_group_id(groups.production));
    add_output(stack, "MigrationSecurityGroupId",
               "The security group for tools that read the source and write to the cluster",
               cfn_ref("MigrationSecurityGroup"));
    add_output(stack, "EncryptionKeyArn", "The key that encrypts the cluster",
               cfn_kms_key_arn(key));
}

int main(void)
{
    cfn_stack *stack = cfn_stack_new(NULL);
    if (!stack)
        return 1;
    cfn_stack_set_description(stack, "The Aurora MySQL target of a migration from RDS MySQL");
    cfn_stack_add_tag(stack, "Project", cfn_s("database-migration"));
    add_parameters(stack);
    cfn_kms_key key = cfn_kms_key_add(
        stack, "MigrationKey",
        &(cfn_kms_key_props){
            .description =
                cfn_s("Encrypts the production database, its backups, insights and logs")});
    cfn_ec2_network network = cfn_ec2_network_add(
        stack, "ProductionNetwork",
        &(cfn_ec2_network_props){.vpc_id = cfn_ref("ProductionVpcId"),
                                 .subnet_ids = {.all = cfn_ref("ProductionSubnetIds")},
                                 .availability_zones = {.all = cfn_ref("ProductionZones")}});
    security_groups groups = add_security_groups(stack, network);
    cfn_rds_aurora_cluster cluster = add_cluster(stack, network, groups.production, key);
    add_outputs(stack, cluster, groups, key);

    bool written = cfn_stack_write(stack, "-", NULL);
    const char *said = cfn_diagnostics_text(cfn_stack_diagnostics(stack), false);
    fputs(said ? said : "", stderr);
    cfn_stack_free(stack);
    return written ? 0 : 1;
}
