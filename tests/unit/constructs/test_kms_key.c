/* Cfngen::KMS::Key. */
#include "stack_support.h"

static void a_key_rotates_and_waits_thirty_days_by_default(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Resources/Key/Type", "\"AWS::KMS::Key\"");
    assert_at(t, "Resources/Key/Properties/EnableKeyRotation", "true");
    assert_at(t, "Resources/Key/Properties/PendingWindowInDays", "30");
    assert_at(t, "Resources/KeyAlias/Properties/TargetKeyId", "{\"Ref\":\"Key\"}");
}

static void the_policy_of_a_key_without_users_holds_the_account_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Resources/Key/Properties/KeyPolicy",
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"AccountRoot\","
              "\"Effect\":\"Allow\",\"Principal\":{\"AWS\":{\"Fn::Sub\":"
              "\"arn:${AWS::Partition}:iam::${AWS::AccountId}:root\"}},"
              "\"Action\":\"kms:*\",\"Resource\":\"*\"}]}");
}

static void statements_of_the_user_stand_after_the_others(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key', Properties: {PolicyStatements: [{Sid: "
             "Mine}]}}}\n");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1", "{\"Sid\":\"Mine\"}");
}

static void an_alias_that_aws_reserves_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key', Properties: {Name: aws/mine}}\n");
    assert_found(&t->f, "CFN4201 2:54");
}

static void a_name_becomes_the_alias(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {N: {Type: String}}\n"
             "Resources:\n  A: {Type: 'Cfngen::KMS::Key', Properties: {Name: app/data}}\n"
             "  B: {Type: 'Cfngen::KMS::Key', Properties: {Name: !Ref N}}\n");
    assert_at(t, "Resources/AAlias/Properties/AliasName", "\"alias/app/data\"");
    assert_at(t, "Resources/BAlias/Properties/AliasName", "{\"Fn::Sub\":\"alias/${N}\"}");
}

#define CLUSTER(policy)                                                                            \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', DeletionPolicy: " policy ",\n"                     \
    "       Properties: {Engine: aurora-mysql, Network: !Ref Net, SecurityGroups: "                \
    "[sg-12345678],\n"                                                                             \
    "                    EncryptionKey: !GetAtt Key.Arn, LogExports: [error]}}\n"

static void logs_that_are_encrypted_with_it_are_named_in_its_policy(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n" CLUSTER("Delete"));
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Principal",
              "{\"Service\":{\"Fn::Sub\":\"logs.${AWS::Region}.amazonaws.com\"}}");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Condition",
              "{\"ArnEquals\":{\"kms:EncryptionContext:aws:logs:arn\":[{\"Fn::Sub\":"
              "\"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
              "/aws/rds/cluster/db-test-s1/error\"}]}}");
}

static void a_key_is_kept_when_a_snapshot_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n" CLUSTER("Snapshot"));
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Key/UpdateReplacePolicy", "\"Retain\"");
    assert_at(t, "Resources/Db/DeletionPolicy", "\"Snapshot\"");
}

static void a_key_that_is_deleted_before_its_snapshot_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key', DeletionPolicy: Delete}\n" CLUSTER(
                 "Snapshot"));
    assert_found(&t->f, "CFN4114 2:3");
}

static void a_key_is_not_kept_for_a_cluster_that_leaves_nothing(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n" CLUSTER("Delete"));
    assert_nothing_at(t, "Resources/Key/DeletionPolicy");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_key_rotates_and_waits_thirty_days_by_default),
        STACK_TEST(the_policy_of_a_key_without_users_holds_the_account_alone),
        STACK_TEST(statements_of_the_user_stand_after_the_others),
        STACK_TEST(an_alias_that_aws_reserves_is_refused),
        STACK_TEST(a_name_becomes_the_alias),
        STACK_TEST(logs_that_are_encrypted_with_it_are_named_in_its_policy),
        STACK_TEST(a_key_is_kept_when_a_snapshot_is),
        STACK_TEST(a_key_that_is_deleted_before_its_snapshot_is_an_error),
        STACK_TEST(a_key_is_not_kept_for_a_cluster_that_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
