/* Cfngen::Route53::CutoverRecord: the records, and their zone. */
#include "constructs/route53_cutover_record.h"
#include "base/text.h"

#include <cfngen/aws/route53.h>

#include <ctype.h>
#include <string.h>

typedef cfn_route53_cutover_record_props props_type;

enum { TTL = 30, ALL_TRAFFIC = 100 };

/* ---- what the properties come to ---- */

static const cfn_route53_cutover_host *side_of(const props_type *props, cfn__cutover_side side)
{
    return side == CFN__SOURCE ? &props->source : &props->target;
}

bool cfn__is_weighted(const props_type *props)
{
    return strcmp(cfn__literal(cfn__str_or(props->mode, "cname")), "weighted") == 0;
}

bool cfn__is_read_only(const props_type *props)
{
    return cfn__bool_or(props->read_only_traffic, false).value;
}

bool cfn__is_split_safe(const props_type *props)
{
    return cfn__is_read_only(props) || cfn__bool_or(props->source_read_only, false).value;
}

cfn_node *cfn__record_zone(cfn__expansion *x, const cfn__maker *make, const cfn__construct *record)
{
    const props_type *props = record->props;
    return props->networks.count ? cfn__ref_node(make, cfn__role_id(x, record, "Zone"))
                                 : cfn__str_node(make, props->hosted_zone_id);
}

/* The text that a name ends with, where it is known: of a literal, or of a Fn::Sub. */
static cfn_node *text_of(cfn_node *name)
{
    cfn_node *sub = cfn__get(name, "Fn::Sub");
    cfn_node *text = cfn__is_list(sub) ? sub->first : sub;
    return cfn__is_string(name) ? name : cfn__is_string(text) ? text : NULL;
}

cfn_node *cfn__record_name(const cfn__maker *make, const cfn__construct *record)
{
    cfn_node *name =
        cfn__copy(make->arena, cfn__str_node(make, ((const props_type *)record->props)->name));
    cfn_node *text = text_of(name);
    char *end = text ? cfn__strdup(make->arena, text->text) : NULL;
    if (!end)
        return name;
    if (text->length && end[text->length - 1] == '.')
        end[--text->length] = '\0';
    for (char *p = end; *p && text == name; p++)
        *p = (char)tolower((unsigned char)*p);
    text->text = end;
    return name;
}

cfn_node *cfn__record_ttl(const cfn__maker *make, const cfn__construct *record)
{
    const cfn_int ttl = cfn__int_or(((const props_type *)record->props)->ttl, TTL);
    cfn_node *node = cfn__int_node(make, ttl);
    return node && node->kind == CFN_KIND_NUMBER ? cfn__string(make, node->text) : node;
}

cfn_node *cfn__record_host(const cfn__maker *make, const cfn__construct *record,
                           cfn__cutover_side side)
{
    const cfn_route53_cutover_host *host = side_of(record->props, side);
    if (host->cluster.handle.id)
        return cfn__str_node(make, cfn_rds_aurora_cluster_endpoint(host->cluster));
    if (host->instance.handle.id)
        return cfn__str_node(make, cfn_rds_instance_endpoint(host->instance));
    return cfn__str_node(make, host->host);
}

cfn_node *cfn__record_identifier(const cfn__maker *make, const cfn__construct *record,
                                 cfn__cutover_side side)
{
    static const char *const names[CFN__SIDES] = {"source", "target"};
    const cfn_route53_cutover_host *host = side_of(record->props, side);
    return cfn__str_node(make, cfn__str_or(host->set_identifier, names[side]));
}

/* ---- the zone ---- */

static void make_zone(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    size_t count = props->networks.count;
    aws_route53_HostedZone_VPCs *vpcs =
        CFN__NEW_ARRAY(c->make.arena, count ? count : 1, aws_route53_HostedZone_VPCs);
    for (size_t i = 0; vpcs && i < count; i++)
        vpcs[i] = (aws_route53_HostedZone_VPCs){
            .VPCId = cfn_ec2_network_vpc_id(props->networks.items[i]),
            .VPCRegion = cfn_ref("AWS::Region"),
        };
    const aws_route53_HostedZone_HostedZoneConfig config = {
        .Comment = cfn_s("The name of the database that is migrated")};
    CFN__RESOURCE(aws_route53_HostedZone, x, c, "Zone",
                  &(aws_route53_HostedZone_props){
                      .HostedZoneConfig = &config,
                      .HostedZoneTags =
                          cfn__tags(x, c, cfn__str_node(&c->make, props->zone_name), props->tags),
                      .Name = props->zone_name,
                      .VPCs = {.items = vpcs, .count = vpcs ? count : 0},
                  });
}

/* ---- records ---- */

static aws_route53_RecordSet_props record_to(cfn__expansion *x, const cfn__construct *c,
                                             const cfn_str *host)
{
    const cfn__maker *make = &c->make;
    return (aws_route53_RecordSet_props){
        .HostedZoneId = cfn_of_node(cfn__record_zone(x, make, c)),
        .Name = ((const props_type *)c->props)->name,
        .ResourceRecords = {.items = host, .count = 1},
        .TTL = cfn_of_node(cfn__record_ttl(make, c)),
        .Type = cfn_s("CNAME"),
    };
}

/* The host that all traffic goes to; by a condition {Id}ToTarget when it is known at deployment
 * alone. */
static cfn_node *chosen_host(cfn__expansion *x, const cfn__construct *c)
{
    const props_type *props = c->props;
    const cfn__maker *make = &c->make;
    const cfn_str traffic_to = cfn__str_or(props->traffic_to, "source");
    const char *known = cfn__literal(traffic_to);
    cfn_node *source = cfn__record_host(make, c, CFN__SOURCE);
    cfn_node *target = cfn__record_host(make, c, CFN__TARGET);
    if (known)
        return strcmp(known, "target") == 0 ? target : source;
    cfn_node *value = cfn__str_node(make, traffic_to);
    cfn__condition(
        x, c, "ToTarget",
        cfn__single(make, "Fn::Equals", cfn__pair(make, value, cfn__string(make, "target"))));
    cfn_node *choice = cfn__pair(make, cfn__string(make, cfn__role_id(x, c, "ToTarget")), target);
    return cfn__single(make, "Fn::If", cfn__append(choice, source));
}

static void make_single(cfn__expansion *x, cfn__construct *c)
{
    const cfn_str host = cfn_of_node(chosen_host(x, c));
    const aws_route53_RecordSet_props record = record_to(x, c, &host);
    CFN__RESOURCE(aws_route53_RecordSet, x, c, "", &record);
}

/* What the check of weighted records looks for: lib/check/records.c. */
static cfn_json traffic_of(const cfn__construct *c)
{
    const props_type *props = c->props;
    const char *traffic = cfn__is_read_only(props)    ? "read-only"
                          : cfn__is_split_safe(props) ? "source-read-only"
                                                      : "read-write";
    return cfn__json_of_node(
        cfn__single(&c->make, "CutoverTraffic", cfn__string(&c->make, traffic)));
}

static void make_pair(cfn__expansion *x, cfn__construct *c)
{
    static const char *const roles[CFN__SIDES] = {"Source", "Target"};
    static const int64_t weights[CFN__SIDES] = {ALL_TRAFFIC, 0};
    const props_type *props = c->props;
    for (int side = 0; side < CFN__SIDES; side++) {
        const cfn_str host = cfn_of_node(cfn__record_host(&c->make, c, (cfn__cutover_side)side));
        aws_route53_RecordSet_props record = record_to(x, c, &host);
        record.SetIdentifier =
            cfn_of_node(cfn__record_identifier(&c->make, c, (cfn__cutover_side)side));
        record.Weight = cfn__int_or(side_of(props, (cfn__cutover_side)side)->weight, weights[side]);
        record.attributes.metadata = traffic_of(c);
        CFN__RESOURCE(aws_route53_RecordSet, x, c, roles[side], &record);
    }
    cfn__answer_with(x, c, "", cfn__ref_node(&c->make, cfn__role_id(x, c, roles[CFN__SOURCE])));
}

static void expand(cfn__expansion *x, cfn__construct *c)
{
    const props_type *props = c->props;
    cfn__check_cutover_record(x, c);
    if (props->networks.count)
        make_zone(x, c);
    if (cfn__is_weighted(props))
        make_pair(x, c);
    else
        make_single(x, c);
    cfn__answer_with(x, c, "Name", cfn__record_name(&c->make, c));
    cfn__answer_with(x, c, "HostedZoneId", cfn__record_zone(x, &c->make, c));
    cfn__answer_with(x, c, "SourceHost", cfn__record_host(&c->make, c, CFN__SOURCE));
    cfn__answer_with(x, c, "TargetHost", cfn__record_host(&c->make, c, CFN__TARGET));
}

/* ---- tables ---- */

#define ROW(kind, name, member) CFN__ROW(cfn_route53_cutover_host, kind, name, member)
static const cfn__field host_fields[] = {
    {ROW(HANDLE, "Cluster", cluster), .also = "AuroraCluster DBCluster",
     .construct = "Cfngen::RDS::AuroraCluster",
     .doc = "A cluster of this stack: its writer's endpoint."},
    {ROW(HANDLE, "Instance", instance), .also = "DBInstance", .construct = "Cfngen::RDS::Instance",
     .doc = "Or an instance of this stack: its endpoint."},
    {ROW(STR, "Host", host), .also = "Endpoint Address HostName",
     .doc = "Or the DNS name of the server; a record of this type leads to no address."},
    {ROW(STR, "SetIdentifier", set_identifier), .default_text = "source, or target",
     .doc = "What tells the two records of the mode weighted apart."},
    {ROW(INT, "Weight", weight), .max = 255, .default_text = "100 for the source, 0 for the target",
     .doc = "The record's share of the traffic in the mode weighted: weight / sum of both. A "
            "parameter may hold it."},
};
#undef ROW
static const cfn_record host_record = CFN__RECORD("Host", cfn_route53_cutover_host, host_fields);

static const char *const modes[] = {"cname", "weighted", NULL};
static const char *const sides[] = {"source", "target", NULL};

#define ROW(kind, name, member) CFN__ROW(cfn_route53_cutover_record_props, kind, name, member)
static const cfn__field fields[] = {
    {ROW(STR, "Name", name), .also = "RecordName", .flags = CFN__REQUIRED,
     .doc = "The name that clients connect by, whole and within the zone, as "
            "db.orders.internal; one that a parameter gives in small letters, without a dot at its "
            "end."},
    {ROW(STR, "HostedZoneId", hosted_zone_id), .also = "ZoneId HostedZone",
     .doc = "The id of a zone that exists; excludes Networks."},
    {ROW(HANDLE_LIST, "Networks", networks), .also = "Network VPCs Vpc", .min = 1,
     .construct = "Cfngen::EC2::Network",
     .doc = "Makes a private zone that these networks see, instead of HostedZoneId."},
    {ROW(STR, "ZoneName", zone_name), .also = "HostedZoneName",
     .doc = "The name of the zone: of the one that is made with Networks; else the record's name "
            "is checked against it."},
    {ROW(RECORD, "Source", source), .base.record = &host_record,
     .doc = "Where the name leads before the cutover: one of a Cluster, an Instance and a Host."},
    {ROW(RECORD, "Target", target), .base.record = &host_record, .doc = "Where it leads after it."},
    {ROW(STR, "Mode", mode), .also = "RoutingPolicy", .flags = CFN__SYNTH_TIME, .values = modes,
     .default_text = "cname",
     .doc = "cname: one record, which leads to one of the two; weighted: two, which share the "
            "traffic of clients that only read."},
    {ROW(STR, "TrafficTo", traffic_to), .values = sides, .default_text = "source",
     .doc = "Where the one record of the mode cname leads; a parameter may hold it."},
    {ROW(INT, "TTL", ttl), .also = "TimeToLive", .min = 1, .max = 300, .default_text = "30",
     .doc = "Seconds that clients may remember the answer; 60 at most keep a cutover short."},
    {ROW(BOOL, "ReadOnlyTraffic", read_only_traffic), .flags = CFN__SYNTH_TIME,
     .default_text = "false", .doc = "Says that clients of this name only read."},
    {ROW(BOOL, "SourceReadOnly", source_read_only), .flags = CFN__SYNTH_TIME,
     .default_text = "false",
     .doc = "Says that the source refuses writes before the target gets traffic."},
    {ROW(JSON, "Tags", tags), .flags = CFN__MAPPING, .doc = "Tags of the zone, as Key: value."},
    CFN__ATTRIBUTES_ROW(cfn_route53_cutover_record_props),
};
#undef ROW

static const cfn__attribute_facts attributes[] = {
    {"Name", "the name, in small letters and without a dot at its end"},
    {"HostedZoneId", "the id of the zone"},
    {"SourceHost", "where it leads before the cutover"},
    {"TargetHost", "where it leads after it"},
};
static const cfn__role_facts roles[] = {
    {"", "AWS::Route53::RecordSet", "the record of the mode cname"},
    {"Source", "AWS::Route53::RecordSet", "in the mode weighted"},
    {"Target", "AWS::Route53::RecordSet", "in the mode weighted"},
    {"Zone", "AWS::Route53::HostedZone", "with Networks: a private zone"},
};

const cfn__construct_type cfn__route53_cutover_record_type = {
    .name = "Cfngen::Route53::CutoverRecord",
    .doc = "The name that clients connect by, which moves from the source of a migration to its "
           "target: one record, or two that share the traffic by their weights.",
    .ref_doc = "the name of the record",
    .props =
        CFN__RECORD("Cfngen::Route53::CutoverRecord", cfn_route53_cutover_record_props, fields),
    .attributes = attributes,
    .attribute_count = CFN__COUNT(attributes),
    .roles = roles,
    .role_count = CFN__COUNT(roles),
    .expand = expand,
};

cfn_route53_cutover_record
cfn_route53_cutover_record_add_at(cfn_stack *stack, const char *id,
                                  const cfn_route53_cutover_record_props *props, const char *file,
                                  int line)
{
    return cfn_route53_cutover_record_named(
        cfn__construct_add(stack, &cfn__route53_cutover_record_type, id, props, file, line));
}
