/* What Route 53 refuses of a cutover record, and what makes a cutover long. */
#include "base/text.h"
#include "constructs/route53_cutover_record.h"

#include <string.h>
#include <strings.h>

typedef cfn_route53_cutover_record_props props_type;

enum { LONGEST_NAME = 253, LONGEST_LABEL = 63, LONGEST_ID = 128, PATIENT = 60 };

/* ---- names ---- */

/* A dot at the end says nothing that is not known. */
static size_t length_of(const char *name)
{
    size_t length = strlen(name);
    return length && name[length - 1] == '.' ? length - 1 : length;
}

/* What a DNS name of at least two labels has wrong; NULL when nothing.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
static const char *fault_of(const char *name)
{
    size_t length = length_of(name), label = 0, dots = 0;
    if (!length || length > LONGEST_NAME)
        return "has not 1 to 253 characters";
    for (size_t i = 0; i <= length; i++) {
        bool ends = i == length || name[i] == '.';
        if (ends && !label)
            return "has a label without a character";
        if (!ends && !cfn__is_alphanumeric(name[i]) && name[i] != '-' && name[i] != '_')
            return "has characters beside letters, digits, - and _";
        label = ends ? 0 : label + 1;
        dots += ends && i < length;
        if (label > LONGEST_LABEL)
            return "has a label of more than 63 characters";
    }
    return dots ? NULL : "is one label, and not a whole name";
}

static bool is_address(const char *host)
{
    return strspn(host, "0123456789.") == strlen(host) || strchr(host, ':');
}

/* ---- the name of the record ---- */

/* A CNAME must be the only record of its name, and the apex of a zone has others. */
static void check_within(cfn__expansion *x, const cfn__construct *c, const char *name,
                         const char *zone)
{
    size_t length = length_of(name), of_zone = length_of(zone);
    bool ends_so = length >= of_zone && strncasecmp(name + length - of_zone, zone, of_zone) == 0;
    bool apex = ends_so && length == of_zone;
    if (ends_so && !apex && name[length - of_zone - 1] == '.')
        return;
    cfn__report_property(x, c, "Name", CFN4831,
                         apex ? "%s is the apex of its zone, where there can be no CNAME"
                              : "%s is not a name of the zone %s",
                         name, zone);
    cfn__hint(cfn__expansion_diagnostics(x), "write db.%.*s, say", (int)of_zone, zone);
}

static void check_names(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *name = cfn__literal(props->name), *zone = cfn__literal(props->zone_name);
    const char *of_name = name ? fault_of(name) : NULL, *of_zone = zone ? fault_of(zone) : NULL;
    const char *example = zone && !of_zone ? zone : "orders.internal";
    if (of_name) {
        cfn__report_property(x, c, "Name", CFN4831, "Route 53 refuses \"%s\": it %s", name,
                             of_name);
        cfn__hint(cfn__expansion_diagnostics(x), "write the whole name, as db.%.*s",
                  (int)length_of(example), example);
    }
    if (of_zone) {
        cfn__report_property(x, c, "ZoneName", CFN4831, "\"%s\" %s", zone, of_zone);
        cfn__hint(cfn__expansion_diagnostics(x), "write the whole name, as orders.internal");
    }
    if (name && zone && !of_name && !of_zone)
        check_within(x, c, name, zone);
}

/* ---- the zone ---- */

static void check_zone(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *id = cfn__literal(props->hosted_zone_id);
    bool own = props->networks.count > 0, given = cfn__is_set(props->hosted_zone_id);
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    if (own == given) {
        cfn__report_property(x, c, own ? "Networks" : NULL, CFN2019,
                             own ? "HostedZoneId and Networks exclude each other"
                                 : "a record needs a HostedZoneId, or Networks");
        cfn__hint(diagnostics, "HostedZoneId is a zone that exists; Networks makes a private one");
    }
    if (own && !cfn__is_set(props->zone_name)) {
        cfn__report_property(x, c, "Networks", CFN2019, "the private zone needs a ZoneName");
        cfn__hint(diagnostics, "write ZoneName: orders.internal");
    }
    if (!id || (*id == 'Z' && strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(id)))
        return;
    cfn__report_property(x, c, "HostedZoneId", CFN2024, "\"%s\" is not the id of a zone", id);
    cfn__hint(diagnostics, "it starts with Z, as Z0123456789ABCDEFGHIJ, without /hostedzone/; "
                           "`aws route53 list-hosted-zones` shows it");
}

/* ---- the two sides ---- */

/* A handle of what exists names it, and not its endpoint. */
static void check_handle(cfn__expansion *x, const cfn__construct *c, const char *side,
                         const char *name, const cfn_handle *handle)
{
    if (handle->id || !cfn__handle_is_set(handle))
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "%s/%s", side, name), CFN2019,
                         "the endpoint of a database that exists is not known");
    cfn__hint(cfn__expansion_diagnostics(x), "give the endpoint as Host");
}

static void check_name_of_host(cfn__expansion *x, const cfn__construct *c, const char *side,
                               const char *host)
{
    const char *fault = is_address(host) ? "is an address or has a port" : fault_of(host);
    if (!fault)
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "%s/Host", side), CFN4831,
                         "a CNAME cannot lead to \"%s\": it %s", host, fault);
    cfn__hint(cfn__expansion_diagnostics(x), "give the DNS name of the server alone");
}

static void check_identifier(cfn__expansion *x, const cfn__construct *c, const char *side,
                             const char *id)
{
    bool good = *id && strlen(id) <= LONGEST_ID;
    for (const char *p = id; *p && good; p++)
        good = cfn__is_alphanumeric(*p) || strchr("._-", *p);
    if (good)
        return;
    cfn__report_property(x, c, cfn__format(c->make.arena, "%s/SetIdentifier", side), CFN4831,
                         "a SetIdentifier has 1 to %d letters, digits and ._- here", LONGEST_ID);
    cfn__hint(cfn__expansion_diagnostics(x), "leave it out: source and target tell the two apart");
}

static void check_host(cfn__expansion *x, const cfn__construct *c, const char *side,
                       const cfn_route53_cutover_host *host)
{
    int kinds = cfn__handle_is_set(&host->cluster.handle) +
                cfn__handle_is_set(&host->instance.handle) + cfn__is_set(host->host);
    if (kinds != 1) {
        cfn__report_property(x, c, side, CFN2019, "%s is one of a Cluster, an Instance and a Host",
                             side);
        cfn__hint(cfn__expansion_diagnostics(x),
                  "name a database of this stack, or the DNS name of the server");
    }
    check_handle(x, c, side, "Cluster", &host->cluster.handle);
    check_handle(x, c, side, "Instance", &host->instance.handle);
    if (cfn__literal(host->host))
        check_name_of_host(x, c, side, cfn__literal(host->host));
    if (cfn__literal(host->set_identifier))
        check_identifier(x, c, side, cfn__literal(host->set_identifier));
}

static const char *identifier(const cfn__construct *c, cfn__cutover_side side)
{
    return cfn_node_text(cfn__record_identifier(&c->make, c, side));
}

static void check_sides(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    cfn_diagnostics *diagnostics = cfn__expansion_diagnostics(x);
    const cfn_node *source = cfn__record_host(&c->make, c, CFN__SOURCE);
    const cfn_node *target = cfn__record_host(&c->make, c, CFN__TARGET);
    const char *ids[] = {identifier(c, CFN__SOURCE), identifier(c, CFN__TARGET)};
    check_host(x, c, "Source", &props->source);
    check_host(x, c, "Target", &props->target);
    if (source && target && cfn_node_equal(source, target)) {
        cfn__report_property(x, c, "Target", CFN2019,
                             "source and target are the same host, so nothing would move");
        cfn__hint(diagnostics, "name the host of the other database");
    }
    if (cfn__is_weighted(props) && ids[0] && ids[1] && strcmp(ids[0], ids[1]) == 0) {
        cfn__report_property(x, c, "Target/SetIdentifier", CFN4831,
                             "both records have the SetIdentifier \"%s\"", ids[0]);
        cfn__hint(diagnostics, "leave both out, or give the two different ones");
    }
}

/* ---- the mode ---- */

/* A property that does nothing in the other mode. */
static void check_mode(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    bool weighted = cfn__is_weighted(props);
    const struct {
        const char *property;
        bool wrong;
    } uses[] = {
        {"TrafficTo", weighted && cfn__is_set(props->traffic_to)},
        {"Source/Weight", !weighted && cfn__is_set(props->source.weight.expression)},
        {"Target/Weight", !weighted && cfn__is_set(props->target.weight.expression)},
        {"Source/SetIdentifier", !weighted && cfn__is_set(props->source.set_identifier)},
        {"Target/SetIdentifier", !weighted && cfn__is_set(props->target.set_identifier)},
    };
    for (size_t i = 0; i < CFN__COUNT(uses); i++) {
        if (!uses[i].wrong)
            continue;
        cfn__report_property(x, c, uses[i].property, CFN2019, "%s is of the mode %s",
                             uses[i].property, weighted ? "cname" : "weighted");
        cfn__hint(cfn__expansion_diagnostics(x),
                  weighted ? "in this mode the weights say where traffic goes"
                           : "in this mode TrafficTo says where traffic goes; or write Mode: "
                             "weighted");
    }
}

static void check_ttl(cfn__expansion *x, const cfn__construct *c)
{
    const cfn_int ttl = ((const props_type *)c->props)->ttl;
    if (!cfn__is_set(ttl.expression) || ttl.value <= PATIENT)
        return;
    cfn__report_property(x, c, "TTL", CFN4832,
                         "clients find the new database %lld seconds after the cutover, or later",
                         (long long)ttl.value);
    cfn__hint(cfn__expansion_diagnostics(x),
              "write 30, or leave it out; raise it when the migration is over");
}

void cfn__check_cutover_record(cfn__expansion *x, const cfn__construct *c)
{
    check_names(x, c);
    check_zone(x, c);
    check_sides(x, c);
    check_mode(x, c);
    check_ttl(x, c);
}
