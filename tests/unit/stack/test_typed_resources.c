/* Resources from their typed bindings: what each kind of member becomes in the template. */
#include "stack_support.h"

#include "stack/stack.h"

#include <cfngen/aws/cloudwatch.h>
#include <cfngen/aws/kms.h>
#include <cfngen/aws/lambda.h>
#include <cfngen/aws/rds.h>
#include <cfngen/aws/s3.h>
#include <cfngen/aws/sns.h>
#include <cfngen/aws/sqs.h>
#include <cfngen/cfngen.h>

/* What stands in the stack, as a stack file would have it; these resources are no whole ones. */
static void expect(stack_fixture *t, const char *path, const char *json)
{
    t->template = t->stack->document;
    assert_at(t, path, json);
}

static void a_resource_is_the_same_as_in_a_stack_file(void **state)
{
    stack_fixture *t = *state;
    aws_kms_Key key = aws_kms_Key_add(
        t->stack, "Key",
        &(aws_kms_Key_props){
            .Description = cfn_s("For data"),
            .EnableKeyRotation = cfn_b(true),
            .KeyPolicy = cfn_json_text(t->stack, "{\"Statement\":[]}"),
            .attributes = {.deletion_policy = "Retain", .update_replace_policy = "Retain"}});
    aws_rds_DBInstance_add(
        t->stack, "Db",
        &(aws_rds_DBInstance_props){
            .AllocatedStorage = cfn_s("20"),
            .DBInstanceClass = cfn_s("db.t4g.micro"),
            .Engine = cfn_s("mysql"),
            .KmsKeyId = aws_kms_Key_Arn(key),
            .ManageMasterUserPassword = cfn_b(true),
            .MasterUsername = cfn_s("admin"),
            .StorageEncrypted = cfn_b(true),
            .Tags = CFN_ITEMS(cfn_tag, {.Key = cfn_s("Team"), .Value = cfn_s("data")})});
    t->template = cfn_stack_synth(t->stack);
    size_t length = 0;
    char *from_c = strdup(cfn_write_text(t->f.arena, t->template, NULL, &length));
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    synth(t, "AWSTemplateFormatVersion: '2010-09-09'\n"
             "Resources:\n"
             "  Key:\n"
             "    Type: AWS::KMS::Key\n"
             "    Properties:\n"
             "      Description: For data\n"
             "      EnableKeyRotation: true\n"
             "      KeyPolicy: {Statement: []}\n"
             "    DeletionPolicy: Retain\n"
             "    UpdateReplacePolicy: Retain\n"
             "  Db:\n"
             "    Type: AWS::RDS::DBInstance\n"
             "    Properties:\n"
             "      AllocatedStorage: '20'\n"
             "      DBInstanceClass: db.t4g.micro\n"
             "      Engine: mysql\n"
             "      KmsKeyId: !GetAtt Key.Arn\n"
             "      ManageMasterUserPassword: true\n"
             "      MasterUsername: admin\n"
             "      StorageEncrypted: true\n"
             "      Tags: [{Key: Team, Value: data}]\n");
    assert_string_equal(cfn_write_text(t->f.arena, t->template, NULL, &length), from_c);
    free(from_c);
}

static void false_zero_and_the_empty_string_are_values(void **state)
{
    stack_fixture *t = *state;
    aws_rds_DBInstance_add(t->stack, "Db",
                           &(aws_rds_DBInstance_props){.BackupRetentionPeriod = cfn_i(0),
                                                       .DBInstanceClass = cfn_s(""),
                                                       .MultiAZ = cfn_b(false)});
    aws_cloudwatch_Alarm_add(t->stack, "Alarm",
                             &(aws_cloudwatch_Alarm_props){.Threshold = cfn_n(0)});
    expect(t, "Resources/Db/Properties",
           "{\"BackupRetentionPeriod\":0,\"DBInstanceClass\":\"\",\"MultiAZ\":false}");
    expect(t, "Resources/Alarm/Properties", "{\"Threshold\":0}");
}

static void without_props_there_are_no_properties(void **state)
{
    stack_fixture *t = *state;
    aws_sns_Topic_add(t->stack, "A", NULL);
    aws_sns_Topic_add(t->stack, "B", &(aws_sns_Topic_props){.FifoTopic = cfn_b_of(cfn_s(NULL))});
    expect(t, "Resources",
           "{\"A\":{\"Type\":\"AWS::SNS::Topic\"},"
           "\"B\":{\"Type\":\"AWS::SNS::Topic\"}}");
}

static void an_object_is_a_pointer_and_an_empty_one_stays(void **state)
{
    stack_fixture *t = *state;
    typedef aws_s3_Bucket_NotificationConfiguration notification;
    typedef aws_s3_Bucket_NotificationConfiguration_EventBridgeConfiguration bridge;
    aws_s3_Bucket_add(t->stack, "B",
                      &(aws_s3_Bucket_props){
                          .NotificationConfiguration =
                              &(notification){.EventBridgeConfiguration =
                                                  &(bridge){.EventBridgeEnabled = cfn_b(false)}},
                          .VersioningConfiguration =
                              &(aws_s3_Bucket_VersioningConfiguration){.Status = cfn_s("Enabled")},
                          .WebsiteConfiguration = &(aws_s3_Bucket_WebsiteConfiguration)CFN_EMPTY});
    expect(t, "Resources/B/Properties",
           "{\"NotificationConfiguration\":{\"EventBridgeConfiguration\":"
           "{\"EventBridgeEnabled\":false}},"
           "\"VersioningConfiguration\":{\"Status\":\"Enabled\"},\"WebsiteConfiguration\":{}}");
}

static void a_list_holds_structs_strings_or_numbers(void **state)
{
    stack_fixture *t = *state;
    typedef aws_s3_Bucket_LifecycleConfiguration_Rules rule;
    typedef aws_s3_Bucket_LifecycleConfiguration_Rules_Transition transition;
    aws_s3_Bucket_add(t->stack, "B",
                      &(aws_s3_Bucket_props){
                          .LifecycleConfiguration = &(aws_s3_Bucket_LifecycleConfiguration){
                              .Rules = CFN_ITEMS(rule,
                                                 {.Id = cfn_s("old"),
                                                  .Status = cfn_s("Enabled"),
                                                  .Transitions = CFN_ITEMS(
                                                      transition, {.StorageClass = cfn_s("GLACIER"),
                                                                   .TransitionInDays = cfn_i(30)})},
                                                 {.Status = cfn_s("Disabled")})}});
    aws_lambda_Function_add(
        t->stack, "F",
        &(aws_lambda_Function_props){.Architectures = CFN_LIST(cfn_s("arm64")),
                                     .Layers = CFN_LIST(cfn_ref("AWS::NoValue"))});
    expect(t, "Resources/B/Properties/LifecycleConfiguration/Rules",
           "[{\"Id\":\"old\",\"Status\":\"Enabled\",\"Transitions\":[{\"StorageClass\":\"GLACIER\","
           "\"TransitionInDays\":30}]},{\"Status\":\"Disabled\"}]");
    expect(t, "Resources/F/Properties",
           "{\"Architectures\":[\"arm64\"],\"Layers\":[{\"Ref\":\"AWS::NoValue\"}]}");
}

static void a_map_has_keys_of_ones_own(void **state)
{
    stack_fixture *t = *state;
    aws_lambda_Function_add(
        t->stack, "F",
        &(aws_lambda_Function_props){
            .Environment = &(aws_lambda_Function_Environment){
                .Variables = CFN_MAP({"TABLE", cfn_ref("AWS::StackName")}, {"MODE", cfn_s("fast")},
                                     {"UNSET", cfn_s(NULL)})}});
    expect(t, "Resources/F/Properties/Environment",
           "{\"Variables\":{\"TABLE\":{\"Ref\":\"AWS::StackName\"},\"MODE\":\"fast\"}}");
}

static void what_has_no_fixed_form_is_json(void **state)
{
    stack_fixture *t = *state;
    const cfn_entry entries[] = {{"binlog_format", cfn_s("ROW")}, {"port", cfn_ref("AWS::Region")}};
    aws_rds_DBParameterGroup_add(
        t->stack, "G",
        &(aws_rds_DBParameterGroup_props){
            .Family = cfn_s("mysql8.0"), .Parameters = cfn_json_of(cfn_map(t->stack, entries, 2))});
    expect(t, "Resources/G/Properties/Parameters",
           "{\"binlog_format\":\"ROW\",\"port\":{\"Ref\":\"AWS::Region\"}}");
}

static void an_intrinsic_stands_for_an_object_an_item_a_list_or_a_map(void **state)
{
    stack_fixture *t = *state;
    cfn_stack *s = t->stack;
    cfn_str none = cfn_ref("AWS::NoValue");
    cfn_condition_add(s, "Big", cfn_equals(s, cfn_ref("AWS::Region"), cfn_s("x")));
    typedef aws_rds_DBCluster_ServerlessV2ScalingConfiguration scaling;
    cfn_str some = aws_rds_DBCluster_ServerlessV2ScalingConfiguration_value(
        s, &(scaling){.MinCapacity = cfn_n(0.5), .MaxCapacity = cfn_n(4)});
    aws_rds_DBCluster_add(
        s, "C",
        &(aws_rds_DBCluster_props){
            .AvailabilityZones = {.all = cfn_get_azs(s, cfn_s(""))},
            .AssociatedRoles =
                CFN_ITEMS(aws_rds_DBCluster_AssociatedRoles, {.RoleArn = cfn_s("arn")},
                          {.all = cfn_if(s, "Big", none, none)}),
            .ServerlessV2ScalingConfiguration = &(scaling){.all = cfn_if(s, "Big", some, none)},
            .Tags = CFN_ITEMS(cfn_tag, {.all = cfn_if(s, "Big", none, none)})});
    aws_lambda_Function_add(
        s, "F",
        &(aws_lambda_Function_props){.Environment = &(aws_lambda_Function_Environment){
                                         .Variables = {.all = cfn_if(s, "Big", none, none)}}});
    const char *either =
        "{\"Fn::If\":[\"Big\",{\"Ref\":\"AWS::NoValue\"},{\"Ref\":\"AWS::NoValue\"}]}";
    expect(t, "Resources/C/Properties/AvailabilityZones", "{\"Fn::GetAZs\":\"\"}");
    expect(t, "Resources/C/Properties/AssociatedRoles/1", either);
    expect(t, "Resources/C/Properties/ServerlessV2ScalingConfiguration",
           "{\"Fn::If\":[\"Big\",{\"MaxCapacity\":4,\"MinCapacity\":0.5},"
           "{\"Ref\":\"AWS::NoValue\"}]}");
    expect(t, "Resources/C/Properties/Tags/0", either);
    expect(t, "Resources/F/Properties/Environment/Variables", either);
}

static void an_intrinsic_stands_for_a_number_or_a_boolean(void **state)
{
    stack_fixture *t = *state;
    aws_sqs_Queue_add(
        t->stack, "Q",
        &(aws_sqs_Queue_props){.FifoQueue = cfn_b_of(cfn_ref("AWS::Region")),
                               .VisibilityTimeout = cfn_i_of(cfn_sub("${AWS::Region}"))});
    expect(t, "Resources/Q/Properties",
           "{\"FifoQueue\":{\"Ref\":\"AWS::Region\"},"
           "\"VisibilityTimeout\":{\"Fn::Sub\":\"${AWS::Region}\"}}");
}

static void attributes_stand_beside_the_properties(void **state)
{
    stack_fixture *t = *state;
    cfn_stack *s = t->stack;
    cfn_condition_add(s, "Big", cfn_equals(s, cfn_ref("AWS::Region"), cfn_s("x")));
    aws_sns_Topic topic = aws_sns_Topic_add(s, "T", NULL);
    aws_lambda_Alias_add(
        s, "A",
        &(aws_lambda_Alias_props){
            .Name = cfn_s("live"),
            .attributes = {.condition = "Big",
                           .depends_on = CFN_IDS(topic.id),
                           .deletion_policy = "Retain",
                           .update_replace_policy = "Delete",
                           .metadata = cfn_json_text(s, "{\"Team\":\"data\"}"),
                           .update_policy = cfn_json_text(
                               s, "{\"CodeDeployLambdaAliasUpdate\":{\"ApplicationName\":\"a\"}}"),
                           .creation_policy = cfn_json_text(s, "{}")}});
    expect(t, "Resources/A",
           "{\"Type\":\"AWS::Lambda::Alias\",\"Properties\":{\"Name\":\"live\"},"
           "\"Condition\":\"Big\",\"DependsOn\":[\"T\"],\"DeletionPolicy\":\"Retain\","
           "\"UpdateReplacePolicy\":\"Delete\",\"CreationPolicy\":{},\"UpdatePolicy\":"
           "{\"CodeDeployLambdaAliasUpdate\":{\"ApplicationName\":\"a\"}},"
           "\"Metadata\":{\"Team\":\"data\"}}");
}

static void overrides_reach_what_the_facts_do_not_know(void **state)
{
    stack_fixture *t = *state;
    aws_sns_Topic_add(
        t->stack, "T",
        &(aws_sns_Topic_props){
            .TopicName = cfn_s("t"),
            .attributes.overrides = cfn_json_text(
                t->stack, "{\"T\":{\"Properties\":{\"TopicName\":null,\"New\":{\"A\":1}}}}")});
    expect(t, "Resources/T/Properties", "{\"New\":{\"A\":1}}");
}

static void overrides_of_another_resource_are_refused_at_their_line(void **state)
{
    stack_fixture *t = *state;
    cfn_json other = cfn_json_text(t->stack, "{\"U\":{\"Properties\":{}}}");
    cfn_json type = cfn_json_text(t->stack, "{\"V\":{\"Type\":\"AWS::SNS::Subscription\"}}");
    aws_sns_Topic_add(t->stack, "T", &(aws_sns_Topic_props){.attributes.overrides = other});
    aws_sns_Topic_add(t->stack, "V", &(aws_sns_Topic_props){.attributes.overrides = type});
    assert_null(cfn_stack_synth(t->stack));
    assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 0)->id, CFN2014);
    assert_int_equal(cfn_diagnostics_at(t->f.diagnostics, 1)->id, CFN2014);
    assert_said(&t->f, "Overrides cannot change U here");
}

static void every_attribute_has_its_function(void **state)
{
    stack_fixture *t = *state;
    aws_rds_DBCluster cluster = aws_rds_DBCluster_add(t->stack, "Db", NULL);
    aws_sns_Topic topic = aws_sns_Topic_named("Topic");
    cfn_output_add(t->stack, "A",
                   &(cfn_output_props){.value = aws_rds_DBCluster_Endpoint_Address(cluster)});
    cfn_output_add(t->stack, "B", &(cfn_output_props){.value = aws_sns_Topic_Ref(topic)});
    cfn_output_add(t->stack, "C", &(cfn_output_props){.value = aws_sns_Topic_TopicName(topic)});
    aws_sns_Topic_add(t->stack, "Topic", NULL);
    expect(t, "Outputs/A/Value", "{\"Fn::GetAtt\":[\"Db\",\"Endpoint.Address\"]}");
    expect(t, "Outputs/B/Value", "{\"Ref\":\"Topic\"}");
    expect(t, "Outputs/C/Value", "{\"Fn::GetAtt\":[\"Topic\",\"TopicName\"]}");
}

static void constructs_and_typed_resources_take_each_other(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key own = cfn_kms_key_add(t->stack, "Own", NULL);
    aws_kms_Key plain = aws_kms_Key_add(t->stack, "Plain", NULL);
    aws_sns_Topic_add(t->stack, "T",
                      &(aws_sns_Topic_props){.KmsMasterKeyId = cfn_kms_key_arn(own)});
    cfn_secretsmanager_secret_add(
        t->stack, "S",
        &(cfn_secretsmanager_secret_props){.secret_name = cfn_s("s"),
                                           .grant_read_to = CFN_LIST(cfn_s("role")),
                                           .encryption_key =
                                               cfn_kms_key_existing(aws_kms_Key_Arn(plain))});
    t->template = cfn_stack_synth(t->stack);
    assert_at(t, "Resources/T/Properties/KmsMasterKeyId", "{\"Fn::GetAtt\":[\"Own\",\"Arn\"]}");
    assert_at(t, "Resources/SReadByrole/Properties/PolicyDocument/Statement/1/Resource",
              "{\"Fn::GetAtt\":[\"Plain\",\"Arn\"]}");
}

static void a_mistake_is_told_at_the_line_that_adds(void **state)
{
    stack_fixture *t = *state;
    int line = __LINE__ + 1;
    aws_sns_Topic_add(t->stack, "T", &(aws_sns_Topic_props){.TopicName = cfn_ref("Nowhere")});
    assert_null(cfn_stack_synth(t->stack));
    const cfn_diagnostic *first = cfn_diagnostics_at(t->f.diagnostics, 0);
    assert_non_null(strstr(first->mark.file, "test_typed_resources.c"));
    assert_int_equal(first->mark.line, line);
}

static void an_id_is_taken_once(void **state)
{
    stack_fixture *t = *state;
    aws_sns_Topic_add(t->stack, "T", NULL);
    aws_sqs_Queue_add(t->stack, "T", NULL);
    aws_sqs_Queue nothing = aws_sqs_Queue_add(t->stack, NULL, NULL);
    assert_null(nothing.id);
    assert_null(cfn_stack_synth(t->stack));
    assert_said(&t->f, "T is already in Resources");
    assert_said(&t->f, "an id in Resources is NULL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_resource_is_the_same_as_in_a_stack_file),
        STACK_TEST(false_zero_and_the_empty_string_are_values),
        STACK_TEST(without_props_there_are_no_properties),
        STACK_TEST(an_object_is_a_pointer_and_an_empty_one_stays),
        STACK_TEST(a_list_holds_structs_strings_or_numbers),
        STACK_TEST(a_map_has_keys_of_ones_own),
        STACK_TEST(what_has_no_fixed_form_is_json),
        STACK_TEST(an_intrinsic_stands_for_an_object_an_item_a_list_or_a_map),
        STACK_TEST(an_intrinsic_stands_for_a_number_or_a_boolean),
        STACK_TEST(attributes_stand_beside_the_properties),
        STACK_TEST(overrides_reach_what_the_facts_do_not_know),
        STACK_TEST(overrides_of_another_resource_are_refused_at_their_line),
        STACK_TEST(every_attribute_has_its_function),
        STACK_TEST(constructs_and_typed_resources_take_each_other),
        STACK_TEST(a_mistake_is_told_at_the_line_that_adds),
        STACK_TEST(an_id_is_taken_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
