/* Cfngen::SSM::Parameter. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define PARAMETER(rest)                                                                            \
    "Resources:\n  P: {Type: 'Cfngen::SSM::Parameter', Properties: {\n    " rest "}}\n"
#define ARN "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter"

static void a_text_is_a_string(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Value: mysql, Description: Who writes"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/P/Properties",
              "{\"Description\":\"Who writes\",\"Name\":\"p-test-s1\",\"Tags\":{\"Name\":"
              "\"p-test-s1\",\"Environment\":\"test\"},\"Tier\":\"Standard\",\"Type\":\"String\","
              "\"Value\":\"mysql\"}");
}

static void texts_are_a_list_with_commas(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Values: [20, b, c]"));
    assert_at(t, "Resources/P/Properties/Type", "\"StringList\"");
    assert_at(t, "Resources/P/Properties/Value", "\"20,b,c\"");
}

static void texts_that_are_not_known_are_joined_at_deployment(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Values: [a, !Ref 'AWS::Region']"));
    assert_at(t, "Resources/P/Properties/Value",
              "{\"Fn::Join\":[\",\",[\"a\",{\"Ref\":\"AWS::Region\"}]]}");
}

static void an_item_has_no_comma(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Values: ['a,b']"));
    assert_found(&t->f, "CFN4811 3:14");
}

static void there_is_one_value(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Value: a, Values: [b]"));
    assert_found(&t->f, "CFN2019 3:23");
}

static void there_is_a_value(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Description: none"));
    assert_said(&t->f, "a parameter needs a Value, or Values");
}

static void names_are_those_that_systems_manager_takes(void **state)
{
    static const char *const refused[] = {"/aws/x",
                                          "AwsThing",
                                          "ssm-x",
                                          "a/b",
                                          "/a//b",
                                          "/a/",
                                          "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16",
                                          NULL};
    stack_fixture *t = *state;
    for (const char *const *name = refused; *name; name++) {
        char text[200];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, PARAMETER("Value: a, Name: %s"), *name);
        synth(t, text);
        assert_found(&t->f, "CFN4811 3:21");
    }
}

static void a_tier_takes_so_much(void **state)
{
    static const struct {
        const char *rest, *found;
        size_t length;
    } cases[] = {
        {"", "", 4096},
        {"", "CFN4811 3:12", 4097},
        {", Tier: Advanced", "", 8192},
        {", Tier: Advanced", "CFN4811 3:12", 8193},
        {"", "CFN4811 3:12", 0},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char value[8194] = {0}, text[9000];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        memset(value, 'x', cases[i].length);
        snprintf(text, sizeof text, PARAMETER("Value: '%s'%s"), value, cases[i].rest);
        synth(t, text);
        assert_found(&t->f, cases[i].found);
    }
}

static void a_secret_is_not_stored_in_clear_text(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Value: '{{resolve:secretsmanager:login:SecretString:password}}'"));
    assert_found(&t->f, "CFN4812 3:12");
}

static void a_role_reads_this_parameter_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Value: a, Name: /migration/state, GrantReadTo: [worker]"));
    assert_at(t, "Resources/PReadByworker/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"ReadParameter\",\"Effect\":\"Allow\",\"Action\":[\"ssm:GetParameter\","
              "\"ssm:GetParameters\"],\"Resource\":{\"Fn::Sub\":\"" ARN "/migration/state\"}}]");
}

static void a_role_changes_this_parameter_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, PARAMETER("Value: a, GrantWriteTo: [worker]"));
    assert_at(t, "Resources/PWriteByworker/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"WriteParameter\",\"Effect\":\"Allow\",\"Action\":\"ssm:PutParameter\","
              "\"Resource\":{\"Fn::Sub\":\"" ARN "/p-test-s1\"}}]");
}

static void a_name_that_is_not_known_may_have_its_slash(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {N: {Type: String}}\n" PARAMETER(
                 "Value: a, Name: !Ref N, GrantReadTo: [worker]"));
    assert_at(t, "Resources/PReadByworker/Properties/PolicyDocument/Statement/0/Resource",
              "[{\"Fn::Sub\":\"" ARN "${N}\"},{\"Fn::Sub\":\"" ARN "/${N}\"}]");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_ssm_parameter_add(t->stack, "P",
                          &(cfn_ssm_parameter_props){.values = CFN_LIST(cfn_s("a"), cfn_s("b")),
                                                     .tier = cfn_s("Advanced"),
                                                     .grant_read_to = CFN_LIST(cfn_s("worker"))});
    assert_same_as_file(t, PARAMETER("Values: [a, b], Tier: Advanced, GrantReadTo: [worker]"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_text_is_a_string),
        STACK_TEST(texts_are_a_list_with_commas),
        STACK_TEST(texts_that_are_not_known_are_joined_at_deployment),
        STACK_TEST(an_item_has_no_comma),
        STACK_TEST(there_is_one_value),
        STACK_TEST(there_is_a_value),
        STACK_TEST(names_are_those_that_systems_manager_takes),
        STACK_TEST(a_tier_takes_so_much),
        STACK_TEST(a_secret_is_not_stored_in_clear_text),
        STACK_TEST(a_role_reads_this_parameter_alone),
        STACK_TEST(a_role_changes_this_parameter_alone),
        STACK_TEST(a_name_that_is_not_known_may_have_its_slash),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
