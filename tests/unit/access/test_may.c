/* Asking whether somebody may do something, and what a text of a policy covers. */
#include "access_support.h"

#define MAY(holder_id, action_name, thing)                                                         \
    &(cfn__access_question)                                                                        \
    {                                                                                              \
        .holder = holder_id, .action = action_name, .resource = thing                              \
    }

#define THINGS                                                                                     \
    "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n"                                             \
    "Resources:\n"                                                                                 \
    "  Task: {Type: AWS::DMS::ReplicationTask}\n"                                                  \
    "  Other: {Type: AWS::DMS::ReplicationTask}\n"                                                 \
    "  Bucket: {Type: AWS::S3::Bucket}\n"
#define ROLE_WITH(statements)                                                                      \
    THINGS "  Role:\n"                                                                             \
           "    Type: AWS::IAM::Role\n"                                                            \
           "    Properties: {Policies: [{PolicyDocument: {Statement: [" statements "]}}]}\n"

static void what_a_statement_allows_is_allowed(void **state)
{
    const char *yaml = ROLE_WITH("{Effect: Allow, Action: 'dms:Start*', Resource: !Ref Task}");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:StartReplicationTask", "${Task}")),
                        "allowed");
    assert_string_equal(answer(*state, yaml, MAY("Role", "DMS:startreplicationtask", "${Task}")),
                        "allowed");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:StopReplicationTask", "${Task}")),
                        "denied");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:StartReplicationTask", NULL)),
                        "allowed");
}

static void another_resource_of_the_template_is_another_thing(void **state)
{
    const char *yaml = ROLE_WITH("{Effect: Allow, Action: 'dms:*', Resource: !Ref Task}");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:X", "${Other}")), "denied");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:X", "arn:aws:dms:x")), "unknown");
}

static void a_resource_is_known_by_its_arn_too(void **state)
{
    const char *yaml = ROLE_WITH("{Effect: Allow, Action: 's3:*', Resource: [!GetAtt Bucket.Arn, "
                                 "!Sub 'arn:aws:s3:::${Bucket}/*']}");
    assert_string_equal(answer(*state, yaml, MAY("Role", "s3:X", "${Bucket}")), "allowed");
    assert_string_equal(answer(*state, yaml, MAY("Role", "s3:X", "arn:aws:s3:::${Bucket}/a")),
                        "allowed");
    assert_string_equal(answer(*state, yaml, MAY("Role", "s3:X", "arn:aws:s3:::b/a")), "unknown");
    assert_string_equal(answer(*state, yaml, MAY("Role", "s3:X", "arn:aws:sqs:::b")), "unknown");
}

static void an_explicit_deny_beats_all(void **state)
{
    const char *yaml = ROLE_WITH("{Effect: Allow, Action: '*', Resource: '*'},"
                                 "{Effect: Deny, Action: 'dms:Delete*', Resource: '*'}");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:DeleteEndpoint", "x")), "denied");
    assert_string_equal(answer(*state, yaml, MAY("Role", "dms:CreateEndpoint", "x")), "allowed");
}

static void exceptions_are_turned_round(void **state)
{
    const char *yaml = ROLE_WITH("{Effect: Allow, NotAction: 'iam:*', NotResource: 'arn:x:*'}");
    assert_string_equal(answer(*state, yaml, MAY("Role", "iam:PassRole", "y")), "denied");
    assert_string_equal(answer(*state, yaml, MAY("Role", "s3:GetObject", "y")), "allowed");
    assert_string_equal(answer(*state, yaml, MAY("Role", "s3:GetObject", "arn:x:y")), "denied");
}

static void conditions_make_an_answer_conditional(void **state)
{
    assert_string_equal(answer(*state,
                               ROLE_WITH("{Effect: Allow, Action: 'a:B', Resource: '*', "
                                         "Condition: {Bool: {'c:d': true}}}"),
                               MAY("Role", "a:B", "x")),
                        "conditional");
    assert_string_equal(
        answer(*state,
               ROLE_WITH("!If [C, {Effect: Allow, Action: 'a:B', Resource: '*'}, !Ref "
                         "AWS::NoValue]"),
               MAY("Role", "a:B", "x")),
        "conditional");
    assert_string_equal(answer(*state,
                               ROLE_WITH("{Effect: Allow, Action: 'a:B', Resource: '*'}, "
                                         "{Effect: Deny, Action: 'a:B', Resource: '*', "
                                         "Condition: {Bool: {'c:d': true}}}"),
                               MAY("Role", "a:B", "x")),
                        "conditional");
}

#define MANAGED                                                                                    \
    "Resources:\n"                                                                                 \
    "  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [%s]}}\n"                      \
    "  User: {Type: AWS::IAM::User, Properties: {Groups: [!Ref Group]}}\n"                         \
    "  Group: {Type: AWS::IAM::Group}\n"                                                           \
    "  Policy:\n"                                                                                  \
    "    Type: AWS::IAM::ManagedPolicy\n"                                                          \
    "    Properties:\n"                                                                            \
    "      Groups: [!Ref Group]\n"                                                                 \
    "      PolicyDocument: {Statement: {Effect: Allow, Action: 'a:B', Resource: '*'}}\n"

static void a_managed_policy_of_the_template_is_followed(void **state)
{
    fixture *f = *state;
    const char *yaml = cfn__format(f->arena, MANAGED, "!Ref Policy");
    assert_string_equal(answer(f, yaml, MAY("Role", "a:B", "x")), "allowed");
    assert_string_equal(answer(f, yaml, MAY("Role", "a:C", "x")), "denied");
    assert_string_equal(answer(f, yaml, MAY("User", "a:B", "x")), "allowed");
}

static void nobody_knows_what_another_managed_policy_allows(void **state)
{
    fixture *f = *state;
    const char *yaml = cfn__format(f->arena, MANAGED, "'arn:aws:iam::aws:policy/X'");
    cfn__access_reply reply = cfn__access_may(access_in(f, yaml), MAY("Role", "a:B", "x"));
    assert_int_equal(reply.answer, CFN__ACCESS_UNKNOWN);
    assert_string_equal(reply.attachment->policy, "arn:aws:iam::aws:policy/X");
}

static void a_role_is_known_by_its_name_too(void **state)
{
    assert_string_equal(
        answer(*state,
               "Resources:\n"
               "  Role: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub 'r-${AWS::Region}'}}\n"
               "  P:\n"
               "    Type: AWS::IAM::Policy\n"
               "    Properties:\n"
               "      Roles: [!Sub 'r-${AWS::Region}']\n"
               "      PolicyDocument: {Statement: {Effect: Allow, Action: 'a:B', Resource: '*'}}\n",
               MAY("Role", "a:B", "x")),
        "allowed");
}

#define BOUNDED                                                                                    \
    "Resources:\n"                                                                                 \
    "  Role:\n"                                                                                    \
    "    Type: AWS::IAM::Role\n"                                                                   \
    "    Properties:\n"                                                                            \
    "      PermissionsBoundary: %s\n"                                                              \
    "      Policies: [{PolicyDocument: {Statement: {Effect: Allow, Action: 'a:*', Resource: "      \
    "'*'}}}]\n"                                                                                    \
    "  Limit:\n"                                                                                   \
    "    Type: AWS::IAM::ManagedPolicy\n"                                                          \
    "    Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: 'a:B', Resource: "       \
    "'*'}}}\n"

static void a_boundary_takes_away_what_it_does_not_allow(void **state)
{
    fixture *f = *state;
    const char *yaml = cfn__format(f->arena, BOUNDED, "!Ref Limit");
    assert_string_equal(answer(f, yaml, MAY("Role", "a:B", "x")), "allowed");
    assert_string_equal(answer(f, yaml, MAY("Role", "a:C", "x")), "denied");
    yaml = cfn__format(f->arena, BOUNDED, "'arn:aws:iam::1:policy/p'");
    assert_string_equal(answer(f, yaml, MAY("Role", "a:B", "x")), "unknown");
}

static void a_policy_on_a_resource_is_asked_with_a_principal(void **state)
{
    const char *yaml =
        "Resources:\n"
        "  Topic: {Type: AWS::SNS::Topic}\n"
        "  P:\n"
        "    Type: AWS::SNS::TopicPolicy\n"
        "    Properties:\n"
        "      Topics: [!Ref Topic]\n"
        "      PolicyDocument: {Statement: {Effect: Allow, Action: 'sns:Publish', Resource: !Ref "
        "Topic, Principal: {Service: events.amazonaws.com}}}\n";
    cfn__access_question question = {
        .holder = "Topic", .principal = "Service:events.amazonaws.com", .action = "sns:Publish"};
    assert_string_equal(answer(*state, yaml, &question), "allowed");
    question.principal = "Service:cloudwatch.amazonaws.com";
    assert_string_equal(answer(*state, yaml, &question), "denied");
}

static void who_may_become_a_role_is_asked_with_a_principal(void **state)
{
    const char *yaml =
        "Resources:\n"
        "  Role:\n"
        "    Type: AWS::IAM::Role\n"
        "    Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: "
        "'sts:AssumeRole', Principal: {Service: dms.amazonaws.com}}}}\n";
    assert_string_equal(answer(*state, yaml,
                               &(cfn__access_question){.holder = "Role",
                                                       .principal = "Service:dms.amazonaws.com",
                                                       .action = "sts:AssumeRole"}),
                        "allowed");
    assert_string_equal(answer(*state, yaml, MAY("Role", "sts:AssumeRole", NULL)), "denied");
}

static void what_is_not_there_may_nothing(void **state)
{
    assert_string_equal(answer(*state, THINGS, MAY("Nobody", "a:B", "x")), "denied");
}

/* ---- texts ---- */

static void wildcards_cover_texts(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text;
        cfn__match match;
    } rows[] = {
        {"*", "anything", CFN__MATCH_YES},
        {"s3:Get*", "s3:GetObject", CFN__MATCH_YES},
        {"s3:Get*", "s3:*", CFN__MATCH_NO},
        {"s3:*", "s3:Get*", CFN__MATCH_YES},
        {"a?c", "abc", CFN__MATCH_YES},
        {"a?c", "ac", CFN__MATCH_NO},
        {"a?c", "a*c", CFN__MATCH_NO},
        {"*a*b*c", "xxaxxbxxc", CFN__MATCH_YES},
        {"*a*b*c", "xxaxxcxxb", CFN__MATCH_NO},
        {"${A}", "${A}", CFN__MATCH_YES},
        {"${A}/*", "${A}/b", CFN__MATCH_YES},
        {"${A}", "${B}", CFN__MATCH_MAYBE},
        {"arn:${P}:s3:::b", "arn:aws:s3:::b", CFN__MATCH_MAYBE},
        {"arn:${P}:s3:::b", "arn:aws:s3:::c", CFN__MATCH_NO},
        {"arn:aws:s3:::b", "${X}", CFN__MATCH_MAYBE},
        {"x", "${Select: 0, ${A}}y", CFN__MATCH_NO},
        {"*", "${A}*", CFN__MATCH_YES},
        {"", "", CFN__MATCH_YES},
        {"", "a", CFN__MATCH_NO},
        {"a", "", CFN__MATCH_NO},
        {"${unclosed", "${unclosed", CFN__MATCH_YES},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cfn__match match = cfn__access_matches(rows[i].pattern, rows[i].text, false);
        if (match != rows[i].match)
            print_error("%s, %s: %d\n", rows[i].pattern, rows[i].text, (int)match);
        assert_int_equal(match, rows[i].match);
    }
    assert_int_equal(cfn__access_matches("S3:get*", "s3:GetObject", true), CFN__MATCH_YES);
    assert_int_equal(cfn__access_matches("S3:get*", "s3:GetObject", false), CFN__MATCH_NO);
}

static void ranges_of_addresses_are_within_others(void **state)
{
    (void)state;
    static const struct {
        const char *inner, *outer;
        cfn__match match;
    } rows[] = {
        {"10.1.0.0/16", "10.0.0.0/8", CFN__MATCH_YES},
        {"10.0.0.0/8", "10.1.0.0/16", CFN__MATCH_NO},
        {"10.0.0.0/8", "0.0.0.0/0", CFN__MATCH_YES},
        {"11.0.0.0/8", "10.0.0.0/8", CFN__MATCH_NO},
        {"10.1.2.3/32", "10.1.2.0/25", CFN__MATCH_YES},
        {"10.1.2.130/32", "10.1.2.0/25", CFN__MATCH_NO},
        {"::1/128", "::/0", CFN__MATCH_YES},
        {"::1/128", "0.0.0.0/0", CFN__MATCH_NO},
        {"${A}", "10.0.0.0/8", CFN__MATCH_MAYBE},
        {"${A}", "${A}", CFN__MATCH_YES},
        {"sg-1", "0.0.0.0/0", CFN__MATCH_NO},
        {"10.0.0.0/99", "0.0.0.0/0", CFN__MATCH_NO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cfn__match match = cfn__access_range_within(rows[i].inner, rows[i].outer);
        if (match != rows[i].match)
            print_error("%s in %s: %d\n", rows[i].inner, rows[i].outer, (int)match);
        assert_int_equal(match, rows[i].match);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_statement_allows_is_allowed),
        TEST(another_resource_of_the_template_is_another_thing),
        TEST(a_resource_is_known_by_its_arn_too),
        TEST(an_explicit_deny_beats_all),
        TEST(exceptions_are_turned_round),
        TEST(conditions_make_an_answer_conditional),
        TEST(a_managed_policy_of_the_template_is_followed),
        TEST(nobody_knows_what_another_managed_policy_allows),
        TEST(a_role_is_known_by_its_name_too),
        TEST(a_boundary_takes_away_what_it_does_not_allow),
        TEST(a_policy_on_a_resource_is_asked_with_a_principal),
        TEST(who_may_become_a_role_is_asked_with_a_principal),
        TEST(what_is_not_there_may_nothing),
        TEST(wildcards_cover_texts),
        TEST(ranges_of_addresses_are_within_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
