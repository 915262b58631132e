/* The blueprint templates/rds-mysql-to-aurora-mysql.yaml as a C program: it prints the same bytes.
 *
 *     cc rds-mysql-to-aurora-mysql.c -lcfngen -ljansson -lyaml && ./a.out > template.json */
#include <cfngen/cfngen.h>
#include <stdio.h>

#define SECRET_ARN      "^arn:aws[a-z-]*:secretsmanager:.+:secret:.+-[A-Za-z0-9]{6}$"
#define CERTIFICATE_ARN "^arn:aws[a-z-]*:dms:.+:cert:.+$"

typedef struct parameter {
    const char *id;
    cfn_parameter_props props; /* of type String, when it has none */
} parameter;

/* What exists already: subnet names are no ids, and CloudFormation looks nothing up. */
static const parameter network_parameters[] = {
    {"ProductionVpcId",
     {.type = "AWS::EC2::VPC::Id",
      .description = "The production VPC, peered with the development VPC"}},
    {"ProductionSubnetIds",
     {.type = "List<AWS::EC2::Subnet::Id>",
      .description = "Private subnets of the production VPC in two zones or more"}},
    {"ProductionZones",
     {.type = "List<AWS::EC2::AvailabilityZone::Name>",
      .description = "The zones of those subnets, two or more, for the writer and the reader"}},
    {"SourceDatabaseSecurityGroupId",
     {.type = "AWS::EC2::SecurityGroup::Id",
      .description = "The security group of the source RDS MySQL instance, in the development "
                     "VPC"}},
};

static const parameter login_parameters[] = {
    {"SourceSecretArn",
     {.description = "The ARN of the existing secret with host, port, username and password of the "
                     "source for DMS",
      .allowed_pattern = SECRET_ARN}},
    {"TargetSecretArn",
     {.description = "The ARN of the existing secret with username and password that DMS and the "
                     "validator use on the cluster; host and port are added",
      .allowed_pattern = SECRET_ARN}},
    {"MasterSecretArn",
     {.description = "The ARN of the existing secret with the username and the password of the "
                     "master user; it is rotated",
      .allowed_pattern = SECRET_ARN}},
    {"DmsCertificateArn",
     {.description = "The ARN of the bundle of RDS authorities, as imported into DMS (aws dms "
                     "import-certificate)",
      .allowed_pattern = CERTIFICATE_ARN}},
};

static const parameter choice_parameters[] = {
    {"InstanceClass",
     {.description = "The class of the Aurora instances",
      .default_value = "db.r6g.large",
      .allowed_pattern = "^db\\.[a-z0-9]+\\.[a-z0-9]+$"}},
    {"DatabaseName",
     {.description = "The database (schema) that is migrated",
      .allowed_pattern = "^[A-Za-z][A-Za-z0-9]{0,63}$"}},
    {"AlarmEmail",
     {.description = "Who is told of alarms; a mail asks for confirmation first",
      .allowed_pattern = "^[^@ ]+@[^@ ]+$"}},
};

static void add_parameters(cfn_stack *stack, const parameter *parameters, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cfn_parameter_add(stack, parameters[i].id, &parameters[i].props);
}

/* Before the load is done everything differs. */
static void add_switch(cfn_stack *stack)
{
    cfn_parameter_add(stack, "ValidationEnabled",
                      &(cfn_parameter_props){
                          .description = "Whether both databases are compared each day; true once "
                                         "the load is done",
                          .allowed_values = CFN_LIST(cfn_s("true"), cfn_s("false")),
                          .default_value = "false",
                      });
}

#define ADD_PARAMETERS(stack, table) add_parameters(stack, table, sizeof(table) / sizeof *(table))

/* The constructs that others are given. */
typedef struct migration {
    cfn_stack *stack;
    cfn_kms_key key;
    cfn_ec2_network network;
    cfn_ec2_security_group clients; /* DMS and the validator */
    cfn_ec2_security_group rotation, production;
    cfn_secretsmanager_secret source_secret, target_secret, master_secret;
    cfn_rds_aurora_cluster cluster;
    cfn_dms_replication_instance replication;
    cfn_dms_certificate certificate;
    cfn_dms_endpoint source, target;
    cfn_dms_replication_task task;
    cfn_migration_validator validator;
    cfn_sns_topic topic;
} migration;

/* Groups may name each other before both are added: nothing is expanded before synth. */
static void add_client_groups(migration *m)
{
    m->clients = cfn_ec2_security_group_add(
        m->stack, "MigrationSecurityGroup",
        &(cfn_ec2_security_group_props){
            .network = m->network,
            .description = cfn_s("DMS and the validator"),
            .egress = CFN_RULES({.peer = cfn_ec2_security_group_named("DevelopmentSecurityGroup"),
                                 .port = cfn_i(3306),
                                 .description = cfn_s("Source database")})});
    m->rotation = cfn_ec2_security_group_add(
        m->stack, "RotationSecurityGroup",
        &(cfn_ec2_security_group_props){.network = m->network,
                                        .description = cfn_s("Rotation of the master password")});
}

static void add_database_groups(migration *m)
{
    /* The development database has a security group already; only the rule is added. */
    cfn_ec2_security_group_add(
        m->stack, "DevelopmentSecurityGroup",
        &(cfn_ec2_security_group_props){
            .group_id = cfn_ref("SourceDatabaseSecurityGroupId"),
            .ingress = CFN_RULES({.peer = m->clients,
                                  .port = cfn_i(3306),
                                  .description = cfn_s("DMS and the validator")})});
    m->production = cfn_ec2_security_group_add(
        m->stack, "ProductionSecurityGroup",
        &(cfn_ec2_security_group_props){
            .network = m->network,
            .description = cfn_s("Production Aurora cluster"),
            .ingress = CFN_RULES({.peer = m->clients,
                                  .port = cfn_i(3306),
                                  .description = cfn_s("DMS and the validator")},
                                 {.peer = m->rotation,
                                  .port = cfn_i(3306),
                                  .description = cfn_s("Rotation of the master password")})});
}

static void add_network(migration *m)
{
    m->network = cfn_ec2_network_add(
        m->stack, "ProductionNetwork",
        &(cfn_ec2_network_props){.vpc_id = cfn_ref("ProductionVpcId"),
                                 .subnet_ids = {.all = cfn_ref("ProductionSubnetIds")},
                                 .availability_zones = {.all = cfn_ref("ProductionZones")}});
    add_client_groups(m);
    add_database_groups(m);
    /* From private subnets Secrets Manager is out of reach without this. */
    cfn_ec2_interface_endpoints_add(
        m->stack, "Endpoints",
        &(cfn_ec2_interface_endpoints_props){
            .network = m->network,
            .clients = CFN_ITEMS(cfn_ec2_security_group, m->clients, m->rotation),
            .services = CFN_LIST(cfn_s("secretsmanager"))});
}

/* All secrets exist; the cluster, which comes later, writes its host and port into two of them. */
static void add_secrets(migration *m)
{
    cfn_rds_aurora_cluster cluster = cfn_rds_aurora_cluster_named("AuroraCluster");
    m->source_secret = cfn_secretsmanager_secret_add(
        m->stack, "SourceSecret",
        &(cfn_secretsmanager_secret_props){.secret_arn = cfn_ref("SourceSecretArn")});
    /* DMS keeps the password that it started with, so its login is not the one that is rotated. */
    m->target_secret = cfn_secretsmanager_secret_add(
        m->stack, "TargetSecret",
        &(cfn_secretsmanager_secret_props){.secret_arn = cfn_ref("TargetSecretArn"),
                                           .attach_to = cluster});
    m->master_secret = cfn_secretsmanager_secret_add(
        m->stack, "MasterSecret",
        &(cfn_secretsmanager_secret_props){
            .secret_arn = cfn_ref("MasterSecretArn"),
            .attach_to = cluster,
            .rotation = {.network = m->network,
                         .security_groups = CFN_ITEMS(cfn_ec2_security_group, m->rotation),
                         .automatically_after_days = cfn_i(30)}});
}

static void add_cluster(migration *m)
{
    m->cluster = cfn_rds_aurora_cluster_add(
        m->stack, "AuroraCluster",
        &(cfn_rds_aurora_cluster_props){
            .engine = cfn_s(CFN_AURORA_MYSQL),
            .network = m->network,
            .security_groups = CFN_ITEMS(cfn_ec2_security_group, m->production),
            .encryption_key = m->key,
            .master_secret = m->master_secret,
            .instance_class = cfn_ref("InstanceClass"),
            .readers = cfn_i(1),
            .backup_retention_period = cfn_i(7),
            .log_exports = CFN_LIST(cfn_s("audit"), cfn_s("error"), cfn_s("slowquery")),
            /* what the source has set */
            .mysql_parameters = {.character_set_server = cfn_s("utf8mb4"),
                                 .collation_server = cfn_s("utf8mb4_0900_ai_ci"),
                                 .time_zone = cfn_s("UTC"),
                                 .max_allowed_packet = cfn_i(67108864),
                                 .log_bin_trust_function_creators = cfn_b(true),
                                 .long_query_time = cfn_n(2)}});
}

static void add_replication_instance(migration *m)
{
    /* An account has one of each of these roles: a parameter says whether they are made. */
    cfn_dms_service_roles roles = cfn_dms_service_roles_add(m->stack, "ServiceRoles", NULL);
    m->replication = cfn_dms_replication_instance_add(
        m->stack, "Replication",
        &(cfn_dms_replication_instance_props){.network = m->network,
                                              .security_groups =
                                                  CFN_ITEMS(cfn_ec2_security_group, m->clients),
                                              .encryption_key = m->key,
                                              .service_roles = roles});
    m->certificate = cfn_dms_certificate_add(
        m->stack, "DmsCertificate",
        &(cfn_dms_certificate_props){.certificate_arn = cfn_ref("DmsCertificateArn")});
}

/* DMS has no mode `require` for MySQL: TLS is verified, or there is none. */
static void add_dms_endpoints(migration *m)
{
    m->source = cfn_dms_endpoint_add(m->stack, "SourceEndpoint",
                                     &(cfn_dms_endpoint_props){.endpoint_type = cfn_s("source"),
                                                               .engine_name = cfn_s(CFN_DMS_MYSQL),
                                                               .secret = m->source_secret,
                                                               .encryption_key = m->key,
                                                               .ssl_mode = cfn_s("verify-full"),
                                                               .certificate = m->certificate});
    m->target = cfn_dms_endpoint_add(m->stack, "TargetEndpoint",
                                     &(cfn_dms_endpoint_props){.endpoint_type = cfn_s("target"),
                                                               .engine_name = cfn_s(CFN_DMS_AURORA),
                                                               .secret = m->target_secret,
                                                               .encryption_key = m->key,
                                                               .ssl_mode = cfn_s("verify-full"),
                                                               .certificate = m->certificate});
}

/* Reverse is the way back: it brings what is written after the cutover to the old database. */
static void add_task(migration *m)
{
    m->task = cfn_dms_replication_task_add(
        m->stack, "MigrationTask",
        &(cfn_dms_replication_task_props){
            .replication_instance = m->replication,
            .source = m->source,
            .target = m->target,
            .migration_type = cfn_s("full-load-and-cdc"),
            .table_mappings = {.include = CFN_ITEMS(cfn_dms_selection,
                                                    {.schema = cfn_ref("DatabaseName")})},
            .reverse = cfn_b(true)});
}

static void add_validator(migration *m)
{
    m->validator = cfn_migration_validator_add(
        m->stack, "Validator",
        &(cfn_migration_validator_props){.source_secret = m->source_secret,
                                         .target_secret = m->target_secret,
                                         .databases = CFN_LIST(cfn_ref("DatabaseName")),
                                         .encryption_key = m->key,
                                         .network = m->network,
                                         .security_groups =
                                             CFN_ITEMS(cfn_ec2_security_group, m->clients),
                                         .schedule_expression = cfn_s("rate(1 day)"),
                                         .schedule_enabled = cfn_b_of(cfn_ref("ValidationEnabled")),
                                         .failure_topic = cfn_sns_topic_named("Topic")});
}

static void add_alarms(migration *m)
{
    m->topic = cfn_sns_topic_add(m->stack, "Topic",
                                 &(cfn_sns_topic_props){.encryption_key = m->key,
                                                        .subscriptions = CFN_SUBSCRIPTIONS(
                                                            {.protocol = cfn_s("email"),
                                                             .endpoint = cfn_ref("AlarmEmail")})});
    cfn_migration_alarms_add(
        m->stack, "Alarms",
        &(cfn_migration_alarms_props){.topic = m->topic,
                                      .task = m->task,
                                      .replication_instance = m->replication,
                                      .cluster = m->cluster,
                                      .validator = cfn_migration_validator_name(m->validator),
                                      .thresholds = {.replica_lag_milliseconds = cfn_n(30000)}});
}

typedef struct output {
    const char *id, *description;
    cfn_str value;
} output;

static void add_outputs(cfn_stack *stack, const output *outputs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cfn_output_add(
            stack, outputs[i].id,
            &(cfn_output_props){.value = outputs[i].value, .description = outputs[i].description});
}
#define ADD_OUTPUTS(stack, table) add_outputs(stack, table, sizeof(table) / sizeof *(table))

static void add_database_outputs(const migration *m)
{
    const output outputs[] = {
        {"AuroraClusterIdentifier", "The identifier of the cluster",
         cfn_rds_aurora_cluster_identifier(m->cluster)},
        {"AuroraClusterEndpoint", "The host name of the writer",
         cfn_rds_aurora_cluster_endpoint(m->cluster)},
        {"AuroraReaderEndpoint", "The host name of the readers",
         cfn_rds_aurora_cluster_reader_endpoint(m->cluster)},
        {"AuroraClusterPort", "The port of the cluster", cfn_rds_aurora_cluster_port(m->cluster)},
        {"AuroraWriterIdentifier", "The identifier of the writer",
         cfn_att("AuroraCluster", "Writer")},
        {"DatabaseName", "The database that is migrated", cfn_ref("DatabaseName")},
    };
    ADD_OUTPUTS(m->stack, outputs);
}

static void add_dms_outputs(const migration *m)
{
    const output outputs[] = {
        {"DMSReplicationInstanceArn", "The replication instance",
         cfn_dms_replication_instance_arn(m->replication)},
        {"DMSSourceEndpointArn",
         "The endpoint of the source; test its connection before the task is started",
         cfn_dms_endpoint_arn(m->source)},
        {"DMSTargetEndpointArn",
         "The endpoint of the cluster; test its connection before the task is started",
         cfn_dms_endpoint_arn(m->target)},
        {"DMSReplicationTaskArn", "The task; start it when both connections were tested",
         cfn_dms_replication_task_arn(m->task)},
        {"DMSReverseReplicationTaskArn", "The way back", cfn_ref("MigrationTaskReverse")},
    };
    ADD_OUTPUTS(m->stack, outputs);
}

static void add_other_outputs(const migration *m)
{
    const output outputs[] = {
        {"SourceSecretArn", "The login to the source",
         cfn_secretsmanager_secret_arn(m->source_secret)},
        {"TargetSecretArn", "The login of DMS and the validator to the cluster",
         cfn_secretsmanager_secret_arn(m->target_secret)},
        {"MasterSecretArn", "The login of the master user",
         cfn_secretsmanager_secret_arn(m->master_secret)},
        {"ValidatorFunctionName", "The function that compares both databases",
         cfn_migration_validator_name(m->validator)},
        {"AlarmTopicArn", "The topic that is told of alarms", cfn_sns_topic_arn(m->topic)},
        {"ProductionSecurityGroupId", "The security group of the cluster",
         cfn_ec2_security_group_id(m->production)},
        {"MigrationSecurityGroupId",
         "The security group of DMS and the validator, which the source must admit",
         cfn_ref("MigrationSecurityGroup")},
        {"EncryptionKeyArn", "The key that encrypts everything", cfn_kms_key_arn(m->key)},
        {"EncryptionKeyId", "The id of the key", cfn_ref("MigrationKey")},
    };
    ADD_OUTPUTS(m->stack, outputs);
}

/* In the order of the stack file, which is that of the template. */
static void add_migration(migration *m)
{
    m->key = cfn_kms_key_add(
        m->stack, "MigrationKey",
        &(cfn_kms_key_props){.description =
                                 cfn_s("Encrypts the production database, its backups, insights "
                                       "and logs, DMS, notifications and the validator")});
    add_network(m);
    add_secrets(m);
    add_cluster(m);
    add_replication_instance(m);
    add_dms_endpoints(m);
    add_task(m);
    add_validator(m);
    add_alarms(m);
    add_database_outputs(m);
    add_dms_outputs(m);
    add_other_outputs(m);
}

int main(void)
{
    cfn_stack *stack = cfn_stack_new(NULL);
    if (!stack)
        return 1;
    cfn_stack_set_description(stack, "Migration from RDS MySQL to Aurora MySQL with DMS");
    ADD_PARAMETERS(stack, network_parameters);
    ADD_PARAMETERS(stack, login_parameters);
    ADD_PARAMETERS(stack, choice_parameters);
    add_switch(stack);
    add_migration(&(migration){.stack = stack});

    bool written = cfn_stack_write(stack, "-", NULL);
    const char *said = cfn_diagnostics_text(cfn_stack_diagnostics(stack), false);
    fputs(said ? said : "", stderr);
    cfn_stack_free(stack);
    return written ? 0 : 1;
}
