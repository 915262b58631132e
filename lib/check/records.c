/* Records of Route 53 that share a name: what Route 53 refuses of them, and weights that would have
 * two databases written to at a time. A pair that leads to databases says in its Metadata what its
 * clients do, as Cfngen::Route53::CutoverRecord does:
 *
 *     Metadata: {CutoverTraffic: read-only}     (or source-read-only: the source refuses writes)
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html
 */
#include "base/text.h"
#include "check/check.h"

#include <stdlib.h>
#include <strings.h>

typedef struct record {
    const cfn_resource *owner;
    const cfn_node *properties; /* of the record itself */
    const cfn_node *zone;       /* the id or the name of its zone, under its key */
    const cfn_node *name, *weight;
    bool told; /* something was said of it */
} record;

typedef struct records {
    record *items;
    size_t count;
} records;

/* ---- finding them ---- */

static const cfn_node *zone_of(const cfn_node *properties)
{
    const cfn_node *id = cfn__get(properties, "HostedZoneId");
    return id ? id : cfn__get(properties, "HostedZoneName");
}

static void add_record(records *found, const cfn_resource *owner, const cfn_node *properties,
                       const cfn_node *zone)
{
    const cfn_node *name = cfn__is_map(properties) ? cfn__get(properties, "Name") : NULL;
    const cfn_node *own = name ? zone_of(properties) : NULL;
    if (!name || (!own && !zone))
        return;
    found->items[found->count++] = (record){.owner = owner,
                                            .properties = properties,
                                            .zone = own ? own : zone,
                                            .name = name,
                                            .weight = cfn__get(properties, "Weight")};
}

static const cfn_node *group_of(const cfn_resource *resource)
{
    bool group = strcmp(resource->type, "AWS::Route53::RecordSetGroup") == 0;
    const cfn_node *list = group ? cfn__get(resource->properties, "RecordSets") : NULL;
    return cfn__is_list(list) ? list : NULL;
}

static bool is_looked_at(const cfn__check *check, const cfn_resource *resource)
{
    const cfn__left_out *out = check->left_out;
    return cfn__is_map(resource->node) && cfn__is_map(resource->properties) &&
           !(out && out->is_left_out(out->context, resource->id));
}

static records find_all(cfn__check *check)
{
    const cfn_template *tpl = check->tpl;
    records found = {0};
    size_t room = 0;
    for (size_t i = 0; i < tpl->resource_count; i++) {
        const cfn_node *group = group_of(&tpl->resources[i]);
        room +=
            group ? group->size : strcmp(tpl->resources[i].type, "AWS::Route53::RecordSet") == 0;
    }
    found.items = room ? CFN__NEW_ARRAY(check->out.arena, room, record) : NULL;
    for (size_t i = 0; i < tpl->resource_count && found.items; i++) {
        const cfn_resource *resource = &tpl->resources[i];
        const cfn_node *group = group_of(resource);
        if (!is_looked_at(check, resource))
            continue;
        for (const cfn_node *n = group ? group->first : NULL; n; n = n->next)
            add_record(&found, resource, n, zone_of(resource->properties));
        if (strcmp(resource->type, "AWS::Route53::RecordSet") == 0)
            add_record(&found, resource, resource->properties, NULL);
    }
    return found;
}

/* ---- what two have in common ---- */

/* Names of DNS: letter case and a dot at the end say nothing. */
static bool is_same_name(const cfn_node *a, const cfn_node *b)
{
    if (!cfn__is_string(a) || !cfn__is_string(b))
        return cfn_node_equal(a, b);
    size_t length_a = a->length, length_b = b->length;
    length_a -= length_a && a->text[length_a - 1] == '.';
    length_b -= length_b && b->text[length_b - 1] == '.';
    return length_a == length_b && strncasecmp(a->text, b->text, length_a) == 0;
}

static bool are_of_one_set(const record *a, const record *b)
{
    const cfn_node *type_a = cfn__get(a->properties, "Type");
    const cfn_node *type_b = cfn__get(b->properties, "Type");
    return is_same_name(a->name, b->name) && strcmp(a->zone->key, b->zone->key) == 0 &&
           is_same_name(a->zone, b->zone) && type_a && type_b && cfn_node_equal(type_a, type_b);
}

/* Whether a deployment can have both. */
static bool can_meet(cfn__check *check, const record *a, const record *b)
{
    const char *one = a->owner->condition, *other = b->owner->condition;
    check->assumption_count = 0;
    bool can =
        !one || !other || !cfn__assume(check, one, true) || cfn__holds(check, other) != CFN__UNFIT;
    check->assumption_count = 0;
    return can;
}

static bool is_simple(const record *r)
{
    static const char *const policies[] = {"Weight",           "Region",
                                           "Failover",         "GeoLocation",
                                           "MultiValueAnswer", "CidrRoutingConfig",
                                           "SetIdentifier",    "GeoProximityLocation"};
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++)
        if (cfn__get(r->properties, policies[i]))
            return false;
    return true;
}

/* ---- weights ---- */

static bool is_zero(const cfn_node *weight)
{
    const char *text = cfn_node_text(weight);
    return text && *text && strtod(text, NULL) == 0;
}

/* A weight of 0 gets no traffic, unless all are 0: then all get as much. */
static bool may_get_traffic(cfn__check *check, const cfn_node *weight)
{
    cfn__possibles values;
    cfn__follow(check, weight, &values);
    bool may = !values.all;
    for (size_t i = 0; i < values.count; i++)
        may |= !is_zero(values.items[i].node);
    return may;
}

/* Whether a text is the name of a database that takes writes. */
static bool is_writer_host(const char *text)
{
    return strstr(text, ".rds.amazonaws.com") && !strstr(text, ".cluster-ro-");
}

/* Whether a value leads to a database of the template, or names one. */
static bool leads_to_writer(const cfn__check *check, const cfn_node *value)
{
    bool writer = cfn__is_string(value) && is_writer_host(value->text);
    if (cfn__function_of(value) == CFN__FN_GET_ATT) {
        const cfn_node *argument = cfn__argument(value);
        const cfn_node *first = cfn__is_list(argument) ? argument->first : argument;
        const char *id = cfn_node_text(first);
        size_t length = id ? strcspn(id, ".") : 0;
        const char *attribute =
            id && id[length] ? id + length + 1 : cfn_node_text(first ? first->next : NULL);
        const cfn_node *found = length ? cfn_node_get(check->tpl->sections[CFN_SECTION_RESOURCES],
                                                      cfn__strndup(check->out.arena, id, length))
                                       : NULL;
        const char *type = cfn_node_text(cfn_node_get(found, "Type"));
        return type && cfn__starts_with(type, "AWS::RDS::DB") && attribute &&
               cfn__starts_with(attribute, "Endpoint");
    }
    for (const cfn_node *n = cfn_node_first(value); n && !writer; n = n->next)
        writer = leads_to_writer(check, n);
    return writer;
}

static const char *traffic_of(const record *r)
{
    const cfn_node *metadata = cfn__get(r->owner->node, "Metadata");
    const char *traffic = cfn_node_text(cfn_node_get(metadata, "CutoverTraffic"));
    return traffic ? traffic : "";
}

static bool takes_writes(const cfn__check *check, const record *r)
{
    const char *traffic = traffic_of(r);
    if (*traffic)
        return strcmp(traffic, "read-write") == 0;
    return leads_to_writer(check, cfn__get(r->properties, "ResourceRecords")) ||
           leads_to_writer(check, cfn__get(r->properties, "AliasTarget"));
}

static bool is_excused(const record *r)
{
    const char *traffic = traffic_of(r);
    return strcmp(traffic, "read-only") == 0 || strcmp(traffic, "source-read-only") == 0;
}

static void check_split(cfn__check *check, const record *a, record *b)
{
    bool none = is_zero(a->weight) && is_zero(b->weight);
    if (is_excused(a) || is_excused(b) || (!takes_writes(check, a) && !takes_writes(check, b)) ||
        !(none || (may_get_traffic(check, a->weight) && may_get_traffic(check, b->weight))))
        return;
    b->told = true;
    cfn__complain(&check->out, CFN4833, b->weight,
                  none
                      ? "with two weights of 0 both databases get traffic, and what is written "
                        "to them drifts apart"
                      : "both databases may get traffic, and what is written to them drifts apart");
    cfn__advise(&check->out,
                "let one weight be 0, or move the whole name at once (Mode: cname); where clients "
                "only read, say ReadOnlyTraffic: true, or Metadata: {CutoverTraffic: read-only}");
}

/* ---- pairs ---- */

static void check_weighted(cfn__check *check, const record *a, record *b)
{
    const cfn_node *id_a = cfn__get(a->properties, "SetIdentifier");
    const cfn_node *id_b = cfn__get(b->properties, "SetIdentifier");
    const cfn_node *ttl_a = cfn__get(a->properties, "TTL"), *ttl_b = cfn__get(b->properties, "TTL");
    if (cfn__is_string(id_a) && cfn__is_string(id_b) && strcmp(id_a->text, id_b->text) == 0) {
        b->told = true;
        cfn__complain(&check->out, CFN4831, id_b, "%s has the same SetIdentifier \"%.100s\"",
                      a->owner->id, id_b->text);
        cfn__advise(&check->out, "each record of a name needs one of its own");
        return;
    }
    if (cfn_node_text(ttl_a) && cfn_node_text(ttl_b) && strcmp(ttl_a->text, ttl_b->text) != 0) {
        b->told = true;
        cfn__complain(
            &check->out, CFN4834, ttl_b,
            "clients remember this record for %.20s seconds, and that of %s for %.20s, so "
            "that their shares are not those of the weights",
            ttl_b->text, a->owner->id, ttl_a->text);
        cfn__advise(&check->out, "give all records of a name the same TTL");
    }
    check_split(check, a, b);
}

static void check_two(cfn__check *check, const record *a, record *b)
{
    const record *simple = is_simple(a) ? a : is_simple(b) ? b : NULL;
    if (a->weight && b->weight) {
        check_weighted(check, a, b);
    } else if (simple && (a->weight || b->weight)) {
        b->told = true;
        cfn__complain(&check->out, CFN4835, b->name,
                      "%s is a simple record of a name that has a weighted one, %s, too",
                      simple->owner->id, (simple == a ? b : a)->owner->id);
        cfn__advise(&check->out,
                    "give it a Weight and a SetIdentifier, or take one of the two out");
    }
}

void cfn__check_records(cfn__check *check)
{
    cfn__arena_mark mark = cfn__mark(check->out.arena);
    const records all = find_all(check);
    for (size_t i = 1; i < all.count; i++) {
        record *b = &all.items[i];
        cfn__spend(check, i);
        if (!check->effort) {
            check->spent = true;
            break;
        }
        for (size_t k = 0; k < i && !b->told; k++)
            if (are_of_one_set(&all.items[k], b) && can_meet(check, &all.items[k], b))
                check_two(check, &all.items[k], b);
    }
    check->resource = NULL;
    cfn__rewind(check->out.arena, mark);
}
