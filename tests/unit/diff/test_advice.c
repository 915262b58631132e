/* What is to be known before a change is deployed. */
#include "diff_support.h"

#define ONE(type, properties) "Resources: {A: {Type: " type ", Properties: " properties "}}"
#define WITHOUT               "Resources: {Z: {Type: T}}"

static void a_loss_of_data_is_told(void **state)
{
    assert_advice(*state, ONE("AWS::S3::Bucket", "{AccessControl: Private}"), WITHOUT, "CFN6010 A");
    assert_advice(*state, ONE("AWS::DynamoDB::Table", "{TableName: a}"),
                  ONE("AWS::DynamoDB::Table", "{TableName: b}"), "CFN6010 A");
    assert_advice(*state, ONE("AWS::IAM::Role", "{RoleName: a}"), WITHOUT, "");
}

static void what_is_retained_is_not_lost(void **state)
{
    assert_advice(*state, "Resources: {A: {Type: 'AWS::S3::Bucket', DeletionPolicy: Retain}}",
                  WITHOUT, "");
}

static void members_of_a_cluster_hold_no_data(void **state)
{
    assert_advice(*state, ONE("AWS::RDS::DBInstance", "{DBClusterIdentifier: c}"), WITHOUT, "");
    assert_advice(*state, ONE("AWS::RDS::DBInstance", "{Engine: mysql}"), WITHOUT, "CFN6010 A");
}

static void a_loss_is_spelled_out(void **state)
{
    cfn_template_diff *diff = diff_of(*state, ONE("AWS::RDS::DBCluster", "{DatabaseName: a}"),
                                      ONE("AWS::RDS::DBCluster", "{DatabaseName: b}"));
    const cfn_diff_entry *entry = cfn_template_diff_entry_at(diff, 0);
    assert_true(entry->holds_data);
    assert_string_equal(entry->loss, "its databases and automated backups");
    assert_string_equal(cfn_template_diff_advice_at(diff, 0)->text,
                        "A is replaced; lost with it: its databases and automated backups "
                        "(UpdateReplacePolicy: Retain keeps the old one)");
    assert_int_equal(cfn_template_diff_advice_at(diff, 0)->severity, CFN_WARNING);
    assert_null(cfn_template_diff_advice_at(diff, 1));
    cfn_template_diff_free(diff);
}

static void a_fixed_name_is_in_the_way_of_a_replacement(void **state)
{
    static const char *const replaced[][3] = {
        {"AWS::RDS::DBCluster",
         "DBClusterIdentifier: a, DatabaseName: ", "CFN6011 A DBClusterIdentifier, CFN6010 A"},
        {"AWS::EC2::SecurityGroup", "GroupName: a, GroupDescription: ", "CFN6011 A GroupName"},
        {"AWS::EC2::SecurityGroup", "GroupDescription: ", ""},
        {"AWS::DMS::Endpoint",
         "EndpointIdentifier: !Sub 'a-${AWS::Region}', KmsKeyId: ", "CFN6011 A EndpointIdentifier"},
    };
    for (size_t i = 0; i < sizeof replaced / sizeof *replaced; i++) {
        char old[300], new[300];
        static const char form[] = "Resources: {A: {Type: '%s', Properties: {%s%s}}}";
        snprintf(old, sizeof old, form, replaced[i][0], replaced[i][1], "x");
        snprintf(new, sizeof new, form, replaced[i][0], replaced[i][1], "y");
        assert_advice(*state, old, new, replaced[i][2]);
    }
}

static void a_name_that_changes_too_is_not(void **state)
{
    assert_advice(*state, ONE("AWS::EC2::SecurityGroup", "{GroupName: a, GroupDescription: x}"),
                  ONE("AWS::EC2::SecurityGroup", "{GroupName: b, GroupDescription: y}"), "");
}

static void a_resource_that_looks_renamed_is_told(void **state)
{
    assert_advice(
        *state, "Resources: {Old: {Type: 'AWS::IAM::Role', Properties: {Path: /a/}}, B: {Type: T}}",
        "Resources: {New: {Type: 'AWS::IAM::Role', Properties: {Path: /a/}}, B: {Type: T}}",
        "CFN6012 Old");
    assert_advice(*state, "Resources: {Old: {Type: 'AWS::IAM::Role', Properties: {Path: /a/}}}",
                  "Resources: {New: {Type: 'AWS::IAM::Role', Properties: {Path: /b/}}}", "");
    assert_advice(*state,
                  "Resources: {Old: {Type: 'AWS::IAM::Role', Properties: {RoleName: a, Path: x}}}",
                  "Resources: {New: {Type: 'AWS::IAM::Role', Properties: {RoleName: a, Path: y}}}",
                  "CFN6012 Old");
}

static void each_twin_has_one_twin(void **state)
{
    cfn_template_diff *diff = diff_of(
        *state, "Resources: {A: {Type: R, Properties: {P: 1}}, B: {Type: R, Properties: {P: 1}}}",
        "Resources: {C: {Type: R, Properties: {P: '1'}}}");
    assert_string_equal(cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, "C")->twin, "A");
    assert_string_equal(cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, "A")->twin, "C");
    assert_null(cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, "B")->twin);
    cfn_template_diff_free(diff);
}

static void another_type_is_refused_by_cloudformation(void **state)
{
    assert_advice(*state, ONE("AWS::SNS::Topic", "{}"), ONE("AWS::IAM::Role", "{}"),
                  "CFN6013 A Type");
}

static void an_export_may_be_imported(void **state)
{
    static const char form[] = "{Resources: {A: {Type: T}}, Outputs: {O: {Value: %s%s}}}";
    char old[200], new[200];
    snprintf(old, sizeof old, form, "a", ", Export: {Name: n}");
    snprintf(new, sizeof new, form, "b", ", Export: {Name: n}");
    assert_advice(*state, old, new, "CFN6014 O");
    snprintf(new, sizeof new, form, "a", ", Export: {Name: m}");
    assert_advice(*state, old, new, "CFN6014 O");
    assert_advice(*state, old, "Resources: {A: {Type: T}}", "CFN6014 O");
    snprintf(new, sizeof new, form, "a", ", Export: {Name: n}, Description: d");
    assert_advice(*state, old, new, "");
}

static void a_condition_may_remove_data(void **state)
{
    assert_advice(*state, "Resources: {A: {Type: 'AWS::S3::Bucket'}}",
                  "{Conditions: {C: !Equals [a, b]}, "
                  "Resources: {A: {Type: 'AWS::S3::Bucket', Condition: C}}}",
                  "CFN6015 A Condition");
}

static void a_protection_that_goes_is_told(void **state)
{
    assert_advice(*state, ONE("AWS::RDS::DBCluster", "{DeletionProtection: 'true'}"),
                  ONE("AWS::RDS::DBCluster", "{DeletionProtection: false}"),
                  "CFN6016 A DeletionProtection");
    assert_advice(*state, "Resources: {A: {Type: T, DeletionPolicy: Retain}}",
                  "Resources: {A: {Type: T}}", "CFN6016 A DeletionPolicy");
    assert_advice(*state, ONE("AWS::RDS::DBCluster", "{DeletionProtection: true}"),
                  ONE("AWS::RDS::DBCluster", "{DeletionProtection: !Ref P}"), "");
}

static void a_loss_in_a_loop_is_told(void **state)
{
    static const char loop[] =
        "Resources: {'Fn::ForEach::L': [I, [%s], {'A${I}': {Type: 'AWS::S3::Bucket'%s}}]}";
    static const char kept_policies[] = ", DeletionPolicy: Retain, UpdateReplacePolicy: Retain";
    char old[300], new[300], half[300], kept_old[300], kept[300];
    snprintf(old, sizeof old, loop, "a, b", "");
    snprintf(new, sizeof new, loop, "a", "");
    snprintf(half, sizeof half, loop, "a", ", UpdateReplacePolicy: Retain");
    snprintf(kept_old, sizeof kept_old, loop, "a, b", kept_policies);
    snprintf(kept, sizeof kept, loop, "a", kept_policies);
    const char *const pairs[][3] = {{old, new, "its objects"},
                                    {old, "Resources: {}", "its objects"},
                                    {old, half, "its objects"},
                                    {kept_old, kept, ""}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        cfn_template_diff *diff = diff_of(*state, pairs[i][0], pairs[i][1]);
        const cfn_diff_entry *entry =
            cfn_template_diff_entry(diff, CFN_SECTION_RESOURCES, "Fn::ForEach::L");
        assert_non_null(entry);
        assert_true(entry->holds_data);
        assert_int_equal(strncmp(entry->loss, pairs[i][2], 11), 0);
        cfn_template_diff_free(diff);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_loss_of_data_is_told),
        TEST(what_is_retained_is_not_lost),
        TEST(members_of_a_cluster_hold_no_data),
        TEST(a_loss_is_spelled_out),
        TEST(a_loss_in_a_loop_is_told),
        TEST(a_fixed_name_is_in_the_way_of_a_replacement),
        TEST(a_name_that_changes_too_is_not),
        TEST(a_resource_that_looks_renamed_is_told),
        TEST(each_twin_has_one_twin),
        TEST(another_type_is_refused_by_cloudformation),
        TEST(an_export_may_be_imported),
        TEST(a_condition_may_remove_data),
        TEST(a_protection_that_goes_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
