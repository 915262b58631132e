/* Cfngen::DMS::ReplicationTask. */
#include "stack_support.h"

#include <cfngen/dms_replication_task.h>
#include <cfngen/write.h>

/* The properties under test stand on line 9. */
#define STACK(more, properties)                                                                    \
    "Parameters: {Schema: {Type: String}, Arn: {Type: String}}\n"                                  \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  S: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, EngineName: "         \
    "postgres, DatabaseName: a, Secret: s, EncryptionKey: !Ref Key" more "}}\n"                    \
    "  T: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, EngineName: "         \
    "postgres, DatabaseName: a, Secret: t, EncryptionKey: !Ref Key}}\n"                            \
    "  Task:\n"                                                                                    \
    "    Type: Cfngen::DMS::ReplicationTask\n"                                                     \
    "    Properties: {ReplicationInstance: !Ref Arn, Source: !Ref S, Target: !Ref T,\n"            \
    "      " properties "}\n"
#define SHOP             "TableMappings: {Include: [{Schema: shop}]}"
#define TASK(properties) STACK("", properties)
#define TASK_AT          "Resources/Task/Properties"

/* Whether a text property of the task holds a piece of JSON. */
static void assert_holds(stack_fixture *t, const char *path, const char *piece)
{
    const cfn_node *node = cfn_node_find(t->template, path);
    const cfn_node *sub = cfn_node_get(node, "Fn::Sub");
    const cfn_node *text = cfn_node_size(sub) ? cfn_node_at(sub, 0) : sub ? sub : node;
    if (!text || !strstr(cfn_node_text(text), piece))
        print_error("no %s in %s\n%s", piece, text ? cfn_node_text(text) : "nothing",
                    cfn_diagnostics_text(t->f.diagnostics, false));
    assert_non_null(text);
    assert_non_null(strstr(cfn_node_text(text), piece));
}

static void a_task_loads_and_follows_and_validates_and_logs_by_default(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP));
    assert_found(&t->f, "");
    assert_at(t, TASK_AT "/MigrationType", "\"full-load-and-cdc\"");
    assert_at(t, TASK_AT "/ReplicationInstanceArn", "{\"Ref\":\"Arn\"}");
    assert_at(t, TASK_AT "/SourceEndpointArn", "{\"Ref\":\"S\"}");
    assert_at(t, TASK_AT "/ReplicationTaskIdentifier", "\"task-test-s1\"");
    assert_holds(t, TASK_AT "/ReplicationTaskSettings", "\"Logging\":{\"EnableLogging\":true}");
    assert_holds(t, TASK_AT "/ReplicationTaskSettings",
                 "\"ValidationSettings\":{\"EnableValidation\":true}");
    assert_holds(t, TASK_AT "/ReplicationTaskSettings", "\"FailOnNoTablesCaptured\":true");
    assert_holds(t, TASK_AT "/ReplicationTaskSettings", "\"TargetTablePrepMode\":\"DO_NOTHING\"");
}

static void lobs_are_whole_unless_a_size_is_given(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP));
    assert_holds(t, TASK_AT "/ReplicationTaskSettings",
                 "\"FullLobMode\":true,\"LobChunkSize\":64,\"LimitedSizeLobMode\":false");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, TASK(SHOP ", Settings: {TargetMetadata: {LobMaxSize: 64}}"));
    assert_found(&t->f, "");
    assert_holds(t, TASK_AT "/ReplicationTaskSettings",
                 "\"FullLobMode\":false,\"LimitedSizeLobMode\":true,\"LobMaxSize\":64");
}

static void an_include_is_a_rule_of_its_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP));
    assert_at(
        t, TASK_AT "/TableMappings",
        "\"{\\\"rules\\\":[{\\\"rule-type\\\":\\\"selection\\\",\\\"rule-id\\\":\\\"1\\\","
        "\\\"rule-name\\\":\\\"include-1\\\",\\\"object-locator\\\":{\\\"schema-name\\\":"
        "\\\"shop\\\",\\\"table-name\\\":\\\"%\\\"},\\\"rule-action\\\":\\\"include\\\"}]}\"");
}

static void transformations_and_table_settings_become_rules(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK("TableMappings: {Include: [{Schema: shop}], Exclude: [{Schema: shop, Table: x}],"
                  " Transformations: [{Target: schema, Action: rename, Schema: shop, Value: store},"
                  " {Target: column, Action: convert-lowercase, Schema: shop}],"
                  " TableSettings: [{Schema: shop, Table: orders, LobMode: unlimited}]}"));
    assert_found(&t->f, "");
    assert_holds(t, TASK_AT "/TableMappings",
                 "{\"rule-type\":\"transformation\",\"rule-id\":\"3\",\"rule-name\":"
                 "\"transformation-3\",\"rule-target\":\"schema\",\"object-locator\":"
                 "{\"schema-name\":\"shop\"},\"rule-action\":\"rename\",\"value\":\"store\"}");
    assert_holds(t, TASK_AT "/TableMappings",
                 "\"object-locator\":{\"schema-name\":\"shop\",\"table-name\":\"%\","
                 "\"column-name\":\"%\"},\"rule-action\":\"convert-lowercase\"}");
    assert_holds(t, TASK_AT "/TableMappings", "\"lob-settings\":{\"mode\":\"unlimited\"}");
}

static void values_of_filters_are_texts(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK("TableMappings: {Include: [{Schema: shop, Table: 'order[_]items', Filters: "
                  "[{Column: id, Conditions: [{Operator: gte, Value: 100}]}]}]}"));
    assert_found(&t->f, "");
    assert_holds(t, TASK_AT "/TableMappings", "{\"filter-operator\":\"gte\",\"value\":\"100\"}");
}

static void a_schema_may_be_a_parameter(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK("TableMappings: {Include: [{Schema: !Ref Schema, Table: 'a${b}'}, {Schema: "
                  "!Join ['', [a, !Ref Schema]]}]}"));
    assert_found(&t->f, "");
    assert_holds(t, TASK_AT "/TableMappings",
                 "\"schema-name\":\"${Schema}\",\"table-name\":\"a${!b}\"");
    assert_at(t, TASK_AT "/TableMappings/Fn::Sub/1",
              "{\"Value1\":{\"Fn::Join\":[\"\",[\"a\",{\"Ref\":\"Schema\"}]]}}");
}

static void it_is_known_by_its_arn_its_name_and_what_cloudwatch_calls_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP) "Outputs: {A: {Value: !GetAtt Task.Arn}, N: {Value: !GetAtt "
                        "Task.Identifier}, I: {Value: !GetAtt Task.ResourceId}}\n");
    assert_at(t, "Outputs/A/Value", "{\"Ref\":\"Task\"}");
    assert_at(t, "Outputs/N/Value", "\"task-test-s1\"");
    assert_at(t, "Outputs/I/Value",
              "{\"Fn::Select\":[6,{\"Fn::Split\":[\":\",{\"Ref\":\"Task\"}]}]}");
}

static void the_way_back_goes_through_endpoints_of_the_other_direction(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP ", Reverse: true"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/TaskReverse/Properties/MigrationType", "\"cdc\"");
    assert_at(t, "Resources/TaskReverse/Properties/SourceEndpointArn", "{\"Ref\":\"TReverse\"}");
    assert_at(t, "Resources/TaskReverse/Properties/TargetEndpointArn", "{\"Ref\":\"SReverse\"}");
    assert_at(t, "Resources/TReverse/Properties/EndpointType", "\"source\"");
    assert_at(t, "Resources/SReverse/Properties/EndpointType", "\"target\"");
    assert_at(t, "Resources/SReverse/Properties/PostgreSqlSettings/SecretsManagerSecretId",
              "\"s\"");
    assert_holds(t, "Resources/TaskReverse/Properties/TableMappings", "\"shop\"");
}

static void without_a_way_back_endpoints_have_one_direction(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP));
    assert_nothing_at(t, "Resources/TReverse");
    assert_nothing_at(t, "Resources/TaskReverse");
}

static void the_way_back_may_have_endpoints_and_tables_of_its_own(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK("TableMappings: {Include: [{Schema: shop}], Transformations: [{Target: schema, "
                  "Action: rename, Schema: shop, Value: store}]}, Reverse: true, ReverseSource: "
                  "!Ref Arn, ReverseTarget: !Ref Schema, ReverseTableMappings: {Include: [{Schema: "
                  "store}]}"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/TaskReverse/Properties/SourceEndpointArn", "{\"Ref\":\"Arn\"}");
    assert_holds(t, "Resources/TaskReverse/Properties/TableMappings", "\"store\"");
    assert_nothing_at(t, "Resources/SReverse");
}

static void schemas_for_loopback_prevention_change_places_on_the_way_back(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP ", Reverse: true, Settings: {LoopbackPreventionSettings: "
                       "{EnableLoopbackPrevention: true, SourceSchema: one, TargetSchema: two}}"));
    assert_holds(t, TASK_AT "/ReplicationTaskSettings", "\"SourceSchema\":\"one\"");
    assert_holds(t, "Resources/TaskReverse/Properties/ReplicationTaskSettings",
                 "\"SourceSchema\":\"two\"");
}

static void the_way_back_does_not_go_to_the_schema_of_the_target(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP ", Settings: {TargetMetadata: {TargetSchema: b}}, Reverse: true, "
                       "ReverseTableMappings: {Include: [{Schema: b}], Transformations: [{Target: "
                       "schema, Action: rename, Schema: b, Value: shop}]}"));
    assert_found(&t->f, "");
    assert_holds(t, TASK_AT "/ReplicationTaskSettings", "\"TargetSchema\":\"b\"");
    const char *text = cfn_node_text(
        cfn_node_find(t->template, "Resources/TaskReverse/Properties/ReplicationTaskSettings"));
    assert_null(strstr(text, "TargetSchema"));
}

static void settings_may_be_given_as_the_api_takes_them(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP ", Settings: {Raw: {Logging: {EnableLogging: true}, TargetMetadata: "
                       "{FullLobMode: true}, ValidationSettings: {EnableValidation: true}}}"));
    assert_found(&t->f, "");
    assert_at(t, TASK_AT "/ReplicationTaskSettings",
              "\"{\\\"Logging\\\":{\\\"EnableLogging\\\":true},\\\"TargetMetadata\\\":"
              "{\\\"FullLobMode\\\":true},\\\"ValidationSettings\\\":{\\\"EnableValidation\\\":"
              "true}}\"");
}

/* What is said of a task with these properties, and where. */
static void assert_refused(stack_fixture *t, const char *properties, const char *found)
{
    char text[4000];
    snprintf(text, sizeof text, TASK("%s"), properties);
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, text);
    assert_found(&t->f, found);
}

static void raw_settings_are_checked_too(void **state)
{
    assert_refused(*state,
                   SHOP ", Settings: {Raw: {Logging: {EnableLogging: true, CloudWatchLogGroup: "
                        "g}, TargetMetadata: {FullLobMode: true}, ValidationSettings: "
                        "{EnableValidation: true}}}",
                   "CFN4320 9:99");
}

static void raw_mappings_are_checked_too(void **state)
{
    assert_refused(*state, "TableMappings: {Raw: {rules: []}}", "CFN4327 9:36");
    assert_refused(*state, "TableMappings: {Include: [{Schema: a}], Raw: {rules: []}}",
                   "CFN2019 9:32, CFN4327 9:60");
}

static void an_unknown_setting_is_no_property(void **state)
{
    assert_refused(*state, SHOP ", Settings: {FullLoadSettings: {CommitRates: 5}}", "CFN2002 9:81");
}

static void settings_out_of_range_are_told_at_their_place(void **state)
{
    assert_refused(*state, SHOP ", Settings: {FullLoadSettings: {MaxFullLoadSubTasks: 50}}",
                   "CFN2007 9:102");
    assert_refused(*state, SHOP ", Settings: {ValidationSettings: {ValidationMode: TABLE_LEVEL}}",
                   "CFN2006 9:99");
}

static void lobs_that_would_be_cut_are_warned_of_at_their_place(void **state)
{
    assert_refused(*state, SHOP ", Settings: {TargetMetadata: {LobMaxSize: 32}}", "CFN4324 9:91");
}

static void a_warning_of_settings_can_be_suppressed_on_the_task(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP
                  ", Settings: {TargetMetadata: {LobMaxSize: 32}}") "    Metadata: {Cfngen: "
                                                                    "{Suppress: [{Id: CFN4324, "
                                                                    "Reason: there are none}]}}\n");
    assert_found(&t->f, "");
}

static void underscores_and_every_schema_are_warned_of(void **state)
{
    assert_refused(*state, "TableMappings: {Include: [{Schema: shop, Table: temp_1}]}",
                   "CFN4328 9:55");
    assert_refused(*state, "TableMappings: {Include: [{Schema: '%'}]}", "CFN4329 9:42");
}

static void a_task_that_includes_nothing_is_refused(void **state)
{
    assert_refused(*state, "TableMappings: {Exclude: [{Schema: a}]}", "CFN4327 9:22");
}

static void an_endpoint_has_one_direction(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {Arn: {Type: String}}\nResources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  S: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, EngineName: "
             "postgres, DatabaseName: a, Secret: s, EncryptionKey: !Ref Key}}\n"
             "  Task: {Type: 'Cfngen::DMS::ReplicationTask', Properties: {ReplicationInstance: "
             "!Ref Arn, Source: !Ref S, " SHOP ",\n"
             "    Target: !Ref S}}\n");
    assert_found(&t->f, "CFN4347 6:13");
}

static void changes_start_at_one_place_of_a_task_that_is_just_changes(void **state)
{
    assert_refused(*state, SHOP ", CdcStartPosition: p", "CFN4334 9:69");
    assert_refused(*state, SHOP ", MigrationType: cdc, CdcStartPosition: p, CdcStartTime: 5",
                   "CFN4334 9:106");
    assert_refused(*state, SHOP ", MigrationType: full-load, CdcStopPosition: p", "CFN4334 9:94");
    assert_refused(*state, SHOP ", MigrationType: cdc, CdcStartTime: 1700000000", "");
    assert_at(*state, TASK_AT "/CdcStartTime", "1700000000");
}

static void a_slot_needs_a_start(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK(", PostgreSqlSettings: {SlotName: mine}", SHOP));
    assert_found(&t->f, "CFN4334 8:57");
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, STACK(", PostgreSqlSettings: {SlotName: mine}",
                   SHOP ", MigrationType: cdc, CdcStartPosition: p"));
    assert_found(&t->f, "");
}

static void a_second_task_for_the_same_changes_is_warned_of(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP) "  More: {Type: 'Cfngen::DMS::ReplicationTask', Properties: "
                        "{ReplicationInstance: !Ref Arn, Source: !Ref S, Target: !Ref T,\n"
                        "      MigrationType: cdc, " SHOP "}}\n");
    assert_found(&t->f, "CFN4335 11:42");
}

static void a_second_task_for_other_tables_is_not(void **state)
{
    stack_fixture *t = *state;
    synth(t, TASK(SHOP) "  More: {Type: 'Cfngen::DMS::ReplicationTask', Properties: "
                        "{ReplicationInstance: !Ref Arn, Source: !Ref S, Target: !Ref T,\n"
                        "      TableMappings: {Include: [{Schema: other}]}}}\n");
    assert_found(&t->f, "");
}

#define TWO_TASKS(excluded, included)                                                              \
    TASK("TableMappings: {Include: [{Schema: !Ref Schema}], Exclude: [" excluded "]}")             \
    "  More: {Type: 'Cfngen::DMS::ReplicationTask', Properties: {ReplicationInstance: !Ref Arn, "  \
    "Source: !Ref S, Target: !Ref T,\n      MigrationType: cdc, TableMappings: {Include: "         \
    "[" included "]}}}\n"

static void neither_is_one_for_tables_that_the_first_excludes(void **state)
{
    static const struct {
        const char *excluded, *included, *found;
    } cases[] = {
        {"{Schema: !Ref Schema, Table: big%}", "{Schema: !Ref Schema, Table: big%}", ""},
        {"{Schema: !Ref Schema, Table: big%}", "{Schema: !Ref Schema, Table: bigger}", ""},
        {"{Schema: '%', Table: !Ref Arn}", "{Schema: !Ref Schema, Table: !Ref Arn}", ""},
        {"{Schema: !Ref Schema, Table: bigger}", "{Schema: !Ref Schema, Table: big%}",
         "CFN4335 11:42"},
        {"{Schema: other, Table: big%}", "{Schema: !Ref Schema, Table: big%}", "CFN4335 11:42"},
        {"{Schema: !Ref Schema, Table: a}", "{Schema: !Ref Schema, Table: !Ref Arn}",
         "CFN4335 11:42"},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, TWO_TASKS("%s", "%s"), cases[i].excluded, cases[i].included);
        synth(t, text);
        assert_found(&t->f, cases[i].found);
    }
}

static void a_way_back_that_is_not_known_is_refused(void **state)
{
    assert_refused(*state,
                   "TableMappings: {Include: [{Schema: shop}], Transformations: [{Target: table, "
                   "Action: add-prefix, Schema: shop, Value: a}]}, Reverse: true",
                   "CFN4348 9:140");
    assert_refused(*state, SHOP ", Settings: {TargetMetadata: {TargetSchema: b}}, Reverse: true",
                   "CFN4348 9:107");
    assert_refused(*state, SHOP ", ReverseTarget: !Ref Arn", "CFN2019 9:66");
}

static void an_endpoint_that_exists_cannot_be_turned_round(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {Arn: {Type: String}}\nResources:\n  Task: {Type: "
             "'Cfngen::DMS::ReplicationTask', Properties: {ReplicationInstance: !Ref Arn, Source: "
             "!Ref Arn, Target: !Ref Arn, " SHOP ",\n"
             "    Reverse: true, ReverseSource: !Ref Arn}}\n");
    assert_said(&t->f, "error CFN4348");
    assert_said(&t->f, "give ReverseTarget");
}

/* ---- the same from C ---- */

static void add_from_c(cfn_stack *stack)
{
    cfn_kms_key key = cfn_kms_key_add(stack, "Key", NULL);
    cfn_dms_endpoint ends[2];
    cfn_parameter_add(stack, "Arn", &(cfn_parameter_props){.type = "String"});
    for (int i = 0; i < 2; i++)
        ends[i] = cfn_dms_endpoint_add(
            stack, i ? "T" : "S",
            &(cfn_dms_endpoint_props){
                .endpoint_type = cfn_s(i ? "target" : "source"),
                .engine_name = cfn_s(CFN_DMS_POSTGRES),
                .secret = cfn_secretsmanager_secret_existing(cfn_s("s")),
                .encryption_key = key,
                .database_name = cfn_s("a"),
                .postgresql_settings = {.map_boolean_as_boolean = cfn_b(true)}});
    cfn_dms_replication_task_add(
        stack, "Task",
        &(cfn_dms_replication_task_props){
            .replication_instance = cfn_dms_replication_instance_existing(cfn_ref("Arn")),
            .source = ends[0],
            .target = ends[1],
            .table_mappings = {.include = CFN_ITEMS(cfn_dms_selection, {.schema = cfn_s("shop")}),
                               .exclude =
                                   CFN_ITEMS(cfn_dms_exclusion, {.schema = cfn_s("shop"),
                                                                 .table = cfn_s("temp[_]%")})},
            .settings = {.target_metadata = {.lob_max_size = cfn_i(512)},
                         .validation_settings = {.thread_count = cfn_i(8)}},
            .reverse = cfn_b(true)});
}

static void a_stack_file_and_c_give_the_same_bytes(void **state)
{
    stack_fixture *t = *state;
    synth(t, "AWSTemplateFormatVersion: '2010-09-09'\n"
             "Parameters: {Arn: {Type: String}}\nResources:\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  S: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: source, EngineName: "
             "postgres, Secret: s, EncryptionKey: !Ref Key, DatabaseName: a, PostgreSqlSettings: "
             "{MapBooleanAsBoolean: true}}}\n"
             "  T: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, EngineName: "
             "postgres, Secret: s, EncryptionKey: !Ref Key, DatabaseName: a, PostgreSqlSettings: "
             "{MapBooleanAsBoolean: true}}}\n"
             "  Task: {Type: 'Cfngen::DMS::ReplicationTask', Properties: {ReplicationInstance: "
             "!Ref Arn, Source: !Ref S, Target: !Ref T, TableMappings: {Include: [{Schema: shop}], "
             "Exclude: [{Schema: shop, Table: 'temp[_]%'}]}, Settings: {TargetMetadata: "
             "{LobMaxSize: 512}, ValidationSettings: {ThreadCount: 8}}, Reverse: true}}\n");
    assert_found(&t->f, "");
    char *expected = strdup(cfn_write_text(t->f.arena, t->template, NULL, NULL));
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    add_from_c(t->stack);
    t->template = cfn_stack_synth(t->stack);
    assert_found(&t->f, "");
    assert_string_equal(cfn_write_text(t->f.arena, t->template, NULL, NULL), expected);
    free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_task_loads_and_follows_and_validates_and_logs_by_default),
        STACK_TEST(lobs_are_whole_unless_a_size_is_given),
        STACK_TEST(an_include_is_a_rule_of_its_own),
        STACK_TEST(transformations_and_table_settings_become_rules),
        STACK_TEST(values_of_filters_are_texts),
        STACK_TEST(a_schema_may_be_a_parameter),
        STACK_TEST(it_is_known_by_its_arn_its_name_and_what_cloudwatch_calls_it),
        STACK_TEST(the_way_back_goes_through_endpoints_of_the_other_direction),
        STACK_TEST(without_a_way_back_endpoints_have_one_direction),
        STACK_TEST(the_way_back_may_have_endpoints_and_tables_of_its_own),
        STACK_TEST(schemas_for_loopback_prevention_change_places_on_the_way_back),
        STACK_TEST(the_way_back_does_not_go_to_the_schema_of_the_target),
        STACK_TEST(settings_may_be_given_as_the_api_takes_them),
        STACK_TEST(raw_settings_are_checked_too),
        STACK_TEST(raw_mappings_are_checked_too),
        STACK_TEST(an_unknown_setting_is_no_property),
        STACK_TEST(settings_out_of_range_are_told_at_their_place),
        STACK_TEST(lobs_that_would_be_cut_are_warned_of_at_their_place),
        STACK_TEST(a_warning_of_settings_can_be_suppressed_on_the_task),
        STACK_TEST(underscores_and_every_schema_are_warned_of),
        STACK_TEST(a_task_that_includes_nothing_is_refused),
        STACK_TEST(an_endpoint_has_one_direction),
        STACK_TEST(changes_start_at_one_place_of_a_task_that_is_just_changes),
        STACK_TEST(a_slot_needs_a_start),
        STACK_TEST(a_second_task_for_the_same_changes_is_warned_of),
        STACK_TEST(a_second_task_for_other_tables_is_not),
        STACK_TEST(neither_is_one_for_tables_that_the_first_excludes),
        STACK_TEST(a_way_back_that_is_not_known_is_refused),
        STACK_TEST(an_endpoint_that_exists_cannot_be_turned_round),
        STACK_TEST(a_stack_file_and_c_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
