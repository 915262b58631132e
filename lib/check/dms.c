/* What DMS refuses of resources that are given as they are: roles that it does not find, endpoints
 * and tasks that cannot be created. Constructs tell more of it, and tell it before. */
#include "base/text.h"
#include "check/check.h"

#include <cfngen/dms_table_mappings.h>
#include <cfngen/dms_task_settings.h>
#include <cfngen/read.h>

static const cfn_node *property(const cfn__check *check, const char *name)
{
    return cfn__get(check->resource->properties, name);
}

/* The text of a literal property; "" when it has none. */
static const char *text_of(const cfn__check *check, const char *name)
{
    const cfn_node *node = property(check, name);
    return cfn__is_string(node) ? node->text : "";
}

/* --- roles: https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html --- */

static const struct {
    const char *policy, *name, *start;
} roles[] = {
    {"service-role/AmazonDMSVPCManagementRole", "dms-vpc-role", "dms-vpc"},
    {"service-role/AmazonDMSCloudWatchLogsRole", "dms-cloudwatch-logs-role", "dms-cloudwatch"},
};

/* Whether a text ends so, also inside of Fn::Sub and Fn::Join. */
static bool has_ending(const cfn_node *node, const char *end)
{
    bool found = cfn__is_string(node) && cfn__ends_with(node->text, end);
    for (const cfn_node *n = cfn_node_first(node); n && !found; n = n->next)
        found = has_ending(n, end);
    return found;
}

/* What is known of the name: its text, or that of its Fn::Sub; NULL: nothing. */
static const char *name_text(const cfn_node *name)
{
    const cfn_node *sub = cfn_node_get(name, "Fn::Sub");
    return cfn_node_text(cfn__is_list(sub) ? sub->first : sub ? sub : name);
}

/* Only a role that is meant to be the one: other roles may have the policy too. */
static void check_role(cfn__check *check)
{
    const cfn_node *name = property(check, "RoleName");
    const char *text = name_text(name);
    for (size_t i = 0; text && i < sizeof roles / sizeof *roles; i++) {
        if (!cfn__starts_with(text, roles[i].start) || strcmp(text, roles[i].name) == 0 ||
            !has_ending(property(check, "ManagedPolicyArns"), roles[i].policy))
            continue;
        cfn__complain(&check->out, CFN4310, name,
                      "DMS does not find a role of this name: it looks for %s", roles[i].name);
        cfn__advise(&check->out,
                    "name it %s, without a suffix, and make it once in an account: a "
                    "Cfngen::DMS::ServiceRoles does both",
                    roles[i].name);
    }
}

/* --- endpoints: https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html --- */

static bool is_mysql(const char *engine)
{
    static const char *const engines[] = {"mysql", "mariadb", "aurora", "aurora-serverless",
                                          "gcp-mysql"};
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (strcmp(engines[i], engine) == 0)
            return true;
    return false;
}

static void check_endpoint(cfn__check *check)
{
    const char *engine = text_of(check, "EngineName"), *mode = text_of(check, "SslMode");
    if (strcmp(engine, "aurora-mysql") == 0) {
        cfn__complain(&check->out, CFN4304, property(check, "EngineName"),
                      "DMS has no engine aurora-mysql");
        cfn__advise(&check->out, "what RDS calls aurora-mysql is aurora for DMS");
    }
    if (strcmp(mode, "require") == 0 && is_mysql(engine)) {
        cfn__complain(&check->out, CFN4301, property(check, "SslMode"),
                      "DMS has no SslMode require for MySQL, MariaDB and Aurora MySQL");
        cfn__advise(&check->out, "use verify-full or verify-ca, with a CertificateArn");
    } else if (cfn__starts_with(mode, "verify-") && !property(check, "CertificateArn")) {
        cfn__complain(&check->out, CFN4302, property(check, "SslMode"),
                      "SslMode %s needs a CertificateArn", mode);
        cfn__advise(&check->out, "add an AWS::DMS::Certificate");
    }
}

/* --- tasks: documents in texts --- */

/* Tells the errors of a document at the text that holds it. */
static void tell_errors(cfn__check *check, const cfn_node *at, cfn_diagnostics *found)
{
    for (size_t i = 0; i < cfn_diagnostics_size(found); i++) {
        const cfn_diagnostic *d = cfn_diagnostics_at(found, i);
        if (d->severity != CFN_ERROR)
            continue;
        cfn__complain(&check->out, d->id, at, "line %u of the text: %s", d->mark.line, d->message);
        if (*d->hint)
            cfn__advise(&check->out, "%s", d->hint);
    }
}

static void check_document(cfn__check *check, const char *name)
{
    const cfn_node *text = property(check, name);
    bool known = cfn__is_string(text) && !strstr(text->text, "{{resolve:");
    cfn_diagnostics *found = known ? cfn_diagnostics_new() : NULL;
    if (!found)
        return;
    const cfn_node *root =
        cfn_read_text(check->out.arena, found, name, text->text, text->length, CFN_FORMAT_JSON);
    const char *type = text_of(check, "MigrationType");
    if (root && strcmp(name, "TableMappings") == 0)
        cfn_dms_mappings_read(check->out.arena, found, root);
    else if (root)
        cfn_dms_task_settings_check(found, root, type);
    tell_errors(check, text, found);
    cfn_diagnostics_free(found);
}

static void check_task(cfn__check *check)
{
    check_document(check, "TableMappings");
    check_document(check, "ReplicationTaskSettings");
}

void cfn__check_dms(cfn__check *check)
{
    static const struct {
        const char *type;
        void (*check)(cfn__check *);
    } types[] = {
        {"AWS::IAM::Role", check_role},
        {"AWS::DMS::Endpoint", check_endpoint},
        {"AWS::DMS::ReplicationTask", check_task},
        {"AWS::DMS::EventSubscription", cfn__check_dms_events},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].type, check->resource->type) == 0)
            types[i].check(check);
}
