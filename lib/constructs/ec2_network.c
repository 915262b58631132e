/* Cfngen::EC2::Network: it makes no resource, only answers and, at most, parameters. */
#include "base/text.h"
#include "constructs/ec2_vpc.h"

#include <string.h>

typedef struct network_state {
    bool has_zone_parameter;
} network_state;

cfn_str_list cfn__ec2_network_subnet_ids(cfn_ec2_network network)
{
    const char *id = network.handle.id;
    return (cfn_str_list){.all = id ? cfn_att(id, "SubnetIds") : cfn_s(NULL)};
}

enum { ZONES_AT_LEAST = 2 }; /* how many zones a list that is known at deployment must give */

static bool is_list(const cfn_str_list *list)
{
    return list->items || cfn__is_set(list->all);
}

/* The n-th zone of a list that is known only at deployment. */
static cfn_str select_zone(const cfn__maker *make, size_t n, cfn_node *zones)
{
    cfn_node *index = cfn__integer(make, (int64_t)(n % ZONES_AT_LEAST));
    return cfn_of_node(cfn__single(make, "Fn::Select", cfn__pair(make, index, zones)));
}

/* Where the subnets are given at deployment, so are their zones. */
static cfn_node *zone_parameter(cfn__expansion *x, cfn__construct *c)
{
    network_state *state = c->state;
    if (!state->has_zone_parameter)
        cfn__parameter(
            x, c, "AvailabilityZones", "List<AWS::EC2::AvailabilityZone::Name>",
            cfn__format(c->make.arena, "The zones of the subnets of %s, two at least", c->id));
    state->has_zone_parameter = true;
    return cfn__ref_node(&c->make, cfn__role_id(x, c, "AvailabilityZones"));
}

cfn_str cfn__ec2_network_zone(cfn__expansion *x, const cfn__maker *make, cfn_ec2_network network,
                              size_t n)
{
    cfn__construct *c = cfn__handle_construct(x, &network.handle);
    if (!c)
        return cfn_s(NULL);
    if (c->type == &cfn__ec2_vpc_type)
        return cfn__vpc_zone(make, c->props, n % cfn__vpc_zones(c->props));
    const cfn_ec2_network_props *props = c->props;
    const cfn_str_list *zones = &props->availability_zones;
    if (zones->count)
        return zones->items[n % zones->count];
    if (cfn__is_set(zones->all))
        return select_zone(make, n, cfn__str_node(make, zones->all));
    if (is_list(&props->subnet_ids) || cfn__is_set(props->subnet_ids_parameter))
        return cfn_s(NULL);
    return select_zone(make, n, zone_parameter(x, c));
}

/* A parameter whose value CloudFormation reads from the SSM parameter named. */
static cfn_node *ssm_parameter(cfn__expansion *x, cfn__construct *c, const char *role,
                               const char *type, const char *description, cfn_str name)
{
    cfn_node *parameter = cfn__parameter(x, c, role, type, description);
    cfn__put(parameter, "Default", cfn__str_node(&c->make, name));
    return cfn__ref_node(&c->make, cfn__role_id(x, c, role));
}

static void refuse_both(cfn__expansion *x, const cfn__construct *c, const char *one,
                        const char *other)
{
    cfn__report_property(x, c, other, CFN2019, "%s and %s exclude each other", one, other);
    cfn__hint(cfn__expansion_diagnostics(x), "keep one of the two");
}

static cfn_node *vpc_id(cfn__expansion *x, cfn__construct *c)
{
    const cfn_ec2_network_props *props = c->props;
    if (cfn__is_set(props->vpc_id) && cfn__is_set(props->vpc_id_parameter))
        refuse_both(x, c, "VpcId", "VpcIdParameter");
    cfn__check_ec2_id(x, c, "VpcId", props->vpc_id, "vpc-");
    if (cfn__is_set(props->vpc_id))
        return cfn__str_node(&c->make, props->vpc_id);
    const char *description = cfn__format(cfn__expansion_arena(x), "The VPC of %s", c->id);
    if (cfn__is_set(props->vpc_id_parameter))
        return ssm_parameter(x, c, "VpcId", "AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>",
                             description, props->vpc_id_parameter);
    cfn__parameter(x, c, "VpcId", "AWS::EC2::VPC::Id", description);
    return cfn__ref_node(&c->make, cfn__role_id(x, c, "VpcId"));
}

static void check_subnets(cfn__expansion *x, cfn__construct *c)
{
    const cfn_str_list *subnets = &((const cfn_ec2_network_props *)c->props)->subnet_ids;
    for (size_t i = 0; i < subnets->count; i++)
        cfn__check_ec2_id(x, c, cfn__format(cfn__expansion_arena(x), "SubnetIds/%zu", i),
                          subnets->items[i], "subnet-");
    const char *first = subnets->count ? cfn__literal(subnets->items[0]) : NULL;
    bool same = first != NULL;
    for (size_t i = 1; i < subnets->count && same; i++)
        same =
            cfn__literal(subnets->items[i]) && strcmp(cfn__literal(subnets->items[i]), first) == 0;
    if (!subnets->items || (subnets->count >= 2 && !same))
        return;
    cfn__report_property(x, c, "SubnetIds", CFN4002,
                         "a subnet group needs two subnets in two zones, and this is %s",
                         subnets->count ? "one" : "none");
    cfn__hint(cfn__expansion_diagnostics(x), "add a subnet of another availability zone");
}

static cfn_node *subnet_ids(cfn__expansion *x, cfn__construct *c)
{
    const cfn_ec2_network_props *props = c->props;
    if (is_list(&props->subnet_ids) && cfn__is_set(props->subnet_ids_parameter))
        refuse_both(x, c, "SubnetIds", "SubnetIdsParameter");
    check_subnets(x, c);
    if (is_list(&props->subnet_ids))
        return cfn__str_list_node(&c->make, &props->subnet_ids);
    const char *description =
        cfn__format(cfn__expansion_arena(x), "Private subnets of %s, in two zones at least", c->id);
    if (cfn__is_set(props->subnet_ids_parameter))
        return ssm_parameter(x, c, "SubnetIds",
                             "AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>", description,
                             props->subnet_ids_parameter);
    cfn__parameter(x, c, "SubnetIds", "List<AWS::EC2::Subnet::Id>", description);
    return cfn__ref_node(&c->make, cfn__role_id(x, c, "SubnetIds"));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    cfn_node *vpc = vpc_id(x, c);
    cfn__answer_with(x, c, "", vpc);
    cfn__answer_with(x, c, "VpcId", vpc);
    cfn__answer_with(x, c, "SubnetIds", subnet_ids(x, c));
}

#define ROW(kind, name, member) CFN__ROW(cfn_ec2_network_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "VpcId", vpc_id), .also = "Vpc", .default_text = "a parameter {id}VpcId",
     .doc = "The id of the VPC."},
    {ROW(STR_LIST, "SubnetIds", subnet_ids), .also = "Subnets",
     .default_text = "a parameter {id}SubnetIds",
     .doc = "The ids of private subnets, at least two, in two zones."},
    {ROW(STR, "VpcIdParameter", vpc_id_parameter),
     .doc = "The name of an SSM parameter that holds the id of the VPC, as /network/prod/vpc-id."},
    {ROW(STR, "SubnetIdsParameter", subnet_ids_parameter),
     .doc = "The name of an SSM parameter of type StringList that holds the ids of the subnets."},
    {ROW(STR_LIST, "AvailabilityZones", availability_zones), .also = "Zones Azs",
     .default_text = "a parameter {id}AvailabilityZones, when SubnetIds is one too",
     .doc = "The zones of the subnets, over which database instances are spread. When they are not "
            "known, AWS chooses."},
    CFN__ATTRIBUTES_ROW(cfn_ec2_network_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"VpcId", "the id of the VPC, as Ref gives it"},
    {"SubnetIds", "the list of the subnets' ids"},
};

const cfn__construct_type cfn__ec2_network_type = {
    .name = "Cfngen::EC2::Network",
    .doc =
        "A VPC and subnets that exist already: by literal ids, by parameters of the template, or "
        "by SSM parameters. It makes no resource.",
    .ref_doc = "the id of the VPC",
    .props = CFN__RECORD("Cfngen::EC2::Network", cfn_ec2_network_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .state_size = sizeof(network_state),
    .expand = expand,
};

cfn_ec2_network cfn_ec2_network_add_at(cfn_stack *stack, const char *id,
                                       const cfn_ec2_network_props *props, const char *file,
                                       int line)
{
    return cfn_ec2_network_named(
        cfn__construct_add(stack, &cfn__ec2_network_type, id, props, file, line));
}
