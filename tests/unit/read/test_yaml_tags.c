/* CloudFormation's short tags. */
#include "support.h"

#include "read/tags.h"

static void a_ref_becomes_its_long_form(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: !Ref B\n"), "{\"a\":{\"Ref\":\"B\"}}");
}

static void a_condition_becomes_its_long_form(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: !And [!Condition B, !Condition C]\n"),
                "{\"a\":{\"Fn::And\":[{\"Condition\":\"B\"},{\"Condition\":\"C\"}]}}");
}

static void every_function_has_its_tag(void **state)
{
    (void)state;
    static const char *const names[] = {
        "And",          "Base64",      "Cidr",      "Contains",  "EachMemberEquals",
        "EachMemberIn", "Equals",      "FindInMap", "GetAZs",    "GetAtt",
        "If",           "ImportValue", "Join",      "Length",    "Not",
        "Or",           "RefAll",      "Select",    "Split",     "Sub",
        "ToJsonString", "Transform",   "ValueOf",   "ValueOfAll"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char tag[40], function[40];
        snprintf(tag, sizeof tag, "!%s", names[i]);
        snprintf(function, sizeof function, "Fn::%s", names[i]);
        assert_non_null(cfn__tag_named(tag));
        assert_ptr_equal(cfn__tag_named(tag), cfn__tag_of_function(function));
    }
}

static void functions_may_be_nested(void **state)
{
    fixture *f = *state;
    assert_json(
        f, read_yaml(f, "a: !If\n  - C\n  - !Sub '${X}'\n  - Fn::Base64: !Join ['', [!Ref A]]\n"),
        "{\"a\":{\"Fn::If\":[\"C\",{\"Fn::Sub\":\"${X}\"},{\"Fn::Base64\":{\"Fn::Join\":[\"\",[{"
        "\"Ref\":\"A\"}]]}}]}}");
}

static void a_get_att_is_cut_at_its_first_dot(void **state)
{
    fixture *f = *state;
    assert_json(f,
                read_yaml(f, "a: !GetAtt B.C\nb: !GetAtt B.C.D\nc: !GetAtt [B, C.D]\nd: !GetAtt "
                             "B\ne: !GetAtt 'B.C'\n"),
                "{\"a\":{\"Fn::GetAtt\":[\"B\",\"C\"]},\"b\":{\"Fn::GetAtt\":[\"B\",\"C.D\"]},"
                "\"c\":{\"Fn::GetAtt\":[\"B\",\"C.D\"]},\"d\":{\"Fn::GetAtt\":\"B\"},\"e\":{\"Fn::"
                "GetAtt\":[\"B\",\"C\"]}}");
}

static void text_behind_a_tag_is_text_whatever_it_looks_like(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a: !Ref 012\nb: !Sub yes\nc: !GetAZs ''\nd: !Ref\n"),
                "{\"a\":{\"Ref\":\"012\"},\"b\":{\"Fn::Sub\":\"yes\"},\"c\":{\"Fn::GetAZs\":\"\"},"
                "\"d\":{\"Ref\":\"\"}}");
    assert_found(f, "");
}

static void a_tag_may_stand_before_a_block_of_text(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "a:\n  Fn::Base64: !Sub |\n    x ${Y}\n    z\n"),
                "{\"a\":{\"Fn::Base64\":{\"Fn::Sub\":\"x ${Y}\\nz\\n\"}}}");
}

static void a_tag_may_stand_before_a_mapping(void **state)
{
    fixture *f = *state;
    assert_json(
        f, read_yaml(f, "a: !Transform {Name: M}\nb: !Base64\n  Ref: X\n"),
        "{\"a\":{\"Fn::Transform\":{\"Name\":\"M\"}},\"b\":{\"Fn::Base64\":{\"Ref\":\"X\"}}}");
}

static void an_unknown_tag_is_reported_with_the_nearest_one(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: !ref B\nb: !Foin [a]\nc: !Fn::Sub x\nd: !Whatever x\n"));
    assert_found(f, "CFN0202 1:4, CFN0202 2:4, CFN0202 3:4, CFN0202 4:4");
    assert_said(f, "did you mean !Ref?");
    assert_said(f, "did you mean !Join?");
    assert_said(f, "did you mean !Sub?");
}

static void a_tag_before_the_wrong_kind_of_value_is_refused(void **state)
{
    fixture *f = *state;
    assert_null(
        read_yaml(f, "a: !Ref {b: c}\nb: !Join x\nc: !Transform x\nd: !Sub {e: f}\ng: !Ref [h]\n"));
    assert_found(f, "CFN0210 1:4, CFN0210 2:4, CFN0210 3:4, CFN0210 4:4, CFN0210 5:4");
    assert_said(f, "!Ref takes text, not a mapping");
    assert_said(f, "hint: write !Join [..., ...]");
}

static void two_tags_before_one_value_are_explained(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "a: !Base64 !Sub x\n"));
    assert_said(f, "a value takes one tag only");
}

static void a_prefix_declared_for_tags_works(void **state)
{
    fixture *f = *state;
    assert_json(f, read_yaml(f, "%TAG !c! !\n---\na: !c!Ref B\n"), "{\"a\":{\"Ref\":\"B\"}}");
}

static void a_tag_with_a_space_in_it_is_told(void **state)
{
    fixture *f = *state;
    assert_null(read_yaml(f, "A: ! Ref B\n"));
    assert_found(f, "CFN0202 1:4");
    assert_said(f, "write !Ref");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_ref_becomes_its_long_form),
        TEST(a_condition_becomes_its_long_form),
        TEST(every_function_has_its_tag),
        TEST(functions_may_be_nested),
        TEST(a_get_att_is_cut_at_its_first_dot),
        TEST(text_behind_a_tag_is_text_whatever_it_looks_like),
        TEST(a_tag_may_stand_before_a_block_of_text),
        TEST(a_tag_may_stand_before_a_mapping),
        TEST(an_unknown_tag_is_reported_with_the_nearest_one),
        TEST(a_tag_before_the_wrong_kind_of_value_is_refused),
        TEST(two_tags_before_one_value_are_explained),
        TEST(a_prefix_declared_for_tags_works),
        TEST(a_tag_with_a_space_in_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
