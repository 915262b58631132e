/* Cfngen::EC2::SecurityGroup: a security group that lets in and out only what is stated, or rules
 * on one that exists.
 *
 * A new group makes {Id} (AWS::EC2::SecurityGroup), closed in both directions; a group with GroupId
 * makes none. Each rule is a resource of its own, {Id}From{Peer}Port{Port} or
 * {Id}To{Peer}Port{Port}, so that two groups may name each other (inline rules would be a circular
 * dependency). A rule whose peer is a new group of this stack opens the other end too: ingress on
 * one side is egress on the other. Ingress from 0.0.0.0/0 or ::/0 is an error (CFN4001).
 *
 * Ref and the attribute GroupId are the group's id; of a new group also VpcId. */
#ifndef CFNGEN_EC2_SECURITY_GROUP_H
#define CFNGEN_EC2_SECURITY_GROUP_H

#include <cfngen/ec2_network.h>

CFN_BEGIN_DECLS

/* cfn_ec2_security_group_existing takes the id of a group that exists, to be named as a peer; to
 * add rules to it use group_id. */
CFN_HANDLE(cfn_ec2_security_group);

/* One rule. Exactly one of peer, cidr and prefix_list says who; port alone is a single port.
 * Defaults: protocol tcp, to_port as port. Protocol -1 (all) takes no port. */
typedef struct cfn_ec2_security_group_rule {
    cfn_ec2_security_group peer; /* From in an ingress rule, To in an egress rule */
    cfn_str cidr;                /* IPv4 or IPv6 block */
    cfn_str prefix_list;         /* the id of a prefix list */
    cfn_str protocol;            /* tcp, udp, icmp, icmpv6, -1 */
    cfn_int port, to_port;       /* 0 to 65535; of icmp type and code, -1 for all */
    cfn_str description;
} cfn_ec2_security_group_rule;

typedef CFN_LIST_OF(cfn_ec2_security_group_rule) cfn_ec2_security_group_rule_list;

#ifndef __cplusplus
/* .ingress = CFN_RULES({.peer = app, .port = cfn_i(3306)}, {...}) */
#define CFN_RULES(...) CFN_ITEMS(cfn_ec2_security_group_rule, __VA_ARGS__)
#endif

/* Defaults: name {id}-{environment}-{suffix}; no rules. Exactly one of network and group_id. */
typedef struct cfn_ec2_security_group_props {
    cfn_ec2_network network; /* where a new group is made */
    cfn_str group_id;        /* of an existing group */
    cfn_str description;     /* letters, digits and . _-:/()#,@[]+=&;{}!$* */
    cfn_str name;
    cfn_ec2_security_group_rule_list ingress, egress;
    cfn_json tags;
    cfn_attributes attributes;
} cfn_ec2_security_group_props;

#define cfn_ec2_security_group_add(stack, id, ...)                                                 \
    cfn_ec2_security_group_add_at(stack, id, __VA_ARGS__, __FILE__, __LINE__)
CFN_API cfn_ec2_security_group cfn_ec2_security_group_add_at(
    cfn_stack *stack, const char *id, const cfn_ec2_security_group_props *props, const char *file,
    int line);

static inline cfn_str cfn_ec2_security_group_id(cfn_ec2_security_group group)
{
    return group.handle.id ? cfn_att(group.handle.id, "GroupId") : group.handle.value;
}

CFN_END_DECLS

#endif
