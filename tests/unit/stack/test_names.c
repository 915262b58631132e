/* Names, suffixes, tags and the settings of Metadata.Cfngen. */
#include "stack_support.h"

#define ALIAS "Resources/Key/Properties/Tags/0/Value"

static void a_name_is_id_environment_and_suffix(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Resources/KeyAlias/Properties/AliasName", "\"alias/key-test-s1\"");
    assert_nothing_at(t, "Parameters");
}

static void words_of_an_id_are_told_apart_by_capitals(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {MyKMSKey2Use: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Resources/MyKMSKey2UseAlias/Properties/AliasName",
              "\"alias/my-kms-key2-use-test-s1\"");
}

static void without_a_suffix_the_template_asks_for_one(void **state)
{
    stack_fixture *t = *state;
    restart(t, NULL);
    synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Resources/KeyAlias/Properties/AliasName",
              "{\"Fn::Sub\":\"alias/key-dev-${EnvironmentSuffix}\"}");
    assert_at(t, "Parameters/EnvironmentSuffix/MaxLength", "20");
}

static void the_suffix_parameter_of_the_user_is_kept(void **state)
{
    stack_fixture *t = *state;
    restart(t, NULL);
    synth(t, "Parameters: {EnvironmentSuffix: {Type: String, Default: x}}\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Parameters/EnvironmentSuffix", "{\"Type\":\"String\",\"Default\":\"x\"}");
}

static void a_stack_without_names_asks_for_no_suffix(void **state)
{
    stack_fixture *t = *state;
    restart(t, NULL);
    synth(t, "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_nothing_at(t, "Parameters");
}

static void an_option_beats_the_setting_of_the_file(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata: {Cfngen: {Environment: prod, Suffix: a}}\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, ALIAS, "\"key-test-s1\"");
}

static void the_setting_of_the_file_beats_the_default_and_is_taken_out(void **state)
{
    stack_fixture *t = *state;
    restart(t, NULL);
    synth(t, "Metadata: {Cfngen: {Environment: prod, Suffix: 7}, Other: 1}\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, ALIAS, "\"key-prod-7\"");
    assert_at(t, "Metadata", "{\"Other\":1}");
}

static void metadata_that_held_only_settings_is_taken_out_whole(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata: {Cfngen: {Suffix: a}}\nResources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_nothing_at(t, "Metadata");
}

static void a_suffix_that_names_do_not_take_is_refused(void **state)
{
    stack_fixture *t = *state;
    static const char *const bad[] = {
        "", "PR42", "a--b", "-a", "a-", "a_b", "123456789012345678901"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        restart(t, &(cfn_stack_options){.suffix = bad[i]});
        synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
        assert_null(t->template);
        assert_said(&t->f, "CFN2011");
    }
}

static void a_bad_suffix_in_the_file_is_told_at_its_place(void **state)
{
    stack_fixture *t = *state;
    restart(t, NULL);
    synth(t, "Metadata:\n  Cfngen:\n    Suffix: Not Good\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_found(&t->f, "CFN2011 3:13");
}

static void an_unknown_setting_is_told_with_the_nearest(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata: {Cfngen: {Sufix: a}}\nResources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_found(&t->f, "CFN2015 1:21");
    assert_said(&t->f, "did you mean Suffix?");
}

static void a_name_that_is_too_long_is_cut_and_stays_apart(void **state)
{
    stack_fixture *t = *state;
    static const char text[] =
        "Resources:\n"
        "  Net: {Type: 'Cfngen::EC2::Network'}\n"
        "  %s:\n    Type: Cfngen::RDS::AuroraCluster\n"
        "    Properties: {Engine: aurora-mysql, Network: !Ref Net, SecurityGroups: [sg-12345678],\n"
        "                 EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1', Readers: 0}\n";
    char whole[1024];
    snprintf(whole, sizeof whole, text,
             "TheClusterWithAVeryLongLogicalIdThatDoesNotFitIntoAnIdentifierAtAllA");
    synth(t, whole);
    const cfn_node *name = cfn_node_find(
        t->template,
        "Resources/TheClusterWithAVeryLongLogicalIdThatDoesNotFitIntoAnIdentifierAtAllA"
        "/Properties/DBClusterIdentifier");
    assert_string_equal(cfn_node_text(name),
                        "the-cluster-with-a-very-long-logical-id-that-does-357b-test-s1");
}

static void room_is_kept_for_the_longest_suffix(void **state)
{
    stack_fixture *t = *state;
    restart(t, NULL);
    synth(
        t,
        "Resources:\n"
        "  Net: {Type: 'Cfngen::EC2::Network'}\n"
        "  TheClusterWithAVeryLongLogicalIdThatGoesOnAndOn:\n"
        "    Type: Cfngen::RDS::AuroraCluster\n"
        "    Properties: {Engine: aurora-mysql, Network: !Ref Net, SecurityGroups: [sg-12345678],\n"
        "                 EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1', Readers: "
        "0}\n");
    const cfn_node *name = cfn_node_find(
        t->template, "Resources/TheClusterWithAVeryLongLogicalIdThatGoesOnAndOn/Properties/"
                     "DBClusterIdentifier/Fn::Sub");
    assert_true(strlen(cfn_node_text(name)) - strlen("${EnvironmentSuffix}") + 20 <= 63);
}

static void ids_of_the_same_words_are_told(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  AppDb: {Type: 'Cfngen::KMS::Key'}\n  AppDB: {Type: 'Cfngen::KMS::Key'}\n");
    assert_found(&t->f, "CFN2012 3:3");
    assert_said(&t->f, "AppDb and AppDB would have the same name, app-db");
}

static void a_name_of_the_user_must_fit_the_service(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  Db:\n"
        "    Type: Cfngen::RDS::AuroraCluster\n    Properties:\n      Name: my--db\n"
        "      Engine: aurora-mysql\n      Network: !Ref Net\n      SecurityGroups: [sg-12345678]\n"
        "      EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1'\n      LogExports: []\n   "
        "   "
        "Readers: 0\n");
    assert_found(&t->f, "CFN2012 6:13");
    assert_said(&t->f, "has two hyphens together");
}

static void tags_come_from_name_environment_stack_and_construct_the_later_winning(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata: {Cfngen: {Tags: {Team: data, Cost: 42}}}\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key', Properties: {Tags: {Team: web}}}}\n");
    assert_at(t, "Resources/Key/Properties/Tags",
              "[{\"Key\":\"Name\",\"Value\":\"key-test-s1\"},"
              "{\"Key\":\"Environment\",\"Value\":\"test\"},{\"Key\":\"Team\",\"Value\":\"web\"},"
              "{\"Key\":\"Cost\",\"Value\":\"42\"}]");
}

static void a_tag_may_be_an_intrinsic(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata: {Cfngen: {Tags: {Stack: !Ref 'AWS::StackName'}}}\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key'}}\n");
    assert_at(t, "Resources/Key/Properties/Tags/2",
              "{\"Key\":\"Stack\",\"Value\":{\"Ref\":\"AWS::StackName\"}}");
}

static void a_resource_given_as_it_is_gets_no_tags(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Metadata: {Cfngen: {Tags: {Team: data}}}\nResources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_at(t, "Resources/T", "{\"Type\":\"AWS::SNS::Topic\"}");
}

static void a_set_parameter_gets_a_new_default(void **state)
{
    stack_fixture *t = *state;
    cfn_stack_set_parameter(t->stack, "Days", "7");
    cfn_stack_set_parameter(t->stack, "Zone", "7");
    synth(t, "Parameters: {Days: {Type: Number, Default: 1}, Zone: {Type: String}}\n"
             "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_at(t, "Parameters/Days/Default", "7");
    assert_at(t, "Parameters/Zone/Default", "\"7\"");
}

static void a_parameter_that_is_not_there_cannot_be_set(void **state)
{
    stack_fixture *t = *state;
    cfn_stack_set_parameter(t->stack, "Dayz", "7");
    synth(t, "Parameters: {Days: {Type: Number}}\nResources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_found(&t->f, "CFN2017 0:0");
    assert_said(&t->f, "did you mean Days?");
}

static void a_value_that_a_parameter_does_not_allow_cannot_be_set(void **state)
{
    stack_fixture *t = *state;
    cfn_stack_set_parameter(t->stack, "Size", "huge");
    synth(t, "Parameters: {Size: {Type: String, AllowedValues: [small, big]}}\n"
             "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_said(&t->f, "the parameter Size does not allow \"huge\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_name_is_id_environment_and_suffix),
        STACK_TEST(words_of_an_id_are_told_apart_by_capitals),
        STACK_TEST(without_a_suffix_the_template_asks_for_one),
        STACK_TEST(the_suffix_parameter_of_the_user_is_kept),
        STACK_TEST(a_stack_without_names_asks_for_no_suffix),
        STACK_TEST(an_option_beats_the_setting_of_the_file),
        STACK_TEST(the_setting_of_the_file_beats_the_default_and_is_taken_out),
        STACK_TEST(metadata_that_held_only_settings_is_taken_out_whole),
        STACK_TEST(a_suffix_that_names_do_not_take_is_refused),
        STACK_TEST(a_bad_suffix_in_the_file_is_told_at_its_place),
        STACK_TEST(an_unknown_setting_is_told_with_the_nearest),
        STACK_TEST(a_name_that_is_too_long_is_cut_and_stays_apart),
        STACK_TEST(room_is_kept_for_the_longest_suffix),
        STACK_TEST(ids_of_the_same_words_are_told),
        STACK_TEST(a_name_of_the_user_must_fit_the_service),
        STACK_TEST(tags_come_from_name_environment_stack_and_construct_the_later_winning),
        STACK_TEST(a_tag_may_be_an_intrinsic),
        STACK_TEST(a_resource_given_as_it_is_gets_no_tags),
        STACK_TEST(a_set_parameter_gets_a_new_default),
        STACK_TEST(a_parameter_that_is_not_there_cannot_be_set),
        STACK_TEST(a_value_that_a_parameter_does_not_allow_cannot_be_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
