/* templates/onprem-postgresql-blue-green.yaml: credentials, encryption, who reaches whom, and what
 * roles may do. */
#include "blueprint.h"

/* ---- credentials ---- */

static void is_no_password(const cfn_node *node, void *context)
{
    stack_fixture *t = context;
    const char *key = cfn_node_key(node);
    if (key && strstr(key, "assword"))
        assert_json(&t->f, node, "true"); /* ManageMasterUserPassword */
}

static void no_credentials_stand_in_the_template(void **state)
{
    static const char *const secrets[] = {"SourceSecretArn", "TargetSecretArn"};
    stack_fixture *t = *state;
    visit_all(t->template, is_no_password, t);
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::DMS::Endpoint")) {
            assert_no_property(t, cfn_node_key(r), "Username");
            assert_no_property(t, cfn_node_key(r), "ServerName");
        }
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        assert_null(cfn_node_get(cfn_node_get(cfn_node_get(t->template, "Parameters"), secrets[i]),
                                 "Default"));
}

static void rds_makes_and_rotates_the_password_of_the_master_user(void **state)
{
    ASSERT_PROPERTIES(*state, "MigrationAurora", {"ManageMasterUserPassword", "true"},
                      {"MasterUserSecret/KmsKeyId", ATT("MigrationKey", "Arn")},
                      {"MasterUserPassword", NULL});
}

/* ---- encryption ---- */

static void all_data_is_encrypted_with_a_key_of_its_own(void **state)
{
    static const struct {
        const char *type;
        size_t count;
        const char *property;
    } rows[] = {
        {"AWS::RDS::DBCluster", 1, "KmsKeyId"},
        {"AWS::RDS::DBCluster", 1, "PerformanceInsightsKmsKeyId"},
        {"AWS::RDS::DBInstance", 3, "PerformanceInsightsKMSKeyId"},
        {"AWS::DMS::ReplicationInstance", 1, "KmsKeyId"},
        {"AWS::DMS::Endpoint", 4, "KmsKeyId"},
        {"AWS::Backup::BackupVault", 1, "EncryptionKeyArn"},
        {"AWS::SNS::Topic", 1, "KmsMasterKeyId"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_each(t, rows[i].type, rows[i].count, rows[i].property, ATT("MigrationKey", "Arn"));
    size_t groups = count_of(t, "AWS::Logs::LogGroup");
    assert_in_range(groups, 4, 100);
    assert_each(t, "AWS::Logs::LogGroup", groups, "KmsKeyId", ATT("MigrationKey", "Arn"));
    size_t functions = count_of(t, "AWS::Lambda::Function");
    assert_in_range(functions, 1, 3);
    assert_each(t, "AWS::Lambda::Function", functions, "KmsKeyArn", ATT("MigrationKey", "Arn"));
    assert_property(t, "MigrationAurora", "StorageEncrypted", "true");
    assert_each(t, "AWS::KMS::Key", 1, "EnableKeyRotation", "true");
}

static void every_connection_to_a_database_is_over_tls(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "MigrationAuroraParameterGroup", "Parameters/rds.force_ssl", "\"1\"");
    assert_each(t, "AWS::DMS::Endpoint", 4, "SslMode", "\"verify-full\"");
    assert_property(t, "SourceEndpoint", "CertificateArn", REF("SourceCertificateArn"));
    assert_property(t, "WayBackEndpoint", "CertificateArn", REF("SourceCertificateArn"));
    assert_property(t, "TargetEndpoint", "CertificateArn", REF("TargetCertificateArn"));
    assert_property(t, "TargetEndpointReverse", "CertificateArn", REF("TargetCertificateArn"));
}

/* ---- who reaches whom ---- */

static void nobody_but_dms_the_validator_and_the_premises_reaches_the_cluster(void **state)
{
    stack_fixture *t = *state;
    size_t found = 0;
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::EC2::SecurityGroupIngress"))
            continue;
        const char *id = cfn_node_key(r);
        found += strncmp(id, "DatabaseSecurityGroup", 21) == 0;
        const cfn_node *cidr = cfn_node_find(r, "Properties/CidrIp");
        if (cidr)
            assert_json(&t->f, cidr, REF("OnPremisesCidr"));
    }
    assert_int_equal(found, 2);
    ASSERT_PROPERTIES(t, "DatabaseSecurityGroupFromMigrationSecurityGroupPort5432",
                      {"SourceSecurityGroupId", ATT("MigrationSecurityGroup", "GroupId")},
                      {"FromPort", "5432"}, {"ToPort", "5432"});
    assert_property(t, "DatabaseSecurityGroupFromOnPremisesCidrPort5432", "FromPort", "5432");
}

static void no_group_lets_anybody_in_from_everywhere_or_out_to_it(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::EC2::SecurityGroup", 3, "SecurityGroupEgress/0/CidrIp",
                "\"127.0.0.1/32\"");
    for (EACH_RESOURCE(t, r)) {
        const cfn_node *cidr = cfn_node_find(r, "Properties/CidrIp");
        if (cidr && cfn_node_text(cidr))
            assert_string_not_equal(cfn_node_text(cidr), "0.0.0.0/0");
    }
}

/* ---- rights ---- */

static void has_no_star(const cfn_node *action)
{
    const char *text = cfn_node_text(action);
    assert_true(!text || !*text || text[strlen(text) - 1] != '*');
}

static void look_at_statement(const cfn_node *node, void *context)
{
    (void)context;
    const cfn_node *action = cfn_node_get(node, "Action"), *effect = cfn_node_get(node, "Effect");
    if (!action || !effect || strcmp(cfn_node_text(effect), "Allow") != 0)
        return;
    has_no_star(action);
    for (const cfn_node *n = cfn_node_first(action); n; n = cfn_node_next(n))
        has_no_star(n);
}

static void no_role_may_do_everything_in_a_service(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::IAM::Role"))
            visit_all(cfn_node_get(r, "Properties"), look_at_statement, NULL);
    assert_int_equal(count_of(t, "AWS::IAM::ManagedPolicy"), 0);
}

static void every_role_is_assumed_by_one_service(void **state)
{
    stack_fixture *t = *state;
    assert_in_range(count_of(t, "AWS::IAM::Role"), 8, 100);
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::IAM::Role"))
            continue;
        const char *id = cfn_node_key(r);
        assert_no_property(t, id, "AssumeRolePolicyDocument/Statement/1");
        assert_non_null(property(t, id, "AssumeRolePolicyDocument/Statement/0/Principal/Service"));
    }
}

/* Each reads the secret of its own side and no other. */
static void an_endpoint_reads_its_own_secret_alone(void **state)
{
    static const struct {
        const char *role, *secret;
    } rows[] = {
        {"SourceEndpointAccessRole", REF("SourceSecretArn")},
        {"TargetEndpointAccessRole", REF("TargetSecretArn")},
        {"WayBackEndpointAccessRole", REF("SourceSecretArn")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ASSERT_PROPERTIES(*state, rows[i].role,
                          {"Policies/0/PolicyDocument/Statement/0/Resource", rows[i].secret},
                          {"Policies/0/PolicyDocument/Statement/1", NULL}, {"Policies/1", NULL});
}

BLUEPRINT_TESTS("templates/onprem-postgresql-blue-green.yaml",
                cmocka_unit_test(no_credentials_stand_in_the_template),
                cmocka_unit_test(rds_makes_and_rotates_the_password_of_the_master_user),
                cmocka_unit_test(all_data_is_encrypted_with_a_key_of_its_own),
                cmocka_unit_test(every_connection_to_a_database_is_over_tls),
                cmocka_unit_test(nobody_but_dms_the_validator_and_the_premises_reaches_the_cluster),
                cmocka_unit_test(no_group_lets_anybody_in_from_everywhere_or_out_to_it),
                cmocka_unit_test(no_role_may_do_everything_in_a_service),
                cmocka_unit_test(every_role_is_assumed_by_one_service),
                cmocka_unit_test(an_endpoint_reads_its_own_secret_alone))
