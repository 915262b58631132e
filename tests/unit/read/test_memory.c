/* Memory that runs out anywhere ends in an error, and in nothing worse. */
#include "support.h"

static const char json[] = "{\"a\":[1,{\"b\":\"x\"},null],\"c\":{\"d\":\"\\u00e9\"}}";
static const char broken_json[] = "{\"a\":1,\"a\":[{\"b\":2,\"\\u0062\":3}],\"c\":x}";
static const char yaml[] = "a: &x {b: [1, !Ref y], c: yes}\nd: {<<: *x, e: !GetAtt f.g}\nh: *x\n";
static const char broken_yaml[] = "a: *x\na: !Foo 012\n? [b]\n: c\nd: 'e\n";

/* Reads with ever more memory until it suffices; returns how often it did not. */
static int read_until_it_suffices(const char *text, cfn_format format, bool good)
{
    for (size_t limit = 1;; limit += 16) {
        cfn_arena *arena = cfn_arena_new();
        cfn_diagnostics *diagnostics = cfn_diagnostics_new();
        cfn_arena_set_limit(arena, limit);
        cfn_node *root = cfn_read_text(arena, diagnostics, "in", text, strlen(text), format);
        bool failed = cfn_arena_failed(arena);
        size_t count = cfn_diagnostics_size(diagnostics);
        assert_true(root == NULL || !failed);
        assert_true(!failed || cfn_diagnostics_at(diagnostics, count - 1)->id == CFN0001);
        assert_true(failed || (root != NULL) == good);
        assert_non_null(cfn_diagnostics_text(diagnostics, false));
        cfn_arena_free(arena);
        cfn_diagnostics_free(diagnostics);
        if (!failed)
            return (int)(limit / 16);
    }
}

static void reading_json_ends_well_with_any_amount_of_memory(void **state)
{
    (void)state;
    assert_true(read_until_it_suffices(json, CFN_FORMAT_JSON, true) > 20);
    assert_true(read_until_it_suffices(broken_json, CFN_FORMAT_JSON, false) > 20);
}

static void reading_yaml_ends_well_with_any_amount_of_memory(void **state)
{
    (void)state;
    assert_true(read_until_it_suffices(yaml, CFN_FORMAT_YAML, true) > 20);
    assert_true(read_until_it_suffices(broken_yaml, CFN_FORMAT_YAML, false) > 20);
}

static void a_full_arena_reads_nothing_however_often_it_is_tried(void **state)
{
    fixture *f = *state;
    cfn_arena_set_limit(f->arena, 1);
    assert_null(read_json(f, json));
    assert_null(read_json(f, json));
    assert_null(read_yaml(f, yaml));
    assert_found(f, "CFN0001 0:0");
}

static void writing_into_a_full_arena_gives_nothing(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_json(f, json);
    cfn_arena_set_limit(f->arena, 1);
    assert_null(cfn_write_text(f->arena, root, NULL, NULL));
    assert_null(
        cfn_write_text(f->arena, root, &(cfn_write_options){.format = CFN_FORMAT_YAML}, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reading_json_ends_well_with_any_amount_of_memory),
        TEST(reading_yaml_ends_well_with_any_amount_of_memory),
        TEST(a_full_arena_reads_nothing_however_often_it_is_tried),
        TEST(writing_into_a_full_arena_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
