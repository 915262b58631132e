/* Cfngen::DMS::Endpoint. */
#include "stack_support.h"

#define SECRET "arn:aws:secretsmanager:eu-west-2:111122223333:secret:db-AbC123"
/* The properties under test stand on line 6. */
#define ENDPOINT(properties)                                                                       \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Ca: {Type: 'Cfngen::DMS::Certificate'}\n"                                                   \
    "  E: {Type: 'Cfngen::DMS::Endpoint', Properties: {EncryptionKey: !Ref Key,\n"                 \
    "        Secret: '" SECRET "',\n"                                                              \
    "        " properties "}}\n"
#define SOURCE     "EndpointType: source, EngineName: mysql"
#define TARGET     "EndpointType: target, EngineName: aurora"
#define POSTGRES   "EndpointType: source, EngineName: postgres, DatabaseName: app"
#define WITH_CA    ", Certificate: !Ref Ca"
#define PROPERTIES "Resources/E/Properties"

static void a_mysql_endpoint_verifies_host_and_certificate_by_default(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT(SOURCE WITH_CA));
    assert_found(&t->f, "");
    assert_at(t, PROPERTIES "/SslMode", "\"verify-full\"");
    assert_at(t, PROPERTIES "/CertificateArn", "{\"Ref\":\"CaArn\"}");
    assert_at(t, PROPERTIES "/EndpointIdentifier", "\"e-test-s1\"");
    assert_at(t, PROPERTIES "/KmsKeyId", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
}

static void a_postgresql_endpoint_without_a_certificate_requires_tls(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT(POSTGRES));
    assert_found(&t->f, "");
    assert_at(t, PROPERTIES "/SslMode", "\"require\"");
    assert_at(t, PROPERTIES "/PostgreSqlSettings/SecretsManagerSecretId", "\"" SECRET "\"");
}

static void the_login_comes_from_the_secret_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT(SOURCE WITH_CA));
    assert_at(t, PROPERTIES "/MySqlSettings",
              "{\"SecretsManagerAccessRoleArn\":{\"Fn::GetAtt\":[\"EAccessRole\",\"Arn\"]},"
              "\"SecretsManagerSecretId\":\"" SECRET "\"}");
    assert_nothing_at(t, PROPERTIES "/Password");
    assert_nothing_at(t, PROPERTIES "/ServerName");
}

static void the_access_role_trusts_the_principal_of_the_region(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT(SOURCE WITH_CA));
    assert_at(t, "Resources/EAccessRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal",
              "{\"Service\":{\"Fn::Sub\":\"dms.${AWS::Region}.amazonaws.com\"}}");
    assert_at(t, "Resources/EAccessRole/Properties/Policies/0/PolicyDocument/Statement",
              "[{\"Sid\":\"ReadSecret\",\"Effect\":\"Allow\",\"Action\":"
              "[\"secretsmanager:DescribeSecret\",\"secretsmanager:GetSecretValue\"],"
              "\"Resource\":\"" SECRET "\"}]");
}

static void the_access_role_may_decrypt_a_secret_with_a_key_of_its_own(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
          "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: {EncryptionKey: !Ref Key}}\n"
          "  E: {Type: 'Cfngen::DMS::Endpoint', Properties: {EncryptionKey: !Ref Key,\n"
          "      Secret: !Ref S, " POSTGRES "}}\n");
    assert_at(t, "Resources/EAccessRole/Properties/Policies/0/PolicyDocument/Statement/1/Action",
              "\"kms:Decrypt\"");
    assert_at(t, PROPERTIES "/PostgreSqlSettings/SecretsManagerSecretId", "{\"Ref\":\"SArn\"}");
}

static void a_secret_known_by_name_is_granted_with_its_unknown_ending(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  E: {Type: 'Cfngen::DMS::Endpoint', Properties: {EncryptionKey: !Ref Key,\n"
             "      Secret: app/db, " POSTGRES "}}\n");
    assert_at(t, "Resources/EAccessRole/Properties/Policies/0/PolicyDocument/Statement/0/Resource",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:secretsmanager:${AWS::Region}:"
              "${AWS::AccountId}:secret:app/db-\?\?\?\?\?\?\"}");
}

static void foreign_keys_are_not_checked_while_a_mysql_target_is_loaded(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT(TARGET WITH_CA));
    assert_at(t, PROPERTIES "/ExtraConnectionAttributes", "\"Initstmt=SET FOREIGN_KEY_CHECKS=0;\"");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, ENDPOINT(SOURCE WITH_CA));
    assert_nothing_at(t, PROPERTIES "/ExtraConnectionAttributes");
}

static void settings_go_to_the_block_of_the_engine(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT(TARGET WITH_CA ", MySqlSettings: {ParallelLoadThreads: 5, MaxFileSize: 1}"));
    assert_at(t, PROPERTIES "/MySqlSettings/ParallelLoadThreads", "5");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t,
          ENDPOINT(POSTGRES ", PostgreSqlSettings: {PluginName: pglogical, CaptureDdls: false}"));
    assert_at(t, PROPERTIES "/PostgreSqlSettings/PluginName", "\"pglogical\"");
    assert_at(t, PROPERTIES "/PostgreSqlSettings/CaptureDdls", "false");
    assert_found(&t->f, "");
}

/* What is said of an endpoint with these properties, and where. */
static void assert_refused(stack_fixture *t, const char *properties, const char *found)
{
    char text[3000];
    snprintf(text, sizeof text, ENDPOINT("%s"), properties);
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, text);
    assert_found(&t->f, found);
}

static void mysql_has_no_ssl_mode_require(void **state)
{
    assert_refused(*state, SOURCE ", SslMode: require", "CFN4301 6:59");
    assert_refused(*state, TARGET ", SslMode: require", "CFN4301 6:60");
}

static void a_mode_that_verifies_needs_a_certificate(void **state)
{
    stack_fixture *t = *state;
    assert_refused(t, SOURCE, "CFN4302 4:3");
    assert_refused(t, POSTGRES ", SslMode: verify-ca", "CFN4302 6:81");
    assert_said(&t->f, "Cfngen::DMS::Certificate");
}

static void a_connection_without_tls_is_warned_of(void **state)
{
    assert_refused(*state, SOURCE ", SslMode: none", "CFN4303 6:59");
}

static void a_certificate_that_is_not_looked_at_is_warned_of(void **state)
{
    assert_refused(*state, SOURCE ", SslMode: none, Certificate: !Ref Ca",
                   "CFN4303 6:59, CFN4344 6:78");
    assert_nothing_at(*state, PROPERTIES "/CertificateArn");
    assert_refused(*state, POSTGRES ", SslMode: require, Certificate: !Ref Ca", "CFN4344 6:103");
}

static void what_rds_calls_aurora_mysql_is_aurora_for_dms(void **state)
{
    stack_fixture *t = *state;
    assert_refused(t, "EndpointType: target, EngineName: aurora-mysql", "CFN4304 6:43");
    assert_said(&t->f, "is aurora for DMS");
    assert_refused(t, "EndpointType: target, EngineName: oracle", "CFN4304 6:43");
}

static void a_password_has_no_place(void **state)
{
    stack_fixture *t = *state;
    assert_refused(t, SOURCE WITH_CA ", Password: hunter2", "CFN2002 6:72");
    assert_said(&t->f, "it is called Secret here");
    assert_refused(t, SOURCE WITH_CA ", ExtraConnectionAttributes: 'PASSWORD=x'", "CFN4305 6:99");
}

static void a_secret_is_not_its_value(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  E: {Type: 'Cfngen::DMS::Endpoint', Properties: {EncryptionKey: !Ref Key, " POSTGRES
             ",\n      Secret: 'my secret'}}\n");
    assert_found(&t->f, "CFN2024 4:15");
}

static void a_database_of_mysql_would_take_all_tables(void **state)
{
    assert_refused(*state, SOURCE WITH_CA ", DatabaseName: app", "CFN4330 6:86");
    assert_refused(*state, TARGET WITH_CA ", DatabaseName: app", "CFN4330 6:87");
    assert_refused(
        *state,
        TARGET WITH_CA ", DatabaseName: app, MySqlSettings: {TargetDbType: specific-database}", "");
    assert_refused(*state, TARGET WITH_CA ", MySqlSettings: {TargetDbType: specific-database}",
                   "CFN4330 6:103");
}

static void postgresql_needs_a_database(void **state)
{
    assert_refused(*state, "EndpointType: source, EngineName: postgres", "CFN4346 4:3");
}

static void a_setting_of_the_other_direction_is_refused(void **state)
{
    assert_refused(*state, SOURCE WITH_CA ", MySqlSettings: {ParallelLoadThreads: 2}",
                   "CFN4331 6:109");
    assert_refused(*state, TARGET WITH_CA ", MySqlSettings: {EventsPollInterval: 2}",
                   "CFN4331 6:109");
    assert_refused(*state, SOURCE WITH_CA ", ExtraConnectionAttributes: 'initstmt=SET X=1;'",
                   "CFN4331 6:99");
}

static void settings_of_the_other_engine_are_refused(void **state)
{
    assert_refused(*state, SOURCE WITH_CA ", PostgreSqlSettings: {CaptureDdls: false}",
                   "CFN2019 6:92");
}

static void a_range_is_held(void **state)
{
    assert_refused(*state, TARGET WITH_CA ", MySqlSettings: {ParallelLoadThreads: 6}",
                   "CFN2007 6:110");
}

static void the_spelling_of_the_api_leads_to_that_of_cloudformation(void **state)
{
    stack_fixture *t = *state;
    assert_refused(t, TARGET WITH_CA ", MySQLSettings: {MaxFileSize: 1}", "CFN2002 6:73");
    assert_said(&t->f, "it is called MySqlSettings here");
}

static void attributes_that_check_foreign_keys_are_warned_of(void **state)
{
    assert_refused(*state, TARGET WITH_CA ", ExtraConnectionAttributes: 'ConnectionTimeout=20'",
                   "CFN4332 6:100");
    assert_refused(*state,
                   TARGET WITH_CA ", ExtraConnectionAttributes: 'ConnectionTimeout=20',"
                                  " MySqlSettings: {AfterConnectScript: SET foreign_key_checks=0}",
                   "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_mysql_endpoint_verifies_host_and_certificate_by_default),
        STACK_TEST(a_postgresql_endpoint_without_a_certificate_requires_tls),
        STACK_TEST(the_login_comes_from_the_secret_alone),
        STACK_TEST(the_access_role_trusts_the_principal_of_the_region),
        STACK_TEST(the_access_role_may_decrypt_a_secret_with_a_key_of_its_own),
        STACK_TEST(a_secret_known_by_name_is_granted_with_its_unknown_ending),
        STACK_TEST(foreign_keys_are_not_checked_while_a_mysql_target_is_loaded),
        STACK_TEST(settings_go_to_the_block_of_the_engine),
        STACK_TEST(mysql_has_no_ssl_mode_require),
        STACK_TEST(a_mode_that_verifies_needs_a_certificate),
        STACK_TEST(a_connection_without_tls_is_warned_of),
        STACK_TEST(a_certificate_that_is_not_looked_at_is_warned_of),
        STACK_TEST(what_rds_calls_aurora_mysql_is_aurora_for_dms),
        STACK_TEST(a_password_has_no_place),
        STACK_TEST(a_secret_is_not_its_value),
        STACK_TEST(a_database_of_mysql_would_take_all_tables),
        STACK_TEST(postgresql_needs_a_database),
        STACK_TEST(a_setting_of_the_other_direction_is_refused),
        STACK_TEST(settings_of_the_other_engine_are_refused),
        STACK_TEST(a_range_is_held),
        STACK_TEST(the_spelling_of_the_api_leads_to_that_of_cloudformation),
        STACK_TEST(attributes_that_check_foreign_keys_are_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
