/* Advice about versions of engines: minor, major, or one that is older. */
#include "diff/advice.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* `numbers`: how many make up a major version; of PostgreSQL it is the first one. `member`: with
 * this property the version is that of a cluster. `allow`: must be true for a major step.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
 * https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyReplicationInstance.html */
static const struct versioned {
    const char *type, *member, *allow;
    size_t numbers;
} types[] = {
    {"AWS::RDS::DBCluster", NULL, NULL, 2},
    {"AWS::RDS::DBInstance", "DBClusterIdentifier", "AllowMajorVersionUpgrade", 2},
    {"AWS::RDS::GlobalCluster", NULL, NULL, 2},
    {"AWS::DMS::ReplicationInstance", NULL, "AllowMajorVersionUpgrade", 2},
    {"AWS::DocDB::DBCluster", NULL, NULL, 2},
};

enum { MOST_NUMBERS = 8 };

typedef struct version {
    unsigned long numbers[MOST_NUMBERS];
    size_t count;
} version;

/* Its numbers: those of "8.0.mysql_aurora.3.10.4" are 8, 0, 3, 10 and 4. */
static version version_of(const char *text)
{
    version v = {.count = 0};
    while (*text && v.count < MOST_NUMBERS) {
        char *end = NULL;
        if (cfn__is_digit(*text)) {
            v.numbers[v.count++] = strtoul(text, &end, 10);
            text = end;
        } else
            text++;
    }
    return v;
}

/* Below 0: older; above: newer; 0: the same as far as both are told. */
static int compare(const version *a, const version *b, size_t numbers)
{
    for (size_t i = 0; i < numbers && i < a->count && i < b->count; i++)
        if (a->numbers[i] != b->numbers[i])
            return a->numbers[i] < b->numbers[i] ? -1 : 1;
    return 0;
}

static size_t major_numbers(const cfn_template_diff *diff, const cfn_diff_entry *entry,
                            const struct versioned *type)
{
    const char *engine = cfn__new_text(diff, entry, "Engine", "");
    return engine && strstr(engine, "postgres") ? 1 : type->numbers;
}

static void advise_of_major(cfn_template_diff *diff, const cfn_diff_entry *entry,
                            const struct versioned *type, const char *old, const char *new)
{
    cfn__diff_advise(diff, CFN6036, entry->id, "EngineVersion",
                     "%s goes from %s to %s, a new major version: it is out of reach while it is "
                     "upgraded, and there is no way back but a snapshot; take one first",
                     entry->id, old, new);
    const cfn_node *allow = type->allow ? cfn__new_property(entry, type->allow) : NULL;
    bool is_left_open = allow && !cfn_node_text(allow);
    if (!type->allow || is_left_open || cfn__text_is(allow, "true") ||
        (allow && strcmp(cfn_node_text(allow), "true") == 0))
        return;
    cfn__diff_advise(diff, CFN6038, entry->id, type->allow,
                     "the step of %s to %s is refused without %s: true", entry->id, new,
                     type->allow);
}

static void advise_of_version(cfn_template_diff *diff, const cfn_diff_entry *entry,
                              const struct versioned *type)
{
    const char *old = cfn__old_text(diff, entry, "EngineVersion", NULL);
    const char *new = cfn__new_text(diff, entry, "EngineVersion", NULL);
    if (!old || !new || (type->member && cfn__new_property(entry, type->member)) ||
        cfn__diff_property(entry, "Engine"))
        return;
    version a = version_of(old), b = version_of(new);
    int step = compare(&a, &b, MOST_NUMBERS);
    if (step > 0)
        cfn__diff_advise(diff, CFN6037, entry->id, "EngineVersion",
                         "%s would go back from %s to %s, which is refused: there is no "
                         "downgrade; restore a snapshot that was taken before",
                         entry->id, old, new);
    else if (compare(&a, &b, major_numbers(diff, entry, type)) < 0)
        advise_of_major(diff, entry, type, old, new);
    else if (step < 0)
        cfn__diff_advise(diff, CFN6035, entry->id, "EngineVersion",
                         "%s goes from %s to %s, a new minor version: it is restarted", entry->id,
                         old, new);
}

void cfn__advise_of_versions(cfn_template_diff *diff)
{
    for (size_t i = 0; i < diff->entry_list.count; i++)
        for (size_t k = 0; k < sizeof types / sizeof *types; k++)
            if (cfn__is_kept(&diff->entries[i], types[k].type))
                advise_of_version(diff, &diff->entries[i], &types[k]);
}
