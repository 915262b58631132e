/* Dependencies, and the circles in them. */
#include "check.h"

#include "base/buffer.h"

/* Resources that depend on each other, as "A: B C; B: A". */
static cfn_template *check_resources(fixture *f, const char *resources)
{
    cfn__buffer yaml = {0};
    cfn__buffer_add_text(&yaml, "Resources:\n");
    for (const char *p = resources; *p; p += strspn(p, "; ")) {
        size_t id = strcspn(p, ":");
        cfn__buffer_format(&yaml, "  %.*s: {Type: 'A::B::C', DependsOn: [", (int)id, p);
        for (p += id + 1; *p && *p != ';';) {
            p += strspn(p, " ");
            size_t length = strcspn(p, " ;");
            cfn__buffer_format(&yaml, "%.*s, ", (int)length, p);
            p += length;
        }
        cfn__buffer_add_text(&yaml, "]}\n");
    }
    cfn_template *tpl = check(f, yaml.text);
    cfn__buffer_free(&yaml);
    return tpl;
}

static void resources_that_need_no_other_make_no_circle(void **state)
{
    check_resources(*state, "A: B C; B: C; C: D; D:");
    assert_found(*state, "");
}

static void a_resource_cannot_need_itself(void **state)
{
    check_resources(*state, "A: A");
    assert_found(*state, "CFN1307 2:36");
    assert_said(*state, "the resource A refers to itself");
}

static void a_circle_is_shown_whole(void **state)
{
    check_resources(*state, "A: B; B: C; C: A");
    assert_found(*state, "CFN1308 2:36");
    assert_said(*state, "A -> B -> C -> A");
    assert_said(*state, "A to B in line 2, B to C in line 3, C to A in line 4");
}

static void the_shortest_circle_is_shown(void **state)
{
    check_resources(*state, "A: B; B: C D; C: D; D: A");
    assert_found(*state, "CFN1308 2:36");
    assert_said(*state, "A -> B -> D -> A");
}

static void what_leads_to_a_circle_is_not_part_of_it(void **state)
{
    check_resources(*state, "X: A; A: B; B: A; Y: X");
    assert_found(*state, "CFN1308 3:36");
    assert_said(*state, "A -> B -> A");
}

static void each_circle_is_reported_once(void **state)
{
    check_resources(*state, "A: B; B: A; C: D; D: C");
    assert_found(*state, "CFN1308 2:36, CFN1308 4:36");
}

static void references_of_all_kinds_make_circles(void **state)
{
    check(*state, "Resources:\n  A: {Type: 'A::B::C', Properties: {X: !Ref B}}\n"
                  "  B: {Type: 'A::B::C', Metadata: {X: !GetAtt C.Arn}}\n"
                  "  C: {Type: 'A::B::C', Properties: {X: !Sub '${D.Arn}'}}\n"
                  "  D: {Type: 'A::B::C', DependsOn: A}\n");
    assert_found(*state, "CFN1308 2:40");
    assert_said(*state, "A -> B -> C -> D -> A");
}

static void branches_that_exclude_each_other_make_no_circle(void **state)
{
    check(*state, "Conditions: {C: !Equals [a, b]}\nResources:\n"
                  "  A: {Type: 'A::B::C', Properties: {X: !If [C, !Ref B, x]}}\n"
                  "  B: {Type: 'A::B::C', Properties: {X: !If [C, x, !Ref A]}}\n");
    assert_found(*state, "");
}

static void branches_of_the_same_side_make_a_circle(void **state)
{
    check(*state, "Conditions: {C: !Equals [a, b]}\nResources:\n"
                  "  A: {Type: 'A::B::C', Properties: {X: !If [C, !Ref B, x]}}\n"
                  "  B: {Type: 'A::B::C', Properties: {X: !If [C, !Ref A, x]}}\n");
    assert_found(*state, "CFN1308 3:48");
}

static void conditions_make_circles_too(void **state)
{
    check(*state, "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n"
                  "  C: !Not [!Condition C]\nResources: {R: {Type: 'A::B::C'}}\n");
    assert_found(*state, "CFN1308 2:12, CFN1307 4:12");
    assert_said(*state, "conditions need each other in a circle: A -> B -> A");
}

static void a_chain_may_be_long(void **state)
{
    enum { LENGTH = 20000 };
    cfn__buffer yaml = {0};
    cfn__buffer_add_text(&yaml, "Transform: AWS::LanguageExtensions\nResources:\n");
    for (int i = 0; i < LENGTH; i++)
        cfn__buffer_format(&yaml, "  R%d: {Type: 'A::B::C', DependsOn: R%d}\n", i,
                           (i + 1) % LENGTH);
    check(*state, yaml.text);
    cfn__buffer_free(&yaml);
    assert_found(*state, "CFN1401 2:1, CFN1308 3:36");
    assert_said(*state, "(20000 in all)");
}

static void dependencies_are_listed_once(void **state)
{
    const cfn_template *tpl =
        check(*state, "Resources:\n  A: {Type: 'A::B::C', DependsOn: C, Properties: "
                      "{X: !Ref B, Y: !GetAtt B.Arn, Z: !Ref C}}\n"
                      "  B: {Type: 'A::B::C'}\n  C: {Type: 'A::B::C'}\n");
    const cfn_resource *a = cfn_template_resource(tpl, "A");
    assert_int_equal(a->reference_count, 4);
    assert_int_equal(a->dependency_count, 2);
    assert_int_equal(a->dependencies[0], 2);
    assert_int_equal(a->dependencies[1], 1);
    assert_int_equal(cfn_template_resource(tpl, "B")->dependency_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resources_that_need_no_other_make_no_circle),
        TEST(a_resource_cannot_need_itself),
        TEST(a_circle_is_shown_whole),
        TEST(the_shortest_circle_is_shown),
        TEST(what_leads_to_a_circle_is_not_part_of_it),
        TEST(each_circle_is_reported_once),
        TEST(references_of_all_kinds_make_circles),
        TEST(branches_that_exclude_each_other_make_no_circle),
        TEST(branches_of_the_same_side_make_a_circle),
        TEST(conditions_make_circles_too),
        TEST(a_chain_may_be_long),
        TEST(dependencies_are_listed_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
