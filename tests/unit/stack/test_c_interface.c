/* Building a stack from C: values, intrinsics, sections, attributes and what is refused. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

static void synth_built(stack_fixture *t)
{
    t->template = cfn_stack_synth(t->stack);
}

static void an_added_construct_is_the_same_as_one_in_a_stack_file(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add(t->stack, "Key",
                    &(cfn_kms_key_props){.description = cfn_s("For data"),
                                         .enable_key_rotation = cfn_b(false),
                                         .pending_window_in_days = cfn_i(7)});
    synth_built(t);
    size_t length = 0;
    char *from_c = strdup(cfn_write_text(t->f.arena, t->template, NULL, &length));
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t,
          "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Key:\n    Type: Cfngen::KMS::Key\n"
          "    Properties: {Description: For data, EnableKeyRotation: false, PendingWindowInDays: "
          "7}\n");
    assert_string_equal(cfn_write_text(t->f.arena, t->template, NULL, &length), from_c);
    free(from_c);
}

static void a_stack_states_its_format_version_first(void **state)
{
    stack_fixture *t = *state;
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    synth_built(t);
    assert_json(&t->f, t->template,
                "{\"AWSTemplateFormatVersion\":\"2010-09-09\","
                "\"Resources\":{\"T\":{\"Type\":\"AWS::SNS::Topic\"}}}");
}

static void sections_stand_in_the_order_of_the_documentation(void **state)
{
    stack_fixture *t = *state;
    cfn_output_add(t->stack, "O", &(cfn_output_props){.value = cfn_ref("P")});
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    cfn_condition_add(t->stack, "C", cfn_equals(t->stack, cfn_ref("P"), cfn_s("x")));
    cfn_parameter_add(t->stack, "P", &(cfn_parameter_props){.default_value = "x"});
    cfn_stack_set_description(t->stack, "d");
    synth_built(t);
    static const char *const order[] = {"AWSTemplateFormatVersion",
                                        "Description",
                                        "Parameters",
                                        "Conditions",
                                        "Resources",
                                        "Outputs"};
    const cfn_node *n = cfn_node_first(t->template);
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++, n = cfn_node_next(n))
        assert_string_equal(cfn_node_key(n), order[i]);
    assert_null(n);
}

static void every_intrinsic_has_its_function(void **state)
{
    stack_fixture *t = *state;
    cfn_stack *s = t->stack;
    cfn_str items[] = {cfn_s("a"), cfn_ref("P")};
    const struct {
        cfn_str value;
        const char *json;
    } rows[] = {
        {cfn_join(s, ",", items, 2), "{\"Fn::Join\":[\",\",[\"a\",{\"Ref\":\"P\"}]]}"},
        {cfn_join_list(s, ",", cfn_ref("L")), "{\"Fn::Join\":[\",\",{\"Ref\":\"L\"}]}"},
        {cfn_select(s, 1, cfn_ref("L")), "{\"Fn::Select\":[1,{\"Ref\":\"L\"}]}"},
        {cfn_split(s, ":", cfn_ref("P")), "{\"Fn::Split\":[\":\",{\"Ref\":\"P\"}]}"},
        {cfn_if(s, "C", cfn_s("x"), cfn_ref("AWS::NoValue")),
         "{\"Fn::If\":[\"C\",\"x\",{\"Ref\":\"AWS::NoValue\"}]}"},
        {cfn_find_in_map(s, "M", cfn_ref("AWS::Region"), cfn_s("k")),
         "{\"Fn::FindInMap\":[\"M\",{\"Ref\":\"AWS::Region\"},\"k\"]}"},
        {cfn_import_value(s, cfn_s("e")), "{\"Fn::ImportValue\":\"e\"}"},
        {cfn_get_azs(s, cfn_s("")), "{\"Fn::GetAZs\":\"\"}"},
        {cfn_cidr(s, cfn_s("10.0.0.0/16"), 2, 8), "{\"Fn::Cidr\":[\"10.0.0.0/16\",2,8]}"},
        {cfn_base64(s, cfn_sub("${P}")), "{\"Fn::Base64\":{\"Fn::Sub\":\"${P}\"}}"},
        {cfn_att("X", "A.B"), "{\"Fn::GetAtt\":[\"X\",\"A.B\"]}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cfn_stack *one = cfn_stack_new(NULL);
        cfn_transform_add(one, "Unknown"); /* so that the names need not exist */
        cfn_output_add(one, "O", &(cfn_output_props){.value = rows[i].value});
        cfn_resource_add(one, "T", "AWS::SNS::Topic", NULL);
        const cfn_node *template = cfn_stack_synth(one);
        if (!template)
            print_error("%s\n", cfn_diagnostics_text(cfn_stack_diagnostics(one), false));
        assert_json(&t->f, cfn_node_find(template, "Outputs/O/Value"), rows[i].json);
        cfn_stack_free(one);
    }
}

static void condition_functions_may_be_nested(void **state)
{
    stack_fixture *t = *state;
    cfn_stack *s = t->stack;
    cfn_str both[] = {cfn_condition(s, "A"), cfn_not(s, cfn_condition(s, "A"))};
    cfn_condition_add(s, "A", cfn_equals(s, cfn_s("x"), cfn_s("y")));
    cfn_condition_add(s, "B", cfn_and(s, both, 2));
    cfn_condition_add(s, "C", cfn_or(s, both, 2));
    cfn_resource_add(s, "T", "AWS::SNS::Topic", NULL);
    synth_built(t);
    assert_at(t, "Conditions",
              "{\"A\":{\"Fn::Equals\":[\"x\",\"y\"]},"
              "\"B\":{\"Fn::And\":[{\"Condition\":\"A\"},{\"Fn::Not\":[{\"Condition\":\"A\"}]}]},"
              "\"C\":{\"Fn::Or\":[{\"Condition\":\"A\"},{\"Fn::Not\":[{\"Condition\":\"A\"}]}]}}");
}

static void false_and_zero_are_values_and_not_left_out(void **state)
{
    stack_fixture *t = *state;
    cfn_ec2_network network = cfn_ec2_network_add(t->stack, "Net", NULL);
    cfn_kms_key key = cfn_kms_key_existing(cfn_s("arn:aws:kms:eu-west-2:111122223333:key/1"));
    cfn_ec2_security_group group = cfn_ec2_security_group_existing(cfn_s("sg-12345678"));
    cfn_rds_aurora_cluster_add(
        t->stack, "Db",
        &(cfn_rds_aurora_cluster_props){.engine = cfn_s(CFN_AURORA_MYSQL),
                                        .network = network,
                                        .security_groups = CFN_ITEMS(cfn_ec2_security_group, group),
                                        .encryption_key = key,
                                        .readers = cfn_i(0),
                                        .monitoring_interval = cfn_i(0),
                                        .enable_iam_database_authentication = cfn_b(false)});
    synth_built(t);
    assert_nothing_at(t, "Resources/DbReader1");
    assert_at(t, "Resources/DbWriter/Properties/MonitoringInterval", "0");
    assert_at(t, "Resources/Db/Properties/EnableIAMDatabaseAuthentication", "false");
}

static void a_fraction_is_written_as_short_as_it_can_be(void **state)
{
    stack_fixture *t = *state;
    cfn_rds_serverless_v2 capacity = {.min_capacity = cfn_n(0.5), .max_capacity = cfn_n(16)};
    cfn_rds_aurora_cluster_add(
        t->stack, "Db",
        &(cfn_rds_aurora_cluster_props){.engine = cfn_s(CFN_AURORA_MYSQL),
                                        .network = cfn_ec2_network_add(t->stack, "Net", NULL),
                                        .security_groups = {.all = cfn_ref("Groups")},
                                        .encryption_key = cfn_kms_key_existing(
                                            cfn_s("arn:aws:kms:eu-west-2:111122223333:key/1")),
                                        .serverless_v2 = capacity});
    cfn_parameter_add(t->stack, "Groups",
                      &(cfn_parameter_props){.type = "List<AWS::EC2::SecurityGroup::Id>"});
    synth_built(t);
    assert_at(t, "Resources/Db/Properties/ServerlessV2ScalingConfiguration",
              "{\"MaxCapacity\":16,\"MinCapacity\":0.5}");
    assert_at(t, "Resources/Db/Properties/VpcSecurityGroupIds", "{\"Ref\":\"Groups\"}");
}

static void an_id_that_is_taken_is_told_with_the_place_in_the_program(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add(t->stack, "Key", NULL);
    cfn_kms_key_add_at(t->stack, "Key", NULL, "program.c", 7);
    synth_built(t);
    assert_null(t->template);
    assert_found(&t->f, "CFN2010 7:0");
    assert_said(&t->f, "program.c:7: error CFN2010: Key is already in Resources");
}

static void a_mistake_in_a_program_is_told_with_its_line(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add_at(t->stack, "Key", &(cfn_kms_key_props){.pending_window_in_days = cfn_i(99)},
                       "program.c", 12);
    synth_built(t);
    assert_said(&t->f, "program.c:12: error CFN2007: PendingWindowInDays must be from 7 to 30");
}

static void a_handle_of_what_failed_is_accepted_quietly(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key key =
        cfn_kms_key_add(t->stack, "Key", &(cfn_kms_key_props){.pending_window_in_days = cfn_i(99)});
    cfn_secretsmanager_secret_add(t->stack, "S",
                                  &(cfn_secretsmanager_secret_props){.encryption_key = key});
    cfn_output_add(t->stack, "A", &(cfn_output_props){.value = cfn_kms_key_arn(key)});
    synth_built(t);
    assert_int_equal(cfn_diagnostics_size(t->f.diagnostics), 1);
}

static void attributes_and_overrides_of_a_construct_can_be_given(void **state)
{
    stack_fixture *t = *state;
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    cfn_condition_add(t->stack, "C", cfn_equals(t->stack, cfn_s("a"), cfn_s("b")));
    cfn_kms_key_add(
        t->stack, "Key",
        &(cfn_kms_key_props){
            .attributes = {.condition = "C",
                           .depends_on = CFN_IDS("T"),
                           .deletion_policy = "Retain",
                           .metadata = cfn_json_text(t->stack, "{\"a\": 1}"),
                           .overrides = cfn_json_text(
                               t->stack, "{\"Key\": {\"Properties\": {\"MultiRegion\": true}}}")}});
    synth_built(t);
    assert_at(t, "Resources/Key/Condition", "\"C\"");
    assert_at(t, "Resources/Key/DependsOn", "[\"T\"]");
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Key/Metadata", "{\"a\":1}");
    assert_at(t, "Resources/Key/Properties/MultiRegion", "true");
}

static void json_text_that_is_wrong_is_told_with_the_place_in_the_program(void **state)
{
    stack_fixture *t = *state;
    cfn_json_text_at(t->stack, "{\"a\": }", "program.c", 3);
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    synth_built(t);
    assert_found(&t->f, "CFN0101 3:0");
    assert_said(&t->f, "program.c:3: error CFN0101: the JSON text is not valid");
}

static void json_text_may_be_any_value(void **state)
{
    stack_fixture *t = *state;
    cfn_json list = cfn_json_text(t->stack, "[1, \"a\"]");
    cfn_metadata_add(t->stack, "List", list);
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    synth_built(t);
    assert_at(t, "Metadata", "{\"List\":[1,\"a\"]}");
}

static void a_stack_file_is_read_only_into_an_empty_stack(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add(t->stack, "Key", NULL);
    synth(t, "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n");
    assert_said(&t->f, "CFN2020");
}

static void a_program_may_add_to_a_stack_file(void **state)
{
    stack_fixture *t = *state;
    static const char text[] = "Resources: {T: {Type: 'AWS::SNS::Topic'}}\n";
    assert_true(cfn_stack_read_text(t->stack, "in", text, strlen(text), CFN_FORMAT_AUTO));
    cfn_output_add(t->stack, "O", &(cfn_output_props){.value = cfn_ref("T")});
    synth_built(t);
    assert_at(t, "Outputs/O/Value", "{\"Ref\":\"T\"}");
}

static void a_warning_can_be_suppressed_from_c(void **state)
{
    stack_fixture *t = *state;
    cfn_stack_suppress(t->stack, CFN4111, "one zone is enough here");
    cfn_rds_aurora_cluster_add(
        t->stack, "Db",
        &(cfn_rds_aurora_cluster_props){
            .engine = cfn_s(CFN_AURORA_MYSQL),
            .network = cfn_ec2_network_add(
                t->stack, "Net",
                &(cfn_ec2_network_props){.subnet_ids = {.all = cfn_ref("Subnets")}}),
            .security_groups = CFN_ITEMS(cfn_ec2_security_group,
                                         cfn_ec2_security_group_existing(cfn_s("sg-12345678"))),
            .encryption_key = cfn_kms_key_add(t->stack, "Key", NULL)});
    cfn_parameter_add(t->stack, "Subnets",
                      &(cfn_parameter_props){.type = "List<AWS::EC2::Subnet::Id>"});
    synth_built(t);
    assert_found(&t->f, "");
}

static void synthesising_twice_gives_the_same_template(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add(t->stack, "Key", NULL);
    assert_ptr_equal(cfn_stack_synth(t->stack), cfn_stack_synth(t->stack));
    assert_non_null(cfn_stack_synth(t->stack));
}

static void null_where_something_is_needed_is_no_crash(void **state)
{
    stack_fixture *t = *state;
    cfn_parameter_add(t->stack, "P", NULL);
    cfn_output_add_at(t->stack, "O", NULL, "program.c", 5);
    cfn_stack_suppress(t->stack, CFN4111, NULL);
    cfn_stack_add_tag(t->stack, "T", cfn_s(NULL));
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    synth_built(t);
    assert_said(&t->f, "program.c:5: error");
    assert_said(&t->f, "CFN2016");
}

static void all_mistakes_of_a_program_are_told_in_one_run(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add(t->stack, "Key", NULL);
    cfn_kms_key_add_at(t->stack, "Key", NULL, "program.c", 7);
    cfn_kms_key_add_at(t->stack, "Other", &(cfn_kms_key_props){.pending_window_in_days = cfn_i(99)},
                       "program.c", 9);
    cfn_output_add_at(t->stack, "O", &(cfn_output_props){.value = cfn_ref("Nowhere")}, "program.c",
                      11);
    synth_built(t);
    assert_found(&t->f, "CFN2010 7:0, CFN2007 9:0, CFN1301 11:0");
}

static void a_literal_lifted_to_another_type_keeps_its_value(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add(t->stack, "Key",
                    &(cfn_kms_key_props){.enable_key_rotation = cfn_b_of(cfn_s("true")),
                                         .pending_window_in_days = cfn_i_of(cfn_s("9"))});
    synth_built(t);
    assert_at(t, "Resources/Key/Properties/EnableKeyRotation", "true");
    assert_at(t, "Resources/Key/Properties/PendingWindowInDays", "9");
}

static void json_text_is_one_value(void **state)
{
    stack_fixture *t = *state;
    cfn_json_text_at(t->stack, "1, \"x\": 2", "program.c", 3);
    cfn_resource_add(t->stack, "T", "AWS::SNS::Topic", NULL);
    synth_built(t);
    assert_found(&t->f, "CFN0101 3:0");
}

static void text_that_is_not_utf8_is_told(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key_add_at(t->stack, "Key", &(cfn_kms_key_props){.description = cfn_s("a\xff")},
                       "program.c", 4);
    synth_built(t);
    assert_null(t->template);
    assert_said(&t->f, "program.c:4: error CFN0005");
}

static void a_transform_joins_the_one_of_the_stack_file(void **state)
{
    stack_fixture *t = *state;
    static const char text[] = "Transform: One\nResources: {T: {Type: 'AWS::SNS::Topic'}}\n";
    cfn_stack_read_text(t->stack, "in", text, strlen(text), CFN_FORMAT_YAML);
    cfn_transform_add(t->stack, "Two");
    synth_built(t);
    assert_at(t, "Transform", "[\"One\",\"Two\"]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(an_added_construct_is_the_same_as_one_in_a_stack_file),
        STACK_TEST(a_stack_states_its_format_version_first),
        STACK_TEST(sections_stand_in_the_order_of_the_documentation),
        STACK_TEST(every_intrinsic_has_its_function),
        STACK_TEST(condition_functions_may_be_nested),
        STACK_TEST(false_and_zero_are_values_and_not_left_out),
        STACK_TEST(a_fraction_is_written_as_short_as_it_can_be),
        STACK_TEST(an_id_that_is_taken_is_told_with_the_place_in_the_program),
        STACK_TEST(a_mistake_in_a_program_is_told_with_its_line),
        STACK_TEST(a_handle_of_what_failed_is_accepted_quietly),
        STACK_TEST(attributes_and_overrides_of_a_construct_can_be_given),
        STACK_TEST(json_text_that_is_wrong_is_told_with_the_place_in_the_program),
        STACK_TEST(json_text_may_be_any_value),
        STACK_TEST(a_stack_file_is_read_only_into_an_empty_stack),
        STACK_TEST(a_program_may_add_to_a_stack_file),
        STACK_TEST(a_warning_can_be_suppressed_from_c),
        STACK_TEST(synthesising_twice_gives_the_same_template),
        STACK_TEST(null_where_something_is_needed_is_no_crash),
        STACK_TEST(all_mistakes_of_a_program_are_told_in_one_run),
        STACK_TEST(a_literal_lifted_to_another_type_keeps_its_value),
        STACK_TEST(json_text_is_one_value),
        STACK_TEST(text_that_is_not_utf8_is_told),
        STACK_TEST(a_transform_joins_the_one_of_the_stack_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
