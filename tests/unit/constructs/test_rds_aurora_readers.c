/* The writer and the readers of a Cfngen::RDS::AuroraCluster. */
#include "stack_support.h"

/* A cluster with these further properties, each on a line of its own from line 8. */
#define STACK(engine, more)                                                                        \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [eu-west-2a, "          \
    "eu-west-2b]}}\n"                                                                              \
    "  Db:\n    Type: Cfngen::RDS::AuroraCluster\n"                                                \
    "    Properties:\n"                                                                            \
    "      {Engine: " engine                                                                       \
    ", Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key,\n" more "}\n"
#define MYSQL(more)         STACK("aurora-mysql", more)
#define INSTANCE_PARAMETERS "Resources/DbInstanceParameterGroup/Properties/"

static void a_cluster_has_a_writer_and_a_reader_by_default(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL(""));
    assert_at(t, "Resources/DbWriter/Properties/PromotionTier", "0");
    assert_at(t, "Resources/DbReader1/Properties/PromotionTier", "1");
    assert_nothing_at(t, "Resources/DbReader2");
}

static void readers_are_made_after_the_writer_so_that_it_is_the_writer(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("Readers: 2"));
    assert_at(t, "Resources/DbReader1/DependsOn", "[\"DbWriter\"]");
    assert_at(t, "Resources/DbReader2/DependsOn", "[\"DbWriter\"]");
}

static void a_reader_on_another_az_is_spread_by_default(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("Readers: 2"));
    assert_at(t, "Resources/DbWriter/Properties/AvailabilityZone", "\"eu-west-2a\"");
    assert_at(t, "Resources/DbReader1/Properties/AvailabilityZone", "\"eu-west-2b\"");
    assert_at(t, "Resources/DbReader2/Properties/AvailabilityZone", "\"eu-west-2a\"");
}

static void readers_may_have_parameters_of_their_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("LogExports: [], MySqlParameters: {MaxConnections: 500}, ReaderParameters: "
                   "{max_connections: 900}"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/DbWriter/Properties/DBParameterGroupName",
              "{\"Ref\":\"DbInstanceParameterGroup\"}");
    assert_at(t, "Resources/DbReader1/Properties/DBParameterGroupName",
              "{\"Ref\":\"DbReaderParameterGroup\"}");
    assert_at(t, "Resources/DbReaderParameterGroup/Properties/Parameters",
              "{\"local_infile\":\"1\",\"max_connections\":\"900\"}");
    assert_at(t, INSTANCE_PARAMETERS "Parameters",
              "{\"local_infile\":\"1\",\"max_connections\":\"500\"}");
}

static void a_parameter_of_the_cluster_is_none_of_the_readers(void **state)
{
    stack_fixture *t = *state;
    synth(t, MYSQL("       ReaderParameters: {binlog_format: ROW}"));
    assert_found(&t->f, "CFN4108 8:27");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_cluster_has_a_writer_and_a_reader_by_default),
        STACK_TEST(readers_are_made_after_the_writer_so_that_it_is_the_writer),
        STACK_TEST(a_reader_on_another_az_is_spread_by_default),
        STACK_TEST(readers_may_have_parameters_of_their_own),
        STACK_TEST(a_parameter_of_the_cluster_is_none_of_the_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
