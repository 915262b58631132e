/* Plans, selections and vaults of AWS Backup, however they came into the template. */
#include "stack_support.h"

#include <cfngen/aws/backup.h>

/* A rule on line 4, a selection on line 6, a vault on line 8. */
#define TEMPLATE(rule, selection, vault)                                                           \
    "Parameters: {P: {Type: Number}}\n"                                                            \
    "Resources:\n"                                                                                 \
    "  Plan: {Type: 'AWS::Backup::BackupPlan', Properties: {BackupPlan: {BackupPlanName: p, "      \
    "BackupPlanRule: [{\n"                                                                         \
    "    RuleName: r, TargetBackupVault: !Ref Vault" rule "}]}}}\n"                                \
    "  S: {Type: 'AWS::Backup::BackupSelection', Properties: {BackupPlanId: !Ref Plan, "           \
    "BackupSelection: {SelectionName: s, IamRoleArn: 'arn:aws:iam::111122223333:role/r',\n"        \
    "    Resources: [" selection "]}}}\n"                                                          \
    "  Vault: {Type: 'AWS::Backup::BackupVault', Properties: {\n"                                  \
    "    BackupVaultName: vv" vault "}}\n"                                                         \
    "  C: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql, "                       \
    "StorageEncrypted: true, MasterUsername: a, ManageMasterUserPassword: true}}\n"                \
    "  I: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: aurora-mysql, DBInstanceClass: "     \
    "db.r6g.large, DBClusterIdentifier: !Ref C}}\n"                                                \
    "  T: {Type: 'AWS::DynamoDB::Table', Properties: {KeySchema: [{AttributeName: a, KeyType: "    \
    "HASH}], BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{AttributeName: a, "             \
    "AttributeType: S}]}}\n"
#define TABLE   "!GetAtt T.Arn"
#define CLUSTER "!GetAtt C.DBClusterArn"
#define KEPT    ", Lifecycle: {DeleteAfterDays: 35}"

static void finds(void **state, const char *template, const char *found)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, template);
    assert_found(&t->f, found);
}

static void a_plan_that_adds_up_is_good(void **state)
{
    finds(state,
          TEMPLATE(", StartWindowMinutes: 60, Lifecycle: {MoveToColdStorageAfterDays: 30, "
                   "DeleteAfterDays: 120}",
                   TABLE, ""),
          "");
}

static void a_start_window_below_an_hour_is_refused(void **state)
{
    finds(state, TEMPLATE(KEPT ", StartWindowMinutes: 59", TABLE, ""), "CFN4852 4:103");
}

static void cold_storage_is_for_ninety_days_at_least(void **state)
{
    finds(
        state,
        TEMPLATE(", Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 119}", TABLE, ""),
        "CFN4851 4:110");
}

static void days_that_are_known_at_deployment_are_let_through(void **state)
{
    finds(state,
          TEMPLATE(", Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: !Ref P}", TABLE,
                   ""),
          "");
}

static void a_continuous_backup_goes_back_35_days(void **state)
{
    finds(state,
          TEMPLATE(", EnableContinuousBackup: true, Lifecycle: {DeleteAfterDays: 36}", CLUSTER, ""),
          "CFN4851 4:108");
    finds(state, TEMPLATE(", EnableContinuousBackup: true", CLUSTER, ""), "CFN4851 4:73");
}

static void a_continuous_backup_of_35_days_is_good(void **state)
{
    finds(state, TEMPLATE(KEPT ", EnableContinuousBackup: 'true'", CLUSTER, ""), "");
}

static void a_continuous_backup_has_no_cold_storage(void **state)
{
    finds(state,
          TEMPLATE(", EnableContinuousBackup: true, Lifecycle: {MoveToColdStorageAfterDays: 5}",
                   TABLE, ""),
          "CFN4851 4:119");
}

static void databases_have_no_cold_storage(void **state)
{
    stack_fixture *t = *state;
    synth(t, TEMPLATE(", Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120}",
                      TABLE ", " CLUSTER, ""));
    assert_found(&t->f, "CFN4853 4:89");
    assert_said(&t->f, "AWS Backup ignores this");
}

static void an_arn_of_a_database_is_enough_to_know_that(void **state)
{
    finds(state,
          TEMPLATE(", Lifecycle: {MoveToColdStorageAfterDays: 30, DeleteAfterDays: 120}",
                   "'arn:aws:rds:eu-west-2:111122223333:cluster:c'", ""),
          "CFN4853 4:89");
}

static void backups_that_are_kept_for_ever_are_told(void **state)
{
    finds(state, TEMPLATE("", TABLE, ""), "CFN4858 4:15");
}

static void an_instance_of_a_cluster_is_not_backed_up(void **state)
{
    stack_fixture *t = *state;
    synth(t, TEMPLATE(KEPT, "!GetAtt I.DBInstanceArn", ""));
    assert_found(&t->f, "CFN4854 6:17");
    assert_said(&t->f, "!GetAtt Cluster.DBClusterArn");
}

static void neither_is_one_whose_arn_is_put_together(void **state)
{
    finds(state, TEMPLATE(KEPT, "!Sub 'arn:${AWS::Partition}:rds:${AWS::Region}:1:db:${I}'", ""),
          "CFN4854 6:17");
}

static void a_name_is_no_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t, TEMPLATE(KEPT, "!Ref T, !Ref C", ""));
    assert_found(&t->f, "CFN4854 6:17, CFN4854 6:25");
    assert_said(&t->f, "write !GetAtt C.DBClusterArn");
}

static void the_arn_of_a_cluster_is_good_however_it_is_written(void **state)
{
    finds(state,
          TEMPLATE(KEPT, CLUSTER ", !Sub 'arn:${AWS::Partition}:rds:eu-west-2:1:cluster:${C}'", ""),
          "");
}

static void an_event_that_is_never_sent_is_told(void **state)
{
    finds(state,
          TEMPLATE(KEPT, TABLE,
                   ", Notifications: {SNSTopicArn: 'arn:aws:sns:eu-west-2:111122223333:t', "
                   "BackupVaultEvents: [COPY_JOB_FAILED, BACKUP_JOB_FAILED]}"),
          "CFN4856 8:132");
}

static void a_lock_has_room_between_its_ends_and_three_days_to_think(void **state)
{
    finds(state,
          TEMPLATE(KEPT, TABLE, ", LockConfiguration: {MinRetentionDays: 30, MaxRetentionDays: 7}"),
          "CFN4857 4:78, CFN4857 8:86");
    finds(state,
          TEMPLATE(KEPT, TABLE, ", LockConfiguration: {MinRetentionDays: 7, ChangeableForDays: 2}"),
          "CFN4857 8:86");
}

static void a_locked_vault_refuses_backups_of_another_retention(void **state)
{
    finds(state, TEMPLATE(KEPT, TABLE, ", LockConfiguration: {MinRetentionDays: 36}"),
          "CFN4857 4:78");
    finds(state,
          TEMPLATE(KEPT, TABLE, ", LockConfiguration: {MinRetentionDays: 1, MaxRetentionDays: 34}"),
          "CFN4857 4:78");
}

static void a_lock_around_the_retention_is_good(void **state)
{
    finds(state,
          TEMPLATE(KEPT, TABLE,
                   ", LockConfiguration: {MinRetentionDays: 35, MaxRetentionDays: 35, "
                   "ChangeableForDays: 3}"),
          "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_plan_that_adds_up_is_good),
        STACK_TEST(a_start_window_below_an_hour_is_refused),
        STACK_TEST(cold_storage_is_for_ninety_days_at_least),
        STACK_TEST(days_that_are_known_at_deployment_are_let_through),
        STACK_TEST(a_continuous_backup_goes_back_35_days),
        STACK_TEST(a_continuous_backup_of_35_days_is_good),
        STACK_TEST(a_continuous_backup_has_no_cold_storage),
        STACK_TEST(databases_have_no_cold_storage),
        STACK_TEST(an_arn_of_a_database_is_enough_to_know_that),
        STACK_TEST(backups_that_are_kept_for_ever_are_told),
        STACK_TEST(an_instance_of_a_cluster_is_not_backed_up),
        STACK_TEST(neither_is_one_whose_arn_is_put_together),
        STACK_TEST(a_name_is_no_arn),
        STACK_TEST(the_arn_of_a_cluster_is_good_however_it_is_written),
        STACK_TEST(an_event_that_is_never_sent_is_told),
        STACK_TEST(a_lock_has_room_between_its_ends_and_three_days_to_think),
        STACK_TEST(a_locked_vault_refuses_backups_of_another_retention),
        STACK_TEST(a_lock_around_the_retention_is_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
