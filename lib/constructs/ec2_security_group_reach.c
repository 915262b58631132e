/* Where the members of security groups can connect to, as far as that is known at synth. */
#include "constructs/ec2_security_group.h"

#include <inttypes.h>
#include <string.h>

enum { HTTPS = 443 };

bool cfn__is_of_all_protocols(const cfn_ec2_security_group_rule *rule)
{
    const char *protocol = cfn__literal(rule->protocol);
    return protocol && strcmp(protocol, "-1") == 0;
}

void cfn__ec2_security_group_reaches_aws(cfn__expansion *x, cfn_ec2_security_group group,
                                         const cfn__construct *by)
{
    cfn__construct *c = cfn__handle_construct(x, &group.handle);
    if (c)
        ((cfn__group_state *)c->state)->reaches_aws = by;
}

void cfn__ec2_await_endpoints(cfn__expansion *x, cfn_node *properties,
                              const cfn_ec2_security_group_list *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        const cfn__construct *group = cfn__handle_construct(x, &groups->items[i].handle);
        const cfn__construct *by =
            group ? ((const cfn__group_state *)group->state)->reaches_aws : NULL;
        if (by && !by->attributes->condition)
            cfn__resource_depends_on(x, properties, by->id);
    }
}

bool cfn__is_new_group(cfn__expansion *x, cfn_ec2_security_group group)
{
    const cfn__construct *c = cfn__handle_construct(x, &group.handle);
    return c && !cfn__is_set(((const cfn_ec2_security_group_props *)c->props)->group_id);
}

/* What is known only at deployment may be the port. */
static bool covers(const cfn_ec2_security_group_rule *rule, int64_t port)
{
    const cfn_int *from = &rule->port, *to = &rule->to_port;
    if (cfn__is_of_all_protocols(rule))
        return true;
    if (from->expression.form != CFN_LITERAL)
        return cfn__is_set(from->expression);
    if (!cfn__is_set(to->expression))
        return from->value == port;
    return from->value <= port && (to->expression.form != CFN_LITERAL || to->value >= port);
}

/* Where members of a group want to get to: the port of whoever is in one of the groups, NULL: of
 * anybody. */
typedef struct way {
    int64_t port;
    const cfn_ec2_security_group_list *groups;
} way;

/* Whether a rule for this group of the stack leads there. A block (NULL) may, and a group that
 * exists may be any. */
static bool leads_to(const way *w, const char *peer)
{
    bool found = !peer || !w->groups || !w->groups->count;
    for (size_t i = 0; !found && i < w->groups->count; i++) {
        const char *id = w->groups->items[i].handle.id;
        found = !id || strcmp(id, peer) == 0;
    }
    return found;
}

static bool lets_out(const cfn__construct *group, const way *w)
{
    const cfn_ec2_security_group_props *props = group->props;
    const cfn__group_state *state = group->state;
    if (cfn__is_set(props->group_id) || (w->port == HTTPS && state->reaches_aws))
        return true;
    for (size_t i = 0; i < props->egress.count; i++)
        if (covers(&props->egress.items[i], w->port) &&
            leads_to(w, props->egress.items[i].peer.handle.id))
            return true;
    for (const cfn__mirrored_rule *m = state->first; m; m = m->next)
        if (m->direction == CFN__EGRESS && covers(m->rule, w->port) && leads_to(w, m->peer->id))
            return true;
    return false;
}

/* A group that exists has rules that are not known here. */
static bool any_lets_out(cfn__expansion *x, const cfn_ec2_security_group_list *groups, way w)
{
    for (size_t i = 0; i < groups->count; i++) {
        const cfn__construct *group = cfn__handle_construct(x, &groups->items[i].handle);
        if (!group || lets_out(group, &w))
            return true;
    }
    return !groups->count;
}

void cfn__check_reaches_aws(cfn__expansion *x, const cfn__construct *c, const char *property,
                            const cfn_ec2_security_group_list *groups)
{
    if (any_lets_out(x, groups, (way){HTTPS, NULL}))
        return;
    cfn__report_property(x, c, property, CFN4501,
                         "nothing lets %s out to Secrets Manager: its security groups have no "
                         "egress to port 443",
                         c->id);
    cfn__hint(cfn__expansion_diagnostics(x),
              "name the group among the Clients of a Cfngen::EC2::InterfaceEndpoints");
}

void cfn__check_reaches_cluster(cfn__expansion *x, const cfn__construct *c, const char *property,
                                const char *who, const cfn_ec2_security_group_list *groups,
                                cfn_rds_aurora_cluster cluster)
{
    int64_t port = cfn__rds_database_port(x, cluster);
    if (!port || any_lets_out(x, groups, (way){port, cfn__rds_database_groups(x, cluster)}))
        return;
    cfn__report_property(x, c, property, CFN4502,
                         "nothing lets %s out to %s: its security groups have no egress there to "
                         "port %" PRId64,
                         who, cluster.handle.id, port);
    cfn__hint(cfn__expansion_diagnostics(x),
              "give the database's security group Ingress {From: this group, Port: %" PRId64 "}",
              port);
}

void cfn__check_groups(cfn__expansion *x, const cfn__construct *c, const char *property,
                       cfn_ec2_network network, const cfn_ec2_security_group_list *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        const char *at = cfn__format(c->make.arena, "%s/%zu", property, i);
        const char *other = cfn__ec2_security_group_network(x, groups->items[i]);
        cfn__check_ec2_id(x, c, at, groups->items[i].handle.value, "sg-");
        if (!other || !network.handle.id || strcmp(other, network.handle.id) == 0)
            continue;
        cfn__report_property(x, c, at, CFN4003, "this group is in %s, and %s in %s", other, c->id,
                             network.handle.id);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "a group counts in its own VPC alone; are the two the same one?");
    }
}

bool cfn__check_network(cfn__expansion *x, const cfn__construct *c, const char *property,
                        cfn_ec2_network network)
{
    if (network.handle.id || !cfn__handle_is_set(&network.handle))
        return true;
    cfn__report_property(x, c, property, CFN2008,
                         "Network must be a Cfngen::EC2::Network: a VPC's id alone does not name "
                         "the subnets");
    return false;
}

cfn_str_list cfn__ec2_security_group_ids(const cfn__maker *make,
                                         const cfn_ec2_security_group_list *groups)
{
    if (cfn__is_set(groups->all))
        return (cfn_str_list){.all = groups->all};
    cfn_node *ids = cfn__list(make);
    for (size_t i = 0; i < groups->count; i++)
        cfn__append(ids, cfn__str_node(make, cfn_ec2_security_group_id(groups->items[i])));
    return (cfn_str_list){.all = cfn_of_node(ids)};
}
