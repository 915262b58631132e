/* What a change does to what is deployed, and how that spreads. */
#include "diff_support.h"

static void facts_say_what_a_change_does(void **state)
{
    assert_properties(*state, "AWS::SQS::Queue", "{QueueName: a, DelaySeconds: 1}",
                      "{QueueName: b, DelaySeconds: 1}",
                      "~A replace, deleted {~QueueName (replace)}");
    assert_properties(*state, "AWS::SQS::Queue", "{QueueName: a, DelaySeconds: 1}",
                      "{QueueName: a, DelaySeconds: 2}", "~A update {~DelaySeconds}");
}

static void what_is_in_an_added_value_counts_too(void **state)
{
    assert_properties(*state, "AWS::EC2::Instance", "{}", "{Tenancy: host}",
                      "~A may replace, deleted {+Tenancy (may replace)}");
    assert_properties(*state, "AWS::EC2::SpotFleet", "{}",
                      "{SpotFleetRequestConfigData: {AllocationStrategy: diversified}}",
                      "~A replace, deleted {+SpotFleetRequestConfigData (replace)}");
    assert_properties(*state, "AWS::EC2::SpotFleet", "{}",
                      "{SpotFleetRequestConfigData: {TargetCapacity: 1}}",
                      "~A update {+SpotFleetRequestConfigData}");
}

static void a_type_that_is_not_known_is_updated(void **state)
{
    assert_properties(*state, "Custom::A", "{N: 1}", "{N: 2}", "~A update {~N}");
}

static void attributes_do_nothing_by_themselves(void **state)
{
    fixture *f = *state;
    assert_diff(f, "Resources: {A: {Type: T, Metadata: {a: 1}, DeletionPolicy: Delete}}",
                "Resources: {A: {Type: T, Metadata: {a: 2}, DeletionPolicy: Retain}}",
                "~A {~Metadata.a, ~DeletionPolicy}");
}

static void another_type_is_another_resource(void **state)
{
    assert_diff(*state, "Resources: {A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: a}}}",
                "Resources: {A: {Type: 'AWS::SNS::Topic', Properties: {TopicName: a}}}",
                "~A replace, deleted {~Type (replace), +TopicName, -QueueName}");
}

/* What it makes is known at the deployment alone. */
static void a_loop_may_replace_what_it_makes(void **state)
{
    static const char loop[] = "'Fn::ForEach::L': [I, [%s], {'A${I}': {Type: 'AWS::SQS::Queue'}}]";
    char one[200], two[200], old[500], new[500];
    snprintf(one, sizeof one, loop, "a");
    snprintf(two, sizeof two, loop, "a, b");
    snprintf(old, sizeof old, "Resources: {%s}", two);
    snprintf(new, sizeof new, "Resources: {%s}", one);
    assert_diff(*state, old, new, "~Fn::ForEach::L may replace, deleted {-[1][1] (may replace)}");
    snprintf(new, sizeof new, "Resources: {%s, B: {Type: T}}", one);
    assert_diff(*state, old, new,
                "~Fn::ForEach::L may replace, deleted {-[1][1] (may replace)} +B");
    snprintf(old, sizeof old, "Resources: {B: {Type: T}}");
    snprintf(new, sizeof new, "Resources: {%s}", one);
    assert_diff(*state, old, new, "+Fn::ForEach::L -B destroy, deleted");
}

#define CLUSTER "{Type: 'AWS::RDS::DBCluster', Properties: {DatabaseName: %s}%s}"

static void policies_decide_what_becomes_of_what_is_removed(void **state)
{
    static const char *const fates[][2] = {
        {"AWS::S3::Bucket", "-A destroy, deleted"},
        {"AWS::S3::Bucket, DeletionPolicy: Retain", "-A destroy, retained"},
        {"AWS::S3::Bucket, DeletionPolicy: RetainExceptOnCreate", "-A destroy, retained"},
        {"AWS::S3::Bucket, UpdateReplacePolicy: Retain", "-A destroy, deleted"},
        {"AWS::RDS::DBCluster", "-A destroy, snapshot"},
        {"AWS::RDS::DBCluster, DeletionPolicy: Delete", "-A destroy, deleted"},
        {"AWS::RDS::DBInstance", "-A destroy, snapshot"},
        {"AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: c}", "-A destroy, deleted"},
        {"AWS::EC2::Volume, DeletionPolicy: Snapshot", "-A destroy, snapshot"},
    };
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++) {
        char old[300];
        snprintf(old, sizeof old, "Resources: {A: {Type: %s}, B: {Type: T}}", fates[i][0]);
        assert_diff(*state, old, "Resources: {B: {Type: T}}", fates[i][1]);
    }
}

static void policies_decide_what_becomes_of_what_is_replaced(void **state)
{
    static const char *const fates[][2] = {
        {"", "~A replace, deleted {~DatabaseName (replace)}"},
        {", DeletionPolicy: Retain", "~A replace, deleted {~DatabaseName (replace)}"},
        {", UpdateReplacePolicy: Retain", "~A replace, retained {~DatabaseName (replace)}"},
        {", UpdateReplacePolicy: Snapshot", "~A replace, snapshot {~DatabaseName (replace)}"},
    };
    for (size_t i = 0; i < sizeof fates / sizeof *fates; i++) {
        char old[300], new[300];
        snprintf(old, sizeof old, "Resources: {A: " CLUSTER "}", "a", fates[i][0]);
        snprintf(new, sizeof new, "Resources: {A: " CLUSTER "}", "b", fates[i][0]);
        assert_diff(*state, old, new, fates[i][1]);
    }
}

/* --- spreading --- */

#define GROUP "  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: %s}}\n"

static void assert_spread(void **state, const char *rest, const char *expected)
{
    char old[2048], new[2048];
    static const char form[] = "Resources:\n" GROUP "%s";
    snprintf(old, sizeof old, form, "old", rest);
    snprintf(new, sizeof new, form, "new", rest);
    assert_diff(*state, old, new, expected);
}

#define GROUP_IS_REPLACED "~Group replace, deleted {~GroupDescription (replace)}"

static void what_refers_to_a_replaced_resource_changes(void **state)
{
    assert_spread(state,
                  "  Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {IpProtocol: tcp, "
                  "GroupId: !Ref Group}}\n"
                  "  Db: {Type: 'AWS::RDS::DBCluster', Properties: {Engine: aurora-mysql, "
                  "VpcSecurityGroupIds: [x, !GetAtt Group.GroupId]}}\n",
                  GROUP_IS_REPLACED " ~Rule replace, deleted {~GroupId (replace) by Group} "
                                    "~Db update {~VpcSecurityGroupIds[1] by Group}");
}

static void it_spreads_on_until_nothing_is_new(void **state)
{
    assert_spread(state,
                  "  Last: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Rule}}\n"
                  "  Rule: {Type: 'AWS::EC2::SecurityGroupIngress', Properties: {IpProtocol: tcp, "
                  "GroupId: !Sub '${Group}'}}\n",
                  GROUP_IS_REPLACED " ~Last replace, deleted {~TopicName (replace) by Rule} "
                                    "~Rule replace, deleted {~GroupId (replace) by Group}");
}

static void a_function_around_a_reference_is_what_changes(void **state)
{
    assert_spread(state,
                  "  A: {Type: Custom, Properties: {N: {M: !Join ['', [a, !Ref Group]]}}}\n"
                  "  B: {Type: Custom, Properties: {N: !If [C, !Ref Group, x]}}\n",
                  GROUP_IS_REPLACED " ~A update {~N.M by Group} ~B update {~N.Fn::If[1] by Group}");
}

static void outputs_change_too(void **state)
{
    assert_spread(state, "Outputs: {O: {Value: !Ref Group}}\n",
                  GROUP_IS_REPLACED " ~O {~Value by Group}");
}

static void depends_on_does_not_spread(void **state)
{
    assert_spread(state, "  A: {Type: Custom, DependsOn: Group, Metadata: {N: !Ref Group}}\n",
                  GROUP_IS_REPLACED);
}

static void what_was_edited_is_told_once(void **state)
{
    assert_diff(*state,
                "Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: a}}\n"
                "  B: {Type: Custom, Properties: {N: !Sub 'x-${A}'}}\n",
                "Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: b}}\n"
                "  B: {Type: Custom, Properties: {N: !Sub 'y-${A}'}}\n"
                "  C: {Type: Custom, Properties: {N: !Ref A}}\n",
                "~A replace, deleted {~QueueName (replace)} ~B update {~N} +C");
}

static void what_may_be_replaced_spreads_as_may(void **state)
{
    assert_diff(*state,
                "Resources:\n  A: {Type: 'AWS::EC2::Instance', Properties: {Tenancy: host}}\n"
                "  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref A}}\n"
                "  C: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: !Ref A}}\n",
                "Resources:\n  A: {Type: 'AWS::EC2::Instance', Properties: {Tenancy: default}}\n"
                "  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref A}}\n"
                "  C: {Type: 'AWS::SQS::Queue', Properties: {DelaySeconds: !Ref A}}\n",
                "~A may replace, deleted {~Tenancy (may replace)} "
                "~B may replace, deleted {~QueueName (may replace) by A} "
                "~C may update {~DelaySeconds (may update) by A}");
}

static void another_default_of_a_parameter_may_change_what_uses_it(void **state)
{
    static const char form[] =
        "Parameters: {P: {Type: String, Default: %s}}\n"
        "Conditions: {C: !Equals [!Ref P, a]}\n"
        "Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref P}}\n"
        "  B: {Type: Custom, Condition: C}\n";
    char old[400], new[400];
    snprintf(old, sizeof old, form, "a");
    snprintf(new, sizeof new, form, "b");
    assert_diff(*state, old, new,
                "~P {~Default} ~A may replace, deleted {~QueueName (may replace) by P} "
                "~B may update {~Condition (may update) by C}");
}

static void a_mapping_changes_what_looks_it_up(void **state)
{
    static const char form[] =
        "Mappings: {M: {a: {x: %s, y: 1}}}\n"
        "Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !FindInMap [M, a, "
        "x]}}\n"
        "  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !FindInMap [M, a, y]}}\n"
        "  C: {Type: Custom, Properties: {N: !FindInMap [M, !Ref 'AWS::Region', x]}}\n"
        "  D: {Type: Custom, Properties: {N: !Ref A}}\n";
    char old[500], new[500];
    snprintf(old, sizeof old, form, "a");
    snprintf(new, sizeof new, form, "b");
    assert_diff(*state, old, new,
                "~M {~a.x} ~A replace, deleted {~QueueName (replace) by M} "
                "~C may update {~N (may update) by M} ~D update {~N by A}");
}

static void a_circle_ends(void **state)
{
    assert_diff(*state,
                "Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: a, Tags: [!Ref "
                "B]}}\n  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref A}}\n",
                "Resources:\n  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: b, Tags: [!Ref "
                "B]}}\n  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref A}}\n",
                "~A replace, deleted {~QueueName (replace), ~Tags[0] by B} "
                "~B replace, deleted {~QueueName (replace) by A}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(facts_say_what_a_change_does),
        TEST(what_is_in_an_added_value_counts_too),
        TEST(a_type_that_is_not_known_is_updated),
        TEST(attributes_do_nothing_by_themselves),
        TEST(another_type_is_another_resource),
        TEST(a_loop_may_replace_what_it_makes),
        TEST(policies_decide_what_becomes_of_what_is_removed),
        TEST(policies_decide_what_becomes_of_what_is_replaced),
        TEST(what_refers_to_a_replaced_resource_changes),
        TEST(it_spreads_on_until_nothing_is_new),
        TEST(a_function_around_a_reference_is_what_changes),
        TEST(outputs_change_too),
        TEST(depends_on_does_not_spread),
        TEST(what_was_edited_is_told_once),
        TEST(what_may_be_replaced_spreads_as_may),
        TEST(another_default_of_a_parameter_may_change_what_uses_it),
        TEST(a_mapping_changes_what_looks_it_up),
        TEST(a_circle_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
