/* Cfngen::Backup::Plan: the plan, its vault, what it selects and who is told. */
#include "constructs/backup_plan.h"

#include <cfngen/aws/backup.h>
#include <cfngen/aws/events.h>
#include <cfngen/aws/iam.h>

typedef cfn_backup_plan_props props_type;
typedef aws_backup_BackupPlan_BackupPlan_BackupPlanRule made_rule;
typedef aws_backup_BackupPlan_BackupPlan_BackupPlanRule_Lifecycle made_lifecycle;
typedef aws_backup_BackupSelection_BackupSelection_ListOfTags made_tag;

static const char vault_role[] = "Vault", role_role[] = "Role", selection_role[] = "Selection";
static const char rule_role[] = "Failures";

/* What can fail beside a backup; of these a vault tells by itself, and of a backup that it ended,
 * well or not: failed backups come by EventBridge.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultNotifications.html */
static const char *const failures[] = {"CONTINUOUS_BACKUP_INTERRUPTED", "COPY_JOB_FAILED",
                                       "S3_BACKUP_OBJECT_FAILED", NULL};

/* Backups of a database are snapshots, encrypted as it is; those of a bucket with the vault's key.
 */
static cfn_kms_key key_of(cfn__expansion *x, const cfn_handle *handle)
{
    const cfn__construct *c = cfn__handle_construct(x, handle);
    if (c && c->type == &cfn__rds_aurora_cluster_type)
        return ((const cfn_rds_aurora_cluster_props *)c->props)->encryption_key;
    if (c && c->type == &cfn__rds_instance_type)
        return ((const cfn_rds_instance_props *)c->props)->encryption_key;
    return cfn_kms_key_named(NULL);
}

static void keep_keys(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__kms_key_keep(x, props->encryption_key, c);
    for (size_t i = 0; i < props->clusters.count; i++)
        cfn__kms_key_keep(x, key_of(x, &props->clusters.items[i].handle), c);
    for (size_t i = 0; i < props->databases.count; i++)
        cfn__kms_key_keep(x, key_of(x, &props->databases.items[i].handle), c);
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__sns_topic_admit(x, props->topic, CFN__EVENTBRIDGE);
    cfn__sns_topic_admit(x, props->topic, CFN__BACKUP_EVENTS);
    if (!cfn__backup_vault_goes(c))
        keep_keys(x, c);
}

/* ---- the vault ---- */

static const aws_backup_BackupVault_LockConfiguration *lock_of(const cfn__construct *c)
{
    const cfn_backup_lock *lock = &((const props_type *)c->props)->lock;
    aws_backup_BackupVault_LockConfiguration *made =
        cfn__is_set(lock->min_retention_days.expression) ? cfn__alloc(c->make.arena, sizeof *made)
                                                         : NULL;
    if (made)
        *made = (aws_backup_BackupVault_LockConfiguration){
            .ChangeableForDays = lock->changeable_for_days,
            .MaxRetentionDays = lock->max_retention_days,
            .MinRetentionDays = lock->min_retention_days};
    return made;
}

static cfn_str_list events_of(const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *list = cfn__list(&c->make);
    for (const char *const *event = failures; *event; event++)
        cfn__append(list, cfn__string(&c->make, *event));
    return props->events.items ? props->events : (cfn_str_list){.all = cfn_of_node(list)};
}

static void make_vault(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"the name of a vault", 50, "_", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name_or(x, c, props->vault_name, "VaultName", vault_role, &rule);
    const aws_backup_BackupVault_Notifications notifications = {
        .BackupVaultEvents = events_of(c), .SNSTopicArn = cfn_sns_topic_arn(props->topic)};
    bool tells = cfn__handle_is_set(&props->topic.handle);
    cfn_node *vault = CFN__RESOURCE(aws_backup_BackupVault, x, c, vault_role,
                                    &(aws_backup_BackupVault_props){
                                        .BackupVaultName = cfn_of_node(name),
                                        .BackupVaultTags = cfn__tags_map(x, c, name, props->tags),
                                        .EncryptionKeyArn = cfn_kms_key_arn(props->encryption_key),
                                        .LockConfiguration = lock_of(c),
                                        .Notifications = tells ? &notifications : NULL,
                                    });
    cfn__resource_policies(x, vault, "Retain");
    cfn__answer_with(x, c, "VaultName", cfn__ref_node(&c->make, cfn__role_id(x, c, vault_role)));
    cfn__answer_with(x, c, "VaultArn",
                     cfn__get_att_node(&c->make, cfn__role_id(x, c, vault_role), "BackupVaultArn"));
}

/* ---- the plan ---- */

static cfn_num number_of(cfn_int value)
{
    return (cfn_num){.expression = value.expression, .value = (double)value.value};
}

static made_rule make_rule(cfn__expansion *x, const cfn__construct *c, const cfn_backup_rule *rule)
{
    made_lifecycle *lifecycle = cfn__alloc(c->make.arena, sizeof *lifecycle);
    if (lifecycle)
        *lifecycle = (made_lifecycle){
            .DeleteAfterDays = number_of(cfn__int_or(rule->delete_after_days, 35)),
            .MoveToColdStorageAfterDays = number_of(rule->move_to_cold_storage_after_days)};
    return (made_rule){
        .CompletionWindowMinutes = number_of(rule->completion_window_minutes),
        .EnableContinuousBackup = rule->enable_continuous_backup,
        .Lifecycle = lifecycle,
        .RuleName = rule->name,
        .ScheduleExpression = rule->schedule_expression,
        .ScheduleExpressionTimezone = rule->time_zone,
        .StartWindowMinutes = number_of(rule->start_window_minutes),
        .TargetBackupVault = cfn_ref(cfn__role_id(x, c, vault_role)),
    };
}

static void make_plan(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"the name of a plan", 50, "_.", false, false};
    static const cfn_backup_rule daily = {
        .name = {.form = CFN_LITERAL, .text = "Daily"},
        .schedule_expression = {.form = CFN_LITERAL, .text = "cron(0 3 * * ? *)"}};
    const props_type *props = c->props;
    const cfn_backup_rule *rules = props->rules.count ? props->rules.items : &daily;
    size_t count = props->rules.count ? props->rules.count : 1;
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &rule);
    made_rule *made = CFN__NEW_ARRAY(c->make.arena, count, made_rule);
    for (size_t i = 0; made && i < count; i++)
        made[i] = make_rule(x, c, &rules[i]);
    const aws_backup_BackupPlan_BackupPlan plan = {
        .BackupPlanName = cfn_of_node(name),
        .BackupPlanRule = {.items = made, .count = made ? count : 0}};
    CFN__RESOURCE(
        aws_backup_BackupPlan, x, c, "",
        &(aws_backup_BackupPlan_props){.BackupPlan = &plan,
                                       .BackupPlanTags = cfn__tags_map(x, c, name, props->tags)});
}

/* ---- the role ---- */

static cfn_node *managed_policies(const cfn__construct *c)
{
#define POLICY "arn:${AWS::Partition}:iam::aws:policy/"
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    bool restores = cfn__bool_or(props->allow_restores, false).value,
         buckets = props->buckets.count;
    const struct {
        bool is_needed;
        const char *arn;
    } policies[] = {
        {true, POLICY "service-role/AWSBackupServiceRolePolicyForBackup"},
        {restores, POLICY "service-role/AWSBackupServiceRolePolicyForRestores"},
        {buckets, POLICY "AWSBackupServiceRolePolicyForS3Backup"},
        {buckets && restores, POLICY "AWSBackupServiceRolePolicyForS3Restore"},
    };
    cfn_node *list = cfn__list(make);
    for (size_t i = 0; i < CFN__COUNT(policies); i++)
        if (policies[i].is_needed)
            cfn__append(list, cfn__sub_node(make, policies[i].arn));
    return list;
#undef POLICY
}

static void make_role(cfn__expansion *x, cfn__construct *c)
{
    static const char *const assume[] = {"sts:AssumeRole", NULL};
    static const cfn__name_rule rule = {"a role name", 64, "+=,.@_", false, false};
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    cfn_node *name = cfn__name(x, c, role_role, &rule);
    cfn_node *trust = cfn__statement(make, "AwsBackup",
                                     cfn__service_principal(make, "backup.amazonaws.com"), assume);
    cfn_node *document = cfn__policy_document(make, cfn__append(cfn__list(make), trust));
    CFN__RESOURCE(
        aws_iam_Role, x, c, role_role,
        &(aws_iam_Role_props){.AssumeRolePolicyDocument = cfn__json_of_node(document),
                              .ManagedPolicyArns = {.all = cfn_of_node(managed_policies(c))},
                              .RoleName = cfn_of_node(name),
                              .Tags = cfn__tags(x, c, name, props->tags)});
    cfn__answer_with(x, c, "RoleArn",
                     cfn__get_att_node(make, cfn__role_id(x, c, role_role), "Arn"));
}

/* ---- the selection ---- */

/* What exists is known by its identifier. */
static cfn_node *database_arn(const cfn__construct *c, const cfn_handle *handle, cfn_str arn,
                              const char *kind)
{
    if (handle->id)
        return cfn__str_node(&c->make, arn);
    return cfn__concat(
        &c->make,
        cfn__format(c->make.arena,
                    "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:%s:", kind),
        cfn__str_node(&c->make, handle->value), "");
}

static cfn_node *selected(const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_node *list = cfn__list(&c->make);
    for (size_t i = 0; i < props->clusters.count; i++)
        cfn__append(list,
                    database_arn(c, &props->clusters.items[i].handle,
                                 cfn_rds_aurora_cluster_arn(props->clusters.items[i]), "cluster"));
    for (size_t i = 0; i < props->databases.count; i++)
        cfn__append(list, database_arn(c, &props->databases.items[i].handle,
                                       cfn_rds_instance_arn(props->databases.items[i]), "db"));
    for (size_t i = 0; i < props->buckets.count; i++)
        cfn__append(list, cfn__str_node(&c->make, cfn_s3_bucket_arn(props->buckets.items[i])));
    for (size_t i = 0; i < props->resources.count; i++)
        cfn__append(list, cfn__str_node(&c->make, props->resources.items[i]));
    return cfn_node_size(list) ? list : NULL;
}

static aws_backup_BackupSelection_BackupSelection_ListOfTags_list tags_of(const cfn__construct *c)
{
    const cfn_node *tags = ((const props_type *)c->props)->select_tags.expression.node;
    size_t count = cfn_node_size(tags), i = 0;
    made_tag *made = CFN__NEW_ARRAY(c->make.arena, count + 1, made_tag);
    for (const cfn_node *n = cfn_node_first(tags); made && n; n = cfn_node_next(n))
        made[i++] = (made_tag){.ConditionKey = cfn_s(n->key),
                               .ConditionType = cfn_s("STRINGEQUALS"),
                               .ConditionValue = cfn_of_node(n)};
    return (aws_backup_BackupSelection_BackupSelection_ListOfTags_list){.items = i ? made : NULL,
                                                                        .count = i};
}

static void make_selection(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"the name of a selection", 50, "_.", false, false};
    cfn_node *list = selected(c);
    const aws_backup_BackupSelection_BackupSelection selection = {
        .IamRoleArn = cfn_att(cfn__role_id(x, c, role_role), "Arn"),
        .ListOfTags = tags_of(c),
        .Resources = {.all = list ? cfn_of_node(list) : cfn_s(NULL)},
        .SelectionName = cfn_of_node(cfn__name(x, c, selection_role, &rule)),
    };
    cfn_node *made =
        CFN__RESOURCE(aws_backup_BackupSelection, x, c, selection_role,
                      &(aws_backup_BackupSelection_props){.BackupPlanId = cfn_ref(c->id),
                                                          .BackupSelection = &selection});
    cfn__resource_completes(c, made);
}

/* ---- failures ---- */

static cfn_node *strings(const cfn__maker *make, const char *const *texts)
{
    cfn_node *list = cfn__list(make);
    for (; *texts; texts++)
        cfn__append(list, cfn__string(make, *texts));
    return list;
}

/* https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
static cfn_node *event_pattern(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const source[] = {"aws.backup", NULL};
    static const char *const type[] = {"Backup Job State Change", NULL};
    static const char *const states[] = {"ABORTED", "EXPIRED", "FAILED", NULL};
    const cfn__maker *make = &c->make;
    cfn_node *vault = cfn__ref_node(make, cfn__role_id(x, c, vault_role));
    cfn_node *detail = cfn__single(make, "backupVaultName", cfn__append(cfn__list(make), vault));
    cfn__put(detail, "state", strings(make, states));
    cfn_node *pattern = cfn__single(make, "source", strings(make, source));
    cfn__put(pattern, "detail-type", strings(make, type));
    return cfn__put(pattern, "detail", detail);
}

static void make_failures(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a rule name", 64, "._", false, false};
    const props_type *props = c->props;
    cfn_node *name = cfn__name(x, c, rule_role, &rule);
    const aws_events_Rule_Targets_InputTransformer message = {
        .InputPathsMap =
            CFN_MAP({"resource", cfn_s("$.detail.resourceArn")}, {"state", cfn_s("$.detail.state")},
                    {"time", cfn_s("$.time")}, {"message", cfn_s("$.detail.statusMessage")}),
        .InputTemplate = cfn_s("\"The backup of <resource> is <state> at <time>: <message>\""),
    };
    const aws_events_Rule_Targets target = {
        .Arn = cfn_sns_topic_arn(props->topic), .Id = cfn_s("Topic"), .InputTransformer = &message};
    CFN__RESOURCE(aws_events_Rule, x, c, rule_role,
                  &(aws_events_Rule_props){
                      .Description = cfn_s("A backup failed"),
                      .EventPattern = cfn__json_of_node(event_pattern(x, c)),
                      .Name = cfn_of_node(name),
                      .State = cfn_s("ENABLED"),
                      .Tags = cfn__tags(x, c, name, props->tags),
                      .Targets = CFN_ITEMS(aws_events_Rule_Targets, target),
                  });
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    cfn__check_backup_plan(x, c);
    make_vault(x, c);
    make_plan(x, c);
    make_role(x, c);
    make_selection(x, c);
    if (cfn__handle_is_set(&((const props_type *)c->props)->topic.handle))
        make_failures(x, c);
}

/* ---- tables ---- */

enum { LONGEST = 36500 }; /* days: a hundred years */

#define ROW(kind, name, member) CFN__ROW(cfn_backup_rule, kind, name, member)
static const cfn__field rule_fields[] = {
    {ROW(STR, "Name", name), .also = "RuleName", .flags = CFN__REQUIRED,
     .doc = "What the rule is called."},
    {ROW(STR, "ScheduleExpression", schedule_expression), .also = "Schedule Cron",
     .flags = CFN__REQUIRED, .doc = "When it backs up: cron(0 3 * * ? *)."},
    {ROW(STR, "TimeZone", time_zone), .also = "ScheduleExpressionTimezone", .default_text = "UTC",
     .doc = "Where it is that time, as Europe/London."},
    {ROW(INT, "StartWindowMinutes", start_window_minutes), .also = "StartWindow",
     .default_text = "480, AWS's own",
     .doc = "A backup that has not started by then is cancelled: 60 and more."},
    {ROW(INT, "CompletionWindowMinutes", completion_window_minutes), .also = "CompletionWindow",
     .default_text = "10080, AWS's own", .doc = "One that is not complete by then is cancelled."},
    {ROW(INT, "DeleteAfterDays", delete_after_days), .also = "DeleteAfter Lifecycle Retention",
     .min = 1, .max = LONGEST, .default_text = "35", .doc = "How long a backup is kept."},
    {ROW(INT, "MoveToColdStorageAfterDays", move_to_cold_storage_after_days),
     .also = "MoveToColdStorageAfter ColdStorageAfter", .min = 1, .max = LONGEST,
     .doc = "When it moves to cold storage, for 90 days at least. Databases have none."},
    {ROW(BOOL, "EnableContinuousBackup", enable_continuous_backup), .also = "PointInTimeRecovery",
     .default_text = "false",
     .doc = "Whether any point in time can be restored; then kept for 35 days at most."},
};
#undef ROW
static const cfn_record rule_record = CFN__RECORD("a rule", cfn_backup_rule, rule_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_backup_lock, kind, name, member)
static const cfn__field lock_fields[] = {
    {ROW(INT, "MinRetentionDays", min_retention_days), .flags = CFN__REQUIRED, .min = 1,
     .max = LONGEST, .doc = "The shortest time for which the vault keeps a backup."},
    {ROW(INT, "MaxRetentionDays", max_retention_days), .min = 1, .max = LONGEST,
     .doc = "The longest one."},
    {ROW(INT, "ChangeableForDays", changeable_for_days),
     .doc = "How long the lock can be taken away, 3 and more; after that nobody can."},
};
#undef ROW
static const cfn_record lock_record = CFN__RECORD("Lock", cfn_backup_lock, lock_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_backup_plan_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "BackupPlanName",
     .default_text = "{id}-{environment}-{suffix}", .doc = "The name of the plan."},
    {ROW(STR, "VaultName", vault_name), .also = "BackupVaultName",
     .default_text = "{id}-vault-{environment}-{suffix}", .doc = "The name of the vault."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "EncryptionKeyArn KmsKeyId",
     .flags = CFN__REQUIRED, .construct = "Cfngen::KMS::Key",
     .doc = "The key of the vault. Backups of databases have the key of the database."},
    {ROW(RECORD_LIST, "Rules", rules), .also = "BackupPlanRule Rule", .base.record = &rule_record,
     .default_text = "Daily, at 03:00 UTC", .doc = "When backups are made and how long they stay."},
    {ROW(HANDLE_LIST, "Clusters", clusters), .also = "Cluster",
     .construct = "Cfngen::RDS::AuroraCluster", .flags = CFN__WRITTEN_OUT,
     .doc = "Aurora clusters that are backed up."},
    {ROW(HANDLE_LIST, "Databases", databases), .also = "Database Instances",
     .construct = "Cfngen::RDS::Instance", .flags = CFN__WRITTEN_OUT,
     .doc = "Instances of RDS that are backed up."},
    {ROW(HANDLE_LIST, "Buckets", buckets), .also = "Bucket", .construct = "Cfngen::S3::Bucket",
     .flags = CFN__WRITTEN_OUT, .doc = "Buckets that are backed up."},
    {ROW(STR_LIST, "Resources", resources), .also = "Arns", .flags = CFN__WRITTEN_OUT,
     .doc = "The ARNs of other things that are backed up; a * may stand in one."},
    {ROW(JSON, "SelectTags", select_tags), .also = "ListOfTags",
     .flags = CFN__MAPPING | CFN__SYNTH_TIME,
     .doc = "Whatever has one of these tags is backed up, as Backup: daily."},
    {ROW(HANDLE, "Topic", topic), .also = "SnsTopic Notifications",
     .construct = "Cfngen::SNS::Topic",
     .doc = "Who is told when a backup failed, was aborted or expired."},
    {ROW(STR_LIST, "Events", events), .also = "BackupVaultEvents", .flags = CFN__WRITTEN_OUT,
     .default_text = "CONTINUOUS_BACKUP_INTERRUPTED, COPY_JOB_FAILED, S3_BACKUP_OBJECT_FAILED",
     .doc = "What else the vault tells the topic of."},
    {ROW(RECORD, "Lock", lock), .also = "LockConfiguration", .base.record = &lock_record,
     .doc = "Keeps backups from being deleted before their time."},
    {ROW(BOOL, "AllowRestores", allow_restores), .flags = CFN__SYNTH_TIME, .default_text = "false",
     .doc = "Whether the role may restore, too."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the plan and its vault, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_backup_plan_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"BackupPlanArn", "the ARN of the plan"},
    {"VaultName", "the name of the vault"},
    {"VaultArn", "the ARN of the vault"},
    {"RoleArn", "the ARN of the role that AWS Backup works with"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::Backup::BackupPlan", "the plan"},
    {"Vault", "AWS::Backup::BackupVault", "where backups are kept"},
    {"Selection", "AWS::Backup::BackupSelection", "what is backed up"},
    {"Role", "AWS::IAM::Role", "what AWS Backup may do, by AWS's own policies"},
    {"Failures", "AWS::Events::Rule", "tells the topic, when there is one"},
};

const cfn__construct_type cfn__backup_plan_type = {
    .name = "Cfngen::Backup::Plan",
    .doc =
        "A plan of AWS Backup with a vault of its own, what it backs up, the role for it and who "
        "is told when it fails. The vault is kept when the stack is deleted, and so are the keys "
        "of what is in it: a vault that holds backups cannot be deleted.",
    .ref_doc = "the id of the plan",
    .props = CFN__RECORD("Cfngen::Backup::Plan", cfn_backup_plan_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_backup_plan cfn_backup_plan_add_at(cfn_stack *stack, const char *id,
                                       const cfn_backup_plan_props *props, const char *file,
                                       int line)
{
    return cfn_backup_plan_named(
        cfn__construct_add(stack, &cfn__backup_plan_type, id, props, file, line));
}
