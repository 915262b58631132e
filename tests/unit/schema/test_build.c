/* What the builder makes of provider schemas. */
#include "schema_support.h"

#define SCHEMA(members) "{\"typeName\":\"A::B::C\"," members "}"

static void a_type_has_its_properties_in_order(void **state)
{
    const cfn_schema *s = facts_of(
        *state, SCHEMA("\"required\":[\"Name\"],\"properties\":{\"Size\":{\"type\":\"integer\"},"
                       "\"Name\":{\"type\":[\"string\",\"null\"]}}"));
    cfn_schema_type_facts facts = cfn_schema_type_describe(s, type_of(s, "A::B::C"));
    const cfn_schema_property *first = cfn_schema_property_at(s, facts.value, 0);
    cfn_schema_property_facts name = cfn_schema_property_describe(s, first);
    assert_string_equal(name.name, "Name");
    assert_true(name.required);
    assert_int_equal(cfn_schema_value_describe(s, name.value).types,
                     CFN_SCHEMA_STRING | CFN_SCHEMA_NULL);
    assert_false(property_at(s, "A::B::C", "Size").required);
    assert_null(cfn_schema_property_at(s, facts.value, 2));
    free_facts(s);
}

static void every_rule_is_kept(void **state)
{
    static const struct {
        cfn_schema_rule_id id;
        const char *json, *kept;
    } rules[] = {
        {CFN_SCHEMA_PATTERN, "\"pattern\":\"^a\\\\u0000\\u0000$\"", "^a\\u0000\\x00$"},
        {CFN_SCHEMA_FORMAT, "\"format\":\"date\"", "date"},
        {CFN_SCHEMA_CONST, "\"const\":\"x\"", "x"},
        {CFN_SCHEMA_RELATIONSHIP,
         "\"relationshipRef\":{\"typeName\":\"A::B::D\",\"propertyPath\":\"/properties/Id\"}",
         "A::B::D/properties/Id"},
        {CFN_SCHEMA_MIN_LENGTH, "\"minLength\":1", "1"},
        {CFN_SCHEMA_MAX_LENGTH, "\"maxLength\":64", "64"},
        {CFN_SCHEMA_MINIMUM, "\"minimum\":-0.5", "-0.5"},
        {CFN_SCHEMA_MAXIMUM, "\"maximum\":1e3", "1000"},
        {CFN_SCHEMA_EXCLUSIVE_MINIMUM, "\"exclusiveMinimum\":0", "0"},
        {CFN_SCHEMA_EXCLUSIVE_MAXIMUM, "\"exclusiveMaximum\":5", "5"},
        {CFN_SCHEMA_MULTIPLE_OF, "\"multipleOf\":2", "2"},
        {CFN_SCHEMA_MIN_ITEMS, "\"minItems\":1", "1"},
        {CFN_SCHEMA_MAX_ITEMS, "\"maxItems\":9", "9"},
        {CFN_SCHEMA_ENUM, "\"enum\":[\"a\",1,true]", "[a,1,true]"},
        {CFN_SCHEMA_ENUM, "\"enumCaseInsensitive\":[\"a\"]", "[a]"},
        {CFN_SCHEMA_REQUIRED, "\"required\":[\"A\",\"B\"],\"properties\":{\"A\":{}}", "[B]"},
        {CFN_SCHEMA_REQUIRED_XOR, "\"requiredXor\":[\"A\",\"B\"]", "[A,B]"},
        {CFN_SCHEMA_REQUIRED_OR, "\"requiredOr\":[\"A\",\"B\"]", "[A,B]"},
        {CFN_SCHEMA_DEPENDENT_EXCLUDED, "\"dependentExcluded\":{\"A\":[\"B\"]}", "[A,B]"},
        {CFN_SCHEMA_DEPENDENT_REQUIRED, "\"dependentRequired\":{\"A\":[\"B\",\"C\"]}", "[A,B,C]"},
        {CFN_SCHEMA_DEPENDENT_REQUIRED, "\"dependencies\":{\"A\":[\"B\"]}", "[A,B]"},
        {CFN_SCHEMA_ONE_OF, "\"oneOf\":[{\"required\":[\"A\"]},{}]", "2 values"},
        {CFN_SCHEMA_ANY_OF, "\"anyOf\":[{}]", "1 values"},
        {CFN_SCHEMA_ALL_OF, "\"allOf\":[{},{\"minLength\":1},{}]", "3 values"},
        {CFN_SCHEMA_PREFIX_ITEMS, "\"items\":[{},{\"type\":\"string\"}]", "2 values"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char json[512], kept[256];
        snprintf(json, sizeof json, SCHEMA("\"properties\":{\"P\":{%s}}"), rules[i].json);
        const cfn_schema *s = facts_of(*state, json);
        assert_string_equal(rule_at(s, "A::B::C", "P", rules[i].id, kept), rules[i].kept);
        free_facts(s);
    }
}

static void lists_say_whether_order_and_duplicates_count(void **state)
{
    const cfn_schema *s = facts_of(
        *state, SCHEMA("\"properties\":{\"L\":{\"type\":\"array\",\"insertionOrder\":false,"
                       "\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"maxLength\":3}}}"));
    char text[256];
    cfn_schema_value_facts list =
        cfn_schema_value_describe(s, property_at(s, "A::B::C", "L").value);
    assert_true(list.unordered && list.unique);
    assert_string_equal(rule_at(s, "A::B::C", "L.*", CFN_SCHEMA_MAX_LENGTH, text), "3");
    assert_string_equal(rule_at(s, "A::B::C", "L.0", CFN_SCHEMA_MAX_LENGTH, text), "3");
    free_facts(s);
}

static void definitions_may_contain_themselves(void **state)
{
    const cfn_schema *s = facts_of(
        *state, SCHEMA("\"properties\":{\"T\":{\"$ref\":\"#/definitions/Tree\"}},\"definitions\":{"
                       "\"Tree\":{\"type\":\"object\",\"properties\":{\"Leaf\":{\"type\":"
                       "\"string\"},\"More\":{\"type\":\"array\",\"items\":{\"$ref\":"
                       "\"#/definitions/Tree\"}},\"Own\":{\"$ref\":\"#/definitions/Tree\","
                       "\"minProperties\":1}}}}"));
    cfn_schema_place place;
    assert_true(leads_somewhere(s, "A::B::C", "T.More.Own.More.*.More.Leaf", &place));
    assert_int_equal(cfn_schema_value_describe(s, place.value).types, CFN_SCHEMA_STRING);
    free_facts(s);
}

static void what_stands_beside_a_reference_counts(void **state)
{
    const cfn_schema *s = facts_of(
        *state,
        SCHEMA("\"properties\":{\"P\":{\"$ref\":\"#/definitions/D~1x\",\"maxLength\":5}},"
               "\"definitions\":{\"D/x\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":9}}"));
    char text[256];
    assert_string_equal(rule_at(s, "A::B::C", "P", CFN_SCHEMA_MAX_LENGTH, text), "5");
    assert_string_equal(rule_at(s, "A::B::C", "P", CFN_SCHEMA_MIN_LENGTH, text), "1");
    free_facts(s);
}

/* Both properties share a definition; the flag is for one of them. */
static void flags_are_set_at_their_exact_path(void **state)
{
    const cfn_schema *s = facts_of(
        *state,
        SCHEMA("\"properties\":{\"X\":{\"$ref\":\"#/definitions/D\"},\"Y\":{\"type\":\"array\","
               "\"items\":{\"$ref\":\"#/definitions/D\"}}},\"definitions\":{\"D\":{\"properties\":"
               "{\"Id\":{\"type\":\"string\"}}}},\"createOnlyProperties\":[\"/properties/X/Id\"],"
               "\"writeOnlyProperties\":[\"/properties/Y/*/Id\"],"
               "\"conditionalCreateOnlyProperties\":[\"/properties/Y\"],"
               "\"deprecatedProperties\":[\"/properties/Y/*\"]"));
    cfn_schema_property_facts in_x = property_at(s, "A::B::C", "X.Id");
    cfn_schema_property_facts in_y = property_at(s, "A::B::C", "Y.*.Id");
    assert_int_equal(in_x.change, CFN_SCHEMA_REPLACES);
    assert_false(in_x.write_only);
    assert_int_equal(in_y.change, CFN_SCHEMA_UPDATES);
    assert_true(in_y.write_only);
    assert_int_equal(property_at(s, "A::B::C", "X").change, CFN_SCHEMA_UPDATES);
    assert_int_equal(property_at(s, "A::B::C", "Y").change, CFN_SCHEMA_MAY_REPLACE);
    assert_true(property_at(s, "A::B::C", "Y").deprecated);
    cfn_schema_place place;
    assert_true(leads_somewhere(s, "A::B::C", "Y.0.Id", &place));
    assert_int_equal(place.change, CFN_SCHEMA_MAY_REPLACE);
    free_facts(s);
}

static void flags_reach_into_alternatives(void **state)
{
    const cfn_schema *s =
        facts_of(*state, SCHEMA("\"properties\":{\"X\":{\"oneOf\":[{\"properties\":{\"A\":{}}},"
                                "{\"properties\":{\"B\":{}}}]}},"
                                "\"createOnlyProperties\":[\"/properties/X/B\"]"));
    assert_int_equal(property_at(s, "A::B::C", "X.A").change, CFN_SCHEMA_UPDATES);
    assert_int_equal(property_at(s, "A::B::C", "X.B").change, CFN_SCHEMA_REPLACES);
    free_facts(s);
}

static void attributes_are_what_is_read_only(void **state)
{
    const cfn_schema *s = facts_of(
        *state, SCHEMA("\"properties\":{\"Id\":{},\"End\":{\"properties\":{\"Port\":{},\"Host\":{}"
                       "}},\"Out\":{\"patternProperties\":{\"x\":{}}},\"L\":{\"items\":{"
                       "\"properties\":{\"Z\":{}}}}},\"readOnlyProperties\":[\"/properties/Out\","
                       "\"/properties/End\",\"/properties/L/*/Z\",\"/properties/End/Port\","
                       "\"/properties/Id\"],\"primaryIdentifier\":[\"/properties/Id\"]"));
    static const char *const names[] = {"End", "End.Host", "End.Port", "Id", "Out", "Out.*"};
    const cfn_schema_type *type = type_of(s, "A::B::C");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(cfn_schema_attribute_at(s, type, i), names[i]);
    assert_null(cfn_schema_attribute_at(s, type, 6));
    assert_true(cfn_schema_has_attribute(s, type, "Out.Url"));
    assert_false(cfn_schema_has_attribute(s, type, "Out."));
    assert_false(cfn_schema_has_attribute(s, type, "L"));
    assert_string_equal(cfn_schema_identifier_at(s, type, 0), "Id");
    assert_true(property_at(s, "A::B::C", "Id").identifier);
    free_facts(s);
}

static void tables_add_what_schemas_do_not_say(void **state)
{
    fixture *f = *state;
    const schema_file files[] = {
        {NULL, "a.json", SCHEMA("\"properties\":{\"P\":{},\"Q\":{}}")},
        {NULL, "getatt-exceptions.json",
         "{\"all_properties\":[\"A::B::C\"],\"exceptions\":{\"A::B::C\":[\"More\"]}}"},
        {NULL, "replacement-disagreements.tsv",
         "type\tproperty\tschema\tother\nA::B::C\tP\tno\tyes\nA::B::C\tQ\tno\tno\n"},
        {NULL, "StatefulResources.json",
         "{\"ResourceTypes\":{\"A::B::C\":{\"DeleteRequiresEmptyResource\":true}}}"},
        {NULL, NULL, NULL},
    };
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    const cfn_schema *s = cfn_schema_open(f->diagnostics, "facts", facts, size);
    const cfn_schema_type *type = type_of(s, "A::B::C");
    cfn_schema_type_facts described = cfn_schema_type_describe(s, type);
    assert_true(described.holds_data && described.must_be_empty);
    assert_true(cfn_schema_has_attribute(s, type, "More"));
    assert_true(cfn_schema_has_attribute(s, type, "Q"));
    assert_int_equal(property_at(s, "A::B::C", "P").change, CFN_SCHEMA_MAY_REPLACE);
    assert_int_equal(property_at(s, "A::B::C", "Q").change, CFN_SCHEMA_UPDATES);
    free(facts);
}

static void regions_that_publish_a_type_have_it(void **state)
{
    fixture *f = *state;
    const schema_file files[] = {
        {"eu-west-1", "a.json", SCHEMA("\"properties\":{\"Old\":{}}")},
        {"eu-west-2", "a.json", SCHEMA("\"properties\":{\"Old\":{}}")},
        {"us-east-1", "a.json", SCHEMA("\"properties\":{\"New\":{}}")},
        {"eu-west-2", "d.json", "{\"typeName\":\"A::B::D\"}"},
        {NULL, NULL, NULL},
    };
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    const cfn_schema *s = cfn_schema_open(f->diagnostics, "facts", facts, size);
    assert_int_equal(cfn_schema_type_describe(s, type_of(s, "A::B::C")).regions, 7);
    assert_int_equal(cfn_schema_type_describe(s, type_of(s, "A::B::D")).regions,
                     1 << cfn_schema_region_find(s, "eu-west-2"));
    property_at(s, "A::B::C", "New"); /* the region that AWS starts with counts */
    free(facts);
}

static void a_table_of_regions_names_lines(void **state)
{
    fixture *f = *state;
    const schema_file files[] = {
        {NULL, "resource-schemas.jsonl",
         SCHEMA("\"properties\":{\"Old\":{}}") "\n" SCHEMA(
             "\"properties\":{\"New\":{}}") "\n" SCHEMA("\"properties\":{\"Old\":{}}") "\n"},
        {NULL, "newer-types.jsonl", "{\"typeName\":\"A::B::N\"}\n" SCHEMA("\"title\":\"x\"") "\n"},
        {NULL, "regions.json",
         "{\"regions\":[\"eu_west_1\",\"us_east_1\",\"eu_west_2\"],\"m\":{\"A::B::C\":[0,1,2]}}"},
        {NULL, NULL, NULL},
    };
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    const cfn_schema *s = cfn_schema_open(f->diagnostics, "facts", facts, size);
    assert_int_equal(cfn_schema_type_describe(s, type_of(s, "A::B::C")).regions, 7);
    property_at(s, "A::B::C", "New");
    cfn_schema_type_facts newer = cfn_schema_type_describe(s, type_of(s, "A::B::N"));
    assert_true(newer.structure_only);
    assert_int_equal(newer.regions, 0);
    free(facts);
}

static void the_same_inputs_give_the_same_bytes(void **state)
{
    const schema_file files[] = {{NULL, "a.json", SCHEMA("\"properties\":{\"P\":{},\"Q\":{}}")},
                                 {NULL, "b.json", "{\"typeName\":\"A::B::D\"}"},
                                 {NULL, NULL, NULL}};
    size_t size = 0, again = 0;
    unsigned char *first = build_facts(*state, files, &size);
    unsigned char *second = build_facts(*state, files, &again);
    assert_int_equal(size, again);
    assert_memory_equal(first, second, size);
    free(first);
    free(second);
}

static void schemas_that_cannot_be_used_are_told(void **state)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"{\"typeName\":\"A::B::C\",", "CFN0101"},
        {"{}", "a.json: error CFN3004: typeName is missing"},
        {SCHEMA("\"properties\":{\"P\":{\"$ref\":\"#/definitions/D\"}}"),
         "$ref \"#/definitions/D\" leads nowhere"},
        {SCHEMA("\"properties\":{\"P\":{\"$ref\":\"#/definitions/D\"}},"
                "\"definitions\":{\"D\":{\"$ref\":\"#/properties/P\"}}"),
         "references run in a circle"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t size = 0;
        const schema_file files[] = {{NULL, "a.json", bad[i].text}, {NULL, NULL, NULL}};
        unsigned char *facts = build_facts(*state, files, &size);
        assert_null(facts);
        free(facts);
        assert_said(*state, bad[i].said);
    }
}

static void nothing_makes_no_facts(void **state)
{
    size_t size = 0;
    unsigned char *facts = build_facts(*state, &(schema_file){NULL, NULL, NULL}, &size);
    assert_null(facts);
    free(facts);
    assert_said(*state, "CFN3005: no provider schema was given");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_type_has_its_properties_in_order),
        TEST(every_rule_is_kept),
        TEST(lists_say_whether_order_and_duplicates_count),
        TEST(definitions_may_contain_themselves),
        TEST(what_stands_beside_a_reference_counts),
        TEST(flags_are_set_at_their_exact_path),
        TEST(flags_reach_into_alternatives),
        TEST(attributes_are_what_is_read_only),
        TEST(tables_add_what_schemas_do_not_say),
        TEST(regions_that_publish_a_type_have_it),
        TEST(a_table_of_regions_names_lines),
        TEST(the_same_inputs_give_the_same_bytes),
        TEST(schemas_that_cannot_be_used_are_told),
        TEST(nothing_makes_no_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
