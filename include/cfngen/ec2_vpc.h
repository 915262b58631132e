/* Cfngen::EC2::VPC: a VPC of this stack over two or three zones, with its subnets, routes,
 * endpoints and flow logs.
 *
 * It can be named wherever a Cfngen::EC2::Network can (from C through cfn_ec2_vpc_network): its
 * private subnets are the network's, and its zones are known.
 *
 * There are three tiers of subnets, one subnet of each in every zone:
 *   - public, on request or when there is NAT: routed to an internet gateway; instances get public
 *     addresses. For NAT gateways and load balancers, not for databases;
 *   - private: routed to a NAT gateway (when there is one), gateway endpoints and peers;
 *   - isolated, on request: no route but those inside the VPC.
 * They are cut from CidrBlock in slots of SubnetSize: public from slot 0, private from slot 4,
 * isolated from slot 8, so that neither a third zone nor another tier moves a subnet. When
 * CidrBlock is known at deployment only, CloudFormation cuts them in the same way (Fn::Cidr).
 * PublicCidrs, PrivateCidrs and IsolatedCidrs say it block by block instead. EC2 takes blocks from
 * /16 to /28: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 *
 * Makes
 *   {Id}                                AWS::EC2::VPC, with DNS support and DNS host names
 *   {Id}PublicSubnet{n} ...             AWS::EC2::Subnet, of each tier and zone, n from 1
 *   {Id}{Tier}Subnet{n}Association      AWS::EC2::SubnetRouteTableAssociation
 *   {Id}PublicRouteTable, {Id}PrivateRouteTable{n}, {Id}IsolatedRouteTable
 *   {Id}InternetGateway, {Id}InternetAttachment, {Id}InternetRoute
 *   {Id}NatAddress{n}, {Id}NatGateway{n}, {Id}NatRoute{n}
 *   {Id}GatewayS3, {Id}GatewayDynamoDb  AWS::EC2::VPCEndpoint, of the private route tables
 *   {Id}Endpoint{Service}               AWS::EC2::VPCEndpoint, with private DNS
 *   {Id}EndpointsGroup                  AWS::EC2::SecurityGroup of these endpoints
 *   {Id}EndpointsIngress                AWS::EC2::SecurityGroupIngress: 443 from the VPC
 *   {Id}FlowLog, {Id}FlowLogGroup, {Id}FlowLogRole
 *   {Id}PeeringWith{Vpc}                AWS::EC2::VPCPeeringConnection
 *   {Id}RouteTo{Vpc}FromZone{n}         AWS::EC2::Route, there
 *   {Id}RouteFrom{Table}                AWS::EC2::Route, and back
 *
 * Ref is the VPC's id. Attributes: VpcId, CidrBlock, SubnetIds (of the private subnets, as a
 * network has it), PublicSubnetIds, PrivateSubnetIds, IsolatedSubnetIds, PrivateRouteTableIds,
 * AvailabilityZones, EndpointsGroupId. DependsOn on it waits for the private routes and the
 * endpoints. */
#ifndef CFNGEN_EC2_VPC_H
#define CFNGEN_EC2_VPC_H

#include <cfngen/ec2_network.h>
#include <cfngen/kms_key.h>

CFN_BEGIN_DECLS

/* Of a VPC that exists make a cfn_ec2_network; cfn_ec2_vpc_existing is of no use. */
CFN_HANDLE(cfn_ec2_vpc);

/* A peering with a VPC that exists. Between VPCs of one account CloudFormation accepts it by
 * itself; in another account it does so with role_arn, a role there that may accept it
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html).
 * The private subnets get routes to the peer. Routes back are made in route_table_ids, which must
 * be of this account and region; without them the peer's owner must make them (CFN4008). */
typedef struct cfn_ec2_vpc_peering {
    cfn_str vpc_id;     /* required */
    cfn_str cidr_block; /* required: the peer's, apart from ours */
    cfn_str region;     /* default: that of the stack */
    cfn_str owner_id;   /* default: this account; another one needs role_arn */
    cfn_str role_arn;
    cfn_str_list route_table_ids; /* the peer's, that send answers back */
} cfn_ec2_vpc_peering;

typedef CFN_LIST_OF(cfn_ec2_vpc_peering) cfn_ec2_vpc_peering_list;

/* Defaults: cidr_block 10.0.0.0/16; zones 2; subnet_size that of the VPC + 4, at most 28, and 24
 * where cidr_block is not known; nat none; public_subnets whether there is NAT or public_cidrs;
 * isolated_subnets whether there are isolated_cidrs; gateway_endpoints s3; no interface_endpoints;
 * flow_logs true, flow_log_traffic ALL, flow_log_retention_in_days 30. */
typedef struct cfn_ec2_vpc_props {
    cfn_str cidr_block;
    cfn_int zones;                   /* 2 or 3, the first ones of the region; decided at synth */
    cfn_str_list availability_zones; /* or these, as eu-central-1a; excludes zones */
    cfn_int subnet_size;             /* the prefix of each subnet, 16 to 28; decided at synth */
    cfn_bool public_subnets, isolated_subnets;                /* decided at synth */
    cfn_str_list public_cidrs, private_cidrs, isolated_cidrs; /* one for each zone */
    cfn_str nat;                      /* none, one, per-zone; decided at synth */
    cfn_str_list gateway_endpoints;   /* s3, dynamodb; decided at synth */
    cfn_str_list interface_endpoints; /* as secretsmanager, kms; decided at synth */
    cfn_json endpoint_policy;         /* of the interface endpoints */
    cfn_bool flow_logs;               /* decided at synth */
    cfn_str flow_log_traffic;         /* ALL, ACCEPT, REJECT */
    cfn_int flow_log_retention_in_days;
    cfn_kms_key encryption_key; /* of the flow logs; default: CloudWatch Logs' own */
    cfn_ec2_vpc_peering_list peerings;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_ec2_vpc_props;

#define cfn_ec2_vpc_add(stack, id, ...)                                                            \
    cfn_ec2_vpc_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_ec2_vpc cfn_ec2_vpc_add_at(cfn_stack *stack, const char *id,
                                       const cfn_ec2_vpc_props *props, const char *file, int line);

/* The VPC where a network is taken: with its private subnets. */
static inline cfn_ec2_network cfn_ec2_vpc_network(cfn_ec2_vpc vpc)
{
    return cfn_ec2_network_named(vpc.handle.id);
}

CFN_END_DECLS

#endif
