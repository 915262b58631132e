/* The facts that are embedded: spot checks against what AWS documents. */
#include "schema_support.h"

static bool has_attribute(const char *type, const char *name)
{
    const cfn_schema *s = cfn_schema_embedded();
    return cfn_schema_has_attribute(s, type_of(s, type), name);
}

static cfn_schema_change change_at(const char *type, const char *path)
{
    cfn_schema_place place;
    assert_true(leads_somewhere(cfn_schema_embedded(), type, path, &place));
    return place.change;
}

static void assert_rule(const char *type, const char *path, cfn_schema_rule_id id,
                        const char *expected)
{
    char text[256];
    assert_string_equal(rule_at(cfn_schema_embedded(), type, path, id, text), expected);
}

static void the_embedded_facts_are_in_order(void **state)
{
    fixture *f = *state;
    const cfn_schema *s = cfn_schema_embedded();
    assert_ptr_equal(cfn_schema_open(f->diagnostics, "facts", s, cfn_schema_size(s)), s);
    assert_int_equal(cfn_schema_version(s), 2);
    assert_true(cfn_schema_size(s) < 2500000);
}

static void every_type_is_found_by_its_name(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    const cfn_schema_type *type;
    size_t full = 0, newer = 0;
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++) {
        cfn_schema_type_facts facts = cfn_schema_type_describe(s, type);
        assert_ptr_equal(type_of(s, facts.name), type);
        *(facts.structure_only ? &newer : &full) += 1;
    }
    assert_int_equal(full, 1601);
    assert_int_equal(newer, 234);
    assert_null(cfn_schema_type_find(s, "AWS::RDS::DBCluste", 18));
    assert_null(cfn_schema_type_find(s, "AWS::RDS::DBClusters", 20));
    assert_non_null(cfn_schema_type_find(s, "AWS::RDS::DBClusters", 19));
}

/* So that what Fn::GetAtt gives has a kind. */
static void every_attribute_leads_to_its_value(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    const cfn_schema_type *type;
    const char *name;
    size_t count = 0, open_ended = 0;
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++)
        for (size_t j = 0; (name = cfn_schema_attribute_at(s, type, j)); j++, count++) {
            cfn_schema_place place = cfn_schema_place_of(s, type);
            bool leads = cfn_schema_follow(s, &place, name);
            open_ended += !leads && strcmp(name, "Outputs.*") == 0;
            assert_true(leads || strcmp(name, "Outputs.*") == 0);
        }
    assert_true(count > 5000);
    assert_int_equal(open_ended, 1);
}

static void every_property_is_found_by_its_name(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    const cfn_schema_type *type;
    const cfn_schema_property *property;
    size_t count = 0;
    for (size_t i = 0; (type = cfn_schema_type_at(s, i)); i++) {
        const cfn_schema_value *value = cfn_schema_type_describe(s, type).value;
        for (size_t j = 0; (property = cfn_schema_property_at(s, value, j)); j++, count++) {
            const char *name = cfn_schema_property_describe(s, property).name;
            assert_ptr_equal(cfn_schema_property_find(s, value, name, strlen(name)), property);
        }
    }
    assert_true(count > 15000);
}

static void where_they_come_from_is_told(void **state)
{
    (void)state;
    const char *name, *text;
    size_t sources = 0, dates = 0;
    for (size_t i = 0; (name = cfn_schema_origin(cfn_schema_embedded(), i, &text)); i++) {
        sources += strcmp(name, "source") == 0;
        dates += strcmp(name, "date") == 0;
        if (strcmp(name, "paths that lead nowhere") == 0)
            assert_true(strtol(text, NULL, 10) < 100);
    }
    assert_int_equal(sources, 2);
    assert_int_equal(dates, 1);
}

static void an_aurora_cluster_is_known(void **state)
{
    (void)state;
    const char *type = "AWS::RDS::DBCluster";
    const cfn_schema *s = cfn_schema_embedded();
    assert_int_equal(change_at(type, "DatabaseName"), CFN_SCHEMA_REPLACES);
    assert_int_equal(change_at(type, "Engine"), CFN_SCHEMA_MAY_REPLACE);
    assert_int_equal(change_at(type, "BacktrackWindow"), CFN_SCHEMA_UPDATES);
    assert_rule(type, "BacktrackWindow", CFN_SCHEMA_MINIMUM, "0");
    assert_rule(type, "DBClusterIdentifier", CFN_SCHEMA_MAX_LENGTH, "63");
    assert_true(property_at(s, type, "DBClusterIdentifier").identifier);
    assert_true(property_at(s, type, "MasterUserPassword").write_only);
    assert_true(property_at(s, type, "Endpoint.Address").read_only);
    assert_true(property_at(s, type, "AssociatedRoles.RoleArn").required);
    assert_true(has_attribute(type, "Endpoint.Address"));
    assert_true(has_attribute(type, "MasterUserSecret.SecretArn"));
    assert_false(has_attribute(type, "Engine"));
    cfn_schema_type_facts facts = cfn_schema_type_describe(s, type_of(s, type));
    assert_true(facts.holds_data && facts.taggable && facts.tags_change);
    assert_string_equal(facts.tag_property, "Tags");
}

static void migration_services_are_known(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    assert_int_equal(change_at("AWS::DMS::ReplicationTask", "SourceEndpointArn"),
                     CFN_SCHEMA_REPLACES);
    assert_int_equal(change_at("AWS::DMS::ReplicationTask", "TableMappings"), CFN_SCHEMA_UPDATES);
    assert_true(
        property_at(s, "AWS::DMS::ReplicationInstance", "ReplicationInstanceClass").required);
    assert_true(has_attribute("AWS::DMS::Endpoint", "ExternalId"));
    assert_int_equal(change_at("AWS::DMS::Endpoint", "KmsKeyId"), CFN_SCHEMA_REPLACES);
    cfn_schema_type_facts dms =
        cfn_schema_type_describe(s, type_of(s, "AWS::DMS::ReplicationTask"));
    int home = cfn_schema_region_find(s, "us-east-1");
    assert_true(home >= 0 && dms.regions >> home & 1);
    assert_int_equal(cfn_schema_region_find(s, "mars-north-1"), -1);
}

static void keys_functions_and_buckets_are_known(void **state)
{
    (void)state;
    const cfn_schema *s = cfn_schema_embedded();
    assert_true(has_attribute("AWS::KMS::Key", "Arn"));
    assert_rule("AWS::KMS::Key", "PendingWindowInDays", CFN_SCHEMA_MINIMUM, "7");
    assert_rule("AWS::Lambda::Function", "Timeout", CFN_SCHEMA_MAXIMUM, "900");
    assert_true(property_at(s, "AWS::Lambda::Function", "Role").required);
    assert_true(property_at(s, "AWS::Lambda::Function", "Code.ZipFile").write_only);
    assert_int_equal(change_at("AWS::Lambda::Function", "FunctionName"), CFN_SCHEMA_REPLACES);
    assert_true(
        property_at(s, "AWS::S3::Bucket", "LifecycleConfiguration.Rules.*.Transition").write_only);
    assert_true(cfn_schema_type_describe(s, type_of(s, "AWS::S3::Bucket")).must_be_empty);
    assert_true(has_attribute("AWS::CloudFormation::Stack", "Outputs.Url"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_embedded_facts_are_in_order),    TEST(every_type_is_found_by_its_name),
        TEST(every_attribute_leads_to_its_value), TEST(every_property_is_found_by_its_name),
        TEST(where_they_come_from_is_told),       TEST(an_aurora_cluster_is_known),
        TEST(migration_services_are_known),       TEST(keys_functions_and_buckets_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
