/* Cfngen::S3::Bucket. */
#include "stack_support.h"

#include <cfngen/cfngen.h>

#define BUCKET(rest)     "Resources:\n  B: {Type: 'Cfngen::S3::Bucket'" rest "}\n"
#define KEPT(properties) BUCKET(", Properties: {\n    " properties "}")
#define RULE(rest)                                                                                 \
    BUCKET(", Properties: {NoncurrentExpirationInDays: 30, LifecycleRules: [{\n    " rest "}]}")

static void a_bucket_is_closed_versioned_and_encrypted(void **state)
{
    stack_fixture *t = *state;
    synth(t, BUCKET(""));
    assert_found(&t->f, "");
    assert_at(t, "Resources/B/Properties/PublicAccessBlockConfiguration",
              "{\"BlockPublicAcls\":true,\"BlockPublicPolicy\":true,\"IgnorePublicAcls\":true,"
              "\"RestrictPublicBuckets\":true}");
    assert_at(t, "Resources/B/Properties/VersioningConfiguration", "{\"Status\":\"Enabled\"}");
    assert_at(t, "Resources/B/Properties/OwnershipControls",
              "{\"Rules\":[{\"ObjectOwnership\":\"BucketOwnerEnforced\"}]}");
    assert_at(t, "Resources/B/Properties/BucketEncryption/ServerSideEncryptionConfiguration",
              "[{\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"AES256\"}}]");
}

static void its_name_is_of_this_account_and_region(void **state)
{
    stack_fixture *t = *state;
    synth(t, BUCKET(""));
    assert_at(t, "Resources/B/Properties/BucketName",
              "{\"Fn::Sub\":\"b-test-s1-${AWS::AccountId}-${AWS::Region}\"}");
}

static void a_key_is_used_through_a_bucket_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("EncryptionKey: !Ref Key") "  Key: {Type: 'Cfngen::KMS::Key'}\n");
    assert_at(t, "Resources/B/Properties/BucketEncryption/ServerSideEncryptionConfiguration",
              "[{\"BucketKeyEnabled\":true,\"ServerSideEncryptionByDefault\":{\"KMSMasterKeyID\":"
              "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]},\"SSEAlgorithm\":\"aws:kms\"}}]");
}

static void nothing_is_reached_without_tls(void **state)
{
    stack_fixture *t = *state;
    synth(t, BUCKET(""));
    assert_at(t, "Resources/BPolicy/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"TlsAlone\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
              "\"Resource\":[{\"Fn::GetAtt\":[\"B\",\"Arn\"]},{\"Fn::Sub\":\"${B.Arn}/*\"}],"
              "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]");
}

static void the_bucket_is_kept_with_its_policy_and_its_key(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("EncryptionKey: !Ref Key") "  Key: {Type: 'Cfngen::KMS::Key'}\n");
    assert_at(t, "Resources/B/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/BPolicy/DeletionPolicy", "\"Retain\"");
    assert_at(t, "Resources/Key/DeletionPolicy", "\"Retain\"");
}

static void a_bucket_that_goes_with_the_stack_must_be_empty(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          BUCKET(", DeletionPolicy: Delete, Properties: {EncryptionKey: !Ref Key}") "  Key: {Type: "
                                                                                    "'Cfngen::KMS::"
                                                                                    "Key'}\n");
    assert_found(&t->f, "CFN4802 2:3");
    assert_at(t, "Resources/BPolicy/DeletionPolicy", "\"Delete\"");
    assert_nothing_at(t, "Resources/Key/DeletionPolicy");
}

static void a_key_that_goes_before_the_bucket_is_an_error(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("EncryptionKey: !Ref Key") "  Key: {Type: 'Cfngen::KMS::Key', DeletionPolicy: "
                                             "Delete}\n");
    assert_found(&t->f, "CFN4114 4:3");
}

static void uploads_that_were_never_finished_go_after_a_week(void **state)
{
    stack_fixture *t = *state;
    synth(t, BUCKET(""));
    assert_at(t, "Resources/B/Properties/LifecycleConfiguration/Rules",
              "[{\"AbortIncompleteMultipartUpload\":{\"DaysAfterInitiation\":7},\"Id\":"
              "\"Housekeeping\",\"Status\":\"Enabled\"}]");
}

static void rules_stand_before_those_of_the_whole_bucket(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Id: Dumps, Prefix: dumps/, Enabled: false, ExpirationInDays: 365, Transitions: "
                  "[{StorageClass: STANDARD_IA, Days: 90}, {StorageClass: GLACIER, Days: 180}], "
                  "NoncurrentTransitions: [{StorageClass: GLACIER_IR, Days: 1}], "
                  "NoncurrentExpirationInDays: 20"));
    assert_found(&t->f, "");
    assert_at(t, "Resources/B/Properties/LifecycleConfiguration/Rules/0",
              "{\"ExpirationInDays\":365,\"Id\":\"Dumps\",\"NoncurrentVersionExpiration\":"
              "{\"NoncurrentDays\":20},\"NoncurrentVersionTransitions\":[{\"StorageClass\":"
              "\"GLACIER_IR\",\"TransitionInDays\":1}],\"Prefix\":\"dumps/\",\"Status\":"
              "\"Disabled\",\"Transitions\":[{\"StorageClass\":\"STANDARD_IA\","
              "\"TransitionInDays\":90},{\"StorageClass\":\"GLACIER\",\"TransitionInDays\":180}]}");
    assert_at(t, "Resources/B/Properties/LifecycleConfiguration/Rules/1/Id", "\"Housekeeping\"");
}

static void infrequent_access_takes_no_young_objects(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Transitions: [{StorageClass: STANDARD_IA, Days: 29}]"));
    assert_found(&t->f, "CFN4801 3:53");
}

static void infrequent_access_keeps_objects_for_thirty_days(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Transitions: [{StorageClass: STANDARD_IA, Days: 30},\n"
                  "      {StorageClass: GLACIER, Days: 59}]"));
    assert_found(&t->f, "CFN4801 4:37");
    assert_said(&t->f, "write 60 or more");
}

static void objects_never_go_up_again(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Transitions: [{StorageClass: GLACIER, Days: 30},\n"
                  "      {StorageClass: STANDARD_IA, Days: 90}]"));
    assert_found(&t->f, "CFN4801 4:22");
}

static void what_is_gone_cannot_move(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Transitions: [{StorageClass: GLACIER, Days: 90}], ExpirationInDays: 90"));
    assert_found(&t->f, "CFN4801 3:73");
}

static void older_versions_keep_the_same_order(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("NoncurrentTransitions: [{StorageClass: GLACIER, Days: 9}],\n"
                  "    NoncurrentExpirationInDays: 9"));
    assert_found(&t->f, "CFN4801 4:33");
}

static void days_that_are_not_known_are_let_through(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Parameters: {Days: {Type: Number}}\n" RULE(
                 "Transitions: [{StorageClass: STANDARD_IA, Days: !Ref Days}], ExpirationInDays: "
                 "1"));
    assert_found(&t->f, "");
}

static void a_rule_that_does_nothing_is_refused(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Prefix: logs/"));
    assert_found(&t->f, "CFN4801 2:97");
}

static void two_rules_have_two_names(void **state)
{
    stack_fixture *t = *state;
    synth(t, RULE("Id: A, ExpirationInDays: 1}, {Id: A, ExpirationInDays: 2"));
    assert_found(&t->f, "CFN4801 3:39");
}

static void what_expires_is_still_there_as_an_older_version(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("LifecycleRules: [{ExpirationInDays: 9}]"));
    assert_found(&t->f, "CFN4803 3:41");
}

static void names_are_those_that_s3_takes(void **state)
{
    static const char *const refused[] = {"ab",           "-logs", "logs-",   "xn--logs",
                                          "logs-s3alias", "Logs",  "my.logs", NULL};
    stack_fixture *t = *state;
    for (const char *const *name = refused; *name; name++) {
        char text[200];
        restart(t, &(cfn_stack_options){.environment = "test", .suffix = "s1"});
        snprintf(text, sizeof text, KEPT("Name: %s"), *name);
        synth(t, text);
        assert_found(&t->f, "CFN2012 3:11");
    }
}

static void a_role_reads_the_objects_and_uses_the_key_through_s3_alone(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("EncryptionKey: !Ref Key, GrantReadTo: [worker]") "  Key: {Type: "
                                                                    "'Cfngen::KMS::Key'}\n");
    assert_at(t, "Resources/BReadByworker/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"ReadObjects\",\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
              "\"Resource\":{\"Fn::Sub\":\"${B.Arn}/*\"}},{\"Sid\":\"EncryptObjects\",\"Effect\":"
              "\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}"
              ",\"Condition\":{\"StringEquals\":{\"kms:ViaService\":{\"Fn::Sub\":"
              "\"s3.${AWS::Region}.amazonaws.com\"}}}},{\"Sid\":\"ListObjects\",\"Effect\":"
              "\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":{\"Fn::GetAtt\":[\"B\","
              "\"Arn\"]}}]");
}

static void a_role_that_writes_reads_nothing(void **state)
{
    stack_fixture *t = *state;
    synth(t, KEPT("GrantWriteTo: [worker]"));
    assert_at(t, "Resources/BWriteByworker/Properties/PolicyDocument/Statement",
              "[{\"Sid\":\"WriteObjects\",\"Effect\":\"Allow\",\"Action\":"
              "[\"s3:AbortMultipartUpload\",\"s3:PutObject\"],\"Resource\":{\"Fn::Sub\":"
              "\"${B.Arn}/*\"}}]");
}

static void c_and_a_stack_file_make_the_same(void **state)
{
    stack_fixture *t = *state;
    cfn_kms_key key = cfn_kms_key_add(t->stack, "Key", NULL);
    cfn_s3_bucket_add(t->stack, "B",
                      &(cfn_s3_bucket_props){
                          .encryption_key = key,
                          .noncurrent_expiration_in_days = cfn_i(30),
                          .lifecycle_rules = CFN_LIFECYCLE_RULES(
                              {.prefix = cfn_s("logs/"),
                               .transitions = CFN_TRANSITIONS(
                                   {.storage_class = cfn_s("GLACIER_IR"), .days = cfn_i(10)})})});
    assert_same_as_file(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
                           "  B: {Type: 'Cfngen::S3::Bucket', Properties: {EncryptionKey: !Ref "
                           "Key, NoncurrentExpirationInDays: 30, LifecycleRules: [{Prefix: logs/, "
                           "Transitions: [{StorageClass: GLACIER_IR, Days: 10}]}]}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(a_bucket_is_closed_versioned_and_encrypted),
        STACK_TEST(its_name_is_of_this_account_and_region),
        STACK_TEST(a_key_is_used_through_a_bucket_key),
        STACK_TEST(nothing_is_reached_without_tls),
        STACK_TEST(the_bucket_is_kept_with_its_policy_and_its_key),
        STACK_TEST(a_bucket_that_goes_with_the_stack_must_be_empty),
        STACK_TEST(a_key_that_goes_before_the_bucket_is_an_error),
        STACK_TEST(uploads_that_were_never_finished_go_after_a_week),
        STACK_TEST(rules_stand_before_those_of_the_whole_bucket),
        STACK_TEST(infrequent_access_takes_no_young_objects),
        STACK_TEST(infrequent_access_keeps_objects_for_thirty_days),
        STACK_TEST(objects_never_go_up_again),
        STACK_TEST(what_is_gone_cannot_move),
        STACK_TEST(older_versions_keep_the_same_order),
        STACK_TEST(days_that_are_not_known_are_let_through),
        STACK_TEST(a_rule_that_does_nothing_is_refused),
        STACK_TEST(two_rules_have_two_names),
        STACK_TEST(what_expires_is_still_there_as_an_older_version),
        STACK_TEST(names_are_those_that_s3_takes),
        STACK_TEST(a_role_reads_the_objects_and_uses_the_key_through_s3_alone),
        STACK_TEST(a_role_that_writes_reads_nothing),
        STACK_TEST(c_and_a_stack_file_make_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
