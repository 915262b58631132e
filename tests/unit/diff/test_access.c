/* What changes in who may do what and who reaches whom, and whether it is more than before. */
#include "access_support.h"

#define ROLE(statements)                                                                           \
    "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n"                                             \
    "Resources:\n"                                                                                 \
    "  Role:\n"                                                                                    \
    "    Type: AWS::IAM::Role\n"                                                                   \
    "    Properties: {Policies: [{PolicyName: p, PolicyDocument: {Statement: [" statements         \
    "]}}]}\n"
#define ALLOW(rest) "{Effect: Allow, " rest "}"
#define DENY(rest)  "{Effect: Deny, " rest "}"

static void what_is_the_same_is_not_told(void **state)
{
    compare(*state, ROLE(ALLOW("Action: ['a:B', 'c:D'], Resource: [x]")),
            ROLE(ALLOW("Action: ['C:d', 'a:B'], Resource: x, Sid: Named")));
    assert_access(*state, "");
}

static void a_policy_that_moves_is_the_same(void **state)
{
    compare(*state, ROLE(ALLOW("Action: 'a:B', Resource: x")),
            "Resources:\n"
            "  Role: {Type: AWS::IAM::Role}\n"
            "  Policy:\n"
            "    Type: AWS::IAM::Policy\n"
            "    Properties: {Roles: [!Ref Role], PolicyDocument: {Statement: {Effect: Allow, "
            "Action: 'a:B', Resource: x}}}\n");
    assert_access(*state, "");
}

static void a_new_role_allows_more(void **state)
{
    compare(*state, "Resources: {}\n", ROLE(ALLOW("Action: 'a:B', Resource: x")));
    assert_access(*state, "+ x | Allow | a:B | ${Role} |  (new)");
    compare(*state, ROLE(ALLOW("Action: 'a:B', Resource: x")), "Resources: {}\n");
    assert_access(*state, "- x | Allow | a:B | ${Role} | ");
}

static void a_new_action_allows_more(void **state)
{
    compare(*state, ROLE(ALLOW("Action: 'a:B', Resource: x")),
            ROLE(ALLOW("Action: ['a:B', 'a:C'], Resource: x")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | \n"
                          "+ x | Allow | a:B,a:C | ${Role} |  (new action a:C)");
}

static void all_that_is_new_is_told(void **state)
{
    compare(*state, ROLE(ALLOW("Action: 'a:B*', Resource: x")),
            ROLE(ALLOW("Action: ['a:*', 'c:D', 'c:E', 'c:F', 'c:G', 'c:H'], Resource: x")));
    assert_access(*state, "- x | Allow | a:B* | ${Role} | \n"
                          "+ x | Allow | a:*,c:D,c:E,c:F,c:G,c:H | ${Role} |  (new action c:D, "
                          "c:E, c:F, c:G, ...; wider a:*)");
}

static void a_new_statement_is_held_against_the_one_that_goes(void **state)
{
    compare(*state,
            ROLE(ALLOW("Action: 'a:*', Resource: z") ", " ALLOW(
                "Action: 'a:B', Resource: x, Condition: {Bool: {'c:d': true}}")),
            ROLE(ALLOW("Action: 'a:*', Resource: z") ", " ALLOW("Action: 'a:B', Resource: x")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | Bool c:d true\n"
                          "+ x | Allow | a:B | ${Role} |  (without the condition Bool c:d true)");
}

static void a_wildcard_is_wider(void **state)
{
    compare(*state, ROLE(ALLOW("Action: 'a:B', Resource: 'arn:x/1'")),
            ROLE(ALLOW("Action: 'a:*', Resource: 'arn:x/*'")));
    assert_access(*state, "- arn:x/1 | Allow | a:B | ${Role} | \n"
                          "+ arn:x/* | Allow | a:* | ${Role} |  (wider a:*; wider arn:x/*)");
}

static void what_is_narrower_allows_nothing_new(void **state)
{
    compare(*state, ROLE(ALLOW("Action: 'a:*', Resource: 'arn:x/*'")),
            ROLE(ALLOW("Action: ['a:B', 'a:C*'], Resource: 'arn:x/1'")));
    assert_access(*state, "- arn:x/* | Allow | a:* | ${Role} | \n"
                          "+ arn:x/1 | Allow | a:B,a:C* | ${Role} | ");
}

static void statements_that_are_joined_allow_nothing_new(void **state)
{
    compare(*state,
            ROLE(ALLOW("Action: 'a:B', Resource: x") ", " ALLOW("Action: 'a:C', Resource: x")),
            ROLE(ALLOW("Action: ['a:B', 'a:C'], Resource: x")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | \n"
                          "- x | Allow | a:C | ${Role} | \n"
                          "+ x | Allow | a:B,a:C | ${Role} | ");
}

static void statements_that_cross_allow_more(void **state)
{
    compare(*state,
            ROLE(ALLOW("Action: 'a:B', Resource: x") ", " ALLOW("Action: 'a:C', Resource: y")),
            ROLE(ALLOW("Action: ['a:B', 'a:C'], Resource: [x, y]")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | \n"
                          "- y | Allow | a:C | ${Role} | \n"
                          "+ x,y | Allow | a:B,a:C | ${Role} |  (new action a:C; new resource "
                          "y)");
}

static void a_condition_that_goes_allows_more(void **state)
{
    compare(*state, ROLE(ALLOW("Action: 'a:B', Resource: x, Condition: {Bool: {'c:d': true}}")),
            ROLE(ALLOW("Action: 'a:B', Resource: x")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | Bool c:d true\n"
                          "+ x | Allow | a:B | ${Role} |  (without the condition Bool c:d true)");
    compare(*state, ROLE(ALLOW("Action: 'a:B', Resource: x")),
            ROLE(ALLOW("Action: 'a:B', Resource: x, Condition: {Bool: {'c:d': true}}")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | \n"
                          "+ x | Allow | a:B | ${Role} | Bool c:d true");
}

static void a_condition_of_the_template_that_goes_allows_more(void **state)
{
    compare(*state, ROLE("!If [C, " ALLOW("Action: 'a:B', Resource: x") ", !Ref AWS::NoValue]"),
            ROLE(ALLOW("Action: 'a:B', Resource: x")));
    assert_access(*state, "- x | Allow | a:B | ${Role} | when C\n"
                          "+ x | Allow | a:B | ${Role} |  (no longer only when C)");
}

static void an_exception_that_goes_allows_more(void **state)
{
    compare(*state, ROLE(ALLOW("NotAction: ['iam:*', 'sts:*'], Resource: '*'")),
            ROLE(ALLOW("NotAction: 'iam:*', Resource: '*'")));
    assert_access(*state, "- * | Allow | not iam:*,sts:* | ${Role} | \n"
                          "+ * | Allow | not iam:* | ${Role} |  (no longer an exception: sts:*)");
    compare(*state, ROLE(ALLOW("NotAction: 'iam:*', Resource: '*'")),
            ROLE(ALLOW("Action: 's3:Get*', Resource: '*'")));
    assert_access(*state, "- * | Allow | not iam:* | ${Role} | \n"
                          "+ * | Allow | s3:Get* | ${Role} | ");
}

static void an_exception_that_a_wildcard_touches_is_no_cover(void **state)
{
    compare(*state, ROLE(ALLOW("NotAction: 'iam:*', Resource: '*'")),
            ROLE(ALLOW("Action: '*', Resource: '*'")));
    assert_access(*state, "- * | Allow | not iam:* | ${Role} | \n"
                          "+ * | Allow | * | ${Role} |  (wider *)");
}

static void a_deny_that_goes_allows_more(void **state)
{
    compare(*state, ROLE(DENY("Action: 'a:B', Resource: x")), ROLE(""));
    assert_access(*state, "- x | Deny | a:B | ${Role} |  (denies no longer)");
    compare(*state, ROLE(DENY("Action: 'a:B', Resource: x")),
            ROLE(DENY("Action: 'a:*', Resource: x")));
    assert_access(*state, "- x | Deny | a:B | ${Role} | \n"
                          "+ x | Deny | a:* | ${Role} | ");
    compare(*state, ROLE(DENY("Action: 'a:B', Resource: x")), "Resources: {}\n");
    assert_access(*state, "- x | Deny | a:B | ${Role} | ");
}

#define KEY(principal)                                                                             \
    "Resources: {Key: {Type: 'AWS::KMS::Key', Properties: {KeyPolicy: {Statement: {Effect: Allow," \
    " Action: 'kms:*', Resource: '*', Principal: " principal "}}}}}\n"

static void a_new_principal_of_a_key_allows_more(void **state)
{
    compare(*state, KEY("{AWS: '111122223333'}"), KEY("{AWS: ['111122223333', '444455556666']}"));
    assert_access(*state, "- ${Key} | Allow | kms:* | AWS:111122223333 | \n"
                          "+ ${Key} | Allow | kms:* | AWS:111122223333,AWS:444455556666 |  (new "
                          "principal AWS:444455556666)");
    compare(*state, KEY("{AWS: '111122223333'}"), KEY("'*'"));
    assert_access(*state, "- ${Key} | Allow | kms:* | AWS:111122223333 | \n"
                          "+ ${Key} | Allow | kms:* | * |  (wider *)");
}

static void a_policy_that_nobody_knows_may_allow_more(void **state)
{
    compare(*state, "Resources: {Key: {Type: 'AWS::KMS::Key'}}\n",
            "Resources: {Key: {Type: 'AWS::KMS::Key', Properties: {KeyPolicy: !Ref Given}}}\n");
    assert_access(*state, "+ ${Given} | either | known at the deployment |  |  (known only at the "
                          "deployment)");
}

#define TIED(properties)                                                                           \
    "Resources: {Role: {Type: 'AWS::IAM::Role', Properties: {" properties "}}}\n"

#define GATE(policy)                                                                               \
    "Resources:\n"                                                                                 \
    "  Gate: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: v" policy "}}\n"
#define LETS(action) ", PolicyDocument: {Statement: {Effect: Allow, Principal: '*', " action "}}"

static void an_endpoint_that_loses_its_policy_lets_all_through(void **state)
{
    compare(*state, GATE(LETS("Action: 'a:B', Resource: x")), GATE(""));
    assert_access(*state, "- x | Allow | a:B | * |  (without a policy all is let through)");
    compare(*state, GATE(LETS("Action: '*', Resource: '*'")), GATE(""));
    assert_access(*state, "- ${Gate} | Allow | * | * | ");
    compare(*state, GATE(LETS("Action: 'a:B', Resource: x")), "Resources: {}\n");
    assert_access(*state, "- x | Allow | a:B | * | ");
}

static void the_policy_of_a_stream_counts(void **state)
{
    compare(*state, "Resources:\n  T: {Type: AWS::DynamoDB::Table}\n",
            "Resources:\n  T: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: "
            "{ResourcePolicy: {PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: "
            "'a:B', Resource: x}}}}}}\n");
    assert_access(*state, "+ x | Allow | a:B | * |  (new)");
}

static void a_managed_policy_that_is_new_allows_more(void **state)
{
    compare(*state, TIED("ManagedPolicyArns: [a]"), TIED("ManagedPolicyArns: [b]"));
    assert_access(*state, "- ${Role} | a\n"
                          "+ ${Role} | b (new)");
}

static void a_boundary_that_goes_allows_more(void **state)
{
    compare(*state, TIED("PermissionsBoundary: a"), TIED(""));
    assert_access(*state, "- ${Role} | permissions boundary a (no boundary any more)");
    compare(*state, TIED("PermissionsBoundary: a"), TIED("PermissionsBoundary: b"));
    assert_access(*state, "- ${Role} | permissions boundary a\n"
                          "+ ${Role} | permissions boundary b (another boundary)");
    compare(*state, TIED(""), TIED("PermissionsBoundary: a"));
    assert_access(*state, "+ ${Role} | permissions boundary a");
    compare(*state, TIED("PermissionsBoundary: a"), "Resources: {}\n");
    assert_access(*state, "- ${Role} | permissions boundary a");
}

/* ---- security groups ---- */

#define GROUP(rules)                                                                               \
    "Resources: {G: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupEgress: "          \
    "[{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.9.9.9/32}], SecurityGroupIngress: "     \
    "[" rules "]}}}\n"
#define TCP(from, to, peer)                                                                        \
    "{IpProtocol: tcp, FromPort: " #from ", ToPort: " #to ", CidrIp: " peer "}"

static void a_wider_range_lets_more_through(void **state)
{
    compare(*state, GROUP(TCP(3306, 3306, "10.0.0.0/16")), GROUP(TCP(3306, 3306, "10.0.0.0/8")));
    assert_access(*state, "- ${G} | in | tcp 3306 | 10.0.0.0/16\n"
                          "+ ${G} | in | tcp 3306 | 10.0.0.0/8 (a wider range than 10.0.0.0/16)");
    compare(*state, GROUP(TCP(3306, 3306, "10.0.0.0/8")), GROUP(TCP(3306, 3306, "10.0.0.0/16")));
    assert_access(*state, "- ${G} | in | tcp 3306 | 10.0.0.0/8\n"
                          "+ ${G} | in | tcp 3306 | 10.0.0.0/16");
}

static void more_ports_let_more_through(void **state)
{
    compare(*state, GROUP(TCP(3306, 3306, "10.0.0.0/16")), GROUP(TCP(3300, 3310, "10.0.0.0/16")));
    assert_access(*state, "- ${G} | in | tcp 3306 | 10.0.0.0/16\n"
                          "+ ${G} | in | tcp 3300-3310 | 10.0.0.0/16 (more ports than 3306)");
    compare(*state, GROUP(TCP(0, 65535, "10.0.0.0/16")), GROUP(TCP(3300, 3310, "10.0.0.0/16")));
    assert_access(*state, "- ${G} | in | tcp all | 10.0.0.0/16\n"
                          "+ ${G} | in | tcp 3300-3310 | 10.0.0.0/16");
}

static void another_peer_or_protocol_lets_more_through(void **state)
{
    compare(*state, GROUP(TCP(3306, 3306, "10.0.0.0/16")), GROUP(TCP(3306, 3306, "11.0.0.0/16")));
    assert_access(*state, "- ${G} | in | tcp 3306 | 10.0.0.0/16\n"
                          "+ ${G} | in | tcp 3306 | 11.0.0.0/16 (new peer 11.0.0.0/16)");
    compare(*state, GROUP(TCP(3306, 3306, "10.0.0.0/16")),
            GROUP("{IpProtocol: -1, CidrIp: 10.0.0.0/16}"));
    assert_access(*state, "- ${G} | in | tcp 3306 | 10.0.0.0/16\n"
                          "+ ${G} | in | all | 10.0.0.0/16 (new protocol all)");
}

static void each_peer_of_a_rule_counts(void **state)
{
    compare(*state,
            "Resources: {G: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: g, "
            "IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8}}}\n",
            "Resources: {G: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: g, "
            "IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.0.0.0/8, CidrIpv6: '::/0'}}}\n");
    assert_access(*state, "+ g | in | tcp 1 | ::/0 (new peer ::/0)");
}

static void a_rule_that_moves_out_of_its_group_is_the_same(void **state)
{
    compare(*state, GROUP(TCP(3306, 3306, "10.0.0.0/16")),
            "Resources:\n"
            "  G: {Type: 'AWS::EC2::SecurityGroup', Properties: {SecurityGroupEgress: "
            "[{IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: 10.9.9.9/32}]}}\n"
            "  In: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {GroupId: !GetAtt "
            "G.GroupId, IpProtocol: 6, FromPort: 3306, ToPort: '3306', CidrIp: 10.0.0.0/16}}\n");
    assert_access(*state, "");
}

static void a_group_that_is_made_without_rules_lets_all_out(void **state)
{
    static const char *const bare = "Resources: {G: {Type: 'AWS::EC2::SecurityGroup'}}\n";
    compare(*state, "Resources: {}\n", bare);
    assert_access(*state, "+ ${G} | out | all | 0.0.0.0/0 (by default) (new)");
    compare(*state, bare, GROUP(""));
    assert_access(*state, "- ${G} | out | all | 0.0.0.0/0 (by default)\n"
                          "+ ${G} | out | tcp 1 | 10.9.9.9/32");
}

static void a_group_that_loses_its_rules_lets_nothing_out(void **state)
{
    compare(*state, GROUP(""), "Resources: {G: {Type: 'AWS::EC2::SecurityGroup'}}\n");
    assert_access(*state, "- ${G} | out | tcp 1 | 10.9.9.9/32");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DIFF_TEST(what_is_the_same_is_not_told),
        DIFF_TEST(a_policy_that_moves_is_the_same),
        DIFF_TEST(a_new_role_allows_more),
        DIFF_TEST(a_new_action_allows_more),
        DIFF_TEST(all_that_is_new_is_told),
        DIFF_TEST(a_new_statement_is_held_against_the_one_that_goes),
        DIFF_TEST(a_wildcard_is_wider),
        DIFF_TEST(what_is_narrower_allows_nothing_new),
        DIFF_TEST(statements_that_are_joined_allow_nothing_new),
        DIFF_TEST(statements_that_cross_allow_more),
        DIFF_TEST(a_condition_that_goes_allows_more),
        DIFF_TEST(a_condition_of_the_template_that_goes_allows_more),
        DIFF_TEST(an_exception_that_goes_allows_more),
        DIFF_TEST(an_exception_that_a_wildcard_touches_is_no_cover),
        DIFF_TEST(a_deny_that_goes_allows_more),
        DIFF_TEST(a_new_principal_of_a_key_allows_more),
        DIFF_TEST(a_policy_that_nobody_knows_may_allow_more),
        DIFF_TEST(an_endpoint_that_loses_its_policy_lets_all_through),
        DIFF_TEST(the_policy_of_a_stream_counts),
        DIFF_TEST(a_managed_policy_that_is_new_allows_more),
        DIFF_TEST(a_boundary_that_goes_allows_more),
        DIFF_TEST(a_wider_range_lets_more_through),
        DIFF_TEST(more_ports_let_more_through),
        DIFF_TEST(another_peer_or_protocol_lets_more_through),
        DIFF_TEST(each_peer_of_a_rule_counts),
        DIFF_TEST(a_rule_that_moves_out_of_its_group_is_the_same),
        DIFF_TEST(a_group_that_is_made_without_rules_lets_all_out),
        DIFF_TEST(a_group_that_loses_its_rules_lets_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
