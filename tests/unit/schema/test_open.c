/* Foreign facts are used only when all of them is in order. */
#include "schema_support.h"

static const schema_file small[] = {
    {"eu-west-1", "a.json",
     "{\"typeName\":\"A::B::C\",\"required\":[\"P\"],\"properties\":{\"P\":{\"type\":\"string\","
     "\"enum\":[\"a\",\"b\"],\"minLength\":1},\"Q\":{\"items\":{\"oneOf\":[{},{}]},"
     "\"patternProperties\":{\"x\":{}}}},\"readOnlyProperties\":[\"/properties/P\"]}"},
    {"eu-west-2", "b.json", "{\"typeName\":\"A::B::D\",\"properties\":{\"P\":{}}}"},
    {NULL, NULL, NULL},
};

static void assert_refused(fixture *f, const unsigned char *facts, size_t size, const char *said)
{
    assert_null(cfn_schema_open(f->diagnostics, "facts", facts, size));
    assert_said(f, said);
}

static void other_files_are_refused(void **state)
{
    assert_refused(*state, (const unsigned char *)"", 0, "facts: error CFN3001");
    assert_refused(*state, (const unsigned char *)"{\"typeName\":\"A::B::C\"}, and more of it", 36,
                   "CFN3001: this is no file of facts");
}

static void another_version_or_byte_order_is_refused(void **state)
{
    size_t size = 0;
    for (size_t at = 8; at <= 12; at += 4) {
        unsigned char *facts = build_facts(*state, small, &size);
        facts[at]++;
        assert_refused(*state, facts, size, "CFN3002");
        free(facts);
    }
}

static void facts_that_are_cut_short_are_refused(void **state)
{
    size_t size = 0;
    unsigned char *facts = build_facts(*state, small, &size);
    for (size_t length = 24; length < size; length++) {
        unsigned char *part = malloc(length);
        memcpy(part, facts, length);
        assert_refused(*state, part, length, "CFN3003: the facts are damaged or cut short");
        free(part);
    }
    free(facts);
}

/* Uses all there is, to no end but that it stays inside of the memory. */
static size_t use(const cfn_schema *s)
{
    size_t used = 0;
    const cfn_schema_type *type;
    const char *text;
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++) {
        cfn_schema_type_facts facts = cfn_schema_type_describe(s, type);
        used += cfn_schema_type_find(s, facts.name, strlen(facts.name)) != NULL;
        used += strlen(facts.tag_property);
        for (size_t j = 0; (text = cfn_schema_attribute_at(s, type, j)); j++)
            used += cfn_schema_has_attribute(s, type, text);
        cfn_schema_rule rule;
        cfn_schema_place place = cfn_schema_place_of(s, type);
        used += cfn_schema_follow(s, &place, "Q.*.P");
        for (size_t j = 0; cfn_schema_rule_at(s, facts.value, j, &rule); j++)
            used += strlen(rule.text) + rule.count;
    }
    for (size_t i = 0; cfn_schema_region_at(s, i); i++)
        used++;
    for (size_t i = 0; cfn_schema_origin(s, i, &text); i++)
        used += strlen(text);
    return used;
}

/* Each byte in turn; the sanitizers see what goes out of bounds. */
static void damaged_facts_are_refused_or_harmless(void **state)
{
    static const unsigned char values[] = {0, 1, 0x7f, 0x80, 0xff};
    fixture *f = *state;
    size_t size = 0, opened = 0;
    unsigned char *facts = build_facts(f, small, &size);
    for (size_t at = 0; at < size; at++)
        for (size_t i = 0; i < sizeof values; i++) {
            unsigned char kept = facts[at];
            facts[at] = values[i];
            cfn_diagnostics *diagnostics = cfn_diagnostics_new();
            const cfn_schema *s = cfn_schema_open(diagnostics, "facts", facts, size);
            opened += s && use(s) > 0;
            assert_true(s || cfn_diagnostics_count(diagnostics, CFN_ERROR) == 1);
            cfn_diagnostics_free(diagnostics);
            facts[at] = kept;
        }
    assert_true(opened > 0);
    free(facts);
}

static void a_file_is_opened_as_memory_is(void **state)
{
    fixture *f = *state;
    assert_non_null(cfn_schema_open_file(f->arena, f->diagnostics, "lib/schema/facts.bin"));
    assert_found(f, "");
    assert_null(cfn_schema_open_file(f->arena, f->diagnostics, "Makefile"));
    assert_said(f, "CFN3001");
    assert_null(cfn_schema_open_file(f->arena, f->diagnostics, "nowhere"));
    assert_said(f, "CFN0002");
    assert_null(cfn_schema_open_file(f->arena, f->diagnostics, "tests"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(other_files_are_refused),
        TEST(another_version_or_byte_order_is_refused),
        TEST(facts_that_are_cut_short_are_refused),
        TEST(damaged_facts_are_refused_or_harmless),
        TEST(a_file_is_opened_as_memory_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
