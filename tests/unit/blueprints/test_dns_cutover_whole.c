/* templates/aurora-mysql-dns-cutover.yaml as a whole: secrets, who reaches whom, encryption,
 * rights, names, deletion and outputs. */
#include "blueprint.h"

#include <cfngen/diagnostic.h>
#include <cfngen/schema.h>

#define BLUEPRINT "templates/aurora-mysql-dns-cutover.yaml"

/* ---- secrets ---- */

static void no_secret_is_made_and_each_is_named_by_a_parameter(void **state)
{
    static const char *const secrets[] = {"SourceSecretArn", "TargetSecretArn"};
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::SecretsManager::Secret"), 0);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        assert_null(cfn_node_get(cfn_node_get(cfn_node_get(t->template, "Parameters"), secrets[i]),
                                 "Default"));
}

static void is_no_password(const cfn_node *node, void *context)
{
    const char *key = cfn_node_key(node);
    (void)context;
    assert_false(key && strcmp(key, "ManageMasterUserPassword") != 0 && strstr(key, "assword"));
}

static void no_password_stands_in_the_template(void **state)
{
    stack_fixture *t = *state;
    visit_all(t->template, is_no_password, NULL);
}

static void rds_keeps_the_passwords_of_the_master_users(void **state)
{
    static const char *const databases[] = {"SourceDatabase", "AuroraCluster"};
    for (size_t i = 0; i < sizeof databases / sizeof *databases; i++)
        ASSERT_PROPERTIES(*state, databases[i], {"ManageMasterUserPassword", "true"},
                          {"MasterUserSecret", "{\"KmsKeyId\":" ATT("MigrationKey", "Arn") "}"});
}

/* ---- who reaches whom ---- */

static void dms_and_the_application_reach_both_databases(void **state)
{
    assert_rules(*state, "AWS::EC2::SecurityGroupEgress", "GroupId", "DestinationSecurityGroupId",
                 "MigrationSecurityGroup > SourceSecurityGroup 3306\n"
                 "MigrationSecurityGroup > TargetSecurityGroup 3306\n"
                 "ApplicationSecurityGroup > SourceSecurityGroup 3306\n"
                 "ApplicationSecurityGroup > TargetSecurityGroup 3306\n"
                 "MigrationSecurityGroup > EndpointsSecurityGroup 443\n");
}

static void each_database_admits_them_and_nobody_else(void **state)
{
    assert_rules(*state, "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId", "GroupId",
                 "MigrationSecurityGroup > SourceSecurityGroup 3306\n"
                 "ApplicationSecurityGroup > SourceSecurityGroup 3306\n"
                 "MigrationSecurityGroup > TargetSecurityGroup 3306\n"
                 "ApplicationSecurityGroup > TargetSecurityGroup 3306\n"
                 "MigrationSecurityGroup > EndpointsSecurityGroup 443\n");
    assert_property(*state, "SourceDatabase", "VPCSecurityGroups",
                    "[" ATT("SourceSecurityGroup", "GroupId") "]");
    assert_property(*state, "AuroraCluster", "VpcSecurityGroupIds",
                    "[" ATT("TargetSecurityGroup", "GroupId") "]");
}

static void no_group_is_open_to_an_address(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::EC2::SecurityGroup")) {
            assert_no_property(t, cfn_node_key(r), "SecurityGroupIngress");
            assert_property(t, cfn_node_key(r), "SecurityGroupEgress/0/CidrIp", "\"127.0.0.1/32\"");
            assert_no_property(t, cfn_node_key(r), "SecurityGroupEgress/1");
        }
}

/* ---- encryption ---- */

static void whatever_holds_data_is_encrypted_with_our_key(void **state)
{
    static const struct {
        const char *type, *property;
        size_t count;
    } rows[] = {
        {"AWS::RDS::DBCluster", "KmsKeyId", 1},
        {"AWS::RDS::DBInstance", "PerformanceInsightsKMSKeyId", 3},
        {"AWS::DMS::ReplicationInstance", "KmsKeyId", 1},
        {"AWS::DMS::Endpoint", "KmsKeyId", 4},
        {"AWS::Logs::LogGroup", "KmsKeyId", 10},
        {"AWS::Lambda::Function", "KmsKeyArn", 2},
        {"AWS::SNS::Topic", "KmsMasterKeyId", 1},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_each(t, rows[i].type, rows[i].count, rows[i].property, ATT("MigrationKey", "Arn"));
    ASSERT_PROPERTIES(t, "SourceDatabase", {"StorageEncrypted", "true"},
                      {"KmsKeyId", ATT("MigrationKey", "Arn")});
    assert_property(t, "AuroraCluster", "StorageEncrypted", "true");
    assert_property(t, "MigrationKey", "EnableKeyRotation", "true");
}

static void neither_database_takes_a_connection_without_tls(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "SourceDatabaseParameterGroup", "Parameters/require_secure_transport",
                    "\"1\"");
    assert_property(t, "AuroraClusterParameterGroup", "Parameters/require_secure_transport",
                    "\"ON\"");
    assert_each(t, "AWS::RDS::DBInstance", 3, "CACertificateIdentifier", "\"rds-ca-rsa2048-g1\"");
}

static void every_connection_of_dms_verifies_the_other_side(void **state)
{
    assert_each(*state, "AWS::DMS::Endpoint", 4, "SslMode", "\"verify-full\"");
    assert_each(*state, "AWS::DMS::Endpoint", 4, "CertificateArn", REF("DmsCertificateArn"));
}

/* ---- rights ---- */

static void every_role_is_assumed_by_one_service(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::IAM::Role"))
            continue;
        assert_no_property(t, cfn_node_key(r), "AssumeRolePolicyDocument/Statement/1");
        assert_non_null(
            property(t, cfn_node_key(r), "AssumeRolePolicyDocument/Statement/0/Principal/Service"));
    }
    assert_int_equal(count_of(t, "AWS::IAM::Role"), 10);
}

/* Actions that AWS offers no narrower resource for; Lambda's of a network are denied to the code.
 */
static const char *const wide[] = {
    "ValidatorRole ConnectToNetwork", "ValidatorRole NotTheCodeItself",
    "CutoverRole LookAtTasks",        "CutoverRole LookAtMetrics",
    "CutoverRole LookAtAlarms",       "CutoverWorkflowRole DeliverLogs",
    "CutoverWorkflowRole Trace",
};

static void only_what_cannot_be_narrower_is_allowed_everywhere(void **state)
{
    stack_fixture *t = *state;
    size_t found = 0;
    for (EACH_RESOURCE(t, r)) {
        const cfn_node *list = cfn_node_find(r, "Properties/Policies/0/PolicyDocument/Statement");
        for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n)) {
            const char *resource = cfn_node_text(cfn_node_get(n, "Resource"));
            char name[120];
            if (!resource || strcmp(resource, "*") != 0)
                continue;
            snprintf(name, sizeof name, "%s %s", cfn_node_key(r),
                     cfn_node_text(cfn_node_get(n, "Sid")));
            assert_in_range(found, 0, sizeof wide / sizeof *wide - 1);
            assert_string_equal(name, wide[found++]);
        }
    }
    assert_int_equal(found, sizeof wide / sizeof *wide);
}

/* ---- names, region, deletion, outputs ---- */

static void the_names_have_the_environment_and_the_suffix(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "SourceDatabase", "DBInstanceIdentifier",
                    "\"" NAMED("source-database") "\"");
    assert_property(t, "AuroraCluster", "DBClusterIdentifier", "\"" NAMED("aurora-cluster") "\"");
    assert_property(t, "Cutover", "FunctionName", "\"" NAMED("cutover") "\"");
    assert_property(t, "CutoverState", "Name", "\"" NAMED("cutover-state") "\"");
}

static void nothing_is_found_wrong_in_eu_west_2(void **state)
{
    assert_nothing_found_wrong(*state);
}

static void the_region_is_that_of_the_deployment(void **state)
{
    stack_fixture *t = *state;
    assert_names_no_region(t);
}

/* RDS keeps a snapshot of either unless the template says otherwise. */
static void everything_goes_with_the_stack(void **state)
{
    stack_fixture *t = *state;
    assert_keeps_nothing(t);
    assert_attribute(t, "SourceDatabase", "DeletionPolicy", "\"Delete\"");
    assert_attribute(t, "AuroraCluster", "DeletionPolicy", "\"Delete\"");
}

static const named_output outputs[] = {
    {"VpcId", REF("Network")},
    {"PrivateSubnetIds",
     "{\"Fn::Join\":[\",\",[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "]]}"},
    {"DatabaseHostName", REF("DatabaseRecord")},
    {"HostedZoneId", REF("DatabaseRecordZone")},
    {"DatabaseName", REF("DatabaseName")},
    {"SourceIdentifier", REF("SourceDatabase")},
    {"SourceHost", ATT("SourceDatabase", "Endpoint.Address")},
    {"SourceMasterSecretArn", ATT("SourceDatabase", "MasterUserSecret.SecretArn")},
    {"AuroraClusterIdentifier", REF("AuroraCluster")},
    {"AuroraClusterEndpoint", ATT("AuroraCluster", "Endpoint.Address")},
    {"AuroraReaderEndpoint", ATT("AuroraCluster", "ReadEndpoint.Address")},
    {"TargetMasterSecretArn", ATT("AuroraCluster", "MasterUserSecret.SecretArn")},
    {"DMSReplicationInstanceArn", REF("Replication")},
    {"DMSSourceEndpointArn", REF("SourceEndpoint")},
    {"DMSTargetEndpointArn", REF("TargetEndpoint")},
    {"DMSReplicationTaskArn", REF("MigrationTask")},
    {"DMSReverseReplicationTaskArn", REF("MigrationTaskReverse")},
    {"SourceSecretArn", REF("SourceSecretArn")},
    {"TargetSecretArn", REF("TargetSecretArn")},
    {"ValidatorFunctionName", REF("Validator")},
    {"CutoverFunctionName", REF("Cutover")},
    {"CutoverStateParameterName", REF("CutoverState")},
    {"CutoverWorkflowArn", REF("CutoverWorkflow")},
    {"AlarmTopicArn", REF("Topic")},
    {"ApplicationSecurityGroupId", REF("ApplicationSecurityGroup")},
    {"MigrationSecurityGroupId", REF("MigrationSecurityGroup")},
    {"EncryptionKeyArn", ATT("MigrationKey", "Arn")},
};

static void the_outputs_say_all_that_a_cutover_needs(void **state)
{
    assert_outputs(*state, outputs, sizeof outputs / sizeof *outputs);
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(no_secret_is_made_and_each_is_named_by_a_parameter),
                cmocka_unit_test(no_password_stands_in_the_template),
                cmocka_unit_test(rds_keeps_the_passwords_of_the_master_users),
                cmocka_unit_test(dms_and_the_application_reach_both_databases),
                cmocka_unit_test(each_database_admits_them_and_nobody_else),
                cmocka_unit_test(no_group_is_open_to_an_address),
                cmocka_unit_test(whatever_holds_data_is_encrypted_with_our_key),
                cmocka_unit_test(neither_database_takes_a_connection_without_tls),
                cmocka_unit_test(every_connection_of_dms_verifies_the_other_side),
                cmocka_unit_test(every_role_is_assumed_by_one_service),
                cmocka_unit_test(only_what_cannot_be_narrower_is_allowed_everywhere),
                cmocka_unit_test(the_names_have_the_environment_and_the_suffix),
                cmocka_unit_test(nothing_is_found_wrong_in_eu_west_2),
                cmocka_unit_test(the_region_is_that_of_the_deployment),
                cmocka_unit_test(everything_goes_with_the_stack),
                cmocka_unit_test(the_outputs_say_all_that_a_cutover_needs))
