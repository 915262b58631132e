/* Cfngen::SecretsManager::Secret. */
#include "stack_support.h"

#define ARN "arn:aws:secretsmanager:eu-west-2:111122223333:secret:db-AbC123"
#define SECRET(properties)                                                                         \
    "Resources:\n  Role: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {}}}\n"   \
    "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: {" properties "}}\n"

static void without_an_arn_the_template_asks_for_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, SECRET("") "Outputs: {O: {Value: !Ref S}, A: {Value: !GetAtt S.Arn}}\n");
    assert_at(t, "Parameters/SArn/Type", "\"String\"");
    assert_at(t, "Outputs/O/Value", "{\"Ref\":\"SArn\"}");
    assert_at(t, "Outputs/A/Value", "{\"Ref\":\"SArn\"}");
    assert_nothing_at(t, "Resources/S");
}

static void a_role_that_may_read_gets_this_secret_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, SECRET("SecretArn: '" ARN "', GrantReadTo: [!Ref Role]"));
    assert_at(t, "Resources/SReadByRole/Properties",
              "{\"PolicyDocument\":{\"Version\":"
              "\"2012-10-17\",\"Statement\":[{\"Sid\":\"ReadSecret\",\"Effect\":\"Allow\","
              "\"Action\":[\"secretsmanager:DescribeSecret\",\"secretsmanager:GetSecretValue\"],"
              "\"Resource\":\"" ARN "\"}]},"
              "\"PolicyName\":\"s-read-by-role-test-s1\",\"Roles\":[{\"Ref\":\"Role\"}]}");
}

static void a_key_of_ones_own_is_granted_through_secrets_manager_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          SECRET("SecretArn: '" ARN
                 "', EncryptionKey: !Ref Key, GrantReadTo: [!Ref Role]") "  Key: {Type: "
                                                                         "'Cfngen::KMS::Key'}\n");
    assert_at(
        t, "Resources/SReadByRole/Properties/PolicyDocument/Statement/1",
        "{\"Sid\":\"DecryptSecret\",\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\","
        "\"Resource\":{\"Fn::GetAtt\":[\"Key\",\"Arn\"]},\"Condition\":{\"StringEquals\":"
        "{\"kms:ViaService\":{\"Fn::Sub\":\"secretsmanager.${AWS::Region}.amazonaws.com\"}}}}");
}

static void a_secret_known_by_name_is_granted_with_its_unknown_ending(void **state)
{
    stack_fixture *t = *state;
    synth(t, SECRET("SecretName: app/db, GrantReadTo: [worker]") "Outputs: {O: {Value: !Ref S}}\n");
    assert_at(t, "Resources/SReadByworker/Properties/PolicyDocument/Statement/0/Resource",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:secretsmanager:${AWS::Region}:"
              "${AWS::AccountId}:secret:app/db-\?\?\?\?\?\?\"}");
    assert_at(t, "Outputs/O/Value", "\"app/db\"");
}

static void an_arn_without_its_ending_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, SECRET("SecretArn: 'arn:aws:secretsmanager:eu-west-2:111122223333:secret:db'"));
    assert_found(&t->f, "CFN2024 3:71");
}

static void an_arn_and_a_name_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, SECRET("SecretName: a, SecretArn: '" ARN "'"));
    assert_found(&t->f, "CFN2019 3:72");
}

static void the_value_of_a_secret_is_a_dynamic_reference(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          SECRET("SecretName: app/db") "  Net: {Type: 'Cfngen::EC2::Network', Properties: "
                                       "{AvailabilityZones: [a, b]}}\n"
                                       "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: "
                                       "{Engine: aurora-mysql,\n"
                                       "       Network: !Ref Net, SecurityGroups: [sg-12345678], "
                                       "EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1', "
                                       "MasterSecret: !Ref S}}\n"
                                       "  D2: {Type: 'Cfngen::RDS::AuroraCluster', Properties: "
                                       "{Engine: aurora-mysql,\n"
                                       "       Network: !Ref Net, SecurityGroups: [sg-12345678], "
                                       "EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1', "
                                       "MasterSecret: other}}\n");
    assert_at(t, "Resources/Db/Properties/MasterUserPassword",
              "\"{{resolve:secretsmanager:app/db:SecretString:password}}\"");
    assert_at(t, "Resources/D2/Properties/MasterUsername",
              "\"{{resolve:secretsmanager:other:SecretString:username}}\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(without_an_arn_the_template_asks_for_one),
        STACK_TEST(a_role_that_may_read_gets_this_secret_alone),
        STACK_TEST(a_key_of_ones_own_is_granted_through_secrets_manager_alone),
        STACK_TEST(a_secret_known_by_name_is_granted_with_its_unknown_ending),
        STACK_TEST(an_arn_without_its_ending_is_refused),
        STACK_TEST(an_arn_and_a_name_exclude_each_other),
        STACK_TEST(the_value_of_a_secret_is_a_dynamic_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
