/* Cfngen::EC2::InterfaceEndpoints: how members of security groups reach services of AWS from
 * private subnets, so that DMS, rotation functions and validators can read their secrets.
 *
 * In one of three ways:
 *   - interface endpoints with private DNS are made, one for each of Services;
 *   - SecurityGroup: they are there already, in this group (a VPC can have one endpoint with
 *     private DNS for a service, not two);
 *   - Nat: the subnets have a route to a NAT gateway.
 *
 * Makes
 *   {Id}{Service}           AWS::EC2::VPCEndpoint, each (EndpointsSecretsManager)
 *   {Id}SecurityGroup       AWS::EC2::SecurityGroup, of the endpoints
 *   {Id}IngressOf{Client}   AWS::EC2::SecurityGroupIngress: 443 into the endpoints' group
 *   {Id}EgressOf{Client}    AWS::EC2::SecurityGroupEgress: 443 out of the client's, when it is a
 *                           new group of this stack
 *
 * Private DNS concerns everybody in the VPC: who is not among the clients cannot reach the service
 * any more. ClientCidrs lets in those that are not in a group of this stack. Only principals of
 * this account are let through, unless PolicyDocument says otherwise. The VPC must have DNS support
 * and DNS host names on, and the network one subnet for each zone, not more.
 *
 * Ref and the attribute GroupId are the id of the endpoints' security group. DependsOn on it waits
 * for the endpoints and the rules.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_VPC_Endpoints.html */
#ifndef CFNGEN_EC2_INTERFACE_ENDPOINTS_H
#define CFNGEN_EC2_INTERFACE_ENDPOINTS_H

#include <cfngen/ec2_security_group.h>

CFN_BEGIN_DECLS

/* Nothing takes one yet; cfn_ec2_interface_endpoints_existing is of no use. */
CFN_HANDLE(cfn_ec2_interface_endpoints);

/* Defaults: services secretsmanager; policy_document all actions for principals of this account. */
typedef struct cfn_ec2_interface_endpoints_props {
    cfn_ec2_network network;               /* required to make endpoints */
    cfn_ec2_security_group_list clients;   /* required: who may reach them */
    cfn_str_list client_cidrs;             /* IPv4 blocks that may reach them, too */
    cfn_str_list services;                 /* as secretsmanager, kms, logs; decided at synth */
    cfn_ec2_security_group security_group; /* that of endpoints that exist */
    cfn_bool nat;                          /* excludes all but clients; decided at synth */
    cfn_json policy_document;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_ec2_interface_endpoints_props;

#define cfn_ec2_interface_endpoints_add(stack, id, ...)                                            \
    cfn_ec2_interface_endpoints_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_ec2_interface_endpoints cfn_ec2_interface_endpoints_add_at(
    cfn_stack *stack, const char *id, const cfn_ec2_interface_endpoints_props *props,
    const char *file, int line);

/* The id of their security group. */
static inline cfn_str cfn_ec2_interface_endpoints_group_id(cfn_ec2_interface_endpoints endpoints)
{
    return endpoints.handle.id ? cfn_att(endpoints.handle.id, "GroupId") : endpoints.handle.value;
}

CFN_END_DECLS

#endif
