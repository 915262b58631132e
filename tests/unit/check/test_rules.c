/* The rules for one value: choices, patterns, lengths, ranges, sizes, duplicates, alternatives. */
#include "check_support.h"

static void a_choice_is_one_of_those_listed(void **state)
{
    const char *schema = "{\"type\":\"string\",\"enum\":[\"gp2\",\"gp3\"]}";
    assert_fits(*state, schema, "gp3");
    assert_unfit(*state, schema, "GP3", "CFN3106");
    assert_said(*state, "P cannot be GP3");
    assert_said(*state, "did you mean gp3?");
    assert_unfit(*state, schema, "''", "CFN3106");
    assert_said(*state, "use one of gp2, gp3");
}

static void a_choice_counts_as_the_number_or_truth_that_it_is(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"enum\":[\"5\"]}", "5");
    assert_fits(*state, "{\"type\":\"number\",\"enum\":[5]}", "5.0");
    assert_fits(*state, "{\"type\":\"string\",\"enum\":[\"true\"]}", "True");
    assert_unfit(*state, "{\"type\":\"integer\",\"enum\":[1,3]}", "2", "CFN3106");
}

static void a_list_is_not_one_of_the_choices(void **state)
{
    assert_unfit(*state, "{\"enum\":[\"a\"]}", "[a]", "CFN3106");
    assert_said(*state, "P cannot be a list");
}

static void a_constant_is_the_only_value(void **state)
{
    assert_fits(*state, "{\"const\":\"x\"}", "x");
    assert_unfit(*state, "{\"const\":\"x\"}", "y", "CFN3106");
    assert_said(*state, "P must be x, not y");
    assert_unfit(*state, "{\"const\":\"x\"}", "[x]", "CFN3106");
    assert_said(*state, "P must be x, not a list");
}

static void a_pattern_is_found_somewhere_in_a_text(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"pattern\":\"b+\"}", "abbc");
    assert_unfit(*state, "{\"type\":\"string\",\"pattern\":\"^b+$\"}", "abbc", "CFN3107");
    assert_said(*state, "abbc does not match the pattern of P: ^b+$");
}

static void a_pattern_has_what_perl_has(void **state)
{
    const char *schema = "{\"type\":\"string\",\"pattern\":\"^(?!aws:)[\\\\p{L}]+$\"}";
    assert_fits(*state, schema, "\xc3\xa9t\xc3\xa9");
    assert_unfit(*state, schema, "'aws:x'", "CFN3107");
}

static void a_pattern_looks_at_a_number_where_a_text_is_taken(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"pattern\":\"^[0-9]{3}$\"}", "123");
    assert_unfit(*state, "{\"type\":\"string\",\"pattern\":\"^[0-9]{3}$\"}", "12", "CFN3107");
}

static void a_pattern_that_does_not_compile_is_not_checked(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"pattern\":\"(\"}", "abc");
}

static void a_pattern_that_takes_for_ever_is_given_up(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"pattern\":\"^(a|aa)+$\"}",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac");
}

static void a_length_counts_characters(void **state)
{
    const char *schema = "{\"type\":\"string\",\"minLength\":2,\"maxLength\":3}";
    assert_fits(*state, schema, "\xc3\xa9\xc3\xa9\xc3\xa9");
    assert_unfit(*state, schema, "a", "CFN3109");
    assert_said(*state, "P has 1 characters, and takes at least 2");
    assert_unfit(*state, schema, "abcd", "CFN3109");
    assert_unfit(*state, schema, "1234", "CFN3109");
}

static void a_number_keeps_to_its_range(void **state)
{
    const char *schema = "{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}";
    assert_fits(*state, schema, "1");
    assert_fits(*state, schema, "'9'");
    assert_unfit(*state, schema, "0", "CFN3110");
    assert_said(*state, "P must be at least 1, not 0");
    assert_unfit(*state, schema, "'10'", "CFN3110");
}

static void a_range_may_leave_its_ends_out(void **state)
{
    const char *schema = "{\"type\":\"number\",\"exclusiveMinimum\":1,\"exclusiveMaximum\":2}";
    assert_fits(*state, schema, "1.5");
    assert_unfit(*state, schema, "1", "CFN3110");
    assert_unfit(*state, schema, "2", "CFN3110");
    assert_said(*state, "P must be less than 2, not 2");
}

static void a_number_is_a_multiple_of_its_step(void **state)
{
    assert_fits(*state, "{\"type\":\"number\",\"multipleOf\":0.5}", "1.5");
    assert_fits(*state, "{\"type\":\"number\",\"multipleOf\":0.1}", "0.3");
    assert_unfit(*state, "{\"type\":\"integer\",\"multipleOf\":60}", "90", "CFN3110");
    assert_said(*state, "P must be a multiple of 60, not 90");
}

static void a_list_has_as_many_items_as_it_takes(void **state)
{
    const char *schema = "{\"type\":\"array\",\"minItems\":1,\"maxItems\":2}";
    assert_fits(*state, schema, "[a]");
    assert_unfit(*state, schema, "[]", "CFN3108");
    assert_said(*state, "P has 0 items, and takes at least 1");
    assert_unfit(*state, schema, "[a, b, c]", "CFN3108");
    assert_said(*state, "P has 3 items, and takes at most 2");
}

static void a_mapping_has_as_many_keys_as_it_takes(void **state)
{
    const char *schema = "{\"type\":\"object\",\"minProperties\":1,\"maxProperties\":1}";
    assert_fits(*state, schema, "{a: b}");
    assert_unfit(*state, schema, "{}", "CFN3108");
    assert_unfit(*state, schema, "{a: b, c: d}", "CFN3108");
    assert_said(*state, "P has 2 keys, and takes at most 1");
}

static void an_item_does_not_come_twice_where_each_is_unique(void **state)
{
    const char *schema = "{\"type\":\"array\",\"uniqueItems\":true}";
    assert_fits(*state, schema, "[a, b]");
    assert_fits(*state, "{\"type\":\"array\"}", "[a, a]");
    assert_unfit(*state, schema, "[a, b, a]", "CFN3111");
    assert_unfit(*state, schema, "[{a: 1, b: 2}, {b: 2, a: 1}]", "CFN3111");
    assert_unfit(*state, schema, "[!Ref Any, !Ref Any]", "CFN3111");
}

static void items_under_conditions_may_be_the_same(void **state)
{
    assert_fits(*state, "{\"type\":\"array\",\"uniqueItems\":true}",
                "[!If [C, a, b], !If [C, a, b], !Ref 'AWS::NoValue', !Ref 'AWS::NoValue']");
}

static void items_may_differ_in_one_member_at_least(void **state)
{
    const char *schema = "{\"type\":\"array\",\"uniqueKeys\":[\"Key\"]}";
    assert_fits(*state, schema, "[{Key: a, V: 1}, {Key: b, V: 1}]");
    assert_unfit(*state, schema, "[{Key: a, V: 1}, {Key: a, V: 2}]", "CFN3111");
}

static void a_list_may_hold_few_different_items(void **state)
{
    const char *schema = "{\"type\":\"array\",\"maxUniqueItems\":1}";
    assert_fits(*state, schema, "[a, a]");
    assert_unfit(*state, schema, "[a, a, b]", "CFN3108");
    assert_said(*state, "P has 2 different items, and takes at most 1");
}

static void a_list_may_need_an_item(void **state)
{
    const char *schema = "{\"type\":\"array\",\"contains\":{\"const\":\"a\"}}";
    assert_fits(*state, schema, "[b, a]");
    assert_fits(*state, schema, "[!Ref Any]");
    assert_unfit(*state, schema, "[b]", "CFN3108");
}

static void the_first_items_have_rules_of_their_own(void **state)
{
    const char *schema = "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"integer\"}],"
                         "\"items\":{\"type\":\"boolean\"}}";
    assert_fits(*state, schema, "[5, true, false]");
    assert_unfit(*state, schema, "[true, true]", "CFN3105");
    assert_unfit(*state, schema, "[5, 5]", "CFN3105");
}

static void one_alternative_is_enough(void **state)
{
    const char *schema = "{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"array\"}]}";
    assert_fits(*state, schema, "5");
    assert_fits(*state, schema, "[]");
    assert_unfit(*state, schema, "{a: b}", "CFN3112");
    assert_said(*state, "P fits none of the forms that it can have");
    assert_said(*state, "cfngen explain A::B::C.P tells them");
}

static void just_one_alternative_may_fit(void **state)
{
    const char *schema = "{\"type\":\"object\",\"properties\":{\"A\":{},\"B\":{}},\"oneOf\":["
                         "{\"required\":[\"A\"]},{\"required\":[\"B\"]}]}";
    assert_fits(*state, schema, "{A: 1}");
    assert_unfit(*state, schema, "{}", "CFN3112");
    assert_said(*state, "P takes one of A, B");
    assert_unfit(*state, schema, "{A: 1, B: 1}", "CFN3112");
    assert_said(*state, "P fits 2 of the forms that it can have, and takes just one");
}

/* 5 is a number and, for CloudFormation, a text. */
static void a_scalar_may_be_read_in_two_ways(void **state)
{
    assert_fits(*state, "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}", "5");
}

static void the_alternative_that_is_meant_says_what_is_wrong(void **state)
{
    const char *schema =
        "{\"oneOf\":[{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"A\":"
        "{\"type\":\"integer\"}}},{\"type\":\"object\",\"additionalProperties\":false,"
        "\"properties\":{\"B\":{}}}]}";
    assert_unfit(*state, schema, "{A: many}", "CFN3105");
    assert_said(*state, "A must be an integer, not many");
}

static void an_alternative_that_is_not_known_may_fit(void **state)
{
    assert_fits(*state, "{\"oneOf\":[{\"const\":\"a\"},{\"const\":\"b\"}]}", "!Ref Any");
}

static void all_of_several_must_fit(void **state)
{
    const char *schema = "{\"allOf\":[{\"minLength\":2},{\"pattern\":\"^a\"}]}";
    assert_fits(*state, schema, "ab");
    assert_unfit(*state, schema, "b", "CFN3109 CFN3107");
}

static void what_must_not_be_is_refused(void **state)
{
    assert_fits(*state, "{\"not\":{\"const\":\"a\"}}", "b");
    assert_fits(*state, "{\"not\":{\"const\":\"a\"}}", "!Ref Any");
    assert_unfit(*state, "{\"not\":{\"const\":\"a\"}}", "a", "CFN3112");
    assert_said(*state, "P is of a form that it cannot have");
}

static void a_rule_may_hold_in_one_case_alone(void **state)
{
    const char *schema = "{\"if\":{\"properties\":{\"A\":{\"const\":\"x\"}},\"required\":[\"A\"]},"
                         "\"then\":{\"required\":[\"B\"]},\"else\":{\"required\":[\"D\"]}}";
    assert_fits(*state, schema, "{A: x, B: 1}");
    assert_unfit(*state, schema, "{A: x}", "CFN3104");
    assert_said(*state, "P needs the property B");
    assert_unfit(*state, schema, "{A: y}", "CFN3104");
    assert_said(*state, "P needs the property D");
    assert_fits(*state, schema, "{A: !Ref Any}");
}

static void a_key_may_bring_rules(void **state)
{
    const char *schema =
        "{\"type\":\"object\",\"dependentSchemas\":{\"A\":{\"required\":[\"B\"]}}}";
    assert_fits(*state, schema, "{B: 1}");
    assert_fits(*state, schema, "{A: !Ref 'AWS::NoValue'}");
    assert_unfit(*state, schema, "{A: 1}", "CFN3104");
}

static void keys_keep_to_their_pattern(void **state)
{
    const char *schema = "{\"type\":\"object\",\"additionalProperties\":false,"
                         "\"patternProperties\":{\"^[a-z]+$\":{\"type\":\"integer\"}}}";
    assert_fits(*state, schema, "{abc: 5}");
    assert_unfit(*state, schema, "{abc: many}", "CFN3105");
    assert_unfit(*state, schema, "{ABC: 5}", "CFN3103");
    assert_said(*state, "the key ABC is not one that P takes");
    assert_said(*state, "its keys match the pattern ^[a-z]+$");
}

static void names_of_keys_are_texts_with_rules(void **state)
{
    const char *schema = "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":3}}";
    assert_fits(*state, schema, "{abc: 5}");
    assert_unfit(*state, schema, "{abcd: 5}", "CFN3103");
}

/* What was made of a key for one resource is gone when the next one is looked at. */
static void names_of_keys_are_looked_at_in_each_resource(void **state)
{
    const cfn_schema *facts =
        facts_about(*state, "{\"typeName\":\"A::B::C\",\"properties\":{\"P\":{\"type\":"
                            "\"object\",\"propertyNames\":{\"maxLength\":3}}}}");
    check_with(*state,
               "Resources:\n"
               "  A: {Type: 'A::B::C', Properties: {P: {abc: 5}}}\n"
               "  B: {Type: 'A::B::C', Properties: {P: {abcd: 5}}}\n"
               "  C: {Type: 'A::B::C', Properties: {P: {abc: 5}}}\n",
               &(cfn_check_options){.schema = facts});
    assert_found(*state, "CFN3103 3:41");
}

static void a_long_text_is_cut_between_characters(void **state)
{
    fixture *f = *state;
    char value[600] = "a";
    for (size_t i = 1; i + 3 < 400; i += 2)
        memcpy(value + i, "\xc3\xa9", 3);
    assert_unfit(f, "{\"type\":\"string\",\"enum\":[\"x\"]}", value, "CFN3106");
    const char *json = cfn_diagnostics_json(f->diagnostics);
    assert_non_null(
        cfn_read_text(f->arena, f->diagnostics, "in", json, strlen(json), CFN_FORMAT_JSON));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_choice_is_one_of_those_listed),
        TEST(a_choice_counts_as_the_number_or_truth_that_it_is),
        TEST(a_list_is_not_one_of_the_choices),
        TEST(a_constant_is_the_only_value),
        TEST(a_pattern_is_found_somewhere_in_a_text),
        TEST(a_pattern_has_what_perl_has),
        TEST(a_pattern_looks_at_a_number_where_a_text_is_taken),
        TEST(a_pattern_that_does_not_compile_is_not_checked),
        TEST(a_pattern_that_takes_for_ever_is_given_up),
        TEST(a_length_counts_characters),
        TEST(a_number_keeps_to_its_range),
        TEST(a_range_may_leave_its_ends_out),
        TEST(a_number_is_a_multiple_of_its_step),
        TEST(a_list_has_as_many_items_as_it_takes),
        TEST(a_mapping_has_as_many_keys_as_it_takes),
        TEST(an_item_does_not_come_twice_where_each_is_unique),
        TEST(items_under_conditions_may_be_the_same),
        TEST(items_may_differ_in_one_member_at_least),
        TEST(a_list_may_hold_few_different_items),
        TEST(a_list_may_need_an_item),
        TEST(the_first_items_have_rules_of_their_own),
        TEST(one_alternative_is_enough),
        TEST(just_one_alternative_may_fit),
        TEST(a_scalar_may_be_read_in_two_ways),
        TEST(the_alternative_that_is_meant_says_what_is_wrong),
        TEST(an_alternative_that_is_not_known_may_fit),
        TEST(all_of_several_must_fit),
        TEST(what_must_not_be_is_refused),
        TEST(a_rule_may_hold_in_one_case_alone),
        TEST(a_key_may_bring_rules),
        TEST(keys_keep_to_their_pattern),
        TEST(names_of_keys_are_texts_with_rules),
        TEST(names_of_keys_are_looked_at_in_each_resource),
        TEST(a_long_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
