/* The family of a parameter group is that of the engine and version of who uses it. */
#include "stack_support.h"

/* The family stands on line 5. */
#define CLUSTER(engine, version, family)                                                           \
    "Parameters: {Version: {Type: String}, Family: {Type: String}}\n"                              \
    "Resources:\n"                                                                                 \
    "  G:\n"                                                                                       \
    "    Type: AWS::RDS::DBClusterParameterGroup\n"                                                \
    "    Properties: {Family: " family ", Description: d, Parameters: {}}\n"                       \
    "  C:\n"                                                                                       \
    "    Type: AWS::RDS::DBCluster\n"                                                              \
    "    Properties: {Engine: " engine ", EngineVersion: " version                                 \
    ", DBClusterParameterGroupName: !Ref G, MasterUsername: u, ManageMasterUserPassword: true}\n"
#define INSTANCE(engine, version, family)                                                          \
    "Resources:\n"                                                                                 \
    "  G:\n"                                                                                       \
    "    Type: AWS::RDS::DBParameterGroup\n"                                                       \
    "    Properties: {Description: d,\n"                                                           \
    "      Family: " family "}\n"                                                                  \
    "  I:\n"                                                                                       \
    "    Type: AWS::RDS::DBInstance\n"                                                             \
    "    Properties: {Engine: " engine ", EngineVersion: '" version "', DBParameterGroupName: "    \
    "!Ref G, DBInstanceClass: db.r6g.large, AllocatedStorage: '20', MasterUsername: u, "           \
    "ManageMasterUserPassword: true}\n"
#define MYSQL "8.0.mysql_aurora.3.10.4"

static void the_family_of_the_engine_and_version_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("aurora-mysql", MYSQL, "aurora-mysql8.0"));
    assert_found(&t->f, "");
}

static void a_family_of_another_version_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("aurora-mysql", MYSQL, "aurora-mysql5.7"));
    assert_found(&t->f, "CFN4104 5:26");
    assert_said(&t->f, "C needs a parameter group of the family aurora-mysql8.0");
}

static void a_family_of_another_engine_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("aurora-postgresql", "'16.11'", "postgres16"));
    assert_found(&t->f, "CFN4104 5:26");
    assert_said(&t->f, "write aurora-postgresql16");
}

static void postgresql_counts_its_major_version_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("postgres", "16.10", "postgres16"));
    assert_found(&t->f, "");
}

static void an_instance_has_a_family_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("mysql", "8.4.8", "mysql8.0"));
    assert_found(&t->f, "CFN4104 5:15");
    assert_said(&t->f, "write mysql8.4");
}

static void a_version_that_is_known_at_deployment_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("aurora-mysql", "!Ref Version", "aurora-mysql5.7"));
    assert_found(&t->f, "");
}

static void so_is_such_a_family(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("aurora-mysql", MYSQL, "!Ref Family"));
    assert_found(&t->f, "");
}

static void an_instance_of_a_cluster_has_the_version_of_the_cluster(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("aurora-mysql", MYSQL, "aurora-mysql8.0") //
          "  H: {Type: 'AWS::RDS::DBParameterGroup', Properties: {Description: d,\n"
          "    Family: aurora-mysql5.7}}\n"
          "  I: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: aurora-mysql, "
          "DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref C, DBParameterGroupName: "
          "!Ref H}}\n");
    assert_found(&t->f, "CFN4104 10:13");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(the_family_of_the_engine_and_version_is_good),
        STACK_TEST(a_family_of_another_version_is_an_error),
        STACK_TEST(a_family_of_another_engine_is_an_error),
        STACK_TEST(postgresql_counts_its_major_version_alone),
        STACK_TEST(an_instance_has_a_family_too),
        STACK_TEST(a_version_that_is_known_at_deployment_is_let_through),
        STACK_TEST(so_is_such_a_family),
        STACK_TEST(an_instance_of_a_cluster_has_the_version_of_the_cluster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
