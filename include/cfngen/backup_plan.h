/* Cfngen::Backup::Plan: what AWS Backup backs up, when, and for how long.
 *
 * Makes
 *   {Id}                  AWS::Backup::BackupPlan
 *   {Id}Vault             AWS::Backup::BackupVault, encrypted with EncryptionKey
 *   {Id}Selection         AWS::Backup::BackupSelection
 *   {Id}Role              AWS::IAM::Role that AWS Backup works with, by AWS's own policies
 *   {Id}Failures          AWS::Events::Rule, with Topic: tells it when a backup of the vault
 * failed, was aborted or expired A topic of this stack, and its key, let AWS Backup and EventBridge
 * in.
 *
 * An Aurora cluster is backed up as a whole, under its own ARN; its instances are not. AWS Backup
 * has to be switched on for Aurora, RDS and S3 in the region, once for the account:
 * `aws backup update-region-settings --resource-type-opt-in-preference Aurora=true`.
 *
 * The default DeletionPolicy is Retain, of the vault, its key and the keys of the databases: a
 * vault that holds backups cannot be deleted, and backups of a database are encrypted with the key
 * of the database. With Delete the backups must be deleted first, or the deletion of the stack
 * fails (CFN4855).
 *
 * Rules and locks are checked as AWS Backup does at deployment and after it (CFN4851 to CFN4858),
 * of AWS::Backup::* too.
 *
 * Ref is the plan's id. Attributes: BackupPlanArn, VaultName, VaultArn, RoleArn.
 *
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html */
#ifndef CFNGEN_BACKUP_PLAN_H
#define CFNGEN_BACKUP_PLAN_H

#include <cfngen/rds_instance.h>
#include <cfngen/s3_bucket.h>
#include <cfngen/sns_topic.h>

CFN_BEGIN_DECLS

/* cfn_backup_plan_existing takes the id of a plan that exists. */
CFN_HANDLE(cfn_backup_plan);

/* When a backup is made and how long it is kept. Defaults: delete_after_days 35; the windows are
 * AWS's own, 8 hours to start and 7 days to complete. */
typedef struct cfn_backup_rule {
    cfn_str name;                 /* required: 1 to 50 letters, digits, - _ . */
    cfn_str schedule_expression;  /* required: cron(...) */
    cfn_str time_zone;            /* of the schedule, as Europe/London; UTC */
    cfn_int start_window_minutes; /* 60 and more */
    cfn_int completion_window_minutes;
    cfn_int delete_after_days;               /* 1 to 36500 */
    cfn_int move_to_cold_storage_after_days; /* delete_after_days - 90 at most; not of databases */
    cfn_bool enable_continuous_backup; /* points in time of the last days: delete_after_days is 35
                                          at most */
} cfn_backup_rule;

typedef CFN_LIST_OF(cfn_backup_rule) cfn_backup_rule_list;

/* Backups cannot be deleted before their time. Without changeable_for_days who has the right to can
 * take the lock away; with it nobody can, not even AWS, once these days are over. */
typedef struct cfn_backup_lock {
    cfn_int min_retention_days;
    cfn_int max_retention_days;
    cfn_int changeable_for_days; /* 3 and more */
} cfn_backup_lock;

#ifndef __cplusplus
/* .rules = CFN_BACKUP_RULES({.name = ..., .schedule_expression = ...}, {...}) */
#define CFN_BACKUP_RULES(...) CFN_ITEMS(cfn_backup_rule, __VA_ARGS__)
#endif

/* Defaults: name and vault_name {id}-{environment}-{suffix} and {id}-vault-...; one rule Daily at
 * 03:00 UTC; events what can fail beside backups. */
typedef struct cfn_backup_plan_props {
    cfn_str name, vault_name;
    cfn_kms_key encryption_key; /* required */
    cfn_backup_rule_list rules;
    cfn_rds_aurora_cluster_list clusters; /* of what is backed up one at least */
    cfn_rds_instance_list databases;
    cfn_s3_bucket_list buckets; /* versioned ones */
    cfn_str_list resources;     /* ARNs of other things */
    cfn_json select_tags;       /* a mapping: whatever has one of these tags */
    cfn_sns_topic topic;
    cfn_str_list events; /* of the vault, told to the topic by AWS Backup itself */
    cfn_backup_lock lock;
    cfn_bool allow_restores; /* the role may restore, too; decided at synth */
    cfn_json tags;
    cfn_attributes attributes;
} cfn_backup_plan_props;

#define cfn_backup_plan_add(stack, id, ...)                                                        \
    cfn_backup_plan_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_backup_plan cfn_backup_plan_add_at(cfn_stack *stack, const char *id,
                                               const cfn_backup_plan_props *props, const char *file,
                                               int line);

/* Hold nothing for a plan that exists. */
static inline cfn_str cfn_backup_plan_vault_name(cfn_backup_plan plan)
{
    return plan.handle.id ? cfn_att(plan.handle.id, "VaultName") : cfn_s(NULL);
}
static inline cfn_str cfn_backup_plan_vault_arn(cfn_backup_plan plan)
{
    return plan.handle.id ? cfn_att(plan.handle.id, "VaultArn") : cfn_s(NULL);
}

CFN_END_DECLS

#endif
