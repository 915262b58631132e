/* Statements of policies, wherever they stand, as rows of one table. */
#include "access_support.h"

#define ROLE(policies)                                                                             \
    "Resources:\n"                                                                                 \
    "  Role:\n"                                                                                    \
    "    Type: AWS::IAM::Role\n"                                                                   \
    "    Properties:\n" policies
#define ALLOW(rest) "{Statement: [{Effect: Allow, " rest "}]}"

static void a_role_has_its_inline_policies_and_who_may_become_it(void **state)
{
    assert_statements(
        *state,
        ROLE(
            "      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: sts:AssumeRole,"
            " Principal: {Service: dms.amazonaws.com}}}\n"
            "      Policies:\n"
            "      - PolicyName: a\n"
            "        PolicyDocument: " ALLOW("Action: ['s3:Put*', 's3:Get*'], Resource: '*'") "\n"),
        "${Role}: Allow Service:dms.amazonaws.com | sts:AssumeRole | \n"
        "${Role}: Allow  | s3:Get*,s3:Put* | *");
}

static void a_policy_of_its_own_belongs_to_all_it_names(void **state)
{
    assert_statements(*state,
                      "Resources:\n"
                      "  P:\n"
                      "    Type: AWS::IAM::Policy\n"
                      "    Properties:\n"
                      "      PolicyDocument: " ALLOW(
                          "Action: 'a:B', Resource: x") "\n"
                                                        "      Roles: [!Ref Role, other]\n"
                                                        "      Users: [!Ref User]\n",
                      "${Role},other,${User}: Allow  | a:B | x");
}

static void a_managed_policy_is_its_own_holder(void **state)
{
    assert_statements(*state,
                      "Resources:\n"
                      "  P:\n"
                      "    Type: AWS::IAM::ManagedPolicy\n"
                      "    Properties:\n"
                      "      PolicyDocument: " ALLOW(
                          "NotAction: 'a:B', NotResource: x") "\n"
                                                              "      Roles: [!Ref Role]\n",
                      "${P}: Allow  | not a:B | not x");
}

static void a_policy_of_a_role_names_its_role(void **state)
{
    assert_statements(*state,
                      "Resources:\n"
                      "  P:\n"
                      "    Type: AWS::IAM::RolePolicy\n"
                      "    Properties:\n"
                      "      RoleName: !Ref Role\n"
                      "      PolicyDocument: " ALLOW("Action: 'a:B', Resource: x") "\n",
                      "${Role}: Allow  | a:B | x");
}

static void actions_that_differ_in_letter_case_alone_are_one(void **state)
{
    assert_statements(*state,
                      ROLE("      Policies: [{PolicyDocument: " ALLOW(
                          "Action: ['S3:getobject', 's3:GetObject'], Resource: x") "}]\n"),
                      "${Role}: Allow  | S3:getobject | x");
}

static void values_that_functions_make_read_as_texts(void **state)
{
    assert_statements(
        *state,
        ROLE("      Policies: [{PolicyDocument: " ALLOW(
            "Action: 'a:B', Resource: [!Sub 'arn:${AWS::Partition}:s3:::${Bucket}/*',"
            " !Join ['', ['arn:', !Ref AWS::Partition, ':s3:::', !Ref Bucket, '/*']],"
            " !GetAtt Key.Arn, !Sub ['${A}/x', {A: !GetAtt [Key, Arn]}], "
            " !Sub '${!aws:username}', !ImportValue v, !Select [0, [!Ref A, b]]]") "}]\n"),
        "${Role}: Allow  | a:B | ${ImportValue: v},${Key.Arn},${Key.Arn}/x,${Select: 0, "
        "[${A}, b]},${aws:username},arn:${AWS::Partition}:s3:::${Bucket}/*");
}

static void the_root_of_an_account_is_the_account(void **state)
{
    assert_statements(
        *state,
        "Resources:\n"
        "  Key:\n"
        "    Type: AWS::KMS::Key\n"
        "    Properties:\n"
        "      KeyPolicy: " ALLOW(
            "Action: 'kms:*', Resource: '*', Principal: {AWS: [!Sub "
            "'arn:${AWS::Partition}:iam::${AWS::AccountId}:root', '123456789012', '*'], "
            "Federated: f, CanonicalUser: c}") "\n",
        "${Key}: Allow *,AWS:${AWS::AccountId},AWS:123456789012,CanonicalUser:c,Federated:f | "
        "kms:* | *");
}

static void conditions_read_as_one_line_in_a_fixed_order(void **state)
{
    assert_statements(
        *state,
        ROLE("      Policies: [{PolicyDocument: " ALLOW(
            "Action: 'a:B', Resource: x, Condition: {StringLike: {'b:c': [z, y]}, "
            "Bool: {'aws:SecureTransport': false}}") "}]\n"),
        "${Role}: Allow  | a:B | x if Bool aws:SecureTransport false and StringLike b:c y | z");
}

static void conditions_of_the_template_are_kept_apart(void **state)
{
    assert_statements(
        *state,
        "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n" ROLE(
            "      Policies: [{PolicyDocument: {Statement: [!If [C, {Effect: Allow, Action: 'a:B',"
            " Resource: x}, {Effect: Deny, Action: 'a:B', Resource: y}], !If [C, !Ref "
            "AWS::NoValue, {Effect: Allow, Action: 'c:D', Resource: [!If [C, p, q]]}]]}}]\n"),
        "${Role}: Allow  | a:B | x when C\n"
        "${Role}: Deny  | a:B | y when not C\n"
        "${Role}: Allow  | c:D | p,q when not C varies");
}

static void a_resource_under_a_condition_has_it_too(void **state)
{
    assert_statements(*state,
                      "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n" ROLE(
                          "      Policies: [{PolicyDocument: " ALLOW(
                              "Action: 'a:B', Resource: x") "}]\n"
                                                            "    Condition: C\n"),
                      "${Role}: Allow  | a:B | x when C");
}

static void a_document_in_a_text_is_read_as_json(void **state)
{
    assert_statements(*state,
                      "Resources:\n"
                      "  P:\n"
                      "    Type: AWS::Logs::ResourcePolicy\n"
                      "    Properties:\n"
                      "      PolicyDocument: '{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                      "{\"Service\":\"es.amazonaws.com\"},\"Action\":\"logs:PutLogEvents\","
                      "\"Resource\":\"*\"}]}'\n",
                      "${P}: Allow Service:es.amazonaws.com | logs:PutLogEvents | *");
}

static void what_is_no_document_is_kept_as_it_is(void **state)
{
    assert_statements(*state,
                      "Resources:\n"
                      "  P:\n"
                      "    Type: AWS::Logs::ResourcePolicy\n"
                      "    Properties: {PolicyDocument: 'no json'}\n"
                      "  Key:\n"
                      "    Type: AWS::KMS::Key\n"
                      "    Properties: {KeyPolicy: !Ref Given}\n",
                      "${P}: Either  |  | no json opaque\n"
                      "${Key}: Either  |  | ${Given} opaque");
}

static void a_permission_of_a_function_is_a_statement(void **state)
{
    assert_statements(*state,
                      "Resources:\n"
                      "  P:\n"
                      "    Type: AWS::Lambda::Permission\n"
                      "    Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref F,"
                      " Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn}\n"
                      "  Q:\n"
                      "    Type: AWS::Lambda::Permission\n"
                      "    Properties: {Action: 'lambda:InvokeFunction', FunctionName: f,"
                      " Principal: '123456789012'}\n",
                      "${F}: Allow Service:events.amazonaws.com | lambda:InvokeFunction | ${F} if "
                      "SourceArn ${Rule.Arn}\n"
                      "f: Allow AWS:123456789012 | lambda:InvokeFunction | f");
}

static void policies_of_resources_belong_to_what_they_are_on(void **state)
{
    assert_statements(
        *state,
        "Resources:\n"
        "  B:\n"
        "    Type: AWS::S3::BucketPolicy\n"
        "    Properties:\n"
        "      Bucket: !Ref Bucket\n"
        "      PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*',"
        " Resource: '*'}]}\n"
        "  T:\n"
        "    Type: AWS::SNS::TopicPolicy\n"
        "    Properties:\n"
        "      Topics: [!Ref A, !Ref B]\n"
        "      PolicyDocument: {Statement: [{Effect: Allow, NotPrincipal: {AWS: x}, Action: 'b:*',"
        " Resource: '*'}]}\n",
        "${Bucket}: Deny * | s3:* | *\n"
        "${A},${B}: Allow not AWS:x | b:* | *");
}

static void policies_and_groups_that_are_tied_are_listed(void **state)
{
    assert_attachments(
        *state,
        "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n"
        "Resources:\n"
        "  Role:\n"
        "    Type: AWS::IAM::Role\n"
        "    Properties:\n"
        "      ManagedPolicyArns: ['arn:aws:iam::aws:policy/X', !If [C, !Ref P, !Ref "
        "AWS::NoValue]]\n"
        "      PermissionsBoundary: !Ref P\n"
        "  P: {Type: AWS::IAM::ManagedPolicy, Properties: {Users: [!Ref User]}}\n"
        "  User: {Type: AWS::IAM::User, Properties: {Groups: [g]}}\n"
        "  Add: {Type: AWS::IAM::UserToGroupAddition, Properties: {GroupName: g, Users: [u]}}\n",
        "${Role} managed arn:aws:iam::aws:policy/X\n"
        "${Role} managed ${P} when C\n"
        "${Role} boundary ${P}\n"
        "${User} managed ${P}\n"
        "${User} group g\n"
        "u group g");
}

static void deep_texts_come_to_an_end(void **state)
{
    /* Each level doubles what is below: it would be 2^60 texts. */
    fixture *f = *state;
    const char *value = "x";
    for (int i = 0; i < 60; i++)
        value = cfn__format(f->arena, "!Sub ['${A}${A}', {A: %s}]", value);
    cfn__access *access = access_in(f, cfn__format(f->arena,
                                                   ROLE("      Policies: [{PolicyDocument: " ALLOW(
                                                       "Action: 'a:B', Resource: %s") "}]\n"),
                                                   value));
    assert_int_equal(access->statement_count, 1);
    assert_true(strlen(access->statements[0].resources.items[0]) < 64 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_role_has_its_inline_policies_and_who_may_become_it),
        TEST(a_policy_of_its_own_belongs_to_all_it_names),
        TEST(a_managed_policy_is_its_own_holder),
        TEST(a_policy_of_a_role_names_its_role),
        TEST(actions_that_differ_in_letter_case_alone_are_one),
        TEST(values_that_functions_make_read_as_texts),
        TEST(the_root_of_an_account_is_the_account),
        TEST(conditions_read_as_one_line_in_a_fixed_order),
        TEST(conditions_of_the_template_are_kept_apart),
        TEST(a_resource_under_a_condition_has_it_too),
        TEST(a_document_in_a_text_is_read_as_json),
        TEST(what_is_no_document_is_kept_as_it_is),
        TEST(a_permission_of_a_function_is_a_statement),
        TEST(policies_of_resources_belong_to_what_they_are_on),
        TEST(policies_and_groups_that_are_tied_are_listed),
        TEST(deep_texts_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
