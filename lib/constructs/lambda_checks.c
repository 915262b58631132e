/* What can be wrong with a Lambda function. */
#include "base/text.h"
#include "constructs/lambda_function.h"

#include <string.h>
#include <strings.h>

typedef cfn_lambda_function_props props_type;

/* `aws cloudformation package` uploads a zip as it is and zips a folder; any other file it wraps
 * up, without its right to be executed.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html */
static void check_path(cfn__expansion *x, const cfn__construct *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    bool remote = strstr(path, "://") != NULL;
    const char *dot = strrchr(name, '.');
    bool other = dot && dot != name && dot[1] && strcmp(dot, ".zip") != 0;
    if (*path && !remote && !other)
        return;
    cfn__report_property(
        x, c, "Code/Path", CFN4511,
        remote ? "%s is not a local path" : "the code is a zip or a folder, not \"%s\"", path);
    cfn__hint(cfn__expansion_diagnostics(x),
              remote ? "give S3Bucket and S3Key for code that is uploaded already"
                     : "name the folder that holds bootstrap, or the zip made of it");
}

static void check_code(cfn__expansion *x, const cfn__construct *c, const cfn_lambda_code *code)
{
    bool uploaded = cfn__is_set(code->s3_bucket) || cfn__is_set(code->s3_key) ||
                    cfn__is_set(code->s3_object_version);
    if (cfn__is_set(code->path) && uploaded) {
        cfn__report_property(x, c, "Code", CFN2019, "Path excludes the place in S3");
        cfn__hint(cfn__expansion_diagnostics(x), "`package` fills that in; take it out");
    }
    if (cfn__literal(code->path))
        check_path(x, c, cfn__literal(code->path));
}

static bool names_a_password(const char *name)
{
    static const char *const words[] = {"password", "passwd", "pwd"};
    for (const char *p = name; *p; p++)
        for (size_t i = 0; i < CFN__COUNT(words); i++)
            if (strncasecmp(p, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

static bool mentions(const cfn_node *value, const char *text)
{
    bool found = value->text && strstr(value->text, text);
    for (const cfn_node *n = cfn_node_first(value); n && !found; n = cfn_node_next(n))
        found = mentions(n, text);
    return found;
}

/* Whoever may look at the function reads its environment. */
static void check_variable(cfn__expansion *x, const cfn__construct *c, const cfn_node *variable)
{
    const char *name = cfn_node_key(variable), *text = cfn_node_text(variable);
    bool resolved = mentions(variable, "{{resolve:secretsmanager:") ||
                    mentions(variable, "{{resolve:ssm-secure:");
    if (!resolved && !(names_a_password(name) && text && !cfn__starts_with(text, "arn:")))
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "Environment/%s", name), CFN4512,
                         "%s is seen by everybody who may look at the function", name);
    cfn__hint(cfn__expansion_diagnostics(x),
              "give the ARN of the secret, and let the code read it");
}

static void check_environment(cfn__expansion *x, const cfn__construct *c, const props_type *props)
{
    for (const cfn_node *n = cfn_node_first(props->environment.expression.node); n;
         n = cfn_node_next(n))
        check_variable(x, c, n);
}

static void check_failures(cfn__expansion *x, const cfn__construct *c, const props_type *props)
{
    const char *queue = cfn__literal(props->failure_queue);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (cfn__handle_is_set(&props->failure_topic.handle) && cfn__is_set(props->failure_queue)) {
        cfn__report_property(x, c, "FailureQueue", CFN2019,
                             "FailureTopic and FailureQueue exclude each other");
        cfn__hint(diagnostics, "keep one of the two");
    }
    if (!queue || (cfn__starts_with(queue, "arn:") && strstr(queue, ":sqs:")))
        return;
    cfn__report_property(x, c, "FailureQueue", CFN2024, "\"%s\" is not the ARN of a queue", queue);
    cfn__hint(diagnostics, "it is arn:aws:sqs:REGION:ACCOUNT:NAME; of a queue of the stack "
                           "!GetAtt Queue.Arn");
}

static void check_network(cfn__expansion *x, const cfn__construct *c, const props_type *props)
{
    bool groups = props->security_groups.count || cfn__is_set(props->security_groups.all);
    bool connected = cfn__handle_is_set(&props->network.handle);
    if (groups != connected) {
        cfn__report_property(x, c, groups ? "SecurityGroups" : "Network", CFN2019,
                             "Network and SecurityGroups need each other");
        cfn__hint(cfn__expansion_diagnostics(x), "give both, or neither");
    }
    cfn__check_network(x, c, "Network", props->network);
    cfn__check_groups(x, c, "SecurityGroups", props->network, &props->security_groups);
}

void cfn__check_lambda(cfn__expansion *x, const cfn__construct *c, const props_type *props)
{
    check_code(x, c, &props->code);
    check_environment(x, c, props);
    check_failures(x, c, props);
    check_network(x, c, props);
    cfn__check_iam_statements(x, c, &props->statements);
    if (props->encryption_key.handle.id)
        return;
    cfn__report_property(x, c, "EncryptionKey", CFN4202,
                         "the policy of this key must let CloudWatch Logs use it, or the log group "
                         "cannot be made");
    cfn__hint(cfn__expansion_diagnostics(x),
              "allow logs.REGION.amazonaws.com to encrypt and decrypt for /aws/lambda/...; a "
              "Cfngen::KMS::Key does it by itself");
}
