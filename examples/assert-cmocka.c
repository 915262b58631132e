/* Tests of a stack with cmocka: link with -lcfngen -lcmocka. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cfngen/assertions_cmocka.h>
#include <cfngen/cfngen.h>

typedef struct fixture {
    cfn_stack *stack;
    cfn_assertions *t;
} fixture;

static void add_all(cfn_stack *stack)
{
    cfn_parameter_add(stack, "Email", &(cfn_parameter_props){.type = "String"});
    cfn_kms_key key =
        cfn_kms_key_add(stack, "Key", &(cfn_kms_key_props){.description = cfn_s("Alarms")});
    cfn_sns_topic_add(
        stack, "Alarms",
        &(cfn_sns_topic_props){.encryption_key = key,
                               .subscriptions = CFN_SUBSCRIPTIONS(
                                   {.protocol = cfn_s("email"), .endpoint = cfn_ref("Email")})});
}

static int set_up(void **state)
{
    static fixture f;
    f.stack = cfn_stack_new(&(cfn_stack_options){.environment = "prod", .suffix = "v1"});
    if (!f.stack)
        return -1;
    add_all(f.stack);
    if (!cfn_stack_synth(f.stack))
        print_error("%s", cfn_diagnostics_text(cfn_stack_diagnostics(f.stack), false));
    f.t = cfn_assertions_new(cfn_stack_synth(f.stack), CFN_CMOCKA_OPTIONS);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    cfn_assertions_free(f->t);
    cfn_stack_free(f->stack);
    return 0;
}

static void the_topic_is_named_for_its_environment(void **state)
{
    fixture *f = *state;
    assert_holds(cfn_assert_has_properties(f->t, "AWS::SNS::Topic", "TopicName: !Regex -prod-v1$"));
}

static void the_parameter_says_who_is_told(void **state)
{
    fixture *f = *state;
    assert_holds(cfn_assert_all_properties(f->t, "AWS::SNS::Subscription",
                                           "{Protocol: email, Endpoint: !Ref Email}"));
}

static void the_team_is_told_when_it_is_given(void **state)
{
    fixture *f = *state;
    const cfn_given team = {"Email", "team@example.com"};
    cfn_assertions *t = cfn_assertions_new(
        cfn_stack_synth(f->stack), &(cfn_assertions_options){.given = &team, .given_count = 1});
    assert_holds(
        cfn_assert_has_properties(t, "AWS::SNS::Subscription", "Endpoint: team@example.com"));
    cfn_assertions_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_topic_is_named_for_its_environment),
        cmocka_unit_test(the_parameter_says_who_is_told),
        cmocka_unit_test(the_team_is_told_when_it_is_given),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
