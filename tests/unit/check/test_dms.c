/* What DMS refuses of resources that are given as they are. */
#include "stack_support.h"

#define ROLE(policy, name)                                                                         \
    "Parameters: {Name: {Type: String}}\n"                                                         \
    "Resources:\n"                                                                                 \
    "  R:\n"                                                                                       \
    "    Type: AWS::IAM::Role\n"                                                                   \
    "    Properties:\n"                                                                            \
    "      AssumeRolePolicyDocument: {}\n"                                                         \
    "      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/" policy "']\n" name
#define VPC  "AmazonDMSVPCManagementRole"
#define LOGS "AmazonDMSCloudWatchLogsRole"

static void a_role_of_the_exact_name_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(VPC, "      RoleName: dms-vpc-role\n"));
    assert_found(&t->f, "");
}

static void a_suffix_makes_a_role_useless(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(VPC, "      RoleName: dms-vpc-role-prod\n"));
    assert_found(&t->f, "CFN4310 8:17");
    assert_said(&t->f, "it looks for dms-vpc-role");
}

static void so_does_one_that_is_substituted(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(LOGS, "      RoleName: !Sub dms-cloudwatch-logs-role-${Name}\n"));
    assert_found(&t->f, "CFN4310 8:17");
}

static void other_roles_may_have_the_policy_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(LOGS, ""));
    assert_found(&t->f, "");
}

static void a_name_that_is_known_at_deployment_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(VPC, "      RoleName: !Ref Name\n"));
    assert_found(&t->f, "");
}

static void roles_for_other_things_have_any_name(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE("AWSLambdaBasicExecutionRole", "      RoleName: dms-vpc-role-prod\n"));
    assert_found(&t->f, "");
}

#define ENDPOINT(properties)                                                                       \
    "Resources:\n  E: {Type: 'AWS::DMS::Endpoint', Properties: {EndpointType: source,\n"           \
    "      " properties "}}\n"

static void an_endpoint_of_mysql_has_no_ssl_mode_require(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT("EngineName: mysql, SslMode: require"));
    assert_found(&t->f, "CFN4301 3:35");
}

static void an_ssl_mode_that_verifies_needs_a_certificate(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT("EngineName: postgres, SslMode: verify-ca"));
    assert_found(&t->f, "CFN4302 3:38");
}

static void aurora_mysql_is_no_engine_of_dms(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT("EngineName: aurora-mysql"));
    assert_said(&t->f, "in:3:19: error CFN4304");
}

static void endpoints_that_dms_takes_are_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, ENDPOINT("EngineName: postgres, SslMode: require"));
    assert_found(&t->f, "");
}

#define MAPPINGS                                                                                   \
    "{\"rules\":[{\"rule-type\":\"selection\",\"rule-id\":\"1\",\"rule-name\":\"1\","              \
    "\"rule-action\":\"include\",\"object-locator\":{\"schema-name\":\"a_b\",\"table-name\":\"%"   \
    "\"}}]}"
#define DMS_TASK(mappings, settings)                                                               \
    "Resources:\n  T: {Type: 'AWS::DMS::ReplicationTask', Properties: {MigrationType: cdc,\n"      \
    "      ReplicationInstanceArn: 'arn:aws:dms:eu-west-2:111122223333:rep:A',\n"                  \
    "      SourceEndpointArn: 'arn:aws:dms:eu-west-2:111122223333:endpoint:A',\n"                  \
    "      TargetEndpointArn: 'arn:aws:dms:eu-west-2:111122223333:endpoint:B',\n"                  \
    "      TableMappings: '" mappings "',\n"                                                       \
    "      ReplicationTaskSettings: '" settings "'}}\n"

static void documents_of_a_task_are_read(void **state)
{
    stack_fixture *t = *state;
    synth(t, DMS_TASK(MAPPINGS, "{\"Logging\":{\"EnableLogging\":true}}"));
    assert_found(&t->f, ""); /* what only is unwise is left to those who wrote it */
}

static void what_dms_refuses_of_them_is_told_at_the_text(void **state)
{
    stack_fixture *t = *state;
    synth(t, DMS_TASK("{\"rules\":[]}", "{\"Loging\":{}}"));
    assert_found(&t->f, "CFN4327 6:22, CFN4322 7:32");
    assert_said(&t->f, "did you mean Logging?");
}

static void a_document_that_is_no_json_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, DMS_TASK("{rules}", "{}"));
    assert_found(&t->f, "CFN0101 6:22");
}

static void a_document_that_is_read_at_deployment_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, DMS_TASK("{{resolve:ssm:/dms/mappings}}", "{}"));
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_role_of_the_exact_name_is_good),
        STACK_TEST(a_suffix_makes_a_role_useless),
        STACK_TEST(so_does_one_that_is_substituted),
        STACK_TEST(other_roles_may_have_the_policy_too),
        STACK_TEST(a_name_that_is_known_at_deployment_is_let_through),
        STACK_TEST(roles_for_other_things_have_any_name),
        STACK_TEST(an_endpoint_of_mysql_has_no_ssl_mode_require),
        STACK_TEST(an_ssl_mode_that_verifies_needs_a_certificate),
        STACK_TEST(aurora_mysql_is_no_engine_of_dms),
        STACK_TEST(endpoints_that_dms_takes_are_good),
        STACK_TEST(documents_of_a_task_are_read),
        STACK_TEST(what_dms_refuses_of_them_is_told_at_the_text),
        STACK_TEST(a_document_that_is_no_json_is_told),
        STACK_TEST(a_document_that_is_read_at_deployment_is_let_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
