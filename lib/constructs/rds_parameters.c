/* The parameters of databases: what the source has set and what the user adds, each as RDS takes
 * it, and the values that take back what cfngen sets. */
#include "base/text.h"
#include "constructs/rds.h"

#include <string.h>
#include <strings.h>

/* "MaxAllowedPacket" is max_allowed_packet. */
static const char *parameter_name(cfn_arena *arena, const char *property)
{
    char *name = cfn__alloc(arena, strlen(property) * 2 + 1), *out = name;
    if (!name)
        return "";
    for (const char *p = property; *p; p++) {
        bool capital = *p >= 'A' && *p <= 'Z';
        if (capital && p > property)
            *out++ = '_';
        *out++ = capital ? (char)(*p | 0x20) : *p;
    }
    return name;
}

/* RDS takes every value as a string, and booleans as 1 and 0. */
static cfn_node *parameter_value(cfn_arena *arena, const cfn_node *value)
{
    cfn_node *node = cfn__copy(arena, value);
    if (node && node->kind == CFN_KIND_BOOLEAN)
        node->text = *node->text == 't' ? "1" : "0";
    if (node && node->text) {
        node->length = (uint32_t)strlen(node->text);
        node->kind = CFN_KIND_STRING;
    }
    return node;
}

void cfn__rds_put_presets(const cfn__maker *make, const cfn__rds_database *d, cfn_node *map,
                          const cfn__rds_preset *presets, size_t count)
{
    for (const cfn__rds_preset *p = presets; p < presets + count; p++) {
        bool wanted =
            !p->needed_by || (strcmp(p->needed_by, "cdc") == 0 ? d->logs_changes
                                                               : cfn__rds_exports(d, p->needed_by));
        if (wanted)
            cfn__set(map, p->name, cfn__string(make, p->value));
    }
}

/* Values that take back what cfngen sets for safety, or that make an exported log stay empty. */
static const struct {
    const char *name, *bad[3];
    cfn_diagnostic_id id;
    const char *log; /* only when this log is exported */
    const char *message, *hint;
} value_rules[] = {
    {"require_secure_transport",
     {"OFF", "0", "false"},
     CFN4115,
     NULL,
     "clients without TLS will be let in",
     "leave it out: cfngen sets ON"},
    {"rds.force_ssl",
     {"0", "off", "false"},
     CFN4115,
     NULL,
     "clients without TLS will be let in",
     "leave it out: cfngen sets 1"},
    {"slow_query_log",
     {"0", "OFF", "false"},
     CFN4107,
     "slowquery",
     "the exported log slowquery will stay empty",
     "leave it out, or take slowquery out of LogExports"},
    {"general_log",
     {"0", "OFF", "false"},
     CFN4107,
     "general",
     "the exported log general will stay empty",
     "leave it out, or take general out of LogExports"},
    {"log_output",
     {"TABLE", "NONE", NULL},
     CFN4107,
     "slowquery",
     "the exported log slowquery will stay empty",
     "only FILE reaches CloudWatch Logs"},
    {"log_output",
     {"TABLE", "NONE", NULL},
     CFN4107,
     "general",
     "the exported log general will stay empty",
     "only FILE reaches CloudWatch Logs"},
    {"server_audit_logging",
     {"0", "OFF", "false"},
     CFN4107,
     "audit",
     "the exported log audit will stay empty",
     "leave it out, or take audit out of LogExports"},
    {"log_statement",
     {"all", NULL, NULL},
     CFN4119,
     NULL,
     "every statement goes to the log with its data, passwords among them",
     "use ddl"},
};

static void check_value(cfn__expansion *x, const cfn__rds_database *d, const char *name,
                        const cfn_node *n)
{
    for (size_t i = 0; i < CFN__COUNT(value_rules) && n->text; i++) {
        bool bad = false;
        for (size_t k = 0; k < CFN__COUNT(value_rules[i].bad) && value_rules[i].bad[k]; k++)
            bad |= strcasecmp(value_rules[i].bad[k], n->text) == 0;
        if (!bad || strcmp(value_rules[i].name, name) != 0 ||
            (value_rules[i].log && !cfn__rds_exports(d, value_rules[i].log)))
            continue;
        cfn__report(cfn__expansion_diagnostics(x), value_rules[i].id, n, "%s",
                    value_rules[i].message);
        cfn__hint(cfn__expansion_diagnostics(x), "%s", value_rules[i].hint);
    }
}

static const char *const matched_properties[] = {"MySqlParameters", "PostgreSqlParameters"};

static const cfn_node *matched_parameters(const cfn__construct *c, size_t i)
{
    return cfn_node_get(cfn_node_get(c->declared, "Properties"), matched_properties[i]);
}

void cfn__rds_put_matched(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                          cfn_node *map, bool (*belongs)(const char *name))
{
    for (size_t i = 0; i < CFN__COUNT(matched_properties); i++) {
        const cfn_node *given = matched_parameters(c, i);
        for (const cfn_node *n = cfn_node_first(given); n; n = n->next) {
            const char *name = parameter_name(c->make.arena, n->key);
            if (belongs && !belongs(name))
                continue;
            check_value(x, d, name, n);
            cfn__set(map, name, parameter_value(c->make.arena, n));
        }
    }
}

/* Whether MySqlParameters or PostgreSqlParameters has it too. */
static bool is_matched(const cfn__construct *c, const char *name)
{
    for (size_t i = 0; i < CFN__COUNT(matched_properties); i++) {
        const cfn_node *given = matched_parameters(c, i);
        for (const cfn_node *n = cfn_node_first(given); n; n = n->next)
            if (strcmp(parameter_name(c->make.arena, n->key), name) == 0)
                return true;
    }
    return false;
}

void cfn__rds_put_own(cfn__expansion *x, const cfn__construct *c, const cfn__rds_database *d,
                      cfn_node *map, cfn_json own,
                      bool (*has_fault)(cfn__expansion *x, const cfn_node *parameter))
{
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    for (const cfn_node *n = cfn_node_first(own.expression.node); n; n = n->next) {
        check_value(x, d, n->key, n);
        if (!(has_fault && has_fault(x, n)) && is_matched(c, n->key)) {
            cfn__report_key(diagnostics, CFN2019, n,
                            "%s is given twice: it is among the parameters of the source too",
                            n->key);
            cfn__hint(diagnostics, "keep one of the two");
        }
        if (n->kind == CFN_KIND_LIST || n->kind == CFN_KIND_NULL)
            cfn__report(diagnostics, CFN2003, n, "the parameter %s must be a string, not %s",
                        n->key, cfn__kind_name(n->kind));
        else
            cfn__set(map, n->key, parameter_value(c->make.arena, n));
    }
}

/* ---- tables ---- */

static const char *const isolations[] = {"READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ",
                                         "SERIALIZABLE", NULL};
static const char *const statements[] = {"none", "ddl", "mod", "all", NULL};

#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_rds_mysql_parameters, kind, name, member), .doc = (text)
static const cfn__field mysql_fields[] = {
    {ROW(STR, "CharacterSetServer", character_set_server, "character_set_server of the source.")},
    {ROW(STR, "CollationServer", collation_server, "collation_server of the source.")},
    {ROW(STR, "TimeZone", time_zone, "A named time zone, as Europe/London.")},
    {ROW(INT, "LowerCaseTableNames", lower_case_table_names,
         "0: names of tables keep their case, 1: they are lower-case. It cannot be changed later."),
     .min = 0, .max = 1},
    {ROW(STR, "SqlMode", sql_mode, "sql_mode of the source, its words separated by commas.")},
    {ROW(STR, "TransactionIsolation", transaction_isolation, "The isolation of transactions."),
     .values = isolations},
    {ROW(INT, "MaxAllowedPacket", max_allowed_packet, "Bytes of the largest statement or row."),
     .min = 1024, .max = 1073741824},
    {ROW(INT, "GroupConcatMaxLen", group_concat_max_len, "Bytes that GROUP_CONCAT may return.")},
    {ROW(INT, "MaxConnections", max_connections, "Connections at the same time."), .min = 1,
     .max = 16000},
    {ROW(INT, "WaitTimeout", wait_timeout, "Seconds until an idle connection is closed."), .min = 1,
     .max = 31536000},
    {ROW(INT, "InnodbLockWaitTimeout", innodb_lock_wait_timeout, "Seconds to wait for a row lock."),
     .min = 1, .max = 1073741824},
    {ROW(BOOL, "InnodbStrictMode", innodb_strict_mode, "innodb_strict_mode of the source.")},
    {ROW(BOOL, "ExplicitDefaultsForTimestamp", explicit_defaults_for_timestamp,
         "explicit_defaults_for_timestamp of the source.")},
    {ROW(BOOL, "LogBinTrustFunctionCreators", log_bin_trust_function_creators,
         "Whether users without SUPER may create triggers and functions.")},
    {ROW(NUM, "LongQueryTime", long_query_time, "Seconds from which the slow query log records."),
     .min = 0, .max = 31536000},
};
#undef ROW
#define ROW(kind, name, member, text)                                                              \
    CFN__ROW(cfn_rds_postgresql_parameters, kind, name, member), .doc = (text)
static const cfn__field postgresql_fields[] = {
    {ROW(STR, "Timezone", timezone, "A named time zone, as Europe/London.")},
    {ROW(INT, "MaxConnections", max_connections, "Connections at the same time."), .min = 6,
     .max = 262143},
    {ROW(INT, "WorkMem", work_mem, "kB for each sort or hash."), .min = 64, .max = 2147483647},
    {ROW(STR, "LogStatement", log_statement, "Which statements are logged."), .values = statements},
    {ROW(INT, "LogMinDurationStatement", log_min_duration_statement,
         "Milliseconds from which a statement is logged; -1: none."),
     .min = -1, .max = 2147483647},
    {ROW(BOOL, "LogConnections", log_connections, "Whether connections are logged.")},
    {ROW(BOOL, "LogDisconnections", log_disconnections, "Whether their ends are logged.")},
    {ROW(BOOL, "LogLockWaits", log_lock_waits, "Whether long waits for locks are logged.")},
};
#undef ROW

const cfn_record cfn__mysql_parameters_record =
    CFN__RECORD("MySqlParameters", cfn_rds_mysql_parameters, mysql_fields);
const cfn_record cfn__postgresql_parameters_record =
    CFN__RECORD("PostgreSqlParameters", cfn_rds_postgresql_parameters, postgresql_fields);
