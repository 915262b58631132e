/* Expansion: what passes through, attributes of constructs, overrides, ids, suppressions, memory.
 */
#include "stack_support.h"

static void a_plain_template_passes_through_in_its_order(void **state)
{
    stack_fixture *t = *state;
    static const char text[] =
        "{\"Resources\":{\"B\":{\"Type\":\"AWS::SNS::Topic\",\"Properties\":{\"TopicName\":\"x\"}},"
        "\"A\":{\"Type\":\"AWS::SNS::Topic\"}},\"Description\":\"d\","
        "\"Outputs\":{\"O\":{\"Value\":{\"Ref\":\"A\"}}}}";
    synth(t, text);
    assert_json(&t->f, t->template, text);
}

static void a_condition_is_given_to_all_that_a_construct_makes(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Conditions: {Yes: !Equals [a, a]}\n"
             "Resources: {Key: {Type: 'Cfngen::KMS::Key', Condition: 'Yes'}}\n");
    assert_at(t, "Resources/Key/Condition", "\"Yes\"");
    assert_at(t, "Resources/KeyAlias/Condition", "\"Yes\"");
}

static void depends_on_is_given_to_all_that_a_construct_makes(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {T: {Type: 'AWS::SNS::Topic'},\n"
             "            Key: {Type: 'Cfngen::KMS::Key', DependsOn: T}}\n");
    assert_at(t, "Resources/Key/DependsOn", "[\"T\"]");
    assert_at(t, "Resources/KeyAlias/DependsOn", "[\"T\"]");
}

static void retain_keeps_all_of_a_construct(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  A: {Type: 'Cfngen::KMS::Key', DeletionPolicy: Retain}\n");
    assert_at(t, "Resources/A/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/AAlias/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/AAlias/UpdateReplacePolicy", "\"Retain\"");
}

static void what_has_no_snapshots_takes_none(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  A: {Type: 'Cfngen::KMS::Key', DeletionPolicy: Snapshot}\n");
    assert_found(&t->f, "CFN2006 2:49");
}

static void an_override_may_put_one_function_for_another(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {P: {Type: String}}\nResources:\n  Key:\n    Type: Cfngen::KMS::Key\n"
             "    Properties: {Overrides: {KeyAlias: {Properties: {TargetKeyId: !Sub '${P}'}}}}\n");
    assert_at(t, "Resources/KeyAlias/Properties/TargetKeyId", "{\"Fn::Sub\":\"${P}\"}");
}

static void metadata_goes_to_the_primary_resource_without_settings(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources: {Key: {Type: 'Cfngen::KMS::Key', Metadata: {Owner: me, Cfngen: {Suppress: "
             "[]}}}}\n");
    assert_at(t, "Resources/Key/Metadata", "{\"Owner\":\"me\"}");
    assert_nothing_at(t, "Resources/KeyAlias/Metadata");
}

static void overrides_are_laid_over_what_was_made(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Properties:\n      Overrides:\n"
             "        Key: {Properties: {MultiRegion: true, Tags: null}}\n"
             "        KeyAlias: {Properties: {AliasName: alias/mine}}\n");
    assert_at(t, "Resources/Key/Properties/MultiRegion", "true");
    assert_at(t, "Resources/Key/Properties/EnableKeyRotation", "true");
    assert_nothing_at(t, "Resources/Key/Properties/Tags");
    assert_at(t, "Resources/KeyAlias/Properties/AliasName", "\"alias/mine\"");
}

static void an_override_of_what_is_not_made_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Properties:\n      Overrides:\n"
             "        KeyAlia: {Properties: {}}\n");
    assert_found(&t->f, "CFN2014 6:9");
    assert_said(&t->f, "KeyAlias");
}

static void an_override_is_checked_like_the_rest(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Properties:\n      Overrides:\n"
             "        Key: {Properties: {Description: !Ref Nowhere}}\n");
    assert_said(&t->f, "in:6:41");
    assert_said(&t->f, "Nowhere");
}

static void a_made_id_that_is_taken_is_told_at_the_construct(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n  KeyAlias: {Type: 'AWS::SNS::Topic'}\n");
    assert_found(&t->f, "CFN2010 2:3");
    assert_said(&t->f, "line 3 has one of that name");
}

static void a_construct_inside_a_loop_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L:\n    - X\n"
             "    - [a]\n    - 'K${X}': {Type: 'Cfngen::KMS::Key'}\n");
    assert_found(&t->f, "CFN2025 6:23");
}

static void a_warning_can_be_suppressed_on_the_construct_that_makes_it(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-12345678,\n   "
        "     SubnetIds: [subnet-12345678, subnet-12345679]}}\n  Db:\n"
        "    Type: Cfngen::RDS::AuroraCluster\n"
        "    Metadata: {Cfngen: {Suppress: [{Id: CFN4111, Reason: one zone is enough here}]}}\n"
        "    Properties: {Engine: aurora-mysql, Network: !Ref Net, SecurityGroups: [sg-12345678],\n"
        "                 EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1', LogExports: "
        "[]}\n");
    assert_found(&t->f, "");
}

static void an_error_of_the_template_cannot_be_suppressed(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata:\n  Cfngen:\n    Suppress: [{Id: CFN2001, Reason: please}]\n"
             "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_found(&t->f, "CFN2016 3:21");
}

static void a_suppression_needs_a_reason(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata:\n  Cfngen:\n    Suppress: [{Id: CFN4111}]\n"
             "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_found(&t->f, "CFN2016 3:16");
}

static void a_suppression_that_silences_nothing_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Metadata:\n  Cfngen:\n    Suppress: [{Id: CFN4111, Reason: x}]\n"
             "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_found(&t->f, "CFN2021 3:16");
    assert_non_null(t->template);
}

static void a_mistake_in_an_attribute_is_told_once_at_its_value(void **state)
{
    static const struct {
        const char *text, *found;
    } rows[] = {
        {"DeletionPolicy: snapshot", "CFN2006 4:21"},
        {"UpdateReplacePolicy: RetainExceptOnCreate", "CFN2006 4:26"},
        {"Condition: IsProd", "CFN1304 4:16"},
        {"DependsOn: {a: b}", "CFN2003 4:16"},
        {"DependsOn: [Ky]", "CFN1301 4:17"},
        {"Metadata: 1", "CFN2003 4:15"},
        {"DeletionPolicy: !Ref X", "CFN2003 4:21"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[256];
        snprintf(text, sizeof text, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    %s\n",
                 rows[i].text);
        restart(t, NULL);
        synth(t, text);
        assert_found(&t->f, rows[i].found);
    }
}

static void an_id_that_is_none_is_told_once(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  My_Key: {Type: 'Cfngen::KMS::Key'}\n");
    assert_found(&t->f, "CFN1007 2:3");
}

static void attributes_of_what_makes_no_resource_mean_nothing(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Conditions: {C: !Equals [a, b]}\nResources:\n  T: {Type: 'AWS::SNS::Topic'}\n  Net:\n"
             "    Type: Cfngen::EC2::Network\n    Condition: C\n    DependsOn: T\n");
    assert_found(&t->f, "CFN2018 6:5, CFN2018 7:5");
}

static void retain_except_on_create_retains_at_replacement(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources: {Key: {Type: 'Cfngen::KMS::Key', DeletionPolicy: RetainExceptOnCreate}}\n");
    assert_at(t, "Resources/KeyAlias/DeletionPolicy", "\"RetainExceptOnCreate\"");
    assert_at(t, "Resources/KeyAlias/UpdateReplacePolicy", "\"Retain\"");
}

static void a_prefix_in_another_case_is_still_a_construct(void **state)
{
    static const char *const types[] = {"CFNGEN::KMS::Key", "cfngen::KMS::Key", "Cfgen::KMS::Key"};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "Resources:\n  Key: {Type: '%s'}\n", types[i]);
        restart(t, NULL);
        synth(t, text);
        assert_found(&t->f, "CFN2001 2:15");
        assert_said(&t->f, "did you mean Cfngen::KMS::Key?");
    }
}

static void types_of_others_are_no_constructs(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  A: {Type: 'Custom::Thing', Properties: {ServiceToken: a}}\n  B: {Type: "
             "'Datadog::Monitors::Monitor'}\n");
    assert_found(&t->f, "");
}

static void overrides_cannot_change_what_cfngen_has_to_know(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Properties:\n      Overrides:\n"
             "        Key: {DeletionPolicy: Retain}\n        KeyAlias: {Type: AWS::SNS::Topic}\n");
    assert_found(&t->f, "CFN2014 6:15, CFN2014 7:20");
    assert_said(&t->f, "give the construct its DeletionPolicy, beside Properties");
}

static void an_override_by_role_is_told_the_id(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Properties:\n      Overrides:\n"
             "        Alias: {Properties: {}}\n");
    assert_found(&t->f, "CFN2014 6:9");
    assert_said(&t->f, "{KeyAlias: {Properties: {...}}}");
}

static void memory_that_runs_out_is_an_error_wherever_it_does(void **state)
{
    stack_fixture *t = *state;
    static const char text[] =
        "Metadata: {Cfngen: {Tags: {A: b}}}\nResources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n"
        "  Key: {Type: 'Cfngen::KMS::Key', Properties: {Overrides: {Key: {Properties: "
        "{PendingWindowInDays: 7}}}}}\n"
        "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net,\n"
        "      Ingress: [{Cidr: 10.0.0.0/8, Port: 1}]}}\n"
        "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: {GrantReadTo: [r]}}\n"
        "  Db: {Type: 'Cfngen::RDS::AuroraCluster', DependsOn: G, Properties: {Engine: "
        "aurora-mysql,\n"
        "       Network: !Ref Net, SecurityGroups: [!Ref G], EncryptionKey: !Ref Key,\n"
        "       MasterSecret: !Ref S}}\n"
        "Outputs: {A: {Value: !Sub '${Net} ${Db.Writer} ${S}'}, B: {Value: !Join [',', !GetAtt "
        "Net.SubnetIds]}}\n";
    bool done = false;
    for (size_t limit = 1000; !done; limit += 997) {
        restart(t, NULL);
        cfn_arena_set_limit(cfn_stack_arena(t->stack), limit);
        synth(t, text);
        done = t->template != NULL;
        if (!done)
            assert_true(cfn_diagnostics_count(t->f.diagnostics, CFN_ERROR) > 0);
        assert_true(limit < 10000000);
    }
}

static void a_loop_where_a_name_belongs_is_left_alone(void **state)
{
    static const char *const texts[] = {
        "Resources: {A: {Type: 'AWS::SNS::Topic', Properties: {B: {Fn::If: [{Fn::ForEach::X: []}, "
        "1, 2]}}}}",
        "Resources: {A: {Type: 'AWS::SNS::Topic', Properties: {B: {Fn::If: [{Fn::Transform: {}}, "
        "1, 2]}}}}",
        "Rules: {R: {Assertions: [{Assert: {Fn::Equals: [{Fn::ValueOf: [{Fn::ForEach::X: []}, a]}, "
        "1]}}]}}\n"
        "Resources: {A: {Type: 'AWS::SNS::Topic'}}",
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        restart(t, NULL);
        synth(t, texts[i]);
        assert_non_null(cfn_diagnostics_text(t->f.diagnostics, false));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_plain_template_passes_through_in_its_order),
        STACK_TEST(a_condition_is_given_to_all_that_a_construct_makes),
        STACK_TEST(depends_on_is_given_to_all_that_a_construct_makes),
        STACK_TEST(retain_keeps_all_of_a_construct),
        STACK_TEST(what_has_no_snapshots_takes_none),
        STACK_TEST(an_override_may_put_one_function_for_another),
        STACK_TEST(metadata_goes_to_the_primary_resource_without_settings),
        STACK_TEST(overrides_are_laid_over_what_was_made),
        STACK_TEST(an_override_of_what_is_not_made_is_told),
        STACK_TEST(an_override_is_checked_like_the_rest),
        STACK_TEST(a_made_id_that_is_taken_is_told_at_the_construct),
        STACK_TEST(a_construct_inside_a_loop_is_refused),
        STACK_TEST(a_warning_can_be_suppressed_on_the_construct_that_makes_it),
        STACK_TEST(an_error_of_the_template_cannot_be_suppressed),
        STACK_TEST(a_suppression_needs_a_reason),
        STACK_TEST(a_suppression_that_silences_nothing_is_told),
        STACK_TEST(a_mistake_in_an_attribute_is_told_once_at_its_value),
        STACK_TEST(an_id_that_is_none_is_told_once),
        STACK_TEST(attributes_of_what_makes_no_resource_mean_nothing),
        STACK_TEST(retain_except_on_create_retains_at_replacement),
        STACK_TEST(a_prefix_in_another_case_is_still_a_construct),
        STACK_TEST(types_of_others_are_no_constructs),
        STACK_TEST(overrides_cannot_change_what_cfngen_has_to_know),
        STACK_TEST(an_override_by_role_is_told_the_id),
        STACK_TEST(memory_that_runs_out_is_an_error_wherever_it_does),
        STACK_TEST(a_loop_where_a_name_belongs_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
