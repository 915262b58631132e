/* Checks of what a cluster of Aurora and an instance of RDS have in common. */
#include "base/text.h"
#include "constructs/rds.h"

#include <string.h>
#include <strings.h>

/* What every check looks at. */
typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn__rds_database *d;
    cfn_diagnostics *diagnostics;
} checker;

/* ---- windows ---- */

enum { DAY = 24 * 60, WEEK = 7 * DAY };

/* Minutes of "hh:mm"; -1 when it is none. */
static int minutes(const char *text)
{
    bool shaped = cfn__is_digit(text[0]) && cfn__is_digit(text[1]) && text[2] == ':' &&
                  cfn__is_digit(text[3]) && cfn__is_digit(text[4]);
    if (!shaped)
        return -1;
    int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
    return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static int day_of(const char *text)
{
    static const char days[] = "mon:tue:wed:thu:fri:sat:sun:";
    for (int day = 0; day < 7; day++)
        if (strncasecmp(text, days + day * 4, 4) == 0)
            return day;
    return -1;
}

typedef struct time_window {
    int start, length; /* minutes, of the day or the week */
} time_window;

/* "02:00-03:00"; with days "sun:04:00-sun:05:00". False when it is ill-formed. */
static bool parse_window(const char *text, bool days, time_window *out)
{
    size_t part = days ? 9 : 5, skip = days ? 4 : 0;
    if (strlen(text) != 2 * part + 1 || text[part] != '-')
        return false;
    const char *end_text = text + part + 1;
    int start = minutes(text + skip), end = minutes(end_text + skip), whole = days ? WEEK : DAY;
    if (start < 0 || end < 0 || (days && (day_of(text) < 0 || day_of(end_text) < 0)))
        return false;
    if (days) {
        start += day_of(text) * DAY;
        end += day_of(end_text) * DAY;
    }
    *out = (time_window){start, (end - start + whole) % whole};
    return out->length >= 30;
}

static bool read_window(const checker *k, const char *property, cfn_str value, bool days,
                        const char *otherwise, time_window *out)
{
    const char *text = cfn__is_set(value) ? cfn__literal(value) : otherwise;
    if (!text)
        return false; /* known only at deployment */
    if (parse_window(text, days, out))
        return true;
    cfn__report_property(k->x, k->c, property, CFN2006,
                         "\"%s\" is not a window of 30 minutes or "
                         "more",
                         text);
    cfn__hint(k->diagnostics, "write it in UTC as %s", otherwise);
    return false;
}

static void check_windows(const checker *k)
{
    time_window backup, maintenance;
    bool both = read_window(k, "PreferredBackupWindow", k->d->backup_window, false,
                            CFN__RDS_BACKUP_WINDOW, &backup);
    both &= read_window(k, "PreferredMaintenanceWindow", k->d->maintenance_window, true,
                        CFN__RDS_MAINTENANCE_WINDOW, &maintenance);
    if (!both)
        return;
    int into_backup = (maintenance.start % DAY - backup.start + DAY) % DAY;
    int into_maintenance = (backup.start - maintenance.start % DAY + DAY) % DAY;
    if (into_backup >= backup.length && into_maintenance >= maintenance.length)
        return;
    bool given = cfn__is_set(k->d->maintenance_window);
    cfn__report_property(k->x, k->c, given ? "PreferredMaintenanceWindow" : "PreferredBackupWindow",
                         CFN4118, "the maintenance window and the backup window overlap");
    cfn__hint(k->diagnostics, "RDS refuses windows that overlap; move one of the two");
}

/* ---- monitoring and logs ---- */

static void check_insights(const checker *k)
{
    const cfn_bool *on = &k->d->insights;
    if (cfn__is_set(on->expression) && !on->value && cfn__is_set(k->d->insights_mode))
        cfn__report_property(k->x, k->c, "DatabaseInsightsMode", CFN2019,
                             "Database Insights needs Performance Insights, which is switched off");
    const cfn_int *retention = &k->d->insights_retention;
    const char *mode = cfn__literal(k->d->insights_mode);
    bool advanced = mode && strcmp(mode, "advanced") == 0;
    int64_t days = retention->value;
    if (retention->expression.form != CFN_LITERAL)
        return;
    bool allowed = days == 7 || days == 731 || (days % 31 == 0 && days >= 31 && days <= 713);
    if (advanced ? days == CFN__ADVANCED_RETENTION : allowed)
        return;
    cfn__report_property(k->x, k->c, "PerformanceInsightsRetentionPeriod", CFN4105,
                         advanced ? "with DatabaseInsightsMode advanced the retention is 465 days"
                                  : "Performance Insights keeps 7, 731, or a multiple of 31 days");
    cfn__hint(k->diagnostics, advanced ? "leave PerformanceInsightsRetentionPeriod out"
                                       : "7 is free; 31 x n for n from 1 to 23");
}

static void check_logs(const checker *k)
{
    for (size_t i = 0; i < k->d->log_exports->count; i++) {
        const char *log = cfn__literal(k->d->log_exports->items[i]);
        cfn__nearest nearest = cfn__nearest_to(log ? log : "");
        const char *const *known = k->d->engine->logs;
        while (*known && log && strcmp(*known, log) != 0)
            cfn__nearest_offer(&nearest, *known++);
        if (*known)
            continue;
        cfn__report_property(k->x, k->c, cfn__format(k->c->make.arena, "LogExports/%zu", i),
                             CFN4106, "%s has no log %s", k->d->engine->name, log ? log : "");
        cfn__buffer all = {0};
        for (known = k->d->engine->logs; *known; known++)
            cfn__buffer_format(&all, "%s%s", all.length ? ", " : "", *known);
        cfn__hint(k->diagnostics, "its logs are %s", all.text ? all.text : "");
        cfn__buffer_free(&all);
    }
}

void cfn__check_listed(cfn__expansion *x, const cfn__construct *c, const char *property,
                       const cfn_int *value, const int *allowed, cfn_diagnostic_id id)
{
    if (value->expression.form != CFN_LITERAL)
        return;
    cfn__buffer all = {0};
    bool found = false;
    for (; *allowed >= 0; allowed++) {
        found |= *allowed == value->value;
        cfn__buffer_format(&all, "%s%d", all.length ? ", " : "", *allowed);
    }
    if (!found) {
        cfn__report_property(x, c, property, id, "%s cannot be %lld", property,
                             (long long)value->value);
        cfn__hint(cfn__expansion_diagnostics(x), "it is one of %s", all.text ? all.text : "");
    }
    cfn__buffer_free(&all);
}

#define GOOD(...) ((const int[]){__VA_ARGS__, -1})
static void check_intervals(const checker *k)
{
    cfn__check_listed(k->x, k->c, "MonitoringInterval", &k->d->monitoring_interval,
                      GOOD(0, 1, 5, 10, 15, 30, 60), CFN4117);
    cfn__check_listed(k->x, k->c, "LogRetentionInDays", &k->d->log_retention_in_days,
                      GOOD(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,
                           1827, 2192, 2557, 2922, 3288, 3653),
                      CFN2006);
}

/* ---- names and ids ---- */

static void check_database_name(const checker *k)
{
    const char *name = cfn__literal(k->d->database_name);
    if (!name)
        return;
    size_t length = strlen(name);
    bool good = cfn__is_letter(name[0]) && length <= 63;
    for (const char *p = name; *p && good; p++)
        good = cfn__is_alphanumeric(*p) || *p == '_';
    if (good)
        return;
    cfn__report_property(k->x, k->c, "DatabaseName", CFN2012, "\"%s\" cannot name a database",
                         name);
    cfn__hint(k->diagnostics, "a letter first, then letters, digits and underscores, 63 at most");
}

/* https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html MasterUsername
 */
static void check_master_username(const checker *k)
{
    enum { LONGEST = 16 };
    static const char *const reserved[] = {"rdsadmin", "rdsrepladmin", "rdstopmgr", "root"};
    const char *name = cfn__literal(k->d->master_username);
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
    const char *arn = cfn__literal(k->d->encryption_key.handle.value);
    if (!arn || (cfn__starts_with(arn, "arn:") && strstr(arn, ":kms:") && strstr(arn, ":key/")))
        return;
    cfn__report_property(k->x, k->c, "EncryptionKey", CFN2024, "\"%s\" is not the ARN of a key",
                         arn);
    cfn__hint(k->diagnostics, "an alias or an id is not enough: CloudWatch Logs takes ARNs alone");
}

static void check_secret(const checker *k)
{
    const char *name = cfn__literal(k->d->master_secret.handle.value);
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
        cfn_node_get(k->d->server_parameters.expression.node, "character_set_server");
    cfn_str given = k->d->mysql_parameters->character_set_server;
    if (cfn__is_set(given))
        return cfn__literal(given);
    return other ? cfn_node_text(other) : "utf8mb4";
}

/* A server does not start with a collation of another character set.
 * https://dev.mysql.com/doc/refman/8.0/en/charset-server.html */
static void check_collation(const checker *k)
{
    const char *set = character_set(k);
    const char *collation = cfn__literal(k->d->mysql_parameters->collation_server);
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

/* CloudWatch Logs refuses a key whose policy does not name it; only the policy of a key of this
 * stack can be written here. */
static void check_existing_key(const checker *k)
{
    bool logs = !k->d->log_exports->items || k->d->log_exports->count;
    if (k->d->encryption_key.handle.id || !logs)
        return;
    cfn__report_property(
        k->x, k->c, "EncryptionKey", CFN4202,
        "the policy of this key must let CloudWatch Logs use it, or the log groups "
        "cannot be made");
    cfn__hint(k->diagnostics,
              "allow logs.REGION.amazonaws.com to encrypt and decrypt for /aws/rds/%s/...; a "
              "Cfngen::KMS::Key does it by itself",
              k->d->what);
}

static void check_groups(const checker *k)
{
    const cfn_ec2_security_group_list *groups = k->d->security_groups;
    if (!groups->count && !cfn__is_set(groups->all))
        cfn__report_property(k->x, k->c, "SecurityGroups", CFN2007,
                             "SecurityGroups must have at least one");
    cfn__check_groups(k->x, k->c, "SecurityGroups", k->d->network, groups);
}

/* The other engine's parameters would be refused one by one. */
static void check_other_engine(const checker *k)
{
    bool mysql = cfn__is_mysql(k->d->engine);
    const char *other = mysql ? "PostgreSqlParameters" : "MySqlParameters";
    const cfn_node *properties = cfn_node_get(k->c->declared, "Properties");
    if (!cfn_node_get(properties, other))
        return;
    cfn__report_property(k->x, k->c, other, CFN2019, "%s does not fit the engine %s", other,
                         k->d->engine->name);
    cfn__hint(k->diagnostics, "use %s", mysql ? "MySqlParameters" : "PostgreSqlParameters");
}

void cfn__check_rds_class(cfn__expansion *x, const cfn__construct *c, const char *property,
                          cfn_str value)
{
    const char *class = cfn__literal(value);
    if (!class || cfn__starts_with(class, "db."))
        return;
    cfn__report_property(x, c, property, CFN2006, "\"%s\" is not an instance class of RDS", class);
    cfn__hint(cfn__expansion_diagnostics(x), "they start with db., as db.r6g.large");
}

void cfn__check_rds_database(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d)
{
    const checker k = {x, c, d, cfn__expansion_diagnostics(x)};
    check_windows(&k);
    check_insights(&k);
    check_logs(&k);
    check_other_engine(&k);
    check_database_name(&k);
    check_intervals(&k);
    check_master_username(&k);
    check_key(&k);
    check_secret(&k);
    check_collation(&k);
    check_groups(&k);
    cfn__check_network(x, c, "Network", d->network);
    check_existing_key(&k);
}
