/* References to constructs: roles, attributes, answers, Fn::Sub and DependsOn. */
#include "stack_support.h"

#define NETWORK                                                                                    \
    "  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: vpc-0123456789abcdef0,\n"           \
    "        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1],\n"                   \
    "        AvailabilityZones: [eu-west-2a, eu-west-2b]}}\n"
#define CLUSTER                                                                                    \
    "  Db:\n    Type: Cfngen::RDS::AuroraCluster\n    Properties: {Engine: aurora-mysql,\n"        \
    "      Network: !Ref Net, SecurityGroups: [sg-12345678], EncryptionKey: "                      \
    "'arn:aws:kms:eu-west-2:111122223333:key/1', LogExports: []}\n"
#define STACK "Resources:\n" NETWORK CLUSTER "  T: {Type: 'AWS::SNS::Topic'}\n"

static void ref_and_attributes_of_a_construct_are_those_of_its_primary_resource(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK "Outputs: {A: {Value: !Ref Db}, B: {Value: !GetAtt Db.Endpoint.Address}}\n");
    assert_at(t, "Outputs/A/Value", "{\"Ref\":\"Db\"}");
    assert_at(t, "Outputs/B/Value", "{\"Fn::GetAtt\":[\"Db\",\"Endpoint.Address\"]}");
}

static void a_role_leads_to_the_resource_of_that_role(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK
          "Outputs: {A: {Value: !GetAtt Db.Writer}, B: {Value: !GetAtt Db.Reader1.DBInstanceArn},\n"
          "          C: {Value: !Ref DbWriter}}\n");
    assert_at(t, "Outputs/A/Value", "{\"Ref\":\"DbWriter\"}");
    assert_at(t, "Outputs/B/Value", "{\"Fn::GetAtt\":[\"DbReader1\",\"DBInstanceArn\"]}");
    assert_at(t, "Outputs/C/Value", "{\"Ref\":\"DbWriter\"}");
}

static void an_unknown_attribute_is_told_with_the_nearest(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Key: {Type: 'Cfngen::KMS::Key'}\n"
             "Outputs:\n  A: {Value: !GetAtt Key.Arm}\n");
    assert_found(&t->f, "CFN2013 4:14");
    assert_said(&t->f, "did you mean Arn?");
}

static void a_construct_without_a_resource_answers_with_values(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK
          "Outputs: {A: {Value: !Ref Net}, B: {Value: !Select [0, !GetAtt Net.SubnetIds]}}\n");
    assert_at(t, "Outputs/A/Value", "\"vpc-0123456789abcdef0\"");
    assert_at(t, "Outputs/B/Value",
              "{\"Fn::Select\":[0,[\"subnet-0123456789abcdef0\",\"subnet-0123456789abcdef1\"]]}");
}

static void sub_names_roles_and_answers_too(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK "Outputs: {A: {Value: !Sub '${Db.Writer} ${Db.Writer.Endpoint.Port} ${Net} "
                   "${!Db} ${Db} ${AWS::Region}'}}\n");
    assert_at(t, "Outputs/A/Value",
              "{\"Fn::Sub\":\"${DbWriter} ${DbWriter.Endpoint.Port} vpc-0123456789abcdef0 "
              "${!Db} ${Db} ${AWS::Region}\"}");
}

static void sub_without_a_variable_left_is_a_plain_string(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK "Outputs: {A: {Value: !Sub 'in ${Net}'}, B: {Value: !Sub 'plain'}}\n");
    assert_at(t, "Outputs/A/Value", "\"in vpc-0123456789abcdef0\"");
    assert_at(t, "Outputs/B/Value", "{\"Fn::Sub\":\"plain\"}");
}

static void a_ref_answered_inside_sub_stays_a_variable(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  T: {Type: 'AWS::SNS::Topic'}\n"
             "Outputs: {A: {Value: !Sub 'in ${Net}'}}\n");
    assert_at(t, "Outputs/A/Value", "{\"Fn::Sub\":\"in ${NetVpcId}\"}");
}

static void another_intrinsic_answered_inside_sub_becomes_a_local_variable(void **state)
{
    stack_fixture *t = *state;
    synth(t,
          "Resources:\n  Net: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: !ImportValue v}}\n"
          "  T: {Type: 'AWS::SNS::Topic'}\n"
          "Outputs: {A: {Value: !Sub 'in ${Net.VpcId}'}, B: {Value: !Sub ['${X} ${Net}', {X: "
          "y}]}}\n");
    assert_at(
        t, "Outputs/A/Value",
        "{\"Fn::Sub\":[\"in ${NetVpcIdValue}\",{\"NetVpcIdValue\":{\"Fn::ImportValue\":\"v\"}}]}");
    assert_at(t, "Outputs/B/Value",
              "{\"Fn::Sub\":[\"${X} "
              "${NetValue}\",{\"X\":\"y\",\"NetValue\":{\"Fn::ImportValue\":\"v\"}}]}");
}

static void a_local_variable_hides_a_construct(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK "Outputs: {A: {Value: !Sub ['${Net}', {Net: x}]}}\n");
    assert_at(t, "Outputs/A/Value", "{\"Fn::Sub\":[\"${Net}\",{\"Net\":\"x\"}]}");
}

static void depending_on_a_cluster_waits_for_its_instances(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" NETWORK CLUSTER "  T: {Type: 'AWS::SNS::Topic', DependsOn: Db}\n");
    assert_at(t, "Resources/T/DependsOn", "[\"Db\",\"DbWriter\",\"DbReader1\"]");
}

static void depending_on_what_has_no_resource_depends_on_nothing(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" NETWORK "  T: {Type: 'AWS::SNS::Topic', DependsOn: [Net, U]}\n"
             "  U: {Type: 'AWS::SNS::Topic', DependsOn: Net}\n");
    assert_at(t, "Resources/T/DependsOn", "[\"U\"]");
    assert_nothing_at(t, "Resources/U/DependsOn");
}

static void forward_references_work(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" CLUSTER NETWORK);
    assert_at(t, "Resources/DbSubnetGroup/Properties/SubnetIds",
              "[\"subnet-0123456789abcdef0\",\"subnet-0123456789abcdef1\"]");
}

static void an_answer_that_names_a_construct_is_followed(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n" NETWORK
             "  Same: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: !GetAtt Net.VpcId}}\n"
             "  T: {Type: 'AWS::SNS::Topic'}\n"
             "Outputs: {A: {Value: !Ref Same}, B: {Value: !Sub 'in ${Same.VpcId}'}}\n");
    assert_at(t, "Outputs/A/Value", "\"vpc-0123456789abcdef0\"");
    assert_at(t, "Outputs/B/Value", "\"in vpc-0123456789abcdef0\"");
}

static void an_answer_that_names_itself_is_told(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  A: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: !Ref B}}\n"
             "  B: {Type: 'Cfngen::EC2::Network', Properties: {VpcId: !Ref A}}\n  T: {Type: "
             "'AWS::SNS::Topic'}\n"
             "Outputs: {O: {Value: !Ref A}}\n");
    assert_said(&t->f, "CFN1308");
}

static void a_role_that_is_not_made_is_told_with_one_that_is(void **state)
{
    stack_fixture *t = *state;
    synth(t, STACK "Outputs: {A: {Value: !GetAtt Db.Reader2.Endpoint.Address}}\n");
    assert_said(&t->f, "did you mean Db.Reader1?");
}

static void a_wrong_attribute_is_told_once(void **state)
{
    stack_fixture *t = *state;
    synth(t, "Resources:\n  Net: {Type: 'Cfngen::EC2::Network'}\n  T: {Type: 'AWS::SNS::Topic'}\n"
             "Outputs:\n  A: {Value: !GetAtt Net.Foo}\n");
    assert_found(&t->f, "CFN2013 5:14");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STACK_TEST(ref_and_attributes_of_a_construct_are_those_of_its_primary_resource),
        STACK_TEST(a_role_leads_to_the_resource_of_that_role),
        STACK_TEST(an_unknown_attribute_is_told_with_the_nearest),
        STACK_TEST(a_construct_without_a_resource_answers_with_values),
        STACK_TEST(sub_names_roles_and_answers_too),
        STACK_TEST(sub_without_a_variable_left_is_a_plain_string),
        STACK_TEST(a_ref_answered_inside_sub_stays_a_variable),
        STACK_TEST(another_intrinsic_answered_inside_sub_becomes_a_local_variable),
        STACK_TEST(a_local_variable_hides_a_construct),
        STACK_TEST(depending_on_a_cluster_waits_for_its_instances),
        STACK_TEST(depending_on_what_has_no_resource_depends_on_nothing),
        STACK_TEST(forward_references_work),
        STACK_TEST(an_answer_that_names_a_construct_is_followed),
        STACK_TEST(an_answer_that_names_itself_is_told),
        STACK_TEST(a_role_that_is_not_made_is_told_with_one_that_is),
        STACK_TEST(a_wrong_attribute_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
