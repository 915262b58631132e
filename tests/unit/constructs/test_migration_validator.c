/* Cfngen::Migration::Validator. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define SOURCE "arn:aws:secretsmanager:eu-west-2:111122223333:secret:source-AbC123"

/* The properties under test stand on line 7. */
#define VALIDATOR_WITH(egress, properties)                                                         \
    "AWSTemplateFormatVersion: '2010-09-09'\n"                                                     \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {SubnetIds: [subnet-12345678, "             \
    "subnet-abcdef01], AvailabilityZones: [a, b]}}\n"                                              \
    "  V: {Type: 'Cfngen::Migration::Validator', Properties: {Network: !Ref Net,\n"                \
    "    SecurityGroups: [!Ref G], EncryptionKey: !Ref Key,\n"                                     \
    "    " properties "}}\n"                                                                       \
    "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net, Egress: "           \
    "[" egress "]}}\n"                                                                             \
    "  T: {Type: 'Cfngen::SecretsManager::Secret', Properties: {EncryptionKey: !Ref Key, "         \
    "AttachTo: !Ref Db}}\n"                                                                        \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-postgresql, Network: " \
    "!Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key}}\n"
#define HTTPS        "{Cidr: 10.0.0.0/8, Port: 443}"
#define DATABASE     "{Cidr: 10.0.0.0/8, Port: 5432}"
#define VALIDATOR(p) VALIDATOR_WITH(HTTPS ", " DATABASE, p)
#define SECRETS      "SourceSecret: '" SOURCE "', TargetSecret: !Ref T"
#define ENVIRONMENT  "Resources/V/Properties/Environment/Variables"
#define STATEMENTS   "Resources/VRole/Properties/Policies/0/PolicyDocument/Statement"

static const cfn_node *statement(stack_fixture *t, const char *sid)
{
    const cfn_node *list = cfn_node_find(t->template, STATEMENTS);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(cfn_node_get(n, "Sid")), sid) == 0)
            return n;
    return NULL;
}

static void a_validator_is_told_the_two_secrets(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    assert_found(&t->f, "");
    assert_at(t, ENVIRONMENT,
              "{\"SOURCE_SECRET\":\"" SOURCE "\",\"TARGET_SECRET\":{\"Ref\":"
              "\"TArn\"},\"ENGINE\":\"postgresql\"}");
}

static void its_role_reads_the_two_secrets_and_no_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    assert_json(&t->f, statement(t, "ReadSecrets"),
                "{\"Sid\":\"ReadSecrets\",\"Effect\":\"Allow\",\"Action\":"
                "\"secretsmanager:GetSecretValue\",\"Resource\":[\"" SOURCE
                "\",{\"Ref\":\"TArn\"}]}");
    assert_json(&t->f, statement(t, "DecryptSecret"),
                "{\"Sid\":\"DecryptSecret\",\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\","
                "\"Resource\":{\"Fn::GetAtt\":[\"Key\",\"Arn\"]},\"Condition\":{\"StringEquals\":"
                "{\"kms:ViaService\":{\"Fn::Sub\":"
                "\"secretsmanager.${AWS::Region}.amazonaws.com\"}}}}");
}

static void its_role_has_no_statement_beyond_these(void **state)
{
    static const char *const expected[] = {
        "WriteLogs",    "DecryptEnvironment", "ConnectToNetwork", "NotTheCodeItself",
        "TellFailures", "EncryptFailures",    "ReadSecrets",      "DecryptSecret"};
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    size_t count = sizeof expected / sizeof *expected;
    assert_int_equal(cfn_node_size(cfn_node_find(t->template, STATEMENTS)), count);
    for (size_t i = 0; i < count; i++)
        assert_non_null(statement(t, expected[i]));
}

static void it_waits_for_the_host_in_its_secret(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    assert_at(t, "Resources/V/DependsOn", "[\"TAttachment\"]");
}

static void a_run_that_fails_is_told_and_not_tried_again(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    assert_at(t, "Resources/VInvocation/Properties/MaximumRetryAttempts", "0");
    assert_at(t, "Resources/VInvocation/Properties/DestinationConfig/OnFailure/Destination",
              "{\"Fn::GetAtt\":[\"VFailureQueue\",\"Arn\"]}");
}

static void its_bundle_is_asked_for(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    assert_at(t, "Resources/V/Properties/Code",
              "{\"S3Bucket\":{\"Ref\":\"VCodeBucket\"},\"S3Key\":{\"Ref\":\"VCodeKey\"}}");
}

static void without_a_schedule_it_runs_when_invoked(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS));
    assert_nothing_at(t, "Resources/VSchedule");
    assert_nothing_at(t, "Resources/VSchedulePermission");
}

static void a_schedule_may_invoke_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS ", ScheduleExpression: rate(2 hours), ScheduleInput: '{}'"));
    assert_at(t, "Resources/VSchedule/Properties/ScheduleExpression", "\"rate(2 hours)\"");
    assert_at(t, "Resources/VSchedule/Properties/State", "\"ENABLED\"");
    assert_at(t, "Resources/VSchedule/Properties/Targets",
              "[{\"Arn\":{\"Fn::GetAtt\":[\"V\",\"Arn\"]},\"Id\":\"validator\",\"Input\":\"{}\"}]");
    assert_at(t, "Resources/VSchedulePermission/Properties",
              "{\"Action\":\"lambda:InvokeFunction\",\"FunctionName\":{\"Ref\":\"V\"},"
              "\"Principal\":\"events.amazonaws.com\",\"SourceArn\":{\"Fn::GetAtt\":"
              "[\"VSchedule\",\"Arn\"]}}");
}

static void assert_schedule(void **state, const char *schedule, bool good)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    char text[2048];
    snprintf(text, sizeof text, VALIDATOR(SECRETS ", ScheduleExpression: '%s'"), schedule);
    synth(t, text);
    assert_found(&t->f, good ? "" : "CFN4504 7:131");
}

static void only_schedules_that_event_bridge_takes_are_let_through(void **state)
{
    assert_schedule(state, "rate(1 hour)", true);
    assert_schedule(state, "rate(5 minutes)", true);
    assert_schedule(state, "rate(1 hours)", false);
    assert_schedule(state, "rate(2 hour)", false);
    assert_schedule(state, "rate(10 weeks)", false);
    assert_schedule(state, "cron(0 2 ? * SUN *)", true);
    assert_schedule(state, "cron(0 2 * * *)", false);
}

static void an_input_needs_a_schedule(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS ", ScheduleInput: '{}'"));
    assert_found(&t->f, "CFN2019 7:126");
}

static void databases_are_one_variable(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS ", Databases: [app, billing]"));
    assert_at(t, ENVIRONMENT "/DATABASES", "\"app,billing\"");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR(SECRETS ", Databases: !Split ['|', 'a|b']"));
    assert_at(t, ENVIRONMENT "/DATABASES",
              "{\"Fn::Join\":[\",\",{\"Fn::Split\":[\"|\",\"a|b\"]}]}");
}

static void further_variables_stand_beside_its_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR(SECRETS ", Environment: {LEVEL: debug, ENGINE: mysql}"));
    assert_at(t, ENVIRONMENT "/LEVEL", "\"debug\"");
    assert_at(t, ENVIRONMENT "/ENGINE", "\"mysql\"");
}

static void a_database_is_not_compared_with_itself(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("SourceSecret: !Ref T, TargetSecret: !Ref T"));
    assert_found(&t->f, "CFN2019 7:41");
}

static void a_secret_without_a_host_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR("SourceSecret: '" SOURCE
                       "', TargetSecret: !Ref M") "  M: {Type: 'Cfngen::SecretsManager::Secret', "
                                                  "Properties: {SecretArn: !GetAtt "
                                                  "Db.MasterUserSecret.SecretArn}}\n");
    assert_found(&t->f, "CFN4506 7:103");
}

static void it_must_reach_secrets_manager_and_the_cluster(void **state)
{
    stack_fixture *t = *state;
    synth(t, VALIDATOR_WITH(DATABASE, SECRETS));
    assert_found(&t->f, "CFN4501 6:21");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, VALIDATOR_WITH(HTTPS, SECRETS));
    assert_found(&t->f, "CFN4502 6:21");
}

static void c_and_a_stack_file_give_the_same(void **state)
{
    stack_fixture *t = *state;
    synth(t, "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  A: {Type: 'Cfngen::SecretsManager::Secret'}\n"
             "  B: {Type: 'Cfngen::SecretsManager::Secret'}\n"
             "  V: {Type: 'Cfngen::Migration::Validator', Properties: {SourceSecret: !Ref A,\n"
             "    TargetSecret: !Ref B, EncryptionKey: !Ref Key, Network: !Ref Net,\n"
             "    SecurityGroups: [sg-12345678], ScheduleExpression: rate(1 day)}}\n");
    cfn_stack *program = new_program();
    cfn_kms_key key = cfn_kms_key_add(program, "Key", NULL);
    cfn_ec2_network network = cfn_ec2_network_add(program, "Net", NULL);
    cfn_secretsmanager_secret source = cfn_secretsmanager_secret_add(program, "A", NULL);
    cfn_secretsmanager_secret target = cfn_secretsmanager_secret_add(program, "B", NULL);
    cfn_migration_validator_add(
        program, "V",
        &(cfn_migration_validator_props){
            .source_secret = source,
            .target_secret = target,
            .encryption_key = key,
            .network = network,
            .security_groups = CFN_ITEMS(cfn_ec2_security_group,
                                         cfn_ec2_security_group_existing(cfn_s("sg-12345678"))),
            .schedule_expression = cfn_s("rate(1 day)")});
    assert_same_as(t, program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_validator_is_told_the_two_secrets),
        STACK_TEST(its_role_reads_the_two_secrets_and_no_other),
        STACK_TEST(its_role_has_no_statement_beyond_these),
        STACK_TEST(it_waits_for_the_host_in_its_secret),
        STACK_TEST(a_run_that_fails_is_told_and_not_tried_again),
        STACK_TEST(its_bundle_is_asked_for),
        STACK_TEST(without_a_schedule_it_runs_when_invoked),
        STACK_TEST(a_schedule_may_invoke_it),
        STACK_TEST(only_schedules_that_event_bridge_takes_are_let_through),
        STACK_TEST(an_input_needs_a_schedule),
        STACK_TEST(databases_are_one_variable),
        STACK_TEST(further_variables_stand_beside_its_own),
        STACK_TEST(a_database_is_not_compared_with_itself),
        STACK_TEST(a_secret_without_a_host_is_refused),
        STACK_TEST(it_must_reach_secrets_manager_and_the_cluster),
        STACK_TEST(c_and_a_stack_file_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
