/* Versions in Extended Support, and the backups that a binary log needs: of plain instances and of
 * those that constructs make. */
#include "stack_support.h"

/* The version stands on line 3, what is added on line 4. */
#define INSTANCE(engine, version, more)                                                            \
    "Resources:\n"                                                                                 \
    "  I: {Type: AWS::RDS::DBInstance, Properties: {Engine: " engine ", DBInstanceClass: "         \
    "db.r6g.large, AllocatedStorage: '20', MasterUsername: u, ManageMasterUserPassword: true,\n"   \
    "    EngineVersion: '" version "',\n    " more "}}\n"
#define GROUP(parameters)                                                                          \
    "  G: {Type: AWS::RDS::DBParameterGroup, Properties: {Description: d, Family: mysql8.4, "      \
    "Parameters: " parameters "}}\n"

static void a_version_in_extended_support_is_a_warning(void **state)
{
    static const char *const old[][2] = {{"mysql", "5.7.44-rds.20250508"},
                                         {"mysql", "8.0.46"},
                                         {"postgres", "12.22-rds.20250508"},
                                         {"postgres", "13.23"}};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
        char text[600];
        restart(t, &(cfn_stack_options){.suffix = "s1"});
        snprintf(text, sizeof text, INSTANCE("%s", "%s", "MultiAZ: true"), old[i][0], old[i][1]);
        synth(t, text);
        assert_said(&t->f, "RDS charges Extended Support for");
    }
}

static void extended_support_can_be_meant(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          INSTANCE("mysql", "8.0.46", "EngineLifecycleSupport: open-source-rds-extended-support"));
    assert_found(&t->f, "");
}

static void extended_support_that_is_refused_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("mysql", "8.0.46",
                      "EngineLifecycleSupport: open-source-rds-extended-support-disabled"));
    assert_found(&t->f, "CFN4133 4:29");
    assert_said(&t->f, "mysql8.0 is past its standard support since August 2026");
}

static void a_version_in_standard_support_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("mysql", "8.4.9",
                      "EngineLifecycleSupport: open-source-rds-extended-support-disabled"));
    assert_found(&t->f, "");
}

static void a_version_that_is_not_known_keeps_to_the_family_of_its_group(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {V: {Type: String, Default: 8.0.46}}\n"
             "Resources:\n"
             "  G: {Type: AWS::RDS::DBParameterGroup, Properties: {Description: d, Family: "
             "mysql8.0, Parameters: {time_zone: UTC}}}\n"
             "  I: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: "
             "db.r6g.large, AllocatedStorage: '20', MasterUsername: u, ManageMasterUserPassword: "
             "true, DBParameterGroupName: !Ref G,\n    EngineVersion: !Ref V}}\n");
    assert_found(&t->f, "CFN4132 5:20");
}

static void a_binary_log_needs_backups(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("mysql", "8.4.9", "BackupRetentionPeriod: 0, DBParameterGroupName: !Ref G")
                 GROUP("{binlog_format: ROW}"));
    assert_found(&t->f, "CFN4131 4:28");
}

static void without_a_binary_log_backups_are_a_matter_of_taste(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("mysql", "8.4.9", "BackupRetentionPeriod: 0, DBParameterGroupName: !Ref G")
                 GROUP("{time_zone: UTC}"));
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_version_in_extended_support_is_a_warning),
        STACK_TEST(extended_support_can_be_meant),
        STACK_TEST(extended_support_that_is_refused_is_an_error),
        STACK_TEST(a_version_in_standard_support_is_good),
        STACK_TEST(a_version_that_is_not_known_keeps_to_the_family_of_its_group),
        STACK_TEST(a_binary_log_needs_backups),
        STACK_TEST(without_a_binary_log_backups_are_a_matter_of_taste),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
