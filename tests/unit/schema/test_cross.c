/* Rules over several properties, what types take beside properties, and the runtimes of Lambda. */
#include "schema_support.h"

/* Members of a schema_file, and the end of files. */
#define TYPE                                                                                       \
    "eu-west-1", "a.json",                                                                         \
        "{\"typeName\":\"A::B::C\",\"properties\":{\"P\":{},\"Q\":{},\"L\":{\"items\":{}}}}"
#define OTHER_TYPE "eu-west-2", "b.json", "{\"typeName\":\"A::B::D\",\"properties\":{\"P\":{}}}"
#define PLACES     NULL, "cross-property-places.tsv"
#define RULES      NULL, "cross-property-rules.json"
#define END        NULL, NULL, NULL

/* The facts out of files; to be freed. */
static const cfn_schema *facts_of_files(fixture *f, const schema_file *files)
{
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    assert_non_null(facts);
    const cfn_schema *s = cfn_schema_open(f->diagnostics, "facts", facts, size);
    assert_non_null(s);
    return s;
}

/* A rule of a type by its name, in a region if that is not NULL. */
static bool find_cross(const cfn_schema *s, const char *type, const char *name, const char *region,
                       cfn_schema_cross *cross)
{
    int bit = region ? cfn_schema_region_find(s, region) : 0;
    for (size_t i = 0; cfn_schema_cross_at(s, type_of(s, type), i, cross); i++)
        if (strcmp(cross->name, name) == 0 && bit >= 0 && cross->regions >> bit & 1)
            return true;
    return false;
}

static cfn_schema_cross cross_of(const cfn_schema *s, const char *type, const char *name,
                                 const char *region)
{
    cfn_schema_cross cross = {.name = NULL};
    if (!find_cross(s, type, name, region, &cross))
        print_error("%s has no rule %s\n", type, name);
    assert_non_null(cross.name);
    return cross;
}

static const cfn_schema_value *value_of(const cfn_schema *s, const cfn_schema_value *value,
                                        cfn_schema_rule_id id)
{
    cfn_schema_rule rule;
    assert_true(cfn_schema_rule_find(s, value, id, &rule));
    return rule.value;
}

static cfn_schema_property_facts member(const cfn_schema *s, const cfn_schema_value *value,
                                        const char *name)
{
    const cfn_schema_property *p = cfn_schema_property_find(s, value, name, strlen(name));
    assert_non_null(p);
    return cfn_schema_property_describe(s, p);
}

static bool takes(const cfn_schema *s, const cfn_schema_value *value, const char *text)
{
    cfn_schema_rule rule;
    const char *one;
    if (!cfn_schema_rule_find(s, value, CFN_SCHEMA_ENUM, &rule))
        return cfn_schema_rule_find(s, value, CFN_SCHEMA_CONST, &rule) &&
               strcmp(rule.text, text) == 0;
    for (size_t i = 0; (one = cfn_schema_rule_text(s, &rule, i)); i++)
        if (strcmp(one, text) == 0)
            return true;
    return false;
}

/* Out of a rule that has an `if` for each engine: what `then` says of a property for an engine, and
 * perhaps for those without a property. */
static const cfn_schema_value *then_of(const cfn_schema *s, const cfn_schema_value *all,
                                       const char *engine, const char *without,
                                       const char *property)
{
    cfn_schema_rule rule;
    const cfn_schema_value *one;
    assert_true(cfn_schema_rule_find(s, all, CFN_SCHEMA_ALL_OF, &rule));
    for (size_t i = 0; (one = cfn_schema_rule_value(s, &rule, i)); i++) {
        const cfn_schema_value *when = value_of(s, one, CFN_SCHEMA_IF);
        const cfn_schema_value *then = value_of(s, one, CFN_SCHEMA_THEN);
        bool meant = takes(s, member(s, when, "Engine").value, engine) &&
                     cfn_schema_property_find(s, then, property, strlen(property));
        if (meant &&
            (!without || cfn_schema_value_describe(s, member(s, when, without).value).forbidden))
            return member(s, then, property).value;
    }
    print_error("nothing is said of %s for %s\n", property, engine);
    assert_non_null(one);
    return NULL;
}

static void a_rule_over_several_properties_is_kept_with_its_place(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {RULES, "{\"x/r\":{\"required\":[\"P\"]},\"x/w\":{\"minItems\":1}}"},
        {PLACES, "x/r\tA::B::C\t\terror\nx/w\tA::B::C\tL.*\twarning\n"},
        {END}};
    const cfn_schema *s = facts_of_files(*state, files);
    cfn_schema_cross r = cross_of(s, "A::B::C", "r", NULL), w = cross_of(s, "A::B::C", "w", NULL);
    cfn_schema_rule rule;
    assert_string_equal(r.path, "");
    assert_false(r.is_warning);
    assert_true(r.regions == UINT64_MAX);
    assert_true(cfn_schema_rule_find(s, r.value, CFN_SCHEMA_REQUIRED, &rule));
    assert_string_equal(w.path, "L.*");
    assert_true(w.is_warning);
    assert_false(cfn_schema_cross_at(s, type_of(s, "A::B::C"), 2, &w));
    free_facts(s);
}

static void false_forbids_a_property_and_true_does_not(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {RULES, "{\"r\":{\"properties\":{\"P\":false,\"Q\":true}}}"},
        {PLACES, "r\tA::B::C\t\terror"},
        {END}};
    const cfn_schema *s = facts_of_files(*state, files);
    const cfn_schema_value *value = cross_of(s, "A::B::C", "r", NULL).value;
    assert_true(cfn_schema_value_describe(s, member(s, value, "P").value).forbidden);
    assert_false(cfn_schema_value_describe(s, member(s, value, "Q").value).forbidden);
    free_facts(s);
}

/* An intrinsic is an object, too: what has properties need not be one. */
static void a_rule_counts_no_types_but_those_it_names(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {RULES, "{\"r\":{\"properties\":{\"P\":{\"items\":{\"type\":\"string\"}}}}}"},
        {PLACES, "r\tA::B::C\t\terror"},
        {END}};
    const cfn_schema *s = facts_of_files(*state, files);
    const cfn_schema_value *value = cross_of(s, "A::B::C", "r", NULL).value;
    const cfn_schema_value *list = member(s, value, "P").value;
    assert_int_equal(cfn_schema_value_describe(s, value).types, 0);
    assert_int_equal(cfn_schema_value_describe(s, list).types, 0);
    assert_int_equal(cfn_schema_value_describe(s, value_of(s, list, CFN_SCHEMA_ITEMS)).types,
                     CFN_SCHEMA_STRING);
    free_facts(s);
}

static void contents_and_names_of_members_have_rules(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {RULES, "{\"r\":{\"contains\":{\"const\":1},\"propertyNames\":{\"pattern\":\"^x\"}}}"},
        {PLACES, "r\tA::B::C\tL\terror"},
        {END}};
    const cfn_schema *s = facts_of_files(*state, files);
    const cfn_schema_value *value = cross_of(s, "A::B::C", "r", NULL).value;
    cfn_schema_rule rule;
    assert_true(takes(s, value_of(s, value, CFN_SCHEMA_CONTAINS), "1"));
    assert_true(cfn_schema_rule_find(s, value_of(s, value, CFN_SCHEMA_PROPERTY_NAMES),
                                     CFN_SCHEMA_PATTERN, &rule));
    assert_string_equal(rule.text, "^x");
    free_facts(s);
}

static void what_regions_say_alike_is_kept_once(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {OTHER_TYPE},
        {"eu-west-3", "c.json", "{\"typeName\":\"A::B::E\"}"},
        {RULES, "{\"r\":{\"eu-west-1\":{\"enum\":[\"a\"]},\"eu-west-2\":{\"enum\":[\"b\"]},"
                "\"eu-west-3\":{\"enum\":[\"a\"]},\"xx-west-1\":{\"enum\":[\"c\"]}}}"},
        {PLACES, "r\tA::B::C\tP\terror"},
        {END}};
    const cfn_schema *s = facts_of_files(*state, files);
    cfn_schema_cross first = cross_of(s, "A::B::C", "r", "eu-west-1");
    assert_true(takes(s, first.value, "a"));
    assert_ptr_equal(cross_of(s, "A::B::C", "r", "eu-west-3").value, first.value);
    assert_true(takes(s, cross_of(s, "A::B::C", "r", "eu-west-2").value, "b"));
    assert_false(cfn_schema_cross_at(s, type_of(s, "A::B::C"), 2, &first));
    assert_false(cfn_schema_cross_at(s, type_of(s, "A::B::D"), 0, &first));
    free_facts(s);
}

static void letter_case_does_not_count_where_a_place_says_so(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {RULES, "{\"r\":{\"if\":{\"properties\":{\"P\":{\"const\":\"a\"},\"Q\":{\"const\":\"b\"}}},"
                "\"then\":{\"properties\":{\"P\":{\"enum\":[\"a\",\"c\"]}}}}}"},
        {PLACES, "r\tA::B::C\t\terror\tP"},
        {END}};
    const cfn_schema *s = facts_of_files(*state, files);
    const cfn_schema_value *value = cross_of(s, "A::B::C", "r", NULL).value;
    const cfn_schema_value *when = value_of(s, value, CFN_SCHEMA_IF);
    const cfn_schema_value *then = value_of(s, value, CFN_SCHEMA_THEN);
    assert_true(cfn_schema_value_describe(s, member(s, when, "P").value).enum_any_case);
    assert_true(takes(s, member(s, when, "P").value, "a"));
    assert_true(cfn_schema_value_describe(s, member(s, then, "P").value).enum_any_case);
    assert_true(takes(s, member(s, then, "P").value, "c"));
    assert_false(cfn_schema_value_describe(s, member(s, when, "Q").value).enum_any_case);
    free_facts(s);
}

/* Damaged or odd tables: nothing of use is made of them, and nothing breaks. */
static void rules_of_another_shape_do_no_harm(void **state)
{
    static const char *const rules[] = {
        "{\"r\":[1,{\"a-b\":2}]}", "{\"r\":7}", "{\"r\":{\"eu-west-1\":null}}",
        "{\"r\":{\"properties\":{\"P\":{\"const\":[1]}}}}",
        "{\"r\":{\"properties\":{\"P\":{\"const\":1,\"enum\":{}}}}}"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const schema_file files[] = {
            {TYPE}, {RULES, rules[i]}, {PLACES, "r\tA::B::C\t\t\tP\nr\nr\tA::B::C"}, {END}};
        const cfn_schema *s = facts_of_files(*state, files);
        assert_string_equal(cross_of(s, "A::B::C", "r", NULL).path, "");
        free_facts(s);
    }
}

static void a_place_without_its_rule_is_told(void **state)
{
    static const schema_file files[] = {
        {TYPE}, {RULES, "{\"r\":{}}"}, {PLACES, "q\tA::B::C\t\terror\nq\tA::B::X\t\terror"}, {END}};
    size_t size = 0;
    assert_null(build_facts(*state, files, &size));
    assert_said(*state, "CFN3004: there is no rule q");
}

static void what_a_type_takes_beside_properties_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        bool creation, update, on_delete, on_replace;
    } types[] = {{"AWS::AutoScaling::AutoScalingGroup", true, true, false, false},
                 {"AWS::CloudFormation::WaitCondition", true, false, false, false},
                 {"AWS::Lambda::Alias", false, true, false, false},
                 {"AWS::ElastiCache::ReplicationGroup", false, true, true, true},
                 {"AWS::RDS::DBCluster", false, false, true, true},
                 {"AWS::DocDB::DBCluster", false, false, true, false},
                 {"AWS::S3::Bucket", false, false, false, false}};
    const cfn_schema *s = cfn_schema_embedded();
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        cfn_schema_type_facts facts = cfn_schema_type_describe(s, type_of(s, types[i].type));
        assert_int_equal(facts.takes_creation_policy, types[i].creation);
        assert_int_equal(facts.takes_update_policy, types[i].update);
        assert_int_equal(facts.snapshot_on_delete, types[i].on_delete);
        assert_int_equal(facts.snapshot_on_replace, types[i].on_replace);
    }
}

static void the_versions_of_engines_are_known(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    cfn_schema_cross cross = cross_of(s, "AWS::RDS::DBCluster", "engine_version", NULL);
    const cfn_schema_value *versions =
        then_of(s, cross.value, "aurora-mysql", NULL, "EngineVersion");
    assert_false(cross.is_warning);
    assert_true(takes(s, versions, "8.0.mysql_aurora.3.08.0"));
    assert_false(takes(s, versions, "8.0.mysql_aurora.3.99.0"));
    assert_true(cross_of(s, "AWS::RDS::DBCluster", "engine_version_deprecated", NULL).is_warning);
    cross = cross_of(s, "AWS::RDS::DBInstance", "engine_version", NULL);
    const cfn_schema_value *engines = then_of(s, cross.value, "mysql", NULL, "EngineVersion");
    assert_true(takes(s, engines, "8.0.40"));
}

static void the_classes_of_a_region_are_known(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    const char *type = "AWS::RDS::DBInstance", *rule = "dbinstanceclass_enum";
    cfn_schema_cross us = cross_of(s, type, rule, "us-east-1");
    cfn_schema_cross mx = cross_of(s, type, rule, "mx-central-1");
    const cfn_schema_value *classes =
        then_of(s, us.value, "postgres", "LicenseModel", "DBInstanceClass");
    assert_true(takes(s, classes, "db.m6i.large"));
    assert_false(takes(s, classes, "db.m6i.huge"));
    classes = then_of(s, mx.value, "postgres", "LicenseModel", "DBInstanceClass");
    assert_false(takes(s, classes, "db.m4.large"));
    assert_true(takes(s, cross_of(s, "AWS::Redshift::Cluster", "nodetype_enum", "eu-west-1").value,
                      "ra3.xlplus"));
}

static void what_excludes_what_is_known(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    cfn_schema_cross cross = cross_of(s, "AWS::RDS::DBCluster", "snapshotidentifier", NULL);
    const cfn_schema_value *then = value_of(s, cross.value, CFN_SCHEMA_THEN);
    assert_true(cfn_schema_value_describe(s, member(s, then, "MasterUsername").value).forbidden);
    assert_true(cross.is_warning);
}

/* Every path of the embedded facts leads somewhere. */
static void rules_hold_at_places_that_there_are(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    const cfn_schema_type *type;
    cfn_schema_cross cross;
    size_t count = 0;
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++)
        for (size_t j = 0; cfn_schema_cross_at(s, type, j, &cross); j++, count++) {
            cfn_schema_place place = cfn_schema_place_of(s, type);
            assert_true(!*cross.path || cfn_schema_follow(s, &place, cross.path));
        }
    assert_true(count > 92);
}

static void runtimes_of_lambda_are_known(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    cfn_schema_runtime r;
    assert_true(cfn_schema_runtime_find(s, "python3.9", &r));
    assert_string_equal(r.deprecated, "2025-12-15");
    assert_string_equal(r.create_blocked, "2026-06-01");
    assert_string_equal(r.update_blocked, "2026-07-01");
    assert_string_equal(r.successor, "python3.14");
    assert_true(cfn_schema_runtime_find(s, "python3.14", &r));
    assert_string_equal(r.successor, "");
    assert_false(cfn_schema_runtime_find(s, "python3", &r));
    assert_true(cfn_schema_runtime_at(s, 0, &r));
    assert_false(cfn_schema_runtime_at(s, 1000, &r));
}

static uint32_t word_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16;
}

/* The words of the section that has this id: 24 bytes of header, then 16 for each. */
static unsigned char *section_of(unsigned char *facts, uint32_t id)
{
    unsigned char *entry = facts + 24 + (id - 1) * 16;
    assert_int_equal(word_at(entry), id);
    assert_true(word_at(entry + 8) > 0);
    return facts + word_at(entry + 4);
}

static void damaged_rules_and_runtimes_are_refused(void **state)
{
    static const schema_file files[] = {
        {TYPE},
        {OTHER_TYPE},
        {RULES, "{\"r\":{\"required\":[\"P\"]}}"},
        {PLACES, "r\tA::B::C\t\terror\nr\tA::B::D\t\terror"},
        {NULL, "LmbdRuntimeLifecycle.json", "{\"x\":{\"deprecated\":\"2026-01-01\"}}"},
        {END}};
    enum { CROSSES = 10, RUNTIMES = 11, WORDS_OF_NAMES = 4 };
    fixture *f = *state;
    size_t size = 0;
    unsigned char *facts = build_facts(f, files, &size);
    unsigned char *cross = section_of(facts, CROSSES), *runtime = section_of(facts, RUNTIMES);
    assert_non_null(cfn_schema_open(f->diagnostics, "facts", facts, size));
    for (size_t word = 0; word < WORDS_OF_NAMES + 5; word++) {
        unsigned char *at = word < WORDS_OF_NAMES ? cross + 4 * word + 2
                                                  : runtime + 4 * (word - WORDS_OF_NAMES) + 2;
        *at = 1;
        assert_null(cfn_schema_open(f->diagnostics, "facts", facts, size));
        assert_said(f, "CFN3003");
        *at = 0;
    }
    cross[0] = 1; /* the type of the second rule: no order to search in, when the next is 0 */
    cross[28] = 0;
    assert_null(cfn_schema_open(f->diagnostics, "facts", facts, size));
    free(facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_rule_over_several_properties_is_kept_with_its_place),
        TEST(false_forbids_a_property_and_true_does_not),
        TEST(a_rule_counts_no_types_but_those_it_names),
        TEST(contents_and_names_of_members_have_rules),
        TEST(what_regions_say_alike_is_kept_once),
        TEST(letter_case_does_not_count_where_a_place_says_so),
        TEST(rules_of_another_shape_do_no_harm),
        TEST(a_place_without_its_rule_is_told),
        TEST(what_a_type_takes_beside_properties_is_known),
        TEST(the_versions_of_engines_are_known),
        TEST(the_classes_of_a_region_are_known),
        TEST(what_excludes_what_is_known),
        TEST(rules_hold_at_places_that_there_are),
        TEST(runtimes_of_lambda_are_known),
        TEST(damaged_rules_and_runtimes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
