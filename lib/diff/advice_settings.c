/* Advice about single settings: what a value that is turned on or off, shrinks or changes brings
 * with it. */
#include "diff/advice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum change_kind {
    TURNS_ON,
    TURNS_OFF,
    SHRINKS,
    ENDS, /* is 0 now */
    EMPTIES,
    CHANGES
} change_kind;

#define REPLACED_BY_AN_EMPTY_ONE                                                                   \
    "encryption is decided when it is made, so that a new and empty one replaces it; to keep the " \
    "data, restore it from a snapshot that was copied with the new key (SnapshotIdentifier)"
#define NO_NEW_KEY                                                                                 \
    "encryption is decided when it is made, so that a new and empty one replaces it; copy the "    \
    "data"
#define FOREVER "forever"

/* Of a property the first row that fits counts. The texts go on after "X goes from A to B: ".
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.html */
static const struct setting {
    const char *type, *property;
    const char *without; /* what a missing one is; NULL: nobody knows */
    change_kind turn;
    cfn_diagnostic_id id;
    const char *says;
} settings[] = {
    {"AWS::RDS::DBInstance", "BackupRetentionPeriod", "1", ENDS, CFN6039,
     "all automated backups are deleted, and with them goes the binary log that DMS reads"},
    {"AWS::RDS::DBInstance", "BackupRetentionPeriod", "1", SHRINKS, CFN6039,
     "backups that are older are deleted"},
    {"AWS::RDS::DBCluster", "BackupRetentionPeriod", "1", SHRINKS, CFN6039,
     "backups that are older are deleted"},
    {"AWS::DocDB::DBCluster", "BackupRetentionPeriod", "1", SHRINKS, CFN6039,
     "backups that are older are deleted"},
    {"AWS::Neptune::DBCluster", "BackupRetentionPeriod", "1", SHRINKS, CFN6039,
     "backups that are older are deleted"},
    {"AWS::RDS::DBCluster", "BacktrackWindow", "0", SHRINKS, CFN6039,
     "there is no way back to what is older"},

    {"AWS::RDS::DBInstance", "StorageEncrypted", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::RDS::DBInstance", "KmsKeyId", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::RDS::DBCluster", "StorageEncrypted", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::RDS::DBCluster", "KmsKeyId", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::DocDB::DBCluster", "StorageEncrypted", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::DocDB::DBCluster", "KmsKeyId", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::Neptune::DBCluster", "StorageEncrypted", NULL, CHANGES, CFN6040,
     REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::Neptune::DBCluster", "KmsKeyId", NULL, CHANGES, CFN6040, REPLACED_BY_AN_EMPTY_ONE},
    {"AWS::EFS::FileSystem", "Encrypted", NULL, CHANGES, CFN6040, NO_NEW_KEY},
    {"AWS::EFS::FileSystem", "KmsKeyId", NULL, CHANGES, CFN6040, NO_NEW_KEY},
    {"AWS::EC2::Volume", "KmsKeyId", NULL, CHANGES, CFN6040, NO_NEW_KEY},
    {"AWS::DMS::ReplicationInstance", "KmsKeyId", NULL, CHANGES, CFN6040,
     "encryption is decided when it is made, so that a new one replaces it, and its tasks, which "
     "begin anew"},

    {"AWS::RDS::DBInstance", "PubliclyAccessible", NULL, TURNS_ON, CFN6042,
     "it gets an address that the internet can reach, as far as its security groups let it"},
    {"AWS::RDS::DBCluster", "PubliclyAccessible", NULL, TURNS_ON, CFN6042,
     "it gets an address that the internet can reach, as far as its security groups let it"},
    {"AWS::DMS::ReplicationInstance", "PubliclyAccessible", "true", TURNS_ON, CFN6042,
     "it gets an address that the internet can reach, as far as its security groups let it"},
    {"AWS::Redshift::Cluster", "PubliclyAccessible", "false", TURNS_ON, CFN6042,
     "it gets an address that the internet can reach, as far as its security groups let it"},

    {"AWS::Logs::LogGroup", "RetentionInDays", FOREVER, SHRINKS, CFN6043,
     "what is older is deleted"},
    {"AWS::RDS::DBInstance", "PerformanceInsightsRetentionPeriod", "7", SHRINKS, CFN6043,
     "what is older is deleted"},
    {"AWS::RDS::DBCluster", "PerformanceInsightsRetentionPeriod", "7", SHRINKS, CFN6043,
     "what is older is deleted"},

    {"AWS::RDS::DBInstance", "MultiAZ", "false", TURNS_OFF, CFN6044,
     "no standby takes over when its zone fails"},
    {"AWS::DMS::ReplicationInstance", "MultiAZ", "false", TURNS_OFF, CFN6044,
     "no standby takes over when its zone fails, and the tasks stop"},
    {"AWS::ElastiCache::ReplicationGroup", "MultiAZEnabled", "false", TURNS_OFF, CFN6044,
     "no replica takes over when a zone fails"},
    {"AWS::ElastiCache::ReplicationGroup", "AutomaticFailoverEnabled", "false", TURNS_OFF, CFN6044,
     "no replica takes over when a node fails"},

    {"AWS::SecretsManager::RotationSchedule", "RotationRules", NULL, EMPTIES, CFN6045,
     "nothing rotates the secret any more"},
    {"AWS::KMS::Key", "EnableKeyRotation", "false", TURNS_OFF, CFN6045,
     "nothing rotates the key any more"},

    {"AWS::CloudWatch::Alarm", "ActionsEnabled", "true", TURNS_OFF, CFN6046,
     "nobody is told any more of what it watches"},
    {"AWS::CloudWatch::Alarm", "AlarmActions", NULL, EMPTIES, CFN6046,
     "nobody is told any more of what it watches"},
    {"AWS::CloudWatch::CompositeAlarm", "ActionsEnabled", "true", TURNS_OFF, CFN6046,
     "nobody is told any more of what it watches"},
    {"AWS::CloudWatch::CompositeAlarm", "AlarmActions", NULL, EMPTIES, CFN6046,
     "nobody is told any more of what it watches"},
    {"AWS::Events::Rule", "State", "ENABLED", TURNS_OFF, CFN6046,
     "its targets do not hear of these events any more"},

    {"AWS::RDS::DBInstance", "DBInstanceClass", NULL, CHANGES, CFN6033,
     "the instance is restarted; where there is a standby or a reader, it takes over meanwhile"},
    {"AWS::DMS::ReplicationInstance", "ReplicationInstanceClass", NULL, CHANGES, CFN6033,
     "the instance is restarted and its tasks pause; with MultiAZ only for a failover"},

    {"AWS::RDS::DBCluster", "DBClusterParameterGroupName", NULL, CHANGES, CFN6034,
     "the parameters of another group count after a reboot, which CloudFormation does not do"},
    {"AWS::RDS::DBInstance", "DBParameterGroupName", NULL, CHANGES, CFN6034,
     "the parameters of another group count after a reboot, which CloudFormation does not do"},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

/* ---- how values turn ---- */

static bool is_on(const char *text)
{
    return strcmp(text, "true") == 0 || strncmp(text, "ENABLED", strlen("ENABLED")) == 0;
}

static double number_of(const char *text)
{
    char *end = NULL;
    double number = strcmp(text, FOREVER) == 0 ? HUGE_VAL : strtod(text, &end);
    return end && (*end || end == text) ? NAN : number;
}

static bool is_empty(const cfn_node *value)
{
    return !value || cfn__is_no_value(value) || (!cfn_node_size(value) && !cfn_node_text(value)) ||
           (cfn__is_string(value) && !value->length);
}

static bool has_turned(change_kind turn, const char *old, const char *new)
{
    if (!old || !new)
        return false;
    switch (turn) {
    case TURNS_ON:
        return !is_on(old) && is_on(new);
    case TURNS_OFF:
        return is_on(old) && !is_on(new);
    case SHRINKS:
        return number_of(new) < number_of(old);
    case ENDS:
        return number_of(old) > 0 && !(number_of(new) > 0) && !isnan(number_of(new));
    case EMPTIES:
    case CHANGES:
        break;
    }
    return false;
}

static bool fits(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                 const struct setting *setting)
{
    if (setting->turn == CHANGES)
        return cfn__diff_property(entry, setting->property) != NULL;
    if (setting->turn == EMPTIES)
        return !is_empty(cfn__old_property(entry, setting->property)) &&
               is_empty(cfn__new_property(entry, setting->property));
    return has_turned(setting->turn,
                      cfn__old_text(diff, entry, setting->property, setting->without),
                      cfn__new_text(diff, entry, setting->property, setting->without));
}

/* "Db.StorageEncrypted goes from true to false"; without values that are functions. */
static const char *what_changed(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                                const struct setting *setting)
{
    const char *old = cfn__old_text(diff, entry, setting->property, setting->without);
    const char *new = cfn__new_text(diff, entry, setting->property, setting->without);
    if (!old || !new || strcmp(old, new) == 0)
        return cfn__format(diff->arena, "%s of %s %s", setting->property, entry->id,
                           setting->turn == EMPTIES ? "goes" : "changes");
    return cfn__format(diff->arena, "%s of %s goes from %s to %s", setting->property, entry->id,
                       old, new);
}

static void advise_of_setting(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    const char *told = "";
    for (size_t i = 0; i < SETTINGS; i++) {
        const struct setting *setting = &settings[i];
        if (!cfn__is_kept(entry, setting->type) || strcmp(told, setting->property) == 0 ||
            !fits(diff, entry, setting))
            continue;
        told = setting->property;
        cfn__diff_advise(diff, setting->id, entry->id, setting->property, "%s: %s",
                         what_changed(diff, entry, setting), setting->says);
    }
}

/* ---- resources that go ---- */

/* `of`: the property that names what it is for; when that goes, too, nothing is to be said. */
static const struct {
    const char *type, *of;
    cfn_diagnostic_id id;
    const char *says;
} watchers[] = {
    {"AWS::SecretsManager::RotationSchedule", "SecretId", CFN6045,
     "nothing rotates the secret any more; its last password stays"},
    {"AWS::CloudWatch::Alarm", NULL, CFN6046, "nobody is told any more of what it watches"},
    {"AWS::CloudWatch::CompositeAlarm", NULL, CFN6046,
     "nobody is told any more of what it watches"},
    {"AWS::DMS::EventSubscription", NULL, CFN6046, "nobody is told any more of these events"},
    {"AWS::RDS::EventSubscription", NULL, CFN6046, "nobody is told any more of these events"},
};

static bool is_of_what_goes(const cfn_template_diff *diff, const cfn_node *of)
{
    const char *id = cfn__function_of(of) == CFN__FN_REF ? cfn_node_text(of->first) : NULL;
    return id && cfn_template_resource(diff->old_tpl, id) &&
           !cfn_template_resource(diff->new_tpl, id);
}

static void advise_of_watcher(cfn_template_diff *diff, const cfn_diff_entry *entry)
{
    for (size_t i = 0; i < sizeof watchers / sizeof *watchers; i++) {
        if (strcmp(watchers[i].type, entry->old_type) != 0 || entry->twin)
            continue;
        if (watchers[i].of && is_of_what_goes(diff, cfn__old_property(entry, watchers[i].of)))
            continue;
        cfn__diff_advise(diff, watchers[i].id, entry->id, "", "%s is removed: %s", entry->id,
                         watchers[i].says);
    }
}

void cfn__advise_of_settings(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++) {
        const cfn_diff_entry *entry = &diff->entries[i];
        if (entry->section != CFN_SECTION_RESOURCES)
            continue;
        if (entry->kind == CFN_DIFF_CHANGED)
            advise_of_setting(diff, entry);
        else if (entry->kind == CFN_DIFF_REMOVED)
            advise_of_watcher(diff, entry);
    }
}
