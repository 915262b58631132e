/* Cfngen::IAM::Role. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define ROLE(properties)                                                                           \
    "Resources:\n  R: {Type: 'Cfngen::IAM::Role', Properties: {" properties "}}\n"
#define WORKER "AssumedBy: [lambda.amazonaws.com]"

static void a_service_may_assume_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER));
    assert_at(t, "Resources/R/Properties/AssumeRolePolicyDocument",
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"AssumedBy\",\"Effect\":"
              "\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":"
              "\"sts:AssumeRole\"}]}");
    assert_at(t, "Resources/R/Properties/RoleName", "\"r-test-s1\"");
    assert_nothing_at(t, "Resources/R/Properties/Policies");
}

static void a_condition_bounds_who_assumes_it(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ", AssumedByCondition: {StringEquals: {'aws:SourceAccount': '1'}}"));
    assert_at(t, "Resources/R/Properties/AssumeRolePolicyDocument/Statement/0/Condition",
              "{\"StringEquals\":{\"aws:SourceAccount\":\"1\"}}");
}

static void a_role_that_nobody_may_assume_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE("Description: nobody"));
    assert_found(&t->f, "CFN2019 2:3");
}

static void an_account_is_not_a_service(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE("AssumedBy: ['111122223333']"));
    assert_found(&t->f, "CFN2024 2:59");
}

static void its_statements_are_there_from_the_first_moment(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER
                  ", Statements: [{Action: ['sqs:SendMessage'], Resource: [!GetAtt Q.Arn], "
                  "Condition: {Bool: {'aws:SecureTransport': 'true'}}}]") "  Q: {Type: "
                                                                          "'AWS::SQS::Queue'}\n");
    assert_at(t, "Resources/R/Properties/Policies",
              "[{\"PolicyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":"
              "\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":{\"Fn::GetAtt\":[\"Q\","
              "\"Arn\"]},\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}]},"
              "\"PolicyName\":\"r-policy-test-s1\"}]");
}

static void all_actions_of_a_service_are_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          ROLE(WORKER ",\n    Statements: [{Action: ['s3:*'], Resource: ['arn:aws:s3:::b/*']}]"));
    assert_found(&t->f, "CFN4431 3:28");
}

static void every_action_there_is_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ",\n    Statements: [{Action: ['*'], Resource: ['arn:aws:s3:::b/*']}]"));
    assert_found(&t->f, "CFN4431 3:28");
}

static void every_secret_of_the_account_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ",\n    Statements: [{Action: ['secretsmanager:GetSecretValue'], "
                         "Resource: ['*']}]"));
    assert_found(&t->f, "CFN4431 3:28");
}

static void what_names_no_resource_may_be_allowed_on_all(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ", Statements: [{Action: ['secretsmanager:ListSecrets', "
                         "'ec2:DescribeSubnets'], Resource: ['*']}]"));
    assert_found(&t->f, "");
}

static void everything_may_be_forbidden(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ", Statements: [{Effect: Deny, Action: ['s3:*'], Resource: ['*']}]"));
    assert_found(&t->f, "");
}

static void the_name_of_a_managed_policy_is_one_of_aws(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ", ManagedPolicies: [service-role/AWSLambdaVPCAccessExecutionRole, "
                         "'arn:aws:iam::111122223333:policy/own']"));
    assert_at(t, "Resources/R/Properties/ManagedPolicyArns",
              "[{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::aws:policy/service-role/"
              "AWSLambdaVPCAccessExecutionRole\"},\"arn:aws:iam::111122223333:policy/own\"]");
}

static void a_managed_policy_for_everything_is_doubted(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(WORKER ",\n    ManagedPolicies: [AmazonS3FullAccess]"));
    assert_found(&t->f, "CFN4432 3:23");
}

static void its_name_is_what_grants_take(void **state)
{
    stack_fixture *t = *state;
    cfn_iam_role role = cfn_iam_role_add(
        t->stack, "R",
        &(cfn_iam_role_props){.assumed_by = CFN_LIST(cfn_s("lambda.amazonaws.com"))});
    cfn_kms_key key = cfn_kms_key_add(t->stack, "Key", NULL);
    cfn_logs_log_group_add(
        t->stack, "Logs",
        &(cfn_logs_log_group_props){.encryption_key = key,
                                    .grant_write_to = CFN_LIST(cfn_iam_role_name(role))});
    t->template = cfn_stack_synth(t->stack);
    assert_at(t, "Resources/LogsWriteByR/Properties/Roles", "[{\"Ref\":\"R\"}]");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_iam_role_add(t->stack, "R",
                     &(cfn_iam_role_props){
                         .assumed_by = CFN_LIST(cfn_s("lambda.amazonaws.com")),
                         .statements = CFN_STATEMENTS({.sid = cfn_s("Send"),
                                                       .action = CFN_LIST(cfn_s("sqs:SendMessage")),
                                                       .resource = CFN_LIST(cfn_ref("QueueArn"))}),
                         .permissions_boundary = cfn_ref("QueueArn"),
                         .max_session_duration = cfn_i(7200)});
    cfn_parameter_add(t->stack, "QueueArn", NULL);
    assert_same_as_file(
        t, "Parameters: {QueueArn: {Type: String}}\n"
           "Resources:\n"
           "  R:\n    Type: Cfngen::IAM::Role\n    Properties:\n"
           "      AssumedBy: [lambda.amazonaws.com]\n"
           "      Statements: [{Sid: Send, Action: ['sqs:SendMessage'], Resource: [!Ref "
           "QueueArn]}]\n"
           "      PermissionsBoundary: !Ref QueueArn\n      MaxSessionDuration: 7200\n"
           "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_service_may_assume_it),
        STACK_TEST(a_condition_bounds_who_assumes_it),
        STACK_TEST(a_role_that_nobody_may_assume_is_refused),
        STACK_TEST(an_account_is_not_a_service),
        STACK_TEST(its_statements_are_there_from_the_first_moment),
        STACK_TEST(all_actions_of_a_service_are_refused),
        STACK_TEST(every_action_there_is_is_refused),
        STACK_TEST(every_secret_of_the_account_is_refused),
        STACK_TEST(what_names_no_resource_may_be_allowed_on_all),
        STACK_TEST(everything_may_be_forbidden),
        STACK_TEST(the_name_of_a_managed_policy_is_one_of_aws),
        STACK_TEST(a_managed_policy_for_everything_is_doubted),
        STACK_TEST(its_name_is_what_grants_take),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
