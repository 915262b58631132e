/* Rules over several properties, with and without a region, and formats of texts. */
#include "check_support.h"

/* Checks properties of A::B::C, which is in two regions, against a file of rules and their places.
 */
static void check_rules(fixture *f, const char *region, const char *rules, const char *places,
                        const char *properties)
{
    static const char type[] = "{\"typeName\":\"A::B::C\",\"properties\":{\"E\":{},\"V\":{},\"L\":{"
                               "\"type\":\"array\",\"items\":{\"type\":\"object\"}}}}";
    const schema_file files[] = {{"eu-west-1", "a.json", type},
                                 {"eu-west-2", "a.json", type},
                                 {NULL, "cross-property-rules.json", rules},
                                 {NULL, "cross-property-places.tsv", places},
                                 {NULL, NULL, NULL}};
    forget(f);
    const cfn_schema *schema = facts_from(f, files);
    check_with(f,
               cfn__format(f->arena,
                           SURROUNDINGS "Resources:\n"
                                        "  A: {Type: 'A::B::C', Properties: %s}\n"
                                        "Outputs: {O: {Value: !FindInMap [Map, x, Text]}, "
                                        "Q: {Value: !If [C, !Ref Any, !If [D, !Ref Size, !If "
                                        "[IsSmall, 1, 2]]]}}\n",
                           properties),
               &(cfn_check_options){.schema = schema, .region = region});
}

#define VERSIONS                                                                                   \
    "{\"engine_version\":{\"if\":{\"properties\":{\"E\":{\"const\":\"pg\"}},\"required\":["        \
    "\"E\"]},\"then\":{\"properties\":{\"V\":{\"enum\":[\"15.2\",\"15.9\",\"16.1\"]}}}}}"

static void a_version_must_be_one_of_its_engine(void **state)
{
    const char *places = "engine_version\tA::B::C\t\terror";
    check_rules(*state, NULL, VERSIONS, places, "{E: pg, V: '15.2'}");
    assert_ids(*state, "");
    check_rules(*state, NULL, VERSIONS, places, "{E: pg, V: '15.3'}");
    assert_ids(*state, "CFN3121");
    assert_said(*state, "V cannot be 15.3 (engine_version)");
    check_rules(*state, NULL, VERSIONS, places, "{E: other, V: '15.3'}");
    assert_ids(*state, "");
}

static void a_version_newer_than_the_facts_may_be_right(void **state)
{
    const char *places = "engine_version\tA::B::C\t\terror";
    check_rules(*state, NULL, VERSIONS, places, "{E: pg, V: '15.10'}");
    assert_ids(*state, "");
    check_rules(*state, NULL, VERSIONS, places, "{E: pg, V: '17.1'}");
    assert_ids(*state, "");
    check_rules(*state, NULL, VERSIONS, places, "{E: pg, V: '14.1'}");
    assert_ids(*state, "CFN3121");
}

static void what_is_unwise_is_a_warning(void **state)
{
    check_rules(*state, NULL, VERSIONS, "engine_version\tA::B::C\t\twarning", "{E: pg, V: '15.3'}");
    assert_ids(*state, "CFN3122");
}

static void a_rule_waits_for_what_decides_it(void **state)
{
    check_rules(*state, NULL, VERSIONS, "engine_version\tA::B::C\t\terror",
                "{E: !Ref Any, V: '15.3'}");
    assert_ids(*state, "");
    check_rules(*state, NULL, VERSIONS, "engine_version\tA::B::C\t\terror", "{E: pg, V: !Ref Any}");
    assert_ids(*state, "");
}

static void a_rule_is_looked_at_in_each_branch(void **state)
{
    check_rules(*state, NULL, VERSIONS, "engine_version\tA::B::C\t\terror",
                "!If [C, {E: pg, V: '15.3'}, {E: pg, V: '15.2'}]");
    assert_ids(*state, "CFN3121");
    check_rules(*state, NULL, VERSIONS, "engine_version\tA::B::C\t\terror",
                "{E: pg, V: !If [C, '15.3', '15.2']}");
    assert_ids(*state, "CFN3121");
}

static void a_rule_holds_at_its_place(void **state)
{
    const char *rules = "{\"r\":{\"not\":{\"required\":[\"X\"]}}}";
    check_rules(*state, NULL, rules, "r\tA::B::C\tL.*\terror", "{L: [{Y: 1}, {X: 1}]}");
    assert_ids(*state, "CFN3121");
    assert_said(*state, "an item of L is of a form that it cannot have (r)");
    check_rules(*state, NULL, rules, "r\tA::B::C\tL.*\terror",
                "{L: !If [C, [!If [D, {Y: 1}, {X: 1}]], []]}");
    assert_ids(*state, "CFN3121");
}

#define CLASSES                                                                                    \
    "{\"classes\":{\"eu-west-1\":{\"properties\":{\"V\":{\"enum\":[\"small\"]}}},\"eu-west-2\":{"  \
    "\"properties\":{\"V\":{\"enum\":[\"large\"]}}}}}"

static void a_region_has_its_own_rule(void **state)
{
    const char *places = "classes\tA::B::C\t\terror";
    check_rules(*state, "eu-west-1", CLASSES, places, "{V: small}");
    assert_ids(*state, "");
    check_rules(*state, "eu-west-1", CLASSES, places, "{V: large}");
    assert_ids(*state, "CFN3121");
    check_rules(*state, "eu-west-2", CLASSES, places, "{V: large}");
    assert_ids(*state, "");
}

static void without_a_region_what_is_right_somewhere_is_right(void **state)
{
    const char *places = "classes\tA::B::C\t\terror";
    check_rules(*state, NULL, CLASSES, places, "{V: large}");
    assert_ids(*state, "");
    check_rules(*state, NULL, CLASSES, places, "{V: tiny}");
    assert_ids(*state, "CFN3121");
}

static void a_property_that_does_not_go_with_others_is_told(void **state)
{
    const char *rules = "{\"r\":{\"if\":{\"required\":[\"E\"]},\"then\":{\"properties\":{\"V\":"
                        "false}}}}";
    check_rules(*state, NULL, rules, "r\tA::B::C\t\terror", "{E: 1, V: !Ref 'AWS::NoValue'}");
    assert_ids(*state, "");
    check_rules(*state, NULL, rules, "r\tA::B::C\t\terror", "{E: 1, V: 2}");
    assert_ids(*state, "CFN3121");
    assert_said(*state, "V does not go with the other properties here (r)");
}

static void several_rules_tell_a_place_once(void **state)
{
    check_rules(*state, NULL,
                "{\"r\":{\"properties\":{\"V\":{\"const\":\"x\"}}},\"s\":{\"properties\":{\"V\":{"
                "\"const\":\"z\"}}}}",
                "r\tA::B::C\t\terror\ns\tA::B::C\t\terror", "{V: y}");
    assert_ids(*state, "CFN3121");
}

static void all_that_one_rule_misses_is_told(void **state)
{
    check_rules(*state, NULL, "{\"r\":{\"required\":[\"V\",\"L\"]}}", "r\tA::B::C\t\terror",
                "{E: 1}");
    assert_ids(*state, "CFN3121 CFN3121");
    assert_said(*state, "needs the property V (r)");
    assert_said(*state, "needs the property L (r)");
}

/* --- formats --- */

static void an_ipv4_address_has_four_numbers(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"ipv4\"}", "10.0.0.1");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"ipv4\"}", "10.0.0.256", "CFN3120");
    assert_said(*state, "10.0.0.256 is no ipv4, as P must be");
    assert_said(*state, "write it as 10.0.0.1");
}

static void an_ipv6_address_is_known(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"ipv6\"}", "'2001:db8::1'");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"ipv6\"}", "'2001:db8::g'", "CFN3120");
}

static void a_block_of_addresses_has_as_many_bits_as_there_are(void **state)
{
    const char *schema = "{\"type\":\"string\",\"format\":\"ipv4-network\"}";
    assert_fits(*state, schema, "10.0.0.0/8");
    assert_fits(*state, schema, "0.0.0.0/0");
    assert_unfit(*state, schema, "10.0.0.0/33", "CFN3120");
    assert_unfit(*state, schema, "10.0.0.0/", "CFN3120");
    assert_unfit(*state, schema, "10.0.0.0/x", "CFN3120");
    assert_unfit(*state, schema, "'2001:db8::/32'", "CFN3120");
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"ipv6-network\"}", "'2001:db8::/32'");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"ipv6-network\"}", "10.0.0.0/8",
                 "CFN3120");
}

static void a_block_that_begins_within_itself_is_doubted(void **state)
{
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"ipv4-network\"}", "10.0.0.1/8",
                 "CFN3123");
    assert_said(*state, "10.0.0.1/8 has bits set after the first 8");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"ipv6-network\"}", "'2001:db8::1/64'",
                 "CFN3123");
}

static void dates_are_those_of_the_calendar(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"date\"}", "2026-11-20");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"date\"}", "2026-13-20", "CFN3120");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"date\"}", "20.11.2026", "CFN3120");
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"date-time\"}", "'2026-11-20T22:15:00Z'");
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"date-time\"}",
                "'2026-11-20T22:15:00.123+01:00'");
    assert_unfit(*state, "{\"type\":\"string\",\"format\":\"date-time\"}", "'2026-11-20'",
                 "CFN3120");
}

static void a_format_that_is_not_known_is_not_checked(void **state)
{
    assert_fits(*state, "{\"type\":\"string\",\"format\":\"hostname\"}", "'a b'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_version_must_be_one_of_its_engine),
        TEST(a_version_newer_than_the_facts_may_be_right),
        TEST(what_is_unwise_is_a_warning),
        TEST(a_rule_waits_for_what_decides_it),
        TEST(a_rule_is_looked_at_in_each_branch),
        TEST(a_rule_holds_at_its_place),
        TEST(a_region_has_its_own_rule),
        TEST(without_a_region_what_is_right_somewhere_is_right),
        TEST(a_property_that_does_not_go_with_others_is_told),
        TEST(several_rules_tell_a_place_once),
        TEST(all_that_one_rule_misses_is_told),
        TEST(an_ipv4_address_has_four_numbers),
        TEST(an_ipv6_address_is_known),
        TEST(a_block_of_addresses_has_as_many_bits_as_there_are),
        TEST(a_block_that_begins_within_itself_is_doubted),
        TEST(dates_are_those_of_the_calendar),
        TEST(a_format_that_is_not_known_is_not_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
