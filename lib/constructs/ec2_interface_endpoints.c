/* Cfngen::EC2::InterfaceEndpoints. */
#include "base/text.h"
#include "constructs/ec2_endpoint.h"
#include "constructs/ec2_vpc.h"

#include <cfngen/aws/ec2.h>
#include <cfngen/ec2_interface_endpoints.h>

#include <string.h>

typedef cfn_ec2_interface_endpoints_props props_type;

/* What the endpoints are reached by. */
typedef enum path { NEW_ENDPOINTS, EXISTING_ENDPOINTS, NAT } path;

static path path_of(const props_type *props)
{
    if (cfn__bool_or(props->nat, false).value)
        return NAT;
    return cfn__handle_is_set(&props->security_group.handle) ? EXISTING_ENDPOINTS : NEW_ENDPOINTS;
}

static bool has_secrets_manager(const props_type *props)
{
    bool found = !props->services.items;
    for (size_t i = 0; i < props->services.count && !found; i++) {
        const char *service = cfn__literal(props->services.items[i]);
        found = service && strcmp(service, CFN__SECRETS_MANAGER_SERVICE) == 0;
    }
    return found;
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    if (!has_secrets_manager(props))
        return;
    for (size_t i = 0; i < props->clients.count; i++)
        cfn__ec2_security_group_reaches_aws(x, props->clients.items[i], c);
}

static void refuse(cfn__expansion *x, const cfn__construct *c, const char *property,
                   const char *because)
{
    cfn__report_property(x, c, property, CFN2019, "%s and %s exclude each other", because,
                         property);
    cfn__hint(cfn__expansion_diagnostics(x), "take one of the two out");
}

/* A VPC that is made here may have the endpoint itself. */
static void check_service(cfn__expansion *x, const cfn__construct *c, const char *property,
                          const char *service)
{
    const props_type *props = c->props;
    if (!service || !cfn__vpc_has_endpoint(x, props->network, service))
        return;
    cfn__report_property(x, c, property, CFN4009, "%s has an endpoint for %s already",
                         props->network.handle.id, service);
    cfn__hint(cfn__expansion_diagnostics(x), "leave it to one of the two");
}

static void check_services(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_str_list *services = &props->services;
    if (!services->items)
        check_service(x, c, "Network", CFN__SECRETS_MANAGER_SERVICE);
    for (size_t i = 0; services->items && i < services->count; i++)
        check_service(x, c, cfn__format(c->make.arena, "Services/%zu", i),
                      cfn__literal(services->items[i]));
}

static void check(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool exists = cfn__handle_is_set(&props->security_group.handle);
    path way = path_of(props);
    if (way == NAT && exists)
        refuse(x, c, "SecurityGroup", "Nat");
    if (way != NEW_ENDPOINTS && props->services.items)
        refuse(x, c, "Services", way == NAT ? "Nat" : "SecurityGroup");
    if (way == NEW_ENDPOINTS && !cfn__handle_is_set(&props->network.handle)) {
        cfn__report_property(x, c, NULL, CFN2019, "endpoints need a Network");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "where they exist already give their SecurityGroup; behind a NAT gateway say "
                  "Nat: true");
    }
    if (way == NEW_ENDPOINTS) {
        cfn__check_network(x, c, "Network", props->network);
        check_services(x, c);
    }
    if (exists)
        cfn__check_ec2_id(x, c, "SecurityGroup", props->security_group.handle.value, "sg-");
    cfn__check_groups(x, c, "Clients", props->network, &props->clients);
}

/* ---- rules ---- */

enum { HTTPS = 443 };

static const char *client_label(const cfn__construct *c, cfn_ec2_security_group client)
{
    return client.handle.id
               ? client.handle.id
               : cfn__label(c->make.arena, cfn__str_node(&c->make, client.handle.value));
}

/* A rule is there when both of its ends are. */
static cfn_attributes rule_attributes(cfn__expansion *x, const cfn__construct *c,
                                      cfn_ec2_security_group client)
{
    const cfn__construct *group = cfn__handle_construct(x, &client.handle);
    return (cfn_attributes){.condition =
                                cfn__both_conditions(x, &c->make, c->attributes->condition,
                                                     group ? group->attributes->condition : NULL)};
}

static cfn_str own_group(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    return path_of(props) == EXISTING_ENDPOINTS
               ? cfn_ec2_security_group_id(props->security_group)
               : cfn_att(cfn__role_id(x, c, "SecurityGroup"), "GroupId");
}

static void let_in(cfn__expansion *x, cfn__construct *c, cfn_ec2_security_group client)
{
    const char *label = client_label(c, client);
    cfn_node *rule = CFN__RESOURCE(aws_ec2_SecurityGroupIngress, x, c,
                                   cfn__format(c->make.arena, "IngressOf%s", label),
                                   &(aws_ec2_SecurityGroupIngress_props){
                                       .FromPort = cfn_i(HTTPS),
                                       .GroupId = own_group(x, c),
                                       .IpProtocol = cfn_s("tcp"),
                                       .SourceSecurityGroupId = cfn_ec2_security_group_id(client),
                                       .ToPort = cfn_i(HTTPS),
                                       .attributes = rule_attributes(x, c, client),
                                   });
    cfn__resource_completes(c, rule);
}

static void let_in_block(cfn__expansion *x, cfn__construct *c, cfn_str block)
{
    const char *label = cfn__label(c->make.arena, cfn__str_node(&c->make, block));
    cfn_node *rule = CFN__RESOURCE(aws_ec2_SecurityGroupIngress, x, c,
                                   cfn__format(c->make.arena, "IngressOf%s", label),
                                   &(aws_ec2_SecurityGroupIngress_props){
                                       .CidrIp = block,
                                       .FromPort = cfn_i(HTTPS),
                                       .GroupId = own_group(x, c),
                                       .IpProtocol = cfn_s("tcp"),
                                       .ToPort = cfn_i(HTTPS),
                                   });
    cfn__resource_completes(c, rule);
}

/* A group that exists has rules of its own. Behind a NAT the addresses of AWS are not known. */
static void let_out(cfn__expansion *x, cfn__construct *c, cfn_ec2_security_group client)
{
    bool nat = path_of(c->props) == NAT;
    if (!cfn__is_new_group(x, client))
        return;
    cfn_node *rule =
        CFN__RESOURCE(aws_ec2_SecurityGroupEgress, x, c,
                      cfn__format(c->make.arena, "EgressOf%s", client_label(c, client)),
                      &(aws_ec2_SecurityGroupEgress_props){
                          .CidrIp = cfn_s(nat ? "0.0.0.0/0" : NULL),
                          .DestinationSecurityGroupId = nat ? cfn_s(NULL) : own_group(x, c),
                          .FromPort = cfn_i(HTTPS),
                          .GroupId = cfn_ec2_security_group_id(client),
                          .IpProtocol = cfn_s("tcp"),
                          .ToPort = cfn_i(HTTPS),
                          .attributes = rule_attributes(x, c, client),
                      });
    cfn__resource_completes(c, rule);
}

static bool is_twice(const props_type *props, size_t i)
{
    const cfn_handle *handle = &props->clients.items[i].handle;
    for (size_t j = 0; j < i && handle->id; j++) {
        const char *other = props->clients.items[j].handle.id;
        if (other && strcmp(other, handle->id) == 0)
            return true;
    }
    return false;
}

static void make_rules(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    bool endpoints = path_of(props) != NAT;
    for (size_t i = 0; i < props->clients.count; i++) {
        if (is_twice(props, i))
            continue;
        if (endpoints)
            let_in(x, c, props->clients.items[i]);
        let_out(x, c, props->clients.items[i]);
    }
    for (size_t i = 0; i < props->client_cidrs.count && endpoints; i++)
        let_in_block(x, c, props->client_cidrs.items[i]);
}

/* ---- endpoints ---- */

static void make_endpoint(cfn__expansion *x, cfn__construct *c, const char *service)
{
    const props_type *props = c->props;
    cfn__make_endpoint(x, c,
                       &(cfn__endpoint){.service = service,
                                        .role_prefix = "",
                                        .vpc_id = cfn_ec2_network_vpc_id(props->network),
                                        .subnet_ids = cfn__ec2_network_subnet_ids(props->network),
                                        .group_id = own_group(x, c),
                                        .policy_document = props->policy_document,
                                        .tags = props->tags});
}

static void make_endpoints(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn_str_list *wanted = &props->services;
    cfn__make_endpoint_group(x, c, "SecurityGroup", cfn_ec2_network_vpc_id(props->network),
                             props->tags);
    for (size_t i = 0; i < wanted->count; i++)
        if (cfn__literal(wanted->items[i]))
            make_endpoint(x, c, cfn__literal(wanted->items[i]));
    if (!wanted->items)
        make_endpoint(x, c, CFN__SECRETS_MANAGER_SERVICE);
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    path way = path_of(c->props);
    check(x, c);
    if (way != NAT) {
        cfn__answer_with(x, c, "", cfn__str_node(&c->make, own_group(x, c)));
        cfn__answer_with(x, c, "GroupId", cfn__str_node(&c->make, own_group(x, c)));
    }
    if (way == NEW_ENDPOINTS)
        make_endpoints(x, c);
    make_rules(x, c);
}

/* ---- tables ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_ec2_interface_endpoints_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(HANDLE, "Network", network), .also = "VpcId SubnetIds",
     .construct = "Cfngen::EC2::Network",
     .doc = "Where endpoints are made: private subnets, one for each zone."},
    {ROW(HANDLE_LIST, "Clients", clients), .construct = "Cfngen::EC2::SecurityGroup",
     .flags = CFN__REQUIRED | CFN__WRITTEN_OUT, .min = 1, .max = 50,
     .doc = "The security groups whose members may reach the services."},
    {ROW(STR_LIST, "ClientCidrs", client_cidrs), .flags = CFN__WRITTEN_OUT,
     .doc = "Blocks whose members may reach them, too: all that use the service in this VPC."},
    {ROW(STR_LIST, "Services", services), .also = "ServiceName", .flags = CFN__SYNTH_TIME,
     .values = cfn__endpoint_services, .default_text = "secretsmanager",
     .doc = "The services that get an endpoint with private DNS."},
    {ROW(HANDLE, "SecurityGroup", security_group), .also = "SecurityGroupIds",
     .construct = "Cfngen::EC2::SecurityGroup",
     .doc = "That of endpoints that exist; none are made then. A VPC can have just one endpoint "
            "with private DNS for a service."},
    {ROW(BOOL, "Nat", nat), .flags = CFN__SYNTH_TIME, .default_text = "false",
     .doc = "Whether the subnets reach AWS through a NAT gateway; no endpoints are made then."},
    {ROW(JSON, "PolicyDocument", policy_document), .flags = CFN__MAPPING,
     .default_text = "all actions for principals of this account",
     .doc = "What may be done through the endpoints."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING,
     .doc = "Tags of the endpoints and their group, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_ec2_interface_endpoints_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"GroupId", "the id of the endpoints' security group, as Ref gives it"},
};
static const cfn__role_facts roles[] = {
    {"{Service}", "AWS::EC2::VPCEndpoint", "each service, as EndpointsSecretsManager"},
    {"SecurityGroup", "AWS::EC2::SecurityGroup", "of the endpoints"},
    {"IngressOf{Client}", "AWS::EC2::SecurityGroupIngress", "443 into the endpoints"},
    {"EgressOf{Client}", "AWS::EC2::SecurityGroupEgress", "443 out of a new group of this stack"},
};

const cfn__construct_type cfn__ec2_interface_endpoints_type = {
    .name = "Cfngen::EC2::InterfaceEndpoints",
    .doc = "How members of security groups reach services of AWS, as Secrets Manager, from private "
           "subnets: through interface endpoints with private DNS that are made here or exist, or "
           "through a NAT gateway. It makes the rules for port 443 at both ends.",
    .ref_doc = "the id of the endpoints' security group",
    .props =
        CFN__RECORD("Cfngen::EC2::InterfaceEndpoints", cfn_ec2_interface_endpoints_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .wire = wire,
    .expand = expand,
};

cfn_ec2_interface_endpoints
cfn_ec2_interface_endpoints_add_at(cfn_stack *stack, const char *id,
                                   const cfn_ec2_interface_endpoints_props *props, const char *file,
                                   int line)
{
    return cfn_ec2_interface_endpoints_named(
        cfn__construct_add(stack, &cfn__ec2_interface_endpoints_type, id, props, file, line));
}
