/* Cfngen::DMS::ReplicationInstance. */
#include "stack_support.h"

#define HTTPS_OUT "Egress: [{Cidr: 10.0.0.0/8, Port: 443}]"
/* The properties stand on line 8. */
#define INSTANCE(properties)                                                                       \
    "Parameters: {Zone: {Type: String}}\n"                                                         \
    "Resources:\n"                                                                                 \
    "  Net: {Type: 'Cfngen::EC2::Network'}\n"                                                      \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Group: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net, " HTTPS_OUT     \
    "}}\n"                                                                                         \
    "  Dms: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net,\n"          \
    "        EncryptionKey: !Ref Key, SecurityGroups: [!Ref Group],\n"                             \
    "        " properties "}}\n"

static void an_instance_is_private_encrypted_and_named_in_small_letters(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE(""));
    assert_found(&t->f, "");
    assert_at(t, "Resources/Dms/Properties/PubliclyAccessible", "false");
    assert_at(t, "Resources/Dms/Properties/KmsKeyId", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, "Resources/Dms/Properties/ReplicationInstanceIdentifier", "\"dms-test-s1\"");
    assert_at(t, "Resources/Dms/Properties/AllocatedStorage", "100");
    assert_at(t, "Resources/Dms/Properties/AutoMinorVersionUpgrade", "false");
    assert_nothing_at(t, "Resources/Dms/Properties/EngineVersion");
}

static void its_subnet_group_has_the_subnets_of_the_network(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE(""));
    assert_at(t, "Resources/DmsSubnetGroup/Properties/SubnetIds", "{\"Ref\":\"NetSubnetIds\"}");
    assert_at(t, "Resources/Dms/Properties/ReplicationSubnetGroupIdentifier",
              "{\"Ref\":\"DmsSubnetGroup\"}");
}

static void its_tasks_log_to_a_group_that_expires_and_is_encrypted(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("LogRetentionInDays: 7"));
    assert_at(t, "Resources/DmsLogGroup/Properties/LogGroupName", "\"dms-tasks-dms-test-s1\"");
    assert_at(t, "Resources/DmsLogGroup/Properties/RetentionInDays", "7");
    assert_at(t,
              "Resources/Key/Properties/KeyPolicy/Statement/1/Condition/ArnEquals/"
              "kms:EncryptionContext:aws:logs:arn",
              "[{\"Fn::Sub\":\"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:"
              "log-group:dms-tasks-dms-test-s1\"}]");
}

static void its_arn_and_its_name_are_told_apart(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("") "Outputs: {A: {Value: !GetAtt Dms.Arn}, R: {Value: !Ref Dms}, "
                          "N: {Value: !Sub 'is ${Dms.Identifier}'}}\n");
    assert_at(t, "Outputs/A/Value", "{\"Ref\":\"Dms\"}");
    assert_at(t, "Outputs/R/Value", "{\"Ref\":\"Dms\"}");
    assert_at(t, "Outputs/N/Value", "\"is dms-test-s1\"");
}

static void what_waits_for_the_instance_waits_for_its_log_group(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("") "  T: {Type: 'AWS::SNS::Topic', DependsOn: Dms}\n");
    assert_at(t, "Resources/T/DependsOn", "[\"Dms\",\"DmsLogGroup\"]");
}

static void versions_that_cannot_be_created_are_refused(void **state)
{
    static const char *const versions[] = {"3.4.7", "3.5.1", "3.5.2", "3.5.3", "3.6.0", "2.4.5"};
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        char text[2000];
        snprintf(text, sizeof text, INSTANCE("EngineVersion: %s"), versions[i]);
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        synth(t, text);
        assert_found(&t->f, "CFN4316 8:24");
        assert_said(&t->f, "leave EngineVersion out");
    }
}

static void a_version_that_closes_soon_is_noted(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("EngineVersion: 3.5.4"));
    assert_found(&t->f, "CFN4342 8:24");
    assert_at(t, "Resources/Dms/Properties/EngineVersion", "\"3.5.4\"");
}

static void current_and_later_versions_are_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("EngineVersion: 3.6.1"));
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, INSTANCE("EngineVersion: 3.7.0"));
    assert_found(&t->f, "");
}

static void what_is_no_version_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("EngineVersion: '3.6'"));
    assert_found(&t->f, "CFN4316 8:24");
}

static void an_instance_in_two_zones_cannot_be_put_into_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("MultiAZ: true, AvailabilityZone: !Ref Zone"));
    assert_found(&t->f, "CFN4318 8:42");
}

static void outdated_classes_are_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("ReplicationInstanceClass: dms.t3.micro"));
    assert_found(&t->f, "CFN4319 8:35");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, INSTANCE("ReplicationInstanceClass: dms.c4.large"));
    assert_found(&t->f, "CFN4319 8:35");
}

static void a_class_of_databases_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("ReplicationInstanceClass: db.r6g.large"));
    assert_found(&t->f, "CFN2006 8:35");
}

static void it_cannot_be_made_public(void **state)
{
    stack_fixture *t = *state;
    synth(t, INSTANCE("PubliclyAccessible: true"));
    assert_found(&t->f, "CFN2002 8:9");
}

static void a_group_that_lets_connections_in_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n"
             "  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  Group: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net,\n"
             "          " HTTPS_OUT ", Ingress: [{Cidr: 10.0.0.0/16, Port: 3306}]}}\n"
             "  Dms: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net,\n"
             "        EncryptionKey: !Ref Key,\n"
             "        SecurityGroups: [!Ref Group]}}\n");
    assert_found(&t->f, "CFN4343 8:26");
}

static void a_group_of_another_network_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n"
             "  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  Other: {Type: 'Cfngen::EC2::Network'}\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  Group: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref "
             "Other, " HTTPS_OUT "}}\n"
             "  Dms: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net,\n"
             "        EncryptionKey: !Ref Key,\n"
             "        SecurityGroups: [!Ref Group]}}\n");
    assert_found(&t->f, "CFN4003 8:26");
}

static void an_instance_must_reach_the_secrets_of_its_endpoints(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n"
             "  Net: {Type: 'Cfngen::EC2::Network'}\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  Group: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
             "  Dms: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref Net,\n"
             "        EncryptionKey: !Ref Key,\n"
             "        SecurityGroups: [!Ref Group]}}\n");
    assert_found(&t->f, "CFN4501 7:25");
}

static void a_vpc_alone_names_no_subnets(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n"
             "  Dms: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {\n"
             "        Network: vpc-12345678, SecurityGroups: [sg-12345678],\n"
             "        EncryptionKey: 'arn:aws:kms:eu-west-2:111122223333:key/1'}}\n");
    assert_said(&t->f, "CFN2008");
    assert_said(&t->f, "CFN4202"); /* and a key that exists must let the logs in */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(an_instance_is_private_encrypted_and_named_in_small_letters),
        STACK_TEST(its_subnet_group_has_the_subnets_of_the_network),
        STACK_TEST(its_tasks_log_to_a_group_that_expires_and_is_encrypted),
        STACK_TEST(its_arn_and_its_name_are_told_apart),
        STACK_TEST(what_waits_for_the_instance_waits_for_its_log_group),
        STACK_TEST(versions_that_cannot_be_created_are_refused),
        STACK_TEST(a_version_that_closes_soon_is_noted),
        STACK_TEST(current_and_later_versions_are_let_through),
        STACK_TEST(what_is_no_version_is_refused),
        STACK_TEST(an_instance_in_two_zones_cannot_be_put_into_one),
        STACK_TEST(outdated_classes_are_warned_of),
        STACK_TEST(a_class_of_databases_is_refused),
        STACK_TEST(it_cannot_be_made_public),
        STACK_TEST(a_group_that_lets_connections_in_is_warned_of),
        STACK_TEST(a_group_of_another_network_is_warned_of),
        STACK_TEST(an_instance_must_reach_the_secrets_of_its_endpoints),
        STACK_TEST(a_vpc_alone_names_no_subnets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
