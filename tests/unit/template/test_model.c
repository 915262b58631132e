/* What a template answers: resources, references, capabilities, sizes; and memory that runs out. */
#include "check.h"

#include "base/buffer.h"

static const char sample[] =
    "Parameters: {P: {Type: String}}\n"
    "Conditions: {C: !Equals [!Ref P, x]}\n"
    "Resources:\n"
    "  Db: {Type: 'AWS::RDS::DBCluster', Condition: C, Properties: {X: 1}}\n"
    "  App: {Type: 'AWS::S3::Bucket', Condition: C,\n"
    "        Properties: {U: !Sub '${Db.Endpoint.Address}:${P}'}}\n"
    "Outputs: {O: {Value: !Ref AWS::Region}}\n";

static void resources_are_found_by_id(void **state)
{
    const cfn_template *tpl = check(*state, sample);
    const cfn_resource *db = cfn_template_resource(tpl, "Db");
    assert_string_equal(db->type, "AWS::RDS::DBCluster");
    assert_string_equal(db->condition, "C");
    assert_string_equal(cfn_node_text(cfn_node_get(db->properties, "X")), "1");
    assert_ptr_equal(cfn_template_resource_at(tpl, 0), db);
    assert_null(cfn_template_resource(tpl, "Nothing"));
    assert_null(cfn_template_resource(tpl, "P"));
    assert_null(cfn_template_resource_at(tpl, 2));
    assert_int_equal(cfn_template_resource_count(tpl), 2);
}

static void entries_are_found_in_their_section(void **state)
{
    const cfn_template *tpl = check(*state, sample);
    assert_non_null(cfn_template_get(tpl, CFN_SECTION_PARAMETERS, "P"));
    assert_non_null(cfn_template_get(tpl, CFN_SECTION_CONDITIONS, "C"));
    assert_non_null(cfn_template_get(tpl, CFN_SECTION_OUTPUTS, "O"));
    assert_null(cfn_template_get(tpl, CFN_SECTION_MAPPINGS, "P"));
    assert_null(cfn_template_get(tpl, CFN_SECTION_COUNT, "P"));
    assert_null(cfn_template_section(tpl, CFN_SECTION_RULES));
    assert_string_equal(cfn_node_key(cfn_template_section(tpl, CFN_SECTION_OUTPUTS)),
                        cfn_section_name(CFN_SECTION_OUTPUTS));
}

static void references_say_what_names_what(void **state)
{
    const cfn_template *tpl = check(*state, sample);
    const cfn_resource *app = cfn_template_resource(tpl, "App");
    assert_int_equal(app->reference_count, 3);
    assert_int_equal(app->references[0].kind, CFN_REFERENCE_CONDITION);
    const cfn_reference *attribute = &app->references[1];
    assert_int_equal(attribute->kind, CFN_REFERENCE_SUB);
    assert_int_equal(attribute->section, CFN_SECTION_RESOURCES);
    assert_string_equal(attribute->target, "Db");
    assert_string_equal(attribute->attribute, "Endpoint.Address");
    assert_ptr_equal(attribute->node, cfn_template_resource(tpl, "Db")->node);
    assert_ptr_equal(attribute->owner, app->node);
    assert_int_equal(app->references[2].section, CFN_SECTION_PARAMETERS);
}

static void a_pseudo_parameter_is_in_no_section(void **state)
{
    const cfn_template *tpl = check(*state, sample);
    size_t count = cfn_template_reference_count(tpl);
    const cfn_reference *last = cfn_template_reference_at(tpl, count - 1);
    assert_string_equal(last->target, "AWS::Region");
    assert_int_equal(last->section, CFN_SECTION_NONE);
    assert_null(last->node);
    assert_null(cfn_template_reference_at(tpl, count));
}

static unsigned capabilities_of(void **state, const char *head, const char *resource)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml, "%sResources: {A: %s}\n", head, resource);
    return cfn_template_capabilities(check(*state, yaml));
}

static void capabilities_follow_from_the_resources(void **state)
{
    assert_int_equal(capabilities_of(state, "", "{Type: 'AWS::S3::Bucket'}"), 0);
    assert_int_equal(capabilities_of(state, "", "{Type: 'AWS::IAM::Role'}"), CFN_CAPABILITY_IAM);
    assert_int_equal(
        capabilities_of(state, "", "{Type: 'AWS::IAM::Role', Properties: {RoleName: x}}"),
        CFN_CAPABILITY_IAM | CFN_CAPABILITY_NAMED_IAM);
    assert_int_equal(
        capabilities_of(state, "Transform: AWS::Include\n", "{Type: 'AWS::S3::Bucket'}"),
        CFN_CAPABILITY_AUTO_EXPAND);
    assert_int_equal(capabilities_of(state, "Transform: AWS::SecretsManager-2024-09-16\n",
                                     "{Type: 'AWS::S3::Bucket'}"),
                     CFN_CAPABILITY_AUTO_EXPAND | CFN_CAPABILITY_IAM);
    assert_string_equal(cfn_capability_name(CFN_CAPABILITY_NAMED_IAM), "CAPABILITY_NAMED_IAM");
}

static void open_templates_say_so(void **state)
{
    assert_false(cfn_template_is_open(check(*state, sample)));
    assert_true(cfn_template_is_open(
        check(*state, "Transform: Mine\nResources: {A: {Type: 'A::B::C'}}\n")));
}

static void a_root_that_is_no_mapping_is_reported(void **state)
{
    fixture *f = *state;
    cfn_template *tpl = cfn_template_new(f->arena, NULL, f->diagnostics);
    assert_non_null(tpl);
    assert_int_equal(cfn_template_resource_count(tpl), 0);
    assert_null(cfn_template_resource(tpl, "A"));
    assert_found(f, "CFN0008 0:0");
}

static void check_size(void **state, size_t bytes, size_t minified)
{
    fixture *f = *state;
    cfn_template_check_size(check(f, sample), f->diagnostics, bytes, minified);
}

static void a_template_that_can_be_sent_is_not_too_large(void **state)
{
    check_size(state, 51200, 0);
    assert_found(*state, "");
}

static void a_template_for_s3_gets_a_note(void **state)
{
    check_size(state, 51201, 51201);
    assert_found(*state, "CFN1405 1:1");
    assert_said(*state, "cfngen deploy --s3-bucket");
}

static void minifying_is_advised_when_it_helps(void **state)
{
    check_size(state, 60000, 51200);
    assert_said(*state, "with --minify it has 51200");
}

static void more_than_a_megabyte_is_too_large(void **state)
{
    check_size(state, 1048577, 1048577);
    assert_found(*state, "CFN1404 1:1");
}

static void there_are_limits_to_numbers(void **state)
{
    cfn__buffer yaml = {0};
    cfn__buffer_add_text(&yaml, "Resources:\n");
    for (int i = 0; i < 501; i++)
        cfn__buffer_format(&yaml, "  R%d: {Type: 'A::B::C'}\n", i);
    cfn__buffer_add_text(&yaml, "Outputs:\n");
    for (int i = 0; i < 200; i++)
        cfn__buffer_format(&yaml, "  O%d: {Value: x}\n", i);
    check(*state, yaml.text);
    cfn__buffer_free(&yaml);
    assert_found(*state, "CFN1401 1:1");
    assert_said(*state, "501 resources are more than the 500");
}

static void an_id_has_at_most_255_characters(void **state)
{
    char yaml[512], id[257];
    memset(id, 'a', sizeof id - 1);
    id[256] = '\0';
    snprintf(yaml, sizeof yaml, "Resources: {%s: {Type: 'A::B::C'}}\n", id);
    check(*state, yaml);
    assert_found(*state, "CFN1403 1:13");
}

/* Whatever allocation fails, the answer is no template and CFN0001. */
static void memory_may_run_out_anywhere(void **state)
{
    fixture *f = *state;
    const cfn_node *root = read_yaml(f, sample);
    bool done = false;
    for (size_t limit = 16; !done; limit += 16) {
        cfn_arena *arena = cfn_arena_new();
        cfn_diagnostics *diagnostics = cfn_diagnostics_new();
        cfn_arena_set_limit(arena, limit);
        done = cfn_template_new(arena, root, diagnostics) != NULL;
        assert_int_equal(cfn_diagnostics_count(diagnostics, CFN_ERROR) == 0, done);
        cfn_diagnostics_free(diagnostics);
        cfn_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resources_are_found_by_id),
        TEST(entries_are_found_in_their_section),
        TEST(references_say_what_names_what),
        TEST(a_pseudo_parameter_is_in_no_section),
        TEST(capabilities_follow_from_the_resources),
        TEST(open_templates_say_so),
        TEST(a_root_that_is_no_mapping_is_reported),
        TEST(a_template_that_can_be_sent_is_not_too_large),
        TEST(a_template_for_s3_gets_a_note),
        TEST(minifying_is_advised_when_it_helps),
        TEST(more_than_a_megabyte_is_too_large),
        TEST(there_are_limits_to_numbers),
        TEST(an_id_has_at_most_255_characters),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
