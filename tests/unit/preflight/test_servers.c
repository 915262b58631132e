/* Checks against real servers: each is well, then something is made wrong, told, and put right
 * again. */
#include "servers.h"

#include <cfngen/preflight.h>

/* `wrong` makes the check's verdict, with `object` among its objects or in what was found; `right`
 * undoes it. Statements are separated by a line break. */
typedef struct provocation {
    const char *sentence, *check;
    const char *wrong, *right;
    cfn_preflight_verdict verdict;
    const char *object;
} provocation;

#define WARN CFN_PREFLIGHT_WARN
#define FAIL CFN_PREFLIGHT_FAIL

static provocation of_mariadb[] = {
    {"statements_in_the_log_are_told", "mysql-binlog-format",
     "SET GLOBAL binlog_format='STATEMENT'", "SET GLOBAL binlog_format='ROW'", FAIL, "STATEMENT"},
    {"a_minimal_row_image_is_told", "mysql-binlog-row-image",
     "SET GLOBAL binlog_row_image='MINIMAL'", "SET GLOBAL binlog_row_image='FULL'", FAIL,
     "MINIMAL"},
    {"a_short_retention_is_told", "mysql-binlog-retention", "SET GLOBAL expire_logs_days=0.1",
     "SET GLOBAL expire_logs_days=2", WARN, "2.4 hours"},
    {"compressed_events_are_told", "mysql-binlog-compressed-events",
     "SET GLOBAL log_bin_compress=ON", "SET GLOBAL log_bin_compress=OFF", FAIL, "ON"},
    {"an_open_xa_transaction_is_told", "mysql-open-xa",
     "XA START 'x'\nINSERT INTO shop.plain VALUES (9)\nXA END 'x'\nXA PREPARE 'x'",
     "XA ROLLBACK 'x'", WARN, "1"},
    {"short_timeouts_are_told", "mysql-timeouts", "SET GLOBAL net_read_timeout=30",
     "SET GLOBAL net_read_timeout=300", WARN, "net_read_timeout = 30"},
    {"a_limit_of_statements_is_told", "mysql-statement-time", "SET GLOBAL max_statement_time=5",
     "SET GLOBAL max_statement_time=0", WARN, "5"},
    {"a_time_zone_is_told", "mysql-time-zone", "SET GLOBAL time_zone='+02:00'",
     "SET GLOBAL time_zone='+00:00'", WARN, "+02:00"},
    {"a_lax_sql_mode_is_told", "mysql-sql-mode", "SET GLOBAL sql_mode=''",
     "SET GLOBAL sql_mode='STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE'", WARN, "not strict"},
    {"a_table_without_key_is_told", "mysql-primary-key", "CREATE TABLE shop.bare (a INT)",
     "DROP TABLE shop.bare", WARN, "shop.bare"},
    {"a_type_of_mariadb_is_told", "mysql-types", "CREATE TABLE shop.types (id UUID PRIMARY KEY)",
     "DROP TABLE shop.types", WARN, "shop.types.id (uuid)"},
    {"a_generated_column_is_told", "mysql-generated-columns",
     "CREATE TABLE shop.made (id INT PRIMARY KEY, twice INT AS (id * 2))", "DROP TABLE shop.made",
     WARN, "shop.made.twice"},
    {"an_invisible_column_is_told", "mysql-invisible-columns",
     "CREATE TABLE shop.hidden (id INT PRIMARY KEY, secret INT INVISIBLE)",
     "DROP TABLE shop.hidden", FAIL, "shop.hidden.secret"},
    {"a_column_that_counts_is_told", "mysql-auto-increment",
     "CREATE TABLE shop.counted (id INT AUTO_INCREMENT PRIMARY KEY)", "DROP TABLE shop.counted",
     WARN, "shop.counted.id"},
    {"another_engine_is_told", "mysql-engines",
     "CREATE TABLE shop.old (id INT PRIMARY KEY) ENGINE=MyISAM", "DROP TABLE shop.old", WARN,
     "shop.old: MyISAM"},
    {"a_versioned_table_is_told", "mysql-system-versioned",
     "CREATE TABLE shop.versioned (id INT PRIMARY KEY) WITH SYSTEM VERSIONING",
     "DROP TABLE shop.versioned", FAIL, "shop.versioned"},
    {"a_partitioned_table_is_told", "mysql-partitions",
     "CREATE TABLE shop.parts (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2",
     "DROP TABLE shop.parts", WARN, "shop.parts"},
    {"a_cascade_is_told", "mysql-cascades",
     "CREATE TABLE shop.child (id INT PRIMARY KEY, p INT, CONSTRAINT up FOREIGN KEY (p) REFERENCES "
     "shop.plain (id) ON DELETE CASCADE)",
     "DROP TABLE shop.child", WARN, "shop.child: up"},
    {"a_trigger_is_told", "mysql-triggers",
     "CREATE TRIGGER shop.noted BEFORE INSERT ON shop.plain FOR EACH ROW SET NEW.id = NEW.id",
     "DROP TRIGGER shop.noted", WARN, "shop.plain: noted"},
    {"an_event_is_told", "mysql-events",
     "CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01' DO SET @x = 1",
     "DROP EVENT shop.nightly", WARN, "shop: nightly"},
    {"a_large_text_is_measured", "mysql-lobs",
     "CREATE TABLE shop.large (id INT PRIMARY KEY, t MEDIUMTEXT)\nINSERT INTO shop.large VALUES "
     "(1, "
     "REPEAT('x', 102400)), (2, NULL)",
     "DROP TABLE shop.large", WARN, "shop.large.t (mediumtext): 200 KB"},
    {"a_target_without_local_infile_is_told", "mysql-target-local-infile",
     "TARGET SET GLOBAL local_infile=OFF", "TARGET SET GLOBAL local_infile=ON", FAIL, "OFF"},
    {"a_target_that_is_read_only_is_told", "mysql-target-writable",
     "TARGET SET GLOBAL read_only=ON", "TARGET SET GLOBAL read_only=OFF", FAIL, "read-only"},
    {"a_foreign_key_is_told", "mysql-foreign-keys",
     "ALTER TABLE shop.plain ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES shop.plain (id)",
     "ALTER TABLE shop.plain DROP FOREIGN KEY self", WARN, "shop.plain: self"},
    {"a_setting_of_the_target_is_told", "mysql-target-settings",
     "TARGET SET GLOBAL group_concat_max_len=1024",
     "TARGET SET GLOBAL group_concat_max_len=1048576", WARN,
     "group_concat_max_len: 1024, and 1048576 at the source"},
    {"a_foreign_key_at_the_target_is_told", "mysql-target-foreign-keys",
     "TARGET ALTER TABLE shop.plain ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES shop.plain "
     "(id)",
     "TARGET ALTER TABLE shop.plain DROP FOREIGN KEY self", WARN, "shop.plain: self"},
    {"a_trigger_at_the_target_is_told", "mysql-target-triggers",
     "TARGET CREATE TRIGGER shop.noted BEFORE INSERT ON shop.plain FOR EACH ROW SET NEW.id = "
     "NEW.id",
     "TARGET DROP TRIGGER shop.noted", FAIL, "shop.plain: noted"},
};

static provocation of_postgresql[] = {
    {"a_slot_that_nobody_reads_is_told", "postgresql-inactive-slots",
     "SELECT pg_create_logical_replication_slot('left_behind', 'test_decoding')",
     "SELECT pg_drop_replication_slot('left_behind')", WARN, "left_behind"},
    {"slots_that_are_in_use_are_counted", "postgresql-replication-slots",
     "SELECT pg_create_logical_replication_slot('s1', 'test_decoding')\n"
     "SELECT pg_create_logical_replication_slot('s2', 'test_decoding')\n"
     "SELECT pg_create_logical_replication_slot('s3', 'test_decoding')",
     "SELECT pg_drop_replication_slot('s1')\nSELECT pg_drop_replication_slot('s2')\n"
     "SELECT pg_drop_replication_slot('s3')",
     WARN, "1 free"},
    {"a_prepared_transaction_is_told", "postgresql-prepared-transactions",
     "BEGIN\nINSERT INTO shop.plain VALUES (9)\nPREPARE TRANSACTION 'x'", "ROLLBACK PREPARED 'x'",
     WARN, "1"},
    {"a_limit_of_idle_transactions_is_told", "postgresql-idle-transactions",
     "ALTER DATABASE postgres SET idle_in_transaction_session_timeout=60000",
     "ALTER DATABASE postgres RESET idle_in_transaction_session_timeout", WARN, "60000"},
    {"a_limit_of_statements_is_told", "postgresql-statement-timeout",
     "ALTER DATABASE postgres SET statement_timeout=60000",
     "ALTER DATABASE postgres RESET statement_timeout", WARN, "60000"},
    {"a_ddl_trigger_that_is_disabled_is_told", "postgresql-ddl-capture",
     "CREATE FUNCTION shop.awsdms_intercept_ddl() RETURNS event_trigger LANGUAGE plpgsql AS "
     "'BEGIN END'\nCREATE EVENT TRIGGER awsdms_intercept_ddl ON ddl_command_end EXECUTE FUNCTION "
     "shop.awsdms_intercept_ddl()\nALTER EVENT TRIGGER awsdms_intercept_ddl DISABLE",
     "DROP EVENT TRIGGER awsdms_intercept_ddl\nDROP FUNCTION shop.awsdms_intercept_ddl()", FAIL,
     "disabled"},
    {"a_table_without_key_is_told", "postgresql-primary-key", "CREATE TABLE shop.bare (a INT)",
     "ALTER TABLE shop.bare REPLICA IDENTITY FULL", FAIL, "shop.bare"},
    {"a_table_without_identity_is_told", "postgresql-primary-key",
     "ALTER TABLE shop.plain REPLICA IDENTITY NOTHING",
     "ALTER TABLE shop.plain REPLICA IDENTITY DEFAULT", FAIL,
     "shop.plain: REPLICA IDENTITY NOTHING"},
    {"an_unlogged_table_is_told", "postgresql-unlogged-tables",
     "CREATE UNLOGGED TABLE shop.lost (id INT PRIMARY KEY)", "DROP TABLE shop.lost", FAIL,
     "shop.lost"},
    {"a_partitioned_table_is_told", "postgresql-partitions",
     "CREATE TABLE shop.parts (id INT PRIMARY KEY) PARTITION BY HASH (id)", "DROP TABLE shop.parts",
     WARN, "shop.parts"},
    {"a_type_that_dms_does_not_list_is_told", "postgresql-types",
     "CREATE TABLE shop.types (id INT PRIMARY KEY, lsn pg_lsn, during tstzrange, known int4range)",
     "DROP TABLE shop.types", WARN, "shop.types.during (tstzrange)"},
    {"a_large_object_is_told", "postgresql-large-objects",
     "CREATE TABLE shop.objects (id INT PRIMARY KEY, o OID)", "DROP TABLE shop.objects", FAIL,
     "shop.objects.o (oid)"},
    {"a_numeric_without_precision_is_told", "postgresql-unbounded-numeric",
     "CREATE TABLE shop.sums (id INT PRIMARY KEY, n NUMERIC, fine NUMERIC(9,2))",
     "DROP TABLE shop.sums", WARN, "shop.sums.n (numeric)"},
    {"an_array_without_a_key_is_told", "postgresql-arrays", "CREATE TABLE shop.lists (l INT[])",
     "ALTER TABLE shop.lists ADD id INT PRIMARY KEY", FAIL, "shop.lists.l"},
    {"a_key_of_text_is_told", "postgresql-lob-keys",
     "CREATE TABLE shop.texts (id TEXT PRIMARY KEY)", "DROP TABLE shop.texts", WARN,
     "shop.texts.id (text)"},
    {"a_generated_column_is_told", "postgresql-generated-columns",
     "CREATE TABLE shop.made (id INT PRIMARY KEY, twice INT GENERATED ALWAYS AS (id * 2) STORED)",
     "DROP TABLE shop.made", WARN, "shop.made.twice"},
    {"names_that_differ_in_letter_case_are_told", "postgresql-similar-names",
     "CREATE TABLE shop.\"Plain\" (id INT PRIMARY KEY)", "DROP TABLE shop.\"Plain\"", FAIL,
     "shop.Plain"},
    {"a_constraint_that_waits_is_told", "postgresql-deferrable",
     "CREATE TABLE shop.late (id INT PRIMARY KEY, u INT UNIQUE DEFERRABLE)", "DROP TABLE shop.late",
     WARN, "shop.late: late_u_key"},
    {"a_sequence_is_told", "postgresql-sequences", "CREATE SEQUENCE shop.numbers",
     "DROP SEQUENCE shop.numbers", WARN, "shop: numbers"},
    {"a_trigger_is_told", "postgresql-triggers",
     "CREATE TRIGGER noted BEFORE UPDATE ON shop.plain FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "DROP TRIGGER noted ON shop.plain", WARN, "shop.plain: noted"},
    {"a_large_text_is_measured", "postgresql-lobs",
     "CREATE TABLE shop.large (id INT PRIMARY KEY, t TEXT, b BYTEA)\nINSERT INTO shop.large VALUES "
     "(1, repeat('\xc3\xa4', 51200), repeat('x', 2048)::bytea)",
     "DROP TABLE shop.large", WARN, "shop.large.t (text): 200 KB"},
    {"a_foreign_key_is_told", "postgresql-foreign-keys",
     "ALTER TABLE shop.plain ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES shop.plain (id)",
     "ALTER TABLE shop.plain DROP CONSTRAINT self", WARN, "shop.plain: self"},
    {"a_setting_of_the_target_is_told", "postgresql-target-settings",
     "TARGET ALTER DATABASE postgres SET bytea_output='escape'",
     "TARGET ALTER DATABASE postgres RESET bytea_output", WARN,
     "bytea_output: escape, and hex at the source"},
    {"a_foreign_key_at_the_target_is_told", "postgresql-target-foreign-keys",
     "TARGET ALTER TABLE shop.plain ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES shop.plain "
     "(id)",
     "TARGET ALTER TABLE shop.plain DROP CONSTRAINT self", WARN, "shop.plain: self"},
    {"a_trigger_at_the_target_is_told", "postgresql-target-triggers",
     "TARGET CREATE TRIGGER noted BEFORE UPDATE ON shop.plain FOR EACH ROW EXECUTE FUNCTION "
     "suppress_redundant_updates_trigger()",
     "TARGET DROP TRIGGER noted ON shop.plain", WARN, "shop.plain: noted"},
};

/* Whole milliseconds of a session's life do not matter here: each statement is run at once. */
static void run_statements(cfn__family family, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *sql = strndup(text, length);
        bool target = strncmp(sql, "TARGET ", 7) == 0;
        run_sql(&the_servers.sessions[family][target], target ? sql + 7 : sql);
        free(sql);
        text += length + (text[length] == '\n');
    }
}

static const cfn_preflight_result *result_of(const cfn_preflight_report *report, const char *check)
{
    for (size_t i = 0; i < report->result_count; i++)
        if (strcmp(report->results[i].check->id, check) == 0)
            return &report->results[i];
    fail_msg("%s was not judged", check);
    return NULL;
}

static cfn_preflight_report *look(fixture *f, cfn__family family)
{
    static const char *const tables[] = {"shop.%"};
    cfn_preflight_options options = {.source = server_url(family, 0),
                                     .target = server_url(family, 1),
                                     .tables = tables,
                                     .table_count = 1};
    cfn_preflight_report *report = cfn_preflight_run(f->arena, f->diagnostics, &options);
    if (!report)
        fail_msg("%s", cfn_diagnostics_at(f->diagnostics, 0)->message);
    return report;
}

static void assert_passes(fixture *f, cfn__family family, const char *check)
{
    const cfn_preflight_result *r = result_of(look(f, family), check);
    if (r->verdict != CFN_PREFLIGHT_PASS)
        fail_msg("%s: %s %s", check, cfn_preflight_verdict_name(r->verdict), r->found);
}

static void tells(const provocation *p, cfn__family family)
{
    fixture fixture_ = {cfn_arena_new(), cfn_diagnostics_new()}, *f = &fixture_;
    assert_passes(f, family, p->check);
    run_statements(family, p->wrong);
    const cfn_preflight_result *r = result_of(look(f, family), p->check);
    run_statements(family, p->right);
    bool found = strstr(r->found, p->object) != NULL;
    for (size_t i = 0; i < r->object_count; i++)
        found |= strstr(r->objects[i], p->object) != NULL;
    if (r->verdict != p->verdict || !found)
        fail_msg("%s: %s, %s", p->check, cfn_preflight_verdict_name(r->verdict), r->found);
    assert_passes(f, family, p->check);
    cfn_arena_free(f->arena);
    cfn_diagnostics_free(f->diagnostics);
}

static void is_told_of_mariadb(void **state)
{
    NEEDS(CFN__MYSQL);
    tells(*state, CFN__MYSQL);
}

static void is_told_of_postgresql(void **state)
{
    NEEDS(CFN__POSTGRESQL);
    tells(*state, CFN__POSTGRESQL);
}

static void a_server_that_is_set_up_well_is_ready(void **state)
{
    fixture *f = *state;
    NEEDS(CFN__MYSQL);
    NEEDS(CFN__POSTGRESQL);
    for (int family = 0; family < 2; family++) {
        const cfn_preflight_report *report = look(f, (cfn__family)family);
        for (size_t i = 0; i < report->result_count; i++)
            if (report->results[i].verdict > CFN_PREFLIGHT_WARN)
                fail_msg("%s: %s", report->results[i].check->id, report->results[i].found);
        assert_string_equal(report->platform, "self-managed");
    }
}

static void a_table_whose_lobs_take_too_long_is_unknown(void **state)
{
    static const char *const tables[] = {"shop.slow"};
    fixture *f = *state;
    NEEDS(CFN__POSTGRESQL);
    cfn_preflight_options options = {.source = server_url(CFN__POSTGRESQL, 0),
                                     .tables = tables,
                                     .table_count = 1,
                                     .lob_seconds = 1};
    run_statements(CFN__POSTGRESQL, "CREATE TABLE shop.slow (id INT PRIMARY KEY, t TEXT)\n"
                                    "BEGIN\nLOCK TABLE shop.slow IN ACCESS EXCLUSIVE MODE");
    const cfn_preflight_report *report = cfn_preflight_run(f->arena, f->diagnostics, &options);
    run_statements(CFN__POSTGRESQL, "COMMIT\nDROP TABLE shop.slow");
    assert_non_null(report);
    assert_int_equal(report->verdict, CFN_PREFLIGHT_UNKNOWN);
    assert_non_null(report->lobs[0].problem);
}

static void prepare(cfn__session *s, cfn__family family, int which)
{
    (void)which;
    run_sql(s, "CREATE SCHEMA shop");
    run_sql(s, "CREATE TABLE shop.plain (id INT PRIMARY KEY)");
    if (family == CFN__POSTGRESQL)
        run_sql(s, "SET search_path=pg_catalog");
}

static int start(void **state)
{
    (void)state;
    return start_servers(
        "--log-bin=log --server-id=1 --binlog-format=ROW --expire-logs-days=2 "
        "--net-read-timeout=300 --net-write-timeout=300 --default-time-zone=+00:00 "
        "--sql-mode=STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE",
        "-c wal_level=logical -c max_replication_slots=4 -c max_prepared_transactions=4", prepare);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        TEST(a_server_that_is_set_up_well_is_ready),
        TEST(a_table_whose_lobs_take_too_long_is_unknown),
    };
    enum {
        OTHERS = sizeof others / sizeof *others,
        MARIADB = sizeof of_mariadb / sizeof *of_mariadb,
        POSTGRESQL = sizeof of_postgresql / sizeof *of_postgresql
    };
    struct CMUnitTest tests[OTHERS + MARIADB + POSTGRESQL];
    memcpy(tests, others, sizeof others);
    for (size_t i = 0; i < MARIADB; i++)
        tests[OTHERS + i] = (struct CMUnitTest){.name = of_mariadb[i].sentence,
                                                .test_func = is_told_of_mariadb,
                                                .initial_state = &of_mariadb[i]};
    for (size_t i = 0; i < POSTGRESQL; i++)
        tests[OTHERS + MARIADB + i] = (struct CMUnitTest){.name = of_postgresql[i].sentence,
                                                          .test_func = is_told_of_postgresql,
                                                          .initial_state = &of_postgresql[i]};
    return cmocka_run_group_tests(tests, start, end_servers);
}
