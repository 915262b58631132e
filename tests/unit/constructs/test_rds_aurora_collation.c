/* The character set of a Cfngen::RDS::AuroraCluster and its collation. */
#include "stack_support.h"

/* The properties under test stand on line 5. */
#define CLUSTER(properties)                                                                        \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {AvailabilityZones: [a, b]}}\n"             \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, Network: "      \
    "!Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key,\n"                          \
    "    " properties "}}\n"

static void a_collation_of_its_character_set_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CharacterSetServer: latin1, CollationServer: "
                     "latin1_swedish_ci}"));
    assert_found(&t->f, "");
}

static void a_collation_of_another_one_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CharacterSetServer: utf8mb4, CollationServer: "
                     "latin1_swedish_ci}"));
    assert_found(&t->f, "CFN4122 5:69");
    assert_said(&t->f, "latin1_swedish_ci is not a collation of the character set utf8mb4");
}

static void utf8_is_not_utf8mb4(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CharacterSetServer: utf8mb4, CollationServer: "
                     "utf8_general_ci}"));
    assert_found(&t->f, "CFN4122 5:69");
}

static void utf8_is_utf8mb3(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CharacterSetServer: utf8mb3, CollationServer: "
                     "utf8_general_ci}"));
    assert_found(&t->f, "");
}

static void binary_is_both(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CharacterSetServer: binary, CollationServer: "
                     "binary}"));
    assert_found(&t->f, "");
}

static void without_a_character_set_it_is_that_of_aurora(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CollationServer: latin1_swedish_ci}"));
    assert_found(&t->f, "CFN4122 5:40");
}

static void the_character_set_may_stand_among_the_others(void **state)
{
    stack_fixture *t = *state;
    synth(t, CLUSTER("MySqlParameters: {CollationServer: latin1_swedish_ci},\n"
                     "    ClusterParameters: {character_set_server: latin1}"));
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_collation_of_its_character_set_is_good),
        STACK_TEST(a_collation_of_another_one_is_an_error),
        STACK_TEST(utf8_is_not_utf8mb4),
        STACK_TEST(utf8_is_utf8mb3),
        STACK_TEST(binary_is_both),
        STACK_TEST(without_a_character_set_it_is_that_of_aurora),
        STACK_TEST(the_character_set_may_stand_among_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
