/* Event subscriptions of DMS, however they came into the template. */
#include "stack_support.h"

/* The properties stand on line 7. */
#define SUBSCRIPTION(rest)                                                                         \
    "Parameters: {P: {Type: String}}\n"                                                            \
    "Resources:\n"                                                                                 \
    "  Task: {Type: 'AWS::DMS::ReplicationTask', Properties: {MigrationType: cdc, "                \
    "ReplicationInstanceArn: !Ref Inst, SourceEndpointArn: !Ref P, TargetEndpointArn: !Ref P, "    \
    "TableMappings: '{{resolve:ssm:mappings}}'}}\n"                                                \
    "  Inst: {Type: 'AWS::DMS::ReplicationInstance', Properties: {ReplicationInstanceClass: "      \
    "dms.r6i.large}}\n"                                                                            \
    "  S: {Type: 'AWS::DMS::EventSubscription', Properties: {SnsTopicArn: !Ref P,\n"               \
    "    Enabled: true,\n    " rest "}}\n"

static void categories_are_those_of_the_source_type(void **state)
{
    static const struct {
        const char *rest, *found;
    } cases[] = {
        {"SourceType: replication-task, EventCategories: [failure, state change, creation, "
         "deletion, configuration change]",
         ""},
        {"SourceType: replication-instance, EventCategories: [failure, failover, low storage, "
         "maintenance, creation, deletion, configuration change]",
         ""},
        {"SourceType: !Ref P, EventCategories: [anything]", ""},
        {"SourceType: replication-task, EventCategories: [!Ref P]", ""},
        {"SourceType: replication-task, EventCategories: [failure, State Change]", "CFN4351 7:62"},
        {"SourceType: replication-task, EventCategories: [low storage]", "CFN4351 7:53"},
        {"SourceType: replication-instance, EventCategories: [state change]", "CFN4351 7:57"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, SUBSCRIPTION("%s"), cases[i].rest);
        synth(t, text);
        assert_found(&t->f, cases[i].found);
    }
}

static void a_category_in_capitals_is_told_with_the_right_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, SUBSCRIPTION("SourceType: replication-task, EventCategories: [State Change]"));
    assert_said(&t->f, "did you mean \"state change\"?");
}

static void sources_are_named_and_not_by_arn(void **state)
{
    static const struct {
        const char *ids, *found;
    } cases[] = {
        {"[orders]", ""},
        {"[!Ref P]", ""},
        {"[!Ref Task]", "CFN4352 7:47"},
        {"[a, !Ref Inst]", "CFN4352 7:50"},
        {"['arn:aws:dms:eu-west-2:111122223333:task:A']", "CFN4352 7:47"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, SUBSCRIPTION("SourceType: replication-task, SourceIds: %s"),
                 cases[i].ids);
        synth(t, text);
        assert_found(&t->f, cases[i].found);
    }
}

static void a_source_type_that_there_is_not_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, SUBSCRIPTION("SourceType: endpoint"));
    assert_found(&t->f, "CFN4352 7:17");
}

static void categories_and_sources_need_a_type(void **state)
{
    stack_fixture *t = *state;
    synth(t, SUBSCRIPTION("SourceIds: [orders], EventCategories: [failure]"));
    assert_found(&t->f, "CFN4352 7:16, CFN4352 7:43");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(categories_are_those_of_the_source_type),
        STACK_TEST(a_category_in_capitals_is_told_with_the_right_one),
        STACK_TEST(sources_are_named_and_not_by_arn),
        STACK_TEST(a_source_type_that_there_is_not_is_told),
        STACK_TEST(categories_and_sources_need_a_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
