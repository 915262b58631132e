/* Cfngen::Backup::Plan. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define PLAN(rest, beside)                                                                         \
    "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"                                              \
    "  B: {Type: 'Cfngen::Backup::Plan'" beside ", Properties: {EncryptionKey: !Ref Key,\n"        \
    "    " rest "}}\n"
#define KEPT(rest) PLAN(rest, "")
#define GONE(rest) PLAN(rest, ", DeletionPolicy: Delete")
#define TAGGED     "SelectTags: {Backup: daily}"
#define RULE(rest)                                                                                 \
    TAGGED ", Rules: [{Name: Daily, ScheduleExpression: cron(0 3 * * ? *), " rest "}]"
#define TOPIC                                                                                      \
    "  T: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, Publishers: [], "     \
    "Subscriptions: [{Protocol: email, Endpoint: ops@example.com}]}}\n"
#define CLUSTER                                                                                    \
    "  Own: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  N: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678, SubnetIds: "            \
    "[subnet-12345678, subnet-23456789], AvailabilityZones: [eu-west-2a, eu-west-2b]}}\n"          \
    "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref N, Description: d}}\n"   \
    "  C: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-postgresql, Network: "  \
    "!Ref N, SecurityGroups: [!Ref G], EncryptionKey: !Ref Own}}\n"

#define PLAN_RULE "Resources/B/Properties/BackupPlan/BackupPlanRule/0"
#define SELECTION "Resources/BSelection/Properties/BackupSelection"

static void by_default_a_backup_is_made_at_night_and_kept_for_35_days(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED));
    assert_found(&t->f, "");
    assert_at(t, "Resources/B/Properties/BackupPlan",
              "{\"BackupPlanName\":\"b-test-s1\",\"BackupPlanRule\":[{\"Lifecycle\":"
              "{\"DeleteAfterDays\":35},\"RuleName\":\"Daily\",\"ScheduleExpression\":"
              "\"cron(0 3 * * ? *)\",\"TargetBackupVault\":{\"Ref\":\"BVault\"}}]}");
}

static void a_rule_says_when_and_how_long(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(RULE("TimeZone: Europe/London, StartWindowMinutes: 60, CompletionWindowMinutes: "
                       "180, DeleteAfterDays: 120, MoveToColdStorageAfterDays: 30")));
    assert_found(&t->f, "");
    assert_at(t, PLAN_RULE,
              "{\"CompletionWindowMinutes\":180,\"Lifecycle\":{\"DeleteAfterDays\":120,"
              "\"MoveToColdStorageAfterDays\":30},\"RuleName\":\"Daily\",\"ScheduleExpression\":"
              "\"cron(0 3 * * ? *)\",\"ScheduleExpressionTimezone\":\"Europe/London\","
              "\"StartWindowMinutes\":60,\"TargetBackupVault\":{\"Ref\":\"BVault\"}}");
}

static void the_vault_is_encrypted_with_the_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED));
    assert_at(t, "Resources/BVault/Properties/EncryptionKeyArn",
              "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, "Resources/BVault/Properties/BackupVaultName", "\"b-vault-test-s1\"");
}

static void a_cluster_is_selected_by_its_own_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("Clusters: [!Ref C, theirs]") CLUSTER);
    assert_found(&t->f, "");
    assert_at(t, SELECTION "/Resources",
              "[{\"Fn::GetAtt\":[\"C\",\"DBClusterArn\"]},{\"Fn::Sub\":\"arn:${AWS::Partition}:rds:"
              "${AWS::Region}:${AWS::AccountId}:cluster:theirs\"}]");
    assert_at(t, SELECTION "/IamRoleArn", "{\"Fn::GetAtt\":[\"BRole\",\"Arn\"]}");
}

static void an_instance_of_rds_is_selected_and_its_key_kept(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("Databases: [!Ref I, theirs]") //
          CLUSTER "  I: {Type: 'Cfngen::RDS::Instance', Properties: {Engine: postgres, Network: "
                  "!Ref N, SecurityGroups: [!Ref G], EncryptionKey: !Ref Own}}\n");
    assert_at(
        t, SELECTION "/Resources",
        "[{\"Fn::GetAtt\":[\"I\",\"DBInstanceArn\"]},{\"Fn::Sub\":\"arn:${AWS::Partition}:rds:"
        "${AWS::Region}:${AWS::AccountId}:db:theirs\"}]");
    assert_at(t, "Resources/Own/DeletionPolicy", "\"Retain\"");
}

static void whatever_has_a_tag_is_selected(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("SelectTags: {Backup: daily, Tier: !Ref 'AWS::StackName'}"));
    assert_at(t, SELECTION "/ListOfTags",
              "[{\"ConditionKey\":\"Backup\",\"ConditionType\":\"STRINGEQUALS\","
              "\"ConditionValue\":\"daily\"},{\"ConditionKey\":\"Tier\",\"ConditionType\":"
              "\"STRINGEQUALS\",\"ConditionValue\":{\"Ref\":\"AWS::StackName\"}}]");
    assert_nothing_at(t, SELECTION "/Resources");
}

static void its_role_is_for_aws_backup_alone_in_any_partition(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED));
    assert_at(t, "Resources/BRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal",
              "{\"Service\":\"backup.amazonaws.com\"}");
    assert_at(t, "Resources/BRole/Properties/ManagedPolicyArns",
              "[{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::aws:policy/service-role/"
              "AWSBackupServiceRolePolicyForBackup\"}]");
}

static void it_restores_and_backs_up_buckets_when_asked_to(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("AllowRestores: true, Buckets: [!Ref Files]") //
          "  Files: {Type: 'Cfngen::S3::Bucket'}\n");
    assert_found(&t->f, "");
    assert_at(t, SELECTION "/Resources", "[{\"Fn::GetAtt\":[\"Files\",\"Arn\"]}]");
    assert_at(t, "Resources/BRole/Properties/ManagedPolicyArns/1",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::aws:policy/service-role/"
              "AWSBackupServiceRolePolicyForRestores\"}");
    assert_at(t, "Resources/BRole/Properties/ManagedPolicyArns/2",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::aws:policy/"
              "AWSBackupServiceRolePolicyForS3Backup\"}");
    assert_at(t, "Resources/BRole/Properties/ManagedPolicyArns/3",
              "{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::aws:policy/"
              "AWSBackupServiceRolePolicyForS3Restore\"}");
}

static void a_topic_is_told_of_backups_that_failed(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED ", Topic: !Ref T") TOPIC);
    assert_found(&t->f, "");
    assert_at(t, "Resources/BFailures/Properties/EventPattern",
              "{\"source\":[\"aws.backup\"],\"detail-type\":[\"Backup Job State Change\"],"
              "\"detail\":{\"backupVaultName\":[{\"Ref\":\"BVault\"}],\"state\":[\"ABORTED\","
              "\"EXPIRED\",\"FAILED\"]}}");
    assert_at(t, "Resources/BFailures/Properties/Targets/0/Arn", "{\"Ref\":\"T\"}");
    assert_at(t, "Resources/BVault/Properties/Notifications",
              "{\"BackupVaultEvents\":[\"CONTINUOUS_BACKUP_INTERRUPTED\",\"COPY_JOB_FAILED\","
              "\"S3_BACKUP_OBJECT_FAILED\"],\"SNSTopicArn\":{\"Ref\":\"T\"}}");
}

static void the_topic_and_its_key_let_both_services_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED ", Topic: !Ref T") TOPIC);
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/0/Sid", "\"EventBridge\"");
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/1",
              "{\"Sid\":\"BackupEvents\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"backup.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":{\"Ref\":\"T\"}}");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2/Principal",
              "{\"Service\":\"backup.amazonaws.com\"}");
}

static void without_a_topic_nobody_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED));
    assert_nothing_at(t, "Resources/BFailures");
    assert_nothing_at(t, "Resources/BVault/Properties/Notifications");
}

static void the_vault_and_the_keys_of_what_is_in_it_are_kept(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("Clusters: [!Ref C]") CLUSTER);
    assert_at(t, "Resources/BVault/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Own/DeletionPolicy", "\"Retain\"");
    assert_nothing_at(t, "Resources/B/DeletionPolicy");
}

static void a_vault_that_goes_with_the_stack_is_noted(void **state)
{
    stack_fixture *t = *state;
    synth(t, GONE("Clusters: [!Ref C]") CLUSTER);
    assert_found(&t->f, "CFN4855 3:3");
    assert_said(&t->f, "aws backup delete-recovery-point");
    assert_nothing_at(t, "Resources/Own/DeletionPolicy");
    assert_at(t, "Resources/BVault/DeletionPolicy", "\"Delete\"");
}

static void a_lock_keeps_backups_for_their_time(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED ", Lock: {MinRetentionDays: 7, MaxRetentionDays: 90, ChangeableForDays: "
                         "3}"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/BVault/Properties/LockConfiguration",
              "{\"ChangeableForDays\":3,\"MaxRetentionDays\":90,\"MinRetentionDays\":7}");
}

static void what_others_need_of_it_are_attributes(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED) "Outputs:\n  A: {Value: !GetAtt B.VaultArn}\n"
                          "  B: {Value: !GetAtt B.VaultName}\n  C: {Value: !GetAtt B.RoleArn}\n");
    assert_at(t, "Outputs/A/Value", "{\"Fn::GetAtt\":[\"BVault\",\"BackupVaultArn\"]}");
    assert_at(t, "Outputs/B/Value", "{\"Ref\":\"BVault\"}");
    assert_at(t, "Outputs/C/Value", "{\"Fn::GetAtt\":[\"BRole\",\"Arn\"]}");
}

static void mistakes_are_told_at_their_place(void **state)
{
    static const struct {
        const char *rest, *found;
    } mistakes[] = {
        {"Name: nothing", "CFN2019 3:3"},
        {"Resources: [db]", "CFN2024 4:17"},
        {"SelectTags: !Ref 'AWS::StackName'", "CFN2005 4:17"},
        {TAGGED ", Events: [COPY_JOB_FAILED]", "CFN2019 4:42"},
        {TAGGED ", Rules: [{Name: Daily, ScheduleExpression: rate(1 day)}]", "CFN4504 4:76"},
        {TAGGED ", Rules: [{Name: a b, ScheduleExpression: cron(0 3 * * ? *)}]", "CFN2012 4:49"},
        {RULE("DeleteAfterDays: 0"), "CFN2007 4:112"},
        {RULE("StartWindowMinutes: 30"), "CFN4852 4:115"},
        {RULE("MoveToColdStorageAfterDays: 30, DeleteAfterDays: 100"), "CFN4851 4:144"},
        {RULE("EnableContinuousBackup: true, DeleteAfterDays: 36"), "CFN4851 4:142"},
        {RULE("DeleteAfterDays: 5") ", Lock: {MinRetentionDays: 7}", "CFN4857 4:112"},
        {"Resources: ['arn:aws:rds:eu-west-2:111122223333:db:x'], Rules: [{Name: Daily, "
         "ScheduleExpression: cron(0 3 * * ? *), MoveToColdStorageAfterDays: 1, DeleteAfterDays: "
         "91}]",
         "CFN4853 4:150"},
        {RULE("DeleteAfterDays: 5") ", Topic: !Ref Key", "CFN2008 4:124"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char text[1000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, KEPT("%s"), mistakes[i].rest);
        synth(t, text);
        assert_found(&t->f, mistakes[i].found);
    }
}

static void two_rules_of_one_name_are_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT(TAGGED ", Rules: [{Name: Daily, ScheduleExpression: cron(0 3 * * ? *)},\n"
                         "    {Name: Daily, ScheduleExpression: cron(0 9 * * ? *)}]"));
    assert_found(&t->f, "CFN2006 5:12");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_backup_plan_add(
        t->stack, "B",
        &(cfn_backup_plan_props){
            .encryption_key = cfn_kms_key_existing(
                cfn_s("arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-"
                      "1234567890ab")),
            .clusters =
                CFN_ITEMS(cfn_rds_aurora_cluster, cfn_rds_aurora_cluster_existing(cfn_s("theirs"))),
            .rules = CFN_BACKUP_RULES({.name = cfn_s("Daily"),
                                       .schedule_expression = cfn_s("cron(0 3 * * ? *)"),
                                       .delete_after_days = cfn_i(7),
                                       .enable_continuous_backup = cfn_b(true)}),
            .lock = {.min_retention_days = cfn_i(1)}});
    assert_same_as_file(
        t, "Resources:\n  B: {Type: 'Cfngen::Backup::Plan', Properties: {EncryptionKey: "
           "'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', "
           "Clusters: [theirs], Rules: [{Name: Daily, ScheduleExpression: cron(0 3 * * ? *), "
           "DeleteAfterDays: 7, EnableContinuousBackup: true}], Lock: {MinRetentionDays: 1}}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(by_default_a_backup_is_made_at_night_and_kept_for_35_days),
        STACK_TEST(a_rule_says_when_and_how_long),
        STACK_TEST(the_vault_is_encrypted_with_the_key),
        STACK_TEST(a_cluster_is_selected_by_its_own_arn),
        STACK_TEST(an_instance_of_rds_is_selected_and_its_key_kept),
        STACK_TEST(whatever_has_a_tag_is_selected),
        STACK_TEST(its_role_is_for_aws_backup_alone_in_any_partition),
        STACK_TEST(it_restores_and_backs_up_buckets_when_asked_to),
        STACK_TEST(a_topic_is_told_of_backups_that_failed),
        STACK_TEST(the_topic_and_its_key_let_both_services_in),
        STACK_TEST(without_a_topic_nobody_is_told),
        STACK_TEST(the_vault_and_the_keys_of_what_is_in_it_are_kept),
        STACK_TEST(a_vault_that_goes_with_the_stack_is_noted),
        STACK_TEST(a_lock_keeps_backups_for_their_time),
        STACK_TEST(what_others_need_of_it_are_attributes),
        STACK_TEST(mistakes_are_told_at_their_place),
        STACK_TEST(two_rules_of_one_name_are_an_error),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
