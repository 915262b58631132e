/* A parameter group is of a family, which is that of an engine and its version: RDS refuses it for
 * a cluster or an instance of another one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html */
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

void cfn__check_parameter_group(cfn__check *check)
{
    static const struct {
        const char *type, *property, *group;
    } users[] = {
        {"AWS::RDS::DBCluster", "DBClusterParameterGroupName", "AWS::RDS::DBClusterParameterGroup"},
        {"AWS::RDS::DBInstance", "DBParameterGroupName", "AWS::RDS::DBParameterGroup"},
    };
    const cfn_resource *resource = check->resource, *group = NULL;
    for (size_t i = 0; i < sizeof users / sizeof *users; i++)
        if (strcmp(users[i].type, resource->type) == 0)
            group = referred(check, property(resource, users[i].property), users[i].group);
    const cfn_node *given = property(group, "Family");
    const char *family = family_of(check, text_of(property(resource, "Engine")), version_of(check));
    if (!family || !text_of(given) || strcmp(given->text, family) == 0)
        return;
    cfn__complain(&check->out, CFN4104, given, "%s needs a parameter group of the family %s",
                  resource->id, family);
    cfn__advise(&check->out, "write %s, or give %s the version of this family", family,
                resource->id);
}
