/* The checks of a PostgreSQL or Aurora PostgreSQL source that are judged by its settings and the
 * login. */
#include "preflight/rules.h"

#include <string.h>

#define CHECK(id, what, why, advice, rule)                                                         \
    ABOUT("postgresql", "source", id, what, why, advice, rule)

static void judge_version(const cfn__facts *facts, cfn__outcome *outcome)
{
    int major = facts->version / 10000;
    const char *note = major == 17   ? ": needs DMS 3.6.1 or newer"
                       : major == 18 ? ": needs the newest DMS"
                       : major == 16 ? ": needs DMS 3.5.3 or newer"
                                     : "";
    SAY(outcome,
        major < 10 || major > 18 ? FAIL
        : major >= 17            ? WARN
                                 : PASS,
        "PostgreSQL %d.%d%s", major, facts->version % 10000, note);
}

static bool is_managed(const cfn__facts *facts)
{
    return cfn__platform_of(facts) != CFN__PLATFORM_SELF_MANAGED;
}

/* How many are left of a setting; the task needs one, and one to spare. */
static void judge_free(const cfn__facts *facts, const char *setting, const char *used,
                       cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, setting, outcome) || cfn__is_unknown(facts, used, outcome))
        return;
    double all = cfn__fact_number(facts, setting, 0), free = all - cfn__fact_number(facts, used, 0);
    SAY(outcome,
        all < 2 || free < 1 ? FAIL
        : free < 2          ? WARN
                            : PASS,
        "%s = %.0f, %.0f free", setting, all, free < 0 ? 0 : free);
}

static void judge_slots(const cfn__facts *facts, cfn__outcome *outcome)
{
    judge_free(facts, "max_replication_slots", "slots in use", outcome);
}

static void judge_senders(const cfn__facts *facts, cfn__outcome *outcome)
{
    judge_free(facts, "max_wal_senders", "WAL senders in use", outcome);
}

static void judge_sender_timeout(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, "wal_sender_timeout", outcome))
        return;
    double ms = cfn__fact_number(facts, "wal_sender_timeout", 0);
    SAY(outcome,
        ms > 0 && ms < 10000 ? FAIL
        : ms >= 300000       ? WARN
                             : PASS,
        "wal_sender_timeout = %.0f ms", ms);
}

/* A day, which is what RDS and Aurora have, is no danger. */
static void judge_idle(const cfn__facts *facts, cfn__outcome *outcome)
{
    double ms = cfn__fact_number(facts, "idle_in_transaction_session_timeout", 0);
    SAY(outcome, ms > 0 && ms < 86400000 ? WARN : PASS,
        "idle_in_transaction_session_timeout = %.0f ms", ms);
}

static void judge_standby(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (!cfn__is_unknown(facts, "in recovery", outcome))
        SAY(outcome, cfn__fact_is_on(facts, "in recovery") ? FAIL : PASS,
            cfn__fact_is_on(facts, "in recovery") ? "a standby" : "no standby");
}

static void judge_inactive_slots(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, "inactive slots", outcome))
        return;
    const char *slots = cfn__fact_of(facts, "inactive slots");
    SAY(outcome, *slots ? WARN : PASS, "%s", *slots ? slots : "none");
}

static void judge_role(const cfn__facts *facts, cfn__outcome *outcome)
{
    bool super = cfn__fact_is_on(facts, "is superuser");
    bool replicates =
        cfn__fact_is_on(facts, "may replicate") || cfn__fact_is_on(facts, "is rds_replication");
    if (!super && cfn__is_unknown(facts, "may replicate", outcome))
        return;
    SAY(outcome, super || replicates ? PASS : FAIL,
        super        ? "a superuser"
        : replicates ? "it may replicate"
                     : "neither a superuser nor one that may replicate");
}

/* DMS captures DDL by a table and an event trigger of its own, which superusers may create. */
static void judge_ddl_capture(const cfn__facts *facts, cfn__outcome *outcome)
{
    const char *trigger = cfn__fact_of(facts, "DDL trigger"),
               *table = cfn__fact_of(facts, "DDL table");
    if (cfn__is_unknown(facts, "DDL trigger", outcome) ||
        cfn__is_unknown(facts, "DDL table", outcome))
        return;
    bool able =
        cfn__fact_is_on(facts, "is superuser") || cfn__fact_is_on(facts, "is rds_superuser");
    if (*trigger == 'D' || *trigger == 'R')
        SAY(outcome, FAIL, "the event trigger awsdms_intercept_ddl is disabled");
    else if (strcmp(table, "denied") == 0)
        SAY(outcome, FAIL, "the login may not write to awsdms_ddl_audit");
    else if (strcmp(trigger, "none") != 0)
        SAY(outcome, PASS, "the event trigger is there");
    else
        SAY(outcome, able ? PASS : WARN,
            able ? "DMS can create its event trigger"
                 : "the login cannot create an event trigger, and awsdms_intercept_ddl is not "
                   "there");
}

/* pglogical is taken when it is installed, else test_decoding. RDS and Aurora have it. */
static void judge_plugin(const cfn__facts *facts, cfn__outcome *outcome)
{
    const char *pglogical = cfn__fact_of(facts, "pglogical");
    const cfn__fact *loaded = cfn__find_fact(facts, "test_decoding");
    bool missing = loaded && loaded->problem && strstr(loaded->problem, "could not access file");
    if (pglogical && strcmp(pglogical, "installed") == 0)
        SAY(outcome, PASS, "pglogical is installed");
    else if (is_managed(facts) || cfn__fact_number(facts, "slots of test_decoding", 0) > 0 ||
             (loaded && loaded->value))
        SAY(outcome, PASS, "test_decoding is there");
    else if (!missing && cfn__fact_number(facts, "contrib", 0) > 0)
        SAY(outcome, WARN, "extensions of contrib are there, and so should be test_decoding");
    else
        SAY(outcome, missing ? FAIL : UNKNOWN, "%s",
            loaded && loaded->problem ? loaded->problem : "it is not known");
}

static void judge_long_transactions(const cfn__facts *facts, cfn__outcome *outcome)
{
    if (cfn__is_unknown(facts, "long transactions", outcome))
        return;
    double some = cfn__fact_number(facts, "long transactions", 0);
    double hidden = cfn__fact_number(facts, "hidden sessions", 0);
    if (some > 0)
        SAY(outcome, WARN, "%.0f open for more than ten minutes", some);
    else
        SAY(outcome, hidden > 0 ? WARN : PASS,
            hidden > 0 ? "the login may not see other sessions" : "none for more than ten minutes");
}

static void judge_workers(const cfn__facts *facts, cfn__outcome *outcome)
{
    double all = cfn__fact_number(facts, "max_worker_processes", -1);
    double needed = cfn__fact_number(facts, "max_logical_replication_workers", 0) +
                    cfn__fact_number(facts, "autovacuum_max_workers", 0) +
                    cfn__fact_number(facts, "max_parallel_workers", 0);
    SAY(outcome,
        all < 0        ? UNKNOWN
        : all < needed ? WARN
                       : PASS,
        "max_worker_processes = %.0f, the others need %.0f", all, needed);
}

static bool is_aurora(const cfn__facts *facts)
{
    return cfn__platform_of(facts) == CFN__PLATFORM_AURORA;
}

const cfn__check cfn__postgresql_checks[] = {
    {CHECK("version", "the server's version",
           "DMS reads PostgreSQL up to 18; newer versions need a newer DMS",
           "Use a DMS version that supports it (17 needs 3.6.1), or upgrade the source", SOURCES),
     .judge = judge_version},
    {CHECK("standby", "pg_is_in_recovery()", "A read replica cannot be a source of changes",
           "Let the source endpoint name the primary", PG_SOURCE),
     .judge = judge_standby},
    {CHECK("wal-level", "wal_level", "Changes are not logged in a way that DMS can read",
           "Set wal_level to logical and restart; on RDS and Aurora set rds.logical_replication to "
           "1 and reboot",
           PG_SOURCE),
     .setting = "wal_level", .good = "logical", .absent = UNKNOWN, .otherwise = FAIL},
    {CHECK("rds-logical-replication", "rds.logical_replication",
           "RDS and Aurora log changes for others only with it",
           "Set it to 1 in the parameter group, and reboot", PG_SOURCE),
     .setting = "rds.logical_replication", .good = "on|1", .absent = PASS, .otherwise = FAIL,
     .applies = is_managed},
    {CHECK("replication-slots", "max_replication_slots and those in use",
           "Each task takes a slot, and keeps it while it is stopped",
           "Raise max_replication_slots and restart, or drop slots that nobody reads", PG_SOURCE),
     .judge = judge_slots},
    {CHECK("wal-senders", "max_wal_senders and those in use", "Each task takes a sender",
           "Raise max_wal_senders and restart", PG_SOURCE),
     .judge = judge_senders},
    {CHECK("wal-sender-timeout", "wal_sender_timeout",
           "DMS refuses less than ten seconds; five minutes or more delay its failover",
           "Set 0, or 10 seconds to 5 minutes", PG_SOURCE),
     .judge = judge_sender_timeout},
    {CHECK("inactive-slots", "replication slots that nobody reads",
           "They keep the log until the disk is full",
           "SELECT pg_drop_replication_slot('NAME') for those of tasks that are gone", PG_SOURCE),
     .judge = judge_inactive_slots},
    {CHECK("slot-limit", "max_slot_wal_keep_size",
           "A task that is stopped for long loses its slot, and must load everything again",
           "Set -1 while DMS is at work, and watch the disk", PG_ASSESSMENT),
     .setting = "max_slot_wal_keep_size", .good = "-1", .absent = PASS, .otherwise = WARN},
    {CHECK("plugin", "test_decoding or pglogical", "DMS reads changes by one of the two",
           "Install postgresql-contrib, which has test_decoding", PG_SOURCE),
     .judge = judge_plugin},
    {CHECK("replication-role", "the login may replicate", "DMS creates and reads a slot",
           "ALTER ROLE ... REPLICATION; on RDS and Aurora GRANT rds_superuser, rds_replication",
           PG_SOURCE),
     .judge = judge_role},
    {CHECK("ddl-capture", "awsdms_ddl_audit and awsdms_intercept_ddl",
           "Changes of tables are not followed otherwise",
           "Create both as the DMS User Guide shows, with a superuser, or set CaptureDdls of the "
           "source endpoint to false",
           PG_SOURCE),
     .judge = judge_ddl_capture},
    {CHECK("long-transactions", "open transactions",
           "The task begins when those have ended that were open before",
           "End them before the task is started", PG_ASSESSMENT),
     .judge = judge_long_transactions},
    {CHECK("prepared-transactions", "prepared transactions",
           "DMS does not follow two-phase commits, and waits for those that are open",
           "Commit or roll them back", PG_ASSESSMENT),
     .setting = "prepared transactions", .good = "0", .absent = UNKNOWN, .otherwise = WARN},
    {CHECK("idle-transactions", "idle_in_transaction_session_timeout",
           "Transactions of DMS are idle at times, and are cut",
           "Set 0 for the login of DMS, or a day", PG_SOURCE),
     .judge = judge_idle},
    {CHECK("statement-timeout", "statement_timeout", "Reading a large table takes longer than that",
           "Set 0 for the login of DMS", PG_SOURCE),
     .setting = "statement_timeout", .good = "0", .absent = PASS, .otherwise = WARN},
    {CHECK("worker-processes", "max_worker_processes",
           "Workers of logical replication find no place",
           "Set it to the sum of max_logical_replication_workers, autovacuum_max_workers and "
           "max_parallel_workers, or more",
           PG_SOURCE),
     .judge = judge_workers, .applies = is_managed},
    {CHECK("synchronous-commit", "synchronous_commit",
           "Aurora may leave changes out of what DMS reads", "Set it to on", PG_SOURCE),
     .setting = "synchronous_commit", .good = "on", .absent = PASS, .otherwise = WARN,
     .applies = is_aurora},
    {CHECK("encoding", "server_encoding", "Bytes of unknown encoding cannot be turned into UTF-8",
           "Set CharacterSetSettings of the task, or dump and load such tables", PG_SOURCE),
     .setting = "server_encoding", .good = "UTF8", .absent = UNKNOWN, .otherwise = WARN},
    {CHECK("tls", "ssl", "Endpoints with SslMode require, verify-ca or verify-full are refused",
           "Switch ssl on, or set SslMode of the source endpoint to none and keep the way private",
           TLS),
     .setting = "ssl", .good = "on", .absent = UNKNOWN, .otherwise = WARN},
    {.about = {.id = NULL}},
};
