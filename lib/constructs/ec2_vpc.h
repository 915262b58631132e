/* Cfngen::EC2::VPC, split over files: blocks and their checks, subnets and routes, peerings. */
#ifndef CFN_CONSTRUCTS_EC2_VPC_H
#define CFN_CONSTRUCTS_EC2_VPC_H

#include "constructs/constructs.h"

#include <cfngen/ec2_vpc.h>

typedef enum cfn__vpc_tier { CFN__PUBLIC, CFN__PRIVATE, CFN__ISOLATED, CFN__TIERS } cfn__vpc_tier;
extern const char *const cfn__vpc_tier_names[CFN__TIERS]; /* "Public" ... */

typedef enum cfn__vpc_nat { CFN__NO_NAT, CFN__ONE_NAT, CFN__NAT_PER_ZONE } cfn__vpc_nat;
extern const char *const cfn__vpc_nats[]; /* as users write them, ended by NULL */

/* What wiring works out once. */
typedef struct cfn__vpc_state {
    cfn_node *log_group_name;
} cfn__vpc_state;

/* ---- what the properties come to ---- */

cfn__vpc_nat cfn__vpc_nat_of(const cfn_ec2_vpc_props *props);
bool cfn__vpc_has(const cfn_ec2_vpc_props *props, cfn__vpc_tier tier);
const cfn_str_list *cfn__vpc_own_blocks(const cfn_ec2_vpc_props *props, cfn__vpc_tier tier);

/* How many zones, and the n-th of them, from 0. */
size_t cfn__vpc_zones(const cfn_ec2_vpc_props *props);
cfn_str cfn__vpc_zone(const cfn__maker *make, const cfn_ec2_vpc_props *props, size_t n);

/* {Tier}{what}{n + 1}, as part of a logical id. */
const char *cfn__vpc_role(cfn_arena *arena, cfn__vpc_tier tier, const char *what, size_t n);

/* {"Ref": id} of one resource of each zone: the subnets of a tier, the private route tables. */
cfn_node *cfn__vpc_each(cfn__expansion *x, const cfn__construct *c, cfn__vpc_tier tier,
                        const char *what);

/* ---- blocks ---- */

/* The block of the VPC, and of the subnet of a tier in the n-th zone. */
cfn_str cfn__vpc_block(const cfn_ec2_vpc_props *props);
cfn_str cfn__vpc_subnet_block(const cfn__construct *c, cfn__vpc_tier tier, size_t n);

/* Reports blocks that are none, overlap or find no room (CFN4004 to CFN4006). */
void cfn__check_vpc_blocks(cfn__expansion *x, const cfn__construct *c);

/* ---- endpoints ---- */

/* Whether the network is a VPC of this stack that has an interface endpoint for the service. */
bool cfn__vpc_has_endpoint(cfn__expansion *x, cfn_ec2_network network, const char *service);

/* ---- parts of the expansion ---- */

/* Subnets of all tiers, their route tables, the ways to the internet. */
void cfn__make_vpc_subnets(cfn__expansion *x, cfn__construct *c);

/* Checks and makes the peerings, with routes in both directions. */
void cfn__make_vpc_peerings(cfn__expansion *x, cfn__construct *c);

/* The record of a peering. */
extern const cfn_record cfn__vpc_peering_record;

/* Wiring: the key shall serve the log group of the flow logs. */
void cfn__wire_vpc_flow_logs(cfn__expansion *x, cfn__construct *c);

/* The flow log, the group it writes to and the role that it writes with. */
void cfn__make_vpc_flow_logs(cfn__expansion *x, cfn__construct *c);

#endif
