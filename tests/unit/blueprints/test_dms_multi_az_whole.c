/* templates/dms-mysql-multi-az.yaml as a whole: what it asks for, rights, deletion, size, outputs.
 */
#include "blueprint.h"

#include <cfngen/diagnostic.h>
#include <cfngen/schema.h>

#define BLUEPRINT "templates/dms-mysql-multi-az.yaml"

/* ---- secrets ---- */

static void is_no_password(const cfn_node *node, void *context)
{
    (void)context;
    const char *key = cfn_node_key(node);
    static const char *const names[] = {"Password", "MasterUserPassword", "SecretString",
                                        "Username"};
    for (size_t i = 0; key && i < sizeof names / sizeof *names; i++)
        assert_string_not_equal(key, names[i]);
}

static void no_password_stands_in_the_template(void **state)
{
    stack_fixture *t = *state;
    visit_all(t->template, is_no_password, NULL);
    const cfn_node *parameters = cfn_node_get(t->template, "Parameters");
    for (const cfn_node *n = cfn_node_first(parameters); n; n = cfn_node_next(n))
        assert_null(strstr(cfn_node_key(n), "Password"));
    assert_int_equal(count_of(t, "AWS::SecretsManager::Secret"), 0);
}

/* ---- configuration ---- */

static void what_can_be_configured_is_a_parameter_with_its_default(void **state)
{
    static const struct {
        const char *parameter, *value;
    } rows[] = {
        {"SourceEngineName", "\"mysql\""},
        {"TargetEngineName", "\"mysql\""},
        {"SourcePort", "3306"},
        {"TargetPort", "3306"},
        {"SourceDatabaseName", "\"production_db\""},
        {"TargetDatabaseName", "\"migrated_db\""},
        {"ReplicationInstanceClass", "\"dms.t3.medium\""},
        {"EnableMultiAz", "\"true\""},
        {"AllocatedStorage", "100"},
        {"VpcCidr", "\"10.0.0.0/16\""},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[80];
        snprintf(path, sizeof path, "Parameters/%s/Default", rows[i].parameter);
        assert_at(t, path, rows[i].value);
    }
}

static void what_exists_is_asked_for_by_its_id(void **state)
{
    static const struct {
        const char *parameter, *type;
    } rows[] = {
        {"TargetVpcId", "\"AWS::EC2::VPC::Id\""},
        {"TargetSecurityGroupId", "\"AWS::EC2::SecurityGroup::Id\""},
        {"SourceSecretArn", "\"String\""},
        {"TargetSecretArn", "\"String\""},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const cfn_node *parameter =
            cfn_node_get(cfn_node_get(t->template, "Parameters"), rows[i].parameter);
        assert_json(&t->f, cfn_node_get(parameter, "Type"), rows[i].type);
        assert_null(cfn_node_get(parameter, "Default"));
    }
}

/* Both exist, so that neither is made. */
static void no_database_is_made(void **state)
{
    assert_int_equal(count_of(*state, "AWS::RDS::DBInstance"), 0);
    assert_int_equal(count_of(*state, "AWS::RDS::DBCluster"), 0);
}

static void every_service_that_is_asked_for_is_used(void **state)
{
    static const char *const types[] = {
        "AWS::EC2::VPC",          "AWS::DMS::ReplicationInstance", "AWS::DMS::Endpoint",
        "AWS::S3::Bucket",        "AWS::DMS::ReplicationTask",     "AWS::SNS::Topic",
        "AWS::CloudWatch::Alarm", "AWS::Logs::LogGroup",           "AWS::Logs::MetricFilter",
        "AWS::KMS::Key",          "AWS::DMS::EventSubscription",
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_in_range(count_of(*state, types[i]), 1, 500);
}

/* ---- names and region ---- */

static const struct {
    const char *type, *name;
} name_properties[] = {
    {"AWS::CloudWatch::Alarm", "AlarmName"},
    {"AWS::DMS::Endpoint", "EndpointIdentifier"},
    {"AWS::DMS::EventSubscription", "SubscriptionName"},
    {"AWS::DMS::ReplicationInstance", "ReplicationInstanceIdentifier"},
    {"AWS::DMS::ReplicationSubnetGroup", "ReplicationSubnetGroupIdentifier"},
    {"AWS::DMS::ReplicationTask", "ReplicationTaskIdentifier"},
    {"AWS::EC2::SecurityGroup", "GroupName"},
    {"AWS::Events::Rule", "Name"},
    {"AWS::IAM::Role", "RoleName"},
    {"AWS::KMS::Alias", "AliasName"},
    {"AWS::Logs::LogGroup", "LogGroupName"},
    {"AWS::Logs::MetricFilter", "FilterName"},
    {"AWS::S3::Bucket", "BucketName/Fn::Sub"},
    {"AWS::SNS::Topic", "TopicName"},
};

static void every_name_has_the_suffix_but_the_two_that_dms_prescribes(void **state)
{
    stack_fixture *t = *state;
    size_t with = 0, without = 0;
    for (EACH_RESOURCE(t, r))
        for (size_t i = 0; i < sizeof name_properties / sizeof *name_properties; i++)
            if (is_of_type(r, name_properties[i].type)) {
                const cfn_node *name = property(t, cfn_node_key(r), name_properties[i].name);
                *(strstr(cfn_node_text(name), ENVIRONMENT "-" SUFFIX) ? &with : &without) += 1;
            }
    assert_in_range(with, 30, 100);
    assert_int_equal(without, 2);
}

static void nothing_is_found_wrong(void **state)
{
    assert_nothing_found_wrong(*state);
}

static void the_region_is_that_of_the_deployment(void **state)
{
    assert_names_no_region(*state);
}

/* ---- rights ---- */

static bool is_wide(const cfn_node *value)
{
    const char *text = cfn_node_text(value);
    bool wide = text && *text && text[strlen(text) - 1] == '*';
    for (const cfn_node *n = cfn_node_first(value); n; n = cfn_node_next(n))
        wide |= cfn_node_text(n) && strcmp(cfn_node_text(n), "*") == 0;
    return wide;
}

static void is_narrow(const cfn_node *node, void *context)
{
    (void)context;
    const cfn_node *action = cfn_node_get(node, "Action");
    const cfn_node *resource = cfn_node_get(node, "Resource");
    assert_false(action && is_wide(action));
    assert_false(resource && is_wide(resource));
}

static void no_role_may_do_all_or_touch_all(void **state)
{
    stack_fixture *t = *state;
    size_t roles = 0;
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::IAM::Role")) {
            visit_all(cfn_node_get(r, "Properties"), is_narrow, NULL);
            roles++;
        }
    assert_int_equal(roles, 5);
    assert_int_equal(count_of(t, "AWS::IAM::Policy"), 0);
}

static void every_role_is_assumed_by_one_service(void **state)
{
    assert_each_role_is_of_one_service(*state);
}

/* ---- deletion, size, outputs ---- */

/* A bucket is kept unless it is said otherwise. */
static void everything_goes_with_the_stack(void **state)
{
    stack_fixture *t = *state;
    assert_keeps_nothing(t);
    assert_attribute(t, "MigrationBucket", "DeletionPolicy", "\"Delete\"");
    assert_attribute(t, "MigrationBucket", "UpdateReplacePolicy", "\"Delete\"");
}

/* 51,200 bytes are what CloudFormation takes without a bucket; names that end in a parameter take
 * 3,500 more. */
static void the_minified_template_is_deployed_without_a_bucket(void **state)
{
    char *text = json_of(*state, ((stack_fixture *)*state)->template);
    size_t length = strlen(text);
    free(text);
    assert_in_range(length, 1, 48500);
}

static const named_output outputs[] = {
    {"MigrationTaskId", REF("MigrationTask")},
    {"MigrationTaskReverseId", REF("MigrationTaskReverse")},
    {"CdcTaskId", REF("CdcTask")},
    {"ReplicationInstanceArn", REF("Replication")},
    {"SourceEndpointArn", REF("SourceEndpoint")},
    {"TargetEndpointArn", REF("TargetEndpoint")},
    {"SourceSecretArn", REF("SourceSecretArn")},
    {"TargetSecretArn", REF("TargetSecretArn")},
    {"SourceDatabaseName", REF("SourceDatabaseName")},
    {"TargetDatabaseName", REF("TargetDatabaseName")},
    {"VpcId", REF("Network")},
    {"PublicSubnetIds",
     "{\"Fn::Join\":[\",\",[" REF("NetworkPublicSubnet1") "," REF("NetworkPublicSubnet2") "]]}"},
    {"PrivateSubnetIds",
     "{\"Fn::Join\":[\",\",[" REF("NetworkPrivateSubnet1") "," REF("NetworkPrivateSubnet2") "]]}"},
    {"DatabaseSubnetIds", "{\"Fn::Join\":[\",\",[" REF("NetworkIsolatedSubnet1") "," REF(
                              "NetworkIsolatedSubnet2") "]]}"},
    {"NatAddresses",
     "{\"Fn::Join\":[\",\",[" REF("NetworkNatAddress1") "," REF("NetworkNatAddress2") "]]}"},
    {"PeeringId", REF("NetworkPeeringWithTargetVpcId")},
    {"ReplicationSecurityGroupId", ATT("ReplicationSecurityGroup", "GroupId")},
    {"ReplicationLogGroupName", REF("ReplicationLogGroup")},
    {"MigrationBucketName", REF("MigrationBucket")},
    {"NotificationTopicArn", REF("Topic")},
    {"EncryptionKeyArn", ATT("MigrationKey", "Arn")},
};

static void the_outputs_say_all_that_a_migration_needs(void **state)
{
    assert_outputs(*state, outputs, sizeof outputs / sizeof *outputs);
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(no_password_stands_in_the_template),
                cmocka_unit_test(what_can_be_configured_is_a_parameter_with_its_default),
                cmocka_unit_test(what_exists_is_asked_for_by_its_id),
                cmocka_unit_test(no_database_is_made),
                cmocka_unit_test(every_service_that_is_asked_for_is_used),
                cmocka_unit_test(every_name_has_the_suffix_but_the_two_that_dms_prescribes),
                cmocka_unit_test(nothing_is_found_wrong),
                cmocka_unit_test(the_region_is_that_of_the_deployment),
                cmocka_unit_test(no_role_may_do_all_or_touch_all),
                cmocka_unit_test(every_role_is_assumed_by_one_service),
                cmocka_unit_test(everything_goes_with_the_stack),
                cmocka_unit_test(the_minified_template_is_deployed_without_a_bucket),
                cmocka_unit_test(the_outputs_say_all_that_a_migration_needs))
