/* Cfngen::EC2::Network: a VPC and subnets that exist already.
 *
 * Makes no resource. CloudFormation cannot look anything up, so the ids come from one of three:
 *   - VpcId and SubnetIds: literal ids or any intrinsic (a typed parameter, an import);
 *   - VpcIdParameter and SubnetIdsParameter: names of SSM parameters that hold them; the template
 *     gets {Id}VpcId and {Id}SubnetIds of type AWS::SSM::Parameter::Value<...>;
 *   - nothing: the template gets typed parameters {Id}VpcId (AWS::EC2::VPC::Id) and {Id}SubnetIds
 *     (List<AWS::EC2::Subnet::Id>) that are given at deployment, and, when database instances are
 *     to be spread over them, {Id}AvailabilityZones.
 * A parameter that nothing in the stack uses is left out.
 * A stack may have several networks, one for the source side and one for the target side.
 *
 * Ref is the VPC's id. Attributes: VpcId, SubnetIds (a list). */
#ifndef CFNGEN_EC2_NETWORK_H
#define CFNGEN_EC2_NETWORK_H

#include <cfngen/stack.h>

CFN_BEGIN_DECLS

/* cfn_ec2_network_existing takes the id of a VPC; that is enough for security groups. */
CFN_HANDLE(cfn_ec2_network);

/* Defaults: typed parameters, as above; availability_zones a parameter
 * where the subnets are one, else not known. */
typedef struct cfn_ec2_network_props {
    cfn_str vpc_id;
    cfn_str_list subnet_ids;         /* at least two, in two zones */
    cfn_str vpc_id_parameter;        /* the name of an SSM parameter, as /network/prod/vpc-id */
    cfn_str subnet_ids_parameter;    /* of type StringList */
    cfn_str_list availability_zones; /* the zones of the subnets; instances are spread over them */
    cfn_attributes attributes;
} cfn_ec2_network_props;

#define cfn_ec2_network_add(stack, id, ...)                                                        \
    cfn_ec2_network_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_ec2_network cfn_ec2_network_add_at(cfn_stack *stack, const char *id,
                                               const cfn_ec2_network_props *props, const char *file,
                                               int line);

static inline cfn_str cfn_ec2_network_vpc_id(cfn_ec2_network network)
{
    return network.handle.id ? cfn_att(network.handle.id, "VpcId") : network.handle.value;
}

CFN_END_DECLS

#endif
