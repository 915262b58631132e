/* Domain rules for an Aurora cluster, told at the property that breaks them. */
#include "base/text.h"
#include "constructs/rds_aurora_cluster.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_rds_aurora_cluster_props *props;
    const cfn__rds_engine *engine;
    cfn_diagnostics *diagnostics;
} checker;

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
    bool mysql = cfn__is_mysql(k->engine);
    if (!version || (mysql ? is_mysql_version(version) : is_postgresql_version(version)))
        return;
    cfn__report_property(k->x, k->c, "EngineVersion", CFN4103,
                         "%s %s cannot be created: it is not a version, or deprecated",
                         k->engine->name, version);
    cfn__hint(k->diagnostics, "use %s, or leave EngineVersion out", k->engine->version);
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
    if (!cfn__is_mysql(k->engine)) {
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
        cfn__check_rds_class(k->x, k->c, classes[i].property, classes[i].value);
        if (class && strcmp(class, "db.serverless") == 0 && !serverless) {
            cfn__report_property(k->x, k->c, classes[i].property, CFN2019,
                                 "db.serverless needs ServerlessV2");
            cfn__hint(k->diagnostics, "add ServerlessV2: {MinCapacity: 0.5, MaxCapacity: 8}");
        }
    }
}

static const char *zone_text(const checker *k, size_t n)
{
    return cfn__literal(cfn__ec2_network_zone(k->x, &k->c->make, k->props->network, n));
}

static void check_zones(const checker *k)
{
    const cfn_ec2_network *network = &k->props->network;
    if (!network->handle.id || cfn__int_or(k->props->readers, 1).value == 0 ||
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

void cfn__check_aurora_cluster(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_rds_aurora_cluster_props *props = c->props;
    const cfn__rds_database d = cfn__aurora_database(c);
    const checker k = {x, c, props, d.engine, cfn__expansion_diagnostics(x)};
    check_version(&k);
    check_backtrack(&k);
    check_serverless(&k);
    check_classes(&k);
    cfn__check_rds_database(x, c, &d);
    check_zones(&k);
    check_serverless_use(&k);
}
