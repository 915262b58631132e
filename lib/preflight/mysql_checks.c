/* The checks of a MySQL, MariaDB or Aurora MySQL source that are judged by its settings and the
 * privileges of the login. */
#include "preflight/rules.h"

#include <string.h>

#define CHECK(id, what, why, advice, rule) ABOUT("mysql", "source", id, what, why, advice, rule)

static void judge_version(const cfn__facts *facts, cfn__outcome *outcome)
{
    static const struct {
        int from, below; /* as 80400 */
        bool of_mariadb;
        cfn_preflight_verdict verdict;
        const char *note;
    } versions[] = {
        {50500, 50600, false, WARN, ", self-managed only"},
        {50600, 80100, false, PASS, ""},
        {80400, 80500, false, WARN, ": needs a recent version of DMS, 3.6.1 for example"},
        {100024, 100100, true, PASS, ""},
        {100200, 100700, true, PASS, ""},
        {101100, 101200, true, PASS, ""},
        {110403, 110408, true, PASS, ""},
        {110408, 110500, true, WARN, ": DMS names 11.4.3 to 11.4.7"},
    };
    const char *name = facts->is_mariadb ? "MariaDB" : "MySQL";
    int major = facts->version / 10000, minor = facts->version / 100 % 100;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (versions[i].of_mariadb == facts->is_mariadb && facts->version >= versions[i].from &&
            facts->version < versions[i].below) {
            SAY(outcome, versions[i].verdict, "%s %d.%d.%d%s", name, major, minor,
                facts->version % 100, versions[i].note);
            return;
        }
    SAY(outcome, FAIL, "%s %d.%d.%d", name, major, minor, facts->version % 100);
}

/* RDS keeps logs for as long as its own procedure says; others by a setting in days or seconds. */
static void judge_retention(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__platform_of(facts) != CFN__PLATFORM_SELF_MANAGED) {
        if (cfn__is_unknown(facts, "binlog retention hours", outcome))
            return;
        double hours = cfn__fact_number(facts, "binlog retention hours", 0);
        SAY(outcome,
            hours <= 0   ? FAIL
            : hours < 24 ? WARN
                         : PASS,
            "binlog retention hours = %s", cfn__fact_of(facts, "binlog retention hours"));
        return;
    }
    double seconds = cfn__fact_number(facts, "binlog_expire_logs_seconds", 0);
    if (seconds <= 0)
        seconds = cfn__fact_number(facts, "expire_logs_days", 0) * 86400;
    if (!cfn__find_fact(facts, "binlog_expire_logs_seconds") &&
        !cfn__find_fact(facts, "expire_logs_days"))
        SAY(outcome, UNKNOWN, "neither binlog_expire_logs_seconds nor expire_logs_days is there");
    else if (seconds <= 0)
        SAY(outcome, WARN, "logs are kept for ever, until the disk is full");
    else
        SAY(outcome, seconds < 86400 ? WARN : PASS, "logs are kept for %.1f hours", seconds / 3600);
}

static void judge_server_id(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (!cfn__is_unknown(facts, "server_id", outcome))
        SAY(outcome, cfn__fact_number(facts, "server_id", 0) > 0 ? PASS : FAIL, "server_id = %s",
            cfn__fact_of(facts, "server_id"));
}

static bool is_replica(const cfn__facts *facts)
{
    return cfn__fact_number(facts, "replica connections", 0) > 0;
}

static void judge_replica_updates(const cfn__facts *facts, cfn__outcome *outcome)
{
    bool on = cfn__fact_is_on(facts, "log_replica_updates") ||
              cfn__fact_is_on(facts, "log_slave_updates");
    if (on)
        SAY(outcome, PASS, "a replica's changes are logged, too");
    else if (!cfn__is_unknown(facts, "replica connections", outcome))
        SAY(outcome, is_replica(facts) ? FAIL : PASS,
            is_replica(facts) ? "this is a replica, and log_replica_updates is off"
                              : "this is no replica");
}

static void judge_reader(const cfn__facts *facts, cfn__outcome *outcome)
{
    bool reader = cfn__platform_of(facts) == CFN__PLATFORM_AURORA &&
                  cfn__fact_is_on(facts, "innodb_read_only");
    SAY(outcome, reader ? FAIL : PASS, reader ? "a reader of Aurora" : "no reader of Aurora");
}

/* Whether a list of names, separated by commas, holds one. */
static bool lists(const char *names, const char *name)
{
    for (const char *p = names; *p; p += strcspn(p, ","), p += *p == ',')
        if (strcspn(p, ",") == strlen(name) && strncmp(p, name, strlen(name)) == 0)
            return true;
    return false;
}

static bool look_at_filters(const cfn__check *check, cfn__preflight *run, cfn__session *session,
                            cfn__outcome *outcome)
{
    const cfn__facts *facts = &run->source_facts;
    const char *seen = "";
    (void)session;
    if (cfn__is_unknown(facts, "binlog do", outcome) ||
        cfn__is_unknown(facts, "binlog ignore", outcome))
        return true;
    const char *only = cfn__fact_of(facts, "binlog do");
    const char *ignored = cfn__fact_of(facts, "binlog ignore");
    for (size_t i = 0; i < run->scope.count; i++) {
        const char *schema = run->scope.tables[i].table->schema;
        if (strcmp(schema, seen) != 0 &&
            ((*only && !lists(only, schema)) || lists(ignored, schema)))
            cfn__add_object(run->arena, outcome, "%s", schema);
        seen = schema;
    }
    SAY(outcome, outcome->objects_in_all ? check->otherwise : PASS, "%s",
        *only || *ignored ? "some schemas are not logged" : "all schemas are logged");
    return true;
}

/* It takes a privilege that DMS itself needs only for XA. */
static void judge_xa(const cfn__facts *facts, cfn__outcome *outcome)
{
    const char *count = cfn__fact_of(facts, "open XA transactions");
    if (count)
        SAY(outcome, strcmp(count, "0") == 0 ? PASS : WARN, "%s", count);
    else
        SAY(outcome, WARN, "the login may not list them");
}

static void judge_privilege(const cfn__facts *facts, const char *privilege, cfn__outcome *outcome)
{
    if (!facts->grants)
        SAY(outcome, UNKNOWN, "SHOW GRANTS is not answered");
    else if (cfn__is_granted(facts->grants, privilege, NULL) == CFN__HELD_YES)
        SAY(outcome, PASS, "%s is granted", privilege);
    else
        SAY(outcome, FAIL, "%s is missing", privilege);
}

static void judge_replication_client(const cfn__facts *facts, cfn__outcome *outcome)
{
    judge_privilege(facts, "REPLICATION CLIENT", outcome);
}

static void judge_replication_slave(const cfn__facts *facts, cfn__outcome *outcome)
{
    judge_privilege(facts, "REPLICATION SLAVE", outcome);
}

static void judge_tls(const cfn__facts *facts, cfn__outcome *outcome)
{
    const char *have = cfn__fact_of(facts, "have_ssl"),
               *versions = cfn__fact_of(facts, "tls_version");
    const char *certificate = cfn__fact_of(facts, "ssl_cert");
    bool on = have ? strcmp(have, "YES") == 0 : certificate && *certificate;
    if (!on)
        SAY(outcome, WARN, "the server has no certificate");
    else if (versions && *versions && !strstr(versions, "TLSv1.2"))
        SAY(outcome, FAIL, "tls_version = %s", versions);
    else
        SAY(outcome, PASS, "TLS%s%s", versions ? ", " : "", versions ? versions : "");
}

static void judge_timeouts(const cfn__facts *facts, cfn__outcome *outcome)
{
    static const char *const names[] = {"net_read_timeout", "net_write_timeout", "wait_timeout",
                                        "interactive_timeout"};
    outcome->verdict = PASS;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        double seconds = cfn__fact_number(facts, names[i], 300);
        if (seconds >= 300)
            continue;
        cfn__buffer_format(&outcome->found, "%s%s = %.0f", outcome->verdict == WARN ? ", " : "",
                           names[i], seconds);
        outcome->verdict = WARN;
    }
    if (outcome->verdict == PASS)
        cfn__buffer_add_text(&outcome->found, "five minutes or more");
}

static void judge_time_zone(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, "time_zone", outcome))
        return;
    const char *zone = cfn__fact_of(facts, "time_zone");
    const char *system = cfn__fact_of(facts, "system_time_zone");
    if (strcmp(zone, "SYSTEM") == 0 && system)
        zone = system;
    bool utc =
        strcmp(zone, "UTC") == 0 || strcmp(zone, "+00:00") == 0 || strcmp(zone, "Etc/UTC") == 0;
    SAY(outcome, utc ? PASS : WARN, "%s", zone);
}

static void judge_letter_case(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, "lower_case_table_names", outcome))
        return;
    double value = cfn__fact_number(facts, "lower_case_table_names", 0);
    SAY(outcome,
        value == 0   ? PASS
        : value == 1 ? WARN
                     : FAIL,
        "lower_case_table_names = %.0f", value);
}

static void judge_sql_mode(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, "sql_mode", outcome))
        return;
    const char *mode = cfn__fact_of(facts, "sql_mode");
    bool strict = strstr(mode, "STRICT_TRANS_TABLES") || strstr(mode, "STRICT_ALL_TABLES");
    bool zeros = !strstr(mode, "NO_ZERO_DATE") || !strstr(mode, "NO_ZERO_IN_DATE");
    if (strict && !zeros)
        SAY(outcome, PASS, "strict, without zero dates");
    else
        SAY(outcome, WARN, "%s%s%s", strict ? "" : "not strict", !strict && zeros ? ", " : "",
            zeros ? "zero dates are allowed" : "");
}

static bool is_aurora(const cfn__facts *facts)
{
    return cfn__platform_of(facts) == CFN__PLATFORM_AURORA;
}

static bool is_mariadb(const cfn__facts *facts)
{
    return facts->is_mariadb;
}

const cfn__check cfn__mysql_checks[] = {
    {CHECK("version", "the server's version",
           "DMS reads MySQL 5.5 to 8.0 and 8.4, MariaDB 10.0.24 and later 10.0, 10.2 to 10.6, "
           "10.11 and 11.4",
           "Upgrade the source, or migrate by a dump", SOURCES),
     .judge = judge_version},
    {CHECK("binlog", "log_bin", "There are no changes to read without a binary log",
           "Set log_bin and restart; on RDS give the instance a backup retention of a day or more",
           MYSQL_SOURCE),
     .setting = "log_bin", .good = "ON|1", .absent = UNKNOWN, .otherwise = FAIL},
    {CHECK("binlog-format", "binlog_format", "DMS reads rows, and statements lose changes",
           "SET GLOBAL binlog_format = 'ROW' (on RDS and Aurora in the parameter group), and have "
           "all writers connect again",
           MYSQL_SOURCE),
     .setting = "binlog_format", .good = "ROW", .absent = PASS, .otherwise = FAIL},
    {CHECK("binlog-row-image", "binlog_row_image",
           "Columns that a change does not touch are missing from it otherwise",
           "SET GLOBAL binlog_row_image = 'FULL'", MYSQL_SOURCE),
     .setting = "binlog_row_image", .good = "FULL", .absent = PASS, .otherwise = FAIL},
    {CHECK("binlog-retention", "how long binary logs are kept",
           "A log that is purged before DMS has read it ends the task",
           "Keep 24 hours or more, and more than an outage may last: binlog_expire_logs_seconds or "
           "expire_logs_days; on RDS CALL mysql.rds_set_configuration('binlog retention hours', "
           "24); GRANT SELECT ON mysql.rds_configuration lets the login see it",
           MYSQL_SOURCE),
     .judge = judge_retention},
    {CHECK("binlog-checksum", "binlog_checksum", "DMS up to 3.4.7 cannot read logs with checksums",
           "Use DMS 3.5 or newer, or set NONE", MYSQL_SOURCE),
     .setting = "binlog_checksum", .good = "NONE|CRC32", .absent = PASS, .otherwise = WARN},
    {CHECK("binlog-partial-json", "binlog_row_value_options",
           "Parts of JSON documents are logged in place of whole ones, which DMS does not put "
           "together",
           "SET GLOBAL binlog_row_value_options = ''", MYSQL_SOURCE),
     .setting = "binlog_row_value_options", .good = "|NONE", .absent = PASS, .otherwise = FAIL},
    {CHECK("binlog-transaction-compression", "binlog_transaction_compression",
           "DMS cannot read compressed transactions",
           "SET GLOBAL binlog_transaction_compression = OFF", MYSQL_SOURCE),
     .setting = "binlog_transaction_compression", .good = "OFF|0", .absent = PASS,
     .otherwise = FAIL},
    {CHECK("binlog-compressed-events", "log_bin_compress", "DMS cannot read compressed events",
           "SET GLOBAL log_bin_compress = OFF", MARIADB_ASSESSMENT),
     .setting = "log_bin_compress", .good = "OFF|0", .absent = PASS, .otherwise = FAIL,
     .applies = is_mariadb},
    {CHECK("enhanced-binlog", "aurora_enhanced_binlog", "DMS does not read the enhanced binary log",
           "Set aurora_enhanced_binlog to 0 and binlog_backup to 1, and restart", MYSQL_SOURCE),
     .setting = "aurora_enhanced_binlog", .good = "0|OFF", .absent = PASS, .otherwise = FAIL,
     .applies = is_aurora},
    {CHECK("binlog-filters", "Binlog_Do_DB and Binlog_Ignore_DB",
           "Changes of schemas that are left out of the log are lost",
           "Take binlog-do-db and binlog-ignore-db out, or migrate none of these schemas",
           MYSQL_SOURCE),
     .look = look_at_filters, .otherwise = FAIL},
    {CHECK("server-id", "server_id", "A server without an id writes no log that others can read",
           "SET GLOBAL server_id to 1 or more", MYSQL_ASSESSMENT),
     .judge = judge_server_id},
    {CHECK("replica-updates", "log_replica_updates of a replica",
           "A replica that does not log what it replicates has no changes to read",
           "Set log_replica_updates (log_slave_updates) and restart; on RDS switch backups of the "
           "replica on",
           MYSQL_SOURCE),
     .judge = judge_replica_updates},
    {CHECK("aurora-reader", "innodb_read_only", "Readers of Aurora have no binary log",
           "Let the source endpoint name the cluster's writer", MYSQL_SOURCE),
     .judge = judge_reader, .applies = is_aurora},
    {CHECK("open-xa", "open XA transactions",
           "DMS may miss changes of XA transactions that are open when it begins",
           "End them before the task starts, or set IgnoreOpenXaTransactionsCheck of the source "
           "endpoint to false and grant XA_RECOVER_ADMIN",
           MYSQL_SOURCE),
     .judge = judge_xa},
    {CHECK("replication-client", "REPLICATION CLIENT of the login",
           "DMS cannot find its place in the log",
           "GRANT REPLICATION CLIENT ON *.* to the login of DMS (MariaDB: BINLOG MONITOR)",
           MYSQL_SOURCE),
     .judge = judge_replication_client},
    {CHECK("replication-slave", "REPLICATION SLAVE of the login",
           "DMS reads the log as a replica does",
           "GRANT REPLICATION SLAVE ON *.* to the login of DMS", MYSQL_SOURCE),
     .judge = judge_replication_slave},
    {CHECK("tls", "TLS",
           "The endpoint can verify a certificate, or does without encryption; DMS speaks TLS 1.2 "
           "to MySQL",
           "Give the server a certificate, and let tls_version hold TLSv1.2", TLS),
     .judge = judge_tls},
    {CHECK("timeouts", "net_read_timeout, net_write_timeout, wait_timeout, interactive_timeout",
           "Connections that DMS leaves idle for minutes are cut", "Set 300 seconds or more",
           MYSQL_ASSESSMENT),
     .judge = judge_timeouts},
    {CHECK("statement-time", "max_statement_time", "Reading a large table takes longer than that",
           "SET GLOBAL max_statement_time = 0, or no limit for the login of DMS",
           MARIADB_ASSESSMENT),
     .setting = "max_statement_time", .good = "0|0.000000", .absent = PASS, .otherwise = WARN,
     .applies = is_mariadb},
    {CHECK("time-zone", "time_zone",
           "TIMESTAMP columns come as UTC: they are shifted unless DMS knows the source's zone",
           "Set ServerTimezone of the source endpoint to this zone, by its name", MYSQL_SOURCE),
     .judge = judge_time_zone},
    {CHECK("letter-case", "lower_case_table_names",
           "Aurora takes 0 or 1, and only when the cluster is made",
           "Create the cluster with the same value (cfngen preflight --parameters)", MYSQL_SOURCE),
     .judge = judge_letter_case},
    {CHECK("sql-mode", "sql_mode",
           "Values that the source lets in may be refused at a strict target, and zero dates "
           "become NULL",
           "Give the target the same sql_mode (cfngen preflight --parameters), or set it for DMS "
           "by Initstmt",
           MYSQL_SOURCE),
     .judge = judge_sql_mode},
    {.about = {.id = NULL}},
};
