/* Peerings of a VPC with VPCs that exist, and the routes through them. */
#include "base/text.h"
#include "constructs/ec2_vpc.h"

#include <cfngen/aws/ec2.h>

typedef cfn_ec2_vpc_props props_type;
typedef cfn_ec2_vpc_peering peering_type;

/* ---- checks ---- */

/* Where we cannot make the routes back, whoever owns the peer must. */
static void note_routes_back(cfn__expansion *x, const cfn__construct *c, const char *at,
                             const peering_type *peering)
{
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    bool foreign = cfn__is_set(peering->owner_id) || cfn__is_set(peering->region);
    if (cfn__is_set(peering->route_table_ids.all) || peering->route_table_ids.count)
        return;
    cfn__report_property(x, c, at, CFN4008,
                         "nothing of this stack sends answers of the peer back to %s", c->id);
    if (foreign)
        cfn__hint(diagnostics,
                  "its owner adds a route to the block of %s in its route tables, and "
                  "switches on DNS resolution for the peering",
                  c->id);
    else
        cfn__hint(diagnostics, "name its route tables in RouteTableIds; and switch on DNS "
                               "resolution for the peering, which CloudFormation cannot");
}

static void check(cfn__expansion *x, const cfn__construct *c, size_t i)
{
    const peering_type *peering = &((const props_type *)c->props)->peerings.items[i];
    cfn_arena *arena = c->make.arena;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    const char *at = cfn__format(arena, "Peerings/%zu", i);
    const cfn_str_list *tables = &peering->route_table_ids;
    cfn__check_ec2_id(x, c, cfn__format(arena, "%s/VpcId", at), peering->vpc_id, "vpc-");
    for (size_t n = 0; n < tables->count; n++)
        cfn__check_ec2_id(x, c, cfn__format(arena, "%s/RouteTableIds/%zu", at, n), tables->items[n],
                          "rtb-");
    if (cfn__is_set(peering->owner_id) && !cfn__is_set(peering->role_arn)) {
        cfn__report_property(x, c, cfn__format(arena, "%s/OwnerId", at), CFN2019,
                             "a peering with another account needs RoleArn");
        cfn__hint(diagnostics, "make a role there that this account may assume, with "
                               "ec2:AcceptVpcPeeringConnection");
    }
    if (tables->count && (cfn__is_set(peering->owner_id) || cfn__is_set(peering->region))) {
        cfn__report_property(x, c, cfn__format(arena, "%s/RouteTableIds", at), CFN2019,
                             "routes in another account or region cannot be made from here");
        cfn__hint(diagnostics, "take RouteTableIds out; a stack there makes the routes");
    }
    note_routes_back(x, c, at, peering);
}

/* ---- expansion ---- */

static cfn_str connection(cfn__expansion *x, const cfn__construct *c, const char *peer)
{
    return cfn_ref(cfn__role_id(x, c, cfn__format(c->make.arena, "PeeringWith%s", peer)));
}

static void make_routes(cfn__expansion *x, cfn__construct *c, const char *peer,
                        const peering_type *peering)
{
    const props_type *props = c->props;
    cfn_arena *arena = c->make.arena;
    for (size_t n = 0; n < cfn__vpc_zones(props); n++) {
        const char *table = cfn__vpc_role(arena, CFN__PRIVATE, "RouteTable", n);
        cfn_node *route = CFN__RESOURCE(
            aws_ec2_Route, x, c, cfn__format(arena, "RouteTo%sFromZone%zu", peer, n + 1),
            &(aws_ec2_Route_props){.DestinationCidrBlock = peering->cidr_block,
                                   .RouteTableId = cfn_ref(cfn__role_id(x, c, table)),
                                   .VpcPeeringConnectionId = connection(x, c, peer)});
        cfn__resource_completes(c, route);
    }
    for (size_t n = 0; n < peering->route_table_ids.count; n++) {
        cfn_str table = peering->route_table_ids.items[n];
        cfn_node *route = CFN__RESOURCE(
            aws_ec2_Route, x, c,
            cfn__format(arena, "RouteFrom%s", cfn__label(arena, cfn__str_node(&c->make, table))),
            &(aws_ec2_Route_props){.DestinationCidrBlock = cfn_att(c->id, "CidrBlock"),
                                   .RouteTableId = table,
                                   .VpcPeeringConnectionId = connection(x, c, peer)});
        cfn__resource_completes(c, route);
    }
}

static void make_peering(cfn__expansion *x, cfn__construct *c, const peering_type *peering)
{
    static const cfn__name_rule rule = {"a name", 255, "-", false, false};
    const char *peer = cfn__label(c->make.arena, cfn__str_node(&c->make, peering->vpc_id));
    const char *role = cfn__format(c->make.arena, "PeeringWith%s", peer);
    CFN__RESOURCE(aws_ec2_VPCPeeringConnection, x, c, role,
                  &(aws_ec2_VPCPeeringConnection_props){
                      .PeerOwnerId = peering->owner_id,
                      .PeerRegion = peering->region,
                      .PeerRoleArn = peering->role_arn,
                      .PeerVpcId = peering->vpc_id,
                      .Tags = cfn__tags(x, c, cfn__name(x, c, role, &rule),
                                        ((const props_type *)c->props)->tags),
                      .VpcId = cfn_ref(c->id)});
    make_routes(x, c, peer, peering);
}

void cfn__make_vpc_peerings(cfn__expansion *x, cfn__construct *c)
{
    const cfn_ec2_vpc_peering_list *peerings = &((const props_type *)c->props)->peerings;
    for (size_t i = 0; i < peerings->count; i++) {
        check(x, c, i);
        make_peering(x, c, &peerings->items[i]);
    }
}

/* ---- table ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_ec2_vpc_peering, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "VpcId", vpc_id), .also = "PeerVpcId", .flags = CFN__REQUIRED,
     .doc = "The id of the VPC at the other end."},
    {ROW(STR, "CidrBlock", cidr_block), .also = "Cidr DestinationCidrBlock", .flags = CFN__REQUIRED,
     .doc = "Its block, to which the private subnets get routes."},
    {ROW(STR, "Region", region), .also = "PeerRegion", .default_text = "that of the stack",
     .doc = "Its region."},
    {ROW(STR, "OwnerId", owner_id), .also = "PeerOwnerId", .default_text = "this account",
     .doc = "The account that owns it."},
    {ROW(STR, "RoleArn", role_arn), .also = "PeerRoleArn",
     .doc = "A role of that account that accepts the peering."},
    {ROW(STR_LIST, "RouteTableIds", route_table_ids), .flags = CFN__WRITTEN_OUT,
     .doc = "Its route tables, of this account and region, that get routes back."},
};
#undef ROW
const cfn_record cfn__vpc_peering_record = CFN__RECORD("a peering", cfn_ec2_vpc_peering, fields);
