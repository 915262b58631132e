/* Cfngen::SecretsManager::Secret: attachment and rotation. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define ARN "arn:aws:secretsmanager:eu-west-2:111122223333:secret:db-AbC123"

/* The secret S starts at line 2; a cluster, the group of the function and a network follow. */
#define STACK_WITH(attributes, properties, egress)                                                 \
    "Resources:\n"                                                                                 \
    "  S: {Type: 'Cfngen::SecretsManager::Secret', Properties: {SecretArn: '" ARN "',\n"           \
    "    " properties "}" attributes "}\n"                                                         \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {SubnetIds: [subnet-12345678, "             \
    "subnet-abcdef01], AvailabilityZones: [a, b]}}\n"                                              \
    "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net, Egress: "           \
    "[" egress "]}}\n"                                                                             \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  Db: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, Network: !Ref " \
    "Net, SecurityGroups: [sg-12345678], EncryptionKey: !Ref Key}}\n"
#define HTTPS       "{Cidr: 10.0.0.0/8, Port: 443}"
#define DATABASE    "{Cidr: 10.0.0.0/8, Port: 3306}"
#define WITH(props) STACK_WITH("", props, HTTPS ", " DATABASE)
#define GROUPS      "Network: !Ref Net, SecurityGroups: [!Ref G]"
#define HOSTED      "Resources/SRotation/Properties/HostedRotationLambda"

static void an_attached_secret_learns_where_the_cluster_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db"));
    assert_at(t, "Resources/SAttachment/Type", "\"AWS::SecretsManager::SecretTargetAttachment\"");
    assert_at(t, "Resources/SAttachment/Properties",
              "{\"SecretId\":\"" ARN "\",\"TargetId\":{\"Ref\":\"Db\"},"
              "\"TargetType\":\"AWS::RDS::DBCluster\"}");
    assert_nothing_at(t, "Transform");
}

static void a_secret_can_be_attached_to_a_cluster_that_exists(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: other-cluster"));
    assert_at(t, "Resources/SAttachment/Properties/TargetId", "\"other-cluster\"");
}

static void what_depends_on_a_secret_waits_for_its_attachment(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db") "  T: {Type: 'AWS::SNS::Topic', DependsOn: S}\n");
    assert_at(t, "Resources/T/DependsOn", "[\"SAttachment\"]");
}

static void rotation_is_hosted_and_does_not_happen_at_deployment(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    assert_at(t, "Transform", "\"AWS::SecretsManager-2024-09-16\"");
    assert_at(t, "Resources/SRotation/Properties/SecretId", "\"" ARN "\"");
    assert_at(t, "Resources/SRotation/Properties/RotateImmediatelyOnUpdate", "false");
    assert_at(t, "Resources/SRotation/Properties/RotationRules", "{\"AutomaticallyAfterDays\":30}");
    assert_at(t, HOSTED "/RotationType", "\"MySQLSingleUser\"");
    assert_at(t, HOSTED "/RotationLambdaName", "\"s-rotation-test-s1\"");
}

static void it_rotates_at_deployment_when_asked_to(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS ", RotateImmediatelyOnUpdate: true}"));
    assert_at(t, "Resources/SRotation/Properties/RotateImmediatelyOnUpdate", "true");
}

static void subnets_and_groups_of_a_rotation_are_texts_with_commas(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {Network: !Ref Net, "
                  "SecurityGroups: [!Ref G, sg-87654321]}"));
    assert_at(t, HOSTED "/VpcSubnetIds",
              "{\"Fn::Join\":[\",\",[\"subnet-12345678\",\"subnet-abcdef01\"]]}");
    assert_at(t, HOSTED "/VpcSecurityGroupIds",
              "{\"Fn::Join\":[\",\",[{\"Fn::GetAtt\":[\"G\",\"GroupId\"]},\"sg-87654321\"]]}");
}

static void a_single_group_is_a_text_as_it_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    assert_at(t, HOSTED "/VpcSecurityGroupIds", "{\"Fn::GetAtt\":[\"G\",\"GroupId\"]}");
}

static void no_password_has_what_dms_or_rds_do_not_take(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    const char *excluded = cfn_node_text(cfn_node_find(t->template, HOSTED "/ExcludeCharacters"));
    assert_non_null(excluded);
    for (const char *p = ";:.+/@\" "; *p; p++)
        assert_non_null(strchr(excluded, *p));
}

static void a_rotation_waits_for_the_attachment_and_the_instances(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    assert_at(t, "Resources/SRotation/DependsOn",
              "[\"SAttachment\",\"Db\",\"DbWriter\",\"DbReader1\"]");
}

#define ADMIN(name)                                                                                \
    "  Admin: {Type: 'Cfngen::SecretsManager::Secret', Properties: {" name                         \
    "EncryptionKey: !Ref Key}}\n"
#define TURNS                                                                                      \
    "EncryptionKey: !Ref Key, AttachTo: !Ref Db, Rotation: {" GROUPS ", SuperuserSecret: !Ref "    \
    "Admin}"

static void with_a_superuser_two_logins_take_turns(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH(TURNS) ADMIN(""));
    assert_at(t, HOSTED "/RotationType", "\"MySQLMultiUser\"");
    assert_at(t, HOSTED "/KmsKeyArn", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_at(t, HOSTED "/SuperuserSecretArn", "{\"Ref\":\"AdminArn\"}");
    assert_at(t, HOSTED "/SuperuserSecretKmsKeyArn", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
}

static void a_superuser_is_given_by_the_whole_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH(TURNS) ADMIN("SecretName: admin, "));
    assert_found(&t->f, "CFN2024 3:122");
}

static void a_secret_that_rds_manages_is_not_rotated_again(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          WITH("") "  M: {Type: 'Cfngen::SecretsManager::Secret', Properties: {SecretArn: !GetAtt "
                   "Db.MasterUserSecret.SecretArn,\n"
                   "    AttachTo: !Ref Db, Rotation: {" GROUPS "}}}\n");
    assert_found(&t->f, "CFN4507 9:34");
}

static void a_schedule_replaces_the_number_of_days(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS
                  ", ScheduleExpression: 'cron(0 2 ? * SUN *)', Duration: 3h}"));
    assert_at(t, "Resources/SRotation/Properties/RotationRules",
              "{\"Duration\":\"3h\",\"ScheduleExpression\":\"cron(0 2 ? * SUN *)\"}");
}

static void a_database_outside_the_stack_needs_its_engine(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("Rotation: {" GROUPS "}"));
    assert_found(&t->f, "CFN2019 3:15");
}

static void the_engine_of_a_database_outside_decides_the_function(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("Rotation: {" GROUPS ", Engine: postgresql}"));
    assert_found(&t->f, "");
    assert_at(t, HOSTED "/RotationType", "\"PostgreSQLSingleUser\"");
}

static void an_engine_that_is_not_the_clusters_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS ", Engine: postgresql}"));
    assert_found(&t->f, "CFN2019 3:88");
}

static void days_and_a_schedule_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS
                  ", AutomaticallyAfterDays: 7, ScheduleExpression: rate(7 days)}"));
    assert_found(&t->f, "CFN2019 3:127");
}

static void assert_schedule(void **state, const char *schedule, bool good)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    char text[2048];
    snprintf(text, sizeof text,
             WITH("AttachTo: !Ref Db, Rotation: {" GROUPS ", ScheduleExpression: '%s'}"), schedule);
    synth(t, text);
    assert_found(&t->f, good ? "" : "CFN4504 3:100");
}

static void only_schedules_that_secrets_manager_takes_are_let_through(void **state)
{
    assert_schedule(state, "rate(10 days)", true);
    assert_schedule(state, "rate(1 day)", true);
    assert_schedule(state, "rate(4 hours)", true);
    assert_schedule(state, "cron(0 16 1,15 * ? *)", true);
    assert_schedule(state, "rate(30 minutes)", false);
    assert_schedule(state, "rate(0 days)", false);
    assert_schedule(state, "rate(10days)", false);
    assert_schedule(state, "rate()", false);
    assert_schedule(state, "rate(7)", false);
    assert_schedule(state, "cron(0 2 * * 0)", false);
    assert_schedule(state, "every week", false);
    assert_schedule(state, "", false);
}

static void a_function_that_cannot_reach_secrets_manager_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK_WITH("", "AttachTo: !Ref Db, Rotation: {" GROUPS "}", DATABASE));
    assert_found(&t->f, "CFN4501 3:70");
}

static void a_rule_to_another_group_leads_to_no_database(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK_WITH("", "AttachTo: !Ref D, Rotation: {" GROUPS "}",
                        HTTPS ", {To: !Ref Other, Port: 3306}") //
          "  Other: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
          "  Own: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
          "  D: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, Network: "
          "!Ref Net, SecurityGroups: [!Ref Own], EncryptionKey: !Ref Key}}\n");
    assert_found(&t->f, "CFN4502 3:69");
}

static void one_to_the_group_of_the_database_does(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK_WITH("", "AttachTo: !Ref D, Rotation: {" GROUPS "}",
                        HTTPS ", {To: !Ref Own, Port: 3306}") //
          "  Own: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
          "  D: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, Network: "
          "!Ref Net, SecurityGroups: [!Ref Own], EncryptionKey: !Ref Key}}\n");
    assert_found(&t->f, "");
}

static void a_cluster_that_failed_is_not_asked_for_its_engine(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref D, Rotation: {" GROUPS "}") //
          "  D: {Type: 'Cfngen::RDS::AuroraCluster', Properties: {Engine: aurora-mysql, Network: "
          "!Ref Net, SecurityGroups: [sg-12345678],\n"
          "    EncryptionKey: !Ref Key, Reders: 2}}\n");
    assert_found(&t->f, "CFN2002 9:30");
}

static void a_function_that_cannot_reach_the_database_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK_WITH("", "AttachTo: !Ref Db, Rotation: {" GROUPS "}", HTTPS));
    assert_found(&t->f, "CFN4502 3:70");
}

static void a_group_of_elsewhere_may_reach_anything(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {Network: !Ref Net, SecurityGroups: "
                  "[sg-87654321]}"));
    assert_found(&t->f, "");
}

static void a_vpc_without_subnets_is_not_enough_for_a_rotation(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {Network: vpc-12345678, SecurityGroups: "
                  "[sg-87654321]}"));
    assert_found(&t->f, "CFN2008 3:44");
}

static void a_transform_of_the_user_stays_beside_the_one_that_is_needed(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Transform: AWS::LanguageExtensions\n" WITH("AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    assert_at(t, "Transform", "[\"AWS::LanguageExtensions\",\"AWS::SecretsManager-2024-09-16\"]");
}

static void a_transform_that_is_there_is_not_added_again(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Transform: [AWS::SecretsManager-2024-09-16]\n" WITH(
                 "AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    assert_at(t, "Transform", "[\"AWS::SecretsManager-2024-09-16\"]");
}

static void the_first_transform_for_rotation_is_told_to_be_outdated(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Transform: AWS::SecretsManager-2020-07-23\n" WITH(
                 "AttachTo: !Ref Db, Rotation: {" GROUPS "}"));
    assert_found(&t->f, "CFN4505 1:12");
    assert_at(t, "Transform", "\"AWS::SecretsManager-2020-07-23\"");
}

static void a_condition_holds_for_attachment_and_rotation(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Conditions: {C: !Equals [a, b]}\n" STACK_WITH(
              ", Condition: C", "AttachTo: !Ref Db, Rotation: {" GROUPS "}", HTTPS ", " DATABASE));
    assert_at(t, "Resources/SAttachment/Condition", "\"C\"");
    assert_at(t, "Resources/SRotation/Condition", "\"C\"");
}

#define TARGET_OF(secret)                                                                          \
    "  Ca: {Type: 'Cfngen::DMS::Certificate', Properties: {CertificateArn: "                       \
    "'arn:aws:dms:eu-west-2:111122223333:cert:A'}}\n"                                              \
    "  T: {Type: 'Cfngen::DMS::Endpoint', Properties: {EndpointType: target, EngineName: aurora, " \
    "EncryptionKey: !Ref Key, Certificate: !Ref Ca,\n"                                             \
    "    Secret: " secret "}}\n"
#define TARGET TARGET_OF("!Ref S")

static void an_endpoint_of_dms_waits_for_the_host_in_its_secret(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db") TARGET);
    assert_found(&t->f, "");
    assert_at(t, "Resources/T/DependsOn", "[\"SAttachment\"]");
}

static void a_secret_that_rds_manages_is_not_for_dms(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("") TARGET_OF("!Ref M") "  M: {Type: 'Cfngen::SecretsManager::Secret', "
                                          "Properties: {SecretArn: !GetAtt "
                                          "Db.MasterUserSecret.SecretArn}}\n");
    assert_found(&t->f, "CFN4506 10:13");
}

static void a_rotation_needs_a_group(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {Network: !Ref Net, SecurityGroups: []}"));
    assert_found(&t->f, "CFN2007 3:70");
}

static void a_rotated_secret_is_not_for_dms(void **state)
{
    stack_fixture *t = *state;
    synth(t, WITH("AttachTo: !Ref Db, Rotation: {" GROUPS "}") TARGET);
    assert_found(&t->f, "CFN4503 10:13");
}

static void c_and_a_stack_file_give_the_same(void **state)
{
    stack_fixture *t = *state;
    synth(t, "AWSTemplateFormatVersion: '2010-09-09'\n" WITH("AttachTo: !Ref Db, Rotation: {" GROUPS
                                                             ", AutomaticallyAfterDays: 7}"));
    cfn_stack *program = new_program();
    cfn_ec2_network network = cfn_ec2_network_named("Net");
    cfn_ec2_security_group group = cfn_ec2_security_group_named("G");
    cfn_secretsmanager_secret_add(
        program, "S",
        &(cfn_secretsmanager_secret_props){
            .secret_arn = cfn_s(ARN),
            .attach_to = cfn_rds_aurora_cluster_named("Db"),
            .rotation = {.network = network,
                         .security_groups = CFN_ITEMS(cfn_ec2_security_group, group),
                         .automatically_after_days = cfn_i(7)}});
    cfn_ec2_network_add(
        program, "Net",
        &(cfn_ec2_network_props){.subnet_ids =
                                     CFN_LIST(cfn_s("subnet-12345678"), cfn_s("subnet-abcdef01")),
                                 .availability_zones = CFN_LIST(cfn_s("a"), cfn_s("b"))});
    cfn_ec2_security_group_add(
        program, "G",
        &(cfn_ec2_security_group_props){
            .network = network,
            .egress = CFN_RULES({.cidr = cfn_s("10.0.0.0/8"), .port = cfn_i(443)},
                                {.cidr = cfn_s("10.0.0.0/8"), .port = cfn_i(3306)})});
    cfn_kms_key key = cfn_kms_key_add(program, "Key", NULL);
    cfn_rds_aurora_cluster_add(
        program, "Db",
        &(cfn_rds_aurora_cluster_props){
            .engine = cfn_s(CFN_AURORA_MYSQL),
            .network = network,
            .security_groups = CFN_ITEMS(cfn_ec2_security_group,
                                         cfn_ec2_security_group_existing(cfn_s("sg-12345678"))),
            .encryption_key = key});
    assert_same_as(t, program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(an_attached_secret_learns_where_the_cluster_is),
        STACK_TEST(a_secret_can_be_attached_to_a_cluster_that_exists),
        STACK_TEST(what_depends_on_a_secret_waits_for_its_attachment),
        STACK_TEST(rotation_is_hosted_and_does_not_happen_at_deployment),
        STACK_TEST(it_rotates_at_deployment_when_asked_to),
        STACK_TEST(subnets_and_groups_of_a_rotation_are_texts_with_commas),
        STACK_TEST(a_single_group_is_a_text_as_it_is),
        STACK_TEST(no_password_has_what_dms_or_rds_do_not_take),
        STACK_TEST(a_rotation_waits_for_the_attachment_and_the_instances),
        STACK_TEST(with_a_superuser_two_logins_take_turns),
        STACK_TEST(a_superuser_is_given_by_the_whole_arn),
        STACK_TEST(a_secret_that_rds_manages_is_not_rotated_again),
        STACK_TEST(a_secret_that_rds_manages_is_not_for_dms),
        STACK_TEST(a_rotation_needs_a_group),
        STACK_TEST(a_schedule_replaces_the_number_of_days),
        STACK_TEST(a_database_outside_the_stack_needs_its_engine),
        STACK_TEST(the_engine_of_a_database_outside_decides_the_function),
        STACK_TEST(an_engine_that_is_not_the_clusters_is_refused),
        STACK_TEST(days_and_a_schedule_exclude_each_other),
        STACK_TEST(only_schedules_that_secrets_manager_takes_are_let_through),
        STACK_TEST(a_function_that_cannot_reach_secrets_manager_is_an_error),
        STACK_TEST(a_rule_to_another_group_leads_to_no_database),
        STACK_TEST(one_to_the_group_of_the_database_does),
        STACK_TEST(a_cluster_that_failed_is_not_asked_for_its_engine),
        STACK_TEST(a_function_that_cannot_reach_the_database_is_an_error),
        STACK_TEST(a_group_of_elsewhere_may_reach_anything),
        STACK_TEST(a_vpc_without_subnets_is_not_enough_for_a_rotation),
        STACK_TEST(a_transform_of_the_user_stays_beside_the_one_that_is_needed),
        STACK_TEST(a_transform_that_is_there_is_not_added_again),
        STACK_TEST(the_first_transform_for_rotation_is_told_to_be_outdated),
        STACK_TEST(a_condition_holds_for_attachment_and_rotation),
        STACK_TEST(an_endpoint_of_dms_waits_for_the_host_in_its_secret),
        STACK_TEST(a_rotated_secret_is_not_for_dms),
        STACK_TEST(c_and_a_stack_file_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
