/* What holds for databases of RDS, plain ones and those of constructs: the family of their
 * parameter group, the support of their version, and the backups that a binary log needs. */
#include "base/text.h"
#include "check/check.h"

/* How many numbers of the version are in the family: mysql8.0, postgres16. */
static const struct {
    const char *engine;
    int numbers;
} engines[] = {
    {"aurora-mysql", 2}, {"aurora-postgresql", 1}, {"mysql", 2}, {"mariadb", 2}, {"postgres", 1},
};

static const cfn_node *property(const cfn_resource *resource, const char *name)
{
    return resource ? cfn__get(resource->properties, name) : NULL;
}

static const char *text_of(const cfn_node *node)
{
    return cfn__is_string(node) ? node->text : NULL;
}

/* The resource of this type that a value is the Ref of, or NULL. */
static const cfn_resource *referred(const cfn__check *check, const cfn_node *value,
                                    const char *type)
{
    const char *id = value && cfn__function_of(value) == CFN__FN_REF
                         ? cfn_node_text(cfn__argument(value))
                         : NULL;
    const cfn_resource *resource = id ? cfn_template_resource(check->tpl, id) : NULL;
    return resource && strcmp(resource->type, type) == 0 ? resource : NULL;
}

/* NULL when the engine has none that is known here, or when the version does not say. */
static const char *family_of(cfn__check *check, const char *engine, const char *version)
{
    int numbers = 0;
    for (size_t i = 0; engine && i < sizeof engines / sizeof *engines; i++)
        if (strcmp(engines[i].engine, engine) == 0)
            numbers = engines[i].numbers;
    size_t digits = version ? strspn(version, "0123456789") : 0, length = digits;
    if (numbers == 1 && digits == 1) /* before 10, PostgreSQL had two */
        numbers = 2;
    if (numbers == 2 && digits && version[digits] == '.')
        length += 1 + strspn(version + digits + 1, "0123456789");
    if (!numbers || !digits || (numbers == 2 && length < digits + 2))
        return NULL;
    return cfn__format(check->out.arena, "%s%.*s", engine, (int)length, version);
}

/* An instance of a cluster has the version of the cluster. */
static const char *version_of(const cfn__check *check)
{
    const cfn_resource *resource = check->resource;
    const cfn_resource *cluster =
        referred(check, property(resource, "DBClusterIdentifier"), "AWS::RDS::DBCluster");
    return text_of(property(cluster ? cluster : resource, "EngineVersion"));
}

/* The parameter group that a resource names; NULL when it is not of this template. */
static const cfn_resource *group_of(const cfn__check *check)
{
    static const struct {
        const char *type, *property, *group;
    } users[] = {
        {"AWS::RDS::DBCluster", "DBClusterParameterGroupName", "AWS::RDS::DBClusterParameterGroup"},
        {"AWS::RDS::DBInstance", "DBParameterGroupName", "AWS::RDS::DBParameterGroup"},
    };
    for (size_t i = 0; i < sizeof users / sizeof *users; i++)
        if (strcmp(users[i].type, check->resource->type) == 0)
            return referred(check, property(check->resource, users[i].property), users[i].group);
    return NULL;
}

/* A parameter group is of a family, which is that of an engine and its version: RDS refuses it for
 * a cluster or an instance of another one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html */
static void check_family(cfn__check *check)
{
    const cfn_resource *resource = check->resource, *group = group_of(check);
    const cfn_node *given = property(group, "Family");
    const char *family = family_of(check, text_of(property(resource, "Engine")), version_of(check));
    if (!family || !text_of(given) || strcmp(given->text, family) == 0)
        return;
    cfn__complain(&check->out, CFN4104, given, "%s needs a parameter group of the family %s",
                  resource->id, family);
    cfn__advise(&check->out, "write %s, or give %s the version of this family", family,
                resource->id);
}

/* When RDS began to charge for Extended Support, and what is still in standard support.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
static const struct {
    const char *family, *since, *better;
} extended[] = {
    {"mysql5.7", "March 2024", "8.4"},  {"mysql8.0", "August 2026", "8.4"},
    {"postgres11", "April 2024", "16"}, {"postgres12", "March 2025", "16"},
    {"postgres13", "March 2026", "16"},
};

static void check_support(cfn__check *check)
{
    const cfn_resource *resource = check->resource;
    const cfn_node *version = property(resource, "EngineVersion");
    const cfn_node *chosen = property(resource, "EngineLifecycleSupport");
    const char *family = family_of(check, text_of(property(resource, "Engine")), text_of(version));
    bool refused = cfn__text_is(chosen, "open-source-rds-extended-support-disabled");
    if (!family && version) /* known at deployment, where it keeps to the family of the group */
        family = text_of(property(group_of(check), "Family"));
    size_t i = 0, count = sizeof extended / sizeof *extended;
    while (i < count && !(family && strcmp(extended[i].family, family) == 0))
        i++;
    if (i == count || (chosen && !refused))
        return;
    if (refused) {
        cfn__complain(&check->out, CFN4133, chosen,
                      "%s is past its standard support since %s, so that RDS does not make it",
                      family, extended[i].since);
        cfn__advise(&check->out, "take a version of %s or later, or have Extended Support",
                    extended[i].better);
        return;
    }
    cfn__complain(&check->out, CFN4132, version, "RDS charges Extended Support for %s since %s",
                  family, extended[i].since);
    cfn__advise(&check->out,
                "take a version of %s or later, or say that it is meant with "
                "EngineLifecycleSupport: open-source-rds-extended-support",
                extended[i].better);
}

/* https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.BinaryFormat.html */
static void check_binary_log(cfn__check *check)
{
    const cfn_node *days = property(check->resource, "BackupRetentionPeriod");
    const cfn_node *format = cfn__get(property(group_of(check), "Parameters"), "binlog_format");
    const char *text = days && !cfn_node_first(days) ? days->text : NULL;
    if (!format || !text || strcmp(text, "0") != 0)
        return;
    cfn__complain(&check->out, CFN4131, days,
                  "without backups MySQL writes no binary log, so that nothing can be replicated");
    cfn__advise(&check->out, "give BackupRetentionPeriod 1 or more");
}

void cfn__check_rds(cfn__check *check)
{
    bool instance = strcmp(check->resource->type, "AWS::RDS::DBInstance") == 0;
    check_family(check);
    if (!instance || property(check->resource, "DBClusterIdentifier"))
        return;
    check_support(check);
    check_binary_log(check);
}
