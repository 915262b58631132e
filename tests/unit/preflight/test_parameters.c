/* Which parameters of Aurora match the settings of a source. */
#include "support.h"

#include "preflight/preflight.h"

/* Facts are "name=value", ended by NULL. */
static cfn_preflight_parameters match(fixture *f, cfn__family family, const char *const *settings)
{
    cfn__facts facts = {.arena = f->arena};
    cfn_preflight_parameters matched = {0};
    for (; *settings; settings++) {
        const char *value = strchr(*settings, '=');
        cfn__add_fact(&facts, cfn__strndup(f->arena, *settings, (size_t)(value - *settings)),
                      value + 1, NULL);
    }
    cfn__match_parameters(&facts, family, &matched);
    return matched;
}

/* "group.property=value" of all parameters, and the notes, one on each line. */
static const char *written(fixture *f, cfn__family family, const char *const *settings)
{
    cfn_preflight_parameters m = match(f, family, settings);
    const char *text = "";
    for (size_t i = 0; i < m.parameter_count; i++)
        text = cfn__format(f->arena, "%s%s.%s=%s\n", text, m.parameters[i].group,
                           m.parameters[i].property, m.parameters[i].value);
    for (size_t i = 0; i < m.note_count; i++)
        text = cfn__format(f->arena, "%s%s\n", text, m.notes[i]);
    return text;
}

#define WRITTEN(f, family, ...) written(f, family, (const char *const[]){__VA_ARGS__, NULL})

static void what_aurora_has_by_default_is_left_out(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "character_set_server=utf8mb4",
                                "collation_server=utf8mb4_0900_ai_ci", "time_zone=SYSTEM",
                                "system_time_zone=UTC", "lower_case_table_names=0",
                                "max_allowed_packet=67108864", "long_query_time=10.000000",
                                "innodb_strict_mode=ON", "updatable_views_with_limit=YES",
                                "event_scheduler=OFF"),
                        "");
    assert_string_equal(WRITTEN(*state, CFN__POSTGRESQL, "TimeZone=Etc/UTC", "DateStyle=ISO, MDY",
                                "extra_float_digits=1", "statement_timeout=0", "extensions="),
                        "");
}
static void what_differs_goes_to_its_group(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "character_set_server=latin1",
                                "collation_server=latin1_german1_ci", "time_zone=Europe/London",
                                "sql_mode=STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
                                "transaction_isolation=READ-COMMITTED",
                                "log_bin_trust_function_creators=ON", "long_query_time=0.500000",
                                "innodb_rollback_on_timeout=ON", "auto_increment_offset=2",
                                "div_precision_increment=6"),
                        "MySqlParameters.CharacterSetServer=latin1\n"
                        "MySqlParameters.CollationServer=latin1_german1_ci\n"
                        "MySqlParameters.TimeZone=Europe/London\n"
                        "MySqlParameters.SqlMode=STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION\n"
                        "MySqlParameters.TransactionIsolation=READ-COMMITTED\n"
                        "MySqlParameters.LogBinTrustFunctionCreators=true\n"
                        "MySqlParameters.LongQueryTime=0.5\n"
                        "ClusterParameters.auto_increment_offset=2\n"
                        "ClusterParameters.innodb_rollback_on_timeout=1\n"
                        "InstanceParameters.div_precision_increment=6\n");
    assert_string_equal(WRITTEN(*state, CFN__POSTGRESQL, "TimeZone=Europe/Berlin", "work_mem=16384",
                                "log_lock_waits=on", "DateStyle=German, DMY",
                                "standard_conforming_strings=off"),
                        "PostgreSqlParameters.Timezone=Europe/Berlin\n"
                        "PostgreSqlParameters.WorkMem=16384\n"
                        "PostgreSqlParameters.LogLockWaits=true\n"
                        "ClusterParameters.datestyle=German, DMY\n"
                        "ClusterParameters.standard_conforming_strings=0\n");
}
static void a_limit_that_is_lower_at_the_source_is_left_out(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "max_allowed_packet=16777216"), "");
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "max_allowed_packet=1073741824"),
                        "MySqlParameters.MaxAllowedPacket=1073741824\n");
}
static void an_old_name_of_a_setting_counts(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "tx_isolation=SERIALIZABLE"),
                        "MySqlParameters.TransactionIsolation=SERIALIZABLE\n");
}
static void utf8_is_utf8mb3(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "character_set_server=utf8",
                                "collation_server=utf8_general_ci"),
                        "MySqlParameters.CharacterSetServer=utf8mb3\n"
                        "MySqlParameters.CollationServer=utf8mb3_general_ci\n");
}
static void what_mysql_does_not_have_is_noted(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "collation_server=utf8mb4_uca1400_ai_ci"),
                        "collation_server is utf8mb4_uca1400_ai_ci, which MySQL does not have: "
                        "choose one, and define "
                        "the tables with it\n");
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "sql_mode=NO_AUTO_CREATE_USER,ANSI_QUOTES"),
                        "MySqlParameters.SqlMode=ANSI_QUOTES\n"
                        "sql_mode holds NO_AUTO_CREATE_USER, which MySQL 8.0 does not have\n");
    assert_non_null(strstr(WRITTEN(*state, CFN__MYSQL, "sql_mode="), "sql_mode is empty"));
    assert_non_null(strstr(
        WRITTEN(*state, CFN__MYSQL, "character_set_server=cp949", "collation_server=cp949_bin"),
        "character_set_server is cp949"));
}
static void an_offset_is_no_time_zone(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "time_zone=+02:00"),
                        "the time zone is +02:00: give the cluster the name of that zone, as "
                        "Europe/London\n");
    assert_string_equal(
        WRITTEN(*state, CFN__MYSQL, "time_zone=SYSTEM", "system_time_zone=CEST"),
        "the time zone is CEST: give the cluster the name of that zone, as Europe/London\n");
}
static void names_in_lower_case_are_set_when_the_cluster_is_made(void **state)
{
    assert_string_equal(WRITTEN(*state, CFN__MYSQL, "lower_case_table_names=1"),
                        "MySqlParameters.LowerCaseTableNames=1\n"
                        "lower_case_table_names can be set only when the cluster is made\n");
    assert_non_null(strstr(WRITTEN(*state, CFN__MYSQL, "lower_case_table_names=2"), "0 or 1"));
}
static void what_the_groups_do_not_take_is_noted(void **state)
{
    const char *text = WRITTEN(*state, CFN__MYSQL, "default_storage_engine=MyISAM",
                               "innodb_page_size=4096", "event_scheduler=ON", "max_connections=500",
                               "default_authentication_plugin=caching_sha2_password");
    assert_non_null(strstr(text, "default_storage_engine is MyISAM"));
    assert_non_null(strstr(text, "innodb_page_size is 4096"));
    assert_non_null(strstr(text, "event_scheduler is ON"));
    assert_non_null(strstr(text, "max_connections is 500"));
    assert_non_null(strstr(text, "default_authentication_plugin is caching_sha2_password"));
    text = WRITTEN(*state, CFN__POSTGRESQL, "log_statement=all", "statement_timeout=5000",
                   "database collation=de_DE.UTF-8 / de_DE.UTF-8", "extensions=hstore, postgis");
    assert_non_null(strstr(text, "log_statement is all"));
    assert_non_null(strstr(text, "statement_timeout is 5000 ms"));
    assert_non_null(strstr(text, "de_DE.UTF-8 / de_DE.UTF-8"));
    assert_non_null(strstr(text, "the extensions hstore, postgis"));
}
static void what_init_connect_holds_is_not_shown(void **state)
{
    const char *text = WRITTEN(*state, CFN__MYSQL, "init_connect=SET @key = 'hunter2'");
    assert_non_null(strstr(text, "init_connect is set"));
    assert_null(strstr(text, "hunter2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_aurora_has_by_default_is_left_out),
        TEST(what_differs_goes_to_its_group),
        TEST(a_limit_that_is_lower_at_the_source_is_left_out),
        TEST(an_old_name_of_a_setting_counts),
        TEST(utf8_is_utf8mb3),
        TEST(what_mysql_does_not_have_is_noted),
        TEST(an_offset_is_no_time_zone),
        TEST(names_in_lower_case_are_set_when_the_cluster_is_made),
        TEST(what_the_groups_do_not_take_is_noted),
        TEST(what_init_connect_holds_is_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
