/* Domain rules for an Aurora cluster, told at the property that breaks them. */
#include "base/text.h"
#include "constructs/rds_aurora_cluster.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef cfn__aurora_checker checker;

/* ---- versions ---- */

/* A minor line of versions and those of it that can still be created (as of May 2026). Later ones
 * than the last are newer than this table, and let through; so are lines after the last line. */
typedef struct version_line {
    int number;
    const int *good; /* ended by -1 */
} version_line;

#define GOOD(...) ((const int[]){__VA_ARGS__, -1})
/* 8.0.mysql_aurora.3.{number}.{good} */
static const version_line mysql_lines[] = {
    {4, GOOD(0, 1, 2, 3, 4, 6)}, {8, GOOD(0, 1, 2)}, {9, GOOD(0)},
    {10, GOOD(0, 1, 2, 3, 4)},   {11, GOOD(1)},      {12, GOOD(0)},
};
/* {number}.{good} */
static const version_line postgresql_lines[] = {
    {13, GOOD(9, 23)},
    {14, GOOD(6, 13, 15, 17, 18, 19, 20, 22)},
    {15, GOOD(8, 10, 12, 13, 14, 15, 17)},
    {16, GOOD(4, 6, 8, 9, 10, 11, 13)},
    {17, GOOD(4, 5, 6, 7, 9)},
};

static bool is_good(const version_line *lines, size_t count, int number, int patch)
{
    const version_line *line = lines;
    while (line < lines + count && line->number != number)
        line++;
    if (line == lines + count)
        return number > lines[count - 1].number;
    const int *good = line->good;
    int last = 0;
    for (; *good >= 0; last = *good++)
        if (*good == patch)
            return true;
    return patch > last;
}

/* From 8.4 on Aurora counts as MySQL does: 8.4.mysql_aurora.8.4.7. */
static bool is_mysql_version(const char *text)
{
    enum { FIRST_OF_8_4 = 7 };
    static const char version_3[] = "8.0.mysql_aurora.3.";
    int major, minor, same_major, same_minor, patch, end = 0;
    if (cfn__starts_with(text, version_3)) {
        const char *line = text + strlen(version_3); /* two digits, as in 3.04.6 */
        return cfn__is_digit(line[0]) && cfn__is_digit(line[1]) &&
               sscanf(line + 2, ".%d%n", &patch, &end) == 1 && !line[2 + end] &&
               is_good(mysql_lines, CFN__COUNT(mysql_lines), (line[0] - '0') * 10 + line[1] - '0',
                       patch);
    }
    return sscanf(text, "%d.%d.mysql_aurora.%d.%d.%d%n", &major, &minor, &same_major, &same_minor,
                  &patch, &end) == 5 &&
           !text[end] && major == same_major && minor == same_minor &&
           (major > 8 || (major == 8 && (minor > 4 || (minor == 4 && patch >= FIRST_OF_8_4))));
}

static bool is_postgresql_version(const char *text)
{
    int major, minor, end = 0;
    return sscanf(text, "%d.%d%n", &major, &minor, &end) == 2 && !text[end] &&
           is_good(postgresql_lines, CFN__COUNT(postgresql_lines), major, minor);
}

static void check_version(const checker *k)
{
    const char *version = cfn__literal(k->props->engine_version);
    bool mysql = cfn__is_aurora_mysql(k->engine);
    if (!version || (mysql ? is_mysql_version(version) : is_postgresql_version(version)))
        return;
    cfn__report_property(k->x, k->c, "EngineVersion", CFN4103,
                         "%s %s cannot be created: it is not a version, or deprecated",
                         k->engine->name, version);
    cfn__hint(k->diagnostics, "use %s, or leave EngineVersion out", k->engine->version);
}

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
    bool both = read_window(k, "PreferredBackupWindow", k->props->preferred_backup_window, false,
                            CFN__AURORA_BACKUP_WINDOW, &backup);
    both &= read_window(k, "PreferredMaintenanceWindow", k->props->preferred_maintenance_window,
                        true, CFN__AURORA_MAINTENANCE_WINDOW, &maintenance);
    if (!both)
        return;
    int into_backup = (maintenance.start % DAY - backup.start + DAY) % DAY;
    int into_maintenance = (backup.start - maintenance.start % DAY + DAY) % DAY;
    if (into_backup >= backup.length && into_maintenance >= maintenance.length)
        return;
    bool given = cfn__is_set(k->props->preferred_maintenance_window);
    cfn__report_property(k->x, k->c, given ? "PreferredMaintenanceWindow" : "PreferredBackupWindow",
                         CFN4118, "the maintenance window and the backup window overlap");
    cfn__hint(k->diagnostics, "RDS refuses windows that overlap; move one of the two");
}

/* ---- the others ---- */

/* https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.Backtrack.html
 * as of 2023; a region that is not listed here is let through. */
static bool region_backtracks(const char *region)
{
    static const char *const without[] = {"af-south-1", "ap-east-1", "eu-south-1"};
    for (size_t i = 0; i < CFN__COUNT(without); i++)
        if (strcmp(region, without[i]) == 0)
            return false;
    return !cfn__starts_with(region, "cn-");
}

/* Whether the binary log is asked for. */
static bool replicates(const cfn_rds_aurora_cluster_props *props)
{
    const cfn_node *format =
        cfn_node_get(props->cluster_parameters.expression.node, "binlog_format");
    bool by_hand = format && format->text && strcasecmp(format->text, "OFF") != 0;
    return by_hand || cfn__aurora_has_cdc(props);
}

static void check_backtrack(const checker *k)
{
    enum { MOST = 259200 }; /* 72 hours */
    const cfn_int *window = &k->props->backtrack_window;
    const char *region = cfn__expansion_region(k->x);
    if (!cfn__is_set(window->expression))
        return;
    if (!cfn__is_aurora_mysql(k->engine)) {
        cfn__report_property(k->x, k->c, "BacktrackWindow", CFN4101,
                             "only Aurora MySQL can backtrack");
        cfn__hint(k->diagnostics, "restore to a point in time, or clone the cluster");
    } else if (window->value < 0 || window->value > MOST) {
        cfn__report_property(k->x, k->c, "BacktrackWindow", CFN4101,
                             "Backtrack goes back from 0 to 259200 seconds (72 hours)");
        cfn__hint(k->diagnostics, "an older state is restored to a point in time");
    } else if (region && !region_backtracks(region)) {
        cfn__report_property(k->x, k->c, "BacktrackWindow", CFN4101,
                             "Backtrack does not exist in %s", region);
        cfn__hint(k->diagnostics, "restore to a point in time instead");
    } else if (cfn__aurora_backtracks(k->props) && replicates(k->props)) {
        cfn__report_property(k->x, k->c, "BacktrackWindow", CFN4102,
                             "a cluster that can backtrack cannot replicate its binary log");
        cfn__hint(k->diagnostics, "choose BacktrackWindow or ChangeDataCapture");
    }
}

static void check_insights(const checker *k)
{
    const cfn_bool *on = &k->props->enable_performance_insights;
    if (cfn__is_set(on->expression) && !on->value && cfn__is_set(k->props->database_insights_mode))
        cfn__report_property(k->x, k->c, "DatabaseInsightsMode", CFN2019,
                             "Database Insights needs Performance Insights, which is switched off");
    const cfn_int *retention = &k->props->performance_insights_retention_period;
    bool advanced = cfn__aurora_is_advanced(k->props);
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
    for (size_t i = 0; i < k->props->log_exports.count; i++) {
        const char *log = cfn__literal(k->props->log_exports.items[i]);
        cfn__nearest nearest = cfn__nearest_to(log ? log : "");
        const char *const *known = k->engine->logs;
        while (*known && log && strcmp(*known, log) != 0)
            cfn__nearest_offer(&nearest, *known++);
        if (*known)
            continue;
        cfn__report_property(k->x, k->c, cfn__format(k->c->make.arena, "LogExports/%zu", i),
                             CFN4106, "%s has no log %s", k->engine->name, log ? log : "");
        cfn__buffer all = {0};
        for (known = k->engine->logs; *known; known++)
            cfn__buffer_format(&all, "%s%s", all.length ? ", " : "", *known);
        cfn__hint(k->diagnostics, "its logs are %s", all.text ? all.text : "");
        cfn__buffer_free(&all);
    }
}

static bool in_steps(double capacity)
{
    return capacity * 2 == (double)(int64_t)(capacity * 2);
}

static void check_serverless(const checker *k)
{
    const cfn_rds_serverless_v2 *s = &k->props->serverless_v2;
    bool literal = s->min_capacity.expression.form == CFN_LITERAL &&
                   s->max_capacity.expression.form == CFN_LITERAL;
    bool pauses = cfn__is_set(s->seconds_until_auto_pause.expression);
    bool steps = in_steps(s->min_capacity.value) && in_steps(s->max_capacity.value);
    if (literal && s->min_capacity.value > s->max_capacity.value)
        cfn__report_property(k->x, k->c, "ServerlessV2/MinCapacity", CFN4120,
                             "MinCapacity is above MaxCapacity");
    if (literal && !steps)
        cfn__report_property(k->x, k->c, "ServerlessV2", CFN4120,
                             "capacities go in steps of 0.5 ACU");
    if (literal && pauses && s->min_capacity.value != 0)
        cfn__report_property(k->x, k->c, "ServerlessV2/SecondsUntilAutoPause", CFN4120,
                             "a cluster pauses only when MinCapacity is 0");
}

static void check_classes(const checker *k)
{
    const struct {
        const char *property;
        cfn_str value;
    } classes[] = {{"InstanceClass", k->props->instance_class},
                   {"ReaderInstanceClass", k->props->reader_instance_class}};
    bool serverless = cfn__is_set(k->props->serverless_v2.max_capacity.expression);
    for (size_t i = 0; i < CFN__COUNT(classes); i++) {
        const char *class = cfn__literal(classes[i].value);
        if (class && !cfn__starts_with(class, "db.")) {
            cfn__report_property(k->x, k->c, classes[i].property, CFN2006,
                                 "\"%s\" is not an instance class of RDS", class);
            cfn__hint(k->diagnostics, "they start with db., as db.r6g.large");
        } else if (class && strcmp(class, "db.serverless") == 0 && !serverless) {
            cfn__report_property(k->x, k->c, classes[i].property, CFN2019,
                                 "db.serverless needs ServerlessV2");
            cfn__hint(k->diagnostics, "add ServerlessV2: {MinCapacity: 0.5, MaxCapacity: 8}");
        }
    }
}

static void check_other_engine(const checker *k)
{
    bool mysql = cfn__is_aurora_mysql(k->engine);
    const char *other = mysql ? "PostgreSqlParameters" : "MySqlParameters";
    const cfn_node *properties = cfn_node_get(k->c->declared, "Properties");
    if (!cfn_node_get(properties, other))
        return;
    cfn__report_property(k->x, k->c, other, CFN2019, "%s does not fit the engine %s", other,
                         k->engine->name);
    cfn__hint(k->diagnostics, "use %s", mysql ? "MySqlParameters" : "PostgreSqlParameters");
}

static void check_database_name(const checker *k)
{
    const char *name = cfn__literal(k->props->database_name);
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

/* Numbers that come from a list rather than a range. */
static void check_listed(const checker *k, const char *property, const cfn_int *value,
                         const int *allowed, cfn_diagnostic_id id)
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
        cfn__report_property(k->x, k->c, property, id, "%s cannot be %lld", property,
                             (long long)value->value);
        cfn__hint(k->diagnostics, "it is one of %s", all.text ? all.text : "");
    }
    cfn__buffer_free(&all);
}

static void check_intervals(const checker *k)
{
    check_listed(k, "MonitoringInterval", &k->props->monitoring_interval,
                 GOOD(0, 1, 5, 10, 15, 30, 60), CFN4117);
    check_listed(k, "LogRetentionInDays", &k->props->log_retention_in_days,
                 GOOD(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
                      2192, 2557, 2922, 3288, 3653),
                 CFN2006);
}

void cfn__check_aurora_cluster(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_rds_aurora_cluster_props *props = c->props;
    const checker k = {x, c, props, cfn__aurora_engine_of(props), cfn__expansion_diagnostics(x)};
    check_version(&k);
    check_windows(&k);
    check_backtrack(&k);
    check_insights(&k);
    check_logs(&k);
    check_serverless(&k);
    check_classes(&k);
    check_other_engine(&k);
    check_database_name(&k);
    check_intervals(&k);
    cfn__check_aurora_values(&k);
}
