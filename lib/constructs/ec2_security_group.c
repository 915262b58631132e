/* Cfngen::EC2::SecurityGroup: the group, and each of its rules as a resource of its own. */
#include "constructs/ec2_security_group.h"
#include "base/text.h"
#include "constructs/constructs.h"

#include <cfngen/aws/ec2.h>

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

/* What EC2 takes in names and descriptions beside letters and digits. */
#define SPECIAL_CHARACTERS " ._-:/()#,@[]+=&;{}!$*"

/* What differs between the two directions. */
static const struct {
    const char *property, *peer, *label;
} directions[] = {
    [CFN__INGRESS] = {"Ingress", "From", "From"},
    [CFN__EGRESS] = {"Egress", "To", "To"},
};

const char *cfn__ec2_security_group_network(cfn__expansion *x, cfn_ec2_security_group group)
{
    const cfn__construct *c = cfn__handle_construct(x, &group.handle);
    return c ? ((const cfn_ec2_security_group_props *)c->props)->network.handle.id : NULL;
}

void cfn__ec2_security_group_keep(cfn__expansion *x, cfn_ec2_security_group group)
{
    cfn__construct *c = cfn__handle_construct(x, &group.handle);
    if (c)
        ((cfn__group_state *)c->state)->kept = true;
}

/* ---- wiring: the other end of each rule ---- */

static void mirror(cfn__expansion *x, const cfn__construct *c, cfn__direction own,
                   const cfn_ec2_security_group_rule *rule)
{
    cfn__construct *peer = cfn__handle_construct(x, &rule->peer.handle);
    if (!peer || cfn__is_set(((const cfn_ec2_security_group_props *)peer->props)->group_id))
        return; /* a group that exists has rules of its own */
    cfn__mirrored_rule *m = CFN__NEW(cfn__expansion_arena(x), cfn__mirrored_rule);
    if (!m)
        return;
    *m = (cfn__mirrored_rule){own == CFN__INGRESS ? CFN__EGRESS : CFN__INGRESS, c, rule, NULL};
    cfn__group_state *state = peer->state;
    *(state->last ? &state->last->next : &state->first) = m;
    state->last = m;
}

static void wire(cfn__expansion *x, cfn__construct *c)
{
    const cfn_ec2_security_group_props *props = c->props;
    for (size_t i = 0; i < props->ingress.count; i++)
        mirror(x, c, CFN__INGRESS, &props->ingress.items[i]);
    for (size_t i = 0; i < props->egress.count; i++)
        mirror(x, c, CFN__EGRESS, &props->egress.items[i]);
}

/* ---- rules ---- */

static bool is_icmp(const cfn_ec2_security_group_rule *rule)
{
    const char *protocol = cfn__literal(rule->protocol);
    return protocol && cfn__starts_with(protocol, "icmp");
}

static bool is_range(const cfn_ec2_security_group_rule *rule)
{
    const cfn_int *from = &rule->port, *to = &rule->to_port;
    bool literals = from->expression.form == CFN_LITERAL && to->expression.form == CFN_LITERAL;
    return cfn__is_set(to->expression) && !(literals && from->value == to->value);
}

/* From{Peer}Port{Port}: "FromAppPort3306", "FromAppPort8000To8010", "FromAppUdpPort53",
 * "FromAppAll". Without the word between them, port 80 of App80 would be port 8080 of App. */
static const char *role_of(const cfn__construct *c, cfn__direction way,
                           const cfn_ec2_security_group_rule *rule,
                           const cfn__construct *mirrored_by)
{
    cfn_arena *arena = c->make.arena;
    const char *peer = mirrored_by ? mirrored_by->id : rule->peer.handle.id;
    if (!peer) {
        cfn_str value = cfn__is_set(rule->cidr)          ? rule->cidr
                        : cfn__is_set(rule->prefix_list) ? rule->prefix_list
                                                         : rule->peer.handle.value;
        peer = cfn__label(arena, cfn__str_node(&c->make, value));
    }
    const char *protocol = cfn__literal(rule->protocol);
    bool tcp = !cfn__is_set(rule->protocol) || (protocol && strcmp(protocol, "tcp") == 0);
    const char *to_port =
        is_range(rule) ? cfn__label(arena, cfn__int_node(&c->make, rule->to_port)) : "";
    if (cfn__is_of_all_protocols(rule))
        return cfn__format(arena, "%s%sAll", directions[way].label, peer);
    return cfn__format(arena, "%s%s%sPort%s%s%s", directions[way].label, peer,
                       tcp ? "" : cfn__label(arena, cfn__str_node(&c->make, rule->protocol)),
                       cfn__label(arena, cfn__int_node(&c->make, rule->port)), *to_port ? "To" : "",
                       to_port);
}

static cfn_str own_group_id(const cfn__construct *c)
{
    const cfn_ec2_security_group_props *props = c->props;
    return cfn__is_set(props->group_id) ? props->group_id : cfn_att(c->id, "GroupId");
}

/* The other end of a rule: one of these is set. */
typedef struct peer_values {
    cfn_str group, cidr_ip, cidr_ipv6, prefix_list;
} peer_values;

static peer_values peer_of(const cfn_ec2_security_group_rule *rule,
                           const cfn__construct *mirrored_by)
{
    const char *cidr = cfn__literal(rule->cidr);
    if (mirrored_by)
        return (peer_values){.group = own_group_id(mirrored_by)};
    if (cfn__is_set(rule->cidr) && cidr && strchr(cidr, ':'))
        return (peer_values){.cidr_ipv6 = rule->cidr};
    if (cfn__is_set(rule->cidr))
        return (peer_values){.cidr_ip = rule->cidr};
    if (cfn__is_set(rule->prefix_list))
        return (peer_values){.prefix_list = rule->prefix_list};
    return (peer_values){.group = cfn_ec2_security_group_id(rule->peer)};
}

static cfn_int first_port(const cfn_ec2_security_group_rule *rule)
{
    return cfn__is_of_all_protocols(rule) ? cfn_i_of(cfn_s(NULL)) : rule->port;
}

/* Of ICMP they are type and code, and without a code all codes are meant. */
static cfn_int last_port(const cfn_ec2_security_group_rule *rule)
{
    if (cfn__is_of_all_protocols(rule) || cfn__is_set(rule->to_port.expression))
        return cfn__is_of_all_protocols(rule) ? cfn_i_of(cfn_s(NULL)) : rule->to_port;
    return is_icmp(rule) ? cfn_i(-1) : rule->port;
}

/* A rule is there when both of its ends are. */
static const char *rule_condition(cfn__expansion *x, const cfn__construct *c,
                                  const cfn_ec2_security_group_rule *rule,
                                  const cfn__construct *mirrored_by)
{
    const cfn__construct *peer =
        mirrored_by ? mirrored_by : cfn__handle_construct(x, &rule->peer.handle);
    return cfn__both_conditions(x, &c->make, c->attributes->condition,
                                peer ? peer->attributes->condition : NULL);
}

static void make_rule(cfn__expansion *x, cfn__construct *c, cfn__direction way,
                      const cfn_ec2_security_group_rule *rule, const cfn__construct *mirrored_by)
{
    const char *role = role_of(c, way, rule, mirrored_by);
    const peer_values peer = peer_of(rule, mirrored_by);
    const aws_ec2_SecurityGroupIngress_props in = {
        .CidrIp = peer.cidr_ip,
        .CidrIpv6 = peer.cidr_ipv6,
        .Description = rule->description,
        .FromPort = first_port(rule),
        .GroupId = own_group_id(c),
        .IpProtocol = cfn__str_or(rule->protocol, "tcp"),
        .SourcePrefixListId = peer.prefix_list,
        .SourceSecurityGroupId = peer.group,
        .ToPort = last_port(rule),
        .attributes = {.condition = rule_condition(x, c, rule, mirrored_by)},
    };
    const aws_ec2_SecurityGroupEgress_props out = {
        .CidrIp = in.CidrIp,
        .CidrIpv6 = in.CidrIpv6,
        .Description = in.Description,
        .DestinationPrefixListId = peer.prefix_list,
        .DestinationSecurityGroupId = peer.group,
        .FromPort = in.FromPort,
        .GroupId = in.GroupId,
        .IpProtocol = in.IpProtocol,
        .ToPort = in.ToPort,
        .attributes = in.attributes,
    };
    if (way == CFN__INGRESS)
        CFN__RESOURCE(aws_ec2_SecurityGroupIngress, x, c, role, &in);
    else
        CFN__RESOURCE(aws_ec2_SecurityGroupEgress, x, c, role, &out);
}

static bool is_open(const char *cidr)
{
    return cfn__ends_with(cidr, "/0");
}

/* An address and the length of its prefix. */
static bool is_cidr(const char *text)
{
    char address[INET6_ADDRSTRLEN] = "", binary[sizeof(struct in6_addr)];
    const char *slash = strchr(text, '/');
    bool v6 = strchr(text, ':') != NULL;
    if (!slash || (size_t)(slash - text) >= sizeof address)
        return false;
    memcpy(address, text, (size_t)(slash - text));
    size_t digits = strspn(slash + 1, "0123456789");
    return inet_pton(v6 ? AF_INET6 : AF_INET, address, binary) == 1 && digits && digits <= 3 &&
           !slash[1 + digits] && atoi(slash + 1) <= (v6 ? 128 : 32);
}

/* Ports that would be ignored, or that are none. */
static bool check_ports(cfn__expansion *x, const cfn__construct *c, const char *at,
                        const cfn_ec2_security_group_rule *rule)
{
    const cfn_int *from = &rule->port, *to = &rule->to_port;
    bool any = cfn__is_set(from->expression) || cfn__is_set(to->expression);
    bool literals = from->expression.form == CFN_LITERAL && to->expression.form == CFN_LITERAL;
    if (cfn__is_of_all_protocols(rule) && any) {
        cfn__report_property(x, c, at, CFN2019,
                             "Protocol -1 is all ports of all protocols, whatever Port says");
        cfn__hint(cfn__expansion_diagnostics(x), "take out Protocol, or Port");
        return false;
    }
    bool backwards = literals && from->value > to->value;
    bool negative = (from->expression.form == CFN_LITERAL && from->value < 0) ||
                    (to->expression.form == CFN_LITERAL && to->value < 0);
    if (is_icmp(rule) || (!backwards && !negative))
        return true;
    cfn__report_property(x, c, at, CFN2007,
                         backwards ? "ToPort is below Port" : "a port is from 0 to 65535");
    return false;
}

static bool check_rule(cfn__expansion *x, const cfn__construct *c, cfn__direction way, size_t i,
                       const cfn_ec2_security_group_rule *rule)
{
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    const char *at = cfn__format(cfn__expansion_arena(x), "%s/%zu", directions[way].property, i);
    const char *cidr_at = cfn__format(cfn__expansion_arena(x), "%s/Cidr", at);
    const char *cidr = cfn__literal(rule->cidr);
    cfn__check_ec2_id(x, c, cfn__format(cfn__expansion_arena(x), "%s/%s", at, directions[way].peer),
                      rule->peer.handle.value, "sg-");
    int peers = cfn__handle_is_set(&rule->peer.handle) + cfn__is_set(rule->cidr) +
                cfn__is_set(rule->prefix_list);
    if (peers != 1) {
        cfn__report_property(x, c, at, CFN2019,
                             "a rule needs exactly one of %s, Cidr and PrefixList",
                             directions[way].peer);
        return false;
    }
    if (!check_ports(x, c, at, rule))
        return false;
    if (!cfn__is_of_all_protocols(rule) && !cfn__is_set(rule->port.expression)) {
        cfn__report_property(x, c, at, CFN2019, "a rule needs a Port");
        cfn__hint(diagnostics, "for all ports of all protocols write Protocol: \"-1\"");
        return false;
    }
    if (cidr && !is_cidr(cidr)) {
        cfn__report_property(x, c, cidr_at, CFN2024, "\"%s\" is not a CIDR block", cidr);
        cfn__hint(diagnostics, "write one as 10.20.0.0/16, or a single host as 10.20.0.7/32");
        return false;
    }
    if (cidr && way == CFN__INGRESS && is_open(cidr)) {
        cfn__report_property(x, c, cidr_at, CFN4001, "this lets in the whole world");
        cfn__hint(diagnostics, "name a security group in From, or the block that connects");
    }
    cfn__check_description(x, c, cfn__format(cfn__expansion_arena(x), "%s/Description", at),
                           rule->description, SPECIAL_CHARACTERS);
    return true;
}

static bool is_made(const cfn__construct *c, cfn__direction way,
                    const cfn_ec2_security_group_rule *rule, const cfn__construct *mirrored_by)
{
    return cfn__properties_of(c, role_of(c, way, rule, mirrored_by)) != NULL;
}

static void make_stated_rule(cfn__expansion *x, cfn__construct *c, cfn__direction way, size_t i,
                             const cfn_ec2_security_group_rule *rule)
{
    if (!check_rule(x, c, way, i, rule))
        return;
    if (!is_made(c, way, rule, NULL)) {
        make_rule(x, c, way, rule, NULL);
        return;
    }
    cfn__report_property(
        x, c, cfn__format(cfn__expansion_arena(x), "%s/%zu", directions[way].property, i), CFN2019,
        "this rule is given twice");
    cfn__hint(cfn__expansion_diagnostics(x), "take one of the two out");
}

static void make_rules(cfn__expansion *x, cfn__construct *c)
{
    const cfn_ec2_security_group_props *props = c->props;
    const cfn_ec2_security_group_rule_list *lists[] = {&props->ingress, &props->egress};
    for (cfn__direction way = CFN__INGRESS; way <= CFN__EGRESS; way++)
        for (size_t i = 0; i < lists[way]->count; i++)
            make_stated_rule(x, c, way, i, &lists[way]->items[i]);
    for (const cfn__mirrored_rule *m = ((const cfn__group_state *)c->state)->first; m; m = m->next)
        if (!is_made(c, m->direction, m->rule, m->peer))
            make_rule(x, c, m->direction, m->rule, m->peer);
}

/* ---- the group ---- */

/* The text of a string or of a Fn::Sub. */
static const char *first_text(const cfn_node *name)
{
    const cfn_node *sub = cfn_node_get(name, "Fn::Sub");
    const char *text = cfn_node_text(sub ? sub : name);
    return text ? text : "";
}

static void make_group(cfn__expansion *x, cfn__construct *c)
{
    static const cfn__name_rule name_rule = {"a group name", 255, SPECIAL_CHARACTERS, false, false};
    const cfn_ec2_security_group_props *props = c->props;
    const char *name_text = cfn__literal(props->name);
    cfn_node *name = cfn__name_or(x, c, props->name, "Name", "", &name_rule);
    if (cfn__starts_with(name_text ? name_text : first_text(name), "sg-"))
        cfn__report_property(x, c, "Name", CFN2012, "a group name cannot start with sg-");
    cfn__check_ec2_id(x, c, "Network", props->network.handle.value, "vpc-");
    cfn__check_description(x, c, "Description", props->description, SPECIAL_CHARACTERS);
    const char *description = cfn__format(c->make.arena, "%s of this stack", c->id);
    /* Without egress rules of its own a group would let out everything; this one lets out nothing.
     */
    const aws_ec2_SecurityGroup_SecurityGroupEgress nothing = {
        .CidrIp = cfn_s("127.0.0.1/32"),
        .Description = cfn_s("Nothing but the rules stated elsewhere"),
        .IpProtocol = cfn_s("-1"),
    };
    cfn_node *group = CFN__RESOURCE(
        aws_ec2_SecurityGroup, x, c, "",
        &(aws_ec2_SecurityGroup_props){
            .GroupDescription = cfn__str_or(props->description, description),
            .GroupName = cfn_of_node(name),
            .SecurityGroupEgress = CFN_ITEMS(aws_ec2_SecurityGroup_SecurityGroupEgress, nothing),
            .Tags = cfn__tags(x, c, name, props->tags),
            .VpcId = cfn_ec2_network_vpc_id(props->network)});
    if (((const cfn__group_state *)c->state)->kept)
        cfn__resource_policies(x, group, "Retain");
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const cfn_ec2_security_group_props *props = c->props;
    bool exists = cfn__is_set(props->group_id);
    if (exists == cfn__handle_is_set(&props->network.handle)) {
        cfn__report_property(x, c, exists ? "GroupId" : NULL, CFN2019,
                             "a security group needs exactly one of Network and GroupId");
        cfn__hint(cfn__expansion_diagnostics(x),
                  "Network for a new group, GroupId for one that exists");
    }
    if (exists) {
        cfn__check_ec2_id(x, c, "GroupId", props->group_id, "sg-");
        cfn__answer_with(x, c, "", cfn__str_node(&c->make, props->group_id));
        cfn__answer_with(x, c, "GroupId", cfn__str_node(&c->make, props->group_id));
    } else {
        make_group(x, c);
    }
    make_rules(x, c);
}

/* ---- tables ---- */

static const char *const protocols[] = {"tcp", "udp", "icmp", "icmpv6", "-1", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_ec2_security_group_rule, kind, name, member)
#define RULE_ROWS(peer_name)                                                                       \
    {ROW(HANDLE, peer_name, peer), .construct = "Cfngen::EC2::SecurityGroup",                      \
     .doc = "The security group at the other end."},                                               \
        {ROW(STR, "Cidr", cidr), .also = "CidrIp CidrIpv6",                                        \
         .doc = "The IPv4 or IPv6 block at the other end."},                                       \
        {ROW(STR, "PrefixList", prefix_list),                                                      \
         .also = "SourcePrefixListId DestinationPrefixListId", .doc = "The id of a prefix list."}, \
        {ROW(STR, "Protocol", protocol), .also = "IpProtocol", .values = protocols,                \
         .default_text = "tcp", .doc = "The protocol; -1 is all, without a port."},                \
        {ROW(INT, "Port", port), .also = "FromPort", .min = -1, .max = 65535,                      \
         .doc = "The port, or the first one."},                                                    \
        {ROW(INT, "ToPort", to_port), .min = -1, .max = 65535, .default_text = "Port",             \
         .doc = "The last port."},                                                                 \
    {                                                                                              \
        ROW(STR, "Description", description), .doc = "What the rule is for."                       \
    }
static const cfn__field ingress_fields[] = {RULE_ROWS("From")};
static const cfn__field egress_fields[] = {RULE_ROWS("To")};
#undef ROW

static const cfn_record ingress_record =
    CFN__RECORD("an Ingress rule", cfn_ec2_security_group_rule, ingress_fields);
static const cfn_record egress_record =
    CFN__RECORD("an Egress rule", cfn_ec2_security_group_rule, egress_fields);

#define ROW(kind, name, member) CFN__ROW(cfn_ec2_security_group_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(HANDLE, "Network", network), .also = "VpcId Vpc", .construct = "Cfngen::EC2::Network",
     .doc = "Where a new group is made: a network of this stack, or the id of a VPC."},
    {ROW(STR, "GroupId", group_id), .doc = "The id of a group that exists; excludes Network."},
    {ROW(STR, "Description", description), .also = "GroupDescription",
     .default_text = "{id} of this stack",
     .doc = "What the group is for. A change of it needs another name too, since it replaces the "
            "group."},
    {ROW(STR, "Name", name), .also = "GroupName", .default_text = "{id}-{environment}-{suffix}",
     .doc = "The name of a new group."},
    {ROW(RECORD_LIST, "Ingress", ingress), .also = "SecurityGroupIngress",
     .base.record = &ingress_record,
     .doc = "Who may connect, and to which port. A new group named in From gets the egress rule "
            "for it."},
    {ROW(RECORD_LIST, "Egress", egress), .also = "SecurityGroupEgress",
     .base.record = &egress_record,
     .doc = "Where members of the group may connect to. A new group named in To gets the ingress "
            "rule for it."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of a new group, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_ec2_security_group_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"GroupId", "the id of the group"},
    {"VpcId", "the id of its VPC, of a new group"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::EC2::SecurityGroup", "the group, unless GroupId is given"},
    {"From{Peer}Port{Port}", "AWS::EC2::SecurityGroupIngress", "each ingress rule"},
    {"To{Peer}Port{Port}", "AWS::EC2::SecurityGroupEgress", "each egress rule"},
};

const cfn__construct_type cfn__ec2_security_group_type = {
    .name = "Cfngen::EC2::SecurityGroup",
    .doc = "A security group that is closed but for its rules, each of which is a resource of its "
           "own and opens both ends; or rules on a group that exists.",
    .ref_doc = "the id of the group",
    .props = CFN__RECORD("Cfngen::EC2::SecurityGroup", cfn_ec2_security_group_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .state_size = sizeof(cfn__group_state),
    .wire = wire,
    .expand = expand,
};

cfn_ec2_security_group cfn_ec2_security_group_add_at(cfn_stack *stack, const char *id,
                                                     const cfn_ec2_security_group_props *props,
                                                     const char *file, int line)
{
    return cfn_ec2_security_group_named(
        cfn__construct_add(stack, &cfn__ec2_security_group_type, id, props, file, line));
}
