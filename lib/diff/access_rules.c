/* Attached policies and rules of security groups that were added or removed, and whether more is
 * allowed by them. */
#include "diff/access_changes.h"

#include "base/text.h"

#include <string.h>

/* ---- attached policies ---- */

static size_t attachment_count(const cfn__access *access)
{
    return access->attachment_count;
}

static const cfn_resource *attachment_resource(const cfn__access *access, size_t number)
{
    return access->attachments[number].resource;
}

static const cfn_node *attachment_node(const cfn__access *access, size_t number)
{
    return access->attachments[number].node;
}

static const char *attachment_key(cfn__access_sides *sides, const cfn__access *access,
                                  size_t number)
{
    const cfn__access_attachment *a = &access->attachments[number];
    return cfn__format(sides->scratch, "%d\x1f%s\x1f%s\x1f%s", a->tie, a->holder, a->policy,
                       a->when ? a->when : "");
}

/* The columns: Resource, Managed policy. */
static void attachment_cells(cfn_arena *arena, const cfn__access *access, size_t number,
                             const char **cells)
{
    static const char *const kinds[] = {"", "permissions boundary ", "group "};
    const cfn__access_attachment *a = &access->attachments[number];
    cells[0] = a->holder;
    cells[1] =
        cfn__access_with_when(arena, cfn__format(arena, "%s%s", kinds[a->tie], a->policy), a->when);
}

/* Whether the holder has a boundary in a template. */
static bool is_bounded(cfn__access_sides *sides, const cfn__access *access, const char *holder)
{
    for (size_t i = 0; i < access->attachment_count && cfn__access_go_on(sides); i++)
        if (access->attachments[i].tie == CFN__ACCESS_BOUNDARY &&
            strcmp(access->attachments[i].holder, holder) == 0)
            return true;
    return false;
}

static const char *attachment_added(cfn__access_sides *sides, size_t number)
{
    const cfn__access_attachment *new = &sides->new->attachments[number];
    if (new->tie == CFN__ACCESS_BOUNDARY)
        return is_bounded(sides, sides->old, new->holder) ? "another boundary" : NULL;
    for (size_t i = 0; i < sides->old->attachment_count && cfn__access_go_on(sides); i++) {
        const cfn__access_attachment *old = &sides->old->attachments[i];
        if (old->tie == new->tie && strcmp(old->holder, new->holder) == 0 &&
            strcmp(old->policy, new->policy) == 0 && cfn__access_when_covers(old->when, new->when))
            return NULL;
    }
    return "new";
}

static const char *attachment_removed(cfn__access_sides *sides, size_t number)
{
    const cfn__access_attachment *old = &sides->old->attachments[number];
    bool matters = old->tie == CFN__ACCESS_BOUNDARY &&
                   !is_bounded(sides, sides->new, old->holder) &&
                   !cfn__access_is_gone(sides->new, old->holder);
    return matters ? "no boundary any more" : NULL;
}

const cfn__access_rows cfn__access_attachment_rows = {CFN_ACCESS_MANAGED_POLICIES,
                                                      attachment_count,
                                                      attachment_resource,
                                                      attachment_node,
                                                      attachment_key,
                                                      attachment_cells,
                                                      attachment_added,
                                                      attachment_removed};

/* ---- rules of security groups ---- */

static size_t rule_count(const cfn__access *access)
{
    return access->rule_count;
}

static const cfn_resource *rule_resource(const cfn__access *access, size_t number)
{
    return access->rules[number].resource;
}

static const cfn_node *rule_node(const cfn__access *access, size_t number)
{
    return access->rules[number].node;
}

/* A group is let out everywhere when it is made without rules; one that loses its rules is not.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
static bool is_idle_default(const cfn__access_sides *sides, const cfn__access *access,
                            const cfn__access_rule *rule)
{
    const cfn_resource *before = cfn_template_resource(sides->old->tpl, rule->resource->id);
    return rule->by_default && access == sides->new &&before && !cfn__access_lets_all_out(before);
}

static const char *rule_key(cfn__access_sides *sides, const cfn__access *access, size_t number)
{
    const cfn__access_rule *r = &access->rules[number];
    if (is_idle_default(sides, access, r))
        return NULL;
    return cfn__format(sides->scratch, "%s\x1f%d\x1f%s\x1f%s\x1f%s\x1f%s", r->group, r->egress,
                       r->protocol, r->ports, r->peer, r->when ? r->when : "");
}

/* The columns: Group, Direction, Protocol, Peer. */
static void rule_cells(cfn_arena *arena, const cfn__access *access, size_t number,
                       const char **cells)
{
    const cfn__access_rule *r = &access->rules[number];
    bool is_all = strcmp(r->protocol, "all") == 0;
    cells[0] = r->group;
    cells[1] = r->egress ? "out" : "in";
    cells[2] = is_all ? "all" : cfn__format(arena, "%s %s", r->protocol, r->ports);
    cells[3] = cfn__access_with_when(
        arena, r->by_default ? cfn__format(arena, "%s (by default)", r->peer) : r->peer, r->when);
}

static bool is_protocol_within(const cfn__access_rule *inner, const cfn__access_rule *outer)
{
    return strcmp(outer->protocol, "all") == 0 || strcmp(outer->protocol, inner->protocol) == 0;
}

static bool are_ports_within(const cfn__access_rule *inner, const cfn__access_rule *outer)
{
    if (outer->first == CFN__ACCESS_ANY_PORT || strcmp(inner->ports, outer->ports) == 0)
        return true;
    return inner->first >= 0 && outer->first >= 0 && inner->first >= outer->first &&
           inner->last <= outer->last;
}

/* What of a new rule an old one does not let through; how many such things. */
typedef struct excess {
    bool protocol, ports, peer, wider, when;
    size_t count;
} excess;

enum { MOST_EXCESS = 5 };

static excess measure(const cfn__access_rule *old, const cfn__access_rule *new)
{
    excess e = {.protocol = !is_protocol_within(new, old),
                .ports = !are_ports_within(new, old),
                .peer = cfn__access_range_within(new->peer, old->peer) != CFN__MATCH_YES,
                .when = !cfn__access_when_covers(old->when, new->when)};
    e.wider = e.peer && cfn__access_range_within(old->peer, new->peer) == CFN__MATCH_YES;
    e.count = (size_t)e.protocol + e.ports + 2u * e.peer - e.wider + e.when;
    return e;
}

static const char *reason_for(cfn_arena *arena, const excess *e, const cfn__access_rule *old,
                              const cfn__access_rule *new)
{
    const char *peer = e->wider ? cfn__format(arena, "a wider range than %s", old->peer)
                                : cfn__format(arena, "new peer %s", new->peer);
    const char *ports = e->protocol || !e->ports
                            ? cfn__format(arena, "new protocol %s", new->protocol)
                            : cfn__format(arena, "more ports than %s", old->ports);
    bool any_ports = e->protocol || e->ports;
    const char *both = any_ports && e->peer ? "; " : "";
    const char *text =
        cfn__format(arena, "%s%s%s", e->peer ? peer : "", both, any_ports ? ports : "");
    return *text ? text : "no longer only when a condition holds";
}

static const char *rule_added(cfn__access_sides *sides, size_t number)
{
    const cfn__access_rule *new = &sides->new->rules[number], *nearest = NULL;
    excess least = {.count = SIZE_MAX};
    for (size_t i = 0; i < sides->old->rule_count; i++) {
        const cfn__access_rule *old = &sides->old->rules[i];
        if (!cfn__access_go_on(sides))
            return "more may be let through";
        if (old->egress != new->egress || strcmp(old->group, new->group) != 0)
            continue;
        excess e = measure(old, new);
        if (!e.count)
            return NULL;
        e.count += sides->gone[i] ? 0 : MOST_EXCESS;
        if (e.count < least.count) {
            least = e;
            nearest = old;
        }
    }
    return nearest ? reason_for(sides->diff->arena, &least, nearest, new) : "new";
}

static const char *rule_removed(cfn__access_sides *sides, size_t number)
{
    (void)sides;
    (void)number;
    return NULL;
}

const cfn__access_rows cfn__access_rule_rows = {CFN_ACCESS_SECURITY_GROUPS,
                                                rule_count,
                                                rule_resource,
                                                rule_node,
                                                rule_key,
                                                rule_cells,
                                                rule_added,
                                                rule_removed};
