/* Cfngen::Logs::LogGroup. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define GROUP(rest)                                                                                \
    "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"                                              \
    "  L: {Type: 'Cfngen::Logs::LogGroup', " rest "}\n"
#define KEY "EncryptionKey: !Ref Key"

static void logs_are_encrypted_and_kept_for_a_month(void **state)
{
    stack_fixture *t = *state;
    synth(t, GROUP("Properties: {" KEY "}"));
    assert_at(t, "Resources/L/Properties/KmsKeyId", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, "Resources/L/Properties/RetentionInDays", "30");
    assert_at(t, "Resources/L/DeletionPolicy", "\"Delete\"");
}

static void the_key_serves_this_group_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, GROUP("Properties: {" KEY ", Name: /aws/lambda/check}"));
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Condition",
              "{\"ArnEquals\":{\"kms:EncryptionContext:aws:logs:arn\":[{\"Fn::Sub\":"
              "\"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
              "/aws/lambda/check\"}]}}");
}

static void a_role_may_write_to_this_group_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, GROUP("Properties: {" KEY ", GrantWriteTo: [worker]}"));
    assert_at(t, "Resources/LWriteByworker/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"WriteLogs\",\"Effect\":\"Allow\",\"Action\":[\"logs:CreateLogStream\","
              "\"logs:PutLogEvents\"],\"Resource\":{\"Fn::GetAtt\":[\"L\",\"Arn\"]}}]");
    assert_at(t, "Resources/LWriteByworker/Properties/Roles", "[\"worker\"]");
}

static void the_arn_of_a_role_is_not_its_name(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          GROUP("Properties: {" KEY ",\n    GrantWriteTo: [!GetAtt R.Arn]}") "  R: {Type: "
                                                                             "'AWS::IAM::Role', "
                                                                             "Properties: "
                                                                             "{AssumeRolePolicyDo"
                                                                             "cument: {}}}\n");
    assert_found(&t->f, "CFN2024 4:20");
}

static void a_group_that_dms_never_writes_to_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, GROUP("Properties: {" KEY ",\n    Name: /aws/dms/tasks/migration}"));
    assert_found(&t->f, "CFN4410 4:11");
    assert_said(&t->f, "dms-tasks-");
}

static void a_retention_that_cloudwatch_does_not_have_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, GROUP("Properties: {" KEY ", RetentionInDays: 31}"));
    assert_int_equal(cfn_diagnostics_size(t->f.diagnostics), 1);
    assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 0)->id, CFN3106);
}

static void a_key_that_exists_must_let_the_logs_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  L: {Type: 'Cfngen::Logs::LogGroup', Properties: {\n"
             "    EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1'}}\n");
    assert_found(&t->f, "CFN4202 3:20");
}

static void a_group_that_is_kept_keeps_its_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, GROUP("DeletionPolicy: Retain, Properties: {" KEY "}"));
    assert_at(t, "Resources/L/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key key = cfn_kms_key_add(t->stack, "Key", NULL);
    cfn_logs_log_group_add(t->stack, "L",
                           &(cfn_logs_log_group_props){.name = cfn_s("/app/log"),
                                                       .encryption_key = key,
                                                       .retention_in_days = cfn_i(14)});
    assert_same_as_file(t, GROUP("Properties: {" KEY ", Name: /app/log, RetentionInDays: 14}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(logs_are_encrypted_and_kept_for_a_month),
        STACK_TEST(the_key_serves_this_group_alone),
        STACK_TEST(a_role_may_write_to_this_group_alone),
        STACK_TEST(the_arn_of_a_role_is_not_its_name),
        STACK_TEST(a_group_that_dms_never_writes_to_is_told),
        STACK_TEST(a_retention_that_cloudwatch_does_not_have_is_refused),
        STACK_TEST(a_key_that_exists_must_let_the_logs_in),
        STACK_TEST(a_group_that_is_kept_keeps_its_key),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
