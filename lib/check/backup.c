/* What AWS Backup refuses, ignores or never tells, though CloudFormation takes it: windows and
 * lifecycles that do not add up, things that it does not back up under the ARN given, cold storage
 * for databases that have none.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html */
#include "base/text.h"
#include "check/check.h"

#include <stdlib.h>

enum {
    SHORTEST_WINDOW = 60,    /* minutes */
    COLD_AT_LEAST = 90,      /* days */
    CONTINUOUS_AT_MOST = 35, /* days */
    LOCK_COOLING = 3         /* days */
};

/* What stands under a path of members; NULL when there is nothing. */
static const cfn_node *below(const cfn_node *node, const char *first, const char *second)
{
    const cfn_node *found = cfn__get(node, first);
    return found && second ? cfn__get(found, second) : found;
}

/* Whether a literal number stands there, and which. */
static bool number(const cfn_node *node, double *value)
{
    char *end = NULL;
    *value = node && node->text ? strtod(node->text, &end) : 0;
    return end && end != node->text && !*end;
}

/* ---- what a value names ---- */

/* The id in Ref, in Fn::GetAtt, or in the first ${...} of a Fn::Sub that is a resource; in the
 * arena. */
static const char *named(cfn__check *check, const cfn_node *value)
{
    const cfn_node *argument = cfn__argument(value);
    const char *text = cfn_node_text(cfn__is_list(argument) ? argument->first : argument);
    cfn__function function = cfn__function_of(value);
    if (!text || function == CFN__FN_REF)
        return text;
    if (function == CFN__FN_GET_ATT)
        return cfn__strndup(check->out.arena, text, strcspn(text, "."));
    for (const char *p = strstr(text, "${"); function == CFN__FN_SUB && p; p = strstr(p, "${")) {
        p += 2;
        const char *id = cfn__strndup(check->out.arena, p, strcspn(p, ".}"));
        if (id && cfn_template_resource(check->tpl, id))
            return id;
    }
    return NULL;
}

/* The resource of this type that a value names, or NULL; any type when it is NULL. */
static const cfn_resource *resource_of(cfn__check *check, const cfn_node *value, const char *type)
{
    const char *id = value ? named(check, value) : NULL;
    const cfn_resource *resource = id ? cfn_template_resource(check->tpl, id) : NULL;
    return resource && (!type || strcmp(resource->type, type) == 0) ? resource : NULL;
}

/* ---- lifecycles and windows ---- */

static bool is_continuous(const cfn_node *rule)
{
    const char *text = cfn_node_text(cfn__get(rule, "EnableContinuousBackup"));
    return text && strcmp(text, "true") == 0;
}

static void check_window(cfn__check *check, const cfn_node *rule)
{
    const cfn_node *start = cfn__get(rule, "StartWindowMinutes");
    double minutes = 0;
    if (!number(start, &minutes) || minutes >= SHORTEST_WINDOW)
        return;
    cfn__complain(&check->out, CFN4852, start,
                  "AWS Backup takes a start window of %d minutes and more", SHORTEST_WINDOW);
    cfn__advise(&check->out, "write %d: a job that has not started by then is cancelled",
                SHORTEST_WINDOW);
}

/* Cold storage is paid for 90 days at least. */
static void check_lifecycle(cfn__check *check, const cfn_node *lifecycle)
{
    const cfn_node *deletes = cfn__get(lifecycle, "DeleteAfterDays");
    double moved = 0, deleted = 0;
    if (!number(cfn__get(lifecycle, "MoveToColdStorageAfterDays"), &moved) ||
        !number(deletes, &deleted) || deleted >= moved + COLD_AT_LEAST)
        return;
    cfn__complain(&check->out, CFN4851, deletes,
                  "what moves to cold storage after %g days stays there for %d at least", moved,
                  COLD_AT_LEAST);
    cfn__advise(&check->out, "write %g or more, or take MoveToColdStorageAfterDays out",
                moved + COLD_AT_LEAST);
}

static void check_continuous(cfn__check *check, const cfn_node *rule)
{
    const cfn_node *deletes = below(rule, "Lifecycle", "DeleteAfterDays");
    const cfn_node *moves = below(rule, "Lifecycle", "MoveToColdStorageAfterDays");
    double deleted = 0, moved = 0;
    if (!is_continuous(rule))
        return;
    if (number(moves, &moved) && moved > 0) {
        cfn__complain(&check->out, CFN4851, moves, "a continuous backup has no cold storage");
        cfn__advise(&check->out, "take it out, or make a second rule without continuous backup");
    } else if (!deletes || (number(deletes, &deleted) && deleted > CONTINUOUS_AT_MOST)) {
        cfn__complain(&check->out, CFN4851,
                      deletes ? deletes : cfn__get(rule, "EnableContinuousBackup"),
                      "a continuous backup goes back %d days at most", CONTINUOUS_AT_MOST);
        cfn__advise(&check->out,
                    "write DeleteAfterDays: %d or less; what is kept longer takes a "
                    "rule of its own",
                    CONTINUOUS_AT_MOST);
    }
}

static void check_kept(cfn__check *check, const cfn_node *rule)
{
    const cfn_node *name = cfn__get(rule, "RuleName");
    if (below(rule, "Lifecycle", "DeleteAfterDays") || is_continuous(rule) ||
        cfn__is_intrinsic(cfn__get(rule, "Lifecycle")))
        return;
    cfn__complain(&check->out, CFN4858, name ? name : rule,
                  "the backups of this rule are kept, and paid for, for ever");
    cfn__advise(&check->out, "add Lifecycle: {DeleteAfterDays: 35}, or suppress this");
}

/* A vault that is locked refuses jobs whose retention it does not have. */
static void check_lock_of(cfn__check *check, const cfn_node *rule)
{
    const cfn_resource *vault =
        resource_of(check, cfn__get(rule, "TargetBackupVault"), "AWS::Backup::BackupVault");
    const cfn_node *lock = vault ? cfn__get(vault->properties, "LockConfiguration") : NULL;
    const cfn_node *deletes = below(rule, "Lifecycle", "DeleteAfterDays");
    double kept = 0, least = 0, most = 0;
    if (!number(deletes, &kept))
        return;
    bool early = number(cfn__get(lock, "MinRetentionDays"), &least) && kept < least;
    bool late = number(cfn__get(lock, "MaxRetentionDays"), &most) && kept > most;
    if (!early && !late)
        return;
    cfn__complain(&check->out, CFN4857, deletes,
                  "the locked vault %s refuses backups that are kept for %s than %g days",
                  vault->id, early ? "less" : "more", early ? least : most);
    cfn__advise(&check->out, "change the one or the other: every job of the rule would fail");
}

/* ---- what is selected ---- */

/* Types whose Ref, or whose own ARN, is not what AWS Backup looks for. */
static const struct {
    const char *type, *arn;
} selected[] = {
    {"AWS::RDS::DBCluster", "DBClusterArn"},
    {"AWS::RDS::DBInstance", "DBInstanceArn"},
    {"AWS::S3::Bucket", "Arn"},
    {"AWS::DynamoDB::Table", "Arn"},
    {"AWS::EFS::FileSystem", "Arn"},
};

static void check_selected(cfn__check *check, const cfn_node *item)
{
    const cfn_resource *resource = resource_of(check, item, NULL);
    const cfn_node *cluster =
        resource ? cfn__get(resource->properties, "DBClusterIdentifier") : NULL;
    if (!resource)
        return;
    if (cluster && strcmp(resource->type, "AWS::RDS::DBInstance") == 0) {
        cfn__complain(&check->out, CFN4854, item,
                      "%s is an instance of an Aurora cluster, which is backed up as a whole or "
                      "not at all",
                      resource->id);
        cfn__advise(&check->out, "give the ARN of its cluster: !GetAtt Cluster.DBClusterArn");
        return;
    }
    for (size_t i = 0; i < sizeof selected / sizeof *selected; i++) {
        if (strcmp(selected[i].type, resource->type) != 0 || cfn__function_of(item) != CFN__FN_REF)
            continue;
        cfn__complain(&check->out, CFN4854, item,
                      "AWS Backup looks for ARNs, and this is the name of %s", resource->id);
        cfn__advise(&check->out, "write !GetAtt %s.%s", resource->id, selected[i].arn);
    }
}

static const cfn_node *selection_of(const cfn_resource *resource, const char *name)
{
    return below(cfn__get(resource->properties, "BackupSelection"), name, NULL);
}

static void check_selection(cfn__check *check)
{
    const cfn_node *resources = selection_of(check->resource, "Resources");
    for (const cfn_node *n = cfn__is_list(resources) ? resources->first : NULL; n; n = n->next)
        check_selected(check, n);
}

/* ---- cold storage ---- */

static bool is_database(cfn__check *check, const cfn_node *item)
{
    const cfn_resource *resource = resource_of(check, item, NULL);
    const cfn_node *sub = cfn_node_get(item, "Fn::Sub");
    const char *text = cfn_node_text(sub ? sub : item);
    return (resource && cfn__starts_with(resource->type, "AWS::RDS::")) ||
           (text && cfn__starts_with(text, "arn:") && strstr(text, ":rds:"));
}

/* A database that a selection of this plan names, by the node; NULL when there is none. */
static const cfn_node *database_of(cfn__check *check)
{
    for (size_t i = 0; i < cfn_template_resource_count(check->tpl); i++) {
        const cfn_resource *resource = cfn_template_resource_at(check->tpl, i);
        if (strcmp(resource->type, "AWS::Backup::BackupSelection") != 0 ||
            resource_of(check, cfn__get(resource->properties, "BackupPlanId"), NULL) !=
                check->resource)
            continue;
        const cfn_node *items = selection_of(resource, "Resources");
        for (const cfn_node *n = cfn__is_list(items) ? items->first : NULL; n; n = n->next)
            if (is_database(check, n))
                return n;
    }
    return NULL;
}

static void check_cold(cfn__check *check, const cfn_node *rule)
{
    const cfn_node *moves = below(rule, "Lifecycle", "MoveToColdStorageAfterDays");
    if (!moves || !database_of(check))
        return;
    cfn__complain(&check->out, CFN4853, moves,
                  "backups of RDS and Aurora have no cold storage: AWS Backup ignores this, and "
                  "keeps them as long for the full price");
    cfn__advise(&check->out, "take it out, and give databases a plan of their own");
}

static void check_plan(cfn__check *check)
{
    const cfn_node *rules =
        below(cfn__get(check->resource->properties, "BackupPlan"), "BackupPlanRule", NULL);
    for (const cfn_node *n = cfn__is_list(rules) ? rules->first : NULL; n; n = n->next) {
        check_window(check, n);
        check_lifecycle(check, cfn__get(n, "Lifecycle"));
        check_continuous(check, n);
        check_kept(check, n);
        check_lock_of(check, n);
        check_cold(check, n);
    }
}

/* ---- vaults ---- */

/* https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultNotifications.html */
static const char *const silent_events[] = {
    "BACKUP_JOB_SUCCESSFUL",  "BACKUP_JOB_FAILED",  "BACKUP_JOB_EXPIRED",
    "RESTORE_JOB_SUCCESSFUL", "RESTORE_JOB_FAILED", "BACKUP_PLAN_CREATED",
    "BACKUP_PLAN_MODIFIED",
};

static void check_events(cfn__check *check)
{
    const cfn_node *events =
        below(cfn__get(check->resource->properties, "Notifications"), "BackupVaultEvents", NULL);
    for (const cfn_node *n = cfn__is_list(events) ? events->first : NULL; n; n = n->next)
        for (size_t i = 0; i < sizeof silent_events / sizeof *silent_events; i++) {
            if (!cfn__text_is(n, silent_events[i]))
                continue;
            cfn__complain(&check->out, CFN4856, n, "AWS Backup does not send %s any more",
                          silent_events[i]);
            cfn__advise(&check->out,
                        "take BACKUP_JOB_COMPLETED or RESTORE_JOB_COMPLETED, which tell how it "
                        "ended, or a rule of EventBridge for aws.backup");
        }
}

static void check_lock(cfn__check *check)
{
    const cfn_node *lock = cfn__get(check->resource->properties, "LockConfiguration");
    const cfn_node *most = cfn__get(lock, "MaxRetentionDays");
    const cfn_node *changeable = cfn__get(lock, "ChangeableForDays");
    double least = 0, longest = 0, cooling = 0;
    if (number(cfn__get(lock, "MinRetentionDays"), &least) && number(most, &longest) &&
        longest < least) {
        cfn__complain(&check->out, CFN4857, most, "no retention is between %g and %g days", least,
                      longest);
        cfn__advise(&check->out, "MaxRetentionDays is the longer one");
    }
    if (!number(changeable, &cooling) || cooling >= LOCK_COOLING)
        return;
    cfn__complain(&check->out, CFN4857, changeable, "a lock can be taken back for %d days at least",
                  LOCK_COOLING);
    cfn__advise(&check->out,
                "write %d or more; after them nobody can, not even AWS. Without "
                "ChangeableForDays who has the right to can always",
                LOCK_COOLING);
}

static void check_vault(cfn__check *check)
{
    check_events(check);
    check_lock(check);
}

void cfn__check_backup(cfn__check *check)
{
    static const struct {
        const char *type;
        void (*check)(cfn__check *);
    } types[] = {
        {"AWS::Backup::BackupPlan", check_plan},
        {"AWS::Backup::BackupSelection", check_selection},
        {"AWS::Backup::BackupVault", check_vault},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].type, check->resource->type) == 0)
            types[i].check(check);
}
