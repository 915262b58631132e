/* Cfngen::EC2::VPC: its table, what its properties come to, and its endpoints. */
#include "constructs/ec2_vpc.h"
#include "base/text.h"
#include "constructs/ec2_endpoint.h"

#include <cfngen/aws/ec2.h>

#include <string.h>

typedef cfn_ec2_vpc_props props_type;

/* ---- what the properties come to ---- */

enum { ZONES_LEAST = 2, ZONES_MOST = 3, HTTPS = 443 };

const char *const cfn__vpc_tier_names[CFN__TIERS] = {"Public", "Private", "Isolated"};
const char *const cfn__vpc_nats[] = {"none", "one", "per-zone", NULL};

cfn__vpc_nat cfn__vpc_nat_of(const props_type *props)
{
    const char *text = cfn__literal(props->nat);
    for (size_t i = 0; text && cfn__vpc_nats[i]; i++)
        if (strcmp(cfn__vpc_nats[i], text) == 0)
            return (cfn__vpc_nat)i;
    return CFN__NO_NAT;
}

const cfn_str_list *cfn__vpc_own_blocks(const props_type *props, cfn__vpc_tier tier)
{
    const cfn_str_list *const blocks[CFN__TIERS] = {&props->public_cidrs, &props->private_cidrs,
                                                    &props->isolated_cidrs};
    return blocks[tier];
}

bool cfn__vpc_has(const props_type *props, cfn__vpc_tier tier)
{
    bool nat = cfn__vpc_nat_of(props) != CFN__NO_NAT;
    if (tier == CFN__PUBLIC)
        return cfn__bool_or(props->public_subnets, nat || props->public_cidrs.items).value;
    if (tier == CFN__ISOLATED)
        return cfn__bool_or(props->isolated_subnets, props->isolated_cidrs.items != NULL).value;
    return true;
}

size_t cfn__vpc_zones(const props_type *props)
{
    if (!props->availability_zones.items)
        return (size_t)cfn__int_or(props->zones, ZONES_LEAST).value;
    size_t count = props->availability_zones.count;
    return count < ZONES_LEAST ? ZONES_LEAST : count < ZONES_MOST ? count : ZONES_MOST;
}

cfn_str cfn__vpc_zone(const cfn__maker *make, const props_type *props, size_t n)
{
    const cfn_str_list *own = &props->availability_zones;
    if (own->items)
        return n < own->count ? own->items[n] : cfn_s(NULL);
    cfn_node *all = cfn__single(make, "Fn::GetAZs", cfn__string(make, ""));
    return cfn_of_node(
        cfn__single(make, "Fn::Select", cfn__pair(make, cfn__integer(make, (int64_t)n), all)));
}

const char *cfn__vpc_role(cfn_arena *arena, cfn__vpc_tier tier, const char *what, size_t n)
{
    return cfn__format(arena, "%s%s%zu", cfn__vpc_tier_names[tier], what, n + 1);
}

cfn_node *cfn__vpc_each(cfn__expansion *x, const cfn__construct *c, cfn__vpc_tier tier,
                        const char *what)
{
    cfn_node *list = cfn__list(&c->make);
    for (size_t n = 0; n < cfn__vpc_zones(c->props); n++) {
        const char *role = cfn__vpc_role(c->make.arena, tier, what, n);
        cfn__append(list, cfn__ref_node(&c->make, cfn__role_id(x, c, role)));
    }
    return list;
}

/* ---- checks ---- */

static void refuse_both(cfn__expansion *x, const cfn__construct *c, const char *property,
                        const char *because)
{
    cfn__report_property(x, c, property, CFN2019, "%s and %s exclude each other", because,
                         property);
    cfn__hint(cfn__expansion_diagnostics(x), "take one of the two out");
}

static void check_zones(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_str_list *zones = &props->availability_zones;
    if (!zones->items)
        return;
    if (cfn__is_set(props->zones.expression))
        refuse_both(x, c, "Zones", "AvailabilityZones");
    for (size_t i = 0; i < zones->count; i++)
        for (size_t j = 0; j < i; j++) {
            const char *zone = cfn__literal(zones->items[i]),
                       *other = cfn__literal(zones->items[j]);
            if (!zone || !other || strcmp(zone, other) != 0)
                continue;
            cfn__report_property(x, c, cfn__format(c->make.arena, "AvailabilityZones/%zu", i),
                                 CFN4007, "%s is there already", zone);
            cfn__hint(cfn__expansion_diagnostics(x), "name another zone of the region");
            return;
        }
}

static bool is_off(cfn_bool value)
{
    return cfn__is_set(value.expression) && !value.value;
}

/* Whether the blocks of some subnets are not written out. */
static bool is_any_cut(const props_type *props)
{
    bool found = false;
    for (cfn__vpc_tier tier = CFN__PUBLIC; tier < CFN__TIERS; tier++)
        found = found || (cfn__vpc_has(props, tier) && !cfn__vpc_own_blocks(props, tier)->items);
    return found;
}

static void check_tiers(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    if (is_off(props->public_subnets) && cfn__vpc_nat_of(props) != CFN__NO_NAT) {
        cfn__report_property(x, c, "PublicSubnets", CFN2019,
                             "a NAT gateway stands in a public subnet");
        cfn__hint(cfn__expansion_diagnostics(x), "take out PublicSubnets, or Nat");
    }
    if (is_off(props->public_subnets) && props->public_cidrs.items)
        refuse_both(x, c, "PublicCidrs", "PublicSubnets: false");
    if (is_off(props->isolated_subnets) && props->isolated_cidrs.items)
        refuse_both(x, c, "IsolatedCidrs", "IsolatedSubnets: false");
    if (cfn__is_set(props->subnet_size.expression) && !is_any_cut(props))
        refuse_both(x, c, "SubnetSize", "blocks for all subnets");
    if (cfn__is_set(props->endpoint_policy.expression) && !props->interface_endpoints.count) {
        cfn__report_property(x, c, "EndpointPolicy", CFN2019,
                             "there are no interface endpoints for this policy");
        cfn__hint(cfn__expansion_diagnostics(x), "name services in InterfaceEndpoints");
    }
}

/* ---- endpoints ---- */

static const struct {
    const char *service, *role;
} gateways[] = {{"s3", "GatewayS3"}, {"dynamodb", "GatewayDynamoDb"}};
static const char *const gateway_services[] = {"s3", "dynamodb", NULL};

static bool wants_gateway(const props_type *props, size_t i)
{
    const cfn_str_list *wanted = &props->gateway_endpoints;
    bool found = !wanted->items && i == 0;
    for (size_t n = 0; n < wanted->count && !found; n++) {
        const char *service = cfn__literal(wanted->items[n]);
        found = service && strcmp(service, gateways[i].service) == 0;
    }
    return found;
}

/* They cost nothing, and keep what goes there off NAT gateways. */
static void make_gateways(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a name", 255, "-", false, false};
    const props_type *props = c->props;
    for (size_t i = 0; i < CFN__COUNT(gateways); i++) {
        if (!wants_gateway(props, i))
            continue;
        cfn_str_list tables = {.all = cfn_of_node(cfn__vpc_each(x, c, CFN__PRIVATE, "RouteTable"))};
        cfn_node *name = cfn__name(x, c, gateways[i].role, &rule);
        cfn_node *made = CFN__RESOURCE(
            aws_ec2_VPCEndpoint, x, c, gateways[i].role,
            &(aws_ec2_VPCEndpoint_props){
                .RouteTableIds = tables,
                .ServiceName = cfn_sub(cfn__format(c->make.arena, "com.amazonaws.${AWS::Region}.%s",
                                                   gateways[i].service)),
                .Tags = cfn__tags(x, c, name, props->tags),
                .VpcEndpointType = cfn_s("Gateway"),
                .VpcId = cfn_ref(c->id)});
        cfn__resource_completes(c, made);
    }
}

static void make_endpoints(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_str group = cfn_att(cfn__role_id(x, c, "EndpointsGroup"), "GroupId");
    if (!props->interface_endpoints.count)
        return;
    cfn__make_endpoint_group(x, c, "EndpointsGroup", cfn_ref(c->id), props->tags);
    cfn_node *rule =
        CFN__RESOURCE(aws_ec2_SecurityGroupIngress, x, c, "EndpointsIngress",
                      &(aws_ec2_SecurityGroupIngress_props){.CidrIp = cfn_att(c->id, "CidrBlock"),
                                                            .FromPort = cfn_i(HTTPS),
                                                            .GroupId = group,
                                                            .IpProtocol = cfn_s("tcp"),
                                                            .ToPort = cfn_i(HTTPS)});
    cfn__resource_completes(c, rule);
    for (size_t i = 0; i < props->interface_endpoints.count; i++) {
        cfn_node *subnets = cfn__vpc_each(x, c, CFN__PRIVATE, "Subnet");
        if (cfn__literal(props->interface_endpoints.items[i]))
            cfn__make_endpoint(
                x, c,
                &(cfn__endpoint){.service = cfn__literal(props->interface_endpoints.items[i]),
                                 .role_prefix = "Endpoint",
                                 .vpc_id = cfn_ref(c->id),
                                 .subnet_ids = {.all = cfn_of_node(subnets)},
                                 .group_id = group,
                                 .policy_document = props->endpoint_policy,
                                 .tags = props->tags});
    }
    cfn__answer_with(x, c, "EndpointsGroupId", cfn__str_node(&c->make, group));
}

bool cfn__vpc_has_endpoint(cfn__expansion *x, cfn_ec2_network network, const char *service)
{
    const cfn__construct *c = cfn__handle_construct(x, &network.handle);
    if (!c || c->type != &cfn__ec2_vpc_type)
        return false;
    const cfn_str_list *services = &((const props_type *)c->props)->interface_endpoints;
    bool found = false;
    for (size_t i = 0; i < services->count && !found; i++) {
        const char *own = cfn__literal(services->items[i]);
        found = own && strcmp(own, service) == 0;
    }
    return found;
}

/* ---- expansion ---- */

static void wire(cfn__expansion *x, cfn__construct *c)
{
    cfn__wire_vpc_flow_logs(x, c);
}

static cfn_node *zones(const cfn__construct *c)
{
    cfn_node *list = cfn__list(&c->make);
    for (size_t n = 0; n < cfn__vpc_zones(c->props); n++)
        cfn__append(list, cfn__str_node(&c->make, cfn__vpc_zone(&c->make, c->props, n)));
    return list;
}

static void answer(cfn__expansion *x, cfn__construct *c)
{
    cfn__answer_with(x, c, "VpcId", cfn__ref_node(&c->make, c->id));
    cfn__answer_with(x, c, "SubnetIds", cfn__vpc_each(x, c, CFN__PRIVATE, "Subnet"));
    cfn__answer_with(x, c, "PrivateRouteTableIds", cfn__vpc_each(x, c, CFN__PRIVATE, "RouteTable"));
    cfn__answer_with(x, c, "AvailabilityZones", zones(c));
    for (cfn__vpc_tier tier = CFN__PUBLIC; tier < CFN__TIERS; tier++)
        if (cfn__vpc_has(c->props, tier))
            cfn__answer_with(x, c,
                             cfn__format(c->make.arena, "%sSubnetIds", cfn__vpc_tier_names[tier]),
                             cfn__vpc_each(x, c, tier, "Subnet"));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule rule = {"a name", 255, "-", false, false};
    const props_type *props = c->props;
    check_zones(x, c);
    check_tiers(x, c);
    cfn__check_vpc_blocks(x, c);
    CFN__RESOURCE(aws_ec2_VPC, x, c, "",
                  &(aws_ec2_VPC_props){
                      .CidrBlock = cfn__vpc_block(props),
                      .EnableDnsHostnames = cfn_b(true),
                      .EnableDnsSupport = cfn_b(true),
                      .Tags = cfn__tags(x, c, cfn__name(x, c, "", &rule), props->tags),
                  });
    answer(x, c);
    cfn__make_vpc_subnets(x, c);
    make_gateways(x, c);
    make_endpoints(x, c);
    cfn__make_vpc_flow_logs(x, c);
    cfn__make_vpc_peerings(x, c);
}

/* ---- tables ---- */

static const char *const traffic[] = {"ALL", "ACCEPT", "REJECT", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_ec2_vpc_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "CidrBlock", cidr_block), .also = "Cidr VpcCidr", .default_text = "10.0.0.0/16",
     .doc = "The addresses of the VPC, a block from /16 to /28. Peers must have others."},
    {ROW(INT, "Zones", zones), .also = "MaxAzs ZoneCount", .flags = CFN__SYNTH_TIME,
     .min = ZONES_LEAST, .max = ZONES_MOST, .default_text = "2",
     .doc = "How many zones there is a subnet of each tier in: the first ones of the region."},
    {ROW(STR_LIST, "AvailabilityZones", availability_zones), .also = "Azs",
     .flags = CFN__WRITTEN_OUT, .min = ZONES_LEAST, .max = ZONES_MOST,
     .doc = "Or in which zones, as eu-central-1a."},
    {ROW(INT, "SubnetSize", subnet_size), .also = "CidrMask SubnetMask", .flags = CFN__SYNTH_TIME,
     .min = 16, .max = 28,
     .default_text = "that of the VPC + 4; 24 when CidrBlock is known at deployment only",
     .doc = "The length of the prefix of each subnet that is cut from CidrBlock."},
    {ROW(BOOL, "PublicSubnets", public_subnets), .flags = CFN__SYNTH_TIME,
     .default_text = "whether there is NAT",
     .doc = "Whether there are public subnets, with a route to the internet."},
    {ROW(BOOL, "IsolatedSubnets", isolated_subnets), .flags = CFN__SYNTH_TIME,
     .default_text = "false",
     .doc = "Whether there are isolated subnets, without a route out of the VPC."},
    {ROW(STR_LIST, "PublicCidrs", public_cidrs), .flags = CFN__WRITTEN_OUT,
     .doc = "The blocks of the public subnets, one for each zone, instead of being cut."},
    {ROW(STR_LIST, "PrivateCidrs", private_cidrs), .flags = CFN__WRITTEN_OUT,
     .doc = "Those of the private subnets."},
    {ROW(STR_LIST, "IsolatedCidrs", isolated_cidrs), .flags = CFN__WRITTEN_OUT,
     .doc = "Those of the isolated subnets."},
    {ROW(STR, "Nat", nat), .also = "NatGateways", .flags = CFN__SYNTH_TIME, .values = cfn__vpc_nats,
     .default_text = "none",
     .doc = "How the private subnets reach the internet: not, through one NAT gateway, or through "
            "one in each zone, which outlives the loss of a zone."},
    {ROW(STR_LIST, "GatewayEndpoints", gateway_endpoints), .flags = CFN__SYNTH_TIME,
     .values = gateway_services, .default_text = "s3",
     .doc = "The services that the private subnets reach by a gateway endpoint, which is free."},
    {ROW(STR_LIST, "InterfaceEndpoints", interface_endpoints), .flags = CFN__SYNTH_TIME,
     .values = cfn__endpoint_services,
     .doc = "The services that get an endpoint with private DNS, open to the whole VPC. For single "
            "clients take a Cfngen::EC2::InterfaceEndpoints."},
    {ROW(JSON, "EndpointPolicy", endpoint_policy), .flags = CFN__MAPPING,
     .default_text = "all actions for principals of this account",
     .doc = "What may be done through the interface endpoints."},
    {ROW(BOOL, "FlowLogs", flow_logs), .flags = CFN__SYNTH_TIME, .default_text = "true",
     .doc = "Whether connections are logged, to a log group of its own."},
    {ROW(STR, "FlowLogTraffic", flow_log_traffic), .also = "TrafficType", .values = traffic,
     .default_text = "ALL", .doc = "Which of them."},
    {ROW(INT, "FlowLogRetentionInDays", flow_log_retention_in_days), .also = "RetentionInDays",
     .default_text = "30", .doc = "Days that flow logs are kept."},
    {ROW(HANDLE, "EncryptionKey", encryption_key), .also = "KmsKeyId KmsKey",
     .construct = "Cfngen::KMS::Key", .default_text = "CloudWatch Logs' own key",
     .doc = "The key that the flow logs are encrypted with."},
    {ROW(RECORD_LIST, "Peerings", peerings), .also = "Peering",
     .base.record = &cfn__vpc_peering_record,
     .doc = "VPCs that exist, which the private subnets reach by a peering."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of all that takes some, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_ec2_vpc_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"VpcId", "the id of the VPC, as Ref gives it"},
    {"CidrBlock", "its block"},
    {"SubnetIds", "the list of the private subnets' ids, as a Cfngen::EC2::Network has it"},
    {"PublicSubnetIds", "that of the public ones, when there are some"},
    {"PrivateSubnetIds", "that of the private ones"},
    {"IsolatedSubnetIds", "that of the isolated ones, when there are some"},
    {"PrivateRouteTableIds", "the list of the private subnets' route tables"},
    {"AvailabilityZones", "the list of the zones"},
    {"EndpointsGroupId", "the id of the security group of InterfaceEndpoints"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::EC2::VPC", "the VPC"},
    {"{Tier}Subnet{n}", "AWS::EC2::Subnet", "PublicSubnet1, PrivateSubnet1, IsolatedSubnet1 ..."},
    {"{Tier}Subnet{n}Association", "AWS::EC2::SubnetRouteTableAssociation", "with its table"},
    {"PublicRouteTable", "AWS::EC2::RouteTable", "of the public subnets"},
    {"PrivateRouteTable{n}", "AWS::EC2::RouteTable", "of each private subnet"},
    {"IsolatedRouteTable", "AWS::EC2::RouteTable", "of the isolated subnets"},
    {"InternetGateway", "AWS::EC2::InternetGateway", "with public subnets"},
    {"InternetAttachment", "AWS::EC2::VPCGatewayAttachment", "with public subnets"},
    {"InternetRoute", "AWS::EC2::Route", "of the public subnets"},
    {"NatAddress{n}", "AWS::EC2::EIP", "of each NAT gateway"},
    {"NatGateway{n}", "AWS::EC2::NatGateway", "one, or one in each zone"},
    {"NatRoute{n}", "AWS::EC2::Route", "of each private subnet, with NAT"},
    {"GatewayS3", "AWS::EC2::VPCEndpoint", "unless GatewayEndpoints says otherwise"},
    {"GatewayDynamoDb", "AWS::EC2::VPCEndpoint", "on request"},
    {"Endpoint{Service}", "AWS::EC2::VPCEndpoint", "each service, as VpcEndpointSecretsManager"},
    {"EndpointsGroup", "AWS::EC2::SecurityGroup", "of the interface endpoints"},
    {"EndpointsIngress", "AWS::EC2::SecurityGroupIngress", "443 from the VPC"},
    {"FlowLog", "AWS::EC2::FlowLog", "unless FlowLogs is false"},
    {"FlowLogGroup", "AWS::Logs::LogGroup", "what they are written to"},
    {"FlowLogRole", "AWS::IAM::Role", "with the right to write to it alone"},
    {"PeeringWith{Vpc}", "AWS::EC2::VPCPeeringConnection", "each peer"},
    {"RouteTo{Vpc}FromZone{n}", "AWS::EC2::Route", "from each private subnet to the peer"},
    {"RouteFrom{Table}", "AWS::EC2::Route", "back from each of RouteTableIds"},
};

const cfn__construct_type cfn__ec2_vpc_type = {
    .name = "Cfngen::EC2::VPC",
    .doc =
        "A VPC over two or three zones with private subnets and, on request, public and isolated "
        "ones, cut from one block; with route tables, NAT, endpoints, flow logs and peerings. "
        "It can be named wherever a Cfngen::EC2::Network can, and gives its private subnets "
        "there.",
    .ref_doc = "the id of the VPC",
    .stands_for = "Cfngen::EC2::Network",
    .props = CFN__RECORD("Cfngen::EC2::VPC", cfn_ec2_vpc_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(cfn__vpc_state),
    .wire = wire,
    .expand = expand,
};

cfn_ec2_vpc cfn_ec2_vpc_add_at(cfn_stack *stack, const char *id, const cfn_ec2_vpc_props *props,
                               const char *file, int line)
{
    return cfn_ec2_vpc_named(cfn__construct_add(stack, &cfn__ec2_vpc_type, id, props, file, line));
}
