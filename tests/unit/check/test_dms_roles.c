/* Roles that DMS looks for by their names. */
#include "stack_support.h"

#define ROLE(policy, name)                                                                         \
    "Parameters: {Name: {Type: String}}\n"                                                         \
    "Resources:\n"                                                                                 \
    "  R:\n"                                                                                       \
    "    Type: AWS::IAM::Role\n"                                                                   \
    "    Properties:\n"                                                                            \
    "      AssumeRolePolicyDocument: {}\n"                                                         \
    "      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/" policy "']\n" name
#define VPC  "AmazonDMSVPCManagementRole"
#define LOGS "AmazonDMSCloudWatchLogsRole"

static void a_role_of_the_exact_name_is_good(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(VPC, "      RoleName: dms-vpc-role\n"));
    assert_found(&t->f, "");
}

static void a_suffix_makes_a_role_useless(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(VPC, "      RoleName: dms-vpc-role-prod\n"));
    assert_found(&t->f, "CFN4310 8:17");
    assert_said(&t->f, "it looks for dms-vpc-role");
}

static void so_does_one_that_is_substituted(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(LOGS, "      RoleName: !Sub dms-cloudwatch-logs-role-${Name}\n"));
    assert_found(&t->f, "CFN4310 8:17");
}

static void a_role_without_a_name_gets_another_one(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(LOGS, ""));
    assert_found(&t->f, "CFN4310 7:27");
}

static void a_name_that_is_known_at_deployment_is_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE(VPC, "      RoleName: !Ref Name\n"));
    assert_found(&t->f, "");
}

static void roles_for_other_things_have_any_name(void **state)
{
    stack_fixture *t = *state;
    synth(t, ROLE("AWSLambdaBasicExecutionRole", "      RoleName: dms-vpc-role-prod\n"));
    assert_found(&t->f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_role_of_the_exact_name_is_good),
        STACK_TEST(a_suffix_makes_a_role_useless),
        STACK_TEST(so_does_one_that_is_substituted),
        STACK_TEST(a_role_without_a_name_gets_another_one),
        STACK_TEST(a_name_that_is_known_at_deployment_is_let_through),
        STACK_TEST(roles_for_other_things_have_any_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
