/* Binding properties of stack files: types, names, ranges, and how mistakes are told. */
#include "stack_support.h"

#define KEY(properties)                                                                            \
    "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Properties: " properties

static void an_unknown_construct_is_told_with_the_nearest_name(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Kee'}\n");
    assert_null(t->template);
    assert_found(&t->f, "CFN2001 2:15");
    assert_said(&t->f, "did you mean Cfngen::KMS::Key?");
}

static void an_unknown_property_is_told_at_its_key_with_the_nearest_name(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{Descriptoin: x}\n"));
    assert_found(&t->f, "CFN2002 4:18");
    assert_said(&t->f, "did you mean Description?");
}

static void every_mistake_of_a_run_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("\n      EnableKeyRotation: maybe\n      PendingWindowInDays: 3\n      Nme: x\n"));
    assert_found(&t->f, "CFN2003 5:26, CFN2007 6:28, CFN2002 7:7");
}

static void a_missing_property_is_told_with_what_it_is(void **state)
{
    stack_fixture *t = *state;
    synth(
        t,
        "Resources:\n  Db:\n    Type: Cfngen::RDS::AuroraCluster\n    Properties:\n"
        "      Engine: aurora-mysql\n      Network: vpc-1\n      SecurityGroups: [sg-12345678]\n");
    assert_found(&t->f, "CFN2004 2:3");
    assert_said(&t->f, "needs the property EncryptionKey");
    assert_said(&t->f, "EncryptionKey: The key for storage");
}

static void a_list_where_text_belongs_is_the_wrong_type(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{Description: [a]}\n"));
    assert_found(&t->f, "CFN2003 4:31");
    assert_said(&t->f, "Description must be a string, not a list");
}

static void a_null_is_told_to_be_left_out(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{Description: null}\n"));
    assert_found(&t->f, "CFN2003 4:31");
    assert_said(&t->f, "leave Description out");
}

static void numbers_and_booleans_may_be_written_as_text(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{PendingWindowInDays: '7', EnableKeyRotation: 'false'}\n"));
    assert_at(t, "Resources/Key/Properties/PendingWindowInDays", "7");
    assert_at(t, "Resources/Key/Properties/EnableKeyRotation", "false");
}

static void a_fraction_is_not_a_whole_number(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{PendingWindowInDays: 7.5}\n"));
    assert_found(&t->f, "CFN2003 4:39");
}

static void a_name_that_aws_uses_is_told_what_it_is_called_here(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {GroupDescription: "
             "x}}\n");
    assert_said(&t->f, "it is called Description here");
}

static void tags_written_as_cloudformation_does_are_told_how_to_be_written(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{Tags: [{Key: a, Value: b}]}\n"));
    assert_found(&t->f, "CFN2003 4:24");
    assert_said(&t->f, "write each member as Name: value");
}

static void an_intrinsic_stands_for_any_ordinary_property(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {Days: {Type: Number}}\n" KEY("{PendingWindowInDays: !Ref Days}\n"));
    assert_at(t, "Resources/Key/Properties/PendingWindowInDays", "{\"Ref\":\"Days\"}");
}

static void an_intrinsic_cannot_decide_the_shape(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {N: {Type: Number}}\nResources:\n  Db:\n"
             "    Type: Cfngen::RDS::AuroraCluster\n    Properties:\n      Readers: !Ref N\n"
             "      Engine: aurora-mysql\n      Network: a\n      SecurityGroups: [b]\n"
             "      EncryptionKey: c\n");
    assert_found(&t->f, "CFN2005 6:16");
    assert_said(&t->f, "Readers decides which resources there are");
}

static void a_value_outside_its_list_names_the_list(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  G:\n    Type: Cfngen::EC2::SecurityGroup\n    Properties:\n"
             "      GroupId: sg-0123456789abcdef0\n      Ingress:\n"
             "        - {Cidr: 10.0.0.0/8, Protocol: tpc, Port: 1}\n");
    assert_found(&t->f, "CFN2006 7:40");
    assert_said(&t->f, "did you mean tcp? It is one of tcp, udp, icmp, icmpv6, -1");
}

static void a_construct_of_another_type_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n  S:\n"
             "    Type: Cfngen::EC2::SecurityGroup\n    Properties: {Network: !Ref Key}\n");
    assert_found(&t->f, "CFN2008 5:27");
    assert_said(&t->f, "Network must be a Cfngen::EC2::Network, but Key is a Cfngen::KMS::Key");
}

static void a_construct_named_as_text_is_told_to_be_referred_to(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  S:\n"
             "    Type: Cfngen::EC2::SecurityGroup\n    Properties: {Network: Net}\n");
    assert_found(&t->f, "CFN2009 5:27");
    assert_said(&t->f, "write !Ref Net");
}

static void a_construct_inside_a_function_would_not_be_wired(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Conditions: {C: !Equals [a, b]}\nResources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n  S:\n"
          "    Type: Cfngen::SecretsManager::Secret\n"
          "    Properties: {EncryptionKey: !If [C, !GetAtt Key.Arn, x]}\n");
    assert_found(&t->f, "CFN2009 6:33");
    assert_said(&t->f, "name the construct itself: EncryptionKey: !Ref Key");
}

static void a_reference_to_nothing_is_told_with_the_construct_it_meant(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  S:\n"
             "    Type: Cfngen::EC2::SecurityGroup\n    Properties: {Network: !Ref Nte}\n");
    assert_found(&t->f, "CFN1301 5:27");
    assert_said(&t->f, "did you mean Net?");
}

static void a_property_beside_properties_is_told_where_it_belongs(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key:\n    Type: Cfngen::KMS::Key\n    Description: x\n");
    assert_found(&t->f, "CFN2018 4:5");
    assert_said(&t->f, "Description belongs under Properties");
}

static void properties_that_are_no_mapping_are_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("[1]\n"));
    assert_found(&t->f, "CFN2003 4:17");
}

static void a_broken_construct_is_not_told_again_where_it_is_used(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{Nope: 1}\nOutputs: {A: {Value: !GetAtt Key.Arn}, B: {Value: !Ref KeyAlias}}\n"));
    assert_found(&t->f, "CFN2002 4:18");
}

static void what_else_is_wrong_is_told_beside_a_broken_construct(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{Nope: 1}\nOutputs:\n  A: {Vale: 1}\n"));
    assert_said(&t->f, "CFN2002");
    assert_said(&t->f, "Vale");
}

static void a_mapping_is_written_out(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {P: {Type: String}}\n" KEY("{Tags: !Ref P}\n"));
    assert_found(&t->f, "CFN2005 5:24");
}

static void a_list_of_mappings_takes_mappings_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEY("{PolicyStatements: [abc, {Sid: A}, 5]}\n"));
    assert_found(&t->f, "CFN2003 4:37, CFN2003 4:52");
}

static void one_construct_where_a_list_belongs_is_told_how(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
          "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
          "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql,\n"
          "       Network: !Ref Net, SecurityGroups: !Ref G, EncryptionKey: !Ref Key}}\n");
    assert_found(&t->f, "CFN2003 6:43");
    assert_said(&t->f, "write it as a list: [!Ref G]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(an_unknown_construct_is_told_with_the_nearest_name),
        STACK_TEST(an_unknown_property_is_told_at_its_key_with_the_nearest_name),
        STACK_TEST(every_mistake_of_a_run_is_told),
        STACK_TEST(a_missing_property_is_told_with_what_it_is),
        STACK_TEST(a_list_where_text_belongs_is_the_wrong_type),
        STACK_TEST(a_null_is_told_to_be_left_out),
        STACK_TEST(numbers_and_booleans_may_be_written_as_text),
        STACK_TEST(a_fraction_is_not_a_whole_number),
        STACK_TEST(a_name_that_aws_uses_is_told_what_it_is_called_here),
        STACK_TEST(tags_written_as_cloudformation_does_are_told_how_to_be_written),
        STACK_TEST(an_intrinsic_stands_for_any_ordinary_property),
        STACK_TEST(an_intrinsic_cannot_decide_the_shape),
        STACK_TEST(a_value_outside_its_list_names_the_list),
        STACK_TEST(a_construct_of_another_type_is_refused),
        STACK_TEST(a_construct_named_as_text_is_told_to_be_referred_to),
        STACK_TEST(a_construct_inside_a_function_would_not_be_wired),
        STACK_TEST(a_reference_to_nothing_is_told_with_the_construct_it_meant),
        STACK_TEST(a_property_beside_properties_is_told_where_it_belongs),
        STACK_TEST(properties_that_are_no_mapping_are_refused),
        STACK_TEST(a_broken_construct_is_not_told_again_where_it_is_used),
        STACK_TEST(what_else_is_wrong_is_told_beside_a_broken_construct),
        STACK_TEST(a_mapping_is_written_out),
        STACK_TEST(a_list_of_mappings_takes_mappings_alone),
        STACK_TEST(one_construct_where_a_list_belongs_is_told_how),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
