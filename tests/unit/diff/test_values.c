/* Which values are the same, and where those that are not differ. */
#include "diff_support.h"

#define QUEUE "AWS::SQS::Queue"

static void a_number_is_the_same_as_a_text(void **state)
{
    assert_properties(*state, QUEUE, "{VisibilityTimeout: 10}", "{VisibilityTimeout: '10'}", "");
    assert_properties(*state, QUEUE, "{VisibilityTimeout: 10}", "{VisibilityTimeout: 10.0}", "");
    assert_properties(*state, QUEUE, "{VisibilityTimeout: '1e1'}", "{VisibilityTimeout: 10}", "");
    assert_properties(*state, QUEUE, "{VisibilityTimeout: 10}", "{VisibilityTimeout: 100}",
                      "~A update {~VisibilityTimeout}");
}

static void long_numbers_are_told_apart_by_every_digit(void **state)
{
    assert_properties(*state, "Custom::A", "{N: 9007199254740993}", "{N: 9007199254740992}",
                      "~A update {~N}");
}

static void a_truth_value_is_the_same_as_its_word(void **state)
{
    assert_properties(*state, QUEUE, "{FifoQueue: true}", "{FifoQueue: 'true'}", "");
    assert_properties(*state, "AWS::DMS::ReplicationInstance", "{MultiAZ: true}",
                      "{MultiAZ: false}", "~A update {~MultiAZ}");
}

static void a_text_that_looks_like_a_number_stays_a_text(void **state)
{
    assert_properties(*state, "AWS::RDS::DBCluster", "{EngineVersion: '8.0'}",
                      "{EngineVersion: '8.00'}", "~A update {~EngineVersion}");
    assert_properties(*state, "AWS::RDS::DBCluster", "{EngineVersion: '8.0'}",
                      "{EngineVersion: 8.0}", "");
}

static void nothing_is_the_same_as_what_is_not_there(void **state)
{
    assert_properties(*state, QUEUE, "{QueueName: !Ref 'AWS::NoValue', DelaySeconds: 1}",
                      "{DelaySeconds: 1}", "");
    assert_properties(*state, QUEUE, "{DelaySeconds: !Ref 'AWS::NoValue'}", "{DelaySeconds: 1}",
                      "~A update {+DelaySeconds}");
}

static void functions_are_the_same_however_they_are_spelled(void **state)
{
    static const char *const pairs[][2] = {
        {"{N: !GetAtt B.C.D}", "{N: {'Fn::GetAtt': [B, C.D]}}"},
        {"{N: !Sub '${B}'}", "{N: !Ref B}"},
        {"{N: !Sub '${B.C}'}", "{N: !GetAtt [B, C]}"},
        {"{N: !Sub 'a-${B}-c'}", "{N: !Join ['-', [a, !Ref B, c]]}"},
        {"{N: !Sub ['${x}-${B}', {x: !GetAtt D.E}]}", "{N: !Sub '${D.E}-${B}'}"},
        {"{N: !Sub plain}", "{N: plain}"},
        {"{N: !Join ['', [a, 1]]}", "{N: a1}"},
        {"{N: !Sub 'a${!B}'}", "{N: 'a${B}'}"},
        {"{N: !FindInMap [A, B, 1]}", "{N: !FindInMap [A, B, '1']}"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_properties(*state, "Custom::A", pairs[i][0], pairs[i][1], "");
}

static void functions_that_differ_are_one_change(void **state)
{
    assert_properties(*state, "Custom::A", "{N: !Ref B}", "{N: !Ref C}", "~A update {~N}");
    assert_properties(*state, "Custom::A", "{N: !Sub 'a${!B}'}", "{N: !Sub 'a${B}'}",
                      "~A update {~N}");
    assert_properties(*state, "Custom::A", "{N: !FindInMap [A, B, C]}", "{N: !FindInMap [A, B, D]}",
                      "~A update {~N}");
}

static void a_branch_of_an_if_is_told_alone(void **state)
{
    assert_properties(*state, "Custom::A", "{N: !If [C, {a: 1, b: 2}, x]}",
                      "{N: !If [C, {a: 1, b: 3}, x]}", "~A update {~N.Fn::If[1].b}");
    assert_properties(*state, "Custom::A", "{N: !If [C, 1, 2]}", "{N: !If [D, 1, 2]}",
                      "~A update {~N}");
}

static void json_in_a_text_is_looked_into(void **state)
{
    assert_properties(*state, "AWS::DMS::ReplicationTask",
                      "{ReplicationTaskSettings: '{\"A\":{\"B\":1,\"C\":2}}'}",
                      "{ReplicationTaskSettings: '{ \"A\": {\"C\": 3, \"B\": 1} }'}",
                      "~A update {~ReplicationTaskSettings.A.C}");
    assert_properties(*state, "Custom::A", "{N: '{\"a\": \"1\"}'}", "{N: '{\"a\": 1}'}",
                      "~A update {~N.a}");
    assert_properties(*state, "Custom::A", "{N: '{\"a\": 1'}", "{N: '{\"a\": 2'}",
                      "~A update {~N}");
}

static void json_with_references_is_looked_into(void **state)
{
    assert_properties(*state, "Custom::A", "{N: !Sub '{\"a\": \"${B}\", \"b\": 1}'}",
                      "{N: !Join ['', ['{\"a\": \"', !Ref B, '\", \"b\": 2}']]}",
                      "~A update {~N.b}");
}

static void a_policy_may_be_a_text_or_a_mapping(void **state)
{
    assert_properties(*state, "AWS::IAM::Role",
                      "{AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}}",
                      "{AssumeRolePolicyDocument: '{\"Version\":\"2012-10-17\",\"Statement\":[]}'}",
                      "");
}

static void in_a_policy_one_is_as_good_as_a_list_of_one(void **state)
{
    assert_properties(
        *state, "AWS::IAM::Role",
        "{AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: a, Resource: [x, y]}}}",
        "{AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: [a], Resource: [y, x]}]}}",
        "");
    assert_properties(*state, "Custom::A", "{N: a}", "{N: [a]}", "~A update {~N}");
}

static void depends_on_has_no_order(void **state)
{
    fixture *f = *state;
    assert_diff(f, "Resources: {A: {Type: T, DependsOn: [B, C]}}",
                "Resources: {A: {Type: T, DependsOn: [C, B, C]}}", "");
    assert_diff(f, "Resources: {A: {Type: T, DependsOn: B}}",
                "Resources: {A: {Type: T, DependsOn: [B]}}", "");
    assert_diff(f, "Resources: {A: {Type: T, DependsOn: [B]}}",
                "Resources: {A: {Type: T, DependsOn: [C]}}", "~A {~DependsOn[0]}");
    assert_diff(f, "Resources: {A: {Type: T}}", "Resources: {A: {Type: T, DependsOn: B}}",
                "~A {+DependsOn}");
}

static void every_section_is_compared(void **state)
{
    assert_diff(
        *state,
        "{AWSTemplateFormatVersion: '2010-09-09', Description: a, Transform: X, Further: 1, "
        "Metadata: {M: 1}, Parameters: {P: {Type: String}}, Rules: {R: {Assertions: [a]}}, "
        "Mappings: {N: {a: {b: 1}}}, Conditions: {C: !Equals [a, b]}, Resources: {A: {Type: T}}, "
        "Outputs: {O: {Value: a}}}",
        "{AWSTemplateFormatVersion: 2010-09-09, Description: b, Transform: [Y], Further: 2, "
        "Metadata: {M: 2}, Parameters: {P: {Type: Number}}, Rules: {R: {Assertions: [b]}}, "
        "Mappings: {N: {a: {b: 2}}}, Conditions: {C: !Equals [a, c]}, Resources: {B: {Type: T}}, "
        "Outputs: {O: {Value: b}}}",
        "~Further {~} ~Description {~} ~M {~} ~P {~Type} ~R {~Assertions[0]} ~N {~a.b} ~C {~} "
        "~Transform {~} +B -A destroy, deleted ~O {~Value}");
}

static void a_transform_may_stand_alone_or_in_a_list(void **state)
{
    assert_diff(*state, "{Transform: X, Resources: {A: {Type: T}}}",
                "{Transform: [X], Resources: {A: {Type: T}}}", "");
}

static void the_first_template_has_everything_added(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_yaml(f, "{Description: d, Resources: {A: {Type: T}}}");
    cfn_template_diff *diff = cfn_template_diff_new(NULL, root, NULL, f->diagnostics);
    assert_non_null(diff);
    assert_int_equal(cfn_template_diff_entry_count(diff), 2);
    assert_int_equal(cfn_template_diff_entry_at(diff, 1)->impact, CFN_IMPACT_CREATE);
    assert_null(cfn_template_diff_entry_at(diff, 2));
    cfn_template_diff_free(diff);
}

static void an_entry_is_found_by_its_id(void **state)
{
    cfn_template_diff *diff = diff_of(*state, "Resources: {A: {Type: T}, B: {Type: T}}",
                                      "Resources: {A: {Type: T}, C: {Type: T}}");
    assert_string_equal(cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, "C")->id, "C");
    assert_null(cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, "A"));
    assert_null(cfn_template_diff_entry(diff, CFN_SECTION_OUTPUTS, "C"));
    assert_null(cfn_template_diff_entry(diff, CFN_SECTION_COUNT, "C"));
    cfn_template_diff_free(diff);
}

static void steps_lead_to_a_change(void **state)
{
    cfn_template_diff *diff =
        diff_of(*state, "Resources: {A: {Type: T, Properties: {Tags: [{Key: k, Value: 1}]}}}",
                "Resources: {A: {Type: T, Properties: {Tags: [{Key: j, Value: 0}, "
                "{Key: k, Value: '{\"x\":1}'}]}}}");
    const cfn_diff_change *change = &cfn_template_diff_entry_at(diff, 0)->changes[1];
    assert_int_equal(change->step_count, 4);
    assert_string_equal(change->steps[0].key, "Properties");
    assert_null(change->steps[2].key);
    assert_int_equal(change->steps[2].index, 1);
    assert_string_equal(change->steps[2].identity, "Key=k");
    assert_string_equal(change->steps[3].key, "Value");
    assert_string_equal(change->path, "Tags[Key=k].Value");
    assert_string_equal(cfn_node_text(change->old_value), "1");
    cfn_template_diff_free(diff);
}

static void keys_that_look_like_paths_are_quoted(void **state)
{
    assert_properties(*state, "Custom::A", "{'a.b': {'': 1}}", "{'a.b': {'': 2}}",
                      "~A update {~[\"a.b\"][\"\"]}");
}

static void a_secret_is_not_shown(void **state)
{
    cfn_template_diff *diff = diff_of(
        *state,
        "{Parameters: {P: {Type: String, NoEcho: true, Default: old}}, Resources: {A: {Type: T, "
        "Properties: {MasterUserPassword: old}}}}",
        "{Parameters: {P: {Type: String, NoEcho: true, Default: new}, Q: {Type: String, NoEcho: "
        "'true', Default: new}}, Resources: {A: {Type: T, Properties: {MasterUserPassword: "
        "new}}}}");
    static const cfn_diff_format forms[] = {CFN_DIFF_TEXT, CFN_DIFF_JSON, CFN_DIFF_MARKDOWN};
    for (size_t i = 0; i < 3; i++) {
        const char *text =
            cfn_template_diff_render(diff, &(cfn_diff_render_options){.format = forms[i]}, NULL);
        assert_non_null(strstr(text, forms[i] == CFN_DIFF_MARKDOWN ? "&#42;" : "****"));
        assert_null(strstr(text, forms[i] == CFN_DIFF_JSON ? "\"new\": \"new\"" : "] new"));
        assert_null(strstr(text, "old\n"));
    }
    cfn_template_diff_free(diff);
}

/* Wherever the old value was "hunter1" and the new one "hunter2", neither is shown. */
static void secrets_within_larger_values_are_not_shown(void **state)
{
    static const char *const resources[] = {
        "{Password: %s}",
        "{Password: 12%.0s34567}",
        "{KafkaSettings: {SaslPassword: %s}}",
        "{Users: [{Username: a, Password: %s}]}",
        "{SecretString: '{\"password\": \"%s\"}'}",
        "{SecretString: {'Fn::Sub': '{\"password\": \"%s${AWS::Region}\"}'}}",
        "{Password: {'Fn::If': [C, x, %s]}}",
        "{Password: {'Fn::Join': ['', [%s, b]]}}",
    };
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++)
        for (int way = 0; way < 4; way++) {
            char old[300], new[300], pairs[2][500];
            snprintf(old, sizeof old, resources[i], "hunter1");
            snprintf(new, sizeof new, resources[i], "hunter2");
            snprintf(pairs[0], sizeof pairs[0], "{Resources: {A: {Type: T, Properties: %s}}}",
                     way == 1 ? "{}" : old);
            snprintf(pairs[1], sizeof pairs[1], "{Resources: {%s: {Type: T, Properties: %s}}}",
                     way == 2 ? "B" : "A", way == 3 ? "[]" : new);
            cfn_template_diff *diff = diff_of(*state, pairs[0], pairs[1]);
            for (int form = CFN_DIFF_TEXT; form <= CFN_DIFF_MARKDOWN; form++) {
                const char *text = cfn_template_diff_render(
                    diff, &(cfn_diff_render_options){.format = (cfn_diff_format)form}, NULL);
                assert_null(strstr(text, "hunter"));
                assert_null(strstr(text, "34567"));
            }
            cfn_template_diff_free(diff);
        }
}

static void assert_diff_shows(void *state, const char *old, const char *new, const char *shown)
{
    char pairs[2][500];
    snprintf(pairs[0], sizeof pairs[0], "{Resources: {A: {Type: T, Properties: %s}}}", old);
    snprintf(pairs[1], sizeof pairs[1], "{Resources: {A: {Type: T, Properties: %s}}}", new);
    cfn_template_diff *diff = diff_of(state, pairs[0], pairs[1]);
    assert_non_null(strstr(cfn_template_diff_render(diff, NULL, NULL), shown));
    cfn_template_diff_free(diff);
}

static void where_a_secret_is_may_be_shown(void **state)
{
    assert_diff_shows(*state, "{Password: {Ref: Old}}", "{Password: {Ref: New}}", "New");
    assert_diff_shows(*state, "{Password: '{{resolve:ssm:/old}}'}",
                      "{Password: {'Fn::Join': ['', ['{{resolve:ssm:', /new, '}}']]}}", "/new");
    assert_diff_shows(*state, "{ManageMasterUserPassword: false}",
                      "{ManageMasterUserPassword: true}", "true");
}

static void values_of_a_parameter_that_is_not_echoed_are_not_shown(void **state)
{
    cfn_template_diff *diff =
        diff_of(*state,
                "{Parameters: {P: {Type: String, NoEcho: 'True', AllowedValues: [hunter1]}}, "
                "Resources: {}}",
                "{Parameters: {P: {Type: String, NoEcho: 'True', AllowedValues: [hunter2]}, Q: "
                "{Type: String, NoEcho: true, AllowedValues: [hunter3]}}, Resources: {}}");
    assert_null(strstr(cfn_template_diff_render(diff, NULL, NULL), "hunter"));
    cfn_template_diff_free(diff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_number_is_the_same_as_a_text),
        TEST(long_numbers_are_told_apart_by_every_digit),
        TEST(a_truth_value_is_the_same_as_its_word),
        TEST(a_text_that_looks_like_a_number_stays_a_text),
        TEST(nothing_is_the_same_as_what_is_not_there),
        TEST(functions_are_the_same_however_they_are_spelled),
        TEST(functions_that_differ_are_one_change),
        TEST(a_branch_of_an_if_is_told_alone),
        TEST(json_in_a_text_is_looked_into),
        TEST(json_with_references_is_looked_into),
        TEST(a_policy_may_be_a_text_or_a_mapping),
        TEST(in_a_policy_one_is_as_good_as_a_list_of_one),
        TEST(depends_on_has_no_order),
        TEST(every_section_is_compared),
        TEST(a_transform_may_stand_alone_or_in_a_list),
        TEST(the_first_template_has_everything_added),
        TEST(an_entry_is_found_by_its_id),
        TEST(steps_lead_to_a_change),
        TEST(keys_that_look_like_paths_are_quoted),
        TEST(a_secret_is_not_shown),
        TEST(secrets_within_larger_values_are_not_shown),
        TEST(where_a_secret_is_may_be_shown),
        TEST(values_of_a_parameter_that_is_not_echoed_are_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
