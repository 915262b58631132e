/* Local files that a template names. */
#include "support.h"

#include <cfngen/assets.h>

static const cfn_asset *find(fixture *f, const cfn_node *root, size_t *count)
{
    cfn_template *tpl = cfn_template_new(f->arena, root, f->diagnostics);
    return cfn_assets_find(f->arena, tpl, count);
}

static void texts_where_a_place_in_s3_belongs_are_assets(void **state)
{
    fixture *f = *state;
    size_t count;
    const cfn_asset *assets =
        find(f,
             read_yaml(f, "Resources:\n"
                          "  A: {Type: AWS::Lambda::Function, Properties: {Code: a.zip}}\n"
                          "  B: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: b, "
                          "S3Key: k}}}\n"
                          "  C: {Type: AWS::Lambda::LayerVersion, Properties: {Content: ../c}}\n"
                          "  D: {Type: AWS::SQS::Queue, Properties: {Code: d.zip}}\n"
                          "  E: {Type: AWS::Lambda::Function}\n"),
             &count);
    assert_int_equal(count, 2);
    assert_string_equal(assets[0].resource, "A");
    assert_string_equal(assets[0].property, "Code");
    assert_string_equal(assets[0].path, "a.zip");
    assert_string_equal(assets[1].resource, "C");
    assert_string_equal(assets[1].property, "Content");
    assert_string_equal(assets[1].path, "../c");
}

static void a_template_without_local_files_has_no_assets(void **state)
{
    fixture *f = *state;
    size_t count;
    assert_null(find(f, read_yaml(f, "Resources: {Q: {Type: AWS::SQS::Queue}}"), &count));
    assert_int_equal(count, 0);
}

static void an_asset_becomes_its_place(void **state)
{
    fixture *f = *state;
    size_t count;
    const cfn_node *root = read_json(
        f, "{\"Resources\":{\"A\":{\"Type\":\"AWS::Lambda::Function\",\"Properties\":{\"Code\":"
           "\"a.zip\",\"Role\":\"r\"}},\"S\":{\"Type\":\"AWS::StepFunctions::StateMachine\","
           "\"Properties\":{\"DefinitionS3Location\":\"s.json\"}}}}");
    const cfn_asset *assets = find(f, root, &count);
    assert_int_equal(count, 2);
    cfn_asset_place(f->arena, &assets[0], "bucket", "key.zip");
    cfn_asset_place(f->arena, &assets[1], "bucket", "key.json");
    assert_json(f, root,
                "{\"Resources\":{\"A\":{\"Type\":\"AWS::Lambda::Function\",\"Properties\":{"
                "\"Code\":{\"S3Bucket\":\"bucket\",\"S3Key\":\"key.zip\"},\"Role\":\"r\"}},"
                "\"S\":{\"Type\":\"AWS::StepFunctions::StateMachine\",\"Properties\":{"
                "\"DefinitionS3Location\":{\"Bucket\":\"bucket\",\"Key\":\"key.json\"}}}}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_where_a_place_in_s3_belongs_are_assets),
        TEST(a_template_without_local_files_has_no_assets),
        TEST(an_asset_becomes_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
