/* Snapshots, permissions, and test files as programs run them. */
#include "assertions_support.h"
#include "folder.h"

#include <cfngen/test_suite.h>

static const char topic[] =
    "Resources:\n"
    "  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: t, Tags: [{Key: a, Value: b}]}}\n";

static cfn_verdict against(fixture *f, const char *yaml, const char *path, bool update)
{
    cfn_assertions *t =
        assertions_with(f, yaml, &(cfn_assertions_options){.update_snapshots = update});
    cfn_verdict v = cfn_assert_snapshot(t, path);
    static char text[4096]; /* the verdict goes with the template */
    snprintf(text, sizeof text, "%s", v.text);
    v.text = text;
    cfn_assertions_free(t);
    return v;
}

static void a_snapshot_is_written_on_request_and_compared_then(void **state)
{
    static const char *const files[] = {"golden.json", "golden.yaml"};
    for (size_t i = 0; i < 2; i++) {
        assert_fails_with(against(*state, topic, files[i], false), "there is no snapshot golden.");
        assert_holds(against(*state, topic, files[i], true));
        assert_holds(against(*state, topic, files[i], false));
        assert_holds(against(*state,
                             "Resources:\n  Topic: {Properties: {Tags: [{Value: b, Key: a}], "
                             "TopicName: t}, Type: AWS::SNS::Topic}\n",
                             files[i], false));
    }
}

static void a_template_that_differs_is_shown_with_its_differences(void **state)
{
    static const char other[] =
        "Resources:\n"
        "  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: u, FifoTopic: true}}\n";
    assert_holds(against(*state, topic, "golden.json", true));
    cfn_verdict v = against(*state, other, "golden.json", false);
    assert_fails_with(v, "Template is not that of the snapshot golden.json");
    assert_fails_with(v, "[~] AWS::SNS::Topic Topic  replace\n");
    assert_fails_with(v, "[-] t\n");
    assert_fails_with(v, "[+] FifoTopic");
    assert_fails_with(v, "[-] Tags");
    assert_holds(against(*state, other, "golden.json", true));
    assert_holds(against(*state, other, "golden.json", false));
}

/* The diff takes them for equal, as CloudFormation does; a snapshot does not. */
static void a_number_that_became_text_is_shown(void **state)
{
    assert_holds(against(*state, "Outputs: {O: {Value: 10}}\n", "golden.json", true));
    assert_fails_with(against(*state, "Outputs: {O: {Value: '10'}}\n", "golden.json", false),
                      "Expected 10 (a number) but received 10 (a string)");
}

static void a_snapshot_that_is_no_template_is_told(void **state)
{
    put_file("golden.json", "{");
    assert_broken(against(*state, topic, "golden.json", false), "golden.json:1:");
    assert_broken(against(*state, topic, "no/such/golden.json", true), "CFN0003");
}

static const char roles[] =
    "Parameters: {Other: {Type: String}}\n"
    "Resources:\n"
    "  Key: {Type: AWS::KMS::Key}\n"
    "  Role:\n"
    "    Type: AWS::IAM::Role\n"
    "    Properties:\n"
    "      AssumeRolePolicyDocument:\n"
    "        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "
    "'sts:AssumeRole'}]\n"
    "      Policies:\n"
    "        - PolicyName: p\n"
    "          PolicyDocument:\n"
    "            Statement:\n"
    "              - {Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt Key.Arn}\n"
    "              - {Effect: Allow, Action: 's3:Get*', Resource: 'arn:aws:s3:::data/*'}\n"
    "              - {Effect: Allow, Action: 'sns:Publish', Resource: !Ref Other}\n"
    "              - {Effect: Deny, Action: 's3:GetObjectAcl', Resource: '*'}\n";

static void a_role_may_what_a_statement_allows(void **state)
{
    cfn_assertions *t = assertions_with(*state, roles, NULL);
    assert_holds(cfn_assert_may(t, "Role", "kms:Decrypt", "${Key.Arn}"));
    assert_holds(cfn_assert_may(t, "Role", "s3:GetObject", "arn:aws:s3:::data/a"));
    assert_holds(cfn_assert_may_not(t, "Role", "s3:GetObject", "arn:aws:s3:::other/a"));
    assert_holds(cfn_assert_may_not(t, "Role", "s3:GetObjectAcl", "arn:aws:s3:::data/a"));
    assert_holds(cfn_assert_may_not(t, "Role", "kms:Encrypt", NULL));
    assert_holds(
        cfn_assert_permission(t,
                              &(cfn_permission){.holder = "Role",
                                                .principal = "Service:lambda.amazonaws.com",
                                                .action = "sts:AssumeRole"},
                              true));
    assert_holds(cfn_assert_permission(t,
                                       &(cfn_permission){.holder = "Role",
                                                         .principal = "Service:ec2.amazonaws.com",
                                                         .action = "sts:AssumeRole"},
                                       false));
    cfn_assertions_free(t);
}

static void a_wrong_claim_is_answered_with_the_statement(void **state)
{
    cfn_assertions *t = assertions_with(*state, roles, NULL);
    assert_fails(cfn_assert_may_not(t, "Role", "kms:Decrypt", "${Key.Arn}"),
                 "Expected that Role may not kms:Decrypt on ${Key.Arn}, but it may:\n"
                 "   a statement of Role (in:13) allows it\n");
    assert_fails(cfn_assert_may(t, "Role", "s3:GetObjectAcl", "arn:aws:s3:::data/a"),
                 "Expected that Role may s3:GetObjectAcl on arn:aws:s3:::data/a, but it may not:\n"
                 "   a statement of Role (in:16) denies it\n");
    assert_fails(cfn_assert_may(t, "Role", "kms:Encrypt", NULL),
                 "Expected that Role may kms:Encrypt on anything, but it may not:\n"
                 "   no statement of the template speaks of it\n");
    assert_fails_with(cfn_assert_may_not(t, "Role", "sns:Publish", "arn:aws:sns:::a"),
                      "but that depends on what is not in the template:\n"
                      "   a statement of Role (in:15) decides it\n");
    assert_broken(cfn_assert_may_not(t, "Rol", "kms:Decrypt", NULL),
                  "Template has no resource Rol; did you mean Role?");
    assert_broken(cfn_assert_may_not(t, "Role", "Decrypt", NULL),
                  "Decrypt is no action; they are written s3:GetObject");
    cfn_assertions_free(t);
}

static cfn_suite *suite_of(fixture *f, const char *text)
{
    cfn_suite *suite = cfn_suite_read_text(f->diagnostics, "some/where.yaml", text, strlen(text));
    if (!suite)
        print_error("%s", cfn_diagnostics_text(f->diagnostics, false));
    assert_non_null(suite);
    return suite;
}

static void a_test_file_is_run_by_a_program(void **state)
{
    fixture *f = *state;
    cfn_suite *suite = suite_of(f, "template: stack.yaml\nenvironment: prod\nsuffix: v1\n"
                                   "tests:\n"
                                   "  - name: one\n"
                                   "    has: {type: AWS::SNS::Topic, properties: {TopicName: t}}\n"
                                   "  - name: two\n"
                                   "    has: {type: AWS::SNS::Topic, properties: {TopicName: u}}\n"
                                   "    none: {type: AWS::SNS::Topic}\n");
    const cfn_node *root = read_yaml(f, topic);
    assert_string_equal(cfn_suite_get_subject(suite)->path, "some/stack.yaml");
    assert_string_equal(cfn_suite_get_subject(suite)->suffix, "v1");
    assert_null(cfn_suite_get_subject(suite)->region);
    assert_int_equal(cfn_suite_size(suite), 2);
    assert_string_equal(cfn_suite_name_at(suite, 1), "two");
    assert_string_equal(cfn_suite_name_at(suite, 2), "");
    assert_int_equal(cfn_suite_mark_at(suite, 1).line, 7);
    assert_holds(cfn_suite_run(suite, 0, root, false));
    cfn_verdict v = cfn_suite_run(suite, 1, root, false);
    assert_fails_with(v, "some/where.yaml:8: has\nTemplate has 1 resources");
    assert_fails_with(v, "\n\nsome/where.yaml:9: none\n");
    assert_broken(cfn_suite_run(suite, 0, NULL, false), "there is no template");
    assert_broken(cfn_suite_run(suite, 2, root, false), "there is no such test");
    cfn_suite_free(suite);
}

static void the_parameters_of_a_test_win(void **state)
{
    fixture *f = *state;
    const cfn_node *root =
        read_yaml(f, "Parameters: {A: {Type: Number}, B: {Type: CommaDelimitedList}}\n"
                     "Outputs: {O: {Value: !Ref A}, P: {Value: !Ref B}}\n");
    cfn_suite *suite = suite_of(
        f, "template: t\nparameters: {A: 1, B: [x, y]}\nloose: true\n"
           "tests:\n"
           "  - name: one\n"
           "    has: {output: O, matches: {Value: 1}}\n"
           "  - name: two\n"
           "    parameters: {A: 2}\n"
           "    has:\n"
           "      - {output: O, matches: {Value: 2}}\n"
           "      - {output: P, matches: {Value: [x, y]}}\n"
           "  - name: three\n"
           "    has: {output: '*', matches: {Value: !Capture [v, 1]}, captured: {v: [1]}}\n");
    for (size_t i = 0; i < 3; i++)
        assert_holds(cfn_suite_run(suite, i, root, false));
    cfn_suite_free(suite);
}

static void a_test_file_may_be_json(void **state)
{
    fixture *f = *state;
    cfn_suite *suite = suite_of(
        f, "{\"template\": \"t\", \"tests\": [{\"name\": \"one\", \"has\": {\"type\": "
           "\"AWS::SNS::Topic\", \"properties\": {\"TopicName\": {\"Match::Regex\": \"^t$\"}, "
           "\"FifoTopic\": {\"Match::Absent\": true}}}}]}");
    assert_holds(cfn_suite_run(suite, 0, read_yaml(f, topic), false));
    cfn_suite_free(suite);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_snapshot_is_written_on_request_and_compared_then),
        FOLDER_TEST(a_template_that_differs_is_shown_with_its_differences),
        FOLDER_TEST(a_number_that_became_text_is_shown),
        FOLDER_TEST(a_snapshot_that_is_no_template_is_told),
        TEST(a_role_may_what_a_statement_allows),
        TEST(a_wrong_claim_is_answered_with_the_statement),
        TEST(a_test_file_is_run_by_a_program),
        TEST(the_parameters_of_a_test_win),
        TEST(a_test_file_may_be_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
