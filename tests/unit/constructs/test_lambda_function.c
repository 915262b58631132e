/* Cfngen::Lambda::Function. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

/* The properties are at line 5, column 5. */
#define FUNCTION(properties)                                                                       \
    "AWSTemplateFormatVersion: '2010-09-09'\n"                                                     \
    "Resources:\n"                                                                                 \
    "  Key: {Type: 'Cfngen::KMS::Key'}\n"                                                          \
    "  F: {Type: 'Cfngen::Lambda::Function', Properties: {EncryptionKey: !Ref Key,\n"              \
    "    " properties "}}\n"                                                                       \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {SubnetIds: [subnet-12345678, "             \
    "subnet-abcdef01], AvailabilityZones: [a, b]}}\n"                                              \
    "  G: {Type: 'Cfngen::EC2::SecurityGroup', Properties: {Network: !Ref Net}}\n"
#define CONNECTED  "Network: !Ref Net, SecurityGroups: [!Ref G]"
#define PROPERTIES "Resources/F/Properties"
#define STATEMENTS "Resources/FRole/Properties/Policies/0/PolicyDocument/Statement"

static const cfn_node *statement(stack_fixture *t, const char *sid)
{
    const cfn_node *list = cfn_node_find(t->template, STATEMENTS);
    for (const cfn_node *n = cfn_node_first(list); n; n = cfn_node_next(n))
        if (strcmp(cfn_node_text(cfn_node_get(n, "Sid")), sid) == 0)
            return n;
    return NULL;
}

static void a_function_runs_a_bootstrap_on_amazon_linux(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(""));
    assert_found(&t->f, "");
    assert_at(t, PROPERTIES "/Runtime", "\"provided.al2023\"");
    assert_at(t, PROPERTIES "/Handler", "\"bootstrap\"");
    assert_at(t, PROPERTIES "/Architectures", "[\"x86_64\"]");
    assert_at(t, PROPERTIES "/FunctionName", "\"f-test-s1\"");
}

static void the_template_asks_where_its_code_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(""));
    assert_at(t, PROPERTIES "/Code",
              "{\"S3Bucket\":{\"Ref\":\"FCodeBucket\"},\"S3Key\":{\"Ref\":\"FCodeKey\"}}");
    assert_at(t, "Parameters/FCodeBucket/Type", "\"String\"");
    assert_at(t, "Parameters/FCodeKey/AllowedPattern", "\"^.+[.]zip$\"");
}

static void a_place_of_the_user_needs_no_parameters(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Code: {S3Bucket: ours, S3Key: a.zip, S3ObjectVersion: '3'}"));
    assert_at(t, PROPERTIES "/Code",
              "{\"S3Bucket\":\"ours\",\"S3Key\":\"a.zip\",\"S3ObjectVersion\":\"3\"}");
    assert_nothing_at(t, "Parameters/FCodeBucket");
    assert_nothing_at(t, "Parameters/FCodeKey");
}

static void code_for_package_is_a_path(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Code: {Path: build/function.zip}"));
    assert_found(&t->f, "");
    assert_at(t, PROPERTIES "/Code", "\"build/function.zip\"");
    assert_nothing_at(t, "Parameters/FCodeBucket");
    assert_nothing_at(t, "Parameters/FCodeKey");
}

static void assert_path(void **state, const char *path, bool good)
{
    stack_fixture *t = *state;
    restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
    char text[1024];
    snprintf(text, sizeof text, FUNCTION("Code: {Path: '%s'}"), path);
    synth(t, text);
    assert_found(&t->f, good ? "" : "CFN4511 5:18");
}

static void code_for_package_is_a_zip_or_a_folder(void **state)
{
    assert_path(state, "build/lambda", true);
    assert_path(state, "../build.d/validator.zip", true);
    assert_path(state, ".", true);
    assert_path(state, "..", true);
    assert_path(state, "build/", true);
    assert_path(state, "index.js", false);
    assert_path(state, "validator.tar.gz", false);
    assert_path(state, "s3://bucket/validator.zip", false);
    assert_path(state, "", false);
}

static void a_path_excludes_a_place_in_s3(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Code: {Path: build, S3Key: a.zip}"));
    assert_found(&t->f, "CFN2019 5:11");
}

static void a_path_is_known_at_synth(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Code: {Path: !Ref Where}"));
    assert_found(&t->f, "CFN2005 5:18");
}

static void logs_have_a_group_of_their_own_that_does_not_last_for_ever(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("LogRetentionInDays: 90"));
    assert_at(t, PROPERTIES "/LoggingConfig", "{\"LogGroup\":{\"Ref\":\"FLogGroup\"}}");
    assert_at(t, "Resources/FLogGroup/Properties/LogGroupName", "\"/aws/lambda/f-test-s1\"");
    assert_at(t, "Resources/FLogGroup/Properties/RetentionInDays", "90");
    assert_at(t, "Resources/FLogGroup/DeletionPolicy", "\"Delete\"");
}

static void the_key_lets_logs_in_for_this_group_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(""));
    assert_at(t, "Resources/Key/Properties/KeyPolicy/Statement/1/Condition",
              "{\"ArnEquals\":{\"kms:EncryptionContext:aws:logs:arn\":[{\"Fn::Sub\":"
              "\"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
              "/aws/lambda/f-test-s1\"}]}}");
}

static void its_role_writes_to_its_own_log_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(""));
    assert_json(&t->f, statement(t, "WriteLogs"),
                "{\"Sid\":\"WriteLogs\",\"Effect\":\"Allow\",\"Action\":[\"logs:CreateLogStream\","
                "\"logs:PutLogEvents\"],\"Resource\":{\"Fn::GetAtt\":[\"FLogGroup\",\"Arn\"]}}");
}

static void a_function_without_network_and_environment_may_do_nothing_there(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(""));
    assert_null(statement(t, "ConnectToNetwork"));
    assert_null(statement(t, "DecryptEnvironment"));
    assert_nothing_at(t, PROPERTIES "/VpcConfig");
    assert_nothing_at(t, PROPERTIES "/Environment");
}

static void the_environment_is_encrypted_with_the_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Environment: {STAGE: prod, WHERE: !Ref 'AWS::Region'}"));
    assert_at(t, PROPERTIES "/Environment",
              "{\"Variables\":{\"STAGE\":\"prod\",\"WHERE\":{\"Ref\":\"AWS::Region\"}}}");
    assert_at(t, PROPERTIES "/KmsKeyArn", "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_json(&t->f, cfn_node_get(statement(t, "DecryptEnvironment"), "Resource"),
                "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
}

static void in_a_network_the_service_may_connect_and_the_code_may_not(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(CONNECTED));
    assert_at(t, PROPERTIES "/VpcConfig",
              "{\"SecurityGroupIds\":[{\"Fn::GetAtt\":[\"G\",\"GroupId\"]}],"
              "\"SubnetIds\":[\"subnet-12345678\",\"subnet-abcdef01\"]}");
    const cfn_node *allow = statement(t, "ConnectToNetwork");
    const cfn_node *deny = statement(t, "NotTheCodeItself");
    assert_non_null(allow);
    assert_string_equal(cfn_node_text(cfn_node_get(deny, "Effect")), "Deny");
    assert_json(&t->f, cfn_node_get(deny, "Condition"),
                "{\"ArnEquals\":{\"lambda:SourceFunctionArn\":{\"Fn::Sub\":\"arn:${AWS::Partition}:"
                "lambda:${AWS::Region}:${AWS::AccountId}:function:f-test-s1\"}}}");
}

static void failures_go_to_an_encrypted_queue_by_default(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION(""));
    assert_at(t, "Resources/FInvocation/Properties",
              "{\"DestinationConfig\":{\"OnFailure\":{\"Destination\":{\"Fn::GetAtt\":"
              "[\"FFailureQueue\",\"Arn\"]}}},\"FunctionName\":{\"Ref\":\"F\"},"
              "\"Qualifier\":\"$LATEST\"}");
    assert_at(t, "Resources/FFailureQueue/Properties/KmsMasterKeyId",
              "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}");
    assert_json(&t->f, cfn_node_get(statement(t, "TellFailures"), "Resource"),
                "{\"Fn::GetAtt\":[\"FFailureQueue\",\"Arn\"]}");
    assert_json(&t->f, cfn_node_get(statement(t, "EncryptFailures"), "Action"),
                "[\"kms:Decrypt\",\"kms:GenerateDataKey\"]");
}

static void failures_can_go_to_a_topic(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("FailureTopic: !Ref T") "  T: {Type: 'Cfngen::SNS::Topic', Properties: "
                                              "{EncryptionKey: !Ref Key, Subscriptions: "
                                              "[{Protocol: email, Endpoint: a@example.com}]}}\n");
    assert_found(&t->f, "");
    assert_at(t, "Resources/FInvocation/Properties/DestinationConfig/OnFailure/Destination",
              "{\"Ref\":\"T\"}");
    assert_json(&t->f, cfn_node_get(statement(t, "Publish"), "Resource"), "{\"Ref\":\"T\"}");
    assert_nothing_at(t, "Resources/FFailureQueue");
}

static void failures_can_go_to_a_queue_that_exists(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("FailureQueue: 'arn:aws:sqs:eu-west-2:111122223333:q'"));
    assert_json(&t->f, cfn_node_get(statement(t, "TellFailures"), "Resource"),
                "\"arn:aws:sqs:eu-west-2:111122223333:q\"");
    assert_null(statement(t, "EncryptFailures"));
    assert_nothing_at(t, "Resources/FFailureQueue");
}

static void a_queue_is_named_by_its_arn(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("FailureQueue: 'https://sqs.eu-west-2.amazonaws.com/111122223333/q'"));
    assert_found(&t->f, "CFN2024 5:19");
}

static void topic_and_queue_exclude_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("FailureTopic: 'arn:aws:sns:eu-west-2:111122223333:t', FailureQueue: "
                      "'arn:aws:sqs:eu-west-2:111122223333:q'"));
    assert_found(&t->f, "CFN2019 5:73");
}

static void what_depends_on_it_waits_for_the_place_of_its_failures(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("") "  T: {Type: 'AWS::SNS::Topic', DependsOn: F}\n");
    assert_at(t, "Resources/T/DependsOn", "[\"F\",\"FInvocation\"]");
}

static void network_and_groups_need_each_other(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Network: !Ref Net"));
    assert_found(&t->f, "CFN2019 5:14");
    restart(t, &(cfn_stack_options){.suffix = "s1"});
    synth(t, FUNCTION("SecurityGroups: [sg-12345678]"));
    assert_found(&t->f, "CFN2019 5:21");
}

static void a_vpc_without_subnets_is_not_enough(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Network: vpc-12345678, SecurityGroups: [sg-12345678]"));
    assert_found(&t->f, "CFN2008 5:14");
}

static void a_secret_in_the_environment_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Environment: {DB_PASSWORD: hunter2, KEY: "
                      "'{{resolve:secretsmanager:a:SecretString:b}}', "
                      "PASSWORD_SECRET: 'arn:aws:secretsmanager:eu-west-2:1:secret:a'}"));
    assert_found(&t->f, "CFN4512 5:32, CFN4512 5:46");
}

static void a_variable_that_lambda_reserves_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Environment: {AWS_REGION: x}"));
    assert_true(cfn_diagnostics_count(t->f.diagnostics, CFN_ERROR) > 0);
}

static void what_else_it_may_do_is_stated(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Statements: [{Sid: More, Action: ['dms:StartReplicationTask'], Resource: "
                      "['arn:aws:dms:eu-west-2:111122223333:task:A']}]"));
    assert_json(&t->f, statement(t, "More"),
                "{\"Sid\":\"More\",\"Effect\":\"Allow\",\"Action\":\"dms:StartReplicationTask\","
                "\"Resource\":\"arn:aws:dms:eu-west-2:111122223333:task:A\"}");
}

static void a_statement_that_allows_too_much_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, FUNCTION("Statements: [{Action: ['s3:*'], Resource: ['*']}]"));
    assert_found(&t->f, "CFN4431 5:28");
}

static void a_key_that_exists_must_let_logs_in(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  F: {Type: 'Cfngen::Lambda::Function', Properties: {EncryptionKey: "
             "'arn:aws:kms:eu-west-2:111122223333:key/1'}}\n");
    assert_found(&t->f, "CFN4202 2:69");
}

static void c_and_a_stack_file_give_the_same(void **state)
{
    stack_fixture *t = *state;
    synth(t, "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
             "  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "  F: {Type: 'Cfngen::Lambda::Function', Properties: {EncryptionKey: !Ref Key,\n"
             "    Architecture: arm64, Timeout: 5, Environment: {STAGE: prod},\n"
             "    Code: {S3Bucket: ours}, MaximumRetryAttempts: 0}}\n");
    cfn_stack *program = new_program();
    cfn_kms_key key = cfn_kms_key_add(program, "Key", NULL);
    cfn_lambda_function_add(
        program, "F",
        &(cfn_lambda_function_props){.encryption_key = key,
                                     .architecture = cfn_s("arm64"),
                                     .timeout = cfn_i(5),
                                     .environment = cfn_json_text(program, "{\"STAGE\": \"prod\"}"),
                                     .code = {.s3_bucket = cfn_s("ours")},
                                     .maximum_retry_attempts = cfn_i(0)});
    assert_same_as(t, program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_function_runs_a_bootstrap_on_amazon_linux),
        STACK_TEST(the_template_asks_where_its_code_is),
        STACK_TEST(a_place_of_the_user_needs_no_parameters),
        STACK_TEST(code_for_package_is_a_path),
        STACK_TEST(code_for_package_is_a_zip_or_a_folder),
        STACK_TEST(a_path_excludes_a_place_in_s3),
        STACK_TEST(a_path_is_known_at_synth),
        STACK_TEST(logs_have_a_group_of_their_own_that_does_not_last_for_ever),
        STACK_TEST(the_key_lets_logs_in_for_this_group_alone),
        STACK_TEST(its_role_writes_to_its_own_log_alone),
        STACK_TEST(a_function_without_network_and_environment_may_do_nothing_there),
        STACK_TEST(the_environment_is_encrypted_with_the_key),
        STACK_TEST(in_a_network_the_service_may_connect_and_the_code_may_not),
        STACK_TEST(failures_go_to_an_encrypted_queue_by_default),
        STACK_TEST(failures_can_go_to_a_topic),
        STACK_TEST(failures_can_go_to_a_queue_that_exists),
        STACK_TEST(a_queue_is_named_by_its_arn),
        STACK_TEST(topic_and_queue_exclude_each_other),
        STACK_TEST(what_depends_on_it_waits_for_the_place_of_its_failures),
        STACK_TEST(network_and_groups_need_each_other),
        STACK_TEST(a_vpc_without_subnets_is_not_enough),
        STACK_TEST(a_secret_in_the_environment_is_told),
        STACK_TEST(a_variable_that_lambda_reserves_is_refused),
        STACK_TEST(what_else_it_may_do_is_stated),
        STACK_TEST(a_statement_that_allows_too_much_is_refused),
        STACK_TEST(a_key_that_exists_must_let_logs_in),
        STACK_TEST(c_and_a_stack_file_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
