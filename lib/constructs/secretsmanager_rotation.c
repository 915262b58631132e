/* The attachment and the rotation of Cfngen::SecretsManager::Secret. */
#include "base/text.h"
#include "constructs/secretsmanager_secret.h"

#include <cfngen/aws/secretsmanager.h>

#include <string.h>

/* The first transform left its functions on a runtime that ended.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-secretsmanager.html
 */
#define TRANSFORM_FAMILY "AWS::SecretsManager-"
#define TRANSFORM        TRANSFORM_FAMILY "2024-09-16"

/* RDS takes no / @ " and space in a password, DMS no ; : + and dot, a URL no percent sign, and
 * quotes and backslashes are the shell's.
 * https://docs.aws.amazon.com/dms/latest/userguide/security_iam_secretsmanager.html */
#define EXCLUDED_CHARACTERS "/@\"'\\ ;:.+%"

typedef cfn_secretsmanager_secret_props props_type;

bool cfn__secret_is_attached(const props_type *props)
{
    return cfn__handle_is_set(&props->attach_to.handle);
}

bool cfn__secret_is_rotated(const props_type *props)
{
    return cfn__handle_is_set(&props->rotation.network.handle);
}

static void attach(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_str cluster = props->attach_to.handle.id ? cfn_ref(props->attach_to.handle.id)
                                                 : props->attach_to.handle.value;
    cfn_node *attachment = CFN__RESOURCE(
        aws_secretsmanager_SecretTargetAttachment, x, c, "Attachment",
        &(aws_secretsmanager_SecretTargetAttachment_props){
            .SecretId = cfn_ref(c->id),
            .TargetId = cluster,
            .TargetType = cfn_s(cfn__is_rds_instance(x, props->attach_to) ? "AWS::RDS::DBInstance"
                                                                          : "AWS::RDS::DBCluster"),
        });
    cfn__resource_completes(c, attachment);
}

/* ---- rotation ---- */

/* The policy of the function names the superuser's secret by its whole ARN. */
static void check_superuser(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_secretsmanager_secret secret = props->rotation.superuser_secret;
    const cfn__construct *superuser = cfn__handle_construct(x, &secret.handle);
    const char *text = cfn__literal(secret.handle.value);
    bool named = superuser && cfn__is_set(((const props_type *)superuser->props)->secret_name);
    if (!named && !(text && !cfn__starts_with(text, "arn:")))
        return;
    cfn__report_property(x, c, "Rotation/SuperuserSecret", CFN2024,
                         "the rotation needs the whole ARN of the superuser's secret");
    cfn__hint(cfn__expansion_diagnostics(x), "give it by SecretArn instead of SecretName");
}

static void check_engine(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_secretsmanager_rotation *rotation = &props->rotation;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    const char *cluster = cfn__rds_database_family(x, props->attach_to);
    const char *engine = cfn__literal(rotation->engine);
    /* of a cluster that failed the engine is not known, and enough was said */
    if (!engine && !cluster && !props->attach_to.handle.id) {
        cfn__report_property(x, c, "Rotation", CFN2019,
                             "a rotation needs Engine, or AttachTo a cluster of this stack");
        cfn__hint(diagnostics, "write Engine: mysql, mariadb or postgresql");
    }
    if (engine && cluster && strcmp(engine, cluster) != 0) {
        cfn__report_property(x, c, "Rotation/Engine", CFN2019,
                             "the secret is attached to a cluster of another engine, %s", cluster);
        cfn__hint(diagnostics, "take Engine out");
    }
}

static void check_reach(cfn__expansion *x, const cfn__construct *c)
{
    static const char at[] = "Rotation/SecurityGroups";
    const props_type *props = c->props;
    const cfn_secretsmanager_rotation *rotation = &props->rotation;
    cfn__check_network(x, c, "Rotation/Network", rotation->network);
    cfn__check_groups(x, c, at, rotation->network, &rotation->security_groups);
    cfn__check_reaches_aws(x, c, at, &rotation->security_groups);
    cfn__check_reaches_cluster(x, c, at, c->id, &rotation->security_groups, props->attach_to);
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_secretsmanager_rotation *rotation = &props->rotation;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (cfn__is_managed_secret(props->secret_arn)) {
        cfn__report_property(x, c, "Rotation", CFN4507,
                             "RDS rotates the secret that it manages by itself");
        cfn__hint(diagnostics, "take Rotation out, or give the cluster a MasterSecret");
    }
    check_engine(x, c);
    check_superuser(x, c);
    if (cfn__is_set(rotation->automatically_after_days.expression) &&
        cfn__is_set(rotation->schedule_expression)) {
        cfn__report_property(x, c, "Rotation/ScheduleExpression", CFN2019,
                             "AutomaticallyAfterDays and ScheduleExpression exclude each other");
        cfn__hint(diagnostics, "keep one of the two");
    }
    cfn__check_schedule(x, c, "Rotation/ScheduleExpression", rotation->schedule_expression,
                        CFN__SECRETS_MANAGER);
    check_reach(x, c);
}

/* MySQLSingleUser; MultiUser when another login changes the password. */
static const char *rotation_type(cfn__expansion *x, const cfn__construct *c)
{
    static const char *const types[][2] = {
        {"mysql", "MySQL"}, {"mariadb", "MariaDB"}, {"postgresql", "PostgreSQL"}};
    const props_type *props = c->props;
    const char *cluster = cfn__rds_database_family(x, props->attach_to);
    const char *engine = cfn__literal(props->rotation.engine);
    if (!engine)
        engine = cluster ? cluster : types[0][0];
    size_t i = 0;
    while (i + 1 < CFN__COUNT(types) && strcmp(types[i][0], engine) != 0)
        i++;
    bool multi = cfn__handle_is_set(&props->rotation.superuser_secret.handle);
    return cfn__format(c->make.arena, "%s%sUser", types[i][1], multi ? "Multi" : "Single");
}

/* Where CloudFormation takes a list as one text with commas. */
static cfn_str comma_separated(const cfn__maker *make, const cfn_str_list *list)
{
    cfn_node *items = cfn__str_list_node(make, list);
    if (!items)
        return cfn_s(NULL);
    if (cfn__is_list(items) && cfn_node_size(items) == 1)
        return cfn_of_node(items->first);
    return cfn_of_node(
        cfn__single(make, "Fn::Join", cfn__pair(make, cfn__string(make, ","), items)));
}

static cfn_str superuser_key(cfn__expansion *x, cfn_secretsmanager_secret secret)
{
    const cfn__construct *c = cfn__handle_construct(x, &secret.handle);
    return c ? cfn_kms_key_arn(((const props_type *)c->props)->encryption_key) : cfn_s(NULL);
}

static aws_secretsmanager_RotationSchedule_RotationRules
rules_of(const cfn_secretsmanager_rotation *rotation)
{
    bool scheduled = cfn__is_set(rotation->schedule_expression);
    return (aws_secretsmanager_RotationSchedule_RotationRules){
        .AutomaticallyAfterDays = scheduled ? rotation->automatically_after_days
                                            : cfn__int_or(rotation->automatically_after_days, 30),
        .Duration = rotation->duration,
        .ScheduleExpression = rotation->schedule_expression,
    };
}

static aws_secretsmanager_RotationSchedule_HostedRotationLambda function_of(cfn__expansion *x,
                                                                            cfn__construct *c)
{
    static const cfn__name_rule name_rule = {"a function name", 64, "_", false, false};
    const props_type *props = c->props;
    const cfn_secretsmanager_rotation *rotation = &props->rotation;
    const cfn__maker *make = &c->make;
    cfn_secretsmanager_secret superuser = rotation->superuser_secret;
    const cfn_str_list groups = cfn__ec2_security_group_ids(make, &rotation->security_groups);
    const cfn_str_list subnets = cfn__ec2_network_subnet_ids(rotation->network);
    cfn_node *name = cfn__name_or(x, c, rotation->function_name, "Rotation/FunctionName",
                                  "Rotation", &name_rule);
    return (aws_secretsmanager_RotationSchedule_HostedRotationLambda){
        .ExcludeCharacters = cfn__str_or(rotation->exclude_characters, EXCLUDED_CHARACTERS),
        .KmsKeyArn = cfn_kms_key_arn(props->encryption_key),
        .RotationLambdaName = cfn_of_node(name),
        .RotationType = cfn_s(rotation_type(x, c)),
        .SuperuserSecretArn = cfn_secretsmanager_secret_arn(superuser),
        .SuperuserSecretKmsKeyArn = superuser_key(x, superuser),
        .VpcSecurityGroupIds = comma_separated(make, &groups),
        .VpcSubnetIds = comma_separated(make, &subnets),
    };
}

static void add_transform(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_node *found = cfn__transform(x, c, TRANSFORM_FAMILY, TRANSFORM);
    if (!found || cfn__text_is(found, TRANSFORM))
        return;
    cfn__report(cfn__expansion_diagnostics(x), CFN4505, found,
                "rotation functions of this transform stay on the runtime of its day");
    cfn__hint(cfn__expansion_diagnostics(x), "write Transform: " TRANSFORM);
}

/* As soon as there is a schedule its function tries the login out: for that the cluster has to have
 * an instance, and Secrets Manager must be within reach. */
static void rotate(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const aws_secretsmanager_RotationSchedule_RotationRules rules = rules_of(&props->rotation);
    const aws_secretsmanager_RotationSchedule_HostedRotationLambda function = function_of(x, c);
    cfn_node *schedule = CFN__RESOURCE(aws_secretsmanager_RotationSchedule, x, c, "Rotation",
                                       &(aws_secretsmanager_RotationSchedule_props){
                                           .HostedRotationLambda = &function,
                                           .RotateImmediatelyOnUpdate = cfn__bool_or(
                                               props->rotation.rotate_immediately_on_update, false),
                                           .RotationRules = &rules,
                                           .SecretId = cfn_ref(c->id),
                                       });
    if (cfn__secret_is_attached(props))
        cfn__resource_depends_on(x, schedule, cfn__role_id(x, c, "Attachment"));
    if (props->attach_to.handle.id)
        cfn__resource_depends_on(x, schedule, props->attach_to.handle.id);
    cfn__ec2_await_endpoints(x, schedule, &props->rotation.security_groups);
    add_transform(x, c);
}

void cfn__expand_secret_rotation(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    if (cfn__secret_is_attached(props))
        attach(x, c);
    if (!cfn__secret_is_rotated(props))
        return;
    check(x, c);
    rotate(x, c);
}

/* ---- tables ---- */

static const char *const engines[] = {"mysql", "mariadb", "postgresql", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_secretsmanager_rotation, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Engine", engine), .also = "RotationType", .flags = CFN__SYNTH_TIME,
     .values = engines, .default_text = "that of AttachTo",
     .doc = "Of the database whose password it is."},
    {ROW(HANDLE, "Network", network), .also = "VpcSubnetIds", .construct = "Cfngen::EC2::Network",
     .flags = CFN__REQUIRED,
     .doc = "Where the function runs: subnets that reach the database and Secrets Manager."},
    {ROW(HANDLE_LIST, "SecurityGroups", security_groups), .also = "VpcSecurityGroupIds",
     .construct = "Cfngen::EC2::SecurityGroup", .flags = CFN__REQUIRED, .min = 1, .max = 5,
     .doc = "Of the function: they must let it out to the database and to Secrets Manager."},
    {ROW(HANDLE, "SuperuserSecret", superuser_secret), .also = "SuperuserSecretArn MasterSecretArn",
     .construct = "Cfngen::SecretsManager::Secret",
     .doc = "The login that changes the password, by its ARN, which the rotated secret holds as "
            "masterarn, too. With it two users take turns, so that the old password stays valid "
            "until the next rotation."},
    {ROW(INT, "AutomaticallyAfterDays", automatically_after_days), .min = 1, .max = 1000,
     .default_text = "30", .doc = "Days between two rotations; excludes ScheduleExpression."},
    {ROW(STR, "ScheduleExpression", schedule_expression), .also = "Schedule",
     .doc = "When it is rotated, as rate(10 days) or cron(0 2 ? * SUN *), in UTC."},
    {ROW(STR, "Duration", duration), .doc = "How long the window for a rotation is, as 3h."},
    {ROW(BOOL, "RotateImmediatelyOnUpdate", rotate_immediately_on_update), .default_text = "false",
     .doc = "Whether it is rotated as soon as it is deployed."},
    {ROW(STR, "ExcludeCharacters", exclude_characters),
     .default_text = "those that RDS or DMS do not take",
     .doc = "What a new password does not contain."},
    {ROW(STR, "FunctionName", function_name), .also = "RotationLambdaName",
     .default_text = "{id}-rotation-{environment}-{suffix}", .doc = "The name of the function."},
};
#undef ROW

const cfn_record cfn__secret_rotation_record =
    CFN__RECORD("Rotation", cfn_secretsmanager_rotation, fields);
