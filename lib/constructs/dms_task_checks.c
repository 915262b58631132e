/* What is wrong with a Cfngen::DMS::ReplicationTask. */
#include "base/text.h"
#include "constructs/dms.h"

#include <cfngen/dms_table_mappings.h>
#include <cfngen/dms_task_settings.h>

#include <string.h>

typedef struct checker {
    cfn__expansion *x;
    const cfn__construct *c;
    const cfn_dms_replication_task_props *props;
    cfn_diagnostics *diagnostics;
} checker;

static bool has_changes(const cfn_dms_replication_task_props *props)
{
    return strstr(cfn__dms_migration_type(props), "cdc") != NULL;
}

static void check_direction(const checker *k, const char *property, cfn_dms_endpoint endpoint,
                            bool source)
{
    const cfn__construct *c = cfn__handle_construct(k->x, &endpoint.handle);
    if (!c || cfn__dms_is_source(c->props) == source)
        return;
    cfn__report_property(k->x, k->c, property, CFN4347, "%s is an endpoint of type %s", c->id,
                         source ? "target" : "source");
    cfn__hint(k->diagnostics,
              "an endpoint has one direction; make another one to the same database");
}

static const cfn_dms_endpoint_props *endpoint_props(const checker *k, cfn_dms_endpoint endpoint)
{
    const cfn__construct *c = cfn__handle_construct(k->x, &endpoint.handle);
    return c ? c->props : NULL;
}

/* One login may be to two databases of a server, and tables of MySQL may get into another one. */
static void check_secrets(const checker *k, const cfn_node *mappings)
{
    const cfn_dms_endpoint_props *source = endpoint_props(k, k->props->source),
                                 *target = endpoint_props(k, k->props->target);
    if (!source || !target || !cfn__dms_is_source(source) || cfn__dms_is_source(target) ||
        !cfn__is_same_secret(source->secret, target->secret) ||
        cfn__is_set(source->database_name) || cfn__is_set(target->database_name) ||
        cfn__dms_has_transformations(mappings))
        return;
    cfn__report_property(k->x, k->c, "Target", CFN2019,
                         "source and target have the same secret, so the database would be copied "
                         "to itself");
    cfn__hint(k->diagnostics, "give each endpoint the secret of its own database");
}

/* The instance opens the connections. */
static void check_reach(const checker *k, const char *property, cfn_dms_endpoint endpoint)
{
    const cfn_dms_endpoint_props *to = endpoint_props(k, endpoint);
    const cfn__construct *instance =
        cfn__handle_construct(k->x, &k->props->replication_instance.handle);
    const cfn_dms_replication_instance_props *props = instance ? instance->props : NULL;
    if (to && props)
        cfn__check_reaches_cluster(k->x, k->c, property, instance->id, &props->security_groups,
                                   cfn__secret_cluster(k->x, to->secret));
}

static void check_log(const checker *k, const char *property, cfn_dms_endpoint from)
{
    const cfn_dms_endpoint_props *source = endpoint_props(k, from);
    if (!source)
        return;
    cfn_rds_aurora_cluster cluster = cfn__secret_cluster(k->x, source->secret);
    if (cfn__rds_database_logs_changes(k->x, cluster))
        return;
    cfn__report_property(k->x, k->c, property, CFN4350,
                         "%s keeps no log of changed rows, from which DMS could take them",
                         cluster.handle.id);
    cfn__hint(k->diagnostics, "leave its ChangeDataCapture on, and BacktrackWindow and "
                              "binlog_format out");
}

/* Whence changes are taken: the source, and on the way back the target. */
static void check_logs(const checker *k)
{
    cfn_dms_endpoint back = k->props->reverse_source;
    if (has_changes(k->props))
        check_log(k, "Source", k->props->source);
    if (cfn__dms_is_reversed(k->props))
        check_log(k, "Reverse", cfn__handle_is_set(&back.handle) ? back : k->props->target);
}

/* https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationTask.html */
static void check_start(const checker *k)
{
    bool position = cfn__is_set(k->props->cdc_start_position);
    bool time = cfn__is_set(k->props->cdc_start_time.expression);
    bool changes_alone = strcmp(cfn__dms_migration_type(k->props), "cdc") == 0;
    const cfn__construct *source = cfn__handle_construct(k->x, &k->props->source.handle);
    const cfn_dms_endpoint_props *from = source ? source->props : NULL;
    const char *at = position ? "CdcStartPosition" : "CdcStartTime";
    if (position && time) {
        cfn__report_property(k->x, k->c, "CdcStartTime", CFN4334,
                             "CdcStartPosition and CdcStartTime exclude each other");
    } else if ((position || time) && !changes_alone) {
        cfn__report_property(k->x, k->c, at, CFN4334,
                             "a task of type %s starts where its full load does",
                             cfn__dms_migration_type(k->props));
        cfn__hint(k->diagnostics, "leave %s out, or make the MigrationType cdc", at);
    }
    if (cfn__is_set(k->props->cdc_stop_position) && !has_changes(k->props))
        cfn__report_property(k->x, k->c, "CdcStopPosition", CFN4334,
                             "a task of type full-load takes no changes");
    if (!from || !cfn__is_set(from->postgresql_settings.slot_name) || (changes_alone && position))
        return;
    cfn__report_property(k->x, k->c, "Source", CFN4334,
                         "%s has a SlotName, which needs a task of type cdc with a "
                         "CdcStartPosition",
                         source->id);
    cfn__hint(k->diagnostics, "take out the SlotName: DMS then makes a slot of its own");
}

/* ---- two tasks over the same tables ---- */

static const cfn_node *name_in(const cfn_node *rule, const char *key)
{
    return cfn_node_get(cfn_node_get(rule, "object-locator"), key);
}

/* Whether a pattern takes all that another one does. What is known at deployment only is the same
 * as itself, and among all. */
static bool covers(const cfn_node *pattern, const cfn_node *other)
{
    const char *a = cfn_node_text(pattern), *b = cfn_node_text(other);
    return cfn_node_equal(pattern, other) || (a && strcmp(a, "%") == 0) ||
           (a && b && cfn_dms_matches(a, b));
}

static bool overlap(const cfn_node *a, const cfn_node *b)
{
    return covers(a, b) || covers(b, a);
}

static bool is_action(const cfn_node *rule, const char *action)
{
    return cfn__text_is(cfn_node_get(rule, "rule-action"), action);
}

/* Whether a list of rules leaves out all that a rule of another one includes. */
static bool is_excluded(const cfn_node *rules, const cfn_node *rule)
{
    for (const cfn_node *n = cfn_node_first(rules); n; n = n->next)
        if (is_action(n, "exclude") &&
            covers(name_in(n, "schema-name"), name_in(rule, "schema-name")) &&
            covers(name_in(n, "table-name"), name_in(rule, "table-name")))
            return true;
    return false;
}

static bool share_a_table(const cfn_node *a, const cfn_node *b)
{
    const cfn_node *rules = cfn_node_get(a, "rules"), *others = cfn_node_get(b, "rules");
    for (const cfn_node *n = cfn_node_first(rules); n; n = n->next)
        for (const cfn_node *m = cfn_node_first(others); m; m = m->next)
            if (is_action(n, "include") && is_action(m, "include") &&
                overlap(name_in(n, "schema-name"), name_in(m, "schema-name")) &&
                overlap(name_in(n, "table-name"), name_in(m, "table-name")) &&
                !is_excluded(rules, m) && !is_excluded(others, n))
                return true;
    return false;
}

static void check_others(const checker *k, const cfn_node *mappings)
{
    const char *target = k->props->target.handle.id;
    const cfn__construct *other = cfn__dms_task_before(k->x, k->props->source, k->c);
    for (; other; other = cfn__dms_task_before(k->x, k->props->source, other)) {
        const cfn_dms_replication_task_props *props = other->props;
        const char *its = props->target.handle.id;
        if (!target || !its || strcmp(target, its) != 0 || !has_changes(props) ||
            !has_changes(k->props) ||
            !share_a_table(mappings, cfn__dms_rules(other, "TableMappings")))
            continue;
        cfn__report_property(k->x, k->c, "TableMappings", CFN4335,
                             "%s brings changes of the same tables to the same target", other->id);
        cfn__hint(k->diagnostics, "one task of type full-load-and-cdc is enough; or let the two "
                                  "migrate different tables");
    }
}

/* ---- the way back ---- */

static void check_back(const checker *k, const char *property, cfn_dms_endpoint own,
                       cfn_dms_endpoint endpoint)
{
    if (cfn__handle_is_set(&own.handle) || endpoint.handle.id)
        return;
    cfn__report_property(k->x, k->c, "Reverse", CFN4348,
                         "of an endpoint that exists the other direction is not known");
    cfn__hint(k->diagnostics, "give %s", property);
}

/* Whether tables get other names, or another schema. */
static bool renames(const cfn_node *mappings, const cfn_node *settings)
{
    const cfn_node *schema = cfn_node_find(settings, "TargetMetadata/TargetSchema");
    return cfn__dms_has_transformations(mappings) || (schema && !cfn__text_is(schema, ""));
}

static void check_reverse(const checker *k, const cfn_node *mappings, const cfn_node *settings)
{
    static const char *const properties[] = {"ReverseSource", "ReverseTarget",
                                             "ReverseTableMappings"};
    const cfn_node *given = cfn_node_get(k->c->declared, "Properties");
    for (size_t i = 0; i < CFN__COUNT(properties) && !cfn__dms_is_reversed(k->props); i++)
        if (cfn_node_get(given, properties[i]))
            cfn__report_property(k->x, k->c, properties[i], CFN2019, "%s needs Reverse: true",
                                 properties[i]);
    if (!cfn__dms_is_reversed(k->props))
        return;
    check_back(k, "ReverseSource", k->props->reverse_source, k->props->target);
    check_back(k, "ReverseTarget", k->props->reverse_target, k->props->source);
    if (cfn_node_get(given, "ReverseTableMappings") || !renames(mappings, settings))
        return;
    cfn__report_property(k->x, k->c, "Reverse", CFN4348,
                         "the task renames or changes what it migrates, and the way back must undo "
                         "it");
    cfn__hint(k->diagnostics, "say how in ReverseTableMappings");
}

/* ---- mappings and settings ---- */

static void check_mappings(const checker *k, const char *property, const cfn_node *mappings)
{
    static const char *const others[] = {"Include", "Exclude", "Transformations", "TableSettings"};
    cfn_arena *arena = k->c->make.arena;
    const cfn_node *properties = cfn_node_get(k->c->declared, "Properties");
    const cfn_node *given = cfn_node_get(properties, property);
    for (size_t i = 0; i < CFN__COUNT(others); i++)
        if (cfn_node_get(given, "Raw") && cfn_node_get(given, others[i]))
            cfn__report(k->diagnostics, CFN2019, cfn_node_get(given, others[i]),
                        "Raw and %s exclude each other", others[i]);
    cfn_dms_mappings_read(arena, k->diagnostics,
                          cfn__stand_in(arena, mappings, properties, property));
}

static void check_settings(const checker *k, const cfn_node *settings)
{
    cfn_arena *arena = k->c->make.arena;
    const cfn_node *properties = cfn_node_get(k->c->declared, "Properties");
    const cfn_node *given = cfn_node_get(properties, "Settings");
    if (cfn_node_get(given, "Raw") && cfn_node_size(given) > 1)
        cfn__report(k->diagnostics, CFN2019, cfn_node_get(given, "Raw"),
                    "Raw stands alone: it is all of the settings");
    cfn_dms_task_settings_check(k->diagnostics,
                                cfn__stand_in(arena, settings, properties, "Settings"),
                                cfn__dms_migration_type(k->props));
}

void cfn__check_dms_task(cfn__expansion *x, const cfn__construct *c, const cfn_node *mappings,
                         const cfn_node *settings)
{
    const checker k = {x, c, c->props, cfn__expansion_diagnostics(x)};
    const cfn_node *properties = cfn_node_get(c->declared, "Properties");
    check_direction(&k, "Source", k.props->source, true);
    check_direction(&k, "Target", k.props->target, false);
    check_direction(&k, "ReverseSource", k.props->reverse_source, true);
    check_direction(&k, "ReverseTarget", k.props->reverse_target, false);
    check_secrets(&k, mappings);
    check_reach(&k, "Source", k.props->source);
    check_reach(&k, "Target", k.props->target);
    check_logs(&k);
    check_start(&k);
    check_mappings(&k, "TableMappings", mappings);
    if (cfn_node_get(properties, "ReverseTableMappings"))
        check_mappings(&k, "ReverseTableMappings", cfn__dms_rules(c, "ReverseTableMappings"));
    check_settings(&k, settings);
    check_others(&k, mappings);
    check_reverse(&k, mappings, settings);
}
