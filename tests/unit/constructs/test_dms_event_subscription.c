/* Cfngen::DMS::EventSubscription. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define STACK(rest)                                                                                \
    "Parameters: {Arn: {Type: String}}\nResources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"           \
    "  T: {Type: 'Cfngen::SNS::Topic', Properties: {EncryptionKey: !Ref Key, Publishers: [], "     \
    "Subscriptions: [{Protocol: email, Endpoint: ops@example.com}]}}\n"                            \
    "  N: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-0123456789abcdef0, SubnetIds: "   \
    "[subnet-0123456789abcdef0, subnet-0123456789abcdef1]}}\n"                                     \
    "  R: {Type: 'Cfngen::DMS::ReplicationInstance', Properties: {Network: !Ref N, "               \
    "SecurityGroups: [sg-0123456789abcdef0], EncryptionKey: !Ref Key}}\n"                          \
    "  Task: {Type: 'Cfngen::DMS::ReplicationTask', Properties: {ReplicationInstance: !Ref R, "    \
    "Source: !Ref Arn, Target: !Ref Arn, TableMappings: {Include: [{Schema: shop}]}}}\n"           \
    "  S: {Type: 'Cfngen::DMS::EventSubscription', Properties: {\n    Topic: !Ref T" rest "}}\n"
#define S "Resources/S/Properties/"

static void tasks_are_told_of_by_their_names(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", ReplicationTasks: [!Ref Task], EventCategories: [failure, state change]"));
    assert_found(&t->f, "");
    assert_at(t, S "SourceType", "\"replication-task\"");
    assert_at(t, S "SourceIds", "[\"task-test-s1\"]");
    assert_at(t, S "EventCategories", "[\"failure\",\"state change\"]");
    assert_at(t, S "SnsTopicArn", "{\"Ref\":\"T\"}");
    assert_at(t, S "SubscriptionName", "\"s-test-s1\"");
    assert_at(t, S "Enabled", "true");
}

static void instances_are_told_of_by_their_names_and_others_beside(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", ReplicationInstances: [!Ref R], SourceIds: [other], Enabled: false"));
    assert_found(&t->f, "");
    assert_at(t, S "SourceType", "\"replication-instance\"");
    assert_at(t, S "SourceIds", "[\"r-test-s1\",\"other\"]");
    assert_at(t, S "Enabled", "false");
    assert_nothing_at(t, S "EventCategories");
}

static void the_way_back_of_a_task_is_told_of_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", ReplicationTasks: [!Ref Back]}}\n"
                   "  E: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, "
                   "EngineName: postgres, DatabaseName: a, Secret: s, EncryptionKey: !Ref Key}}\n"
                   "  F: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, "
                   "EngineName: postgres, DatabaseName: a, Secret: t, EncryptionKey: !Ref Key}}\n"
                   "  Back: {Type: 'Cfngen::DMS::ReplicationTask', Properties: "
                   "{ReplicationInstance: !Ref R, Source: !Ref E, Target: !Ref F, TableMappings: "
                   "{Include: [{Schema: shop}]}, Reverse: true"));
    assert_at(t, S "SourceIds", "[\"back-test-s1\",\"back-reverse-test-s1\"]");
    assert_at(t, "Resources/S/DependsOn", "[\"TPolicy\",\"Back\",\"BackReverse\"]");
}

static void all_of_the_account_are_told_of_by_their_type(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", SourceType: replication-task"));
    assert_found(&t->f, "");
    assert_at(t, S "SourceType", "\"replication-task\"");
    assert_nothing_at(t, S "SourceIds");
}

static void the_topic_and_its_key_let_dms_in_without_a_condition(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", ReplicationTasks: [!Ref Task]"));
    assert_at(t, "Resources/TPolicy/Properties/PolicyDocument/Statement/0",
              "{\"Sid\":\"DmsEvents\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"dms.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":{\"Ref\":\"T\"}}");
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/2",
              "{\"Sid\":\"DmsEvents\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
              "\"dms.amazonaws.com\"},\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey*\"],"
              "\"Resource\":\"*\"}");
}

static void it_waits_for_the_policy_and_for_its_sources(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", ReplicationTasks: [!Ref Task]"));
    assert_at(t, "Resources/S/DependsOn", "[\"TPolicy\",\"Task\"]");
}

static void mistakes_are_told_at_their_place(void **state)
{
    static const struct {
        const char *rest, *found;
    } mistakes[] = {
        {"", "CFN2019 8:3"},
        {", SourceIds: [a]", "CFN2019 8:3"},
        {", SourceType: endpoint", "CFN2006 9:32"},
        {", SourceType: replication-task, ReplicationInstances: [!Ref R]", "CFN2019 9:72"},
        {", ReplicationTasks: [!Ref Task], ReplicationInstances: [!Ref R]", "CFN2019 9:73"},
        {", ReplicationTasks: [!Ref R]", "CFN2008 9:39"},
        {", ReplicationTasks: [!Ref Arn]", "CFN2008 9:39"},
        {", SourceType: replication-task, SourceIds: ['arn:aws:dms:e:1:task:A']", "CFN4352 9:62"},
        {", ReplicationTasks: [!Ref Task], EventCategories: [Failure]", "CFN4351 9:69"},
        {", ReplicationInstances: [!Ref R], EventCategories: [state change]", "CFN4351 9:70"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char text[2000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, STACK("%s"), mistakes[i].rest);
        synth(t, text);
        assert_found(&t->f, mistakes[i].found);
    }
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_dms_event_subscription_add(
        t->stack, "S",
        &(cfn_dms_event_subscription_props){
            .topic = cfn_sns_topic_existing(cfn_s("arn:aws:sns:eu-west-2:111122223333:told")),
            .source_type = cfn_s("replication-task"),
            .source_ids = CFN_LIST(cfn_s("orders")),
            .event_categories = CFN_LIST(cfn_s("failure"))});
    assert_same_as_file(t, "Resources:\n  S: {Type: 'Cfngen::DMS::EventSubscription', Properties: "
                           "{Topic: 'arn:aws:sns:eu-west-2:111122223333:told', SourceType: "
                           "replication-task, SourceIds: [orders], EventCategories: [failure]}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(tasks_are_told_of_by_their_names),
        STACK_TEST(instances_are_told_of_by_their_names_and_others_beside),
        STACK_TEST(the_way_back_of_a_task_is_told_of_too),
        STACK_TEST(all_of_the_account_are_told_of_by_their_type),
        STACK_TEST(the_topic_and_its_key_let_dms_in_without_a_condition),
        STACK_TEST(it_waits_for_the_policy_and_for_its_sources),
        STACK_TEST(mistakes_are_told_at_their_place),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
