/* Checks that are judged by settings, with those of servers that are not at hand: RDS, Aurora,
 * MySQL 8, other versions of PostgreSQL. And that all checks are documented. */
#include "support.h"

#include "preflight/preflight.h"

/* The facts are "name=value; name=value"; a value "?" is not known. */
typedef struct sample {
    const char *sentence, *check;
    int version;
    bool is_mariadb;
    const char *facts;
    const char *grants;
    cfn_preflight_verdict verdict;
    const char *found;
} sample;

#define RDS     "basedir=/rdsdbbin/mysql-8.0.35/"
#define AURORA  "aurora_version=3.10.4"
#define RDS_PG  "rds.extensions=pglogical"
#define PASS    CFN_PREFLIGHT_PASS
#define WARN    CFN_PREFLIGHT_WARN
#define FAIL    CFN_PREFLIGHT_FAIL
#define UNKNOWN CFN_PREFLIGHT_UNKNOWN

static sample samples[] = {
    {"mysql_5_1_is_too_old", "mysql-version", 50173, false, "", NULL, FAIL, "MySQL 5.1.73"},
    {"mysql_5_5_is_for_self_managed_sources", "mysql-version", 50562, false, "", NULL, WARN,
     "self-managed only"},
    {"mysql_8_0_is_supported", "mysql-version", 80035, false, "", NULL, PASS, "MySQL 8.0.35"},
    {"mysql_8_4_needs_a_recent_dms", "mysql-version", 80407, false, "", NULL, WARN, "3.6.1"},
    {"mysql_9_is_not_supported", "mysql-version", 90600, false, "", NULL, FAIL, "MySQL 9.6.0"},
    {"mariadb_10_6_is_supported", "mysql-version", 100622, true, "", NULL, PASS, "MariaDB 10.6.22"},
    {"mariadb_10_1_is_not_supported", "mysql-version", 100148, true, "", NULL, FAIL,
     "MariaDB 10.1"},
    {"mariadb_11_8_is_not_supported", "mysql-version", 110802, true, "", NULL, FAIL,
     "MariaDB 11.8"},
    {"a_late_mariadb_11_4_is_doubtful", "mysql-version", 110408, true, "", NULL, WARN,
     "11.4.3 to 11.4.7"},
    {"rds_that_keeps_no_logs_is_not_ready", "mysql-binlog-retention", 80035, false,
     RDS "; binlog retention hours=NULL", NULL, FAIL, "NULL"},
    {"rds_that_keeps_logs_for_hours_is_warned_of", "mysql-binlog-retention", 80035, false,
     RDS "; binlog retention hours=3", NULL, WARN, "= 3"},
    {"rds_that_keeps_logs_for_a_day_is_ready", "mysql-binlog-retention", 80035, false,
     RDS "; binlog retention hours=24; binlog_expire_logs_seconds=0", NULL, PASS, "= 24"},
    {"aurora_is_asked_for_hours_too", "mysql-binlog-retention", 80042, false,
     AURORA "; binlog retention hours=?", NULL, UNKNOWN, "not to be told"},
    {"seconds_of_mysql_8_count", "mysql-binlog-retention", 80035, false,
     "binlog_expire_logs_seconds=3600; expire_logs_days=0", NULL, WARN, "1.0 hours"},
    {"days_of_mysql_5_count", "mysql-binlog-retention", 50744, false, "expire_logs_days=3", NULL,
     PASS, "72.0 hours"},
    {"logs_that_are_kept_for_ever_are_warned_of", "mysql-binlog-retention", 50744, false,
     "expire_logs_days=0", NULL, WARN, "for ever"},
    {"a_server_that_tells_no_retention_is_unknown", "mysql-binlog-retention", 80035, false, "",
     NULL, UNKNOWN, "neither"},
    {"partial_json_is_not_read", "mysql-binlog-partial-json", 80035, false,
     "binlog_row_value_options=PARTIAL_JSON", NULL, FAIL, "PARTIAL_JSON"},
    {"whole_json_is_read", "mysql-binlog-partial-json", 80035, false,
     "binlog_row_value_options=", NULL, PASS, "''"},
    {"compressed_transactions_are_not_read", "mysql-binlog-transaction-compression", 80035, false,
     "binlog_transaction_compression=ON", NULL, FAIL, "ON"},
    {"plain_transactions_are_read", "mysql-binlog-transaction-compression", 80035, false,
     "binlog_transaction_compression=OFF", NULL, PASS, "OFF"},
    {"the_enhanced_binlog_is_not_read", "mysql-enhanced-binlog", 80042, false,
     AURORA "; aurora_enhanced_binlog=1", NULL, FAIL, "= 1"},
    {"aurora_s_plain_binlog_is_read", "mysql-enhanced-binlog", 80042, false,
     AURORA "; aurora_enhanced_binlog=0", NULL, PASS, "= 0"},
    {"a_reader_of_aurora_is_no_source", "mysql-aurora-reader", 80042, false,
     AURORA "; innodb_read_only=ON", NULL, FAIL, "a reader"},
    {"the_writer_of_aurora_is_a_source", "mysql-aurora-reader", 80042, false,
     AURORA "; innodb_read_only=OFF", NULL, PASS, "no reader"},
    {"a_binlog_that_is_off_is_told", "mysql-binlog", 80035, false, "log_bin=OFF", NULL, FAIL,
     "log_bin = OFF"},
    {"aurora_without_binlog_is_told", "mysql-binlog-format", 80042, false,
     AURORA "; binlog_format=OFF", NULL, FAIL, "OFF"},
    {"a_server_without_the_setting_logs_rows", "mysql-binlog-format", 90000, false, "", NULL, PASS,
     "not there"},
    {"a_server_id_of_0_is_told", "mysql-server-id", 50744, false, "server_id=0", NULL, FAIL,
     "server_id = 0"},
    {"a_server_id_is_needed", "mysql-server-id", 50744, false, "server_id=7", NULL, PASS,
     "server_id = 7"},
    {"a_replica_that_logs_nothing_is_told", "mysql-replica-updates", 80035, false,
     "replica connections=1; log_replica_updates=OFF", NULL, FAIL, "log_replica_updates is off"},
    {"a_replica_that_logs_its_changes_is_ready", "mysql-replica-updates", 50744, false,
     "replica connections=1; log_slave_updates=ON", NULL, PASS, "logged"},
    {"no_replica_needs_not_log_such_changes", "mysql-replica-updates", 80035, false,
     "replica connections=0; log_replica_updates=OFF", NULL, PASS, "no replica"},
    {"a_server_that_does_not_tell_may_be_a_replica", "mysql-replica-updates", 80035, false,
     "replica connections=?", NULL, UNKNOWN, "not to be told"},
    {"an_odd_checksum_is_told", "mysql-binlog-checksum", 80035, false, "binlog_checksum=OTHER",
     NULL, WARN, "OTHER"},
    {"tls_1_3_alone_is_too_new_for_dms", "mysql-tls", 80035, false,
     "ssl_cert=server.pem; tls_version=TLSv1.3", NULL, FAIL, "TLSv1.3"},
    {"tls_1_2_is_spoken", "mysql-tls", 80035, false,
     "ssl_cert=server.pem; tls_version=TLSv1.2,TLSv1.3", NULL, PASS, "TLSv1.2"},
    {"a_name_of_a_zone_is_to_be_given", "mysql-time-zone", 80035, false,
     "time_zone=SYSTEM; system_time_zone=CET", NULL, WARN, "CET"},
    {"utc_needs_no_zone", "mysql-time-zone", 80035, false, "time_zone=SYSTEM; system_time_zone=UTC",
     NULL, PASS, "UTC"},
    {"names_in_lower_case_are_told", "mysql-letter-case", 80035, false, "lower_case_table_names=1",
     NULL, WARN, "= 1"},
    {"names_of_macos_are_none_of_aurora", "mysql-letter-case", 80035, false,
     "lower_case_table_names=2", NULL, FAIL, "= 2"},
    {"open_xa_transactions_are_told", "mysql-open-xa", 80035, false, "open XA transactions=2", NULL,
     WARN, "2"},
    {"xa_that_may_not_be_listed_is_told", "mysql-open-xa", 80035, false, "open XA transactions=?",
     NULL, WARN, "may not"},
    {"the_grants_of_mysql_8_count", "mysql-replication-slave", 80035, false, "",
     "GRANT SELECT, REPLICATION SLAVE ON *.* TO `dms`@`%`\n", PASS, "granted"},
    {"grants_that_are_not_listed_are_unknown", "mysql-replication-client", 80035, false, "", NULL,
     UNKNOWN, "SHOW GRANTS"},
    {"super_may_ask_for_the_place_in_the_log", "mysql-replication-client", 50562, false, "",
     "GRANT SUPER ON *.* TO 'dms'@'%'\n", PASS, "granted"},
    {"a_grant_on_a_schema_is_not_enough", "mysql-replication-client", 80035, false, "",
     "GRANT ALL PRIVILEGES ON `shop`.* TO `dms`@`%`\n", FAIL, "missing"},

    {"postgresql_18_needs_the_newest_dms", "postgresql-version", 180001, false, "", NULL, WARN,
     "newest"},
    {"postgresql_17_needs_dms_3_6_1", "postgresql-version", 170006, false, "", NULL, WARN, "3.6.1"},
    {"postgresql_19_is_not_supported_yet", "postgresql-version", 190000, false, "", NULL, FAIL,
     "19.0"},
    {"postgresql_14_is_supported", "postgresql-version", 140019, false, "", NULL, PASS, "14.19"},
    {"a_standby_is_no_source", "postgresql-standby", 150000, false, "in recovery=1", NULL, FAIL,
     "a standby"},
    {"rds_needs_its_own_switch", "postgresql-rds-logical-replication", 160000, false,
     RDS_PG "; rds.logical_replication=off", NULL, FAIL, "off"},
    {"the_switch_of_rds_is_on", "postgresql-rds-logical-replication", 160000, false,
     RDS_PG "; rds.logical_replication=on", NULL, PASS, "on"},
    {"slots_that_are_all_taken_are_told", "postgresql-replication-slots", 150000, false,
     "max_replication_slots=4; slots in use=4", NULL, FAIL, "0 free"},
    {"the_last_slot_is_warned_of", "postgresql-replication-slots", 150000, false,
     "max_replication_slots=4; slots in use=3", NULL, WARN, "1 free"},
    {"one_slot_in_all_is_too_few", "postgresql-replication-slots", 150000, false,
     "max_replication_slots=1; slots in use=0", NULL, FAIL, "= 1"},
    {"senders_that_are_all_taken_are_told", "postgresql-wal-senders", 150000, false,
     "max_wal_senders=5; WAL senders in use=5", NULL, FAIL, "0 free"},
    {"a_sender_timeout_below_ten_seconds_is_refused", "postgresql-wal-sender-timeout", 150000,
     false, "wal_sender_timeout=9999", NULL, FAIL, "9999"},
    {"no_sender_timeout_is_well", "postgresql-wal-sender-timeout", 150000, false,
     "wal_sender_timeout=0", NULL, PASS, "0 ms"},
    {"a_sender_timeout_of_minutes_is_warned_of", "postgresql-wal-sender-timeout", 150000, false,
     "wal_sender_timeout=300000", NULL, WARN, "300000"},
    {"rds_has_test_decoding", "postgresql-plugin", 160000, false,
     RDS_PG "; pglogical=missing; test_decoding=?", NULL, PASS, "test_decoding"},
    {"a_slot_shows_test_decoding", "postgresql-plugin", 160000, false,
     "pglogical=missing; test_decoding=?; slots of test_decoding=1", NULL, PASS, "test_decoding"},
    {"contrib_lets_hope_for_test_decoding", "postgresql-plugin", 160000, false,
     "pglogical=available; test_decoding=?; contrib=2", NULL, WARN, "contrib"},
    {"pglogical_is_enough", "postgresql-plugin", 160000, false, "pglogical=installed", NULL, PASS,
     "pglogical"},
    {"a_plugin_that_cannot_be_told_is_unknown", "postgresql-plugin", 160000, false,
     "pglogical=missing; test_decoding=?; contrib=0", NULL, UNKNOWN, "not to be told"},
    {"rds_replication_may_replicate", "postgresql-replication-role", 160000, false,
     RDS_PG "; is superuser=0; may replicate=0; is rds_replication=1", NULL, PASS, "may replicate"},
    {"rds_superuser_can_capture_ddl", "postgresql-ddl-capture", 160000, false,
     RDS_PG "; DDL trigger=none; DDL table=none; is rds_superuser=1", NULL, PASS, "can create"},
    {"a_login_that_cannot_capture_ddl_is_warned_of", "postgresql-ddl-capture", 160000, false,
     "DDL trigger=none; DDL table=none; is superuser=0", NULL, WARN, "cannot create"},
    {"a_ddl_table_that_may_not_be_written_is_told", "postgresql-ddl-capture", 160000, false,
     "DDL trigger=O; DDL table=denied", NULL, FAIL, "may not write"},
    {"long_transactions_are_told", "postgresql-long-transactions", 150000, false,
     "long transactions=2; hidden sessions=1", NULL, WARN, "2 open"},
    {"sessions_that_are_hidden_are_told", "postgresql-long-transactions", 150000, false,
     "long transactions=0; hidden sessions=1", NULL, WARN, "may not see"},
    {"too_few_workers_are_warned_of", "postgresql-worker-processes", 160000, false,
     RDS_PG "; max_worker_processes=8; max_logical_replication_workers=4; "
            "autovacuum_max_workers=3; max_parallel_workers=8",
     NULL, WARN, "need 15"},
    {"aurora_commits_synchronously", "postgresql-synchronous-commit", 160000, false,
     "aurora functions=1; synchronous_commit=off", NULL, WARN, "off"},
    {"a_day_of_rds_is_enough_for_idle_transactions", "postgresql-idle-transactions", 150000, false,
     "idle_in_transaction_session_timeout=86400000", NULL, PASS, "86400000"},
    {"sql_ascii_is_told", "postgresql-encoding", 150000, false, "server_encoding=SQL_ASCII", NULL,
     WARN, "SQL_ASCII"},
};

static const cfn__check *const lists[] = {
    cfn__mysql_checks,      cfn__mysql_table_checks,      cfn__mysql_target_checks,
    cfn__postgresql_checks, cfn__postgresql_table_checks, cfn__postgresql_target_checks};

static const cfn__check *find_check(const char *id)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const cfn__check *c = lists[i]; c->about.id; c++)
            if (strcmp(c->about.id, id) == 0)
                return c;
    fail_msg("there is no check %s", id);
    return NULL;
}

static void judges_the_sample(void **state)
{
    const sample *s = *state;
    const cfn__check *check = find_check(s->check);
    cfn_arena *arena = cfn_arena_new();
    cfn__facts facts = {
        .arena = arena, .version = s->version, .is_mariadb = s->is_mariadb, .grants = s->grants};
    for (const char *p = s->facts; *p; p += strcspn(p, ";"), p += *p == ';') {
        p += *p == ' ';
        size_t name = strcspn(p, "="), length = strcspn(p, ";");
        bool known = length != name + 2 || p[name + 1] != '?';
        const char *value = cfn__strndup(arena, p + name + 1, length - name - 1);
        cfn__add_fact(&facts, cfn__strndup(arena, p, name), known ? value : NULL,
                      known ? NULL : "not to be told");
    }
    cfn__outcome outcome = {0};
    assert_true(!check->applies || check->applies(&facts));
    cfn__judge_facts(check, &facts, &outcome);
    assert_string_equal(cfn_preflight_verdict_name(outcome.verdict),
                        cfn_preflight_verdict_name(s->verdict));
    assert_non_null(outcome.found.text);
    if (!strstr(outcome.found.text, s->found))
        fail_msg("%s is not in: %s", s->found, outcome.found.text);
    cfn__buffer_free(&outcome.found);
    cfn_arena_free(arena);
}

static void checks_of_rds_alone_do_not_apply_elsewhere(void **state)
{
    cfn__facts facts = {0};
    (void)state;
    assert_false(find_check("postgresql-worker-processes")->applies(&facts));
    assert_false(find_check("mysql-enhanced-binlog")->applies(&facts));
    assert_false(find_check("mysql-statement-time")->applies(&facts));
}

static void privileges_are_found_in_grants(void **state)
{
    static const char grants[] = "GRANT USAGE ON *.* TO `dms`@`%`\n"
                                 "GRANT `reader`@`%` TO `dms`@`%`\n"
                                 "GRANT SELECT (id, name), INSERT ON `sh\\_p`.* TO `dms`@`%`\n"
                                 "GRANT ALL PRIVILEGES ON `awsdms\\_%`.* TO `dms`@`%`\n"
                                 "GRANT DELETE ON `shop`.`items` TO `dms`@`%`\n";
    (void)state;
    assert_int_equal(cfn__is_granted(grants, "INSERT", "sh_p"), CFN__HELD_YES);
    assert_int_equal(cfn__is_granted(grants, "SELECT", "sh_p"), CFN__HELD_NO);
    assert_int_equal(cfn__is_granted(grants, "INSERT", "shop"), CFN__HELD_NO);
    assert_int_equal(cfn__is_granted(grants, "DELETE", "shop"), CFN__HELD_NO);
    assert_int_equal(cfn__is_granted(grants, "DROP", "awsdms_control"), CFN__HELD_YES);
    assert_int_equal(cfn__is_granted(grants, "DROP", "awsdms"), CFN__HELD_NO);
    assert_int_equal(cfn__is_granted("GRANT ON *.* TO `dms`@`%`", "DROP", "shop"), CFN__HELD_NO);
    assert_int_equal(cfn__is_granted(NULL, "DROP", "awsdms"), CFN__HELD_PERHAPS);
}

static void lobs_are_counted_as_dms_counts_them(void **state)
{
    (void)state;
    assert_int_equal(cfn__lob_kb(false, 2048, 2048), 2);
    assert_int_equal(cfn__lob_kb(false, 2049, 2049), 3);
    assert_int_equal(cfn__lob_kb(true, 1024, 1024), 2);
    assert_int_equal(cfn__lob_kb(true, 2048, 1024), 4);
    assert_int_equal(cfn__lob_kb(true, 0, 0), 0);
}

static void limited_mode_is_given_room(void **state)
{
    (void)state;
    assert_int_equal(cfn__lob_max_size(0), 32);
    assert_int_equal(cfn__lob_max_size(26), 32);
    assert_int_equal(cfn__lob_max_size(28), 64);
    assert_int_equal(cfn__lob_max_size(81920), 102400);
    assert_int_equal(cfn__lob_max_size(81924), 0);
}

static char *page(void)
{
    static char text[131072];
    FILE *file = fopen("docs/preflight.md", "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void every_check_is_documented(void **state)
{
    const cfn_preflight_check *c;
    const char *text = page();
    size_t count = 0, rows = 0;
    char row[2000];
    (void)state;
    for (; (c = cfn_preflight_check_at(count)); count++) {
        snprintf(row, sizeof row, "\n| [`%s`](%s) | %s | %s | %s |\n", c->id, c->rule, c->what,
                 c->why, c->advice);
        if (!strstr(text, row))
            fail_msg("docs/preflight.md lacks%s", row);
    }
    for (const char *p = text; (p = strstr(p, "\n| [`")); p++)
        rows++;
    assert_int_equal(rows, count);
}

static void ids_of_checks_are_unique(void **state)
{
    const cfn_preflight_check *a, *b;
    (void)state;
    for (size_t i = 0; (a = cfn_preflight_check_at(i)); i++)
        for (size_t k = 0; k < i && (b = cfn_preflight_check_at(k)); k++)
            assert_string_not_equal(a->id, b->id);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(checks_of_rds_alone_do_not_apply_elsewhere),
        cmocka_unit_test(privileges_are_found_in_grants),
        cmocka_unit_test(lobs_are_counted_as_dms_counts_them),
        cmocka_unit_test(limited_mode_is_given_room),
        cmocka_unit_test(every_check_is_documented),
        cmocka_unit_test(ids_of_checks_are_unique),
    };
    enum { SAMPLES = sizeof samples / sizeof *samples, OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[SAMPLES + OTHERS];
    for (size_t i = 0; i < SAMPLES; i++)
        tests[i] = (struct CMUnitTest){.name = samples[i].sentence,
                                       .test_func = judges_the_sample,
                                       .initial_state = &samples[i]};
    memcpy(tests + SAMPLES, others, sizeof others);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
