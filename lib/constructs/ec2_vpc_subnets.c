/* Subnets of a VPC, their route tables, and the ways from them to the internet. */
#include "base/text.h"
#include "constructs/ec2_vpc.h"

#include <cfngen/aws/ec2.h>

typedef cfn_ec2_vpc_props props_type;

static const char anywhere[] = "0.0.0.0/0";

static cfn_tag_list tags(cfn__expansion *x, const cfn__construct *c, const char *role)
{
    static const cfn__name_rule rule = {"a name", 255, "-", false, false};
    return cfn__tags(x, c, cfn__name(x, c, role, &rule), ((const props_type *)c->props)->tags);
}

/* A resource of the construct that is named by its role. */
static cfn_str ref(cfn__expansion *x, const cfn__construct *c, const char *role)
{
    return cfn_ref(cfn__role_id(x, c, role));
}

/* ---- internet gateway ---- */

/* What needs the way to the internet needs the attachment, which nothing in it refers to. */
static void await_internet(cfn__expansion *x, const cfn__construct *c, cfn_node *properties)
{
    cfn__resource_depends_on(x, properties, cfn__role_id(x, c, "InternetAttachment"));
}

static void make_internet_gateway(cfn__expansion *x, cfn__construct *c)
{
    CFN__RESOURCE(aws_ec2_InternetGateway, x, c, "InternetGateway",
                  &(aws_ec2_InternetGateway_props){.Tags = tags(x, c, "InternetGateway")});
    CFN__RESOURCE(aws_ec2_VPCGatewayAttachment, x, c, "InternetAttachment",
                  &(aws_ec2_VPCGatewayAttachment_props){
                      .InternetGatewayId = ref(x, c, "InternetGateway"), .VpcId = cfn_ref(c->id)});
}

/* ---- route tables ---- */

/* The private subnets have a table each, since each may have a NAT gateway of its own. */
static const char *table_role(const cfn__construct *c, cfn__vpc_tier tier, size_t n)
{
    return tier == CFN__PRIVATE
               ? cfn__vpc_role(c->make.arena, tier, "RouteTable", n)
               : cfn__format(c->make.arena, "%sRouteTable", cfn__vpc_tier_names[tier]);
}

static void make_table(cfn__expansion *x, cfn__construct *c, const char *role)
{
    if (!cfn__properties_of(c, role))
        CFN__RESOURCE(
            aws_ec2_RouteTable, x, c, role,
            &(aws_ec2_RouteTable_props){.Tags = tags(x, c, role), .VpcId = cfn_ref(c->id)});
}

static void make_internet_route(cfn__expansion *x, cfn__construct *c)
{
    cfn_node *route =
        CFN__RESOURCE(aws_ec2_Route, x, c, "InternetRoute",
                      &(aws_ec2_Route_props){.DestinationCidrBlock = cfn_s(anywhere),
                                             .GatewayId = ref(x, c, "InternetGateway"),
                                             .RouteTableId = ref(x, c, "PublicRouteTable")});
    await_internet(x, c, route);
}

/* ---- subnets ---- */

static void make_subnet(cfn__expansion *x, cfn__construct *c, cfn__vpc_tier tier, size_t n)
{
    const char *role = cfn__vpc_role(c->make.arena, tier, "Subnet", n);
    const char *table = table_role(c, tier, n);
    CFN__RESOURCE(aws_ec2_Subnet, x, c, role,
                  &(aws_ec2_Subnet_props){.AvailabilityZone = cfn__vpc_zone(&c->make, c->props, n),
                                          .CidrBlock = cfn__vpc_subnet_block(c, tier, n),
                                          .MapPublicIpOnLaunch = cfn_b(tier == CFN__PUBLIC),
                                          .Tags = tags(x, c, role),
                                          .VpcId = cfn_ref(c->id)});
    make_table(x, c, table);
    cfn_node *association =
        CFN__RESOURCE(aws_ec2_SubnetRouteTableAssociation, x, c,
                      cfn__format(c->make.arena, "%sAssociation", role),
                      &(aws_ec2_SubnetRouteTableAssociation_props){.RouteTableId = ref(x, c, table),
                                                                   .SubnetId = ref(x, c, role)});
    if (tier == CFN__PRIVATE)
        cfn__resource_completes(c, association);
}

/* ---- NAT ---- */

static const char *numbered(const cfn__construct *c, const char *what, size_t n)
{
    return cfn__format(c->make.arena, "%s%zu", what, n + 1);
}

static void make_nat_gateway(cfn__expansion *x, cfn__construct *c, size_t n)
{
    const char *address = numbered(c, "NatAddress", n), *gateway = numbered(c, "NatGateway", n);
    cfn_node *made =
        CFN__RESOURCE(aws_ec2_EIP, x, c, address,
                      &(aws_ec2_EIP_props){.Domain = cfn_s("vpc"), .Tags = tags(x, c, address)});
    await_internet(x, c, made);
    made = CFN__RESOURCE(
        aws_ec2_NatGateway, x, c, gateway,
        &(aws_ec2_NatGateway_props){
            .AllocationId = cfn_att(cfn__role_id(x, c, address), "AllocationId"),
            .SubnetId = ref(x, c, cfn__vpc_role(c->make.arena, CFN__PUBLIC, "Subnet", n)),
            .Tags = tags(x, c, gateway)});
    await_internet(x, c, made);
}

static void make_nat(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__vpc_nat nat = cfn__vpc_nat_of(props);
    for (size_t n = 0; n < cfn__vpc_zones(props) && nat != CFN__NO_NAT; n++) {
        size_t gateway = nat == CFN__NAT_PER_ZONE ? n : 0;
        if (gateway == n)
            make_nat_gateway(x, c, n);
        cfn_node *route = CFN__RESOURCE(
            aws_ec2_Route, x, c, numbered(c, "NatRoute", n),
            &(aws_ec2_Route_props){.DestinationCidrBlock = cfn_s(anywhere),
                                   .NatGatewayId = ref(x, c, numbered(c, "NatGateway", gateway)),
                                   .RouteTableId = ref(x, c, table_role(c, CFN__PRIVATE, n))});
        cfn__resource_completes(c, route);
    }
}

void cfn__make_vpc_subnets(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    bool public = cfn__vpc_has(props, CFN__PUBLIC);
    if (public)
        make_internet_gateway(x, c);
    for (cfn__vpc_tier tier = CFN__PUBLIC; tier < CFN__TIERS; tier++)
        for (size_t n = 0; n < cfn__vpc_zones(props) && cfn__vpc_has(props, tier); n++)
            make_subnet(x, c, tier, n);
    if (public) {
        make_internet_route(x, c);
        make_nat(x, c);
    }
}
