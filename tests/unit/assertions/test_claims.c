/* Claims about the entries of a template: what holds, what does not, and what cannot be decided. */
#include "assertions_support.h"

static const char queues[] = "Parameters:\n"
                             "  Size: {Type: String}\n"
                             "Mappings:\n"
                             "  Sizes: {a: {b: 1}}\n"
                             "Conditions:\n"
                             "  Big: !Equals [!Ref Size, big]\n"
                             "Resources:\n"
                             "  One: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 1}}\n"
                             "  Two: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 2}}\n"
                             "  Bare: {Type: AWS::SQS::Queue, DependsOn: One}\n"
                             "  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}\n"
                             "Outputs:\n"
                             "  OneUrl: {Value: !Ref One, Export: {Name: one}}\n"
                             "  TwoUrl: {Value: !Ref Two}\n";
#define QUEUE "AWS::SQS::Queue"

static void resources_are_counted(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_holds(cfn_assert_resource_count(t, QUEUE, 3));
    assert_holds(cfn_assert_resource_count(t, "AWS::S3::Bucket", 0));
    assert_fails(cfn_assert_resource_count(t, QUEUE, 2),
                 "Expected 2 resources of type AWS::SQS::Queue but found 3\n"
                 "   One (in:8)\n   Two (in:9)\n   Bare (in:10)\n");
    assert_holds(cfn_assert_properties_count(t, QUEUE, "DelaySeconds: !Any ", 2));
    assert_fails_with(cfn_assert_properties_count(t, QUEUE, "DelaySeconds: 1", 2),
                      "Expected 2 resources of type AWS::SQS::Queue but found 1\n");
    cfn_assertions_free(t);
}

static void one_that_matches_is_enough(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_holds(cfn_assert_has_properties(t, QUEUE, "DelaySeconds: 2"));
    assert_holds(cfn_assert_has_resource(t, QUEUE, "DependsOn: One"));
    assert_holds(cfn_assert_has_properties(t, QUEUE, NULL));
    assert_fails(cfn_assert_has_properties(t, QUEUE, "DelaySeconds: 3"),
                 "Template has 3 resources with type AWS::SQS::Queue, but none match as expected.\n"
                 "The 3 closest matches:\n"
                 "\nOne (in:8) ::\n"
                 "   {\n"
                 "     \"Type\": \"AWS::SQS::Queue\",\n"
                 "     \"Properties\": {\n"
                 "       \"DelaySeconds\": 1\n"
                 "!!       Expected 3 but received 1\n"
                 "     }\n"
                 "   }\n"
                 "\nTwo (in:9) ::\n"
                 "   {\n"
                 "     \"Type\": \"AWS::SQS::Queue\",\n"
                 "     \"Properties\": {\n"
                 "       \"DelaySeconds\": 2\n"
                 "!!       Expected 3 but received 2\n"
                 "     }\n"
                 "   }\n"
                 "\nBare (in:10) ::\n"
                 "   {\n"
                 "!!   Missing key 'DelaySeconds'\n"
                 "     \"Type\": \"AWS::SQS::Queue\",\n"
                 "     \"DependsOn\": \"One\"\n"
                 "   }\n");
    cfn_assertions_free(t);
}

static void a_resource_without_properties_lacks_each_of_them(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_holds(cfn_assert_properties_count(t, QUEUE, "DelaySeconds: !Absent ", 1));
    cfn_assertions_free(t);
}

static void all_need_one_and_each_matches(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_holds(cfn_assert_all_properties(t, QUEUE, "FifoQueue: !Absent "));
    assert_holds(cfn_assert_all_resources(t, "AWS::SNS::Topic", "Properties: {TopicName: t}"));
    assert_fails_with(cfn_assert_all_properties(t, QUEUE, "DelaySeconds: 1"),
                      "Template has 3 resources with type AWS::SQS::Queue, but only 1 match as "
                      "expected.\nThe 2 closest of those that do not match:\n");
    assert_fails(cfn_assert_all_properties(t, "AWS::S3::Bucket", "BucketName: a"),
                 "Template has 0 resources with type AWS::S3::Bucket.\n");
    cfn_assertions_free(t);
}

static void none_may_match(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_holds(cfn_assert_no_properties(t, QUEUE, "DelaySeconds: 3"));
    assert_holds(cfn_assert_no_resource(t, "AWS::S3::Bucket", NULL));
    assert_fails(cfn_assert_no_resource(t, QUEUE, "DependsOn: !Any "),
                 "Template has 3 resources with type AWS::SQS::Queue, and 1 match, although none "
                 "should:\n   Bare (in:10)\n");
    cfn_assertions_free(t);
}

static void other_sections_are_asked_by_id(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_holds(cfn_assert_has_output(t, "OneUrl", "Value: !Ref One"));
    assert_holds(cfn_assert_has_output(t, "*", "Export: {Name: one}"));
    assert_holds(cfn_assert_has_parameter(t, "Size", "Type: String"));
    assert_holds(cfn_assert_has_mapping(t, "*", "{a: {b: 1}}"));
    assert_holds(cfn_assert_has_condition(t, "Big", "!Equals [!Ref Size, big]"));
    assert_holds(cfn_assert_resource(t, "Topic", "Type: AWS::SNS::Topic"));
    assert_fails_with(cfn_assert_has_output(t, "OneUrl", "Value: x"),
                      "Template has 1 outputs named OneUrl, but none match as expected.\n");
    assert_fails_with(cfn_assert_has_output(t, "*", "Value: x"),
                      "Template has 2 outputs, but none match as expected.\n");
    assert_fails(cfn_assert_has_output(t, "OneUri", "Value: x"),
                 "Template has 0 outputs named OneUri; did you mean OneUrl?\n");
    assert_fails(cfn_assert_has_parameter(t, "Foo", NULL),
                 "Template has 0 parameters named Foo.\n");
    cfn_assertions_free(t);
}

static void found_entries_are_handed_out(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    cfn_verdict v = cfn_find_resources(t, QUEUE, "Properties: {DelaySeconds: !Any }");
    assert_holds(v);
    assert_int_equal(v.found_count, 2);
    assert_string_equal(cfn_node_key(v.found[0]), "One");
    assert_int_equal(cfn_find_outputs(t, "*", NULL).found_count, 2);
    assert_int_equal(cfn_find_outputs(t, "Nothing", NULL).found_count, 0);
    assert_int_equal(cfn_find_parameters(t, "*", "Type: Number").found_count, 0);
    assert_int_equal(cfn_find_mappings(t, "Sizes", NULL).found_count, 1);
    assert_int_equal(cfn_find_conditions(t, "*", NULL).found_count, 1);
    cfn_assertions_free(t);
}

/* Where nothing is expected, a slip of the pen would hold. */
static void a_misspelt_type_decides_nothing(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_broken(cfn_assert_no_resource(t, "AWS::SQS::Queu", NULL),
                  "did you mean AWS::SQS::Queue?");
    assert_broken(cfn_assert_resource_count(t, "AWS::S3::Bukcet", 0), "AWS::S3::Bucket?");
    assert_fails_with(cfn_assert_has_resource(t, "AWS::SQS::Queu", NULL),
                      "Template has 0 resources with type AWS::SQS::Queu; did you mean");
    assert_holds(cfn_assert_no_resource(t, "Foo::Bar::Baz", NULL));
    cfn_assertions_free(t);
}

static void a_misspelt_property_decides_nothing(void **state)
{
    cfn_assertions *t = assertions_with(
        *state,
        "Resources:\n"
        "  Db: {Type: AWS::RDS::DBInstance, Properties: {PubliclyAccessible: true}}\n"
        "  Fn: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [a]}}}\n"
        "  Own: {Type: Custom::Thing, Properties: {Name: a}}\n",
        NULL);
    assert_broken(cfn_assert_no_properties(t, "AWS::RDS::DBInstance", "PubliclyAccesible: true"),
                  "AWS::RDS::DBInstance has no property PubliclyAccesible; did you mean "
                  "PubliclyAccessible?");
    assert_broken(
        cfn_assert_has_properties(t, "AWS::RDS::DBInstance", "PubliclyAccesible: !Absent "),
        "has no property PubliclyAccesible");
    assert_broken(cfn_assert_has_resource(t, "AWS::Lambda::Function",
                                          "Properties: {VpcConfig: {SubnetIdes: !Absent }}"),
                  "has no property SubnetIdes; did you mean SubnetIds?");
    assert_broken(cfn_assert_properties_count(t, "AWS::Lambda::Function",
                                              "VpcConfig: !ObjectEquals {SubnetIdes: [a]}", 0),
                  "has no property SubnetIdes");
    assert_holds(cfn_assert_no_properties(t, "AWS::RDS::DBInstance", "SomethingElse: true"));
    assert_holds(cfn_assert_no_properties(t, "Custom::Thing", "Nam: a"));
    assert_fails_with(
        cfn_assert_has_properties(t, "AWS::RDS::DBInstance", "PubliclyAccesible: true"),
        "Missing key 'PubliclyAccesible'; did you mean PubliclyAccessible?");
    cfn_assertions_free(t);
}

static void a_malformed_pattern_decides_nothing(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    const struct {
        const char *pattern, *said;
    } rows[] = {
        {"A: !Anny ", "pattern:1:4: error CFN0202: there is no tag \"!Anny\""},
        {"A: [", "CFN0201"},
        {"A: 1\nA: 2", "pattern:2:1: error CFN0010"},
        {"", "CFN0007"},
        {"A: !Regex '('", "pattern:1:4: error CFN6302"},
        {"!Absent ", "pattern:1:1: error CFN6301: !Absent can only stand for the value of a key"},
        {"A: !ArrayWith a", "CFN0210: !ArrayWith takes a list, not text"},
        {"A: {Match::ArrayWith: a}", "CFN6301: !ArrayWith takes a list, not a string"},
        {"A: {Match::Any: 1, B: 2}", "CFN6301: Match::Any stands among other keys"},
        {"A: !Not !Any", "CFN0201: a value takes one tag only"},
        {"{A: !Any}", "CFN0201"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_broken(cfn_assert_no_properties(t, QUEUE, rows[i].pattern), rows[i].said);
        assert_broken(cfn_assert_has_properties(t, QUEUE, rows[i].pattern), rows[i].said);
    }
    cfn_assertions_free(t);
}

static void remarks_of_the_reader_go_with_a_failure(void **state)
{
    cfn_assertions *t = assertions_with(*state, queues, NULL);
    assert_fails_with(cfn_assert_has_properties(t, QUEUE, "DelaySeconds: no"),
                      "CFN0208: no without quotes is the boolean false");
    assert_holds(cfn_assert_has_properties(t, QUEUE, "DelaySeconds: !Not no"));
    cfn_assertions_free(t);
}

static void without_a_template_nothing_holds(void **state)
{
    (void)state;
    cfn_assertions *t = cfn_assertions_new(NULL, NULL);
    assert_broken(cfn_assert_resource_count(t, QUEUE, 0), "there is no template");
    assert_broken(cfn_assert_template(t, "{}"), "there is no template");
    assert_broken(cfn_assert_may_not(t, "A", "s3:GetObject", NULL), "there is no template");
    assert_broken(cfn_assert_snapshot(t, "x.json"), "there is no template");
    cfn_assertions_free(t);
    t = cfn_assertions_read("there/is/none.yaml", NULL);
    assert_broken(cfn_find_resources(t, QUEUE, NULL), "there/is/none.yaml: error CFN0002");
    cfn_assertions_free(t);
    assert_broken(cfn_assert_resource_count(NULL, QUEUE, 0), "memory is out");
    cfn_assertions_free(NULL);
}

static void a_comparison_that_would_take_for_ever_is_given_up(void **state)
{
    fixture *f = *state;
    char *yaml = malloc(1 << 20), *p = yaml, *pattern = malloc(1 << 20), *q = pattern;
    p += sprintf(p, "Resources:\n  A:\n    Type: T\n    Properties:\n      L: [");
    q += sprintf(q, "L: !Not { Match::ArrayWithUnordered: [");
    for (int i = 0; i < 20000; i++)
        p += sprintf(p, "%s{a: {b: %d}}", i ? "," : "", i);
    for (int i = 0; i < 190; i++)
        q += sprintf(q, "%s{a: {b: !ArrayWith [x, y]}}", i ? "," : "");
    sprintf(p, "]\n");
    sprintf(q, "]}\n");
    cfn_assertions *t = assertions_with(f, yaml, NULL);
    assert_broken(cfn_assert_has_properties(t, "T", pattern),
                  "!ArrayWithUnordered compares too many");
    q = pattern + sprintf(pattern, "L: !Not { Match::ArrayWith: [");
    for (int i = 0; i < 20000; i++)
        q += sprintf(q, "%s{a: {c: 1}}", i ? "," : "");
    sprintf(q, "]}\n");
    assert_broken(cfn_assert_has_properties(t, "T", pattern), "takes too long to compare");
    cfn_assertions_free(t);
    free(yaml);
    free(pattern);
}

static void an_expression_that_would_take_for_ever_decides_nothing(void **state)
{
    cfn_assertions *t = assertions_with(
        *state,
        "Resources:\n  A: {Type: T, Properties: {N: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab}}\n",
        NULL);
    assert_broken(cfn_assert_has_properties(t, "T", "N: {Match::Not: !Regex '^(a|aa)+$'}"),
                  "takes too long");
    cfn_assertions_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resources_are_counted),
        TEST(one_that_matches_is_enough),
        TEST(a_resource_without_properties_lacks_each_of_them),
        TEST(all_need_one_and_each_matches),
        TEST(none_may_match),
        TEST(other_sections_are_asked_by_id),
        TEST(found_entries_are_handed_out),
        TEST(a_misspelt_type_decides_nothing),
        TEST(a_misspelt_property_decides_nothing),
        TEST(a_malformed_pattern_decides_nothing),
        TEST(remarks_of_the_reader_go_with_a_failure),
        TEST(without_a_template_nothing_holds),
        TEST(a_comparison_that_would_take_for_ever_is_given_up),
        TEST(an_expression_that_would_take_for_ever_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
