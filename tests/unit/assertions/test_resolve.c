/* Values that are worked out for given parameters. */
#include "assertions_support.h"

#define GIVEN(...)                                                                                 \
    (&(cfn_assertions_options){.given = (const cfn_given[]){__VA_ARGS__},                          \
                               .given_count =                                                      \
                                   sizeof((const cfn_given[]){__VA_ARGS__}) / sizeof(cfn_given)})

/* A template whose one output has this value, and what becomes of it. */
static void becomes(fixture *f, const char *value, const char *json)
{
    char yaml[2048], expected[2048];
    snprintf(yaml, sizeof yaml,
             "Parameters:\n"
             "  Name: {Type: String}\n"
             "  Size: {Type: Number, Default: 5}\n"
             "  Zones: {Type: 'List<AWS::EC2::AvailabilityZone::Name>'}\n"
             "  Later: {Type: String}\n"
             "  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /image}\n"
             "Mappings: {M: {a: {x: 1, l: [p, q]}}}\n"
             "Conditions:\n"
             "  Is: !Equals [!Ref Name, a]\n"
             "  Isnt: !Not [!Condition Is]\n"
             "  Maybe: !Equals [!Ref Later, a]\n"
             "  Both: !And [!Condition Maybe, !Condition Isnt]\n"
             "  Either: !Or [!Condition Maybe, !Condition Is]\n"
             "  Circle: !Not [!Condition Circle]\n"
             "  Same: !Equals [!Ref Later, !Ref Later]\n"
             "Outputs: {O: {Value: %s}}\n",
             value);
    snprintf(expected, sizeof expected, "{\"O\":{\"Value\":%s}}", json);
    cfn_assertions *t = assertions_with(
        f, yaml, GIVEN({"Name", "a"}, {"Zones", "z1, z2"}, {"AWS::Region", "eu-west-2"}));
    assert_json(f, cfn_node_get(cfn_assertions_template(t), "Outputs"), expected);
    cfn_assertions_free(t);
}

static void parameters_are_what_is_given_else_their_default(void **state)
{
    becomes(*state, "!Ref Name", "\"a\"");
    becomes(*state, "!Ref Size", "\"5\"");
    becomes(*state, "!Ref Zones", "[\"z1\",\"z2\"]");
    becomes(*state, "!Ref AWS::Region", "\"eu-west-2\"");
}

static void what_is_not_known_stays_a_function(void **state)
{
    becomes(*state, "!Ref Later", "{\"Ref\":\"Later\"}");
    becomes(*state, "!Ref Image", "{\"Ref\":\"Image\"}");
    becomes(*state, "!Ref AWS::AccountId", "{\"Ref\":\"AWS::AccountId\"}");
    becomes(*state, "!Join ['-', [!Ref Name, !Ref Later]]",
            "{\"Fn::Join\":[\"-\",[\"a\",{\"Ref\":\"Later\"}]]}");
    becomes(*state, "!GetAtt A.B", "{\"Fn::GetAtt\":[\"A\",\"B\"]}");
    becomes(*state, "!Base64 x", "{\"Fn::Base64\":\"x\"}");
    becomes(*state, "{Fn::Base64: !Ref Name}", "{\"Fn::Base64\":\"a\"}");
}

static void text_is_put_together(void **state)
{
    becomes(*state, "!Sub '${Name}-${AWS::Region}'", "\"a-eu-west-2\"");
    becomes(*state, "!Sub '${Name}-${Later}-${!Name}'", "{\"Fn::Sub\":\"a-${Later}-${!Name}\"}");
    becomes(*state, "!Sub '${!Name}-${Name}'", "\"${Name}-a\"");
    becomes(*state, "!Sub ['${X}-${Y}', {X: !Ref Name, Y: !GetAtt A.B}]",
            "{\"Fn::Sub\":[\"a-${Y}\",{\"Y\":{\"Fn::GetAtt\":[\"A\",\"B\"]}}]}");
    becomes(*state, "!Sub ['${X}', {X: '${Later}'}]", "\"${Later}\"");
    becomes(*state, "!Sub ['${X}-${Later}', {X: '${Later}'}]",
            "{\"Fn::Sub\":\"${!Later}-${Later}\"}");
    becomes(*state, "!Join ['-', [!Ref Name, !Ref Size]]", "\"a-5\"");
    becomes(*state, "!Join [',', !Ref Zones]", "\"z1,z2\"");
    becomes(*state, "!Split [',', 'a,b']", "[\"a\",\"b\"]");
    becomes(*state, "!Select [1, !Ref Zones]", "\"z2\"");
    becomes(*state, "!Select [2, !Ref Zones]", "{\"Fn::Select\":[2,[\"z1\",\"z2\"]]}");
    becomes(*state, "!Select [0, !Split ['-', !Sub '${Name}-b']]", "\"a\"");
}

static void mappings_are_looked_up(void **state)
{
    becomes(*state, "!FindInMap [M, !Ref Name, x]", "1");
    becomes(*state, "!FindInMap [M, a, l]", "[\"p\",\"q\"]");
    becomes(*state, "!FindInMap [M, !Ref Later, x]",
            "{\"Fn::FindInMap\":[\"M\",{\"Ref\":\"Later\"},\"x\"]}");
    becomes(*state, "!FindInMap [M, a, none]", "{\"Fn::FindInMap\":[\"M\",\"a\",\"none\"]}");
}

static void conditions_decide_where_they_are_known(void **state)
{
    becomes(*state, "!If [Is, 1, 2]", "1");
    becomes(*state, "!If [Isnt, 1, 2]", "2");
    becomes(*state, "!If [Both, 1, 2]", "2");
    becomes(*state, "!If [Either, 1, 2]", "1");
    becomes(*state, "!If [Same, 1, 2]", "1");
    becomes(*state, "!If [Maybe, !Ref Name, 2]", "{\"Fn::If\":[\"Maybe\",\"a\",2]}");
    becomes(*state, "!If [Circle, 1, 2]", "{\"Fn::If\":[\"Circle\",1,2]}");
    becomes(*state, "[1, !If [Isnt, 1, !Ref AWS::NoValue], 2]", "[1,2]");
    becomes(*state, "{a: !If [Isnt, 1, !Ref AWS::NoValue], b: 2}", "{\"b\":2}");
}

static const char conditional[] =
    "Parameters: {Stage: {Type: String, Default: test}}\n"
    "Conditions: {Prod: !Equals [!Ref Stage, prod]}\n"
    "Resources:\n"
    "  A: {Type: AWS::S3::Bucket, Condition: Prod}\n"
    "  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Stage}}\n"
    "Outputs: {O: {Condition: Prod, Value: 1}}\n";

static void what_a_condition_takes_out_is_not_there(void **state)
{
    cfn_assertions *t =
        assertions_with(*state, conditional, &(cfn_assertions_options){.resolve = true});
    assert_holds(cfn_assert_resource_count(t, "AWS::S3::Bucket", 1));
    assert_int_equal(cfn_find_outputs(t, "*", NULL).found_count, 0);
    cfn_assertions_free(t);
    t = assertions_with(*state, conditional, GIVEN({"Stage", "prod"}));
    assert_holds(cfn_assert_resource_count(t, "AWS::S3::Bucket", 2));
    assert_holds(cfn_assert_has_output(t, "O", NULL));
    cfn_assertions_free(t);
    t = assertions_with(*state, conditional, NULL);
    assert_holds(cfn_assert_resource_count(t, "AWS::S3::Bucket", 2));
    cfn_assertions_free(t);
}

static void functions_in_patterns_are_worked_out_too(void **state)
{
    cfn_assertions *t = assertions_with(*state, conditional, GIVEN({"Stage", "prod"}));
    assert_holds(cfn_assert_has_properties(t, "AWS::S3::Bucket", "BucketName: !Ref Stage"));
    assert_holds(cfn_assert_has_properties(t, "AWS::S3::Bucket", "BucketName: prod"));
    assert_holds(
        cfn_assert_has_properties(t, "AWS::S3::Bucket", "BucketName: !Not { Match::Exact: test}"));
    /* a key that goes away in a pattern is one that must not be there */
    assert_fails_with(
        cfn_assert_resource(t, "B", "Properties: {BucketName: !If [Prod, !Ref AWS::NoValue, x]}"),
        "received prod");
    assert_holds(
        cfn_assert_resource(t, "B", "Properties: {Tags: !If [Prod, !Ref AWS::NoValue, x]}"));
    cfn_assertions_free(t);
}

static void a_parameter_that_there_is_not_is_a_mistake(void **state)
{
    cfn_assertions *t = assertions_with(*state, conditional, GIVEN({"Stge", "prod"}));
    assert_broken(
        cfn_assert_resource_count(t, "AWS::S3::Bucket", 1),
        "the template has no parameter Stge, for which a value is given; did you mean Stage?");
    cfn_assertions_free(t);
}

static void a_template_that_grows_without_bound_is_given_up(void **state)
{
    char *yaml = malloc(1 << 20), *p = yaml, list[4097];
    memset(list, ',', sizeof list);
    list[4096] = '\0';
    p += sprintf(p, "Parameters: {L: {Type: CommaDelimitedList}}\nOutputs:\n");
    for (int i = 0; i < 2000; i++)
        p += sprintf(p, "  O%d: {Value: !Ref L}\n", i);
    cfn_assertions *t = assertions_with(*state, yaml, GIVEN({"L", list}));
    assert_broken(cfn_find_outputs(t, "*", NULL), "becomes too large");
    cfn_assertions_free(t);
    free(yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parameters_are_what_is_given_else_their_default),
        TEST(what_is_not_known_stays_a_function),
        TEST(text_is_put_together),
        TEST(mappings_are_looked_up),
        TEST(conditions_decide_where_they_are_known),
        TEST(what_a_condition_takes_out_is_not_there),
        TEST(functions_in_patterns_are_worked_out_too),
        TEST(a_parameter_that_there_is_not_is_a_mistake),
        TEST(a_template_that_grows_without_bound_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
