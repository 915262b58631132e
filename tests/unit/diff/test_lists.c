/* Lists: one item more or less is one change. */
#include "diff_support.h"

static void assert_list(void **state, const char *old, const char *new, const char *expected)
{
    assert_properties(*state, "Custom::A", old, new, expected);
}

static void an_item_that_was_put_in_is_one_change(void **state)
{
    assert_list(state, "{L: [a, b, c]}", "{L: [a, x, b, c]}", "~A update {+L[1]}");
    assert_list(state, "{L: [a, b, c]}", "{L: [x, a, b, c]}", "~A update {+L[0]}");
    assert_list(state, "{L: [{a: 1}, {b: 2}]}", "{L: [{a: 1}, {c: 3}, {b: 2}]}",
                "~A update {+L[1]}");
}

static void an_item_that_was_taken_out_is_one_change(void **state)
{
    assert_list(state, "{L: [a, b, c, d]}", "{L: [a, c, d]}", "~A update {-L[1]}");
    assert_list(state, "{L: [a, b]}", "{L: []}", "~A update {-L[0], -L[1]}");
}

static void an_item_in_the_place_of_another_is_changed(void **state)
{
    assert_list(state, "{L: [a, b, c]}", "{L: [a, x, c]}", "~A update {~L[1]}");
    assert_list(state, "{L: [a, b, c, d]}", "{L: [x, b, y, z, d]}",
                "~A update {~L[0], ~L[2], +L[3]}");
}

static void mappings_that_are_alike_are_looked_into(void **state)
{
    assert_list(state, "{L: [{a: 1, b: 1}, 2]}", "{L: [{a: 1, b: 2}, 2]}", "~A update {~L[0].b}");
    assert_list(state, "{L: [{a: 1}]}", "{L: [{a: 2}]}", "~A update {~L[0].a}");
    assert_list(state, "{L: [{a: 1}]}", "{L: [{b: 2}]}", "~A update {~L[0]}");
    assert_list(state, "{L: [[a, b]]}", "{L: [[a, c]]}", "~A update {~L[0][1]}");
}

static void branches_of_an_item_are_looked_into(void **state)
{
    assert_list(state, "{L: [a, !If [C, {a: 1}, !Ref 'AWS::NoValue']]}",
                "{L: [a, !If [C, {a: 2}, !Ref 'AWS::NoValue']]}", "~A update {~L[1].Fn::If[1].a}");
    assert_list(state, "{L: [a, !If [C, {a: 1}, b]]}", "{L: [a, !If [D, {a: 1}, b]]}",
                "~A update {~L[1]}");
}

static void items_are_known_by_their_names(void **state)
{
    assert_list(state, "{L: [{Name: a, V: 1}, {Name: b, V: 1}]}",
                "{L: [{Name: c, V: 1}, {Name: a, V: 2}, {Name: b, V: 1}]}",
                "~A update {+L[Name=c], ~L[Name=a].V}");
    assert_list(state, "{L: [{Id: a, V: 1}, {Id: b, V: 1}]}", "{L: [{Id: b, V: 1}]}",
                "~A update {-L[Id=a]}");
}

static void names_that_come_twice_tell_nothing(void **state)
{
    assert_list(state, "{L: [{Name: a, V: 1}, {Name: a, V: 2}]}",
                "{L: [{Name: a, V: 1}, {Name: a, V: 3}]}", "~A update {~L[1].V}");
}

static void another_order_is_a_change_of_the_list(void **state)
{
    assert_list(state, "{L: [{Name: a}, {Name: b}]}", "{L: [{Name: b}, {Name: a}]}",
                "~A update {~L: the order of the items}");
    assert_list(state, "{L: [a, b]}", "{L: [b, a]}", "~A update {-L[0], +L[1]}");
}

static void tags_have_no_order(void **state)
{
    assert_list(state, "{Tags: [{Key: a, Value: 1}, {Key: b, Value: 2}]}",
                "{Tags: [{Key: b, Value: '2'}, {Key: a, Value: 1}]}", "");
    assert_list(state, "{Tags: [{Key: a, Value: 1}, {Key: b, Value: 2}]}",
                "{Tags: [{Key: c, Value: 1}, {Key: b, Value: 3}]}",
                "~A update {+Tags[Key=c], ~Tags[Key=b].Value, -Tags[Key=a]}");
}

static void facts_say_which_lists_have_no_order(void **state)
{
    assert_properties(*state, "AWS::SecretsManager::Secret",
                      "{ReplicaRegions: [{Region: a}, {Region: b}]}",
                      "{ReplicaRegions: [{Region: b}, {Region: a}]}", "");
    assert_properties(*state, "AWS::EC2::DHCPOptions", "{DomainNameServers: [a, b]}",
                      "{DomainNameServers: [b, a]}",
                      "~A replace, deleted {-DomainNameServers[0] (replace), "
                      "+DomainNameServers[1] (replace)}");
}

static void some_lists_are_known_to_be_sets(void **state)
{
    assert_properties(*state, "AWS::RDS::DBCluster", "{EnableCloudwatchLogsExports: [a, b, c]}",
                      "{EnableCloudwatchLogsExports: [c, b, a]}", "");
    assert_properties(*state, "AWS::RDS::DBCluster", "{VpcSecurityGroupIds: [a, b, c]}",
                      "{VpcSecurityGroupIds: [d, c, a]}",
                      "~A update {+VpcSecurityGroupIds[0], -VpcSecurityGroupIds[1]}");
    assert_properties(*state, "AWS::RDS::DBCluster", "{VpcSecurityGroupIds: [!Ref A, !GetAtt B.C]}",
                      "{VpcSecurityGroupIds: [{'Fn::GetAtt': [B, C]}, !Ref A]}", "");
}

static void items_that_stand_for_nothing_do_not_count(void **state)
{
    assert_list(state, "{L: [a, !Ref 'AWS::NoValue', b]}", "{L: [a, b]}", "");
}

static void items_that_mean_the_same_are_the_same(void **state)
{
    assert_list(state, "{L: [!Sub '${B}', 10, true]}", "{L: [!Ref B, x, '10', 'true']}",
                "~A update {+L[1]}");
}

/* Without a limit the table of all pairs would take gigabytes. */
static void a_long_list_with_one_item_more_is_one_change(void **state)
{
    enum { COUNT = 5000 };
    static char old[COUNT * 8 + 64], new[COUNT * 8 + 64];
    size_t a = (size_t)sprintf(old, "{L: [");
    size_t b = (size_t)sprintf(new, "{L: [x0, ");
    for (int i = 0; i < COUNT; i++) {
        a += (size_t)sprintf(old + a, "i%d, ", i);
        b += i == COUNT / 2 ? 0 : (size_t)sprintf(new + b, "i%d, ", i);
    }
    sprintf(old + a, "e]}");
    sprintf(new + b, "e]}");
    fixture *f = *state;
    char *before = malloc(sizeof old + 100), *after = malloc(sizeof new + 100);
    sprintf(before, "Resources: {A: {Type: T, Properties: %s}}", old);
    sprintf(after, "Resources: {A: {Type: T, Properties: %s}}", new);
    assert_diff(f, before, after, "~A update {+L[0], -L[2500]}");
    free(before);
    free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_item_that_was_put_in_is_one_change),
        TEST(an_item_that_was_taken_out_is_one_change),
        TEST(an_item_in_the_place_of_another_is_changed),
        TEST(mappings_that_are_alike_are_looked_into),
        TEST(branches_of_an_item_are_looked_into),
        TEST(items_are_known_by_their_names),
        TEST(names_that_come_twice_tell_nothing),
        TEST(another_order_is_a_change_of_the_list),
        TEST(tags_have_no_order),
        TEST(some_lists_are_known_to_be_sets),
        TEST(facts_say_which_lists_have_no_order),
        TEST(items_that_stand_for_nothing_do_not_count),
        TEST(items_that_mean_the_same_are_the_same),
        TEST(a_long_list_with_one_item_more_is_one_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
