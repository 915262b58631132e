/* Checks of the names and ids that an Aurora cluster is given, and of what only does not help. */
#include "base/text.h"
#include "constructs/rds_aurora_cluster.h"

#include <string.h>
#include <strings.h>

typedef cfn__aurora_checker checker;

/* https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html MasterUsername
 */
static void check_master_username(const checker *k)
{
    enum { LONGEST = 16 };
    static const char *const reserved[] = {"rdsadmin", "rdsrepladmin", "rdstopmgr", "root"};
    const char *name = cfn__literal(k->props->master_username);
    bool good = name && cfn__is_letter(name[0]) && strlen(name) <= LONGEST;
    if (!name)
        return;
    for (const char *p = name; *p; p++)
        good &= cfn__is_alphanumeric(*p) || *p == '_';
    for (size_t i = 0; i < CFN__COUNT(reserved) && good; i++)
        good = strcmp(reserved[i], name) != 0;
    if (good)
        return;
    cfn__report_property(k->x, k->c, "MasterUsername", CFN2012, "\"%s\" cannot be the master user",
                         name);
    cfn__hint(k->diagnostics,
              "a letter first, then letters, digits and underscores, %d at most; "
              "not a name that the engine keeps for itself",
              LONGEST);
}

static void check_key(const checker *k)
{
    const char *arn = cfn__literal(k->props->encryption_key.handle.value);
    if (!arn || (cfn__starts_with(arn, "arn:") && strstr(arn, ":kms:") && strstr(arn, ":key/")))
        return;
    cfn__report_property(k->x, k->c, "EncryptionKey", CFN2024, "\"%s\" is not the ARN of a key",
                         arn);
    cfn__hint(k->diagnostics, "an alias or an id is not enough: CloudWatch Logs takes ARNs alone");
}

static void check_secret(const checker *k)
{
    const char *name = cfn__literal(k->props->master_secret.handle.value);
    bool good = name && *name;
    for (const char *p = name; p && *p && good; p++)
        good = cfn__is_alphanumeric(*p) || strchr("/_+=.@-:", *p);
    if (!name || good)
        return;
    cfn__report_property(k->x, k->c, "MasterSecret", CFN2024,
                         "this names no secret: it takes a name or an ARN, never the password");
}

/* What is given of the server's character set, or Aurora's own; NULL: not known. */
static const char *character_set(const checker *k)
{
    const cfn_node *other =
        cfn_node_get(k->props->cluster_parameters.expression.node, "character_set_server");
    cfn_str given = k->props->mysql_parameters.character_set_server;
    if (cfn__is_set(given))
        return cfn__literal(given);
    return other ? cfn_node_text(other) : "utf8mb4";
}

/* A server does not start with a collation of another character set.
 * https://dev.mysql.com/doc/refman/8.0/en/charset-server.html */
static void check_collation(const checker *k)
{
    const char *set = character_set(k);
    const char *collation = cfn__literal(k->props->mysql_parameters.collation_server);
    if (!set || !collation)
        return;
    size_t length = strcspn(collation, "_"), old = strlen("utf8");
    bool is_utf8mb3 = length == old && strncasecmp(collation, "utf8", old) == 0 &&
                      (strcasecmp(set, "utf8mb3") == 0 || strcasecmp(set, "utf8") == 0);
    if (is_utf8mb3 || (strlen(set) == length && strncasecmp(collation, set, length) == 0))
        return;
    cfn__report_property(k->x, k->c, "MySqlParameters/CollationServer", CFN4122,
                         "%s is not a collation of the character set %s", collation, set);
    cfn__hint(k->diagnostics, "SHOW VARIABLES LIKE '%%_server' tells both of the source");
}

static void check_groups(const checker *k)
{
    const cfn_ec2_security_group_list *groups = &k->props->security_groups;
    if (!groups->count && !cfn__is_set(groups->all))
        cfn__report_property(k->x, k->c, "SecurityGroups", CFN2007,
                             "SecurityGroups must have at least one");
    for (size_t i = 0; i < groups->count; i++) {
        const char *at = cfn__format(k->c->make.arena, "SecurityGroups/%zu", i);
        cfn__check_ec2_id(k->x, k->c, at, groups->items[i].handle.value, "sg-");
        const char *other = cfn__ec2_security_group_network(k->x, groups->items[i]);
        if (!other || !k->props->network.handle.id ||
            strcmp(other, k->props->network.handle.id) == 0)
            continue;
        cfn__report_property(k->x, k->c, at, CFN4003, "this group is in %s, and the cluster in %s",
                             other, k->props->network.handle.id);
        cfn__hint(k->diagnostics, "a group counts in its own VPC alone; are the two the same one?");
    }
}

static const char *zone_text(const checker *k, size_t n)
{
    return cfn__literal(cfn__ec2_network_zone(k->x, &k->c->make, k->props->network, n));
}

static void check_network(const checker *k)
{
    const cfn_ec2_network *network = &k->props->network;
    if (!network->handle.id) {
        cfn__report_property(k->x, k->c, "Network", CFN2008,
                             "Network must be a Cfngen::EC2::Network: a VPC's id alone does not "
                             "name the subnets");
        return;
    }
    if (cfn__int_or(k->props->readers, 1).value == 0 ||
        !cfn__handle_construct(k->x, &network->handle))
        return;
    const char *first = zone_text(k, 0), *second = zone_text(k, 1);
    bool same = first && second && strcmp(first, second) == 0;
    if (!same && cfn__is_set(cfn__ec2_network_zone(k->x, &k->c->make, *network, 0)))
        return;
    cfn__report_property(k->x, k->c, NULL, CFN4111,
                         same ? "writer and reader are put into one zone, the only one of %s"
                              : "the zones of %s are not known, so AWS may put writer and reader "
                                "into one",
                         network->handle.id);
    cfn__hint(k->diagnostics, "give %s %s AvailabilityZones", network->handle.id,
              same ? "two" : "its");
}

/* CloudWatch Logs refuses a key whose policy does not name it; only the policy of a key of this
 * stack can be written here. */
static void check_existing_key(const checker *k)
{
    bool logs = !k->props->log_exports.items || k->props->log_exports.count;
    if (k->props->encryption_key.handle.id || !logs)
        return;
    cfn__report_property(
        k->x, k->c, "EncryptionKey", CFN4202,
        "the policy of this key must let CloudWatch Logs use it, or the log groups "
        "cannot be made");
    cfn__hint(k->diagnostics,
              "allow logs.REGION.amazonaws.com to encrypt and decrypt for /aws/rds/cluster/...; a "
              "Cfngen::KMS::Key does it by itself");
}

static bool is_fixed(cfn_str class)
{
    return cfn__literal(class) && strcmp(cfn__literal(class), "db.serverless") != 0;
}

/* https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
static void check_serverless_use(const checker *k)
{
    const cfn_rds_aurora_cluster_props *props = k->props;
    const cfn_rds_serverless_v2 *serverless = &props->serverless_v2;
    if (!cfn__is_set(serverless->max_capacity.expression))
        return;
    bool readers = cfn__int_or(props->readers, 1).value > 0;
    cfn_str reader_class = cfn__is_set(props->reader_instance_class) ? props->reader_instance_class
                                                                     : props->instance_class;
    if (is_fixed(props->instance_class) && (!readers || is_fixed(reader_class)))
        cfn__report_property(k->x, k->c, "ServerlessV2", CFN4121,
                             "no instance is serverless: all have a class of their own");
    else if (serverless->min_capacity.expression.form == CFN_LITERAL &&
             serverless->min_capacity.value == 0 && cfn__aurora_has_cdc(props))
        cfn__report_property(k->x, k->c, "ServerlessV2", CFN4121,
                             "the cluster never pauses while its changes can be read");
    else
        return;
    cfn__hint(k->diagnostics,
              is_fixed(props->instance_class)
                  ? "leave InstanceClass out"
                  : "ChangeDataCapture: false lets it pause, or give MinCapacity 0.5");
}

void cfn__check_aurora_values(const cfn__aurora_checker *k)
{
    check_master_username(k);
    check_key(k);
    check_secret(k);
    check_collation(k);
    check_groups(k);
    check_network(k);
    check_existing_key(k);
    check_serverless_use(k);
}
