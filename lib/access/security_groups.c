/* The rules of security groups, those in the group and those beside it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
#include "access/texts.h"

#include "base/text.h"
#include "template/intrinsic.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Who is on the other side. */
static const char *const peers[] = {
    "CidrIp",
    "CidrIpv6",
    "SourceSecurityGroupId",
    "DestinationSecurityGroupId",
    "SourceSecurityGroupName",
    "SourcePrefixListId",
    "DestinationPrefixListId",
};

/* Names that EC2 gives to numbers. */
static const struct {
    const char *number, *name;
} protocols[] = {{"-1", "all"}, {"1", "icmp"}, {"6", "tcp"}, {"17", "udp"}, {"58", "icmpv6"}};

static const char *protocol_of(cfn_arena *arena, const cfn_node *value)
{
    if (!value)
        return "all";
    const char *text = cfn__access_text(arena, value);
    for (size_t i = 0; i < COUNT(protocols); i++)
        if (strcmp(text, protocols[i].number) == 0 || strcasecmp(text, protocols[i].name) == 0)
            return protocols[i].name;
    return text;
}

/* A port as it is compared. */
static int32_t port_of(const char *text)
{
    char *end = NULL;
    long number = strtol(text, &end, 10);
    if (!*text || *end || number < -1 || number > 65535)
        return CFN__ACCESS_NO_PORT;
    return (int32_t)number;
}

/* Ports mean something to some protocols alone; the others are let through whole. */
static bool has_ports(const char *protocol)
{
    static const char *const with[] = {"tcp", "udp", "icmp", "icmpv6"};
    for (size_t i = 0; i < COUNT(with); i++)
        if (strcmp(protocol, with[i]) == 0)
            return true;
    return strchr(protocol, '$') != NULL;
}

static void read_ports(cfn__access_rule *rule, cfn_arena *arena, const cfn_node *properties)
{
    const char *from = cfn__access_text(arena, cfn_node_get(properties, "FromPort"));
    const char *to = cfn__access_text(arena, cfn_node_get(properties, "ToPort"));
    rule->ports = "all";
    rule->first = rule->last = CFN__ACCESS_ANY_PORT;
    if (!has_ports(rule->protocol) || (!*from && !*to) ||
        (strcmp(from, "-1") == 0 && strcmp(to, "-1") == 0))
        return;
    bool is_icmp = cfn__starts_with(rule->protocol, "icmp"); /* a type and a code */
    if (is_icmp && (!*to || strcmp(to, "-1") == 0))
        rule->ports = cfn__format(arena, "type %s", from);
    else if (is_icmp)
        rule->ports = cfn__format(arena, "type %s code %s", from, to);
    else
        rule->ports = strcmp(from, to) == 0 ? from : cfn__format(arena, "%s-%s", from, to);
    rule->first = is_icmp ? CFN__ACCESS_NO_PORT : port_of(from);
    rule->last = is_icmp ? CFN__ACCESS_NO_PORT : port_of(to);
    if (!is_icmp && rule->first == 0 && rule->last == 65535) {
        rule->ports = "all";
        rule->first = rule->last = CFN__ACCESS_ANY_PORT;
    }
}

/* ${Group} and ${Group.GroupId} are the same group of a VPC. */
static const char *group_text(cfn_arena *arena, const cfn__access *access, const char *text)
{
    static const char attribute[] = ".GroupId}";
    if (!cfn__starts_with(text, "${") || !cfn__ends_with(text, attribute))
        return text;
    const char *id = cfn__strndup(arena, text + 2, strlen(text) - 2 - strlen(attribute));
    return cfn_template_resource(access->tpl, id) ? cfn__format(arena, "${%s}", id) : text;
}

/* How a rule was come by. */
typedef struct rule_use {
    const char *group;
    bool egress;
} rule_use;

static void add_rule(const cfn__access_walk *walk, cfn__access_rule *rule, const cfn_node *peer)
{
    cfn_arena *arena = walk->access->arena;
    rule->peer = group_text(arena, walk->access, cfn__access_text(arena, peer));
    cfn__access_add_rule(walk->access, rule);
}

/* EC2 wants one peer for a rule; where there are more, each counts. */
static void read_rule(const cfn__access_walk *walk, const cfn_node *properties, const void *context)
{
    const rule_use *use = context;
    bool is_known = cfn__is_map(properties) && !cfn__is_intrinsic(properties), added = false;
    cfn__access_rule rule = {.resource = walk->resource,
                             .node = properties,
                             .group = use->group,
                             .egress = use->egress,
                             .protocol = "all",
                             .ports = "all",
                             .first = CFN__ACCESS_ANY_PORT,
                             .last = CFN__ACCESS_ANY_PORT,
                             .when = walk->when};
    if (!is_known) {
        add_rule(walk, &rule, properties);
        return;
    }
    rule.protocol = protocol_of(walk->access->arena, cfn_node_get(properties, "IpProtocol"));
    read_ports(&rule, walk->access->arena, properties);
    for (size_t i = 0; i < COUNT(peers); i++) {
        const cfn_node *peer = cfn_node_get(properties, peers[i]);
        if (!peer || cfn__access_is_no_value(peer))
            continue;
        add_rule(walk, &rule, peer);
        added = true;
    }
    if (!added)
        add_rule(walk, &rule, NULL);
}

bool cfn__access_lets_all_out(const cfn_resource *group)
{
    const cfn_node *egress = cfn_node_get(group->properties, "SecurityGroupEgress");
    return !egress || (cfn__is_list(egress) && !egress->size);
}

static void read_group(const cfn__access_walk *walk)
{
    const cfn_node *properties = walk->resource->properties;
    rule_use use = {cfn__access_own_text(walk), false};
    cfn__access_each(walk, cfn_node_get(properties, "SecurityGroupIngress"), read_rule, &use);
    use.egress = true;
    cfn__access_each(walk, cfn_node_get(properties, "SecurityGroupEgress"), read_rule, &use);
    if (!cfn__access_lets_all_out(walk->resource))
        return;
    cfn__access_add_rule(walk->access, &(cfn__access_rule){.resource = walk->resource,
                                                           .node = walk->resource->node,
                                                           .group = use.group,
                                                           .egress = true,
                                                           .by_default = true,
                                                           .protocol = "all",
                                                           .ports = "all",
                                                           .first = CFN__ACCESS_ANY_PORT,
                                                           .last = CFN__ACCESS_ANY_PORT,
                                                           .peer = "0.0.0.0/0",
                                                           .when = walk->when});
}

void cfn__access_read_security_group(const cfn__access_walk *walk)
{
    const char *type = walk->resource->type;
    if (!cfn__starts_with(type, "AWS::EC2::SecurityGroup"))
        return;
    if (strcmp(type, "AWS::EC2::SecurityGroup") == 0) {
        read_group(walk);
        return;
    }
    bool ingress = strcmp(type, "AWS::EC2::SecurityGroupIngress") == 0;
    if (!ingress && strcmp(type, "AWS::EC2::SecurityGroupEgress") != 0)
        return;
    cfn_arena *arena = walk->access->arena;
    const cfn_node *properties = walk->resource->properties;
    const cfn_node *group = cfn_node_get(properties, "GroupId");
    if (!group)
        group = cfn_node_get(properties, "GroupName");
    rule_use use = {group_text(arena, walk->access, cfn__access_text(arena, group)), !ingress};
    read_rule(walk, properties, &use);
}
