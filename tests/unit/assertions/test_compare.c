/* What matches what: each row is a value, a pattern, and what is said when they do not match. */
#include "assertions_support.h"

static void scalars_match_by_kind_and_value(void **state)
{
    COMPARE_ROWS(*state, {"a", "a", NULL}, {"a", "b", "Expected b but received a"},
                 {"10", "10", NULL}, {"10", "11", "Expected 11 but received 10"},
                 {"'10'", "10", "Expected 10 (a number) but received 10 (a string)"},
                 {"'true'", "true", "Expected true (a boolean) but received true (a string)"},
                 {"1.0", "1", NULL}, {"9007199254740993", "9007199254740992", "Expected 9007"},
                 {"[1]", "1", "Expected 1 but received [1]"},
                 {"{Ref: A}", "7", "Expected 7 but received {\"Ref\":\"A\"}"},
                 {"x", "{a: 1}", "Expected a mapping but received x"},
                 {"x", "[a]", "Expected a list but received x"});
}

static void loose_scalars_match_as_cloudformation_takes_them(void **state)
{
    static const comparison_row rows[] = {{"'10'", "10", NULL},
                                          {"10", "'10'", NULL},
                                          {"'true'", "true", NULL},
                                          {"'10'", "11", "Expected 11 (a number)"},
                                          {"10", "!Regex '^1'", NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        compare_row(*state, &rows[i], &(cfn_assertions_options){.loose = true});
}

static void mappings_match_in_part_and_at_any_depth(void **state)
{
    COMPARE_ROWS(*state, {"{a: {b: 1, c: 2}, d: 3}", "{a: {b: 1}}", NULL},
                 {"{a: {c: 2}}", "{a: {b: 1}}", "Missing key 'b'"},
                 {"{b: 2, a: 1}", "{a: 1, b: 2}", NULL}, {"[{a: 1, b: 2}]", "[{a: 1}]", NULL},
                 {"{Engine: x}", "{Engin: x}", "Missing key 'Engin'; did you mean Engine?"});
}

static void exact_matchers_take_no_further_keys(void **state)
{
    COMPARE_ROWS(*state, {"{a: 1}", "!ObjectEquals {a: 1}", NULL},
                 {"{a: 1, b: 2}", "!ObjectEquals {a: 1}", "Unexpected key b"},
                 {"{a: {b: 1, c: 2}}", "!ObjectEquals {a: {b: 1}}", "Unexpected key c"},
                 {"{a: {b: 1, c: 2}}", "!ObjectEquals {a: !ObjectLike {b: 1}}", NULL},
                 {"{a: 1, b: 2}", "!Exact {a: 1}", "Unexpected key b"}, {"5", "!Exact 5", NULL},
                 {"[{a: 1, b: 2}]", "!ArrayEquals [{a: 1}]", "Unexpected key b"},
                 {"{a: 1}", "!ObjectEquals {a: 1, b: !Absent }", NULL});
}

static void lists_match_item_by_item(void **state)
{
    COMPARE_ROWS(*state, {"[a, b]", "[a, b]", NULL},
                 {"[b, a]", "[a, b]", "Expected a but received b"},
                 {"[a]", "[a, b]", "Too few elements in array: expected 2 but received 1"},
                 {"[a, b]", "[a]", "Too many elements in array: expected 1 but received 2"},
                 {"[]", "[]", NULL});
}

static void array_with_finds_items_in_their_order(void **state)
{
    COMPARE_ROWS(
        *state, {"[a, b, c]", "!ArrayWith [a, c]", NULL},
        {"[a, b, c]", "!ArrayWith [c, a]", "Missing element a"},
        {"[a]", "!ArrayWith [a, a]", "Missing element a"}, {"[a]", "!ArrayWith []", NULL},
        {"[{k: 1, v: 2}, {k: 3, v: 4}]", "!ArrayWith [{k: 3, v: 5}]",
         "Could not match arrayWith pattern 0. This is the closest match"},
        {"[{k: 1, v: 2}, {k: 3, v: 4}]", "!ArrayWith [{k: 3, v: 5}]", "Expected 5 but received 4"},
        {"a", "!ArrayWith [a]", "Expected a list but received a"});
}

static void array_with_unordered_gives_each_pattern_an_item_of_its_own(void **state)
{
    COMPARE_ROWS(*state, {"[a, b, c]", "!ArrayWithUnordered [c, a]", NULL},
                 {"[a, b]", "!ArrayWithUnordered [a, a]", "Missing element a"},
                 /* the first pattern would take the only item that the second one fits */
                 {"[{k: 1, v: 2}, {k: 1}]", "!ArrayWithUnordered [{k: 1}, {k: 1, v: 2}]", NULL},
                 {"[{k: 1}, {k: 1, v: 2}]", "!ArrayWithUnordered [{k: 1, v: 2}, {k: 1}]", NULL},
                 {"[{k: 1, v: 2}]", "!ArrayWithUnordered [{k: 1}, {k: 1, v: 2}]",
                  "Missing element {\"k\":1,\"v\":2}"});
}

static void absent_any_and_not_say_what_is_not_there(void **state)
{
    COMPARE_ROWS(*state, {"{a: 1}", "{b: !Absent }", NULL},
                 {"{a: 1}", "{a: !Absent }", "Received 1, but key should be absent"},
                 {"{a: {Ref: 'AWS::NoValue'}}", "{a: !Absent }", NULL},
                 {"{a: 1}", "{a: !Any }", NULL}, {"{a: 1}", "{b: !Any }", "Missing key 'b'"},
                 {"{a: null}", "{a: !Any }", "Expected a value but found none"},
                 {"{a: 1}", "{a: !Not 2}", NULL},
                 {"{a: 1}", "{a: !Not 1}", "Found unexpected match: 1"},
                 {"{a: 1}", "{b: !Not 1}", "Missing key 'b'"},
                 {"{a: xyz}", "{a: {Match::Not: !Regex ^x}}", "Found unexpected match: xyz"},
                 {"[a, b]", "!Not [a]", NULL}, {"{a: b}", "!Not {c: d}", NULL});
}

static void serialized_json_is_compared_as_json(void **state)
{
    COMPARE_ROWS(
        *state, {"'{\"a\": {\"b\": 1}, \"c\": 2}'", "!SerializedJson {a: {b: 1}}", NULL},
        {"'{\"a\": 1}'", "!SerializedJson {a: 2}", "Expected 2 but received 1"},
        {"'{\"a\": 1}'", "!SerializedJson {b: 1}", "Missing key 'b'"},
        {"'[1, 2]'", "!SerializedJson [1, 2]", NULL},
        {"'{\"a\"'", "!SerializedJson {a: 1}", "Invalid JSON string: {\"a\""},
        {"{a: 1}", "!SerializedJson {a: 1}", "Expected JSON as a string but found {\"a\":1}"},
        {"!Sub '{\"a\": \"${X}\"}'", "!SerializedJson {a: '${X}'}", NULL},
        {"!Sub ['{\"a\": \"${X}\"}', {X: 1}]", "!SerializedJson {a: '${X}'}", NULL},
        {"!Join ['', ['{\"a\": \"', !Ref X, '-', !GetAtt Y.Arn, '\"}']]",
         "!SerializedJson {a: '${X}-${Y.Arn}'}", NULL},
        {"'{\"a\": \"{\\\"b\\\": 1}\"}'", "!SerializedJson {a: !SerializedJson {b: 1}}", NULL},
        {"'{\"a\": \"{\\\"b\\\": 1}\"}'", "!SerializedJson {a: !SerializedJson {b: 2}}",
         "Expected 2 but received 1"});
}

static void text_of_several_lines_is_shown_on_one(void **state)
{
    COMPARE_ROWS(*state, {"\"a\\nb\"", "c", "Expected c but received \"a\\nb\"\n"},
                 {"\"\\e[31mred\"", "c", "Expected c but received \"\\u001b[31mred\"\n"},
                 {"\"it's\"", "c", "Expected c but received it's\n"});
}

static void a_regex_is_found_anywhere_in_text(void **state)
{
    COMPARE_ROWS(*state, {"abc", "!Regex b", NULL}, {"abc", "!Regex ^abc$", NULL},
                 {"abc", "!Regex '^b'", "String 'abc' did not match pattern '^b'"},
                 {"5", "!Regex '5'", "Expected a string but received 5"},
                 {"caf\xc3\xa9", "!Regex 'caf.$'", NULL});
}

static void functions_are_values(void **state)
{
    COMPARE_ROWS(*state, {"!Ref A", "!Ref A", NULL},
                 {"!Ref A", "!Ref B", "Expected B but received A"},
                 {"{Fn::GetAtt: A.B}", "!GetAtt A.B", NULL},
                 {"{Fn::GetAtt: [A, B.C]}", "{Fn::GetAtt: A.B.C}", NULL},
                 {"!Sub '${A}'", "{Fn::Sub: !Regex A}", NULL});
}

static void captures_hand_out_what_matched(void **state)
{
    fixture *f = *state;
    cfn_assertions *t = assertions_with(f,
                                        "Resources:\n"
                                        "  A: {Type: T, Properties: {Name: one, Size: 1}}\n"
                                        "  B: {Type: T, Properties: {Name: two, Size: 2}}\n"
                                        "  C: {Type: T, Properties: {Name: three, Size: 2}}\n",
                                        NULL);
    cfn_verdict v = cfn_assert_has_properties(t, "T", "{Name: !Capture name, Size: 2}");
    assert_holds(v);
    assert_int_equal(v.found_count, 2);
    assert_string_equal(cfn_node_key(v.found[1]), "C");
    assert_string_equal(cfn_node_text(cfn_captured(&v, "name", 0)), "two");
    assert_string_equal(cfn_node_text(cfn_captured(&v, "name", 1)), "three");
    assert_null(cfn_captured(&v, "name", 2));
    assert_null(cfn_captured(&v, "other", 0));
    v = cfn_assert_has_properties(t, "T", "Name: !Capture [name, !Regex '^t']\nSize: !Any ");
    assert_holds(v);
    assert_string_equal(cfn_node_text(cfn_captured(&v, "name", 0)), "two");
    v = cfn_assert_has_properties(t, "T", "Name: !Not { Match::Capture: name }");
    assert_false(v.holds);
    assert_int_equal(v.capture_count, 0);
    cfn_assertions_free(t);
}

static void an_item_that_did_not_match_is_not_captured(void **state)
{
    fixture *f = *state;
    cfn_assertions *t = assertions_with(f, "L: [{a: 1, b: 2}, {a: 3, b: 4}]\n", NULL);
    const char *const patterns[] = {"L: !ArrayWith [{a: !Capture x, b: 4}]",
                                    "L: !ArrayWithUnordered [{a: !Capture x, b: 4}]"};
    for (size_t i = 0; i < 2; i++) {
        cfn_verdict v = cfn_assert_template(t, patterns[i]);
        assert_holds(v);
        assert_int_equal(v.capture_count, 1);
        assert_string_equal(cfn_node_text(cfn_captured(&v, "x", 0)), "3");
    }
    cfn_assertions_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scalars_match_by_kind_and_value),
        TEST(loose_scalars_match_as_cloudformation_takes_them),
        TEST(mappings_match_in_part_and_at_any_depth),
        TEST(exact_matchers_take_no_further_keys),
        TEST(lists_match_item_by_item),
        TEST(array_with_finds_items_in_their_order),
        TEST(array_with_unordered_gives_each_pattern_an_item_of_its_own),
        TEST(absent_any_and_not_say_what_is_not_there),
        TEST(serialized_json_is_compared_as_json),
        TEST(text_of_several_lines_is_shown_on_one),
        TEST(a_regex_is_found_anywhere_in_text),
        TEST(functions_are_values),
        TEST(captures_hand_out_what_matched),
        TEST(an_item_that_did_not_match_is_not_captured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
