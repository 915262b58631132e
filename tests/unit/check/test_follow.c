/* How far values are followed: what functions give, and where nothing is known. */
#include "check_support.h"

#define CHOICE "{\"type\":\"string\",\"enum\":[\"good\"]}"

/* The value of P in a template with these sections before its resources. */
static void check_after(fixture *f, const char *region, const char *sections, const char *value)
{
    const cfn_schema *facts =
        facts_about(f, "{\"typeName\":\"A::B::C\",\"properties\":{\"P\":" CHOICE
                       ",\"N\":{\"type\":\"integer\"},"
                       "\"L\":{\"type\":\"array\",\"items\":" CHOICE "}}}");
    forget(f);
    check_with(f,
               cfn__format(f->arena, "%s\nResources: {A: {Type: 'A::B::C', Properties: {%s}}}\n",
                           sections, value),
               &(cfn_check_options){.schema = facts, .region = region});
}

static void a_parameter_is_followed_to_its_default(void **state)
{
    fixture *f = *state;
    check_after(f, NULL, "Parameters: {V: {Type: String, Default: bad}}", "P: !Ref V");
    assert_ids(f, "CFN3118");
    assert_said(f, "the parameter V lets this in: P cannot be bad");
    check_after(f, NULL, "Parameters: {V: {Type: String, Default: good}}", "P: !Ref V");
    assert_ids(f, "");
}

static void a_parameter_is_followed_to_each_allowed_value(void **state)
{
    check_after(*state, NULL, "Parameters: {V: {Type: String, AllowedValues: [good, bad]}}",
                "P: !Ref V");
    assert_ids(*state, "CFN3118");
}

static void of_several_values_that_are_wrong_one_is_told(void **state)
{
    check_after(*state, NULL, "Parameters: {V: {Type: String, AllowedValues: [bad, worse]}}",
                "P: !Ref V");
    assert_ids(*state, "CFN3118");
}

static void a_parameter_without_values_is_not_known(void **state)
{
    check_after(*state, NULL, "Parameters: {V: {Type: String}}", "P: !Ref V");
    assert_ids(*state, "");
}

static void a_number_is_followed_to_its_limits(void **state)
{
    check_after(*state, NULL, "Parameters: {V: {Type: Number, MaxValue: 1.5}}", "N: !Ref V");
    assert_ids(*state, "CFN3118");
}

static void a_parameter_of_the_parameter_store_is_not_known(void **state)
{
    check_after(*state, NULL,
                "Parameters: {V: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}}",
                "P: !Ref V");
    assert_ids(*state, "");
}

static void each_item_of_a_list_parameter_is_looked_at(void **state)
{
    check_after(*state, NULL, "Parameters: {V: {Type: CommaDelimitedList, Default: 'good, bad'}}",
                "L: !Ref V");
    assert_ids(*state, "CFN3118");
    assert_said(*state, "the parameter V lets this in: L cannot be bad");
}

static void a_value_that_a_condition_excludes_is_not_told(void **state)
{
    const char *sections = "Parameters: {V: {Type: String, Default: ''}}\n"
                           "Conditions: {HasV: !Not [!Equals [!Ref V, '']]}";
    check_after(*state, NULL, sections, "P: !If [HasV, !Ref V, !Ref 'AWS::NoValue']");
    assert_ids(*state, "");
    check_after(*state, NULL, sections, "P: !If [HasV, !Ref 'AWS::NoValue', !Ref V]");
    assert_ids(*state, "CFN3118");
}

static void an_empty_list_that_a_condition_excludes_is_not_told(void **state)
{
    const char *sections = "Parameters: {V: {Type: CommaDelimitedList, Default: ''}}\n"
                           "Conditions: {HasV: !Not [!Equals [!Join ['', !Ref V], '']]}";
    check_after(*state, NULL, sections, "L: !If [HasV, !Ref V, !Ref 'AWS::NoValue']");
    assert_ids(*state, "");
    check_after(*state, NULL, sections, "L: !Ref V");
    assert_ids(*state, "CFN3118");
}

/* Both questions are about V, and about an empty text. */
static void a_condition_may_have_the_name_of_a_parameter(void **state)
{
    check_after(
        *state, NULL,
        "Parameters: {V: {Type: String, Default: ''}, W: {Type: String}, X: {Type: String}}\n"
        "Conditions: {V: !Equals [!Ref W, x], C: !Equals [!Ref X, y]}",
        "L: !If [C, [!Ref V, !If [V, good, bad]], []]");
    assert_ids(*state, "CFN3118 CFN3106");
}

static void the_region_is_followed_when_it_is_known(void **state)
{
    const char *template = "Resources:\n"
                           "  A:\n"
                           "    Type: AWS::S3::Bucket\n"
                           "    Properties: {BucketName: !Sub 'My-${AWS::Region}'}\n";
    check(*state, template);
    assert_ids(*state, "");
    check_in(*state, "eu-west-1", template);
    assert_ids(*state, "CFN3107");
    assert_said(*state, "My-eu-west-1 does not match");
}

static void a_mapping_is_followed(void **state)
{
    const char *sections = "Mappings: {M: {a: {K: bad}, b: {K: good}}}";
    check_after(*state, NULL, sections, "P: !FindInMap [M, a, K]");
    assert_ids(*state, "CFN3106");
    assert_said(*state, "P cannot be bad");
    check_after(*state, NULL, sections, "P: !FindInMap [M, b, K]");
    assert_ids(*state, "");
}

static void a_mapping_is_followed_for_each_value_of_its_key(void **state)
{
    check_after(*state, NULL,
                "Parameters: {V: {Type: String, AllowedValues: [a, b]}}\n"
                "Mappings: {M: {a: {K: bad}, b: {K: good}}}",
                "P: !FindInMap [M, !Ref V, K]");
    assert_ids(*state, "CFN3118");
}

static void a_mapping_by_region_is_followed_for_all_regions(void **state)
{
    check_after(*state, NULL, "Mappings: {M: {eu-west-1: {K: good}, us-east-1: {K: bad}}}",
                "P: !FindInMap [M, !Ref 'AWS::Region', K]");
    assert_ids(*state, "CFN3106");
}

static void a_mapping_by_region_is_followed_for_the_one_that_is_known(void **state)
{
    fixture *f = *state;
    const char *sections = "Mappings: {M: {eu-west-1: {K: good}, us-east-1: {K: bad}}}";
    check_after(f, NULL, sections, "P: !FindInMap [M, eu-west-1, K]");
    assert_ids(f, "");
    check(f, "Mappings: {M: {eu-west-1: {K: gp9}, us-east-1: {K: gp2}}}\n"
             "Resources:\n"
             "  A:\n"
             "    Type: AWS::EC2::Volume\n"
             "    Properties: {AvailabilityZone: a, Size: 1, VolumeType: !FindInMap [M, !Ref "
             "'AWS::Region', K]}\n");
    assert_ids(f, "CFN3106");
    forget(f);
    check_in(f, "us-east-1",
             "Mappings: {M: {eu-west-1: {K: gp9}, us-east-1: {K: gp2}}}\n"
             "Resources:\n"
             "  A:\n"
             "    Type: AWS::EC2::Volume\n"
             "    Properties: {AvailabilityZone: a, Size: 1, VolumeType: !FindInMap [M, !Ref "
             "'AWS::Region', K]}\n");
    assert_ids(f, "");
}

static void a_list_of_a_mapping_is_looked_at(void **state)
{
    check_after(*state, NULL, "Mappings: {M: {a: {K: [good, bad]}}}", "L: !FindInMap [M, a, K]");
    assert_ids(*state, "CFN3106");
    check_after(*state, NULL, "Mappings: {M: {a: {K: [good]}}}", "P: !FindInMap [M, a, K]");
    assert_ids(*state, "CFN3105");
}

static void select_is_followed_into_a_list(void **state)
{
    check_after(*state, NULL, "", "P: !Select [1, [good, bad]]");
    assert_ids(*state, "CFN3106");
    check_after(*state, NULL, "", "P: !Select [0, [good, bad]]");
    assert_ids(*state, "");
    check_after(*state, NULL, "Mappings: {M: {a: {K: [good, bad]}}}",
                "P: !Select [1, !FindInMap [M, a, K]]");
    assert_ids(*state, "CFN3106");
}

static void select_stops_where_items_may_be_missing(void **state)
{
    check_after(*state, NULL,
                "Parameters: {V: {Type: String}}\nConditions: {C: !Equals [!Ref V, x]}",
                "P: !Select [1, [!If [C, bad, !Ref 'AWS::NoValue'], bad, bad]]");
    assert_ids(*state, "");
}

/* It is a default: the deployment may bring another list. */
static void what_is_selected_of_a_default_is_not_all_there_may_be(void **state)
{
    const char *schema =
        "{\"not\":{\"properties\":{\"X\":{\"const\":\"a\"}},\"required\":[\"X\"]}}";
    assert_fits(*state, schema, "{X: !Select [0, !Ref List]}");
    assert_unfit(*state, schema, "{X: !Select [0, [a]]}", "CFN3112");
}

static void split_gives_the_parts_of_a_text(void **state)
{
    check_after(*state, NULL, "", "L: !Split [',', 'good,bad']");
    assert_ids(*state, "CFN3106");
    check_after(*state, NULL, "", "P: !Select [0, !Split [',', 'good,bad']]");
    assert_ids(*state, "");
}

static void join_puts_texts_together(void **state)
{
    check_after(*state, NULL, "", "P: !Join ['', [go, od]]");
    assert_ids(*state, "");
    check_after(*state, NULL, "", "P: !Join ['-', [go, od]]");
    assert_ids(*state, "CFN3106");
    assert_said(*state, "P cannot be go-od");
}

static void sub_puts_values_into_a_text(void **state)
{
    const char *sections = "Parameters: {V: {Type: String, Default: od}}";
    check_after(*state, NULL, sections, "P: !Sub 'go${V}'");
    assert_ids(*state, "");
    check_after(*state, NULL, sections, "P: !Sub 'g${V}'");
    assert_ids(*state, "CFN3118");
    check_after(*state, NULL, sections, "P: !Sub ['${W}', {W: bad}]");
    assert_ids(*state, "CFN3106");
    check_after(*state, NULL, sections, "P: !Sub '${!V}'");
    assert_said(*state, "P cannot be ${V}");
}

static void nothing_is_said_of_a_text_with_an_unknown_part(void **state)
{
    const char *sections = "Parameters: {V: {Type: String}}";
    check_after(*state, NULL, sections, "P: !Sub 'go${V}'");
    assert_ids(*state, "");
    check_after(*state, NULL, sections, "P: !Join ['', [go, !Ref V]]");
    assert_ids(*state, "");
    check_after(*state, NULL, sections, "P: !Sub 'x-${AWS::AccountId}'");
    assert_ids(*state, "");
    check_after(*state, NULL, sections, "P: !ImportValue x");
    assert_ids(*state, "");
}

static void both_branches_of_an_if_are_looked_at(void **state)
{
    const char *sections = "Parameters: {V: {Type: String}}\nConditions: {C: !Equals [!Ref V, x]}";
    check_after(*state, NULL, sections, "P: !If [C, bad, worse]");
    assert_ids(*state, "CFN3106 CFN3106");
    check_after(*state, NULL, sections, "P: !If [C, good, !If [C, good, bad]]");
    assert_ids(*state, "CFN3106");
}

static void a_branch_that_cannot_be_is_left_out(void **state)
{
    const char *sections = "Parameters: {V: {Type: String}}\nConditions: {C: !Equals [!Ref V, x]}";
    check_after(*state, NULL, sections, "P: !If [C, good, !If [C, bad, good]]");
    assert_ids(*state, "");
}

/* Past 24 values nobody knows all of them; those that are known are looked at. */
static void many_values_are_followed_as_far_as_there_is_room(void **state)
{
    fixture *f = *state;
    const char *list = "good";
    for (int i = 0; i < 40; i++)
        list = cfn__format(f->arena, "%s, %s", list, "good");
    check_after(f, NULL,
                cfn__format(f->arena, "Parameters: {V: {Type: String, AllowedValues: [%s]}}", list),
                "P: !Sub '${V}${V}'");
    assert_ids(f, "CFN3118");
}

static void the_value_is_told_where_its_function_stands(void **state)
{
    check(*state, "Parameters: {V: {Type: String, Default: gp9}}\n"
                  "Resources:\n"
                  "  A:\n"
                  "    Type: AWS::EC2::Volume\n"
                  "    Properties:\n"
                  "      AvailabilityZone: a\n"
                  "      Size: 1\n"
                  "      VolumeType: !Ref V\n");
    assert_found(*state, "CFN3118 8:19");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_parameter_is_followed_to_its_default),
        TEST(a_parameter_is_followed_to_each_allowed_value),
        TEST(of_several_values_that_are_wrong_one_is_told),
        TEST(a_parameter_without_values_is_not_known),
        TEST(a_number_is_followed_to_its_limits),
        TEST(a_parameter_of_the_parameter_store_is_not_known),
        TEST(each_item_of_a_list_parameter_is_looked_at),
        TEST(a_value_that_a_condition_excludes_is_not_told),
        TEST(an_empty_list_that_a_condition_excludes_is_not_told),
        TEST(a_condition_may_have_the_name_of_a_parameter),
        TEST(the_region_is_followed_when_it_is_known),
        TEST(a_mapping_is_followed),
        TEST(a_mapping_is_followed_for_each_value_of_its_key),
        TEST(a_mapping_by_region_is_followed_for_all_regions),
        TEST(a_mapping_by_region_is_followed_for_the_one_that_is_known),
        TEST(a_list_of_a_mapping_is_looked_at),
        TEST(select_is_followed_into_a_list),
        TEST(select_stops_where_items_may_be_missing),
        TEST(what_is_selected_of_a_default_is_not_all_there_may_be),
        TEST(split_gives_the_parts_of_a_text),
        TEST(join_puts_texts_together),
        TEST(sub_puts_values_into_a_text),
        TEST(nothing_is_said_of_a_text_with_an_unknown_part),
        TEST(both_branches_of_an_if_are_looked_at),
        TEST(a_branch_that_cannot_be_is_left_out),
        TEST(many_values_are_followed_as_far_as_there_is_room),
        TEST(the_value_is_told_where_its_function_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
