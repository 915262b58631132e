/* templates/rds-mysql-to-aurora-mysql.yaml as a whole: names, region, what exists already, rights,
 * deletion, size and outputs. */
#include "blueprint.h"

#include <cfngen/diagnostic.h>
#include <cfngen/schema.h>
#include <ctype.h>

#define BLUEPRINT "templates/rds-mysql-to-aurora-mysql.yaml"

/* ---- names ---- */

/* Which property names a resource; NULL: it has no name that another stack could take. A type that
 * is not here fails the test. */
static const struct {
    const char *type, *name;
} name_properties[] = {
    {"AWS::CloudWatch::Alarm", "AlarmName"},
    {"AWS::CloudWatch::CompositeAlarm", "AlarmName"},
    {"AWS::DMS::Endpoint", "EndpointIdentifier"},
    {"AWS::DMS::ReplicationInstance", "ReplicationInstanceIdentifier"},
    {"AWS::DMS::ReplicationSubnetGroup", "ReplicationSubnetGroupIdentifier"},
    {"AWS::DMS::ReplicationTask", "ReplicationTaskIdentifier"},
    {"AWS::EC2::SecurityGroup", "GroupName"},
    {"AWS::EC2::SecurityGroupEgress", NULL},
    {"AWS::EC2::SecurityGroupIngress", NULL},
    {"AWS::EC2::VPCEndpoint", NULL},
    {"AWS::Events::Rule", "Name"},
    {"AWS::IAM::Role", "RoleName"},
    {"AWS::KMS::Alias", "AliasName"},
    {"AWS::KMS::Key", NULL},
    {"AWS::Lambda::EventInvokeConfig", NULL},
    {"AWS::Lambda::Function", "FunctionName"},
    {"AWS::Lambda::Permission", NULL},
    {"AWS::Logs::LogGroup", "LogGroupName"},
    {"AWS::RDS::DBCluster", "DBClusterIdentifier"},
    {"AWS::RDS::DBClusterParameterGroup", "DBClusterParameterGroupName"},
    {"AWS::RDS::DBInstance", "DBInstanceIdentifier"},
    {"AWS::RDS::DBParameterGroup", "DBParameterGroupName"},
    {"AWS::RDS::DBSubnetGroup", "DBSubnetGroupName"},
    {"AWS::SNS::Subscription", NULL},
    {"AWS::SNS::Topic", "TopicName"},
    {"AWS::SNS::TopicPolicy", NULL},
    {"AWS::SecretsManager::RotationSchedule", "HostedRotationLambda/RotationLambdaName"},
    {"AWS::SecretsManager::SecretTargetAttachment", NULL},
};

/* Names that a service prescribes or that differ from the logical id for another reason. */
static const struct {
    const char *id, *name;
} other_names[] = {
    {"ServiceRolesVpcRole", "dms-vpc-role"},
    {"ServiceRolesLogsRole", "dms-cloudwatch-logs-role"},
    {"AuroraClusterAuditLogGroup", "/aws/rds/cluster/" NAMED("aurora-cluster") "/audit"},
    {"AuroraClusterErrorLogGroup", "/aws/rds/cluster/" NAMED("aurora-cluster") "/error"},
    {"AuroraClusterSlowqueryLogGroup", "/aws/rds/cluster/" NAMED("aurora-cluster") "/slowquery"},
    {"ReplicationLogGroup", "dms-tasks-" NAMED("replication")},
    {"ValidatorLogGroup", "/aws/lambda/" NAMED("validator")},
    {"MigrationKeyAlias", "alias/" NAMED("migration-key")},
};

/* AuroraClusterReader1 is aurora-cluster-reader1-{environment}-{suffix}. */
static void by_convention(char *name, size_t size, const char *id)
{
    size_t used = 0;
    for (const char *c = id; *c && used + 2 < size; c++) {
        if (isupper((unsigned char)*c) && c != id)
            name[used++] = '-';
        name[used++] = (char)tolower((unsigned char)*c);
    }
    snprintf(name + used, size - used, "%s", NAMED(""));
}

static const char *expected_name(char *memory, size_t size, const char *id)
{
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (strcmp(other_names[i].id, id) == 0)
            return other_names[i].name;
    by_convention(memory, size, id);
    return memory;
}

static void assert_name(stack_fixture *t, const cfn_node *resource)
{
    const char *id = cfn_node_key(resource);
    char memory[200];
    for (size_t i = 0; i < sizeof name_properties / sizeof *name_properties; i++) {
        if (!is_of_type(resource, name_properties[i].type))
            continue;
        if (name_properties[i].name)
            assert_string_equal(cfn_node_text(property(t, id, name_properties[i].name)),
                                expected_name(memory, sizeof memory, id));
        return;
    }
    fail_msg("%s is of a type that the table of names does not know", id);
}

static void every_name_is_resource_type_environment_suffix(void **state)
{
    stack_fixture *t = *state;
    for (EACH_RESOURCE(t, r))
        assert_name(t, r);
}

static void every_name_has_the_suffix_but_the_two_that_dms_prescribes(void **state)
{
    stack_fixture *t = *state;
    size_t without = 0;
    for (EACH_RESOURCE(t, r))
        for (size_t i = 0; i < sizeof name_properties / sizeof *name_properties; i++)
            if (name_properties[i].name && is_of_type(r, name_properties[i].type))
                without += !strstr(
                    cfn_node_text(property(t, cfn_node_key(r), name_properties[i].name)), SUFFIX);
    assert_int_equal(without, 2);
}

static void without_a_suffix_it_is_asked_for_at_deployment(void **state)
{
    (void)state;
    stack_fixture *t = blueprint_new(&(blueprint_options){BLUEPRINT, ENVIRONMENT, NULL, NULL});
    assert_at(t, "Parameters/EnvironmentSuffix/Type", "\"String\"");
    assert_property(t, "AuroraCluster", "DBClusterIdentifier",
                    SUB("aurora-cluster-prod-${EnvironmentSuffix}"));
    assert_property(t, "Topic", "TopicName", SUB("topic-prod-${EnvironmentSuffix}"));
    void *owned = t;
    blueprint_free(&owned);
}

/* ---- region ---- */

static void nothing_is_found_wrong_in_eu_west_2(void **state)
{
    assert_nothing_found_wrong(*state);
}

static void the_region_is_that_of_the_deployment(void **state)
{
    stack_fixture *t = *state;
    assert_names_no_region(t);
}

/* ---- services, and what exists ---- */

static void every_service_that_is_asked_for_is_used(void **state)
{
    static const char *const types[] = {
        "AWS::RDS::DBCluster",    "AWS::DMS::ReplicationInstance",
        "AWS::DMS::Endpoint",     "AWS::DMS::ReplicationTask",
        "AWS::KMS::Key",          "AWS::SecretsManager::RotationSchedule",
        "AWS::CloudWatch::Alarm", "AWS::Lambda::Function",
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_in_range(count_of(*state, types[i]), 1, 500);
}

static void networks_peering_and_source_are_not_made_again(void **state)
{
    static const char *const types[] = {
        "AWS::EC2::VPC",   "AWS::EC2::Subnet",     "AWS::EC2::VPCPeeringConnection",
        "AWS::EC2::Route", "AWS::EC2::NatGateway", "AWS::EC2::InternetGateway",
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_int_equal(count_of(*state, types[i]), 0);
    assert_each(*state, "AWS::RDS::DBInstance", 2, "DBClusterIdentifier", REF("AuroraCluster"));
}

/* A name such as subnet-prod-1a is no id, and CloudFormation looks nothing up. */
static void what_exists_is_asked_for_by_its_id(void **state)
{
    static const struct {
        const char *parameter, *type;
    } rows[] = {
        {"ProductionVpcId", "\"AWS::EC2::VPC::Id\""},
        {"ProductionSubnetIds", "\"List<AWS::EC2::Subnet::Id>\""},
        {"ProductionZones", "\"List<AWS::EC2::AvailabilityZone::Name>\""},
        {"SourceDatabaseSecurityGroupId", "\"AWS::EC2::SecurityGroup::Id\""},
    };
    stack_fixture *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const cfn_node *parameter =
            cfn_node_get(cfn_node_get(t->template, "Parameters"), rows[i].parameter);
        assert_json(&t->f, cfn_node_get(parameter, "Type"), rows[i].type);
        assert_null(cfn_node_get(parameter, "Default"));
    }
}

/* ---- rights ---- */

static bool ends_in_star(const cfn_node *action)
{
    const char *text = cfn_node_text(action);
    return text && *text && text[strlen(text) - 1] == '*';
}

typedef struct rights {
    const char *role;
    char wide[400]; /* statements about every resource, as "Role Sid, " */
} rights;

/* Looks at one statement of a role; other nodes are nothing to it. */
static void look_at_statement(const cfn_node *node, void *context)
{
    rights *found = context;
    const cfn_node *action = cfn_node_get(node, "Action");
    const cfn_node *resource = cfn_node_get(node, "Resource");
    if (!action || !resource || strcmp(cfn_node_text(cfn_node_get(node, "Effect")), "Allow") != 0)
        return;
    assert_false(ends_in_star(action));
    for (const cfn_node *n = cfn_node_first(action); n; n = cfn_node_next(n))
        assert_false(ends_in_star(n));
    const char *text = cfn_node_text(resource);
    size_t used = strlen(found->wide);
    if (text && strcmp(text, "*") == 0)
        snprintf(found->wide + used, sizeof found->wide - used, "%s %s, ", found->role,
                 cfn_node_text(cfn_node_get(node, "Sid")));
    for (const cfn_node *n = cfn_node_first(resource); n; n = cfn_node_next(n))
        assert_false(ends_in_star(n));
}

/* Lambda joins a network by rights about every interface, since it makes them: the function itself
 * is denied them again. */
static void no_role_may_do_all_or_touch_all_but_to_join_the_network(void **state)
{
    stack_fixture *t = *state;
    rights found = {.role = ""};
    for (EACH_RESOURCE(t, r))
        if (is_of_type(r, "AWS::IAM::Role")) {
            found.role = cfn_node_key(r);
            visit_all(cfn_node_get(r, "Properties"), look_at_statement, &found);
        }
    assert_string_equal(found.wide, "ValidatorRole ConnectToNetwork, ");
    assert_int_equal(count_of(t, "AWS::IAM::Policy"), 0);
    assert_int_equal(count_of(t, "AWS::IAM::ManagedPolicy"), 0);
}

static void no_role_has_a_managed_policy_but_those_a_service_demands(void **state)
{
    static const char *const demanded[] = {"AuroraClusterMonitoringRole", "ServiceRolesVpcRole",
                                           "ServiceRolesLogsRole"};
    stack_fixture *t = *state;
    const size_t count = sizeof demanded / sizeof *demanded;
    size_t roles = 0;
    for (EACH_RESOURCE(t, r)) {
        if (!cfn_node_find(r, "Properties/ManagedPolicyArns"))
            continue;
        if (roles >= count)
            fail_msg("%s has managed policies, too", cfn_node_key(r));
        else
            assert_string_equal(cfn_node_key(r), demanded[roles]);
        roles++;
        assert_no_property(t, cfn_node_key(r), "ManagedPolicyArns/1");
    }
    assert_int_equal(roles, count);
}

static void every_role_is_assumed_by_one_service(void **state)
{
    assert_each_role_is_of_one_service(*state);
}

/* ---- deletion, size, outputs ---- */

/* A cluster is kept as a snapshot unless the template says otherwise. */
static void everything_goes_with_the_stack(void **state)
{
    stack_fixture *t = *state;
    assert_keeps_nothing(t);
    assert_attribute(t, "AuroraCluster", "DeletionPolicy", "\"Delete\"");
    assert_attribute(t, "AuroraCluster", "UpdateReplacePolicy", "\"Delete\"");
    assert_property(t, "AuroraCluster", "DeletionProtection", "false");
}

/* 51,200 bytes are what CloudFormation takes without a bucket; some are left for changes. */
static void the_minified_template_is_deployed_without_a_bucket(void **state)
{
    char *text = json_of(*state, ((stack_fixture *)*state)->template);
    size_t length = strlen(text);
    free(text);
    assert_in_range(length, 1, 48000);
}

static const named_output outputs[] = {
    {"AuroraClusterIdentifier", REF("AuroraCluster")},
    {"AuroraClusterEndpoint", ATT("AuroraCluster", "Endpoint.Address")},
    {"AuroraReaderEndpoint", ATT("AuroraCluster", "ReadEndpoint.Address")},
    {"AuroraClusterPort", ATT("AuroraCluster", "Endpoint.Port")},
    {"AuroraWriterIdentifier", REF("AuroraClusterWriter")},
    {"DatabaseName", REF("DatabaseName")},
    {"DMSReplicationInstanceArn", REF("Replication")},
    {"DMSSourceEndpointArn", REF("SourceEndpoint")},
    {"DMSTargetEndpointArn", REF("TargetEndpoint")},
    {"DMSReplicationTaskArn", REF("MigrationTask")},
    {"DMSReverseReplicationTaskArn", REF("MigrationTaskReverse")},
    {"SourceSecretArn", REF("SourceSecretArn")},
    {"TargetSecretArn", REF("TargetSecretArn")},
    {"MasterSecretArn", REF("MasterSecretArn")},
    {"ValidatorFunctionName", REF("Validator")},
    {"AlarmTopicArn", REF("Topic")},
    {"ProductionSecurityGroupId", ATT("ProductionSecurityGroup", "GroupId")},
    {"MigrationSecurityGroupId", REF("MigrationSecurityGroup")},
    {"EncryptionKeyArn", ATT("MigrationKey", "Arn")},
    {"EncryptionKeyId", REF("MigrationKey")},
};

static void the_outputs_say_all_that_a_migration_needs(void **state)
{
    assert_outputs(*state, outputs, sizeof outputs / sizeof *outputs);
}

BLUEPRINT_TESTS(BLUEPRINT, cmocka_unit_test(every_name_is_resource_type_environment_suffix),
                cmocka_unit_test(every_name_has_the_suffix_but_the_two_that_dms_prescribes),
                cmocka_unit_test(without_a_suffix_it_is_asked_for_at_deployment),
                cmocka_unit_test(nothing_is_found_wrong_in_eu_west_2),
                cmocka_unit_test(the_region_is_that_of_the_deployment),
                cmocka_unit_test(every_service_that_is_asked_for_is_used),
                cmocka_unit_test(networks_peering_and_source_are_not_made_again),
                cmocka_unit_test(what_exists_is_asked_for_by_its_id),
                cmocka_unit_test(no_role_may_do_all_or_touch_all_but_to_join_the_network),
                cmocka_unit_test(no_role_has_a_managed_policy_but_those_a_service_demands),
                cmocka_unit_test(every_role_is_assumed_by_one_service),
                cmocka_unit_test(everything_goes_with_the_stack),
                cmocka_unit_test(the_minified_template_is_deployed_without_a_bucket),
                cmocka_unit_test(the_outputs_say_all_that_a_migration_needs))
