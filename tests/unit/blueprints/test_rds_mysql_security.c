/* templates/rds-mysql-to-aurora-mysql.yaml: secrets, who reaches whom, and encryption. */
#include "blueprint.h"

#include <cfngen/schema.h>
#include <strings.h>

/* ---- secrets ---- */

static void no_secret_is_made_and_each_is_named_by_a_parameter(void **state)
{
    static const char *const secrets[] = {"SourceSecretArn", "TargetSecretArn", "MasterSecretArn"};
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::SecretsManager::Secret"), 0);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        const cfn_node *parameter =
            cfn_node_get(cfn_node_get(t->template, "Parameters"), secrets[i]);
        assert_json(&t->f, cfn_node_get(parameter, "AllowedPattern"),
                    "\"^arn:aws[a-z-]*:secretsmanager:.+:secret:.+-[A-Za-z0-9]{6}$\"");
        assert_null(cfn_node_get(parameter, "Default"));
    }
}

static void is_no_password(const cfn_node *node, void *context)
{
    const char *key = cfn_node_key(node);
    stack_fixture *t = context;
    if (!key || !strstr(key, "assword"))
        return;
    assert_json(&t->f, node,
                SUB("{{resolve:secretsmanager:${MasterSecretArn}:SecretString:password}}"));
}

static void no_password_stands_in_the_template(void **state)
{
    stack_fixture *t = *state;
    visit_all(t->template, is_no_password, t);
    assert_property(t, "AuroraCluster", "MasterUsername",
                    SUB("{{resolve:secretsmanager:${MasterSecretArn}:SecretString:username}}"));
    assert_non_null(property(t, "AuroraCluster", "MasterUserPassword"));
}

static void the_password_of_the_master_user_is_rotated(void **state)
{
    stack_fixture *t = *state;
    ASSERT_PROPERTIES(
        t, "MasterSecretRotation", {"SecretId", REF("MasterSecretArn")},
        {"RotationRules", "{\"AutomaticallyAfterDays\":30}"},
        {"RotateImmediatelyOnUpdate", "false"},
        {"HostedRotationLambda/RotationType", "\"MySQLSingleUser\""},
        {"HostedRotationLambda/VpcSubnetIds",
         "{\"Fn::Join\":[\",\"," REF("ProductionSubnetIds") "]}"},
        {"HostedRotationLambda/VpcSecurityGroupIds", ATT("RotationSecurityGroup", "GroupId")});
    assert_at(t, "Transform", "\"AWS::SecretsManager-2024-09-16\"");
    assert_property(t, "MasterSecretAttachment", "TargetId", REF("AuroraCluster"));
    assert_true(waits_for(t, "MasterSecretRotation", "MasterSecretAttachment"));
    assert_true(waits_for(t, "MasterSecretRotation", "AuroraClusterWriter"));
    assert_true(waits_for(t, "MasterSecretRotation", "EndpointsSecretsManager"));
}

/* DMS takes none of ; : . + in a password, RDS none of / @ " and blanks. */
static void a_new_password_has_no_character_that_is_refused(void **state)
{
    const char *excluded = cfn_node_text(
        property(*state, "MasterSecretRotation", "HostedRotationLambda/ExcludeCharacters"));
    for (const char *c = ";:.+/@\" "; *c; c++)
        assert_non_null(strchr(excluded, *c));
}

/* A running task keeps the password that it started with. */
static void the_rotated_login_is_not_the_one_that_dms_uses(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::SecretsManager::RotationSchedule"), 1);
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::DMS::Endpoint")) {
            const cfn_node *login =
                property(t, cfn_node_key(r), "MySqlSettings/SecretsManagerSecretId/Ref");
            assert_string_not_equal(cfn_node_text(login), "MasterSecretArn");
        }
}

/* ---- who reaches whom ---- */

static void dms_reaches_both_databases_and_the_secrets_and_no_more(void **state)
{
    assert_rules(*state, "AWS::EC2::SecurityGroupEgress", "GroupId", "DestinationSecurityGroupId",
                 "MigrationSecurityGroup > SourceDatabaseSecurityGroupId 3306\n"
                 "MigrationSecurityGroup > ProductionSecurityGroup 3306\n"
                 "RotationSecurityGroup > ProductionSecurityGroup 3306\n"
                 "MigrationSecurityGroup > EndpointsSecurityGroup 443\n"
                 "RotationSecurityGroup > EndpointsSecurityGroup 443\n");
}

static void each_database_admits_dms_and_production_the_rotation(void **state)
{
    assert_rules(*state, "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId", "GroupId",
                 "MigrationSecurityGroup > SourceDatabaseSecurityGroupId 3306\n"
                 "MigrationSecurityGroup > ProductionSecurityGroup 3306\n"
                 "RotationSecurityGroup > ProductionSecurityGroup 3306\n"
                 "MigrationSecurityGroup > EndpointsSecurityGroup 443\n"
                 "RotationSecurityGroup > EndpointsSecurityGroup 443\n");
}

static void development_and_production_have_groups_of_their_own(void **state)
{
    stack_fixture *t = *state;
    assert_at(t, "Parameters/SourceDatabaseSecurityGroupId/Type",
              "\"AWS::EC2::SecurityGroup::Id\"");
    assert_property(t, "DevelopmentSecurityGroupFromMigrationSecurityGroupPort3306", "GroupId",
                    REF("SourceDatabaseSecurityGroupId"));
    assert_property(t, "AuroraCluster", "VpcSecurityGroupIds",
                    "[" ATT("ProductionSecurityGroup", "GroupId") "]");
    assert_property(t, "Replication", "VpcSecurityGroupIds",
                    "[" ATT("MigrationSecurityGroup", "GroupId") "]");
}

/* A group without any egress rule of its own lets everything out; one that leads nowhere keeps
 * CloudFormation from adding it. */
static void no_group_is_open_to_an_address(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::EC2::SecurityGroup", 4, "SecurityGroupEgress/0/CidrIp",
                "\"127.0.0.1/32\"");
    assert_each(t, "AWS::EC2::SecurityGroup", 4, "VpcId", REF("ProductionVpcId"));
    for (EACH_RESOURCE(t, r)) {
        if (!is_of_type(r, "AWS::EC2::SecurityGroup"))
            continue;
        assert_no_property(t, cfn_node_key(r), "SecurityGroupIngress");
        assert_no_property(t, cfn_node_key(r), "SecurityGroupEgress/1");
    }
}

static void the_secrets_are_reached_without_the_internet(void **state)
{
    ASSERT_PROPERTIES(*state, "EndpointsSecretsManager", {"VpcEndpointType", "\"Interface\""},
                      {"ServiceName", SUB("com.amazonaws.${AWS::Region}.secretsmanager")},
                      {"PrivateDnsEnabled", "true"}, {"VpcId", REF("ProductionVpcId")},
                      {"SubnetIds", REF("ProductionSubnetIds")},
                      {"SecurityGroupIds", "[" ATT("EndpointsSecurityGroup", "GroupId") "]"});
}

/* ---- at rest ---- */

static void there_is_one_key_of_our_own_and_it_is_rotated(void **state)
{
    stack_fixture *t = *state;
    assert_int_equal(count_of(t, "AWS::KMS::Key"), 1);
    assert_property(t, "MigrationKey", "EnableKeyRotation", "true");
    assert_property(t, "MigrationKeyAlias", "TargetKeyId", REF("MigrationKey"));
}

/* An instance of a cluster has no storage and no backups of its own, just its insights. */
static bool is_of_the_cluster(const cfn_node *resource, const char *name)
{
    return is_of_type(resource, "AWS::RDS::DBInstance") && !strstr(name, "Insights");
}

/* Whether it is by this property that a resource is told its key: KmsKeyId, KmsKeyArn,
 * KmsMasterKeyId, PerformanceInsightsKMSKeyId ... */
static bool names_a_key(const char *property)
{
    size_t length = strlen(property);
    if (length < 5 || (strcasecmp(property + length - 2, "Id") != 0 &&
                       strcasecmp(property + length - 3, "Arn") != 0))
        return false;
    return strstr(property, "Kms") || strstr(property, "KMS");
}

/* By the facts about its type: a type that takes a key and gets none is found without being named
 * here. The number of keys is given back. */
static size_t assert_has_keys(stack_fixture *t, const cfn_node *resource)
{
    const cfn_schema *facts = cfn_schema_embedded();
    const char *type_name = cfn_node_text(cfn_node_get(resource, "Type"));
    const cfn_schema_type *type = cfn_schema_type_find(facts, type_name, strlen(type_name));
    assert_non_null(type);
    const cfn_schema_value *value = cfn_schema_place_of(facts, type).value;
    size_t keys = 0;
    const cfn_schema_property *member;
    for (size_t i = 0; (member = cfn_schema_property_at(facts, value, i)); i++) {
        const char *name = cfn_schema_property_describe(facts, member).name;
        if (!names_a_key(name) || is_of_the_cluster(resource, name))
            continue;
        assert_property(t, cfn_node_key(resource), name, ATT("MigrationKey", "Arn"));
        keys++;
    }
    return keys;
}

static void whatever_can_be_encrypted_at_rest_is_with_our_key(void **state)
{
    stack_fixture *t = *state;
    size_t keys = 0;
    for (EACH_RESOURCE(t, r))
        if (!is_of_type(r, "AWS::KMS::Alias"))
            keys += assert_has_keys(t, r);
    /* Cluster 2, instances 2, log groups 5, DMS instance 1, endpoints 4, function 1, topic 1. */
    assert_int_equal(keys, 16);
    assert_property(t, "AuroraCluster", "StorageEncrypted", "true");
}

/* ---- in transit ---- */

static void the_cluster_takes_no_connection_without_tls(void **state)
{
    stack_fixture *t = *state;
    assert_property(t, "AuroraClusterParameterGroup", "Parameters/require_secure_transport",
                    "\"ON\"");
    assert_each(t, "AWS::RDS::DBInstance", 2, "CACertificateIdentifier", "\"rds-ca-rsa2048-g1\"");
}

static void every_connection_of_dms_verifies_the_other_side(void **state)
{
    stack_fixture *t = *state;
    assert_each(t, "AWS::DMS::Endpoint", 4, "SslMode", "\"verify-full\"");
    assert_each(t, "AWS::DMS::Endpoint", 4, "CertificateArn", REF("DmsCertificateArn"));
}

static void the_topic_refuses_what_comes_without_tls(void **state)
{
    assert_property(
        *state, "TopicPolicy", "PolicyDocument/Statement/2",
        "{\"Sid\":\"TlsAlone\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":"
        "\"sns:Publish\",\"Resource\":" REF("Topic") ",\"Condition\":{\"Bool\":{"
                                                     "\"aws:SecureTransport\":\"false\"}}}");
}

BLUEPRINT_TESTS("templates/rds-mysql-to-aurora-mysql.yaml",
                cmocka_unit_test(no_secret_is_made_and_each_is_named_by_a_parameter),
                cmocka_unit_test(no_password_stands_in_the_template),
                cmocka_unit_test(the_password_of_the_master_user_is_rotated),
                cmocka_unit_test(a_new_password_has_no_character_that_is_refused),
                cmocka_unit_test(the_rotated_login_is_not_the_one_that_dms_uses),
                cmocka_unit_test(dms_reaches_both_databases_and_the_secrets_and_no_more),
                cmocka_unit_test(each_database_admits_dms_and_production_the_rotation),
                cmocka_unit_test(development_and_production_have_groups_of_their_own),
                cmocka_unit_test(no_group_is_open_to_an_address),
                cmocka_unit_test(the_secrets_are_reached_without_the_internet),
                cmocka_unit_test(there_is_one_key_of_our_own_and_it_is_rotated),
                cmocka_unit_test(whatever_can_be_encrypted_at_rest_is_with_our_key),
                cmocka_unit_test(the_cluster_takes_no_connection_without_tls),
                cmocka_unit_test(every_connection_of_dms_verifies_the_other_side),
                cmocka_unit_test(the_topic_refuses_what_comes_without_tls))
