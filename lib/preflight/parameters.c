/* Which parameters of an Aurora cluster make it behave as the source does: those in which the
 * source differs from Aurora's default. Those here are modifiable by
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
 * (Aurora MySQL 3, parameters of the cluster and of instances) and
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html,
 * and change what statements do; what changes their speed alone is left to Aurora. Defaults are
 * those of these pages, or of MySQL 8.0 and PostgreSQL where they name none. */
#include "base/text.h"
#include "preflight/matching.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define OF_MYSQL      "MySqlParameters"
#define OF_POSTGRESQL "PostgreSqlParameters"
#define OF_CLUSTER    "ClusterParameters"
#define OF_INSTANCES  "InstanceParameters"

/* How values are compared and written: SWITCH is 1 or 0 of a parameter group, and AT_LEAST a number
 * that may be larger at the target without harm. */
typedef enum kind { TEXT, NUMBER, AT_LEAST, BOOLEAN, SWITCH } kind;

typedef struct rule {
    const char *group, *property; /* property NULL: the parameter's name */
    const char *name, *other_name;
    kind kind;
    const char *aurora;                                         /* its default */
    bool (*takes)(cfn__matching *matching, const char **value); /* what Aurora takes of it */
} rule;

static const rule mysql_rules[] = {
    {OF_MYSQL, "CharacterSetServer", "character_set_server", NULL, TEXT, "utf8mb4",
     cfn__take_character_set},
    {OF_MYSQL, "CollationServer", "collation_server", NULL, TEXT, "utf8mb4_0900_ai_ci",
     cfn__take_collation},
    {OF_MYSQL, "TimeZone", "time_zone", NULL, TEXT, "UTC", cfn__take_time_zone},
    {OF_MYSQL, "LowerCaseTableNames", "lower_case_table_names", NULL, NUMBER, "0",
     cfn__take_letter_case},
    {OF_MYSQL, "SqlMode", "sql_mode", NULL, TEXT, NULL, cfn__take_sql_mode},
    {OF_MYSQL, "TransactionIsolation", "transaction_isolation", "tx_isolation", TEXT,
     "REPEATABLE-READ", NULL},
    {OF_MYSQL, "MaxAllowedPacket", "max_allowed_packet", NULL, AT_LEAST, "67108864", NULL},
    {OF_MYSQL, "GroupConcatMaxLen", "group_concat_max_len", NULL, NUMBER, "1024", NULL},
    {OF_MYSQL, "WaitTimeout", "wait_timeout", NULL, NUMBER, "28800", NULL},
    {OF_MYSQL, "InnodbLockWaitTimeout", "innodb_lock_wait_timeout", NULL, NUMBER, "50", NULL},
    {OF_MYSQL, "InnodbStrictMode", "innodb_strict_mode", NULL, BOOLEAN, "ON", NULL},
    {OF_MYSQL, "ExplicitDefaultsForTimestamp", "explicit_defaults_for_timestamp", NULL, BOOLEAN,
     "ON", NULL},
    {OF_MYSQL, "LogBinTrustFunctionCreators", "log_bin_trust_function_creators", NULL, BOOLEAN,
     "OFF", NULL},
    {OF_MYSQL, "LongQueryTime", "long_query_time", NULL, NUMBER, "10", NULL},
    {OF_CLUSTER, NULL, "auto_increment_increment", NULL, NUMBER, "1", NULL},
    {OF_CLUSTER, NULL, "auto_increment_offset", NULL, NUMBER, "1", NULL},
    {OF_CLUSTER, NULL, "completion_type", NULL, TEXT, "NO_CHAIN", NULL},
    {OF_CLUSTER, NULL, "innodb_autoinc_lock_mode", NULL, NUMBER, "2", NULL},
    {OF_CLUSTER, NULL, "innodb_default_row_format", NULL, TEXT, "dynamic", NULL},
    {OF_CLUSTER, NULL, "innodb_ft_max_token_size", NULL, NUMBER, "84", NULL},
    {OF_CLUSTER, NULL, "innodb_ft_min_token_size", NULL, NUMBER, "3", NULL},
    {OF_CLUSTER, NULL, "innodb_rollback_on_timeout", NULL, SWITCH, "OFF", NULL},
    {OF_CLUSTER, NULL, "innodb_table_locks", NULL, SWITCH, "ON", NULL},
    {OF_CLUSTER, NULL, "lc_time_names", NULL, TEXT, "en_US", NULL},
    {OF_INSTANCES, NULL, "activate_all_roles_on_login", NULL, SWITCH, "OFF", NULL},
    {OF_INSTANCES, NULL, "autocommit", NULL, SWITCH, "ON", NULL},
    {OF_INSTANCES, NULL, "default_week_format", NULL, NUMBER, "0", NULL},
    {OF_INSTANCES, NULL, "div_precision_increment", NULL, NUMBER, "4", NULL},
    {OF_INSTANCES, NULL, "innodb_ft_enable_stopword", NULL, SWITCH, "ON", NULL},
    {OF_INSTANCES, NULL, "interactive_timeout", NULL, NUMBER, "28800", NULL},
    {OF_INSTANCES, NULL, "lock_wait_timeout", NULL, NUMBER, "31536000", NULL},
    {OF_INSTANCES, NULL, "max_prepared_stmt_count", NULL, AT_LEAST, "16382", NULL},
    {OF_INSTANCES, NULL, "max_sort_length", NULL, NUMBER, "1024", NULL},
    {OF_INSTANCES, NULL, "max_sp_recursion_depth", NULL, NUMBER, "0", NULL},
    {OF_INSTANCES, NULL, "net_read_timeout", NULL, AT_LEAST, "30", NULL},
    {OF_INSTANCES, NULL, "net_write_timeout", NULL, AT_LEAST, "60", NULL},
    {OF_INSTANCES, NULL, "updatable_views_with_limit", NULL, SWITCH, "YES", NULL},
    {0},
};

static const rule postgresql_rules[] = {
    {OF_POSTGRESQL, "Timezone", "TimeZone", NULL, TEXT, "UTC", cfn__take_time_zone},
    {OF_POSTGRESQL, "WorkMem", "work_mem", NULL, NUMBER, "4096", NULL},
    {OF_POSTGRESQL, "LogStatement", "log_statement", NULL, TEXT, "none", cfn__take_log_statement},
    {OF_POSTGRESQL, "LogMinDurationStatement", "log_min_duration_statement", NULL, NUMBER, "-1",
     NULL},
    {OF_POSTGRESQL, "LogConnections", "log_connections", NULL, BOOLEAN, "off", NULL},
    {OF_POSTGRESQL, "LogDisconnections", "log_disconnections", NULL, BOOLEAN, "off", NULL},
    {OF_POSTGRESQL, "LogLockWaits", "log_lock_waits", NULL, BOOLEAN, "off", NULL},
    {OF_CLUSTER, NULL, "array_nulls", NULL, SWITCH, "on", NULL},
    {OF_CLUSTER, NULL, "backslash_quote", NULL, TEXT, "safe_encoding", NULL},
    {OF_CLUSTER, NULL, "bytea_output", NULL, TEXT, "hex", NULL},
    {OF_CLUSTER, NULL, "check_function_bodies", NULL, SWITCH, "on", NULL},
    {OF_CLUSTER, NULL, "datestyle", NULL, TEXT, "ISO, MDY", NULL},
    {OF_CLUSTER, NULL, "deadlock_timeout", NULL, NUMBER, "1000", NULL},
    {OF_CLUSTER, NULL, "default_toast_compression", NULL, TEXT, "pglz", NULL},
    {OF_CLUSTER, NULL, "default_transaction_deferrable", NULL, SWITCH, "off", NULL},
    {OF_CLUSTER, NULL, "default_transaction_isolation", NULL, TEXT, "read committed", NULL},
    {OF_CLUSTER, NULL, "escape_string_warning", NULL, SWITCH, "on", NULL},
    {OF_CLUSTER, NULL, "extra_float_digits", NULL, NUMBER, "1", NULL},
    {OF_CLUSTER, NULL, "gin_fuzzy_search_limit", NULL, NUMBER, "0", NULL},
    {OF_CLUSTER, NULL, "idle_in_transaction_session_timeout", NULL, NUMBER, "86400000", NULL},
    {OF_CLUSTER, NULL, "intervalstyle", NULL, TEXT, "postgres", NULL},
    {OF_CLUSTER, NULL, "lo_compat_privileges", NULL, SWITCH, "off", NULL},
    {OF_CLUSTER, NULL, "max_locks_per_transaction", NULL, AT_LEAST, "64", NULL},
    {OF_CLUSTER, NULL, "max_prepared_transactions", NULL, AT_LEAST, "0", NULL},
    {OF_CLUSTER, NULL, "quote_all_identifiers", NULL, SWITCH, "off", NULL},
    {OF_CLUSTER, NULL, "row_security", NULL, SWITCH, "on", NULL},
    {OF_CLUSTER, NULL, "search_path", NULL, TEXT, "\"$user\", public", NULL},
    {OF_CLUSTER, NULL, "standard_conforming_strings", NULL, SWITCH, "on", NULL},
    {OF_CLUSTER, NULL, "synchronize_seqscans", NULL, SWITCH, "on", NULL},
    {OF_CLUSTER, NULL, "transform_null_equals", NULL, SWITCH, "off", NULL},
    {OF_CLUSTER, NULL, "xmlbinary", NULL, TEXT, "base64", NULL},
    {OF_CLUSTER, NULL, "xmloption", NULL, TEXT, "content", NULL},
    {0},
};

static bool is_on(const char *value)
{
    return strcasecmp(value, "on") == 0 || strcasecmp(value, "yes") == 0 || strcmp(value, "1") == 0;
}

/* Whether the target needs no other value than it has. */
static bool is_enough(const rule *r, const char *source, const char *target)
{
    switch (r->kind) {
    case BOOLEAN:
    case SWITCH:
        return is_on(source) == is_on(target);
    case NUMBER:
        return strtod(source, NULL) == strtod(target, NULL);
    case AT_LEAST:
        return strtod(source, NULL) <= strtod(target, NULL);
    default:
        return strcasecmp(source, target) == 0;
    }
}

static const char *value_of(const cfn__facts *facts, const rule *r)
{
    const char *value = cfn__fact_of(facts, r->name);
    return value || !r->other_name ? value : cfn__fact_of(facts, r->other_name);
}

/* MySQL shows numbers of seconds with six digits: 10.000000. */
static const char *shortened(cfn_arena *arena, const char *value)
{
    size_t length = strlen(value);
    while (strchr(value, '.') && length && value[length - 1] == '0')
        length--;
    length -= length && value[length - 1] == '.';
    return cfn__strndup(arena, value, length);
}

static const char *written(cfn_arena *arena, const rule *r, const char *value)
{
    switch (r->kind) {
    case BOOLEAN:
        return is_on(value) ? "true" : "false";
    case SWITCH:
        return is_on(value) ? "1" : "0";
    case NUMBER:
    case AT_LEAST:
        return shortened(arena, value);
    default:
        return value;
    }
}

void cfn__match_parameters(const cfn__facts *facts, cfn__family family,
                           cfn_preflight_parameters *matched)
{
    const rule *rules = family == CFN__MYSQL ? mysql_rules : postgresql_rules;
    size_t most = sizeof mysql_rules / sizeof *mysql_rules +
                  sizeof postgresql_rules / sizeof *postgresql_rules;
    cfn_preflight_parameter *all = CFN__NEW_ARRAY(facts->arena, most, cfn_preflight_parameter);
    cfn__matching matching = {.facts = facts, .family = family};
    size_t count = 0;
    for (const rule *r = rules; r->name && all; r++) {
        const char *value = value_of(facts, r);
        if (!value || (r->takes && !r->takes(&matching, &value)) ||
            (r->aurora && is_enough(r, value, r->aurora)))
            continue;
        bool typed = r->property != NULL;
        all[count++] = (cfn_preflight_parameter){
            .group = r->group,
            .property = typed ? r->property : r->name,
            .name = r->name,
            .value = written(facts->arena, r, value),
            .aurora_default = r->aurora ? r->aurora : "",
            .is_number = typed && (r->kind == NUMBER || r->kind == AT_LEAST),
            .is_boolean = typed && r->kind == BOOLEAN};
    }
    cfn__note_the_rest(&matching);
    matched->engine = family == CFN__MYSQL ? "aurora-mysql" : "aurora-postgresql";
    matched->parameters = all;
    matched->parameter_count = count;
    matched->notes = matching.notes;
    matched->note_count = matching.note_count;
}

/* UTC has many names, for example: what Aurora would take of both is compared, if it does. */
static bool differs(const rule *r, cfn__matching *sources, cfn__matching *targets,
                    const char *source, const char *target)
{
    const char *one = source, *other = target;
    if (r->takes && r->takes(sources, &one) && r->takes(targets, &other))
        return !is_enough(r, one, other);
    return !is_enough(r, source, target);
}

bool cfn__look_at_settings(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                           cfn__outcome *outcome)
{
    cfn__family family = session->driver->family;
    const rule *rules = family == CFN__MYSQL ? mysql_rules : postgresql_rules;
    cfn__matching sources = {.facts = &run->source_facts, .family = family};
    cfn__matching targets = {.facts = &run->target_facts, .family = family};
    for (const rule *r = rules; r->name; r++) {
        const char *source = value_of(&run->source_facts, r);
        const char *target = value_of(&run->target_facts, r);
        if (source && target && differs(r, &sources, &targets, source, target))
            cfn__add_object(run->arena, outcome, "%s: %s, and %s at the source", r->name,
                            *target ? target : "''", *source ? source : "''");
    }
    outcome->verdict = outcome->objects_in_all ? check->otherwise : CFN_PREFLIGHT_PASS;
    cfn__buffer_format(&outcome->found, "%zu differ", outcome->objects_in_all);
    return true;
}
